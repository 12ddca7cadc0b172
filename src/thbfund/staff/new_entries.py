"""New rounds and periods from old ones, and programmes that end; nothing is ever deleted.

What was read for the old entry was not read for the new one: each copied fact loses its day and says so.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from thbfund.input.strict_yaml import read_yaml
from thbfund.staff.edits import EditError, add_item, remove_value, set_value
from thbfund.staff.yaml_writing import in_lines

# Fewer than all that tells how a fact is known: entries that are no facts, such as families of calls, have notes too.
_MARKS_A_FACT = {"sources", "checked_on", "unverified"}
_OF_ONE_ROUND = {"call", "opens_on", "deadline", "deadline_time", "proposals_received", "projects_funded"}
_HEADER = "# One programme per file; file name = id. See data/README.md.\n"


@contextmanager
def _gaps_told() -> Iterator[None]:
    """Tell what a text lacks, or holds in another form: drafts come here half written."""
    try:
        yield
    except (KeyError, TypeError, AttributeError) as error:
        lacking = error.args[0] if isinstance(error, KeyError) else "a part"
        raise EditError(f"the file lacks {lacking} that this needs: mend first what the check names") from error


@_gaps_told()
def next_round(text: str, topic: str, new_id: str, year: int) -> str:
    """The calls file with a copy of a topic at its end, without the days and results that belong to the old round.

    Raises:
        EditError: there is no such topic, the new id is taken, or a topic lacks its own.
    """
    topics = {found["id"]: found for found in read_yaml(text).value["topics"]}
    if topic not in topics:
        raise EditError(f"there is no topic {topic} in this file")
    if new_id in topics:
        raise EditError(f"there is a topic {new_id} already: each round has an id of its own")
    kept = {key: value for key, value in topics[topic].items() if key not in _OF_ONE_ROUND}
    return add_item(text, ("topics",), {**unread(kept, topic), "id": new_id, "year": year})


@_gaps_told()
def next_period(text: str, new_id: str, period: str) -> str:
    """The text of a new programme file, copied from that of the period before; amounts and days are unknown in it.

    Raises:
        EditError: the old text lacks a part that is copied.
    """
    old = read_yaml(text).value
    new = {key: value if key == "sources" else unread(value, old["id"]) for key, value in old.items()}
    unknown = {"value": None, "unverified": "not known yet for this period"}
    lines = [{**line, "amount_eur": None, "unverified": unknown["unverified"]} for line in new["budget"]]
    new |= {"id": new_id, "periods": [period], "named_in_brochure": False, "budget": lines}
    new |= {"in_force": unknown, "successor": unknown}
    new["predecessors"] = {"value": [old["name"]], "unverified": f"follows from the copy of {old['id']}, not read"}
    used = cited(new)
    new["sources"] = {key: source for key, source in old["sources"].items() if key in used}
    return _HEADER + "\n".join(in_lines(new, 0)) + "\n"


@_gaps_told()
def retire(text: str, ends_on: date, successor: str | None, sources: Sequence[str], checked_on: date) -> str:
    """The programme file with its last day and what follows it, both read in `sources` on `checked_on`.

    The sources replace those of the two facts before, which nobody read again; they must give the first day too.

    Args:
        text: of the file.
        ends_on: the programme's last day.
        successor: id of the programme that follows; None where sources say that none does.
        sources: keys of the file's sources, each with its place.
        checked_on: the day on which somebody read them.

    Raises:
        EditError: no source is given, the first day of the programme is not known, or the text lacks a part.
    """
    if not sources:
        raise EditError("a programme is retired by a source: name the key of one")
    old = read_yaml(text).value
    span = old["in_force"]["value"]
    if not span:
        raise EditError("the first day of this programme is not known: enter it before the last one")
    read = {"sources": list(sources), "checked_on": checked_on}
    text = set_value(text, ("in_force",), {"value": {**span, "ends_on": ends_on}, **read})
    note = {} if successor else {"note": "None follows."}
    text = set_value(text, ("successor",), {"value": successor, **read, **note})
    new = read_yaml(text).value
    for key in new["sources"].keys() - cited(new):  # by the two facts as they were; the check refuses such sources
        text = remove_value(text, ("sources", key))
    return text


def cited(file: Mapping[str, Any]) -> set[str]:
    """Keys of the sources that the facts of a file cite."""
    waiting: list[Any] = [value for key, value in file.items() if key != "sources"]
    found: set[str] = set()
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            found |= {source.partition(" ")[0] for source in value.get("sources", [])}
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
    return found


def unread(value: Any, origin: str) -> Any:
    """A copy of a value in which no fact counts as read; what sources disagreed on is left to be read anew."""
    if isinstance(value, list):
        return [unread(item, origin) for item in value]
    if not isinstance(value, Mapping):
        return value
    copied = {key: unread(item, origin) for key, item in value.items() if key not in {"checked_on", "disputed"}}
    if _MARKS_A_FACT & set(value):
        copied["unverified"] = f"copied from {origin}, not read again"
    return copied
