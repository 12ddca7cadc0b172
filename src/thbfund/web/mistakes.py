"""What is wrong with what was typed into the form, in the reader's words and language."""

from collections.abc import Mapping

from thbfund.input.problems import Problem
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
    """A problem in an inert sentence; one that only a project file can have says what the file's reader says."""
    told = OF_THE_FORM.get((problem.code, problem.field))
    if told:
        return inert_markdown(spoken(told))
    expected = _("expected {allowed}", allowed=spoken(problem.allowed)) if problem.allowed else ""
    text = "; ".join(part for part in (spoken(problem.message), expected) if part)
    return inert_markdown(sentence(_(labelled(text, problem.hint)) if problem.hint else text))
