"""The fields of a catalogue file as the models have them, each with what stands in it: what a form is drawn from.

Nothing here names a field of a model: a new one is in the form by itself.
"""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

from thbfund.catalogue.facts import PROOF, Evidence, day_of
from thbfund.catalogue.marks import LISTED, UNIT
from thbfund.input.strict_yaml import Path
from thbfund.staff.schema import MODELS

Kind = Literal[
    "text", "long text", "whole number", "number", "date", "yes or no", "choice", "choices", "texts", "citations",
    "fact", "block", "list", "mapping", "as text",
]  # fmt: skip
"""What a field takes. `fact`: a block with evidence. `as text`: what stands there has another form."""

Lists = Mapping[str, Mapping[str, str]]
"""The words of each list by the list's name: id and label."""

NOT_READ = "not read in a source yet"
"""Why a fact that was just added is open; whoever reads a source replaces it."""

LONG = 60  # characters; a text that is longer gets several lines
_SPELT = {"Eu rate": "EU rate", "Url": "Address", "Celex": "CELEX number"}
_UNITS_IN_NAMES = ("_eur", "_months")  # told by the unit


class _Absent:
    def __repr__(self) -> str:
        return "ABSENT"


ABSENT = _Absent()
"""Stands for a value that the file does not have, which is not the same as a null."""


@dataclass(frozen=True, slots=True)
class Field:
    """One place of a file.

    Attributes:
        path: keys and numbers that lead to it from the top of the file.
        label: its name in words: `EU rate` for `eu_rate`; of an item its number, and what it begins with.
        kind: what it takes.
        help: what the model says of it; "" where it says nothing.
        unit: of a number; "" where it has none.
        required: whether the file must have it.
        nullable: whether null may stand in it, for unknown or none.
        default: what holds where the file does not have it; ABSENT where nothing does.
        options: ids and labels that it takes, for a mapping as keys; empty where any text is taken.
        value: what stands there; ABSENT where nothing does.
        parts: fields of a block or fact, items of a list, entries of a mapping.
        blank: what it starts with where it is added; for a list or mapping, what a new part of it starts with.
    """

    path: Path
    label: str
    kind: Kind
    help: str = ""
    unit: str = ""
    required: bool = False
    nullable: bool = False
    default: Any = ABSENT
    options: Mapping[str, str] = dataclasses.field(default_factory=dict)
    value: Any = ABSENT
    parts: tuple["Field", ...] = ()
    blank: Any = None

    @property
    def name(self) -> str:
        """Its key in the file; of an item its number, from 0."""
        return str(self.path[-1]) if self.path else ""

    @property
    def present(self) -> bool:
        """Whether the file has it."""
        return self.value is not ABSENT

    @property
    def is_nested(self) -> bool:
        """Whether it is made of parts."""
        return self.kind in {"fact", "block", "list", "mapping"}

    def part(self, *names: str | int) -> "Field":
        """The part that these names and numbers lead to.

        Raises:
            KeyError: there is none.
        """
        found = self
        for name in names:
            parts = {part.path[-1]: part for part in found.parts}
            found = parts[name]
        return found


def fields_of(kind: str, values: Any, lists: Lists) -> Field:
    """All fields of a file, those that it does not have included.

    Args:
        kind: of the file, as in `MODELS`.
        values: the plain values that the file holds.
        lists: the words that fields take, by the names that the models give these lists.
    """
    schema = _schema(kind)
    return _Reader(schema["$defs"], lists).field((), schema, values, required=True, label=kind)


@lru_cache
def _schema(kind: str) -> dict[str, Any]:
    return MODELS[kind].model_json_schema(by_alias=True)


