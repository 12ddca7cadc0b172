"""Concept notes for tests, made here: DOCX by python-docx, ODT by odfpy, PDF by hand."""

import zipfile
import zlib
from io import BytesIO

import docx
from odf.opendocument import OpenDocumentText
from odf.table import Table, TableCell, TableRow
from odf.text import H, P

PARAGRAPHS = ("Safe harbour", "Our shelter helps girls who were trafficked to Italy.", "We train teachers in Spain.")
ROWS = (("Whom", "girls"), ("Where", "Italy"))
READ = "\n\n".join((*PARAGRAPHS, "Whom | girls\nWhere | Italy", "Afterwards they find work."))


def docx_note() -> bytes:
    """A heading, two paragraphs, a table and a paragraph."""
    note = docx.Document()
    note.sections[0].header.paragraphs[0].text = "Running head"
    note.add_heading(PARAGRAPHS[0])
    for text in PARAGRAPHS[1:]:
        note.add_paragraph(text)
    table = note.add_table(rows=0, cols=2)
    for row in ROWS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    note.add_paragraph("Afterwards they find work.")
    return _saved(note.save)


def odt_note() -> bytes:
    """The same as `docx_note`."""
    note = OpenDocumentText()
    note.text.addElement(H(outlinelevel=1, text=PARAGRAPHS[0]))
    for text in PARAGRAPHS[1:]:
        note.text.addElement(P(text=text))
    table = Table()
    for row in ROWS:
        line = TableRow()
        for text in row:
            cell = TableCell()
            cell.addElement(P(text=text))
            line.addElement(cell)
        table.addElement(line)
    note.text.addElement(table)
    note.text.addElement(P(text="Afterwards they find work."))
    return _saved(note.write)


def pdf_note(*pages: str, trailer: bytes = b"", encoding: str = "cp1252") -> bytes:
    """A PDF with these pages, a line of text per line; an empty page holds nothing."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        f"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << {_glyphs(encoding)} >> >>".encode(),
    ]
    for number, page in enumerate(pages):
        resources = "<< /Font << /F1 3 0 R >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources {resources} "
            f"/Contents {5 + 2 * number} 0 R >>".encode()
        )
        stream = zlib.compress(_drawn(page).encode(encoding))
        objects.append(b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream))
    return _pdf(objects, trailer)


def _glyphs(encoding: str) -> str:
    """Which characters the upper half of the bytes stands for."""
    upper = bytes(range(0x80, 0x100)).decode(encoding, "replace")
    return "/Differences [128 " + " ".join(f"/uni{ord(character):04X}" for character in upper) + "]"


def _drawn(page: str) -> str:
    lines = (line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in page.splitlines())
    shown = " T* ".join(f"({line}) Tj" for line in lines)
    return f"BT /F1 11 Tf 14 TL 50 780 Td {shown} ET" if page else ""


def _pdf(objects: list[bytes], trailer: bytes) -> bytes:
    found, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(found))
        found += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, len(found))
    return found + head + table + end


def changed_archive(content: bytes, **parts: bytes | None) -> bytes:
    """An archive with other parts: names with `__` for a slash and `_dot_` for a dot; None takes one away."""
    by_name = {name.replace("__", "/").replace("_dot_", "."): part for name, part in parts.items()}
    new = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as target:
        for name in old.namelist():
            if name not in by_name:
                target.writestr(name, old.read(name))
        for name, part in by_name.items():
            if part is not None:
                target.writestr(name, part)
    return new.getvalue()


def part_of(content: bytes, name: str) -> bytes:
    """A part of an archive."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read(name)


def _saved(save) -> bytes:
    stream = BytesIO()
    save(stream)
    return stream.getvalue()
