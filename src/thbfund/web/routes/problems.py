"""Answers that are no success: one sentence each, as `application/problem+json` (RFC 9457), never a traceback."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from starlette.responses import JSONResponse

from thbfund.input.problems import Problem

MEDIA_TYPE = "application/problem+json"
MOST_SHOWN = 100  # problems of the catalogue in one answer

SENTENCES: Mapping[int, str] = {
    HTTPStatus.BAD_REQUEST: "The request cannot be understood.",
    HTTPStatus.NOT_FOUND: "There is nothing at this address. /api/v1/openapi.json lists what there is.",
    HTTPStatus.METHOD_NOT_ALLOWED: "This address does not take that method; the header Allow names those it takes.",
    HTTPStatus.REQUEST_TIMEOUT: "The body did not arrive in time. Send it again.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "The body is too large.",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "Send the project as application/json, in UTF-8.",
    HTTPStatus.UNPROCESSABLE_ENTITY: "The project has mistakes. Each is listed under problems.",
    HTTPStatus.TOO_MANY_REQUESTS: "Too many requests from this address. The header Retry-After says when to go on.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something went wrong here. It was not your request; please try again later.",
    HTTPStatus.SERVICE_UNAVAILABLE: "Too much is being asked at the moment. The header Retry-After says when to go on.",
}


class Refused(Exception):  # noqa: N818 - an answer, not a failure
    """Raised to answer with a problem."""

    def __init__(
        self,
        status: int,
        detail: str = "",
        problems: Iterable[Mapping[str, Any]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status)
        self.status = status
        self.detail = detail
        self.problems = list(problems)
        self.headers = headers


def problem(
    status: int, detail: str = "", problems: Iterable[Mapping[str, Any]] = (), headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """The answer for a status; its sentence unless another one is given."""
    listed = list(problems)
    content = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": int(status),
        "detail": detail or SENTENCES.get(status, HTTPStatus(status).phrase),
        **({"problems": listed} if listed else {}),
    }
    return JSONResponse(content, status, headers=dict(headers or {}), media_type=MEDIA_TYPE)


def values_of(found: Iterable[Problem]) -> list[dict[str, Any]]:
    """Problems of a project as plain values; at most five words in a row of it are repeated."""
    names = ("code", "field", "message", "allowed", "hint")
    return [{name: getattr(one, name) for name in names} for one in found]


def places_of(found: Iterable[Problem]) -> list[dict[str, Any]]:
    """Problems of the catalogue as plain values, with the place; the catalogue is public."""
    names = ("code", "severity", "file", "line", "field", "message", "allowed", "hint")
    return [{name: getattr(one, name) for name in names} for one in found]
