"""KEEP: what a process loads once and needs to its end, out of the garbage collector's sight."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def kept() -> Iterator[None]:
    """Build the catalogue and its matcher in here.

    The collector would look through their million objects time and again: while they are built, at every match after.
    What was kept before, and has been replaced, can be collected again.
    """
    was_on = gc.isenabled()
    gc.unfreeze()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()
