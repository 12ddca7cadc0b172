"""Read a note from standard input, in a process that can neither grow nor write: `python -m thbfund.apart 10`.

It stops after so many seconds of work. With `table`, read a table of projects. Prints one JSON object: what was read,
or the code and values of what is wrong.
`thbfund.apart` starts it.
"""

import contextlib
import io
import json
import logging
import sys
import warnings
from collections.abc import Callable
from typing import Any

from thbfund.apart import TABLE
from thbfund.documents.limits import MAX_BYTES
from thbfund.documents.reading import read_note
from thbfund.documents.unreadable import UnreadableError

MOST_MEMORY = 1024 * 1024 * 1024  # bytes of addresses, of which Python and the libraries take a fifth


def main() -> None:
    """Limit this process, read, print; libraries may say nothing, for they would say pieces of the text."""
    seconds, *what = sys.argv[1:]
    _limit(int(seconds))
    logging.disable()
    warnings.simplefilter("ignore")
    content = sys.stdin.buffer.read(MAX_BYTES + 1)
    read = _table if what == [TABLE] else _note
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        answer = json.dumps(_answer(read, content))
    sys.stdout.write(answer)


def _limit(seconds: int) -> None:
    """Windows knows no such limits; there the time that `read_apart` waits is the only one."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    used = int(sum(resource.getrusage(resource.RUSAGE_SELF)[:2]))
    for what, most in (
        (resource.RLIMIT_CPU, used + seconds),
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):  # the system allows less already
            resource.setrlimit(what, (most, most))


def _answer(read: Callable[[bytes], dict[str, Any]], content: bytes) -> dict[str, Any]:
    try:
        return read(content)
    except UnreadableError as error:
        return {"code": error.code, "values": error.values}
    except MemoryError:
        return {"code": "reading-stopped", "values": {}}


def _note(content: bytes) -> dict[str, Any]:
    note = read_note(content)
    return {"text": note.text, "kind": note.kind, "remarks": note.remarks}


def _table(content: bytes) -> dict[str, Any]:
    from thbfund.screening.handed import read_table  # noqa: PLC0415 - needed for a table alone

    handed = read_table(content)
    return {"rows": handed.rows, "more": handed.more}


if __name__ == "__main__":
    main()
