"""How long a checked fact may be relied on, and which facts of a catalogue are past that on a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple, Protocol

from thbfund.catalogue.calls import Topic
from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.facts import Evidence
from thbfund.catalogue.files import values_in
from thbfund.catalogue.model import Programme
from thbfund.input.strict_yaml import Path
from thbfund.said import Said, say


class Budget(NamedTuple):
    """How long a check holds, in days, and what to say of one that is older."""

    days: int
    past: Said


# Calls move at short notice; rates and countries change with work programmes once a year; acts stand for years.
CALL_DATES = Budget(30, say("more than 30 days ago"))
USUAL = Budget(365, say("more than a year ago"))
LEGAL = Budget(3 * 365, say("more than three years ago"))
_BUDGETS = {"opens_on": CALL_DATES, "deadline": CALL_DATES, "legal_basis": LEGAL, "predecessors": LEGAL}

HISTORY = {"instruments", "statistics", "predecessors"}
"""Files of policy on what was said, counted or paid at a time: it stays so. Nor do definitions of vocabularies age."""

Owner = Programme | Topic | None
"""What a fact is about; None for guidance, policy and routes, which are about no single programme and always in use."""


class Checked(Protocol):
    """What was read on a day: a fact of the catalogue, or what a rule keeps of it."""

    @property
    def checked_on(self) -> date | None: ...  # noqa: D102

    @property
    def unverified(self) -> str | None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Check:
    """A fact in use that somebody checked.

    Attributes:
        file: such as `programmes/<id>.yaml` or `calls/<id>.yaml`, below the data folder.
        path: of the fact in the file.
        holds_until: the last day on which the check may be relied on.
    """

    file: str
    path: Path
    checked_on: date
    holds_until: date

    @property
    def since(self) -> date:
        """The first day on which it is overdue."""
        return self.holds_until + timedelta(days=1)

    @property
    def field(self) -> str:
        """The path as it is written in messages."""
        return ".".join(str(part) for part in self.path)


def overdue_since(checked: Checked, path: Path, owner: Owner, on: date) -> date | None:
    """The day since which a fact is overdue on a day; None while its check holds, or where it was never checked.

    Facts of programmes that have ended, and of closed calls, are history and never go stale.

    Args:
        checked: the fact.
        path: of the fact, or the name of its field alone: call dates and acts keep for another time than the rest.
        owner: the programme or topic that the fact is about; None where it is about neither.
        on: the day for which one asks.
    """
    last = holds_until(checked, path, owner, on)
    return last + timedelta(days=1) if last and on > last else None


def holds_until(checked: Checked, path: Path, owner: Owner, on: date) -> date | None:
    """The last day on which a check may be relied on; None where nothing was checked, or needs checking no more.

    The arguments are those of `overdue_since`.
    """
    if checked.checked_on is None or checked.unverified or _is_history(owner, on):
        return None
    return checked.checked_on + timedelta(days=_budget(path).days)


def age(checked: Checked, path: Path, owner: Owner, on: date) -> str:
    """`more than a year ago` for a fact that is overdue on a day, to stand after the day of its check; else ""."""
    return _budget(path).past if overdue_since(checked, path, owner, on) else ""


def overdue(catalogue: Catalogue, on: date) -> list[Check]:
    """Every overdue fact, the longest overdue first."""
    return [check for check in checks(catalogue, on) if on > check.holds_until]


def checks(catalogue: Catalogue, on: date) -> list[Check]:
    """Every checked fact that is in use on a day, the first to be checked again first."""
    found: list[Check] = []
    for key, programme in catalogue.programmes.items():
        found += _checks_in(programme, f"programmes/{key}.yaml", (), programme, on)
    for key, calls in catalogue.calls.items():
        for index, topic in enumerate(calls.topics):
            found += _checks_in(topic, f"calls/{key}.yaml", ("topics", index), topic, on)
    for guidance in catalogue.guidance.files.values():
        found += _checks_in(guidance.entries, f"guidance/{guidance.id}.yaml", ("entries",), None, on)
    for policy in catalogue.policy.files.values():
        if policy.id not in HISTORY:
            found += _checks_in(policy.entries, f"policy/{policy.id}.yaml", ("entries",), None, on)
    for vocabulary in catalogue.vocabularies.by_id.values():
        for index, entry in enumerate(vocabulary.entries):
            place = ("entries", index, "payment")
            found += _checks_in(entry.payment, f"vocabularies/{vocabulary.id}.yaml", place, None, on)
    return sorted(found, key=lambda check: (check.holds_until, check.file, check.field))


def facts_in(value: Any, path: Path = ()) -> Iterator[tuple[Path, Evidence]]:
    """Every fact inside a value with its path, in the order of the file."""
    return ((place, found) for place, found in values_in(value, path) if isinstance(found, Evidence))


def _checks_in(value: Any, file: str, path: Path, owner: Owner, on: date) -> Iterator[Check]:
    for place, evidence in facts_in(value, path):
        last = holds_until(evidence, place, owner, on)
        if last and evidence.checked_on:
            yield Check(file, place, evidence.checked_on, last)


def _budget(path: Path) -> Budget:
    return next((_BUDGETS[part] for part in path if part in _BUDGETS), USUAL)


def _is_history(owner: Owner, on: date) -> bool:
    if isinstance(owner, Topic):
        return owner.status(on) == "closed"
    return owner is not None and not owner.is_in_force(on)
