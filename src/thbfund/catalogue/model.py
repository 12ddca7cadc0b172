"""The catalogue as typed, immutable values: programmes, their strands, and the conditions of eligibility."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from thbfund.catalogue.facts import Celex, Day, Disputable, Euro, Evidence, Fact, Many, Share, Source, Text, Url
from thbfund.catalogue.marks import LISTED, UNIT
from thbfund.catalogue.vocabulary import (
    ActivityId,
    ApplicantTypeId,
    FormId,
    PlaceId,
    PriorityId,
    RouteId,
    TargetGroupId,
    Vocabularies,
)
from thbfund.input.validation import Closed, wrong_value

Period = Literal["2014-2020", "2021-2027"]
Identifier = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
StrandId = Annotated[Identifier, Field(json_schema_extra={LISTED: "strands"})]
ProgrammeId = Annotated[Identifier, Field(json_schema_extra={LISTED: "programmes"})]
Months = Annotated[int, Field(ge=1, json_schema_extra={UNIT: "months"})]
Admittance = Literal["open", "depends", "closed", "unknown"]

COMMUNICATION_2017 = ("A", "B", "C", "X1", "X2")
"""Priorities of COM(2017) 728 that every strand is graded against."""

PILLARS_2021 = "S21-"
"""How the ids of the pillars of the Strategy 2021-2025 begin; strands of 2021-2027 are graded against them too."""


class Span(Closed):
    """First and last day; null where there is none."""

    starts_on: Day
    ends_on: Day | None = None


class TypeAdmission(Closed):
    """Which types of applicant are admitted. A type in no list is unknown: silence is not a no."""

    open_to: Many[ApplicantTypeId] = ()
    depends_on_call: Many[ApplicantTypeId] = ()
    closed_to: Many[ApplicantTypeId] = ()
    others: Admittance = Field("unknown", description="What holds for every type that is not listed.")

    def answer(self, applicant_type: str) -> Admittance:
        """Whether a type of applicant is admitted."""
        for admittance, listed in _lists(self):
            if applicant_type in listed:
                return admittance
        return self.others


class PlaceAdmission(Closed):
    """Which countries are admitted, by code or group. A country named itself outranks the groups it belongs to."""

    open_to: Many[PlaceId] = ()
    depends_on_call: Many[PlaceId] = ()
    closed_to: Many[PlaceId] = ()
    others: Admittance = Field("unknown", description="What holds for every country that is not listed.")

    def answer(self, country: str, vocabularies: Vocabularies) -> Admittance:
        """Whether a country is admitted."""
        for admittance, listed in _lists(self):
            if country in listed:
                return admittance
        groups = vocabularies.groups_with(country)
        for admittance, listed in _lists(self):
            if not groups.isdisjoint(listed):
                return admittance
        return self.others


def _lists(admission: TypeAdmission | PlaceAdmission) -> tuple[tuple[Admittance, tuple[str, ...]], ...]:
    return ("closed", admission.closed_to), ("depends", admission.depends_on_call), ("open", admission.open_to)


class TypesByRole(Closed):
    """Admitted types of applicant for each role."""

    lead: Fact[TypeAdmission] | None = None
    partner: Fact[TypeAdmission] | None = None
    associated: Fact[TypeAdmission] | None = None
    sub_grantee: Fact[TypeAdmission] | None = None


class PlacesByRole(Closed):
    """Admitted countries of establishment for each role."""

    lead: Fact[PlaceAdmission] | None = None
    partner: Fact[PlaceAdmission] | None = None
    associated: Fact[PlaceAdmission] | None = None
    sub_grantee: Fact[PlaceAdmission] | None = None


class Consortium(Closed):
    """The smallest consortium, the lead included. Only organisations from countries open to the lead count."""

    min_organisations: Annotated[int, Field(ge=1)] = 1
    min_countries: Annotated[int, Field(ge=1)] = 1
    min_from: Many["CountedGroup"] = Field((), description="How many must come from a group of countries.")
    not_counted: Many[ApplicantTypeId] = Field((), description="Types that do not count towards the minimum.")


class CountedGroup(Closed):
    """A number of organisations that must come from given countries."""

    count: Annotated[int, Field(ge=1)]
    places: Many[PlaceId]


class RequiredPartner(Closed):
    """A kind of organisation that must take part, as lead or partner."""

    any_of: Many[ApplicantTypeId]
    why: Text


class TargetGroupCondition(Closed):
    """Whom the money may serve."""

    third_country_nationals_only: bool = False
    any_of: Many[TargetGroupId] = Field((), description="At least one of these must be served.")

    @model_validator(mode="after")
    def _is_one_condition(self) -> Self:
        if self.third_country_nationals_only and self.any_of:
            found, allowed = "third_country_nationals_only and any_of", "one of the two, for a rule judges one"
            raise wrong_value("wrong-value", found, allowed, "take one of them away")
        return self


class ActivityCondition(Closed):
    """What the project must or must not be about."""

    any_of: Many[ActivityId] = Field((), description="At least one of these must be part of the project.")
    not_only: Many[ActivityId] = Field((), description="A project that does nothing but these is not funded.")


class GrantRange(Closed):
    """Smallest and largest EU grant, in EUR; null: no such limit."""

    min_eur: Euro | None = None
    max_eur: Euro | None = None


class DurationRange(Closed):
    """Shortest and longest duration, in months; null: no such limit."""

    min_months: Months | None = None
    max_months: Months | None = None


class AlsoCheck(Evidence):
    """A condition that cannot be computed and is shown to the applicant instead."""

    text: Text


class Eligibility(Closed):
    """The conditions of a strand, or those that all strands of a programme share. A field left out is unknown."""

    applicant_types: TypesByRole = TypesByRole()
    countries: PlacesByRole = PlacesByRole()
    place_of_action: Fact[PlaceAdmission] | None = None
    consortium: Fact[Consortium] | None = None
    required_partners: Fact[Many[RequiredPartner]] | None = None
    target_group: Fact[TargetGroupCondition] | None = None
    activity: Fact[ActivityCondition] | None = None
    grant: Fact[GrantRange] | None = None
    eu_rate: Fact[Share] | None = Field(None, description="Largest EU share of the eligible costs.")
    duration: Fact[DurationRange] | None = None
    also_check: Many[AlsoCheck] = ()


class LegalBasis(Evidence):
    """An act that the programme rests on."""

    act: Text
    celex: Celex | None = None
    role: Text


class BudgetLine(Disputable[Euro]):
    """An amount set aside; null where no figure is known."""

    label: Text
    amount_eur: Euro | None

    @property
    def stated(self) -> int | None:
        """The amount in euro."""
        return self.amount_eur


class Grade(Closed):
    """How far a strand serves a priority, in our judgement: 0 none, 1 marginal, 2 solid, 3 core."""

    grade: Annotated[int, Field(ge=0, le=3)]
    reason: Text


class Tags(Closed):
    """What a strand is about, in the words of the vocabularies: our classification, not the EU's."""

    target_groups: Many[TargetGroupId]
    activities: Many[ActivityId]
    forms_of_exploitation: Many[FormId] = ()


