"""The next question with a field to answer it in; the answer goes into the form and everything is matched again."""

from collections.abc import Callable

import streamlit as st

from thbfund.matching import MatchReport
from thbfund.project import MAX_MONTHS
from thbfund.questions import Question
from thbfund.said import say, sentences, within
from thbfund.web import asking, choices, form, found
from thbfund.web.speech import _, inert, spoken

KEY = "answer_"


def show(report: MatchReport) -> None:
    """Draw the next question; nothing where none is left."""
    question = found.question_of(report, asking.skipped())
    if question is None:
        return
    above = say("You can also answer above: {place}.", place=form.where(question.field))
    said = inert(sentences(question.text, question.because, above))
    st.info(f"**{_('Next question:')}** {said}", icon=":material/help:")
    _WIDGETS[question.field](question, report)
    st.button(
        _("Leave this question out"),
        key=f"{KEY}skip",
        on_click=asking.skip,
        args=(question.field,),
        icon=":material/skip_next:",
    )


def _choice(question: Question, report: MatchReport) -> None:
    names = (
        choices.countries()
        if question.field == "applicant.country"
        else choices.labels(report.catalogue, "applicant_types")
    )
    st.selectbox(
        _answer_to(question),
        list(names),
        index=None,
        format_func=names.__getitem__,
        key=KEY + question.field,
        placeholder=spoken(asking.NOT_SAID),
        on_change=_take,
        args=(question.field, report),
    )


def _countries(question: Question, report: MatchReport) -> None:
    names = choices.countries()
    st.multiselect(
        _answer_to(question),
        list(names),
        format_func=names.__getitem__,
        key=KEY + question.field,
        placeholder=_("Choose countries"),
    )
    _submit(question, report)


def _number(question: Question, report: MatchReport) -> None:
    months = question.field == "duration_months"
    st.number_input(
        _answer_to(question),
        min_value=int(months),
        max_value=MAX_MONTHS if months else None,
        value=None,
        step=1 if months else 10_000,
        key=KEY + question.field,
    )
    _submit(question, report)


def _yes_or_no(question: Question, report: MatchReport) -> None:
    with st.container(horizontal=True):
        for value, word in ((True, asking.YES), (False, asking.NO)):
            _button(spoken(word), question, value, report)


def _confirmation(question: Question, report: MatchReport) -> None:
    """What was recognised can be confirmed at once; to correct it one needs the list in the form."""
    if question.recognised:
        _button(_("Yes, that is right"), question, list(question.recognised), report)


def _no_partners(question: Question, report: MatchReport) -> None:
    _button(_("No partners: we apply alone"), question, [], report)


def _answer_to(question: Question) -> str:
    return _("Your answer: {field}", field=within(asking.LABELS[question.field]))


def _button(label: str, question: Question, value: object, report: MatchReport) -> None:
    st.button(
        label,
        key=f"{KEY}{question.field}_{label}",
        on_click=asking.answer,
        args=(question.field, value, report.catalogue),
        icon=":material/check:",
    )


def _submit(question: Question, report: MatchReport) -> None:
    st.button(
        _("Answer"),
        key=f"{KEY}{question.field}_submit",
        on_click=_take,
        args=(question.field, report),
        icon=":material/check:",
    )


def _take(field: str, report: MatchReport) -> None:
    """Take over what the widget holds; an empty one is no answer."""
    value = st.session_state[KEY + field]
    if value not in (None, []):
        asking.answer(field, value, report.catalogue)


_WIDGETS: dict[str, Callable[[Question, MatchReport], None]] = {
    "applicant.type": _choice,
    "applicant.country": _choice,
    "countries_of_action": _countries,
    "target_groups": _confirmation,
    "beneficiaries_third_country_nationals": _yes_or_no,
    "activities": _confirmation,
    "total_budget_eur": _number,
    "requested_grant_eur": _number,
    "duration_months": _number,
    "partners": _no_partners,
}
