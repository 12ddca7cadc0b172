"""What was asked: the form's values <-> a project. All of it stays in the memory of the session."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from thbfund.catalogue.contents import Catalogue
from thbfund.input.problems import InputError, Problem
from thbfund.input.strict_yaml import Document
from thbfund.input.validation import build
from thbfund.matching import PeriodChoice
from thbfund.project import Project, Tags
from thbfund.said import say
from thbfund.text.personal_data import Sign, signs_in, without_personal_data
from thbfund.web import clock, mistakes, partner_rows

NOT_SAID = say("Not said")
YES, NO = say("Yes"), say("No")
KEY = "project_"  # all widgets of the form
ASKED = "asked"  # the last query, so that its results are still there on the way back from another page
PROBLEMS = "problems"  # what was wrong with the last query
SKIPPED = "skipped"  # questions that are not to be asked again
HELD = "held"  # signs of personal data for which the user has not chosen yet
BROUGHT = "brought"  # what became of the last note or project file, until the form gets its text from elsewhere
ACCEPTED = "accepted"  # the text with such signs that she goes on with knowingly
CORRECTIONS = ("also_meant", "not_meant")

LABELS = {
    "summary": say("Describe your project"),
    "applicant.type": say("Type of the lead organisation"),
    "applicant.country": say("Country of the lead organisation"),
    "countries_of_action": say("Countries where the work takes place"),
    "target_groups": say("People or groups served"),
    "beneficiaries_third_country_nationals": say("Are the people served third-country nationals (not EU citizens)?"),
    "activities": say("Activities"),
    "total_budget_eur": say("Total budget, EUR"),
    "requested_grant_eur": say("Grant asked for, EUR"),
    "duration_months": say("Duration, months"),
    "start": say("Start of the project"),
    "partners": say("Partners"),
    "language": say("Language of the description"),
}
"""Fields of a project that the form asks for, in the words of the screen."""

_ANSWERS = {True: YES, False: NO, None: NOT_SAID}
_AS_THEY_ARE = (
    "countries_of_action",
    "target_groups",
    "activities",
    "priorities",
    "total_budget_eur",
    "requested_grant_eur",
    "duration_months",
    "start",
    "language",
)
_STATED = ("target_groups", "activities", "priorities", "countries_of_action")
_UNASKED = ("title",)  # of a file: kept, though the form has no field for it


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked: the project, the day, and the period of the candidates."""

    project: Project
    on: date
    period: PeriodChoice


def last() -> Query | None:
    """The query whose results are to be shown; None before the first and while the form holds a mistake."""
    query: Query | None = st.session_state.get(ASKED)
    return query


def ask(catalogue: Catalogue) -> None:
    """Make a query of the form, or keep what is wrong with it; a callback, so that the page is drawn knowing it."""
    st.session_state[SKIPPED] = ()
    _ask(catalogue)


def answer(field: str, value: Any, catalogue: Catalogue) -> None:
    """Fill one field of the form and ask again; a callback."""
    set_and_ask(_as_widgets(field, value), catalogue)


def skip(field: str) -> None:
    """Ask another question instead; a callback."""
    st.session_state[SKIPPED] = (*skipped(), field)


def skipped() -> tuple[str, ...]:
    """Fields that are not to be asked for again, until the form is sent once more."""
    fields: tuple[str, ...] = st.session_state.get(SKIPPED, ())
    return fields


def held() -> tuple[Sign, ...]:
    """Signs of personal data in the description; while there are any, nothing is computed."""
    signs: tuple[Sign, ...] = st.session_state.get(HELD, ())
    return signs


def go_on_knowingly(catalogue: Catalogue) -> None:
    """Ask with the text as it is; a button's callback."""
    st.session_state[ACCEPTED] = value_of("summary")
    _ask(catalogue)


def take_out(catalogue: Catalogue) -> None:
    """Ask with what seems to be personal data taken out of the text; a button's callback."""
    set_and_ask({"summary": without_personal_data(value_of("summary") or "")}, catalogue)


def brought() -> Any:
    """What became of the last note or project file, in the view's own class; None once it is out of date."""
    return st.session_state.get(BROUGHT)


def bring(outcome: Any) -> None:
    """Keep what became of a note or project file, after its text was taken."""
    st.session_state[BROUGHT] = outcome


def describe(summary: str) -> None:
    """Put another description into the form: what was found, and what was corrected, belonged to the one before."""
    bring(None)
    _set({"summary": summary, "also_meant": {}, "not_meant": {}})
    _forget_answers()


def set_and_ask(values: Mapping[str, Any], catalogue: Catalogue) -> None:
    """Set values of the form by the names of its widgets and ask again; for callbacks."""
    _set(values)
    _ask(catalogue)


def value_of(name: str) -> Any:
    """What a widget of the form holds."""
    return st.session_state.get(KEY + name)


def rows_for_partners() -> range:
    """The rows that the form shows for partners."""
    return partner_rows.needed(value_of)


