"""HOW MUCH MONEY: grant, own contribution, and what must be bridged until the last payment. Computed, never stored."""

from dataclasses import dataclass

from thbfund.assumptions import Assumption, assumed, usual
from thbfund.catalogue.facts import Source
from thbfund.catalogue.model import GrantRange
from thbfund.catalogue.vocabulary import Payment, Vocabularies
from thbfund.matching import Match, MatchReport
from thbfund.rules.conditions import CallTopic, Conditions
from thbfund.rules.money import least_budget, most_grant
from thbfund.rules.wording import euro, percent
from thbfund.said import decimal, say, sentences

DAYS_PER_MONTH = 30


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with how it comes about; or no number, and the reason why.

    Attributes:
        value: in EUR or months; None where it is unknown.
        because: the arithmetic, or what is missing.
    """

    value: float | None
    because: str


@dataclass(frozen=True, slots=True)
class Financing:
    """The money side of one match.

    Attributes:
        grant: the largest EU grant within what is asked, EU rate and grant range, in EUR.
        own: the rest of the budget, in EUR; `own_share` is its part of the budget, from 0 to 1.
        prefinancing: what is usually paid at the start, in EUR.
        balance: what is paid after the final report, in EUR: the amount to bridge.
        months: how long the balance must be bridged.
        assumptions: what all of this rests on.
    """

    grant: Figure
    own: Figure
    own_share: float | None
    prefinancing: Figure
    balance: Figure
    months: Figure
    assumptions: tuple[Assumption, ...]

    @property
    def figures(self) -> tuple[tuple[str, Figure], ...]:
        """All figures with their names for people, in the order of display."""
        return (
            (say("EU grant"), self.grant),
            (say("Own contribution"), self.own),
            (say("Usually paid in advance"), self.prefinancing),
            (say("To bridge until the last payment"), self.balance),
            (say("How long to bridge it"), self.months),
        )


@dataclass(frozen=True, slots=True)
class Terms:
    """What a programme pays: rate and range, None where not known; and how its route usually pays."""

    rate: float | None = None
    grant: GrantRange | None = None
    prefinancing: float | None = None
    days_to_report: int | None = None
    days_to_balance: int | None = None


def financing(match: Match, report: MatchReport) -> Financing:
    """The money view of the judged strand, by the open topic in it where there is one."""
    conditions = conditions_now(match, report)
    rate, grant = conditions.of("eu_rate"), conditions.of("grant")
    route = match.judgement.strand.route.value
    payment, sources = _payment(route, report.catalogue.vocabularies)
    terms = Terms(
        rate.value if rate else None,
        grant.value if grant else None,
        payment.prefinancing.value if payment else None,
        payment.days_to_report.value if payment else None,
        payment.days_to_balance.value if payment else None,
    )
    project = report.project
    rests_on = (
        *assumed(say("EU rate"), rate),
        *assumed(say("Grant range"), grant),
        *(
            usual(payment, sources, report.on)
            if payment
            else (Assumption(say("How this route pays is not on record.")),)
        ),
        Assumption(say("Costs arise evenly over the project, and interim payments are not counted on.")),
    )
    return compute(terms, project.total_budget_eur, project.requested_grant_eur, project.duration_months, rests_on)


def eu_rate(match: Match, report: MatchReport) -> float | None:
    """The largest EU share of the costs, from 0 to 1, that the judged strand or its open topic pays."""
    found = conditions_now(match, report).of("eu_rate")
    share: float | None = found.value if found else None
    return share


def compute(
    terms: Terms,
    total: float | None,
    asked: float | None,
    duration: int | None,
    assumptions: tuple[Assumption, ...] = (),
) -> Financing:
    """Work the figures out.

    Args:
        terms: of programme and route.
        total: budget of the project, in EUR.
        asked: grant asked for, in EUR.
        duration: of the project, in months.
        assumptions: to pass on.
    """
    grant = _grant(terms, total, asked)
    budget = total
    if budget is None and grant.value is not None and terms.rate:
        budget = least_budget(terms.rate, grant.value)
    own = _own(grant, budget, stated=total is not None)
    prefinancing, balance = _instalments(grant, terms)
    return Financing(
        grant,
        own,
        own.value / budget if own.value is not None and budget else None,
        prefinancing,
        balance,
        _months(terms, balance, budget, duration),
        assumptions,
    )


def _grant(terms: Terms, total: float | None, asked: float | None) -> Figure:
    limits: list[tuple[float, str]] = []
    if asked is not None:
        limits.append((asked, say("the grant asked for")))
    if total is not None and terms.rate is not None:
        of_budget = say("{share} of {amount}", share=percent(terms.rate), amount=euro(total))
        limits.append((most_grant(terms.rate, total), of_budget))
    if not limits:
        return Figure(None, say("Say the total budget.") if terms.rate is not None else _rate_unknown(total))
    if terms.grant and terms.grant.max_eur is not None:
        limits.append((terms.grant.max_eur, say("the largest grant")))
    value, reason = min(limits, key=lambda limit: limit[0])
    least = terms.grant.min_eur if terms.grant else None
    if least is not None and value < least:
        too_small = say(
            "{amount} ({reason}) is below the smallest grant of {least}.",
            amount=euro(value),
            reason=reason,
            least=euro(least),
        )
        return Figure(None, too_small)
    doubt = "" if terms.rate is not None else say("The EU rate is not known, so it may be less.")
    return Figure(value, sentences(say("{amount} is {reason}.", amount=euro(value), reason=reason), doubt))


def _rate_unknown(total: float | None) -> str:
    if total is not None:
        return say("The EU rate is not known.")
    return say("The EU rate is not known; say the grant asked for.")


def _own(grant: Figure, budget: float | None, *, stated: bool) -> Figure:
    if grant.value is None:
        return Figure(None, say("Unknown as long as the grant is."))
    if budget is None:
        return Figure(None, say("Say the total budget."))
    own = budget - grant.value
    of = euro(budget) if stated else say("{budget}, the smallest budget that the EU rate allows", budget=euro(budget))
    if not budget:
        return Figure(own, say("{own}: {grant} less than {budget}.", own=euro(own), grant=euro(grant.value), budget=of))
    because = say(
        "{own}: {grant} less than {budget} ({share} of it).",
        own=euro(own),
        grant=euro(grant.value),
        budget=of,
        share=percent(1 - grant.value / budget),
    )
    return Figure(own, because)


def _instalments(grant: Figure, terms: Terms) -> tuple[Figure, Figure]:
    if grant.value is None:
        unknown = Figure(None, say("Unknown as long as the grant is."))
        return unknown, unknown
    if terms.prefinancing is None:
        unknown = Figure(None, say("How much is paid in advance differs by call or country; read it there."))
        return unknown, unknown
    first = most_grant(terms.prefinancing, grant.value)
    rest = grant.value - first
    of_grant = say("{share} of {amount}", share=percent(terms.prefinancing), amount=euro(grant.value))
    return (
        Figure(first, say("{amount}: {reason}.", amount=euro(first), reason=of_grant)),
        Figure(rest, say("{amount}: what is left of the grant.", amount=euro(rest))),
    )


def _months(terms: Terms, balance: Figure, budget: float | None, duration: int | None) -> Figure:
    """From the month in which first payment and own money are spent to the last payment."""
    if balance.value is None:
        return Figure(None, say("Unknown as long as the balance is."))
    if balance.value == 0:
        return Figure(0, say("Nothing is left to bridge."))
    if not budget or duration is None:
        return Figure(None, say("Say the duration.") if budget else say("Say the total budget."))
    if terms.days_to_report is None or terms.days_to_balance is None:
        return Figure(None, say("How long the last payment takes is not known."))
    unpaid = duration * balance.value / budget
    after = (terms.days_to_report + terms.days_to_balance) / DAYS_PER_MONTH
    value = round(unpaid + after, 1)
    return Figure(
        value,
        say(
            "{months} months: the last {unpaid} months of the project, then up to {days_to_report} days for "
            "the report and {days_to_balance} for the payment.",
            months=decimal(value, 1, trimmed=True),
            unpaid=decimal(unpaid, 1),
            days_to_report=terms.days_to_report,
            days_to_balance=terms.days_to_balance,
        ),
    )


def conditions_now(match: Match, report: MatchReport) -> Conditions:
    """The conditions of the judged strand, and of the topic open in it where one is on the project's subject."""
    return Conditions(match.programme, match.judgement.strand, report.on, _open_topic(match, report))


def _open_topic(match: Match, report: MatchReport) -> CallTopic | None:
    strand = match.judgement.strand.id
    topics = [found.topic for found in match.calendar.current if found.status == "open" and not found.aside]
    first = next((topic for topic in topics if topic.strand == strand), None)
    return CallTopic(first, report.catalogue.calls[match.programme.id].sources) if first else None


def _payment(route: str | None, vocabularies: Vocabularies) -> tuple[Payment | None, dict[str, Source]]:
    payment = vocabularies.entry("routes", route).payment if route else None
    return payment, vocabularies["routes"].sources
