"""What came before a programme, what follows and what is proposed, on screen."""

from collections.abc import Iterable
from datetime import date

import streamlit as st

from thbfund.lineage import Lineage, Told
from thbfund.web import components
from thbfund.web.speech import _


def show(lineage: Lineage, on: date) -> None:
    """Draw the section of a programme's page."""
    st.header(_("Before and after"), anchor="before-and-after")
    if before := lineage.before():
        components.named(_("Came before"), _("As far as known here:"))
        _list(before)
    else:
        components.named(_("Came before"), _("Nothing on record."))
    components.named(_("Comes after"), _("As on this day:"))
    show_after(lineage, on)
    if lineage.successor:
        components.programme_link(
            lineage.successor, _("Successor: {programme}", programme=lineage.successor.short_name)
        )


def show_after(lineage: Lineage, on: date) -> None:
    """Draw the end, the successor or why there is none, and the proposals, each with its sources."""
    _list(lineage.after(on))
    for proposal in lineage.proposals:
        components.named(_("What the Commission proposed"), proposal.plan)
        components.named(_("What it would mean for an NGO, our assessment"), proposal.for_ngos)


def _list(told: Iterable[Told]) -> None:
    for said in told:
        components.named("", said.text, components.evidence(said.evidence, said.sources))
