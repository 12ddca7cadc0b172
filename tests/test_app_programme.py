"""The page of one programme: where one goes from it, its parts at the top, calls, age of facts, funded projects."""

import re

import pytest

from test_app import DAY, _fixed_day, assert_sound, markdown, opened, words  # noqa: F401 - the fixture holds the day still
from thbfund import Catalogue


def test_every_part_named_at_the_top_is_there_to_jump_to() -> None:
    app = opened("programme", id="amif-2021-2027")
    named = re.findall(r"\]\(#([a-z0-9-]+)\)", markdown(app))
    anchors = {found.proto.anchor for found in app.header}
    assert len(named) == 6
    assert set(named) <= anchors


def test_the_page_leads_to_the_match_to_a_report_and_to_the_calendar() -> None:
    app = opened("programme", id="cerv")
    links = {link.proto.label: link.proto.query_string for link in app.get("page_link")}
    assert "Match my project against this" in links
    assert links["Report a mistake"] == "programme=cerv"
    assert links["In the calendar of calls"] == "programme=cerv"


def test_a_fact_says_how_long_ago_it_was_checked_and_when_it_is_due_again(catalogue: Catalogue) -> None:
    summary = catalogue.programmes["cerv"].summary
    assert summary.checked_on is not None
    days = (DAY - summary.checked_on).days
    said = words(opened("programme", id="cerv"))
    assert f"({f'{days} days ago' if days > 1 else '1 day ago' if days else 'today'}; due again on " in said


def test_facts_of_a_programme_that_has_ended_are_due_on_no_day() -> None:
    assert "due again on" not in words(opened("programme", id="fead"))


def test_an_announced_call_stands_on_the_page_of_its_programme_with_its_days() -> None:
    assert "Deadline 4 Nov 2027: 346 days left" in words(opened("programme", id="horizon-europe"))


@pytest.mark.parametrize("programme", ["isf-2021-2027", "rec-2014-2020"])
def test_labelled_projects_are_linked_beside_the_funded_ones(programme: str, catalogue: Catalogue) -> None:
    app = opened("programme", id=programme)
    assert_sound(app)
    own = [one for one in catalogue.ranking.labelled if one.programme == programme and not one.variant_of]
    assert any(one.label_source_url and one.label_source_url in markdown(app) for one in own)


@pytest.mark.parametrize(
    ("programme", "said"),
    [
        pytest.param("amif-2021-2027", "**People served.** People who are not citizens of the EU.", id="people served"),
        pytest.param("eu4health", "**Kind of activity.** Must include ", id="kind of activity"),
        pytest.param("justice-2014-2020", "**Required kinds of partner.** ", id="required partners"),
    ],
)
def test_a_condition_that_bars_projects_stands_among_the_conditions_of_eligibility(programme: str, said: str) -> None:
    assert said in words(opened("programme", id=programme))
