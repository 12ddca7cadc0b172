"""The document that carries all pages, said to be in the language that the reader will see.

Streamlit says `lang="en"` whatever stands on the page, and a screen reader would speak Polish as if it were English.
"""

from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from thbfund.web.speech import LANGUAGE, language_of

STREAMLITS = b'<html lang="en">'
# Compressed, or left out because the reader has it already, the document could not be changed.
_NOT_ASKED = {b"accept-encoding", b"if-none-match", b"if-modified-since", b"range"}
_NOT_TRUE = ("etag", "last-modified", "accept-ranges")  # of the file, not of what is sent


class SpokenDocument:
    """Middleware that writes the language into an HTML document; whatever else is answered passes through."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or "text/html" not in Headers(scope=scope).get("accept", ""):
            await self.app(scope, receive, send)
            return
        is_document = False

        async def send_spoken(message: Message) -> None:
            nonlocal is_document
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                is_document = headers.get("content-type", "").startswith("text/html")
                if is_document:
                    _say_what_is_sent(headers)
            elif is_document and message.get("body"):
                # As many bytes as before: the code of each language has two letters.
                message = {**message, "body": message["body"].replace(STREAMLITS, _spoken(scope), 1)}
            await send(message)

        asked = [(name, value) for name, value in scope["headers"] if name not in _NOT_ASKED]
        await self.app({**scope, "headers": asked, "extensions": {}}, receive, send_spoken)


def _say_what_is_sent(headers: MutableHeaders) -> None:
    for name in _NOT_TRUE:
        del headers[name]
    headers.add_vary_header("Accept-Language")


def _spoken(scope: Scope) -> bytes:
    asked = parse_qs(scope["query_string"].decode("latin-1")).get(LANGUAGE, [""])[-1]
    browsers = Headers(scope=scope).get("accept-language", "").split(",")[0].split(";")[0].strip()
    return f'<html lang="{language_of(asked, browsers)}">'.encode()
