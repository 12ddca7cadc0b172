"""What came before a programme, what follows it, and what is proposed: told so that nobody takes a proposal for law."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.facts import Evidence, Source
from thbfund.catalogue.model import Programme
from thbfund.catalogue.policy import Predecessor, Proposal
from thbfund.rules.wording import sentence
from thbfund.said import joined, say, sentences
from thbfund.timing import months_later

# From a call's text to a signed grant it takes about a year, and an idea needs some months before: who begins now
# may meet the next programme.
ENDING_MONTHS = 18


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence with what it rests on; `sources` are those of the file that the evidence comes from."""

    text: str
    evidence: Evidence
    sources: Mapping[str, Source]


@dataclass(frozen=True, slots=True)
class Lineage:
    """Where one programme comes from and what follows it.

    Attributes:
        forerunners: programmes of the catalogue that name it as their successor.
        predecessors: earlier programmes outside the catalogue.
        successor: the programme of the catalogue that follows.
        proposals: for the next period, none of them law; empty where there is a successor.
    """

    programme: Programme
    catalogue: Catalogue
    forerunners: tuple[Programme, ...]
    predecessors: tuple[Predecessor, ...]
    successor: Programme | None
    proposals: tuple[Proposal, ...]

    @property
    def no_successor_because(self) -> str | None:
        """Why no programme of the catalogue follows; None where one does."""
        fact = self.programme.successor
        return None if self.successor else fact.note or fact.unverified

    def is_due(self, on: date) -> bool:
        """Whether the programme has ended by a day or ends within `ENDING_MONTHS`, so that people ask what is next."""
        last = self._last_day
        return last is not None and last < months_later(on, ENDING_MONTHS)

    def before(self) -> list[Told]:
        """What came before, one sentence each."""
        # The successor's fact is in the forerunner's own file.
        own = [Told(_with_years(one.name, _years(one)), one.successor, one.sources) for one in self.forerunners]
        known = self.catalogue.policy.files
        return own + [
            Told(_with_years(one.name, one.period or say("years not known")), one, known["predecessors"].sources)
            for one in self.predecessors
        ]

    def after(self, on: date) -> list[Told]:
        """What follows: the end, the successor or why there is none, then each proposal."""
        return [*self._end(on), self._next(), *self.proposed()]

    def proposed(self) -> list[Told]:
        """Each proposal in a sentence that says what it is, how far it has come, and on which day that was so."""
        return [
            Told(proposal_in_words(one), one.state, self.catalogue.policy.sources("outlook")) for one in self.proposals
        ]

    @property
    def _last_day(self) -> date | None:
        """The latest end that a source gives; None where the end is open or not known."""
        ends = [span.ends_on for span in self.programme.in_force.readings]
        return None if None in ends else max((end for end in ends if end), default=None)

    def _end(self, on: date) -> list[Told]:
        last = self._last_day
        if last is None:
            return []
        text = say("Ended on {day}.", day=last) if last < on else say("Ends on {day}.", day=last)
        return [Told(text, self.programme.in_force, self.programme.sources)]

    def _next(self) -> Told:
        fact, sources = self.programme.successor, self.programme.sources
        if self.successor:
            years = _years(self.successor)
            text = say("Successor: {programme} ({years}).", programme=self.successor.name, years=years)
            return Told(text, fact, sources)
        # The reason is shown as the evidence's own note, so it is not repeated in the sentence.
        return Told(say("No successor in this catalogue."), fact, sources)


def lineage_of(programme: Programme, catalogue: Catalogue) -> Lineage:
    """Return what the catalogue knows of a programme's place in time."""
    follower = catalogue.programmes[programme.successor.value] if programme.successor.value else None
    return Lineage(
        programme,
        catalogue,
        forerunners=catalogue.forerunners(programme.id),
        predecessors=catalogue.policy.before(programme.id),
        successor=follower,
        proposals=() if follower else catalogue.policy.proposed_after(programme.id),
    )


def proposal_in_words(proposal: Proposal) -> str:
    """`Proposed, no law: ... would follow. State on 2025-07-16: ...`."""
    numbers = joined(proposal.documents.value or (), ",") or say("number not known")
    state = sentence(proposal.state.value or say("not known"))
    day, named = proposal.proposed_on.value, {"proposal": proposal.name, "numbers": numbers}
    proposed = (
        say("Proposed on {day}, not law: {proposal} ({numbers}) would follow in 2028-2034.", day=day, **named)
        if day
        else say("Proposed, not law: {proposal} ({numbers}) would follow in 2028-2034.", **named)
    )
    return sentences(proposed, say("State on {day}: {state}", day=proposal.state_on, state=state))


def reason_in_words(said: Told) -> str:
    """The sentence with the note or doubt of its evidence, for places that show no evidence of its own."""
    evidence = said.evidence
    return sentences(
        said.text,
        sentence(evidence.note) if evidence.note else "",
        say("Not confirmed: {why}", why=sentence(evidence.unverified)) if evidence.unverified else "",
    )


def _with_years(name: str, years: str) -> str:
    return say("{programme} ({years}).", programme=name, years=years)


def _years(programme: Programme) -> str:
    return ", ".join(programme.periods)
