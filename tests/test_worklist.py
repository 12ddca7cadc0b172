"""What staff should mend first, and how much of what decides on eligibility is verified."""

from datetime import date

import pytest
from click.testing import CliRunner

from factories import fact, make_programme, make_relevance, make_strand, tiny_programmes, unverified, write_catalogue
from test_editorial import LAW, make_topic
from thbfund.catalogue import check_catalogue
from thbfund.cli import main
from thbfund.input.problems import Problem
from thbfund.staff.worklist import Share, kind_of, total_share, verified_shares, worklist

ON = date(2026, 2, 1)


@pytest.fixture
def catalogue_of(tmp_path):
    """A function: load a catalogue of these programmes, with calls of the Lantern Fund where they are given."""

    def load(*programmes, topics=()):
        from factories import dumped

        folder = write_catalogue(tmp_path / "data", programmes=programmes)
        if topics:
            (folder / "calls").mkdir(exist_ok=True)
            calls = {"programme": "lantern-2021-2027", "topics": list(topics), "sources": {"law": LAW}}
            (folder / "calls/lantern-2021-2027.yaml").write_text(dumped(calls), encoding="utf-8")
        catalogue, problems = check_catalogue(folder)
        assert catalogue is not None, [str(problem) for problem in problems]
        return catalogue

    return load


def strand(grade=0, **eligibility):
    return make_strand(eligibility=eligibility, relevance=make_relevance(B=grade))


def fields(tasks):
    return [task.field.removeprefix("strands.0.eligibility.") for task in tasks]


def test_what_decides_on_more_applicants_comes_first(catalogue_of):
    unknown = {
        "eu_rate": unverified(0.9),
        "grant": unverified({"max_eur": 500_000}),
        "consortium": unverified({"min_organisations": 2}),
        "duration": unverified({"max_months": 24}),
        "countries": {"lead": unverified({"open_to": ["IT"]})},
        "applicant_types": {"lead": unverified({"open_to": ["ngo"]}), "partner": unverified({"open_to": ["company"]})},
    }
    tasks = worklist(catalogue_of(make_programme(strands=[strand(**unknown)])), [], ON)

    assert fields(tasks) == [
        "applicant_types.lead",
        "countries.lead",
        "applicant_types.partner",
        "consortium",
        "eu_rate",
        "grant",
        "duration",
    ]
    assert {task.why for task in tasks} == {"not verified: nobody has read it yet"}
    assert all(task.what_to_do for task in tasks)


def test_a_strand_of_better_grade_comes_first(catalogue_of):
    strands = [
        {**strand(grade, eu_rate=unverified(0.9)), "id": f"of-grade-{grade}", "name": f"Grade {grade}"}
        for grade in (0, 3, 1)
    ]
    tasks = worklist(catalogue_of(make_programme(strands=strands)), [], ON)

    assert [(task.points, task.field) for task in tasks] == [
        (8, "strands.1.eligibility.eu_rate"),
        (4, "strands.2.eligibility.eu_rate"),
        (2, "strands.0.eligibility.eu_rate"),
    ]


def test_a_condition_of_the_programme_counts_with_its_best_strand(catalogue_of):
    programme = make_programme(eligibility={"eu_rate": unverified(0.9)}, strands=[strand(2)])

    [task] = worklist(catalogue_of(programme), [], ON)
    assert (task.points, task.field) == (6, "eligibility.eu_rate")


@pytest.mark.parametrize(
    "programme",
    [
        pytest.param(make_programme(strands=[strand(3, eu_rate=fact(0.9))]), id="verified"),
        pytest.param(make_programme(predecessors=unverified(["Candle"])), id="no condition"),
        pytest.param(
            make_programme(
                strands=[strand(3, eu_rate=unverified(0.9))],
                in_force=fact({"starts_on": "2014-01-01", "ends_on": "2020-12-31"}),
            ),
            id="ended",
        ),
    ],
)  # fmt: skip
def test_other_facts_are_no_work(catalogue_of, programme):
    assert worklist(catalogue_of(programme), [], ON) == []


def test_overdue_conditions_come_before_other_overdue_facts(catalogue_of):
    catalogue = catalogue_of(make_programme(strands=[strand(1, countries={"lead": fact({"open_to": ["IT"]})})]))

    tasks = worklist(catalogue, [], date(2027, 2, 1))
    assert tasks[0].field == "strands.0.eligibility.countries.lead"
    assert tasks[0].points == 10
    assert tasks[0].why == "overdue since 2027-01-16, checked on 2026-01-15"
    assert {task.points for task in tasks[1:]} == {2}


