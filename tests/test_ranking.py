"""How well strands suit a project: comparisons that hold whatever the weights are."""

from collections import Counter

import pytest
from hypothesis import given

from factories import fact, make_programme, make_project, make_relevance, make_strand, write_catalogue
from strategies import VOCABULARIES, projects
from thbfund import load_catalogue
from thbfund.catalogue.ranking_data import Weights, WeightSet
from thbfund.ranking import Ranker, StrandScore
from thbfund.ranking.documents import documents
from thbfund.ranking.score import LEAST_SHARE
from thbfund.ranking.similarity import TextSimilarity, terms
from thbfund.text import Reader

WEIGHTS = Weights().model_dump()
STRONG, POSSIBLE = WeightSet().strong, WeightSet().possible
SHELTER = "A shelter gives women who were trafficked a safe place to stay."


class Scorer:
    """Scores the strands of one catalogue by id."""

    def __init__(self, catalogue):
        self._reader, self._ranker = Reader(catalogue), Ranker(catalogue, None)

    def __call__(self, **fields):
        return self.of(make_project(VOCABULARIES, **fields))

    def of(self, project):
        scores = self._ranker.score(self._reader.read(project), project)
        return {score.document.strand.id: score for score in scores}

    def part(self, strand, name, **fields):
        """One contribution to one strand's score."""
        return next(part for part in self(**fields)[strand].contributions if part.name == name)


@pytest.fixture(scope="module")
def scored(tiny):
    return Scorer(tiny)


@pytest.fixture
def scorer_of(tmp_path):
    """A function: a scorer of one programme with these strands."""

    def make(*strands):
        return Scorer(load_catalogue(write_catalogue(tmp_path / "data", [make_programme(strands=list(strands))])))

    return make


# -- score and contributions


def test_the_weights_sum_to_one():
    assert sum(WEIGHTS.values()) == pytest.approx(1)


@given(projects)
def test_every_contribution_lies_between_nothing_and_its_weight(scored, project):
    for score in scored.of(project).values():
        assert [part.name for part in score.contributions] == [name for name, weight in WEIGHTS.items() if weight]
        assert all(0 <= part.value <= WEIGHTS[part.name] for part in score.contributions)
        assert 0 <= score.score <= 1


def test_the_words_of_a_strand_itself_are_worth_the_whole_weight_and_those_of_another_a_part(scored, tiny):
    texts = {found.strand.id: found.text for found in documents(tiny)}
    own, other = (
        scored.part("harbour", "text", summary=f"Human trafficking. {texts[strand]}").value
        for strand in ("harbour", "roads")
    )

    assert own == pytest.approx(WEIGHTS["text"])
    assert 0 < other < own


@pytest.mark.parametrize(
    ("score", "band"),
    [
        (1.0, "strong"),
        (STRONG, "strong"),
        (STRONG - 0.0001, "possible"),
        (POSSIBLE, "possible"),
        (POSSIBLE - 0.0001, "weak"),
        (0.0, "weak"),
    ],
)
def test_the_band_is_the_score_in_a_word(tiny, score, band):
    assert StrandScore(documents(tiny)[0], score, (), WeightSet()).band == band


def test_a_project_outside_the_field_scores_next_to_nothing_anywhere(scored):
    found = scored(summary="Training for children who ride bicycles in Italy.")

    assert max(score.score for score in found.values()) <= LEAST_SHARE


@pytest.mark.parametrize(
    ("outside", "inside"),
    [
        pytest.param("Police train to stop drug trafficking.", "Police train to stop human trafficking.", id="drugs"),
        pytest.param(
            "Police train. Nobody convicted of trafficking in human beings may join.",
            "Police train. Nobody should suffer trafficking in human beings again.",
            id="clause on offenders",
        ),
    ],
)
def test_the_word_trafficking_alone_is_not_the_field(scored, outside, inside):
    assert scored(summary=outside)["beacon"].score <= LEAST_SHARE < scored(summary=inside)["beacon"].score


def test_trafficking_of_drugs_beside_trafficking_of_people_stays_in_the_field(scored):
    assert scored(summary="Police train against drug trafficking and human trafficking.")["beacon"].score > LEAST_SHARE


def test_a_text_in_another_language_is_understood(scored):
    found = scored(summary="Schutzwohnungen und Rechtsberatung für Opfer von Menschenhandel.", language="de")

    assert found["harbour"].score > found["roads"].score > 0


# -- what each contribution rests on


def test_shared_words_of_the_text_add_to_the_strand_they_stand_in(scored):
    said = "Human trafficking: families and schools must know recruiters."

    assert scored.part("roads", "text", summary=said).value > scored.part("harbour", "text", summary=said).value
    assert set(scored.part("roads", "text", summary=said).shared) == {"families", "schools", "recruiters"}


def test_saying_the_same_again_does_not_raise_the_text_similarity(scored):
    once, twice = SHELTER, f"{SHELTER} {SHELTER} {SHELTER}"

    before, after = (scored.part("harbour", "text", summary=said).value for said in (once, twice))
    assert after == pytest.approx(before, abs=0.01)


@pytest.mark.parametrize("name", ["target_groups", "activities"])
def test_what_project_and_strand_share_adds_and_is_named(scored, name):
    near = scored.part("harbour", name, summary=SHELTER)
    far = scored.part("roads", name, summary=SHELTER)

    assert near.value > far.value == 0
    assert near.shared
    assert far.shared == ()


