"""PRESENT: openings and deadlines of calls as a calendar (RFC 5545) that another program reads."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import quote
from zoneinfo import ZoneInfo

from icalendar import Alarm, Component, Event
from icalendar import Calendar as CalendarFile

from thbfund.catalogue.calls import Calls, Topic
from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.facts import Day, Fact
from thbfund.catalogue.freshness import age
from thbfund.catalogue.model import Programme
from thbfund.matching import Match
from thbfund.report.inert import plain, web_address
from thbfund.rules.wording import sentence
from thbfund.speaking import Speaker, speaker
from thbfund.timing import MONTHS_OF_A_YEAR, Expected, calendar_of, calls_before
from thbfund.timing import Calendar as CallsOfProgramme

PRODUCT = "-//thbfund//calls against trafficking in human beings//EN"
DOMAIN = "thbfund"  # ends every UID; no host name, so that a catalogue served elsewhere keeps its entries' identity
REMIND_BEFORE = (timedelta(days=30), timedelta(days=7))  # time to look for partners; time to finish
COUNTED_FROM = datetime(2020, 1, 1, tzinfo=UTC)  # SEQUENCE counts minutes from here: it only grows, and fits 32 bits
BRUSSELS = ZoneInfo("Europe/Brussels")

# Written out, not generated: the EU has changed its clocks by this rule since 1996 (Directive 2000/84/EC), and a rule
# holds for years that a table of days would not reach.
_TIMEZONE = b"""BEGIN:VTIMEZONE
TZID:Europe/Brussels
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""


@dataclass(frozen=True, slots=True)
class Listed:
    """A topic, or a family of calls that may come again, with what a reader needs to find it.

    Attributes:
        programme: that it belongs to.
        calls: of that programme; they hold the sources of its dates.
        subject: a topic that is open or announced, or a family that is expected and not announced.
    """

    programme: Programme
    calls: Calls
    subject: Topic | Expected


def listed(
    catalogue: Catalogue, on: date, programmes: Collection[str] | None = None, *, with_expected: bool = False
) -> list[Listed]:
    """What the catalogue alone has for a calendar: calls open or announced on a day, by programme.

    Args:
        catalogue: the calls.
        on: the day.
        programmes: ids of those wanted; None for all.
        with_expected: whether to add families that may come again, which nobody has announced.
    """
    found: list[Listed] = []
    for key, calls in catalogue.calls.items():
        if programmes is None or key in programmes:
            programme = catalogue.programmes[key]
            dates = calendar_of(programme, calls, on, calls_before(programme, catalogue))
            found += _listed(programme, calls, dates, with_expected)
    return found


def listed_of(matches: Iterable[Match], catalogue: Catalogue, *, with_expected: bool = False) -> list[Listed]:
    """The same for programmes that were matched; calls on another subject than the project are left out."""
    return [
        item
        for match in matches
        if (calls := catalogue.calls.get(match.programme.id))
        for item in _listed(match.programme, calls, match.calendar, with_expected)
    ]


def calendar(found: Iterable[Listed], on: date, stamp: datetime, speak: Speaker | None = None) -> bytes:
    """A calendar file of openings and deadlines, with reminders; an import or a subscription replaces older entries.

    Args:
        found: see `listed` and `listed_of`.
        on: the day on which it is told whether a check of a date still holds.
        stamp: when the file was made, with its time zone. It decides which of two versions of an entry is the newer
            one, so a later file needs a later stamp.
        speak: the reader's language; English where it is left out.

    Raises:
        ValueError: the stamp has no time zone.
    """
    speak = speak or speaker()
    writer = _Writer(on, speak)
    name = speak("Calls for work against trafficking in human beings")
    return calendar_file(name, (event for item in found for event in writer.events(item)), stamp)


