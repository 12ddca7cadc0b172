"""Just in, just out: pairs of projects at the boundary of every criterion, written as data in `cases/boundaries`."""

from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from thbfund import Project
from thbfund.input.strict_yaml import Document, read_yaml
from thbfund.input.validation import build
from thbfund.rules import judge
from thbfund.rules.outcome import RuleName

FOLDER = Path(__file__).parent / "cases" / "boundaries"
FIELDS = {"strand", "rule", "says", "in", "out", "source"}

FILES = {path.stem: read_yaml(path.read_text(encoding="utf-8"), path.name).value for path in FOLDER.glob("*.yaml")}
PAIRS = [
    pytest.param(content, pair, id=f"{name}: {pair['says']}")
    for name, content in sorted(FILES.items())
    for pair in content["pairs"]
]


def outcome(catalogue, content, pair, side):
    programme = catalogue.programmes[content["programme"]]
    strand = next(strand for strand in programme.strands if strand.id == pair["strand"])
    values = Document({**content["project"], **pair[side]})
    project = build(Project, values, "pair", {"vocabularies": catalogue.vocabularies})
    judgement = judge(programme, strand, project, date.fromisoformat(content["on"]), catalogue.vocabularies)
    return next(found for found in judgement.outcomes if found.rule == pair["rule"])


@pytest.mark.parametrize(("content", "pair"), PAIRS)
def test_just_in_is_met_and_just_out_is_not(catalogue, content, pair):
    inside, outside = (outcome(catalogue, content, pair, side) for side in ("in", "out"))

    assert inside.answer == pair.get("in_is", "met"), inside.reason
    assert outside.answer == pair.get("out_is", "not_met"), outside.reason


@pytest.mark.parametrize(("content", "pair"), PAIRS)
def test_a_pair_is_well_formed_and_cites_a_source_of_the_programme(catalogue, content, pair):
    assert set(pair) - {"in_is", "out_is"} == FIELDS
    assert pair["rule"] in get_args(RuleName)
    assert pair["source"].partition(" ")[0] in catalogue.programmes[content["programme"]].sources


def test_every_file_is_named_after_its_programme():
    assert {name: content["programme"] for name, content in FILES.items()} == {name: name for name in FILES}
