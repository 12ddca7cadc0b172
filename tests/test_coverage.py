"""Who serves what: grades and tags against programmes, empty cells and gaps, on the command line and in the app."""

import csv
import io
import json
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner
from streamlit.testing.v1 import AppTest

from factories import make_programme, make_relevance, make_strand, write_catalogue
from thbfund import Catalogue, load_catalogue
from thbfund.cli import main
from thbfund.staff.coverage import Coverage, CoveragePeriod, coverage, gaps, short_names
from thbfund.web.app import PAGES

PERIODS = get_args(CoveragePeriod)


def made(folder: Path, *strands: dict, **changes) -> Catalogue:
    programme = make_programme(strands=list(strands) or [make_strand()], **changes)
    return load_catalogue(write_catalogue(folder / "data", [programme]))


def of(catalogue: Catalogue, period: CoveragePeriod = "all") -> Coverage:
    return coverage(catalogue, period)


# ---- grades and tags ----


def test_a_programme_counts_with_the_highest_grade_of_any_strand(tiny):
    grades = of(tiny).priorities

    assert grades["A"]["lantern-2021-2027"] == 3
    assert grades["B"]["lantern-2021-2027"] == 3
    assert grades["C"]["lantern-2021-2027"] == 1


def test_a_target_group_is_served_where_one_strand_is_tagged_with_it(tiny):
    groups = of(tiny).target_groups

    assert groups["police_officers"] == {
        "candle-2014-2020": False, "compass-2021-2027": False, "lantern-2021-2027": True
    }  # fmt: skip


def test_every_cell_is_there_the_empty_ones_too(tiny):
    found = of(tiny)
    ids = [programme.id for programme in found.programmes]

    assert all(list(row) == ids for row in (*found.priorities.values(), *found.target_groups.values()))
    assert set(found.target_groups) == tiny.vocabularies.ids("target_groups")
    assert set(found.priorities) == tiny.vocabularies.ids("priorities")


@pytest.mark.parametrize(
    ("period", "ids"),
    [
        ("2014-2020", ["candle-2014-2020"]),
        ("2021-2027", ["compass-2021-2027", "lantern-2021-2027"]),
        ("all", ["candle-2014-2020", "compass-2021-2027", "lantern-2021-2027"]),
    ],
)
def test_a_period_holds_its_own_programmes(tiny, period, ids):
    assert [programme.id for programme in of(tiny, period).programmes] == ids


def test_a_programme_of_two_periods_stands_in_both(tmp_path):
    catalogue = made(tmp_path, periods=["2014-2020", "2021-2027"])

    assert all(len(of(catalogue, period).programmes) == 1 for period in PERIODS)


# ---- gaps ----


@pytest.mark.parametrize(("grade", "served"), [(1, False), (2, True)])
def test_a_priority_is_served_from_grade_two(tmp_path, grade, served):
    catalogue = made(tmp_path, make_strand(relevance=make_relevance(A=grade, B=3, C=3, X1=3, X2=3)))

    assert of(catalogue).priorities_not_served == (() if served else ("A",))


def test_a_priority_that_nobody_was_graded_for_is_unknown_not_a_gap(tmp_path):
    catalogue = made(tmp_path, make_strand(relevance=make_relevance(B=3)))
    found = coverage(catalogue, "2014-2020")

    assert set(found.not_graded) == catalogue.vocabularies.ids("priorities")
    assert found.priorities_not_served == ()
    assert "A" not in of(catalogue).not_graded
    assert "A" in of(catalogue).priorities_not_served


def test_a_group_without_a_tag_is_a_gap(tiny):
    assert of(tiny).groups_not_served == ("third_country_nationals",)
    assert "People from outside the circle" in " ".join(gaps(of(tiny), tiny.vocabularies))


@pytest.mark.parametrize("period", PERIODS)
def test_short_names_tell_all_real_programmes_apart(catalogue, period):
    names = short_names(of(catalogue, period))

    assert len(set(names.values())) == len(names)


# ---- on the command line ----


def run(folder: Path, *arguments: str):
    return CliRunner().invoke(main, ["--data", str(folder), "catalogue", "coverage", *arguments])


