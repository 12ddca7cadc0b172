"""The start of the app: three ways in, a note that is uploaded, people's data, what was read and can be corrected."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from notes import READ, docx_note, odt_note, pdf_note
from test_app import DAY, SHELTER, assert_sound, button, clear_caches, markdown, nodes, opened, sent, words
from thbfund.hints import ASPECTS
from thbfund.project import MAX_SUMMARY_CHARACTERS
from thbfund.text.personal_data import TAKEN_OUT
from thbfund.web import asking, chips_view, clock, start_view
from thbfund.web.serve.beside import speak_to_nobody

NAMED = f"{SHELTER} Contact person: Ana Pop, ana@example.org"
THIN = "A good thing."
NOTES = {"note.docx": docx_note(), "note.odt": odt_note(), "note.txt": READ.encode(), "note.md": READ.encode()}


@pytest.fixture(scope="module", autouse=True)
def _fixed_day() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("THBFUND_DATA", raising=False)
        patch.setattr(clock, "today", lambda: DAY)
        clear_caches()
        yield
        clear_caches()


def uploaded(app: AppTest, name: str, content: bytes) -> AppTest:
    return app.file_uploader[0].set_value((name, content, "application/octet-stream")).run()


def summary(app: AppTest) -> str:
    return app.get_by_key("project_summary").value


def chips(app: AppTest, kind: str) -> Any:
    return app.get_by_key(chips_view.KEY + kind)


def has_results(app: AppTest) -> bool:
    return any(found.value == "Programmes for your project" for found in app.header)


# Empty


def test_the_start_offers_three_ways_and_then_the_box() -> None:
    app = opened()
    assert_sound(app)
    kinds = [node.type for node in nodes(app)]
    assert kinds.index("file_uploader") < kinds.index("text_area")
    assert sum("Example" in found.label for found in app.button) == 3
    assert "Be guided" in words(app)
    assert not has_results(app)


def test_six_short_answers_become_the_description() -> None:
    app = opened()
    app.get_by_key(start_view.GUIDE + "whom").set_value("women who were trafficked.")
    app.get_by_key(start_view.GUIDE + "where").set_value(" in Italy ")
    button(app, "Put it into the description").click().run()
    assert summary(app) == "Women who were trafficked. In Italy."


def test_no_answers_leave_the_description_as_it_is() -> None:
    app = sent(opened(), summary=SHELTER)
    button(app, "Put it into the description").click().run()
    assert summary(app) == SHELTER


def test_start_over_empties_everything() -> None:
    app = sent(uploaded(opened(), "note.docx", NOTES["note.docx"]))
    button(app, "Start over").click().run()
    assert summary(app) == ""
    assert not has_results(app)
    assert not app.success


# Upload


@pytest.mark.parametrize("name", NOTES)
def test_a_note_stands_in_the_box_and_nothing_is_computed_yet(name: str) -> None:
    app = uploaded(opened(), name, NOTES[name])
    assert_sound(app)
    assert summary(app) == READ
    assert name in words(app)
    assert not has_results(app)
    assert app.file_uploader[0].value is None, "the file itself is not kept"


def test_a_note_that_cannot_be_read_leaves_the_box_as_it_was() -> None:
    app = uploaded(sent(opened(), summary=SHELTER), "scan.pdf", pdf_note("", ""))
    assert_sound(app)
    assert summary(app) == SHELTER
    assert has_results(app)
    assert "pictures of text" in app.error[0].value
    assert "Expected: text that can be marked and copied" in app.error[0].value


def test_a_note_after_one_that_could_not_be_read_is_read() -> None:
    app = uploaded(uploaded(opened(), "broken.pdf", b"%PDF-1.4"), "note.docx", NOTES["note.docx"])
    assert not app.error
    assert summary(app) == READ


def test_what_became_of_a_note_is_said_until_the_form_gets_its_text_from_elsewhere() -> None:
    app = uploaded(opened(), "note.docx", NOTES["note.docx"])
    app.file_uploader[1].set_value(("mine.yaml", f"summary: {SHELTER}".encode(), "application/yaml")).run()
    assert ["was opened" in found.value for found in app.success] == [True]
    uploaded(app, "note.docx", NOTES["note.docx"])
    assert ["stands below" in found.value for found in app.success] == [True]
    app.get_by_key(start_view.GUIDE + "whom").set_value("women who were trafficked")
    button(app, "Put it into the description").click().run()
    assert not app.success


def test_a_note_that_is_too_long_is_cut_and_the_page_says_where() -> None:
    text = "We help girls in Italy. " * (MAX_SUMMARY_CHARACTERS // 24 + 10)
    app = uploaded(opened(), "long.txt", text.encode())
    assert len(summary(app)) <= MAX_SUMMARY_CHARACTERS
    assert "longer than the box" in app.success[0].value
    assert "all that follows “We help girls in Italy.”" in words(app)


def test_a_new_note_forgets_what_was_found_and_corrected_before() -> None:
    app = sent(opened(), summary=SHELTER)
    chips(app, "places").set_value([]).run()
    uploaded(app, "note.docx", NOTES["note.docx"])
    assert not has_results(app)
    assert not app.session_state[asking.KEY + "not_meant"]


def test_mark_up_in_the_name_of_a_file_is_shown_as_it_is_written() -> None:
    app = uploaded(opened(), "**bold** [x](javascript:y).txt", b"Our shelter")
    assert "[x](javascript" not in markdown(app)


# People's data


def test_a_text_that_names_people_is_held_until_the_user_has_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("thbfund.matching.Matcher.match", None)
    app = sent(opened(), summary=NAMED)
    assert_sound(app)
    assert not has_results(app)
    assert "an e-mail address" in words(app)
    assert "the name of a person" in words(app)
    assert "](mailto" not in markdown(app)


def test_what_names_people_can_be_taken_out() -> None:
    app = sent(opened(), summary=NAMED)
    button(app, "Take it out").click().run()
    assert has_results(app)
    assert TAKEN_OUT in summary(app)
    assert "ana@example.org" not in summary(app)
    assert app.session_state[asking.ASKED].project.summary == summary(app)


def test_one_may_go_on_knowingly_with_this_text_and_is_asked_again_for_another() -> None:
    app = sent(opened(), summary=NAMED)
    button(app, "Go on with the text as it is").click().run()
    assert has_results(app)
    assert summary(app) == NAMED
    assert has_results(sent(app)), "the choice holds for this text"
    assert not has_results(sent(app, summary=f"{NAMED} and ben@example.org"))


def test_an_uploaded_note_that_names_people_is_held_too() -> None:
    app = sent(uploaded(opened(), "note.txt", NAMED.encode()))
    assert not has_results(app)
    assert "an e-mail address" in words(app)


# Errors


@pytest.mark.parametrize(
    "broken", ["thbfund.matching.Matcher.match", "thbfund.web.asking.build"], ids=["page", "click"]
)
def test_neither_log_nor_page_repeats_an_error_that_no_part_caught(
    broken: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: Any) -> None:
        raise ValueError("Quillmark typed this")

    speak_to_nobody()
    monkeypatch.setattr(logging.getLogger("streamlit.error_util"), "propagate", True)
    app = opened()
    monkeypatch.setattr(broken, fail)
    sent(app, summary=SHELTER)
    assert "not caught: ValueError at test_app_start:" in caplog.text
    assert "Quillmark" not in caplog.text
    assert "Quillmark" not in app.exception[0].value


# Thin texts


def test_a_thin_text_is_told_what_to_add_with_examples() -> None:
    app = sent(opened(), summary=THIN)
    assert all(text in words(app) and example in words(app) for text, example in ASPECTS.values())


def test_a_full_text_is_told_nothing_to_add() -> None:
    assert "A fuller description" not in words(sent(opened(), summary=SHELTER))


# Chips


def test_what_was_read_stands_as_chips_with_the_words_that_showed_it() -> None:
    app = sent(opened(), summary=SHELTER)
    understood = app.session_state["found"]["report"].understood
    for kind in chips_view.KINDS:
        found = understood.places if kind == "places" else understood.concepts[kind]
        assert chips(app, kind).value == [concept.id for concept in found]
    assert {"IT", "ES"} <= set(chips(app, "places").value)
    assert "Italy: “Italy”" in chips(app, "places").options
    assert "Women and girls: “girls”" in chips(app, "target_groups").options
    assert app.get_by_key(chips_view.KEY + "language").value == "en"


@pytest.mark.parametrize("kind", chips_view.KINDS)
def test_a_chip_taken_off_no_longer_counts(kind: str) -> None:
    app = sent(opened(), summary=SHELTER)
    first, *rest = chips(app, kind).value
    chips(app, kind).set_value(rest).run()
    assert first not in chips(app, kind).value
    assert getattr(app.session_state[asking.ASKED].project.not_meant, kind) == (first,)


@pytest.mark.parametrize(
    ("kind", "tag"),
    [
        ("places", "NG"),
        ("target_groups", "children"),
        ("activities", "data_and_studies"),
        ("forms_of_exploitation", "forced_begging"),
        ("priorities", "X1"),
    ],
)
def test_a_chip_that_is_added_counts(kind: str, tag: str) -> None:
    app = sent(opened(), summary="We run a shelter for women.")
    chips(app, kind).set_value([*chips(app, kind).value, tag]).run()
    assert tag in chips(app, kind).value
    assert tag in getattr(app.session_state[asking.ASKED].project.also_meant, kind)


def test_a_chip_taken_off_and_put_back_is_as_before() -> None:
    app = sent(opened(), summary=SHELTER)
    before = chips(app, "places").value
    chips(app, "places").set_value(before[1:]).run()
    chips(app, "places").set_value([*chips(app, "places").value, before[0]]).run()
    assert set(chips(app, "places").value) == set(before)
    assert not any("as you say" in option for option in chips(app, "places").options)


def test_corrections_hold_when_the_text_is_edited_and_new_words_are_still_read() -> None:
    app = sent(opened(), summary=SHELTER)
    chips(app, "places").set_value([place for place in chips(app, "places").value if place != "IT"]).run()
    sent(app, summary=f"{SHELTER} Also in France and Italy.")
    assert "IT" not in chips(app, "places").value
    assert "FR" in chips(app, "places").value


def test_chips_of_what_the_form_states_change_the_form() -> None:
    app = sent(opened(), summary=SHELTER, countries_of_action=["IT", "ES"])
    assert chips(app, "places").value == ["IT", "ES"]
    chips(app, "places").set_value(["IT", "FR"]).run()
    assert app.get_by_key("project_countries_of_action").value == ["IT", "FR"]
    assert app.session_state[asking.ASKED].project.countries_of_action == ("IT", "FR")


def test_the_last_chip_that_the_form_states_stays_off_though_the_text_shows_it_too() -> None:
    app = sent(opened(), summary=SHELTER, target_groups=["women_and_girls"])
    chips(app, "target_groups").set_value([]).run()
    assert app.get_by_key("project_target_groups").value == []
    assert "women_and_girls" not in chips(app, "target_groups").value
    assert app.session_state[asking.ASKED].project.not_meant.target_groups == ("women_and_girls",)


def test_the_language_can_be_corrected() -> None:
    app = sent(opened(), summary=SHELTER)
    app.get_by_key(chips_view.KEY + "language").set_value("pl").run()
    assert app.session_state[asking.ASKED].project.language == "pl"
    assert app.get_by_key("project_language").value == "pl"


def test_the_words_of_the_upload_are_not_in_the_link() -> None:
    app = sent(uploaded(opened(), "note.docx", NOTES["note.docx"]))
    assert "Safe harbour" not in str(dict(app.query_params))
