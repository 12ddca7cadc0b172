"""The one way from the bytes of a note to its text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from thbfund.documents.archive import office_kind
from thbfund.documents.kinds import kind_of
from thbfund.documents.limits import MAX_BYTES, MAX_CHARACTERS, MAX_PAGES
from thbfund.documents.plain import text_of_plain
from thbfund.documents.unreadable import REMARKS, UnreadableError
from thbfund.said import Said

Remark = tuple[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Note:
    """A concept note that was read.

    Attributes:
        text: paragraphs, headings and rows of tables in their order, a blank line between blocks.
        kind: `pdf`, `docx`, `odt` or `text`.
        remarks: codes of `REMARKS` with their values.
    """

    text: str
    kind: str
    remarks: tuple[Remark, ...] = ()

    @property
    def said(self) -> tuple[Said, ...]:
        """What its author should know, in sentences that can be translated."""
        return tuple(REMARKS[code](**values) for code, values in self.remarks)


def read_note(content: bytes) -> Note:
    """Read a concept note, recognised by its content.

    Raises:
        UnreadableError: with the code and the values of what is wrong.
        MemoryError: it needs more memory than this process may have.
    """
    if len(content) > MAX_BYTES:
        raise UnreadableError("note-too-large", size=len(content))
    kind = kind_of(content)
    try:
        kind = office_kind(content) if kind == "zip" else kind
        blocks, remarks = _read(kind, content)
    except (UnreadableError, MemoryError):
        raise
    except Exception as error:  # a library's own, of which damaged files bring up any kind
        raise UnreadableError("broken-note", kind=kind) from error
    text = "\n\n".join(filter(None, blocks))
    if not any(character.isalnum() for character in text):
        raise UnreadableError("no-text-in-note")
    if len(text) > MAX_CHARACTERS:
        text, remarks = text[:MAX_CHARACTERS], [*remarks, ("first-characters", {})]
    return Note(text, kind, tuple(remarks))


def as_note(values: Mapping[str, Any]) -> Note:
    """A note that crossed from another process as plain values."""
    return Note(values["text"], values["kind"], tuple((code, found) for code, found in values["remarks"]))


def _read(kind: str, content: bytes) -> tuple[Iterable[str], list[Remark]]:
    if kind == "pdf":
        return _pages(content)
    if kind == "text":
        text, assumed = text_of_plain(content)
        return [_visible(text)], [("assumed-encoding", {})] if assumed else []
    if kind == "docx":
        from thbfund.documents.word import text_of_docx as text_of  # noqa: PLC0415 - slow to load
    else:
        from thbfund.documents.odt import text_of_odt as text_of  # noqa: PLC0415 - as above
    blocks = text_of(content)
    return [_visible(text) for text in blocks], []


def _pages(content: bytes) -> tuple[Iterable[str], list[Remark]]:
    from thbfund.documents.pdf import text_of_pdf  # noqa: PLC0415 - slow to load

    pages, bare, total = text_of_pdf(content)
    remarks: list[Remark] = []
    if total > MAX_PAGES:
        remarks.append(("first-pages", {"pages": total}))
    if bare:
        remarks.append(("pages-without-text", {"without": bare, "pages": total}))
    return [_visible(page) for page in pages], remarks


def _visible(text: str) -> str:
    """The text without characters that no other program could write down: halves of pairs, and nulls."""
    whole = text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")
    return whole.replace("\r\n", "\n").replace("\r", "\n").strip()
