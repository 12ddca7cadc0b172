"""The list of programmes on screen: filters with counts, search by name, an order, two lines for each programme."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial
from typing import get_args

import streamlit as st

from thbfund.browse import Listed, programmes_on
from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.model import Period
from thbfund.report.inert import inert_markdown
from thbfund.said import labelled, say
from thbfund.web import choices, components, facets_view, glossary
from thbfund.web.facets_view import Facet
from thbfund.web.speech import _, counted

STATES = {"in_force": say("In force"), "not_begun": say("Not begun yet"), "ended": say("Ended")}
CALL_STATES = {
    "open": say("Call open now"),
    "forthcoming": say("Call announced"),
    "expected": say("Call expected, not announced"),
    "none_known": say("No call on record"),
    "closed": say("No more calls"),
}
CALL_COLOURS = {"open": "green", "forthcoming": "blue", "expected": "gray"}
OPEN_FILTERS = 4  # what an NGO asks first; ten would fill a phone before the first programme


def show(catalogue: Catalogue, on: date) -> None:
    """Draw the whole page below its title, as on a day."""
    listed = programmes_on(catalogue, on)
    words = st.text_input(
        _("Name or abbreviation contains"), key="programmes_name", max_chars=100, persist_state="session"
    )
    named = {key: one for key, one in listed.items() if words.strip().casefold() in _names(one)}
    found = facets_view.narrow({key: one.values for key, one in named.items()}, _facets(catalogue), OPEN_FILTERS).found
    orders: Mapping[str, tuple[str, Callable[[Listed], object]]] = _orders()
    chosen = facets_view.order(_("Order"), {key: title for key, (title, _key) in orders.items()})
    st.header(
        counted("{n} of {total} programmes", "{n} of {total} programmes", len(found), total=len(catalogue.programmes))
    )
    if not found:
        st.info(_("No programme has all of these. Widen the filter."), icon=":material/filter_alt_off:")
    ordered = sorted((named[key] for key in found), key=orders[chosen][1])  # type: ignore[arg-type]
    ended = [one for one in ordered if "ended" in one.values["state"]]
    if len(ended) == len(ordered):
        _rows(ended, catalogue)
        return
    _rows([one for one in ordered if one not in ended], catalogue)
    if ended:
        with st.expander(
            counted("Ended: {n} programme", "Ended: {n} programmes", len(ended)), icon=":material/history:"
        ):
            _rows(ended, catalogue)


def _names(one: Listed) -> str:
    programme = one.programme
    return f"{programme.name} {programme.acronym} {programme.id}".casefold()


def _orders() -> dict[str, tuple[str, Callable[[Listed], object]]]:
    return {
        "calls": (_("Open and announced calls first"), _by_calls),
        "name": (_("By name"), lambda one: one.programme.name.casefold()),
        "newest": (_("Newest period first"), lambda one: (-_begins(one).toordinal(), one.programme.name.casefold())),
    }


def _by_calls(one: Listed) -> tuple[bool, int, date, str]:
    """In force first, then what is open, announced, expected; what closes or comes sooner stands higher."""
    states = list(CALL_STATES)
    rank = min(states.index(state) for state in one.values["calls"])
    days = [found.topic.closes for found in one.calendar.current if found.topic.closes]
    days += [date(coming.year, 12, 31) for coming in one.calendar.expected]
    return "in_force" not in one.values["state"], rank, min(days, default=date.max), one.programme.name.casefold()


def _begins(one: Listed) -> date:
    return min((span.starts_on for span in one.programme.in_force.readings), default=date.min)


def _rows(listed: Iterable[Listed], catalogue: Catalogue) -> None:
    for one in listed:
        _row(one, catalogue)


def _row(one: Listed, catalogue: Catalogue) -> None:
    programme, label = one.programme, catalogue.vocabularies.label
    with st.container(gap=None):
        # Short, for a longer label of a page link is cut off on a phone; the whole name stands below it.
        st.page_link(
            components.PROGRAMME_PAGE,
            label=f"**{inert_markdown(programme.acronym)}** {inert_markdown(', '.join(programme.periods))}",
            icon=":material/arrow_forward:",
            query_params={"id": programme.id},
        )
        routes = sorted(_(label("routes", key)) for key in one.values["route"])
        parts = [*_badges(one), *map(inert_markdown, routes)]
        st.markdown(f"{inert_markdown(programme.name)}  \n:small[{' · '.join(parts)}]")


def _badges(one: Listed) -> Iterable[str]:
    """What the state is, in words; a colour stands behind those that lead to money soon."""
    if "in_force" not in one.values["state"]:
        return [inert_markdown(_(STATES[next(iter(one.values["state"]))]))]
    said = ((state, inert_markdown(_(CALL_STATES[state]))) for state in CALL_STATES if state in one.values["calls"])
    return [f":{CALL_COLOURS[state]}-badge[{words}]" if state in CALL_COLOURS else words for state, words in said]


def _facets(catalogue: Catalogue) -> list[Facet]:
    entries = partial(choices.labels, catalogue)
    countries = choices.countries()
    not_shut = _("Left out are only programmes that shut it out in every part. What is not known may still be a yes.")
    priorities = {key: _(labelled(key, name)) for key, name in entries("priorities").items()}
    return [
        Facet("calls", _("Calls"), {key: _(words) for key, words in CALL_STATES.items()}),
        Facet("group", _("People served"), entries("target_groups"), _("Whom a programme typically serves: our tags.")),
        Facet("type", _("Type of the lead organisation"), entries("applicant_types"), not_shut),
        Facet("seat", _("Country of the lead organisation"), countries, not_shut),
        Facet("place", _("Country where the work takes place"), countries, not_shut),
        Facet("activity", _("Activities"), entries("activities")),
        Facet("priority", _("Policy priority"), priorities, _("Served with grade 2 or 3 of 3, our own judgement.")),
        Facet("route", _("Way to apply"), entries("routes"), glossary.term("route") or ""),
        Facet("period", _("Period"), {name: name for name in get_args(Period)}),
        Facet("state", _("In force"), {key: _(words) for key, words in STATES.items()}),
    ]
