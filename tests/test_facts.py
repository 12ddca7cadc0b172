"""A fact has a value with its sources and the day they were read, or says why it is open; values keep to their kind."""

import json

import pytest

from factories import REMOVED, fact, other_value, unverified
from thbfund.catalogue.facts import Citation, Cited, Day, Evidence, Fact, Many, Share, Source, Text, Url, day_of
from thbfund.catalogue.model import BudgetLine
from thbfund.input.problems import InputError, Problem
from thbfund.input.strict_yaml import Document
from thbfund.input.validation import Closed, build


class Holder(Closed):
    day: Day | None = None
    share: Share | None = None
    text: Text | None = None
    url: Url | None = None
    cited: Cited | None = None
    rate: Fact[Share] | None = None
    names: Fact[Many[Text]] | None = None
    source: Source | None = None


def held(**content):
    return build(Holder, Document(content), "x.yaml")


def problem_of(**content) -> Problem:
    with pytest.raises(InputError) as raised:
        held(**content)
    assert len(raised.value.problems) == 1, "one mistake is one problem"
    return raised.value.problems[0]


# ---- shares ----


@pytest.mark.parametrize("share", [0, 0.0, 0.01, 0.9, 1, 1.0])
def test_a_share_from_0_to_1_is_taken(share):
    assert held(share=share).share == share


@pytest.mark.parametrize("share", [-0.01, -1, 1.01, 60, 100, 100.01])
def test_a_share_outside_0_to_1_is_refused(share):
    problem = problem_of(share=share)

    assert (problem.code, problem.allowed) == ("not-a-share", "a share from 0 to 1")


@pytest.mark.parametrize(("percent", "hint"), [(60, "write 0.6"), (100, "write 1"), (37.5, "write 0.375"), (101, "")])
def test_a_percentage_is_answered_with_the_share_to_write(percent, hint):
    assert problem_of(share=percent).hint == hint


@pytest.mark.parametrize("share", [True, "0.9", "90 %", [0.9]])
def test_a_share_that_is_no_number_is_refused(share):
    assert problem_of(share=share).code == "not-a-number"


# ---- days ----


@pytest.mark.parametrize("day", ["2026-11-23", "2024-02-29", "0001-01-01", "9999-12-31"])
def test_a_calendar_day_is_taken(day):
    assert str(held(day=day).day) == day


@pytest.mark.parametrize(
    "day",
    ["2026-11-31", "2023-02-29", "2026-13-01", "2026-00-01", "0000-01-01", "2026-1-1", "2026-11", "2026", "20261123",
     "23.11.2026", "01/02/2026", "2026-W01-1", "2026-11-23T00:00", " 2026-11-23", "\uff12026-11-23", "today", "",
     20261123, 2026, 1.5, True, ["2026-11-23"], list("2026-11-23")],
    ids=str,
)  # fmt: skip
def test_any_other_form_of_a_day_is_refused(day):
    problem = problem_of(day=day)

    assert problem.code == "not-a-date"
    assert "YYYY-MM-DD" in problem.allowed


def test_a_day_in_another_form_is_no_day():
    assert day_of("23 November 2026") is None


# ---- texts and addresses ----


@pytest.mark.parametrize("text", ["one", "  one  ", "a < b", "a > b", "5 & 6", "d'été - „ja“ €", "ελληνικά"])
def test_plain_text_is_taken_and_its_margins_are_cut(text):
    assert held(text=text).text == text.strip()


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "empty-text"), ("   ", "empty-text"), ("<b>bold</b>", "html"), ("<script>alert(1)</script>", "html"),
     ("a<br>b", "html"), ("a\nb", "line-break"), ("a\tb", "line-break"), ("a\u200bb", "line-break"),
     ("a\u202eb", "line-break"), ("a\x00b", "line-break")],
    ids=["empty", "blank", "bold", "script", "break-tag", "line-break", "tab", "zero-width", "right-to-left", "null"],
)  # fmt: skip
def test_text_that_is_empty_marked_up_or_not_printable_is_refused(text, code):
    problem = problem_of(text=text)

    assert problem.code == code
    assert problem.hint


