"""The text of a DOCX, in the order in which it is read: paragraphs, headings, tables row by row."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import docx

from thbfund.documents.blocks import CELL_BREAK, block, table

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ELSEWHERE = {  # the same text once more: drawn for old programs, or where it stood before it was moved
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    f"{_W}moveFrom",
}
_WRAPPERS = {f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "customXml", "smartTag")}
_BREAKS = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def text_of_docx(content: bytes) -> Iterator[str]:
    """Yield the text block by block; header, footer, notes, comments and deleted text are left out.

    Raises whatever python-docx raises on a damaged file.
    """
    yield from _blocks(docx.Document(BytesIO(content)).element.body)


def _blocks(parent: Any) -> Iterator[str]:
    """Paragraphs and tables, also those inside form fields and tracked insertions, which python-docx passes over."""
    for element in _within(parent):
        if element.tag == f"{_W}p":
            yield block(_text(element))
        elif element.tag == f"{_W}tbl":
            yield table(_cells(row) for row in _within(element) if row.tag == f"{_W}tr")


def _cells(row: Any) -> Iterator[str]:
    for cell in _within(row):
        if cell.tag == f"{_W}tc":
            yield CELL_BREAK.join(filter(None, _blocks(cell)))


def _within(parent: Any) -> Iterator[Any]:
    """What stands in an element, be it in a form field: one may hold words, blocks, cells or rows."""
    for element in parent.iterchildren():
        if element.tag in _WRAPPERS:
            yield from _within(element)
        else:
            yield element


def _text(paragraph: Any) -> str:
    """What stands in a paragraph; deleted text has a tag of its own and is not among it."""
    return "".join(
        _BREAKS.get(element.tag) or element.text or ""
        for element in paragraph.iter(f"{_W}t", *_BREAKS)
        if not any(above.tag in _ELSEWHERE for above in element.iterancestors())
    )
