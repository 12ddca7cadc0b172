"""The text of a PDF, page by page, as one reads it: lines joined to paragraphs, page numbers and running heads gone."""

import re
from collections import Counter
from collections.abc import Sequence
from io import BytesIO

import pypdf
from pypdf.errors import DependencyError

from thbfund.documents.limits import MAX_CHARACTERS, MAX_PAGES
from thbfund.documents.unreadable import UnreadableError

LEAST_LETTERS = 20  # of a page of text; a picture of a page has none, or the stamp of a scanner
REPEATED_ON = 3  # pages; a line at the edge of so many, and of more than half of all, is no part of the text
_EDGE = 2  # lines at the top and at the bottom of a page that may be a running head or foot
_PAGE_NUMBER = re.compile(r"\W*(?:\w{1,9}\W{1,3})?\d{1,3}(?:\W{1,4}|\W{1,3}\w{1,5}\W{1,3})?(?:\d{1,3})?\W*")
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
    return [_joined(page) for page in _without_running_lines(pages)], bare, total


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


def _without_running_lines(pages: Sequence[str]) -> list[str]:
    split = [[line.strip() for line in page.splitlines() if line.strip()] for page in pages]
    edges = Counter(line for lines in split for line in {*lines[:_EDGE], *lines[-_EDGE:]})
    running = {line for line, count in edges.items() if count >= REPEATED_ON and count > len(pages) / 2}
    return ["\n".join(_told(lines, running)) for lines in split]


def _told(lines: Sequence[str], running: set[str]) -> list[str]:
    last = len(lines) - _EDGE
    return [
        line
        for position, line in enumerate(lines)
        if _EDGE <= position < last or not (line in running or _PAGE_NUMBER.fullmatch(line))
    ]


def _joined(page: str) -> str:
    """Lines that go on in the next one are joined, words that were parted as well."""
    whole = _BROKEN_WORD.sub(lambda found: "" if found[1].islower() else found[0], page)
    return _BROKEN_LINE.sub(lambda found: " " if found[1] == "(" or found[1].islower() else found[0], whole)
