"""The money view: grant, own contribution, first payment, balance, and the months to bridge."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from factories import fact, make_calls, make_project, make_topic, write_catalogue
from strategies import VOCABULARIES, projects
from thbfund import Matcher, load_catalogue, project_of_text
from thbfund.assumptions import usual
from thbfund.catalogue.model import GrantRange
from thbfund.financing import Terms, compute, eu_rate, financing
from thbfund.report.side_by_side import side_by_side

ON = date(2026, 11, 23)
RATE = 0.9  # what the judged strand of the tiny catalogue pays
WORKED = yaml.safe_load((Path(__file__).parent / "money" / "worked.yaml").read_text(encoding="utf-8"))


def terms_of(given):
    span = GrantRange(min_eur=given.get("min"), max_eur=given.get("max"))
    return Terms(given.get("rate"), span, given.get("first"), given.get("report"), given.get("last"))


@pytest.mark.parametrize("example", WORKED, ids=[example["name"] for example in WORKED])
def test_the_examples_worked_out_by_hand_come_out(example):
    project = example["project"]
    found = compute(terms_of(example["terms"]), project.get("total"), project.get("asked"), project.get("duration"))

    figures = {
        "grant": found.grant.value,
        "own": found.own.value,
        "own_share": found.own_share,
        "first": found.prefinancing.value,
        "balance": found.balance.value,
        "months": found.months.value,
    }
    assert {name: figures[name] for name in example["expect"]} == pytest.approx(example["expect"], abs=1e-4)


AMOUNTS = st.none() | st.integers(0, 10_000_000)
SHARES = st.none() | st.sampled_from([0.0, 0.5, 0.75, 0.8, 0.9, 0.95, 1.0])


@given(st.builds(Terms, SHARES, st.none(), SHARES, st.none() | st.just(60), st.just(90)), AMOUNTS, AMOUNTS)
def test_parts_add_up_and_what_is_unknown_says_why(terms, total, asked):
    asked = min(asked, total) if total is not None and asked is not None else asked
    found = compute(terms, total, asked, 24)

    for figure in (found.grant, found.own, found.prefinancing, found.balance, found.months):
        assert figure.because.endswith(".")
        assert figure.value is None or figure.value >= 0
    if found.balance.value is not None:
        assert found.prefinancing.value + found.balance.value == found.grant.value
    if total is not None and found.own.value is not None:
        assert found.grant.value + found.own.value == total


@given(projects)
def test_every_match_has_a_money_view(tiny_matcher, project):
    report = tiny_matcher.match(project, ON, "all")

    assert all(financing(match, report).grant.because for match in report.matches)


def test_the_view_takes_rate_and_range_of_the_judged_strand(tiny_matcher):
    report = tiny_matcher.match(make_project(VOCABULARIES, total_budget_eur=300_000), ON)
    match = next(found for found in report.matches if found.judgement.strand.id == "harbour")

    found = financing(match, report)
    assert (found.grant.value, found.own.value) == (270_000, 30_000)
    assert any("90 %" in assumption.text and assumption.basis.source for assumption in found.assumptions)


@pytest.mark.parametrize(
    ("summary", "share"),
    [
        pytest.param("Police officers train to find trafficked women.", 0.5, id="its subject: by the call"),
        pytest.param("A shelter and legal aid for trafficked women.", RATE, id="another subject: by the strand"),
    ],
)
def test_an_open_call_sets_the_terms_only_where_it_is_on_the_projects_subject(tmp_path, summary, share):
    topic = make_topic(
        relevance="close",
        target_groups=["police_officers"],
        eligibility={"eu_rate": fact(0.5), "grant": fact({"min_eur": 250_000})},
    )
    catalogue = load_catalogue(write_catalogue(tmp_path / "data", calls={"lantern-2021-2027": make_calls([topic])}))
    project = make_project(catalogue.vocabularies, summary=summary, total_budget_eur=200_000)
    report = Matcher(catalogue).match(project, date(2026, 6, 1))
    match = next(found for found in report.matches if found.programme.id == "lantern-2021-2027")

    [size] = next(row.cells for row in side_by_side([match], report) if row.point == "Size of the grant")
    assert eu_rate(match, report) == share
    assert ("at least" in size) is (share < RATE)


def test_every_assumption_of_the_real_catalogue_has_a_source_or_says_why_not(catalogue, matcher):
    project = project_of_text("A shelter for women trafficked from Nigeria to Italy.", catalogue.vocabularies)
    report = matcher.match(project, ON, "all")

    for route in catalogue.vocabularies["routes"].entries:
        assert route.payment is not None
    for match in report.matches:
        for assumption in financing(match, report).assumptions:
            basis = assumption.basis
            assert basis.source or basis.unverified or assumption.text.endswith(("known.", "counted on."))


@pytest.mark.parametrize(("days", "said"), [(365, "."), (366, ", more than a year ago: check again.")])
def test_how_a_route_pays_says_when_its_check_is_old(catalogue, days, said):
    routes = catalogue.vocabularies["routes"]
    payment = next(route.payment for route in routes.entries if route.payment and route.payment.prefinancing.sources)
    read = payment.prefinancing.checked_on

    assert usual(payment, routes.sources, read + timedelta(days=days))[0].said.endswith(f"Checked on {read}{said}")
