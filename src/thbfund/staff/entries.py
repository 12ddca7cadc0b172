"""What can be picked for editing: programmes, strands, calls, families of calls; where each stands, and new ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from thbfund.input.strict_yaml import read_yaml
from thbfund.staff.edits import EditError, add_item
from thbfund.staff.fields import Field
from thbfund.staff.yaml_writing import in_lines

EntryKind = Literal["programme", "strand", "call", "family"]

_HEADER = "# Calls and topics of one programme. Facts carry source and day; see data/README.md.\n"


@dataclass(frozen=True, slots=True)
class Place:
    """Where entries of a kind stand.

    Attributes:
        folder: of their file.
        model: name of the file's model, as in `MODELS`.
        listed: the list that holds them; "" where the file is the entry.
    """

    folder: str
    model: str
    listed: str = ""

    def file(self, programme: str) -> str:
        """The file of a programme's entries, below the catalogue's folder."""
        return f"{self.folder}/{programme}.yaml"


PLACES: Mapping[EntryKind, Place] = {
    "programme": Place("programmes", "programme"),
    "strand": Place("programmes", "programme", "strands"),
    "call": Place("calls", "calls", "topics"),
    "family": Place("calls", "calls", "families"),
}


def ids_in(values: Any, kind: EntryKind) -> dict[str, str]:
    """Ids and names of the entries of a kind in a file, in its order; what has no id is left out."""
    listed = PLACES[kind].listed
    if not isinstance(values, dict):
        return {}
    found = values.get(listed, []) if listed else [values]
    blocks = [block for block in found if isinstance(block, dict)] if isinstance(found, list) else []
    return {str(block["id"]): str(block.get("title") or block.get("name") or "") for block in blocks if block.get("id")}


def entry_in(whole: Field, kind: EntryKind, key: str) -> Field:
    """The field of one entry.

    Raises:
        KeyError: there is none.
    """
    listed = PLACES[kind].listed
    if not listed:
        return whole
    items = whole.part(listed).parts
    found = next((item for item in items if isinstance(item.value, dict) and str(item.value.get("id")) == key), None)
    if found is None:
        raise KeyError(key)
    return found


def sections_of(whole: Field, entry: Field) -> dict[str, tuple[Field, ...]]:
    """The portions of an entry, without the entries inside it, and the sources of its file, which it cites."""
    short = tuple(part for part in entry.parts if not part.is_nested)
    facts = tuple(part for part in entry.parts if part.kind == "fact")
    inside = {place.listed for place in PLACES.values()} | {"sources"}
    blocks = [part for part in entry.parts if part.is_nested and part.kind != "fact" and part.name not in inside]
    portions = [("In short", short), ("Facts", facts), *((part.label, (part,)) for part in blocks)]
    return {title: parts for title, parts in [*portions, ("Sources of the file", (whole.part("sources"),))] if parts}


def new_entry(text: str, programme: str, whole: Field, kind: EntryKind, key: str) -> str:
    """The file with one more entry in which everything is still to be filled in; a calls file is made where it lacks.

    Raises:
        InputError: the text is not what the strict reader takes.
        EditError: the id is empty or taken.
    """
    listed = PLACES[kind].listed
    if not key.strip() or not listed:
        raise EditError("the new entry needs an id")
    entry = {**whole.part(listed).blank, "id": key.strip()}
    if not text:
        if kind != "call":
            raise EditError("add a call first: the file does not exist yet")
        return new_calls_file(programme, entry, {})
    if key.strip() in ids_in(read_yaml(text).value, kind):
        raise EditError(f"there is {key.strip()} already: each has an id of its own")
    return add_item(text, (listed,), entry)


def new_calls_file(programme: str, topic: Mapping[str, Any], sources: Mapping[str, Any]) -> str:
    """The text of a file of calls with its first topic, both as plain values."""
    return _HEADER + "\n".join(in_lines({"programme": programme, "topics": [topic], "sources": sources}, 0)) + "\n"
