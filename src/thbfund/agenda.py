"""BROWSE: every call of the catalogue on a day, open, announced, expected or past, in the order of its days."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from thbfund.browse import Values, priorities_of, types_not_shut
from thbfund.catalogue.calls import Calls, Family, Topic
from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.model import Programme, Strand
from thbfund.rules.conditions import CallTopic, Conditions
from thbfund.timing import Expected, calendar_of, calls_before

State = Literal["open", "forthcoming", "expected", "unknown", "closed"]
STATES: tuple[State, ...] = ("open", "forthcoming", "expected", "unknown", "closed")

MONTHS_OF_A_QUARTER = 3
LAST = 5  # after the four quarters of its year
FEWEST_ROUNDS = 2  # one deadline is no habit


@dataclass(frozen=True, slots=True)
class Entry:
    """A call as it stands in the calendar.

    Attributes:
        state: on the day.
        subject: the topic, or the family that may come again.
        quarter: of the year, 1 to 4, in which most earlier rounds of what is expected closed; None where none is usual.
        values: its options by facet.
    """

    programme: Programme
    calls: Calls
    state: State
    subject: Topic | Expected
    quarter: int | None
    values: Values

    @property
    def id(self) -> str:
        """Different from those of all other entries."""
        own = self.subject.id if isinstance(self.subject, Topic) else self.subject.family.id
        return f"{self.programme.id}/{own}"


def agenda(catalogue: Catalogue, on: date) -> list[Entry]:
    """Every call: open ones by deadline, announced ones by opening, then what is expected, then past rounds."""
    found = [entry for key in catalogue.calls for entry in _entries(catalogue, key, on)]
    return sorted(found, key=_order)


def agenda_of(programme: str, catalogue: Catalogue, on: date) -> list[Entry]:
    """The calls of one programme in the same order; none where none are on record."""
    return sorted(_entries(catalogue, programme, on), key=_order) if programme in catalogue.calls else []


def usual_quarter(rounds: Iterable[Topic]) -> int | None:
    """The quarter of the year in which more than half of the rounds closed; None where there is none, or one round."""
    quarters = Counter((topic.closes.month - 1) // MONTHS_OF_A_QUARTER + 1 for topic in rounds if topic.closes)
    total = quarters.total()
    quarter, number = quarters.most_common(1)[0] if quarters else (None, 0)
    return quarter if total >= FEWEST_ROUNDS and number * 2 > total else None


def _entries(catalogue: Catalogue, key: str, on: date) -> Iterable[Entry]:
    programme, calls = catalogue.programmes[key], catalogue.calls[key]
    strands = {strand.id: strand for strand in programme.strands}
    earlier = calls_before(programme, catalogue)
    for topic in calls.topics:
        state = topic.status(on)
        values = _values(programme, strands[topic.strand], topic, calls, catalogue, on) | {"state": frozenset({state})}
        yield Entry(programme, calls, state, topic, None, values)
    for coming in calendar_of(programme, calls, on, earlier).expected:
        rounds = [topic for one in (*earlier, calls) for topic in one.in_family(coming.family.id)]
        values = _values(programme, strands[coming.family.strand], coming.family, calls, catalogue, on)
        yield Entry(
            programme, calls, "expected", coming, usual_quarter(rounds), values | {"state": frozenset({"expected"})}
        )


def _values(
    programme: Programme, strand: Strand, subject: Topic | Family, calls: Calls, catalogue: Catalogue, on: date
) -> dict[str, frozenset[str]]:
    """What the call sets itself, and for all else what its strand has."""
    topic = subject if isinstance(subject, Topic) else None
    tags = calls.tags_of(topic) if topic else subject.tags
    groups = tags & catalogue.vocabularies.ids("target_groups") or frozenset(strand.tags.target_groups)
    conditions = Conditions(programme, strand, on, CallTopic(topic, calls.sources) if topic else None)
    return {
        "programme": frozenset({programme.id}),
        "group": groups,
        "type": frozenset(types_not_shut([conditions], catalogue)),
        "priority": frozenset(priorities_of([strand])),
    }


def _order(entry: Entry) -> tuple[int, int, int, str]:
    subject = entry.subject
    if isinstance(subject, Expected):
        day, within = subject.year, entry.quarter or LAST
    elif entry.state == "closed":
        day, within = -subject.year, -(subject.closes or date.min).toordinal()
    else:
        first = subject.opens if entry.state == "forthcoming" else subject.closes
        day, within = (first or date.max).toordinal(), (subject.closes or date.max).toordinal()
    return STATES.index(entry.state), day, within, entry.id
