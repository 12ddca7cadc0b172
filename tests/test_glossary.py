"""Words of the field explained where they stand."""

import pytest

from test_app import _fixed_day, markdown, opened  # noqa: F401 - the fixture holds the day still
from thbfund import Catalogue
from thbfund.catalogue.policy import GlossaryTerm
from thbfund.web.glossary import terms_in

GLOSSARY = [
    GlossaryTerm(id=key, field="grants", term=term, meaning="invented")
    for key, term in [
        ("call", "Call for lamps"), ("partner", "Partner"), ("associated", "Associated partner"),
        ("lead", "Lead or coordinator"), ("pass", "Regranting, cascade funding"), ("unit", "Unit (UN)"),
    ]
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A partner joins.", ["partner"]),
        ("PARTNERS join", ["partner"]),
        ("An associated partner joins", ["associated"]),
        ("the coordinator, then a partner", ["lead", "partner"]),
        ("the lead and the lead", ["lead"]),
        ("leading partnership", []),
        ("cascade funding", []),
        ("regranting by a unit", ["pass", "unit"]),
        ("", []),
        ("a call for lamps", ["call"]),
    ],
)
def test_terms_are_found_as_whole_words_the_longest_first(text: str, found: list[str]) -> None:
    assert [one.id for one in terms_in(text, GLOSSARY)] == found


def test_a_glossary_without_terms_finds_none() -> None:
    assert terms_in("a partner", []) == []


@pytest.mark.parametrize(
    ("page", "query", "words"),
    [
        ("programme", {"id": "cerv"}, ["consortium", "eu-rate", "lead"]),
        ("calls", {}, ["topic", "expected-call"]),
    ],
)
def test_a_page_explains_its_words_and_links_to_all_of_them(
    page: str, query: dict[str, str], words: list[str], catalogue: Catalogue
) -> None:
    app = opened(page, **query)
    said = markdown(app)
    assert any(found.label == "Words on this page" for found in app.expander)
    assert {one.id for one in catalogue.policy.glossary} >= set(words)
    assert all(f"policy?part=glossary#{word}" in said for word in words)
