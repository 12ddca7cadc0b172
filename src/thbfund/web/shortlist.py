"""The reader's shortlist: ids of programmes in her order, in the memory of the session; a file can keep it."""

from collections.abc import Callable, Iterable

import streamlit as st

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.model import Programme
from thbfund.report.inert import inert_markdown
from thbfund.web import components
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


def box(programme: Programme) -> None:
    """A box that puts a programme on the list or takes it off."""
    key = f"{_BOX}{programme.id}"
    st.session_state[key] = programme.id in ids()
    label = _("Shortlist {name}", name=programme.short_name)
    st.checkbox(inert_markdown(label), key=key, on_change=_toggle, args=(programme.id,))


def bar(catalogue: Catalogue) -> None:
    """The list above the results, with what one can do with it; nothing while it is empty."""
    listed = [catalogue.programmes[one] for one in ids() if one in catalogue.programmes]
    if not listed:
        return
    with st.expander(_("Your shortlist ({n})", n=len(listed)), icon=":material/bookmark:", expanded=True):
        for place, programme in enumerate(listed):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(f"{place + 1}. {inert_markdown(programme.name)}", width="stretch")
                name = programme.short_name
                if place:
                    _button(":material/arrow_upward:", _("Move {name} up", name=name), _up, programme.id)
                _button(":material/close:", _("Take {name} off", name=name), _toggle, programme.id)
        if len(listed) > 1:
            st.page_link(components.COMPARE_PAGE, label=_("Compare them side by side"), icon=":material/compare:")
        components.small(_("It lasts as long as this page is open. Save the project file to keep it."))


def _button(icon: str, label: str, do: Callable[[str], None], programme: str) -> None:
    words = inert_markdown(label)
    st.button(words, icon=icon, key=f"{do.__name__}_{programme}", on_click=do, args=(programme,), type="tertiary")


def _up(programme: str) -> None:
    listed = list(ids())
    place = listed.index(programme)
    listed[place - 1 : place + 1] = [programme, listed[place - 1]]
    put(listed)


def _toggle(programme: str) -> None:
    others = tuple(one for one in ids() if one != programme)
    put((*others, programme) if programme not in ids() else others)
