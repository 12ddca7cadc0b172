"""Where sources disagree, or a check is too old, every form of the answer says so, with both values and the day."""

import csv
import io
import re
from datetime import date

import pytest
import streamlit as st
from rich.console import Console
from streamlit.testing.v1 import AppTest

from factories import (
    fact,
    make_calls,
    make_programme,
    make_project,
    make_strand,
    make_topic,
    other_value,
    unverified,
    write_catalogue,
)
from strategies import VOCABULARIES
from test_editorial import LAW
from thbfund import Matcher, explain, load_catalogue
from thbfund.financing import financing
from thbfund.report import call_lines
from thbfund.report.contract import report_values
from thbfund.report.tables import print_report, report_csv, report_markdown
from thbfund.staff.tables import tables
from thbfund.staff.worklist import verified_shares, worklist

FRESH, OVERDUE = date(2027, 1, 15), date(2027, 1, 16)
"""The last day on which facts read on 2026-01-15 hold for a year, and the day after."""

CAUTION = " (a third party's page, not an official one)"
PAGE = {"title": "A page on lamps", "url": "https://lantern.example/page", "kind": "secondary"}
OPEN = {"year": 2027, "opens_on": fact("2026-12-01")}

TOO_MUCH = (
    "EUR 85 000 of EUR 100 000 is more than the EU pays: at most 80 % of the eligible costs, here EUR 80 000."
).replace(" 000", "\N{NO-BREAK SPACE}000")


def by_page(value, **changes):
    return other_value(value, sources=["page p. 3"], **changes)


def write(folder):
    """A programme of one strand and one open call: rate, budget, page and deadline are disputed."""
    strand = make_strand(
        eligibility={"eu_rate": fact(0.9, disputed=[by_page(0.8)])},
        managing_body=fact("Office of Lanterns", disputed=[by_page("Bureau of Lamps")]),
    )
    line = {"label": "whole period", "amount_eur": 1_000_000, "sources": ["law"], "checked_on": "2026-01-15",
            "disputed": [by_page(2_000_000)]}  # fmt: skip
    programme = make_programme(strands=[strand], budget=[line], sources={"law": LAW, "page": PAGE})
    topic = make_topic(**OPEN, deadline=fact("2027-06-30", disputed=[by_page("2027-07-31")]))
    calls = make_calls([topic], sources={"law": LAW, "page": PAGE})
    return write_catalogue(folder, [programme], calls={"lantern-2021-2027": calls})


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write(tmp_path_factory.mktemp("doubts") / "data")


@pytest.fixture(scope="module")
def matched(folder):
    """A function: the report on a day, on a project that asks for 85 % of the costs."""
    matcher = Matcher(load_catalogue(folder))
    project = make_project(VOCABULARIES, total_budget_eur=100_000, requested_grant_eur=85_000)
    return lambda on: matcher.match(project, on)


# -- JSON


def rule(report, name):
    return next(found for found in report_values(report)["matches"][0]["rules"] if found["rule"] == name)


def test_a_rule_lists_what_it_would_say_by_other_sources(matched):
    rate = rule(matched(FRESH), "eu_rate")

    assert (rate["outcome"], rate["source"]) == ("unknown", "Lantern law, Art. 1")
    assert rate["disputed"] == [
        {
            "outcome": "not_met",
            "reason": TOO_MUCH,
            "programme_value": "at most 80 % of the eligible costs",
            "applicant_value": "85 %",
            "source": "A page on lamps, p. 3",
            "url": "https://lantern.example/page",
            "checked_on": "2026-01-15",
            "verified": True,
            "overdue": False,
        }
    ]
    assert rule(matched(FRESH), "in_force")["disputed"] == []


@pytest.mark.parametrize(("on", "overdue"), [(FRESH, False), (OVERDUE, True)])
def test_a_rule_on_an_old_check_is_overdue_and_no_longer_verified_but_answers_as_before(matched, on, overdue):
    found = rule(matched(on), "in_force")

    assert (found["outcome"], found["verified"], found["overdue"]) == ("met", not overdue, overdue)
    assert rule(matched(on), "eu_rate")["disputed"][0]["overdue"] is overdue


@pytest.mark.parametrize(("on", "overdue"), [(date(2026, 2, 14), False), (date(2026, 2, 15), True)])
def test_a_call_says_when_its_deadline_was_checked_and_what_others_give(matched, on, overdue):
    call = report_values(matched(on))["matches"][0]["calls"][0]

    assert (call["deadline"], call["disputed"]) == ("2027-06-30", ["2027-07-31"])
    assert (call["checked_on"], call["overdue"]) == ("2026-01-15", overdue)


