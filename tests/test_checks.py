"""What a schema cannot see: names of files, references, order of dates and amounts, words of the vocabularies."""

from datetime import date
from types import SimpleNamespace

import pytest

from factories import (
    REMOVED,
    changed,
    errors_in,
    fact,
    make_lexicons,
    make_programme,
    make_strand,
    make_vocabulary,
    other_value,
    write_catalogue,
)
from thbfund.catalogue import check_catalogue
from thbfund.catalogue.checks import check_evidence_days
from thbfund.input.problems import Problem


@pytest.fixture
def problems_of(tmp_path):
    """Write a catalogue that holds one programme, check it, and give the problems."""

    def check(programme=None, **parts) -> list[Problem]:
        folder = write_catalogue(tmp_path / "data", programmes=[programme or make_programme()], **parts)
        return errors_in(folder)

    return check


def strand_with(**eligibility):
    return make_programme(strands=[make_strand(eligibility=eligibility)])


def test_the_tiny_catalogue_has_no_errors(tiny_folder):
    assert errors_in(tiny_folder) == []


# Each: the change to a valid programme, and the code, field and a part of the message that it must lead to.
MISTAKES = {
    "repeated-strand": (
        make_programme(strands=[make_strand(), make_strand(id="beacon"), make_strand()]),
        ("repeated-id", "strands.2.id", '"harbour" twice'),
    ),
    "unknown-source": (
        make_programme(summary=fact("Light.", sources=["lwa Art. 3"])),
        ("unknown-source", "summary.sources.0", 'did you mean "law"?'),
    ),
    "unknown-source-deep-in-a-strand": (
        strand_with(also_check=[{"text": "ask", "sources": ["law", "rumour"], "checked_on": "2026-01-15"}]),
        ("unknown-source", "strands.0.eligibility.also_check.0.sources.1", '"rumour"'),
    ),
    "unused-source": (
        make_programme(sources={
            "law": {"title": "Law", "url": "https://l.example/", "kind": "law"},
            "spare": {"title": "Spare", "url": "https://s.example/", "kind": "law"},
        }),
        ("unused-source", "sources.spare", '"spare"'),
    ),
    "unknown-successor": (
        make_programme(successor=fact("torch-2028")),
        ("unknown-programme", "successor.value", '"torch-2028"'),
    ),
    "ends-before-it-starts": (
        make_programme(in_force=fact({"starts_on": "2021-01-02", "ends_on": "2021-01-01"})),
        ("dates-out-of-order", "in_force.value", "ends before it starts"),
    ),
    "grant-bounds": (
        strand_with(grant=fact({"min_eur": 101, "max_eur": 100})),
        ("bounds-out-of-order", "strands.0.eligibility.grant.value", "the minimum 101 is above the maximum 100"),
    ),
    "grant-bounds-by-another-source": (
        strand_with(grant=fact({"max_eur": 100}, disputed=[other_value({"min_eur": 101, "max_eur": 100})])),
        ("bounds-out-of-order", "strands.0.eligibility.grant.disputed.0.value", "the minimum 101 is above"),
    ),
    "end-by-another-source": (
        make_programme(
            in_force=fact({"starts_on": "2021-01-02"}, disputed=[
                other_value({"starts_on": "2021-01-02", "ends_on": "2021-01-01"})])
        ),
        ("dates-out-of-order", "in_force.disputed.0.value", "ends before it starts"),
    ),
    "unknown-source-of-another-value": (
        make_programme(summary=fact("Light.", disputed=[other_value("Lamps.", sources=["lwa Art. 3"])])),
        ("unknown-source", "summary.disputed.0.sources.0", 'did you mean "law"?'),
    ),
    "unknown-country-of-another-source": (
        strand_with(place_of_action=fact({}, disputed=[other_value({"open_to": ["EL"]})])),
        ("unknown-place", "strands.0.eligibility.place_of_action.disputed.0.value.open_to.0", '"EL"'),
    ),
    "grant-bounds-of-the-programme": (
        make_programme(eligibility={"grant": fact({"min_eur": 101, "max_eur": 100})}),
        ("bounds-out-of-order", "eligibility.grant.value", "above the maximum"),
    ),
    "duration-bounds": (
        strand_with(duration=fact({"min_months": 13, "max_months": 12})),
        ("bounds-out-of-order", "strands.0.eligibility.duration.value", "the minimum 13 is above the maximum 12"),
    ),
    "more-countries-than-organisations": (
        strand_with(consortium=fact({"min_organisations": 2, "min_countries": 3})),
        ("bounds-out-of-order", "strands.0.eligibility.consortium.value", "more countries than organisations"),
    ),
    "priority-without-a-grade": (
        changed(make_programme(), "strands.0.relevance.X2", REMOVED),
        ("priority-not-graded", "strands.0.relevance", "priority X2 has no grade"),
    ),
    "unknown-priority": (
        changed(make_programme(), "strands.0.relevance.x1", {"grade": 1, "reason": "small letter"}),
        ("unknown-priority", "strands.0.relevance.x1", 'did you mean "X1"?'),
    ),
    "grade-above-the-scale": (
        changed(make_programme(), "strands.0.relevance.A.grade", 4),
        ("wrong-value", "strands.0.relevance.A.grade", "at most 3"),
    ),
    "grade-below-the-scale": (
        changed(make_programme(), "strands.0.relevance.A.grade", -1),
        ("wrong-value", "strands.0.relevance.A.grade", "at least 0"),
    ),
    "truth-value-for-a-grade": (
        changed(make_programme(), "strands.0.relevance.A.grade", True),
        ("not-a-whole-number", "strands.0.relevance.A.grade", '"true"'),
    ),
    "unknown-target-group": (
        changed(make_programme(), "strands.0.tags.target_groups", ["victims_of_traficking"]),
        ("unknown-target-group", "strands.0.tags.target_groups.0", 'did you mean "victims_of_trafficking"?'),
    ),
    "unknown-activity": (
        changed(make_programme(), "strands.0.tags.activities.1", "legal_help"),
        ("unknown-activity", "strands.0.tags.activities.1", 'did you mean "legal_aid"?'),
    ),
    "unknown-form": (
        changed(make_programme(), "strands.0.tags.forms_of_exploitation", ["slavery"]),
        ("unknown-form-of-exploitation", "strands.0.tags.forms_of_exploitation.0", "one of labour_exploitation"),
    ),
    "unknown-route": (
        changed(make_programme(), "strands.0.route.value", "pigeon"),
        ("unknown-route", "strands.0.route.value", "one of commission_call"),
    ),
    "unknown-applicant-type": (
        strand_with(applicant_types={"lead": fact({"open_to": ["ngos"]})}),
        ("unknown-applicant-type", "strands.0.eligibility.applicant_types.lead.value.open_to.0", 'mean "ngo"?'),
    ),
    "greece-as-the-commission-writes-it": (
        strand_with(countries={"lead": fact({"open_to": ["EL"]})}),
        ("unknown-place", "strands.0.eligibility.countries.lead.value.open_to.0", 'did you mean "GR"?'),
    ),
    "united-kingdom-as-the-commission-writes-it": (
        strand_with(place_of_action=fact({"closed_to": ["UK"]})),
        ("unknown-place", "strands.0.eligibility.place_of_action.value.closed_to.0", 'did you mean "GB"?'),
    ),
    "unknown-group-of-countries": (
        strand_with(place_of_action=fact({"open_to": ["inner_circles"]})),
        ("unknown-place", "strands.0.eligibility.place_of_action.value.open_to.0", 'did you mean "inner_circle"?'),
    ),
    "no-strand": (make_programme(strands=[]), ("wrong-value", "strands", "at least 1 item")),
    "unknown-period": (make_programme(periods=["2007-2013"]), ("unknown-word", "periods.0", "'2014-2020'")),
    "id-with-a-blank": (
        changed(make_programme(), "strands.0.id", "union actions"),
        ("wrong-value", "strands.0.id", '"union actions"'),
    ),
    "celex": (
        changed(make_programme(), "legal_basis.0.celex", "2021/1149"),
        ("wrong-value", "legal_basis.0.celex", '"2021/1149"'),
    ),
    "negative-amount": (
        changed(make_programme(), "budget.0.amount_eur", -1),
        ("wrong-value", "budget.0.amount_eur", "at least 0"),
    ),
    "consortium-of-none": (
        strand_with(consortium=fact({"min_organisations": 0})),
        ("wrong-value", "strands.0.eligibility.consortium.value.min_organisations", "at least 1"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("programme", "expected"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_in_a_programme_is_one_problem_with_code_field_and_hint(problems_of, programme, expected):
    problems = problems_of(programme)

    code, field, words = expected
    assert [(problem.code, problem.field) for problem in problems] == [(code, field)]
    assert words in str(problems[0])
    assert problems[0].severity == "error"
    assert problems[0].place.startswith("data/programmes/lantern-2021-2027.yaml:")
    assert problems[0].line > 1, "the line of the mistake, not of the file's start"


# The other side of each bound: as far as one may go.
ALLOWED = {
    "one-day-programme": make_programme(in_force=fact({"starts_on": "2021-01-01", "ends_on": "2021-01-01"})),
    "open-end": make_programme(in_force=fact({"starts_on": "2021-01-01"})),
    "equal-grant-bounds": strand_with(grant=fact({"min_eur": 100, "max_eur": 100})),
    "grant-from-zero": strand_with(grant=fact({"min_eur": 0, "max_eur": 0})),
    "only-a-lower-bound": strand_with(grant=fact({"min_eur": 100})),
    "equal-duration-bounds": strand_with(duration=fact({"min_months": 12, "max_months": 12})),
    "as-many-countries-as-organisations": strand_with(consortium=fact({"min_organisations": 3, "min_countries": 3})),
    "highest-grade": changed(make_programme(), "strands.0.relevance.A.grade", 3),
    "zero-amount": changed(make_programme(), "budget.0.amount_eur", 0),
}


@pytest.mark.parametrize("programme", ALLOWED.values(), ids=ALLOWED)
def test_what_stands_on_the_bound_is_allowed(problems_of, programme):
    assert problems_of(programme) == []


def test_an_id_that_is_not_the_file_name_is_refused(tmp_path):
    folder = write_catalogue(tmp_path / "data")
    (folder / "programmes/candle-2014-2020.yaml").rename(folder / "programmes/candles.yaml")

    problems = errors_in(folder)

    assert [problem.code for problem in problems] == ["id-differs-from-file"]
    assert problems[0].place == "data/programmes/candles.yaml:1:1"
    assert '"candles"' in problems[0].allowed


def test_a_successor_in_the_catalogue_is_known(tiny):
    assert tiny.programmes["candle-2014-2020"].successor.value in tiny.programmes


def test_a_successor_whose_own_file_is_damaged_is_not_said_to_be_missing(tmp_path):
    folder = write_catalogue(tmp_path / "data")
    (folder / "programmes/lantern-2021-2027.yaml").write_text("id: [", encoding="utf-8")

    problems = errors_in(folder)

    assert [problem.file for problem in problems] == ["data/programmes/lantern-2021-2027.yaml"]


# ---- vocabularies and lexicons ----


def one_entry(**changes):
    return {"id": "one", "label": "One", "definition": "First.", "unverified": "invented", **changes}


VOCABULARY_MISTAKES = {
    "other-name": (make_vocabulary("routes", id="ways"), ("id-differs-from-file", "id")),
    "entry-twice": (
        changed(make_vocabulary("routes"), "entries.2.id", "commission_call"),
        ("repeated-id", "entries.2.id"),
    ),
    "unknown-counterpart": (
        changed(make_vocabulary("routes"), "entries.0.counterparts", ["pigeon"]),
        ("unknown-counterpart", "entries.0.counterparts.0"),
    ),
    "unknown-source": (
        changed(make_vocabulary("routes"), "entries.0", one_entry(id="commission_call", sources=["law"])),
        ("unknown-source", "entries.0.sources.0"),
    ),
    "unused-source": (
        make_vocabulary("routes", sources={"law": {"title": "L", "url": "https://l.example/", "kind": "law"}}),
        ("unused-source", "sources.law"),
    ),
    "no-evidence": (
        changed(make_vocabulary("routes"), "entries.0.unverified", REMOVED),
        ("unsourced-fact", "entries.0"),
    ),
}


@pytest.mark.parametrize(("vocabulary", "expected"), VOCABULARY_MISTAKES.values(), ids=VOCABULARY_MISTAKES)
def test_a_mistake_in_a_vocabulary_is_found(problems_of, vocabulary, expected):
    problems = problems_of(vocabularies={"routes": vocabulary})

    assert [(problem.code, problem.field) for problem in problems] == [expected]
    assert problems[0].file == "data/vocabularies/routes.yaml"


def test_a_lexicon_knows_only_entries_of_its_vocabulary(problems_of):
    lexicon = changed(make_lexicons()["activities"], "terms.sheltr", {"en": ["x"]})

    problems = problems_of(lexicons={"activities": lexicon})

    assert [(problem.code, problem.hint) for problem in problems] == [("unknown-entry", 'did you mean "shelter"?')]


@pytest.mark.parametrize("entry", ["NG", "outer_circle"])
def test_the_lexicon_of_places_knows_countries_and_groups(problems_of, entry):
    lexicon = changed(make_lexicons()["places"], f"terms.{entry}", {"en": ["x"]})

    assert problems_of(lexicons={"places": lexicon}) == []


@pytest.mark.parametrize(("lexicon", "entry"), [("places", "UK"), ("field", "trafficking")])
def test_other_entries_are_unknown_to_places_and_field(problems_of, lexicon, entry):
    changed_lexicon = changed(make_lexicons()[lexicon], f"terms.{entry}", {"en": ["x"]})

    assert [problem.code for problem in problems_of(lexicons={lexicon: changed_lexicon})] == ["unknown-entry"]


def test_a_lexicon_under_another_name_is_refused(problems_of):
    lexicon = {**make_lexicons()["activities"], "id": "actions"}

    assert [problem.code for problem in problems_of(lexicons={"activities": lexicon})] == ["id-differs-from-file"]


def test_all_problems_of_all_files_come_at_once_in_order(tmp_path):
    folder = write_catalogue(
        tmp_path / "data",
        programmes=[
            make_programme(acronym=5, successor=fact("torch")),
            make_programme(id="compass", in_force=fact({"starts_on": "2021-01-02", "ends_on": "2021-01-01"})),
            make_programme(id="torch-2", successor=fact("torch")),
        ],
        vocabularies={"routes": make_vocabulary("routes", id="ways")},
    )

    problems = errors_in(folder)

    assert [(problem.file.rpartition("/")[2], problem.code) for problem in problems] == [
        ("compass.yaml", "dates-out-of-order"),
        ("lantern-2021-2027.yaml", "not-text"),
        ("torch-2.yaml", "unknown-programme"),
        ("routes.yaml", "id-differs-from-file"),
    ]


# ---- what a newcomer got wrong ----


def test_a_programme_that_names_itself_as_successor_is_refused(tmp_path):
    own = make_programme(successor=fact("lantern-2021-2027"))

    [problem] = errors_in(write_catalogue(tmp_path / "data", [own]))
    assert (problem.code, problem.field) == ("own-successor", "successor.value")


def test_a_successor_by_another_source_must_be_known_too(tmp_path):
    next_one = make_programme(id="lamp")
    disputed = make_programme(successor=fact("lamp", disputed=[other_value("torch-2028")]))

    [problem] = errors_in(write_catalogue(tmp_path / "data", [next_one, disputed]))
    assert (problem.code, problem.field) == ("unknown-programme", "successor.disputed.0.value")


def test_programmes_that_follow_each_other_in_a_circle_are_refused(tmp_path):
    circle = [make_programme(id=one, successor=fact(other)) for one, other in (("a", "b"), ("b", "c"), ("c", "a"))]

    problems = errors_in(write_catalogue(tmp_path / "data", circle))
    assert {problem.code for problem in problems} == {"own-successor"}


def test_a_mistyped_successor_is_not_taken_for_the_programme_itself(tmp_path):
    [problem] = errors_in(write_catalogue(tmp_path / "data", [make_programme(successor=fact("lantern-2028-2034"))]))

    assert "lantern-2021-2027" not in problem.hint


@pytest.mark.parametrize(
    ("on", "found"),
    [(date(2026, 1, 14), True), (date(2026, 1, 15), False), (None, False)],
    ids=["the day before", "the day itself", "no day given"],
)
def test_a_fact_read_on_a_day_to_come_is_warned_of(tmp_path, on, found):
    _, problems = check_catalogue(write_catalogue(tmp_path / "data"), on)

    assert ("checked-in-future" in {problem.code for problem in problems}) is found
    assert {problem.severity for problem in problems if problem.code == "checked-in-future"} <= {"warning"}


@pytest.mark.parametrize(("period", "missing"), [("2021-2027", True), ("2014-2020", False)])
def test_a_strand_of_2021_2027_is_graded_for_the_pillars_as_well(tmp_path, period, missing):
    listed = make_vocabulary("priorities")
    pillar = {**listed["entries"][0], "id": "S21-1", "label": "Reduce demand"}
    vocabularies = {"priorities": {**listed, "entries": [*listed["entries"], pillar]}}
    programme = make_programme(id="lantern", periods=[period])

    codes = {problem.code for problem in errors_in(write_catalogue(tmp_path / "data", [programme], vocabularies))}
    assert ("priority-not-graded" in codes) is missing


def test_every_problem_says_how_to_mend_it(tmp_path):
    broken = make_programme(budget="much", acronym=5, periods="2021-2027", in_force=fact({"starts_on": "soon"}))

    problems = errors_in(write_catalogue(tmp_path / "data", [broken]))
    assert len(problems) >= 4
    assert [problem for problem in problems if not problem.hint] == []


@pytest.mark.parametrize(("read", "warned"), [(date(2026, 1, 16), True), (date(2026, 1, 15), False)])
def test_a_project_read_on_a_day_to_come_is_warned_of_by_its_id(read, warned):
    project = SimpleNamespace(id="lamp", checked_on=read)

    found = check_evidence_days([project], date(2026, 1, 15))
    assert [problem.field for problem in found] == (["lamp.checked_on"] if warned else [])


def test_a_target_group_by_two_conditions_is_refused_for_a_rule_judges_one(tmp_path):
    both = fact({"third_country_nationals_only": True, "any_of": ["children"]})
    programme = make_programme(strands=[make_strand(eligibility={"target_group": both})])

    [problem] = errors_in(write_catalogue(tmp_path / "data", [programme]))
    assert problem.field.endswith("target_group.value")
    assert "one of the two" in str(problem)
    assert "Value error" not in str(problem)
