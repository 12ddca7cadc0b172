"""Every call on a day, on invented calls: states, order, the usual quarter, and what can be looked for."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pytest

from factories import ON, fact, loaded_calls, make_calls, make_topic, write_catalogue
from thbfund import Catalogue, load_catalogue
from thbfund.agenda import Entry, agenda, usual_quarter

FAMILY = {"id": "lamps", "name": "Lamps", "strand": "harbour", "relevance": "core"}


def round_of(year: int, closes: str = "04-01", **changes: Any) -> dict[str, Any]:
    days = {"opens_on": fact(f"{year}-02-01"), "deadline": fact(f"{year}-{closes}")}
    return make_topic(id=f"LAN-{year}", year=year, family="lamps", **(days | changes))


@pytest.fixture
def listed(tmp_path):
    def entries(topics: Iterable[Mapping[str, Any]], on: date = ON) -> list[Entry]:
        calls = {"lantern-2021-2027": make_calls(topics, families=[FAMILY])}
        found: Catalogue = load_catalogue(write_catalogue(tmp_path / "data", calls=calls))
        return agenda(found, on)

    return entries


def test_open_stands_before_announced_before_expected_before_past(listed) -> None:
    topics = [
        round_of(2022), round_of(2024), make_topic(), make_topic(id="LAN-LATER", opens_on=fact("2026-07-01")),
        make_topic(id="LAN-SOMETIME", opens_on=None, deadline=None),
    ]  # fmt: skip
    states = [entry.state for entry in listed(topics)]
    assert states == ["open", "forthcoming", "expected", "unknown", "closed", "closed"]


def test_open_calls_stand_by_deadline_and_past_ones_newest_first(listed) -> None:
    topics = [make_topic(id="LATE", deadline=fact("2026-09-04")), make_topic(id="SOON"), round_of(2022), round_of(2024)]
    found = [entry.id for entry in listed(topics) if entry.state in {"open", "closed"}]
    assert [one.split("/")[1] for one in found] == ["SOON", "LATE", "LAN-2024", "LAN-2022"]


def test_an_expected_round_knows_the_quarter_in_which_most_rounds_closed(listed) -> None:
    coming = next(entry for entry in listed([round_of(2022), round_of(2024)]) if entry.state == "expected")
    assert (coming.subject.year, coming.quarter) == (2026, 2)


@pytest.mark.parametrize(
    ("closes", "quarter"),
    [
        ([], None),
        (["2024-03-31"], None),  # one round is no habit
        (["2022-03-31", "2024-01-01"], 1),
        (["2022-03-31", "2024-04-01"], None),  # half is not most
        (["2022-03-31", "2023-02-01", "2024-04-01"], 1),
        (["2022-10-01", "2024-12-31"], 4),
    ],
)
def test_a_quarter_is_usual_where_more_than_half_of_two_or_more_rounds_closed_in_it(closes, quarter) -> None:
    topics = [
        make_topic(id=day, year=int(day[:4]), opens_on=None, deadline=fact(day)) for day in closes
    ]  # fmt: skip
    assert usual_quarter(loaded_calls(topics).topics if topics else ()) == quarter


def test_a_call_is_found_by_its_own_groups_and_else_by_those_of_its_strand(listed) -> None:
    own, other = listed([make_topic(id="A", target_groups=["children"]), make_topic(id="B")])
    assert own.values["group"] == {"children"}
    assert other.values["group"] == {"victims_of_trafficking"}


def test_a_call_that_shuts_a_type_out_is_not_found_by_it(listed) -> None:
    shut = {"applicant_types": {"lead": fact({"open_to": ["company"], "closed_to": ["ngo"]})}}
    closed, usual = listed([make_topic(id="A", eligibility=shut), make_topic(id="B")])
    assert "ngo" not in closed.values["type"]
    assert "ngo" in usual.values["type"]


def test_ids_of_entries_differ(catalogue: Catalogue) -> None:
    found = agenda(catalogue, date(2026, 11, 25))
    assert len({entry.id for entry in found}) == len(found)


def test_every_topic_of_the_catalogue_is_in_the_calendar_once(catalogue: Catalogue) -> None:
    found = [entry for entry in agenda(catalogue, date(2026, 11, 25)) if entry.state != "expected"]
    assert len(found) == sum(len(calls.topics) for calls in catalogue.calls.values())
