"""What a server needs to serve the app: the script of the pages, and the routes beside them."""

from pathlib import Path

import streamlit as st
from starlette.routing import BaseRoute

from thbfund.web import asking, resources
from thbfund.web.routes import Desk, beside

SCRIPT = Path(__file__).with_name("script.py")
"""The script that draws the pages."""


def routes() -> list[BaseRoute]:
    """The feeds and the API, below the same path as the pages."""
    base = (st.get_option("server.baseUrlPath") or "").strip("/")
    return beside(Desk(resources.shared_matcher, asking.today, f"/{base}" if base else ""))