@pytest.mark.parametrize(
    "url",
    ["https://example.eu", "http://example.eu/a?b=c#d", "HTTPS://EXAMPLE.EU/", "https://example.eu:8080/ä",
     "https://[2001:db8::1]/"],
)  # fmt: skip
def test_an_address_of_the_web_is_taken(url):
    assert held(url=url).url == url


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JavaScript://example.eu/%0aalert(1)", "data:text/html,x", "file:///etc/passwd",
     "ftp://example.eu", "mailto:a@example.eu", "//example.eu", "example.eu", "www.example.eu", "https://", "https:///x",
     "https://:80", "https://exa mple.eu", "https://example.eu/a b", "https://example.eu/a\nb", "https://exa\tmple.eu",
     "https://[::1", "", " https://example.eu"],
)  # fmt: skip
def test_anything_else_is_no_address(url):
    problem = problem_of(url=url)

    assert problem.code == "not-a-url"
    assert "https://" in problem.allowed


# ---- citations ----


@pytest.mark.parametrize(
    ("written", "key", "place"),
    [("reg-516", "reg-516", ""), ("reg-516 Art. 15(2)", "reg-516", "Art. 15(2)"), ("  reg   p. 3 ", "reg", "p. 3")],
)
def test_a_citation_is_a_key_and_a_place(written, key, place):
    cited = held(cited=written).cited

    assert cited == Citation(key, place)
    assert str(cited) == f"{key} {place}".strip()


@pytest.mark.parametrize("written", ["", "  ", 5, ["reg"], {"key": "reg"}], ids=str)
def test_what_is_no_text_is_no_citation(written):
    assert problem_of(cited=written).code == "not-a-citation"


# ---- facts ----


def test_a_fact_with_source_and_day_is_verified():
    assert held(rate=fact(0.9)).rate.verified is True


def test_a_fact_with_a_reason_instead_is_open():
    rate = held(rate=unverified(0.9, "nobody has read it")).rate

    assert rate.verified is False
    assert rate.unverified == "nobody has read it"


def test_an_unverified_fact_may_have_sources_too():
    assert held(rate=fact(0.9, unverified="read in part")).rate.verified is False


@pytest.mark.parametrize(
    "changes",
    [{"sources": REMOVED, "checked_on": REMOVED}, {"sources": REMOVED}, {"checked_on": REMOVED}, {"sources": []},
     {"checked_on": None}],
    ids=["neither", "no-source", "no-day", "empty-sources", "null-day"],
)  # fmt: skip
def test_a_fact_without_source_or_day_is_refused(changes):
    problem = problem_of(rate=fact(0.9, **changes))

    assert (problem.code, problem.field) == ("unsourced-fact", "rate")
    assert "unverified" in problem.hint


@pytest.mark.parametrize("reason", [{"note": "no call yet"}, {"unverified": "not found"}], ids=["note", "unverified"])
def test_an_unknown_value_with_a_reason_is_taken(reason):
    assert held(rate=fact(None, **reason)).rate.value is None


def test_an_unknown_value_without_a_reason_is_refused():
    problem = problem_of(rate=fact(None))

    assert (problem.code, problem.field) == ("unknown-without-reason", "rate")


def test_a_fact_without_a_value_is_refused_even_with_a_reason():
    assert problem_of(rate={"unverified": "not found"}).code == "missing-field"


def test_a_reason_must_say_something():
    assert problem_of(rate=unverified(0.9, "  ")).code == "empty-text"


def test_a_list_in_a_fact_is_checked_item_by_item():
    problem = problem_of(names=fact(["one", "<b>two</b>"]))

    assert (problem.code, problem.field) == ("html", "names.value.1")


def test_a_value_is_set_by_the_programme_unless_it_says_otherwise():
    assert held(rate=fact(0.9)).rate.set_by == "programme"
    assert held(rate=fact(0.9, set_by="call")).rate.set_by == "call"
    assert problem_of(rate=fact(0.9, set_by="somebody")).code == "unknown-word"


def test_evidence_serves_what_has_no_single_value():
    build(Evidence, Document({"unverified": "our own"}), "x.yaml")

    with pytest.raises(InputError, match="unsourced-fact"):
        build(Evidence, Document({"note": "no reason"}), "x.yaml")


def test_a_fact_is_written_out_as_it_was_read():
    written = json.loads(held(rate=fact(0.9)).model_dump_json())["rate"]

    assert written == {**fact(0.9), "unverified": None, "note": None, "disputed": [], "set_by": "programme"}


