"""The reader's shortlist: ids of programmes in her order, in the memory of the session; a file can keep it."""

from collections.abc import Iterable

import streamlit as st

from thbfund.catalogue.model import Programme
from thbfund.report.inert import inert_markdown
from thbfund.web.speech import _

KEY = "shortlist"  # outlives page changes, so it is no widget's key
_BOX = "shortlisted_"


def ids() -> tuple[str, ...]:
    """The programmes on the list, in its order."""
    found: tuple[str, ...] = st.session_state.get(KEY, ())
    return found


def put(programmes: Iterable[str]) -> None:
    """Make this the list; each programme once."""
    st.session_state[KEY] = tuple(dict.fromkeys(programmes))


def short_name(programme: Programme) -> str:
    """`CERV 2021-2027`: short enough for a label on a phone."""
    return f"{programme.acronym} {programme.periods[0]}"


def box(programme: Programme) -> None:
    """A box that puts a programme on the list or takes it off."""
    key = f"{_BOX}{programme.id}"
    st.session_state[key] = programme.id in ids()
    label = _("Shortlist {name}", name=short_name(programme))
    st.checkbox(inert_markdown(label), key=key, on_change=_toggle, args=(programme.id,))


def _toggle(programme: str) -> None:
    others = tuple(one for one in ids() if one != programme)
    put((*others, programme) if programme not in ids() else others)
