"""Sentences that can be said in another language."""

import copy
from datetime import date

import pytest

from thbfund.catalogue.vocabulary import country_names
from thbfund.said import Said, labelled, say, say_count
from thbfund.speaking import Speaker, speaker


@pytest.fixture
def german() -> Speaker:
    """German with translations of its own."""

    class Messages:
        def ugettext(self, text: str) -> str:
            return {"Closes {day}: {why}": "Endet am {day}: {why}", "too late": "zu spät"}.get(text, text)

        def ungettext(self, _one: str, _many: str, n: int) -> str:
            return "{n} Programm" if n == 1 else "{n} Programme"

    found = speaker("de")
    return Speaker(found.language, found.locale, Messages())  # type: ignore[arg-type]


def test_a_sentence_is_a_plain_english_string() -> None:
    assert say("Closes {day}", day=date(2026, 1, 2)) == "Closes 2026-01-02"


def test_a_sentence_is_said_in_another_language_with_its_dates_and_the_sentences_within(german: Speaker) -> None:
    said = say("Closes {day}: {why}", day=date(2026, 1, 2), why=say("too late"))
    assert german(said) == "Endet am 02.01.2026: zu spät"


def test_a_sentence_without_translation_is_said_in_english(german: Speaker) -> None:
    assert german("Nobody translated {this}", this="words of the user") == "Nobody translated words of the user"


def test_numbers_choose_the_form_of_the_word(german: Speaker) -> None:
    assert [german.count("{n} programme", "{n} programmes", n) for n in (1, 2)] == ["1 Programm", "2 Programme"]


@pytest.mark.parametrize("made", [say("a {b}", b=1), say_count("{n} a", "{n} b", 2)])
def test_a_copy_of_a_sentence_can_still_be_said_in_another_language(made: Said, german: Speaker) -> None:
    assert german(copy.deepcopy(made)) == german(made)


def test_portuguese_is_that_of_portugal() -> None:
    portuguese = speaker("pt")
    assert [portuguese.country("PL"), country_names("pt")["PL"]] == ["Polónia", "Polónia"]
    assert portuguese.euro(340000).endswith("€")


DAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("hr", "As on 25. stu 2026."),
        ("hu", "As on 2026. nov. 25."),
        ("bg", "As on 25.11.2026 \N{CYRILLIC SMALL LETTER GHE}."),
        ("lv", "As on 2026. gada 25. nov."),
        ("de", "As on 25.11.2026."),
    ],
)
def test_a_sentence_that_ends_in_a_date_with_a_stop_has_one_stop(language: str, said: str) -> None:
    spaced = speaker(language)(Said("", "As on {day}.", {"day": DAY}))
    assert " ".join(spaced.split()) == said  # some languages keep a date together with blanks that do not break


def test_a_sentence_within_a_sentence_keeps_one_stop_in_english_too() -> None:
    assert say("{name}: {why}. More.", name="A", why=say("Too late.")) == "A: Too late. More."


def test_an_ellipsis_after_a_stop_stays_and_a_stop_after_other_text_too() -> None:
    assert [say("{a}...", a="x."), say("{a} .", a="x."), say("{a}.", a="x")] == ["x....", "x. .", "x."]


@pytest.mark.parametrize(("language", "said"), [("en", "Budget: 5"), ("fr", "Budget\N{NO-BREAK SPACE}: 5")])
def test_each_language_sets_the_colon_after_a_label_its_own_way(language: str, said: str) -> None:
    assert speaker(language)(labelled("Budget", 5)) == said


def test_nothing_is_said_as_nothing_in_every_language():
    assert speaker("pl")("") == speaker("en")("") == ""
