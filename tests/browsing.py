"""The app and Chromium for the tests in a browser: how one is started, visited, filled in and waited for."""

import os
import socket
import socketserver
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from conftest import REPOSITORY, chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1366, "height": 900}
PHONE = {"width": 390, "height": 844}
# The narrow screen finds what is too wide, too many and out of reach; the wide one is left to the longer run.
SIZES = [pytest.param(PHONE, id="phone"), pytest.param(DESKTOP, id="desktop", marks=pytest.mark.thorough)]
PATIENCE = 60_000  # milliseconds; a busy machine is no failure

DESCRIPTION = (
    "Our shelter in Bucharest helps girls recruited online and sold for sex inside the EU. We want to train teachers "
    "and social workers, run a campaign in schools, and support survivors and their children with counselling and "
    "legal help, with partners in Italy and Spain. Quillmark zebrawood."
)
MARKER = "Quillmark"
REFUSED = "Content Security Policy"  # what a browser says of something that the page may not load or do
WIDER_THAN_THE_SCREEN = """
Math.max(...[document.documentElement, ...document.querySelectorAll('[data-testid=stMain]')]
  .map(part => part.scrollWidth - part.clientWidth))
"""


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def running_app(
    log: Path, *, cwd: Path = REPOSITORY, env: dict[str, str] | None = None, port: int | None = None
) -> Iterator[str]:
    """The app on a port of this machine, by default a free one; gives its address. All it prints goes into `log`."""
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(REPOSITORY / "app.py"), "--server.headless", "true"]
    command += ["--server.port", str(port), "--server.address", "127.0.0.1", "--browser.gatherUsageStats", "false"]
    environment = {**os.environ, **(env or {})}
    if "THBFUND_DATA" not in (env or {}):
        environment.pop("THBFUND_DATA", None)
    with log.open("wb") as out:
        server = subprocess.Popen(command, cwd=cwd, env=environment, stdout=out, stderr=subprocess.STDOUT)
        try:
            _wait_until_up(server, f"http://127.0.0.1:{port}/_stcore/health", log)
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()
            server.wait(timeout=30)


def _wait_until_up(server: subprocess.Popen[bytes], health: str, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(health, timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"the app did not start: {log.read_text(errors='replace')[-2000:]}")


@contextmanager
def forwarded(address: str) -> Iterator[str]:
    """The app behind a reverse proxy on this machine; gives the address of that.

    Chromium 150 does not send a context's own headers when it opens a web socket, by which alone the app knows.
    """
    app = urlsplit(address)
    with _Proxy(("127.0.0.1", 0), _Forward) as proxy:
        proxy.app = (str(app.hostname), int(app.port or 0))
        Thread(target=proxy.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{proxy.server_address[1]}/"
        proxy.shutdown()


class _Proxy(socketserver.ThreadingTCPServer):
    daemon_threads, block_on_close = True, False
    app: tuple[str, int]


class _Forward(socketserver.BaseRequestHandler):
    """Passes a connection on, its first request with a proxy's header; a web socket has a connection of its own."""

    server: _Proxy

    def handle(self) -> None:
        line, end, rest = self.request.recv(65536).partition(b"\r\n")
        with socket.create_connection(self.server.app) as app:
            app.sendall(line + end + b"X-Forwarded-For: 192.0.2.7\r\n" + rest)
            Thread(target=_pass_on, args=(app, self.request), daemon=True).start()
            _pass_on(self.request, app)


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):  # whoever hangs up ends it
        while sent := source.recv(65536):
            target.sendall(sent)
        target.shutdown(socket.SHUT_WR)


@contextmanager
def running_browser() -> Iterator["Browser"]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_OPTIONS)
        yield browser
        browser.close()


@dataclass
class Seen:
    """What a page asked of the network and what went wrong in it."""

    requests: list[str] = field(default_factory=list)
    sockets: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)

    def watch(self, context: "BrowserContext", page: "Page") -> None:
        context.on("request", lambda request: self.requests.append(_all_of(request)))
        page.on("websocket", lambda socket: self.sockets.append(socket.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda said: self.errors.append(said.text) if REFUSED in said.text else None)
        page.on("framenavigated", lambda frame: self.pages.append(frame.url))


def _all_of(request: Any) -> str:
    return "\n".join([request.url, str(request.headers), (request.post_data_buffer or b"").decode(errors="replace")])


@contextmanager
def visit(
    browser: "Browser", url: str, size: dict[str, int], seen: Seen | None = None, **settings: Any
) -> Iterator["Page"]:
    """A page at rest, in a session of its own; `settings` are those of a Playwright context."""
    context = browser.new_context(viewport=size, **settings)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    if seen:
        seen.watch(context, page)
    page.goto(url)
    at_rest(page)
    yield page
    context.close()


def describe(page: "Page", text: str = DESCRIPTION) -> None:
    area = page.get_by_role("textbox", name="Describe your project")
    area.fill(text)
    area.press("Tab")
    page.get_by_role("button", name="Find programmes").click()
    results(page)


def results(page: "Page") -> None:
    """Wait until results are there and the page has come to rest."""
    page.get_by_role("heading", name="Programmes for your project").wait_for()
    page.get_by_role("button", name="Empty the form").wait_for()  # the last thing on the page
    at_rest(page)  # what is drawn a second time loses a click on the first


def at_rest(page: "Page") -> None:
    """Wait until the page is drawn and the server has no more to say."""
    page.locator("h1").first.wait_for()
    page.wait_for_timeout(150)
    page.wait_for_function(
        "!document.querySelector('[data-testid=stStatusWidget], [data-stale=true], [data-testid=stSkeleton]')"
    )
    page.wait_for_timeout(150)


def open_details(page: "Page") -> None:
    """Open the details of the first result."""
    page.get_by_text("Details:").first.click()
    page.get_by_role("tab", name="Why this rank").wait_for()
    at_rest(page)


def assert_fits(page: "Page") -> None:
    assert page.evaluate(WIDER_THAN_THE_SCREEN) <= 0
    assert page.locator("[data-testid=stException]").count() == 0
