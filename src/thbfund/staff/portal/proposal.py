"""What to do with each topic of the portal: nothing, look at a difference, add it; hand-checked facts stay."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from thbfund.catalogue.calls import Topic
from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.freshness import Checked
from thbfund.project import Project
from thbfund.ranking.relevance import FieldEvidence, field_evidence
from thbfund.staff.portal.topics import PortalTopic
from thbfund.text import Reader

MAX_READ = 20_000  # characters of title and text by which the subject is judged
MENTIONS = 2  # different words for trafficking in human beings by which a text is on the subject

Verb = Literal["add", "look", "perhaps", "same", "pass", "unknown-programme"]
VERBS: dict[Verb, str] = {
    "add": "new: on our subject, and not in the catalogue",
    "look": "differs from the catalogue: look at the page",
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
        since: the day on which ours was checked; None where it never was.
        protected: whether somebody read ours in a source: it stays until somebody reads again.
    """

    fact: str
    theirs: str
    ours: str
    since: date | None
    protected: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed for one topic, and why."""

    topic: PortalTopic
    verb: Verb
    differences: tuple[Difference, ...] = ()


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
    return Proposal(theirs, _by_subject(theirs, reader))


def _by_subject(topic: PortalTopic, reader: Reader) -> Verb:
    """Judge by title and text whether a new topic is on our subject, as the app reads projects.

    Trafficking of drugs, arms and goods does not count. One mention in a long text is not enough to be sure: many
    topics exclude those convicted of trafficking in human beings.
    """
    if _evidence(topic.title, reader).in_field:
        return "add"
    found = _evidence(f"{topic.title}. {topic.text}"[:MAX_READ], reader)
    if len(found.signs.get("trafficking_in_persons", ())) >= MENTIONS:
        return "add"
    return "perhaps" if found.in_field else "pass"


def _evidence(text: str, reader: Reader) -> FieldEvidence:
    said = text if any(character.isalnum() for character in text) else "nothing said"
    return field_evidence(reader.read(Project(summary=said, language="en")))


def _differences(theirs: PortalTopic, ours: Topic) -> Iterator[Difference]:
    if theirs.deadlines and ours.deadline and ours.deadline.value and ours.deadline.value not in theirs.deadlines:
        yield _difference("deadline", theirs.deadlines[0], ours.deadline.value, ours.deadline)
    if theirs.opens_on and ours.opens_on and ours.opens_on.value and ours.opens_on.value != theirs.opens_on:
        yield _difference("opens_on", theirs.opens_on, ours.opens_on.value, ours.opens_on)
    own_budget = ours.budget if ours.budget_scope == "topic" else None
    if theirs.budget and own_budget and own_budget.value and own_budget.value != theirs.budget:
        yield _difference("budget", f"{theirs.budget:.0f}", f"{own_budget.value:.0f}", own_budget)


def _difference(fact: str, theirs: object, ours: object, known: Checked) -> Difference:
    protected = known.checked_on is not None and not known.unverified
    return Difference(fact, str(theirs), str(ours), known.checked_on, protected)