# -- words for people


def test_the_line_of_a_call_carries_its_doubts(matched):
    [match] = matched(FRESH).matches

    doubts = "another source: 2027-07-31; checked on 2026-01-15, more than 30 days ago: check again"
    assert f"closes 2027-06-30 ({doubts})" in call_lines.calls(match)[0]


def test_a_deadline_beyond_doubt_carries_none(folder):
    calm = make_topic(**OPEN, deadline=fact("2027-06-30", checked_on="2027-01-01"))
    calls = {"lantern-2021-2027": make_calls([calm])}
    path = write_catalogue(folder.parent / "calm", [make_programme()], calls=calls)
    [match] = Matcher(load_catalogue(path)).match(make_project(VOCABULARIES), FRESH).matches

    assert "closes 2027-06-30. For you" in call_lines.calls(match)[0]


@pytest.mark.parametrize(("on", "old"), [(FRESH, False), (OVERDUE, True)])
def test_table_and_csv_name_the_rules_in_doubt(matched, on, old):
    out = io.StringIO()
    print_report(matched(on), Console(file=out, width=200))
    [row] = list(csv.DictReader(io.StringIO(report_csv(matched(on)))))

    for shown in (row["doubts"], re.sub(r"[\s│]+", " ", out.getvalue())):
        assert "Sources disagree: share the eu pays." in shown.replace("EU", "eu")
        assert ("Checked too long ago, check again: programme in force" in shown) is old


@pytest.mark.parametrize(("on", "mark"), [(FRESH, ""), (OVERDUE, ", more than a year ago: check again")])
def test_markdown_shows_the_other_source_and_the_age_of_both(matched, on, mark):
    shown = re.sub(r"\\(.)", r"\1", report_markdown(matched(on)))

    assert f"Lantern law, Art. 1](https://lantern.example/law), checked on 2026-01-15{mark}." in shown
    assert "Another source says: At most 80 % of the eligible costs. Source: [A page on lamps, p. 3]" in shown
    assert f"(https://lantern.example/page){CAUTION}, checked on 2026-01-15{mark}." in shown


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2026, 12, 31), "call open until 2027-06-30: Lanterns"),
        (date(2027, 1, 1), "call open until 2027-06-30, check again: Lanterns"),
    ],
)
def test_the_timing_of_an_old_deadline_asks_to_check_again(tmp_path, on, said):
    deadline = fact("2027-06-30", checked_on="2026-12-01")
    calls = {"lantern-2021-2027": make_calls([make_topic(**OPEN, deadline=deadline)])}
    folder = write_catalogue(tmp_path / "data", [make_programme()], calls=calls)
    [match] = Matcher(load_catalogue(folder)).match(make_project(VOCABULARIES), on).matches

    assert explain.timing(match).startswith(said)


@pytest.mark.parametrize(("on", "mark"), [(FRESH, ""), (OVERDUE, ", more than a year ago: check again")])
def test_what_the_money_rests_on_says_that_its_check_is_old(matched, on, mark):
    report = matched(on)
    said = [one.said for one in financing(report.matches[0], report).assumptions]

    assert any(
        one.startswith("EU rate: at most 90 %") and one.endswith(f"Checked on 2026-01-15{mark}.") for one in said
    )


# -- the app

pytestmark = pytest.mark.usefixtures("links_lead_nowhere")

PROGRAMME_PAGE = """
import streamlit as st
from thbfund.web import programme_view, resources
catalogue = resources.catalogue()
programme_view.show(catalogue.programmes["lantern-2021-2027"], catalogue, st.session_state["on"])
"""
RESULTS_PAGE = """
import streamlit as st
from thbfund.web import calls_view, rules_view
report = st.session_state["report"]
rules_view.show(report.matches[0])
calls_view.show(report.matches[0], report.catalogue.calls["lantern-2021-2027"], report.on)
"""


def words_of(page, **state):
    app = AppTest.from_string(page, default_timeout=60)
    for name, value in state.items():
        app.session_state[name] = value
    app.run()
    assert not app.exception
    return "\n".join(re.sub(r"\\(.)", r"\1", part.value) for part in app.markdown)


@pytest.fixture
def page_on(folder, monkeypatch):
    """A function: the words on the page of the programme on a day."""
    monkeypatch.setenv("THBFUND_DATA", str(folder))
    st.cache_resource.clear()
    yield lambda on: words_of(PROGRAMME_PAGE, on=on)
    st.cache_resource.clear()


