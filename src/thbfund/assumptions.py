"""HOW MUCH MONEY: what the figures rest on, each with its source or the reason why it is not confirmed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from thbfund.catalogue.facts import Fact, Source
from thbfund.catalogue.model import GrantRange
from thbfund.catalogue.vocabulary import Payment
from thbfund.rules.outcome import Basis, Condition, basis_of
from thbfund.rules.wording import checked, euro, percent, sentence, span_of
from thbfund.said import say, sentences


@dataclass(frozen=True, slots=True)
class Assumption:
    """Something that the figures rest on, with its source or the reason why it is not confirmed."""

    text: str
    basis: Basis = field(default_factory=Basis)

    @property
    def said(self) -> str:
        """The assumption with its source and the age of its check, or why it is not confirmed, in plain text."""
        basis = self.basis
        return sentences(
            self.text,
            say("Not confirmed: {why}", why=sentence(basis.unverified)) if basis.unverified else "",
            _cited(basis) if basis.source else "",
            sentence(checked(basis.checked_on, basis.overdue)) if basis.checked_on else "",
        )


def _cited(basis: Basis) -> str:
    if basis.caution:
        return say("Source: {cited} ({caution}).", cited=basis.source, caution=basis.caution)
    return say("Source: {cited}.", cited=basis.source)


def assumed(name: str, found: Condition | None) -> tuple[Assumption, ...]:
    """What a strand or its open topic sets, or that it is not known."""
    if found is None or found.value is None:
        return (Assumption(say("{name}: not known.", name=name)),)
    text = sentences(
        say("{name}: {value}.", name=name, value=_in_words(found.value)),
        say("Each call sets its own.") if found.basis.by_call else "",
        say("Sources disagree on it.") if found.others else "",
    )
    return (Assumption(text, found.basis),)


def _in_words(value: float | GrantRange) -> str:
    if not isinstance(value, GrantRange):
        return say("at most {rate} of the eligible costs", rate=percent(value))
    return span_of(value.min_eur, value.max_eur, euro)


def usual(payment: Payment, sources: Mapping[str, Source], on: date) -> tuple[Assumption, ...]:
    """How the route usually pays: share in advance, days to the report and to the last payment."""
    first, report, last = payment.prefinancing, payment.days_to_report, payment.days_to_balance
    unknown = say("unknown")
    share = unknown if first.value is None else say("{share} of the grant", share=percent(first.value))
    to_report, to_balance = report.value or unknown, last.value or unknown
    return (
        _read(say("Usually paid in advance: {share}.", share=share), first, sources, on),
        _read(say("Days from the end to the final report: {days}.", days=to_report), report, sources, on),
        _read(say("Days from the report to the last payment: {days}.", days=to_balance), last, sources, on),
    )


def _read(text: str, fact: Fact[float] | Fact[int], sources: Mapping[str, Source], on: date) -> Assumption:
    return Assumption(sentences(text, fact.note or ""), basis_of(fact, sources, "strand", None, on))
