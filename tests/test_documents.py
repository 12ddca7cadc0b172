"""A concept note is read in order, whatever its format; one that cannot be read is answered with what to do."""

import codecs
import re
import zipfile
from io import BytesIO

import docx
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from odf.opendocument import OpenDocumentText
from odf.table import Table, TableCell, TableHeaderRows, TableRow, TableRowGroup
from odf.text import P

from conftest import REPOSITORY
from notes import PARAGRAPHS, READ, changed_archive, docx_note, odt_note, part_of, pdf_note
from thbfund.documents import Note, UnreadableError, cut, problem_of, read_note
from thbfund.documents.limits import MAX_BYTES, MAX_CHARACTERS, MAX_DEPTH, MAX_PAGES, MAX_PARTS, SMALL_PART
from thbfund.documents.unreadable import CODES, OTHER_KINDS, REMARKS, table_problem_of
from thbfund.said import Said

DOCX, ODT = docx_note(), odt_note()
SENTENCE = "Our shelter helps girls who were trafficked to Italy."
PDF = pdf_note(SENTENCE, "We train teachers and social workers in Spain.")
LOCKED = 'manifest:encryption-data xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'


def refused(content: bytes) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        read_note(content)
    return caught.value


# What is read


@pytest.mark.parametrize(("content", "kind"), [(DOCX, "docx"), (ODT, "odt")], ids=["docx", "odt"])
def test_headings_paragraphs_and_tables_are_read_in_their_order(content, kind):
    assert read_note(content) == Note(READ, kind)


def test_the_pages_of_a_pdf_are_read_in_their_order():
    assert read_note(PDF).text == f"{SENTENCE}\n\nWe train teachers and social workers in Spain."


def test_a_pdf_that_begins_after_a_few_other_bytes_is_still_one():
    assert read_note(b"\n\n" + PDF).kind == "pdf"


def test_lines_and_words_that_a_pdf_parts_are_joined():
    page = "Our shelter helps girls who were traf-\nficked to Italy\nand now look for work.\nWe train teachers."
    joined = "Our shelter helps girls who were trafficked to Italy and now look for work.\nWe train teachers."
    assert read_note(pdf_note(page)).text == joined


@pytest.mark.parametrize(
    ("page", "encoding", "joined"),
    [
        ("жертви на експлоата-\nция", "cp1251", "жертви на експлоатация"),
        ("Στήριξη θυμάτων εκμετάλ-\nλευσης", "cp1253", "Στήριξη θυμάτων εκμετάλλευσης"),  # noqa: RUF001 - Greek
        ("nasza dzia-\nłalność dla ofiar i\nświadków", "cp1250", "nasza działalność dla ofiar i świadków"),
        ("Bulgaria -\nRomania, Anti-\nTrafficking", "cp1252", "Bulgaria -\nRomania, Anti-\nTrafficking"),
        ("a shelter for girls\n(in Varna)", "cp1252", "a shelter for girls (in Varna)"),
        ("помощ за жертви в\nВарна и Русе", "cp1251", "помощ за жертви в\nВарна и Русе"),  # noqa: RUF001 - Bulgarian
    ],
)
def test_what_a_pdf_parts_is_joined_before_a_small_letter_of_any_alphabet(page, encoding, joined):
    assert read_note(pdf_note(page, encoding=encoding)).text == joined


@pytest.mark.parametrize(("pages", "stays"), [(3, False), (2, True)])
def test_a_line_at_the_head_of_most_of_three_pages_is_no_text(pages, stays):
    bodies = ["First we listen to the girls.", "Then we train their teachers.", "At last they find work."]
    text = read_note(pdf_note(*(f"Safe harbour 2027\n{body}\nIn every town." for body in bodies[:pages]))).text
    assert ("Safe harbour 2027" in text) == stays
    assert all(body in text for body in bodies[:pages])


NUMBERS = ["2", "- 2 -", "[2]", "2/3", "2 of 3", "Page 2 of 3", "Seite 2 von 3", "STRONA: 2 Z 3"]
FACTS = [
    "300", "400 000", "2 %", "24/7", "4/3", "1 in 3", "Italy 2", "EUR 400 000", "Budget: 400 000", "in 2027.",
    "Page 2 of 20",
]  # fmt: skip


