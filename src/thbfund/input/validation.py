"""Pydantic's findings as problems: one per value, with file, line, what was found, what is allowed, how to fix it."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from thbfund.input.problems import InputError, Problem, choices, shortened, shown, suggestion
from thbfund.input.strict_yaml import Document, Path

Model = TypeVar("Model", bound=BaseModel)

# Pydantic's type of error -> our code and what would be right. A test looks for types missing here and in `_LIMITS`.
_KINDS: dict[str, tuple[str, str]] = {
    "bool_type": ("not-yes-or-no", "true or false"),
    "date_from_datetime_inexact": ("not-a-date", "a date as YYYY-MM-DD"),
    "date_from_datetime_parsing": ("not-a-date", "a date as YYYY-MM-DD"),
    "date_type": ("not-a-date", "a date as YYYY-MM-DD"),
    "dict_type": ("not-a-block", "a block of named fields"),
    "float_parsing": ("not-a-number", "a number"),
    "float_type": ("not-a-number", "a number"),
    "int_from_float": ("not-a-whole-number", "a whole number"),
    "int_parsing": ("not-a-whole-number", "a whole number"),
    "int_type": ("not-a-whole-number", "a whole number"),
    "invalid_key": ("key-not-text", "a field name"),
    "model_type": ("not-a-block", "a block of named fields"),
    "model_attributes_type": ("not-a-block", "a block of named fields"),
    "string_type": ("not-text", "text"),
    "string_unicode": ("not-text", "text without halves of characters"),
    "tuple_type": ("not-a-list", "a list"),
}

# The same for values of the right kind outside their limits, with the limits as pydantic names them.
_LIMITS: dict[str, str] = {
    "finite_number": "a finite number",
    "greater_than_equal": "at least {ge}",
    "less_than_equal": "at most {le}",
    "string_pattern_mismatch": "text of the form {pattern}",
    "string_too_long": "text of {max_length} characters at most",
    "string_too_short": "text of at least {min_length} characters",
    "too_long": "a list with at most {max_length} items",
    "too_short": "a list with at least {min_length} items",
}


class Closed(BaseModel):
    """A model that refuses unknown fields and silent conversions, and never changes once built."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def wrong_value(code: str, found: Any, allowed: str, hint: str = "") -> PydanticCustomError:
    """Return the error a validator raises so that it reaches the user as a problem with this code."""
    context = {"problem": code, "found": shown(found), "allowed": allowed, "hint": hint}
    return PydanticCustomError("problem", "found {found}", context)


def wrong_term(code: str, found: str, allowed: Collection[str]) -> PydanticCustomError:
    """Return the error for a word outside a closed list, with the nearest word as the hint."""
    return wrong_value(code, found, choices(allowed), suggestion(found, allowed))


def build(model: type[Model], document: Document, file: str, context: dict[str, Any] | None = None) -> Model:
    """Build a model from a document that was read.

    Raises:
        InputError: with every problem at once, sorted by line.
    """
    try:
        return model.model_validate(document.value, context=context)
    except ValidationError as error:
        problems = [_placed(problem, path, document, file) for path, problem in found_in(error, model)]
        raise InputError(sorted(problems, key=lambda problem: (problem.line, problem.column, problem.field))) from None


def found_in(error: ValidationError, model: type[BaseModel]) -> list[tuple[Path, Problem]]:
    """All that pydantic found wrong with values for a model, in our words, each with the path of the value."""
    found = error.errors(include_url=False)
    return [_told(details, model) for details in found if not _is_echo(details, found)]


def _told(details: ErrorDetails, model: type[BaseModel]) -> tuple[Path, Problem]:
    path: Path = tuple(part for part in details["loc"] if part != "[key]")  # pydantic's mark of a wrong field name
    field = ".".join(shortened(str(part)) for part in path)
    return path, replace(_described(details, model), field=field)


def _is_echo(details: ErrorDetails, found: Sequence[ErrorDetails]) -> bool:
    """A list whose items are wrong is also said to be too short, which it is not."""
    depth = len(details["loc"])
    return details["type"] == "too_short" and any(
        other["loc"][:depth] == details["loc"] and len(other["loc"]) > depth for other in found
    )


def _placed(problem: Problem, path: Path, document: Document, file: str) -> Problem:
    line, column = document.place_of(path)
    return replace(problem, file=file, line=line, column=column)


def _described(details: ErrorDetails, model: type[BaseModel]) -> Problem:
    """One finding of pydantic in our words."""
    kind, found, context = details["type"], details["input"], details.get("ctx", {})
    if kind == "problem":
        return Problem(context["problem"], details["msg"], allowed=context["allowed"], hint=context["hint"])
    name = details["loc"][-1] if details["loc"] else ""
    if kind == "extra_forbidden":
        known = _fields_at(model, tuple(details["loc"][:-1]))
        hint = suggestion(str(name), known) or "remove it or correct its name"
        return Problem("unknown-field", f"found the field {shown(name)}", allowed=choices(known), hint=hint)
    if kind == "missing":
        return Problem("missing-field", f"the field {shown(name)} is missing", hint="add it")
    if kind == "literal_error":
        return Problem("unknown-word", f"found {shown(found)}", allowed=context["expected"])
    limit = _LIMITS[kind].format(**context) if kind in _LIMITS else details["msg"]
    code, allowed = _KINDS.get(kind, ("wrong-value", limit.replace(" 1 items", " 1 item")))
    return Problem(code, f"found {shown(found)}", allowed=allowed)


def _fields_at(model: type[BaseModel], path: Path) -> set[str]:
    """Names of the fields that the model at `path` inside `model` accepts; empty where that cannot be told."""
    current: Any = model
    for part in path:
        if isinstance(part, int):
            continue
        fields = getattr(current, "model_fields", {})
        current = _model_in(fields[part].annotation) if part in fields else current
    return set(getattr(current, "model_fields", {}))


def _model_in(annotation: Any) -> Any:
    """The first model named anywhere inside an annotation such as `tuple[Strand, ...] | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in getattr(annotation, "__args__", ()) if (found := _model_in(part))), None)
