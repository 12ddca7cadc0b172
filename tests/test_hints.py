"""A thin description is told what to add; a hint goes away once it is met."""

from datetime import date

import pytest

from factories import make_project
from thbfund.hints import ASPECTS, hints
from thbfund.matching import THIN_WORDS
from thbfund.said import Said

DAY = date(2026, 11, 25)
TOLD = {
    "whom": "women who were trafficked",
    "against_what": "sexual exploitation",
    "how": "we give legal aid",
    "where": "in Italy",
    "with_whom": "with partners",
    "how_many": "for 120 people",
}


@pytest.fixture
def aspects(matcher):
    """The aspects that a description is told to add."""

    def found(summary, **fields):
        project = make_project(matcher.catalogue.vocabularies, summary=summary, **{"applicant": None} | fields)
        return [hint.aspect for hint in hints(matcher.match(project, DAY))]

    return found


def test_a_text_that_tells_nothing_is_told_all(aspects):
    assert aspects("Something good.") == list(ASPECTS)


@pytest.mark.parametrize("aspect", TOLD)
def test_a_hint_goes_away_once_it_is_met(aspects, aspect):
    others = ". ".join(said for name, said in TOLD.items() if name != aspect)
    assert aspect not in aspects(f"{others}. {TOLD[aspect]}.")


@pytest.mark.parametrize("aspect", ["how", "where", "with_whom", "how_many"])
def test_only_what_is_left_out_is_asked_for(aspects, aspect):
    others = ". ".join(said for name, said in TOLD.items() if name != aspect)
    assert aspects(others) == [aspect]


@pytest.mark.parametrize(("words", "asked"), [(THIN_WORDS - 1, True), (THIN_WORDS, False)])
def test_partners_and_numbers_are_asked_of_thin_texts_alone(aspects, words, asked):
    summary = " ".join(["word"] * words)
    assert ("how_many" in aspects(summary)) == asked
    assert "where" in aspects(summary)


@pytest.mark.parametrize(
    ("summary", "asked"),
    [("It begins in 2027.", True), ("It follows Directive 2011/36/EU.", True), ("It reaches 2500 women.", False)],
)
def test_a_year_or_the_number_of_a_law_is_no_number_of_people(aspects, summary, asked):
    assert ("how_many" in aspects(summary)) == asked


def test_partners_in_the_form_answer_with_whom(aspects):
    assert "with_whom" not in aspects("Something good.", partners=[{"country": "ES"}])


@pytest.mark.parametrize(
    "summary",
    [
        "Razem z policją.",
        "we współpracy z policją",
        "bi tmexxija ta' imsieħba",
        "in close co-operation with the police",
        "con nuestros socios",
        "Zusammen mit der Polizei.",
        "avec nos partenaires",
        "Заедно с полицията",  # noqa: RUF001 - Bulgarian
        "junto a la policía",
    ],
)
def test_working_together_is_seen_in_other_languages(aspects, summary):
    assert "with_whom" not in aspects(summary)


@pytest.mark.parametrize(
    "summary",
    [
        pytest.param("Apoyamos la inserción socio-laboral de mujeres.", id="socio- is no partner"),
        pytest.param("Samen är ett folk i norra Sverige som vi hjälper.", id="a word of another language"),
    ],
)
def test_what_only_looks_like_working_together_is_none(aspects, summary):
    assert "with_whom" in aspects(summary)


@pytest.mark.parametrize("aspect", ASPECTS)
def test_every_hint_can_be_said_in_other_languages(aspect):
    assert all(isinstance(said, Said) for said in ASPECTS[aspect])
