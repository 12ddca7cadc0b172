"""The smallest set of changes that leaves no rule failing, each set proved by judging the changed project again."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from thbfund.project import Project
from thbfund.rules.outcome import EFFORTS, Gap
from thbfund.rules.verdict import Judgement, Verdict

ROUNDS = 3  # a change may bring a new failure (another lead, another country); more rounds than this help nobody


@dataclass(frozen=True, slots=True)
class Fix:
    """Changes that make a strand reachable, least effort first, and the verdict on the project so changed."""

    changes: tuple[Gap, ...]
    verdict: Verdict
    project: Project


def smallest_fix(judgement: Judgement) -> Fix | None:
    """The fewest changes after which no rule fails, among equals those of least effort; None where nothing helps."""
    changes: list[Gap] = []
    project, now = judgement.project, judgement
    for _ in range(ROUNDS):
        chosen = _cover(now, project)
        if not chosen:
            break
        for gap in chosen:
            project = gap.close(project)
        changes += chosen
        now = judgement.again(project)
    if not changes or _failing(now):
        return None
    verdict: Verdict = now.verdict if all(gap.sure for gap in changes) else "to_check"
    return Fix(tuple(sorted(changes, key=_effort)), verdict, project)


def _cover(judgement: Judgement, project: Project) -> Sequence[Gap]:
    """The fewest gaps whose changes together meet every failing rule; () where one of them has no gap."""
    failing = _failing(judgement)
    gaps = sorted({gap.text: gap for gap in failing.values() if gap}.values(), key=_effort)
    met = [set(failing) - set(_failing(judgement.again(gap.close(project)))) for gap in gaps]
    for size in range(1, len(gaps) + 1):
        sets = [chosen for chosen in combinations(range(len(gaps)), size) if _all_met(chosen, met, failing)]
        if sets:
            best = min(sets, key=lambda chosen: sorted((_effort(gaps[index]) for index in chosen), reverse=True))
            return [gaps[index] for index in best]
    return ()


def _all_met(chosen: Sequence[int], met: Sequence[set[str]], failing: dict[str, Gap | None]) -> bool:
    return set().union(*(met[index] for index in chosen)) == set(failing)


def _failing(judgement: Judgement) -> dict[str, Gap | None]:
    return {outcome.rule: outcome.gap for outcome in judgement.outcomes if outcome.answer == "not_met"}


def _effort(gap: Gap) -> int:
    return EFFORTS.index(gap.effort)
