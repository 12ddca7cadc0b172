"""What was found for the last query, kept in the memory of the session, so that a click matches nothing again."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from thbfund.matching import Matcher, MatchReport
from thbfund.parts import PartByPart, part_by_part
from thbfund.questions import Question, next_question
from thbfund.web.asking import Query

_KEY = "found"


def report_of(query: Query, matcher: Matcher) -> MatchReport:
    """The answer to a query by this matcher."""
    report: MatchReport = _kept("report", query, matcher, lambda: matcher.match(query.project, query.on, query.period))
    return report


def parts_of(query: Query, matcher: Matcher) -> PartByPart:
    """The project of a query part by part; it takes longer than the report, so ask for it where it is shown."""
    report = report_of(query, matcher)
    parts: PartByPart = _kept("parts", query, matcher, lambda: part_by_part(matcher, report, query.period))
    return parts


def question_of(report: MatchReport, skipped: tuple[str, ...]) -> Question | None:
    """The next question after a report; it judges the first results dozens of times, so a click does not do so again.

    It is kept with the session's own report, and with no other.
    """
    kept = st.session_state.get(_KEY, {})
    if kept.get("report") is not report:
        return next_question(report, skipped)
    if kept.get("skipped") != skipped:
        kept["question"], kept["skipped"] = next_question(report, skipped), skipped
    question: Question | None = kept["question"]
    return question


def forget() -> None:
    """Keep no answer, and so no description; for callbacks."""
    st.session_state.pop(_KEY, None)


def _kept(name: str, query: Query, matcher: Matcher, work_out: Callable[[], Any]) -> Any:
    """What was worked out before, or anew where query or catalogue are others; one answer is kept, the last."""
    kept = st.session_state.get(_KEY)
    if not kept or kept["query"] != query or kept["matcher"] is not matcher:
        kept = st.session_state[_KEY] = {"query": query, "matcher": matcher}
    if name not in kept:
        kept[name] = work_out()
    return kept[name]
