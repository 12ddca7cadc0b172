"""A document as DOCX, with real headings, tables whose first row repeats, and its language and title in the file."""

from datetime import date
from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_COLOR_INDEX
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from thbfund.report.brief.document import Block, Bullets, Document, Heading, Paragraph, Span, Spans, Table
from thbfund.report.inert import plain, plain_span, web_address
from thbfund.report.packed import packed_on

BODY_POINTS, SMALL_POINTS = 9.5, 8.5
MARGIN = Cm(1.8)
# Size of a heading, and the room above and below it, in points: tighter than the template, or three programmes fill
# six pages.
HEADINGS = {"Title": (18, 0, 4), "Heading 1": (13, 10, 3), "Heading 2": (11.5, 8, 2), "Heading 3": (10, 5, 1)}
INK = RGBColor(0x12, 0x3A, 0x6B)
LINK = RGBColor(0x0B, 0x4F, 0xA0)
HEAD_FILL = "E9EFF6"
MAX_PROPERTY = 255  # characters that the file's properties can hold


def docx_of(document: Document, printed: date) -> bytes:
    """The whole file; `printed` is the day that it notes as that of its making."""
    word = docx.Document()
    _set_up(word, document)
    word.add_heading(plain_span(document.title), level=0)
    for block in document.blocks:
        _block(word, block)
    out = BytesIO()
    word.save(out)
    return packed_on(out.getvalue(), printed)


def _set_up(word: Any, document: Document) -> None:
    about = word.core_properties
    about.title = plain(document.title)[:MAX_PROPERTY]
    about.author, about.comments, about.keywords = "", "", ""  # the template names its own author
    about.language = document.language
    for section in word.sections:
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    normal = word.styles["Normal"]
    normal.font.size = Pt(BODY_POINTS)
    normal.paragraph_format.space_after = Pt(3)
    for name, (size, before, after) in HEADINGS.items():
        style = word.styles[name]
        style.font.color.rgb, style.font.size = INK, Pt(size)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    _language(word.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr")), document)


def _language(properties: Any, document: Document) -> None:
    """What a screen reader and the spelling check go by."""
    found = properties.find(qn("w:lang"))
    if found is None:
        found = OxmlElement("w:lang")
        properties.append(found)
    found.set(qn("w:val"), document.language)


def _block(word: Any, block: Block) -> None:
    if isinstance(block, Heading):
        _fill(word.add_paragraph(style=f"Heading {block.level}"), block.spans)
    elif isinstance(block, Paragraph):
        _fill(word.add_paragraph(), block.spans, small=block.look == "small", marked=block.look == "warning")
    elif isinstance(block, Bullets):
        for item in block.items:
            small = block.look == "small"
            paragraph = word.add_paragraph(style=None if small else "List Bullet")
            paragraph.paragraph_format.space_after = Pt(1)
            _fill(paragraph, item, small=small)
    else:
        _table(word, block)


def _table(word: Any, table: Table) -> None:
    caption = word.add_paragraph(style="Caption")
    caption.paragraph_format.keep_with_next = True
    _fill(caption, (Span(table.name),))
    grid = word.add_table(rows=1, cols=len(table.head), style="Table Grid")
    _alternative_text(grid, table.name)
    for cell, text in zip(grid.rows[0].cells, table.head, strict=True):
        _fill(cell.paragraphs[0], (Span(text, strong=True),), small=True)
        _shade(cell)
    _mark(grid.rows[0], "w:tblHeader")  # repeated on each page, and told to screen readers
    for row in table.rows:
        cells = grid.add_row()
        _mark(cells, "w:cantSplit")
        for number, (cell, spans) in enumerate(zip(cells.cells, row, strict=True)):
            _fill(cell.paragraphs[0], spans, small=True, strong=number == 0)
    word.add_paragraph().paragraph_format.space_after = Pt(0)


def _alternative_text(grid: Any, name: str) -> None:
    described = OxmlElement("w:tblCaption")
    described.set(qn("w:val"), plain(name))
    grid._tbl.tblPr.append(described)  # noqa: SLF001 - python-docx has no name for it


def _mark(row: Any, tag: str) -> None:
    mark = OxmlElement(tag)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 - as above


def _shade(cell: Any) -> None:
    fill = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", HEAD_FILL)):
        fill.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(fill)  # noqa: SLF001 - as above


def _fill(
    paragraph: WordParagraph, spans: Spans, *, small: bool = False, strong: bool = False, marked: bool = False
) -> None:
    for span in spans:
        run = paragraph.add_run(plain_span(span.text))
        run.bold = True if strong or span.strong else None
        if small:
            run.font.size = Pt(SMALL_POINTS)
        if marked:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
        if span.language:
            _run_language(run, span.language)
        if address := web_address(span.url):
            _link(paragraph, run, address)


def _run_language(run: Any, language: str) -> None:
    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), language)
    run._r.get_or_add_rPr().append(mark)  # noqa: SLF001 - as above


def _link(paragraph: WordParagraph, run: Any, address: str) -> None:
    run.font.color.rgb, run.font.underline = LINK, True
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run._r.addprevious(link)  # noqa: SLF001 - as above
    link.append(run._r)  # noqa: SLF001 - as above
