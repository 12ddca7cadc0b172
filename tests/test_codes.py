"""Every code of a problem stands in one table, in the staff guide, and is really raised when something goes wrong."""

import ast
import json
import re
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import REPOSITORY
from factories import (
    CHECKED_ON,
    changed,
    dumped,
    fact,
    loaded_vocabularies,
    make_programme,
    make_vocabulary,
    other_value,
    unverified,
    write_catalogue,
)
from test_checks import MISTAKES
from test_damaged_files import DAMAGES
from test_editorial import EDITORIAL_MISTAKES, make_topic
from thbfund.catalogue import check_catalogue, load_catalogue
from thbfund.catalogue.codes import CODES
from thbfund.catalogue.evidence import COLUMNS
from thbfund.catalogue.guidance import GUIDANCE_FILES
from thbfund.catalogue.labelled import read_records
from thbfund.catalogue.ranking_data import read_vectors
from thbfund.catalogue.vocabulary import VOCABULARIES
from thbfund.cli import main
from thbfund.evaluation.cases import read_case, read_cases
from thbfund.input.problems import InputError
from thbfund.input.strict_yaml import MAX_DEPTH
from thbfund.project import read_project
from thbfund.staff.new_case import add_case

PARAMETRISED = {
    *(damage.code for damage in DAMAGES.values()),
    *(expected[0] for _, expected in MISTAKES.values()),
    *(expected[0] for _, expected in EDITORIAL_MISTAKES.values()),
}
"""Codes that the parametrised tests of three other files assert one by one."""


# ---- the other codes: what brings each of them about ----

LANTERN = "calls/lantern-2021-2027.yaml"
CSV_HEAD = ",".join(COLUMNS) + "\n"


def of_files(files):
    """The codes of the tiny catalogue with some files written anew; `None` removes one."""

    def raised(folder: Path) -> set[str]:
        write_catalogue(folder)
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            if content is None:
                path.unlink()
            else:
                path.write_text(content if isinstance(content, str) else dumped(content), encoding="utf-8")
        return {problem.code for problem in check_catalogue(folder)[1]}

    return raised


def read_before(on):
    """The codes of the tiny catalogue on a day before its facts were read."""
    return lambda folder: {problem.code for problem in check_catalogue(write_catalogue(folder), on)[1]}


def of_call(**topic):
    sources = {"law": {"title": "Lantern law", "url": "https://lantern.example/law", "kind": "law"}}
    return of_files({LANTERN: {"programme": "lantern-2021-2027", "topics": [make_topic(**topic)], "sources": sources}})


def of_evidence(line):
    return of_files({"evidence/projects.csv": CSV_HEAD + line})


def of_policy(stem, **entry):
    file = {"id": stem, "title": stem, "description": stem, "entries": [{"id": "one", **entry}], "sources": {}}
    return of_files({f"policy/{stem}.yaml": file})


def of_guidance(**entry):
    """The codes of five guidance files of which the first holds one entry."""
    whole = {"id": "one", "kind": "policy", "title": "One", "text": "One.", "unverified": "invented", **entry}
    files = {
        f"guidance/{stem}.yaml": {"id": stem, "title": stem, "description": stem, "entries": [], "sources": {}}
        for stem in GUIDANCE_FILES
    }
    files["guidance/before_you_apply.yaml"]["entries"] = [whole]
    return of_files(files)


def of_project(content):
    def raised(_folder: Path) -> set[str]:
        text = content if isinstance(content, str) else json.dumps(content)
        with pytest.raises(InputError) as error:
            read_project(text.encode(), "project", loaded_vocabularies())
        return {problem.code for problem in error.value.problems}

    return raised


def of_vectors(content):
    def raised(_: Path) -> set[str]:
        with pytest.raises(InputError) as error:
            read_vectors(content, "vectors.tsv")
        return {problem.code for problem in error.value.problems}

    return raised


def of_records(content):
    def raised(folder: Path) -> set[str]:
        folder.mkdir(parents=True)
        (folder / "l.jsonl").write_text(content, encoding="utf-8")
        with pytest.raises(InputError) as error:
            read_records(folder / "l.jsonl")
        return {problem.code for problem in error.value.problems}

    return raised


def an_export_into_nowhere(folder: Path) -> set[str]:
    arguments = ["--data", str(write_catalogue(folder)), "catalogue", "export", "-o", str(folder / "no" / "out.json")]
    return set(re.findall(r"error ([a-z-]+):", CliRunner().invoke(main, arguments).stderr))


