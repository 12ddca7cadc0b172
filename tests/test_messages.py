"""The list of what the app says, and its translations: complete, current, and right in what a machine can check."""

from pathlib import Path

import pytest
from babel.messages.catalog import Message

from thbfund.speaking import ENGLISH, Unsaid, speaker, unsaid
from thbfund.staff.messages import (
    TEMPLATE,
    TRANSLATED,
    filled,
    is_english,
    messages,
    mistakes,
    path_of,
    renewed,
    spoken_in,
    template,
    todo,
    translations,
    written,
)

HOW = "run .ci/run messages"


@pytest.fixture(scope="module")
def everything():
    return template()


def test_the_list_of_messages_is_that_of_the_source(everything):
    assert TEMPLATE.read_bytes() == written(everything, locations=True), HOW


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_catalogue_of_a_language_holds_just_the_messages_of_the_source(language, everything):
    assert path_of(language).read_bytes() == written(renewed(language, everything)), HOW


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_breaks_fields_forms_or_marks_or_is_left_in_english(language):
    catalog = translations(language)
    wrong = [f"{one.id!r}: {said}" for one in catalog if one.id for said in mistakes(one, catalog.num_plurals)]
    assert not wrong


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_is_counted_as_missing_is_what_is_not_translated(language):
    kept = translations(language)
    assert unsaid(language) == Unsaid(len(kept) - len(list(todo(kept))), len(list(todo(kept))))


def test_nothing_of_english_is_missing():
    assert unsaid(ENGLISH).is_complete


@pytest.mark.parametrize("language", TRANSLATED)
def test_each_language_has_a_name_dates_numbers_and_countries_of_its_own(language):
    said = speaker(language)
    names = [said.language_name(language), said.country("DE"), said.euro(1250000), said.percent(0.875)]
    assert all(names)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('_("Match")', ["Match"]),
        ('say("a {b}", b=1)', ["a {b}"]),
        ('_("one" "two")', ["onetwo"]),
        ('_("yes" if good else "no")', ["yes", "no"]),
        ('counted("{n} a", "{n} b", number)', [("{n} a", "{n} b")]),
        ('speak.count("{n} a", "{n} b", number)', [("{n} a", "{n} b")]),
        ('answers.count("met")', []),
        ("_(WORDS[key])", []),
    ],
)
def test_messages_are_the_literals_that_are_said(source, found):
    assert list(spoken_in(source)) == found


@pytest.mark.parametrize("source", ['_(f"{n} hits")', 'say("a" + b)', '_("a %s" % b)'])
def test_a_message_put_together_while_the_program_runs_is_refused(source):
    with pytest.raises(ValueError, match="must be a literal"):
        list(spoken_in(source))


def test_names_of_tags_are_messages():
    assert messages()["Victims of trafficking"] == {"vocabularies/target_groups.yaml"}


@pytest.mark.parametrize(
    ("original", "said", "wrong"),
    [
        ("Closes {day}.", "Endet am {day}.", 0),
        ("Closes {day}.", "Endet am {tag}.", 1),
        ("Closes {day}.", "Endet bald.", 1),
        ("Closes {day}.", "Endet am {day}", 1),
        ("Closes {day}.", "Endet am {day.", 1),
        ("Closes *now*", "Endet jetzt", 1),
        (" and ", "und ", 1),
        ("What do you mean", "What do you mean", 1),
        ("Partner", "Partner", 0),
        (("{n} hit", "{n} hits"), ("{n} Treffer", "{n} Treffer"), 0),
        (("{n} hit", "{n} hits"), ("ein Treffer", "{n} Treffer"), 0),
        (("{n} hit", "{n} hits"), ("{n} Treffer", "viele Treffer"), 1),
        (("{n} hit", "{n} hits"), ("{n} Treffer",), 1),
        ("Not yet translated", "", 0),
    ],
)
def test_a_machine_sees_what_is_wrong_with_a_translation(original, said, wrong):
    assert len(mistakes(Message(original, said), 2)) == wrong


def test_filled_in_translations_are_taken_and_wrong_ones_named(everything):
    catalog = renewed("de", everything)
    given = [{"from": "Closes", "to": "x"}, {"from": "Match", "to": "{x}"}, {"from": "About", "to": "Über"}]
    refused = filled(catalog, given)
    assert len(refused) == 2
    assert catalog.get("About").string == "Über"


@pytest.mark.parametrize(("text", "is_so"), [("thbfund in {language}", False), ("You may apply", True)])
def test_a_text_of_some_words_is_english_unless_they_are_names(text, is_so):
    assert is_english(text) is is_so


def test_no_template_uses_a_format_that_only_english_understands():
    texts = [part for text in messages() for part in ((text,) if isinstance(text, str) else text)]
    assert not [text for text in texts if ":." in text or "!r" in text]


def test_catalogues_lie_where_the_package_finds_them():
    assert {path.parent.parent.name for path in Path(TEMPLATE).parent.glob("*/LC_MESSAGES/messages.po")} == set(
        TRANSLATED
    )
