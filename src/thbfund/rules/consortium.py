"""Rules on the organisations taken together: how many, from how many countries, and of which kinds."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from thbfund.catalogue.model import Admittance, Consortium, CountedGroup, RequiredPartner
from thbfund.catalogue.vocabulary import Vocabularies
from thbfund.project import Project
from thbfund.rules.conditions import Conditions
from thbfund.rules.gaps import further_partner, usual_kinds
from thbfund.rules.outcome import Basis, Condition, Gap, Outcome
from thbfund.rules.wording import KEPT, joined, place_name
from thbfund.said import Said, say, say_count

ANY_COUNTRY = "?"  # begins the code of a country that is not known


@dataclass(frozen=True, slots=True)
class Member:
    """An organisation of the consortium: its type and country, None where unknown."""

    type: str | None
    country: str | None


def members(project: Project) -> list[Member]:
    """The lead and its partners; associated partners and sub-grantees do not count."""
    lead = Member(project.applicant.type, project.applicant.country)
    return [lead, *(Member(partner.type, partner.country) for partner in project.funded_partners)]


def consortium(conditions: Conditions, project: Project, vocabularies: Vocabularies) -> Outcome:
    """There are enough organisations from enough countries."""
    found = conditions.of("consortium")
    if found is None or found.value is None:
        reason = say("The catalogue does not record how many organisations must apply together.")
        return Outcome("consortium", "unknown", reason, found.basis if found else Basis())
    wanted: Consortium = found.value
    asked = consortium_in_words(wanted, vocabularies)
    counted, doubtful = _split(members(project), wanted, conditions.countries("lead"), vocabularies)
    if wanted.min_organisations == 1 and wanted.min_countries == 1 and not wanted.min_from:
        return Outcome("consortium", "met", say("One organisation can apply alone."), found.basis, asked)
    missing = _missing(counted, wanted, vocabularies)
    said = _that_count(counted)
    if not missing:
        return Outcome(
            "consortium", "met", say("The consortium is large enough: {said}.", said=said), found.basis, asked, said
        )
    if project.partners is None:
        reason = say("Say who the partners are; needed are {asked}.", asked=asked)
        return Outcome("consortium", "unknown", reason, found.basis, asked, asks="partners")
    if doubtful and not _missing([*counted, *_at_best(doubtful)], wanted, vocabularies):
        reason = say("Needed are {asked}; it is not known whether all the organisations named count.", asked=asked)
        asks = _not_said(project, "country", "type") if wanted.not_counted else _not_said(project, "country")
        return Outcome("consortium", "unknown", reason, found.basis, asked, said, asks=asks)
    at_least = _missing([*counted, *_at_best(doubtful)], wanted, vocabularies)
    text = (
        say("add {missing}", missing=joined(at_least))
        if at_least == missing
        else say("add {missing}, more where one of yours does not count", missing=joined(at_least))
    )
    gap = Gap(text, "partner", partial(_enlarged, conditions, wanted, vocabularies))
    reason = say("Needed are {asked}; the project has {said}.", asked=asked, said=said)
    return Outcome("consortium", "not_met", reason, found.basis, asked, said, gap)


def _enlarged(conditions: Conditions, wanted: Consortium, vocabularies: Vocabularies, project: Project) -> Project:
    """The project with partners added until the minimum may be met, of no kind that another rule asks for."""
    required = conditions.of("required_partners")
    barred = {*wanted.not_counted, *(kind for group in (required and required.value) or () for kind in group.any_of)}
    kinds = usual_kinds(conditions, vocabularies, barred)
    for _ in range(wanted.min_organisations + wanted.min_countries + sum(group.count for group in wanted.min_from)):
        counted, doubtful = _split(members(project), wanted, conditions.countries("lead"), vocabularies)
        counted += _at_best(doubtful)
        if not _missing(counted, wanted, vocabularies):
            break
        short = [group for group in wanted.min_from if _inside(counted, group, vocabularies) < group.count]
        added = further_partner(conditions, project, vocabularies, kinds, short[0].places if short else ())
        project = project.model_copy(update={"partners": (*(project.partners or ()), added)})
    return project


def required_partner(conditions: Conditions, project: Project, vocabularies: Vocabularies) -> Outcome | None:
    """The kinds of organisation that must take part do; None where none must."""
    found = conditions.of("required_partners")
    if not found or not found.value:
        return None
    types = [member.type for member in members(project)]
    names = [_kinds_in_words(group, vocabularies) for group in found.value]
    asked = required_in_words(found.value, vocabularies)
    absent = [
        name for group, name in zip(found.value, names, strict=True) if not any(kind in group.any_of for kind in types)
    ]
    said = joined((vocabularies.label("applicant_types", kind) for kind in types if kind), ",")
    if not absent:
        reason = say("The required kinds of organisation take part.")
        return Outcome("required_partner", "met", reason, found.basis, asked, said)
    if project.partners is None or None in types:
        reason = say("Say who takes part; required: {asked}.", asked=asked)
        asks = "partners" if project.partners is None else _not_said(project, "type")
        return Outcome("required_partner", "unknown", reason, found.basis, asked, said, asks=asks)
    reason = say("Missing among the organisations: {absent}.", absent=joined(absent))
    text = say("add as partner: {absent}, from a further country that takes part", absent=joined(absent))
    gap = Gap(text, "partner", partial(_joined_by_required, conditions, found.value, vocabularies))
    return Outcome("required_partner", "not_met", reason, found.basis, asked, said, gap)


def required_in_words(required: Sequence[RequiredPartner], vocabularies: Vocabularies) -> str:
    """`University or Research institute; Law enforcement body`: one of each must take part."""
    return joined((_kinds_in_words(group, vocabularies) for group in required), ";")


def _kinds_in_words(group: RequiredPartner, vocabularies: Vocabularies) -> str:
    return joined((vocabularies.label("applicant_types", kind) for kind in group.any_of), "or")


def _joined_by_required(
    conditions: Conditions, required: Sequence[RequiredPartner], vocabularies: Vocabularies, project: Project
) -> Project:
    """The project with one partner added for each required kind that is absent."""
    for group in required:
        if not any(member.type in group.any_of for member in members(project)):
            added = further_partner(conditions, project, vocabularies, group.any_of)
            project = project.model_copy(update={"partners": (*(project.partners or ()), added)})
    return project


def _split(
    found: Sequence[Member], wanted: Consortium, countries: Condition | None, vocabularies: Vocabularies
) -> tuple[list[Member], list[Member]]:
    """Members that surely count, and those that perhaps do."""
    counted, doubtful = [], []
    for member in found:
        if member.type in wanted.not_counted:
            continue
        admitted = _admitted(member, countries, vocabularies)
        if admitted == "open" and (member.type or not wanted.not_counted):
            counted.append(member)
        elif admitted in {"open", "unknown"}:
            doubtful.append(member)
    return counted, doubtful


def _admitted(member: Member, countries: Condition | None, vocabularies: Vocabularies) -> Admittance:
    """Whether a member's country is open to the lead; unknown where that is not said, recorded or confirmed."""
    if countries is None or countries.value is None or countries.basis.unverified or member.country is None:
        return "unknown"
    admitted: Admittance = countries.value.answer(member.country, vocabularies)
    listed: Admittance = countries.value.model_copy(update={"others": "closed"}).answer(member.country, vocabularies)
    # A country named as depending on the call may count; one of which nothing is said does not.
    return "unknown" if admitted == listed == "depends" else admitted


