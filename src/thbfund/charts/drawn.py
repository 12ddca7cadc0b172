"""Pieces of a specification that all charts share."""

from collections.abc import Iterable
from typing import Any

import altair as alt
import pandas as pd

from thbfund.charts.look import ABOVE, PAGE_INK, TEXT

LEGEND_LINE = 32  # pixels; a legend takes its room from the height of its chart


def legend() -> alt.Legend:
    """Below the chart, one entry below the other, for a phone has no room beside it."""
    return alt.Legend(
        title=None,
        orient="bottom",
        direction="vertical",
        columns=1,
        rowPadding=4,
        labelFontSize=TEXT,
        labelColor=PAGE_INK,
        labelLimit=260,
        symbolSize=140,
        symbolStrokeWidth=0,
    )


def names(rows: Iterable[dict[str, Any]]) -> alt.Chart:
    """The `name` of each `line` above its bar, cut off where the chart ends."""
    each = {row["line"]: row["name"] for row in rows}
    frame = pd.DataFrame({"line": list(each), "name": list(each.values())})
    chart: alt.Chart = (
        alt.Chart(frame)
        .mark_text(
            align="left", baseline="middle", dy=ABOVE, fontSize=TEXT, color=PAGE_INK, limit=alt.ExprRef(expr="width")
        )
        .encode(x=alt.value(0), y=alt.Y("line:O", axis=None), text="name:N")
    )
    return chart


def put(*layers: alt.Chart, height: int) -> alt.LayerChart:
    """Layers on top of each other, without a frame.

    Marks are hidden from screen readers: those get the chart's name and the table, not each line's coordinates. Saved
    as an image a chart has no page whose ink it could take: black text stands on no ground, for any document.
    """
    config = alt.Config(background="transparent", view=alt.ViewConfig(strokeWidth=0), mark=alt.MarkConfig(aria=False))
    return alt.LayerChart(layer=list(layers), height=height, config=config)
