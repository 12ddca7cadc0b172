"""What holds for every answer of the routes: limits, headers, and that nothing of a request is ever logged."""

import logging
from collections.abc import Mapping
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from thbfund.web.faults import kind_and_line
from thbfund.web.routes.limits import Senders
from thbfund.web.routes.problems import Refused, problem

LOG = logging.getLogger("thbfund.routes")

HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}
TO_READ = {"GET", "HEAD"}


class Guard:
    """Counts a request, answers it, turns whatever goes wrong into a problem, and sets the headers."""

    def __init__(self, app: ASGIApp, senders: Senders) -> None:
        self.app = app
        self.senders = senders

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def send_with_headers(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                message["headers"] = [*message["headers"], *_headers(scope, message["headers"])]
            await send(message)

        try:
            client = scope.get("client")
            self.senders.admit(client[0] if client else "", match=scope["method"] not in TO_READ)
            await self.app(scope, receive, send_with_headers)
        except Refused as refused:
            await _answer_of(refused)(scope, receive, send_with_headers)
        except ClientDisconnect:
            return  # nobody is left to answer
        except Exception as error:  # noqa: BLE001 - whatever it is, the sender gets an answer and the log no text
            LOG.error(kind_and_line(error))  # noqa: TRY400 - a traceback would hold the text
            if not begun:
                await problem(HTTPStatus.INTERNAL_SERVER_ERROR)(scope, receive, send_with_headers)


def refused(_request: Request, error: Exception) -> Response:
    """The answer to a request that a route refused."""
    assert isinstance(error, Refused)  # noqa: S101 - registered for it alone
    return _answer_of(error)


def http_error(_request: Request, error: Exception) -> Response:
    """The answer where there is no such route or method."""
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for it alone
    return problem(error.status_code, headers=error.headers)


def failed(_request: Request, _error: Exception) -> Response:
    """The answer where something of ours went wrong; the guard then logs what kind of thing, and where."""
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR)


def _answer_of(found: Refused) -> Response:
    return problem(found.status, found.detail, found.problems, found.headers)


def _headers(scope: Scope, given: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Any page may read what is public; only programs, not pages of others, may send a project."""
    set_already = {name.lower() for name, _ in given}
    wanted = {**HEADERS, "Cache-Control": "no-store"}
    if scope["method"] in TO_READ:
        wanted |= {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
    encoded = [(name.encode(), value.encode()) for name, value in wanted.items()]
    return [(name, value) for name, value in encoded if name.lower() not in set_already]
