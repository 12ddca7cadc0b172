"""The heat map of priorities and target groups: a number in each cell, darker where there are more."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from thbfund.catalogue.vocabulary import Vocabularies
from thbfund.charts.drawn import put
from thbfund.charts.look import BLUE, INK, PAGE_INK, TEXT
from thbfund.charts.served import Cell
from thbfund.speaking import Speaker

LINE = 24
HEADS = 60  # pixels for the ids of the priorities, which stand upright
NAME = 150  # pixels of a group's name, so that the cells fit a phone; whole in tooltip and table
FEW, SOME = 2, 5  # programmes up to which a cell is pale, and middling
SHARES = {"none": 0.0, "few": 0.3, "some": 0.65, "many": 1.0}  # of the colour in a cell; the rest is the page's


def heat_map(cells: Sequence[Cell], vocabularies: Vocabularies, speak: Speaker) -> alt.LayerChart:
    """One cell for each pair; those of the project have a thick border and a sign."""
    rows = [
        {
            "group": speak(vocabularies.label("target_groups", one.group)),
            "priority": one.priority,
            "label": speak(vocabularies.label("priorities", one.priority)),
            "number": f"{'▸' if one.of_project else ''}{len(one.programmes)}",
            "step": _step(len(one.programmes)),
            "grade": speak("none") if one.highest is None else str(one.highest),
            "own": one.of_project,
        }
        for one in cells
    ]
    columns = ["group", "priority", "label", "number", "step", "grade", "own"]
    base = alt.Chart(pd.DataFrame(rows, columns=columns)).encode(x=_priorities(), y=_groups())
    # Said to be ordinal: of a range for opacity its first two numbers alone are taken otherwise, as the ends of a line.
    shares = alt.Scale(type="ordinal", domain=list(SHARES), range=list(SHARES.values()))
    fills = base.mark_rect(color=BLUE).encode(
        fillOpacity=alt.FillOpacity("step:N", scale=shares, legend=None),
        tooltip=[
            alt.Tooltip("group:N", title=speak("People served")),
            alt.Tooltip("label:N", title=speak("Priority")),
            alt.Tooltip("number:N", title=speak("Programmes of grade 2 or more")),
            alt.Tooltip("grade:N", title=speak("Highest grade")),
        ],
    )
    borders = base.mark_rect(fill=None, stroke=PAGE_INK).encode(
        strokeWidth=alt.condition("datum.own", alt.value(2), alt.value(0))
    )
    # Full cells are as dark in light as in dark, so ink holds on them; paler ones let the page through.
    numbers = base.mark_text(fontSize=TEXT).encode(
        text="number:N", color=alt.condition("datum.step == 'many'", alt.value(INK), alt.value(PAGE_INK))
    )
    lines = len({one.group for one in cells})
    return put(fills, borders, numbers, height=max(lines, 1) * LINE + HEADS)


def _priorities() -> alt.X:
    """Ids upright above the cells: nine of them side by side on a phone."""
    axis = alt.Axis(
        orient="top", title=None, labelAngle=-90, labelFontSize=TEXT, labelColor=PAGE_INK, ticks=False, domain=False
    )
    return alt.X("priority:N", sort=None, axis=axis)


def _groups() -> alt.Y:
    axis = alt.Axis(title=None, labelFontSize=TEXT, labelColor=PAGE_INK, labelLimit=NAME, ticks=False, domain=False)
    return alt.Y("group:N", sort=None, axis=axis)


def _step(number: int) -> str:
    if number == 0:
        return "none"
    return "few" if number <= FEW else "some" if number <= SOME else "many"
