"""The text of an ODT, in the order in which it is read: paragraphs, headings, tables row by row."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from odf import opendocument
from odf.namespaces import OFFICENS, TABLENS, TEXTNS

from thbfund.documents.blocks import CELL_BREAK, block, table

_TEXT_NODES = (3, 4)  # of the document object model: text, and text in a CDATA section
_PARAGRAPHS = {(TEXTNS, "h"), (TEXTNS, "p")}
_LEFT_OUT = {
    (TEXTNS, "tracked-changes"),
    (TEXTNS, "table-of-content"),
    (TEXTNS, "note"),
    (OFFICENS, "annotation"),
    (OFFICENS, "forms"),
}
_ROW = (TABLENS, "table-row")
_ROW_GROUPS = {(TABLENS, name) for name in ("table-header-rows", "table-rows", "table-row-group")}
_CELLS = {(TABLENS, "table-cell")}
_BREAKS = {(TEXTNS, "tab"): " ", (TEXTNS, "s"): " ", (TEXTNS, "line-break"): "\n"}


def text_of_odt(content: bytes) -> Iterator[str]:
    """Yield the text block by block; contents, notes, comments and deleted text are left out.

    Raises whatever odfpy raises on a damaged file.
    """
    yield from _blocks(opendocument.load(BytesIO(content)).text)


def _blocks(parent: Any) -> Iterator[str]:
    for element in parent.childNodes:
        name = getattr(element, "qname", None)
        if name in _PARAGRAPHS:
            yield block(_text(element))
        elif name == (TABLENS, "table"):
            yield table(_cells(row) for row in _rows(element))
        elif name is not None and name not in _LEFT_OUT:
            yield from _blocks(element)


def _rows(parent: Any) -> Iterator[Any]:
    """The rows of a table, not those of tables in its cells, which are text of the cell."""
    for element in parent.childNodes:
        name = getattr(element, "qname", None)
        if name == _ROW:
            yield element
        elif name in _ROW_GROUPS:
            yield from _rows(element)


def _cells(row: Any) -> Iterator[str]:
    for cell in row.childNodes:
        if getattr(cell, "qname", None) in _CELLS:
            yield CELL_BREAK.join(filter(None, _blocks(cell)))


def _text(element: Any) -> str:
    found = []
    for child in element.childNodes:
        name = getattr(child, "qname", None)
        if child.nodeType in _TEXT_NODES:
            found.append(str(child.data))
        elif name in _BREAKS:
            found.append(_BREAKS[name])
        elif name not in _LEFT_OUT:
            found.append(_text(child))
    return "".join(found)
