"""What a rule answers: met, not met or unknown, with the reason, both values, the source and the gap."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal, get_args

from thbfund.catalogue.facts import Evidence, Source
from thbfund.catalogue.freshness import Owner, age
from thbfund.catalogue.model import Admittance
from thbfund.project import Project
from thbfund.said import clause, say, sentences

RuleName = Literal[
    "in_force",
    "route_open",
    "applicant_type",
    "applicant_country",
    "partner_country",
    "role",
    "place_of_action",
    "consortium",
    "required_partner",
    "target_group",
    "activity",
    "grant_range",
    "eu_rate",
    "duration",
]
Answer = Literal["met", "not_met", "unknown"]
Level = Literal["programme", "strand", "call"]
Effort = Literal["figures", "plan", "partner", "lead"]

EFFORTS: tuple[Effort, ...] = get_args(Effort)
"""What a change costs the applicant, least first: other figures, another plan, one more partner, another lead."""

# Admissions say of each type and country whether it depends on the call; what they close is closed for every call.
ADMISSIONS = {"applicant_type", "applicant_country", "partner_country", "role", "place_of_action"}

BY_ADMITTANCE: Mapping[Admittance, Answer] = {
    "open": "met",
    "closed": "not_met",
    "depends": "unknown",
    "unknown": "unknown",
}


@dataclass(frozen=True, slots=True)
class Basis:
    """What an outcome rests on.

    Attributes:
        source: title of the document and place in it; "" where the catalogue holds none.
        url: its address; "" where it has none.
        caution: `copy of the call on another site`, where it is no original or no official source; "" where it is one.
        checked_on: day on which the source was read.
        level: whether the programme, the strand or the call sets the condition.
        unverified: why the fact is not confirmed; "" where it is.
        by_call: whether single calls may set another value.
        overdue: `more than a year ago`, where the check is too old to be relied on; "" where it is not.
    """

    source: str = ""
    url: str = ""
    checked_on: date | None = None
    level: Level = "programme"
    unverified: str = ""
    by_call: bool = False
    overdue: str = ""
    caution: str = ""

    @property
    def verified(self) -> bool:
        """Whether the value was read in a source, not too long ago."""
        return not self.unverified and not self.overdue


@dataclass(frozen=True, slots=True)
class Condition:
    """One fact of eligibility with all that is needed to judge by it and to cite it.

    Attributes:
        others: what other sources say instead, where sources disagree.
    """

    value: Any
    basis: Basis
    others: tuple["Condition", ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """The smallest change to the project that would meet a rule.

    Attributes:
        text: what to do, without a full stop.
        effort: what it costs the applicant.
        close: the project with one such change made, so that it can be judged again.
        sure: whether the applicant surely keeps a part in the project; else its verdict is `to_check` at best.
    """

    text: str
    effort: Effort
    close: Callable[[Project], Project] = field(compare=False, repr=False)
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer of one rule.

    Attributes:
        reason: a sentence for the applicant.
        programme_value: what the programme asks, in words.
        applicant_value: what the project says, in words; "" where it says nothing.
        gap: the smallest change that would meet the rule; None where it is met or nothing the applicant can do.
        asks: field of the project whose answer would decide an unknown; "" where none would.
        others: what the rule would say by other sources, where sources disagree on what it rests on.
    """

    rule: RuleName
    answer: Answer
    reason: str
    basis: Basis
    programme_value: str = ""
    applicant_value: str = ""
    gap: Gap | None = None
    asks: str = ""
    others: tuple["Outcome", ...] = ()

    @property
    def excludes(self) -> bool:
        """Whether it shuts the project out: not met, by a condition that single calls do not change."""
        return self.answer == "not_met" and (self.rule in ADMISSIONS or not self.basis.by_call)


def basis_of(
    evidence: Evidence, sources: Mapping[str, Source], level: Level, owner: Owner, on: date, *, by_call: bool = False
) -> Basis:
    """Return the first source of a fact, cited with its place, and whether its check is too old on a day.

    `owner` is the programme or topic that the fact is about; None where it is about neither.
    """
    if not evidence.sources:
        return Basis(level=level, unverified=evidence.unverified or "", by_call=by_call)
    cited = evidence.sources[0]
    source = sources[cited.key]
    return Basis(
        source=source.at(cited.place),
        url=source.url or "",
        checked_on=evidence.checked_on,
        level=level,
        unverified=evidence.unverified or "",
        by_call=by_call,
        overdue=age(evidence, (), owner, on),
        caution=source.caution,
    )


def doubted(outcome: Outcome) -> Outcome:
    """Turn the answer of a rule into `unknown` where the fact it rests on is not verified, and say why."""
    if not outcome.basis.unverified:
        return outcome
    why = clause(outcome.basis.unverified)
    doubts = {
        "unknown": say("Not confirmed ({why}).", why=why),
        "met": say("Not confirmed ({why}): on this value it would be met, so check.", why=why),
        "not_met": say("Not confirmed ({why}): on this value it would not be met, so check.", why=why),
    }
    return replace(outcome, answer="unknown", reason=sentences(outcome.reason, doubts[outcome.answer]))
