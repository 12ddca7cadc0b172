"""Filters of a list on screen: one choice per facet, each option with its count, all of them in the link by id."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from thbfund.browse import Browsed, Values, browse
from thbfund.web import components
from thbfund.web.speech import _, counted


@dataclass(frozen=True, slots=True)
class Facet:
    """One filter.

    Attributes:
        key: its name in the link, and among the values of what is listed.
        title: what is asked for.
        names: of all its options by id, in the order in which they are offered.
        help: what a reader has to know of it; "" for most.
    """

    key: str
    title: str
    names: Mapping[str, str]
    help: str = ""


def narrow(items: Mapping[str, Values], facets: Sequence[Facet], first: int) -> Browsed:
    """Draw the filters, the `first` few open and the others folded, and return what they leave of the list."""
    chosen = _chosen(facets)
    found = browse(items, chosen)
    _grid(facets[:first], found, chosen)
    folded = facets[first:]
    used = sum(facet.key in chosen for facet in folded)
    title = counted("More filters ({n} in use)", "More filters ({n} in use)", used) if used else _("More filters")
    if folded:
        asked = any(facet.key in st.query_params for facet in folded)  # also in vain, which is said beside the filter
        with st.expander(title, icon=":material/filter_list:", expanded=asked, key="more_filters"):
            _grid(folded, found, chosen)
    if chosen:
        st.button(
            _("Clear all filters"),
            on_click=_clear,
            args=([one.key for one in facets],),
            icon=":material/filter_alt_off:",
        )
    return found


def order(label: str, names: Mapping[str, str]) -> str:
    """Draw the choice of the order, which stands in the link too, and return it; the first one where none is chosen."""
    usual = next(iter(names))
    asked = st.query_params.get("order", usual)
    st.session_state["order"] = asked if asked in names else usual
    return st.selectbox(label, list(names), format_func=names.__getitem__, key="order", on_change=_order_into_the_link)


def _order_into_the_link() -> None:
    st.query_params["order"] = st.session_state["order"]


def _chosen(facets: Sequence[Facet]) -> dict[str, str]:
    """What the link chooses; an id that a facet does not have chooses nothing."""
    asked = ((facet, st.query_params.get(facet.key)) for facet in facets)
    return {facet.key: option for facet, option in asked if option is not None and option in facet.names}


def _grid(facets: Sequence[Facet], found: Browsed, chosen: Mapping[str, str]) -> None:
    for start in range(0, len(facets), 2):
        for column, facet in zip(st.columns(2), facets[start : start + 2], strict=False):
            with column:
                _choice(facet, found.counts.get(facet.key, {}), chosen.get(facet.key))


def _choice(facet: Facet, counts: Mapping[str, int], chosen: str | None) -> None:
    """Options that would leave nothing are not offered, except the one that is chosen already."""
    offered = {key: name for key, name in facet.names.items() if counts.get(key) or key == chosen}
    names = {key: f"{name} ({counts.get(key, 0)})" for key, name in offered.items()}
    components.linked_choice(facet.title, names, facet.key, _("Any"), facet.help)


def _clear(keys: Sequence[str]) -> None:
    for key in keys:
        st.query_params.pop(key, None)
