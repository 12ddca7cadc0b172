"""Charts on scores: parts that add up, pieces by kind, and their specifications."""

import json

import pytest

from factories import ON, SUMMARY, loaded_vocabularies, make_project
from thbfund import Matcher
from thbfund.charts.contributions import (
    KIND_OF,
    KINDS,
    Part,
    parts_finding,
    parts_of,
    parts_table,
    pieces_finding,
    pieces_of,
    pieces_table,
    points,
)
from thbfund.charts.draw_contributions import side_by_side, staircase
from thbfund.contributions import CONTRIBUTION_NAMES
from thbfund.report.highlights import HIGHLIGHT_WORDS
from thbfund.speaking import speaker

ENGLISH = speaker()
PARTS = (
    Part("text", 0.3, 0.0, "Shared words.", "You wrote: “shelter”."),
    Part("place_of_action", 0.2, 0.3, "Works in Italy.", ""),
    Part("usual_grant", -0.1, 0.5, "Unusual.", ""),
)


@pytest.fixture(scope="module")
def report(tiny):
    return Matcher(tiny, None).match(make_project(loaded_vocabularies(), summary=SUMMARY), ON)


def rows_of(chart, column):
    """All values of a column in the data of a chart."""
    return [row[column] for rows in chart.to_dict()["datasets"].values() for row in rows if column in row]


def test_every_contribution_is_of_one_kind():
    assert set(KIND_OF) == set(CONTRIBUTION_NAMES)
    assert set(KIND_OF.values()) == set(KINDS)


def test_each_part_begins_where_the_one_before_it_ends_and_the_last_ends_at_the_score(report):
    for match in report.matches:
        parts = parts_of(match, report)
        assert [part.start for part in parts] == [0.0, *(part.end for part in parts[:-1])]
        assert parts[-1].end == match.scored.score


def test_pieces_of_a_programme_add_up_to_its_score(report):
    pieces = pieces_of(report.matches)
    for match in report.matches:
        own = [piece.value for piece in pieces if piece.rank == match.rank]
        assert sum(own) == pytest.approx(match.scored.score, abs=1e-4)


def test_what_takes_away_lies_left_of_the_line_and_what_adds_lies_right(matcher):
    report = matcher.match(
        make_project(matcher.catalogue.vocabularies, summary=SUMMARY, applicant={"type": "company", "country": "MT"}),
        ON,
    )
    pieces = pieces_of(report.matches)

    assert any(piece.value < 0 for piece in pieces)
    for piece in pieces:
        assert (piece.end <= piece.start <= 0) if piece.value < 0 else (0 <= piece.start <= piece.end)


def test_five_programmes_stand_side_by_side_and_a_sixth_does_not(matcher):
    report = matcher.match(make_project(matcher.catalogue.vocabularies, summary=SUMMARY), ON)

    assert len(report.matches) > 5
    assert {piece.rank for piece in pieces_of(report.matches)} == {1, 2, 3, 4, 5}


def test_points_carry_their_sign_and_a_zero_carries_no_minus():
    assert points(0.054, ENGLISH) == "+0.05"
    assert points(-0.054, ENGLISH) == "-0.05"
    assert points(-0.004, ENGLISH) == "+0.00"
    assert points(0.054, speaker("de")) == "+0,05"


def test_the_finding_names_the_largest_part_and_the_one_that_takes_most_away():
    assert parts_finding(PARTS, ENGLISH) == (
        "The score of 0.4 is the sum of 3 parts. Most comes from “Wording”: 0.3; “Usual amount” takes most away: -0.1."
    )


def test_where_nothing_takes_away_the_finding_does_not_speak_of_it():
    assert parts_finding(PARTS[:2], ENGLISH).endswith("Most comes from “Wording”: 0.3.")


def test_findings_of_nothing_say_so():
    assert parts_finding((), ENGLISH) == "Nothing added to this score."
    assert pieces_finding((), ENGLISH) == "No programme has a score to show."


def test_the_finding_of_one_programme_and_of_many_differ(report):
    pieces = pieces_of(report.matches)
    one = pieces_finding([piece for piece in pieces if piece.rank == 1], ENGLISH)

    assert one.startswith("1 programme, LAN 2021-2027, scores")
    assert pieces_finding(pieces, ENGLISH).startswith("2 programmes side by side. LAN 2021-2027 scores most,")


def test_the_table_holds_the_points_of_the_chart():
    table = parts_table(PARTS, ENGLISH)
    assert [row["Points"] for row in table] == ["+0.30", "+0.20", "-0.10", "0.4"]

    names = rows_of(staircase(PARTS, ENGLISH), "name")
    for row in table[:-1]:
        assert f"{row['Part']}: {row['Points']}" in names


def test_the_table_of_the_first_programmes_holds_each_piece(report):
    pieces = pieces_of(report.matches)
    table = pieces_table(pieces, ENGLISH)

    assert len(table) == len(report.matches)
    for piece in pieces:
        assert f"{KINDS[piece.kind]} {points(piece.value, ENGLISH)}" in table[piece.rank - 1]["Parts"]


def test_a_staircase_draws_each_part_and_their_sum():
    spec = staircase(PARTS, ENGLISH).to_dict()
    bars = next(layer for layer in spec["layer"] if layer["mark"]["type"] == "bar")
    rows = spec["datasets"][bars["data"]["name"]]

    assert [(row["start"], row["end"]) for row in rows] == [(0, 0.3), (0.3, 0.5), (0.5, 0.4), (0, 0.4)]
    assert [row["sort"] for row in rows] == ["more", "more", "less", "score"]


def test_a_piece_is_known_by_its_number_without_its_colour(report):
    pieces = pieces_of(report.matches)
    spec = side_by_side(pieces, ENGLISH).to_dict()
    bars = next(layer for layer in spec["layer"] if layer["mark"]["type"] == "bar")

    assert bars["encoding"]["color"]["scale"]["domain"] == [f"{n} {said}" for n, said in enumerate(KINDS.values(), 1)]
    assert {"1", "3"} <= set(rows_of(side_by_side(pieces, ENGLISH), "number"))


def test_charts_of_nothing_are_still_charts():
    assert staircase((), ENGLISH).to_dict()["layer"]
    assert side_by_side((), ENGLISH).to_dict()["layer"]


def test_no_more_than_five_words_of_the_description_stand_in_a_row_in_a_chart(tiny):
    told = " ".join(SUMMARY.split()).casefold().split()
    report = Matcher(tiny, None).match(make_project(loaded_vocabularies(), summary=SUMMARY), ON)
    shown = "\n".join(
        json.dumps(staircase(parts_of(match, report), ENGLISH).to_dict(), ensure_ascii=False)
        for match in report.matches
    ).casefold()

    runs = [" ".join(told[start : start + HIGHLIGHT_WORDS + 1]) for start in range(len(told) - HIGHLIGHT_WORDS)]
    assert not [run for run in runs if run in shown]
    assert "you wrote" in shown
