"""PRESENT: two programmes side by side, as JSON, Markdown, or a table in the terminal."""

import json
from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.model import Programme
from thbfund.guidance.fit import Comparison, Fit, Side
from thbfund.report.guidance import proof, proof_line
from thbfund.report.inert import inert_markdown, markdown_link
from thbfund.said import say

NO_VERDICT = say(
    "A checklist, no verdict: the call documents and the authorities of the two programmes decide what may be combined."
)


def fit_values(found: Fit, catalogue: Catalogue) -> dict[str, Any]:
    """The comparison as dictionaries and lists, ready for JSON."""
    sources = catalogue.guidance.sources("fit") if found.questions else {}
    return {
        "on": found.on.isoformat(),
        "programmes": [_programme(found.first), _programme(found.second)],
        "compared": [_comparison(one) for one in found.compared],
        "questions": [
            {
                "id": one.id,
                "theme": one.theme,
                "question": one.question,
                "text": one.text,
                "note": one.note,
                **proof(one, sources, found.on),
            }
            for one in found.questions
        ],
        "note": NO_VERDICT,
    }


def fit_json(found: Fit, catalogue: Catalogue) -> str:
    """The same bytes for the same two programmes and catalogue."""
    return json.dumps(fit_values(found, catalogue), ensure_ascii=False, indent=2)


def fit_markdown(found: Fit, catalogue: Catalogue) -> str:
    """What is compared, then the questions, each with its sources."""
    first, second = found.first, found.second
    lines = [f"# {inert_markdown(first.short_name)} and {inert_markdown(second.short_name)}", "", f"> {NO_VERDICT}", ""]
    for one in found.compared:
        lines += [f"## {one.point}", ""]
        for programme, side in ((first, one.first), (second, one.second)):
            lines.append(f"- {inert_markdown(programme.acronym)}: {inert_markdown(side.text)}.{_bases(side)}")
        lines += [f"- {inert_markdown(one.meaning)}", ""]
    lines += ["## To settle", ""]
    sources = catalogue.guidance.sources("fit") if found.questions else {}
    for question in found.questions:
        said = f"{inert_markdown(question.question)}** {inert_markdown(question.text)}"
        note = f" {inert_markdown(question.note)}" if question.note else ""
        lines.append(f"- **{said}{note}{proof_line(question, sources, found.on)}")
    return "\n".join(lines) + "\n"


def print_fit(found: Fit, console: Console) -> None:
    """Print what is compared as a table, and the questions below it."""
    table = Table(title=NO_VERDICT, show_lines=True)
    for heading in ("", found.first.id, found.second.id, "What it means"):
        table.add_column(Text(heading), overflow="fold")
    for one in found.compared:
        table.add_row(*map(Text, (one.point, one.first.text, one.second.text, one.meaning)))
    console.print(table)
    for question in found.questions:
        console.print(Text(question.question, style="bold"))
        doubt = f" Not confirmed: {question.unverified.rstrip('.')}." if question.unverified else ""
        console.print(f"{question.text}{doubt}\n", markup=False)


def _programme(programme: Programme) -> dict[str, str]:
    return {"programme": programme.id, "name": programme.name}


def _comparison(one: Comparison) -> dict[str, Any]:
    return {"point": one.point, "first": _side(one.first), "second": _side(one.second), "meaning": one.meaning}


def _side(side: Side) -> dict[str, Any]:
    sources = [{"source": basis.source, "url": basis.url or None} for basis in side.bases if basis.source]
    return {"text": side.text, "verified": side.verified, "sources": sources}


def _bases(side: Side) -> str:
    """Sources of one side, and a word where not all of it is confirmed."""
    cited = "; ".join(_links(side))
    return (f" Source: {cited}." if cited else "") + ("" if side.verified else " Not all of it is confirmed.")


def _links(side: Side) -> Iterator[str]:
    return (markdown_link(basis.source, basis.url) for basis in side.bases if basis.source)
