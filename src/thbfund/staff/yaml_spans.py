"""Where each value of a YAML text begins and ends, counted in characters, so that it alone can be replaced."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import yaml

from thbfund.input.strict_yaml import read_yaml


@dataclass(slots=True)
class Node:
    """A value in a text.

    Attributes:
        kind: what it is.
        start, end: its characters; comments and line ends after it are not part of it.
        column: of its first character, from 0.
        style: of a text: `"`, `'`, `>`, `|`, or "" for plain; of the others `flow` or `block`.
        keys: of a mapping: where each key begins and ends.
        parts: values of a mapping by key, of a list by number.
    """

    kind: Literal["text", "list", "mapping"]
    start: int
    end: int
    column: int
    style: str
    keys: dict[str, tuple[int, int]] = field(default_factory=dict)
    parts: dict[str | int, "Node"] = field(default_factory=dict)

    @property
    def in_flow(self) -> bool:
        """Whether it is written in brackets."""
        return self.style == "flow"


def nodes_of(text: str) -> tuple[Node, Any]:
    """The outermost node of a text, and the plain values that the text holds.

    Raises:
        InputError: the text is not what the strict reader takes.
    """
    value = read_yaml(text).value
    events = (event for event in yaml.parse(text, Loader=yaml.SafeLoader) if isinstance(event, _IN_TREE))
    return _node(next(events), events, text), value


_IN_TREE = (yaml.NodeEvent, yaml.CollectionEndEvent)


def _node(event: Any, events: Iterator[Any], text: str) -> Node:
    start, end, column = event.start_mark.index, event.end_mark.index, event.start_mark.column
    if isinstance(event, yaml.ScalarEvent):
        written = text[start:end]
        return Node("text", start, start + len(written.rstrip()), column, event.style or "")
    style = "flow" if event.flow_style else "block"
    if isinstance(event, yaml.SequenceStartEvent):
        node = Node("list", start, end, column, style)
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            node.parts[len(node.parts)] = _node(event, events, text)
    else:
        node = Node("mapping", start, end, column, style)
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            node.keys[event.value] = event.start_mark.index, event.end_mark.index
            node.parts[event.value] = _node(next(events), events, text)
    # The parser ends a block where the next one begins, after comments that do not belong to it.
    node.end = event.end_mark.index if node.in_flow else max(part.end for part in node.parts.values())
    return node
