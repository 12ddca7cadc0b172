"""Projects of CORDIS and the Financial Transparency System beside ours: proposed, completed by a person, then added."""

import csv
import io
import json
import random
import zipfile
from contextlib import suppress
from datetime import date

import openpyxl
import pytest
from click.testing import CliRunner

from conftest import REPOSITORY
from factories import write_catalogue
from thbfund import load_catalogue
from thbfund.catalogue.evidence import COLUMNS
from thbfund.cli import main
from thbfund.input.problems import InputError
from thbfund.staff.git import GitError
from thbfund.staff.projects.cordis import TRAFFICKING, cordis_projects
from thbfund.staff.projects.found import PublicProject, country, euro, proposals, rows_to_complete, year
from thbfund.staff.projects.reading import projects_in
from thbfund.staff.projects.transparency import transparency_projects

SAMPLES = REPOSITORY.parent / "shared" / "data" / "samples"
LANTERN = "lantern-2021-2027"
SUMMARY = " ".join(["word"] * 20)
OURS = {
    "id": "light", "acronym": "LIGHT", "title": "Light", "programme": LANTERN, "year_start": "2022", "year_end": "",
    "lead_country": "IT", "countries": "IT", "grant_eur": "1000", "summary": SUMMARY,
    "source_url": "https://cordis.europa.eu/project/id/1", "checked_on": "2026-01-15", "label_basis": "stated",
}  # fmt: skip


