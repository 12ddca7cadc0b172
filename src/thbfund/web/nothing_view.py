"""Nothing here fits: why, what lies outside the catalogue, and what one can do now."""

import streamlit as st

from thbfund import explain
from thbfund.matching import MatchReport
from thbfund.web import asking, components
from thbfund.web.speech import _, inert


def show(report: MatchReport) -> None:
    """Draw the whole state."""
    st.info(inert(explain.nothing_fits(report)), icon=":material/search_off:")
    st.subheader(_("What you can do"))
    _ways_on(report)
    st.subheader(_("What lies outside this catalogue"))
    _outside(report)


def _ways_on(report: MatchReport) -> None:
    ways = [_("Change the description: say who is helped, against what, with which activities, and where.")]
    query = asking.last()
    if query and query.period != "all":
        ways.append(_("Look in all periods: a programme that has ended shows who may follow it."))
    ways.append(_("Choose another day in the form, where programmes of another time count."))
    components.bullets(ways)
    if query and query.period != "all":
        st.button(
            _("Look in all periods"),
            on_click=asking.ask_in_all_periods,
            args=(report.catalogue,),
            icon=":material/history:",
        )


def _outside(report: MatchReport) -> None:
    """Areas whose money is not here, or not all of it, with where to look instead."""
    file = report.catalogue.policy.files.get("coverage")
    left = [entry for entry in report.catalogue.policy.areas if entry.covered != "yes"]
    if file is None or not left:
        st.write(_("The catalogue does not say what it leaves out."))
        return
    st.write(_("These areas touch trafficking, but their money is not described here, or not all of it."))
    for entry in left:
        look = entry.where_to_look
        said = f"{entry.why} {look.value}" if look and look.value else entry.why
        shown = look or entry
        components.named(entry.area, said, components.evidence_on(shown, file.sources, report.on))
    st.page_link(components.COVERAGE_PAGE, label=_("What the catalogue covers"), icon=":material/arrow_forward:")
