"""Policy and guidance as tidy tables, one per file of `data/policy` and `data/guidance`; a row is an entry."""

import json
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from thbfund.catalogue.facts import Fact
from thbfund.catalogue.guidance import Guidance
from thbfund.catalogue.policy import Policy, PolicyEntry

Row = dict[str, Any]


def policy_tables(policy: Policy) -> dict[str, Iterator[Row]]:
    """Rows of one table per file of the policy folder."""
    return {name: map(_row, found.entries) for name, found in policy.files.items()}


def guidance_tables(guidance: Guidance) -> dict[str, Iterator[Row]]:
    """Rows of one table per file of the guidance folder."""
    return {name: map(_row, found.entries) for name, found in guidance.files.items()}


def _row(entry: PolicyEntry) -> Row:
    """One entry in the order of its model: facts as their values, lists of words in one cell, the rest as JSON."""
    return {name: _cell(getattr(entry, name)) for name in type(entry).model_fields if name != "disputed"}


def _cell(value: Any) -> Any:
    if isinstance(value, Fact):
        return _cell(value.value)
    if isinstance(value, BaseModel):
        return value.model_dump_json(exclude_defaults=True)
    if isinstance(value, tuple) and not any(isinstance(item, BaseModel) for item in value):
        return "; ".join(map(str, value)) or None
    if isinstance(value, tuple):
        return json.dumps([item.model_dump(mode="json", exclude_defaults=True) for item in value], ensure_ascii=False)
    return value if value is None or isinstance(value, bool | int | float) else str(value)
