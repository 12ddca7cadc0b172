"""The chart of a portfolio: a bar for each thing, as long as the number of projects that have it."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from thbfund.charts.counts import Count
from thbfund.charts.drawn import names, put
from thbfund.charts.look import BAR, BELOW, BLUE, LINE
from thbfund.speaking import Speaker


def count_bars(counts: Sequence[Count], projects: int, speak: Speaker) -> alt.LayerChart:
    """One bar for each that any project has; the scale ends at all projects, so that two charts can be compared."""
    rows = [
        {"line": line, "name": f"{one.name}: {one.projects}", "projects": one.projects}
        for line, one in enumerate(counts)
        if one.projects  # they stand first
    ]
    drawn = (
        alt.Chart(pd.DataFrame(rows, columns=["line", "name", "projects"]))
        .mark_bar(size=BAR, yOffset=BELOW)
        .encode(
            y=alt.Y("line:O", axis=None),
            x=alt.X("projects:Q", axis=None, scale=alt.Scale(domain=[0, max(projects, 1)])),
            color=alt.value(BLUE),
            tooltip=[alt.Tooltip("name:N", title=speak("Projects"))],
        )
    )
    return put(drawn, names(rows), height=max(len(rows), 1) * LINE)
