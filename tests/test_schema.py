"""The JSON Schemas in `data/schema`: current, true to the real files, and strict about typing mistakes."""

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from conftest import REPOSITORY
from thbfund.catalogue import Vocabularies, load_catalogue
from thbfund.catalogue.guidance import GUIDANCE_FILES
from thbfund.catalogue.policy import POLICY_FILES
from thbfund.cli import SCHEMAS, main
from thbfund.input.problems import InputError, Problem
from thbfund.input.strict_yaml import Document, read_yaml
from thbfund.input.validation import build
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
    for kind in MODELS:
        schema = json.loads((DATA / "schema" / f"{kind}.schema.json").read_text(encoding="utf-8"))
        Draft202012Validator.check_schema(schema)
        found[kind] = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
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


# -- the example of each schema, and what is wrong with it once a hand has slipped


@pytest.fixture(scope="module")
def vocabularies() -> Vocabularies:
    return load_catalogue(DATA).vocabularies


def problems(kind: str, values: Any, vocabularies: Vocabularies) -> list[Problem]:
    try:
        build(MODELS[kind], Document(values), kind, {"vocabularies": vocabularies})
    except InputError as error:
        return list(error.problems)
    return []


def spoilt(example: Any, place: str, value: Any) -> Any:
    """The example with another value at a dotted place; GONE takes away what stands there."""
    values = deepcopy(example)
    *path, last = (int(part) if part.isdigit() else part for part in place.split("."))
    holder = values
    for part in path:
        holder = holder[part]
    if value is GONE:
        del holder[last]
    else:
        holder[last] = value
    return values


GONE = object()


@pytest.mark.parametrize("kind", MODELS)
def test_the_example_of_a_schema_is_right_by_schema_and_model(validators, vocabularies, kind):
    [example] = validators[kind].schema["examples"]

    assert mistakes(validators[kind], example) == []
    assert problems(kind, example, vocabularies) == []


# By kind of file: what somebody might write into its example, and where.
WRONG: dict[str, dict[str, Any]] = {
    "programme": {
        "in_force.value.starts_on": "01.01.2021", "sources": GONE, "strands.0.eligibility.eu_rate.value": "90 %",
        "strands.0.eligibility.eu_rate.val": 0.9, "budget.0.amount_eur": "3 million", "periods": ["2021"],
        "strands.0.relevance.B.grade": 4, "strands": [],
    },
    "calls": {
        "topics.0.deadline.value": "21 January 2027", "topics.0.deadline_time": "5 pm", "topics.0.year": "2026",
        "topics.0.deadlines": {}, "topics.0.subject": GONE, "topics.0.budget.value": 0.5,
        "topics.0.eligibility": {"eu_rate": {"value": 90, "unverified": "not read"}},
    },
    "changes": {"on": "2026-11-31", "changes.0.id": "1", "changes.0.grade": "evidence", "changes.0.text": GONE},
    "case": {"on": "25/11/2026", "rank": 0, "held": "yes please", "because": GONE, "project.sumary": "A shelter."},
    "vocabulary": {"entries.0.definition": GONE, "entries.0.checked_on": "2026-13-01", "entries.0.lable": "Victims"},
    "lexicon": {"terms.victims_of_trafficking.de": "Opfer", "terms.victims_of_trafficking.ru": ["x"], "language": "de"},
    "project": {
        "summary": GONE, "start": "March 2027", "duration_months": "24 months", "partners.0.role": "leader",
        "applicant.country": "XX", "budget": 600000, "total_budget_eur": "600 000",
    },
    "ranking-weights": {"fitted_on": "today", "with_encoder.weights.text": 1.5, "with_encoder.weights.texts": 0.1},
    "policy-instruments": {"entries.0.year": 1811, "entries.0.celex": "2011/36", "entries.0.url": "https://x.eu"},
    "policy-actors": {"entries.0.kind": "person", "entries.0.ask_for": "a partner", "entries.0.role": GONE},
    "policy-statistics": {"entries.0.value": "63 %", "entries.0.unit": "%", "entries.0.period": "since 2023"},
    "policy-outreach": {"entries.0.checked_on": "yesterday", "entries.0.what": GONE, "entries.0.day": "18 October"},
    "policy-glossary": {"entries.0.meaning": GONE, "entries.0.field": "money", "entries.0.see": "partner"},
    "policy-predecessors": {"entries.0.period": "2007 to 2013", "entries.0.followed_by": GONE, "entries.0.url": "x"},
    "policy-outlook": {"entries.0.state_on": "2026-11", "entries.0.proposed_on": "2025-07-16", "entries.0.plans": "x"},
    "policy-coverage": {"entries.0.covered": True, "entries.0.named_in_brochure": "yes", "entries.0.why": GONE},
    "policy-approach": {"entries.0.signs": [], "entries.0.only_for": ["kids"], "entries.0.signs.0.checked_on": "2026"},
    "guidance-before_you_apply": {
        "entries.0.lead_time.value.least": "2 weeks", "entries.0.lead_time": {"least": 2}, "entries.0.concern": {},
    },
    "guidance-authorities": {"entries.0.country": GONE, "entries.0.programmes": "amif", "entries.0.phone": "112"},
    "guidance-time_to_grant": {"entries.0.months_to_sign": "3 months", "entries.0.months_to_answer": 60},
    "guidance-ways_in": {"entries.0.smallest_grant_eur": "EUR 5 000", "entries.0.strands": ["isf"], "sources": GONE},
    "guidance-fit": {"entries.0.theme": "costs", "entries.0.answer": "No.", "entries.0.checked_on": 2026},
}  # fmt: skip

