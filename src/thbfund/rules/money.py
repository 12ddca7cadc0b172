"""Rules on amounts and time: size of the grant, share that the EU pays, duration."""

import math

from thbfund.project import Project
from thbfund.rules.conditions import Conditions
from thbfund.rules.gaps import gap
from thbfund.rules.outcome import Basis, Gap, Outcome
from thbfund.rules.wording import euro, months_in_words, percent, span_of
from thbfund.said import say

EXACT = 6  # digits that are kept before rounding to whole euros: 0.9 * 100 000 is 90 000 and not a little less
MOST_CHANGE = 2.0  # a project that must double or halve its money is another project, and to say so helps nobody


def grant_range(conditions: Conditions, project: Project) -> Outcome | None:
    """The grant asked for is neither too small nor too large; None where no limit is recorded."""
    found = conditions.of("grant")
    if found is None or found.value is None:
        return None
    low, high = found.value.min_eur, found.value.max_eur
    asked = span_of(low, high, euro)
    grant, total = project.requested_grant_eur, project.total_budget_eur
    if grant is None and total is not None and low is not None and (most := most_grant(_rate(conditions), total)) < low:
        reason = say(
            "A budget of {total} allows a grant of at most {most}, less than the smallest ({asked}).",
            total=euro(total),
            most=euro(most),
            asked=asked,
        )
        return Outcome(
            "grant_range", "not_met", reason, found.basis, asked, euro(total), _raised(low, conditions, project)
        )
    if grant is None:
        reason = say("Say how much is asked of the EU; grants here: {asked}.", asked=asked)
        return Outcome("grant_range", "unknown", reason, found.basis, asked, asks="requested_grant_eur")
    said = euro(grant)
    if low is not None and math.ceil(grant) < low:  # cents decide nothing
        reason = say("{said} is below the smallest grant ({asked}).", said=said, asked=asked)
        return Outcome("grant_range", "not_met", reason, found.basis, asked, said, _raised(low, conditions, project))
    if high is not None and math.floor(grant) > high:
        reason = say("{said} is above the largest grant ({asked}).", said=said, asked=asked)
        return Outcome("grant_range", "not_met", reason, found.basis, asked, said, _lowered(grant, high))
    reason = say("{said} is within the range ({asked}).", said=said, asked=asked)
    return Outcome("grant_range", "met", reason, found.basis, asked, said)


def most_grant(rate: float, total: float) -> int:
    """The largest grant, in whole EUR, that a rate from 0 to 1 allows of a budget."""
    return math.floor(round(rate * total, EXACT))


def least_budget(rate: float, grant: float) -> int:
    """The smallest budget, in whole EUR, of which a rate from 0 to 1 allows a grant."""
    return math.ceil(round(grant / rate, EXACT))


def _rate(conditions: Conditions) -> float:
    """The largest share that the EU pays, from 0 to 1; all of it where no confirmed rate says less."""
    found = conditions.of("eu_rate")
    return found.value if found and found.value and not found.basis.unverified else 1.0


def _raised(low: float, conditions: Conditions, project: Project) -> Gap | None:
    """Ask for the smallest grant, on a budget that is large enough for it; None where that is another project."""
    total, asked = project.total_budget_eur, project.requested_grant_eur
    needed = least_budget(_rate(conditions), low)
    if max(needed / total if total else 1, low / asked if asked else 1) > MOST_CHANGE:
        return None
    if total is None or total >= needed:
        return gap(say("ask for at least {low}", low=euro(low)), "figures", requested_grant_eur=low)
    text = say("raise the whole budget to {needed} and ask for at least {low}", needed=euro(needed), low=euro(low))
    return gap(text, "figures", requested_grant_eur=low, total_budget_eur=needed)


def _lowered(grant: float, high: float) -> Gap | None:
    """Ask for the largest grant; None where so much would be missing that it is another project."""
    if grant / high > MOST_CHANGE:
        return None
    text = say(
        "ask for at most {high} and find {rest} elsewhere, or plan a smaller project",
        high=euro(high),
        rest=euro(grant - high),
    )
    return gap(text, "figures", requested_grant_eur=high)


def eu_rate(conditions: Conditions, project: Project) -> Outcome:
    """The EU share asked for does not pass the programme's rate."""
    found = conditions.of("eu_rate")
    if found is None or found.value is None:
        reason = say("The catalogue does not record which share of the costs the EU pays.")
        return Outcome("eu_rate", "unknown", reason, found.basis if found else Basis())
    rate: float = found.value
    asked = say("at most {rate} of the eligible costs", rate=percent(rate))
    grant, total = project.requested_grant_eur, project.total_budget_eur
    if grant is None or not total:
        field = "requested_grant_eur" if grant is None else "total_budget_eur"
        reason = say("Say total budget and grant asked for; the EU pays {asked}.", asked=asked)
        return Outcome("eu_rate", "unknown", reason, found.basis, asked, asks=field)
    said = percent(grant / total)
    largest = most_grant(rate, total)
    if math.floor(grant) > largest:
        text = say(
            "find {more} more of your own or from others ({own} in all)",
            more=euro(math.floor(grant) - largest),
            own=euro(total - largest),
        )
        closing = gap(text, "figures", requested_grant_eur=largest)
        reason = say(
            "{grant} of {total} is more than the EU pays: {asked}, here {largest}.",
            grant=euro(grant),
            total=euro(total),
            asked=asked,
            largest=euro(largest),
        )
        return Outcome("eu_rate", "not_met", reason, found.basis, asked, said, closing)
    reason = say("The request covers {said}; the EU pays {asked}.", said=said, asked=asked)
    return Outcome("eu_rate", "met", reason, found.basis, asked, said)


def duration(conditions: Conditions, project: Project) -> Outcome | None:
    """The project is neither too short nor too long; None where no limit is recorded."""
    found = conditions.of("duration")
    if found is None or found.value is None:
        return None
    low, high = found.value.min_months, found.value.max_months
    asked = span_of(low, high, months_in_words)
    months = project.duration_months
    if months is None:
        reason = say("Say how long the project lasts; here: {asked}.", asked=asked)
        return Outcome("duration", "unknown", reason, found.basis, asked, asks="duration_months")
    said = months_in_words(months)
    if low is not None and months < low:
        reason = say("{said} is too short ({asked}).", said=said, asked=asked)
        closing = gap(say("plan for at least {low}", low=months_in_words(low)), "figures", duration_months=low)
        return Outcome("duration", "not_met", reason, found.basis, asked, said, closing)
    if high is not None and months > high:
        reason = say("{said} is too long ({asked}).", said=said, asked=asked)
        closing = gap(say("shorten it to {high}", high=months_in_words(high)), "figures", duration_months=high)
        return Outcome("duration", "not_met", reason, found.basis, asked, said, closing)
    reason = say("{said} is within the range ({asked}).", said=said, asked=asked)
    return Outcome("duration", "met", reason, found.basis, asked, said)
