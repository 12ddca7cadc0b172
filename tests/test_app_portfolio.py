"""The page on a portfolio: a table of projects becomes charts with tables, and nothing of it is kept."""

import csv
import io
import zipfile
from collections.abc import Iterator

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from test_app import DAY, SHELTER, assert_sound, clear_caches, opened, words
from thbfund.apart import read_table_apart
from thbfund.documents import UnreadableError
from thbfund.documents.limits import MAX_TABLE_BYTES
from thbfund.screening.handed import MAX_LINES, MAX_ROWS, read_table
from thbfund.web import clock, portfolio_view

POLICE = "Training for police officers and prosecutors who investigate trafficking in human beings across borders."
CHOIR = "The village choir wants to mend the roof of its rehearsal hall and buy new sheet music."
MARKER = "ostrichbell"
ROWS = [
    {"id": "A1", "summary": f"{SHELTER} {MARKER}", "applicant_type": "ngo", "applicant_country": "RO"},
    {"id": "=2+3", "summary": POLICE, "applicant_type": "public_authority", "applicant_country": "NG"},
    {"id": "A3", "summary": CHOIR, "applicant_type": "", "applicant_country": ""},
    {"id": "A4", "summary": " ", "applicant_type": "", "applicant_country": ""},
]


@pytest.fixture(scope="module", autouse=True)
def _fixed_day() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("THBFUND_DATA", raising=False)
        patch.setattr(clock, "today", lambda: DAY)
        clear_caches()
        yield
        clear_caches()


def csv_of(rows: list[dict[str, str]], separator: str = ",") -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def xlsx_of(rows: list[dict[str, str]]) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append(list(rows[0]))
    for row in rows:
        book.active.append([f"'{cell}" if cell.startswith("=") else cell for cell in row.values()])
    book.save(out)
    return out.getvalue()


def uploaded(content: bytes, name: str = "projects.csv") -> AppTest:
    return opened("portfolio").file_uploader[0].set_value((name, content, "application/octet-stream")).run()


@pytest.fixture(scope="module")
def shown() -> AppTest:
    """The page after a table was uploaded; for tests that only look."""
    return uploaded(csv_of(ROWS))


# -- the page


def test_charts_say_what_the_projects_are_about_and_what_none_is(shown: AppTest) -> None:
    assert_sound(shown)
    said = words(shown)
    assert "Projects read: 3." in said
    assert "Rows with mistakes, which are left out: #5." in said
    assert "Projects that nothing here fits: 1." in said
    assert [found.value for found in shown.header] == [
        "Priorities", "People served", "First programme", "Conditions of the first programme that are not met",
    ]  # fmt: skip
    assert "in 1 of 3 projects" in said
    assert "In no project: " in said


def test_every_chart_has_its_numbers_as_a_table(shown: AppTest) -> None:
    tables = [table.value for table in shown.table]

    assert len(tables) == len(shown.get("vega_lite_chart"))
    people = next(table for table in tables if "People served" in table.columns)
    numbers = dict(zip(people["People served"], people["Projects"].astype(int), strict=True))
    assert numbers["Women and girls"] == 1
    assert numbers["Roma"] == 0


def test_nothing_that_a_row_says_stays_in_the_session_and_no_file(shown: AppTest) -> None:
    kept = shown.session_state[portfolio_view.FOUND]

    assert MARKER not in repr(kept)
    assert MARKER not in words(shown)
    assert shown.file_uploader[0].value is None


