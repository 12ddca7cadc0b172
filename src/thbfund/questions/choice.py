"""Which question to ask next: each plausible answer is tried on the leading results, and what changes is counted."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from thbfund.matching import Match, MatchReport
from thbfund.questions.answers import FIELDS, Answer, plausible, recognised, with_answer
from thbfund.rules import Judgement, best
from thbfund.rules.conditions import Conditions
from thbfund.rules.wording import joined
from thbfund.said import say, sentence

LEADING = 5  # results that the question is about: what a user reads before giving up
OPEN = {"eligible", "to_check"}

# What a change is worth. A verdict moves a result to another group; a role says how one gets in; a rule alone is one
# step on the way, and ten of them make a verdict.
VERDICT, ROLE, RULE = 1.0, 0.5, 0.1

_TEXTS: Mapping[str, str] = {
    "applicant.type": say("What type of organisation would lead the project?"),
    "applicant.country": say("In which country does the lead have its seat?"),
    "countries_of_action": say("In which countries does the work take place?"),
    "target_groups": say("Whom does the project serve?"),
    "beneficiaries_third_country_nationals": say("Are the people served third-country nationals (not EU citizens)?"),
    "activities": say("What does the project do?"),
    "total_budget_eur": say("What does the whole project cost?"),
    "requested_grant_eur": say("How much money do you ask of the EU?"),
    "duration_months": say("How many months does the project last?"),
    "partners": say("Which partners take part, of which type and from which countries?"),
}


@dataclass(frozen=True, slots=True)
class Effect:
    """What one answer would make of the leading results.

    Attributes:
        open: results in which you could still lead: eligible or to check.
        eligible: results that meet every condition on record.
        settled: results in which a rule that is open now would have an answer.
        change: how much changes, weighed by `VERDICT`, `ROLE` and `RULE`.
    """

    answer: Answer
    open: int
    eligible: int
    settled: int
    change: float


@dataclass(frozen=True, slots=True)
class Question:
    """The next thing to ask: the field, the words, why it matters, and what each answer would do.

    Attributes:
        among: number of leading results that the effects are counted in.
        recognised: what the text shows of it, for the user to confirm; ids of the field's vocabulary.
    """

    field: str
    text: str
    because: str
    answers: tuple[Effect, ...]
    among: int
    recognised: tuple[str, ...] = ()


def next_question(report: MatchReport, skipped: Collection[str] = ()) -> Question | None:
    """The unanswered field with the largest expected change, all answers counted as equally likely.

    Among equals the first in the order of the form. None where no answer changes anything among the leading results.

    Args:
        report: what is known so far.
        skipped: fields that the user cannot or will not answer.
    """
    leading = [match for match in report.matches if match.judgement.verdict in OPEN][:LEADING]
    asked = {outcome.asks for match in leading for judgement in _open(match) for outcome in judgement.outcomes}
    found = {
        field: effects
        for field in FIELDS
        if field in asked and field not in skipped and (effects := _effects(field, report, leading))
    }
    changing = {field: mean for field, effects in found.items() if (mean := _mean(effects)) > 0}
    if not changing:
        return None
    field = max(changing, key=changing.__getitem__)  # the first of equals, and fields stand in the order of the form
    return _question(field, found[field], report, len(leading))


def _effects(field: str, report: MatchReport, leading: Sequence[Match]) -> list[Effect]:
    conditions = [
        Conditions(match.programme, judgement.strand, report.on) for match in leading for judgement in _open(match)
    ]
    return [_effect(field, answer, report, leading) for answer in plausible(field, report, conditions)]


def _effect(field: str, answer: Answer, report: MatchReport, leading: Sequence[Match]) -> Effect:
    project = with_answer(report.project, field, answer.value)
    after = []
    for match in leading:
        judgements = [
            judgement.again(project) if _asks(judgement, field) else judgement for judgement in _in_order(match)
        ]
        after.append(best(judgements))
    pairs = [(match.judgement, judgement) for match, judgement in zip(leading, after, strict=True)]
    return Effect(
        answer,
        open=sum(judgement.verdict in OPEN for judgement in after),
        eligible=sum(judgement.verdict == "eligible" for judgement in after),
        settled=sum(_unknown(old) > _unknown(new) for old, new in pairs),
        change=sum(_change(old, new) for old, new in pairs),
    )


def _change(old: Judgement, new: Judgement) -> float:
    rules = abs(_unknown(old) - _unknown(new))
    return VERDICT * (old.verdict != new.verdict) + ROLE * (old.role.role != new.role.role) + RULE * rules


def _open(match: Match) -> list[Judgement]:
    """The strands that are not shut: no answer to a question opens one that is."""
    return [judgement for judgement in _in_order(match) if judgement.verdict in OPEN]


def _in_order(match: Match) -> list[Judgement]:
    """All strands in the order of the programme, on which the choice among equals depends."""
    by_id = {judgement.strand.id: judgement for judgement in (match.judgement, *match.others)}
    return [by_id[strand.id] for strand in match.programme.strands]


def _asks(judgement: Judgement, field: str) -> bool:
    return judgement.verdict in OPEN and any(outcome.asks == field for outcome in judgement.outcomes)


def _unknown(judgement: Judgement) -> int:
    return sum(outcome.answer == "unknown" for outcome in judgement.outcomes)


def _mean(effects: Sequence[Effect]) -> float:
    return round(sum(effect.change for effect in effects) / len(effects), 9)


def _question(field: str, effects: Sequence[Effect], report: MatchReport, among: int) -> Question:
    seen = recognised(report, field) if field in report.understood.concepts else ()
    labels = joined(report.catalogue.vocabularies.label(field, entry) for entry in seen)
    text = say("We read: {labels}. Is that right?", labels=labels) if seen else _TEXTS[field]
    return Question(field, text, _because(effects, among), tuple(effects), among, seen)


def _because(effects: Sequence[Effect], among: int) -> str:
    """The two answers that differ most, so that one sees what is at stake."""
    worst, most = min(effects, key=lambda effect: effect.open), max(effects, key=lambda effect: effect.open)
    if worst.open < most.open:
        return sentence(
            say(
                "{answer} you could lead {number} of the first {among} programmes still open to you; "
                "{other_answer}, {other_number}.",
                answer=worst.answer.phrase,
                number=worst.open,
                among=among,
                other_answer=most.answer.phrase,
                other_number=most.open,
            )
        )
    least, clear = min(effects, key=lambda effect: effect.eligible), max(effects, key=lambda effect: effect.eligible)
    if least.eligible < clear.eligible:
        return sentence(
            say(
                "{answer} you would meet every condition on record in {number} of the first {among} programmes "
                "still open to you.",
                answer=clear.answer.phrase,
                number=clear.eligible,
                among=among,
            )
        )
    settled = max(effect.settled for effect in effects)
    if settled:
        return say(
            "The answer settles a condition of {number} of the first {among} programmes still open to you.",
            number=settled,
            among=among,
        )
    return say("It changes your role in some of the first {among} programmes still open to you.", among=among)
