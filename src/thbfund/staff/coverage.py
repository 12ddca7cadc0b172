"""Who serves what: priorities and target groups against programmes, with the empty cells, by period."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from rich.console import Console
from rich.table import Table
from rich.text import Text

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.coverage_checks import SOLID
from thbfund.catalogue.model import Programme
from thbfund.catalogue.vocabulary import Vocabularies
from thbfund.report.inert import inert_cell

CoveragePeriod = Literal["2014-2020", "2021-2027", "all"]

COLUMNS = ("kind", "id", "label", "programme", "value")
NOTHING = "-"
"""What an empty cell shows, so that one sees that it is empty."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Priorities and target groups against the programmes of a period.

    Attributes:
        period: the period, or `all`.
        programmes: the programmes of the period, in order of id.
        priorities: by id, then by programme: the highest grade of any strand; None where no strand was graded.
        target_groups: by id, then by programme: whether a strand is tagged with it.
    """

    period: CoveragePeriod
    programmes: tuple[Programme, ...]
    priorities: Mapping[str, Mapping[str, int | None]]
    target_groups: Mapping[str, Mapping[str, bool]]

    @property
    def not_graded(self) -> tuple[str, ...]:
        """Priorities that no programme of the period was graded against: nobody knows, which is not nobody serves."""
        return tuple(name for name, row in self.priorities.items() if all(grade is None for grade in row.values()))

    @property
    def priorities_not_served(self) -> tuple[str, ...]:
        """Priorities that were graded, and that nobody serves with grade 2 or more."""
        return tuple(
            name
            for name, row in self.priorities.items()
            if name not in self.not_graded and all((grade or 0) < SOLID for grade in row.values())
        )

    @property
    def groups_not_served(self) -> tuple[str, ...]:
        """Target groups that no strand is tagged with."""
        return tuple(name for name, row in self.target_groups.items() if not any(row.values()))

    @property
    def cells_served(self) -> frozenset[tuple[str, str]]:
        """Priorities with target groups for which a strand for the group serves the priority with grade 2 or more."""
        return frozenset(
            (priority, group)
            for priority in self.priorities
            for group in self.target_groups
            if any((grade_for(one, group, priority) or 0) >= SOLID for one in self.programmes)
        )

    @property
    def graded(self) -> dict[str, Mapping[str, int | None]]:
        """The rows of the priorities that somebody was graded against."""
        return {name: row for name, row in self.priorities.items() if name not in self.not_graded}


def coverage(catalogue: Catalogue, period: CoveragePeriod) -> Coverage:
    """Look up who serves what."""
    programmes = {key: one for key, one in catalogue.programmes.items() if period == "all" or period in one.periods}
    priorities = {
        entry.id: {key: _highest(one, entry.id) for key, one in programmes.items()}
        for entry in catalogue.vocabularies["priorities"].entries
    }
    groups = {
        entry.id: {
            key: any(entry.id in strand.tags.target_groups for strand in one.strands) for key, one in programmes.items()
        }
        for entry in catalogue.vocabularies["target_groups"].entries
    }
    return Coverage(period, tuple(programmes.values()), priorities, groups)


def _highest(programme: Programme, priority: str) -> int | None:
    grades = [strand.relevance[priority].grade for strand in programme.strands if priority in strand.relevance]
    return max(grades, default=None)


def grade_for(programme: Programme, group: str, priority: str) -> int | None:
    """The highest grade against a priority of the strands that serve a target group; None where none was graded."""
    own = (strand for strand in programme.strands if group in strand.tags.target_groups)
    return max((one.relevance[priority].grade for one in own if priority in one.relevance), default=None)


def short_names(found: Coverage) -> dict[str, str]:
    """A short name for each programme, told apart by its period where two share one acronym."""
    acronyms = [programme.acronym for programme in found.programmes]
    return {one.id: one.acronym if acronyms.count(one.acronym) == 1 else one.short_name for one in found.programmes}


def coverage_values(found: Coverage) -> dict[str, Any]:
    """The whole answer as dictionaries and lists."""
    return {
        "period": found.period,
        "programmes": [programme.id for programme in found.programmes],
        "priorities": {name: dict(row) for name, row in found.priorities.items()},
        "target_groups": {name: dict(row) for name, row in found.target_groups.items()},
        "not_served": {"priorities": list(found.priorities_not_served), "target_groups": list(found.groups_not_served)},
        "not_graded": list(found.not_graded),
    }


def coverage_json(found: Coverage, _vocabularies: Vocabularies) -> str:
    """The whole answer as JSON; null where nobody graded."""
    return json.dumps(coverage_values(found), ensure_ascii=False, indent=2)


def coverage_csv(found: Coverage, vocabularies: Vocabularies) -> str:
    """One line for each cell, the empty ones too: a grade or nothing, `yes` or `no`."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for cells in _cells(found, vocabularies):
        writer.writerow([inert_cell(cell) for cell in cells])
    return out.getvalue().rstrip("\n")


def _cells(found: Coverage, vocabularies: Vocabularies) -> Iterator[tuple[str, ...]]:
    for name, grades in found.priorities.items():
        label = vocabularies.label("priorities", name)
        for programme, grade in grades.items():
            yield "priority", name, label, programme, "" if grade is None else str(grade)
    for name, row in found.target_groups.items():
        label = vocabularies.label("target_groups", name)
        for programme, served in row.items():
            yield "target_group", name, label, programme, "yes" if served else "no"


def print_coverage(found: Coverage, vocabularies: Vocabularies, console: Console) -> None:
    """Print both tables, the programmes as lines because a terminal is narrow, and below them what nobody serves."""
    grades = Table("Programme", *found.graded, title=f"Highest grade of any strand, 0 to 3, {_when(found)}")
    for programme in found.programmes:
        marks = [_mark(row[programme.id]) for row in found.graded.values()]
        grades.add_row(Text(programme.id), *marks)
    console.print(grades)
    groups = Table("Target group", "Served by", title=f"Target groups, {_when(found)}", show_lines=True)
    for name, row in found.target_groups.items():
        served_by = ", ".join(programme for programme, served in row.items() if served)
        groups.add_row(Text(vocabularies.label("target_groups", name)), Text(served_by or NOTHING))
    console.print(groups)
    for line in gaps(found, vocabularies):
        console.print(line, markup=False)


def gaps(found: Coverage, vocabularies: Vocabularies) -> list[str]:
    """What nobody serves and what nobody graded, in sentences."""
    priorities = [f"{vocabularies.label('priorities', name)} ({name})" for name in found.priorities_not_served]
    groups = [vocabularies.label("target_groups", name) for name in found.groups_not_served]
    return [
        f"Priorities that nobody serves with grade {SOLID} or more: {'; '.join(priorities) or 'none'}.",
        f"Target groups that nobody serves: {'; '.join(groups) or 'none'}.",
        f"Priorities that no programme was graded against: {', '.join(found.not_graded) or 'none'}.",
    ]


def _mark(grade: int | None) -> str:
    return NOTHING if grade is None else str(grade)


def _when(found: Coverage) -> str:
    return "all periods" if found.period == "all" else found.period
