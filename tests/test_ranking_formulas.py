"""The formulas of the ranking, set against figures worked out another way."""

from math import log
from types import SimpleNamespace

import numpy as np
import pytest
from scipy.stats import norm
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from factories import (
    SAFE_PLACE,
    fact,
    labelled_record,
    make_conditions,
    make_programme,
    make_project,
    make_strand,
    write_catalogue,
)
from strategies import VOCABULARIES
from thbfund import load_catalogue
from thbfund.ranking import similarity
from thbfund.ranking.documents import OFTEN, query
from thbfund.ranking.features import FAR, FEW, NEAR, PlaceFit, TagWeights, counted, nearness, priorities
from thbfund.ranking.similar import FundedProjects
from thbfund.ranking.usual import UsualProjects
from thbfund.text import Reader
from thbfund.text.reading import Concept

NOBODY = frozenset()


@pytest.fixture
def catalogue(tmp_path):
    """Two programmes alike: `lantern`, `compass`."""
    programmes = [make_programme(id=key, strands=[make_strand(id="all")]) for key in ("lantern", "compass")]
    return load_catalogue(write_catalogue(tmp_path / "data", programmes))


def asking(**changes):
    return make_project(VOCABULARIES, summary=SAFE_PLACE, **changes)


def paid(programme, **values):
    """Records of one programme: for each value of a field, one."""
    [(field, given)] = values.items()
    return [
        labelled_record(id=f"{programme}-{number}", programme=programme, **{field: value})
        for number, value in enumerate(given)
    ]


# -- what was usual: a smoothed likelihood ratio, on a scale where 20 to 1 is full


def test_a_share_is_drawn_towards_that_of_all_by_two_invented_projects(catalogue):
    records = paid("lantern", lead_org_type=["ngo", "ngo", "company"])
    records += paid("compass", lead_org_type=["company"])

    found = UsualProjects(catalogue, records).features(asking(applicant={"type": "ngo"}), NOBODY)["usual_lead"]

    everywhere = (2 + 1) / (4 + 8)  # two of four, and one more among eight kinds of answer
    assert found["lantern"].value == pytest.approx(log((2 + 2 * everywhere) / (3 + 2) / everywhere) / 3)
    assert found["compass"].value == pytest.approx(log((0 + 2 * everywhere) / (1 + 2) / everywhere) / 3)


def test_a_share_says_how_many_of_the_programmes_projects_had_it(catalogue):
    records = paid("lantern", lead_org_type=["ngo", "ngo", "company"])

    found = UsualProjects(catalogue, records).features(asking(applicant={"type": "ngo"}), NOBODY)["usual_lead"]

    assert found["lantern"].shared == ("2", "3")
    assert found["compass"].shared == ()


def test_an_amount_is_compared_by_the_densities_of_two_normal_curves(catalogue):
    own, others = [200_000, 300_000], [1_000_000, 4_000_000]
    records = paid("lantern", eu_grant_eur=own) + paid("compass", eu_grant_eur=others)

    found = UsualProjects(catalogue, records).features(asking(requested_grant_eur=450_000), NOBODY)["usual_grant"]

    amounts = np.log([*own, *others])
    middle, spread = amounts.mean(), amounts.std()
    mean = (np.log(own).sum() + 2 * middle) / 4
    deviation = np.sqrt((((np.log(own) - mean) ** 2).sum() + 2 * spread**2) / 4)
    ratio = norm.logpdf(log(450_000), mean, deviation) - norm.logpdf(log(450_000), middle, spread)
    assert found["lantern"].value == pytest.approx(ratio / 3)
    assert found["lantern"].shared == ()


@pytest.mark.parametrize(("known", "says"), [(1, False), (2, True)])
def test_one_amount_alone_has_no_spread_and_says_nothing(catalogue, known, says):
    records = paid("lantern", eu_grant_eur=[100_000] * known)

    found = UsualProjects(catalogue, records).features(asking(requested_grant_eur=100_000), NOBODY)["usual_grant"]

    assert bool(found) == says


def test_where_all_amounts_are_the_same_the_spread_of_all_is_one(catalogue):
    records = paid("lantern", eu_grant_eur=[100_000] * 2)

    found = UsualProjects(catalogue, records).features(asking(requested_grant_eur=200_000), NOBODY)["usual_grant"]

    away, deviation = log(2), (2 * 1 / (2 + 2)) ** 0.5
    assert found["lantern"].value == pytest.approx((norm.logpdf(away, 0, deviation) - norm.logpdf(away, 0, 1)) / 3)


def test_no_amount_asked_for_says_nothing_however_many_are_known(catalogue):
    records = paid("lantern", eu_grant_eur=[1000, 2000, 3000])

    assert UsualProjects(catalogue, records).features(asking(), NOBODY)["usual_grant"] == {}


