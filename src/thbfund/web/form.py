"""The form: widgets <-> the values of a project file. What is typed stays in the browser session's memory."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import streamlit as st

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.vocabulary import country_names
from thbfund.input.problems import InputError, Problem
from thbfund.input.strict_yaml import Document
from thbfund.input.validation import build
from thbfund.matching import PeriodChoice
from thbfund.project import MAX_SUMMARY_CHARACTERS, Project
from thbfund.report.inert import inert_markdown

PARTNER_ROWS = 5
NOT_SAID = "Not said"
YES, NO = "Yes", "No"
ASKED = "asked"  # the last query, so that its results are still there on the way back from another page
KEY = "project_"  # all widgets of the form; Streamlit keeps them in the session's memory


def fill(project: Project) -> None:
    """Put a project's values into the form; used as a button's callback, before the widgets are drawn."""
    clear()
    state: dict[str, Any] = {
        "summary": project.summary,
        "type": project.applicant.type,
        "country": project.applicant.country,
        "countries_of_action": list(project.countries_of_action or ()),
        "target_groups": list(project.target_groups or ()),
        "third_country_nationals": {True: YES, False: NO, None: NOT_SAID}[
            project.beneficiaries_third_country_nationals
        ],
        "total_budget_eur": _whole(project.total_budget_eur),
        "requested_grant_eur": _whole(project.requested_grant_eur),
        "duration_months": project.duration_months,
        "no_partners": project.partners == (),
    }
    for row, partner in enumerate((project.partners or ())[:PARTNER_ROWS]):
        state |= {f"partner_country_{row}": partner.country, f"partner_type_{row}": partner.type}
    for name, value in state.items():
        st.session_state[KEY + name] = value


def clear() -> None:
    """Empty the form."""
    for key in [key for key in st.session_state if str(key).startswith(KEY)]:
        del st.session_state[key]


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked: the project, the day, and the period of the candidates."""

    project: Project
    on: date
    period: PeriodChoice


def show(catalogue: Catalogue) -> Query | None:
    """Draw the form; return what was asked last, or None before that and while the form holds a mistake."""
    slots: dict[str, Any] = {}
    with st.form("project", border=False):
        st.text_area(
            "Describe your project",
            key=KEY + "summary",
            height=220,
            max_chars=MAX_SUMMARY_CHARACTERS,
            placeholder="Who is helped, against what, with which activities, and where? 60 to 200 words are best.",
            help="In any official EU language. Leave out names and details of people: they are not needed.",
        )
        slots["summary"] = st.empty()
        _applicant(catalogue, slots)
        with st.expander("More on the project: a sharper answer on whether you may apply", icon=":material/tune:"):
            _subject(catalogue, slots)
            _money(slots)
            _partners(catalogue, slots)
            on = st.date_input("Answer as on", value=_today(), format="YYYY-MM-DD", key=KEY + "on")
            with_closed = st.checkbox("Show closed programmes too", key=KEY + "with_closed")
        sent = st.form_submit_button("Find programmes", type="primary", icon=":material/search:")
    if not sent:
        return st.session_state.get(ASKED)
    try:
        project = build(Project, Document(_values()), "form", {"vocabularies": catalogue.vocabularies})
    except InputError as error:
        _show_problems(error.problems, slots)
        st.session_state.pop(ASKED, None)
        return None
    query = Query(project, on if isinstance(on, date) else _today(), "all" if with_closed else "open")
    st.session_state[ASKED] = query
    return query


def _applicant(catalogue: Catalogue, slots: dict[str, Any]) -> None:
    left, right = st.columns(2)
    with left:
        _choice(catalogue, "applicant_types", "Type of the lead organisation", "type")
        slots["applicant.type"] = st.empty()
    with right:
        _country("Country of the lead organisation", "country")
        slots["applicant.country"] = st.empty()


def _partners(catalogue: Catalogue, slots: dict[str, Any]) -> None:
    st.checkbox("No partners: we apply alone", key=KEY + "no_partners")
    for row in range(PARTNER_ROWS):
        left, right = st.columns(2)
        with left:
            _choice(catalogue, "applicant_types", f"Type of partner {row + 1}", f"partner_type_{row}")
        with right:
            _country(f"Country of partner {row + 1}", f"partner_country_{row}")
    slots["partners"] = st.empty()


