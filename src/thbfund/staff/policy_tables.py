"""Policy and guidance as tidy tables, one per file of `data/policy` and `data/guidance`; a row is an entry."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from thbfund.catalogue.facts import Fact
from thbfund.catalogue.guidance import Guidance
from thbfund.catalogue.policy import Policy, PolicyEntry

Row = dict[str, Any]

POLICY_DESCRIPTIONS: Mapping[str, str] = {
    "instruments": "Laws, strategies, reports and guidance of EU policy against trafficking.",
    "actors": "Bodies that work against trafficking, and what an NGO can ask them for (our advice).",
    "statistics": "Figures on trafficking, one per row, with what each counts.",
    "outreach": "Days, campaigns, helplines and publications, and how an NGO can use them (our advice).",
    "glossary": "Words that the app uses, in plain words.",
    "predecessors": "Programmes before those of the catalogue, and which of ours followed them.",
    "outlook": "Proposals for 2028-2034, none of them law, with the state of each on a day.",
    "coverage": "Areas of EU policy, and how far the catalogue covers their money.",
    "approach": "The four marks of EU action, the signs by which a text shows each, our advice, and what to cite.",
}
GUIDANCE_DESCRIPTIONS: Mapping[str, str] = {
    "before_you_apply": "What takes time before an application, or stops it, and whom it concerns.",
    "authorities": "Whom to ask in which country where Member States hand out the money.",
    "time_to_grant": "Months from a deadline to a signed grant.",
    "ways_in": "Ways in for small organisations, and what shows that a strand has one.",
    "fit": "Questions to settle before one project draws on two programmes.",
}
"""What each table holds, by name of the file."""


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
