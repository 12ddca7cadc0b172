"""A programme's calls on screen: what is open or announced, what may come again, what came last."""

from datetime import date

from thbfund import explain
from thbfund.catalogue.calls import Calls
from thbfund.guidance.rounds import past_round
from thbfund.matching import Match
from thbfund.rules.wording import sentence
from thbfund.timing import Expected, Round
from thbfund.web import components

STATUS_WORDS = {"open": "Open", "forthcoming": "Announced", "closed": "Closed", "unknown": "Dates not known"}


def show(match: Match, calls: Calls | None, on: date) -> None:
    """Draw the calls of one result, as on a day."""
    components.named("Calls", sentence(explain.timing(match)))
    if calls is None:
        return
    for found in match.calendar.current:
        _round(found, calls, on)
        if judgement := match.call_judgements.get(found.topic.id):
            components.named("Under this call", sentence(explain.VERDICT_WORDS[judgement.verdict]))
    components.bullets(_expected(coming) for coming in match.calendar.expected)
    for found in match.calendar.past:
        _round(found, calls, on)
        components.small(past_round(found.topic))


def _round(found: Round, calls: Calls, on: date) -> None:
    topic, deadline = found.topic, found.topic.deadline
    day = f", deadline {topic.closes}" if topic.closes else f", {topic.year}"
    hour = f" at {topic.deadline_time} Brussels time" if topic.deadline_time and deadline else ""
    proof = components.Proof(topic, calls.sources, on)
    evidence = proof.of(deadline, field="deadline") if deadline else proof.of(topic.subject)
    components.named(f"{STATUS_WORDS[found.status]}{day}{hour}", f"{topic.title} ({topic.id}).", evidence)


def _expected(coming: Expected) -> str:
    years = ", ".join(map(str, coming.years))
    return f"{coming.family.name}: expected in {coming.year}, not announced. Earlier rounds: {years}."
