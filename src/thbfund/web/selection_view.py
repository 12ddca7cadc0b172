"""Sorting and filters on screen, each choice with the number of programmes that it shows."""

from functools import partial

import streamlit as st

from thbfund.matching import MatchReport
from thbfund.report.selection import (
    FACET_TITLES,
    FACETS,
    ORDER_SENTENCES,
    ORDER_TITLES,
    ORDERS,
    FacetName,
    Order,
    Selection,
    counts,
    selected,
    value_words,
)
from thbfund.web.speech import _, spoken

KEY = "selection"  # outlives page changes, so it is no widget's key
_WIDGET = "select_"


def current_selection() -> Selection:
    """What the reader chose."""
    found: Selection = st.session_state.get(KEY, Selection())
    return found


def forget() -> None:
    """Show everything again, best fit first; for callbacks."""
    st.session_state.pop(KEY, None)


def show(report: MatchReport) -> Selection:
    """Draw the controls and the sentence that explains the order; return what is chosen."""
    chosen = current_selection()
    shown = sum(map(len, selected(report, chosen).values()))
    with st.expander(_("Sort and filter"), icon=":material/filter_list:", expanded=chosen.narrows):
        _order(chosen)
        for facet in FACETS:
            _facet(facet, chosen, report)
        if chosen.narrows:
            st.button(_("Show all programmes"), on_click=_choose, args=(Selection(order=chosen.order),), key="show_all")
    st.markdown(f":small[**{_('Order.')}** {_(ORDER_SENTENCES[chosen.order])}]")
    if chosen.narrows:
        said = _("The filter shows {shown} of {all} programmes.", shown=shown, all=len(report.matches))
        st.info(said if shown else f"{said} {_('Take a filter away to see more.')}", icon=":material/filter_alt:")
    return chosen


def _order(chosen: Selection) -> None:
    key = f"{_WIDGET}order"
    st.session_state[key] = chosen.order
    st.selectbox(
        _("Order within each group"),
        ORDERS,
        format_func=lambda order: _(ORDER_TITLES[order]),
        key=key,
        on_change=_take_order,
        args=(key,),
    )


def _facet(facet: FacetName, chosen: Selection, report: MatchReport) -> None:
    """The values of one facet; nothing where all programmes have the same, for then there is no choice."""
    found = counts(report, facet, chosen)
    if len(found) == 1:
        return
    key = f"{_WIDGET}{facet}"
    st.session_state[key] = [value for value in found if value in chosen.wanted.get(facet, ())]
    st.pills(
        _(FACET_TITLES[facet]),
        list(found),
        selection_mode="multi",
        format_func=lambda value: f"{spoken(value_words(facet, value, report))} ({found[value]})",
        key=key,
        on_change=partial(_take_facet, facet, key),
    )


def _take_order(key: str) -> None:
    order: Order = st.session_state[key]
    _choose(Selection(current_selection().wanted, order))


def _take_facet(facet: FacetName, key: str) -> None:
    chosen = current_selection()
    _choose(Selection({**chosen.wanted, facet: frozenset(st.session_state[key])}, chosen.order))


def _choose(selection: Selection) -> None:
    st.session_state[KEY] = selection
