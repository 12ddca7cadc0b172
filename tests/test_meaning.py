"""Meaning by words alone: what stands in the same texts points the same way. The corpus is invented."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from factories import SAFE_PLACE, labelled_record, make_project
from strategies import VOCABULARIES
from thbfund.ranking import meaning
from thbfund.ranking.meaning import WordMeaning
from thbfund.ranking.similarity import terms
from thbfund.text import Reader

STRANDS = ["ships sail oceans", "harbours shelter vessels", "orchards yield apples"]
PROJECTS = {
    "fleet": "ships and vessels sail together",
    "quay": "vessels moor while ships unload",
    "cider": "apples and pears ferment",
    "perry": "pears from old orchards",
}
NONE = frozenset()


@pytest.fixture(scope="module")
def english(tiny):
    """A text that was read as English; what is compared are the terms that a test gives beside it."""
    return Reader(tiny).read(make_project(VOCABULARIES, summary=SAFE_PLACE))


def words(projects=PROJECTS):
    """Meaning as it is learnt from the corpus."""
    return WordMeaning(STRANDS, [labelled_record(id=key, description=text) for key, text in projects.items()])


def asked(text):
    return Counter(terms(text))


def test_texts_without_a_word_in_common_are_near_where_their_words_keep_company(english, monkeypatch):
    monkeypatch.setattr(meaning, "DIMENSIONS", 2)  # the corpus tells of two things

    near = words().near(english, asked("sail"), NONE)

    _, harbours, orchards = near.strands
    assert harbours > 0.5
    assert orchards == 0
    assert near.projects[:2].min() > 0 > near.projects[2:].max()


def test_with_a_direction_for_each_text_words_count_singly(english):
    ships, harbours, orchards = words().near(english, asked("oceans"), NONE).strands

    assert ships > max(harbours, orchards)


def test_a_text_of_unknown_words_says_nothing(english):
    assert words().near(english, asked("xyzzy plugh"), NONE) is None
    assert words().near(english, Counter(), NONE) is None


def test_words_of_a_project_that_stands_apart_are_not_learnt(english):
    assert words().near(english, asked("ferment"), NONE) is not None
    assert words().near(english, asked("ferment"), frozenset({"cider"})) is None


def test_what_a_project_says_of_its_words_is_not_learnt_where_it_stands_apart(english, monkeypatch):
    monkeypatch.setattr(meaning, "DIMENSIONS", 2)
    corpus = {**PROJECTS, "odd": "oceans of apples and pears in orchards"}
    with_it = words(corpus).near(english, asked("oceans"), NONE).strands
    without = words(corpus).near(english, asked("oceans"), frozenset({"odd"})).strands

    assert with_it[2] > without[2]
    assert without[0] > with_it[0]


def test_a_text_in_another_language_is_compared_with_strands_alone_by_the_english_names_of_its_subjects(english):
    near = words().near(replace(english, language="de"), asked("Schiffe ships"), NONE)

    assert near.projects is None
    assert near.strands[0] == max(near.strands) > 0


def test_without_funded_projects_strands_are_compared(english):
    near = words({}).near(english, asked("ships"), NONE)

    assert near.projects is None
    assert near.strands.argmax() == 0


def test_where_all_projects_stand_apart_strands_teach(english):
    near = words().near(english, asked("ships"), frozenset(PROJECTS))

    assert near.strands.argmax() == 0
    assert np.isfinite(near.projects).all()


def test_texts_beyond_those_that_are_learnt_from_are_placed_by_their_words(english, monkeypatch):
    everything = {**PROJECTS, "last": "ships sail oceans"}
    monkeypatch.setattr(meaning, "LEARNT", 4)

    near = words(everything).near(english, asked("ships sail oceans"), NONE)

    assert len(near.projects) == len(everything)
    assert near.projects.argmax() == len(everything) - 1
