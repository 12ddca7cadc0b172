"""The lexicon's terms are found in a text by whole words, by their beginning, their end, or across several words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thbfund.text.cleaning import words
from thbfund.text.terms import Found, TermIndex


def found(term: str, text: str) -> list[str]:
    """What a single term finds in a text, as written."""
    index = TermIndex.build({"entry": {"en": [term]}}, ["en"])
    return [" ".join(finding.words) for finding in index.find(words(text))]


@pytest.mark.parametrize(
    ("term", "text", "expected"),
    [
        pytest.param("shelter", "A Shelter opens", ["Shelter"], id="exact"),
        pytest.param("shelter", "Two shelters open", [], id="exact-is-the-whole-word"),
        pytest.param("shelter*", "Sheltering in shelters", ["Sheltering", "shelters"], id="prefix"),
        pytest.param("shelter*", "the unsheltered", [], id="prefix-is-at-the-start"),
        pytest.param("*haus", "Im Schutzhaus", ["Schutzhaus"], id="suffix"),
        pytest.param("*haus", "Die Hausordnung", [], id="suffix-is-at-the-end"),
        pytest.param("*haus*", "Die Schutzhausordnung", ["Schutzhausordnung"], id="compound"),
        pytest.param("*haus*", "Das Heim", [], id="compound-absent"),
        pytest.param("ge*", "gegeben", ["gegeben"], id="short-prefix"),
        pytest.param("ge*", "angegeben", [], id="short-prefix-is-at-the-start"),
        pytest.param("legal aid", "free legal aid for all", ["legal aid"], id="two-words"),
        pytest.param("legal aid", "aid that is legal", [], id="two-words-in-order"),
        pytest.param("legal aid", "legal and social aid", [], id="two-words-side-by-side"),
        pytest.param("legal aid", "all that is legal", [], id="two-words-cut-off"),
        pytest.param("victim* of traffick*", "victims of trafficking", ["victims of trafficking"], id="prefixes"),
        pytest.param("*opfer von handel*", "Die Kinderopfer von Handelsringen", ["Kinderopfer von Handelsringen"],
                     id="ends-in-several-words"),
        pytest.param("lover-boy*", "the lover-boys", ["lover boys"], id="hyphen-in-both"),
        pytest.param("lover-boy*", "the lover boys", ["lover boys"], id="hyphen-in-the-term-only"),
        pytest.param("lover boy*", "the lover-boy method", ["lover boy"], id="hyphen-in-the-text-only"),
        pytest.param("victims' rights", "victims rights and victims' rights", ["victims rights", "victims rights"],
                     id="apostrophe"),
        pytest.param("früherkennung", "FRUHERKENNUNG", ["FRUHERKENNUNG"], id="case-and-accents"),
        pytest.param("θύμα*", "τα ΘΥΜΑΤΑ", ["ΘΥΜΑΤΑ"], id="greek"),
        pytest.param("NRM", "the nrm works", ["nrm"], id="abbreviation"),
        pytest.param("aid", "aid and aid", ["aid", "aid"], id="twice"),
        pytest.param("aid", "", [], id="empty-text"),
    ],
)  # fmt: skip
def test_a_term_finds_what_it_means(term, text, expected):
    assert found(term, text) == expected


def test_a_finding_says_which_entry_and_where():
    index = TermIndex.build({"shelter": {"en": ["shelter*"]}, "law": {"en": ["legal aid"]}}, ["en"])

    assert list(index.find(words("Shelters and legal aid"))) == [
        Found("shelter", 0, ("Shelters",)),
        Found("law", 2, ("legal", "aid")),
    ]


def test_terms_may_overlap():
    index = TermIndex.build({"one": {"en": ["child victims"]}, "two": {"en": ["victims of war"]}}, ["en"])

    assert [finding.entry for finding in index.find(words("child victims of war"))] == ["one", "two"]


def test_only_the_languages_asked_for_are_looked_up():
    terms = {"poison": {"de": ["gift"]}, "present": {"en": ["gift"]}}

    assert [finding.entry for finding in TermIndex.build(terms, ["de"]).find(words("gift"))] == ["poison"]
    assert [finding.entry for finding in TermIndex.build(terms, ["de", "en"]).find(words("gift"))] == [
        "poison",
        "present",
    ]


def test_a_term_given_twice_is_found_once():
    index = TermIndex.build({"aid": {"de": ["aid"], "en": ["aid", "aid"]}}, ["de", "en"])

    assert len(list(index.find(words("aid")))) == 1


LETTERS = st.text("abc", min_size=1, max_size=5)


@given(LETTERS, st.lists(LETTERS, max_size=8))
def test_patterns_agree_with_what_they_mean(stem, text):
    spoken = " ".join(text)

    assert found(stem, spoken) == [word for word in text if word == stem]
    assert found(f"{stem}*", spoken) == [word for word in text if word.startswith(stem)]
    assert found(f"*{stem}", spoken) == [word for word in text if word.endswith(stem)]
    assert found(f"*{stem}*", spoken) == [word for word in text if stem in word]
