"""Short phrases that rules and pages share."""

import pytest

from thbfund.rules.wording import joined, percent, sentence, span_of


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
