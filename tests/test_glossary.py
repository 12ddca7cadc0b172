"""Words of the field explained where they stand."""

import pytest

from test_app import _fixed_day, markdown, opened  # noqa: F401 - the fixture holds the day still
from thbfund import Catalogue


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
