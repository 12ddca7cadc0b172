"""A table of projects: read apart, screened in memory, shown as charts, given back as a file, forgotten."""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from thbfund.apart import read_table_apart
from thbfund.catalogue.contents import Catalogue
from thbfund.charts.counts import counts_of
from thbfund.documents.unreadable import UnreadableError, table_problem_of
from thbfund.explain import RULE_NAMES
from thbfund.input.problems import Problem
from thbfund.matching import Matcher
from thbfund.report.spreadsheet import Grid, grid_csv, grid_xlsx
from thbfund.said import labelled
from thbfund.screening.handed import MAX_ROWS, Handed
from thbfund.screening.screen import COLUMNS, Question, screen
from thbfund.web import charts_view, clock, components, mistakes, resources
from thbfund.web.speech import _, spoken

KEY = "portfolio_"
FOUND = "portfolio_found"  # what became of the last file; ids, programmes and tags, nothing that a row says
_NUMBER = "portfolio_number"
AT_ONCE = 25  # rows screened between two looks at the clock
PATIENCE = 20  # seconds of screening; what is left after them is not screened


@dataclass(frozen=True, slots=True)
class Portfolio:
    """What became of a file: the problem, or its rows as they were screened, and the lines of those with mistakes."""

    problem: Problem | None = None
    rows: tuple[Mapping[str, Any], ...] = ()
    bad: tuple[int, ...] = ()
    only_first: int = 0


def show_upload() -> None:
    """Draw the field for a file; one that was chosen is read and screened, and its bytes are forgotten."""
    number = st.session_state.setdefault(_NUMBER, 0)
    file = st.file_uploader(
        _("Upload a table of projects"),
        key=f"{KEY}{number}",
        help=_(
            "CSV or XLSX with the columns “id” and “summary” and, if you like, those of a project file; at most {rows} "
            "rows. The file is read in memory and kept nowhere.",
            rows=MAX_ROWS,
        ),
    )
    if file is None:
        return
    with st.spinner(_("Reading the file")):
        st.session_state[FOUND] = _read(file.getvalue(), file.name)
    st.session_state[_NUMBER] = number + 1  # the bytes go with the old widget
    st.rerun()


def show_found(catalogue: Catalogue) -> None:
    """Say what became of the last file, and draw its charts."""
    found: Portfolio | None = st.session_state.get(FOUND)
    if found is None:
        return
    if found.problem:
        st.error(mistakes.of_file(found.problem), icon=":material/error:")
        return
    st.success(" ".join(_said(found)), icon=":material/check:")
    if found.rows:
        _charts(found.rows, catalogue)
        components.small(
            _("Ranked by words alone: the page Match, which also weighs the meaning, may differ a little.")
        )
        _files(found.rows)


def _read(content: bytes, name: str) -> Portfolio:
    try:
        handed = read_table_apart(content)
    except UnreadableError as error:
        return Portfolio(table_problem_of(error, name))
    return _screened(handed, resources.matcher_by_words())


def _screened(handed: Handed, matcher: Matcher) -> Portfolio:
    """Screen the rows, as far as time allows; others use the app too."""
    question, numbered = Question(clock.today()), handed.rows
    rows: list[Mapping[str, Any]] = []
    bad: dict[int, None] = {}
    begun, done = time.monotonic(), 0
    while done < len(numbered) and time.monotonic() - begun < PATIENCE:
        screened = screen(matcher, question, numbered[done : done + AT_ONCE])
        rows += screened.rows
        bad |= dict.fromkeys(problem["row"] for problem in screened.problems)
        done = min(done + AT_ONCE, len(numbered))
    return Portfolio(None, tuple(rows), tuple(bad), done if handed.more or done < len(numbered) else 0)


def _said(found: Portfolio) -> Iterable[str]:
    yield _("Projects read: {n}.", n=len(found.rows))
    if found.bad:
        rows = ", ".join(f"#{number}" for number in found.bad)  # else one row reads like a count
        yield _("Rows with mistakes, which are left out: {rows}.", rows=rows)
    if found.only_first:
        yield _("Only the first rows were read: {n}.", n=found.only_first)
    nothing = sum(row["nothing_fits"] for row in found.rows)
    if nothing:
        yield _("Projects that nothing here fits: {n}.", n=nothing)


def _charts(rows: Sequence[Mapping[str, Any]], catalogue: Catalogue) -> None:
    words = catalogue.vocabularies
    programmes = {key: one.short_name for key, one in catalogue.programmes.items()}
    priorities = {key: labelled(key, words.label("priorities", key)) for key in words.ids("priorities")}
    groups = {key: words.label("target_groups", key) for key in words.ids("target_groups")}
    fitting = [row for row in rows if not row["nothing_fits"]]
    for title, column, names, with_none, counted in (
        (_("Priorities"), "priorities", priorities, True, rows),
        (_("People served"), "target_groups", groups, True, rows),
        (_("First programme"), "programme_1", programmes, False, fitting),
        (_("Conditions of the first programme that are not met"), "not_met_1", RULE_NAMES, False, fitting),
    ):
        st.header(title)
        spoken_names = {key: spoken(name) for key, name in names.items()}
        found = counts_of(((row[column] or "").split(";") for row in counted), spoken_names, with_none=with_none)
        charts_view.show_counts(title, found, len(rows))


def _files(rows: Sequence[Mapping[str, Any]]) -> None:
    """The table as `thbfund screen` writes it, no cell of which a spreadsheet would calculate."""
    table = table_of(rows, _("Portfolio"))
    with st.container(horizontal=True):
        components.file_button("portfolio.xlsx", _("Table, for Excel (XLSX)"), lambda: grid_xlsx(table, clock.today()))
        components.file_button("portfolio.csv", _("Table, as text (CSV)"), lambda: grid_csv(table))


def table_of(rows: Sequence[Mapping[str, Any]], name: str) -> Grid:
    """The screened rows under the columns of `thbfund screen`."""
    return Grid(name, COLUMNS, tuple(tuple(row[column] for column in COLUMNS) for row in rows), {})