def as_csv(rows, columns=None, delimiter=","):
    out = io.StringIO()
    writer = csv.DictWriter(out, columns or list(rows[0]), delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


@pytest.fixture
def folder(tmp_path):
    folder = write_catalogue(tmp_path / "data")
    (folder / "evidence").mkdir()
    (folder / "evidence/projects.csv").write_text(
        ",".join(COLUMNS) + "\n" + ",".join(OURS[name] for name in COLUMNS) + "\n", encoding="utf-8"
    )
    return folder


@pytest.fixture
def catalogue(folder):
    return load_catalogue(folder)


# -- CORDIS

PROJECT = {
    "id": "7", "acronym": "NETS", "title": "Nets against human trafficking", "startDate": "2023-01-01",
    "endDate": "2025-12-31", "ecMaxContribution": "1999999,6", "frameworkProgramme": "HORIZON", "objective": "",
    "keywords": "",
}  # fmt: skip
SEATS = [
    {"projectID": "7", "country": "UK", "role": "participant"},
    {"projectID": "7", "country": "EL", "role": "coordinator"},
    {"projectID": "8", "country": "FR", "role": "coordinator"},
]  # fmt: skip


def archive(path, ending="csv", **tables):
    with zipfile.ZipFile(path, "w") as out:
        for name, rows in tables.items():
            text = json.dumps(rows) if ending == "json" else as_csv(rows, delimiter=";")
            out.writestr(f"csv/{name}.{ending}", text)
    return path


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_a_project_of_an_archive_has_its_seats_money_and_page(tmp_path, ending):
    [found] = projects_in(archive(tmp_path / "c.zip", ending, project=[PROJECT], organization=SEATS))

    assert (found.key, found.programme, found.lead, found.countries) == ("nets", "horizon-europe", "GR", ("GB", "GR"))
    assert (found.start, found.end, found.grant) == (2023, 2025, 2_000_000)
    assert found.url == "https://cordis.europa.eu/project/id/7"


@pytest.mark.parametrize("table", ["<html>", '[{"id": 7}, {"id"'], ids=["a web page", "cut off"])
def test_a_damaged_table_of_an_archive_is_said_to_be_damaged(tmp_path, table):
    path = tmp_path / "c.zip"
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("json/project.json", table)

    with pytest.raises(InputError, match="damaged"):
        projects_in(path)


def test_the_table_of_projects_alone_is_enough(tmp_path):
    path = tmp_path / "project.csv"
    other = {**PROJECT, "id": "8", "acronym": "ROPE", "title": "Strong ropes"}
    path.write_text(as_csv([PROJECT, other], delimiter=";"), encoding="utf-8-sig")

    assert [found.key for found in projects_in(path)] == ["nets"]


def test_a_project_is_ours_by_its_class_or_its_topic_where_its_text_says_nothing(tmp_path, catalogue_of_all):
    silent = [{**PROJECT, "id": key, "acronym": key, "title": "A fellowship"} for key in ("a1", "b2", "c3")]
    classed = [{"projectID": "a1", "euroSciVocCode": TRAFFICKING}, {"projectID": "c3", "euroSciVocCode": "/1"}]
    topics = [
        {"projectID": "b2", "title": "Effective fight against trafficking in human beings"},
        {"projectID": "", "title": "Effective fight against trafficking in human beings"},
        {"projectID": "c3", "title": "Clean energy"},
    ]
    path = archive(tmp_path / "c.zip", project=silent, euroSciVoc=classed, topics=topics)
    found = {each.project.key: each.verb for each in proposals(cordis_projects(path), catalogue_of_all)}

    assert found == {"a1": "new", "b2": "new"}


@pytest.fixture(scope="module")
def catalogue_of_all():
    return load_catalogue(REPOSITORY / "data")


@pytest.mark.parametrize(
    "row", ["7;Nets;NETS against human trafficking;x;y", "7;Nets"], ids=["a cell too many", "a cell too few"]
)
def test_a_line_with_other_cells_than_columns_is_read_as_far_as_it_goes(tmp_path, row):
    path = tmp_path / "project.csv"
    path.write_text(f"id;acronym;title;objective;frameworkProgramme\n{row}\n8;Ropes;human trafficking\n", "utf-8")

    assert [found.key for found in projects_in(path)][-1] == "ropes"


def test_what_is_null_in_a_table_of_json_is_not_said(tmp_path):
    rows = [{**PROJECT, "acronym": None, "ecMaxContribution": None, "objective": ["a", "list"]}]
    [found] = projects_in(archive(tmp_path / "c.zip", "json", project=rows))

    assert (found.key, found.acronym, found.grant, found.text) == ("cordis-7", "", None, "")


def test_a_table_with_objectives_of_no_framework_programme_is_refused(tmp_path):
    path = tmp_path / "project.csv"
    path.write_text("id;objective\n7;Nets against human trafficking\n", encoding="utf-8")

    with pytest.raises(InputError, match="neither the columns"):
        projects_in(path)


# -- Financial Transparency System

SUBJECT_TOLD = "Subject of grant or contract"
NAMES = [
    "Year", "Reference of the Legal Commitment  (LC)", "Beneficiary country", "Coordinator",
    "Beneficiary\N{RIGHT SINGLE QUOTATION MARK}s contracted amount (EUR)", SUBJECT_TOLD,
    "Programme name", "Project start date",
]  # fmt: skip
PAID = [
    [2023, "SI2.1", "Italy", "Yes", 1000.4, "Victims of human trafficking", "1.0 Internal Security Fund (ISF)", "-"],
    [2023, "SI2.1", "Greece", "No", 500, "Victims of human trafficking", "1.0 Internal Security Fund (ISF)", "-"],
    [2023, "SI2.2", "Greece", "No", 500, "Office chairs", "-", "-"],
]


def as_book(path):
    book = openpyxl.Workbook()
    for line in [["Financial Transparency System"], NAMES, *PAID]:
        book.active.append(line)
    book.save(path)


def as_table(path):
    lines = ["\t".join(map(str, line)) for line in [NAMES, *PAID]]
    path.write_text("\n".join(line.replace("\t", ";") for line in lines), encoding="utf-8")


@pytest.mark.parametrize("write", [as_book, as_table])
def test_beneficiaries_of_one_commitment_are_one_project(tmp_path, write):
    path = tmp_path / "2023_FTS"
    write(path)
    [found] = projects_in(path)

    assert (found.programme, found.grant, found.lead, found.countries) == ("isf-2021-2027", 1500, "IT", ("GR", "IT"))
    assert (found.start, found.title) == (None, "Victims of human trafficking")


@pytest.mark.parametrize(
    ("own", "whole", "grant"),
    [
        pytest.param(["600,6", "400"], "9000", 1001, id="of each"),
        pytest.param(["600", "-"], "9000", 9000, id="not of each, but the whole"),
        pytest.param(["-", "-"], "9000", 9000, id="the whole alone"),
        pytest.param(["600", "-"], "-", 600, id="of one nothing"),
        pytest.param(["-", "-"], "-", None, id="of none"),
    ],
)
def test_the_grant_is_the_sum_of_what_each_beneficiary_gets_or_else_the_whole_once(tmp_path, own, whole, grant):
    path = tmp_path / "2023_FTS.csv"
    columns = [SUBJECT_TOLD, "Reference of the Legal Commitment (LC)", "Beneficiary's contracted amount (EUR)",
               "Commitment contracted amount (EUR)"]  # fmt: skip
    lines = [columns, *(["Human trafficking", "SI2.1", amount, whole] for amount in own)]
    path.write_text("\n".join(";".join(line) for line in lines), encoding="utf-8")

    assert [found.grant for found in projects_in(path)] == [grant]


def test_lines_without_a_commitment_are_projects_of_their_own(tmp_path):
    path = tmp_path / "2023_FTS.csv"
    columns = f"{SUBJECT_TOLD};Reference of the Legal Commitment (LC)"
    path.write_text("\n".join([columns, *["Human trafficking;-"] * 2]), encoding="utf-8")

    assert [found.key for found in projects_in(path)] == ["fts-line-0", "fts-line-1"]


def test_titles_above_the_columns_do_not_tell_what_parts_the_cells(tmp_path):
    path = tmp_path / "2023_FTS.csv"
    as_table(path)
    titles = "Financial Transparency System\nGrants, contracts, and prizes\n"
    path.write_text(titles + path.read_text(encoding="utf-8"), encoding="utf-8")

    assert [found.grant for found in projects_in(path)] == [1500]


AMIF = "Asylum, Migration and Integration Fund"


@pytest.mark.parametrize(
    ("name", "when", "programme", "basis"),
    [
        (AMIF, 2020, "amif-2014-2020", "inferred"),
        (AMIF, 2021, "amif-2021-2027", "inferred"),
        ("Horizon Europe", 2021, "horizon-europe", "stated"),
        ("Horizon 2020", 2021, "horizon-2020", "stated"),
    ],
)
def test_a_name_that_two_periods_share_is_told_by_the_year(tmp_path, name, when, programme, basis):
    path = tmp_path / "fts.csv"
    rows = [
        {
            "Year": when,
            "Subject of grant or contract": "victims",
            "Programme name": name,
        }
    ]
    path.write_text(as_csv(rows), encoding="utf-8")
    [found] = transparency_projects(path)

    assert (found.programme, found.basis) == (programme, basis)


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04", b"a,b\n1,2\n", b"\xff\xfe\x00", b'"id";"frameworkProgramme";"objective"\n"x', b"\0" * 9],
)
def test_a_file_of_another_kind_is_told_in_a_sentence(tmp_path, content):
    path = tmp_path / "file"
    path.write_bytes(content)

    with pytest.raises(InputError) as caught:
        projects_in(path)
    assert caught.value.problems[0].file == str(path)


