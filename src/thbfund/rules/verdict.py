"""FILTER: all rules of one strand for one project, and the verdict they add up to. Rules never touch the score."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Literal

from thbfund.catalogue.model import AlsoCheck, Programme, Strand
from thbfund.catalogue.vocabulary import Vocabularies
from thbfund.project import Project
from thbfund.rules import applicants, calendar, consortium, money, subject
from thbfund.rules.applicants import RoleFinding
from thbfund.rules.conditions import CallTopic, Conditions
from thbfund.rules.disputes import agreed, agreed_role
from thbfund.rules.outcome import Basis, Outcome, doubted

Verdict = Literal["eligible", "to_check", "not_eligible", "closed"]
BEST_FIRST: tuple[Verdict, ...] = ("eligible", "to_check", "not_eligible", "closed")
OF_TIME = ("in_force", "route_open")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the rules say of one strand.

    Attributes:
        verdict: of the project as described, with its applicant in the lead.
        role: the best role left to the applicant.
        outcomes: one per rule that applies, in the order of the contract.
        also_check: conditions that cannot be computed, with their sources.
        project: what was judged.
        again: judges a changed project by the same rules on the same day.
    """

    strand: Strand
    verdict: Verdict
    role: RoleFinding
    outcomes: tuple[Outcome, ...]
    also_check: tuple[tuple[AlsoCheck, Basis], ...]
    project: Project = field(compare=False, repr=False)
    again: Callable[[Project], "Judgement"] = field(compare=False, repr=False)


def judge(  # noqa: PLR0913 - what is judged, by what, and when
    programme: Programme,
    strand: Strand,
    project: Project,
    on: date,
    vocabularies: Vocabularies,
    call: CallTopic | None = None,
    *,
    successor: str = "",
) -> Judgement:
    """Apply every rule to one strand, or to one topic in it, by each reading of the sources where they disagree.

    `successor` is the name of the programme that follows, for the reason why an ended one is closed.
    """
    return judge_by(Conditions(programme, strand, on, call, successor).readings(), vocabularies, project)


def judge_by(readings: Sequence[Conditions], vocabularies: Vocabularies, project: Project) -> Judgement:
    """Apply every rule by conditions that were looked up before; they may judge many projects."""
    roles = [applicants.best_role(reading, project, vocabularies) for reading in readings]
    found = [_answers(reading, project, vocabularies, role) for reading, role in zip(readings, roles, strict=True)]
    by_rule = (agreed(readings, answers) for answers in zip(*found, strict=True))
    outcomes = tuple(outcome for outcome in by_rule if outcome is not None)
    stated = readings[0]
    again = partial(judge_by, readings, vocabularies)
    return Judgement(
        stated.strand, verdict_of(outcomes), agreed_role(roles), outcomes, stated.also_check(), project, again
    )


def _answers(
    conditions: Conditions, project: Project, vocabularies: Vocabularies, role: RoleFinding
) -> tuple[Outcome | None, ...]:
    """What each rule says, always in the same order; None where the strand sets no such condition."""
    found = (
        calendar.in_force(conditions),
        calendar.route_open(conditions),
        applicants.applicant_type(conditions, project, vocabularies),
        applicants.applicant_country(conditions, project, vocabularies),
        applicants.partner_country(conditions, project, vocabularies),
        applicants.role(conditions, project, vocabularies, role),
        subject.place_of_action(conditions, project, vocabularies),
        consortium.consortium(conditions, project, vocabularies),
        consortium.required_partner(conditions, project, vocabularies),
        subject.target_group(conditions, project, vocabularies),
        subject.activity(conditions, project, vocabularies),
        money.grant_range(conditions, project),
        money.eu_rate(conditions, project),
        money.duration(conditions, project),
    )
    return tuple(outcome and doubted(outcome) for outcome in found)


def verdict_of(outcomes: Sequence[Outcome]) -> Verdict:
    """Closed when time has run out; else not eligible when a rule excludes; else to check when anything is open."""
    if any(outcome.rule in OF_TIME and outcome.answer == "not_met" for outcome in outcomes):
        return "closed"
    if any(outcome.excludes for outcome in outcomes):
        return "not_eligible"
    return "eligible" if all(outcome.answer == "met" for outcome in outcomes) else "to_check"


def best(judgements: Sequence[Judgement]) -> Judgement:
    """The strand with the best verdict; among equals one that the applicant may lead, then the most rules met."""

    def order(judgement: Judgement) -> tuple[int, bool, int, int]:
        answers = [outcome.answer for outcome in judgement.outcomes]
        leads = judgement.role.role == "lead"
        return (BEST_FIRST.index(judgement.verdict), not leads, answers.count("not_met"), -answers.count("met"))

    return min(judgements, key=order)
