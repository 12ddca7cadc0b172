"""The text of a PDF, page by page, as one reads it: lines joined to paragraphs, page numbers and running heads gone."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO

import pypdf
from pypdf.errors import DependencyError

from thbfund.documents.limits import MAX_CHARACTERS, MAX_PAGES
from thbfund.documents.unreadable import UnreadableError

LEAST_LETTERS = 20  # of a page of text; a picture of a page has none, or the stamp of a scanner
REPEATED_ON = 3  # pages; a line at the edge of so many, and of more than half of all, is no part of the text
_EDGE = 2  # lines at the top and at the bottom of a page that may be a running head or foot
_SIGNS = r"[-\u2013\u2014|/.()\[\] ]{0,3}"  # no unit: 3 % is no page
# "Page 3 of 20" in the languages of the EU. Other words between two numbers make a fact: one in three, one to one.
_OF = "/|of|af|av|van|von|de|di|su|sur|din|minn|od|z|ze|zo|iš|no|από|от"
_ALONE = re.compile(rf"{_SIGNS}(\d{{1,3}}){_SIGNS}")
_BETWEEN_DASHES = re.compile(r"[-\u2013\u2014] ?\d{1,3} ?[-\u2013\u2014]")  # of an extract, whose pages count on
_OF_ALL = re.compile(rf"(?:[^\W\d_]{{1,12}}[.:]? )?(\d{{1,3}}) ?(?:{_OF}) ?(\d{{1,3}})", re.IGNORECASE)
_AT_AN_END = re.compile(rf"^\d{{1,4}}(?!\d)|(?<!\d)\d{{1,4}}(?=(?: ?(?:{_OF}) ?\d{{1,4}})?{_SIGNS}$)", re.IGNORECASE)
# A letter that follows may be of any alphabet; whether it is small, no pattern can ask.
_BROKEN_WORD = re.compile(r"(?<=[^\W\d_])-\n(?=([^\W\d_]))")
_BROKEN_LINE = re.compile(r"(?<![.:;!?\n])\n(?=([^\W\d_]|\())")


def text_of_pdf(content: bytes) -> tuple[list[str], int, int]:
    """Return the text of the first `MAX_PAGES` pages, how many of them hold none, and how many pages there are.

    Raises:
        UnreadableError: it is protected, or its pages are pictures.
        Exception: whatever pypdf raises on a damaged file.
    """
    reader = pypdf.PdfReader(BytesIO(content))
    _open(reader)
    total = len(reader.pages)
    pages: list[str] = []
    length = 0
    for page in reader.pages[:MAX_PAGES]:
        pages.append(page.extract_text())
        length += len(pages[-1])
        if length > MAX_CHARACTERS:
            break
    bare = sum(_letters(page) < LEAST_LETTERS for page in pages)
    if pages and bare == len(pages):
        raise UnreadableError("scanned-note", pages=total)
    return [_joined(page) for page in _without_running_lines(pages, total)], bare, total


def _open(reader: pypdf.PdfReader) -> None:
    """Many files are locked against changes alone and open with an empty password."""
    if not reader.is_encrypted:
        return
    try:
        opened = bool(reader.decrypt(""))
    except (DependencyError, NotImplementedError) as error:  # a cipher that pypdf alone does not know
        raise UnreadableError("encrypted-note") from error
    if not opened:
        raise UnreadableError("encrypted-note")


def _letters(text: str) -> int:
    return sum(character.isalpha() for character in text)


def _without_running_lines(pages: Sequence[str], total: int) -> list[str]:
    split = [[line.strip() for line in page.splitlines() if line.strip()] for page in pages]
    edges = Counter(
        form
        for place, lines in enumerate(split)
        for form in {form for line in (*lines[:_EDGE], *lines[-_EDGE:]) for form in _forms(line, place)}
    )
    running = {form for form, count in edges.items() if count >= REPEATED_ON and count > len(pages) / 2}

    def is_text(line: str, place: int) -> bool:
        return not _numbers_a_page(line, total) and running.isdisjoint(_forms(line, place))

    return [
        "\n".join(
            line
            for position, line in enumerate(lines)
            if _EDGE <= position < len(lines) - _EDGE or is_text(line, place)
        )
        for place, lines in enumerate(split)
    ]


def _forms(line: str, place: int) -> Iterator[tuple[str, int, str]]:
    """The line as it stands, and with the figure at either end told by how far it is from the page's place.

    So "Safe harbour 2027, page 3" and, on the next page, "Safe harbour 2027, page 4" are the same line, while
    "Budget: 300" and "Budget: 400" are two.
    """
    yield line, 0, ""
    for found in _AT_AN_END.finditer(line):
        yield line[: found.start()], int(found[0]) - place, line[found.end() :]


def _numbers_a_page(line: str, total: int) -> bool:
    """Whether it is nothing but the number of one of so many pages; 300 in a note of three may be a fact in a table."""
    if found := _OF_ALL.fullmatch(line):
        return int(found[1]) <= int(found[2]) == total
    if found := _ALONE.fullmatch(line):
        return int(found[1]) <= total or bool(_BETWEEN_DASHES.fullmatch(line))
    return False


def _joined(page: str) -> str:
    """Lines that go on in the next one are joined, words that were parted as well."""
    whole = _BROKEN_WORD.sub(lambda found: "" if found[1].islower() else found[0], page)
    return _BROKEN_LINE.sub(lambda found: " " if found[1] == "(" or found[1].islower() else found[0], whole)