def test_the_files_hold_no_formula() -> None:
    rows = tuple(uploaded(csv_of(ROWS)).session_state[portfolio_view.FOUND].rows)
    table = portfolio_view.table_of(rows, "Portfolio")
    read = list(csv.DictReader(io.StringIO(portfolio_view.grid_csv(table).decode("utf-8-sig"))))
    sheet = openpyxl.load_workbook(io.BytesIO(portfolio_view.grid_xlsx(table, DAY))).active

    assert [row["id"] for row in read] == ["A1", "'=2+3", "A3"]
    assert [cell.data_type for cell in sheet["A"]] == ["s"] * 4


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"id,text\n1,x\n", "the table has no column “summary”"),
        (b"%PDF-1.7", "cannot be read as a table"),
        (b"PK\x03\x04 broken", "cannot be read as a table"),
        (b"\x89PNG\r\n", "a picture"),
    ],
)
def test_a_file_that_is_no_table_of_projects_is_told_in_a_sentence(content: bytes, said: str) -> None:
    app = uploaded(content, "**bold** [x](javascript:y).csv")

    assert_sound(app)
    assert said in app.error[0].value
    assert "Expected: a table in CSV or XLSX" in app.error[0].value
    assert "[x](javascript" not in app.error[0].value


def test_screening_that_takes_too_long_says_how_far_it_came(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 10_000, portfolio_view.PATIENCE - 1))
    monkeypatch.setattr(portfolio_view.time, "monotonic", lambda: next(clock))
    app = uploaded(csv_of([ROWS[2]] * (3 * portfolio_view.AT_ONCE)))

    assert f"Only the first rows were read: {portfolio_view.AT_ONCE}." in words(app)


# -- the table


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_is_read_whatever_parts_its_columns(separator: str) -> None:
    assert [row["id"] for _, row in read_table(csv_of(ROWS, separator)).rows] == ["A1", "=2+3", "A3", "A4"]


def test_a_sheet_gives_the_rows_of_a_text_file() -> None:
    found = read_table_apart(xlsx_of(ROWS))

    assert [row["summary"].strip() for _, row in found.rows] == [row["summary"].strip() for row in ROWS]
    assert not found.more


@pytest.mark.parametrize(("rows", "more"), [(MAX_ROWS, False), (MAX_ROWS + 1, True)])
def test_only_so_many_rows_are_read(rows: int, more: bool) -> None:  # noqa: FBT001 - a parameter
    found = read_table(csv_of([ROWS[2]] * rows))

    assert (len(found.rows), found.more) == (MAX_ROWS, more)


BLANK = dict.fromkeys(ROWS[0], "")


def test_blank_rows_are_no_projects_and_keep_none_from_being_read() -> None:
    found = read_table_apart(xlsx_of([BLANK, ROWS[0], *[BLANK] * (MAX_ROWS + 100), ROWS[1], *[BLANK] * 9]))

    assert [(line, row["id"]) for line, row in found.rows] == [(3, "A1"), (MAX_ROWS + 104, "'=2+3")]
    assert not found.more


@pytest.mark.parametrize(("blank", "more"), [(MAX_LINES - 1, False), (MAX_LINES, True)])
def test_lines_that_are_not_looked_at_are_told(blank: int, more: bool) -> None:  # noqa: FBT001 - a parameter
    found = read_table(b"id,summary\n1,x\n" + b",\n" * blank)

    assert (len(found.rows), found.more) == (1, more)


def test_columns_that_no_project_has_stay_behind() -> None:
    assert "email" not in read_table(b"ID,Summary,email\n1,x,a@b.eu\n").rows[0][1]


def hostile(name: str) -> bytes:
    """A sheet with a part added to it, as no office program would."""
    out = io.BytesIO(xlsx_of(ROWS))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        parts = {"macros": ("xl/vbaProject.bin", "x"), "bomb": ("xl/x.xml", " " * 40_000_000),
                 "entities": ("xl/y.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")}  # fmt: skip
        archive.writestr(*parts[name])
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (hostile("macros"), "macros-in-note"),
        (hostile("bomb"), "unsafe-note"),
        (hostile("entities"), "unsafe-note"),
        (b"x" * (MAX_TABLE_BYTES + 1), "note-too-large"),
    ],
    ids=["macros", "bomb", "entities", "size"],
)
def test_a_hostile_sheet_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_table_apart(content)
    assert caught.value.code == code
