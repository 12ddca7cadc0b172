"""Rules on amounts and time: size of the grant, share that the EU pays, duration."""

import math

from thbfund.project import Project
from thbfund.rules.conditions import Conditions
from thbfund.rules.gaps import gap
from thbfund.rules.outcome import Basis, Gap, Outcome
from thbfund.rules.wording import euro, percent, span_of

MOST_CHANGE = 2.0  # a project that must double or halve its money is another project, and to say so helps nobody


def grant_range(conditions: Conditions, project: Project) -> Outcome | None:
    """The grant asked for is neither too small nor too large; None where no limit is recorded."""
    found = conditions.of("grant")
    if found is None or found.value is None:
        return None
    low, high = found.value.min_eur, found.value.max_eur
    asked = span_of(low, high, euro)
    grant, total = project.requested_grant_eur, project.total_budget_eur
    if grant is None and total is not None and low is not None and (most := _rate(conditions) * total) < low:
        reason = f"A budget of {euro(total)} allows a grant of at most {euro(most)}, less than the smallest ({asked})."
        return Outcome(
            "grant_range", "not_met", reason, found.basis, asked, euro(total), _raised(low, conditions, project)
        )
    if grant is None:
        reason = f"Say how much is asked of the EU; grants here: {asked}."
        return Outcome("grant_range", "unknown", reason, found.basis, asked, asks="requested_grant_eur")
    said = euro(grant)
    if low is not None and grant < low:
        reason = f"{said} is below the smallest grant ({asked})."
        return Outcome("grant_range", "not_met", reason, found.basis, asked, said, _raised(low, conditions, project))
    if high is not None and grant > high:
        reason = f"{said} is above the largest grant ({asked})."
        return Outcome("grant_range", "not_met", reason, found.basis, asked, said, _lowered(grant, high))
    return Outcome("grant_range", "met", f"{said} is within the range ({asked}).", found.basis, asked, said)


def _rate(conditions: Conditions) -> float:
    """The largest share that the EU pays, from 0 to 1; all of it where no confirmed rate says less."""
    found = conditions.of("eu_rate")
    return found.value if found and found.value and not found.basis.unverified else 1.0


def _raised(low: float, conditions: Conditions, project: Project) -> Gap | None:
    """Ask for the smallest grant, on a budget that is large enough for it; None where that is another project."""
    total, asked = project.total_budget_eur, project.requested_grant_eur
    needed = math.ceil(low / _rate(conditions))
    if max(needed / total if total else 1, low / asked if asked else 1) > MOST_CHANGE:
        return None
    if total is None or total >= needed:
        return gap(f"ask for at least {euro(low)}", "figures", requested_grant_eur=low)
    text = f"raise the whole budget to {euro(needed)} and ask for at least {euro(low)}"
    return gap(text, "figures", requested_grant_eur=low, total_budget_eur=needed)


def _lowered(grant: float, high: float) -> Gap | None:
    """Ask for the largest grant; None where so much would be missing that it is another project."""
    if grant / high > MOST_CHANGE:
        return None
    text = f"ask for at most {euro(high)} and find {euro(grant - high)} elsewhere, or plan a smaller project"
    return gap(text, "figures", requested_grant_eur=high)


def eu_rate(conditions: Conditions, project: Project) -> Outcome:
    """The EU share asked for does not pass the programme's rate."""
    found = conditions.of("eu_rate")
    if found is None or found.value is None:
        reason = "The catalogue does not record which share of the costs the EU pays."
        return Outcome("eu_rate", "unknown", reason, found.basis if found else Basis())
    rate: float = found.value
    asked = f"at most {percent(rate)} of the eligible costs"
    grant, total = project.requested_grant_eur, project.total_budget_eur
    if grant is None or not total:
        field = "requested_grant_eur" if grant is None else "total_budget_eur"
        reason = f"Say total budget and grant asked for; the EU pays {asked}."
        return Outcome("eu_rate", "unknown", reason, found.basis, asked, asks=field)
    said = percent(grant / total)
    largest = round(rate * total)
    if round(grant) > largest:
        own = f"{euro(round(grant) - largest)} more of your own or from others ({euro(total - largest)} in all)"
        closing = gap(f"find {own}", "figures", requested_grant_eur=largest)
        reason = f"{euro(grant)} of {euro(total)} is more than the EU pays: {asked}, here {euro(largest)}."
        return Outcome("eu_rate", "not_met", reason, found.basis, asked, said, closing)
    return Outcome("eu_rate", "met", f"The request covers {said}; the EU pays {asked}.", found.basis, asked, said)


def duration(conditions: Conditions, project: Project) -> Outcome | None:
    """The project is neither too short nor too long; None where no limit is recorded."""
    found = conditions.of("duration")
    if found is None or found.value is None:
        return None
    low, high = found.value.min_months, found.value.max_months
    asked = span_of(low, high, _months)
    months = project.duration_months
    if months is None:
        return Outcome(
            "duration",
            "unknown",
            f"Say how long the project lasts; here: {asked}.",
            found.basis,
            asked,
            asks="duration_months",
        )
    said = _months(months)
    if low is not None and months < low:
        reason = f"{said} is too short ({asked})."
        closing = gap(f"plan for at least {_months(low)}", "figures", duration_months=low)
        return Outcome("duration", "not_met", reason, found.basis, asked, said, closing)
    if high is not None and months > high:
        reason = f"{said} is too long ({asked})."
        closing = gap(f"shorten it to {_months(high)}", "figures", duration_months=high)
        return Outcome("duration", "not_met", reason, found.basis, asked, said, closing)
    return Outcome("duration", "met", f"{said} is within the range ({asked}).", found.basis, asked, said)


def _months(number: float) -> str:
    return f"{number:.0f} month{'' if number == 1 else 's'}"
