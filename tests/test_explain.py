"""Contributions and outcomes as sentences and fixes."""

import io
import re
from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from rich.console import Console

from factories import COMPLETE, fact, loaded_programme, make_project, make_strand
from strategies import VOCABULARIES, projects
from thbfund import explain
from thbfund.contributions import CONTRIBUTION_NAMES, because
from thbfund.matching import GROUPS, Timing
from thbfund.ranking import Contribution
from thbfund.ranking.features import FEATURES
from thbfund.ranking.score import Band
from thbfund.report.tables import print_report, report_markdown
from thbfund.rules import judge
from thbfund.rules.applicants import Role
from thbfund.rules.outcome import RuleName
from thbfund.rules.verdict import Verdict

ON = date(2026, 11, 23)


def report_table(report):
    """The table in the terminal, wide enough that no line is broken."""
    console = Console(width=400, record=True, file=io.StringIO())
    print_report(report, console)
    return console.export_text()


@pytest.fixture(scope="module")
def matched(tiny_matcher):
    def run(period="open", **fields):
        return tiny_matcher.match(make_project(VOCABULARIES, **fields), ON, period)

    return run


def lantern(report):
    return next(found for found in report.matches if found.programme.id == "lantern-2021-2027")


def harbour(report):
    """The judgement of Lantern's strand with all the conditions."""
    found = lantern(report)
    return next(judged for judged in (found.judgement, *found.others) if judged.strand.id == "harbour")


# -- every word of the contract has words for people


@pytest.mark.parametrize(
    ("ids", "words"),
    [
        pytest.param(GROUPS, explain.GROUP_TITLES, id="groups"),
        pytest.param(get_args(Verdict), explain.VERDICT_WORDS, id="verdicts"),
        pytest.param(get_args(Band), explain.BAND_WORDS, id="bands"),
        pytest.param(get_args(Role), explain.ROLE_WORDS, id="roles"),
        pytest.param(get_args(Timing), explain.TIMING_WORDS, id="timings"),
        pytest.param(FEATURES, CONTRIBUTION_NAMES, id="contributions"),
        pytest.param(get_args(RuleName), explain.RULE_NAMES, id="rules"),
    ],
)
def test_everything_that_is_shown_has_a_name(ids, words):
    assert set(words) == set(ids)


# -- contributions


@pytest.mark.parametrize(
    ("contribution", "sentence"),
    [
        (Contribution("text", 0.2, ("whale", "sea")), "The programme's text shares these words: whale, sea."),
        (Contribution("text", 0.0, ()), "No words in common."),
        (
            Contribution("target_groups", 0.1, ("children", "police_officers")),
            "Project and programme share: Children and Police officers.",
        ),
        (Contribution("activities", 0.0, ()), "Nothing in common was recognised."),
        (
            Contribution("place_of_action", 0.2, ("IT", "outer_circle")),
            "The programme covers work in Italy and Outer circle.",
        ),
        (Contribution("place_of_action", 0.1, ()), "Whether the place of work fits is not settled."),
        (Contribution("place_of_action", 0.0, ()), "No place of work in common was recognised."),
        (
            Contribution("meaning", 0.1, ()),
            "The description is near to the programme's text in meaning.",
        ),
        (Contribution("meaning", 0.0, ()), "The description is far from the programme's text in meaning."),
        (
            Contribution("similar_work", 0.0, ()),
            "No like project on record was paid by this programme or the one before it.",
        ),
        (
            Contribution("usual_lead", 0.02, ("3", "12")),
            (
                "3 of 12 funded projects on record were led by this type of organisation; that is no rule. "
                "Counted are projects of this programme and its lineage."
            ),
        ),
        (
            Contribution("usual_seat", 0.0, ()),
            "No funded project is on record that tells whether such projects were led from this country.",
        ),
        (Contribution("usual_grant", 0.01, ()), "The amount is usual among funded projects on record."),
        (
            Contribution("usual_grant", -0.01, ()),
            "The amount is unusual among funded projects on record; that is no rule.",
        ),
        *(
            (
                Contribution("usual_grant", value, ()),
                "The amount tells next to nothing: among funded projects on record it speaks neither for nor against.",
            )
            for value in (0.0049, -0.0049)
        ),
        (
            Contribution("usual_grant", -0.005, ()),
            "The amount is unusual among funded projects on record; that is no rule.",
        ),
    ],
)
def test_a_contribution_says_what_it_rests_on(tiny, contribution, sentence):
    assert because(contribution, tiny) == sentence


def test_words_that_a_text_in_another_language_shares_may_be_english_names_of_what_was_recognised(tiny):
    assert because(Contribution("text", 0.2, ("whale",)), tiny, "de") == (
        "The programme's text shares these words with the description or the English names of its subjects: whale."
    )


# -- fixes and obstacles


def test_a_project_that_fits_needs_no_fix_and_meets_no_obstacle(matched):
    judgement = harbour(matched(**{**COMPLETE, "applicant": {"type": "ngo", "country": "DE"}}))

    assert judgement.verdict == "eligible"
    assert (explain.fixes(judgement), explain.obstacle(judgement)) == (explain.Fixes(), "")


@pytest.mark.parametrize(
    ("change", "fix"),
    [
        ({"duration_months": 37}, "Shorten it to 36 months."),
        ({"duration_months": 11}, "Plan for at least 12 months."),
        ({"partners": [{"type": "ngo", "country": "DE"}]}, "Add 1 partner from 1 further country."),
        (
            {"countries_of_action": ["AL"]},
            "Plan work, or the part of it paid from here, in a country that the programme covers (Inner circle).",
        ),
    ],
    ids=str,
)
def test_each_failed_rule_brings_its_own_fix(matched, change, fix):
    judgement = harbour(matched(**{**COMPLETE, **change}))

    assert explain.fixes(judgement).changes == (fix,)


