"""Rules on who applies: type and seat of the lead and the partners, and the best role that is left."""

from dataclasses import dataclass
from typing import Literal

from thbfund.catalogue.model import Admittance
from thbfund.catalogue.vocabulary import Vocabularies
from thbfund.project import Project
from thbfund.rules.conditions import ROLES, Conditions
from thbfund.rules.gaps import other_lead, without_money
from thbfund.rules.outcome import BY_ADMITTANCE, Answer, Basis, Condition, Gap, Outcome
from thbfund.rules.wording import in_sentence, joined, places_in_words, sentence, types_in_words
from thbfund.said import say

Role = Literal["lead", "partner", "associated", "sub_grantee", "none", "unknown"]
ROLES_BEST_FIRST: tuple[Role, ...] = ("lead", "partner", "associated", "sub_grantee", "unknown", "none")

IN_ROLE = {
    "lead": say("as lead applicant"),
    "partner": say("as partner"),
    "associated": say("as associated partner, without EU money of its own"),
    "sub_grantee": say("as recipient of a sub-grant"),
}
NOT_RECORDED = Basis()


@dataclass(frozen=True, slots=True)
class RoleFinding:
    """The best role left to the applicant, and why."""

    role: Role
    reason: str


def applicant_type(conditions: Conditions, project: Project, vocabularies: Vocabularies) -> Outcome:
    """The lead is of a type that may apply."""
    found = conditions.applicant_types("lead")
    if found is None or found.value is None:
        reason = say("The catalogue does not record which types of organisation may lead.")
        return Outcome("applicant_type", "unknown", reason, found.basis if found else NOT_RECORDED)
    asked = types_in_words(found.value, vocabularies)
    kind = project.applicant.type
    if kind is None:
        reason = say("Say what type of organisation leads; open to: {asked}.", asked=asked)
        return Outcome("applicant_type", "unknown", reason, found.basis, asked, asks="applicant.type")
    name = vocabularies.label("applicant_types", kind)
    sentences: dict[Admittance, str] = {
        "open": say("{name}: may lead.", name=name),
        "closed": say("{name}: may not lead.", name=name),
        "depends": say("{name}: whether it may lead depends on the call.", name=name),
        "unknown": say("{name}: the sources read do not say whether it may lead.", name=name),
    }
    admitted: Admittance = found.value.answer(kind)
    gap = _other_lead(conditions, project, vocabularies) if admitted == "closed" else None
    return Outcome("applicant_type", BY_ADMITTANCE[admitted], sentences[admitted], found.basis, asked, name, gap)


def applicant_country(conditions: Conditions, project: Project, vocabularies: Vocabularies) -> Outcome:
    """The lead has its seat in a country that takes part."""
    found = conditions.countries("lead")
    if found is None or found.value is None:
        reason = say("The catalogue does not record from which countries one may lead.")
        return Outcome("applicant_country", "unknown", reason, found.basis if found else NOT_RECORDED)
    asked = places_in_words(found.value, vocabularies)
    country = project.applicant.country
    if country is None:
        reason = say("Say where the lead has its seat; open to: {asked}.", asked=asked)
        return Outcome("applicant_country", "unknown", reason, found.basis, asked, asks="applicant.country")
    name = in_sentence(country)
    sentences: dict[Admittance, str] = {
        "open": sentence(say("{name} takes part", name=name)),
        "closed": say("An organisation from {name} cannot lead here.", name=name),
        "depends": say("Whether an organisation from {name} can lead depends on the call.", name=name),
        "unknown": say("The sources read do not say whether an organisation from {name} can lead.", name=name),
    }
    admitted: Admittance = found.value.answer(country, vocabularies)
    gap = _other_lead(conditions, project, vocabularies) if admitted == "closed" else None
    return Outcome("applicant_country", BY_ADMITTANCE[admitted], sentences[admitted], found.basis, asked, name, gap)


def partner_country(conditions: Conditions, project: Project, vocabularies: Vocabularies) -> Outcome | None:
    """Every partner has its seat in a country that takes part; None where there is no partner to judge."""
    countries = [partner.country for partner in project.funded_partners]
    known = sorted({country for country in countries if country})
    if not countries:
        return None
    found = conditions.countries("partner") or conditions.countries("lead")
    if found is None or found.value is None:
        reason = say("The catalogue does not record from which countries partners may come.")
        return Outcome("partner_country", "unknown", reason, found.basis if found else NOT_RECORDED)
    if not known:
        reason = say("Say where the partners have their seats.")
        return Outcome("partner_country", "unknown", reason, found.basis, asks="partners")
    own_list = conditions.countries("partner") is not None
    asked = places_in_words(found.value, vocabularies)
    answers: dict[str, Admittance] = {country: found.value.answer(country, vocabularies) for country in known}
    shut = [country for country, admitted in answers.items() if admitted == "closed"]
    open_ = [country for country, admitted in answers.items() if admitted == "open"]
    said = joined(map(in_sentence, known), ",")
    if shut and own_list:
        names = joined(map(in_sentence, shut))
        reason = say("Partners from {names} cannot receive money here.", names=names)
        return Outcome("partner_country", "not_met", reason, found.basis, asked, said, without_money(shut, names))
    if len(open_) == len(known) == len(set(countries)):
        reason = say("All partners come from countries that take part.")
        return Outcome("partner_country", "met", reason, found.basis, asked, said)
    doubtful = [country for country in known if country not in open_]
    reason = (
        say(
            "Whether a partner from {names} may take part must be checked in the call.",
            names=joined(map(in_sentence, doubtful), "or"),
        )
        if doubtful
        else say("The seat of a partner is missing.")
    )
    return Outcome("partner_country", "unknown", reason, found.basis, asked, said, asks="" if doubtful else "partners")


