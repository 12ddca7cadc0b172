"""The answers that are worth trying for a field: taken from the vocabularies and from the rules' own values."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, TypeVar

from thbfund.catalogue.model import Consortium, PlaceAdmission
from thbfund.catalogue.vocabulary import Vocabularies, country_name
from thbfund.matching import MatchReport
from thbfund.project import Partner, Project
from thbfund.rules.conditions import Conditions
from thbfund.rules.money import least_budget, most_grant
from thbfund.rules.wording import euro, joined
from thbfund.said import say, say_count, with_article

BEYOND = 2  # what has no upper bound is tried up to twice the highest bound on record

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Answer:
    """One plausible answer to a question.

    Attributes:
        value: as a project file would hold it.
        phrase: how the effect of the answer is introduced: `as a company`.
        like: other values that every leading programme treats the same.
    """

    value: Any
    phrase: str
    like: tuple[str, ...] = ()


def with_answer(project: Project, field: str, value: Any) -> Project:
    """The project as it would be with one more field answered."""
    if field.startswith("applicant."):
        detail = field.removeprefix("applicant.")
        return project.model_copy(update={"applicant": project.applicant.model_copy(update={detail: value})})
    return project.model_copy(update={field: value})


def plausible(field: str, report: MatchReport, conditions: Sequence[Conditions]) -> list[Answer]:
    """Answers that the given conditions tell apart; empty where none of them looks at the field.

    Args:
        field: of a project.
        report: what is known so far.
        conditions: of the strands that are still open.
    """
    return list(_MAKERS[field](report, conditions))


def recognised(report: MatchReport, field: str) -> tuple[str, ...]:
    """What was recognised of activities or target groups in the text."""
    return tuple(concept.id for concept in report.understood.concepts[field])


def _types(report: MatchReport, conditions: Sequence[Conditions]) -> Iterator[Answer]:
    vocabularies = report.catalogue.vocabularies
    types = [entry.id for entry in vocabularies["applicant_types"].entries]
    found = [condition.applicant_types(role) for condition in conditions for role in ("lead", "partner")]
    admissions = [setting.value for setting in found if setting and setting.value]
    for kinds in _alike(types, lambda kind: [admission.answer(kind) for admission in admissions]):
        kind = with_article(vocabularies.label("applicant_types", kinds[0]))
        yield Answer(kinds[0], say("as {kind}", kind=kind), tuple(kinds[1:]))


def _seats(report: MatchReport, conditions: Sequence[Conditions]) -> Iterator[Answer]:
    found = [condition.countries(role) for condition in conditions for role in ("lead", "partner")]
    for countries in _country_classes([setting.value for setting in found if setting and setting.value], report):
        yield Answer(
            countries[0], say("with a seat in {country}", country=country_name(countries[0])), tuple(countries[1:])
        )


def _places(report: MatchReport, conditions: Sequence[Conditions]) -> Iterator[Answer]:
    found = [condition.of("place_of_action") for condition in conditions]
    for countries in _country_classes([setting.value for setting in found if setting and setting.value], report):
        yield Answer(
            (countries[0],), say("with work in {country}", country=country_name(countries[0])), tuple(countries[1:])
        )


def _country_classes(admissions: Iterable[PlaceAdmission], report: MatchReport) -> list[list[str]]:
    """Countries by how they are treated; those that the text or the form names come first, as likeliest."""
    vocabularies = report.catalogue.vocabularies
    distinct = _distinct(admissions)
    groups = vocabularies.ids("country_groups")
    named = [concept.id for concept in report.understood.places if concept.id not in groups]
    listed = [place for admission in distinct for place in _places_of(admission) if place not in groups]
    alone = dict.fromkeys([*named, *listed])  # one that a condition names is not treated like its groups
    units = [[country] for country in alone]
    for kin in _kin(vocabularies):
        units += [rest] if (rest := [country for country in kin if country not in alone]) else []
    classes = _alike(units, lambda unit: [admission.answer(unit[0], vocabularies) for admission in distinct])
    return [[country for unit in found for country in unit] for found in classes]


@lru_cache(maxsize=4)
def _kin(vocabularies: Vocabularies) -> tuple[tuple[str, ...], ...]:
    """Countries that belong to the same groups: conditions that name groups alone cannot tell them apart."""
    groups = [entry.members for entry in vocabularies["country_groups"].entries]
    countries = dict.fromkeys(country for members in groups for country in members)
    return tuple(map(tuple, _alike(countries, lambda country: [country in members for members in groups])))


def _places_of(admission: PlaceAdmission) -> tuple[str, ...]:
    return (*admission.open_to, *admission.depends_on_call, *admission.closed_to)


def _distinct(admissions: Iterable[PlaceAdmission]) -> list[PlaceAdmission]:
    """Each once; strands share those of their programme."""
    return list({id(admission): admission for admission in admissions}.values())


def _partners(report: MatchReport, conditions: Sequence[Conditions]) -> Iterator[Answer]:
    """None, then one more organisation each time, from another country each, up to the largest consortium asked for."""
    vocabularies = report.catalogue.vocabularies
    asked = [found.value for condition in conditions if (found := condition.of("consortium")) and found.value]
    largest = max((_size(consortium) for consortium in asked), default=1)
    kinds, usual = _required_types(conditions), vocabularies["applicant_types"].entries[0].id
    seats = _partner_seats(report, conditions)
    yield Answer((), say("with no partners"))
    for count in range(1, min(max(largest, len(kinds) + 1, 2), len(seats) + 1)):
        team = tuple(
            Partner.model_construct(type=kind, country=seat)
            for kind, seat in zip([*kinds, *[usual] * count][:count], seats[:count], strict=True)
        )
        yield Answer(team, say("with {partners}", partners=_team_in_words(team, kinds, vocabularies)))


def _size(consortium: Consortium) -> int:
    return max(consortium.min_organisations, consortium.min_countries)


def _required_types(conditions: Sequence[Conditions]) -> list[str]:
    groups = [found.value for condition in conditions if (found := condition.of("required_partners"))]
    return list(dict.fromkeys(group.any_of[0] for required in groups for group in required or ()))


def _partner_seats(report: MatchReport, conditions: Sequence[Conditions]) -> list[str]:
    """Countries other than the lead's, those first that most of the conditions admit."""
    vocabularies = report.catalogue.vocabularies
    found = [condition.countries("lead") for condition in conditions]
    admissions = _distinct(setting.value for setting in found if setting and setting.value)

    def admitting(kin: Sequence[str]) -> int:
        return sum(admission.answer(kin[0], vocabularies) == "open" for admission in admissions)

    ordered = sorted(_kin(vocabularies), key=admitting, reverse=True)
    return [country for kin in ordered for country in kin if country != report.project.applicant.country]