def _subject(catalogue: Catalogue, slots: dict[str, Any]) -> None:
    names = country_names()
    st.multiselect(
        "Countries where the work takes place",
        sorted(names, key=names.__getitem__),
        format_func=names.__getitem__,
        key=KEY + "countries_of_action",
        placeholder="Choose countries",
    )
    slots["countries_of_action"] = st.empty()
    vocabulary = catalogue.vocabularies["target_groups"]
    st.multiselect(
        "People or groups served",
        [entry.id for entry in vocabulary.entries],
        format_func=lambda entry: vocabulary[entry].label,
        key=KEY + "target_groups",
        placeholder="Choose groups, or leave it to the description",
    )
    slots["target_groups"] = st.empty()
    st.radio(
        "Are the people served third-country nationals (not EU citizens)?",
        [NOT_SAID, YES, NO],
        key=KEY + "third_country_nationals",
        horizontal=True,
    )


def _money(slots: dict[str, Any]) -> None:
    left, middle, right = st.columns(3)
    with left:
        st.number_input("Total budget, EUR", min_value=0, value=None, step=10_000, key=KEY + "total_budget_eur")
        slots["total_budget_eur"] = st.empty()
    with middle:
        st.number_input("Grant asked for, EUR", min_value=0, value=None, step=10_000, key=KEY + "requested_grant_eur")
        slots["requested_grant_eur"] = st.empty()
    with right:
        st.number_input("Duration, months", min_value=1, max_value=240, value=None, step=1, key=KEY + "duration_months")
        slots["duration_months"] = st.empty()


def _choice(catalogue: Catalogue, vocabulary: str, label: str, name: str) -> None:
    entries = catalogue.vocabularies[vocabulary]
    st.selectbox(
        label,
        [entry.id for entry in entries.entries],
        index=None,
        format_func=lambda entry: entries[entry].label,
        key=KEY + name,
        placeholder=NOT_SAID,
    )


def _country(label: str, name: str) -> None:
    names = country_names()
    st.selectbox(
        label,
        sorted(names, key=names.__getitem__),
        index=None,
        format_func=names.__getitem__,
        key=KEY + name,
        placeholder=NOT_SAID,
    )


def _values() -> dict[str, Any]:
    """The form's state as the fields of a project file; an empty list in the form means: not said."""
    state: Mapping[str, Any] = {str(key).removeprefix(KEY): st.session_state[key] for key in st.session_state}
    return {
        "summary": state.get("summary") or "",
        "applicant": {"type": state.get("type"), "country": state.get("country")},
        "partners": _partner_values(state),
        "countries_of_action": state.get("countries_of_action") or None,
        "target_groups": state.get("target_groups") or None,
        "beneficiaries_third_country_nationals": {YES: True, NO: False}.get(str(state.get("third_country_nationals"))),
        "total_budget_eur": state.get("total_budget_eur"),
        "requested_grant_eur": state.get("requested_grant_eur"),
        "duration_months": state.get("duration_months"),
    }


def _partner_values(state: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    rows = [
        {"type": state.get(f"partner_type_{row}"), "country": state.get(f"partner_country_{row}")}
        for row in range(PARTNER_ROWS)
    ]
    named = [row for row in rows if row["type"] or row["country"]]
    return named if named or state.get("no_partners") else None


def _show_problems(problems: tuple[Problem, ...], slots: Mapping[str, Any]) -> None:
    for problem in problems:
        allowed = f"; expected {problem.allowed}" if problem.allowed else ""
        hint = f". {problem.hint}" if problem.hint else ""
        said = inert_markdown(f"{problem.message}{allowed}{hint}.")
        slot = slots.get(problem.field) or slots.get(problem.field.split(".")[0]) or slots["summary"]
        slot.error(said[0].upper() + said[1:], icon=":material/error:")


def _whole(amount: float | None) -> int | None:
    return None if amount is None else int(amount)


def _today() -> date:
    return datetime.now(tz=UTC).date()
