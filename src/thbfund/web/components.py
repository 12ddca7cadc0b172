"""Small pieces that several pages show. Text from data or users is always shown inert."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd
import streamlit as st

from thbfund.catalogue.facts import Evidence, Source
from thbfund.catalogue.model import Programme
from thbfund.report.inert import inert_markdown

PROGRAMME_PAGE = str(Path(__file__).parent / "pages" / "programme.py")

BAND_BADGES = {
    "strong": (":material/signal_cellular_alt:", "green"),
    "possible": (":material/signal_cellular_alt_2_bar:", "blue"),
    "weak": (":material/signal_cellular_alt_1_bar:", "gray"),
}
VERDICT_BADGES = {
    "eligible": (":material/check_circle:", "green"),
    "to_check": (":material/help:", "orange"),
    "not_eligible": (":material/block:", "red"),
    "closed": (":material/lock:", "gray"),
}
ANSWERS = {
    "met": (":green[:material/check_circle:]", "met"),
    "not_met": (":red[:material/cancel:]", "not met"),
    "unknown": (":orange[:material/help:]", "unknown"),
}


def text(value: str) -> None:
    """A paragraph of text from data or user."""
    st.markdown(inert_markdown(value))


def caption(value: str) -> None:
    """A small line of text from data or user."""
    st.caption(inert_markdown(value))


def bullets(items: Iterable[str]) -> None:
    """A list of texts from data or user."""
    st.markdown("\n".join(f"- {inert_markdown(item)}" for item in items))


def table(rows: Sequence[dict[str, str]], alt: str) -> None:
    """A table of texts, inert, that a screen reader can name."""
    frame = pd.DataFrame([{key: inert_markdown(value) for key, value in row.items()} for row in rows])
    st.table(frame, hide_index=True, border="horizontal", alt=alt)


def evidence(found: Evidence, sources: dict[str, Source]) -> None:
    """Where a fact comes from and when it was checked, or why it is not confirmed."""
    lines = []
    if found.unverified:
        lines.append(f"Not confirmed: {inert_markdown(found.unverified)}")
    for cited in found.sources:
        source = sources[cited.key]
        place = f", {cited.place}" if cited.place else ""
        lines.append(link(f"{source.title}{place}", source.url))
    if found.checked_on:
        lines.append(f"checked on {found.checked_on}")
    if found.note:
        lines.append(inert_markdown(found.note))
    st.caption("  \n".join(lines))


def programme_link(programme: Programme, label: str) -> None:
    """A link to the page of one programme, by its id."""
    st.page_link(PROGRAMME_PAGE, label=inert_markdown(label), query_params={"id": programme.id})


def link(title: str, url: str | None) -> str:
    """Markdown for a link with an inert title."""
    if not url:
        return inert_markdown(title)
    safe = url.replace("(", "%28").replace(")", "%29").replace("<", "%3C").replace(">", "%3E")
    return f"[{inert_markdown(title)}]({safe})"