def test_an_archive_of_something_else_or_cut_off_is_told(tmp_path):
    whole = archive(tmp_path / "c.zip", project=[PROJECT] * 999).read_bytes()
    for content in (whole[: len(whole) // 2], archive(tmp_path / "d.zip", other=[{"a": 1}]).read_bytes()):
        (tmp_path / "e.zip").write_bytes(content)
        with pytest.raises(InputError):
            projects_in(tmp_path / "e.zip")


@pytest.mark.parametrize("seed", range(20))
def test_damaged_bytes_are_told_or_read_and_never_break_the_program(tmp_path, seed):
    draw = random.Random(seed)
    as_book(tmp_path / "book")
    content = bytearray((tmp_path / "book").read_bytes())
    for _ in range(5):
        content[draw.randrange(len(content))] = draw.randrange(256)
    (tmp_path / "damaged").write_bytes(content)

    with suppress(InputError):
        projects_in(tmp_path / "damaged")


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the real files do not lie here")
def test_the_real_tables_name_all_projects_that_are_classed_or_under_our_topic(tmp_path, catalogue_of_all):
    topics = (SAMPLES / "cordis-topics-same-projects.csv").read_bytes()
    keys = [row["projectID"] for row in csv.DictReader(io.StringIO(topics.decode()), delimiter=";")]
    path = archive(
        tmp_path / "c.zip", project=[{**PROJECT, "id": key, "acronym": key, "title": "x"} for key in set(keys)]
    )
    with zipfile.ZipFile(path, "a") as out:
        out.writestr("topics.csv", topics)
        out.write(SAMPLES / "cordis-euroscivoc-human-trafficking.csv", "euroSciVoc.csv")
    found = proposals(projects_in(path), catalogue_of_all)

    assert {each.project.key for each in found if each.verb in {"new", "differs"}} == set(keys)
    assert "101121282" in keys


# -- proposing


def theirs(**changes):
    values = {
        "key": "nets", "acronym": "NETS", "title": "Human trafficking", "programme": LANTERN, "start": 2023,
        "end": None, "lead": "GR", "countries": ("GR",), "grant": 2000, "url": "https://cordis.europa.eu/project/id/7",
        "basis": "stated",
    }  # fmt: skip
    return PublicProject(**{**values, **changes})


@pytest.mark.parametrize(
    ("changes", "verb"),
    [
        ({}, "new"),
        ({"title": "Rope"}, "pass"),
        ({"title": "Rope", "topic": "Clean energy"}, "pass"),
        ({"title": "Rope", "text": "Help for victims: one part is on human trafficking."}, "perhaps"),
        ({"programme": None}, "unknown-programme"),
        ({"url": OURS["source_url"], "start": 2022, "lead": "IT", "grant": 1001}, "same"),
        ({"url": OURS["source_url"], "start": 2022, "lead": "IT", "grant": 1002}, "differs"),
        ({"acronym": "Light", "start": 2022, "lead": "IT", "grant": None}, "same"),
    ],
)
def test_each_project_is_laid_beside_ours(catalogue, changes, verb):
    assert [each.verb for each in proposals([theirs(**changes)], catalogue)] == [verb]


def test_a_difference_is_told_with_both_values(catalogue):
    [proposal] = proposals([theirs(url=OURS["source_url"], start=2022, end=2024, lead="IT", grant=5)], catalogue)

    assert proposal.differences == ("year_end: theirs 2024, ours says nothing", "grant_eur: theirs 5, ours 1000")


def test_rows_to_complete_have_the_columns_wait_for_a_reader_and_hold_no_formula(catalogue):
    found = proposals([theirs(key="light", title="=human trafficking <b>")], catalogue)
    [row] = csv.DictReader(io.StringIO(rows_to_complete(found, ["light"])))

    assert list(row) == COLUMNS
    assert (row["id"], row["title"], row["summary"], row["checked_on"]) == ("light-2", "human trafficking b", "", "")


def test_two_new_projects_of_one_name_get_rows_of_their_own(catalogue):
    found = proposals([theirs(url="https://a.example"), theirs(url="https://b.example")], catalogue)

    assert [row["id"] for row in csv.DictReader(io.StringIO(rows_to_complete(found, [])))] == ["nets", "nets-2"]


def test_rows_to_complete_keep_years_and_amounts(catalogue):
    found = proposals([theirs(key="light", start=2022, grant=5)], catalogue)
    [row] = csv.DictReader(io.StringIO(rows_to_complete(found, [])))

    assert (row["year_start"], row["grant_eur"]) == ("2022", "5")


@pytest.mark.parametrize(
    ("said", "amount"),
    [("1999999,6", 2_000_000), ("1.234.567,89", 1_234_568), ("1,234,567.89", 1_234_568), (12.4, 12), ("", None),
     ("-", None), ("0", None), (None, None), ("inf", None), ("nan", None), ("250,000", 250_000), ("250.000", 250_000),
     ("1,234,567", 1_234_567), ("250,00", 250), (250.125, 250), ("0.125", None), ("1", 1)],
)  # fmt: skip
def test_amounts_are_read_with_point_or_comma(said, amount):
    assert euro(said) == amount


def test_years_and_countries_are_read_as_each_source_writes_them():
    assert [year(said) for said in ("2023-01-02", "02/01/2023", date(2023, 1, 2), 2023, "-", None)] == [2023] * 4 + [
        None
    ] * 2
    assert [country(said) for said in ("EL", "Greece", "gr", "Atlantis", None)] == ["GR", "GR", "GR", None, None]


# -- the command


@pytest.fixture
def run(folder):
    def invoke(*words):
        return CliRunner().invoke(main, ["--data", str(folder), "catalogue", "import-projects", *map(str, words)])

    return invoke


APPLY = ["--apply", "--reason", "CORDIS of June", "--author", "Ada Keeper <ada@example.org>"]


def completed(tmp_path, **changes):
    row = {**OURS, "id": "nets", "acronym": "NETS", "title": "Nets", "checked_on": "2026-11-26", **changes}
    path = tmp_path / "rows.csv"
    path.write_text(as_csv([row], COLUMNS), encoding="utf-8")
    return path


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_command_proposes_and_leaves_the_catalogue_alone(run, folder, tmp_path, form):
    before = (folder / "evidence/projects.csv").read_bytes()
    path = archive(tmp_path / "c.zip", project=[PROJECT], organization=SEATS)
    result = run(path, "--format", form, "-o", tmp_path / "rows.csv")

    assert result.exit_code == 0, result.output
    assert "NETS" in result.stdout
    assert (tmp_path / "rows.csv").read_text(encoding="utf-8").startswith("id,acronym")
    assert (folder / "evidence/projects.csv").read_bytes() == before


def test_a_completed_row_is_added_below_the_lines_that_are_there(run, folder, tmp_path):
    before = (folder / "evidence/projects.csv").read_text(encoding="utf-8")
    result = run(completed(tmp_path), *APPLY)

    assert result.exit_code == 0, result.output
    assert (folder / "evidence/projects.csv").read_text(encoding="utf-8").startswith(before)
    assert [project.id for project in load_catalogue(folder).evidence] == ["light", "nets"]


def test_the_first_row_begins_the_file(run, folder, tmp_path):
    (folder / "evidence/projects.csv").unlink()
    (folder / "evidence").rmdir()
    result = run(completed(tmp_path), *APPLY)

    assert result.exit_code == 0, result.output
    assert [project.id for project in load_catalogue(folder).evidence] == ["nets"]


def test_rows_that_are_added_leave_a_line_in_the_record_of_edits(run, tmp_path):
    run(completed(tmp_path), *APPLY, "--audit", tmp_path / "audit")

    [line] = (tmp_path / "audit/edits.jsonl").read_text(encoding="utf-8").splitlines()
    said = json.loads(line)
    assert (said["who"], said["file"], said["paths"]) == ("ada@example.org", "evidence/projects.csv", ["nets"])
    assert said["why"] == "CORDIS of June"


def test_where_git_refuses_the_rows_are_added_and_the_editor_told(run, folder, tmp_path, monkeypatch):
    def refuse(*_):
        raise GitError("no space on the server")

    monkeypatch.setattr("thbfund.staff.projects.rows.root_of", lambda _: folder)
    monkeypatch.setattr("thbfund.staff.saving.commit_file", refuse)
    result = run(completed(tmp_path), *APPLY)

    assert result.exit_code == 0, result.output
    assert "commit" not in result.stdout
    assert "saved, but not committed: no space on the server." in result.stderr


@pytest.mark.parametrize("place", ["fcntl.flock", "thbfund.staff.projects.rows.replace_file"])
def test_where_the_system_refuses_the_rows_stay_out_and_the_editor_is_told(run, folder, tmp_path, monkeypatch, place):
    def refuse(*_, **__):
        raise OSError(28, "No space left on device")

    before = (folder / "evidence/projects.csv").read_bytes()
    rows = completed(tmp_path)
    with monkeypatch.context() as refusing:
        refusing.setattr(place, refuse)
        result = run(rows, *APPLY)

    assert (result.exit_code, result.stderr) == (1, "Not saved: No space left on device.\n")
    assert (folder / "evidence/projects.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"summary": ""}, "of your own"), ({"checked_on": ""}, "of your own"), ({"id": "light"}, "already"),
        ({"summary": "too short"}, "summary-length"), ({"programme": "none"}, "unknown-programme"),
        ({"source_url": "nowhere"}, "not-a-url"), ({"title": "=1+1"}, "formula-cell"),
    ],
)  # fmt: skip
def test_a_row_that_is_not_whole_and_right_does_not_enter(run, folder, tmp_path, changes, sentence):
    before = (folder / "evidence/projects.csv").read_bytes()
    result = run(completed(tmp_path, **changes), *APPLY)

    assert result.exit_code == 1
    assert sentence in result.output
    assert (folder / "evidence/projects.csv").read_bytes() == before


def test_a_spreadsheet_may_part_cells_by_semicolons(run, folder, tmp_path):
    path = completed(tmp_path)
    row = {**OURS, "id": "nets", "acronym": "NETS", "title": "Nets; and ropes", "checked_on": "2026-11-26"}
    path.write_text(as_csv([row], COLUMNS, ";"), encoding="utf-8-sig")

    assert run(path, *APPLY).exit_code == 0
    assert load_catalogue(folder).evidence[1].title == "Nets; and ropes"


@pytest.mark.parametrize(("row", "code"), [("a,b", "wrong-number-of-cells"), ('"a', "not-csv"), ('"a"b', "not-csv")])
def test_a_row_that_fell_apart_is_told_with_its_line(run, tmp_path, row, code):
    path = tmp_path / "rows.csv"
    path.write_text(f"{','.join(COLUMNS)}\n{row}\n", encoding="utf-8")
    result = run(path, *APPLY)

    assert result.exit_code == 1
    assert f"rows.csv:2:1 error {code}" in result.stderr


def test_rows_with_other_columns_are_refused(run, tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text("id,name\nx,y\n", encoding="utf-8")
    result = run(path, *APPLY)

    assert result.exit_code == 1
    assert "wrong-header" in result.stderr


def test_adding_needs_a_reason_and_a_file_that_is_there(run, tmp_path):
    assert run(completed(tmp_path), "--apply").exit_code == 2
    assert run(tmp_path / "none.csv", *APPLY).exit_code == 1