@pytest.mark.parametrize("said", ["Bureau of Lamps.", "EUR 2 000 000.", "At most 80 % of the eligible costs."])
def test_the_page_of_a_programme_shows_each_value_that_a_source_gives(page_on, said):
    shown = page_on(FRESH).replace("\N{NO-BREAK SPACE}", " ")

    assert f"**Sources disagree.** Another says: {said}" in shown
    assert f"A page on lamps, p. 3](https://lantern.example/page){CAUTION}. Checked on 15 Jan 2026." in shown


@pytest.mark.parametrize(
    ("on", "marks"),
    [
        pytest.param(FRESH, {"30 days"}, id="all fresh but the deadline of a call"),
        pytest.param(OVERDUE, {"30 days", "a year"}, id="a year and a day"),
        pytest.param(date(2029, 1, 15), set(), id="the programme has ended"),
    ],
)
def test_facts_lose_their_mark_on_the_page_by_themselves(page_on, on, marks):
    shown = page_on(on)

    assert set(re.findall(r"Checked on 15 Jan 2026, more than (.*?) ago: check again\.", shown)) == marks
    # What is not overdue, here the legal basis at least, keeps its plain day.
    assert "Checked on 15 Jan 2026." in shown


def test_the_legal_basis_keeps_its_mark_for_three_years(folder, monkeypatch):
    programme = make_programme(in_force=fact({"starts_on": "2021-01-01", "ends_on": None}))
    path = write_catalogue(folder.parent / "lasting", [programme])
    monkeypatch.setenv("THBFUND_DATA", str(path))
    st.cache_resource.clear()
    day_before, on = (words_of(PROGRAMME_PAGE, on=date(2029, 1, day)) for day in (14, 15))
    st.cache_resource.clear()

    assert "more than three years ago" not in day_before
    assert on.count("more than three years ago: check again.") == 1  # the act


@pytest.mark.parametrize(("on", "mark"), [(FRESH, ""), (OVERDUE, ", more than a year ago: check again")])
def test_the_results_show_both_sources_of_a_rule_and_the_age_of_every_check(matched, on, mark):
    shown = words_of(RESULTS_PAGE, report=matched(on))

    assert f"[Lantern law, Art. 1](https://lantern.example/law), checked on 15 Jan 2026{mark}." in shown
    assert (
        f"Another: [A page on lamps, p. 3](https://lantern.example/page){CAUTION}, checked on 15 Jan 2026{mark}."
        in shown
    )
    assert "**Sources disagree.** Another says: 31 Jul 2027." in shown
    assert "Checked on 15 Jan 2026, more than 30 days ago: check again." in shown


# -- staff


def test_facts_in_dispute_are_work(folder):
    tasks = {task.field: task for task in worklist(load_catalogue(folder), [], date(2026, 2, 1))}

    assert set(tasks) == {
        "budget.0",
        "strands.0.managing_body",
        "strands.0.eligibility.eu_rate",
        "topics.0.deadline",
    }
    assert {task.why for task in tasks.values()} == {"sources disagree: 2 values"}
    assert tasks["strands.0.eligibility.eu_rate"].points > tasks["strands.0.managing_body"].points


@pytest.mark.parametrize("ended", [False, True])
def test_disputes_of_the_past_are_no_work(tmp_path, ended):
    programme = make_programme(
        strands=[make_strand(managing_body=fact("Office", disputed=[other_value("Bureau")]))],
        in_force=fact({"starts_on": "2014-01-01", "ends_on": "2026-01-31" if ended else "2026-02-01"}),
    )
    tasks = worklist(load_catalogue(write_catalogue(tmp_path / "data", [programme])), [], date(2026, 2, 1))

    assert len(tasks) == (0 if ended else 1)


def test_what_another_source_says_is_no_condition_of_its_own(tmp_path):
    rate = unverified(0.9, disputed=[other_value(0.8)])
    folder = write_catalogue(tmp_path / "data", [make_programme(strands=[make_strand(eligibility={"eu_rate": rate})])])

    assert str(verified_shares(load_catalogue(folder), date(2026, 2, 1))["rate"]) == "0 of 1 (0.0 %)"


def test_the_table_of_facts_has_a_row_for_each_value_in_dispute(folder):
    facts = tables(load_catalogue(folder))["facts"].set_index("path")
    rows = facts.loc[["strands.0.eligibility.eu_rate", "strands.0.eligibility.eu_rate.disputed.0"]]

    assert list(rows["value"]) == ['{"value":0.9}', '{"value":0.8}']
    assert list(rows["sources"]) == ["law Art. 1", "page p. 3"]
    assert list(rows["disputed"]) == [True, True]
    assert not facts.loc["summary", "disputed"]
