"""Lists to choose from stand in the order in which a reader of the language looks for them."""

import pytest

from test_app import _fixed_day, opened  # noqa: F401 - the fixture holds the day still
from thbfund import Catalogue
from thbfund.catalogue.languages import LANGUAGES
from thbfund.catalogue.vocabulary import country_names
from thbfund.speaking import speaker
from thbfund.web import choices


@pytest.fixture
def reads(monkeypatch):
    return lambda language: monkeypatch.setattr(choices, "current", lambda: speaker(language))


@pytest.mark.parametrize(
    ("language", "names"),
    [
        pytest.param("de", ["Norwegen", "Österreich", "Zypern"], id="a mark counts for nothing"),
        pytest.param("cs", ["Bulharsko", "Česko", "Dánsko"], id="at the beginning"),
        pytest.param("pl", ["Litwa", "Łotwa", "Malta"], id="a stroke neither"),
        pytest.param("hr", ["Luksemburg", "Mađarska", "Malta"], id="in the middle"),
        pytest.param("sv", ["Tyskland", "Ungern", "Åland", "Österrike"], id="Swedish ends with å and ö"),
        pytest.param("da", ["Ungarn", "Ækvatorialguinea", "Østrig", "Åland"], id="Danish ends with æ, ø, å"),
        pytest.param("et", ["Soome", "Šveits", "Taani", "Ungari", "Ühendkuningriik"], id="Estonian ends with ü, not š"),
        pytest.param("bg", ["Италия", "Йордания", "Канада"], id="the short i of Bulgarian is a letter of its own"),
    ],
)
def test_names_stand_in_the_order_of_the_readers_language(reads, language, names):
    reads(language)
    assert list(choices.in_order({name: name for name in sorted(names, reverse=True)})) == names


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_country_and_language_can_be_chosen_by_its_name_in_every_language(reads, language):
    reads(language)
    assert choices.countries() == country_names(language)
    assert choices.languages().keys() == set(LANGUAGES)
    assert all(choices.languages().values())


def test_entries_of_a_vocabulary_stand_in_the_order_of_its_file(tiny: Catalogue):
    entries = tiny.vocabularies["applicant_types"].entries
    assert list(choices.labels(tiny, "applicant_types").items()) == [(entry.id, entry.label) for entry in entries]


@pytest.mark.parametrize(
    ("page", "key"),
    [
        ("match", "project_country"),
        ("match", "project_countries_of_action"),
        ("match", "project_partner_country_0"),
        ("follow", "follow_country"),
        ("programmes", "seat"),
    ],
)
def test_every_page_has_austria_in_its_place_in_german(page, key):
    options = [name.split(" (")[0] for name in opened(page, language="de").get_by_key(key).options]
    assert options.index("Norwegen") < options.index("Österreich") < options.index("Polen")


def test_the_languages_of_the_form_are_in_order_in_czech():
    options = opened(language="cs").get_by_key("project_language").options
    assert options.index("bulharština") < options.index("čeština") < options.index("dánština")
