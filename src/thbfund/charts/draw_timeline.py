"""The timeline: a bar for each period and call, its deadline and earliest start marked by shape."""

from datetime import date
from typing import Any

import altair as alt
import pandas as pd
from altair.utils.schemapi import UndefinedType

from thbfund.charts.drawn import LEGEND_LINE, legend, names, put
from thbfund.charts.look import BELOW, BLUE, GREEN, GREY, LINE, ORANGE, PAGE_INK, PURPLE, QUIET, TEXT, shortened
from thbfund.charts.timeline import Line, Timeline, is_shown, line_name, shown
from thbfund.speaking import Speaker

AXIS = 30  # pixels for the years below
TOLD = 60  # characters of a line's name; the rest is in tooltip and table
COLOURS = {"programme": GREY, "open": BLUE, "forthcoming": GREEN, "expected": "transparent"}
THICK = {"programme": 6, "open": 14, "forthcoming": 14, "expected": 13}


def timeline_chart(found: Timeline, speak: Speaker) -> alt.LayerChart:
    """Lines below each other, the project as a band and the day as a rule behind them."""
    rows = [_row(number, line, found, speak) for number, line in enumerate(found.lines, start=1)]
    x = _x()
    bars = [
        _bars([row for row in rows if row["kind"] == kind], kind, x, speak)
        for kind in COLOURS
        if any(row["kind"] == kind for row in rows)
    ]
    header = [{"line": 0, "name": ""}]  # room for the words on the band and the rule
    layers = [*_project(found, x, speak), *_today(found, speak), *bars, _marks(found, x, speak)]
    height = (len(rows) + 1) * LINE + AXIS + LEGEND_LINE * 4
    return put(*layers, names([*header, *rows]), height=height)


def _row(number: int, line: Line, found: Timeline, speak: Speaker) -> dict[str, object]:
    return {
        "line": number,
        "kind": line.kind,
        "start": _at(shown(found, line.starts or found.first)),
        "end": _at(shown(found, line.ends)),
        "name": shortened(line_name(line, speak), TOLD),
        "whole": line_name(line, speak),
    }


def _at(day: date) -> str:
    """A day as the chart reads it, in whatever time zone the reader's machine is."""
    return f"{day.isoformat()}T00:00:00"


def _x(scale: alt.Scale | UndefinedType = alt.Undefined) -> alt.X:
    """The axis of years. One layer alone sets its scale: layers that each set it are told to conflict."""
    axis = alt.Axis(
        title=None,
        format="%Y",
        tickCount="year",
        labelFontSize=TEXT,
        labelColor=PAGE_INK,
        gridColor=QUIET,
        gridOpacity=0.4,
        labelFlush=False,
    )
    return alt.X("start:T", axis=axis, scale=scale)


def _scale(found: Timeline) -> alt.Scale:
    days = (found.first, found.last)
    return alt.Scale(domain=[alt.DateTime(year=day.year, month=day.month, date=day.day) for day in days], nice=False)


def _bars(rows: list[dict[str, object]], kind: str, x: alt.X, speak: Speaker) -> alt.Chart:
    """Bars of one kind; what is only expected is a dashed outline."""
    outline: dict[str, Any] = (
        {"stroke": PAGE_INK, "strokeDash": [4, 3], "strokeWidth": 1.5} if kind == "expected" else {}
    )
    chart: alt.Chart = (
        alt.Chart(pd.DataFrame(rows))
        .mark_bar(size=THICK[kind], yOffset=BELOW, color=COLOURS[kind], **outline)
        .encode(
            x=x,
            x2="end:T",
            y=alt.Y("line:O", axis=None),
            tooltip=[alt.Tooltip("whole:N", title=speak("Programme or call"))],
        )
    )
    return chart


def _marks(found: Timeline, x: alt.X, speak: Speaker) -> alt.Chart:
    """Deadlines and earliest starts, told apart by shape."""
    kinds = {
        "open": speak("deadline of an open call"),
        "forthcoming": speak("deadline of an announced call"),
        "start": speak("earliest start of a project"),
    }
    rows = []
    for number, line in enumerate(found.lines, start=1):
        if line.kind in kinds and line.ends and is_shown(found, [line.ends]):
            rows.append({"line": number, "start": _at(line.ends), "mark": kinds[line.kind], "day": line.ends})
        if line.earliest and is_shown(found, [line.earliest]):
            rows.append({"line": number, "start": _at(line.earliest), "mark": kinds["start"], "day": line.earliest})
    frame = pd.DataFrame(
        [{**row, "day": speak.value(row["day"])} for row in rows], columns=["line", "start", "mark", "day"]
    )
    domain = list(kinds.values())
    shared = legend()
    chart: alt.Chart = (
        alt.Chart(frame)
        .mark_point(filled=True, size=110, opacity=1, yOffset=BELOW, stroke=PAGE_INK, strokeWidth=1)
        .encode(
            x=x,
            y=alt.Y("line:O", axis=None),
            shape=alt.Shape(
                "mark:N", scale=alt.Scale(domain=domain, range=["circle", "triangle-up", "diamond"]), legend=shared
            ),
            color=alt.Color("mark:N", scale=alt.Scale(domain=domain, range=[BLUE, GREEN, ORANGE]), legend=shared),
            tooltip=[alt.Tooltip("mark:N", title=speak("Mark")), alt.Tooltip("day:N", title=speak("Day"))],
        )
    )
    return chart


def _project(found: Timeline, x: alt.X, speak: Speaker) -> list[alt.Chart]:
    if not found.start or found.start > found.last:
        return []
    row = {"start": _at(shown(found, found.start)), "end": _at(shown(found, found.end)), "said": speak("Your project")}
    base = alt.Chart(pd.DataFrame([row])).encode(x=x)
    band = base.mark_rect(color=PURPLE, opacity=0.25, stroke=PURPLE, strokeWidth=2).encode(x2="end:T")
    words = base.mark_text(align="left", baseline="top", dx=4, dy=4, fontSize=TEXT, color=PAGE_INK)
    return [band, words.encode(text="said:N", y=alt.value(0))]


def _today(found: Timeline, speak: Speaker) -> list[alt.Chart]:
    row = {"start": _at(found.on), "said": speak.date(found.on)}
    base = alt.Chart(pd.DataFrame([row])).encode(x=_x(_scale(found)))
    rule = base.mark_rule(color=QUIET, strokeWidth=2, strokeDash=[2, 2])
    words = base.mark_text(align="left", baseline="top", dx=4, dy=20, fontSize=TEXT, color=PAGE_INK)
    return [rule, words.encode(text="said:N", y=alt.value(0))]
