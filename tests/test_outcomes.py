"""Every answer of every rule, whole and word for word, as `cases/outcomes/outcomes.yaml` lists them."""

from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from factories import loaded_programme, loaded_vocabularies, make_project, make_strand
from thbfund.input.strict_yaml import read_yaml
from thbfund.rules import judge
from thbfund.rules.outcome import RuleName

ON = date(2026, 11, 23)
VOCABULARIES = loaded_vocabularies()
PATH = Path(__file__).parent / "cases" / "outcomes" / "outcomes.yaml"
CASES = [
    pytest.param(case, id=f"{case['rule']}, {case['case']}")
    for case in read_yaml(PATH.read_text(encoding="utf-8"), PATH.name).value
]
OF_TIME = {"in_force", "route_open"}  # test_rules_calendar.py has these


@pytest.mark.parametrize("case", CASES)
def test_a_rule_answers_word_for_word(case):
    programme = loaded_programme(strands=[make_strand(eligibility=case["conditions"])])
    project = make_project(VOCABULARIES, **case["project"])
    judgement = judge(programme, programme.strands[0], project, ON, VOCABULARIES)

    [found] = [outcome for outcome in judgement.outcomes if outcome.rule == case["rule"]]
    told = {
        "answer": found.answer,
        "reason": found.reason,
        "programme_value": found.programme_value,
        "applicant_value": found.applicant_value,
        "asks": found.asks,
        "gap": found.gap.text if found.gap else "",
    }
    plain = {name: value.replace("\N{NO-BREAK SPACE}", " ") for name, value in told.items()}
    assert plain == {name: case.get(name, "") for name in told}


def test_every_rule_on_the_project_is_listed_with_every_answer_it_has():
    answers = {(case.values[0]["rule"], case.values[0]["answer"]) for case in CASES}

    assert {rule for rule, _ in answers} == set(get_args(RuleName)) - OF_TIME
    assert all((rule, answer) in answers for rule, _ in answers for answer in ("met", "unknown", "not_met"))
