"""Projects that were really funded: the file is read, every mistake in it is told, and pages and exports show it."""

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from factories import write_catalogue
from thbfund import Catalogue, InputError, load_catalogue
from thbfund.catalogue import check_catalogue
from thbfund.catalogue.evidence import COLUMNS, FEWEST_WORDS, MOST_WORDS, FundedProject, read_projects
from thbfund.input.problems import Problem
from thbfund.staff.export import EXPORTS, export_values
from thbfund.staff.tables import tables

PROGRAMMES = {"lantern-2021-2027", "compass-2021-2027"}
SUMMARY = " ".join(["word"] * FEWEST_WORDS)
ROW = {
    "id": "night-light",
    "acronym": "NIGHT",
    "title": "Night light, for all",
    "programme": "lantern-2021-2027",
    "year_start": "2022",
    "year_end": "2024",
    "lead_country": "IT",
    "countries": "IT GR",
    "grant_eur": "250000",
    "summary": SUMMARY,
    "source_url": "https://lantern.example/night",
    "checked_on": "2026-01-15",
    "label_basis": "stated",
}


def table(*rows: dict[str, str], header: list[str] | None = None) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS if header is None else header)
    writer.writerows([{**ROW, **row}.values() for row in rows])
    return out.getvalue()


def read(*rows: dict[str, str]) -> tuple[FundedProject, ...]:
    return read_projects(table(*rows), "projects.csv", PROGRAMMES)


def problems(text: str) -> list[Problem]:
    with pytest.raises(InputError) as raised:
        read_projects(text, "projects.csv", PROGRAMMES)
    return list(raised.value.problems)


