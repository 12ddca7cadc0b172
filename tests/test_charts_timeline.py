"""The timeline: which programmes and calls stand on it, when, and in what words."""

from datetime import date

import pytest

from factories import ON, SUMMARY, fact, loaded_vocabularies, make_project, make_topic
from thbfund import Matcher
from thbfund.charts.draw_timeline import timeline_chart
from thbfund.charts.timeline import (
    Line,
    Timeline,
    line_name,
    timeline_finding,
    timeline_of,
    timeline_of_all,
    timeline_table,
)
from thbfund.speaking import speaker

ENGLISH = speaker()
ANNOUNCED = make_topic(id="LAN-2026-2", title="More lanterns", opens_on=fact("2026-09-15"), deadline=fact("2026-12-01"))


def report(catalogue, **project):
    return Matcher(catalogue, None).match(make_project(loaded_vocabularies(), summary=SUMMARY, **project), ON)


def data_of(spec):
    return [row for rows in spec["datasets"].values() for row in rows]


def test_programmes_stand_before_their_calls_and_closed_programmes_do_not_stand_there(guided):
    found = timeline_of(report(guided(topics=[make_topic(), ANNOUNCED])))

    assert [(line.kind, line.title) for line in found.lines][:3] == [
        ("programme", "LAN 2021-2027"),
        ("open", "Lanterns for shelters"),
        ("forthcoming", "More lanterns"),
    ]
    assert not [line for line in found.lines if "Candle" in line.title]


def test_three_calls_of_a_programme_are_drawn_and_the_fourth_is_told(guided):
    topics = [make_topic(id=f"LAN-2026-{number}") for number in range(1, 5)]
    found = timeline_of(report(guided(topics=topics)))

    assert sum(line.kind == "open" for line in found.lines) == 3
    assert found.left_out == 1
    assert "1 more call is not drawn." in timeline_finding(found, ENGLISH)


def test_the_project_reaches_from_its_start_over_its_duration(tiny):
    found = timeline_of(report(tiny, start="2027-03", duration_months=24))

    assert (found.start, found.end) == (date(2027, 3, 1), date(2029, 2, 28))
    assert (found.first, found.last) == (date(2026, 1, 1), date(2029, 12, 31))
    assert "Your project: 1 Mar 2027 to 28 Feb 2029." in timeline_finding(found, ENGLISH)


def test_a_project_without_start_leaves_no_band(tiny):
    found = timeline_of(report(tiny, duration_months=24))

    assert (found.start, found.end) == (None, None)
    assert "Your project" not in timeline_finding(found, ENGLISH)
    assert "said" not in {
        key
        for row in data_of(timeline_chart(found, ENGLISH).to_dict())
        for key in row
        if row.get("said") == "Your project"
    }


def test_what_lies_far_off_does_not_stretch_the_chart():
    found = Timeline(ON, (), start=date(2060, 1, 1), end=date(2061, 1, 1))

    assert found.last == date(2032, 12, 31)
    assert timeline_chart(found, ENGLISH).to_dict()["layer"]


EXPECTED = Line("expected", "Lanterns", date(2027, 1, 1), date(2027, 12, 31), date(2027, 10, 1))


def colours_of_words(part):
    """Each colour that a specification gives to words, wherever it stands."""
    if isinstance(part, list):
        return {colour for one in part for colour in colours_of_words(one)}
    if not isinstance(part, dict):
        return set()
    own = {part["labelColor"]} if "labelColor" in part else set()
    own |= {part["color"]} if part.get("type") == "text" else set()
    return own.union(*(colours_of_words(one) for one in part.values()))


def test_words_have_the_colour_of_the_page_they_stand_on_whatever_it_becomes(tiny):
    spec = timeline_chart(timeline_of(report(tiny, start="2027-03", duration_months=24)), ENGLISH).to_dict()

    assert colours_of_words({name: part for name, part in spec.items() if name != "datasets"}) == {"currentColor"}
    assert spec["config"]["background"] == "transparent"


def test_an_expected_call_is_dashed_and_said_to_be_announced_by_nobody():
    found = Timeline(ON, (EXPECTED,))
    spec = timeline_chart(found, ENGLISH).to_dict()
    [bar] = [layer["mark"] for layer in spec["layer"] if layer["mark"]["type"] == "bar"]

    assert bar["strokeDash"]
    assert bar["color"] == "transparent"
    assert line_name(EXPECTED, ENGLISH) == "Expected in 2027, not announced: Lanterns"
    assert "expected, announced by nobody: 1" in timeline_finding(found, ENGLISH)


def test_a_deadline_and_an_earliest_start_are_told_apart_by_shape():
    line = Line("open", "Lanterns", date(2026, 5, 1), date(2026, 9, 1), date(2027, 6, 1))
    spec = timeline_chart(Timeline(ON, (line,)), ENGLISH).to_dict()
    [points] = [layer for layer in spec["layer"] if layer["mark"]["type"] == "point"]
    rows = spec["datasets"][points["data"]["name"]]

    assert [row["mark"] for row in rows] == ["deadline of an open call", "earliest start of a project"]
    assert len(set(points["encoding"]["shape"]["scale"]["range"])) == 3


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("programme", "Lanterns: no end known"),
        ("open", "Open, no deadline: Lanterns"),
        ("forthcoming", "Announced, deadline not known: Lanterns"),
        ("expected", "Expected, not announced: Lanterns"),
    ],
)
def test_a_missing_day_is_said_to_be_missing(kind, said):
    line = Line(kind, "Lanterns", None, None)

    assert line_name(line, ENGLISH) == said
    assert timeline_table(Timeline(ON, (line,)), ENGLISH)[0]["From"] == "not known"
    assert timeline_chart(Timeline(ON, (line,)), ENGLISH).to_dict()["layer"]


def test_the_table_holds_every_line_of_the_chart(guided):
    found = timeline_of(report(guided(topics=[make_topic(), ANNOUNCED])))
    drawn = {row["whole"] for row in data_of(timeline_chart(found, ENGLISH).to_dict()) if "whole" in row}

    assert [row["Programme or call"] for row in timeline_table(found, ENGLISH)] == [
        line_name(line, ENGLISH) for line in found.lines
    ]
    assert drawn == {line_name(line, ENGLISH) for line in found.lines}


def test_nothing_to_show_is_said():
    assert timeline_finding(Timeline(ON, ()), ENGLISH) == "No programme is open to show on a timeline."
    assert timeline_table(Timeline(ON, ()), ENGLISH) == []


def test_the_page_of_calls_shows_only_programmes_with_a_call_to_come(guided, tiny):
    assert [line.title for line in timeline_of_all(guided(topics=[make_topic()]), ON).lines] == [
        "LAN 2021-2027",
        "Lanterns for shelters",
    ]
    assert timeline_of_all(tiny, ON).lines == ()
