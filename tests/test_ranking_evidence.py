"""What funded projects, the sentence encoder and fitted weights add to a score."""

import json
from datetime import date

import numpy as np
import pytest
from pydantic import ValidationError

from factories import SAFE_PLACE as SHELTER
from factories import (
    STUDY,
    CountingEncoder,
    make_programme,
    make_project,
    make_strand,
    write_catalogue,
)
from factories import labelled_record as record
from strategies import VOCABULARIES
from thbfund import InputError, load_catalogue
from thbfund.catalogue.ranking_data import Weights, WeightSet, read_vectors
from thbfund.evaluation.fit import MODES, Choice, Samples
from thbfund.evaluation.fit_files import code_fingerprint, fit_files, records_fingerprint, write_files
from thbfund.ranking import Ranker
from thbfund.ranking.features import FEATURES
from thbfund.ranking.lineages import kin
from thbfund.text import Reader
from thbfund.text.encoder import CHUNK_WORDS, MAX_CHUNKS, StoredVectors, chunks, installed_encoder

EVERYTHING = Weights(**dict.fromkeys(FEATURES, 0.1))
DAY = date(2026, 11, 25)


@pytest.fixture
def ranked(tmp_path):
    """A function: what two programmes alike but for their funded projects score, as contributions by name."""

    def rank(records, apart=frozenset(), encoder=None, **project):
        one = make_programme(id="lantern", strands=[make_strand(id="one")])
        two = make_programme(id="compass", strands=[make_strand(id="two")])
        folder = write_catalogue(tmp_path / "data", [one, two])
        (folder / "evidence").mkdir(exist_ok=True)
        lines = [found.model_dump_json() for found in records]
        (folder / "evidence" / "labelled.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        catalogue = load_catalogue(folder)
        ranker = Ranker(catalogue, encoder, WeightSet(weights=EVERYTHING))
        described = make_project(VOCABULARIES, **{"summary": SHELTER} | project)
        scores = ranker.score(Reader(catalogue, ranker.encoder).read(described), described, apart)
        return {score.document.programme.id: {part.name: part for part in score.contributions} for score in scores}

    return rank


# -- similar projects


def test_a_like_funded_project_lifts_the_programme_that_paid_for_it(ranked):
    found = ranked([record(), record(id="two", description=STUDY, programme="compass")])

    assert found["lantern"]["similar_work"].value > found["compass"]["similar_work"].value
    assert found["lantern"]["similar_work"].shared == ("one",)


@pytest.mark.parametrize(
    "own",
    [{}, {"id": "one-de", "variant_of": "one"}, {"id": "sister", "acronym": "LAMP 2"}],
    ids=["it", "copy", "sister"],
)
def test_a_project_is_no_evidence_for_itself_its_translation_or_its_sister(ranked, own):
    original = record(acronym="LAMP 1" if "acronym" in own else None)
    vouched = ranked([record(id="far", description=STUDY, programme="compass"), original])
    alone = ranked(
        [record(id="far", description=STUDY, programme="compass"), original],
        apart=frozenset({original.model_copy(update=own).group}),
    )

    assert vouched["lantern"]["similar_work"].shared == ("one",)
    assert alone["lantern"]["similar_work"].shared == ()


@pytest.mark.parametrize("encoder", [None, CountingEncoder()], ids=["by words", "by the encoder"])
def test_meaning_is_compared_with_strands_and_with_projects(ranked, encoder):
    found = ranked([record(), record(id="two", description=STUDY, programme="compass")], encoder=encoder)

    assert {"meaning", "similar_projects"} <= found["lantern"].keys()
    assert found["lantern"]["similar_projects"].value > found["compass"]["similar_projects"].value
    assert found["lantern"]["similar_projects"].shared == ("one",)


def test_where_texts_of_projects_cannot_be_compared_their_work_is_about_its_middle(ranked):
    german = {"summary": "Ein Schutzhaus für Frauen, die Opfer von Menschenhandel wurden.", "language": "de"}
    found = ranked([record(), record(id="two", description=STUDY, programme="compass")], **german)

    by_text, by_work = found["lantern"]["similar_projects"], found["lantern"]["similar_work"]
    assert by_text.shared == by_work.shared == ("one",)
    assert 0 < by_text.value < by_work.value


def test_an_encoder_that_the_weights_were_not_fitted_with_is_not_asked(tmp_path):
    folder = write_catalogue(tmp_path / "data", [make_programme(id="lantern"), make_programme(id="compass")])
    records = [
        record(id=f"r{n}", description=[SHELTER, STUDY][n % 2], programme=["lantern", "compass"][n % 2])
        for n in range(12)
    ]
    write_files(fit_files(load_catalogue(folder), records, CountingEncoder(), DAY), folder / "ranking")
    other = CountingEncoder()
    other.name = "another"
    fitted = load_catalogue(folder)

    ranker = Ranker(fitted, other)

    assert ranker.encoder is None
    assert ranker.fit == fitted.ranking.fitted.without_encoder


def test_a_translation_counts_once_with_its_original(ranked):
    once = ranked([record(), record(id="two", description=STUDY, programme="compass")])
    twice = ranked(
        [
            record(),
            record(id="two", description=STUDY, programme="compass"),
            record(id="one-de", variant_of="one", lang="de", description="Ein Schutzhaus für Frauen."),
        ]
    )

    assert once == twice


# -- what was usual


@pytest.mark.parametrize(
    ("name", "field", "asked", "other"),
    [
        ("usual_lead", {"lead_org_type": "ngo"}, {"applicant": {"type": "ngo"}}, {"applicant": {"type": "company"}}),
        ("usual_seat", {"lead_country": "IT"}, {"applicant": {"country": "IT"}}, {"applicant": {"country": "FR"}}),
        ("usual_partners", {"partner_countries": ["IT"]}, {"partners": [{"country": "IT"}]}, {"partners": []}),
    ],
)
def test_what_a_programmes_projects_had_counts_for_it_and_the_rest_against(ranked, name, field, asked, other):
    opposite = {"lead_org_type": "company", "lead_country": "FR", "partner_countries": []}
    records = [record(id=f"a{n}", **field) for n in range(4)]
    records += [record(id=f"b{n}", programme="compass", **{key: opposite[key] for key in field}) for n in range(4)]

    assert ranked(records, **asked)["lantern"][name].value > 0 > ranked(records, **other)["lantern"][name].value


@pytest.mark.parametrize(("asked", "sign"), [(200_000, 1), (9_000_000, -1)])
def test_an_amount_is_judged_by_the_amounts_of_funded_projects(ranked, asked, sign):
    records = [record(id=f"a{n}", eu_grant_eur=200_000 + n) for n in range(4)]
    records += [record(id=f"b{n}", programme="compass", eu_grant_eur=9_000_000 + n) for n in range(4)]

    assert sign * ranked(records, requested_grant_eur=asked)["lantern"]["usual_grant"].value > 0


def test_what_the_form_leaves_open_says_nothing(ranked):
    found = ranked([record(lead_org_type="ngo", lead_country="IT", eu_grant_eur=1000.0)])

    assert not [name for name in found["lantern"] if name.startswith("usual_")]


# -- whose projects count


def test_a_programme_stands_for_those_before_it_and_for_its_successor(tiny):
    assert kin("candle-2014-2020", tiny) == kin("lantern-2021-2027", tiny) == {"candle-2014-2020", "lantern-2021-2027"}
    assert kin("compass-2021-2027", tiny) == {"compass-2021-2027"}


def test_a_successor_of_many_does_not_tell_which_of_them_would_have_paid(catalogue):
    assert "eni-2014-2020" in kin("ndici-global-europe", catalogue)
    assert kin("eni-2014-2020", catalogue) == {"eni-2014-2020"}
    assert kin("esf-2014-2020", catalogue) == {"esf-2014-2020", "esf-plus"}


# -- vectors


@pytest.mark.parametrize(
    ("words", "parts"),
    [(0, 1), (1, 1), (CHUNK_WORDS, 1), (CHUNK_WORDS + 1, 2), (50 * CHUNK_WORDS, MAX_CHUNKS)],
)
def test_a_long_text_is_read_in_parts_up_to_a_bound(words, parts):
    assert len(chunks("word " * words)) == parts


def test_a_stored_vector_is_used_and_a_missing_one_is_made():
    encoder = CountingEncoder()
    vectors = StoredVectors({}, encoder)
    fresh = vectors([SHELTER], "passage")
    again = StoredVectors(vectors.used, encoder)([SHELTER], "passage")

    assert encoder.asked == [(SHELTER, "passage")]
    assert (fresh == again).all()


def test_a_damaged_line_of_the_vectors_is_told_with_its_number():
    with pytest.raises(InputError) as caught:
        read_vectors(f"{'a' * 64}\tAAAA\nnonsense\n", "data/ranking/vectors.tsv")

    assert [(problem.code, problem.line) for problem in caught.value.problems] == [("bad-vector", 2)]


@pytest.mark.skipif(installed_encoder() is None, reason="the encoder is not installed here")
def test_the_same_text_in_two_languages_is_nearer_than_another_text():
    encoder = installed_encoder()
    english, german, other = (
        encoder.encode(text, "query")
        for text in (
            "A shelter for women who were trafficked.",
            "Ein Schutzhaus für Frauen, die Opfer von Menschenhandel wurden.",
            "The choir mends the roof of its hall.",
        )
    )

    assert english @ german > english @ other
    assert (encoder.encode("A shelter.", "query") == encoder.encode("A shelter.", "query")).all()


# -- weights


def test_no_weight_may_be_negative():
    with pytest.raises(ValidationError):
        Weights(text=-0.01)


def test_the_payers_feature_gets_the_weight_and_a_misleading_one_none(tiny):
    ranker = Ranker(tiny, None)
    choice = Choice(tiny, ranker)
    generator = np.random.default_rng(1)
    rows, programmes = 40, len(choice.programmes)
    right = np.zeros((rows, programmes), dtype=bool)
    right[np.arange(rows), generator.integers(0, programmes, rows)] = True
    names = [document.programme.id for document in ranker.documents]
    paid = right[:, [choice.programmes.index(name) for name in names]].astype(float)
    features = np.stack([paid, 1 - paid, np.full_like(paid, 0.5)], axis=2)
    groups = np.array([str(row) for row in range(rows)])
    samples = Samples(features, np.ones_like(right), right, groups, np.full(rows, MODES[0]))

    helpful, misleading, constant = choice.fit(samples, np.arange(rows))

    assert helpful > 1
    assert misleading == pytest.approx(0, abs=1e-6)
    assert constant < helpful


def test_fitting_again_changes_no_byte_and_keeps_the_day(tmp_path):
    folder = write_catalogue(tmp_path / "data", [make_programme(id="lantern"), make_programme(id="compass")])
    records = [
        record(id=f"r{n}", description=[SHELTER, STUDY][n % 2], programme=["lantern", "compass"][n % 2])
        for n in range(12)
    ]
    first = fit_files(load_catalogue(folder), records, CountingEncoder(), DAY)
    write_files(first, folder / "ranking")
    again = fit_files(load_catalogue(folder), records, CountingEncoder(), date(2027, 1, 1))

    assert again == first
    assert "fitted_on: 2026-11-25" in first["weights.yaml"]


def test_the_stored_weights_belong_to_the_labelled_records(catalogue):
    fitted = catalogue.ranking.fitted

    assert fitted is not None
    assert fitted.records == records_fingerprint(catalogue.ranking.labelled)
    for fit in (fitted.with_encoder, fitted.without_encoder):
        assert sum(fit.weights.model_dump().values()) == pytest.approx(1, abs=0.001)
        assert 0 < fit.possible < fit.strong < 1


def test_the_stored_weights_belong_to_the_code_that_reads_and_ranks(catalogue):
    assert catalogue.ranking.fitted.code == code_fingerprint(), "run `thbfund evaluate FILE --fit` again"


@pytest.mark.skipif(installed_encoder() is None, reason="the encoder is not installed here")
def test_the_vector_of_every_text_of_the_catalogue_is_stored(catalogue):
    ranker = Ranker(catalogue, installed_encoder())

    assert set(ranker.vectors.used) <= set(catalogue.ranking.vectors)


def test_labelled_records_that_are_damaged_are_told_by_line(tmp_path):
    folder = write_catalogue(tmp_path / "data", [make_programme()])
    (folder / "evidence").mkdir(exist_ok=True)
    (folder / "evidence" / "labelled.jsonl").write_text(json.dumps({"id": "x"}) + "\n", encoding="utf-8")

    with pytest.raises(InputError) as caught:
        load_catalogue(folder)

    assert {problem.code for problem in caught.value.problems} == {"bad-record"}
