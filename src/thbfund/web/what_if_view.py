"""What if, on screen: try one change, see what moves, take it over or leave it. The project stays until then."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from thbfund.catalogue.vocabulary import country_name
from thbfund.input.problems import InputError, Problem
from thbfund.matching import MatchReport
from thbfund.project import MAX_MONTHS, Project
from thbfund.report.inert import inert_markdown
from thbfund.said import labelled, say
from thbfund.web import asking, choices, components, mistakes, resources
from thbfund.web.speech import _, counted, inert, spoken
from thbfund.what_if import FIELDS, Move, changed, moves

TITLE = say("What if we changed one thing?")
KEY = "what_if_"
TRIAL = "trial"  # what was tried, in the memory of the session
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Trial:
    """One change that was tried: the query that it starts from, the changed project, and its report or problems."""

    query: asking.Query
    words: str
    project: Project | None = None
    report: MatchReport | None = None
    problems: tuple[Problem, ...] = ()


def show(report: MatchReport) -> None:
    """Draw the choice of a change, and what it would move."""
    st.write(_("Change one thing and see which programmes move. Your project stays as it is until you take it over."))
    field = st.selectbox(
        _("What to change"), list(FIELDS), format_func=lambda name: spoken(FIELDS[name]), key=f"{KEY}field"
    )
    value = _WIDGETS[field](report)
    st.button(
        _("See what would move"),
        on_click=_try,
        args=(field, value, report),
        disabled=value in (None, []),
        icon=":material/science:",
        key=f"{KEY}try",
    )
    trial: Trial | None = st.session_state.get(TRIAL)
    if trial and trial.query == asking.last():
        _trial(trial, report)


def _try(field: str, value: Any, report: MatchReport) -> None:
    query, matcher = asking.last(), resources.matcher()
    if query is None:
        return
    words = _in_words(field, value, report)
    try:
        project = changed(query.project, field, value, matcher.catalogue.vocabularies)
    except InputError as error:
        st.session_state[TRIAL] = Trial(query, words, problems=error.problems)
        return
    st.session_state[TRIAL] = Trial(query, words, project, matcher.match(project, query.on, query.period))


def _trial(trial: Trial, report: MatchReport) -> None:
    st.markdown(f"#### {inert_markdown(_('What if: {change}', change=trial.words))}")
    for problem in trial.problems:
        st.error(mistakes.said(problem), icon=":material/error:")
    if trial.report and trial.project:
        _moves(moves(report, trial.report))
        with st.container(horizontal=True):
            st.button(
                _("Take this over"),
                type="primary",
                on_click=_take_over,
                args=(trial.project, report),
                icon=":material/check:",
                key=f"{KEY}take",
            )
            st.button(_("Discard"), on_click=forget, icon=":material/undo:", key=f"{KEY}discard")
    else:
        st.button(_("Discard"), on_click=forget, icon=":material/undo:", key=f"{KEY}discard")


def _moves(found: tuple[Move, ...]) -> None:
    if not found:
        st.write(_("Nothing moves: verdicts, roles, conditions and ranks stay as they are."))
        return
    st.markdown(counted("{n} programme moves:", "{n} programmes move:", len(found)))
    st.markdown("\n".join(f"- {_arrow(move)} **{inert_markdown(move.match.programme.name)}.** "
                          f"{' '.join(map(inert, move.changes))}" for move in found[:SHOWN]))  # fmt: skip
    if len(found) > SHOWN:
        components.small(counted("And {n} more.", "And {n} more.", len(found) - SHOWN))


def _arrow(move: Move) -> str:
    """The direction, in a word beside the sign: nothing by colour alone."""
    if move.better is None:
        return ""
    return f":green[**{_('Better')}:**]" if move.better else f":red[**{_('Worse')}:**]"


def _take_over(project: Project, report: MatchReport) -> None:
    asking.take_over(project, report.catalogue)
    forget()


def forget() -> None:
    """Drop what was tried; a callback."""
    st.session_state.pop(TRIAL, None)


def _in_words(field: str, value: Any, report: MatchReport) -> str:
    """The change in words: `Country of the lead: Romania`."""
    vocabularies = report.catalogue.vocabularies
    said: str
    if field == "applicant.country":
        said = country_name(value)
    elif field == "applicant.type":
        said = _(vocabularies.label("applicant_types", value))
    elif field == "target_groups":
        said = ", ".join(_(vocabularies.label("target_groups", one)) for one in value)
    elif field == "partners":
        said = counted("{n} partner", "{n} partners", len(value))
    else:
        said = spoken(value)
    return _(labelled(FIELDS[field], said))


def _country(_report: MatchReport) -> str | None:
    return _country_field(_("Another country"), f"{KEY}country")


def _country_field(label: str, key: str) -> str | None:
    names = choices.countries()
    found: str | None = st.selectbox(
        label, list(names), index=None, format_func=names.__getitem__, key=key,
        placeholder=_(asking.NOT_SAID),
    )  # fmt: skip
    return found


def _type_field(label: str, key: str, report: MatchReport) -> str | None:
    names = choices.labels(report.catalogue, "applicant_types")
    found: str | None = st.selectbox(
        label, list(names), index=None, format_func=names.__getitem__, key=key,
        placeholder=_(asking.NOT_SAID),
    )  # fmt: skip
    return found


def _type(report: MatchReport) -> str | None:
    return _type_field(_("Another type"), f"{KEY}type", report)


def _partners(report: MatchReport) -> list[dict[str, Any]] | None:
    """One more partner than the project has."""
    kind = _type_field(_("One more partner: its type"), f"{KEY}partner_type", report)
    country = _country_field(_("One more partner: its country"), f"{KEY}partner_country")
    if kind is None and country is None:
        return None
    own = [partner.model_dump() for partner in report.project.partners or ()]
    return [*own, {"type": kind, "country": country}]


def _budget(_report: MatchReport) -> int | None:
    return st.number_input(_("Another total budget, EUR"), min_value=0, value=None, step=10_000, key=f"{KEY}budget")


def _duration(_report: MatchReport) -> int | None:
    return st.number_input(
        _("Another duration, months"), min_value=1, max_value=MAX_MONTHS, value=None, step=1, key=f"{KEY}months"
    )


def _start(report: MatchReport) -> date | None:
    found: date | None = st.date_input(
        _("Another start"), value=None, min_value=report.on, format="YYYY-MM-DD", key=f"{KEY}start"
    )
    return found


def _people(report: MatchReport) -> list[str]:
    names = choices.labels(report.catalogue, "target_groups")
    return st.multiselect(
        _("Other people served"),
        list(names),
        format_func=names.__getitem__,
        key=f"{KEY}people",
        placeholder=_("Choose groups"),
    )


_WIDGETS: Mapping[str, Callable[[MatchReport], Any]] = {
    "applicant.country": _country,
    "applicant.type": _type,
    "partners": _partners,
    "total_budget_eur": _budget,
    "duration_months": _duration,
    "start": _start,
    "target_groups": _people,
}
