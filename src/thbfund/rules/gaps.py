"""The changes that close a gap where they need other organisations: who, from where, in which role."""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

from thbfund.catalogue.model import PlaceAdmission, TypeAdmission
from thbfund.catalogue.vocabulary import Vocabularies, country_names
from thbfund.project import Applicant, Partner, Project
from thbfund.rules.conditions import Conditions
from thbfund.rules.outcome import Answer, Effort, Gap
from thbfund.rules.wording import joined, places_in_words
from thbfund.said import say, sentences


def gap(text: str, effort: Effort, **fields: Any) -> Gap:
    """Return the gap that fields of the project with these values would close."""
    return Gap(text, effort, lambda project: project.model_copy(update=fields))


def open_countries(admission: PlaceAdmission | None, vocabularies: Vocabularies) -> Iterator[str]:
    """Countries that an admission opens, those named or in a named group first."""
    if admission is None:
        return
    named = [country for place in admission.open_to for country in sorted(vocabularies.countries_in(place))]
    for country in dict.fromkeys([*named, *country_names()]):
        if admission.answer(country, vocabularies) == "open":
            yield country


def other_lead(conditions: Conditions, project: Project, vocabularies: Vocabularies, as_partner: Answer) -> Gap | None:
    """Another organisation leads and the applicant joins it; None where it may not join, or no other lead is known."""
    if as_partner == "not_met":
        return None
    types, places = conditions.applicant_types("lead"), conditions.countries("lead")
    type_admission: TypeAdmission | None = types.value if types else None
    place_admission: PlaceAdmission | None = places.value if places else None
    kind, country = project.applicant.type, project.applicant.country
    wanted: list[str] = []
    if type_admission and kind and type_admission.answer(kind) == "closed":
        kinds = [other for other in type_admission.open_to if type_admission.answer(other) == "open"]
        if not kinds:
            return None
        wanted.append(say("of another type ({types})", types=_types(kinds, vocabularies)))
        kind = kinds[0]
    if place_admission and country and place_admission.answer(country, vocabularies) == "closed":
        places_asked = places_in_words(place_admission, vocabularies)
        wanted.append(say("from a country that takes part ({places})", places=places_asked))
        country = next(open_countries(place_admission, vocabularies), None)
    if not wanted:
        return None
    sure = as_partner == "met"
    kind_of_lead = sentences(*wanted)
    text = (
        say("find a lead {wanted} and join it as partner", wanted=kind_of_lead)
        if sure
        else say("find a lead {wanted} and ask whether you may join it as partner", wanted=kind_of_lead)
    )
    return Gap(text, "lead", _led_by(kind, country), sure)


def _led_by(kind: str | None, country: str | None) -> Callable[[Project], Project]:
    def change(project: Project) -> Project:
        lead = Applicant.model_construct(type=kind, country=country)
        before = partner_of(project.applicant.type, project.applicant.country)
        return project.model_copy(update={"applicant": lead, "partners": (*(project.partners or ()), before)})

    return change


def without_money(shut: Collection[str], names: str) -> Gap:
    """Partners from these countries stay, but take no money."""

    def change(project: Project) -> Project:
        return project.model_copy(update={"partners": tuple(map(unpaid, project.partners or ()))})

    def unpaid(partner: Partner) -> Partner:
        return partner.model_copy(update={"role": "associated"}) if partner.country in shut else partner

    text = say("replace the partner from {names}, or let it join without EU money", names=names)
    return Gap(text, "partner", change)


def further_partner(
    conditions: Conditions,
    project: Project,
    vocabularies: Vocabularies,
    kinds: Sequence[str],
    places: Sequence[str] = (),
) -> Partner:
    """A partner of one of these kinds, from a country that takes part, a new one where there is one.

    `places` are those that the country must lie in, where any are named.
    """
    lead, partners = conditions.countries("lead"), conditions.countries("partner")
    taken = {project.applicant.country, *(partner.country for partner in project.funded_partners)}
    inside = {country for place in places for country in vocabularies.countries_in(place)}
    fitting = [
        country
        for country in open_countries(lead.value if lead else None, vocabularies)
        if (not places or country in inside)
        and (not partners or not partners.value or partners.value.answer(country, vocabularies) != "closed")
    ]
    country = next((country for country in fitting if country not in taken), next(iter(fitting), None))
    return partner_of(kinds[0] if kinds else None, country)


def partner_of(kind: str | None, country: str | None) -> Partner:
    """A partner of words that come from the catalogue or the project, and so need no check."""
    return Partner.model_construct(type=kind, country=country)


def usual_kinds(conditions: Conditions, vocabularies: Vocabularies, barred: Collection[str]) -> list[str]:
    """Types that may be partner and are not barred, those named as open first."""
    found = conditions.applicant_types("partner") or conditions.applicant_types("lead")
    admission: TypeAdmission = found.value if found and found.value else TypeAdmission(others="open")
    named = [*admission.open_to, *(entry.id for entry in vocabularies["applicant_types"].entries)]
    return [kind for kind in dict.fromkeys(named) if kind not in barred and admission.answer(kind) != "closed"]


def _types(kinds: Sequence[str], vocabularies: Vocabularies) -> str:
    return joined((vocabularies.label("applicant_types", kind) for kind in kinds), "or")
