"""A link carries the structured fields of a project and never a word of its text; hostile values are refused."""

from datetime import date
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import make_project
from strategies import TYPES, project_values
from thbfund import Catalogue, Project
from thbfund.input.strict_yaml import Document
from thbfund.input.validation import build
from thbfund.link import LONGEST_PART, PARTS, from_query, to_query
from thbfund.matching import PERIOD_CHOICES

DAYS = st.dates(date(2014, 1, 1), date(2034, 12, 31))
PROGRAMMES = ["lantern-2021-2027", "compass-2021-2027", "candle-2014-2020"]

shared_values = st.fixed_dictionaries(
    {
        "fields": project_values,
        "start": st.none() | DAYS,
        "priorities": st.none() | st.lists(st.sampled_from(["A", "B", "X1"]), max_size=2),
        "shortlist": st.none() | st.lists(st.sampled_from(PROGRAMMES), max_size=3, unique=True),
        "on": st.none() | DAYS,
        "period": st.sampled_from(PERIOD_CHOICES),
        "compared": st.lists(st.sampled_from(PROGRAMMES), max_size=3, unique=True),
    }
)


def project_of(values: dict, tiny: Catalogue, **changes: object) -> Project:
    fields = {**values["fields"], **{name: values[name] for name in ("start", "priorities", "shortlist")}, **changes}
    return build(Project, Document(fields), "project", {"vocabularies": tiny.vocabularies})


@given(values=shared_values)
def test_a_link_gives_back_the_fields_it_was_made_of(values: dict, tiny: Catalogue) -> None:
    project = project_of(values, tiny)
    found = from_query(to_query(project, values["on"], values["period"], values["compared"]), tiny)
    restored = build(
        Project, Document({"summary": project.summary, **found.fields}), "link", {"vocabularies": tiny.vocabularies}
    )
    assert restored == project
    assert found.on == values["on"]
    assert (found.period or "open") == values["period"]
    assert list(found.compared) == values["compared"]
    assert not found.problems
    assert not found.ignored


words = st.text(min_size=1, max_size=60).filter(lambda text: any(character.isalnum() for character in text))


@given(values=shared_values, summary=words, title=words, name=words)
def test_no_word_of_text_title_or_name_gets_into_a_link(
    values: dict, summary: str, title: str, name: str, tiny: Catalogue
) -> None:
    applicant = values["fields"]["applicant"]
    one = project_of(values, tiny, summary="A", language="en")
    other = project_of(values, tiny, summary=summary, title=title, language="fr", applicant={**applicant, "name": name})
    assert to_query(other) == to_query(one), "whatever was written, the link is the same"


def test_a_marked_word_is_nowhere_in_a_link(tiny: Catalogue) -> None:
    project = make_project(
        tiny.vocabularies,
        summary="Quillmark zebrawood.",
        title="Fennelgate",
        applicant={"name": "Ostrichbell", "type": "ngo", "country": "DE"},
    )
    link = urlencode(to_query(project)).casefold()
    assert link == "type=ngo&country=de"


def test_a_field_left_open_and_one_that_says_none_are_told_apart(tiny: Catalogue) -> None:
    assert "partners" not in to_query(make_project(tiny.vocabularies))
    query = to_query(make_project(tiny.vocabularies, partners=[]))
    assert query["partners"] == "none"
    assert from_query(query, tiny).fields["partners"] == ()


HOSTILE = {
    "type": ["<script>alert(1)</script>", "", "ngo,ngo", "x" * (LONGEST_PART + 1)],
    "country": ["Atlantis", "../../etc", "DE\x00"],
    "partners": ["ngo:DE:king", "ngo:DE:partner:more", "a" * 5000, ",".join(["ngo"] * 201)],
    "third_country": ["maybe", "1"],
    "start": ["2026-13", "tomorrow", "9" * 30],
    "places": ["DE,Atlantis", ""],
    "people": ["robots"],
    "activities": ["shelter,shelter;drop"],
    "priorities": ["Z9"],
    "shortlist": ["marshall-plan", "<b>", "a" * 100],
    "budget": ["-1", "1e9", "NaN", "\N{ARABIC-INDIC DIGIT ONE}", "1.2.3", "9" * 400],
    "grant": ["inf", " 5"],
    "months": ["0", "2.5", "1000"],
    "on": ["1999-01-01", "2035-01-01", "now"],
    "period": ["2028-2034", "<"],
    "compare": ["marshall-plan"],
}


@pytest.mark.parametrize(("part", "value"), [(part, value) for part, several in HOSTILE.items() for value in several])
def test_a_hostile_value_is_refused_with_a_reason_and_the_rest_is_kept(part: str, value: str, tiny: Catalogue) -> None:
    other = {"months": "24"} if part != "months" else {"type": "ngo"}
    found = from_query({**other, part: value}, tiny)
    assert [problem.field for problem in found.problems] == [part]
    assert all(len(problem.message) < 200 and problem.allowed for problem in found.problems)
    assert found.fields.get("duration_months") == 24 or found.fields["applicant"]["type"] == "ngo"


def test_every_part_of_a_link_has_hostile_values_in_these_tests() -> None:
    assert set(HOSTILE) == set(PARTS)


def test_more_than_four_programmes_are_not_compared(catalogue: Catalogue) -> None:
    found = from_query({"compare": ",".join(list(catalogue.programmes)[:5])}, catalogue)
    assert len(found.compared) == 4
    assert [problem.field for problem in found.problems] == ["compare"]


def test_a_grant_above_the_budget_is_refused_and_the_budget_kept(tiny: Catalogue) -> None:
    found = from_query({"budget": "1000", "grant": "1001"}, tiny)
    assert [problem.field for problem in found.problems] == ["grant"]
    assert found.fields == {"total_budget_eur": 1000}


def test_unknown_parts_are_ignored_and_named_in_short(tiny: Catalogue) -> None:
    found = from_query({"type": "ngo", "utm_source": "x", "y" * 500: "z"}, tiny)
    assert found.ignored[0] == "utm_source"
    assert len(found.ignored[1]) <= 80
    assert not found.problems


@given(query=st.dictionaries(st.sampled_from(PARTS) | st.text(max_size=10), st.text(max_size=40), max_size=6))
def test_whatever_stands_in_a_link_there_is_an_answer(query: dict[str, str], tiny: Catalogue) -> None:
    found = from_query(query, tiny)
    build(Project, Document({"summary": "A", **found.fields}), "link", {"vocabularies": tiny.vocabularies})


@pytest.mark.parametrize("kind", TYPES)
def test_an_empty_link_says_nothing_and_any_type_something(kind: str, tiny: Catalogue) -> None:
    assert not from_query({}, tiny).says_anything
    assert from_query({"type": kind}, tiny).says_anything
