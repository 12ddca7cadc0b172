"""Rows of the charts on a portfolio: how many of its projects stand for each priority, group, programme or gap."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from thbfund.speaking import Speaker


@dataclass(frozen=True, slots=True)
class Count:
    """How many projects have one thing."""

    name: str
    projects: int


def counts_of(found: Iterable[Iterable[str]], names: Mapping[str, str], *, with_none: bool = False) -> list[Count]:
    """Count projects by thing, the most frequent first.

    Args:
        found: for each project the ids of what it has.
        names: of all ids, in their order.
        with_none: whether to keep what no project has.
    """
    number = Counter(key for keys in found for key in set(keys))
    counts = [Count(name, number[key]) for key, name in names.items() if with_none or number[key]]
    return sorted(counts, key=lambda one: -one.projects)


def counts_finding(title: str, counts: Sequence[Count], projects: int, speak: Speaker) -> str:
    """What the chart shows, in sentences."""
    if not counts or not counts[0].projects:
        return speak("{title}: none.", title=title)
    most = counts[0]
    said = speak(
        "{title}: most often “{name}”, in {n} of {all} projects.",
        title=title,
        name=most.name,
        n=most.projects,
        all=projects,
    )
    missing = [one.name for one in counts if not one.projects]
    return f"{said} {speak('In no project: {names}.', names='; '.join(missing))}" if missing else said


def counts_table(counts: Sequence[Count], title: str, speak: Speaker) -> list[dict[str, str]]:
    """The same numbers as a table."""
    return [{title: one.name, speak("Projects"): str(one.projects)} for one in counts]
