"""Read a stranger's file in a process of its own, so that none can stop or fill the one that serves everybody."""

import json
import os
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any

from thbfund.documents import Note, UnreadableError, as_note
from thbfund.documents.limits import MAX_BYTES, MAX_TABLE_BYTES

if TYPE_CHECKING:
    from thbfund.screening.handed import Handed

MOST_WORK = 10  # seconds of work after which the other process stops; a note of sixty pages takes two or three
PATIENCE = 20  # seconds from start to answer, on a busy machine too
AT_ONCE = 2  # files that are read at the same time; others wait as long as one takes
TABLE = "table"  # what the other process is told where a table is to be read
_FREE = threading.BoundedSemaphore(AT_ONCE)
_KEPT = {"PATH", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "SYSTEMROOT", "LANG", "LC_ALL"}  # nothing else is needed


def read_apart(content: bytes) -> Note:
    """Read a concept note like `thbfund.documents.read_note`, with limits on time and memory.

    Nothing is written: bytes go in and text comes out through pipes.

    Raises:
        UnreadableError: with the code and the values of what is wrong.
    """
    return as_note(_read(content, MAX_BYTES))


def read_table_apart(content: bytes) -> "Handed":
    """Read a table of projects like `thbfund.screening.handed.read_table`, with the same limits.

    Raises:
        UnreadableError: with the code and the values of what is wrong.
    """
    from thbfund.screening.handed import Handed  # noqa: PLC0415 - loads the catalogue's models, and notes need none

    answer = _read(content, MAX_TABLE_BYTES, TABLE)
    return Handed(tuple((line, row) for line, row in answer["rows"]), answer["more"])


def _read(content: bytes, most: int, *what: str) -> dict[str, Any]:
    if len(content) > most:
        raise UnreadableError("note-too-large", size=len(content))
    if not _FREE.acquire(timeout=PATIENCE):
        raise UnreadableError("reading-busy")
    try:
        answer = _answer(content, *what)
    finally:
        _FREE.release()
    if "code" in answer:
        raise UnreadableError(answer["code"], **answer["values"])
    return answer


def _answer(content: bytes, *what: str) -> dict[str, Any]:
    environment = {name: value for name, value in os.environ.items() if name in _KEPT}
    # -P: no module from where the app was started
    command = [sys.executable, "-P", "-m", "thbfund.apart", str(MOST_WORK), *what]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, and the file goes through standard input
            command, input=content, capture_output=True, timeout=PATIENCE, check=False, env=environment
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, OSError, ValueError):
        return {"code": "reading-stopped", "values": {}}
    return answer