def best_role(conditions: Conditions, project: Project, vocabularies: Vocabularies) -> RoleFinding:
    """The best role that type and country leave to the applicant, looked at from lead down to sub-grantee."""
    answers = {role: _role_answer(conditions, project, vocabularies, role)[0] for role in ROLES}
    if answers["lead"] == "met":
        return RoleFinding("lead", say("Type and country allow the applicant to lead."))
    for role in ("partner", "associated", "sub_grantee"):
        if answers[role] == "met":
            as_role = IN_ROLE[role]
            if answers["lead"] != "not_met":
                reason = say("The applicant may perhaps lead, but can surely take part {as_role}.", as_role=as_role)
                return RoleFinding(role, reason)
            barred = _why_not_lead(conditions, project, vocabularies)
            reason = say("{barred}; the applicant can take part {as_role}.", barred=barred, as_role=as_role)
            return RoleFinding(role, reason)
    if all(answer == "not_met" for answer in answers.values()):
        return RoleFinding("none", say("No role is open to this type of applicant from this country."))
    if answers["lead"] == "not_met":
        barred = _why_not_lead(conditions, project, vocabularies)
        reason = say("{barred}; whether the applicant may join in another role must be checked.", barred=barred)
        return RoleFinding("unknown", reason)
    return RoleFinding("unknown", say("Whether the applicant may lead is not settled."))


def _why_not_lead(conditions: Conditions, project: Project, vocabularies: Vocabularies) -> str:
    """Who leads in this strand, as far as that is what bars the applicant; without a full stop."""
    types, places = conditions.applicant_types("lead"), conditions.countries("lead")
    kind, country, strand = project.applicant.type, project.applicant.country, conditions.strand.name
    if types and types.value and kind and types.value.answer(kind) == "closed" and types.value.open_to:
        kinds = joined((vocabularies.label("applicant_types", other) for other in types.value.open_to), "or")
        return say("In the strand {strand} the lead is taken by: {kinds}", strand=strand, kinds=kinds)
    if places and places.value and country and places.value.answer(country, vocabularies) == "closed":
        named = places_in_words(places.value, vocabularies) or say("elsewhere")
        return say("In the strand {strand} leads come from: {places}", strand=strand, places=named)
    return say("In the strand {strand} the applicant may not lead", strand=strand)


def role(conditions: Conditions, project: Project, vocabularies: Vocabularies, finding: RoleFinding) -> Outcome:
    """The applicant may take the lead, the role in which the verdict judges it; `finding` is its best role."""
    answer, basis = _role_answer(conditions, project, vocabularies, "lead")
    gap = _other_lead(conditions, project, vocabularies) if answer == "not_met" else None
    return Outcome("role", answer, finding.reason, basis, "lead", finding.role, gap)


def _other_lead(conditions: Conditions, project: Project, vocabularies: Vocabularies) -> Gap | None:
    as_partner, _ = _role_answer(conditions, project, vocabularies, "partner")
    return other_lead(conditions, project, vocabularies, as_partner)


def _role_answer(
    conditions: Conditions, project: Project, vocabularies: Vocabularies, role: str
) -> tuple[Answer, Basis]:
    """Whether type and country of the applicant both fit a role, and the basis of the condition that settles it."""
    types, countries = conditions.applicant_types(role), conditions.countries(role)
    kind, country = project.applicant.type, project.applicant.country
    by_type: Admittance = types.value.answer(kind) if types and types.value and kind else "unknown"
    by_country: Admittance = (
        countries.value.answer(country, vocabularies) if countries and countries.value and country else "unknown"
    )
    return min(_settled(by_type, types), _settled(by_country, countries), key=_weight)


def _settled(admittance: Admittance, found: Condition | None) -> tuple[Answer, Basis]:
    """What a condition settles: nothing where it is not recorded or not confirmed."""
    basis = found.basis if found else NOT_RECORDED
    return ("unknown" if basis.unverified else BY_ADMITTANCE[admittance]), basis


def _weight(settled: tuple[Answer, Basis]) -> tuple[int, bool]:
    """Order in which conditions decide on a role: a no of the programme, a no of a call, an unknown, a yes."""
    answer, basis = settled
    return ("not_met", "unknown", "met").index(answer), basis.by_call
