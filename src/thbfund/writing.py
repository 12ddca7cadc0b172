"""A file replaced as a whole or not at all, whatever happens meanwhile."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

Step = Callable[[str], None]
"""Told the name of each step before it is taken; tests stop the program there."""


def no_step(_: str) -> None:
    """What is done at each step outside of tests: nothing."""


STEPS = ("begin", "write", "flush", "rename", "flush-folder", "end")
_ENDING = ".saving"  # no file of the catalogue: the check does not read it


def replace_file(path: Path, content: bytes, step: Step = no_step) -> None:
    """Give a file new content, like `replaced`."""
    with replaced(path, step) as fresh:
        fresh.write_bytes(content)


@contextmanager
def replaced(path: Path, step: Step = no_step) -> Iterator[Path]:
    """Give the path of an empty file to write to, which takes the place of another when the block ends.

    After an error, a kill or a power cut that other file holds either all of the old content or all of the new. One
    process at a time: what a killed one left of the same file is thrown away.

    Raises:
        OSError: it could not be written; the file is as it was.
    """
    step("begin")
    fresh = path.parent / f".{path.name}{_ENDING}"
    fresh.unlink(missing_ok=True)
    try:
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
        os.close(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode))
        step("write")
        yield fresh
        step("flush")
        _flush(fresh, os.O_RDWR)
        step("rename")
        fresh.replace(path)
    except BaseException:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise
    step("flush-folder")
    # Windows opens no folder, and some file systems flush none. The new file stands by now, and whoever hears of an
    # error here would think that the old one did.
    with suppress(OSError):
        _flush(path.parent, os.O_RDONLY)
    step("end")


def _flush(path: Path, way: int) -> None:
    """Have a file, or the names in a folder, on the disk, not only in memory."""
    handle = os.open(path, way)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
