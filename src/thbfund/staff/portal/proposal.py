"""What to do with each topic of the portal: nothing, look at a difference, add it; hand-checked facts stay."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from thbfund.catalogue.calls import Relevance, Topic
from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.facts import Fact
from thbfund.project import Project
from thbfund.ranking.relevance import NAMED, FieldEvidence, field_evidence
from thbfund.staff.portal.topics import PortalTopic
from thbfund.text import Reader

MAX_READ = 20_000  # characters of title and text by which the subject is judged
NAME = "trafficking_in_persons"
MENTIONS = 2  # different words for trafficking in human beings by which a text is on the subject

Verb = Literal["add", "look", "perhaps", "same", "pass", "unknown-programme"]
VERBS: dict[Verb, str] = {
    "add": "new: on our subject, and not in the catalogue",
    "look": "says other or more than the catalogue: look at the page",
    "perhaps": "new: its text touches our subject in passing, perhaps in a clause on exclusion",
    "same": "as in the catalogue",
    "pass": "not on our subject, by its text",
    "unknown-programme": "of a programme that the catalogue has not",
}
"""What is proposed, in words; the first is the most to do."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A fact that the portal and the catalogue state differently.

    Attributes:
        ours: "" where the catalogue does not say it.
        since: the day on which ours was checked; None where it never was.
        protected: whether somebody read ours in a source: it stays until somebody reads again.
    """

    fact: Literal["deadline", "opens_on", "budget"]
    theirs: date | int
    ours: str
    since: date | None
    protected: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed for one topic, and why.

    Attributes:
        relevance: of a new topic, by its title alone; the lowest where that does not tell.
    """

    topic: PortalTopic
    verb: Verb
    differences: tuple[Difference, ...] = ()
    relevance: Relevance = "related"


def proposals(topics: Iterable[PortalTopic], catalogue: Catalogue) -> list[Proposal]:
    """Propose for every topic, the most to do first; nothing is written."""
    reader = Reader(catalogue)
    ours = {topic.id: topic for calls in catalogue.calls.values() for topic in calls.topics}
    found = [_proposal(topic, ours.get(topic.id), catalogue, reader) for topic in topics]
    order = list(VERBS)
    return sorted(found, key=lambda proposal: (order.index(proposal.verb), proposal.topic.id))


def _proposal(theirs: PortalTopic, ours: Topic | None, catalogue: Catalogue, reader: Reader) -> Proposal:
    if ours is not None:
        differences = tuple(_differences(theirs, ours))
        return Proposal(theirs, "look" if differences else "same", differences)
    if theirs.programme not in catalogue.programmes:
        return Proposal(theirs, "unknown-programme")
    verb, relevance = judged(theirs.title, theirs.text, reader)
    return Proposal(theirs, verb, relevance=relevance)


def judged(title: str, text: str, reader: Reader) -> tuple[Literal["add", "perhaps", "pass"], Relevance]:
    """Judge by title and text whether something new is on our subject, as the app reads projects, and how near it is.

    Trafficking of drugs, arms and goods does not count. One mention in a long text is not enough to be sure: many
    topics exclude those convicted of trafficking in human beings.
    """
    named = _evidence(title, reader)
    if named.in_field and not _of_goods(named):
        return "add", "core" if NAME in named.signs else "close"
    found = _evidence(f"{title}. {text}"[:MAX_READ], reader)
    if len(found.signs.get(NAME, ())) >= MENTIONS:
        return "add", "related"
    return ("perhaps" if found.in_field and not _of_goods(found) else "pass"), "related"


def _of_goods(found: FieldEvidence) -> bool:
    """Whether "preventing trafficking" alone brings it to our subject, and what is trafficked is said: no people."""
    named = {sign: words for sign, words in found.signs.items() if sign in NAMED}
    bare = all("traffick" in word.casefold() for word in named.get("neighbouring_subject", ()))
    of_goods = "other_trafficking" in found.signs and "person" not in found.signs
    return of_goods and set(named) == {"neighbouring_subject"} and bare


def _evidence(text: str, reader: Reader) -> FieldEvidence:
    said = text if any(character.isalnum() for character in text) else "nothing said"
    return field_evidence(reader.read(Project(summary=said, language="en")))


def _differences(theirs: PortalTopic, ours: Topic) -> Iterator[Difference]:
    """What the portal says else, or beyond; a budget that topics share is compared with nothing."""
    if not ours.rolling:
        yield from _difference("deadline", theirs.deadlines, ours.deadline)
    yield from _difference("opens_on", [theirs.opens_on] if theirs.opens_on else [], ours.opens_on)
    if ours.budget_scope == "topic" and not theirs.shared:
        yield from _difference("budget", [round(theirs.budget)] if theirs.budget else [], ours.budget)


def _difference(
    fact: Literal["deadline", "opens_on", "budget"], theirs: Sequence[date | int], known: Fact[Any] | None
) -> Iterator[Difference]:
    value = known.value if known else None
    if not theirs or value in theirs:
        return
    read = bool(known and known.checked_on and (not known.unverified or known.disputed))
    said = "" if value is None else str(value)
    yield Difference(fact, theirs[0], said, known.checked_on if known else None, read)
