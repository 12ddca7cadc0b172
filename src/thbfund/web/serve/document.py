"""The document that carries all pages, said to be in the language that the reader will see, and still where asked.

Streamlit says `lang="en"` whatever stands on the page, and a screen reader would speak Polish as if it were English.
It also fades and unfolds parts for readers whose system asks for less motion, and leaves a band above each page empty.
"""

import re
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from thbfund.web.speech import LANGUAGE, language_of

STREAMLITS = b'<html lang="en">'
END_OF_HEAD = b"</head>"
# So short that nobody sees them; not none, for Streamlit waits for some of them to end.
STILL = (
    b"<style>@media (prefers-reduced-motion: reduce) { *, ::before, ::after { animation-duration: 1ms !important; "
    b"animation-delay: 0s !important; animation-iteration-count: 1 !important; transition-duration: 1ms !important; "
    b"transition-delay: 0s !important; } }</style>"
    # Parts that unfold are moved by Streamlit's own script, which no style reaches.
    b"<script>if (matchMedia('(prefers-reduced-motion: reduce)').matches) {"
    b" const animate = Element.prototype.animate;"
    b" Element.prototype.animate = function (frames) { return animate.call(this, frames, 1); };"
    b" }</script>"
)
# The bar with the pages' names is 3.75rem high; Streamlit leaves up to as much again below it, embedded this much.
CLOSE_TO_THE_BAR = b"<style>@media screen { .stApp [data-testid=stMainBlockContainer] { padding-top: 4.5rem } }</style>"
STYLES = STILL + CLOSE_TO_THE_BAR
# A page loads, and speaks to, nothing but this server, whatever stands on it. Streamlit writes styles into its pages,
# and charts make functions of their formulas: hence the two exceptions.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; connect-src 'self' {sockets}; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
_HOST = re.compile(r"[A-Za-z0-9.\-]+(:[0-9]+)?|\[[0-9a-fA-F:]+\](:[0-9]+)?")
# Compressed, or left out because the reader has it already, the document could not be changed.
_NOT_ASKED = {b"accept-encoding", b"if-none-match", b"if-modified-since", b"range"}
_NOT_TRUE = ("etag", "last-modified", "accept-ranges")  # of the file, not of what is sent


class SpokenDocument:
    """Middleware that writes language and stillness into an HTML document; whatever else is answered passes through."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or "text/html" not in Headers(scope=scope).get("accept", ""):
            await self.app(scope, receive, send)
            return
        start: Message | None = None  # of a document, kept back until its length is known

        async def send_spoken(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and _is_document(message):
                start = message
                return
            if start and message["type"] == "http.response.body":
                body = message.get("body", b"")
                written = body.replace(STREAMLITS, _spoken(scope), 1).replace(END_OF_HEAD, STYLES + END_OF_HEAD, 1)
                headers = MutableHeaders(raw=start["headers"])
                _say_what_is_sent(headers, more=len(written) - len(body))
                headers.update(_guards(scope))
                await send(start)
                start, message = None, {**message, "body": written}
            await send(message)

        asked = [(name, value) for name, value in scope["headers"] if name not in _NOT_ASKED]
        await self.app({**scope, "headers": asked, "extensions": {}}, receive, send_spoken)


def _is_document(start: Message) -> bool:
    return Headers(raw=start["headers"]).get("content-type", "").startswith("text/html")


def _say_what_is_sent(headers: MutableHeaders, more: int) -> None:
    for name in _NOT_TRUE:
        del headers[name]
    length = headers.get("content-length")
    del headers["content-length"]
    if length and more:  # a document asked for without its body is not known to grow
        headers["content-length"] = str(int(length) + more)
    headers.add_vary_header("Accept-Language")


def _guards(scope: Scope) -> dict[str, str]:
    """What the browser is told to hold the page to; older ones take a socket on this server for another server."""
    host = Headers(scope=scope).get("host", "")
    sockets = f"ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""
    return {
        "Content-Security-Policy": POLICY.format(sockets=sockets).replace(" ;", ";"),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
    }


def _spoken(scope: Scope) -> bytes:
    asked = parse_qs(scope["query_string"].decode("latin-1")).get(LANGUAGE, [""])[-1]
    browsers = Headers(scope=scope).get("accept-language", "").split(",")[0].split(";")[0].strip()
    return f'<html lang="{language_of(asked, browsers)}">'.encode()
