"""A project part by part on screen: the programmes for each kind of work, and what to settle before using several."""

import streamlit as st

from thbfund.matching import MatchReport
from thbfund.parts import PartByPart
from thbfund.report.parts import DOUBLE_FUNDING, MONEY_OF_THE_WHOLE, NOTHING_FITS, SHOWN, family_label, offer, summary
from thbfund.web import components
from thbfund.web.speech import _


def show(found: PartByPart, report: MatchReport) -> None:
    """Draw the parts; a project of one kind of work says so in a line."""
    if not found.parts:
        components.small(summary(found, report))
        return
    components.text(summary(found, report))
    for part in found.parts:
        components.named(family_label(part.family, report), "" if part.fitting else NOTHING_FITS)
        if part.fitting:
            components.bullets(offer(match) for match in part.fitting[:SHOWN])
    components.small(MONEY_OF_THE_WHOLE)
    if found.double_funding:
        _double_funding(found, report)


def _double_funding(found: PartByPart, report: MatchReport) -> None:
    st.warning(_(DOUBLE_FUNDING), icon=":material/content_copy:")
    sources = report.catalogue.guidance.sources("fit")
    for one in found.double_funding:
        line = components.evidence_on(one, sources, report.on)
        components.named(one.question, one.text, line)
    first, second = found.programmes[:2]
    st.page_link(
        components.TWO_PROGRAMMES_PAGE,
        label=_("Set the first two side by side"),
        icon=":material/compare:",
        query_params={"first": first, "second": second},
    )