def test_the_json_names_every_cell_and_every_gap(tiny_folder, tiny):
    values = json.loads(run(tiny_folder, "--format", "json", "--period", "2021-2027").stdout)

    assert values["period"] == "2021-2027"
    assert values["programmes"] == ["compass-2021-2027", "lantern-2021-2027"]
    assert values["priorities"]["A"] == {"compass-2021-2027": 0, "lantern-2021-2027": 3}
    assert values["target_groups"]["children"] == {"compass-2021-2027": True, "lantern-2021-2027": False}
    assert values["not_served"]["target_groups"] == list(of(tiny, "2021-2027").groups_not_served)


def test_the_csv_has_one_line_for_each_cell(tiny_folder, tiny):
    rows = list(csv.DictReader(io.StringIO(run(tiny_folder, "--format", "csv").stdout)))
    entries = len(tiny.vocabularies.ids("priorities")) + len(tiny.vocabularies.ids("target_groups"))

    assert len(rows) == entries * len(tiny.programmes)
    assert {row["value"] for row in rows if row["kind"] == "target_group"} == {"yes", "no"}


def test_an_ungraded_cell_is_empty_in_the_csv_and_null_in_the_json(data):
    rows = list(csv.DictReader(io.StringIO(run(data, "--format", "csv").stdout)))
    values = json.loads(run(data, "--format", "json").stdout)

    [cell] = [row for row in rows if (row["id"], row["programme"]) == ("S21-1", "dci-2014-2020")]
    assert cell["value"] == ""
    assert values["priorities"]["S21-1"]["dci-2014-2020"] is None


@pytest.mark.parametrize("period", PERIODS)
def test_the_table_names_programmes_groups_and_gaps(tiny_folder, period):
    result = run(tiny_folder, "--period", period)

    assert result.exit_code == 0
    assert "Police officers" in result.stdout
    assert "Target groups that nobody serves" in result.stdout


def test_another_period_is_wrong_usage(tiny_folder):
    assert run(tiny_folder, "--period", "2028-2034").exit_code == 2


def test_a_broken_catalogue_is_told_on_standard_error(tmp_path):
    result = run(tmp_path / "nowhere")

    assert (result.exit_code, result.stdout) == (1, "")
    assert "Traceback" not in result.stderr


# ---- in the app ----


@pytest.fixture
def page(monkeypatch):
    """A function: the page on coverage of a catalogue, with the period in the link."""

    def opened(folder: Path, period: str | None = None) -> AppTest:
        monkeypatch.setenv("THBFUND_DATA", str(folder))
        app = AppTest.from_file(str(PAGES / "coverage.py"), default_timeout=60)
        if period:
            app.query_params["period"] = period
        app.run()
        assert not app.exception
        return app

    return opened


def words(app: AppTest) -> str:
    return "\n".join(part.value for part in (*app.title, *app.header, *app.markdown))


def test_the_page_shows_both_tables_and_the_gaps(page, tiny_folder):
    app = page(tiny_folder)
    grades, groups, grid = (table.value for table in app.table)

    assert list(grades.columns) == ["Programme", "A", "B", "C", "X1", "X2"]
    assert len(grades) == 3
    assert "yes" in grid.to_numpy()
    assert groups.set_index("People").loc["People from outside the circle", "Programmes"] == "\\-"
    assert "People from outside the circle" in words(app)


def test_the_period_in_the_link_chooses_the_programmes(page, tiny_folder):
    assert len(page(tiny_folder, "2021-2027").table[0].value) == 2
    assert len(page(tiny_folder, "2014-2020").table[0].value) == 1
    assert len(page(tiny_folder, "1999-2000").table[0].value) == 3


def test_a_period_without_programmes_still_has_a_page(page, tmp_path):
    folder = write_catalogue(tmp_path / "data", [make_programme()])

    assert "nobody" in words(page(folder, "2014-2020"))


def test_a_catalogue_without_policy_files_leaves_the_areas_out(page, tiny_folder):
    assert "leaves out" not in words(page(tiny_folder))


def test_the_page_of_the_real_catalogue_says_what_it_leaves_out(page, data, catalogue):
    if not catalogue.policy.areas:
        pytest.skip("no list of policy areas in this catalogue")
    said = words(page(data))

    assert "leaves out" in said
    assert "Humanitarian aid" in said


def test_coverage_stands_in_the_navigation_after_programmes():
    frame = (PAGES.parent / "app.py").read_text(encoding="utf-8")

    assert frame.index('"programmes"') < frame.index('"coverage"') < frame.index('"about"')