def _at_best(doubtful: Sequence[Member]) -> list[Member]:
    """The doubtful members at their most useful: an unknown country is a new one, of every group that is asked for."""
    return [Member(member.type, member.country or f"{ANY_COUNTRY}{number}") for number, member in enumerate(doubtful)]


def _not_said(project: Project, *details: str) -> str:
    """Field of the project where such a detail of a member is missing; "" where all were given."""
    lead, *partners = members(project)
    if any(getattr(partner, detail) is None for partner in partners for detail in details):
        return "partners"
    return next((f"applicant.{detail}" for detail in details if getattr(lead, detail) is None), "")


def _missing(counted: Sequence[Member], wanted: Consortium, vocabularies: Vocabularies) -> list[str]:
    """What the members that count lack, in words."""
    countries = {member.country for member in counted}
    organisations, more_countries = wanted.min_organisations - len(counted), wanted.min_countries - len(countries)
    missing: list[str] = []
    if wanted.min_countries > 1 and more_countries > 0:
        partners = say_count("{n} partner", "{n} partners", max(organisations, more_countries))
        more = say_count("{n} further country", "{n} further countries", more_countries)
        missing.append(say("{organisations} from {countries}", organisations=partners, countries=more))
    elif organisations > 0:
        number = say_count(
            "{n} partner from a country that takes part", "{n} partners from countries that take part", organisations
        )
        missing.append(number)
    for group in wanted.min_from:
        inside = _inside(counted, group, vocabularies)
        if inside < group.count:
            names = joined((place_name(place, vocabularies) for place in group.places), "or")
            absent = _organisations(group.count - inside)
            missing.append(say("{organisations} from {countries}", organisations=absent, countries=names))
    return missing


def _inside(counted: Sequence[Member], group: CountedGroup, vocabularies: Vocabularies) -> int:
    """How many members come from the group's places."""
    return sum(_is_in(member, group.places, vocabularies) for member in counted)


def _is_in(member: Member, places: Sequence[str], vocabularies: Vocabularies) -> bool:
    country = member.country or ""
    return country.startswith(ANY_COUNTRY) or any(country in vocabularies.countries_in(place) for place in places)


@lru_cache(maxsize=KEPT)
def consortium_in_words(wanted: Consortium, vocabularies: Vocabularies) -> str:
    """`3 organisations from 3 countries, not counting: international organisation`; `1 organisation`."""
    parts: list[str] = [_organisations(wanted.min_organisations)]
    if wanted.min_countries > 1:
        countries = say_count("{n} country", "{n} countries", wanted.min_countries)
        parts = [say("{organisations} from {countries}", organisations=parts[0], countries=countries)]
    for group in wanted.min_from:
        names = joined((place_name(place, vocabularies) for place in group.places), "or")
        parts.append(say("{number} of them from {names}", number=group.count, names=names))
    if wanted.not_counted:
        names = joined((vocabularies.label("applicant_types", kind) for kind in wanted.not_counted), "or")
        parts.append(say("not counting: {names}", names=names))
    return joined(parts, ",")


def _organisations(number: int) -> Said:
    return say_count("{n} organisation", "{n} organisations", number)


def _that_count(counted: Sequence[Member]) -> Said:
    """`2 organisations from 1 country that count`."""
    number = len({member.country for member in counted})
    countries = say_count("{n} country", "{n} countries", number)
    return say_count(
        "{n} organisation from {countries} that counts",
        "{n} organisations from {countries} that count",
        len(counted),
        countries=countries,
    )
