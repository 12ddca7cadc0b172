"""When a project can start at the earliest: the deadline of a call and the usual time to a signed grant."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.guidance import TimeToGrant
from thbfund.catalogue.model import Programme, Strand
from thbfund.said import month_of, say, say_count, sentences
from thbfund.timing import Calendar, months_later

CallStatus = Literal["open", "forthcoming", "expected"]


@dataclass(frozen=True, slots=True)
class CallDeadline:
    """A call that may still be answered.

    Attributes:
        id: of the topic, or of the family where a round is only expected.
        title: its name.
        strand: id of the strand that it opens.
        status: on the day asked for; `expected` rounds are announced by nobody.
        deadline: last day to apply; None for a rolling call, which has none, and for an expected round.
        from_day: from which the time to the grant counts: the deadline, for a rolling call the day asked for, for an
            expected round the first that is possible.
    """

    id: str
    title: str
    strand: str
    status: CallStatus
    deadline: date | None
    from_day: date


@dataclass(frozen=True, slots=True)
class FeasibleStart:
    """The earliest start under one call.

    Attributes:
        earliest: the deadline and the usual time to a signed grant.
        time: the entry that says how long a grant takes.
        too_early: whether the project wants to start before that.
    """

    call: CallDeadline
    earliest: date
    time: TimeToGrant
    too_early: bool


def time_to_grant(catalogue: Catalogue, programme: Programme, strand: Strand) -> TimeToGrant | None:
    """How long a grant usually takes at a strand; None where the catalogue does not say."""
    return next((time for time in catalogue.guidance.times if time.concerns.includes(programme, strand)), None)


def feasible_starts(
    catalogue: Catalogue, programme: Programme, calendar: Calendar, start: date | None, on: date
) -> tuple[FeasibleStart, ...]:
    """The earliest start under each call that is open, announced or expected, as on a day.

    Calls on another subject or of unknown deadline, and strands for which no usual time is known, are left out.
    """
    strands = {strand.id: strand for strand in programme.strands}
    found = []
    for call in _deadlines(calendar, on):
        if time := time_to_grant(catalogue, programme, strands[call.strand]):
            earliest = months_later(call.from_day, time.months)
            found.append(FeasibleStart(call, earliest, time, start is not None and start < earliest))
    return tuple(found)


def _deadlines(calendar: Calendar, on: date) -> Iterator[CallDeadline]:
    """Calls on another subject than the project's are no way to its grant."""
    for current in calendar.current:
        topic = current.topic
        if current.aside:
            continue
        from_day = topic.closes or (max(on, topic.opens or on) if topic.rolling else None)
        if from_day:
            status: CallStatus = "open" if current.status == "open" else "forthcoming"
            yield CallDeadline(topic.id, topic.title, topic.strand, status, topic.closes, from_day)
    for coming in calendar.expected:
        if coming.aside:
            continue
        family, earliest = coming.family, max(on, date(coming.year, 1, 1))
        yield CallDeadline(family.id, family.name, family.strand, "expected", None, earliest)


def start_sentence(found: FeasibleStart, start: date | None) -> str:
    """When money can be there under one call, and that the project wants to start too early, where it does."""
    call = found.call
    if call.status == "expected":
        said: str = say_count(
            "{call}: expected in {year}, not announced. With {n} month from the deadline to the grant, no start "
            "before {month}.",
            "{call}: expected in {year}, not announced. With {n} months from the deadline to the grant, no start "
            "before {month}.",
            found.time.months,
            call=call.title,
            year=str(call.from_day.year),
            month=month_of(found.earliest),
        )
    elif call.deadline is None:
        said = say(
            "{call} ({id}): no deadline; with an application on {day}, plan no start before {earliest}.",
            call=call.title,
            id=call.id,
            day=call.from_day,
            earliest=found.earliest,
        )
    else:
        said = say_count(
            "{call} ({id}): deadline {day}, usually {n} month to the grant; plan no start before {earliest}.",
            "{call} ({id}): deadline {day}, usually {n} months to the grant; plan no start before {earliest}.",
            found.time.months,
            call=call.title,
            id=call.id,
            day=call.deadline,
            earliest=found.earliest,
        )
    if not found.too_early:
        return said
    early = say("Your start, {day}, is earlier: move it, or pay for the first months otherwise.", day=start)
    return sentences(said, early)
