"""Rules on amounts and time: size of the grant, share that the EU pays, duration."""

import math

from thbfund.project import Project
from thbfund.rules.conditions import Conditions
from thbfund.rules.gaps import gap
from thbfund.rules.outcome import Basis, Outcome
from thbfund.rules.wording import euro, percent, span_of


def grant_range(conditions: Conditions, project: Project) -> Outcome | None:
    """The grant asked for is neither too small nor too large; None where no limit is recorded."""
    found = conditions.of("grant")
    if found is None or found.value is None:
        return None
    low, high = found.value.min_eur, found.value.max_eur
    asked = span_of(low, high, euro)
    grant, total = project.requested_grant_eur, project.total_budget_eur
    if grant is None and total is not None and low is not None and total < low:
        reason = f"The whole budget of {euro(total)} is below the smallest grant ({asked})."
        closing = gap(f"plan for at least {euro(low)}", "figures", **_asking(low, conditions, project))
        return Outcome("grant_range", "not_met", reason, found.basis, asked, euro(total), closing)
    if grant is None:
        reason = f"Say how much is asked of the EU; grants here: {asked}."
        return Outcome("grant_range", "unknown", reason, found.basis, asked, asks="requested_grant_eur")
    said = euro(grant)
    if low is not None and grant < low:
        reason = f"{said} is below the smallest grant ({asked})."
        closing = gap(f"ask for at least {euro(low)}", "figures", **_asking(low, conditions, project))
        return Outcome("grant_range", "not_met", reason, found.basis, asked, said, closing)
    if high is not None and grant > high:
        reason = f"{said} is above the largest grant ({asked})."
        closing = gap(f"ask for at most {euro(high)}", "figures", requested_grant_eur=high)
        return Outcome("grant_range", "not_met", reason, found.basis, asked, said, closing)
    return Outcome("grant_range", "met", f"{said} is within the range ({asked}).", found.basis, asked, said)


def _asking(grant: float, conditions: Conditions, project: Project) -> dict[str, float | None]:
    """Fields of a project that asks for this grant, on a budget large enough for it under the programme's rate."""
    rate = conditions.of("eu_rate")
    needed = math.ceil(grant / rate.value) if rate and rate.value else grant
    total = project.total_budget_eur
    return {"requested_grant_eur": grant, "total_budget_eur": max(total, needed) if total is not None else None}


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
        own = euro(total - largest)
        closing = gap(f"find {own} from other sources", "figures", requested_grant_eur=largest)
        reason = f"{euro(grant)} of {euro(total)} is more than the EU pays: {asked}, here {euro(largest)}."
        return Outcome("eu_rate", "not_met", reason, found.basis, asked, said, closing)
    return Outcome("eu_rate", "met", f"The request covers {said}; the EU pays {asked}.", found.basis, asked, said)


def duration(conditions: Conditions, project: Project) -> Outcome | None:
    """The project is neither too short nor too long; None where no limit is recorded."""
    found = conditions.of("duration")
    if found is None or found.value is None:
        return None
    low, high = found.value.min_months, found.value.max_months
    asked = span_of(low, high, lambda months: f"{months:.0f} months")
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
    said = f"{months} months"
    if low is not None and months < low:
        reason = f"{said} is too short ({asked})."
        closing = gap(f"plan for at least {low} months", "figures", duration_months=low)
        return Outcome("duration", "not_met", reason, found.basis, asked, said, closing)
    if high is not None and months > high:
        reason = f"{said} is too long ({asked})."
        closing = gap(f"shorten it to {high} months", "figures", duration_months=high)
        return Outcome("duration", "not_met", reason, found.basis, asked, said, closing)
    return Outcome("duration", "met", f"{said} is within the range ({asked}).", found.basis, asked, said)
