"""Answers that a program need not fetch twice: `ETag`, `Last-Modified`, 304 (RFC 9110)."""

import hashlib
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

FRESH_FOR = 3600  # seconds; feed readers and calendars ask every few hours


def conditional(request: Request, content: bytes, media_type: str, modified: datetime) -> Response:
    """The content, or 304 without it where the sender has it already.

    Args:
        request: it may say what the sender has.
        content: the answer; its hash is its tag, a weak one, for it may be sent compressed.
        media_type: of the content.
        modified: when the answer may last have changed.
    """
    tag = f'W/"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {
        "ETag": tag,
        "Last-Modified": format_datetime(modified.astimezone(UTC), usegmt=True),
        "Cache-Control": f"public, max-age={FRESH_FOR}",
    }
    if _has_it(request, tag, modified):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(content, media_type=media_type, headers=headers)


def _has_it(request: Request, tag: str, modified: datetime) -> bool:
    """By tag where the sender names tags; only else by time."""
    if (tags := request.headers.get("if-none-match")) is not None:
        known = {known.strip().removeprefix("W/") for known in tags.split(",")}
        return "*" in known or tag.removeprefix("W/") in known
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
    except (ValueError, OverflowError):  # no date, or one with numbers that no date can hold
        return False
    return since.tzinfo is not None and modified.replace(microsecond=0) <= since
