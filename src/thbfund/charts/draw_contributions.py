"""The charts on scores: a staircase of the parts of one score, and bars of the first programmes."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from thbfund.charts.contributions import KINDS, Part, Piece, points
from thbfund.charts.drawn import LEGEND_LINE, legend, names, put
from thbfund.charts.look import BAR, BELOW, BLUE, GREEN, GREY, INK, LINE, ORANGE, PURPLE, QUIET, TEXT, shortened
from thbfund.contributions import CONTRIBUTION_NAMES
from thbfund.said import labelled
from thbfund.speaking import Speaker

KIND_COLOURS = dict(zip(KINDS, (BLUE, GREEN, PURPLE, GREY, ORANGE), strict=True))
LEAST_LABELLED = 0.035  # points; a narrower piece has no room for its number, and its place in the order tells it
TOLD = 300  # characters of a reason in a tooltip


def staircase(parts: Sequence[Part], speak: Speaker) -> alt.LayerChart:
    """The parts of one score: each begins where the one before it ends, the last bar is their sum."""
    rows = [
        {
            "line": line,
            "start": part.start,
            "end": part.end,
            "name": speak(labelled(CONTRIBUTION_NAMES[part.name], points(part.value, speak))),
            "sort": "less" if part.value < 0 else "more",
            "rests": shortened(f"{speak.value(part.because)} {speak.value(part.words)}", TOLD),
        }
        for line, part in enumerate(parts)
    ]
    total = parts[-1].end if parts else 0.0
    score = speak("Score: {score}", score=round(total, 2))
    sum_of = speak("The sum of these parts.")
    rows.append({"line": len(rows), "start": 0.0, "end": total, "name": score, "sort": "score", "rests": sum_of})
    sorts = alt.Scale(domain=["more", "less", "score"], range=[BLUE, ORANGE, GREY])
    bars = (
        alt.Chart(pd.DataFrame(rows))
        .mark_bar(size=BAR, yOffset=BELOW)
        .encode(
            y=alt.Y("line:O", axis=None),
            x=alt.X("start:Q", axis=None, scale=alt.Scale(nice=False)),
            x2="end:Q",
            color=alt.Color("sort:N", legend=None, scale=sorts),
            tooltip=[
                alt.Tooltip("name:N", title=speak("Part")),
                alt.Tooltip("rests:N", title=speak("What it rests on")),
            ],
        )
    )
    return put(_zero(), bars, names(rows), height=len(rows) * LINE)


def side_by_side(pieces: Sequence[Piece], speak: Speaker) -> alt.LayerChart:
    """The first programmes, one bar each; the number on a piece says of which kind it is."""
    rows = [
        {
            "line": piece.rank,
            "start": piece.start,
            "end": piece.end,
            "middle": (piece.start + piece.end) / 2,
            "kind": f"{piece.number} {speak(KINDS[piece.kind])}",
            "number": str(piece.number) if abs(piece.value) >= LEAST_LABELLED else "",
            "points": points(piece.value, speak),
            "name": speak(labelled(f"{piece.rank}. {piece.programme}", round(piece.score, 2))),
        }
        for piece in pieces
    ]
    columns = ["line", "start", "end", "middle", "kind", "number", "points", "name"]
    base = alt.Chart(pd.DataFrame(rows, columns=columns)).encode(y=alt.Y("line:O", axis=None))
    bars = base.mark_bar(size=BAR + 4, yOffset=BELOW, stroke=INK, strokeWidth=1).encode(
        x=alt.X("start:Q", axis=None, scale=alt.Scale(nice=False)),
        x2="end:Q",
        color=_by_kind(speak),
        tooltip=[
            alt.Tooltip("name:N", title=speak("Programme")),
            alt.Tooltip("kind:N", title=speak("Part")),
            alt.Tooltip("points:N", title=speak("Points")),
        ],
    )
    numbers = base.mark_text(yOffset=BELOW, fontSize=TEXT, color=INK).encode(
        x=alt.X("middle:Q", axis=None), text="number:N"
    )
    height = len({one.rank for one in pieces}) * LINE + LEGEND_LINE * (len(KINDS) + 1)
    return put(_zero(), bars, numbers, names(rows), height=height)


def _by_kind(speak: Speaker) -> alt.Color:
    kinds = [f"{number} {speak(said)}" for number, said in enumerate(KINDS.values(), start=1)]
    scale = alt.Scale(domain=kinds, range=list(KIND_COLOURS.values()))
    return alt.Color("kind:N", scale=scale, legend=legend())


def _zero() -> alt.Chart:
    """The line at no points at all, from which parts add and take away."""
    chart: alt.Chart = alt.Chart(pd.DataFrame([{"x": 0.0}])).mark_rule(color=QUIET).encode(x=alt.X("x:Q", axis=None))
    return chart
