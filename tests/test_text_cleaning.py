"""Text is made comparable in one way for programmes and projects: what cannot be seen changes nothing."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from thbfund.text.cleaning import MAX_WORD_CHARACTERS, Word, clean, fold, sentences, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("  one   two  ", "one two", id="blanks"),
        pytest.param("one\ttwo\u00a0three\u2003four", "one two three four", id="other-blanks"),
        pytest.param("one\ntwo", "one two", id="line-break-is-a-blank"),
        pytest.param("one\n\ntwo", "one\n\ntwo", id="blank-line-stays"),
        pytest.param("one\n \t\n\n\ntwo", "one\n\ntwo", id="several-blank-lines-are-one"),
        pytest.param("one\r\ntwo\r\n\r\nthree", "one two\n\nthree", id="windows"),
        pytest.param("one\rtwo\r\rthree", "one two\n\nthree", id="old-mac"),
        pytest.param("one\x0btwo", "one two", id="line-break-of-a-word-processor"),
        pytest.param("one\x0ctwo", "one two", id="page-break-of-a-pdf"),
        pytest.param("one\x85two\u2028three", "one two three", id="rare-line-breaks"),
        pytest.param("traf\u00adfick\u200bing", "trafficking", id="soft-hyphen-and-zero-width"),
        pytest.param("\ufefftra\u2060ff\u202eic\u200d", "traffic", id="marks-of-order-and-direction"),
        pytest.param("a\x00b\x07c", "abc", id="control"),
        pytest.param("a\ue000b\ud800c", "abc", id="private-and-half-characters"),
        pytest.param("\ufb01nance", "finance", id="ligature"),
        pytest.param("\uff21\uff22", "AB", id="full-width"),
        pytest.param("e\u0301te\u0301", "\u00e9t\u00e9", id="accents-are-composed"),
        pytest.param("e\u200b\u0301", "\u00e9", id="accent-behind-a-hidden-character"),
        pytest.param("", "", id="empty"),
        pytest.param(" \u200b\n\n ", "", id="nothing-to-see"),
    ],
)
def test_text_is_cleaned(text, expected):
    assert clean(text) == expected


@given(st.text())
@example("e\u200b\u0301")
@example("\r\r\n\x0b\x85")
def test_cleaning_twice_changes_nothing_more(text):
    assert clean(clean(text)) == clean(text)


@given(st.text())
def test_cleaned_text_holds_nothing_that_cannot_be_seen(text):
    hidden = {character for character in clean(text) if unicodedata.category(character) in {"Cc", "Cf", "Co", "Cs"}}

    assert hidden <= {"\n"}


VISIBLE = st.text(st.sampled_from("abc é.,-XY\n"), max_size=20)


@given(st.lists(VISIBLE), st.sampled_from(["\u200b", "\u200d", "\u00ad", "\u2060", "\ufeff", "\u202e", "\x00"]))
def test_hidden_characters_anywhere_change_nothing(parts, hidden):
    assert clean(hidden.join(parts)) == clean("".join(parts))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Opfer von Übergriffen", "opfer von ubergriffen"), ("STRASSE", "strasse"), ("straße", "strasse"),
     ("ÉTÉ", "ete"), ("Ελλάδα", "ελλαδα"), ("ΘΎΜΑΤΑΣ", "θυματασ"), ("θύματας", "θυματασ"), ("İstanbul", "istanbul"),
     ("България", "българия"), ("České", "ceske")],
)  # fmt: skip
def test_folded_text_has_no_case_and_no_accents(text, expected):
    assert fold(text) == expected


@given(st.text())
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Victims' rights, not words.", ["victims", "rights", "not", "words"]),
        ("anti-trafficking", ["anti", "trafficking"]),
        ("l'été", ["l", "ete"]),
        ("snake_case", ["snake", "case"]),
        ("24/7 in 2026", ["24", "7", "in", "2026"]),
        ("... - !", []),
    ],
)
def test_words_are_letters_and_digits(text, expected):
    assert [word.folded for word in words(text)] == expected


def test_a_word_keeps_how_it_was_written():
    assert words("Übergriffe") == [Word("Übergriffe", "ubergriffe")]


def test_the_longest_word_counts():
    assert len(words("x" * MAX_WORD_CHARACTERS)) == 1


def test_a_longer_word_is_noise():
    assert words("x" * (MAX_WORD_CHARACTERS + 1)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four; five", ["One.", "Two!", "Three?", "Four;", "five"]),
        ("No end\n\nbut a blank line", ["No end", "but a blank line"]),
        ("Art. 5.3 of it", ["Art.", "5.3 of it"]),
        ("", []),
    ],
)
def test_sentences_end_at_marks_and_blank_lines(text, expected):
    assert sentences(text) == expected
