"""What is wrong with what was typed, opened or followed, in the reader's words and language."""

from collections.abc import Mapping

from thbfund.input.problems import Problem, shortened
from thbfund.project import MAX_SUMMARY_CHARACTERS
from thbfund.report.inert import inert_markdown
from thbfund.rules.wording import sentence
from thbfund.said import Said, labelled, say
from thbfund.web.speech import _, spoken

OF_THE_FORM: Mapping[tuple[str, str], Said] = {
    ("empty-text", "summary"): say("Write a few sentences on the project: who is helped, how and where."),
    ("text-too-long", "summary"): say(
        "The description is too long: at most {most} characters are taken. Shorten it.", most=MAX_SUMMARY_CHARACTERS
    ),
    ("grant-above-budget", "requested_grant_eur"): say(
        "The grant asked for is larger than the total budget. Correct one of the two."
    ),
}
"""By code and field: the mistakes that the form lets happen. Its other fields take nothing but what is right."""


def said(problem: Problem) -> str:
    """A problem of the form in an inert sentence; one that only a file can have says what the file's reader says."""
    told = OF_THE_FORM.get((problem.code, problem.field))
    return inert_markdown(spoken(told)) if told else in_words(problem)


def in_words(problem: Problem, place: str = "") -> str:
    """What was found, what is expected and how to mend it in an inert sentence, with the place before it, if any."""
    expected = _("expected {allowed}", allowed=problem.allowed) if problem.allowed else ""
    told = sentence("; ".join(filter(None, (spoken(problem.message), expected, spoken(problem.hint)))))
    return inert_markdown(_(labelled(place, told)) if place else told)


def of_file(problem: Problem) -> str:
    """Why a file could not be read, in sentences that begin with its name; nothing else in them is the reader's."""
    found = _("{name}: {found}.", name=inert_markdown(shortened(problem.file)), found=problem.message)
    expected = _("Expected: {allowed}.", allowed=problem.allowed)
    return f"{found} {expected} {sentence(spoken(problem.hint))}"
