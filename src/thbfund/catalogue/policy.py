"""The policy behind the money: documents, actors, figures, outreach, words, what came before and what is proposed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import Field

from thbfund.catalogue.facts import Celex, Cited, Day, Evidence, Fact, Many, Source, Text
from thbfund.catalogue.model import BudgetLine, Identifier
from thbfund.catalogue.vocabulary import TargetGroupId
from thbfund.input.validation import Closed

DocumentKind = Literal[
    "treaty", "directive", "regulation", "strategy", "communication", "report", "statistics", "resolution", "opinion",
    "conclusions", "joint_statement", "action_plan", "guidance", "study",
]  # fmt: skip
ActorKind = Literal[
    "coordinator", "network", "civil_society", "agency", "commission", "parliament", "council", "international", "hub"
]
Years = Annotated[str, Field(pattern=r"^\d{4}(-\d{4})?$")]
"""A year, or first and last year: 2015-2016."""


class PolicyEntry(Closed):
    """What all entries of `data/policy` share."""

    id: Identifier = Field(description="Final, and unique in the file.")


class PolicyFact(Evidence, PolicyEntry):
    """An entry that claims something, and so needs evidence."""


class Instrument(PolicyFact):
    """A document of EU policy against trafficking; its sources hold the address."""

    kind: DocumentKind = Field(description="What sort of document it is.")
    title: Text = Field(description="Short name in use; the official title may be longer.")
    number: Text | None = Field(None, description="As cited: COM(2017) 728 final, Directive 2011/36/EU.")
    celex: Celex | None = Field(None, description="Its number in EUR-Lex; null where it was not read.")
    year: Annotated[int, Field(ge=1990, le=2034)] | None = Field(description="Null where it was not read.")
    date: Day | None = Field(None, description="Day of adoption or publication; null where only the year is known.")
    what: Text = Field(description="What it is and what it says, in own words.")
    follows: Many[Identifier] = Field((), description="Instruments that it carries on, reports on or fulfils.")
    amends: Many[Identifier] = Field((), description="Instruments that it changes.")


class Actor(PolicyFact):
    """A body that works against trafficking at EU level or beyond."""

    kind: ActorKind = Field(description="What sort of body it is.")
    name: Text = Field(description="Its name in English.")
    acronym: Text | None = Field(None, description="Short name in use, where it has one.")
    role: Text = Field(description="What it does against trafficking.")
    ask_for: Many[Text] = Field((), description="What an NGO can ask it for: our advice, not the body's own offer.")
    signed: Many[Identifier] = Field((), description="Instruments that it signed.")


class Figure(PolicyFact):
    """One number, with what it counts."""

    label: Text = Field(description="What is counted, in a few words.")
    value: float = Field(description="The number, in `unit`.")
    unit: Literal[
        "persons", "percent", "per_million_inhabitants", "prosecutions", "convictions", "eur", "projects", "times"
    ] = Field(description="percent: from 0 to 100; eur: whole euro; times: so many for each one.")
    qualifier: Literal["exact", "about", "almost", "more_than", "up_to"] = Field(
        "exact", description="How closely the source gives the number."
    )
    period: Years | None = Field(description="Null where the source names none.")
    population: Text = Field(description="Whom or what it counts, and where.")


class Outreach(PolicyFact):
    """A day, campaign or service that reaches the public, victims or professionals."""

    kind: Literal["day", "campaign", "helpline", "website", "publication"] = Field(description="What sort it is.")
    name: Text = Field(description="What it is called.")
    when: Text | None = Field(None, description="Day or years, in words; null where there is no such time.")
    what: Text = Field(description="What it is and whom it reaches.")
    use_it: Many[Text] = Field((), description="How an NGO can use it: our advice.")


class GlossaryTerm(PolicyEntry):
    """A word that the app uses, in plain words."""

    field: Literal["grants", "trafficking", "app"] = Field(description="Whose word it is: app means our own.")
    term: Text = Field(description="The word or words as the app writes them.")
    meaning: Text = Field(description="What it means, in plain words.")
    not_to_confuse_with: Text | None = Field(None, description="What is easily taken for it.")
    sources: Many[Cited] = Field((), description="Where the meaning was read; none: our words for everyday use.")
    see: Many[Identifier] = Field((), description="Ids of other terms.")


class Step(Evidence):
    """Something that happened, or was expected to happen, in a procedure."""

    on: Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")] = Field(description="Day, month or year.")
    event: Text = Field(description="What happened, or would.")


class Proposal(PolicyFact):
    """A programme of 2028-2034 as proposed. It is no law: texts say `would`, never `will`."""

    name: Text = Field(description="Short name in use.")
    documents: Fact[Many[Text]] = Field(description="Numbers of the proposal and of its procedure.")
    proposed_on: Fact[Day] = Field(description="Day on which the Commission put it forward.")
    succeeds: Many[Identifier] = Field((), description="Ids of the programmes that it would follow.")
    plan: Text = Field(description="What the Commission proposed; the evidence of the entry is about this.")
    anti_trafficking: Fact[Text] = Field(description="What it would mean for work against trafficking.")
    budget: Many[BudgetLine] = Field((), description="The Commission's amounts, unless the label says otherwise.")
    for_ngos: Text = Field(description="What it would mean for an NGO: our assessment.")
    state: Fact[Text] = Field(description="How far the procedure has come.")
    state_on: Day = Field(description="Day on which that was so.")
    steps: Many[Step] = Field((), description="The procedure so far, oldest first.")


class Predecessor(PolicyFact):
    """A programme before 2014, or one outside the catalogue, that a programme of the catalogue followed."""

    name: Text = Field(description="Its name, with the short one.")
    period: Years | None = Field(None, description="Null where it is not known.")
    followed_by: Many[Identifier] = Field(description="Ids of programmes.")


class PolicyArea(PolicyFact):
    """An area of EU policy that touches trafficking, and how far the catalogue covers its money."""

    area: Text = Field(description="Name of the area.")
    named_in_brochure: bool = Field(description="Whether the Commission's brochure names it.")
    covered: Literal["yes", "partly", "no"] = Field(description="How far the catalogue has its money.")
    programmes: Many[Identifier] = Field((), description="Programmes of the catalogue that pay in this area.")
    why: Text = Field(description="Why it is covered like this: our choice.")
    where_to_look: Fact[Text] | None = Field(None, description="Where money that is not covered can be found.")


class Sign(Evidence):
    """Something by which a text shows an approach. The evidence is that of the clause to cite."""

    id: Identifier = Field(description="Also the entry of lexicon/approach.yaml with the words that show it.")
    title: Text = Field(description="What a text does that shows it.")
    add: Text = Field(description="What to do and write where it is missing: our advice.")
    clause: Text = Field(description="What to cite for it: the document and the place in it.")
    instruments: Many[Identifier] = Field((), description="The documents of the clause.")


class Approach(PolicyFact):
    """One of the four marks of EU action against trafficking."""

    title: Text = Field(description="Name of the mark.")
    meaning: Text = Field(description="What it asks of a project, in a sentence or two.")
    clause: Text = Field(description="What to cite for it: the document and the place in it.")
    instruments: Many[Identifier] = Field((), description="The documents of the clause.")
    only_for: Many[TargetGroupId] = Field((), description="Only where one of these is served; empty: always.")
    signs: Annotated[Many[Sign], Field(min_length=1)] = Field(description="By what a text shows it; at least one.")


EntryT = TypeVar("EntryT", bound=PolicyEntry)


class PolicyFile(Closed, Generic[EntryT]):
    """A list of entries of one kind with the sources they cite: one file."""

    id: str = Field(description="Name of the file.")
    title: Text = Field(description="Heading of the page that shows it.")
    description: Text = Field(description="What the list holds and how far it can be relied on.")
    entries: Many[EntryT] = Field(description="In the order in which they are shown.")
    sources: dict[str, Source] = Field(description="Documents that the entries cite, by key.")


POLICY_FILES: Mapping[str, type[PolicyFile[Any]]] = MappingProxyType(
    {
        "instruments": PolicyFile[Instrument],
        "actors": PolicyFile[Actor],
        "statistics": PolicyFile[Figure],
        "outreach": PolicyFile[Outreach],
        "glossary": PolicyFile[GlossaryTerm],
        "predecessors": PolicyFile[Predecessor],
        "outlook": PolicyFile[Proposal],
        "coverage": PolicyFile[PolicyArea],
        "approach": PolicyFile[Approach],
    }
)
"""Files of `data/policy` by name."""

OPTIONAL = {"approach"}
"""Files that a folder may lack: they came after the first catalogues, which must stay readable."""


@dataclass(frozen=True, slots=True)
class FilesOfEntries:
    """Files of this form from one folder; none where a catalogue lacks the folder.

    Attributes:
        files: by name, with the sources that their entries cite.
    """

    files: Mapping[str, PolicyFile[Any]] = field(default_factory=dict)

    def sources(self, file: str) -> Mapping[str, Source]:
        """The sources of one file."""
        found: Mapping[str, Source] = self.files[file].sources
        return found

    def _entries(self, file: str, kind: type[EntryT]) -> tuple[EntryT, ...]:
        found = self.files.get(file)
        return tuple(entry for entry in found.entries if isinstance(entry, kind)) if found else ()


@dataclass(frozen=True, slots=True)
class Policy(FilesOfEntries):
    """All policy knowledge: the folder `policy`."""

    @property
    def instruments(self) -> tuple[Instrument, ...]:
        """Documents, in the order of the file."""
        return self._entries("instruments", Instrument)

    @property
    def actors(self) -> tuple[Actor, ...]:
        """Who works against trafficking."""
        return self._entries("actors", Actor)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Statistics."""
        return self._entries("statistics", Figure)

    @property
    def outreach(self) -> tuple[Outreach, ...]:
        """Days, campaigns and services."""
        return self._entries("outreach", Outreach)

    @property
    def glossary(self) -> tuple[GlossaryTerm, ...]:
        """Words of the app."""
        return self._entries("glossary", GlossaryTerm)

    @property
    def areas(self) -> tuple[PolicyArea, ...]:
        """Areas of policy, covered or not."""
        return self._entries("coverage", PolicyArea)

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """Proposals for 2028-2034, none of them law."""
        return self._entries("outlook", Proposal)

    @property
    def approaches(self) -> tuple[Approach, ...]:
        """The four marks of EU action, each with the signs by which a text shows it."""
        return self._entries("approach", Approach)

    def before(self, programme: str) -> tuple[Predecessor, ...]:
        """What a programme of the catalogue followed, as far as it is itself outside the catalogue."""
        return tuple(one for one in self._entries("predecessors", Predecessor) if programme in one.followed_by)

    def proposed_after(self, programme: str) -> tuple[Proposal, ...]:
        """The proposals that would follow a programme."""
        return tuple(one for one in self.proposals if programme in one.succeeds)
