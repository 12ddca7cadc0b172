"""Rows of the heat map: how many programmes serve a priority for a target group."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.coverage_checks import SOLID
from thbfund.catalogue.model import Programme
from thbfund.catalogue.vocabulary import Vocabularies
from thbfund.speaking import Speaker
from thbfund.staff.coverage import CoveragePeriod, coverage, grade_for
from thbfund.text import Understanding


@dataclass(frozen=True, slots=True)
class Cell:
    """One priority for one target group.

    Attributes:
        programmes: short names of those with a strand for the group that serves the priority with grade 2 or more.
        highest: the highest grade of any strand for the group; None where none was graded.
        of_project: whether the project shows both.
    """

    group: str
    priority: str
    programmes: tuple[str, ...]
    highest: int | None
    of_project: bool


def served(catalogue: Catalogue, period: CoveragePeriod, understood: Understanding | None = None) -> list[Cell]:
    """All cells of a period, group by group; priorities that nobody was graded against are left out."""
    found = coverage(catalogue, period)
    groups, priorities = _shown(understood, "target_groups"), _shown(understood, "priorities")
    return [
        _cell(group, priority, found.programmes, group in groups and priority in priorities)
        for group in found.target_groups
        for priority in found.graded
    ]


def _shown(understood: Understanding | None, vocabulary: str) -> frozenset[str]:
    return frozenset(one.id for one in understood.concepts[vocabulary]) if understood else frozenset()


def _cell(group: str, priority: str, programmes: Iterable[Programme], own: bool) -> Cell:  # noqa: FBT001 - a field
    grades = [(one, grade_for(one, group, priority)) for one in programmes]
    serving = tuple(one.short_name for one, grade in grades if grade is not None and grade >= SOLID)
    known = [grade for _, grade in grades if grade is not None]
    return Cell(group, priority, serving, max(known, default=None), own)


def served_finding(cells: Sequence[Cell], vocabularies: Vocabularies, speak: Speaker) -> str:
    """What the chart shows, in sentences."""
    if not cells:
        return speak("No programme of this period was graded.")
    most = max(cells, key=lambda one: len(one.programmes))
    empty = sum(not one.programmes for one in cells)
    said = speak(
        "Most programmes, {most}, serve “{group}” under priority {priority}. {empty} of {all} pairs of a group and a "
        "priority have none.",
        most=len(most.programmes),
        group=vocabularies.label("target_groups", most.group),
        priority=most.priority,
        empty=empty,
        all=len(cells),
    )
    own = [one for one in cells if one.of_project]
    if not own:
        return said
    best = max(own, key=lambda one: len(one.programmes))
    return (
        said
        + " "
        + speak.count(
            "Your project touches {n} pair: “{group}” with {priority}; programmes: {programmes}.",
            "Your project touches {n} pairs, with most programmes “{group}” with {priority}: {programmes}.",
            len(own),
            group=vocabularies.label("target_groups", best.group),
            priority=best.priority,
            programmes=len(best.programmes),
        )
    )


def served_table(cells: Sequence[Cell], vocabularies: Vocabularies, speak: Speaker) -> list[dict[str, str]]:
    """The same numbers as a table: a line for each group, its priorities with their number of programmes."""
    head, rest = speak("People served"), speak("Programmes by priority")
    rows = []
    for group in dict.fromkeys(one.group for one in cells):
        own = [one for one in cells if one.group == group]
        numbers = ", ".join(f"{one.priority}: {len(one.programmes)}" for one in own)
        rows.append({head: vocabularies.label("target_groups", group), rest: numbers})
    return rows
