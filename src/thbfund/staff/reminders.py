"""When facts are to be checked again, as a calendar: one entry for each file, on the first day that asks for it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from icalendar import Event

from thbfund.catalogue.freshness import Check
from thbfund.report.calendar import DOMAIN, all_day, calendar_file

TOGETHER = timedelta(days=14)  # what falls due within two weeks is read in one sitting
MOST_NAMED = 20  # facts in the text of an entry


def reminders(checks: Iterable[Check], stamp: datetime) -> bytes:
    """A calendar file; a later one replaces the entries of this one, so that a day moves when a fact was checked.

    Args:
        checks: the facts in use.
        stamp: when the file is made, with its time zone.
    """
    by_file = sorted(checks, key=lambda check: (check.file, check.holds_until, check.field))
    return calendar_file("Facts to check again", _events(by_file), stamp)


def _events(checks: Sequence[Check]) -> Iterator[Event]:
    for file, own in groupby(checks, key=lambda check: check.file):
        found = list(own)
        first = found[0].holds_until
        due = [check for check in found if check.holds_until <= first + TOGETHER]
        event = Event()
        event.add("uid", f"review.{file.removesuffix('.yaml').replace('/', '.')}@{DOMAIN}")
        event.add("summary", f"Check again: {file} ({_counted(len(due))})")
        event.add("description", "\n".join(_lines(due, first)))
        event.add("transp", "TRANSPARENT")
        all_day(event, first)
        yield event


def _lines(due: Sequence[Check], first: date) -> Iterator[str]:
    yield f"From {first + timedelta(days=1)} on these facts are overdue. Read their sources again:"
    for check in due[:MOST_NAMED]:
        yield f"- {check.field}, checked on {check.checked_on}, holds until {check.holds_until}"
    if len(due) > MOST_NAMED:
        yield f"- and {len(due) - MOST_NAMED} more: thbfund catalogue stale --on {first + TOGETHER}"


def _counted(number: int) -> str:
    return f"{number} fact" if number == 1 else f"{number} facts"
