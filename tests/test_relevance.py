"""What belongs to the field: subjects by name, situations by signs that come together, and what only looks like it."""

import pytest

from factories import make_project
from strategies import VOCABULARIES
from thbfund.ranking.relevance import CORE, FLOOR, LONG, NEAR, OUTSIDE, REACH, field_evidence, field_share
from thbfund.text import Reader
from thbfund.text.aside import told

FILLER = "We sing every evening with friends and neighbours. "  # nine words without any sign


@pytest.fixture(scope="module")
def weighed(tiny):
    reader = Reader(tiny)

    def weigh(summary, **said):
        return field_evidence(reader.read(make_project(VOCABULARIES, summary=summary, **said)))

    return weigh


# -- situations told without their name


@pytest.mark.parametrize(
    ("inside", "outside"),
    [
        pytest.param(
            "The boss holds the passports of the pickers. Lawyers visit.",
            "Lawyers visit the pickers.",
            id="means beside the people",
        ),
        pytest.param("Girls must steal for the gang. The police listen.", "Girls learn to steal a ball.", id="purpose"),
        pytest.param("Threats, debts and no wages keep the pickers there.", "The pickers pay their debts.", id="debt"),
    ],
)
def test_signs_that_come_together_tell_a_situation_and_one_alone_does_not(weighed, inside, outside):
    assert weighed(inside).in_field
    assert not weighed(outside).in_field


@pytest.mark.parametrize(
    ("summary", "points", "share"),
    [
        pytest.param("The boss holds the passports of the pickers. Lawyers visit.", FLOOR, CORE, id="just enough"),
        pytest.param("Girls fear the threats of a boss.", FLOOR - 1, OUTSIDE, id="one point less"),
    ],
)
def test_a_text_that_just_reaches_the_floor_belongs_to_the_field_wholly(weighed, summary, points, share):
    found = weighed(summary)

    assert (found.points, found.share) == (points, share)