def test_the_verdict_after_the_fixes_is_told(matched):
    judgement = harbour(matched(**{**COMPLETE, "applicant": {"type": "ngo", "country": "DE"}, "duration_months": 37}))

    assert explain.fixes(judgement).lead_to == "eligible"


def test_where_nothing_is_to_be_fixed_no_verdict_after_it_is_told(matched):
    assert explain.fixes(harbour(matched(**COMPLETE))).lead_to is None


@pytest.mark.parametrize(
    ("set_by", "said"),
    [
        (
            "call",
            "Judged by what calls here usually ask (share the EU pays and duration): each call sets its own terms.",
        ),
        ("programme", ""),
    ],
)
def test_an_eligible_verdict_that_rests_on_usual_terms_says_so(set_by, said):
    known = {
        "applicant_types": {"lead": fact({"others": "open"})},
        "countries": {"lead": fact({"others": "open"})},
        "place_of_action": fact({"others": "open"}),
        "consortium": fact({}),
        "eu_rate": fact(1.0, set_by=set_by),
        "duration": fact({"max_months": 36}, set_by=set_by),
    }
    programme = loaded_programme(strands=[make_strand(eligibility=known)])
    project = make_project(VOCABULARIES, **{**COMPLETE, "applicant": {"type": "ngo", "country": "DE"}})
    judgement = judge(programme, programme.strands[0], project, ON, VOCABULARIES)

    assert judgement.verdict == "eligible"
    assert explain.by_usual_terms(judgement) == said


def test_the_obstacle_is_the_first_reason_that_failed(matched):
    judgement = harbour(matched(**{**COMPLETE, "countries_of_action": ["AL"], "duration_months": 37}))

    assert explain.obstacle(judgement) == "Work in Albania is not paid for here."


def test_what_excludes_stands_in_the_way_before_what_a_call_may_change():
    eligibility = {"consortium": fact({"min_organisations": 2}, set_by="call"), "duration": fact({"max_months": 12})}
    programme = loaded_programme(strands=[make_strand(eligibility=eligibility)])
    long_and_alone = make_project(VOCABULARIES, duration_months=13, partners=[])

    judgement = judge(programme, programme.strands[0], long_and_alone, ON, VOCABULARIES)
    assert explain.obstacle(judgement) == "13 months is too long (at most 12 months)."


@given(projects)
def test_fixes_are_sentences_each_told_once(tiny_matcher, project):
    for found in tiny_matcher.match(project, ON, "all").matches:
        fixes = explain.fixes(found.judgement).changes
        assert len(set(fixes)) == len(fixes)
        assert all(fix[0].isupper() and fix.endswith(".") and not fix.endswith("..") for fix in fixes)


@given(projects)
def test_every_exclusion_has_a_reason(tiny_matcher, project):
    for found in tiny_matcher.match(project, ON, "all").matches:
        shut_out = found.judgement.verdict in {"not_eligible", "closed"}
        assert bool(explain.obstacle(found.judgement)) or not shut_out


# -- headline and groups


def test_the_headline_names_fit_verdict_role_and_timing(matched):
    [candle] = matched(period="2014-2020").matches

    fit, *others = explain.headline(candle).split("; ")
    assert fit in explain.BAND_WORDS.values()
    assert others == ["closed", "role to be checked", "takes no applications on this day"]


BEFORE, FIRST_DAY = date(2020, 12, 31), date(2021, 1, 1)


@pytest.mark.parametrize("write", [report_markdown, report_table])
def test_a_programme_that_has_not_begun_is_said_to_begin_and_never_to_be_closed(tiny_matcher, write):
    said = write(tiny_matcher.match(make_project(VOCABULARIES), BEFORE, "2021-2027"))

    assert said.count("has not begun (starts 2021-01-01)") >= 2
    assert not re.search(r"\bclosed\b", said, re.IGNORECASE)


def test_a_programme_that_has_not_begun_keeps_the_verdict_of_the_contract(tiny_matcher):
    found = lantern(tiny_matcher.match(make_project(VOCABULARIES), BEFORE, "2021-2027"))

    assert (found.judgement.verdict, found.timing) == ("closed", "closed")
    assert explain.obstacle(found.judgement) == "The programme has not begun (starts 2021-01-01)."
    assert explain.timing(found) == "has not begun (starts 2021-01-01)"
    assert explain.headline(found).count("has not begun") == 1


def test_from_its_first_day_a_programme_is_judged_like_any_other(tiny_matcher):
    found = lantern(tiny_matcher.match(make_project(VOCABULARIES), FIRST_DAY, "2021-2027"))

    assert explain.verdict(found) == "to check"


def test_another_strand_of_a_programme_that_has_not_begun_has_not_begun_either(tiny_matcher):
    found = lantern(tiny_matcher.match(make_project(VOCABULARIES), BEFORE, "2021-2027"))

    assert {explain.verdict(found, other) for other in found.others} == {"has not begun (starts 2021-01-01)"}


def test_groups_come_in_the_order_of_display_each_by_score(matched):
    groups = explain.grouped(matched(period="all"))

    assert list(groups) == ["can_apply", "to_check", "cannot_apply", "closed"]
    for group in ("can_apply", "to_check", "closed"):
        scores = [found.scored.score for found in groups[group]]
        assert scores == sorted(scores, reverse=True)


@given(projects)
def test_every_match_is_in_exactly_one_group(tiny_matcher, project):
    report = tiny_matcher.match(project, ON, "all")

    shown = [found.rank for group in explain.grouped(report).values() for found in group]
    assert sorted(shown) == [1, 2, 3]