def test_an_overdue_deadline_counts_with_the_grade_of_its_strand(catalogue_of):
    topic = make_topic(year=2026, deadline=fact("2026-06-30"))
    catalogue = catalogue_of(make_programme(strands=[strand(2)]), topics=[topic])

    [task] = worklist(catalogue, [], date(2026, 3, 1))
    assert (task.file, task.field, task.points) == ("calls/lantern-2021-2027.yaml", "topics.0.deadline", 12)


def test_warnings_are_work_but_hints_and_errors_are_not(catalogue_of):
    problems = [
        Problem("text-length", "found 5", severity, "data/programmes/x.yaml", 3, 1, "summary", hint="say more")
        for severity in ("warning", "hint", "error")
    ]

    [task] = worklist(catalogue_of(make_programme()), problems, ON)
    assert str(task) == "  6 programmes/x.yaml summary: text-length: found 5 - say more"


def test_the_order_does_not_depend_on_the_order_of_the_problems(catalogue_of):
    catalogue = catalogue_of(*tiny_programmes())
    problems = [Problem("x", name, "warning", "data/a.yaml", 1, 1, field) for name in "ab" for field in "cd"]

    assert worklist(catalogue, problems, ON) == worklist(catalogue, problems[::-1], ON)


def test_verified_conditions_of_programmes_in_force_are_counted_by_kind(catalogue_of):
    mixed = strand(
        eu_rate=unverified(0.9),
        consortium=fact({"min_organisations": 2}),
        duration=unverified({"max_months": 24}),
        countries={"lead": fact({"open_to": ["IT"]}), "partner": unverified({"open_to": ["IT"]})},
        applicant_types={"lead": fact({"open_to": ["ngo"]}), "associated": fact({"open_to": ["company"]})},
    )
    ended = make_programme(
        id="torch", strands=[strand(grant=fact({"max_eur": 5}))],
        in_force=fact({"starts_on": "2014-01-01", "ends_on": "2020-12-31"}),
    )  # fmt: skip
    shares = verified_shares(catalogue_of(make_programme(strands=[mixed]), ended), ON)

    assert shares == {
        "countries": Share(1, 2),
        "applicants": Share(1, 1),
        "roles": Share(1, 1),
        "consortium": Share(1, 1),
        "rate": Share(0, 1),
        "grant": Share(0, 0),
    }
    assert str(total_share(shares)) == "4 of 6 (66.7 %)"
    assert str(shares["grant"]) == "0 of 0"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (("eligibility", "countries", "sub_grantee"), "countries"),
        (("strands", 0, "eligibility", "applicant_types", "lead"), "applicants"),
        (("strands", 0, "eligibility", "required_partners"), "consortium"),
        (("strands", 0, "eligibility", "place_of_action"), "place of action"),
        (("strands", 0, "eligibility", "also_check", 2), "other condition"),
    ],
)
def test_a_condition_is_known_by_its_kind(path, kind):
    assert kind_of(path) == kind


def run(folder, *options):
    return CliRunner().invoke(main, ["--data", str(folder), "catalogue", "worklist", *options])


def test_the_command_lists_tasks_and_the_share_that_is_verified(tmp_path):
    strands = [strand(3, eu_rate=unverified(0.9), grant=fact({"max_eur": 500_000}))]
    folder = write_catalogue(tmp_path / "data", programmes=[make_programme(strands=strands)])

    whole, first = run(folder, "--on", "2026-02-01"), run(folder, "--on", "2026-02-01", "--top", "1")
    assert whole.exit_code == first.exit_code == 0
    *tasks, counted, share = whole.stdout.splitlines()
    assert tasks[0].startswith("  8 programmes/lantern-2021-2027.yaml strands.0.eligibility.eu_rate: not verified: ")
    assert any("priority-not-served" in task for task in tasks)
    assert counted.startswith(f"{len(tasks)} of {len(tasks)} tasks on 2026-02-01")
    assert "in force: 1 of 2 (50.0 %)" in share
    assert first.stdout.splitlines()[0] == tasks[0]
    assert first.stdout.splitlines()[1].startswith(f"1 of {len(tasks)} tasks")
    assert len(first.stdout.splitlines()) == 3


def test_the_command_refuses_a_broken_catalogue_with_its_errors_alone(tmp_path):
    folder = write_catalogue(tmp_path / "data", programmes=[make_programme(acronym=5)])

    result = run(folder)
    assert (result.exit_code, result.stdout) == (1, "")
    assert [line.split()[1] for line in result.stderr.splitlines()] == ["error"]


@pytest.mark.parametrize("options", [("--top", "0"), ("--on", "soon")], ids=" ".join)
def test_the_command_used_wrongly_exits_with_2(tiny_folder, options):
    assert run(tiny_folder, *options).exit_code == 2
