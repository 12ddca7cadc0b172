"""What a server needs to serve the app: the script of the pages, the routes beside them, what stands before both."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from thbfund.web import asking, resources
from thbfund.web.routes import Desk, beside
from thbfund.web.serve.document import SpokenDocument

SCRIPT = Path(__file__).with_name("script.py")
"""The script that draws the pages."""


def routes() -> list[BaseRoute]:
    """The feeds and the API, below the same path as the pages."""
    base = (st.get_option("server.baseUrlPath") or "").strip("/")
    desk = Desk(resources.shared_matcher, asking.today, f"/{base}" if base else "", condition=resources.condition)
    return beside(desk)


def middleware() -> list[Middleware]:
    """What each request passes first."""
    return [Middleware(SpokenDocument)]
