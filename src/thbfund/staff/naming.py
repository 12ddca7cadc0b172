"""Ids and keys made of texts that others wrote."""

import re
from collections.abc import Container


def slug(text: str) -> str:
    """Small letters, figures and hyphens; "" where nothing of that is left.

    >>> slug("Nets & Ropes 2.0")
    'nets-ropes-2-0'
    """
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")


def free(name: str, taken: Container[str]) -> str:
    """The name, or the next like it that is not taken.

    >>> free("nets", {"nets", "nets-2"})
    'nets-2-2'
    """
    while name in taken:
        name += "-2"
    return name
