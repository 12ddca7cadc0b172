"""`thbfund brief`, `thbfund calendar` and `thbfund match --format xlsx`: files written, mistakes told."""

import io
import json
import re
from datetime import date

import docx
import openpyxl
import pytest
from click.testing import CliRunner
from icalendar import Calendar

from factories import make_calls, make_topic, write_catalogue
from thbfund.cli import main


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The tiny catalogue with one call, and a project beside it."""
    place = tmp_path_factory.mktemp("away")
    write_catalogue(place / "data", calls={"lantern-2021-2027": make_calls([make_topic()])})
    summary = "A shelter gives women who were trafficked to Italy a safe place to stay, legal aid and language courses."
    (place / "project.yaml").write_text(f"summary: {summary}\n", encoding="utf-8")
    return place


@pytest.fixture
def run(folder):
    def invoke(*words):
        return CliRunner().invoke(main, ["--data", str(folder / "data"), *map(str, words)])

    return invoke


def test_a_brief_is_written_as_docx(run, folder, tmp_path):
    out = tmp_path / "brief.docx"
    assert run("brief", folder / "project.yaml", "-o", out, "--on", "2026-06-01").exit_code == 0
    text = "\n".join(paragraph.text for paragraph in docx.Document(out).paragraphs)
    assert "All answers hold as on 1 Jun 2026." in text
    assert "A shelter gives women" in text


def test_a_brief_is_written_as_html_without_the_description(run, folder, tmp_path):
    out = tmp_path / "brief.HTML"
    done = run("brief", folder / "project.yaml", "-o", out, "--on", "2026-06-01", "--without-description",
               "--programme", "compass-2021-2027")  # fmt: skip
    assert done.exit_code == 0
    text = out.read_text(encoding="utf-8")
    assert "A shelter gives women" not in text
    assert "Compass Programme" in text
    assert "<h3>Lantern Fund" not in text


def test_another_ending_is_refused_before_anything_is_read(run, tmp_path):
    out = tmp_path / "brief.pdf"
    done = run("brief", "no-such-file.yaml", "-o", out)
    assert done.exit_code == 2
    assert ".docx or .html" in done.stderr
    assert not out.exists()


@pytest.mark.parametrize("command", ["brief", "calendar"])
def test_an_unknown_programme_is_named_with_the_one_meant(run, folder, tmp_path, command):
    file = [folder / "project.yaml"] if command == "brief" else []
    done = run(command, *file, "-o", tmp_path / "x.html", "--on", "2026-06-01", "--programme", "lantern-2021-202")
    assert done.exit_code == 2
    assert "lantern-2021-2027" in done.stderr


def test_problems_of_the_project_file_are_listed_and_nothing_is_written(run, tmp_path):
    (tmp_path / "project.yaml").write_text("title: no summary\n", encoding="utf-8")
    done = run("brief", tmp_path / "project.yaml", "-o", tmp_path / "brief.docx")
    assert done.exit_code == 1
    assert "summary" in done.stderr
    assert not (tmp_path / "brief.docx").exists()


def test_a_calendar_goes_to_the_file_or_to_standard_output(run, tmp_path):
    out = tmp_path / "calls.ics"
    assert run("calendar", "--on", "2026-06-01", "-o", out).exit_code == 0
    assert len(Calendar.from_ical(out.read_bytes()).walk("VEVENT")) == 2
    assert run("calendar", "--on", "2026-06-01").stdout_bytes.startswith(b"BEGIN:VCALENDAR")


def test_results_are_written_as_xlsx_as_many_as_asked_for(run, folder, tmp_path):
    out = tmp_path / "results.xlsx"
    done = run("match", folder / "project.yaml", "--on", "2026-06-01", "--format", "xlsx", "--top", "1", "-o", out)
    assert done.exit_code == 0
    book = openpyxl.load_workbook(io.BytesIO(out.read_bytes()))
    assert book.sheetnames == ["Results", "What was asked", "Sources"]
    assert book["Results"].max_row == 2
    on = {row[0].value: row[1].value for row in book["What was asked"].iter_rows()}["As on"]
    assert on.date() == date(2026, 6, 1)


def test_a_match_can_be_written_to_a_file_but_not_as_a_table(run, folder, tmp_path):
    out = tmp_path / "match.md"
    assert run("match", folder / "project.yaml", "--format", "md", "-o", out).exit_code == 0
    assert out.read_text(encoding="utf-8").startswith("# EU programmes")
    assert run("match", folder / "project.yaml", "-o", tmp_path / "match.txt").exit_code == 2


def test_a_programme_that_was_asked_about_stands_in_the_brief_though_nothing_fits(run, tmp_path):
    project, out = tmp_path / "bicycles.yaml", tmp_path / "brief.html"
    project.write_text("summary: Better bicycles for our town.\n", encoding="utf-8")
    assert run("brief", project, "-o", out, "--on", "2026-06-01", "--programme", "compass-2021-2027").exit_code == 0
    text = out.read_text(encoding="utf-8")
    assert "shows no project against trafficking" in text
    assert re.search(r"<h\d>[^<]*Compass Programme", text)


def test_the_table_for_excel_stands_in_the_order_that_it_names(run, folder, tmp_path):
    project, out, asked = folder / "project.yaml", tmp_path / "found.xlsx", ("--on", "2026-06-01", "--period", "all")
    by_score = json.loads(run("match", project, *asked, "--format", "json").stdout)["matches"]
    assert run("match", project, *asked, "--format", "xlsx", "-o", out).exit_code == 0

    sheet = openpyxl.load_workbook(out).worksheets[0]
    head, *rows = sheet.iter_rows(values_only=True)
    names = [row[head.index("Name")] for row in rows]
    groups = ["eligible", "to_check", "not_eligible", "closed"]
    assert names == [match["name"] for match in sorted(by_score, key=lambda match: groups.index(match["verdict"]))]
    assert names != [match["name"] for match in by_score]  # a programme that has ended fits better than one in force
