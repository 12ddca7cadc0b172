"""Labelled projects -> figures: the metrics, the records, the modes and the peers' methods."""

import json
from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from factories import make_project
from strategies import VOCABULARIES
from thbfund import InputError
from thbfund.catalogue.labelled import Record, read_records
from thbfund.evaluation import run as evaluation_run
from thbfund.evaluation.baselines import BASELINES, Baseline, bm25, tfidf
from thbfund.evaluation.metrics import discounted, hit, interval, rank_of_right, reciprocal, summary
from thbfund.evaluation.questions import evaluate_questions
from thbfund.evaluation.records import project_of
from thbfund.evaluation.run import evaluate

SHELTER = "A shelter gives women who were trafficked a safe place to stay, with legal aid."
WARNING = "Families in the outer circle are warned of recruiters; nobody should suffer human trafficking."


def record(**changes):
    """A labelled record of the tiny world, as it stands on a line of the file."""
    return {"id": "one", "description": SHELTER, "programme": "lantern-2021-2027", "period": "2021-2027", **changes}


@pytest.fixture
def file_of(tmp_path):
    """A function: a file with these lines, dicts as JSON."""

    def write(*lines):
        path = tmp_path / "labelled.jsonl"
        texts = (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
        path.write_text("\n".join(texts) + "\n", encoding="utf-8")
        return path

    return write


@pytest.fixture
def evaluated(tiny, file_of):
    """A function: the figures for these records."""

    def run(*records, mode="text"):
        return evaluate(tiny, read_records(file_of(*records)), mode, None)

    return run


# -- metrics, against values computed by hand


@pytest.mark.parametrize(
    ("right", "rank"), [({"b"}, 2), ({"c", "b"}, 2), ({"x"}, None)], ids=["one", "the first of two", "none ranked"]
)
def test_the_first_right_programme_counts(right, rank):
    assert rank_of_right(["a", "b", "c"], frozenset(right)) == rank


@pytest.mark.parametrize(("rank", "k", "value"), [(1, 1, 1), (2, 1, 0), (3, 3, 1), (4, 3, 0), (None, 3, 0)])
def test_a_hit_is_a_right_programme_among_the_first_k(rank, k, value):
    assert hit(rank, k) == value


@pytest.mark.parametrize(("rank", "value"), [(1, 1), (2, 0.5), (4, 0.25), (None, 0)])
def test_the_reciprocal_rank_halves_from_first_to_second(rank, value):
    assert reciprocal(rank) == value


@pytest.mark.parametrize(("rank", "value"), [(1, 1), (2, 1 / log2(3)), (3, 0.5), (5, 1 / log2(6)), (6, 0), (None, 0)])
def test_the_discounted_gain_ends_with_the_fifth(rank, value):
    assert discounted(rank) == pytest.approx(value)


def test_the_summary_is_the_mean_over_all_records():
    assert summary([1, 2, 4, None]) == {
        "n": 4,
        "hit@1": 0.25,
        "hit@3": 0.5,
        "mrr": 0.4375,  # (1 + 1/2 + 1/4 + 0) / 4
        "ndcg@5": 0.5154,  # (1 + 0.63093 + 0.43068 + 0) / 4
    }


def test_the_summary_of_nothing_is_nothing():
    assert summary([]) == {"n": 0, "hit@1": 0.0, "hit@3": 0.0, "mrr": 0.0, "ndcg@5": 0.0}


@given(st.lists(st.sampled_from([0.0, 1.0]), min_size=1, max_size=40))
def test_the_interval_holds_the_mean_and_is_the_same_every_time(values):
    low, high = interval(values)

    assert 0 <= low <= sum(values) / len(values) + 0.0001
    assert high >= sum(values) / len(values) - 0.0001
    assert interval(values) == (low, high)


@pytest.mark.parametrize(("values", "bounds"), [([], (0, 0)), ([1.0] * 9, (1, 1)), ([0.0] * 9, (0, 0))])
def test_where_all_are_alike_the_interval_has_no_width(values, bounds):
    assert interval(values) == bounds


# -- reading records


def test_a_record_needs_id_description_programme_and_period_alone(file_of):
    [found] = read_records(file_of(record()))

    assert (found.right, found.lang, found.scored) == (frozenset({"lantern-2021-2027"}), "en", True)


def test_fields_that_are_not_used_do_no_harm(file_of):
    assert len(read_records(file_of(record(text_quality="thin", topic="thb_asylum", eu_rate=0.9)))) == 1


def test_empty_lines_and_a_byte_order_mark_are_passed_over(file_of):
    assert len(read_records(file_of("\ufeff" + json.dumps(record()), "", "   ", record(id="two")))) == 2


def test_a_line_separator_inside_a_text_does_not_end_the_line(file_of):
    assert len(read_records(file_of(record(description="A shelter.\u2028Legal aid.\x85Courses.")))) == 1


def test_every_problem_is_told_with_its_line_and_field(file_of):
    bad = [record(period="2007-2013"), "not json", record(description=None, duration_months="long"), record(), "[]"]
    with pytest.raises(InputError) as caught:
        read_records(file_of(*bad))

    found = [(problem.line, problem.code, problem.field) for problem in caught.value.problems]
    assert found == [
        (1, "bad-record", "period"),
        (2, "not-json", ""),
        (3, "bad-record", "description"),
        (3, "bad-record", "duration_months"),
        (5, "bad-record", ""),
    ]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"duration_months": "long"}, 'found "long", expected a whole number'),
        ({"eu_grant_eur": "much"}, 'found "much", expected a number'),
        ({"eu_grant_eur": -1}, 'found "-1", expected at least 0'),
        ({"title": 5}, 'found "5", expected text'),
    ],
)
def test_a_value_of_the_wrong_kind_is_told_with_what_would_be_right(file_of, fields, said):
    with pytest.raises(InputError) as caught:
        read_records(file_of(record(**fields)))

    assert said in str(caught.value)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("[" * 100_000, id="too deep"),
        pytest.param('{"id": ' + "9" * 10_000 + "}", id="number too long"),
        pytest.param(json.dumps(record(eu_grant_eur=-1)), id="negative money"),
    ],
)
def test_a_hostile_line_is_a_problem_like_any_other(file_of, line):
    with pytest.raises(InputError) as caught:
        read_records(file_of(line))

    assert caught.value.problems[0].line == 1


