"""BROWSE: what stands in a list, by facets that narrow it, each option with its count under the other facets."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.coverage_checks import SOLID
from thbfund.catalogue.model import Admittance, PlaceAdmission, Programme, Strand, TypeAdmission
from thbfund.catalogue.vocabulary import country_names
from thbfund.rules.conditions import Conditions
from thbfund.timing import Calendar, calendar_of, calls_before

Values = Mapping[str, frozenset[str]]
"""What one thing has of each facet: `{"period": {"2021-2027"}, "group": {"children", "roma"}}`."""

SHUT: Admittance = "closed"
"""Only a plain no takes a programme out of a list: what is unknown, or depends on the call, may still be a yes."""


@dataclass(frozen=True, slots=True)
class Browsed:
    """What is left of a list.

    Attributes:
        found: ids of what has every chosen option, in the order of the list.
        counts: by facet, then by option: how many there would be with this option and the choices in other facets.
    """

    found: tuple[str, ...]
    counts: Mapping[str, Mapping[str, int]]


def browse(items: Mapping[str, Values], chosen: Mapping[str, str]) -> Browsed:
    """Narrow a list by at most one option of each facet.

    Args:
        items: what there is, by id, each with its options by facet.
        chosen: an option by facet; facets that are not named narrow nothing, an option that nothing has leaves nothing.
    """
    missed = {key: [facet for facet, option in chosen.items() if option not in _of(values, facet)]
              for key, values in items.items()}  # fmt: skip
    facets = dict.fromkeys(facet for values in items.values() for facet in values)
    counts = {
        facet: Counter(
            option for key, values in items.items() if not set(missed[key]) - {facet} for option in _of(values, facet)
        )
        for facet in facets
    }
    return Browsed(tuple(key for key in items if not missed[key]), counts)


def _of(values: Values, facet: str) -> Collection[str]:
    return values.get(facet, frozenset())


@dataclass(frozen=True, slots=True)
class Listed:
    """A programme as it stands in the list on a day: its calls, and its options by facet."""

    programme: Programme
    calendar: Calendar
    values: Values


def programmes_on(catalogue: Catalogue, on: date) -> dict[str, Listed]:
    """Every programme with what one can look for in it, by id in the order of the catalogue."""
    return {key: _listed(programme, catalogue, on) for key, programme in catalogue.programmes.items()}


def _listed(programme: Programme, catalogue: Catalogue, on: date) -> Listed:
    calendar = calendar_of(programme, catalogue.calls.get(programme.id), on, calls_before(programme, catalogue))
    conditions = [Conditions(programme, strand, on) for strand in programme.strands]
    values = {
        "period": frozenset(programme.periods),
        "state": frozenset({state_of(programme, on)}),
        "calls": frozenset(call_states(calendar)),
        "priority": frozenset(priorities_of(programme.strands)),
        "group": frozenset(tag for strand in programme.strands for tag in strand.tags.target_groups),
        "activity": frozenset(tag for strand in programme.strands for tag in strand.tags.activities),
        "route": frozenset(strand.route.value for strand in programme.strands if strand.route.value),
        "type": frozenset(types_not_shut(conditions, catalogue)),
        "seat": frozenset(countries_not_shut(conditions, "countries.lead", catalogue)),
        "place": frozenset(countries_not_shut(conditions, "place_of_action", catalogue)),
    }
    return Listed(programme, calendar, values)


def state_of(programme: Programme, on: date) -> str:
    """`in_force`, `not_begun` or `ended`, as on a day."""
    if programme.is_in_force(on):
        return "in_force"
    return "not_begun" if programme.begins_after(on) else "ended"


def call_states(calendar: Calendar) -> list[str]:
    """All that holds of a programme's calls: `open`, `forthcoming`, `expected`; else `none_known` or `closed`."""
    states = dict.fromkeys(found.status for found in calendar.current)
    return [*states, *(["expected"] if calendar.expected else [])] or [calendar.timing]


def priorities_of(strands: Iterable[Strand]) -> set[str]:
    """Priorities that a strand serves with grade 2 or more."""
    return {key for strand in strands for key, grade in strand.relevance.items() if grade.grade >= SOLID}


def types_not_shut(conditions: Iterable[Conditions], catalogue: Catalogue) -> set[str]:
    """Types of applicant that at least one strand does not shut out from the lead."""
    types = catalogue.vocabularies.ids("applicant_types")
    found = [each.applicant_types("lead") for each in conditions]
    admissions = [each.value if each else None for each in found]
    return {
        name
        for name in types
        if any(not isinstance(one, TypeAdmission) or one.answer(name) != SHUT for one in admissions)
    }


def countries_not_shut(conditions: Iterable[Conditions], name: str, catalogue: Catalogue) -> set[str]:
    """Countries that at least one strand does not shut out, as seat of the lead or as place of action."""
    found = [each.of(name) for each in conditions]
    admissions = [each.value if each else None for each in found]
    countries = country_names()
    if not all(isinstance(one, PlaceAdmission) for one in admissions):
        return set(countries)  # where a strand says nothing, nothing is shut
    return {
        country
        for country in countries
        if any(one.answer(country, catalogue.vocabularies) != SHUT for one in admissions)  # type: ignore[union-attr]
    }
