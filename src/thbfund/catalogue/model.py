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
    """From one day to another, or to no set end."""

    starts_on: Day = Field(description="First day.")
    ends_on: Day | None = Field(None, description="Last day; null: none is set.")


class TypeAdmission(Closed):
    """Which types of applicant are admitted. A type in no list is unknown: silence is not a no."""

    open_to: Many[ApplicantTypeId] = Field((), description="Types that are admitted.")
    depends_on_call: Many[ApplicantTypeId] = Field((), description="Types on which each call decides.")
    closed_to: Many[ApplicantTypeId] = Field((), description="Types that are shut out.")
    others: Admittance = Field("unknown", description="What holds for every type that is not listed.")

    def answer(self, applicant_type: str) -> Admittance:
        """Whether a type of applicant is admitted."""
        for admittance, listed in _lists(self):
            if applicant_type in listed:
                return admittance
        return self.others


class PlaceAdmission(Closed):
    """Which countries are admitted, by code or group. A country named itself outranks the groups it belongs to."""

    open_to: Many[PlaceId] = Field((), description="Admitted, by code or group; a code outranks its groups.")
    depends_on_call: Many[PlaceId] = Field((), description="Countries on which each call decides.")
    closed_to: Many[PlaceId] = Field((), description="Countries that are shut out.")
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

    lead: Fact[TypeAdmission] | None = Field(None, description="Types that may hand in the application.")
    partner: Fact[TypeAdmission] | None = Field(
        None, description="Types that may do a part of the work for a share of the grant."
    )
    associated: Fact[TypeAdmission] | None = Field(
        None, description="Types that may take part without money from the grant."
    )
    sub_grantee: Fact[TypeAdmission] | None = Field(
        None, description="Types that may get a small grant from the beneficiary."
    )


class PlacesByRole(Closed):
    """Admitted countries of establishment for each role."""

    lead: Fact[PlaceAdmission] | None = Field(None, description="Seats that may hand in the application.")
    partner: Fact[PlaceAdmission] | None = Field(
        None, description="Seats that may do a part of the work for a share of the grant."
    )
    associated: Fact[PlaceAdmission] | None = Field(
        None, description="Seats that may take part without money from the grant."
    )
    sub_grantee: Fact[PlaceAdmission] | None = Field(
        None, description="Seats that may get a small grant from the beneficiary."
    )


class Consortium(Closed):
    """The smallest consortium, the lead included. Only organisations from countries open to the lead count."""

    min_organisations: Annotated[int, Field(ge=1)] = Field(1, description="How many organisations, the lead included.")
    min_countries: Annotated[int, Field(ge=1)] = Field(1, description="From how many countries these must come.")
    min_from: Many["CountedGroup"] = Field((), description="How many must come from a group of countries.")
    not_counted: Many[ApplicantTypeId] = Field((), description="Types that do not count towards the minimum.")


class CountedGroup(Closed):
    """A number of organisations that must come from given countries."""

    count: Annotated[int, Field(ge=1)] = Field(description="How many at least.")
    places: Many[PlaceId] = Field(description="Countries or groups from any of which they may come.")


class RequiredPartner(Closed):
    """A kind of organisation that must take part, as lead or partner."""

    any_of: Many[ApplicantTypeId] = Field(description="Types of which one is enough.")
    why: Text = Field(description="What asks for it, in a few words; the app shows it.")


class TargetGroupCondition(Closed):
    """Whom the money may serve."""

    third_country_nationals_only: bool = Field(False, description="Only people from outside the EU may be served.")
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
    """Smallest and largest EU grant."""

    min_eur: Euro | None = Field(None, description="Smallest grant, in EUR; null: no limit.")
    max_eur: Euro | None = Field(None, description="Largest grant, in EUR; null: no limit.")


class DurationRange(Closed):
    """Shortest and longest duration."""

    min_months: Months | None = Field(None, description="Shortest duration, in months; null: no limit.")
    max_months: Months | None = Field(None, description="Longest duration, in months; null: no limit.")


class AlsoCheck(Evidence):
    """A condition that cannot be computed and is shown to the applicant instead."""

    text: Text = Field(description="The condition in a sentence.")


