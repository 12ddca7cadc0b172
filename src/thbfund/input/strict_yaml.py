"""YAML read the safe way: no silent booleans, no aliases, no tags, no repeated keys, and every value knows its line.

PyYAML's parser (libyaml) does the syntax; this module turns its events into plain values. Its own constructor is
not used because it turns the country code NO into false, keeps the last of two equal keys without a word, builds
Python objects from tags and lets a few aliases grow into gigabytes.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import yaml

from thbfund.input.problems import InputError, Problem, shown

MAX_DEPTH = 40  # the deepest catalogue file has 9 levels
MAX_VALUES = 200_000  # the largest catalogue file has some 36,000

Path = tuple[str | int, ...]
Place = tuple[int, int]

# The core schema of YAML 1.2, with decimal numbers only; dates stay text until a model asks for a date.
_NULL = {"", "~", "null"}
_BOOLEAN = {"true": True, "false": False}
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})\.[0-9]{1,17}")
# 600.000 is six hundred or six hundred thousand, depending on who writes; it stays text, so that a model refuses it.
_THOUSANDS = re.compile(r"[-+]?[1-9][0-9]{0,2}\.[0-9]{3}")

_COLON = re.compile(r":(?=\s|$)")  # ends a key
_RESERVED = {"@", "`", "%"}  # may not begin a text without quotes


@dataclass(frozen=True)
class Document:
    """What a YAML text says: plain values (dict, list, str, int, float, bool, None) and where each one stands.

    Attributes:
        value: the content of the text; None for an empty one.
        find_places: finds line and column (from 1) of each value, and of each key, by its path.
    """

    value: Any
    find_places: Callable[[], Mapping[Path, Place]] = dict

    @cached_property
    def places(self) -> Mapping[Path, Place]:
        """Found when first asked for: only problems need them, and to find them takes as long as to read."""
        return self.find_places()

    def place_of(self, path: Path) -> Place:
        """Return line and column of the value at `path`, or of the nearest value around it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (1, 1))


def read_yaml(text: str, file: str = "") -> Document:
    """Read one YAML document.

    Args:
        text: the document; at most `MAX_VALUES` values, `MAX_DEPTH` levels deep.
        file: the name to use in problems.

    Raises:
        InputError: the text is no YAML, or uses what is refused here; says where and what to write instead.
    """
    reader = _Reader(text, file)
    try:
        return reader.document()
    except yaml.YAMLError as error:
        raise InputError([*reader.problems, _syntax_problem(error, reader.content, file)]) from None


class _Reader:
    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.count = 0
        self.problems: list[Problem] = []
        # A byte order mark and the C parser agree; a lone surrogate does not survive its encoder.
        self.content = text.encode("utf-8", "replace")
        self.events = _events(self.content)

    def document(self) -> Document:
        value = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent) and self.count:
                raise self._refusal(event, "several-documents", "found a second document after ---", "one per file")
            if isinstance(event, yaml.NodeEvent):
                value = self._value(event, 0)
        if self.problems:
            raise InputError(self.problems)
        return Document(value, partial(_places, self.content))

    def _value(self, event: Any, depth: int) -> Any:
        self._guard(event, depth)
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(depth + 1)
        return self._mapping(depth + 1)

    def _sequence(self, depth: int) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self._value(event, depth))
        return items

    def _mapping(self, depth: int) -> dict[str, Any]:
        entries: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise self._refusal(event, "key-not-text", "found a key that is not plain text", "a field name")
            key = event.value
            if key in entries:
                self.problems.append(
                    self._problem(event, "repeated-key", f"found {shown(key)} twice", hint="keep one of the two")
                )
            self._guard(event, depth)
            entries[key] = self._value(next(self.events), depth)
        return entries

    def _guard(self, event: Any, depth: int) -> None:
        """Refuse what can hide, run or grow: aliases, anchors, tags, depth and sheer number."""
        self.count += 1
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise self._refusal(event, "alias", "found a YAML anchor or alias (& or *)", "the value written out")
        if event.tag:
            raise self._refusal(event, "tag", f"found the YAML tag {shown(event.tag)}", "plain text, numbers and lists")
        if depth > MAX_DEPTH:
            raise InputError([*self.problems, _too_deep(self.file, *_place(event))])
        if self.count > MAX_VALUES:
            raise self._refusal(event, "too-large", f"found more than {MAX_VALUES} values", "a shorter text")

    def _problem(self, event: Any, code: str, message: str, allowed: str = "", hint: str = "") -> Problem:
        line, column = _place(event)
        return Problem(code, message, file=self.file, line=line, column=column, allowed=allowed, hint=hint)

    def _refusal(self, event: Any, code: str, message: str, allowed: str) -> InputError:
        return InputError([*self.problems, self._problem(event, code, message, allowed)])


