"""What kind of file this is, told from its first bytes and its parts; a name can say anything."""

import re

from thbfund.documents.unreadable import UnreadableError

PDF_STARTS_WITHIN = 1024  # bytes that may stand before the mark of a PDF
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
_BITMAP = re.compile(rb"BM.{4}\x00{4}", re.DOTALL)  # its size, then four nulls; the two letters alone begin a word
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Word before 2007, and any Office file under a password
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html)\b", re.IGNORECASE)
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b")


def kind_of(content: bytes) -> str:
    """Return `pdf`, `zip` (DOCX, ODT and others) or `text`.

    Raises:
        UnreadableError: it is empty or of a kind that is not read.
    """
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise UnreadableError("empty-note")
    if content.startswith(_OLE):
        _refuse_ole(content)
    for kind, starts in (("picture", _PICTURES), ("rtf", (b"{\\rtf",)), ("archive", _ARCHIVES)):
        if content.startswith(starts):
            raise UnreadableError("note-of-other-kind", kind=kind)
    if _BITMAP.match(content):
        raise UnreadableError("note-of-other-kind", kind="picture")
    if _HTML.match(content):
        raise UnreadableError("note-of-other-kind", kind="html")
    if content.startswith(_ZIP):
        return "zip"
    return "pdf" if b"%PDF-" in content[:PDF_STARTS_WITHIN] else "text"


def _refuse_ole(content: bytes) -> None:
    if _ENCRYPTED_PACKAGE in content:
        raise UnreadableError("encrypted-note")
    raise UnreadableError("note-of-other-kind", kind="doc")
