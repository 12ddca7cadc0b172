"""Read a note from standard input, in a process that can neither grow nor write: `python -m thbfund.apart`.

Prints one JSON object: the note, or the code and values of what is wrong. `thbfund.apart.read_apart` starts it.
"""

import contextlib
import io
import json
import logging
import sys
import warnings
from typing import Any

from thbfund.documents.limits import MAX_BYTES
from thbfund.documents.reading import read_note
from thbfund.documents.unreadable import UnreadableError

MOST_SECONDS = 10  # of work; a note of sixty pages takes two or three
MOST_MEMORY = 1024 * 1024 * 1024  # bytes of addresses, of which Python and the libraries take a fifth


def main() -> None:
    """Limit this process, read, print; libraries may say nothing, for they would say pieces of the text."""
    _limit()
    logging.disable()
    warnings.simplefilter("ignore")
    content = sys.stdin.buffer.read(MAX_BYTES + 1)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        answer = json.dumps(_answer(content))
    sys.stdout.write(answer)


def _limit() -> None:
    """Windows knows no such limits; there the time that `read_apart` waits is the only one."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    used = int(sum(resource.getrusage(resource.RUSAGE_SELF)[:2]))
    for what, most in (
        (resource.RLIMIT_CPU, used + MOST_SECONDS),
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):  # the system allows less already
            resource.setrlimit(what, (most, most))


def _answer(content: bytes) -> dict[str, Any]:
    try:
        note = read_note(content)
    except UnreadableError as error:
        return {"code": error.code, "values": error.values}
    except MemoryError:
        return {"code": "reading-stopped", "values": {}}
    return {"text": note.text, "kind": note.kind, "remarks": note.remarks}


if __name__ == "__main__":
    main()
