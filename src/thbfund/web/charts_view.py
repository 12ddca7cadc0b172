"""Charts on screen: each with a sentence that says what it shows, for the eye and for screen readers, and a table."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Literal, get_args

import altair as alt
import streamlit as st

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.model import Programme
from thbfund.catalogue.policy import Figure
from thbfund.charts.contributions import (
    parts_finding,
    parts_of,
    parts_table,
    pieces_finding,
    pieces_of,
    pieces_table,
)
from thbfund.charts.countries import countries_finding, countries_of, countries_table
from thbfund.charts.counts import Count, counts_finding, counts_table
from thbfund.charts.draw_contributions import side_by_side, staircase
from thbfund.charts.draw_countries import tiles
from thbfund.charts.draw_counts import count_bars
from thbfund.charts.draw_served import heat_map
from thbfund.charts.draw_statistics import figure_bars
from thbfund.charts.draw_timeline import timeline_chart
from thbfund.charts.served import served, served_finding, served_table
from thbfund.charts.statistics import bars_finding, bars_of, bars_table
from thbfund.charts.timeline import Timeline, timeline_finding, timeline_of, timeline_of_all, timeline_table
from thbfund.matching import Match, MatchReport
from thbfund.project import Project
from thbfund.staff.coverage import CoveragePeriod
from thbfund.text import Understanding
from thbfund.web import components
from thbfund.web.speech import _, current

MAP_WIDTH = 520  # pixels at most: wider squares would be no squares


def show_parts(match: Match, report: MatchReport) -> None:
    """Draw how the score of one match adds up, once it is asked for."""
    with _when_opened(_("How the score adds up, as a chart"), f"parts_{match.programme.id}") as opened:
        if opened:
            speak, parts = current(), parts_of(match, report)
            _draw(staircase(parts, speak), parts_finding(parts, speak), parts_table(parts, speak))


def show_report(report: MatchReport) -> None:
    """The charts on all results: scores, dates, and who is served; each drawn once it is asked for."""
    show_side_by_side(report)
    show_timeline(report)
    show_served(report.catalogue, None, report.understood)


def show_side_by_side(report: MatchReport) -> None:
    """Draw of what the scores of the first programmes are made, once it is asked for."""
    with _when_opened(_("The first programmes side by side, as a chart"), "side_by_side") as opened:
        if opened:
            speak, pieces = current(), pieces_of(report.matches)
            _draw(side_by_side(pieces, speak), pieces_finding(pieces, speak), pieces_table(pieces, speak))


def show_timeline(report: MatchReport) -> None:
    """Draw the first programmes and their calls against the project's dates, once it is asked for."""
    with _when_opened(_("Programmes and calls in time, as a chart"), "timeline") as opened:
        if opened:
            _timeline(timeline_of(report))


def show_calls(catalogue: Catalogue, on: date) -> None:
    """Draw every programme with a call that is open, announced or expected, once it is asked for."""
    with _when_opened(_("Programmes and calls in time, as a chart"), "calls") as opened:
        if opened:
            _timeline(timeline_of_all(catalogue, on))


def _timeline(found: Timeline) -> None:
    speak = current()
    table = timeline_table(found, speak)
    _draw(timeline_chart(found, speak), timeline_finding(found, speak), table)


def show_served(catalogue: Catalogue, period: CoveragePeriod | None, understood: Understanding | None = None) -> None:
    """Draw how many programmes serve each priority for each group, with the project's marked, once asked for.

    Where no period is given, the reader chooses one beside the chart.
    """
    with _when_opened(_("Priorities and people served, as a chart"), "served") as opened:
        if opened:
            period = period or _period()
            speak, words = current(), catalogue.vocabularies
            cells = served(catalogue, period, understood)
            chart, finding = heat_map(cells, words, speak), served_finding(cells, words, speak)
            _draw(chart, finding, served_table(cells, words, speak))
            components.small(_("In each cell: programmes of grade 2 or more, by our own judgement."))
            if understood:
                components.small(_("Cells with ▸ and a border are those of your project."))


def show_map(programme: Programme, catalogue: Catalogue, on: date, project: Project | None = None) -> None:
    """Draw from where organisations may take part and where work is paid for, once it is asked for."""
    label = _("Countries that may take part, as a map")
    with _when_opened(label, f"map_{programme.id}", ":material/map:") as opened:
        if opened:
            speak = current()
            countries = countries_of(programme, catalogue, on, project)
            table = countries_table(countries, catalogue.vocabularies, speak)
            _draw(tiles(countries, speak), countries_finding(programme, countries, speak), table, MAP_WIDTH)
            components.small(_("● work there is paid for, ○ the call decides. Thick border: your project's countries."))
            components.small(_("By the best strand for each country, whatever the type of organisation."))


def show_statistic(series: str, figures: Sequence[Figure]) -> None:
    """Draw a series of figures (a key of `SERIES`); their sources stand with the list of figures."""
    speak, bars = current(), bars_of(figures, series)
    _draw(figure_bars(bars, speak), bars_finding(bars, series, speak), bars_table(bars, speak))


def show_counts(title: str, counts: Sequence[Count], projects: int) -> None:
    """Draw how many projects of a portfolio have each of some things."""
    speak = current()
    table = counts_table(counts, title, speak)
    _draw(count_bars(counts, projects, speak), counts_finding(title, counts, projects, speak), table)


def _period() -> CoveragePeriod:
    words = {"all": _("All periods")}
    chosen: CoveragePeriod = st.radio(
        _("Period"),
        get_args(CoveragePeriod),
        index=get_args(CoveragePeriod).index("2021-2027"),
        format_func=lambda key: words.get(key, key),
        key="served_period",
        horizontal=True,
    )
    return chosen


@contextmanager
def _when_opened(label: str, key: str, icon: str = ":material/bar_chart:") -> Iterator[bool]:
    """A part of the page that is shut at first; gives whether the reader opened it: charts take time to draw."""
    with st.expander(label, key=f"chart_{key}", icon=icon, on_change="rerun") as part:
        yield bool(part.open)


def _draw(
    chart: alt.LayerChart, finding: str, table: Sequence[dict[str, str]], width: int | Literal["stretch"] = "stretch"
) -> None:
    """The finding, the chart with the finding as its name for screen readers, and the same numbers as a table."""
    components.text(finding)
    if not table:
        return
    st.altair_chart(chart, alt=finding, width=width)
    with st.expander(_("As a table"), icon=":material/table_rows:"):
        components.table(table, finding)
