"""The calls as they lie in `data/calls`: what their families promise must follow from their rounds."""

from collections import defaultdict

import pytest

from conftest import REPOSITORY
from thbfund import Catalogue
from thbfund.catalogue.calls import Calls

CLOSENESS = ("related", "close", "core")
NAMES = sorted(path.stem for path in (REPOSITORY / "data" / "calls").glob("*.yaml"))


@pytest.fixture(params=NAMES)
def calls(request, catalogue: Catalogue) -> Calls:
    return catalogue.calls[request.param]


def test_every_family_has_a_round(calls):
    assert [family.id for family in calls.families if not calls.in_family(family.id)] == []


def test_no_family_is_closer_to_trafficking_than_its_closest_round(calls):
    too_close = [
        family.id
        for family in calls.families
        if CLOSENESS.index(family.relevance)
        > max(CLOSENESS.index(topic.relevance) for topic in calls.in_family(family.id))
    ]

    assert too_close == []


def test_a_round_lies_in_the_strand_of_its_family(calls):
    strands = {family.id: family.strand for family in calls.families}

    assert [topic.id for topic in calls.topics if topic.family and strands[topic.family] != topic.strand] == []


def test_a_family_that_runs_on_in_the_next_period_keeps_its_relevance(catalogue):
    found = defaultdict(set)
    for calls in catalogue.calls.values():
        for family in calls.families:
            found[family.id].add(family.relevance)

    assert {family: grades for family, grades in found.items() if len(grades) > 1} == {}


def test_the_funds_for_migration_and_for_security_have_a_family_on_trafficking_in_both_periods(catalogue):
    core = {
        key for key, calls in catalogue.calls.items() if any(family.relevance == "core" for family in calls.families)
    }

    assert core >= {"amif-2014-2020", "amif-2021-2027", "isf-police-2014-2020", "isf-2021-2027"}
