"""Eligibility cases written as data: `tests/cases/*.yaml`, one list per family of programmes.

| field | meaning |
|---|---|
| `case` | what holds, in a sentence |
| `on` | the day of the answer |
| `programme` | the programme to look at, among those of all periods |
| `project` | a project file |
| `verdict` | the verdict we think best |
| `also_accept` | other verdicts that can be defended, where a strand or a single call may differ; any other is wrong |
| `rule`, `outcome` | the rule that decides, and what it must say |
| `successor` | for closed programmes: the one to point to |
| `because`, `source` | the reason in a sentence, and the page it rests on |
"""

from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from thbfund import Project
from thbfund.input.strict_yaml import Document, read_yaml
from thbfund.input.validation import build
from thbfund.rules.outcome import RuleName
from thbfund.rules.verdict import Verdict

FOLDER = Path(__file__).parent / "cases"
FIELDS = {"case", "on", "programme", "project", "verdict", "rule", "outcome", "because", "source"}
OPTIONAL = {"also_accept", "successor"}

CASES = [
    pytest.param(case, id=f"{path.stem}: {case['case']}")
    for path in sorted(FOLDER.glob("*.yaml"))
    for case in read_yaml(path.read_text(encoding="utf-8"), path.name).value
]


@pytest.mark.parametrize("case", CASES)
def test_case(matcher, case):
    found = _match(matcher, case)

    assert found.judgement.verdict in {case["verdict"], *case.get("also_accept", ())}, _told(found)
    outcomes = {outcome.rule: outcome.answer for outcome in found.judgement.outcomes}
    assert outcomes.get(case["rule"]) == case["outcome"], _told(found)
    if "successor" in case:
        assert found.programme.successor.value == case["successor"]


@pytest.mark.parametrize("case", CASES)
def test_case_is_well_formed(case):
    assert set(case) >= FIELDS
    assert set(case) <= FIELDS | OPTIONAL
    assert {case["verdict"], *case.get("also_accept", ())} <= set(get_args(Verdict))
    assert case["rule"] in get_args(RuleName)
    assert case["source"].startswith("http")


def test_cases_come_with_their_opposites():
    outcomes = {case.values[0]["outcome"] for case in CASES}

    assert outcomes == {"met", "not_met", "unknown"}
    assert len({case.id for case in CASES}) == len(CASES) >= 30


def _match(matcher, case: dict[str, Any]):
    project = build(Project, Document(case["project"]), "case", {"vocabularies": matcher.catalogue.vocabularies})
    report = matcher.match(project, date.fromisoformat(case["on"]), "all")
    return next(found for found in report.matches if found.programme.id == case["programme"])


def _told(found) -> str:
    judgement = found.judgement
    lines = [f"{outcome.rule}: {outcome.answer}: {outcome.reason}" for outcome in judgement.outcomes]
    others = [f"{other.strand.id}: {other.verdict}" for other in found.others]
    return "\n".join([f"{judgement.strand.id}: {judgement.verdict}", *lines, *others])