def _ask(catalogue: Catalogue) -> None:
    _forget_answers()
    state = {key: st.session_state.get(KEY + key) for key in _empty()}
    try:
        project = build(Project, Document(_values(state)), "form", {"vocabularies": catalogue.vocabularies})
    except InputError as error:
        st.session_state[PROBLEMS] = error.problems
        return
    if project.summary != st.session_state.get(ACCEPTED) and (signs := signs_in(project.summary)):
        st.session_state[HELD] = tuple(signs)
        return
    st.session_state[ASKED] = Query(project, state["on"] or clock.today(), "all" if state["with_closed"] else "open")


def ask_about(project: Project, catalogue: Catalogue) -> None:
    """Fill the form with a project and ask; a button's callback."""
    bring(None)
    _set(_empty() | _state(project))
    ask(catalogue)


def ask_in_all_periods(catalogue: Catalogue) -> None:
    """Ask again among programmes of all periods; a button's callback."""
    _set({"with_closed": True})
    ask(catalogue)


def take_over(project: Project, catalogue: Catalogue) -> None:
    """Make a changed project the one of the form, on the same day and for the same period, and ask; a callback."""
    _set(_state(project))
    ask(catalogue)


def fill(project: Project, on: date | None, *, with_closed: bool) -> None:
    """Fill the form with all of a project but its description, and ask nothing; before the form is drawn."""
    kept = {"summary": st.session_state.get(KEY + "summary") or ""}
    _set(_empty() | _state(project) | kept | {"on": on or clock.today(), "with_closed": with_closed})


def forget() -> None:
    """Empty the form and drop the results; a button's callback."""
    bring(None)
    _set(_empty())
    st.session_state[SKIPPED] = ()
    st.session_state[ACCEPTED] = None
    _forget_answers()


def _forget_answers() -> None:
    st.session_state[PROBLEMS] = st.session_state[HELD] = ()
    st.session_state[ASKED] = None


def problems_of(*fields: str) -> list[str]:
    """What is wrong with these fields of the last query, in inert sentences."""
    return [mistakes.said(problem) for problem in _problems() if _field(problem) in fields]


def has_problems() -> bool:
    """Whether the last query could not be understood."""
    return bool(_problems())


def _problems() -> Sequence[Problem]:
    found: Sequence[Problem] = st.session_state.get(PROBLEMS, ())
    return found


def _field(problem: Problem) -> str:
    """The field of the form beside which a problem is shown; the description where it belongs to none."""
    whole, first = problem.field, problem.field.split(".")[0]
    return whole if whole in LABELS else first if first in LABELS else "summary"


def _set(values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        st.session_state[KEY + name] = value


def _empty() -> dict[str, Any]:
    """Every widget of the form with the value that says nothing."""
    return {
        **partner_rows.empty(rows_for_partners()),
        **dict.fromkeys(("type", "country", *_AS_THEY_ARE)),
        **dict.fromkeys(("name", *_UNASKED)),
        "summary": "",
        **{name: [] for name in _STATED},
        **{name: {} for name in CORRECTIONS},
        "third_country_nationals": NOT_SAID,
        "no_partners": False,
        "on": clock.today(),
        "with_closed": False,
    }


def _state(project: Project) -> dict[str, Any]:
    """A project as values of widgets; what the form does not ask is left out."""
    state: dict[str, Any] = {
        "summary": project.summary,
        "type": project.applicant.type,
        "country": project.applicant.country,
        "name": project.applicant.name,
        **{name: getattr(project, name) for name in _UNASKED},
        "third_country_nationals": _ANSWERS[project.beneficiaries_third_country_nationals],
        "no_partners": project.partners == (),
        **{name: _corrections(getattr(project, name)) for name in CORRECTIONS},
        **partner_rows.filled_with(project.partners or ()),
    }
    for name in _AS_THEY_ARE:
        value = getattr(project, name)
        if value is not None:
            state[name] = list(value) if isinstance(value, tuple) else int(value) if name.endswith("_eur") else value
    return state


def _corrections(tags: Tags) -> dict[str, list[str]]:
    return {kind: list(found) for kind, found in tags.model_dump().items() if found}


def _as_widgets(field: str, value: Any) -> dict[str, Any]:
    """An answer as values of the form's widgets."""
    if field == "partners":  # the only answer that needs no row of its own
        return {"no_partners": True}
    if field == "beneficiaries_third_country_nationals":
        return {"third_country_nationals": _ANSWERS[value]}
    return {field.removeprefix("applicant."): value}


def _values(state: Mapping[str, Any]) -> dict[str, Any]:
    """Values of widgets as the fields of a project file; an empty list in the form means: not said."""
    return {
        "summary": state["summary"] or "",
        "applicant": {name: state[name] for name in ("name", "type", "country")},
        **{name: state[name] for name in _UNASKED},
        "partners": partner_rows.read(state) or ([] if state["no_partners"] else None),
        "beneficiaries_third_country_nationals": {YES: True, NO: False}.get(state["third_country_nationals"]),
        **{name: None if state[name] == [] else state[name] for name in _AS_THEY_ARE},
        **{name: state[name] or None for name in CORRECTIONS},
    }