@pytest.mark.parametrize(("asked", "full"), [(1, -1.0), (10**10, -1.0)])
def test_a_ratio_beyond_twenty_to_one_counts_as_full(catalogue, asked, full):
    records = paid("lantern", eu_grant_eur=[100_000] * 9) + paid("compass", eu_grant_eur=[1, 10**10])

    found = UsualProjects(catalogue, records).features(asking(requested_grant_eur=asked), NOBODY)["usual_grant"]

    assert found["lantern"].value == full


@pytest.mark.parametrize(
    ("values", "asked"),
    [
        pytest.param({"lead_org_type": ["ngo", "ngo", "company"]}, {"applicant": {"type": "ngo"}}, id="kind of lead"),
        pytest.param({"eu_grant_eur": [100_000, 200_000, 900_000]}, {"requested_grant_eur": 150_000}, id="amount"),
    ],
)
def test_records_that_stand_apart_count_as_if_they_were_not_there(catalogue, values, asked):
    records, extra = paid("lantern", **values), paid("compass", **values)[0]
    without, with_it = UsualProjects(catalogue, records), UsualProjects(catalogue, [*records, extra])
    project = asking(**asked)

    assert with_it.features(project, NOBODY) != without.features(project, NOBODY)
    assert with_it.features(project, frozenset({extra.group})) == without.features(project, NOBODY)


@pytest.mark.parametrize(("partners", "same"), [(3, False), (4, True), (5, True)])
def test_many_partners_are_as_usual_as_more(catalogue, partners, same):
    records = paid("lantern", partner_countries=[["IT"] * 4, ["IT"]])
    projects = [asking(partners=[{"country": "FR"}] * number) for number in (partners, 6)]
    few, many = (UsualProjects(catalogue, records).features(project, NOBODY)["usual_partners"] for project in projects)

    assert (few == many) == same


# -- tags and priorities


def test_who_is_about_nothing_shares_nothing():
    found = TagWeights.of([["women"]]).overlap([], ["women"])

    assert (found.value, found.shared) == (0.0, ())


@pytest.mark.parametrize(("count", "counts"), [(1, 1), (FEW, FEW), (FEW + 1, FEW)])
def test_a_concept_counts_as_often_as_the_text_points_to_it_up_to_a_bound(count, counts):
    weights = TagWeights.of([["women", "children"], ["women"]])  # every strand has the one, none the other concept

    found = weights.overlap([Concept("women", count=count), Concept("elsewhere")], ["women"])

    assert found.value == pytest.approx(counts / (counts + 1))


@pytest.mark.parametrize(("place", "shared"), [(2 * FEW - 1, ("women",)), (2 * FEW, ())])
def test_only_the_strongest_concepts_count(place, shared):
    concepts = [Concept(f"other-{number}") for number in range(place)] + [Concept("women")]

    assert TagWeights.of([["women"]]).overlap(concepts, ["women"]).shared == shared


def test_a_tag_that_every_strand_carries_counts_once_and_a_rarer_one_more():
    by_tag = TagWeights.of([["women", "children"], ["women"], ["women"]]).by_tag

    assert by_tag == {"women": 1.0, "children": pytest.approx(log(4 / 2) + 1)}


def test_a_priority_that_a_strand_does_not_serve_halves_the_fit_and_is_not_shared():
    strand = SimpleNamespace(relevance={"A": SimpleNamespace(grade=0), "B": SimpleNamespace(grade=3)})

    found = priorities([Concept("A"), Concept("B")], strand)

    assert (found.value, found.shared) == (0.5, ("B",))


def test_a_priority_that_a_strand_hardly_serves_is_shared_and_counts_a_third():
    found = priorities([Concept("A")], SimpleNamespace(relevance={"A": SimpleNamespace(grade=1)}))

    assert (found.value, found.shared) == (pytest.approx(1 / 3), ("A",))


def test_a_priority_counts_as_often_as_the_text_points_to_it():
    strand = SimpleNamespace(relevance={"A": SimpleNamespace(grade=0), "B": SimpleNamespace(grade=3)})

    assert priorities([Concept("A", count=1), Concept("B", count=3)], strand).value == 0.75


def test_where_a_strand_serves_none_of_the_priorities_on_record_nothing_is_shared():
    found = priorities([Concept("A")], SimpleNamespace(relevance={}))

    assert (found.value, found.shared) == (0.0, ())


def test_a_group_of_countries_is_worth_the_mean_of_them():
    admission = make_conditions(place_of_action=fact({"open_to": ["IT"], "others": "closed"})).of("place_of_action")
    paying = SimpleNamespace(eligibility=SimpleNamespace(place_of_action=admission))

    group = VOCABULARIES.countries_in("inner_circle")
    assert "IT" in group
    assert PlaceFit(paying, paying, VOCABULARIES).worth("inner_circle") == pytest.approx(1 / len(group))


# -- nearness of meaning


