"""Results as CSV and XLSX: what is on the screen, typed, with the query, and no cell that a spreadsheet runs."""

import csv
import io
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given, settings

from factories import COMPLETE, ON, make_calls, make_project, make_topic, write_catalogue
from strategies import VOCABULARIES, hostile_text
from thbfund import Matcher, explain, load_catalogue
from thbfund.report.spreadsheet import csv_of, takeaway, xlsx_of
from thbfund.speaking import speaker

PRINTED = date(2026, 6, 15)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
DESCRIPTION = "A shelter gives women who were trafficked to Italy a safe place to stay."


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """Two open programmes, one of them with an open call."""
    folder = write_catalogue(
        tmp_path_factory.mktemp("tables") / "data", calls={"lantern-2021-2027": make_calls([make_topic()])}
    )
    project = make_project(VOCABULARIES, summary=DESCRIPTION, title="Light for all", **COMPLETE)
    return Matcher(load_catalogue(folder), None).match(project, ON, "all")


def sheets(report, **choices):
    book = openpyxl.load_workbook(io.BytesIO(xlsx_of(takeaway(report, PRINTED, **choices), PRINTED)))
    return {sheet.title: sheet for sheet in book}


def lines(report, **choices):
    text = csv_of(takeaway(report, PRINTED, **choices)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def column(sheet, heading):
    at = [cell.value for cell in sheet[1]].index(heading) + 1
    return [sheet.cell(row, at).value for row in range(2, sheet.max_row + 1)]


def asked(report, **choices):
    return {row[0].value: row[1].value for row in sheets(report, **choices)["What was asked"].iter_rows(min_row=2)}


def test_rows_stand_in_the_order_of_the_screen(report):
    shown = [match.rank for group in explain.grouped(report).values() for match in group]
    assert column(sheets(report)["Results"], "Rank") == shown


def test_only_the_programmes_shown_are_there_in_their_order(report):
    shown = list(reversed(report.matches))[:2]
    assert column(sheets(report, shown=shown)["Results"], "Id") == [match.programme.id for match in shown]


def test_csv_and_xlsx_hold_the_same_cells(report):
    rows = [[str(cell) for cell in row] for row in takeaway(report, PRINTED).results.rows]
    read = lines(report)
    assert read[0] == list(takeaway(report, PRINTED).results.head)
    assert [["None" if cell == "" else cell for cell in row] for row in read[1 : len(rows) + 1]] == [
        ["None" if cell == "" else cell for cell in row] for row in rows
    ]


def test_numbers_and_days_are_typed(report):
    sheet = sheets(report)["Results"]
    grants = [value for value in column(sheet, "EU grant, EUR") if value is not None]
    assert grants
    assert all(isinstance(value, int | float) for value in grants)
    days = [value for value in column(sheet, "Next date") if value is not None]
    assert days == [datetime(2026, 9, 3)]  # noqa: DTZ001 - a day in a spreadsheet has no time zone
    at = [cell.value for cell in sheet[1]].index("Next date") + 1
    assert sheet.cell(2, at).number_format == "yyyy-mm-dd" or sheet.cell(3, at).number_format == "yyyy-mm-dd"


def test_an_unknown_amount_is_empty_never_zero(report):
    project = report.project.model_copy(update={"total_budget_eur": None, "requested_grant_eur": None})
    unknown = Matcher(report.catalogue, None).match(project, ON)
    assert set(column(sheets(unknown)["Results"], "EU grant, EUR")) == {None}


def test_each_sheet_can_be_read_and_filtered(report):
    for sheet in sheets(report).values():
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert all(8 <= one.width <= 60 for one in sheet.column_dimensions.values())


def test_the_query_is_repeated(report):
    found = asked(report, order="Next date first.")
    assert found["Seat of the lead"] == "Germany"
    assert found["Total budget, EUR"] == 300_000
    assert found["Order"] == "Next date first."
    assert found["Catalogue"] == report.catalogue.fingerprint
    assert (found["As on"].date(), found["File made on"].date()) == (ON, PRINTED)
    assert ["Seat of the lead", "Germany"] in [line[:2] for line in lines(report)]


def test_the_description_is_there_only_where_the_user_wants_it(report):
    assert asked(report, with_description=True)["Description"] == DESCRIPTION
    text = csv_of(takeaway(report, PRINTED)).decode("utf-8-sig")
    assert "Description" not in asked(report)
    assert "Light for all" not in text
    said = DESCRIPTION.split()
    assert not any(" ".join(said[start : start + 6]) in text for start in range(len(said) - 5))


def test_sources_stand_with_address_and_day(report):
    sheet = sheets(report)["Sources"]
    assert "https://lantern.example/law" in column(sheet, "Address")
    assert datetime(2026, 1, 15) in column(sheet, "Read on")  # noqa: DTZ001 - as above


def test_excel_is_told_that_the_csv_is_utf_8(report):
    assert csv_of(takeaway(report, PRINTED)).startswith(b"\xef\xbb\xbf")


def test_all_lines_of_the_csv_are_of_one_width(report):
    assert len({len(line) for line in lines(report)}) == 1


def test_a_project_outside_the_field_gets_the_reason_and_no_rows(matcher):
    vocabularies = matcher.catalogue.vocabularies
    nothing = matcher.match(make_project(vocabularies, summary="Better bicycles for our town."), ON)
    assert not takeaway(nothing, PRINTED).results.rows
    assert any("Nothing here fits" in line[1] for line in lines(nothing))


def test_the_same_report_gives_the_same_bytes(report):
    tables = takeaway(report, PRINTED)
    assert xlsx_of(tables, PRINTED) == xlsx_of(tables, PRINTED)


def test_another_language_can_be_asked_for(report):
    assert takeaway(report, PRINTED, speak=speaker("bg")).results.rows


@settings(max_examples=40)
@given(title=hostile_text, order=hostile_text, name=hostile_text)
def test_no_cell_comes_alive(report, title, order, name):
    match = report.matches[0]
    hostile = replace(match, programme=match.programme.model_copy(update={"name": name, "acronym": name}))
    asked_by = replace(report, project=report.project.model_copy(update={"title": title}))
    choices = {"shown": [hostile], "order": order, "with_description": True}
    for sheet in sheets(asked_by, **choices).values():
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert not (isinstance(cell.value, str) and cell.value.startswith(FORMULA))
    for line in lines(asked_by, **choices):
        assert not [cell for cell in line if cell.startswith(FORMULA)]


def test_no_sheet_goes_through_a_temporary_file(report, monkeypatch):
    monkeypatch.setattr("openpyxl.worksheet._writer.create_temporary_file", None)

    assert xlsx_of(takeaway(report, PRINTED), PRINTED).startswith(b"PK")
