"""A file replaced as a whole or not at all, whatever happens meanwhile."""

import errno
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

Step = Callable[[str], None]
"""Told the name of each step before it is taken; tests stop the program there."""


def no_step(_: str) -> None:
    """What is done at each step outside of tests: nothing."""


STEPS = ("begin", "write", "flush", "rename", "flush-folder", "end")
_ENDING = ".saving"  # no file of the catalogue: the check does not read it


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder against other processes that lock it; the system lets go of it however this one ends.

    Raises:
        OSError: it cannot be locked, on Windows never.
    """
    try:
        import fcntl  # noqa: PLC0415 - not on every system, and all else goes on without it
    except ImportError:
        raise OSError(errno.ENOTSUP, "this system locks no folders; edit the catalogue on Linux or macOS") from None
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def replace_file(path: Path, content: bytes, step: Step = no_step) -> None:
    """Give a file new content; call it while the folder is locked.

    After an error, a kill or a power cut the file holds either all of the old content or all of the new.

    Raises:
        OSError: it could not be written; the file is as it was.
    """
    step("begin")
    for left in path.parent.glob(f".{path.name}.*{_ENDING}"):  # of a process that was killed
        left.unlink()
    temporary = path.parent / f".{path.name}.{secrets.token_hex(8)}{_ENDING}"
    try:
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(handle, "wb") as file:
            step("write")
            file.write(content)
            step("flush")
            file.flush()
            os.fsync(file.fileno())
        step("rename")
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    step("flush-folder")
    flush_folder(path.parent)
    step("end")


def flush_folder(folder: Path) -> None:
    """Have the names in a folder on the disk, not only in memory."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
