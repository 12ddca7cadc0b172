"""Short phrases that rules and pages share."""

import pytest

from factories import fact, loaded_vocabularies, make_conditions
from thbfund.rules.wording import joined, percent, sentence, span_of, types_in_words, with_no_others


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("add a partner", "Add a partner."),
        ("Enough.", "Enough."),
        ("enough!", "Enough!"),
        ("enough?", "Enough?"),
        ("EU money", "EU money."),
    ],
)
def test_a_phrase_becomes_a_sentence_with_one_mark_at_its_end(phrase, said):
    assert sentence(phrase) == said


@pytest.mark.parametrize(
    ("names", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c")]
)
def test_names_are_joined_as_one_reads_them(names, said):
    assert joined(names, "or") == said


@pytest.mark.parametrize(("share", "said"), [(0.9, "90 %"), (0.875, "87.5 %"), (1, "100 %"), (0.33333, "33.33 %")])
def test_a_share_is_told_in_percent(share, said):
    assert percent(share) == said


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (1, 2, "1 to 2"),
        (1, None, "at least 1"),
        (None, 2, "at most 2"),
        (None, None, "no limit"),
        (2, 2, "2"),
        (0, 0, "0"),
    ],
)
def test_a_span_is_told_by_the_bounds_it_has(low, high, said):
    assert span_of(low, high, str) == said


@pytest.mark.parametrize(
    ("listed", "others", "said"),
    [
        pytest.param("EU Member States", "closed", "EU Member States; no others", id="some and no others"),
        pytest.param("EU Member States", "unknown", "EU Member States", id="some, others not known"),
        pytest.param("", "closed", "none", id="none"),
        pytest.param("", "unknown", "not known", id="not known"),
    ],
)
def test_it_is_said_once_that_nobody_else_is_admitted_or_that_nothing_is_known(listed, others, said):
    assert with_no_others(listed, others) == said


@pytest.mark.parametrize(
    ("admission", "said"),
    [
        pytest.param({"others": "open"}, "all", id="whoever it is"),
        pytest.param({"closed_to": ["company"], "others": "open"}, "not: Company; all others too", id="all but some"),
        pytest.param({"others": "depends"}, "depends on the call", id="nothing but the call"),
        pytest.param(
            {"depends_on_call": ["company"], "others": "depends"},
            "depends on the call: Company; all others depend on the call",
            id="some named, and the others too",
        ),
    ],
)
def test_others_are_told_as_others_where_some_are_named(admission, said):
    found = make_conditions(applicant_types={"lead": fact(admission)}).applicant_types("lead")

    assert types_in_words(found.value, loaded_vocabularies()) == said
