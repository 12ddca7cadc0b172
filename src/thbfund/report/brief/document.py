"""A document for people, whatever it is written as: headings, paragraphs, lists and tables of plain text."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Look = Literal["plain", "small", "warning"]


@dataclass(frozen=True, slots=True)
class Span:
    """Words that belong together.

    Attributes:
        text: as it is to be read; whoever writes the document makes it inert.
        strong: whether it stands out.
        url: an address to link to; "" for none.
        language: of the words where it is another than that of the document; "" where it is the same.
    """

    text: str
    strong: bool = False
    url: str = ""
    language: str = ""


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is that of a section, for the title of the document stands above it."""

    spans: Spans
    level: Literal[1, 2, 3] = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    spans: Spans
    look: Look = "plain"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; a small one brings its own numbers and has no marks."""

    items: tuple[Spans, ...]
    look: Look = "plain"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a row of headings and a name; the first cell of each row names the row."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[Spans, ...], ...]


Block = Heading | Paragraph | Bullets | Table


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document.

    Attributes:
        title: its name, shown on top and kept in the file's properties.
        language: two letters.
        blocks: in order.
    """

    title: str
    language: str
    blocks: tuple[Block, ...]


def plain_text(blocks: Sequence[Block]) -> str:
    """The same as text alone, to be copied: a line per paragraph, item and row."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Bullets):
            lines += [f"- {_joined(item)}" for item in block.items]
        elif isinstance(block, Table):
            lines += [" | ".join(block.head), *(" | ".join(map(_joined, row)) for row in block.rows)]
        else:
            lines.append(_joined(block.spans))
        lines.append("")
    return "\n".join(lines).strip() + "\n" if lines else ""


def _joined(spans: Spans) -> str:
    return "".join(span.text for span in spans)
