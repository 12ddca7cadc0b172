"""What somebody expects of the ranking is kept as a case, and replayed."""

import json

import pytest
import yaml
from click.testing import CliRunner

from factories import SAFE_PLACE, dumped, make_programme, make_strand, write_catalogue
from thbfund import InputError, Matcher, load_catalogue
from thbfund.cli import main
from thbfund.evaluation.cases import FOLDER, case_values, read_case, read_cases, replay
from thbfund.staff.beside import problems_beside

DAY = "2026-11-26"


def case(**changes):
    values = {
        "id": "shelter",
        "on": DAY,
        "project": {"summary": SAFE_PLACE},
        "programme": "lantern",
        "rank": 1,
        "because": "It pays for shelters.",
        "reported_on": DAY,
        "held": True,
    }
    return {name: value for name, value in (values | changes).items() if value is not None}


@pytest.fixture
def folder(tmp_path):
    """Two programmes: `lantern` is about shelters, `compass` about something else."""
    shelters = make_strand(id="one", objectives={**make_strand()["objectives"], "value": f"{SAFE_PLACE} " * 4})
    programmes = [
        make_programme(id="lantern", strands=[shelters]),
        make_programme(id="compass", strands=[make_strand(id="two", tags={"target_groups": [], "activities": []})]),
    ]
    return write_catalogue(tmp_path / "data", programmes)


@pytest.fixture
def small(folder):
    return load_catalogue(folder)


@pytest.fixture
def replayed(small):
    """A function: a case replayed without the encoder."""

    def again(**changes):
        read = read_case(dumped(case(**changes)).encode(), "shelter.yaml", small)
        [found] = replay(Matcher(small, None), [read])
        return found

    return again


# -- what holds

UNRECORDED = "The catalogue does not record which types of organisation may lead."


@pytest.mark.parametrize(
    ("expected", "fails"),
    [
        ({"rank": 1}, ()),
        ({"programme": "compass", "rank": 2}, ()),
        ({"programme": "compass", "rank": 1}, ("rank 2, expected 1 or better",)),
        ({"rank": None, "above": "compass"}, ()),
        ({"programme": "compass", "rank": None, "above": "lantern"}, ("rank 2, expected above lantern at 1",)),
        ({"rank": None, "verdict": "to_check"}, ()),
        ({"rank": None, "verdict": "eligible"}, ("verdict to_check, expected eligible",)),
        ({"rank": None, "rules": {"applicant_type": "unknown"}}, ()),
        ({"rank": None, "rules": {"applicant_type": "met"}},
         (f"rule applicant_type unknown, expected met: {UNRECORDED}",)),
        ({"period": "2014-2020", "rank": None, "rules": {"applicant_type": "met"}},
         ("rule applicant_type not judged, expected met",)),
        ({"period": "2014-2020"}, ("rank not ranked, expected 1 or better",)),
        ({"period": "2014-2020", "rank": None, "above": "compass"},
         ("rank not ranked, expected above compass at not ranked",)),
        ({"period": "2014-2020", "rank": None, "verdict": "closed"}, ("verdict not ranked, expected closed",)),
    ],
)  # fmt: skip
def test_a_case_holds_where_rank_order_and_verdict_are_as_expected(replayed, expected, fails):
    assert replayed(**expected).fails == fails


def test_everything_that_a_case_expects_must_hold(replayed):
    found = replayed(programme="compass", rank=1, above="lantern")

    assert len(found.fails) == 2
    assert not found.holds


def test_the_figures_count_what_holds_and_name_what_is_broken(replayed):
    found = [replayed(), replayed(programme="compass"), replayed(programme="compass", held=False)]

    figures = case_values(found)

    assert (figures["n"], figures["holding"], figures["broken"]) == (3, 1, ["shelter"])
    assert [each["holds"] for each in figures["cases"]] == [True, False, False]


# -- what is wrong with a file


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"id": "other"}, "id-differs-from-file"),
        ({"programme": "lamp"}, "unknown-programme"),
        ({"above": "lamp"}, "unknown-programme"),
        ({"rank": None}, "missing-field"),
        ({"project": {"summary": "Call Maria Ionescu on +40 21 555 01 23, born 3 May 2009."}}, "personal-data"),
        ({"project": {"summary": SAFE_PLACE, "target_groups": ["wemen"]}}, "unknown-target-group"),
        ({"because": None}, "missing-field"),
        ({"colour": "red"}, "unknown-field"),
    ],
    ids=str,
)
def test_a_mistake_in_a_case_is_told_with_its_code(small, change, code):
    with pytest.raises(InputError) as error:
        read_case(dumped(case(**change)).encode(), "shelter.yaml", small)

    assert [problem.code for problem in error.value.problems] == [code]


