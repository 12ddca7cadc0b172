"""DOCX and XLSX are archives that note when they were written; here they note the day they are told."""

import re
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_CORE = "docProps/core.xml"
_CHANGED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


def packed_on(content: bytes, day: date) -> bytes:
    """The same document with one day on all its parts, so that the same text gives the same bytes."""
    moment = f"{day.isoformat()}T00:00:00Z".encode()
    out = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == _CORE:
                part = _CHANGED.sub(rb"\g<1>" + moment + rb"\g<2>", part)
            info = ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            info.compress_type = ZIP_DEFLATED
            new.writestr(info, part)
    return out.getvalue()
