"""HOW MUCH MONEY: grant, own contribution, and what must be bridged until the last payment. Computed, never stored."""

import math
from dataclasses import dataclass

from thbfund.catalogue.facts import Fact, Source
from thbfund.catalogue.model import GrantRange
from thbfund.catalogue.vocabulary import Payment, Vocabularies
from thbfund.matching import Match, MatchReport
from thbfund.rules.conditions import CallTopic, Conditions
from thbfund.rules.outcome import Condition
from thbfund.rules.wording import euro, percent, sentence

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
class Assumption:
    """Something that the figures rest on, with its source or the reason why it is not confirmed."""

    text: str
    source: str = ""
    url: str = ""
    checked_on: str = ""
    unverified: str = ""

    @property
    def said(self) -> str:
        """The assumption with its source, or with the reason why it is not confirmed, in plain text."""
        parts = [self.text]
        parts += [f"Not confirmed: {sentence(self.unverified)}"] if self.unverified else []
        parts += [f"Source: {self.source}."] if self.source else []
        parts += [f"Checked on {self.checked_on}."] if self.checked_on else []
        return " ".join(parts)


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
            ("EU grant", self.grant),
            ("Own contribution", self.own),
            ("Usually paid in advance", self.prefinancing),
            ("To bridge until the last payment", self.balance),
            ("How long to bridge it", self.months),
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
    conditions = Conditions(match.programme, match.judgement.strand, report.on, _open_topic(match, report))
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
    assumed = (
        *_assumed("EU rate", rate),
        *_assumed("Grant range", grant),
        *(_usual(payment, sources) if payment else (Assumption("How this route pays is not on record."),)),
        Assumption("Costs arise evenly over the project, and interim payments are not counted on."),
    )
    return compute(terms, project.total_budget_eur, project.requested_grant_eur, project.duration_months, assumed)


def eu_rate(match: Match, report: MatchReport) -> float | None:
    """The largest EU share of the costs, from 0 to 1, that the judged strand or its open topic pays."""
    found = Conditions(match.programme, match.judgement.strand, report.on, _open_topic(match, report)).of("eu_rate")
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
        budget = math.ceil(round(grant.value / terms.rate, 6))
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
    limits = []
    if asked is not None:
        limits.append((asked, "the grant asked for"))
    if total is not None and terms.rate is not None:
        limits.append((math.floor(round(terms.rate * total, 6)), f"{percent(terms.rate)} of {euro(total)}"))
    if not limits:
        return Figure(None, "Say the total budget." if terms.rate is not None else _rate_unknown(total))
    if terms.grant and terms.grant.max_eur is not None:
        limits.append((terms.grant.max_eur, "the largest grant"))
    value, reason = min(limits, key=lambda limit: limit[0])
    least = terms.grant.min_eur if terms.grant else None
    if least is not None and value < least:
        return Figure(None, f"{euro(value)} ({reason}) is below the smallest grant of {euro(least)}.")
    doubt = "" if terms.rate is not None else " The EU rate is not known, so it may be less."
    return Figure(value, f"{euro(value)} is {reason}.{doubt}")


def _rate_unknown(total: float | None) -> str:
    return "The EU rate is not known." if total is not None else "The EU rate is not known; say the grant asked for."


def _own(grant: Figure, budget: float | None, *, stated: bool) -> Figure:
    if grant.value is None:
        return Figure(None, "Unknown as long as the grant is.")
    if budget is None:
        return Figure(None, "Say the total budget.")
    of = f"{euro(budget)}" if stated else f"{euro(budget)}, the smallest budget that the EU rate allows"
    share = f" ({percent(1 - grant.value / budget)} of it)" if budget else ""
    return Figure(budget - grant.value, f"{euro(budget - grant.value)}: {euro(grant.value)} less than {of}{share}.")


