"""A folder of which one process at a time may change the files."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder against other processes that lock it; the system lets go of it however this one ends.

    Raises:
        OSError: it cannot be locked, on Windows never.
    """
    try:
        import fcntl  # noqa: PLC0415 - not on every system, and all but editing goes on without it
    except ImportError:
        raise OSError(errno.ENOTSUP, "this system locks no folders; edit the catalogue on Linux or macOS") from None
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