@pytest.mark.parametrize("edge", [0, 1, -1, -2])
@pytest.mark.parametrize(("line", "stays"), [*((line, False) for line in NUMBERS), *((line, True) for line in FACTS)])
def test_at_the_edge_of_a_page_its_number_is_no_text_and_every_other_figure_is(line, stays, edge):
    lines = [SENTENCE, "We train teachers.", "We listen.", "They find work."]
    lines.insert(edge if edge >= 0 else len(lines) + 1 + edge, line)
    text = read_note(pdf_note(SENTENCE, "\n".join(lines), "In every town.")).text
    assert (line in re.split("\n+", text)) == stays


@pytest.mark.parametrize("line", ["- 3 -", "1", "Page 1 of 1"])
def test_a_note_of_one_page_loses_its_number_alone(line):
    facts = "Shelter for trafficked women\nBudget: 400 000\nWe train teachers.\nabout 120.\nItaly 12"
    assert read_note(pdf_note(f"{facts}\n{line}")).text == facts


COUNTING = ["Safe harbour 2027 | {}", "{} Safe harbour 2027", "Safe harbour 2027, page {} of 20", "{}"]


@pytest.mark.parametrize("foot", COUNTING)
@pytest.mark.parametrize(("step", "stays"), [(1, False), (7, True)])
def test_a_line_whose_figure_counts_the_pages_is_no_text_and_one_with_figures_of_its_own_is(foot, step, stays):
    bodies = ["First we listen to the girls.", "Then we train their teachers.", "At last they find work."]
    feet = [foot.format(45 + step * page) for page in range(3)]
    text = read_note(pdf_note(*(f"{body}\n{foot}" for body, foot in zip(bodies, feet, strict=True)))).text
    assert [foot in text for foot in feet] == [stays] * 3
    assert all(body in text for body in bodies)


@pytest.mark.parametrize(("pages", "told"), [(MAX_PAGES, False), (MAX_PAGES + 1, True)])
def test_pages_beyond_the_limit_are_not_read_and_that_is_said(pages, told):
    note = read_note(pdf_note(*(f"Girl number {number} finds a home with us." for number in range(pages))))
    assert any(code == "first-pages" for code, _ in note.remarks) == told
    assert f"Girl number {MAX_PAGES - 1} " in note.text
    assert f"Girl number {MAX_PAGES} " not in note.text


def test_a_page_without_text_among_others_is_counted():
    note = read_note(pdf_note(SENTENCE, ""))
    assert "1 of its 2 pages" in note.said[0]


def test_a_pdf_locked_against_changes_alone_is_read():
    assert read_note(locked_pdf("")).text.startswith(SENTENCE)


def locked_pdf(password: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=BytesIO(PDF))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def test_inserted_text_form_fields_and_merged_cells_of_a_docx_are_read_once_and_deleted_text_is_not():
    body = (
        "<w:p><w:ins><w:r><w:t>new </w:t></w:r></w:ins><w:del><w:r><w:delText>old </w:delText></w:r></w:del>"
        "<w:r><w:t>text</w:t></w:r></w:p><w:sdt><w:sdtContent><w:p><w:r><w:t>field</w:t></w:r></w:p></w:sdtContent>"
        '</w:sdt><w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>merged</w:t></w:r></w:p>'
        "</w:tc></w:tr></w:tbl>"
    )
    assert read_note(docx_with(body)).text == "new text\n\nfield\n\nmerged"


@pytest.mark.parametrize("around", ["words", "paragraph", "cell", "row"])
def test_a_form_field_in_a_table_of_a_docx_is_read_whatever_it_holds(around):
    def part(name: str, inside: str) -> str:
        return field_around(inside) if name == around else inside

    words = part("words", "<w:r><w:t>a shelter</w:t></w:r>")
    cell = part("cell", f"<w:tc>{part('paragraph', f'<w:p>{words}</w:p>')}</w:tc>")
    head = "<w:tc><w:p><w:r><w:t>Summary</w:t></w:r></w:p></w:tc>"
    body = f"<w:tbl>{part('row', f'<w:tr>{head}{cell}</w:tr><w:tr>{cell}</w:tr>')}</w:tbl>"
    assert read_note(docx_with(body)).text == "Summary | a shelter\na shelter"


def test_a_table_in_a_cell_of_a_docx_is_read_once():
    inner = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>inner</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    body = f"<w:tbl><w:tr><w:tc><w:p><w:r><w:t>outer</w:t></w:r></w:p>{inner}<w:p/></w:tc></w:tr></w:tbl>"
    assert read_note(docx_with(body)).text == "outer inner"


