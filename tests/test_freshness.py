"""A check holds for a time that depends on the fact; after it the fact loses its mark, everywhere and by itself."""

from datetime import date, timedelta

import pytest

from factories import fact, loaded_programme, make_strand, other_value, tiny_programmes, write_catalogue
from strategies import VOCABULARIES
from test_editorial import LAW, make_topic
from test_verdict import COMPLETE, OPEN_TO_ALL
from thbfund import load_catalogue
from thbfund.catalogue.calls import Topic
from thbfund.catalogue.facts import Evidence
from thbfund.catalogue.freshness import HISTORY, age, checks, facts_in, holds_until, overdue, overdue_since
from thbfund.input.strict_yaml import Document
from thbfund.input.validation import build
from thbfund.rules import judge
from thbfund.rules.conditions import CallTopic, Conditions

READ = date(2026, 1, 15)
DAY = timedelta(days=1)
CHECKED = build(Evidence, Document({"sources": ["law"], "checked_on": "2026-01-15"}), "x.yaml")
FOR_EVER = loaded_programme(in_force=fact({"starts_on": "2021-01-01", "ends_on": None}))


def topic(**changes) -> Topic:
    return build(Topic, Document(make_topic(**changes)), "x.yaml", {"vocabularies": VOCABULARIES})


@pytest.mark.parametrize(
    ("path", "days", "words"),
    [
        pytest.param(("deadline",), 30, "more than 30 days ago", id="deadline"),
        pytest.param(("topics", 0, "opens_on"), 30, "more than 30 days ago", id="opening"),
        pytest.param(("topics", 0, "deadline", "disputed", 0), 30, "more than 30 days ago", id="another deadline"),
        pytest.param(("strands", 0, "eligibility", "eu_rate"), 365, "more than a year ago", id="rate"),
        pytest.param((), 365, "more than a year ago", id="anything else"),
        pytest.param(("legal_basis", 0), 3 * 365, "more than three years ago", id="act"),
        pytest.param(("predecessors",), 3 * 365, "more than three years ago", id="predecessors"),
    ],
)
def test_a_check_holds_to_its_last_day(path, days, words):
    last = READ + days * DAY

    assert (overdue_since(CHECKED, path, FOR_EVER, last), age(CHECKED, path, FOR_EVER, last)) == (None, "")
    assert overdue_since(CHECKED, path, FOR_EVER, last + DAY) == last + DAY
    assert age(CHECKED, path, FOR_EVER, last + DAY) == words


@pytest.mark.parametrize(
    "content",
    [{"unverified": "not found"}, {"unverified": "read in part", "sources": ["law"], "checked_on": "2026-01-15"}],
    ids=["never read", "not confirmed"],
)
def test_what_was_never_confirmed_cannot_go_stale(content):
    assert age(build(Evidence, Document(content), "x.yaml"), (), FOR_EVER, date(2050, 1, 1)) == ""


@pytest.mark.parametrize(("on", "stale"), [(date(2027, 12, 31), True), (date(2028, 1, 1), False)])
def test_facts_of_a_programme_are_history_from_the_day_after_its_end(on, stale):
    assert bool(age(CHECKED, (), loaded_programme(), on)) is stale


@pytest.mark.parametrize(("on", "stale"), [(date(2027, 6, 30), True), (date(2027, 7, 1), False)])
def test_facts_of_a_call_are_history_once_it_is_closed(on, stale):
    call = topic(year=2027, opens_on=fact("2026-01-01"), deadline=fact("2027-06-30"))

    assert bool(age(CHECKED, (), call, on)) is stale


def test_the_list_holds_facts_and_other_values_the_longest_overdue_first(tmp_path):
    rate = fact(0.9, disputed=[other_value(0.8, checked_on="2026-01-10")])
    programme = {**tiny_programmes()[0], "strands": [make_strand(eligibility={"eu_rate": rate})]}
    found = overdue(load_catalogue(write_catalogue(tmp_path / "data", [programme])), READ + 365 * DAY)

    assert [(item.field, item.since) for item in found] == [
        ("strands.0.eligibility.eu_rate.disputed.0", date(2027, 1, 11))
    ]


@pytest.mark.parametrize(("days", "words"), [(365, ""), (366, "more than a year ago")], ids=["holds", "overdue"])
def test_what_a_rule_rests_on_grows_old_but_its_answer_stays(days, words):
    programme = loaded_programme(
        strands=[make_strand(eligibility={**OPEN_TO_ALL, "eu_rate": fact(0.9, disputed=[other_value(0.95)])})]
    )
    judgement = judge(programme, programme.strands[0], COMPLETE, READ + days * DAY, VOCABULARIES)
    rate = next(found for found in judgement.outcomes if found.rule == "eu_rate")

    assert (judgement.verdict, rate.basis.overdue, rate.basis.verified) == ("eligible", words, not words)
    assert [other.basis.overdue for other in rate.others] == [words]


def test_a_condition_of_a_call_is_dated_by_the_call():
    """The programme runs on, the call has closed: what the call asked is history."""

    own = topic(year=2026, eligibility={"eu_rate": fact(0.5), "also_check": [
        {"text": "A letter is asked for.", "sources": ["law"], "checked_on": "2026-01-15"}]})  # fmt: skip
    sources = loaded_programme(sources={"law": LAW}).sources
    closed = Conditions(FOR_EVER, FOR_EVER.strands[0], date(2028, 1, 1), CallTopic(own, sources))

    assert closed.of("eu_rate").basis.overdue == ""
    assert closed.of("route").basis.overdue == "more than a year ago"
    assert [basis.overdue for _, basis in closed.also_check()] == [""]


def test_a_check_holds_for_a_year_from_its_day_and_is_overdue_on_the_day_after() -> None:
    programme = loaded_programme()
    last = holds_until(programme.summary, ("summary",), programme, date(2026, 1, 20))
    assert last == date(2027, 1, 15)
    assert overdue_since(programme.summary, ("summary",), programme, last) is None
    assert overdue_since(programme.summary, ("summary",), programme, date(2027, 1, 16)) == date(2027, 1, 16)


def test_a_check_of_what_is_history_is_due_on_no_day() -> None:
    programme = loaded_programme()
    assert holds_until(programme.summary, ("summary",), programme, date(2028, 1, 1)) is None


def test_every_checked_fact_of_the_catalogue_is_due_some_day_but_history_and_definitions(catalogue) -> None:
    on = catalogue.checked_on
    due = {(check.file, check.path) for check in checks(catalogue, on)}
    kept = {
        **{f"programmes/{key}.yaml": one for key, one in catalogue.programmes.items() if one.is_in_force(on)},
        **{f"guidance/{key}.yaml": one for key, one in catalogue.guidance.files.items()},
        **{f"policy/{key}.yaml": one for key, one in catalogue.policy.files.items() if key not in HISTORY},
        "vocabularies/routes.yaml": catalogue.vocabularies["routes"],
    }
    found = {
        (file, path)
        for file, content in kept.items()
        for path, one in facts_in(content)
        if one.checked_on and not one.unverified and ("payment" in path or not file.startswith("vocabularies/"))
    }

    assert found
    assert {"policy/coverage.yaml", "policy/outlook.yaml", "vocabularies/routes.yaml"} <= {file for file, _ in found}
    assert found - due == set()


def test_a_figure_of_the_past_is_due_on_no_day_and_what_a_body_does_is(catalogue) -> None:
    files = {check.file for check in overdue(catalogue, catalogue.checked_on + 1000 * DAY)}

    assert "policy/actors.yaml" in files
    assert not files & {f"policy/{name}.yaml" for name in HISTORY}
