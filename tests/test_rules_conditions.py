"""Where a condition comes from: of call, strand and programme the innermost that says anything, with its proof."""

from dataclasses import replace
from datetime import date

import pytest

from factories import (
    fact,
    loaded_calls,
    loaded_programme,
    loaded_vocabularies,
    make_project,
    make_strand,
    make_topic,
    other_value,
    unverified,
)
from thbfund.rules import judge
from thbfund.rules.conditions import CallTopic, Conditions
from thbfund.rules.outcome import Basis

ON = date(2026, 6, 1)
CALL_PAGE = {"page": {"title": "Call page", "url": "https://lantern.example/call", "kind": "commission"}}
READ_IN_CALL = {"sources": ["page p. 2"], "checked_on": "2026-05-20"}
LAW = Basis("Lantern law, Art. 1", "https://lantern.example/law", date(2026, 1, 15))
IN_CALL = Basis("Call page, p. 2", "https://lantern.example/call", date(2026, 5, 20), "call")


def conditions(programme=None, strand=None, call=None, on=ON):
    """The conditions of a strand where programme, strand and call set these."""
    found = loaded_programme(eligibility=programme or {}, strands=[make_strand(eligibility=strand or {})])
    topic = None
    if call is not None:
        calls = loaded_calls([make_topic(eligibility=call, subject=fact("Light.", **READ_IN_CALL),
                                         opens_on=fact("2026-05-21", **READ_IN_CALL),
                                         deadline=fact("2026-09-03", **READ_IN_CALL))], sources=CALL_PAGE)  # fmt: skip
        topic = CallTopic(calls.topics[0], calls.sources)
    return Conditions(found, found.strands[0], on, topic)


RATE = {"eu_rate": fact(0.9)}


@pytest.mark.parametrize(
    ("layers", "value", "basis"),
    [
        pytest.param({"programme": {"eu_rate": fact(0.7)}}, 0.7, replace(LAW, level="programme"), id="programme"),
        pytest.param(
            {"programme": {"eu_rate": fact(0.7)}, "strand": {"eu_rate": fact(0.8)}},
            0.8,
            replace(LAW, level="strand"),
            id="strand before programme",
        ),
        pytest.param(
            {"strand": {"eu_rate": fact(0.8)}, "call": {"eu_rate": fact(0.9, **READ_IN_CALL)}},
            0.9,
            IN_CALL,
            id="call before strand, with the sources of its own file",
        ),
        pytest.param(
            {"strand": {"eu_rate": fact(0.8, set_by="call")}, "call": {}},
            0.8,
            replace(LAW, level="strand", by_call=True),
            id="a usual value, where the call is silent",
        ),
        pytest.param(
            {"strand": {"eu_rate": unverified(0.8, "nobody read it", set_by="call")}},
            0.8,
            Basis(level="strand", unverified="nobody read it", by_call=True),
            id="not confirmed",
        ),
    ],
)
def test_a_condition_is_that_of_the_innermost_layer_with_its_proof(layers, value, basis):
    found = conditions(**layers).of("eu_rate")

    assert (found.value, found.basis) == (value, basis)


def test_a_condition_that_no_layer_sets_is_none():
    assert conditions(call={}).of("eu_rate") is None


@pytest.mark.parametrize(("set_by", "by_call"), [("call", True), ("programme", False)])
def test_what_other_sources_say_may_be_changed_by_a_call_like_the_value_itself(set_by, by_call):
    rate = fact(0.9, set_by=set_by, disputed=[other_value(0.8)])

    [other] = conditions(strand={"eu_rate": rate}).of("eu_rate").others
    assert other.basis == replace(LAW, source="Lantern law, Art. 2", level="strand", by_call=by_call)


@pytest.mark.parametrize(
    ("on", "overdue"),
    [(date(2027, 1, 15), ""), (date(2027, 1, 16), "more than a year ago")],
    ids=["a year after the check", "a day later"],
)
@pytest.mark.parametrize("layer", ["programme", "strand"])
def test_a_check_of_a_condition_grows_too_old_in_every_layer(on, overdue, layer):
    assert conditions(**{layer: RATE}, on=on).of("eu_rate").basis.overdue == overdue


def test_the_checks_of_a_closed_programme_do_not_grow_too_old():
    """What nobody can apply for any more does not change any more."""
    assert conditions(strand=RATE, on=date(2035, 1, 1)).of("eu_rate").basis.overdue == ""


def test_what_is_to_be_checked_by_hand_comes_from_all_layers_the_innermost_first():
    one = {"text": "Programme.", "sources": ["law Art. 1"], "checked_on": "2026-01-15"}
    layers = {
        "programme": {"also_check": [one]},
        "strand": {"also_check": [{**one, "text": "Strand."}]},
        "call": {"also_check": [{**one, "text": "Call.", **READ_IN_CALL}]},
    }
    found = conditions(**layers).also_check()

    assert [(item.text, basis.level) for item, basis in found] == [
        ("Call.", "call"),
        ("Strand.", "strand"),
        ("Programme.", "programme"),
    ]


def test_a_call_is_judged_by_its_own_conditions_in_the_strand_it_opens():
    vocabularies = loaded_vocabularies()
    asked = make_project(vocabularies, total_budget_eur=100_000, requested_grant_eur=90_000)
    by_call = conditions(strand={"eu_rate": fact(0.8)}, call={"eu_rate": fact(0.9, **READ_IN_CALL)})
    programme, strand = by_call.programme, by_call.strand

    answers = {}
    for name, call in (("call", by_call.call), ("strand", None)):
        judgement = judge(programme, strand, asked, ON, vocabularies, call)
        assert judgement.strand is strand
        answers[name] = next(outcome.answer for outcome in judgement.outcomes if outcome.rule == "eu_rate")
    assert answers == {"call": "met", "strand": "not_met"}