class Strand(Closed):
    """A part of a programme that an applicant meets as a door of its own."""

    id: Identifier
    name: Text
    managing_body: Fact[Text]
    management_mode: Fact[Literal["direct", "shared", "indirect"]]
    route: Fact[RouteId]
    how_to_apply: Fact[Text]
    closed_for_good_on: Fact[Day] | None = Field(None, description="Only where this door shut before the programme.")
    objectives: Fact[Text]
    actions: Fact[Many[Text]]
    not_funded: Fact[Many[Text]] | None = None
    tags: Tags
    relevance: dict[PriorityId, Grade]
    eligibility: Eligibility = Eligibility()


class Programme(Closed):
    """An EU funding programme of one programming period."""

    id: Identifier
    name: Text
    acronym: Text
    periods: Many[Period]
    named_in_brochure: bool = Field(description="Named in the Commission's brochure of 2017-2019.")
    official_page: Fact[Url]
    summary: Fact[Text]
    in_force: Fact[Span]
    predecessors: Fact[Many[Text]]
    successor: Fact[ProgrammeId] = Field(description="Id of the programme that follows; null with a note: none.")
    legal_basis: Many[LegalBasis]
    budget: Many[BudgetLine]
    eligibility: Eligibility = Field(Eligibility(), description="Conditions that all strands share.")
    strands: Annotated[Many[Strand], Field(min_length=1)]
    sources: dict[str, Source]

    @property
    def short_name(self) -> str:
        """`CERV 2021-2027`: what people call it, with the period in which it began; fits a label on a phone."""
        return f"{self.acronym} {self.periods[0]}"

    def is_in_force(self, on: date) -> bool:
        """Whether the programme takes or can take applications on a day; one source is enough where they disagree."""
        spans = self.in_force.readings
        return any(span.starts_on <= on and (span.ends_on is None or on <= span.ends_on) for span in spans)

    def begins_after(self, on: date) -> date | None:
        """The first day that a source gives, where none of them lets the programme begin by a day; else None."""
        first = min((span.starts_on for span in self.in_force.readings), default=on)
        return first if first > on else None


Consortium.model_rebuild()
