"""Addresses that begin with two slashes, as a link put together from parts easily does, led to the start page.

Streamlit answers them with status 400 and an empty page, because `//name` may mean another computer. So the way back is
always the same: nothing of the address that was asked for is repeated.
"""

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

DOUBLED = ("//", "/\\")  # browsers send a backslash as a slash, other programs as it is
READS = {"GET", "HEAD"}


class DoubledSlash:
    """Middleware that answers such an address with the way to the start page; all others pass."""

    def __init__(self, app: ASGIApp, start: str = "/") -> None:
        self.app = app
        self.start = start

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        lost = scope["type"] == "http" and scope["method"] in READS and scope["path"].startswith(DOUBLED)
        await (RedirectResponse(self.start) if lost else self.app)(scope, receive, send)