def of_case(**changes):
    """The codes of a case for the tiny catalogue."""

    def raised(folder: Path) -> set[str]:
        values = {"id": "one", "on": CHECKED_ON, "project": {"summary": "A shelter."}, "programme": "lantern-2021-2027",
                  "rank": 1, "because": "It pays.", "reported_on": CHECKED_ON, "held": True, **changes}  # fmt: skip
        with pytest.raises(InputError) as error:
            read_case(dumped(values).encode(), "one.yaml", load_catalogue(write_catalogue(folder)))
        return {problem.code for problem in error.value.problems}

    return raised


def no_cases(folder: Path) -> set[str]:
    catalogue = load_catalogue(write_catalogue(folder))
    with pytest.raises(InputError) as error:
        read_cases(folder / "evidence", catalogue)
    return {problem.code for problem in error.value.problems}


def a_case_twice(folder: Path) -> set[str]:
    add_case(folder, "one", "id: one\n")
    with pytest.raises(InputError) as error:
        add_case(folder, "one", "id: one\n")
    return {problem.code for problem in error.value.problems}


def routes(**changes):
    return of_files({"vocabularies/routes.yaml": make_vocabulary("routes", **changes)})


def evidence_line(**cells):
    values = {"id": "one", "title": "One", "programme": "lantern-2021-2027", "countries": "IT", "label_basis": "stated",
              "summary": "word " * 20, "source_url": "https://l.example/", "checked_on": CHECKED_ON}  # fmt: skip
    return ",".join({**dict.fromkeys(COLUMNS, ""), **values, **cells}.values()) + "\n"


PROPOSAL = {
    "unverified": "invented",
    "name": "Torch Fund", "documents": unverified(["COM(2025) 1"]), "proposed_on": unverified("2025-07-16"),
    "plan": "It will replace the Lantern Fund.", "anti_trafficking": unverified("Named."), "for_ngos": "Wait.",
    "state": unverified("In debate."), "state_on": CHECKED_ON,
}  # fmt: skip

FURTHER = {
    "amount-out-of-range": of_project({"summary": "x", "total_budget_eur": -1}),
    "bad-record": of_records('{"id": 5}\n'),
    "bad-vector": of_vectors("nonsense\n"),
    "call-differs-from-strand": of_call(eligibility={"eu_rate": fact(0.95)}),
    "concerns-nobody": of_guidance(concerns={"routes": ["commission_call"], "management_modes": ["shared"]}),
    "duplicate-topic": of_files(
        {
            name: {"programme": Path(name).stem, "topics": [make_topic()], "sources": {
                "law": {"title": "Law", "url": "https://l.example/", "kind": "law"}}}
            for name in (LANTERN, "calls/candle-2014-2020.yaml")
        }
    ),
    "file-exists": a_case_twice,
    "formula-cell": of_evidence(evidence_line(title="=1+1")),
    "grant-above-budget": of_project({"summary": "x", "total_budget_eur": 1, "requested_grant_eur": 2}),
    "key-not-text": of_files({LANTERN: "? [a, b]\n: c\n"}),
    "lead-not-in-countries": of_evidence(evidence_line(lead_country="DE")),
    "line-break": routes(title="Two\nlines"),
    "own-successor": of_files({"programmes/compass-2021-2027.yaml": dumped(
        make_programme(id="compass-2021-2027", successor=fact("compass-2021-2027")))}),
    "checked-in-future": read_before(date(2020, 1, 1)),
    "no-cases": no_cases,
    "no-programmes": of_files({"programmes/" + name: None for name in
                               ("lantern-2021-2027.yaml", "compass-2021-2027.yaml", "candle-2014-2020.yaml")}),
    "better-source-disagrees": of_call(
        subject={**unverified("Shelters."), "disputed": [other_value("Lamps.", sources=["law"])]}
    ),
    "nothing-disputed": of_call(deadline=fact("2025-06-30", disputed=[other_value("2025-06-30")])),
    "no-records": of_records("\n"),
    "not-a-block": of_files({LANTERN: "- a list\n"}),
    "not-a-citation": of_call(subject=fact("Shelters.", sources=[" "])),
    "not-a-number": of_call(eligibility={"eu_rate": fact("much")}),
    "not-an-amount": of_project({"summary": "x", "total_budget_eur": "600.000"}),
    "not-csv": of_evidence('"open quote\n'),
    "not-json": of_project('{"summary": "x", "summary": "y"}'),
    "not-text": routes(title=5),
    "personal-data": of_case(project={"summary": "Call Maria Ionescu on +40 21 555 01 23."}),
    "priority-not-served": of_files({}),
    "programme-without-area": of_policy("coverage", area="Light", named_in_brochure=False, covered="yes",
                                        why="Our choice.", unverified="not read yet"),
    "proposal-as-law": of_policy("outlook", **PROPOSAL),
    "source-without-url": routes(sources={"law": {"title": "Law", "kind": "law"}}),
    "summary-length": of_evidence(evidence_line(summary="Too short")),
    "target-group-not-served": of_files({}),
    "text-too-long": of_project({"summary": "shelter " * 10_000}),
    "too-deep": of_files({LANTERN: "[" * (MAX_DEPTH + 2)}),
    "too-large": of_files({LANTERN: "#" * 2_000_001}),
    "incomplete-tag": of_files({
        "vocabularies/priorities.yaml": changed(make_vocabulary("priorities"), "entries.0.examples", []),
    }),
    "one-sided-counterpart": routes(entries=[
        {"id": name, "label": name, "definition": name, "unverified": "invented", "counterparts": others}
        for name, others in (("commission_call", ["national_authority"]), ("national_authority", []),
                             ("eu_delegation_call", []))
    ]),
    "unknown-article": of_files({
        "vocabularies/activities.yaml": changed(make_vocabulary("activities"), "entries.0.articles", ["D-99"]),
    }),
    "unknown-activity-family": of_files({
        "vocabularies/activities.yaml": changed(make_vocabulary("activities"), "entries.0.family", "helpin"),
    }),
    "unknown-family": of_call(family="lamps"),
    "unknown-instrument": of_policy("instruments", kind="directive", title="T", year=2011, what="W", follows=["none"],
                                    unverified="invented"),
    "unknown-strand": of_call(strand="cellar"),
    "unknown-term": of_policy("glossary", field="app", term="Strand", meaning="A part.", see=["nothing"]),
    "unread-file": of_files({"programmes/torch.yml": "id: torch\n"}),
    "unreadable-file": of_files({"vocabularies/routes.yaml": None}),
    "unwritable-file": an_export_into_nowhere,
    "wrong-header": of_files({"evidence/projects.csv": "name\n"}),
    "wrong-number-of-cells": of_evidence("one,two\n"),
}  # fmt: skip