def codes(**changes: str) -> list[tuple[str, str]]:
    return [(problem.field, problem.code) for problem in problems(table(changes))]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The tiny catalogue with two funded projects."""
    made = write_catalogue(tmp_path / "data")
    (made / "evidence").mkdir()
    second = {"id": "dark-road", "acronym": "", "year_start": "", "grant_eur": "", "label_basis": "inferred"}
    (made / "evidence" / "projects.csv").write_text(table({}, second), encoding="utf-8")
    return made


# ---- reading ----


def test_a_line_becomes_a_project():
    [project] = read({})

    assert (project.id, project.programme, project.grant_eur) == ("night-light", "lantern-2021-2027", 250_000)
    assert project.countries == ("IT", "GR")
    assert project.checked_on.isoformat() == "2026-01-15"


@pytest.mark.parametrize("column", ["acronym", "year_start", "year_end", "grant_eur", "lead_country"])
def test_an_empty_cell_is_unknown_never_zero(column):
    [project] = read({column: ""})

    assert getattr(project, column) is None


def test_a_header_alone_is_no_project():
    assert read() == ()


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        ("2022", "2024", "2022 to 2024"),
        ("2022", "2022", "2022"),
        ("2022", "", "from 2022"),
        ("", "2024", "until 2024"),
        ("", "", ""),
    ],
)
def test_years_are_told_as_far_as_they_are_known(start, end, years):
    [project] = read({"year_start": start, "year_end": end})

    assert project.years == years


# ---- what is wrong is told ----


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"id": "Night Light"}, "id", "wrong-value"),
        ({"id": ""}, "id", "missing-field"),
        ({"title": ""}, "title", "missing-field"),
        ({"title": "a <b>bold</b> title"}, "title", "html"),
        ({"programme": "lantern-2014-2020"}, "programme", "unknown-programme"),
        ({"year_start": "soon"}, "year_start", "not-a-whole-number"),
        ({"countries": "IT GR ZZ"}, "countries.2", "unknown-country"),
        ({"lead_country": "UK", "countries": "UK"}, "lead_country", "unknown-country"),
        ({"lead_country": "FR"}, "lead_country", "lead-not-in-countries"),
        ({"grant_eur": "250.000"}, "grant_eur", "not-a-whole-number"),
        ({"source_url": "lantern.example"}, "source_url", "not-a-url"),
        ({"checked_on": "15.1.2026"}, "checked_on", "not-a-date"),
        ({"label_basis": "perhaps"}, "label_basis", "unknown-word"),
    ],
)
def test_a_wrong_cell_is_told_with_its_column(changes, field, code):
    assert (field, code) in codes(**changes)


@pytest.mark.parametrize("start", ["=", "+", "@", "-"])
def test_a_cell_that_a_spreadsheet_would_run_is_refused(start):
    assert codes(title=f"{start}SUM(A1)") == [("title", "formula-cell")]


def test_a_formula_that_poses_as_an_amount_is_refused():
    assert ("grant_eur", "formula-cell") in codes(grant_eur="-1+cmd")


@pytest.mark.parametrize(("grant", "accepted"), [("0", True), ("-1", False)])
def test_a_grant_is_not_negative(grant, accepted):
    if accepted:
        assert read({"grant_eur": grant})[0].grant_eur == 0
    else:
        assert codes(grant_eur=grant) == [("grant_eur", "wrong-value")]


@pytest.mark.parametrize(("end", "accepted"), [("2022", True), ("2021", False)])
def test_a_project_does_not_end_before_it_starts(end, accepted):
    if accepted:
        assert read({"year_end": end})
    else:
        assert [code for _, code in codes(year_end=end)] == ["dates-out-of-order"]


@pytest.mark.parametrize(
    ("words", "accepted"),
    [(FEWEST_WORDS - 1, False), (FEWEST_WORDS, True), (MOST_WORDS, True), (MOST_WORDS + 1, False)],
)
def test_a_summary_is_neither_too_short_nor_too_long(words, accepted):
    summary = " ".join(["word"] * words)
    if accepted:
        assert read({"summary": summary})
    else:
        assert codes(summary=summary) == [("summary", "summary-length")]


def test_an_id_that_comes_twice_is_told_at_its_second_line():
    [problem] = problems(table({}, {"id": "other"}, {}))

    assert (problem.code, problem.line, problem.field) == ("repeated-id", 4, "id")


def test_all_problems_are_told_at_once_in_order_of_lines():
    found = problems(
        table({"source_url": "x"}, {"id": "b", "programme": "lantern-2021-2028"}, {"id": "c", "grant_eur": "-5"})
    )

    assert [(one.line, one.code) for one in found] == [
        (2, "not-a-url"),
        (3, "unknown-programme"),
        (4, "wrong-value"),
    ]
    assert found[1].hint == 'did you mean "lantern-2021-2027"?'
    assert str(found[0]).startswith("projects.csv:2:1 error not-a-url: source_url: found")


def test_a_missing_programme_is_told_once_with_the_number_of_its_lines():
    there, gone = {}, {"programme": "moon-2021-2027"}
    found = problems(table(there, {"id": "b", **gone}, {"id": "c", "programme": "sun"}, {"id": "d", **gone}))

    assert [(one.line, one.code, one.message) for one in found] == [
        (3, "unknown-programme", 'found "moon-2021-2027" in 2 lines, of which this is the first'),
        (4, "unknown-programme", 'found "sun"'),
    ]


def test_a_line_below_a_cell_with_a_line_break_keeps_its_number():
    [first, second] = problems(table({"title": "one\ntwo"}, {"id": "b", "source_url": "x"}))

    assert (first.code, first.line) == ("line-break", 2)
    assert (second.code, second.line) == ("not-a-url", 4)


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (COLUMNS[:-1], "without label_basis"),
        ([*COLUMNS, "notes"], 'with "notes"'),
        (COLUMNS[::-1], "in another order"),
        ([], "without id"),
    ],
)
def test_a_wrong_header_is_told_and_nothing_else(header, said):
    [problem] = problems(table({"source_url": "x"}, header=header))

    assert (problem.code, problem.line) == ("wrong-header", 1)
    assert said in problem.message


def test_an_empty_file_has_no_header():
    assert [problem.code for problem in problems("")] == ["wrong-header"]


def test_a_line_with_too_few_cells_is_told_and_the_others_are_still_checked():
    found = problems(table({}) + "only,three,cells\n" + table({"id": "b", "source_url": "x"}).split("\n", 1)[1])

    assert [(one.line, one.code) for one in found] == [(3, "wrong-number-of-cells"), (4, "not-a-url")]


def test_a_quote_that_does_not_close_is_told():
    assert "not-csv" in [problem.code for problem in problems(table({}) + 'b,"open')]


# ---- in the catalogue ----


def test_the_catalogue_holds_the_projects_in_the_order_of_the_file(folder):
    assert [project.id for project in load_catalogue(folder).evidence] == ["night-light", "dark-road"]


def test_a_catalogue_without_the_file_has_no_projects(tiny):
    assert tiny.evidence == ()


def test_the_fingerprint_changes_with_the_file(folder, tiny):
    before = load_catalogue(folder).fingerprint
    path = folder / "evidence" / "projects.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("250000", "250001"), encoding="utf-8")

    assert len({tiny.fingerprint, before, load_catalogue(folder).fingerprint}) == 3


def test_the_check_of_the_catalogue_names_file_and_line(folder):
    (folder / "evidence" / "projects.csv").write_text(table({"programme": "moon"}), encoding="utf-8")
    catalogue, found = check_catalogue(folder)

    assert catalogue is None
    [error] = [problem for problem in found if problem.severity == "error"]
    assert (error.file, error.line, error.code) == ("data/evidence/projects.csv", 2, "unknown-programme")


def test_a_damaged_programme_file_is_not_blamed_on_the_projects(folder):
    (folder / "programmes" / "lantern-2021-2027.yaml").write_text("id: [", encoding="utf-8")
    _, found = check_catalogue(folder)

    assert not [problem for problem in found if problem.file.endswith("projects.csv")]


# ---- export ----


def test_the_export_holds_every_project_and_leads_back_to_it(folder):
    catalogue = load_catalogue(folder)
    values = json.loads(json.dumps(export_values(catalogue)["projects"]))

    assert tuple(FundedProject.model_validate(value) for value in values) == catalogue.evidence


def test_the_table_keeps_years_whole_and_unknown_cells_empty(folder):
    with zipfile.ZipFile(io.BytesIO(EXPORTS["csv"](load_catalogue(folder)))) as archive:
        rows = list(csv.DictReader(io.StringIO(archive.read("projects.csv").decode())))

    assert [row["year_start"] for row in rows] == ["2022", ""]
    assert [row["grant_eur"] for row in rows] == ["250000", ""]
    assert rows[0]["countries"] == "IT GR"


def test_a_catalogue_without_projects_has_no_such_table(tiny):
    assert "projects" not in tables(tiny)


# ---- the page of a programme ----


def words_on(programme: str) -> str:
    page = """