# ---- where sources disagree ----


def test_what_other_sources_say_stands_beside_the_value():
    rate = held(rate=fact(0.9, disputed=[other_value(0.8), other_value(0.75, note="an old page")])).rate

    assert (rate.value, rate.readings) == (0.9, (0.9, 0.8, 0.75))
    assert [str(cited) for cited in rate.disputed[0].sources] == ["law Art. 2"]
    assert rate.disputed[1].note == "an old page"


def test_a_fact_on_which_sources_agree_has_one_reading_and_an_unknown_one_none():
    assert held(rate=fact(0.9)).rate.readings == (0.9,)
    assert held(rate=unverified(None)).rate.readings == ()


def test_a_disputed_value_is_checked_like_the_value_itself():
    problem = problem_of(rate=fact(0.9, disputed=[other_value(80)]))

    assert (problem.code, problem.field, problem.hint) == ("not-a-share", "rate.disputed.0.value", "write 0.8")


@pytest.mark.parametrize(
    ("value", "others"),
    [(0.9, [0.9]), (0.9, [0.8, 0.8]), (0.9, [0.8, 0.9]), (1.0, [1])],
    ids=["the value", "another one", "the value, later", "written otherwise"],
)
def test_a_value_that_is_given_already_is_not_disputed(value, others):
    problem = problem_of(rate=fact(value, disputed=[other_value(other) for other in others]))

    assert (problem.code, problem.field) == ("nothing-disputed", "rate")
    assert "all sources of the same value together" in problem.hint


def test_an_unknown_value_is_not_disputed():
    problem = problem_of(rate=unverified(None, disputed=[other_value(0.8)]))

    assert (problem.code, problem.field) == ("nothing-disputed", "rate")
    assert "state the value of the best source" in problem.hint


@pytest.mark.parametrize(
    "changes",
    [{"sources": REMOVED}, {"checked_on": REMOVED}, {"unverified": "somebody told us"},
     {"sources": REMOVED, "checked_on": REMOVED, "unverified": "somebody told us"}],
    ids=["no-source", "no-day", "unverified", "hearsay"],
)  # fmt: skip
def test_hearsay_disputes_nothing(changes):
    problem = problem_of(rate=fact(0.9, disputed=[other_value(0.8, **changes)]))

    assert (problem.code, problem.field) == ("unsourced-fact", "rate.disputed.0")


def test_a_null_is_no_other_value():
    assert problem_of(rate=fact(0.9, disputed=[other_value(None)])).field == "rate.disputed.0.value"


@pytest.mark.parametrize(("other", "valid"), [(2_000_000, True), (1_000_000, False), (-1, False)])
def test_the_amount_of_a_budget_line_can_be_disputed(other, valid):
    line = {**fact(0), "label": "all", "amount_eur": 1_000_000, "disputed": [other_value(other)]}
    del line["value"]

    if valid:
        assert build(BudgetLine, Document(line), "x.yaml").readings == (1_000_000, other)
    else:
        with pytest.raises(InputError):
            build(BudgetLine, Document(line), "x.yaml")


# ---- sources ----

LAW = {"title": "Law", "url": "https://example.eu/law", "kind": "law"}


@pytest.mark.parametrize(
    "source",
    [LAW, {**LAW, "kind": "secondary"}, {"title": "Law", "kind": "law", "note": "Official Journal C 5, p. 1"},
     {**LAW, "url": None, "note": "printed"}],
    ids=["law", "secondary", "printed", "null-address"],
)  # fmt: skip
def test_a_source_that_can_be_found_is_taken(source):
    assert held(source=source).source.title == "Law"


@pytest.mark.parametrize(
    ("source", "code"),
    [({"title": "Law", "kind": "law"}, "source-without-url"), ({**LAW, "url": None}, "source-without-url"),
     ({**LAW, "kind": "rumour"}, "unknown-word"), ({**LAW, "title": ""}, "empty-text"),
     ({**LAW, "url": "x"}, "not-a-url"), ({**LAW, "page": 5}, "unknown-field")],
    ids=["no-address", "null-address", "kind", "title", "url", "extra"],
)  # fmt: skip
def test_a_source_that_cannot_be_found_is_refused(source, code):
    assert problem_of(source=source).code == code