@pytest.mark.parametrize("code", sorted(CODES.keys() - PARAMETRISED))
def test_a_code_is_raised_by_what_it_stands_for(code, tmp_path):
    assert code in FURTHER, "write down what brings this code about"
    assert code in FURTHER[code](tmp_path / "data")


def test_nothing_is_raised_that_the_table_does_not_hold():
    assert (PARAMETRISED | FURTHER.keys()) - CODES.keys() == set()


# ---- the table and its copies ----

RAISING = {"Problem", "wrong_value", "wrong_term", "_refusal", "_problem", "add", "_add", "add_unknown",
           "_add_unknown"}  # fmt: skip
CODE = re.compile(r"[a-z]+(-[a-z0-9]+)+|alias|html|tag")


def first_code(call: ast.Call) -> str:
    texts = [part.value for part in call.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    return next((text for text in texts if CODE.fullmatch(text)), "")


def codes_in_source() -> set[str]:
    """The literal codes with which problems are made, wherever that happens."""
    trees = [ast.parse(file.read_text("utf-8")) for file in (REPOSITORY / "src").rglob("*.py")]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    found = [first_code(call) for call in calls if getattr(call.func, "id", getattr(call.func, "attr", "")) in RAISING]
    return set(found) - {""}


def test_every_code_in_the_source_stands_in_the_table():
    from thbfund.input.validation import _KINDS

    of_vocabularies = {f"unknown-{entry}" for name, entry in VOCABULARIES.items() if name != "country_groups"}
    used = codes_in_source() | {code for code, _ in _KINDS.values()} | of_vocabularies
    assert used - CODES.keys() == set(), "add them to src/thbfund/catalogue/codes.py and data/README.md"


def test_the_staff_guide_shows_the_table():
    guide = (REPOSITORY / "data/README.md").read_text(encoding="utf-8").partition("## Problem codes")[2]
    rows = [line for line in guide.splitlines() if line.startswith("| `")]

    assert rows == [f"| `{code.name}` | {code.severity} | {code.what} | {code.fix} |" for code in CODES.values()]


@pytest.mark.parametrize("code", CODES.values(), ids=list(CODES))
def test_a_code_says_what_it_means_and_what_to_do(code):
    assert CODE.fullmatch(code.name)
    assert len(code.what) > 10
    assert len(code.fix) >= 6
    assert not {"|", "\n"} & set(code.what + code.fix), "it stands in a table"
