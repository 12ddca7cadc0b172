"""PRESENT: the log of changes as a feed (Atom, RFC 4287) that feed readers follow."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from textwrap import shorten
from uuid import UUID, uuid5

from feedgen.feed import FeedGenerator  # type: ignore[import-untyped]

from thbfund.catalogue.change_log import GRADE_NAMES, LOGGED, LoggedChange
from thbfund.catalogue.contents import Catalogue
from thbfund.report.following import Selection
from thbfund.report.inert import plain
from thbfund.speaking import Speaker

LONGEST_TITLE = 120  # characters; what a list of entries shows of one
MOST_ENTRIES = 100  # newest days first; a reader that comes seldom still finds some months
# Ids are derived from this, not from an address: a catalogue served elsewhere keeps the identity of its entries.
NAMESPACE = UUID("6d0f3c1e-5f0a-5a52-9b0e-2f6f4a1d7c60")


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the feed and the app are: `https://host/feeds/changes.atom?...` and `https://host/`."""

    feed: str
    app: str


def wanted_changes(catalogue: Catalogue, selection: Selection, on: date) -> list[tuple[date, LoggedChange]]:
    """The changes of the programmes and strands that a follower wants: newest day first, then the gravest."""
    return [
        (day.on, change)
        for day in sorted(catalogue.changes, key=lambda day: day.on, reverse=True)
        for change in sorted(day.changes, key=lambda change: LOGGED.index(change.grade))
        if _wanted(change, catalogue, selection, on)
    ]


def atom(found: Iterable[tuple[date, LoggedChange]], catalogue: Catalogue, at: Addresses, speak: Speaker) -> bytes:
    """A feed of changes, each an entry with a stable id, its grade and its programme as categories.

    Titles of the feed and of grades are in the reader's language, the changes themselves in English.
    """
    entries = list(found)[:MOST_ENTRIES]
    feed = FeedGenerator()
    feed.id(_urn(at.feed.partition("?")[2]))
    feed.title(speak("Changes in EU funding against trafficking in human beings"))
    feed.subtitle(speak("Deadlines, money and who may apply. The call document alone binds."))
    feed.author(name="thbfund")
    feed.generator("thbfund")
    feed.language("en")
    feed.link(href=at.feed, rel="self", type="application/atom+xml")
    feed.link(href=at.app, rel="alternate", type="text/html")
    feed.updated(_midnight(max((day for day, _ in entries), default=catalogue.checked_on)))
    for day, change in entries:
        _add(feed, day, change, at, speak)
    content: bytes = feed.atom_str(pretty=True)
    return content


def _wanted(change: LoggedChange, catalogue: Catalogue, selection: Selection, on: date) -> bool:
    """By strand where the change is one of a strand, a topic or a family that is still there; else by programme."""
    programme = catalogue.programmes[change.programme]
    kind, key = change.strand_or_topic
    calls = catalogue.calls.get(change.programme)
    if kind == "strand":
        strand = key
    else:
        in_topics = (topic.strand for topic in (calls.topics if calls else ()) if topic.id == key)
        in_families = (family.strand for family in (calls.families if calls else ()) if family.id == key)
        strand = next(in_topics if kind == "topic" else in_families, "")
    known = strand in {found.id for found in programme.strands}
    return selection.wants(programme, catalogue, on, strand if known else "")


def _add(feed: FeedGenerator, day: date, change: LoggedChange, at: Addresses, speak: Speaker) -> None:
    grade, text = speak(GRADE_NAMES[change.grade]), plain(change.text)
    entry = feed.add_entry(order="append")
    entry.id(_urn(change.id))
    entry.title(f"{grade}: {shorten(text, LONGEST_TITLE, placeholder=' …')}")
    entry.updated(_midnight(day))
    entry.published(_midnight(day))
    entry.category(term=change.grade, label=grade)
    entry.category(term=change.programme)
    entry.link(href=f"{at.app}programme?id={change.programme}", rel="alternate", type="text/html")
    entry.content(text, type="text")


def _urn(name: str) -> str:
    return uuid5(NAMESPACE, name).urn


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
