"""Two to four results side by side on screen; cells stack on a phone, so each names its programme."""

from collections.abc import Sequence

import streamlit as st

from thbfund.link import MOST_COMPARED
from thbfund.matching import Match, MatchReport
from thbfund.report.inert import inert_markdown
from thbfund.report.side_by_side import FEWEST, Row, side_by_side
from thbfund.web import components, shortlist
from thbfund.web.guard import guarded
from thbfund.web.speech import _, counted, inert

KEY = "compared"  # what was picked, and the shortlist then; outlives page changes, so it is no widget's key
_WIDGET = "compare_chosen"


def picked() -> tuple[str, ...] | None:
    """Ids that the reader picked here, or a link named; None where nobody did, or the shortlist has changed since."""
    programmes: tuple[str, ...] | None
    programmes, listed = st.session_state.get(KEY, (None, ()))
    return programmes if listed == shortlist.ids() else None


def chosen() -> tuple[str, ...]:
    """Ids of the programmes to compare: those that were picked, even none, else the first of the shortlist."""
    found = picked()
    return shortlist.ids()[:MOST_COMPARED] if found is None else found


def choose(programmes: Sequence[str]) -> None:
    """Compare these, until the shortlist changes."""
    st.session_state[KEY] = tuple(programmes[:MOST_COMPARED]), shortlist.ids()


def forget() -> None:
    """Drop what was picked; for callbacks."""
    st.session_state.pop(KEY, None)


def show(report: MatchReport) -> None:
    """Draw the choice and the comparison."""
    by_id = {match.programme.id: match for match in report.matches}
    st.session_state[_WIDGET] = [programme for programme in chosen() if programme in by_id]
    st.multiselect(
        _("Programmes to compare, two to four"),
        list(by_id),
        format_func=lambda programme: by_id[programme].programme.short_name,  # a phone cuts names off
        key=_WIDGET,
        max_selections=MOST_COMPARED,
        placeholder=_("Choose a programme, or type to search"),
        on_change=_take,
    )
    matches = [by_id[programme] for programme in st.session_state[_WIDGET]]
    if len(matches) < FEWEST:
        st.info(
            _("Choose at least two programmes. Those on your shortlist stand here at once."), icon=":material/compare:"
        )
        return
    with guarded("comparison"):
        _rows(side_by_side(matches, report), matches)
    st.page_link(
        components.TWO_PROGRAMMES_PAGE,
        label=_("Before one project draws on the first two: what to settle"),
        icon=":material/checklist:",
        query_params={"first": matches[0].programme.id, "second": matches[1].programme.id},
    )
    for match in matches:
        components.programme_link(match.programme)


def _rows(rows: Sequence[Row], matches: Sequence[Match]) -> None:
    differing = [row for row in rows if row.differs]
    same = [row for row in rows if not row.differs]
    st.header(counted("{n} difference", "{n} differences", len(differing)))
    for row in differing:
        st.subheader(inert(row.point))
        for column, match, cell in zip(st.columns(len(matches)), matches, row.cells, strict=True):
            column.markdown(f"**{inert_markdown(match.programme.short_name)}**  \n{inert(cell)}")
    if same:
        with st.expander(counted("The same for all: {n} point", "The same for all: {n} points", len(same))):
            for row in same:
                st.markdown(f"**{inert(row.point)}:** {inert(row.cells[0])}")


def _take() -> None:
    choose(st.session_state[_WIDGET])
