"""The form's widgets; `asking` says what becomes of their values."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import streamlit as st

from thbfund.catalogue.contents import Catalogue
from thbfund.link import FIRST_DAY, LAST_DAY
from thbfund.project import MAX_MONTHS
from thbfund.said import Said, say
from thbfund.web import asking, choices, clock
from thbfund.web.asking import KEY, LABELS, NOT_SAID
from thbfund.web.speech import _

MORE = say("More on the project")
PARTNERS = say("Partners")

_MORE_FIELDS = (
    "countries_of_action",
    "target_groups",
    "beneficiaries_third_country_nationals",
    "activities",
    "total_budget_eur",
    "requested_grant_eur",
    "duration_months",
    "start",
    "language",
)
_KEPT: dict[str, Any] = {"persist_state": "session"}  # still filled in on the way back from another page


def show(catalogue: Catalogue) -> None:
    """Draw the form; what is wrong stands beside the field it is wrong in."""
    with st.form("project", border=False):
        _description()
        _applicant(catalogue)
        with _part(MORE, *_MORE_FIELDS, icon=":material/tune:"):
            _subject(catalogue)
            _money()
            _rest()
        with _part(PARTNERS, "partners", icon=":material/group:"):
            _partners(catalogue)
        st.form_submit_button(
            _("Find programmes"), type="primary", icon=":material/search:", on_click=asking.ask, args=(catalogue,)
        )


def where(field: str) -> str:
    """Where the form asks for a field, in the words of the screen; "" where it does not."""
    if field not in LABELS:
        return ""
    if field in _MORE_FIELDS:
        return say("“{part}”, “{label}”", part=MORE, label=LABELS[field])
    return say("“{label}”", label=LABELS[field])


def _description() -> None:
    # No `max_chars`: the browser would drop a longer text that is pasted, without a word.
    st.text_area(
        _(LABELS["summary"]),
        key=KEY + "summary",
        height=180,
        placeholder=_("Who is helped, against what, with which activities, and where? 60 to 200 words are best."),
        help=_("In any official EU language. Leave out names and details of people: they are not needed."),
        **_KEPT,
    )
    _beside("summary")


def _applicant(catalogue: Catalogue) -> None:
    left, right = st.columns(2)
    with left:
        _choice(catalogue, "applicant_types", _(LABELS["applicant.type"]), "type")
        _beside("applicant.type")
    with right:
        _country(_(LABELS["applicant.country"]), "country")
        _beside("applicant.country")


def _subject(catalogue: Catalogue) -> None:
    names = choices.countries()
    st.multiselect(
        _(LABELS["countries_of_action"]),
        list(names),
        format_func=names.__getitem__,
        key=KEY + "countries_of_action",
        placeholder=_("Choose countries"),
        **_KEPT,
    )
    _beside("countries_of_action")
    _several(catalogue, "target_groups")
    st.radio(
        _(LABELS["beneficiaries_third_country_nationals"]),
        [NOT_SAID, asking.YES, asking.NO],
        format_func=_,
        key=KEY + "third_country_nationals",
        horizontal=True,
        **_KEPT,
    )
    _several(catalogue, "activities")


def _money() -> None:
    left, middle, right = st.columns(3)
    with left:
        _number("total_budget_eur", step=10_000)
    with middle:
        _number("requested_grant_eur", step=10_000)
    with right:
        _number("duration_months", min_value=1, max_value=MAX_MONTHS)
    _start()


def _start() -> None:
    held = asking.value_of("start") or FIRST_DAY  # a file may name any day, and the widget refuses what is outside
    st.date_input(
        _(LABELS["start"]),
        value=None,
        format="YYYY-MM-DD",
        min_value=min(FIRST_DAY, held),
        max_value=max(LAST_DAY, held),
        key=KEY + "start",
        help=_("When work is to begin. If you know only the month, choose its first day. Calls are timed against it."),
        **_KEPT,
    )
    _beside("start")


def _rest() -> None:
    languages = choices.languages()
    left, right = st.columns(2)
    with left:
        st.selectbox(
            _(LABELS["language"]),
            list(languages),
            index=None,
            format_func=languages.__getitem__,
            key=KEY + "language",
            placeholder=_("Recognised from the text"),
            **_KEPT,
        )
    with right:
        st.session_state.setdefault(KEY + "on", clock.today())
        st.date_input(
            _("Answer for this day"),
            format="YYYY-MM-DD",
            min_value=FIRST_DAY,
            max_value=LAST_DAY,
            key=KEY + "on",
            **_KEPT,
        )
    st.checkbox(_("Show closed programmes too"), key=KEY + "with_closed", **_KEPT)


def _partners(catalogue: Catalogue) -> None:
    st.checkbox(_("No partners: we apply alone"), key=KEY + "no_partners", **_KEPT)
    for row in asking.rows_for_partners():
        left, right = st.columns(2)
        with left:
            _choice(catalogue, "applicant_types", _("Type of partner {n}", n=row + 1), f"partner_type_{row}")
        with right:
            _country(_("Country of partner {n}", n=row + 1), f"partner_country_{row}")
    _beside("partners")


@contextmanager
def _part(title: Said, *fields: str, icon: str) -> Iterator[None]:
    """A part of the form that may stay shut; open while something in it is wrong."""
    with st.expander(_("{part} (optional)", part=title), icon=icon, expanded=bool(asking.problems_of(*fields))):
        yield


def _choice(catalogue: Catalogue, vocabulary: str, label: str, name: str) -> None:
    names = choices.labels(catalogue, vocabulary)
    st.selectbox(
        label,
        list(names),
        index=None,
        format_func=names.__getitem__,
        key=KEY + name,
        placeholder=_(NOT_SAID),
        **_KEPT,
    )


def _several(catalogue: Catalogue, field: str) -> None:
    names = choices.labels(catalogue, field)
    st.multiselect(
        _(LABELS[field]),
        list(names),
        format_func=names.__getitem__,
        key=KEY + field,
        placeholder=_("Choose, or leave it to the description"),
        help=f"{_('What each of them means, with examples')}: [{_('Tags')}](tags).",
        **_KEPT,
    )
    _beside(field)


def _country(label: str, name: str) -> None:
    names = choices.countries()
    st.selectbox(
        label,
        list(names),
        index=None,
        format_func=names.__getitem__,
        key=KEY + name,
        placeholder=_(NOT_SAID),
        **_KEPT,
    )


def _number(field: str, step: int = 1, min_value: int = 0, max_value: int | None = None) -> None:
    st.number_input(
        _(LABELS[field]), min_value=min_value, max_value=max_value, value=None, step=step, key=KEY + field, **_KEPT
    )
    _beside(field)


def _beside(field: str) -> None:
    for said in asking.problems_of(field):
        st.error(said, icon=":material/error:")