@pytest.mark.parametrize("part", ["<w:sdt>", "<w:tbl><w:tr><w:tc>", "<w:tbl><w:sdt><w:tr><w:sdt><w:tc><w:sdt>"])
def test_fields_and_tables_inside_each_other_are_read_as_deep_as_an_archive_may_nest(part):
    around = 5  # document and body above them, paragraph, run and text below
    times = (MAX_DEPTH - around) // part.count("<")
    ends = "".join(f"</{name}" for name in reversed(part.split("<")[1:]))
    body = part * times + "<w:p><w:r><w:t>a shelter</w:t></w:r></w:p>" + ends * times
    assert read_note(docx_with(body)).text == "a shelter"


def test_text_that_was_moved_is_read_where_it_stands_now():
    moved = "<w:r><w:t>We train teachers.</w:t></w:r>"
    body = f"<w:p><w:moveFrom>{moved}</w:moveFrom></w:p><w:p><w:moveTo>{moved}</w:moveTo></w:p>"
    assert read_note(docx_with(body)).text == "We train teachers."


def test_a_table_in_a_cell_of_an_odt_is_read_once():
    inner = table_of(table_row(P(text="inner")))
    heads, group = TableHeaderRows(), TableRowGroup()
    heads.addElement(table_row(P(text="head")))
    group.addElement(table_row(P(text="grouped")))
    note = OpenDocumentText()
    note.text.addElement(table_of(heads, table_row(P(text="outer"), inner), group))
    stream = BytesIO()
    note.write(stream)

    assert read_note(stream.getvalue()).text == "head\nouter inner\ngrouped"


def table_of(*rows):
    table = Table()
    for row in rows:
        table.addElement(row)
    return table


def table_row(*blocks):
    row, cell = TableRow(), TableCell()
    row.addElement(cell)
    for block in blocks:
        cell.addElement(block)
    return row


def field_around(xml: str) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{xml}</w:sdtContent></w:sdt>"


def docx_with(body: str) -> bytes:
    xml = part_of(DOCX, "word/document.xml").decode()
    new = re.sub(r"(<w:body>).*(</w:body>)", lambda found: found[1] + body + found[2], xml, flags=re.DOTALL)
    return changed_archive(DOCX, word__document_dot_xml=new.encode())


TEXTS = {
    "utf-8": "Frauenhäuser in Łódź".encode(),
    "utf-8 with mark": codecs.BOM_UTF8 + "Frauenhäuser in Łódź".encode(),
    "utf-16": "Frauenhäuser in Łódź".encode("utf-16"),
    "utf-16 without mark": "Frauenhäuser in Łódź".encode("utf-16-le"),
    "utf-16 big end first": "Frauenhäuser in Łódź".encode("utf-16-be"),
    "utf-32": "Frauenhäuser in Łódź".encode("utf-32"),
}


@pytest.mark.parametrize("content", TEXTS.values(), ids=TEXTS)
def test_text_in_any_unicode_encoding_is_read(content):
    assert read_note(content) == Note("Frauenhäuser in Łódź", "text")


@pytest.mark.parametrize(
    "text",
    ["Frauenhäuser für Opfer von Menschenhandel", "l\u2019aide aux victimes à Besançon", "niñas y mujeres: ¿dónde?"],
)
def test_western_text_of_an_old_program_is_read_and_said_to_be_assumed(text):
    note = read_note(text.encode("cp1252"))
    assert note.text == text
    assert note.remarks == (("assumed-encoding", {}),)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Pomoc ofiarom handlu ludźmi w każdym mieście, także dzieciom; wyłączone są", "cp1250"),
        ("Помощ за жертвите на трафик на хора", "cp1251"),  # noqa: RUF001 - Bulgarian
        ("Βοήθεια στα θύματα εμπορίας ανθρώπων", "cp1253"),
    ],
)
def test_text_that_would_become_garbage_is_refused(text, encoding):
    assert refused(text.encode(encoding)).code == "unknown-encoding"


def test_markdown_is_read_as_it_is_written():
    assert read_note(b"# Safe harbour\r\n\r\n* girls\r\n").text == "# Safe harbour\n\n* girls"


@pytest.mark.parametrize(("length", "told"), [(MAX_CHARACTERS, False), (MAX_CHARACTERS + 1, True)])
def test_characters_beyond_the_limit_are_not_read_and_that_is_said(length, told):
    note = read_note(b"x" * length)
    assert len(note.text) == MAX_CHARACTERS
    assert bool(note.remarks) == told


