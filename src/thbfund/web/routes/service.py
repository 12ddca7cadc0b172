"""The routes put together: one service that answers beside the pages, or alone in a test."""

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from thbfund.web.routes.api import Api
from thbfund.web.routes.desk import Desk
from thbfund.web.routes.feeds import Feeds
from thbfund.web.routes.guard import Guard, failed, http_error, refused
from thbfund.web.routes.problems import Refused


def service(desk: Desk) -> ASGIApp:
    """The routes behind their guard."""
    api, feeds = Api(desk), Feeds(desk)
    paths = [
        Route(f"{desk.base}/feeds/calls.ics", feeds.calls),
        Route(f"{desk.base}/feeds/changes.atom", feeds.changes),
        Route(f"{desk.base}/api/v1/match", api.match, methods=["POST"]),
        Route(f"{desk.base}/api/v1/programmes", api.programmes),
        Route(f"{desk.base}/api/v1/programmes/{{id}}", api.programme),
        Route(f"{desk.base}/api/v1/openapi.json", api.openapi),
        Route(f"{desk.base}/health", api.health),
    ]
    handlers = {Refused: refused, HTTPException: http_error, Exception: failed}
    return Guard(Starlette(routes=paths, exception_handlers=handlers), desk.senders)


def beside(desk: Desk) -> list[BaseRoute]:
    """Routes for a server that has others too: whatever begins like one of ours is answered by the service."""
    ours = service(desk)
    return [Route(f"{desk.base}{path}", ours) for path in ("/health", "/api/{path:path}", "/feeds/{path:path}")]