def _team_in_words(team: Sequence[Partner], kinds: Sequence[str], vocabularies: Vocabularies) -> str:
    special = [vocabularies.label("applicant_types", kind) for kind in kinds[: len(team)]]
    number = say_count("{n} partner from another country", "{n} partners from other countries", len(team))
    return say("{partners} ({kinds} among them)", partners=number, kinds=joined(special)) if special else number


def _third_country_nationals(_report: MatchReport, _conditions: Sequence[Conditions]) -> Iterator[Answer]:
    yield Answer(value=True, phrase=say("if they are"))
    yield Answer(value=False, phrase=say("if not"))


def _activities(report: MatchReport, conditions: Sequence[Conditions]) -> Iterator[Answer]:
    found = [condition.of("activity") for condition in conditions]
    wanted = [setting.value.any_of for setting in found if setting and setting.value]
    barred = [setting.value.not_only for setting in found if setting and setting.value]
    yield from _confirmed_or_not("activities", report, [*wanted, *barred])


def _target_groups(report: MatchReport, conditions: Sequence[Conditions]) -> Iterator[Answer]:
    found = [condition.of("target_group") for condition in conditions]
    yield from _confirmed_or_not(
        "target_groups", report, [setting.value.any_of for setting in found if setting and setting.value]
    )