class Eligibility(Closed):
    """The conditions of a strand, or those that all strands of a programme share. A field left out is unknown."""

    applicant_types: TypesByRole = TypesByRole()
    countries: PlacesByRole = PlacesByRole()
    place_of_action: Fact[PlaceAdmission] | None = Field(None, description="Where the work may take place.")
    consortium: Fact[Consortium] | None = Field(
        None, description="The smallest; only seats in countries open to the lead count."
    )
    required_partners: Fact[Many[RequiredPartner]] | None = Field(
        None, description="Kinds of which each must take part."
    )
    target_group: Fact[TargetGroupCondition] | None = Field(None, description="Whom the money may serve.")
    activity: Fact[ActivityCondition] | None = Field(None, description="What the project must do, or not do alone.")
    grant: Fact[GrantRange] | None = Field(None, description="Smallest and largest EU grant, in EUR.")
    eu_rate: Fact[Share] | None = Field(None, description="Largest EU share of the eligible costs.")
    duration: Fact[DurationRange] | None = Field(None, description="Shortest and longest project, in months.")
    also_check: Many[AlsoCheck] = Field((), description="Conditions that no rule can compute.")


class LegalBasis(Evidence):
    """An act that the programme rests on."""

    act: Text = Field(description="As it is cited: Regulation (EU) 2021/1147.")
    celex: Celex | None = Field(None, description="Its number in EUR-Lex; null where it was not read.")
    role: Text = Field(description="What it does for the programme, in a few words.")


class BudgetLine(Disputable[Euro]):
    """An amount set aside; null where no figure is known."""

    label: Text = Field(description="What the amount is for, with years and price base where they are known.")
    amount_eur: Euro | None = Field(description="In whole EUR; null: unknown, never zero.")

    @property
    def stated(self) -> int | None:
        """The amount in euro."""
        return self.amount_eur


class Grade(Closed):
    """How far a strand serves a priority, in our judgement."""

    grade: Annotated[int, Field(ge=0, le=3)] = Field(description="0 none, 1 marginal, 2 solid, 3 core.")
    reason: Text = Field(description="Why this grade and not the next, in 5 to 15 words.")


class Tags(Closed):
    """What a strand is about, in the words of the vocabularies: our classification, not the EU's."""

    target_groups: Many[TargetGroupId] = Field(description="Whom it typically serves.")
    activities: Many[ActivityId] = Field(description="What it typically pays for.")
    forms_of_exploitation: Many[FormId] = Field((), description="Forms that it names; none where it names none.")


class Strand(Closed):
    """A part of a programme that an applicant meets as a door of its own."""

    id: Identifier = Field(description="Final; unique in the programme.")
    name: Text = Field(description="What it is called, without the name of the programme.")
    managing_body: Fact[Text] = Field(description="Who decides on the money.")
    management_mode: Fact[Literal["direct", "shared", "indirect"]] = Field(
        description="direct: the Commission or its agency spends; shared: Member States; indirect: a body entrusted."
    )
    route: Fact[RouteId] = Field(description="Whose call it is and where one applies.")
    how_to_apply: Fact[Text] = Field(description="For an NGO: what to do, with whom, where.")
    closed_for_good_on: Fact[Day] | None = Field(None, description="Only where this door shut before the programme.")
    objectives: Fact[Text] = Field(
        description="What is done, for whom and where, in 80 to 900 characters; it is ranked by."
    )
    actions: Fact[Many[Text]] = Field(description="What is paid for, as items of a list.")
    not_funded: Fact[Many[Text]] | None = Field(None, description="What is expressly not paid for.")
    tags: Tags
    relevance: dict[PriorityId, Grade] = Field(
        description="By priority: A, B, C, X1, X2; from 2021 the pillars S21 too."
    )
    eligibility: Eligibility = Eligibility()


class Programme(Closed):
    """An EU funding programme of one programming period."""

    id: Identifier = Field(description="Final; also the name of the file.")
    name: Text = Field(description="Official name in English.")
    acronym: Text = Field(description="Short name in use; the name again where there is none.")
    periods: Many[Period] = Field(description="Programming periods in which it pays, the first one first.")
    named_in_brochure: bool = Field(description="Named in the Commission's brochure of 2017-2019.")
    official_page: Fact[Url] = Field(description="The page of whoever runs it.")
    summary: Fact[Text] = Field(
        description="What it is for and what it means against trafficking, in a sentence or two."
    )
    in_force: Fact[Span] = Field(description="From when to when it takes applications.")
    predecessors: Fact[Many[Text]] = Field(description="Names of the programmes before it; an empty list: none.")
    successor: Fact[ProgrammeId] = Field(description="Id of the programme that follows; null with a note: none.")
    legal_basis: Many[LegalBasis] = Field(description="Acts that it rests on.")
    budget: Many[BudgetLine] = Field(description="Amounts for the whole programme or for parts of it.")
    eligibility: Eligibility = Field(Eligibility(), description="Conditions that all strands share.")
    strands: Annotated[Many[Strand], Field(min_length=1)] = Field(description="Its doors; at least one.")
    sources: dict[str, Source] = Field(description="Documents that the facts cite, by key.")

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
