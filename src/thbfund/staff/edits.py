"""One value of a catalogue file changed; every other character of the file stays as it was."""

import difflib
from collections.abc import Callable
from typing import Any

from thbfund.input.problems import InputError, ThbfundError
from thbfund.input.strict_yaml import Path, read_yaml
from thbfund.staff.yaml_spans import Node, nodes_of
from thbfund.staff.yaml_writing import WIDTH, entry, in_line, in_lines, is_spread, item_lines, plain, same


class EditError(ThbfundError):
    """Raised where a file has no such place, or cannot be changed there without harm to the rest; says so."""


def set_value(text: str, path: Path, value: Any) -> str:
    """The text with `value` at `path`, where there may be nothing yet; blocks around it are made where they lack.

    A block or list is changed entry by entry, so that only lines that say something else change.

    Raises:
        InputError: the text is not what the strict reader takes.
        EditError: `path` leads through a value that is no block or list, or past the end of a list.
    """
    value = plain(value)
    node, found = nodes_of(text)
    for depth, key in enumerate(path):
        if key not in node.parts:
            inner = value
            for name in reversed(path[depth + 1 :]):
                inner = [inner] if name == 0 else {str(name): inner}
            return _added(text, path[:depth], node, key, inner)
        parent, node, found = node, node.parts[key], found[key]
    if same(found, value):
        return text
    if _alike(node, found, value):
        return _entry_by_entry(text, path, found, value)
    if not path:
        raise EditError("the whole file cannot be replaced by one value")
    return _proved(text, _replaced(text, parent, path[-1], value), path, lambda: value)


def add_item(text: str, path: Path, value: Any) -> str:
    """The text with one more item at the end of the list at `path`; the list is made where there is none.

    Raises:
        InputError: the text is not what the strict reader takes.
        EditError: something else than a list stands there.
    """
    try:
        node, found = _at(text, path)
    except KeyError:
        return set_value(text, path, [value])
    if node.kind != "list":
        raise EditError(f"{_dotted(path)} is no list, so that nothing can be added to it")
    return _added(text, path, node, len(found), plain(value))


def remove_value(text: str, path: Path) -> str:
    """The text without the entry or item at `path`; comments above it stay.

    Raises:
        InputError: the text is not what the strict reader takes.
        EditError: there is no such value, or it is the only one of its block.
    """
    try:
        parent, found = _at(text, path[:-1])
        node = parent.parts[path[-1]]
    except (KeyError, IndexError):
        raise EditError(f"there is no {_dotted(path)} in this file") from None
    if len(parent.parts) == 1 and not parent.in_flow:
        raise EditError(f"{_dotted(path)} is all that its block holds: remove the block, or set another value")
    start = parent.keys[str(path[-1])][0] if parent.kind == "mapping" else node.start
    names = list(parent.parts)
    if parent.in_flow:
        new = _out_of_brackets(text, parent, names.index(path[-1]), start, node)
    else:
        new = _out_of_block(text, parent, start, node)
    kept = [item for name, item in zip(names, _values(found), strict=True) if name != path[-1]]
    left = kept if parent.kind == "list" else dict(zip((n for n in names if n != path[-1]), kept, strict=True))
    return _proved(text, new, path[:-1], lambda: left)