def test_all_files_are_read_before_anything_is_said(small, tmp_path):
    for name in ("one", "two"):
        (tmp_path / f"{name}.yaml").write_text(dumped(case(id=name, programme="lamp")), encoding="utf-8")

    with pytest.raises(InputError) as error:
        read_cases(tmp_path, small)

    assert len(error.value.problems) == 2


def test_a_folder_without_cases_is_no_folder_of_cases(small, tmp_path):
    with pytest.raises(InputError) as error:
        read_cases(tmp_path, small)

    assert error.value.problems[0].code == "no-cases"


def test_the_check_of_the_catalogue_reads_the_cases(folder, small):
    (folder / FOLDER).mkdir(parents=True)
    (folder / FOLDER / "shelter.yaml").write_text(dumped(case(programme="lamp")), encoding="utf-8")

    [problem] = problems_beside(folder, small)

    assert (problem.code, problem.file) == ("unknown-programme", "data/evidence/cases/shelter.yaml")
    assert problem.line > 0


# -- the commands


@pytest.fixture
def run(folder, tmp_path):
    """A function: the program with this catalogue."""
    (tmp_path / "project.yaml").write_text(dumped({"summary": SAFE_PLACE}), encoding="utf-8")

    def run_it(*words):
        return CliRunner().invoke(main, ["--data", str(folder), *words])

    return run_it


def added(run, tmp_path, *words, name="shelter"):
    because = ("--because", "It pays for shelters.", "--on", DAY)
    return run("catalogue", "add-case", name, str(tmp_path / "project.yaml"), *because, *words)


def test_what_single_rules_should_say_becomes_part_of_a_case(run, folder, tmp_path):
    said = ("--rule", "applicant_type=unknown", "--rule", "duration=met")
    result = added(run, tmp_path, "--programme", "lantern", *said)

    assert result.exit_code == 0, result.output
    kept = yaml.safe_load((folder / FOLDER / "shelter.yaml").read_text(encoding="utf-8"))
    assert kept["rules"] == {"applicant_type": "unknown", "duration": "met"}


@pytest.mark.parametrize("said", ["applicant_type", "applicant_type=yes", "weather=met"])
def test_a_rule_or_an_answer_that_there_is_not_is_told_with_those_that_there_are(run, tmp_path, said):
    result = added(run, tmp_path, "--programme", "lantern", "--rule", said)

    assert result.exit_code == 2
    assert "expected one of " in result.output


def test_a_report_becomes_a_case_that_is_replayed(run, folder, tmp_path):
    result = added(run, tmp_path, "--programme", "lantern", "--rank", "1", "--above", "compass")

    assert result.exit_code == 0, result.output
    assert "it holds now" in result.output
    answer = run("evaluate", str(folder / FOLDER), "--cases", "--format", "json")
    assert answer.exit_code == 0
    assert json.loads(answer.stdout)["cases"][0]["id"] == "shelter"
    assert load_catalogue(folder).fingerprint  # cases are no part of the catalogue


def test_a_case_that_does_not_hold_yet_is_work_to_do_and_no_error(run, folder, tmp_path):
    result = added(run, tmp_path, "--programme", "compass", "--rank", "1")

    assert "does not hold yet" in result.output
    answer = run("evaluate", str(folder / FOLDER), "--cases")
    assert answer.exit_code == 0
    assert "open" in answer.stdout


def test_a_held_case_that_is_broken_is_an_error(run, folder, tmp_path):
    added(run, tmp_path, "--programme", "compass", "--rank", "1")
    path = folder / FOLDER / "shelter.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("held: false", "held: true"), encoding="utf-8")

    answer = run("evaluate", str(folder / FOLDER), "--cases")

    assert answer.exit_code == 1
    assert "BROKEN" in answer.stdout


def test_no_case_is_overwritten(run, folder, tmp_path):
    added(run, tmp_path, "--programme", "lantern", "--rank", "1")
    before = (folder / FOLDER / "shelter.yaml").read_bytes()

    again = added(run, tmp_path, "--programme", "lantern", "--rank", "2")

    assert again.exit_code == 1
    assert "file-exists" in again.stderr
    assert (folder / FOLDER / "shelter.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("words", "exit_code"),
    [((), 2), (("--programme", "lantern"), 2), (("--programme", "lamp", "--rank", "1"), 1)],
)
def test_nothing_is_written_where_nothing_is_expected_or_something_is_wrong(run, folder, tmp_path, words, exit_code):
    assert added(run, tmp_path, *words).exit_code == exit_code
    assert not (folder / FOLDER).exists()


def test_a_name_cannot_leave_the_folder(run, folder, tmp_path):
    result = added(run, tmp_path, "--programme", "lantern", "--rank", "1", name="../../escape")

    assert result.exit_code == 1
    assert not list(folder.parent.rglob("escape*"))


# -- the real cases


def test_no_real_case_is_broken(matcher, repository):
    cases = read_cases(repository / "data" / FOLDER, matcher.catalogue)

    assert [each.fails for each in replay(matcher, cases) if each.case.held and not each.holds] == []