from datetime import date
import streamlit as st
from thbfund.web import programme_view, resources
catalogue = resources.catalogue()
programme_view.show(catalogue.programmes[st.session_state["shown"]], catalogue, date(2026, 6, 1))
"""
    app = AppTest.from_string(page, default_timeout=60)
    app.session_state["shown"] = programme
    app.run()
    assert not app.exception
    return "\n".join([*(part.value for part in app.markdown), *(part.label for part in app.expander)])


@pytest.fixture
def served(folder, monkeypatch) -> Path:
    """The tiny catalogue in the app, with one project whose title would come alive."""
    hostile = {"id": "hostile", "title": "**bold** [link](https://evil.example) $x$"}
    (folder / "evidence" / "projects.csv").write_text(table({}, hostile), encoding="utf-8")
    monkeypatch.setenv("THBFUND_DATA", str(folder))
    return folder


@pytest.mark.usefixtures("served", "links_lead_nowhere")
def test_the_page_of_a_programme_shows_what_it_paid_for():
    words = words_on("lantern-2021-2027").replace("\\", "")

    assert "NIGHT: Night light, for all" in words
    assert "2022 to 2024" in words
    assert "Italy, Greece" in words
    assert "https://lantern.example/night" in words


@pytest.mark.usefixtures("served", "links_lead_nowhere")
def test_titles_on_the_page_are_inert():
    assert "[link](https://evil" not in words_on("lantern-2021-2027")
    assert "**bold**" not in words_on("lantern-2021-2027")


@pytest.mark.usefixtures("served", "links_lead_nowhere")
def test_a_programme_without_projects_says_that_none_is_on_record():
    assert "None on record" in words_on("compass-2021-2027")


# ---- the real file ----


def test_the_real_projects_fill_most_programmes(catalogue: Catalogue):
    assert len(catalogue.evidence) >= 180
    assert len({project.programme for project in catalogue.evidence}) >= 28


def test_no_summary_repeats_six_words_in_a_row_of_a_labelled_description(catalogue, data):
    lines = (data / "evidence" / "labelled.jsonl").read_text(encoding="utf-8").splitlines()
    labelled = {runs for line in lines for runs in runs_of_six(json.loads(line)["description"])}
    copied = {project.id for project in catalogue.evidence if labelled & runs_of_six(project.summary)}

    assert copied == set()


def runs_of_six(text: str) -> set[str]:
    words = re.findall(r"\w+", text.casefold())
    return {" ".join(words[start : start + 6]) for start in range(len(words) - 5)}