def difference(before: str, after: str, file: str) -> str:
    """The difference of two texts of a file as a patch that `git apply` takes; "" where there is none."""
    old, new = _lines(before), _lines(after)
    names = (f"a/{file}" if before else "/dev/null", f"b/{file}" if after else "/dev/null")
    lines = difflib.unified_diff(old, new, *names)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _lines(text: str) -> list[str]:
    """Lines as git counts them; `splitlines` would cut at other characters too."""
    parts = text.split("\n")
    return [f"{part}\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def _values(found: Any) -> list[Any]:
    return list(found.values()) if isinstance(found, dict) else list(found)


def _dotted(path: Path) -> str:
    return ".".join(map(str, path))


def _at(text: str, path: Path) -> tuple[Node, Any]:
    node, found = nodes_of(text)
    for key in path:
        node, found = node.parts[key], found[key]
    return node, found


def _alike(node: Node, found: Any, value: Any) -> bool:
    """Whether both are blocks, or both lists in lines: then the change is made inside."""
    if not found or not value or type(found) is not type(value):
        return False
    return node.kind == "mapping" or (node.kind == "list" and not node.in_flow)


def _entry_by_entry(text: str, path: Path, found: Any, value: Any) -> str:
    if isinstance(found, dict):
        for key, item in value.items():
            text = set_value(text, (*path, key), item)
        gone = [key for key in found if key not in value]
        for key in gone:
            text = remove_value(text, (*path, key))
        return text
    for index in range(min(len(found), len(value))):
        text = set_value(text, (*path, index), value[index])
    for item in value[len(found) :]:
        text = add_item(text, path, item)
    for index in range(len(found) - 1, len(value) - 1, -1):
        text = remove_value(text, (*path, index))
    return text


def _replaced(text: str, parent: Node, key: str | int, value: Any) -> str:
    node = parent.parts[key]
    quote = node.style if node.style in {'"', "'"} and isinstance(value, str) else ""
    if parent.in_flow:
        gap = "" if node.end > node.start else " "
        return text[: node.start] + gap + in_line(value, quote) + text[node.end :]
    column = parent.column + 2
    first, *others = in_lines(value, column, _room(node, parent, value))
    if quote and not others:
        first = in_line(value, quote)
    start, comment = node.start, ""
    spread = parent.kind == "mapping" and is_spread(value, first)
    if parent.kind == "mapping" and (spread or node.style == "block" or node.start == node.end):
        start = text.index(":", parent.keys[str(key)][1]) + 1
        comment = text[start : max(start, node.start)].partition("\n")[0].strip()
        first = "" if spread else f" {first}"
        others = [" " * column + in_lines(value, column, 0)[0], *others] if spread else others
    if node.style in {">", "|"}:
        comment = text[node.start : node.end].partition("\n")[0].partition(" #")[2]
        comment = f"# {comment.strip()}" if comment else ""
    line_end = _line_end(text, node.end)
    tail = text[node.end : line_end].strip()
    notes = "".join(f"  {note}" for note in (comment, tail) if note)
    return text[:start] + first + notes + "".join(f"\n{line}" for line in others) + text[line_end:]


def _room(node: Node, parent: Node, value: Any) -> int:
    """Characters for a value; none for a text that was folded before, so that it stays folded."""
    return 0 if node.style == ">" and isinstance(value, str) else WIDTH - max(node.column, parent.column + 2)


def _of_blocks(node: Node) -> bool:
    """Whether the items of a list are blocks in lines."""
    return any(part.kind == "mapping" and not part.in_flow for part in node.parts.values())


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end


def _added(text: str, path: Path, node: Node, key: str | int, value: Any) -> str:
    here = _dotted((*path, key))
    named = node.kind == "mapping" and isinstance(key, str)
    if not named and not (node.kind == "list" and key == len(node.parts)):
        raise EditError(f"there is no place for {here} in this file")
    if node.in_flow:
        new = in_line(value) if not named else f"{in_line(key)}: {in_line(value)}"
        last = max((part.end for part in node.parts.values()), default=0)
        new_text = (
            text[:last] + f", {new}" + text[last:] if last else text[: node.start + 1] + new + text[node.end - 1 :]
        )
    else:
        lines = (
            entry(str(key), value, node.column) if named else item_lines(value, node.column, spread=_of_blocks(node))
        )
        end = _line_end(text, node.end)
        new_text = text[:end] + "".join(f"\n{line}" for line in lines) + text[end:]
    return _proved(text, new_text, (*path, key), lambda: value)


def _out_of_brackets(text: str, parent: Node, number: int, start: int, node: Node) -> str:
    parts = list(parent.parts.values())
    if number:
        return text[: parts[number - 1].end] + text[node.end :]
    if len(parts) == 1:
        return text[: parent.start + 1] + text[parent.end - 1 :]
    following = list(parent.keys.values())[1][0] if parent.kind == "mapping" else parts[1].start
    return text[:start] + text[following:]


def _out_of_block(text: str, parent: Node, start: int, node: Node) -> str:
    line_start = text.rfind("\n", 0, start) + 1
    line_end = min(_line_end(text, node.end) + 1, len(text))
    before = text[line_start:start]
    if parent.kind == "list":
        line_start = text.rfind("-", 0, start)
        before = text[text.rfind("\n", 0, line_start) + 1 : line_start]
        line_start -= 0 if before.strip() else len(before)
    if not before.strip():
        return text[:line_start] + text[line_end:]
    # It shares its line with the dash of the list around it: the next entry moves up.
    following = min(part for part, _ in parent.keys.values() if part > start)
    return text[:start] + text[following:]


def _proved(text: str, new: str, path: Path, value: Callable[[], Any]) -> str:
    """The new text, once the strict reader finds in it what was meant, and all else as it was."""
    meant = read_yaml(text).value
    if not path:
        meant = value()
    else:
        holder = meant
        for key in path[:-1]:
            holder = holder[key]
        if isinstance(holder, list) and path[-1] == len(holder):
            holder.append(value())
        else:
            holder[path[-1]] = value()
    try:
        found = read_yaml(new).value
    except InputError:
        found = None
    if not same(found, meant):
        raise EditError(f"{_dotted(path)} cannot be changed here without harm to the lines around it: edit it by hand")
    return new
