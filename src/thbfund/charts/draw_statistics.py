"""The chart of a series of figures: a bar each, hollow where several years are counted together."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from thbfund.charts.drawn import names, put
from thbfund.charts.look import BAR, BELOW, BLUE, LINE
from thbfund.charts.statistics import Bar
from thbfund.speaking import Speaker


def figure_bars(bars: Sequence[Bar], speak: Speaker) -> alt.LayerChart:
    """One bar for each figure; shares on a scale to 100, so that bars of two charts can be compared."""
    rows = [
        {
            "line": line,
            "value": bar.figure.value,
            "hollow": bar.several_years and not bar.is_share,
            "name": bar.name(speak),
            "counts": bar.figure.population,
        }
        for line, bar in enumerate(bars)
    ]
    scale = alt.Scale(domain=[0, 100]) if bars and all(bar.is_share for bar in bars) else alt.Scale(nice=False)
    drawn = (
        alt.Chart(pd.DataFrame(rows, columns=["line", "value", "hollow", "name", "counts"]))
        .mark_bar(size=BAR, yOffset=BELOW, stroke=BLUE, strokeWidth=2)
        .encode(
            y=alt.Y("line:O", axis=None),
            x=alt.X("value:Q", axis=None, scale=scale),
            fillOpacity=alt.condition("datum.hollow", alt.value(0), alt.value(1)),
            strokeDash=alt.condition("datum.hollow", alt.value([4, 3]), alt.value([1, 0])),
            color=alt.value(BLUE),
            tooltip=[
                alt.Tooltip("name:N", title=speak("Figure")),
                alt.Tooltip("counts:N", title=speak("Counts")),
            ],
        )
    )
    return put(drawn, names(rows), height=max(len(rows), 1) * LINE)
