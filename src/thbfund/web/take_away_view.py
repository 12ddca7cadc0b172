"""What a reader takes along: brief, tables, calendar, paragraph.

A file is made when its button is pressed, outside of the page: what it needs of the session is looked up before.
"""

from collections.abc import Callable
from functools import partial

import streamlit as st

from thbfund.matching import Match, MatchReport
from thbfund.parts import PartByPart
from thbfund.report.brief.content import best_chances, brief
from thbfund.report.brief.document import Document
from thbfund.report.brief.html import html_of
from thbfund.report.brief.word import docx_of
from thbfund.report.calendar import calendar, listed_of
from thbfund.report.relevance import relevance_text
from thbfund.report.selection import ORDER_SENTENCES, Selection, selected
from thbfund.report.spreadsheet import Takeaway, csv_of, takeaway, xlsx_of
from thbfund.rules.wording import joined
from thbfund.said import say
from thbfund.speaking import Speaker
from thbfund.web import clock, components, selection_view, shortlist
from thbfund.web.guard import guarded
from thbfund.web.speech import _, current

TITLE = say("Take away: brief, table, calendar, paragraph")
KEY = "away_"
_BOXES = {"description": True, "repeated": False, "expected": False}  # each as it is before anybody sets it


def show(report: MatchReport, parts: Callable[[], PartByPart]) -> None:
    """Draw the choices and the buttons; `parts` takes the project apart."""
    components.small(_("Files are made in this session and go to you alone. Nothing of them is kept here."))
    for part, draw in (
        ("brief", partial(_brief, report, parts)),
        ("table", partial(_table, report)),
        ("calendar", partial(_calendar, report)),
        ("relevance", partial(_relevance, report)),
    ):
        with guarded(part):
            draw()


def forget() -> None:
    """Set the boxes back; for callbacks."""
    for name in _BOXES:
        st.session_state.pop(KEY + name, None)


def _brief(report: MatchReport, take_apart: Callable[[], PartByPart]) -> None:
    st.markdown(f"#### {_('Brief for the board or the partners')}")
    listed = _shortlisted(report)
    chosen = listed or best_chances(report)
    names = joined(match.programme.short_name for match in chosen)
    about = (
        _("About your shortlist: {names}.", names=names)
        if listed
        else _("About the best-fitting programmes that you may reach: {names}. A shortlist changes that.", names=names)
    )
    components.text(about)
    own = _kept("description", _("Put my description into the brief"))
    speak, parts = current(), take_apart()

    def document() -> Document:
        return brief(report, clock.today(), chosen=chosen, parts=parts, with_description=own, speak=speak)

    with st.container(horizontal=True):
        components.file_button("brief.docx", _("Brief, for Word (DOCX)"), lambda: docx_of(document(), clock.today()))
        components.file_button("brief.html", _("Brief, to print (HTML)"), lambda: html_of(document()).encode())


def _shortlisted(report: MatchReport) -> list[Match]:
    """The shortlist in its order, as far as it is among the results."""
    found = {match.programme.id: match for match in report.matches}
    return [found[key] for key in shortlist.ids() if key in found]


def _table(report: MatchReport) -> None:
    st.markdown(f"#### {_('Results as a table')}")
    st.write(_("The programmes shown above, in the same order, with what was asked and where it was read."))
    own = _kept("repeated", _("Repeat my description in the table"))
    tables = partial(_tables, report, selection_view.current_selection(), own, current())
    with st.container(horizontal=True):
        components.file_button("results.xlsx", _("Table, for Excel (XLSX)"), lambda: xlsx_of(tables(), clock.today()))
        components.file_button("results.csv", _("Table, as text (CSV)"), lambda: csv_of(tables()))


def _tables(
    report: MatchReport,
    selection: Selection,
    with_description: bool,  # noqa: FBT001 - from a box
    speak: Speaker,
) -> Takeaway:
    shown = [match for group in selected(report, selection).values() for match in group]
    order = speak(ORDER_SENTENCES[selection.order])
    if selection.narrows:
        counted = say("The filter shows {shown} of {all} programmes.", shown=len(shown), all=len(report.matches))
        order = f"{order} {speak(counted)}"
    return takeaway(report, clock.today(), shown=shown, order=order, with_description=with_description, speak=speak)


def _calendar(report: MatchReport) -> None:
    st.markdown(f"#### {_('Dates for your calendar')}")
    expected = _kept("expected", _("Add calls that are expected, not announced"))
    listed = listed_of(_reachable(report), report.catalogue, with_expected=expected)
    if not listed:
        st.write(_("No call of these programmes is open or announced on this day."))
        return
    st.write(_("Openings and deadlines, Brussels time, with reminders. A later file replaces these entries."))
    speak = current()
    components.file_button(
        "calls.ics",
        _("Dates (ICS)"),
        lambda: calendar(listed, report.on, clock.now(), speak),
    )


def _reachable(report: MatchReport) -> list[Match]:
    """The shortlist, or all programmes that fit and are not closed."""
    return _shortlisted(report) or [
        one for one in report.matches if one.scored.band != "weak" and one.judgement.verdict != "closed"
    ]


def _relevance(report: MatchReport) -> None:
    text = relevance_text(report, current())
    if text:
        st.markdown(f"#### {_('Paragraph for the section on relevance')}")
        st.code(text, language=None, wrap_lines=True)


def _kept(name: str, label: str) -> bool:
    """A box whose state outlives a visit to another page."""
    return st.checkbox(label, value=_BOXES[name], key=KEY + name, persist_state="session")
