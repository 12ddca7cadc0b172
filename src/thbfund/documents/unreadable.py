"""What can be wrong with a concept note, said so that its author can mend it.

A finding is a code with values, so that it can cross from the process that reads to the one that speaks.
"""

from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import Any

from thbfund.documents.limits import MAX_BYTES, MAX_CHARACTERS, MAX_PAGES
from thbfund.input.problems import Problem, ThbfundError, shortened
from thbfund.said import Said, say, say_count

_MEGABYTE = 1024 * 1024
_NAMES = {"pdf": "PDF", "docx": "DOCX", "odt": "ODT", "zip": "DOCX/ODT", "text": "TXT"}
_KINDS_READ = say("a PDF, DOCX, ODT, text or Markdown file")
_A_TABLE = say(
    "a table in CSV or XLSX with the columns “id” and “summary”, at most 2 megabytes, without macros or password"
)
_SAVE_AGAIN = say("open it in a spreadsheet program and save it as a new file")
_FEWER_ROWS = say("send fewer rows")
_MENDS_A_TABLE = {
    "encrypted-note": say("save a copy without the password"),
    "note-too-large": _FEWER_ROWS,
    "reading-busy": say("try again in a minute"),
    "reading-stopped": _FEWER_ROWS,
}
_ALIKE = {"encrypted-note", "reading-busy"}  # what is expected of a note and of a table
_AS_ONE_OF_THEM = say("save it as DOCX or PDF, or paste the text")


class UnreadableError(ThbfundError):
    """Raised when a file cannot be read: `code` is one of `CODES`, `values` fill its sentence."""

    def __init__(self, code: str, **values: Any) -> None:
        self.code, self.values = code, values
        super().__init__(code)


def problem_of(error: UnreadableError, file: str) -> Problem:
    """The problem to show: what was found, what is expected, how to mend it; the sentences can be translated."""
    found, expected, hint = _SENTENCES[error.code](**error.values)
    return Problem(error.code, found, file=shortened(PurePath(file).name), allowed=expected, hint=hint)


def _empty() -> tuple[Said, Said, Said]:
    return say("the file is empty"), _KINDS_READ, say("save the note once more and choose it again")


def _too_large(size: int) -> tuple[Said, Said, Said]:
    return (
        say("the file has {size} megabytes", size=round(size / _MEGABYTE, 1)),
        say("at most {most} megabytes", most=MAX_BYTES // _MEGABYTE),
        say("remove the pictures, or paste the text"),
    )


def _other_kind(kind: str) -> tuple[Said, Said, Said]:
    return say("the file is {kind}", kind=OTHER_KINDS[kind]), _KINDS_READ, _AS_ONE_OF_THEM


def _encrypted() -> tuple[Said, Said, Said]:
    return (
        say("the file is protected with a password"),
        say("a file that opens without one"),
        say("save a copy without the password, or paste the text"),
    )


def _scanned(pages: int) -> tuple[Said, Said, Said]:
    return (
        say_count(
            "{n} page holds a picture of text, as a scanner makes it, and no text",
            "{n} pages hold pictures of text, as a scanner makes them, and no text",
            pages,
        ),
        say("text that can be marked and copied"),
        say("upload the file that was printed before it was scanned, let a program recognise the text, or type it"),
    )


def _macros() -> tuple[Said, Said, Said]:
    return (
        say("the file holds macros, which are small programs"),
        say("a file without them"),
        say("save it as a plain DOCX or ODT, or paste the text"),
    )


def _broken(kind: str) -> tuple[Said, Said, Said]:
    return (
        say("the file begins like a {kind} and cannot be read to its end", kind=_NAMES[kind]),
        say("a whole file"),
        say("open it in the program that made it and save it again, or paste the text"),
    )


def _unsafe() -> tuple[Said, Said, Said]:
    return (
        say("the file is built in a way that no office program builds it"),
        say("a file saved by an office program"),
        say("open it and save it as a new file, or paste the text"),
    )


def _no_table() -> tuple[Said, Said, Said]:
    return say("the file cannot be read as a table"), _A_TABLE, _SAVE_AGAIN


def _no_column(name: str) -> tuple[Said, Said, Said]:
    return say("the table has no column “{name}”", name=name), _A_TABLE, _SAVE_AGAIN


def table_problem_of(error: UnreadableError, file: str) -> Problem:
    """The same as `problem_of` for a file that was to be a table: with no word of pictures and text to paste."""
    found, expected, _ = _SENTENCES[error.code](**error.values)
    allowed = expected if error.code in _ALIKE else _A_TABLE
    hint = _MENDS_A_TABLE.get(error.code, _SAVE_AGAIN)
    return Problem(error.code, found, file=shortened(PurePath(file).name), allowed=allowed, hint=hint)


def _no_text() -> tuple[Said, Said, Said]:
    return say("the file holds no words"), say("a description in words"), say("paste the text")


def _encoding() -> tuple[Said, Said, Said]:
    return (
        say("the letters of the text file cannot be made out"),
        say("text in the encoding UTF-8"),
        say("save it as UTF-8 or as DOCX, or paste the text"),
    )


def _slow() -> tuple[Said, Said, Said]:
    return (
        say("reading the file took too long or too much memory, and was stopped"),
        say("a note of at most {most} pages", most=MAX_PAGES),
        say("save it as DOCX without pictures, or paste the text"),
    )


def _busy() -> tuple[Said, Said, Said]:
    return (
        say("too many files are being read at this moment"),
        say("a free place"),
        say("try again in a minute, or paste the text"),
    )


_SENTENCES: Mapping[str, Callable[..., tuple[Said, Said, Said]]] = {
    "broken-note": _broken,
    "empty-note": _empty,
    "encrypted-note": _encrypted,
    "macros-in-note": _macros,
    "no-column": _no_column,
    "no-table": _no_table,
    "no-text-in-note": _no_text,
    "note-of-other-kind": _other_kind,
    "note-too-large": _too_large,
    "reading-busy": _busy,
    "reading-stopped": _slow,
    "scanned-note": _scanned,
    "unknown-encoding": _encoding,
    "unsafe-note": _unsafe,
}
CODES = tuple(_SENTENCES)
"""All codes; the README tells of each."""

OTHER_KINDS: Mapping[str, Said] = {
    "archive": say("an archive of other files"),
    "doc": say("of the old Word format DOC"),
    "html": say("a page of the web"),
    "picture": say("a picture"),
    "presentation": say("a presentation"),
    "rtf": say("of the format RTF"),
    "spreadsheet": say("a spreadsheet"),
    "unknown": say("of a kind that is not known here"),
}
"""What else people upload."""

REMARKS: Mapping[str, Callable[..., Said]] = {
    "assumed-encoding": lambda: say(
        "The file does not say how its letters are stored; if some look wrong, save it as UTF-8 and upload it again."
    ),
    "first-pages": lambda pages: say(
        "Only the first {most} of its {pages} pages were read.", most=MAX_PAGES, pages=pages
    ),
    "first-characters": lambda: say("Only the first {most} characters were read.", most=MAX_CHARACTERS),
    "pages-without-text": lambda without, pages: say(
        "{without} of its {pages} pages hold pictures alone; what stands on them was not read.",
        without=without,
        pages=pages,
    ),
}
"""What the author should know of a note that was read, by its code."""