def _confirmed_or_not(field: str, report: MatchReport, lists: Iterable[Sequence[str]]) -> Iterator[Answer]:
    """What was recognised, and the same with and without each entry that a condition names."""
    vocabularies, seen = report.catalogue.vocabularies, recognised(report, field)
    named = list(dict.fromkeys(entry for listed in lists for entry in listed))
    if not named:
        return
    yield Answer(seen, say("if that is right"))
    for entry in named:
        label = vocabularies.label(field, entry)
        changed = tuple(other for other in seen if other != entry) if entry in seen else (*seen, entry)
        phrase = say("without {label}", label=label) if entry in seen else say("with {label} as well", label=label)
        yield Answer(changed, phrase)
    if len(named) > 1:
        yield Answer(tuple(entry for entry in seen if entry not in named), say("with nothing of the kind"))


def _grants(report: MatchReport, conditions: Sequence[Conditions]) -> Iterator[Answer]:
    total = report.project.total_budget_eur
    ranges = [found.value for condition in conditions if (found := condition.of("grant")) and found.value]
    bounds = {bound for grant in ranges for bound in (grant.min_eur, grant.max_eur) if bound}
    rates = {found.value for condition in conditions if (found := condition.of("eu_rate")) and found.value}
    if total:
        bounds = {bound for bound in bounds if bound < total} | {most_grant(rate, total) for rate in rates}
    yield from _between(bounds, lambda amount: say("with a grant of {amount}", amount=euro(amount)), total)


def _totals(report: MatchReport, conditions: Sequence[Conditions]) -> Iterator[Answer]:
    grant = report.project.requested_grant_eur or 0  # the budget is asked for only where the grant is known
    rates = {found.value for condition in conditions if (found := condition.of("eu_rate")) and found.value}
    bounds = {least_budget(rate, grant) for rate in rates}
    yield from _between(bounds, lambda amount: say("with a total of {amount}", amount=euro(amount)), None, grant)


def _durations(_report: MatchReport, conditions: Sequence[Conditions]) -> Iterator[Answer]:
    ranges = [found.value for condition in conditions if (found := condition.of("duration")) and found.value]
    bounds = {bound for span in ranges for bound in (span.min_months, span.max_months) if bound}
    yield from _between(bounds, _lasting)


def _lasting(months: float) -> str:
    return say_count("with a duration of {n} month", "with a duration of {n} months", round(months))


def _between(
    bounds: Iterable[float],
    words: Callable[[float], str],
    most: float | None = None,
    least: float | None = None,
) -> Iterator[Answer]:
    """One value below the lowest bound, one between any two, one above the highest: each side of every bound."""
    ordered = sorted(bounds)
    if not ordered:
        return
    edges = [least or 0, *ordered, most or max(ordered[-1], least or 0) * BEYOND]
    for low, high in pairwise(edges):
        middle = (low + high) / 2
        if low < high and (least or 0) <= middle <= (most or middle):
            yield Answer(round(middle), words(round(middle)))


def _alike(values: Iterable[Value], treatment: Callable[[Value], Sequence[Any]]) -> list[list[Value]]:
    """Values in classes that are treated the same, in order of first appearance."""
    classes: dict[tuple[Any, ...], list[Value]] = defaultdict(list)
    for value in values:
        classes[tuple(treatment(value))].append(value)
    return list(classes.values())


_MAKERS: Mapping[str, Callable[[MatchReport, Sequence[Conditions]], Iterator[Answer]]] = {
    "applicant.type": _types,
    "applicant.country": _seats,
    "countries_of_action": _places,
    "target_groups": _target_groups,
    "beneficiaries_third_country_nationals": _third_country_nationals,
    "activities": _activities,
    "total_budget_eur": _totals,
    "requested_grant_eur": _grants,
    "duration_months": _durations,
    "partners": _partners,
}
"""Makers of answers by field, in the order of the form."""

FIELDS = tuple(_MAKERS)
