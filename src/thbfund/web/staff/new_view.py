"""NEW and RETIRE on screen: a call's next round, a programme's next period, an entry from nothing, a last day."""

from datetime import date
from typing import get_args

import streamlit as st

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.model import Period
from thbfund.report.inert import inert_markdown
from thbfund.staff.entries import PLACES, EntryKind, new_entry
from thbfund.staff.fields import Field
from thbfund.staff.new_entries import next_period, next_round, retire
from thbfund.staff.trial import FileRefusedError
from thbfund.web import clock
from thbfund.web.staff.drafts import Draft, draft_of

GO_TO = "edit_go_to"
"""Names, in the session, the entry to show next: programme, kind and id."""

_TITLES = {"programme": "Next period, retire", "strand": "New strand", "call": "New call", "family": "New family"}


def show(catalogue: Catalogue, programme: str, kind: EntryKind, entry: str, draft: Draft, whole: Field | None) -> None:
    """Draw what can be made of the chosen entry, closed until asked for. Nothing is deleted here, nor anywhere."""
    if whole is None:
        return
    with st.expander(_TITLES[kind], icon=":material/add:", expanded=not entry):
        if kind == "programme":
            _next_period(draft, programme)
            _retire(catalogue, draft, whole)
            return
        if kind == "call" and entry:
            _next_round(draft, entry, programme)
        _from_nothing(draft, programme, kind, whole)


def _next_round(draft: Draft, topic: str, programme: str) -> None:
    with st.form("edit_next_round", border=False):
        st.markdown("**Next round of this call**")
        st.write("A copy without the days and results of the old round. Nothing in it counts as read.")
        new_id = st.text_input("Id of the new round, as published")
        year = st.number_input("Year", value=clock.now().year, step=1, format="%d")
        if st.form_submit_button("Copy to a new round") and _named(new_id):
            if draft.change(lambda text: next_round(text, topic, new_id.strip(), int(year))):
                _go_to(programme, "call", new_id.strip())
            st.rerun()


def _from_nothing(draft: Draft, programme: str, kind: EntryKind, whole: Field) -> None:
    with st.form("edit_from_nothing", border=False):
        st.markdown("**From nothing**")
        st.write("An entry in which everything is to be filled in; the check names what is missing.")
        new_id = st.text_input("Id of the new entry")
        if st.form_submit_button("Add an empty entry") and _named(new_id):
            if draft.change(lambda text: new_entry(text, programme, whole, kind, new_id)):
                _go_to(programme, kind, new_id.strip())
            st.rerun()


def _next_period(draft: Draft, programme: str) -> None:
    with st.form("edit_next_period", border=False):
        st.markdown("**Copy to the next period**")
        st.write("A new file with the same strands. Amounts and days are unknown in it; nothing counts as read.")
        new_id = st.text_input("Id of the new programme", placeholder=f"{programme}-next")
        period = st.selectbox("Period", get_args(Period), index=len(get_args(Period)) - 1)
        if st.form_submit_button("Copy to a new programme") and _named(new_id):
            _copy_programme(draft, new_id.strip(), period)


def _copy_programme(draft: Draft, new_id: str, period: str) -> None:
    try:
        new = draft_of(PLACES["programme"].file(new_id))
    except FileRefusedError as error:
        st.error(inert_markdown(str(error)))
        return
    if new.after:
        st.error("There is a programme of that id already: choose another.")
        return
    if new.change(lambda _: next_period(draft.after, new_id, period)):
        _go_to(new_id, "programme", new_id)
        st.rerun()
    st.error(inert_markdown(new.refused))


def _retire(catalogue: Catalogue, draft: Draft, whole: Field) -> None:
    names = {key: found.short_name for key, found in catalogue.programmes.items()}
    sources = whole.part("sources").value
    keys = list(sources) if isinstance(sources, dict) else []
    with st.form("edit_retire", border=False):
        st.markdown("**Retire**")
        st.write("The programme stays in the catalogue, with its last day and what follows it. Nothing is deleted.")
        ends_on = st.date_input("Last day", value=None, max_value=date(2099, 12, 31), format="YYYY-MM-DD")
        successor = st.selectbox("Programme that follows", list(names), index=None, placeholder="None follows",
                                 format_func=lambda key: names[key])  # fmt: skip
        read = st.multiselect("Sources read for both, with the place", keys, accept_new_options=True)
        checked_on = st.date_input("Read on", value="today", format="YYYY-MM-DD")
        if not st.form_submit_button("Retire the programme"):
            return
        if ends_on is None or checked_on is None:
            st.error("Give the last day, and the day on which its source was read.")
        else:
            draft.change(lambda text: retire(text, ends_on, successor, read, checked_on))
            st.rerun()


def _named(new_id: str) -> bool:
    if not new_id.strip():
        st.error("Give the new id first.")
    return bool(new_id.strip())


def _go_to(programme: str, kind: EntryKind, entry: str) -> None:
    """Have the page show another entry at its next run: widgets that are drawn already cannot be set."""
    st.session_state[GO_TO] = programme, kind, entry
