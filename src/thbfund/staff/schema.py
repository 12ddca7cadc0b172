"""JSON Schema of the catalogue's files, made from the models, so that editors complete and check while one types."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from thbfund.catalogue.calls import Calls
from thbfund.catalogue.change_log import DayOfChanges
from thbfund.catalogue.guidance import GUIDANCE_FILES
from thbfund.catalogue.lexicon import Lexicon
from thbfund.catalogue.marks import LISTED
from thbfund.catalogue.model import Programme
from thbfund.catalogue.policy import POLICY_FILES
from thbfund.catalogue.ranking_data import FittedWeights
from thbfund.catalogue.vocabulary import Vocabularies, Vocabulary, country_names
from thbfund.evaluation.cases import Case
from thbfund.input.strict_yaml import read_yaml
from thbfund.project import Project

MODELS: Mapping[str, type[BaseModel]] = {
    "programme": Programme,
    "calls": Calls,
    "changes": DayOfChanges,
    "case": Case,
    "vocabulary": Vocabulary,
    "lexicon": Lexicon,
    "project": Project,
    "ranking-weights": FittedWeights,
    **{f"policy-{name}": model for name, model in POLICY_FILES.items()},
    **{f"guidance-{name}": model for name, model in GUIDANCE_FILES.items()},
}
"""Kinds of file with a schema, and the model each is checked against."""

EXAMPLES = Path(__file__).with_name("schema_examples.yaml")
"""One small right entry for each kind of file."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_values(kind: str, vocabularies: Vocabularies) -> dict[str, Any]:
    """Return the JSON Schema of one kind of file, with the words of the vocabularies filled in."""
    raw = MODELS[kind].model_json_schema(by_alias=True)
    example = read_yaml(EXAMPLES.read_text(encoding="utf-8")).value[kind]
    return {"$schema": DIALECT, **with_words(raw, vocabularies), "examples": [example]}


def with_words(schema: dict[str, Any], vocabularies: Vocabularies) -> dict[str, Any]:
    """A schema of models with the words of the vocabularies in the place of the marks of their lists."""
    filled: dict[str, Any] = _filled(schema, _lists(vocabularies))
    return filled


def schema_json(kind: str, vocabularies: Vocabularies) -> str:
    """The same bytes for the same models and vocabularies."""
    return json.dumps(schema_values(kind, vocabularies), ensure_ascii=False, indent=2)


def _lists(vocabularies: Vocabularies) -> dict[str, list[str]]:
    countries = sorted(country_names())
    lists = {name: [entry.id for entry in vocabulary.entries] for name, vocabulary in vocabularies.by_id.items()}
    return {**lists, "countries": countries, "places": [*lists.get("country_groups", []), *countries]}


def _filled(node: Any, lists: Mapping[str, list[str]]) -> Any:
    """Replace every mark of a list by the words of the list."""
    if isinstance(node, list):
        return [_filled(item, lists) for item in node]
    if not isinstance(node, dict):
        return node
    filled = {key: _filled(value, lists) for key, value in node.items() if key != LISTED}
    if node.get(LISTED) in lists:  # a folder may lack a list; then any word is allowed
        filled["enum"] = lists[node[LISTED]]
    return filled
