"""A project with several kinds of work is taken apart, each part is matched by itself, and few programmes cover all."""

import json
from datetime import date
from itertools import combinations
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import ON, READ, fact, loaded_vocabularies, make_programme, make_project, make_relevance, make_strand
from thbfund import Matcher
from thbfund.parts import EXACT, SMALLEST_SHARE, Part, fewest, part_by_part
from thbfund.report.contract import report_json, report_values
from thbfund.report.parts import summary
from thbfund.report.tables import report_markdown

VOCABULARIES = loaded_vocabularies()
SHELTER = "A shelter takes in women who were trafficked to Italy."
TRAINING = "In Germany we train police officers to know the signs."
STUDIES = "Later we research how recruiters work."
QUESTION = {"theme": "same_costs", "question": "Paid twice?", "text": "Keep the books apart.", **READ}


def taken_apart(catalogue, summary, period="open", **changes):
    matcher = Matcher(catalogue)
    report = matcher.match(make_project(VOCABULARIES, summary=summary, **changes), ON, period)
    return part_by_part(matcher, report, period), report


def families(catalogue, summary, **changes):
    return taken_apart(catalogue, summary, **changes)[0].families


# ---- which parts there are ----


def test_a_project_of_several_kinds_of_work_has_a_part_for_each_in_the_order_of_the_text(tiny):
    found, _ = taken_apart(tiny, f"{TRAINING} {SHELTER} {STUDIES}")

    assert found.families == ("teaching", "helping", "studying")
    assert [part.family for part in found.parts] == ["teaching", "helping", "studying"]


def test_one_sentence_may_hold_several_parts(tiny):
    said = "We run a shelter for women who were trafficked, train police officers and research how recruiters work."

    assert families(tiny, said) == ("helping", "teaching", "studying")


def test_a_project_of_one_kind_of_work_says_so_and_shows_nothing_more(tiny):
    found, report = taken_apart(tiny, f"{SHELTER} A lawyer gives them legal aid.")
    values = report_values(report, parts=found)["parts"]

    assert values["text"] == "The description speaks of one kind of work: Helping."
    assert (values["found"], values["programmes"], values["double_funding"]) == ([], [], [])


def test_activities_without_a_family_make_no_part(tiny):
    assert families(tiny, f"{SHELTER} Posters warn girls at home of false promises, and we warn their parents.") == (
        "helping",
    )


@pytest.mark.parametrize(("words", "parts"), [(17, ("helping", "teaching")), (18, ("helping",))])
def test_fifteen_per_cent_of_the_words_are_a_part_and_less_is_a_mention(tiny, words, parts):
    """Three words on training: three of twenty are the smallest share, three of twenty-one are less."""
    shelter = " ".join(["The shelter for women who were trafficked", *["houses"] * (words - 7)])

    assert SMALLEST_SHARE == 3 / 20
    assert families(tiny, f"{shelter}, train the police.") == parts


def test_what_is_only_mentioned_stays_with_the_work_of_its_sentence(tiny):
    shelter = "A shelter takes in women who were trafficked to Italy and gives them a bed and food and warm clothes"
    found, _ = taken_apart(tiny, f"{shelter}, trains cooks. {STUDIES} And more research on how all of them recruit.")

    assert found.families == ("helping", "studying")


def test_activities_stated_in_the_form_decide_on_the_parts(tiny):
    assert families(tiny, f"{SHELTER} {TRAINING}", activities=["shelter", "studies"]) == ("helping", "studying")
    assert families(tiny, f"{SHELTER} {TRAINING}", activities=["shelter"]) == ("helping",)
    assert families(tiny, f"{SHELTER} {TRAINING}", activities=[]) == ()


def test_an_activity_that_the_reader_struck_off_makes_no_part_and_one_that_she_added_makes_one(tiny):
    assert families(tiny, f"{TRAINING} {SHELTER}", not_meant={"activities": ["training"]}) == ("helping",)
    assert families(tiny, SHELTER, also_meant={"activities": ["studies"]}) == ("helping", "studying")


def test_a_text_from_outside_the_field_is_not_taken_apart(tiny):
    found, report = taken_apart(tiny, "We train bakers and research how bread rises. The shelter of the oven is warm.")

    assert report.nothing_fits
    assert found.families == ()


@pytest.mark.parametrize(("number", "parts"), [("10,000", ("helping",)), ("10, 000", ("helping", "studying"))])
def test_a_comma_inside_a_number_cuts_nothing(tiny, number, parts):
    """Cut off after the comma, the rest of the clause would speak of nothing, and research would weigh more."""
    assert families(tiny, f"The shelter for {number} trafficked women has rooms, research.") == parts


# ---- each part keeps its own context ----


def part_of(found, family):
    return next(part for part in found.parts if part.family == family)


def score(part, programme):
    return next(match.scored for match in part.matches if match.programme.id == programme)


def test_a_part_is_matched_by_its_own_words(tiny):
    found, _ = taken_apart(tiny, f"{SHELTER} {TRAINING}")

    strands = {part.family: score(part, "lantern-2021-2027").document.strand.id for part in found.parts}
    assert strands == {"helping": "harbour", "teaching": "beacon"}


