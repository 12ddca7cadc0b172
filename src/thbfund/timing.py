"""WHEN: the calls of a programme on a day, open, announced, or to be expected; never a reason for a verdict."""

from calendar import monthrange
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from thbfund.catalogue.calls import RELEVANCES, Calls, Family, Status, Topic, expected, rhythm
from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.freshness import age
from thbfund.catalogue.model import Programme

Timing = Literal["open", "forthcoming", "expected", "none_known", "closed"]

MONTHS_OF_A_YEAR = 12
SHOWN_PAST = 3  # the latest rounds tell what such calls are like


@dataclass(frozen=True, slots=True)
class Round:
    """A topic with its state on the day.

    Attributes:
        overdue: `more than 30 days ago`, where the deadline was checked too long ago to be relied on; else "".
        shared: how many of its tags are the project's.
        aside: whether it is known to be on another subject than the project.
    """

    topic: Topic
    status: Status
    overdue: str = ""
    shared: int = 0
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Expected:
    """A family of calls that may come again: expected from its rhythm, not announced by anybody.

    Attributes:
        shared: how many of its tags are the project's.
        aside: whether it is known to be on another subject than the project.
    """

    family: Family
    years: tuple[int, ...]
    year: int
    shared: int = 0
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Calendar:
    """What is known of a programme's calls on a day.

    Attributes:
        timing: in one word.
        current: open topics, then announced ones, those of use to the project first, then by deadline.
        expected: families that may come again, those of use to the project first, then by year.
        past: the latest closed rounds, newest first.
        begins_on: first day of a programme that has not begun; else None.
    """

    timing: Timing
    current: tuple[Round, ...] = ()
    expected: tuple[Expected, ...] = ()
    past: tuple[Round, ...] = ()
    begins_on: date | None = None


def calendar_of(
    programme: Programme,
    calls: Calls | None,
    on: date,
    earlier: Sequence[Calls] = (),
    about: Collection[str] = frozenset(),
) -> Calendar:
    """Sort a programme's calls by what they mean on a day for a project.

    Args:
        programme: the one whose calls they are.
        calls: its calls; None where none are on record.
        on: the day.
        earlier: calls of the programmes that this one succeeds; families with the same id are one family.
        about: activities and target groups of the project; empty where nothing is known of it.
    """
    rounds = [_round(topic, calls, on, about) for topic in calls.topics] if calls else []
    past = sorted((found for found in rounds if found.status == "closed"), key=_newest_first)[:SHOWN_PAST]
    span = programme.in_force.value
    if span and not programme.is_in_force(on):
        return Calendar("closed", past=tuple(past), begins_on=programme.begins_after(on))
    current = sorted((found for found in rounds if found.status in {"open", "forthcoming"}), key=_open_first)
    coming = _expected(calls, on, span.ends_on if span else None, earlier, about) if calls else []
    return Calendar(_timing(current, coming), tuple(current), tuple(coming), tuple(past))


def calls_before(programme: Programme, catalogue: Catalogue) -> list[Calls]:
    """Calls of the programmes that this one succeeds."""
    return [catalogue.calls[one.id] for one in catalogue.forerunners(programme.id) if one.id in catalogue.calls]


def months_later(day: date, months: int) -> date:
    """The same day some months later, or the last day of that month where it has none; never after `date.max`.

    >>> months_later(date(2027, 1, 31), 1)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.year * MONTHS_OF_A_YEAR + day.month - 1 + months, MONTHS_OF_A_YEAR)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _round(topic: Topic, calls: Calls, on: date, about: Collection[str]) -> Round:
    overdue = age(topic.deadline, ("deadline",), topic, on) if topic.deadline else ""
    return Round(topic, topic.status(on), overdue, *_compared(topic, calls.tags_of(topic), about))


def _compared(subject: Topic | Family, tags: frozenset[str], about: Collection[str]) -> tuple[int, bool]:
    """How many tags are the project's, and whether the subject is another one; trafficking never is."""
    shared = len(tags.intersection(about))
    return shared, bool(tags and about) and not shared and subject.relevance != "core"


def _expected(
    calls: Calls, on: date, ends_on: date | None, earlier: Sequence[Calls], about: Collection[str]
) -> list[Expected]:
    found = []
    for family in calls.families:
        own = calls.in_family(family.id)
        before = [topic for other in earlier for topic in other.in_family(family.id)]
        # The programme's own rhythm tells best; the predecessor's helps where there is no more than one round yet.
        year = expected(own if len(rhythm(own).years) > 1 else [*before, *own], on, ends_on) if own else None
        if year is not None:
            years = rhythm([*before, *own]).years
            found.append(Expected(family, years, year, *_compared(family, family.tags, about)))
    return sorted(found, key=lambda coming: (*_distance(coming.family, coming), coming.year, coming.family.id))


def _timing(current: Sequence[Round], coming: Sequence[Expected]) -> Timing:
    if current:
        return "open" if current[0].status == "open" else "forthcoming"
    return "expected" if coming else "none_known"


def _open_first(found: Round) -> tuple[bool, bool, int, int, date, str]:
    topic = found.topic
    return (found.status != "open", *_distance(topic, found), topic.closes or date.max, topic.id)


def _distance(subject: Topic | Family, found: Round | Expected) -> tuple[bool, int, int]:
    """How far from the project its subject is: what a programme's timing is told from must be of use to the project.

    Calls on another subject come last, then those farther from trafficking, then those with less in common.
    """
    return found.aside, RELEVANCES.index(subject.relevance), -found.shared


def _newest_first(found: Round) -> tuple[int, int, str]:
    closes = found.topic.closes
    return (-found.topic.year, -closes.toordinal() if closes else 0, found.topic.id)