def _events(content: bytes) -> Iterator[Any]:
    """The events of a YAML text; `yaml.parse` asks twice for each."""
    loader = yaml.CSafeLoader(content)
    try:
        while (event := loader.get_event()) is not None:
            yield event
    finally:
        loader.dispose()


def places_of(json_text: str) -> dict[Path, Place]:
    """Where each value of a JSON text stands: to the parser it is YAML. Nothing where the two part."""
    try:
        return _places(json_text.encode("utf-8", "replace"))
    except yaml.YAMLError:
        return {}


def _places(content: bytes) -> dict[Path, Place]:
    """Where each value, and each key, of a YAML text that was read before stands."""
    events, places = _events(content), dict[Path, Place]()

    def walk(event: Any, path: Path) -> None:
        places.setdefault(path, _place(event))
        if isinstance(event, yaml.SequenceStartEvent):
            for index, item in enumerate(iter_until(yaml.SequenceEndEvent)):
                walk(item, (*path, index))
        elif isinstance(event, yaml.MappingStartEvent):
            for key in iter_until(yaml.MappingEndEvent):
                places[(*path, key.value)] = _place(key)
                walk(next(events), (*path, key.value))

    def iter_until(end: type[yaml.Event]) -> Iterator[Any]:
        while not isinstance(event := next(events), end):
            yield event

    for event in events:
        if isinstance(event, yaml.NodeEvent):
            walk(event, ())
    return places


def _place(event: Any) -> Place:
    """Line and column of an event, from 1."""
    return event.start_mark.line + 1, event.start_mark.column + 1


def _scalar(event: Any) -> str | int | float | bool | None:
    text: str = event.value
    if not event.implicit[0]:  # quoted or block text is text
        return text
    if text in _NULL:
        return None
    if text in _BOOLEAN:
        return _BOOLEAN[text]
    number = number_in(text)
    return text if number is None else number


def number_in(text: str) -> int | float | None:
    """The number that a text is, by the rules for files; None for any other text.

    >>> number_in("600000"), number_in("87.5"), number_in("600.000")
    (600000, 87.5, None)
    """
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) and not _THOUSANDS.fullmatch(text) else None


def _syntax_hint(said: str, lines: list[str], column: int) -> str:
    """What to do about the usual slips: a tab, a colon inside a text, a first character that YAML keeps for itself."""
    text = lines[0] if lines else ""
    if "\t" in text[: len(text) - len(text.lstrip())]:
        return "use spaces for the indentation, not a tab"
    if said.startswith("mapping values") and len(_COLON.findall(text)) > 1:
        return "put the text after the first colon in quotes, for it holds another colon"
    if said.startswith("mapping values"):
        return "check the indentation; if this line goes on with the text above it, put the whole text in quotes"
    if text[column - 1 : column] in _RESERVED:
        return f"put the text in quotes, for it begins with {text[column - 1]}"
    return "check the indentation, the quotes and the brackets around this line"


def _too_deep(file: str, line: int, column: int) -> Problem:
    return Problem(
        "too-deep", f"found more than {MAX_DEPTH} levels", file=file, line=line, column=column, allowed="a flatter text"
    )


def _syntax_problem(error: yaml.YAMLError, content: bytes, file: str) -> Problem:
    if isinstance(error, yaml.reader.ReaderError):
        before = content[: error.position].decode("utf-8", "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        hint = "delete it; if this is no text file, save its text as one"
        return Problem("not-yaml", "found a control character", file=file, line=line, column=column, hint=hint)
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    said = getattr(error, "problem", None) or "this is not YAML"
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    if "nesting depth" in said:  # newer parsers have a limit of their own, which they meet while they look ahead
        return _too_deep(file, line, column)
    hint = _syntax_hint(said, content.decode("utf-8", "replace").splitlines()[line - 1 : line], column)
    return Problem("not-yaml", f"cannot read the text: {said}", file=file, line=line, column=column, hint=hint)