@pytest.mark.parametrize("text", ["BMZ pays for a shelter", "PKW-Fahrer bringen Opfer in Sicherheit"])
def test_a_text_that_begins_with_the_letters_of_another_kind_of_file_is_a_text(text):
    assert read_note(text.encode()) == Note(text, "text")


# What is refused

REFUSED = {
    "empty": (b"", "empty-note"),
    "blanks": (b" \r\n\t", "empty-note"),
    "nulls": (b"\x00" * 100, "empty-note"),
    "signs alone": (b"--- ... ---", "no-text-in-note"),
    "docx without words": (docx_with("<w:p/>"), "no-text-in-note"),
    "locked pdf": (locked_pdf("secret"), "encrypted-note"),
    "locked docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted-note"),
    "locked odt": (
        changed_archive(ODT, **{"META-INF__manifest_dot_xml": f"<{LOCKED}/>".encode()}),
        "encrypted-note",
    ),
    "scanned pdf": (pdf_note("", ""), "scanned-note"),
    "half a pdf": (PDF[: len(PDF) // 2], "broken-note"),
    "head of a pdf": (b"%PDF-1.7\n", "broken-note"),
    "half a docx": (DOCX[: len(DOCX) // 2], "broken-note"),
    "half an odt": (ODT[: len(ODT) // 2], "broken-note"),
    "docx with damaged xml": (changed_archive(DOCX, word__document_dot_xml=b"<w:document"), "broken-note"),
    "docx without its list": (changed_archive(DOCX, **{"_rels__.rels": None}), "broken-note"),
    "docm": (changed_archive(DOCX, word__vbaProject_dot_bin=b"x"), "macros-in-note"),
    "odt with macros": (changed_archive(ODT, Basic__Standard__Module1_dot_xml=b"<x/>"), "macros-in-note"),
    "doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "note-of-other-kind"),
    "rtf": (rb"{\rtf1 Our shelter}", "note-of-other-kind"),
    "html": (b"<!DOCTYPE html><p>Our shelter", "note-of-other-kind"),
    "picture": (b"\x89PNG\r\n\x1a\n" + b"x" * 20, "note-of-other-kind"),
    "bitmap": (b"BM\x36\x0c\n\x00\x00\x00\x00\x00" + b"x" * 20, "note-of-other-kind"),
    "program": (b"\x7fELF\x02\x01\x01 Our shelter", "note-of-other-kind"),
    "spreadsheet": (changed_archive(DOCX, word__document_dot_xml=None, xl__workbook_dot_xml=b"<x/>"),
                    "note-of-other-kind"),
    "ods": (changed_archive(ODT, mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "note-of-other-kind"),
    "zip": (changed_archive(DOCX, word__document_dot_xml=None), "note-of-other-kind"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "code"), REFUSED.values(), ids=REFUSED)
def test_a_file_that_cannot_be_read_is_named_for_what_it_is(content, code):
    assert refused(content).code == code


@pytest.mark.parametrize(("size", "code"), [(MAX_BYTES, "empty-note"), (MAX_BYTES + 1, "note-too-large")])
def test_a_file_beyond_the_limit_is_not_looked_at(size, code):
    assert refused(b" " * size).code == code


def nested(depth: int) -> bytes:
    return b"<x>" * depth + b"</x>" * depth


HOSTILE = {
    "swollen part": changed_archive(DOCX, word__media__bomb_dot_bin=b"\x00" * (SMALL_PART * 4)),
    "many parts": changed_archive(DOCX, **{f"word__{number}": b"" for number in range(MAX_PARTS)}),
    "entities": changed_archive(
        DOCX, word__extra_dot_xml=b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    ),
    "outside entity": changed_archive(
        ODT, content_dot_xml=b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'
    ),
    "too deep": changed_archive(DOCX, word__extra_dot_xml=nested(MAX_DEPTH + 1)),
}  # fmt: skip


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_an_archive_made_to_harm_is_not_unpacked(content):
    assert refused(content).code == "unsafe-note"


def test_an_archive_packed_by_a_method_that_unpacks_all_at_once_is_not_unpacked():
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("word/document.xml", b"<x/>")
    assert refused(stream.getvalue()).code == "unsafe-note"


@pytest.mark.parametrize(
    "content",
    [
        changed_archive(DOCX, word__media__picture_dot_bin=b"\x00" * SMALL_PART),
        changed_archive(DOCX, word__extra_dot_xml=nested(MAX_DEPTH)),
    ],
    ids=["small part that grows", "deep enough"],
)
def test_an_archive_just_within_the_limits_is_read(content):
    assert read_note(content).text == READ


# Whatever the bytes


def assert_answered(content: bytes) -> None:
    """A note with words, or a refusal with a sentence; never another exception."""
    try:
        note = read_note(content)
    except UnreadableError as error:
        problem_of(error, "note.pdf")
        return
    assert any(character.isalnum() for character in note.text)
    note.text.encode()


@given(st.binary(max_size=400), st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf"]))
def test_any_bytes_are_answered(content, start):
    assert_answered(start + content)


@given(st.sampled_from([PDF, DOCX, ODT]), st.floats(0, 1))
def test_a_note_cut_anywhere_is_answered(content, share):
    assert_answered(content[: int(share * len(content))])


@given(st.sampled_from([PDF, DOCX, ODT]), st.floats(0, 0.999), st.binary(min_size=1, max_size=8))
def test_a_note_with_other_bytes_anywhere_is_answered(content, share, other):
    place = int(share * len(content))
    assert_answered(content[:place] + other + content[place + len(other) :])


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_a_text_file_gives_its_own_text(text):
    try:
        note = read_note(text.encode())
    except UnreadableError:
        return
    if note.kind == "text" and "\x00" not in text and not note.remarks:
        assert note.text.split() == text.removeprefix("\ufeff").split()


# What is said

EXAMPLES = {
    "broken-note": {"kind": "pdf"},
    "note-of-other-kind": {"kind": "doc"},
    "note-too-large": {"size": 11_000_000},
    "no-column": {"name": "summary"},
    "scanned-note": {"pages": 3},
}


@pytest.mark.parametrize("code", CODES)
def test_a_refusal_says_what_was_found_what_is_expected_and_what_to_do(code):
    problem = problem_of(UnreadableError(code, **EXAMPLES.get(code, {})), "note.pdf")
    for said in (problem.message, problem.allowed, problem.hint):
        assert isinstance(said, Said), "it can be said in other languages"
        assert said
    assert (problem.code, problem.file) == (code, "note.pdf")


@pytest.mark.parametrize(
    ("code", "expected", "mend"),
    [
        ("broken-note", "a table in CSV or XLSX", "save it as a new file"),
        ("encrypted-note", "a file that opens without", "save a copy without the password"),
        ("note-too-large", "a table in CSV or XLSX", "send fewer rows"),
        ("reading-busy", "a free place", "try again in a minute"),
        ("reading-stopped", "a table in CSV or XLSX", "send fewer rows"),
    ],
)
def test_a_refused_table_is_told_what_mends_a_table(code, expected, mend):
    problem = table_problem_of(UnreadableError(code, **EXAMPLES.get(code, {})), "projects.csv")
    assert problem.allowed.startswith(expected)
    assert problem.hint.endswith(mend)


@pytest.mark.parametrize("code", [*CODES, *REMARKS])
def test_the_readme_tells_of_every_refusal_and_remark(code):
    assert f"| `{code}` |" in (REPOSITORY / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", OTHER_KINDS)
def test_every_other_kind_is_named(kind):
    assert OTHER_KINDS[kind] in problem_of(UnreadableError("note-of-other-kind", kind=kind), "x").message


def test_a_long_name_of_a_file_is_not_repeated_whole():
    assert "seven" not in problem_of(UnreadableError("empty-note"), "one two three four five six seven.pdf").file


# Cutting


@pytest.mark.parametrize(
    ("text", "most", "used", "rest"),
    [
        ("short", 5, "short", ""),
        ("aaaa bbbb", 8, "aaaa bbb", "b"),
        ("x" * 95 + ". Next one", 100, "x" * 95 + ".", "Next one"),
        ("x" * 95 + "\n\nNext. one", 103, "x" * 95, "Next. one"),
        ("x" * 95 + " next", 97, "x" * 95, "next"),
    ],
)
def test_a_text_is_cut_where_a_thought_ends_near_the_limit(text, most, used, rest):
    assert cut(text, most) == (used, rest)


@given(st.text(max_size=300), st.integers(1, 300))
def test_a_cut_text_fits_and_loses_no_word(text, most):
    used, rest = cut(text, most)
    assert len(used) <= most
    assert "".join((used + rest).split()) == "".join(text.split())


def test_paragraphs_of_the_examples_are_those_of_the_note():
    assert [part.text for part in docx.Document(BytesIO(DOCX)).paragraphs][:3] == list(PARAGRAPHS)
