"""The archive that a DOCX or ODT is: which of the two, and whether it may be unpacked at all."""

import zipfile
from io import BytesIO
from xml.parsers import expat

from thbfund.documents.limits import (
    MAX_DEPTH,
    MAX_PARTS,
    MAX_RATIO,
    MAX_UNPACKED_BYTES,
    MAX_XML_BYTES,
    SMALL_PART,
)
from thbfund.documents.unreadable import UnreadableError

_ODF_TYPE = "application/vnd.oasis.opendocument."
_MACROS = ("basic/", "scripts/")  # folders of an ODT; a DOCX keeps its macros in vbaProject.bin
_XML = (".xml", ".rels")
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # office programs use no other, and these unpack step by step
_PROTECTED = 1  # flag of a part under a password
_OTHER_OFFICE = {"xl/": "spreadsheet", "ppt/": "presentation"}


def office_kind(content: bytes) -> str:
    """Return `docx` or `odt` after a look at every part, so that a library may open it.

    Raises:
        UnreadableError: it is another kind of archive, protected, holds macros, or would harm whoever unpacks it.
        Exception: whatever zipfile and expat raise on a damaged file.
    """
    with zipfile.ZipFile(BytesIO(content)) as archive:
        _refuse_locked_or_oversize(archive.infolist())
        kind = _kind(archive)
        _refuse_harm(archive)
        return kind


def grown(parts: list[zipfile.ZipInfo]) -> bool:
    """Whether a part says that it grows, when unpacked, as no honest one does."""
    return any(part.file_size > max(SMALL_PART, MAX_RATIO * part.compress_size) for part in parts)


def may_be_opened(content: bytes, part: str) -> None:
    """Look at every part of an office file that must hold one of a certain name.

    Raises:
        UnreadableError: it does not, is protected, holds macros, or would harm whoever unpacks it.
        Exception: whatever zipfile and expat raise on a damaged file.
    """
    with zipfile.ZipFile(BytesIO(content)) as archive:
        _refuse_locked_or_oversize(archive.infolist())
        if part not in archive.namelist():
            raise UnreadableError("note-of-other-kind", kind="archive")
        _refuse_harm(archive)


def _refuse_locked_or_oversize(parts: list[zipfile.ZipInfo]) -> None:
    _refuse_oversize(parts)
    if any(part.flag_bits & _PROTECTED for part in parts):
        raise UnreadableError("encrypted-note")


def _refuse_harm(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    _refuse_macros(parts)
    _refuse_hostile_xml(archive, parts)


def _refuse_oversize(parts: list[zipfile.ZipInfo]) -> None:
    """The sizes are those that the archive states; zipfile unpacks no more than that."""
    xml = sum(part.file_size for part in parts if part.filename.lower().endswith(_XML))
    everything = sum(part.file_size for part in parts)
    other = any(part.compress_type not in _METHODS for part in parts)
    if grown(parts) or other or len(parts) > MAX_PARTS or xml > MAX_XML_BYTES or everything > MAX_UNPACKED_BYTES:
        raise UnreadableError("unsafe-note")


def _kind(archive: zipfile.ZipFile) -> str:
    names = set(archive.namelist())
    if "word/document.xml" in names:
        return "docx"
    for folder, kind in _OTHER_OFFICE.items():
        if any(name.startswith(folder) for name in names):
            raise UnreadableError("note-of-other-kind", kind=kind)
    if "mimetype" not in names or "META-INF/manifest.xml" not in names:
        raise UnreadableError("note-of-other-kind", kind="archive")
    stated = archive.read("mimetype").decode("ascii", "replace").strip()
    if not stated.startswith(f"{_ODF_TYPE}text"):
        kind = next((name for name in ("spreadsheet", "presentation") if name in stated), "unknown")
        raise UnreadableError("note-of-other-kind", kind=kind)
    if b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise UnreadableError("encrypted-note")
    return "odt"


def _refuse_macros(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename.lower() for part in parts]
    if any(name.startswith(_MACROS) or name.endswith("vbaproject.bin") for name in names):
        raise UnreadableError("macros-in-note")


def _refuse_hostile_xml(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """No document type, and so no entities, and no deeper nesting than the libraries and we can follow."""
    for part in parts:
        if part.filename.lower().endswith(_XML):
            _look_through(archive.read(part))


def _look_through(xml: bytes) -> None:
    depth = 0

    def opens(_name: str, _attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise UnreadableError("unsafe-note")

    def closes(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def declares(*_declared: object) -> None:
        raise UnreadableError("unsafe-note")

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = opens, closes
    parser.StartDoctypeDeclHandler = declares
    parser.Parse(xml, True)
