"""How long a checked fact may be relied on, and which facts of a catalogue are past that on a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pydantic import BaseModel

from thbfund.catalogue.calls import Calls
from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.facts import Evidence
from thbfund.catalogue.files import values_in
from thbfund.input.strict_yaml import Path

# Days for which a check holds. Calls move at short notice; rates and countries change with work programmes once a
# year; acts stand for years.
CALL_DATES = 30
LEGAL = 3 * 365
USUAL = 365
_BUDGETS = {"opens_on": CALL_DATES, "deadline": CALL_DATES, "legal_basis": LEGAL, "predecessors": LEGAL}


@dataclass(frozen=True, slots=True)
class Overdue:
    """A fact whose check is too old.

    Attributes:
        file: `programmes/<id>.yaml` or `calls/<id>.yaml`, below the data folder.
        path: of the fact in the file.
        since: the first day on which it was overdue.
    """

    file: str
    path: Path
    checked_on: date
    since: date

    @property
    def field(self) -> str:
        """The path as it is written in messages."""
        return ".".join(str(part) for part in self.path)


def overdue_since(evidence: Evidence, path: Path, on: date) -> date | None:
    """The day since which a fact is overdue on a day; None while its check holds, or where it was never checked."""
    if evidence.checked_on is None or evidence.unverified:
        return None
    budget = next((_BUDGETS[part] for part in path if part in _BUDGETS), USUAL)
    since = evidence.checked_on + timedelta(days=budget + 1)
    return since if on >= since else None


def overdue(catalogue: Catalogue, on: date) -> list[Overdue]:
    """Every overdue fact of programmes in force and of calls not closed, the longest overdue first.

    Facts of programmes that have ended, and of closed calls, are history and never go stale.
    """
    found = [
        item
        for key, programme in catalogue.programmes.items()
        if programme.is_in_force(on)
        for item in _overdue_in(programme, f"programmes/{key}.yaml", (), on)
    ]
    for key, calls in catalogue.calls.items():
        found += _overdue_calls(calls, f"calls/{key}.yaml", on)
    return sorted(found, key=lambda item: (item.since, item.file, item.field))


def facts_in(value: Any, path: Path = ()) -> Iterator[tuple[Path, Evidence]]:
    """Every fact inside a value with its path, in the order of the file."""
    return ((place, found) for place, found in values_in(value, path) if isinstance(found, Evidence))


def _overdue_calls(calls: Calls, file: str, on: date) -> Iterator[Overdue]:
    for index, topic in enumerate(calls.topics):
        if topic.status(on) != "closed":
            yield from _overdue_in(topic, file, ("topics", index), on)


def _overdue_in(value: BaseModel, file: str, path: Path, on: date) -> Iterator[Overdue]:
    for place, evidence in facts_in(value, path):
        since = overdue_since(evidence, place, on)
        if since and evidence.checked_on:
            yield Overdue(file, place, evidence.checked_on, since)