def test_what_the_form_says_goes_before_what_the_text_suggests(scored):
    said = {"summary": SHELTER, "activities": ["training"], "target_groups": ["police_officers"]}

    assert scored.part("harbour", "activities", **said).value == 0
    assert scored.part("beacon", "activities", **said).shared == ("training",)
    assert scored.part("beacon", "target_groups", **said).shared == ("police_officers",)


@pytest.mark.parametrize(("low", "high"), [(0, 1), (1, 2), (2, 3)])
def test_a_higher_grade_for_the_projects_priority_adds_more(scorer_of, low, high):
    scored = scorer_of(
        make_strand(id="low", relevance=make_relevance(B=low)),
        make_strand(id="high", relevance=make_relevance(B=high)),
    )

    declared = {"summary": SHELTER, "priorities": ["B"]}
    assert scored.part("high", "priorities", **declared).value > scored.part("low", "priorities", **declared).value


def place(**admission):
    return {"place_of_action": fact(admission)}


def test_a_place_that_is_paid_for_adds_more_than_one_in_doubt_and_that_more_than_one_that_is_not(scorer_of):
    scored = scorer_of(
        make_strand(id="inside", eligibility=place(open_to=["IT"])),
        make_strand(id="doubtful", eligibility=place(depends_on_call=["IT"])),
        make_strand(id="unrecorded"),
        make_strand(id="outside", eligibility=place(closed_to=["IT"])),
    )

    value = {
        strand: scored.part(strand, "place_of_action", summary=SHELTER, countries_of_action=["IT"]).value
        for strand in ("inside", "doubtful", "unrecorded", "outside")
    }
    assert value["inside"] > value["doubtful"] == value["unrecorded"] > value["outside"] == 0


def test_a_place_named_in_the_text_counts_like_one_of_the_form(scored):
    named = scored.part("harbour", "place_of_action", summary=f"{SHELTER} In Italy.")
    declared = scored.part("harbour", "place_of_action", summary=SHELTER, countries_of_action=["IT"])

    assert named == declared


def test_two_places_of_which_one_is_paid_for_add_half(scored):
    both = scored.part("harbour", "place_of_action", summary=SHELTER, countries_of_action=["IT", "AL"])
    one = scored.part("harbour", "place_of_action", summary=SHELTER, countries_of_action=["IT"])

    assert both.value == pytest.approx(one.value / 2, abs=0.001)
    assert both.shared == ("IT",)


# -- documents and text similarity


def test_every_strand_is_a_document_with_its_programmes_text(tiny):
    found = {(document.programme.id, document.strand.id): document.text for document in documents(tiny)}

    beacon = found["lantern-2021-2027", "beacon"]
    assert len(found) == 4
    assert "Lantern Fund" in beacon
    assert "training of police" in beacon
    assert "shelters" not in beacon
    assert "A safe place to stay" in found["lantern-2021-2027", "harbour"]


def test_terms_are_folded_words_and_pairs_without_the_words_of_every_grant():
    assert terms("The EU project: Réfuges for women") == ["refuges", "women", "refuges women"]


def compare(texts, text):
    """How like each of the texts a text is, in their order."""
    shares = texts.shares(Counter(terms(text)))
    return [shares.of(row) for row in range(len(shares.shares))]


@pytest.fixture(scope="module")
def novels():
    """A corpus whose right answers anybody can see."""
    return TextSimilarity(
        ["a captain hunts a white whale at sea", "a prince meets the ghost of his father", "a whale swallows a prophet"]
    )


def test_the_document_that_says_most_of_the_same_is_nearest(novels):
    cosines = [found.cosine for found in compare(novels, "the captain and the white whale")]

    assert cosines[0] > cosines[2] > cosines[1] == 0


def test_a_document_compared_with_itself_is_fully_alike(novels):
    assert compare(novels, "a prince meets the ghost of his father")[1].cosine == pytest.approx(1)


def test_the_words_that_two_texts_share_are_named_the_strongest_first(novels):
    captain, _, prophet = compare(novels, "white whale, captain!")

    assert set(captain.words) == {"white", "captain", "whale"}
    assert captain.words[-1] == "whale"  # two documents have it, so it tells least
    assert prophet.words == ("whale",)


def test_a_text_of_unknown_words_is_like_nothing(novels):
    assert {found.cosine for found in compare(novels, "xyzzy")} == {0.0}


def test_a_text_in_another_language_is_compared_by_the_english_names_of_what_it_shows(scored):
    german = {"summary": "Ein Schutzhaus für Frauen, die Opfer von Menschenhandel wurden.", "language": "de"}
    declared = scored.part("harbour", "text", **german, activities=["shelter"])
    silent = scored.part("harbour", "text", **german, activities=[])

    assert {"safe", "stay"} <= set(declared.shared)
    assert not {"safe", "stay"} & set(silent.shared)


def test_a_text_in_english_is_compared_as_it_stands(scored):
    with_tag = scored.part("harbour", "text", summary="Boats for the river.", activities=["shelter"])

    assert with_tag == scored.part("harbour", "text", summary="Boats for the river.", activities=[])
