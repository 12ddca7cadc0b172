"""A programme's calls on screen: what is open or announced, what may come again, what came last."""

from datetime import date

from thbfund import explain
from thbfund.catalogue.calls import Calls
from thbfund.guidance.rounds import past_round
from thbfund.matching import Match
from thbfund.rules.wording import sentence
from thbfund.said import say
from thbfund.timing import Expected, Round
from thbfund.web import components
from thbfund.web.speech import _, current

STATUS_WORDS = {
    "open": say("Open"),
    "forthcoming": say("Announced"),
    "closed": say("Closed"),
    "unknown": say("Dates not known"),
}


def show(match: Match, calls: Calls | None, on: date) -> None:
    """Draw the calls of one result, as on a day."""
    components.named(_("Calls"), sentence(explain.timing(match)))
    if calls is None:
        return
    for found in match.calendar.current:
        _round(found, calls, on)
        if found.aside:
            components.small(sentence(explain.OTHER_SUBJECT))
        if judgement := match.call_judgements.get(found.topic.id):
            components.named(_("Under this call"), sentence(explain.VERDICT_WORDS[judgement.verdict]))
    components.bullets(_expected(coming) for coming in match.calendar.expected)
    for found in match.calendar.past:
        _round(found, calls, on)
        components.small(past_round(found.topic))


def _round(found: Round, calls: Calls, on: date) -> None:
    topic, deadline = found.topic, found.topic.deadline
    proof = components.Proof(topic, calls.sources, on)
    evidence = proof.of(deadline, current().value, field="deadline") if deadline else proof.of(topic.subject)
    components.named(_title(found), f"{topic.title} ({topic.id}).", evidence)


def _title(found: Round) -> str:
    """The state of a round with its last day and hour, or its year where no day is known."""
    topic, state = found.topic, _(STATUS_WORDS[found.status])
    if topic.closes is None:
        return _("{state}, {year}", state=state, year=str(topic.year))
    if topic.deadline_time is None:
        return _("{state}, deadline {day}", state=state, day=topic.closes)
    return _("{state}, deadline {day} at {time} Brussels time", state=state, day=topic.closes, time=topic.deadline_time)


def _expected(coming: Expected) -> str:
    said = _(
        "{family}: expected in {year}, not announced. Earlier rounds: {years}.",
        family=coming.family.name,
        year=str(coming.year),
        years=", ".join(map(str, coming.years)),
    )
    return explain.with_subject(coming, said)
