"""The one gate for text of catalogue and user: what it keeps, what it drops, which addresses pass."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategies import HOSTILE
from thbfund.report.inert import inert_cell, plain, plain_span, web_address


@given(st.text() | st.sampled_from(HOSTILE))
def test_plain_text_holds_nothing_that_acts_unseen(text):
    hidden = {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert not [one for one in plain(text) if unicodedata.category(one) in hidden]
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in plain(text)


WRITTEN = [
    "Zażółć gęślą jaźń",
    "Ευρωπαϊκή Ένωση",
    "България",
    "naïve “quoted” text",
    "שלום",
    "1\N{NO-BREAK SPACE}250 €",
]


@pytest.mark.parametrize("text", WRITTEN)
def test_plain_text_keeps_what_is_to_be_read(text):
    assert plain(text) == text


def test_lines_become_one_line():
    assert plain("first\nsecond\tthird\r\n") == "first second third"


@pytest.mark.parametrize(("text", "kept"), [(" and ", " and "), ("", ""), ("  ", " "), ("one ", "one ")])
def test_a_span_keeps_the_blanks_that_set_it_apart(text, kept):
    assert plain_span(text) == kept


NO_ADDRESSES = [
    "javascript:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
]
NO_ADDRESSES += ["file:///etc/passwd", "//x", "https://", "http://[", "x", "", None]


@pytest.mark.parametrize("url", NO_ADDRESSES)
def test_only_addresses_of_the_web_pass(url):
    assert web_address(url) == ""


def test_an_address_passes_as_it_is():
    url = "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=COM%3A2016%3A722%3AFIN#d1e3"
    assert web_address(url) == url


def test_an_address_is_written_in_ascii():
    assert web_address("https://example.eu/ä\N{RIGHT-TO-LEFT OVERRIDE}b\"<>'") == "https://example.eu/%C3%A4b%22%3C%3E'"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\N{FULLWIDTH EQUALS SIGN}"])
def test_a_cell_that_begins_like_a_formula_gets_a_quote_before_it(start):
    assert inert_cell(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("value", ["1+1", "a=b", -5, 0.5, ""])
def test_other_cells_stay_as_they_are(value):
    assert inert_cell(value) == value
