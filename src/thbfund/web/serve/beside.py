"""What a server needs to serve the app: the script of the pages, the routes beside them, what stands before both."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import BaseRoute
from streamlit import config, net_util

from thbfund.input.problems import InputError
from thbfund.web import clock, resources
from thbfund.web.faults import without_values
from thbfund.web.routes import Desk, beside
from thbfund.web.serve.document import SpokenDocument
from thbfund.web.serve.doubled import DoubledSlash

SCRIPT = Path(__file__).with_name("script.py")
"""The script that draws the pages."""


SETTINGS = {
    "browser.gatherUsageStats": False,
    "client.showErrorDetails": "none",
    # Rich would print errors past every log, and so past the filter below.
    "logger.enableRich": False,
    # A full collection after each click walks through the answers of all sessions. See decision 38.
    "runner.postScriptGC": False,
    "server.enableXsrfProtection": True,
    # Each session would look through the files of all modules after each click, on the server's one loop.
    "server.fileWatcherType": "none",
    "server.maxUploadSize": 10,
}
"""What must hold however the server is started.

Files of settings are read by `streamlit run`, or where the server starts in their folder.
"""

TELLING = ("streamlit.error_util", "streamlit.elements.exception", "streamlit.runtime.app_session")
"""Logs into which Streamlit writes errors of a page, with all that they say, whatever its settings."""


OUTSIDE_A_PAGE = "streamlit.runtime.scriptrunner_utils.script_run_context"
"""The log into which Streamlit warns of work outside a page. The catalogue is loaded there on purpose, and whoever
starts the app for the first time took the warning for a fault."""


def speak_to_nobody() -> None:
    """Send nothing, ask nobody and log nothing that was typed, however the server is started.

    For a page's request from an unknown place Streamlit asks a service on the internet for this machine's address, to
    see whether that is the place. A public service names its address instead (`--browser.serverAddress`).
    """
    for name, value in SETTINGS.items():
        if not config.is_manually_set(name):
            config.set_option(name, value)
    for name in TELLING:
        logging.getLogger(name).addFilter(without_values)
    logging.getLogger(OUTSIDE_A_PAGE).addFilter(_graver_than_a_warning)
    net_util._external_ip = "127.0.0.1"  # noqa: SLF001 - there is no setting; known already, it is not asked for


def _graver_than_a_warning(record: logging.LogRecord) -> bool:
    return record.levelno > logging.WARNING


def routes() -> list[BaseRoute]:
    """The feeds and the API, below the same path as the pages."""
    desk = Desk(resources.shared_matcher, clock.today, _base(), condition=resources.condition)
    return beside(desk)


def middleware() -> list[Middleware]:
    """What each request passes first."""
    return [Middleware(DoubledSlash, start=f"{_base()}/"), Middleware(SpokenDocument)]


def _base() -> str:
    """The path below which everything is served: nothing, or `/name`."""
    base = (st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else ""


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """Load the catalogue when the server starts, so that the first visitor need not wait for all of it."""
    Thread(target=_load_ahead, daemon=True).start()
    yield


def _load_ahead() -> None:
    with suppress(InputError):  # whoever asks is told
        resources.shared_matcher()
