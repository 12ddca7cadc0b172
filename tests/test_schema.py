"""The JSON Schemas in `data/schema`: current, true to the real files, and strict about typing mistakes."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from conftest import REPOSITORY
from thbfund.catalogue.guidance import GUIDANCE_FILES
from thbfund.catalogue.policy import POLICY_FILES
from thbfund.cli import SCHEMAS, main
from thbfund.input.strict_yaml import read_yaml
from thbfund.staff.schema import MODELS

DATA = REPOSITORY / "data"
FILES_OF = {
    "programme": "programmes/*.yaml",
    "calls": "calls/*.yaml",
    "changes": "changes/*.yaml",
    "vocabulary": "vocabularies/*.yaml",
    "lexicon": "lexicon/*.yaml",
    "case": "evidence/cases/*.yaml",
    "project": "examples/*.yaml",
    **{f"policy-{name}": f"policy/{name}.yaml" for name in POLICY_FILES},
    **{f"guidance-{name}": f"guidance/{name}.yaml" for name in GUIDANCE_FILES},
}
FILES = [
    pytest.param(kind, path, id=path.relative_to(DATA).as_posix())
    for kind, pattern in FILES_OF.items()
    for path in sorted(DATA.glob(pattern))
]


@pytest.fixture(scope="module")
def validators() -> dict[str, Draft202012Validator]:
    """A validator for each kind of file, made from the schema that lies in the repository."""
    found = {}
    for kind in FILES_OF:
        schema = json.loads((DATA / "schema" / f"{kind}.schema.json").read_text(encoding="utf-8"))
        Draft202012Validator.check_schema(schema)
        found[kind] = Draft202012Validator(schema)
    return found


def values_of(path: Path) -> Any:
    return read_yaml(path.read_text(encoding="utf-8")).value


def mistakes(validator: Draft202012Validator, values: Any) -> list[str]:
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(values)]


def test_the_command_knows_every_kind_of_file():
    assert set(SCHEMAS) == set(MODELS)
    assert set(FILES_OF) <= set(MODELS)


@pytest.mark.parametrize(("kind", "path"), FILES)
def test_the_editor_checks_a_real_file_against_the_schema_of_its_kind(kind, path):
    mapped = json.loads((REPOSITORY / ".vscode" / "settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
    matching = [schema for schema, files in mapped.items() if path.relative_to(REPOSITORY).match(files)]

    assert matching == [f"data/schema/{kind}.schema.json"]


@pytest.mark.parametrize("kind", SCHEMAS)
def test_the_schema_in_the_repository_is_what_the_command_writes(kind):
    written = CliRunner().invoke(main, ["--data", str(DATA), "catalogue", "schema", kind]).stdout_bytes
    lying_there = (DATA / "schema" / f"{kind}.schema.json").read_bytes()

    assert lying_there == written, "run .ci/run schemas"


@pytest.mark.parametrize(("kind", "path"), FILES)
def test_a_real_file_follows_its_schema(validators, kind, path):
    assert mistakes(validators[kind], values_of(path)) == []


def undescribed(schema: dict[str, Any]) -> list[str]:
    """Fields without a description of their own or of the model that they refer to."""
    models = schema["$defs"]
    described = {f"#/$defs/{name}" for name, model in models.items() if "description" in model}
    return [
        f"{model['title']}.{name}"
        for model in (schema, *models.values())
        for name, field in model.get("properties", {}).items()
        if "description" not in field and field.get("$ref") not in described
    ]


@pytest.mark.parametrize("kind", MODELS)
def test_every_field_says_what_it_holds(kind):
    schema = json.loads((DATA / "schema" / f"{kind}.schema.json").read_text(encoding="utf-8"))

    assert undescribed({"$defs": {}, **schema}) == [], "Field(description=...) in the model, then .ci/run schemas"


# Each: a kind and a file, a text in it, and the slip of a typing hand that a schema must see.
TYPOS = {
    "field": ("programme", "programmes/tsi.yaml", "\nacronym:", "\nacronim:"),
    "field of a fact": ("programme", "programmes/tsi.yaml", "checked_on: 2026", "cheked_on: 2026"),
    "target group": ("programme", "programmes/tsi.yaml", "[public_officials,", "[public_oficials,"),
    "activity": ("programme", "programmes/tsi.yaml", "identification_and_referral,", "identification_referral,"),
    "country group": ("programme", "programmes/tsi.yaml", "open_to: [eu27]", "open_to: [eu72]"),
    "route": ("programme", "programmes/tsi.yaml", "value: government_request", "value: goverment_request"),
    "kind of source": ("programme", "programmes/tsi.yaml", "kind: secondary", "kind: secondry"),
    "grade": ("programme", "programmes/tsi.yaml", "C: {grade: 2", "C: {grade: 5"),
    "field of a topic": ("calls", "calls/easi.yaml", "    subject:", "    subjekt:"),
    "relevance of a topic": ("calls", "calls/easi.yaml", "relevance: related", "relevance: relatd"),
    "field of an entry": ("vocabulary", "vocabularies/routes.yaml", "definition:", "defintion:"),
    "language": ("lexicon", "lexicon/field.yaml", "\n    de: [", "\n    ru: ["),
    "field of a document": ("policy-instruments", "policy/instruments.yaml", "    kind: treaty", "    knid: treaty"),
    "kind of document": ("policy-instruments", "policy/instruments.yaml", "kind: treaty", "kind: treatise"),
    "field of a proposal": ("policy-outlook", "policy/outlook.yaml", "    state_on:", "    state_of:"),
    "unit of a figure": ("policy-statistics", "policy/statistics.yaml", "unit: percent", "unit: procent"),
    "field of a word": ("policy-glossary", "policy/glossary.yaml", "meaning:", "meening:"),
    "applicant in guidance": ("guidance-before_you_apply", "guidance/before_you_apply.yaml", "types: [", "types: [x, "),
    "country of an authority": ("guidance-authorities", "guidance/authorities.yaml", "country: GR", "country: EL"),
    "field of a time to grant": ("guidance-time_to_grant", "guidance/time_to_grant.yaml", "_to_sign:", "_to_sig:"),
    "role of a way in": ("guidance-ways_in", "guidance/ways_in.yaml", "role: partner", "role: leader"),
    "theme of a question": ("guidance-fit", "guidance/fit.yaml", "theme: combining", "theme: combine"),
    "field of a project": ("project", "examples/shelter-for-women.yaml", "\nsummary:", "\nsumary:"),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "file", "before", "after"), TYPOS.values(), ids=TYPOS)
def test_a_typo_does_not_follow_the_schema(validators, kind, file, before, after):
    text = (DATA / file).read_text(encoding="utf-8")
    assert before in text, "the real file no longer holds what this test misspells"

    assert mistakes(validators[kind], read_yaml(text.replace(before, after, 1)).value)
