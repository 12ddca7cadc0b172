"""Rules of time: is the programme in force, is its door still open?"""

from datetime import date

from thbfund.catalogue.facts import Fact
from thbfund.catalogue.model import Span
from thbfund.rules.conditions import Conditions
from thbfund.rules.outcome import Outcome, basis_of


def in_force(conditions: Conditions, on: date) -> Outcome:
    """The programme takes, or can still take, applications on the day."""
    programme = conditions.programme
    fact: Fact[Span] = programme.in_force
    basis = basis_of(fact, programme.sources, "programme")
    span = fact.value
    if span is None:
        return Outcome("in_force", "unknown", "The catalogue does not know when the programme runs.", basis)
    asked = f"from {span.starts_on}" + (f" to {span.ends_on}" if span.ends_on else ", no end known")
    if on < span.starts_on:
        reason = f"The programme only starts on {span.starts_on}."
        return Outcome("in_force", "not_met", reason, basis, asked, str(on))
    if span.ends_on and on > span.ends_on:
        reason = f"The programme took applications until {span.ends_on}. {_followed_by(programme.successor)}"
        return Outcome("in_force", "not_met", reason, basis, asked, str(on))
    return Outcome("in_force", "met", f"The programme is in force ({asked}).", basis, asked, str(on))


def _followed_by(successor: Fact[str]) -> str:
    """Name the successor, or say why there is none."""
    if successor.value:
        return f"It was followed by {successor.value}."
    said = (successor.note or successor.unverified or "").rstrip(".")
    return f"{said[:1].upper()}{said[1:]}."


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
    return Outcome("route_open", "met", reason, basis)
