"""Places in the real lexicon: found in the forms of running text, and not in everyday words that begin alike."""

import pytest

from thbfund.project import Project
from thbfund.text import Reader


@pytest.fixture
def places(catalogue):
    """The places of a text in a stated language."""
    reader = Reader(catalogue)
    return lambda text, language: {place.id for place in reader.read(Project(summary=text, language=language)).places}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        pytest.param("fr", "Des Ukrainiennes et des femmes albanaises.", {"UA", "AL"}, id="fr-peoples"),
        pytest.param(
            "fi", "Irlannissa, Puolassa ja Länsi-Afrikassa.", {"IE", "PL", "sub_saharan_africa"}, id="fi-cases"
        ),
        pytest.param("hu", "Írországban és Kínában élő ukrán nők.", {"IE", "CN", "UA"}, id="hu-endings"),
        pytest.param(
            "hr", "Na Cipru, u Crnoj Gori i u Rogu Afrike.", {"CY", "ME", "eutf_horn_of_africa"}, id="hr-cases"
        ),
        pytest.param(
            "et", "Iraagis, Küprosel ja Lääne-Balkanil.", {"IQ", "CY", "ipa_iii_beneficiaries"}, id="et-cases"
        ),
        pytest.param("ga", "San Iodáil, sa Fhrainc agus ón bPolainn.", {"IT", "FR", "PL"}, id="ga-mutations"),
    ],
)
def test_a_place_is_found_in_the_forms_of_running_text(places, language, text, expected):
    assert places(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        pytest.param("fr", "Qu'elle vienne avec son équipe.", id="fr-come-is-not-Vienna"),
        pytest.param("fi", "Aluksi järjestämme veneretken.", id="fi-boat-is-not-Venezuela"),
        pytest.param("hu", "A magyarázat kívül áll: ír, és teát kínál.", id="hu-explain-write-offer-outside"),
        pytest.param("hr", "Lavovi i tirani stoje na pragu.", id="hr-lions-and-tyrants"),
        pytest.param("et", "Täis kast jäi latti mööda teele.", id="et-full-is-not-Thailand"),
        pytest.param("ga", "Sín sé a lámh agus tóg sé seic.", id="ga-stretch-and-cheque"),
    ],
)
def test_an_everyday_word_that_begins_like_a_place_is_none(places, language, text):
    assert places(text, language) == set()