def places(part, programme="lantern-2021-2027"):
    return next(one.shared for one in score(part, programme).contributions if one.name == "place_of_action")


def test_a_part_keeps_the_places_that_it_names_and_has_those_of_the_whole_where_it_names_none(tiny):
    harbour = "A shelter in Italy takes in women who were trafficked."
    named, _ = taken_apart(tiny, f"{harbour} A second safe place opens in France. Studies on recruiters follow there.")
    [elsewhere, _] = taken_apart(tiny, f"{harbour} Studies in Germany tell how recruiters work.")[0].parts

    assert places(part_of(named, "helping")) == ("IT", "FR")
    assert places(elsewhere) == ("IT",)
    assert score(part_of(named, "studying"), "lantern-2021-2027").score > 0


def test_a_part_has_the_people_of_the_whole_where_it_names_none(tiny):
    found, _ = taken_apart(tiny, f"{SHELTER} {STUDIES}")
    [groups] = [one for one in score(part_of(found, "studying"), "lantern-2021-2027").contributions
                if one.name == "target_groups"]  # fmt: skip

    assert groups.shared == ("victims_of_trafficking",)


def test_the_subject_of_the_whole_holds_for_a_part_that_does_not_repeat_it(tiny):
    found, _ = taken_apart(tiny, f"{SHELTER} {TRAINING}")

    assert all(part.matches[0].scored.score > 0 for part in found.parts)


def test_sentences_that_say_nothing_of_the_work_belong_to_every_part(tiny):
    common = "Many come from Nigeria and Albania."
    found, _ = taken_apart(tiny, f"{common} {SHELTER} {STUDIES}")

    for part in found.parts:
        assert set(places(part, "compass-2021-2027")) == {"NG", "AL"}


def test_the_money_of_the_whole_is_not_taken_for_that_of_a_part(tiny):
    found, report = taken_apart(
        tiny, f"{SHELTER} {TRAINING}", total_budget_eur=2_000_000, requested_grant_eur=1_000_000
    )
    whole = next(match for match in report.matches if match.programme.id == "lantern-2021-2027")
    part = next(match for match in part_of(found, "helping").matches if match.programme.id == "lantern-2021-2027")

    def grant(match):
        by_strand = (match.judgement, *match.others)
        return next(outcome.answer for one in by_strand for outcome in one.outcomes if outcome.rule == "grant_range")

    assert (grant(whole), grant(part)) == ("not_met", "unknown")


# ---- the fewest programmes ----


def test_one_programme_for_all_is_preferred_to_two_that_fit_better():
    assert fewest({"a": {"p": 0.9, "q": 0.6}, "b": {"r": 0.9, "q": 0.6}}) == ("q",)


def test_of_several_smallest_sets_the_best_fitting_is_taken_then_the_first_by_id():
    assert fewest({"a": {"p": 0.6, "q": 0.7}, "b": {"p": 0.6, "q": 0.6}}) == ("q",)
    assert fewest({"a": {"q": 0.6, "p": 0.6}, "b": {"q": 0.6, "p": 0.6}}) == ("p",)


def test_a_part_that_nothing_fits_is_left_out():
    assert fewest({"a": {"p": 0.6}, "b": {}}) == ("p",)
    assert fewest({"a": {}}) == ()


def test_where_three_programmes_do_not_do_each_part_still_has_one():
    alone = {part: {f"only-{part}": 0.6} for part in "abcd"}

    assert fewest(alone) == ("only-a", "only-b", "only-c", "only-d")
    assert fewest({**alone, "e": {"only-a": 0.5, "other": 0.9}}) == ("only-a", "only-b", "only-c", "only-d")


def found_match(band, verdict="eligible"):
    return SimpleNamespace(scored=SimpleNamespace(band=band), judgement=SimpleNamespace(verdict=verdict))


def test_programmes_in_the_best_band_lead_and_weak_or_closed_ones_do_not_fit():
    strong, next_best, possible = found_match("strong"), found_match("strong"), found_match("possible")
    part = Part("helping", (), (found_match("strong", "closed"), strong, next_best, possible, found_match("weak")))

    assert part.fitting == (strong, next_best, possible)
    assert part.leading == (strong, next_best)


def test_a_part_that_nothing_fits_has_no_leading_programme():
    assert Part("helping", (), (found_match("weak"),)).leading == ()


OFFERS = st.dictionaries(
    st.sampled_from("abcdefg"), st.dictionaries(st.sampled_from("pqrstuv"), st.floats(0.35, 1.0)), max_size=7
)


@given(OFFERS)
def test_every_part_with_an_offer_is_covered_and_up_to_three_programmes_no_smaller_set_would_do(offers):
    chosen = fewest(offers)
    wanted = [set(scores) for scores in offers.values() if scores]

    assert all(scores & set(chosen) for scores in wanted)
    smaller = [
        one for size in range(min(len(chosen), EXACT + 1)) for one in combinations("pqrstuv", size)
        if all(scores & set(one) for scores in wanted)
    ]  # fmt: skip
    assert smaller == []


