"""Why a match stands where it does: the one above it, what did nothing, and what would change without one thing."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import ON, SUMMARY, loaded_vocabularies, make_programme, make_project, make_strand, write_catalogue
from thbfund import Matcher, load_catalogue
from thbfund.left_out import left_out, trials, without_concept
from thbfund.matching import MatchReport
from thbfund.ranking.features import FEW
from thbfund.report.contract import report_json, report_values
from thbfund.report.highlights import HIGHLIGHT_WORDS, marked_sentences, your_words
from thbfund.report.tables import report_markdown
from thbfund.report.why import change_sentence, idle_sentences
from thbfund.said import ordinal
from thbfund.why import idle_concepts, not_higher, programmes_words, shares_no_words

VOCABULARIES = loaded_vocabularies()
SHELTER = "Menschenhandel: Opfer in einer Schutzwohnung."  # no word in common with the English of the catalogue


@pytest.fixture(scope="module")
def plain(tiny):
    """A matcher on the tiny catalogue without encoder."""
    return Matcher(tiny, None)


@pytest.fixture(scope="module")
def twins(tmp_path_factory):
    """A matcher on two programmes alike but for one tag: shelter here, training there."""
    one = make_programme(id="aaa", name="Amber Fund", strands=[tagged("training")])
    two = make_programme(id="bbb", name="Basalt Fund", strands=[tagged("shelter")])
    return Matcher(load_catalogue(write_catalogue(tmp_path_factory.mktemp("twins") / "data", [one, two])), None)


def tagged(activity):
    return make_strand(tags={"target_groups": ["victims_of_trafficking"], "activities": [activity]})


def asked(matcher, summary=SUMMARY, **changes) -> MatchReport:
    return matcher.match(make_project(VOCABULARIES, summary=summary, **changes), ON)


# ---- why not higher ----


def test_a_match_is_told_what_the_one_above_has_and_it_has_not(twins):
    report = asked(twins, SHELTER, language="de")
    first, second = report.matches
    found = not_higher(second, report)

    assert found.above is first
    assert [(one.name, one.shared) for one in found.behind] == [("activities", ("Safe place to stay",))]
    assert "Basalt Fund stands above it by" in found.text
    assert "Activities" in found.text
    assert "It is better" not in found.text


def test_the_first_has_none_above_it(twins):
    report = asked(twins)

    assert not_higher(report.matches[0], report) is None


def test_differences_on_both_sides_add_up_to_the_difference_of_the_scores(plain):
    report = asked(plain, f"{SUMMARY} Police officers train in Albania.")
    found = not_higher(report.matches[1], report)
    net = sum(one.value for one in found.behind) - sum(one.value for one in found.ahead)

    assert found.by == pytest.approx(net, abs=0.05)
    assert found.by > 0


# ---- left out ----


def test_what_decides_between_two_programmes_is_named_with_the_rank_without_it(twins):
    [change] = left_out(twins, asked(twins, SHELTER, language="de"))

    assert (change.kind, change.id, change.match.programme.id) == ("activities", "shelter", "bbb")
    assert (change.match.rank, change.without) == (1, 2)
    assert change_sentence(change) == (
        "Without “Schutzwohnung” (Safe place to stay), Basalt Fund would come 2nd instead of 1st."
    )


def test_what_decides_nothing_is_not_named(twins):
    assert left_out(twins, asked(twins, "Women who were trafficked are helped.")) == ()


def test_no_encoder_is_asked_again(twins, monkeypatch):
    report = asked(twins)
    monkeypatch.setattr(twins, "read", None)
    monkeypatch.setattr(twins, "reader", None)

    assert isinstance(left_out(twins, report), tuple)


def test_a_field_that_is_filled_in_is_tried_and_an_empty_one_is_not(plain):
    fields = {
        one.id for one in trials(asked(plain, applicant={"type": "ngo"}, total_budget_eur=9)) if one.kind == "field"
    }

    assert fields == {"applicant.type", "requested_grant_eur"}


def test_a_seat_that_counts_as_place_goes_with_its_field_unless_places_are_stated(plain):
    applicant = {"country": "NG"}
    [loose] = [one for one in trials(asked(plain, applicant=applicant)) if one.id == "applicant.country"]
    stated = asked(plain, applicant=applicant, countries_of_action=["NG"])
    [kept] = [one for one in trials(stated) if one.id == "applicant.country"]

    assert [found.id for found in loose.understood.places] == ["IT"]
    assert [found.id for found in kept.understood.places] == ["NG"]


def test_a_place_that_the_reader_added_stays_whichever_field_is_left_open(plain):
    applicant = {"type": "ngo", "country": "DE"}
    found = trials(asked(plain, applicant=applicant, also_meant={"places": ["NG"]}))

    assert all("NG" in {place.id for place in one.understood.places} for one in found if one.kind == "field")


def test_fields_are_tried_on_the_share_that_the_whole_text_has_of_the_field(plain, monkeypatch):
    report, shares, score = asked(plain), [], plain.ranker.score
    monkeypatch.setattr(
        plain.ranker, "score", lambda *given, **said: shares.append(said["share"]) or score(*given, **said)
    )
    left_out(plain, report)

    assert set(shares) == {report.field.share}


@given(
    st.lists(st.sampled_from(["shelter", "lawyer", "train", "research", "children", "police", "Albania"]), min_size=1)
)
def test_leaving_out_what_a_match_does_not_rest_on_never_lowers_its_tag_contributions(plain, said):
    report = asked(plain, f"Women who were trafficked. {' '.join(said)}.")
    before = {
        score.document.strand.id: by_name(score) for score in plain.ranker.score(report.understood, report.project)
    }
    for kind in ("activities", "target_groups"):
        for concept in report.understood.concepts[kind]:
            reduced = without_concept(report.understood, kind, concept, report.project, VOCABULARIES)
            for score in plain.ranker.score(reduced, report.project):
                was, now = before[score.document.strand.id], by_name(score)
                if concept.id not in was[kind].shared:
                    assert now[kind].shared == was[kind].shared
                    assert now[kind].value >= was[kind].value or concept.id == "victims_of_trafficking"
                for other in {"activities", "target_groups", "place_of_action"} - {kind}:
                    assert now[other].shared == was[other].shared


def by_name(score):
    return {part.name: part for part in score.contributions}


# ---- what did nothing ----


def test_what_no_programme_carries_is_named_and_what_one_carries_is_not(plain):
    report = asked(plain, "Women who were trafficked find a shelter; we research debts.")
    found = {(kind, concept.id) for kind, concept in idle_concepts(report)}

    assert ("activities", "studies") in found
    assert ("activities", "shelter") not in found
    assert "Studies (“research”)" in idle_sentences(report)[0]


def test_what_a_programme_carries_is_not_idle_though_eight_stronger_things_are_named_before_it(catalogue):
    union_actions = next(iter(catalogue.programmes["amif-2021-2027"].strands))
    carried = union_actions.tags.activities
    assert len(carried) > 2 * FEW
    project = make_project(catalogue.vocabularies, summary=SUMMARY, activities=list(carried))

    report = Matcher(catalogue, None).match(project, ON)

    assert any(match.scored.document.strand is union_actions for match in report.matches[:5])
    assert not {concept.id for kind, concept in idle_concepts(report) if kind == "activities"}


def test_a_text_in_other_words_is_told_so_and_one_in_the_same_words_is_not(plain):
    assert shares_no_words(asked(plain, "Menschenhandel: Opfer und Kinder.", language="de"))
    assert not shares_no_words(asked(plain))


# ---- the words of both sides ----


def test_of_your_words_at_most_five_stand_together(plain):
    report = asked(plain, f"{SUMMARY} Safe places, lawyers, shelters, police, children, training, warning.")
    said = [your_words(part, report.understood) for match in report.matches for part in match.scored.contributions]

    assert any(said)
    assert max(len(" ".join(words).split()) for words in said) <= HIGHLIGHT_WORDS


def test_the_programme_is_quoted_with_the_sentence_that_shares_most_words(plain):
    first = asked(plain).matches[0]
    quotes = {part.name: programmes_words(first, part) for part in first.scored.contributions}

    assert quotes["text"] == "A safe place to stay for victims of trafficking, with shelters and with legal aid."
    assert quotes["activities"] == ""


def test_sentences_are_cut_where_the_words_that_count_begin_and_end(plain):
    report = asked(plain, "We sing. Then a shelter, and LEGAL aid!")
    [pieces] = marked_sentences(report.understood)

    assert pieces == [("Then a ", False), ("shelter", True), (", and ", False), ("LEGAL aid", True), ("!", False)]


# ---- shown ----


def test_json_and_markdown_say_it_and_what_was_not_asked_for_is_null(twins):
    report = asked(twins, SHELTER, language="de")
    changes = left_out(twins, report)
    values = json.loads(report_json(report, changes=changes))

    assert values["left_out"][0]["without"] == 2
    assert values["matches"][0]["not_higher"] is None
    assert values["matches"][1]["not_higher"]["above"] == "bbb"
    assert report_values(report)["left_out"] is None
    assert "would come 2nd instead of 1st" in report_markdown(report, changes=changes)
    assert "Why not higher: Basalt Fund" in report_markdown(report)
    assert "left out" not in report_markdown(report)


@pytest.mark.parametrize(("rank", "said"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (21, "21st")])
def test_ranks_in_words(rank, said):
    assert ordinal(rank) == said