def calendar_file(name: str, events: Iterable[Event], stamp: datetime) -> bytes:
    """A calendar of events that have their UIDs already; a later file replaces the events of an earlier one.

    Raises:
        ValueError: the stamp has no time zone.
    """
    if stamp.tzinfo is None:
        raise ValueError("stamp: found a time without a time zone, expected one with it, such as UTC")
    stamp = stamp.astimezone(UTC).replace(microsecond=0)
    file = CalendarFile()
    for key, value in (("prodid", PRODUCT), ("version", "2.0"), ("calscale", "GREGORIAN"), ("method", "PUBLISH")):
        file.add(key, value)
    for key in ("name", "x-wr-calname"):  # RFC 7986, and what most programs read instead
        file.add(key, name)
    file.add("REFRESH-INTERVAL", timedelta(days=1), parameters={"value": "DURATION"})
    file.add_component(Component.from_ical(_TIMEZONE))
    for event in events:
        event.add("dtstamp", stamp)
        event.add("sequence", int((stamp - COUNTED_FROM).total_seconds() // 60))
        if "last-modified" not in event:
            event.add("LAST-MODIFIED", stamp)
        file.add_component(event)
    return bytes(file.to_ical())


def _listed(programme: Programme, calls: Calls, dates: CallsOfProgramme, with_expected: bool) -> Iterator[Listed]:  # noqa: FBT001
    for current in dates.current:
        if not current.aside:
            yield Listed(programme, calls, current.topic)
    for coming in dates.expected if with_expected else ():
        if not coming.aside:
            yield Listed(programme, calls, coming)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Makes entries for one day and one reader."""

    on: date
    speak: Speaker

    def events(self, item: Listed) -> Iterator[Event]:
        """The opening and the deadline of a topic, as far as known; one reminder for a family."""
        subject, programme = item.subject, plain(item.programme.acronym)
        if isinstance(subject, Expected):
            yield self._expected(item, subject)
            return
        title = plain(subject.title)
        if subject.opens_on and subject.opens_on.value:
            summary = self.speak("Opens: {call} ({programme})", call=title, programme=programme)
            event = self._begun(f"opening.{_key(subject.id)}", summary, item)
            all_day(event, subject.opens_on.value)
            yield self._dated(event, item, subject, subject.opens_on)
        if subject.deadline and (day := subject.deadline.value):
            summary = self.speak("Deadline: {call} ({programme})", call=title, programme=programme)
            event = self._begun(f"deadline.{_key(subject.id)}", summary, item)
            if hour := subject.deadline_time:
                event.add("dtstart", datetime.combine(day, time.fromisoformat(hour), BRUSSELS))
            else:
                all_day(event, day)
            yield self._dated(event, item, subject, subject.deadline)

    def _begun(self, key: str, summary: str, item: Listed) -> Event:
        event = Event()
        event.add("uid", f"{key}.{item.programme.id}@{DOMAIN}")
        event.add("summary", summary, parameters={"language": self.speak.language})
        event.add("transp", "TRANSPARENT")  # a deadline does not make its owner busy
        return event

    def _dated(self, event: Event, item: Listed, topic: Topic, fact: Fact[Day]) -> Event:
        """Add how sure the day is, where it was read, and reminders."""
        event.add("status", "CONFIRMED" if fact.verified else "TENTATIVE")
        if fact.checked_on:
            event.add("LAST-MODIFIED", datetime.combine(fact.checked_on, time(), UTC))
        addresses = [url for cited in fact.sources if (url := web_address(item.calls.sources[cited.key].url))]
        lines = [*self._about(item, topic, fact), *(self.speak("Source: {address}", address=url) for url in addresses)]
        event.add("description", "\n".join(lines))
        _link(event, next(iter(addresses), "") or web_address(item.programme.official_page.value))
        for before in REMIND_BEFORE:
            event.add_component(_reminder(before, str(event["summary"])))
        return event

    def _about(self, item: Listed, topic: Topic, fact: Fact[Day]) -> Iterator[str]:
        """What stands below the title: programme, number of the topic, where to apply, how sure the date is."""
        speak = self.speak
        yield speak("Programme: {name}", name=plain(item.programme.name))
        yield speak("Topic: {id}", id=plain(topic.id))
        if fact is topic.deadline and topic.deadline_time:
            yield speak("Hour: {hour}, Brussels time", hour=topic.deadline_time)
        elif fact is topic.deadline:
            yield speak("The catalogue does not know the hour: look it up in the call.")
        if topic.submission:
            yield speak("Apply at: {place}", place=plain(topic.submission))
        if fact.unverified:
            yield speak("Not confirmed: {reason}", reason=plain(sentence(fact.unverified)))
        for other in fact.disputed:
            yield speak("Another source says: {day}", day=other.value)
        if fact.checked_on:
            yield speak("Date checked on {day}", day=fact.checked_on)
            if age(fact, ("deadline",), topic, self.on):
                yield speak("That was more than 30 days ago: check again.")

    def _expected(self, item: Listed, coming: Expected) -> Event:
        speak, name = self.speak, plain(coming.family.name)
        summary = speak(
            "Expected in {year}, not announced: {call} ({programme})",
            year=str(coming.year),
            call=name,
            programme=plain(item.programme.acronym),
        )
        event = self._begun(f"expected.{_key(coming.family.id)}", summary, item)
        all_day(event, _first_day(coming.year, self.on))
        event.add("status", "TENTATIVE")
        lines = (
            speak("Programme: {name}", name=plain(item.programme.name)),
            speak("Earlier rounds: {years}", years=", ".join(map(str, coming.years))),
            speak("Nobody has announced this call. The year follows from earlier rounds; the day is only a reminder."),
        )
        event.add("description", "\n".join(lines))
        _link(event, web_address(item.programme.official_page.value))
        return event


def _key(identifier: str) -> str:
    """An id in the few characters that every program takes in a UID."""
    return quote(plain(identifier), safe="")


def _first_day(year: int, on: date) -> date:
    """The day to look whether an expected call has come: the first of its year, or of the next month once it runs."""
    if year > on.year or on.month == MONTHS_OF_A_YEAR:
        return date(year, 1, 1)
    return date(year, on.month + 1, 1)


def all_day(event: Event, day: date) -> None:
    """Make an event last for a whole day."""
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))


def _link(event: Event, address: str) -> None:
    if address:
        event.add("url", address)


def _reminder(before: timedelta, words: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words)
    alarm.add("trigger", -before)
    return alarm
