"""LOAD: files of one JSON object per line -> models, or every problem by line."""

import json
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from thbfund.input.problems import InputError, Problem
from thbfund.input.validation import found_in

Line = TypeVar("Line", bound=BaseModel)


def read_lines(path: Path, model: type[Line]) -> list[Line]:
    """Read a file of one JSON object per line, each checked by a model.

    Raises:
        InputError: with every line that the model refuses, or for a file without any.
    """
    return lines_in(_text_of(path), str(path), model)


def lines_in(text: str, file: str, model: type[Line]) -> list[Line]:
    """Read the text of such a file; `file` is its name in problems.

    Raises:
        InputError: with every line that the model refuses, or for a file without any.
    """
    records: list[Line] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                records.append(_checked(line, model))
            except InputError as error:
                problems += [replace(problem, file=file, line=number) for problem in error.problems]
    if not records and not problems:
        problems.append(Problem("no-records", "found no record", file=file, hint="one JSON object per line"))
    if problems:
        raise InputError(problems)
    return records


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:  # a name or a content that is no text is a ValueError
        reason = getattr(error, "strerror", None) or "found a byte that is not UTF-8"
        hint = "check name and encoding"
        raise InputError([Problem("unreadable-file", str(reason), file=str(path), hint=hint)]) from None


def _checked(line: str, model: type[Line]) -> Line:
    try:
        return model.model_validate(json.loads(line))
    except ValidationError as error:
        problems = [replace(problem, code="bad-record", column=1) for _, problem in found_in(error, model)]
    except json.JSONDecodeError as error:
        problems = [Problem("not-json", error.msg, column=error.colno)]
    except (ValueError, RecursionError):
        problems = [Problem("not-json", "found a number too long or brackets too deep", column=1)]
    raise InputError(problems)
