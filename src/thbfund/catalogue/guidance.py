"""Guidance around an application: what to prepare, whom to ask, how long it takes, ways in, and two grants at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from thbfund.catalogue.facts import Euro, Fact, Many, Text, Url
from thbfund.catalogue.model import Identifier, Programme, Strand
from thbfund.catalogue.policy import FilesOfEntries, PolicyFact, PolicyFile
from thbfund.catalogue.vocabulary import ApplicantTypeId, CountryCode, RouteId, TargetGroupId
from thbfund.input.validation import Closed, wrong_value

Mode = Literal["direct", "shared", "indirect"]
WayKind = Literal["regranting", "partner_seat", "national_programme", "operating_grant", "small_grant"]
Months = Annotated[int, Field(ge=0, le=36)]


class Concerns(Closed):
    """Which doors an entry is about. An empty list leaves its question open; what is listed must all hold."""

    routes: Many[RouteId] = Field((), description="Routes to the money; empty: any.")
    management_modes: Many[Mode] = Field((), description="Who spends the money; empty: anybody.")
    programmes: Many[Identifier] = Field((), description="Ids of programmes; empty: any.")

    def includes(self, programme: Programme, strand: Strand) -> bool:
        """Whether a strand of a programme is among them."""
        return (
            (not self.routes or strand.route.value in self.routes)
            and (not self.management_modes or strand.management_mode.value in self.management_modes)
            and (not self.programmes or programme.id in self.programmes)
        )


class ConcernsApplicant(Concerns):
    """Which doors, and which applicants at them."""

    applicant_types: Many[ApplicantTypeId] = Field((), description="Types of the applicant; empty: any.")
    countries: Many[CountryCode] = Field((), description="Countries of the seat; empty: any.")
    target_groups: Many[TargetGroupId] = Field(
        (), description="Only where one of these people is served; empty: always."
    )


class LeadTime(Closed):
    """How long something usually takes."""

    least: Annotated[int, Field(ge=1)] = Field(description="At least so many.")
    most: Annotated[int, Field(ge=1)] | None = Field(None, description="At most so many; null: not known.")
    unit: Literal["days", "weeks", "months"] = Field(description="What is counted.")


class Preparation(PolicyFact):
    """Something to have ready before one applies."""

    kind: Literal["registration", "calendar", "accounts", "organisation", "policy", "exclusion"] = Field(
        description="What sort of thing it is; the app groups by it."
    )
    title: Text = Field(description="The thing itself, in a few words.")
    text: Text = Field(description="What to do and why, in own words.")
    concerns: ConcernsApplicant = ConcernsApplicant()
    lead_time: Fact[LeadTime] | None = Field(None, description="Only where a source gives it.")


class Authority(PolicyFact):
    """Whom to ask: the body that runs a national programme or takes its applications. Never a person."""

    country: CountryCode | None = Field(description="Null for the page that leads to the bodies of all countries.")
    programmes: Many[Identifier] = Field(description="Ids of the programmes whose money it hands out there.")
    name: Text = Field(description="Name of the body and of its unit.")
    url: Url = Field(description="Its own page on the programmes.")


class TimeToGrant(PolicyFact):
    """How long it takes from the deadline to a signed grant, at most as a rule."""

    concerns: Concerns = Concerns()
    text: Text = Field(description="The same in a sentence, for the applicant.")
    months_to_answer: Months = Field(description="Months from the deadline until applicants learn the outcome.")
    months_to_sign: Months = Field(description="Months from there until the grant is signed.")

    @property
    def months(self) -> int:
        """From the deadline to the signature."""
        return self.months_to_answer + self.months_to_sign


class StrandOf(Closed):
    """A strand, named with its programme."""

    programme: Identifier = Field(description="Id of the programme.")
    strand: Identifier = Field(description="Id of the strand in it.")


class WayIn(PolicyFact):
    """A way in for small organisations. A strand has it where one of the four signs holds."""

    kind: WayKind = Field(description="What sort of way it is.")
    title: Text = Field(description="The way in a few words.")
    how: Text = Field(description="How to get in: our advice.")
    routes: Many[RouteId] = Field((), description="Where money comes by one of these routes.")
    role: Literal["partner", "sub_grantee"] | None = Field(None, description="Where an NGO may take this role.")
    smallest_grant_eur: Euro | None = Field(None, description="Where grants begin at this amount or below, in EUR.")
    strands: Many[StrandOf] = Field((), description="Strands that have it although no other sign shows it.")


class FitQuestion(PolicyFact):
    """A question to settle before one project draws on two programmes, with what the law says of it."""

    theme: Literal["same_costs", "combining", "own_share", "roles", "countries", "timing", "quality_label"] = Field(
        description="What it is about."
    )
    question: Text = Field(description="The question, with its mark.")
    text: Text = Field(description="What the law says of it, and what to do.")
    programmes: Many[Identifier] = Field((), description="Only where one of the two is listed; empty: always.")
    management_modes: Many[Mode] = Field((), description="Only where one of the two has such a strand; empty: always.")

    @model_validator(mode="after")
    def _asks(self) -> Self:
        if not self.question.endswith("?"):
            raise wrong_value("wrong-value", self.question, "a question", "end it with a question mark")
        return self


GUIDANCE_FILES: Mapping[str, type[PolicyFile[Any]]] = MappingProxyType(
    {
        "before_you_apply": PolicyFile[Preparation],
        "authorities": PolicyFile[Authority],
        "time_to_grant": PolicyFile[TimeToGrant],
        "ways_in": PolicyFile[WayIn],
        "fit": PolicyFile[FitQuestion],
    }
)
"""Files of `data/guidance` by name; they have the form of the files of `data/policy`."""


@dataclass(frozen=True, slots=True)
class Guidance(FilesOfEntries):
    """All guidance: the folder `guidance`."""

    @property
    def preparations(self) -> tuple[Preparation, ...]:
        """What to have ready, in the order of the file."""
        return self._entries("before_you_apply", Preparation)

    @property
    def authorities(self) -> tuple[Authority, ...]:
        """Whom to ask in which country."""
        return self._entries("authorities", Authority)

    @property
    def times(self) -> tuple[TimeToGrant, ...]:
        """How long a grant takes, the particular before the general."""
        return self._entries("time_to_grant", TimeToGrant)

    @property
    def ways_in(self) -> tuple[WayIn, ...]:
        """Ways in for small organisations."""
        return self._entries("ways_in", WayIn)

    @property
    def fit_questions(self) -> tuple[FitQuestion, ...]:
        """What to settle before two programmes pay for one project."""
        return self._entries("fit", FitQuestion)
