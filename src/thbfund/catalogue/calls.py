"""Calls for proposals: their topics, the families they belong to, and what state each is in on a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise, product
from statistics import median
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator

from thbfund.catalogue.facts import Day, Euro, Fact, Many, Source, Text
from thbfund.catalogue.marks import LISTED
from thbfund.catalogue.model import Eligibility, Identifier, ProgrammeId, StrandId
from thbfund.catalogue.vocabulary import ActivityId, TargetGroupId
from thbfund.input.validation import Closed, wrong_value

Status = Literal["open", "forthcoming", "closed", "unknown"]
Relevance = Literal["core", "close", "related"]
RELEVANCES: tuple[Relevance, ...] = get_args(Relevance)  # nearest to trafficking first

FIRST_YEAR, LAST_YEAR = 2007, 2034
Count = Annotated[int, Field(ge=0)]
FamilyId = Annotated[Identifier, Field(json_schema_extra={LISTED: "families"})]


ANNOUNCED_AHEAD = 366  # days; work programmes name topics about a year ahead, and the day of publication is not kept


class _Subject(Closed):
    """What a call pays for and whom it serves, to tell whether it is one for a project. Our classification."""

    activities: Many[ActivityId] = Field((), description="Empty, with target_groups, where most projects would do.")
    target_groups: Many[TargetGroupId] = Field((), description="Whom it serves; empty where most people would do.")

    @property
    def tags(self) -> frozenset[str]:
        """Activities and target groups; no id stands in both vocabularies."""
        return frozenset((*self.activities, *self.target_groups))


class Topic(_Subject):
    """A topic of a call, or a call that has no topics: what one applies to.

    Its `eligibility` holds only what this topic sets itself; for all else the conditions of the strand hold.
    """

    id: Text = Field(description="As published: ISF-2026-TF2-AG-THB, EuropeAid/155232/DH/ACT/Multi.")
    call: Text | None = Field(None, description="Id of the call that the topic belongs to, where it has one.")
    title: Text = Field(description="As published.")
    strand: StrandId = Field(description="Id of the strand that pays for it.")
    year: Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)] = Field(description="Year of the round.")
    family: FamilyId | None = Field(None, description="Id of the family of which it is a round; null: of none.")
    relevance: Relevance = Field(
        description="core: trafficking or forced labour is the subject; close: victims, smuggling, labour "
        "exploitation, children or gender-based violence; related: usable with a trafficking angle. Our judgement."
    )
    subject: Fact[Text] = Field(description="What is paid for, in own words.")
    themes: Many[Text] = Field((), description="What it is about, in keywords.")
    opens_on: Fact[Day] | None = Field(None, description="First day on which applications are taken.")
    deadline: Fact[Day] | None = Field(None, description="Last day; of two stages the first.")
    deadline_time: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] | None = Field(
        None, description="Brussels time, HH:MM."
    )
    rolling: bool = Field(False, description="Applications are taken at any time.")
    budget: Fact[Euro] | None = Field(None, description="Money set aside for the round, in EUR.")
    budget_scope: Literal["topic", "call"] = Field("topic", description="call: the amount covers other topics too.")
    expected_grants: Text | None = Field(None, description="How many and how large, as the call foresees.")
    proposals_received: Fact[Count] | None = Field(None, description="Once it is closed and the number published.")
    projects_funded: Fact[Count] | None = Field(None, description="Once it is decided and the number published.")
    submission: Text | None = Field(None, description="Where applications go.")
    eligibility: Eligibility = Eligibility()

    @property
    def opens(self) -> date | None:
        """First day; None where it is not known."""
        return self.opens_on.value if self.opens_on else None

    @property
    def closes(self) -> date | None:
        """Last day; None where it is not known."""
        return self.deadline.value if self.deadline else None

    @property
    def received(self) -> int | None:
        """Number of proposals that came in; None where it is not on record."""
        return self.proposals_received.value if self.proposals_received else None

    @property
    def funded(self) -> int | None:
        """Number of projects that were funded; None where it is not on record."""
        return self.projects_funded.value if self.projects_funded else None

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> Self:
        """By every source, where they disagree."""
        first_days = self.opens_on.readings if self.opens_on else ()
        last_days = self.deadline.readings if self.deadline else ()
        for opens, closes in product(first_days, last_days):
            if closes < opens:
                raise wrong_value("dates-out-of-order", f"deadline {closes}", f"a day after the opening on {opens}")
        return self

    def status(self, on: date) -> Status:
        """What state the topic is in on a day; unknown where the catalogue lacks the date that decides."""
        opens, closes = self.opens, self.closes
        if closes and on > closes:
            return "closed"
        if opens and on < opens:
            return "forthcoming" if (opens - on).days <= ANNOUNCED_AHEAD else "unknown"
        if opens and (closes or self.rolling):
            return "open"
        # Without a deadline, a round of an earlier year has run out; only a rolling one may still be open.
        over = closes is None and on.year > self.year and not self.rolling
        return "closed" if over else "unknown"


class Family(_Subject):
    """Rounds of the same kind over the years, known by one name.

    Its `relevance` tells what a next round may be counted on for: one round on trafficking does not make the
    subject of its family trafficking.
    """

    id: Identifier = Field(description="Final; kept when the family goes on in the next period.")
    name: Text = Field(description="What its rounds have in common, as one would call it.")
    strand: StrandId = Field(description="Id of the strand that pays for all its rounds.")
    relevance: Relevance = Field(
        description="As for topics, but of the subject that all rounds share: never above the most relevant round."
    )
    note: Text | None = Field(None, description="What else a reader should know of the family.")


class Calls(Closed):
    """The calls of one programme: one file."""

    programme: ProgrammeId = Field(description="Id of the programme, which is also the name of the file.")
    families: Many[Family] = Field((), description="Rounds that belong together; a topic may do without.")
    topics: Many[Topic] = Field(description="All calls on record, past and coming.")
    sources: dict[str, Source] = Field(description="Documents that the facts cite, by key.")

    def tags_of(self, topic: Topic) -> frozenset[str]:
        """The topic's own tags, or those that its family shares."""
        shared = (family.tags for family in self.families if family.id == topic.family)
        return topic.tags or next(shared, frozenset())

    def in_family(self, family: str) -> list[Topic]:
        """The rounds of a family, oldest first."""
        return sorted((topic for topic in self.topics if topic.family == family), key=lambda topic: topic.year)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a family came, and when it may come again.

    Attributes:
        years: of the rounds on record, each once.
        expected_year: last year plus the usual gap; None where one round alone is on record.
    """

    years: tuple[int, ...]
    expected_year: int | None


SHORTEST_CALL = 60  # days; a call that has not come by November would hardly open and close in the same year
MOST_YEARS_LATE = 2  # a family overdue for longer has probably ended; it is no longer called expected


def rhythm(topics: Iterable[Topic]) -> Rhythm:
    """The years of a family's rounds, and the year in which the next would fall by the median gap."""
    years = sorted({topic.year for topic in topics})
    gaps = [later - earlier for earlier, later in pairwise(years)]
    return Rhythm(tuple(years), years[-1] + max(1, round(median(gaps))) if gaps else None)


def expected(topics: Sequence[Topic], on: date, ends_on: date | None) -> int | None:
    """The year in which another round is to be expected, not announced; None where none is.

    Never in a year past, nor after the programme's end, nor while a round is open or announced.
    """
    found = rhythm(topics)
    if found.expected_year is None or any(topic.status(on) in {"open", "forthcoming"} for topic in topics):
        return None
    if on.year - found.expected_year > MOST_YEARS_LATE:
        return None
    year = max(found.expected_year, (on + timedelta(days=SHORTEST_CALL)).year)
    return None if ends_on and year > ends_on.year else year