@pytest.mark.parametrize("content", [b"", b"\n\n"], ids=["empty", "blank"])
def test_a_file_without_records_is_a_problem(tmp_path, content):
    path = tmp_path / "empty.jsonl"
    path.write_bytes(content)
    with pytest.raises(InputError, match="no-records"):
        read_records(path)


def test_a_missing_file_is_a_problem_with_its_name(tmp_path):
    with pytest.raises(InputError, match=r"nowhere\.jsonl error unreadable-file"):
        read_records(tmp_path / "nowhere.jsonl")


def test_a_binary_file_is_a_problem(tmp_path):
    path = tmp_path / "picture.jsonl"
    path.write_bytes(b"\x89PNG\xff\xfe")
    with pytest.raises(InputError, match="not UTF-8"):
        read_records(path)


# -- what the ranking is shown


def spied(monkeypatch, tiny, line, mode):
    """The project that is matched for a record."""
    seen = []
    original = evaluation_run.project_of

    def spy(*arguments):
        seen.append(original(*arguments))
        return seen[-1]

    monkeypatch.setattr(evaluation_run, "project_of", spy)
    evaluate(tiny, [Record.model_validate(line)], mode, None)
    [project] = seen
    return project


@pytest.mark.parametrize("mode", ["text", "form"])
def test_title_acronym_and_labels_never_reach_the_project(monkeypatch, tiny, mode):
    secret = "Zaubermarke"
    labels = ("title", "acronym", "label", "label_evidence", "label_source_url", "label_basis", "topic", "variant_of")
    told = dict.fromkeys(labels, secret)
    line = record(id=f"{secret}-1", also_accept=[secret], **told, lead_org_type="ngo")

    project = spied(monkeypatch, tiny, line, mode)
    assert secret not in project.model_dump_json()
    assert "lantern" not in project.model_dump_json().lower()


def test_text_mode_shows_the_description_alone(tiny):
    line = record(lead_org_type="ngo", countries_of_action=["IT"], eu_grant_eur=5, target_groups=["x"])

    project = project_of(Record.model_validate(line), "text", tiny.vocabularies)
    assert project == make_project(VOCABULARIES, summary=SHELTER)


