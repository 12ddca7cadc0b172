"""Rules of time: is the programme in force, is its door still open?"""

from datetime import date

from thbfund.catalogue.facts import Fact
from thbfund.catalogue.model import Span
from thbfund.rules.conditions import Conditions
from thbfund.rules.outcome import Basis, Outcome, basis_of


def in_force(conditions: Conditions, on: date) -> Outcome:
    """The programme takes, or can still take, applications on the day."""
    programme = conditions.programme
    fact: Fact[Span] = programme.in_force
    basis = basis_of(fact, programme.sources, "programme")
    span = fact.value
    if span is None:
        return Outcome("in_force", "unknown", "The catalogue does not know when the programme runs.", basis)
    asked = f"from {span.starts_on}" + (f" to {span.ends_on}" if span.ends_on else ", no end known")
    values = {"programme_value": asked, "applicant_value": str(on)}
    if on < span.starts_on:
        reason = f"The programme only starts on {span.starts_on}."
        return Outcome("in_force", "not_met", reason, basis, **values)
    if span.ends_on and on > span.ends_on:
        after = f" It was followed by {programme.successor.value}." if programme.successor.value else ""
        reason = f"The programme took applications until {span.ends_on}.{after}"
        return Outcome("in_force", "not_met", reason, basis, **values)
    return Outcome("in_force", "met", f"The programme is in force ({asked}).", basis, **values)


def route_open(conditions: Conditions, on: date) -> Outcome:
    """The way to the money exists; between two calls it stays open, and only a door shut for good fails."""
    strand, sources = conditions.strand, conditions.programme.sources
    shut = strand.closed_for_good_on
    if shut and shut.value and on > shut.value:
        basis = basis_of(shut, sources, "strand")
        return Outcome("route_open", "not_met", f"This part of the programme closed for good on {shut.value}.", basis)
    basis = basis_of(strand.route, sources, "strand")
    if strand.route.value is None:
        return Outcome("route_open", "unknown", "The catalogue does not know how the money is given out.", basis)
    reason = "No sign that this door has shut for good; whether a call is open now is told apart from this."
    return Outcome("route_open", "met", reason, Basis(basis.source, basis.url, basis.checked_on, "strand"))