class _Reader:
    """Reads fields out of a JSON Schema; `definitions` are the models that it refers to."""

    def __init__(self, definitions: Mapping[str, Any], lists: Lists) -> None:
        self._definitions, self._lists = definitions, lists

    def field(self, path: Path, raw: Mapping[str, Any], value: Any, *, required: bool, label: str) -> Field:
        schema, nullable = self._resolved(raw)
        kind = _kind_of(schema)
        field = Field(
            path, label, kind, schema.get("description", ""), schema.get(UNIT, ""), required, nullable,
            schema.get("default", ABSENT), self._options(schema), value, blank=self._blank(schema),
        )  # fmt: skip
        if not _fits(kind, value):
            return replace(field, kind="as text")
        if kind == "text" and _is_long(field, schema):
            return replace(field, kind="long text")
        return replace(field, parts=tuple(self._parts(field, schema)))

    def _parts(self, field: Field, schema: Mapping[str, Any]) -> Iterator[Field]:
        holds = field.present and field.value is not None
        if field.kind in {"fact", "block"}:
            needed, given = schema.get("required", ()), field.value if holds else {}
            for name, raw in schema["properties"].items():
                label, value = _in_words(name), given.get(name, ABSENT)
                yield self.field((*field.path, name), raw, value, required=name in needed, label=label)
        elif field.kind == "list" and holds:
            for number, item in enumerate(field.value):
                label = _begins_with(number + 1, item)
                yield self.field((*field.path, number), schema["items"], item, required=True, label=label)
        elif field.kind == "mapping" and holds:
            for key, item in field.value.items():
                label = f"{key}: {field.options[key]}" if key in field.options else key
                yield self.field((*field.path, key), schema["additionalProperties"], item, required=True, label=label)

    def _resolved(self, raw: Mapping[str, Any]) -> tuple[dict[str, Any], bool]:
        """A schema without references and without null among its forms, and whether null was one."""
        schema, nullable = dict(raw), False
        while "$ref" in schema or "anyOf" in schema:
            forms = schema.pop("anyOf", [])
            if forms:
                others = [form for form in forms if form.get("type") != "null"]
                nullable = nullable or len(others) < len(forms)
                inner = others[0] if len(others) == 1 else {}  # of several forms, the text alone can take each
            else:
                inner = self._definitions[schema.pop("$ref").rpartition("/")[2]]
            schema = {**inner, **schema}
        return schema, nullable

    def _options(self, schema: Mapping[str, Any]) -> Mapping[str, str]:
        schema = schema.get("items") or schema.get("propertyNames") or schema
        if "enum" in schema:
            return {str(word): str(word).replace("_", " ") for word in schema["enum"]}
        return self._lists.get(schema.get(LISTED, ""), {})

    def _blank(self, schema: Mapping[str, Any]) -> Any:
        kind = _kind_of(schema)
        if kind == "list":
            return self._new(schema["items"])
        return self._new(schema["additionalProperties"] if kind == "mapping" else schema)

    def _new(self, raw: Mapping[str, Any]) -> Any:
        """What is written where something is added: all that is required, and nothing that could be taken for known."""
        schema, nullable = self._resolved(raw)
        kind = _kind_of(schema)
        if nullable:
            return None
        if kind in {"fact", "block"}:
            needed = {name: self._new(schema["properties"][name]) for name in schema.get("required", ())}
            return needed | ({"unverified": NOT_READ} if kind == "fact" else {})
        if kind in {"choices", "texts", "citations", "list"}:
            return []
        if kind == "mapping":
            return {}
        return "" if kind in {"text", "choice"} else None


def _in_words(name: str) -> str:
    for unit in _UNITS_IN_NAMES:
        name = name.removesuffix(unit)
    words = name.replace("_", " ")
    words = words[:1].upper() + words[1:]
    return _SPELT.get(words, words)


def _begins_with(number: int, item: Any) -> str:
    """What an item of a list is called: its number, and the first text in it."""
    values = item.values() if isinstance(item, dict) else [item]
    first = next((value for value in values if isinstance(value, str) and value), "")
    first = first if len(first) <= LONG else f"{first[:LONG].rpartition(' ')[0]} …"
    return f"{number}: {first}" if first else str(number)


def _kind_of(schema: Mapping[str, Any]) -> Kind:
    if "properties" in schema:
        return "fact" if set(Evidence.model_fields) <= set(schema["properties"]) else "block"
    if "enum" in schema or (schema.get("type") == "string" and LISTED in schema):
        return "choice"
    if schema.get("type") == "array":
        return _kind_of_list(schema["items"])
    kinds: dict[Any, Kind] = {
        ("string", "date"): "date", ("string", None): "text", ("object", None): "mapping",
        ("boolean", None): "yes or no", ("integer", None): "whole number", ("number", None): "number",
    }  # fmt: skip
    return kinds.get((schema.get("type"), schema.get("format")), "as text")


def _kind_of_list(items: Mapping[str, Any]) -> Kind:
    if items.get("type") != "string":
        return "list"
    if items.get(LISTED) == "sources":
        return "citations"
    return "choices" if "enum" in items or LISTED in items else "texts"


def _fits(kind: Kind, value: Any) -> bool:
    """Whether a value has the form that a field of a kind can show."""
    if value is ABSENT or value is None:
        return True
    if kind == "date":
        return isinstance(value, str) and day_of(value) is not None
    if kind in {"whole number", "number"}:
        return isinstance(value, int if kind == "whole number" else int | float) and not isinstance(value, bool)
    if kind in {"choices", "texts", "citations"}:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    forms: dict[Kind, type] = {"yes or no": bool, "list": list, "fact": dict, "block": dict, "mapping": dict}
    return isinstance(value, forms.get(kind, str))


def _is_long(field: Field, schema: Mapping[str, Any]) -> bool:
    """Whether a text needs several lines: what facts say does, unless its form is fixed."""
    if "pattern" in schema:
        return False
    return field.name in {"value", *PROOF} or (field.present and len(field.value or "") > LONG)