def test_form_mode_shows_what_an_applicant_knows(tiny):
    line = record(
        lead_org_type="ngo",
        lead_country="DE",
        partner_countries=["FR", "GR"],
        countries_of_action=["IT"],
        eu_grant_eur=270_000,
        total_cost_eur=300_000,
        duration_months=24,
        target_groups=["women", "girls"],
        year_start=2023,
    )

    project = project_of(Record.model_validate(line), "form", tiny.vocabularies)
    assert project == make_project(
        VOCABULARIES,
        summary=f"{SHELTER} women, girls.",
        applicant={"type": "ngo", "country": "DE"},
        partners=[{"country": "FR"}, {"country": "GR"}],
        countries_of_action=["IT"],
        requested_grant_eur=270_000,
        total_budget_eur=300_000,
        duration_months=24,
        start="2023-01",
    )


def test_what_a_record_leaves_open_stays_unknown_in_form_mode(tiny):
    who = ("lead_org_type", "lead_country", "partner_countries", "countries_of_action", "target_groups")
    nothing = dict.fromkeys((*who, "eu_grant_eur", "total_cost_eur", "duration_months", "year_start"))

    project = project_of(Record.model_validate(record(**nothing)), "form", tiny.vocabularies)
    assert project == make_project(VOCABULARIES, summary=SHELTER)


def test_a_total_below_the_grant_is_left_out_rather_than_refused(tiny):
    line = Record.model_validate(record(eu_grant_eur=300_000, total_cost_eur=200_000))

    project = project_of(line, "form", tiny.vocabularies)
    assert (project.requested_grant_eur, project.total_budget_eur) == (300_000, None)


@pytest.mark.parametrize(
    "change", [{"lead_org_type": "guild"}, {"lead_country": "XX"}, {"duration_months": 0}], ids=str
)
def test_a_value_that_no_form_takes_is_a_problem_of_the_record(tiny, change):
    with pytest.raises(InputError) as caught:
        evaluate(tiny, [Record.model_validate(record(id="record-7", **change))], "form", None)

    assert caught.value.problems[0].file == "record-7"


# -- figures


def test_records_are_ranked_among_the_programmes_of_their_period(evaluated):
    found = evaluated(record(), record(id="two", period="2014-2020", programme="candle-2014-2020"))

    assert found["rankings"] == [
        {"id": "one", "label": "lantern-2021-2027", "ranked": ["lantern-2021-2027", "compass-2021-2027"]},
        {"id": "two", "label": "candle-2014-2020", "ranked": ["candle-2014-2020"]},
    ]
    assert (found["n"], found["hit@1"], found["mrr"]) == (2, 1.0, 1.0)


def test_records_paid_from_outside_are_ranked_but_not_scored(evaluated):
    found = evaluated(record(), record(id="two", programme="other"))

    assert found["n"] == 1
    assert [ranking["id"] for ranking in found["rankings"]] == ["one", "two"]
    assert set(found["by_programme"]) == {"lantern-2021-2027"}
    assert {values["n"] for values in found["baselines"].values()} == {1}


@pytest.mark.parametrize(("also", "value"), [([], 0.0), (["lantern-2021-2027"], 1.0)])
def test_a_programme_that_can_be_defended_counts_as_right(evaluated, also, value):
    assert evaluated(record(programme="compass-2021-2027", also_accept=also))["hit@1"] == value


def test_figures_are_told_per_programme_and_per_language(evaluated):
    found = evaluated(
        record(),
        record(id="two", description=WARNING, programme="compass-2021-2027"),
        record(id="three", lang="de", description="Schutzwohnungen für Opfer von Menschenhandel."),
    )

    assert {name: values["n"] for name, values in found["by_programme"].items()} == {
        "compass-2021-2027": 1,
        "lantern-2021-2027": 2,
    }
    assert {name: values["n"] for name, values in found["by_language"].items()} == {"de": 1, "en": 2}


def test_stated_labels_are_told_apart(evaluated):
    found = evaluated(record(label_basis="stated"), record(id="two", label_basis="inferred"))

    assert (found["n"], found["stated_labels"]["n"]) == (2, 1)