@pytest.mark.parametrize(
    ("cosine", "value"), [(FAR - 0.1, 0), (FAR, 0), ((FAR + NEAR) / 2, 0.5), (NEAR, 1), (NEAR + 0.1, 1)]
)
def test_nearness_grows_evenly_between_its_bounds_and_stops_there(cosine, value):
    assert nearness(np.array([cosine])) == pytest.approx([value])


# -- funded projects alike: the mean of the two nearest


@pytest.fixture
def funded(catalogue):
    """A function: the feature of `lantern` for given likenesses of its records and of one of `compass`."""

    def feature(likeness, other=0.0, apart=NOBODY):
        records = [labelled_record(id=f"own-{number}") for number in range(len(likeness))]
        records.append(labelled_record(id="other", programme="compass"))
        projects = FundedProjects(catalogue, records, Reader(catalogue))
        return projects.nearest(np.array([*likeness, other]), projects.ours(apart))["lantern"]

    return feature


@pytest.mark.parametrize(
    ("project", "near", "far"),
    [
        pytest.param("A shelter in Italy.", "A shelter in Greece.", "A shelter in Ghana.", id="the same region"),
        pytest.param(
            "Shelter, shelter, shelter, legal aid.",
            "A shelter is a shelter is a shelter with legal aid.",
            "Legal aid for legal aid and legal aid in a shelter.",
            id="as often the same",
        ),
    ],
)
def test_work_is_compared_by_what_is_done_how_often_it_is_named_and_where(tiny, project, near, far):
    records = [labelled_record(id=f"r{number}", description=text) for number, text in enumerate((near, far))]
    reader = Reader(tiny)
    work = FundedProjects(tiny, records, reader).work(reader.skim(make_project(VOCABULARIES, summary=project)))

    assert work[0] > work[1]


def test_the_mean_of_the_two_nearest_counts_whatever_their_order(funded):
    found = funded([0.1, 0.8, 0.6])

    assert found.value == pytest.approx(0.7)
    assert found.shared == ("own-1", "own-2")


def test_a_second_project_that_is_not_on_record_counts_as_a_middling_one(funded):
    assert funded([0.9], other=0.1).value == pytest.approx((0.9 + 0.5) / 2)


def test_projects_alike_stand_in_the_order_of_the_records_where_they_are_equally_near(funded):
    assert funded([0.5, 0.5, 0.5]).shared == ("own-0", "own-1")


def test_only_projects_above_the_middle_are_shown(funded):
    assert funded([0.4, 0.4], other=0.4).shared == ()


def test_where_all_records_are_apart_nothing_counts(funded):
    found = funded([0.9], other=0.9, apart=frozenset({"own-0", "other"}))

    assert (found.value, found.shared) == (0.0, ())


def test_likeness_beyond_one_counts_as_one_and_below_nothing_as_nothing(funded):
    assert funded([1.2, 1.2]).value == 1.0
    assert funded([-0.5, -0.5], other=-0.6).value == 0.0
    assert funded([-0.5, -0.5], other=-0.6).shared == ()


# -- words that say nothing


def test_the_stop_words_are_scikit_learns_and_those_of_every_grant_text():
    ignored = similarity.stop_words.__wrapped__()

    assert ignored - ENGLISH_STOP_WORDS == {
        *("project", "projects", "programme", "programmes", "eu", "european", "union", "funding", "grant"), "fund"
    }  # fmt: skip
    assert ignored > ENGLISH_STOP_WORDS


def test_without_scikit_learns_own_file_the_package_is_asked(monkeypatch):
    monkeypatch.setattr(similarity, "find_spec", lambda _: None)

    assert similarity._function_words() == ENGLISH_STOP_WORDS  # noqa: SLF001 - the way round


@pytest.mark.parametrize(("times", "counts"), [(FEW - 1, FEW - 1), (FEW, FEW), (FEW + 1, FEW)])
def test_a_place_counts_as_often_as_it_is_named_up_to_a_bound(times, counts):
    assert counted([Concept("IT", ("Italy",), times)]) == {"IT": counts}


@pytest.mark.parametrize(("times", "said"), [(1, 1), (OFTEN, OFTEN), (OFTEN + 1, OFTEN)])
def test_to_a_text_in_another_language_comes_each_english_name_as_often_as_its_word_up_to_a_bound(tiny, times, said):
    german = make_project(VOCABULARIES, summary=f"Wir helfen. {'Kinder. ' * times}", language="de")

    assert query(Reader(tiny).read(german), tiny.vocabularies).split().count("Children") == said


@pytest.mark.parametrize(
    ("word", "kept"), [("x" * similarity.SHORTEST_WORD, True), ("x" * (similarity.SHORTEST_WORD - 1), False)]
)
def test_words_of_fewer_letters_than_the_bound_do_not_count(word, kept):
    assert (word in similarity.terms(word)) is kept