SEEN_BY_THE_MODEL_ALONE = {
    "a fact without source": ("programme", "summary.sources", GONE),
    "a day of the check without source": ("calls", "topics.0.subject.sources", []),
    "a figure without source": ("policy-statistics", "entries.0.sources", []),
    "an unknown value without a reason": ("programme", "successor.unverified", GONE),
    "a source without an address or a place": ("calls", "sources.portal-2026.url", None),
    "a call that closes before it opens": ("calls", "topics.0.deadline.value", "2026-09-30"),
    "a grant above the budget": ("project", "requested_grant_eur", 700000),
    "a summary without words": ("project", "summary", "..."),
    "a case that expects nothing": ("case", "rank", GONE),
    "a question without its mark": ("guidance-fit", "entries.0.question", "Say which costs."),
    "an asterisk within a word": ("lexicon", "terms.victims_of_trafficking.en", ["vic*tim"]),
    "mark-up in a text": ("policy-glossary", "entries.0.meaning", "The <b>lead</b>."),
    "an address that is none": ("guidance-authorities", "entries.0.url", "example.gr"),
}
"""A schema judges one field at a time, and does not know the forms of our texts and addresses."""


def test_slips_are_tried_on_every_kind_of_file():
    assert {kind for kind, slips in WRONG.items() if len(slips) > 1} == set(MODELS)


@pytest.mark.parametrize(
    ("kind", "place", "value"),
    [(kind, place, value) for kind, slips in WRONG.items() for place, value in slips.items()],
)
def test_schema_and_model_refuse_the_same_slip(validators, vocabularies, kind, place, value):
    values = spoilt(validators[kind].schema["examples"][0], place, value)

    assert mistakes(validators[kind], values), "by the schema"
    assert problems(kind, values, vocabularies), "by the model"


@pytest.mark.parametrize(("kind", "place", "value"), SEEN_BY_THE_MODEL_ALONE.values(), ids=SEEN_BY_THE_MODEL_ALONE)
def test_what_a_schema_cannot_say_the_model_refuses(validators, vocabularies, kind, place, value):
    values = spoilt(validators[kind].schema["examples"][0], place, value)

    assert mistakes(validators[kind], values) == []
    assert problems(kind, values, vocabularies)


# -- whatever stands in a place, the mistake is told in our words

ODD = (
    None, True, 5, 0, -1, 10**30, -1.5, float("nan"), "", "x", "<b>", "2026-02-30", [], [1], ["x"] * 200, {}, {"a": 1},
    {1: 2}, [[1]], "\ud800", date(2026, 1, 1), datetime(2026, 1, 1, 1, tzinfo=UTC),
)  # fmt: skip
THE_VALIDATORS_WORDS = re.compile(r"Input|should|Value error|valid |pars|Datetimes|Keys|instance of")


def places_in(values: Any) -> Iterator[str]:
    """Every place of a file, dotted."""
    inside = values.items() if isinstance(values, dict) else enumerate(values) if isinstance(values, list) else ()
    for key, value in inside:
        yield str(key)
        yield from (f"{key}.{place}" for place in places_in(value))


@pytest.mark.parametrize("kind", MODELS)
def test_no_mistake_is_told_in_the_validators_own_words(validators, vocabularies, kind):
    example = validators[kind].schema["examples"][0]
    tried = ((place, value) for place in places_in(example) for value in ODD)

    found = [
        problem for place, value in tried for problem in problems(kind, spoilt(example, place, value), vocabularies)
    ]

    assert found
    assert not {problem.allowed for problem in found if THE_VALIDATORS_WORDS.search(problem.allowed)}
