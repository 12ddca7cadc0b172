"""WHAT IF: one thing about a project changed, and what that moves; two reports in, sentences out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from thbfund import explain
from thbfund.catalogue.vocabulary import Vocabularies
from thbfund.guidance.start import feasible_starts
from thbfund.input.strict_yaml import Document
from thbfund.input.validation import build
from thbfund.matching import GROUPS, Match, MatchReport
from thbfund.project import Project
from thbfund.rules.applicants import ROLES_BEST_FIRST
from thbfund.rules.outcome import RuleName
from thbfund.said import say

FIELDS: Mapping[str, str] = {
    "applicant.country": say("Country of the lead"),
    "applicant.type": say("Type of the lead"),
    "partners": say("Partners"),
    "total_budget_eur": say("Total budget"),
    "duration_months": say("Duration"),
    "start": say("Start"),
    "target_groups": say("People served"),
}
"""Fields that a reader may try out, as she would call them."""


@dataclass(frozen=True, slots=True)
class Move:
    """What changes for one programme.

    Attributes:
        match: as it would be.
        changes: a sentence each; the verdict first, then role, conditions, start and rank.
        better: whether more is open than before; None where only rank, conditions or start change.
        rank_alone: whether no more changes than the place among the results.
    """

    match: Match
    changes: tuple[str, ...]
    better: bool | None
    rank_alone: bool


def changed(project: Project, field: str, value: Any, vocabularies: Vocabularies) -> Project:
    """The project with one field of `FIELDS` set to another value, judged by the same model as a project file.

    Raises:
        InputError: the value does not hold, or not together with the rest.
    """
    values = project.model_dump()
    first, _, inner = field.partition(".")
    values[first] = {**values[first], inner: value} if inner else value
    return build(Project, Document(values), "form", {"vocabularies": vocabularies})


def moves(before: MatchReport, after: MatchReport) -> tuple[Move, ...]:
    """What differs for the programmes of both reports: verdicts first, the better fit before the worse."""
    was = {match.programme.id: match for match in before.matches}
    found = [
        _move(was[match.programme.id], match, before, after) for match in after.matches if match.programme.id in was
    ]
    changed_ones = [move for move in found if move.changes]
    return tuple(sorted(changed_ones, key=lambda move: (move.better is None, move.rank_alone, move.match.rank)))


def _move(was: Match, now: Match, before: MatchReport, after: MatchReport) -> Move:
    changes: list[str] = []
    if now.judgement.verdict != was.judgement.verdict:
        changes.append(
            say("Verdict: {now} instead of {before}.", now=explain.verdict(now), before=explain.verdict(was))
        )
    if (role := now.judgement.role.role) != was.judgement.role.role:
        words = explain.ROLE_WORDS
        changes.append(say("Role: {now} instead of {before}.", now=words[role], before=words[was.judgement.role.role]))
    changes += _conditions(was, now)
    changes += _start(was, now, before, after)
    moved = now.rank != was.rank
    rank = (say("Rank: {now} instead of {before}.", now=now.rank, before=was.rank),) if moved else ()
    return Move(now, (*changes, *rank), _better(was, now), rank_alone=not changes)


def _conditions(was: Match, now: Match) -> list[str]:
    """Each condition whose answer changes; where another strand is judged now, its name, for its conditions differ."""
    if now.judgement.strand is not was.judgement.strand:
        return [say("The easiest door is now the strand {strand}.", strand=now.judgement.strand.name)]
    answers: dict[RuleName, str] = {outcome.rule: outcome.answer for outcome in was.judgement.outcomes}
    return [
        say(
            "{condition}: {now} instead of {before}.",
            condition=explain.RULE_NAMES[outcome.rule],
            now=_ANSWERS[outcome.answer],
            before=_ANSWERS[answers[outcome.rule]],
        )
        for outcome in now.judgement.outcomes
        if outcome.rule in answers and outcome.answer != answers[outcome.rule]
    ]


def _start(was: Match, now: Match, before: MatchReport, after: MatchReport) -> list[str]:
    """Whether the project begins before its grant could be signed; no rule judges by it."""
    early, early_now = _too_early(was, before), _too_early(now, after)
    if early_now and not early:
        return [say("The start would be too early for its next call.")]
    return [say("The start would no longer be too early for its next call.")] if early and not early_now else []


def _too_early(match: Match, report: MatchReport) -> bool:
    starts = feasible_starts(report.catalogue, match.programme, match.calendar, report.project.start, report.on)
    return bool(starts) and starts[0].too_early


def _better(was: Match, now: Match) -> bool | None:
    """Compare groups, then roles."""
    for new, old, order in (
        (now.group, was.group, GROUPS),
        (now.judgement.role.role, was.judgement.role.role, ROLES_BEST_FIRST),
    ):
        if new != old:
            return order.index(new) < order.index(old)
    return None


_ANSWERS = {"met": say("met"), "not_met": say("not met"), "unknown": say("not known")}
