"""Rules of time: is the programme in force, is its door still open?"""

from datetime import date

from thbfund.catalogue.model import Span
from thbfund.rules.conditions import Conditions
from thbfund.rules.outcome import Basis, Outcome
from thbfund.rules.wording import sentence
from thbfund.said import say, sentences


def in_force(conditions: Conditions) -> Outcome:
    """The programme takes, or can still take, applications on the day."""
    found, on = conditions.of("in_force"), conditions.on
    basis = found.basis if found else Basis()
    span: Span | None = found.value if found else None
    if span is None:
        return Outcome("in_force", "unknown", say("The catalogue does not know when the programme runs."), basis)
    asked = (
        say("from {first} to {last}", first=span.starts_on, last=span.ends_on)
        if span.ends_on
        else say("from {first}, no end known", first=span.starts_on)
    )
    if on < span.starts_on:
        reason = say("The programme {not_begun}.", not_begun=not_begun(span.starts_on))
        return Outcome("in_force", "not_met", reason, basis, asked, str(on))
    if span.ends_on and on > span.ends_on:
        ended = say("The programme took applications until {last}.", last=span.ends_on)
        reason = sentences(ended, _followed_by(conditions))
        return Outcome("in_force", "not_met", reason, basis, asked, str(on))
    return Outcome("in_force", "met", say("The programme is in force ({span}).", span=asked), basis, asked, str(on))


def not_begun(first_day: date) -> str:
    """What to say of a programme before its first day, when `closed` would be misread as over."""
    return say("has not begun (starts {day})", day=first_day)


def _followed_by(conditions: Conditions) -> str:
    """Name the successor, or say why there is none."""
    successor, name = conditions.programme.successor, conditions.successor
    if successor.value:
        named = f"{name} ({successor.value})" if name else successor.value
        return say("It was followed by {name}.", name=named)
    return sentence(successor.note or successor.unverified or say("no successor is on record"))


def route_open(conditions: Conditions) -> Outcome:
    """The way to the money exists; between two calls it stays open, and only a door shut for good fails."""
    shut, route = conditions.of("closed_for_good_on"), conditions.of("route")
    if shut and shut.value and conditions.on > shut.value:
        reason = say("This part of the programme closed for good on {day}.", day=shut.value)
        return Outcome("route_open", "not_met", reason, shut.basis)
    basis = route.basis if route else Basis()
    if route is None or route.value is None:
        return Outcome("route_open", "unknown", say("The catalogue does not know how the money is given out."), basis)
    reason = say("No sign that this door has shut for good; whether a call is open now is told apart from this.")
    return Outcome("route_open", "met", reason, basis)
