"""A file of the catalogue that was read and fits its model."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from thbfund.input.strict_yaml import Document, Path


@dataclass(frozen=True, slots=True)
class FileRead:
    """What a file says, and where in it each value stands.

    Attributes:
        name: the file as the user knows it.
        model: its content.
        document: the places of its values.
    """

    name: str
    model: BaseModel
    document: Document


def values_in(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every value inside a value with its path, the outer ones first, in the order of the models."""
    waiting: list[tuple[Path, Any]] = [(path, value)]
    while waiting:
        here, found = waiting.pop()
        yield here, found
        if isinstance(found, BaseModel):
            waiting += [((*here, name), getattr(found, name)) for name in reversed(type(found).model_fields)]
        elif isinstance(found, tuple):
            waiting += [((*here, index), found[index]) for index in range(len(found) - 1, -1, -1)]
        elif isinstance(found, dict):
            waiting += [((*here, key), found[key]) for key in reversed(found)]
