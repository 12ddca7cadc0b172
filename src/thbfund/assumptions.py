"""HOW MUCH MONEY: what the figures rest on, each with its source or the reason why it is not confirmed."""

from dataclasses import dataclass
from datetime import date

from thbfund.catalogue.facts import Fact, Source
from thbfund.catalogue.model import GrantRange
from thbfund.catalogue.vocabulary import Payment
from thbfund.rules.outcome import Condition
from thbfund.rules.wording import euro, percent, sentence
from thbfund.said import joined, say, sentences


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
        return sentences(
            self.text,
            say("Not confirmed: {why}", why=sentence(self.unverified)) if self.unverified else "",
            say("Source: {cited}.", cited=self.source) if self.source else "",
            say("Checked on {day}.", day=date.fromisoformat(self.checked_on)) if self.checked_on else "",
        )


def assumed(name: str, found: Condition | None) -> tuple[Assumption, ...]:
    """What a strand or its open topic sets, or that it is not known."""
    if found is None or found.value is None:
        return (Assumption(say("{name}: not known.", name=name)),)
    basis = found.basis
    day = basis.checked_on.isoformat() if basis.checked_on else ""
    text = sentences(
        say("{name}: {value}.", name=name, value=_in_words(found.value)),
        say("Each call sets its own.") if basis.by_call else "",
        say("Sources disagree on it.") if found.others else "",
    )
    return (Assumption(text, basis.source, basis.url, day, basis.unverified),)


def _in_words(value: float | GrantRange) -> str:
    if not isinstance(value, GrantRange):
        return say("at most {rate} of the eligible costs", rate=percent(value))
    low = say("no minimum") if value.min_eur is None else say("at least {low}", low=euro(value.min_eur))
    high = say("no maximum") if value.max_eur is None else say("at most {high}", high=euro(value.max_eur))
    return joined([low, high], ",")


def usual(payment: Payment, sources: dict[str, Source]) -> tuple[Assumption, ...]:
    """How the route usually pays: share in advance, days to the report and to the last payment."""
    first, report, last = payment.prefinancing, payment.days_to_report, payment.days_to_balance
    unknown = say("unknown")
    share = unknown if first.value is None else say("{share} of the grant", share=percent(first.value))
    to_report, to_balance = report.value or unknown, last.value or unknown
    return (
        _read(say("Usually paid in advance: {share}.", share=share), first, sources),
        _read(say("Days from the end to the final report: {days}.", days=to_report), report, sources),
        _read(say("Days from the report to the last payment: {days}.", days=to_balance), last, sources),
    )


def _read(text: str, fact: Fact[float] | Fact[int], sources: dict[str, Source]) -> Assumption:
    cited = fact.sources[0] if fact.sources else None
    source = sources[cited.key] if cited else None
    return Assumption(
        sentences(text, fact.note or ""),
        source.at(cited.place) if source and cited else "",
        (source.url or "") if source else "",
        fact.checked_on.isoformat() if fact.checked_on else "",
        fact.unverified or "",
    )
