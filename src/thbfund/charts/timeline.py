"""Rows of the timeline: programmes' periods and their calls against the project's dates."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.model import Programme
from thbfund.guidance.start import feasible_starts
from thbfund.matching import MatchReport
from thbfund.project import Project
from thbfund.said import Said, say
from thbfund.speaking import Speaker
from thbfund.timing import Calendar, calendar_of, calls_before, months_later

Kind = Literal["programme", "open", "forthcoming", "expected"]

FIRST = 5  # programmes
CALLS_EACH = 3  # calls of a programme; more would bury the next programme on a phone
YEARS_AHEAD = 6  # what lies further off is cut: no call or project reaches it


@dataclass(frozen=True, slots=True)
class Line:
    """A programme's period, or a call.

    Attributes:
        title: short name of the programme, or title of the call.
        starts: first day; None where it is not known.
        ends: last day, of a call its deadline; None where it is not known.
        earliest: of a call, the earliest start of a project paid by it; None where the usual time is not known.
    """

    kind: Kind
    title: str
    starts: date | None
    ends: date | None
    earliest: date | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """Lines in the order of programmes, each before its calls.

    Attributes:
        on: the day for which it holds.
        start: first day of the project; None where it is not known.
        end: last day of the project; None where start or duration is not known.
        left_out: how many calls are not shown.
    """

    on: date
    lines: tuple[Line, ...]
    start: date | None = None
    end: date | None = None
    left_out: int = 0

    @property
    def first(self) -> date:
        """First day shown: the first of the year of the earliest thing that matters."""
        return date(min(self.on, self.start or self.on).year, 1, 1)

    @property
    def last(self) -> date:
        """Last day shown: the end of the year of the last call, start or project, and of next year at the least."""
        calls = [line for line in self.lines if line.kind != "programme"]
        days = [self.end, self.start, *(line.ends for line in calls), *(line.earliest for line in calls)]
        last = max((day.year for day in days if day), default=self.on.year)
        return date(min(max(last, self.on.year + 1), self.on.year + YEARS_AHEAD), 12, 31)


def timeline_of(report: MatchReport) -> Timeline:
    """The first programmes that are not closed, with their calls, against the project's dates."""
    chosen = [(match.programme, match.calendar) for match in report.matches if match.group != "closed"][:FIRST]
    return timeline(report.catalogue, chosen, report.on, report.project)


def timeline_of_all(catalogue: Catalogue, on: date) -> Timeline:
    """All programmes with a call that is open, announced or expected on a day."""
    calendars = (
        (one, calendar_of(one, catalogue.calls.get(one.id), on, calls_before(one, catalogue)))
        for one in catalogue.programmes.values()
    )
    return timeline(catalogue, [pair for pair in calendars if pair[1].current or pair[1].expected], on)


def timeline(
    catalogue: Catalogue, chosen: Iterable[tuple[Programme, Calendar]], on: date, project: Project | None = None
) -> Timeline:
    """Some programmes with their calls, as on a day."""
    start = project.start if project else None
    months = project.duration_months if project else None
    lines: list[Line] = []
    left_out = 0
    for programme, calendar in chosen:
        span = programme.in_force.value
        lines.append(
            Line("programme", programme.short_name, span.starts_on if span else None, span.ends_on if span else None)
        )
        calls = _calls(catalogue, programme, calendar, on)
        lines += calls[:CALLS_EACH]
        left_out += len(calls[CALLS_EACH:])
    end = months_later(start, months) - timedelta(days=1) if start and months else None
    return Timeline(on, tuple(lines), start, end, left_out)


def _calls(catalogue: Catalogue, programme: Programme, calendar: Calendar, on: date) -> list[Line]:
    """Calls on another subject than the project's are left out."""
    starts = {found.call.id: found.earliest for found in feasible_starts(catalogue, programme, calendar, None, on)}
    current = [found for found in calendar.current if not found.aside]
    coming = [found for found in calendar.expected if not found.aside]
    return [
        *(
            Line(
                "open" if found.status == "open" else "forthcoming",
                found.topic.title,
                found.topic.opens,
                found.topic.closes,
                starts.get(found.topic.id),
            )
            for found in current
        ),
        *(
            Line(
                "expected",
                found.family.name,
                max(on, date(found.year, 1, 1)),
                date(found.year, 12, 31),
                starts.get(found.family.id),
            )
            for found in coming
        ),
    ]


def line_name(line: Line, speak: Speaker) -> str:
    """A line in words: what it is, and until when."""
    return speak(_NAMES[line.kind](line) if line.ends else _NAMES_WITHOUT_END[line.kind](line))


_NAMES: Mapping[Kind, Callable[[Line], Said]] = {
    "programme": lambda line: say("{name}: ends on {day}", name=line.title, day=line.ends),
    "open": lambda line: say("Open to {day}: {name}", day=line.ends, name=line.title),
    "forthcoming": lambda line: say("Announced, to {day}: {name}", day=line.ends, name=line.title),
    "expected": lambda line: say(
        "Expected in {year}, not announced: {name}", year=str(line.ends.year if line.ends else ""), name=line.title
    ),
}
_NAMES_WITHOUT_END: Mapping[Kind, Callable[[Line], Said]] = {
    "programme": lambda line: say("{name}: no end known", name=line.title),
    "open": lambda line: say("Open, no deadline: {name}", name=line.title),
    "forthcoming": lambda line: say("Announced, deadline not known: {name}", name=line.title),
    "expected": lambda line: say("Expected, not announced: {name}", name=line.title),
}


def timeline_finding(found: Timeline, speak: Speaker) -> str:
    """What the chart shows, in sentences."""
    kinds = [line.kind for line in found.lines]
    if not kinds:
        return speak("No programme is open to show on a timeline.")
    said = [
        speak(
            "As on {day}, programmes: {programmes}; open calls: {open}; announced calls: {announced}; calls "
            "expected, announced by nobody: {expected}.",
            day=found.on,
            programmes=kinds.count("programme"),
            open=kinds.count("open"),
            announced=kinds.count("forthcoming"),
            expected=kinds.count("expected"),
        )
    ]
    starts = [line.earliest for line in found.lines if line.earliest]
    if starts:
        said.append(speak("The earliest start that a call allows is {day}.", day=min(starts)))
    if found.start and found.end:
        said.append(speak("Your project: {start} to {end}.", start=found.start, end=found.end))
    elif found.start:
        said.append(speak("Your project: from {start}.", start=found.start))
    if found.left_out:
        said.append(speak.count("{n} more call is not drawn.", "{n} more calls are not drawn.", found.left_out))
    return " ".join(said)


def timeline_table(found: Timeline, speak: Speaker) -> list[dict[str, str]]:
    """The same dates as a table; a call's earliest start where the usual time to a grant is known."""
    what, starts, earliest = speak("Programme or call"), speak("From"), speak("Earliest start")

    def day(value: date | None) -> str:
        return speak.date(value) if value else speak("not known")

    return [
        {
            what: line_name(line, speak),
            starts: day(line.starts),
            earliest: "" if line.kind == "programme" else day(line.earliest),
        }
        for line in found.lines
    ]


def shown(found: Timeline, day: date | None) -> date:
    """A day as far as the chart reaches; what has no known day reaches to its end."""
    return min(max(day or found.last, found.first), found.last)


def is_shown(found: Timeline, days: Sequence[date | None]) -> bool:
    """Whether all days are known and lie within the chart."""
    return all(day is not None and found.first <= day <= found.last for day in days)
