"""Calls of a match, a line each: what is open or announced, what may come again, what there was."""

from thbfund import explain
from thbfund.guidance.rounds import past_round
from thbfund.matching import Match
from thbfund.rules import Judgement
from thbfund.rules.wording import checked, joined
from thbfund.said import say, sentences
from thbfund.timing import Expected, Round


def calls(match: Match) -> tuple[str, ...]:
    """One line per call: what is open or announced, with the verdict on it, what may come again, what there was."""
    calendar = match.calendar
    return (
        *(_current_line(found, match.call_judgements[found.topic.id]) for found in calendar.current),
        *(explain.with_subject(coming, _expected_line(coming)) for coming in calendar.expected),
        *(
            sentences(
                say(
                    "Past: {call} ({id}), {year}.",
                    call=found.topic.title,
                    id=found.topic.id,
                    year=str(found.topic.year),
                ),
                past_round(found.topic),
            )
            for found in calendar.past
        ),
    )


def _current_line(found: Round, judgement: Judgement) -> str:
    topic = found.topic
    call = f"{topic.title} ({topic.id})"
    when = sentences(say("opens {day}", day=topic.opens) if topic.opens else "", _closes(found))
    named = say("{call}, {when}", call=call, when=when) if when else call
    is_open = found.status == "open"
    line = sentences(
        say("Open: {call}.", call=named) if is_open else say("Announced: {call}.", call=named),
        say("For you: {verdict}.", verdict=explain.VERDICT_WORDS[judgement.verdict]),
    )
    return explain.with_subject(found, line)


def _closes(found: Round) -> str:
    """The deadline with its hour and with what makes it uncertain; "" where there is none."""
    topic = found.topic
    if topic.closes is None:
        return ""
    closes = (
        say("closes {day}, {hour} Brussels time", day=topic.closes, hour=topic.deadline_time)
        if topic.deadline_time
        else say("closes {day}", day=topic.closes)
    )
    doubt = _doubt(found)
    return say("{deadline} ({doubt})", deadline=closes, doubt=doubt) if doubt else closes


def _doubt(found: Round) -> str:
    """What makes a deadline uncertain; "" where nothing does."""
    deadline = found.topic.deadline
    if deadline is None:
        return ""
    others = [say("another source: {day}", day=other.value) for other in deadline.disputed]
    old = [checked(deadline.checked_on, found.overdue)] if found.overdue and deadline.checked_on else []
    return joined([*others, *old], ";")


def _expected_line(coming: Expected) -> str:
    return say(
        "Expected, not announced: {call}, perhaps {year} (earlier rounds: {years}).",
        call=coming.family.name,
        year=str(coming.year),
        years=joined(map(str, coming.years), ","),
    )