def _instalments(grant: Figure, terms: Terms) -> tuple[Figure, Figure]:
    if grant.value is None:
        unknown = Figure(None, "Unknown as long as the grant is.")
        return unknown, unknown
    if terms.prefinancing is None:
        unknown = Figure(None, "How much is paid in advance differs by call or country; read it there.")
        return unknown, unknown
    first = math.floor(round(terms.prefinancing * grant.value, 6))
    rest = grant.value - first
    said = f"{percent(terms.prefinancing)} of {euro(grant.value)}"
    return Figure(first, f"{euro(first)}: {said}."), Figure(rest, f"{euro(rest)}: what is left of the grant.")


def _months(terms: Terms, balance: Figure, budget: float | None, duration: int | None) -> Figure:
    """From the month in which first payment and own money are spent to the last payment."""
    if balance.value is None:
        return Figure(None, "Unknown as long as the balance is.")
    if balance.value == 0:
        return Figure(0, "Nothing is left to bridge.")
    if not budget or duration is None:
        return Figure(None, "Say the duration." if budget else "Say the total budget.")
    if terms.days_to_report is None or terms.days_to_balance is None:
        return Figure(None, "How long the last payment takes is not known.")
    unpaid = duration * balance.value / budget
    after = (terms.days_to_report + terms.days_to_balance) / DAYS_PER_MONTH
    value = round(unpaid + after, 1)
    return Figure(
        value,
        f"{value:g} months: the last {unpaid:.1f} months of the project, then up to {terms.days_to_report} days for "
        f"the report and {terms.days_to_balance} for the payment.",
    )


def _open_topic(match: Match, report: MatchReport) -> CallTopic | None:
    strand = match.judgement.strand.id
    topics = [found.topic for found in match.calendar.current if found.status == "open"]
    first = next((topic for topic in topics if topic.strand == strand), None)
    return CallTopic(first, report.catalogue.calls[match.programme.id].sources) if first else None


def _payment(route: str | None, vocabularies: Vocabularies) -> tuple[Payment | None, dict[str, Source]]:
    payment = vocabularies.entry("routes", route).payment if route else None
    return payment, vocabularies["routes"].sources


def _assumed(name: str, found: Condition | None) -> tuple[Assumption, ...]:
    if found is None or found.value is None:
        return (Assumption(f"{name}: not known."),)
    basis = found.basis
    day = basis.checked_on.isoformat() if basis.checked_on else ""
    disputed = " Sources disagree on it." if found.others else ""
    usual = " Each call sets its own." if basis.by_call else ""
    return (
        Assumption(
            f"{name}: {_in_words(found.value)}.{usual}{disputed}", basis.source, basis.url, day, basis.unverified
        ),
    )


def _in_words(value: float | GrantRange) -> str:
    if not isinstance(value, GrantRange):
        return f"at most {percent(value)} of the eligible costs"
    low = "no minimum" if value.min_eur is None else f"at least {euro(value.min_eur)}"
    high = "no maximum" if value.max_eur is None else f"at most {euro(value.max_eur)}"
    return f"{low}, {high}"


def _usual(payment: Payment, sources: dict[str, Source]) -> tuple[Assumption, ...]:
    first, report, last = payment.prefinancing, payment.days_to_report, payment.days_to_balance
    share = "unknown" if first.value is None else percent(first.value) + " of the grant"
    return (
        _read(f"Usually paid in advance: {share}.", first, sources),
        _read(f"Days from the end to the final report: {report.value or 'unknown'}.", report, sources),
        _read(f"Days from the report to the last payment: {last.value or 'unknown'}.", last, sources),
    )


def _read(text: str, fact: Fact[float] | Fact[int], sources: dict[str, Source]) -> Assumption:
    cited = fact.sources[0] if fact.sources else None
    source = sources[cited.key] if cited else None
    return Assumption(
        f"{text} {fact.note or ''}".strip(),
        source.at(cited.place) if source and cited else "",
        (source.url or "") if source else "",
        fact.checked_on.isoformat() if fact.checked_on else "",
        fact.unverified or "",
    )
