"""Charts on screen: each with a sentence that says what it shows, for the eye and for screen readers, and a table."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import altair as alt
import streamlit as st

from thbfund.catalogue.policy import Figure
from thbfund.charts.contributions import (
    parts_finding,
    parts_of,
    parts_table,
    pieces_finding,
    pieces_of,
    pieces_table,
)
from thbfund.charts.draw_contributions import side_by_side, staircase
from thbfund.charts.draw_statistics import figure_bars
from thbfund.charts.look import DARK, LIGHT, Look
from thbfund.charts.statistics import bars_finding, bars_of, bars_table
from thbfund.matching import Match, MatchReport
from thbfund.web import components
from thbfund.web.speech import _, current


def show_parts(match: Match, report: MatchReport) -> None:
    """Draw how the score of one match adds up, once it is asked for."""
    with _when_opened(_("How the score adds up, as a chart"), f"parts_{match.programme.id}") as opened:
        if opened:
            speak, parts = current(), parts_of(match, report)
            _draw(staircase(parts, speak, look()), parts_finding(parts, speak), parts_table(parts, speak))


def show_side_by_side(report: MatchReport) -> None:
    """Draw of what the scores of the first programmes are made, once it is asked for."""
    with _when_opened(_("The first programmes side by side, as a chart"), "side_by_side") as opened:
        if opened:
            speak, pieces = current(), pieces_of(report.matches)
            _draw(side_by_side(pieces, speak, look()), pieces_finding(pieces, speak), pieces_table(pieces, speak))


def show_statistic(series: str, figures: Sequence[Figure]) -> None:
    """Draw a series of figures (a key of `SERIES`); their sources stand with the list of figures."""
    speak, bars = current(), bars_of(figures, series)
    _draw(figure_bars(bars, speak, look()), bars_finding(bars, series, speak), bars_table(bars, speak))


@contextmanager
def _when_opened(label: str, key: str) -> Iterator[bool]:
    """A part of the page that is shut at first; gives whether the reader opened it: charts take time to draw."""
    with st.expander(label, key=f"chart_{key}", icon=":material/bar_chart:", on_change="rerun") as part:
        yield bool(part.open)


def look() -> Look:
    """Colours for the theme that the reader sees."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def _draw(chart: alt.LayerChart, finding: str, table: Sequence[dict[str, str]]) -> None:
    """The finding, the chart with the finding as its name for screen readers, and the same numbers as a table."""
    components.text(finding)
    if not table:
        return
    st.altair_chart(chart, alt=finding)
    with st.expander(_("As a table"), icon=":material/table_rows:"):
        components.table(table, finding)
