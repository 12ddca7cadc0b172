"""What was entered into a field, written into the text of its file; emptied fields leave it."""

from typing import Any

from thbfund.input.strict_yaml import Path, read_yaml
from thbfund.staff.edits import EditError, add_item, remove_value, set_value
from thbfund.staff.fields import Field


def fill(text: str, field: Field, entered: Any) -> str:
    """The text with what was entered; nothing entered is unknown where that may be said, else the field goes.

    A field that the file must have and that was emptied stays, empty, so that the check names it.

    Raises:
        InputError: the text is not what the strict reader takes.
        EditError: the text cannot be changed there without harm to the rest.
    """
    if entered not in ("", None, []):
        return _set(text, field.path, entered)
    if not field.required:
        return take_out(text, field) if field.present else text
    return _set(text, field.path, None if field.nullable or entered is None else entered)


def add(text: str, field: Field) -> str:
    """The text with a field that it did not have, or with one more item of a list; nothing in it counts as known.

    Raises:
        InputError, EditError: as above.
    """
    return add_item(text, field.path, field.blank) if field.kind == "list" else _set(text, field.path, field.blank)


def add_entry(text: str, field: Field, key: str) -> str:
    """The text with one more entry of a mapping.

    Raises:
        InputError: as above.
        EditError: as above, or there is such an entry.
    """
    if not key or (field.present and key in field.value):
        raise EditError(f"there is {key} already" if key else "the new entry needs a name")
    return _set(text, (*field.path, key), field.blank)


def take_out(text: str, field: Field) -> str:
    """The text without a field, item or entry; what held nothing else is left empty.

    Raises:
        InputError, EditError: as above.
    """
    holder = _holder(text, field.path)[-1]
    if len(holder) > 1:
        return remove_value(text, field.path)
    return set_value(text, field.path[:-1], type(holder)())


def _set(text: str, path: Path, value: Any) -> str:
    """The same as `set_value`, but a null on the way becomes a block."""
    holders = _holder(text, path)
    if holders[-1] is None:
        depth = len(holders) - 1
        for name in reversed(path[depth:]):
            value = {name: value}
        return set_value(text, path[:depth], value)
    return set_value(text, path, value)


def _holder(text: str, path: Path) -> list[Any]:
    """The values on the way to a place, as far as there are any, from the whole file on."""
    found = [read_yaml(text).value]
    for key in path[:-1]:
        try:
            found.append(found[-1][key])
        except (KeyError, IndexError, TypeError):
            break
    return found
