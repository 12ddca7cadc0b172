"""What an edit does to users: ranks and verdicts of reference projects before and after, and what it leaves empty."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from thbfund.matching import Matcher, MatchReport
from thbfund.rules.verdict import Verdict
from thbfund.staff.changes import changes
from thbfund.staff.coverage import coverage
from thbfund.staff.reference import Reference

SEEN = 10
"""Ranks that users look at: a move below them, before and after, moves nobody."""
MAY_APPLY: frozenset[Verdict] = frozenset({"eligible", "to_check"})


@dataclass(frozen=True, slots=True)
class Move:
    """A programme that ranks otherwise for a project.

    Attributes:
        old: its rank before; None where it was not ranked.
        new: its rank after.
        paid: whether it is the programme that really paid for the project.
    """

    project: str
    programme: str
    old: int | None
    new: int | None
    paid: bool


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """A programme of which the rules say something else for a project."""

    project: str
    programme: str
    old: Verdict
    new: Verdict


@dataclass(frozen=True, slots=True)
class Impact:
    """Everything that an edit does.

    Attributes:
        changed: ids of the programmes of which a fact, a strand or a call changed; moved or not.
        emptied: priorities and target groups that a programme of 2021-2027 served before and none serves now.
        cells: priorities, each with a target group for which the same holds, though each is served apart.
        shut: target groups for which a reference project might apply to a programme before, and none may on that day.
        projects: how many reference projects were matched.
    """

    changed: tuple[str, ...]
    moves: tuple[Move, ...]
    verdicts: tuple[VerdictChange, ...]
    emptied: tuple[str, ...]
    cells: tuple[tuple[str, str], ...]
    shut: tuple[str, ...]
    projects: int

    @property
    def worse(self) -> tuple[Move, ...]:
        """Moves by which the programme that paid for a project stands lower, or is gone."""
        return tuple(move for move in self.moves if move.paid and _is_lower(move))


def impact(old: Matcher, new: Matcher, references: Sequence[Reference], on: date) -> Impact:
    """Match reference projects by two catalogues, among all programmes, as on a day."""
    moves: list[Move] = []
    verdicts: list[VerdictChange] = []
    open_before: set[str] = set()
    open_after: set[str] = set()
    for reference in references:
        before = old.match(reference.project, on, "all", reference.apart)
        after = new.match(reference.project, on, "all", reference.apart)
        moves += _moves(reference, before, after)
        verdicts += _verdicts(reference, before, after)
        open_before |= _open_to(before)
        open_after |= _open_to(after)
    found = changes(old.catalogue, new.catalogue)
    named = tuple(sorted({change.programme for change in found if change.programme}))
    emptied, cells = _emptied(old, new)
    shut = tuple(sorted(open_before - open_after))
    return Impact(named, tuple(moves), tuple(verdicts), emptied, cells, shut, len(references))


def _moves(reference: Reference, before: MatchReport, after: MatchReport) -> Iterator[Move]:
    old, new = _ranks(before), _ranks(after)
    for programme in sorted({*old, *new}):
        ranks = old.get(programme), new.get(programme)
        if ranks[0] != ranks[1] and any(rank is not None and rank <= SEEN for rank in ranks):
            yield Move(reference.id, programme, *ranks, paid=programme == reference.paid_by)


def _verdicts(reference: Reference, before: MatchReport, after: MatchReport) -> Iterator[VerdictChange]:
    old = {match.programme.id: match.judgement.verdict for match in before.matches}
    for match in after.matches:
        programme, verdict = match.programme.id, match.judgement.verdict
        if programme in old and old[programme] != verdict:
            yield VerdictChange(reference.id, programme, old[programme], verdict)


def _ranks(report: MatchReport) -> dict[str, int]:
    return {match.programme.id: match.rank for match in report.matches}


def _open_to(report: MatchReport) -> set[str]:
    """The target groups of a project for which there is a strand that it may apply to, or that it is to check."""
    own = {concept.id for concept in report.understood.concepts["target_groups"]}
    judged = (judgement for match in report.matches for judgement in (match.judgement, *match.others))
    fit = (judgement.strand.tags.target_groups for judgement in judged if judgement.verdict in MAY_APPLY)
    return own.intersection(chain.from_iterable(fit))


def _emptied(old: Matcher, new: Matcher) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Rows of the coverage, and cells of the rows that are left, that are served before and not after."""
    before, after = (coverage(matcher.catalogue, "2021-2027") for matcher in (old, new))
    priorities = set(after.priorities_not_served) - set(before.priorities_not_served) - set(before.not_graded)
    groups = set(after.groups_not_served) - set(before.groups_not_served)
    rows = priorities | groups
    cells = (cell for cell in before.cells_served - after.cells_served if rows.isdisjoint(cell))
    return tuple(sorted(rows)), tuple(sorted(cells))


def _is_lower(move: Move) -> bool:
    return move.new is None or (move.old is not None and move.new > move.old)
