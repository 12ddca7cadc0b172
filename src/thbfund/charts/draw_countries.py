"""The map: a square for each country, its standing told by sign and colour."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from thbfund.catalogue.vocabulary import country_names
from thbfund.charts.countries import PAID, PAID_BY_CALL, STANDINGS, TILES, Country
from thbfund.charts.drawn import LEGEND_LINE, legend, put
from thbfund.charts.look import BLUE, GREEN, GREY, INK, ORANGE, PAGE_INK, PURPLE, TEXT
from thbfund.speaking import Speaker

TILE = 40  # pixels; two lines of text
COLOURS = dict(zip(STANDINGS, (GREEN, BLUE, PURPLE, GREY, ORANGE), strict=True))
_WORK = {"open": PAID, "depends": PAID_BY_CALL}


def tiles(countries: Sequence[Country], speak: Speaker) -> alt.LayerChart:
    """The countries of the map; those of the project have a thick border."""
    names = country_names(speak.language)
    kinds = {key: f"{sign} {speak(words)}" for key, (sign, words) in STANDINGS.items()}
    rows = [
        {
            "column": TILES[one.code][0],
            "line": TILES[one.code][1],
            "code": one.code,
            "name": names.get(one.code, one.code),
            "kind": kinds[one.standing],
            "signs": f"{STANDINGS[one.standing][0]}{_WORK.get(one.work, '')}",
            "own": one.of_project,
        }
        for one in countries
        if one.code in TILES
    ]
    base = alt.Chart(pd.DataFrame(rows, columns=["column", "line", "code", "name", "kind", "signs", "own"])).encode(
        x=alt.X("column:O", axis=None, scale=alt.Scale(paddingInner=0.06)),
        y=alt.Y("line:O", axis=None, scale=alt.Scale(paddingInner=0.06)),
    )
    scale = alt.Scale(domain=list(kinds.values()), range=list(COLOURS.values()))
    squares = base.mark_rect(stroke=PAGE_INK, cornerRadius=3).encode(
        color=alt.Color("kind:N", scale=scale, legend=legend()),
        strokeWidth=alt.condition("datum.own", alt.value(3), alt.value(0)),
        tooltip=[
            alt.Tooltip("name:N", title=speak("Country")),
            alt.Tooltip("kind:N", title=speak("Standing")),
        ],
    )
    codes = base.mark_text(dy=-8, fontSize=TEXT, fontWeight="bold", color=INK).encode(text="code:N")
    signs = base.mark_text(dy=8, fontSize=TEXT, color=INK).encode(text="signs:N")
    lines = max(line for _, line in TILES.values()) + 1
    return put(squares, codes, signs, height=lines * TILE + (len(STANDINGS) + 1) * LEGEND_LINE)