def two_programmes(guided):
    """A tiny catalogue with a programme for shelters and one for training."""
    training = make_strand(
        id="school",
        objectives=fact("Police officers learn in training how traffickers work."),
        actions=fact(["training of police"]),
        tags={"target_groups": ["police_officers"], "activities": ["training"]},
        relevance=make_relevance(A=3),
    )
    return guided(
        [make_programme(), make_programme(id="school-2021-2027", acronym="SCH", strands=[training])],
        fit=[{"id": "twice", **QUESTION}, {"id": "other", **QUESTION, "theme": "timing"}],
    )


def test_two_programmes_come_with_the_warning_on_double_funding_and_nothing_else(guided):
    found, report = taken_apart(two_programmes(guided), f"{SHELTER} {TRAINING}")

    assert found.programmes == ("lantern-2021-2027", "school-2021-2027")
    assert [one.id for one in found.double_funding] == ["twice"]
    assert "LAN 2021-2027 and SCH 2021-2027" in summary(found, report)


def test_one_programme_needs_no_warning(guided):
    both = make_programme(strands=[make_strand(tags={"target_groups": ["victims_of_trafficking", "police_officers"],
                                                     "activities": ["shelter", "training"]})])  # fmt: skip
    found, _ = taken_apart(guided([both], fit=[{"id": "twice", **QUESTION}]), f"{SHELTER} {TRAINING}")

    assert found.programmes == ("lantern-2021-2027",)
    assert found.double_funding == ()


@pytest.mark.parametrize("others", [(), ("gate-2021-2027",)])
def test_a_programme_that_shuts_the_applicant_out_is_named_only_where_there_is_no_other(guided, others):
    training = {"objectives": fact("Police officers learn in training how traffickers work."),
                "tags": {"target_groups": ["police_officers"], "activities": ["training"]}}  # fmt: skip
    police_only = {"applicant_types": {"lead": fact({"open_to": ["law_enforcement"], "others": "closed"})}}
    shut = make_programme(id="academy-2021-2027", strands=[make_strand(**training, eligibility=police_only)])
    catalogue = guided([shut, *(make_programme(id=key, strands=[make_strand(**training)]) for key in others)])
    found, _ = taken_apart(catalogue, f"{SHELTER} {TRAINING}", applicant={"type": "ngo"})

    fitting = [match.programme.id for match in part_of(found, "teaching").fitting]
    assert fitting == list(others or ("academy-2021-2027",))


def test_a_closed_programme_carries_no_part(tiny):
    found, report = taken_apart(tiny, f"{SHELTER} {TRAINING}", period="all")

    assert any(match.programme.id == "candle-2014-2020" for match in report.matches)
    assert all(match.programme.id != "candle-2014-2020" for part in found.parts for match in part.fitting)


# ---- as shown ----


def test_json_and_markdown_name_each_part_with_its_programmes(guided):
    found, report = taken_apart(two_programmes(guided), f"{SHELTER} {TRAINING}")
    [helping, teaching] = json.loads(report_json(report, parts=found))["parts"]["found"]
    shown = report_markdown(report, parts=found)

    assert (helping["programme"], teaching["programme"]) == ("lantern-2021-2027", "school-2021-2027")
    assert teaching["activities"] == [{"id": "training", "words": ["train"]}]
    assert "## Part by part" in shown
    assert "Keep the books apart" in shown


def test_the_same_project_gives_the_same_parts(tiny):
    first, report = taken_apart(tiny, f"{SHELTER} {TRAINING}")
    second, _ = taken_apart(tiny, f"{SHELTER} {TRAINING}")

    assert report_json(report, parts=first) == report_json(report, parts=second)


# ---- with the real catalogue ----


def test_each_activity_belongs_to_a_family_except_means_that_serve_all_work(catalogue):
    activities = catalogue.vocabularies["activities"].entries

    assert {one.id for one in activities if one.family is None} == {
        "equipment_and_infrastructure",
        "online_and_digital_tools",
    }
    assert {one.family for one in activities} - {None} == catalogue.vocabularies.ids("activity_families")


@pytest.mark.parametrize(
    "text",
    [
        f"We run a shelter for women who were trafficked to Italy. {TRAINING} A university carries out research.",
        (
            "Wir betreiben ein Schutzhaus für Frauen, die Opfer von Menschenhandel wurden. Polizisten "
            "erhalten Schulungen. Eine Universität erstellt eine Studie über die Anwerber."
        ),
    ],
    ids=["en", "de"],
)
def test_shelter_police_training_and_research_are_three_parts(matcher, text):
    report = matcher.match(make_project(matcher.catalogue.vocabularies, summary=text), date(2026, 11, 25))
    found = part_by_part(matcher, report)

    assert found.families == ("victim_support", "training_and_awareness", "research_and_data")
    assert all(part.fitting for part in found.parts)
    assert 1 <= len(found.programmes) <= EXACT