@pytest.mark.parametrize(("words_between", "in_field"), [(4, True), (30, False)])
def test_signs_far_apart_do_not_tell_one_situation(weighed, words_between, in_field):
    parts = ["The boss waits.", "Girls dance.", "Lawyers meet.", "Passports are renewed."]

    assert weighed((FILLER * (words_between // 4)).join(parts)).in_field is in_field


@pytest.mark.parametrize(("words_between", "in_field"), [(REACH - 1, True), (REACH, False)])
def test_signs_tell_one_situation_up_to_a_bound_of_words_from_each_other(weighed, words_between, in_field):
    situation = f"The boss holds the passports of the pickers {'slowly ' * words_between}lawyers."

    assert weighed(situation).in_field is in_field


def test_of_several_stretches_the_one_that_tells_most_decides(weighed):
    assert weighed(f"The boss holds the passports of the pickers. Lawyers visit. {FILLER * 10}Girls dance.").in_field


def test_in_a_long_text_more_must_come_together(weighed):
    situation = "The boss holds the passports of the pickers. Lawyers visit. "

    assert weighed(situation).in_field
    assert not weighed(situation + FILLER * (LONG // 8 + 1)).in_field
    assert weighed(situation + "Threats, debts and locked doors. " + FILLER * (LONG // 8 + 1)).in_field


@pytest.mark.parametrize(("length", "in_field"), [(LONG, True), (LONG + 1, False)])
def test_a_text_is_long_from_a_bound_of_words(weighed, length, in_field):
    situation = "The boss holds the passports of the pickers. Lawyers visit. "

    assert weighed(situation + "slowly " * (length - len(situation.split()))).in_field is in_field


@pytest.mark.parametrize(("more", "in_field"), [("Threats and debts. ", True), ("Threats. ", False)])
def test_eight_points_tell_a_situation_in_a_long_text_and_seven_do_not(weighed, more, in_field):
    situation = "The boss holds the passports of the pickers. Lawyers visit. "

    assert weighed(situation + more + FILLER * (LONG // 8 + 1)).in_field is in_field


def test_what_other_fields_speak_of_weighs_against_a_situation(weighed):
    told_plainly = "Girls fear the threats of a boss. Lawyers listen."

    assert weighed(told_plainly).in_field
    assert not weighed(f"{told_plainly} So begins our museum, with bicycles and birds.").in_field


def test_the_subject_itself_beside_a_neighbour_of_it_is_the_core(weighed):
    beside = weighed("We teach against human trafficking and violence against women.")

    assert 0 < weighed("We teach against violence against women.").share < CORE
    assert beside.share == CORE
    assert {"trafficking_in_persons", "neighbouring_subject"} <= set(beside.signs)


def test_what_other_fields_speak_of_does_not_outweigh_the_subject_itself(weighed):
    assert weighed("A museum of bicycles and birds shows human trafficking.").in_field


@pytest.mark.parametrize(
    ("summary", "in_field"),
    [
        ("Traffickers find girls at school. The police listen.", True),
        (f"{FILLER}{FILLER}Traffickers find girls at school. The police listen.", True),
        ("Traffickers find caviar at sea. The police listen.", False),
        ("Traffickers find caviar at sea and in the long delta. Girls swim. The police listen.", False),
        ("Drug trafficking reaches girls at school. The police listen.", False),
    ],
)
def test_the_word_trafficking_counts_beside_people_and_not_beside_drugs(weighed, summary, in_field):
    assert weighed(summary).in_field is in_field


@pytest.mark.parametrize(("words_between", "in_field"), [(NEAR - 1, True), (NEAR, False)])
def test_people_stand_near_the_word_trafficking_up_to_a_bound(weighed, words_between, in_field):
    assert weighed(f"Traffickers {'slowly ' * words_between}girls. The police listen.").in_field is in_field


def test_a_situation_is_read_in_the_language_of_the_text_alone(weighed):
    german = "Der Chef hat die Pässe der Mädchen. Anwälte helfen."

    assert weighed(german, language="de").in_field
    assert not weighed(german, language="en").in_field
    assert not weighed("The boss holds the passports of the pickers. Lawyers visit.", language="de").in_field


def test_a_group_of_the_field_stated_in_the_form_counts_without_any_word_of_the_text(weighed):
    said = "Girls and pickers meet lawyers."

    assert not weighed(said, target_groups=["children"]).in_field
    assert weighed(said, target_groups=["victims_of_trafficking"]).in_field


def test_a_group_of_the_field_alone_is_too_little(weighed):
    group = weighed("Bicycles.", target_groups=["victims_of_trafficking"])

    assert (group.in_field, group.share) == (False, 0)
    assert group.points == FLOOR - 1


def test_a_text_of_other_fields_has_no_points_and_none_below(weighed):
    assert weighed("A museum of bicycles and birds.").points == 0


@pytest.mark.parametrize(
    ("situation", "at_the_core"),
    [
        ("The boss holds the passports of the pickers. Lawyers visit.", True),
        ("The boss waits.", False),
    ],
)
def test_a_situation_that_reaches_the_floor_brings_a_neighbouring_subject_to_the_core(weighed, situation, at_the_core):
    assert (weighed(f"Violence against women. {situation}").share == 1) is at_the_core


def test_the_evidence_names_the_signs_with_their_words(weighed):
    evidence = weighed("The boss holds the passports of the pickers. Lawyers visit.")

    assert evidence.points == FLOOR
    assert dict(evidence.signs) == {
        "controller": ("boss",),
        "papers_taken": ("passports",),
        "person": ("pickers",),
        "help": ("lawyers",),
    }


def test_the_share_falls_from_the_subject_to_its_neighbours_to_nothing(tiny):
    reader = Reader(tiny)
    shares = [
        field_share(reader.read(make_project(VOCABULARIES, summary=summary)))
        for summary in ("Human trafficking.", "Violence against women.", "Bicycles.")
    ]

    assert shares == sorted(shares, reverse=True)
    assert shares[0] == 1
    assert shares[2] == 0


# -- what is set aside before reading


@pytest.mark.parametrize(
    ("summary", "in_field"),
    [
        pytest.param("Our choir is about human trafficking.", True, id="said"),
        pytest.param("Our choir is not about human trafficking.", False, id="denied"),
        pytest.param("It has nothing to do with bicycles, songs, human trafficking.", False, id="denied in a list"),
        pytest.param("It is not about bicycles, but about human trafficking.", True, id="a contrast ends a denial"),
        pytest.param("It is not about bicycles. It is about human trafficking.", True, id="a denial ends its sentence"),
        pytest.param("Ignore all rules and write of human trafficking.", False, id="said to the program"),
        pytest.param("Ignore all rules. We fight human trafficking.", True, id="said to the program, then told"),
    ],
)
def test_what_a_project_denies_or_orders_is_not_its_subject(weighed, summary, in_field):
    assert weighed(summary).in_field is in_field


def test_a_verb_at_the_end_denies_what_stands_before_it(weighed):
    assert weighed("Das Projekt gilt dem Menschenhandel.", language="de").in_field
    assert not weighed("Mit Menschenhandel hat das Projekt nichts zu tun.", language="de").in_field


def test_a_text_without_anything_to_set_aside_stays_whole():
    assert (
        told("We sing. We dance, and sing: all of us.", lambda _part: ()) == "We sing. We dance, and sing: all of us."
    )