def test_the_figures_have_the_fields_of_the_contract(evaluated):
    found = evaluated(record())

    assert {"n", "hit@1", "hit@3", "mrr", "ndcg@5", "by_programme", "by_language", "rankings"} <= set(found)
    assert json.loads(json.dumps(found)) == json.loads(json.dumps(evaluated(record())))


# -- the peers' methods

NOVELS = [
    "the captain hunts a white whale at sea",
    "a prince meets the ghost of his father",
    "a governess loves the master of a house",
    "an orphan asks for more soup",
]


def test_tfidf_is_the_cosine():
    captain, prince, governess, orphan = tfidf(NOVELS)("captain, whale, sea, white, hunts")

    assert captain == pytest.approx(1)
    assert prince == governess == orphan == 0


def test_bm25_is_that_of_the_package():
    split = [["captain", "hunts", "white", "whale", "sea"], ["prince", "meets", "ghost", "father"],
             ["governess", "loves", "master", "house"], ["orphan", "asks", "soup"]]  # fmt: skip

    direct = BM25Okapi(split).get_scores(["ghost", "whale"])
    assert bm25(NOVELS)("The ghost of the whale") == pytest.approx(list(direct))


@pytest.mark.parametrize("name", BASELINES)
def test_a_baseline_ranks_programmes_by_their_best_strand_and_equals_by_id(tiny, name):
    baseline = Baseline(tiny, BASELINES[name])

    police = baseline.rank("officers learn how traffickers work", ["compass-2021-2027", "lantern-2021-2027"])
    nothing = baseline.rank("xyzzy", ["lantern-2021-2027", "compass-2021-2027"])
    assert police == ["lantern-2021-2027", "compass-2021-2027"]
    assert nothing == ["compass-2021-2027", "lantern-2021-2027"]


def test_a_baseline_sees_no_programme_of_another_period(evaluated):
    found = evaluated(record(period="2014-2020", programme="candle-2014-2020"))

    assert found["baselines"]["tfidf"]["hit@1"] == found["baselines"]["bm25"]["hit@1"] == 1.0


# -- the real records


def test_the_labelled_records_can_all_be_matched_in_form_mode(data, catalogue):
    records = read_records(data / "evidence" / "labelled.jsonl")

    assert len(records) >= 200
    assert len({found.id for found in records}) == len(records)
    for found in records:
        project_of(found, "form", catalogue.vocabularies)


def test_every_label_is_a_programme_of_the_catalogue_in_the_records_period(data, catalogue):
    wrong = [
        (found.id, label)
        for found in read_records(data / "evidence" / "labelled.jsonl")
        for label in found.right - {"other"}
        if label not in catalogue.programmes
    ]
    assert wrong == []


def test_evaluation_of_some_real_records_finds_most_among_the_first_three(data, catalogue):
    records = [found for found in read_records(data / "evidence" / "labelled.jsonl") if found.lang == "en"][::8]

    assert evaluate(catalogue, records, "text", None)["hit@3"] >= 0.5


# -- the next question


KNOWN = {"lead_org_type": "individual", "lead_country": "DE", "countries_of_action": ["IT"], "duration_months": 24}


def test_a_record_whose_first_three_no_answer_changes_is_counted_but_not_in_the_mean(tiny):
    figures = evaluate_questions(tiny, [Record.model_validate(record(**KNOWN))])

    assert (figures["records"], figures["n"]) == (1, 0)


@pytest.mark.parametrize("change", [{"variant_of": "another"}, dict.fromkeys(KNOWN)], ids=["translation", "silent"])
def test_records_that_tell_nothing_of_the_order_are_left_out(tiny, change):
    figures = evaluate_questions(tiny, [Record.model_validate(record(**{**KNOWN, **change}))])

    assert figures["records"] == figures["n"] == 0


@pytest.mark.thorough
def test_our_questions_reach_stable_results_sooner_than_the_form_and_chance(catalogue, data):
    records = read_records(data / "evidence" / "labelled.jsonl")[::24]
    figures = evaluate_questions(catalogue, records)

    for counted in ("every_question", "answerable"):
        assert figures[counted]["ours"] < min(figures[counted]["form_order"], figures[counted]["random"])
