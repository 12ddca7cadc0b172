"""The part of the results page from which one takes files along."""

import io
from datetime import date

import docx
import openpyxl
import pytest
import streamlit as st
from icalendar import Calendar
from streamlit.testing.v1 import AppTest

from conftest import REPOSITORY
from thbfund.web import clock, components, results, selection_view, shortlist, take_away_view
from thbfund.web.app import PAGES
from thbfund.web.guard import guarded_file

DAY = date(2026, 11, 25)
FILES = ("brief.docx", "brief.html", "results.xlsx", "results.csv")


@pytest.fixture(autouse=True)
def made(monkeypatch):
    """The makers of the files by name, as the buttons got them; a fixed day."""
    found = {}

    def noted(name, make):
        found[name] = guarded_file(name, make)
        return found[name]

    monkeypatch.setattr(components, "guarded_file", noted)
    monkeypatch.setattr(clock, "today", lambda: DAY)
    monkeypatch.delenv("THBFUND_DATA", raising=False)
    st.cache_resource.clear()
    yield found
    st.cache_resource.clear()


def opened(example="Safe return", **state):
    app = AppTest.from_file(str(REPOSITORY / "app.py"), default_timeout=60).run()
    next(one for one in app.button if example in one.label).click().run()
    app.session_state[results.folded_key("away")] = True
    for key, value in state.items():
        app.session_state[key] = value
    app.run()
    assert not app.exception
    return app


def words_of(content):
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)


def test_nothing_is_drawn_or_made_while_the_part_is_shut(made):
    app = AppTest.from_file(str(REPOSITORY / "app.py"), default_timeout=60).run()
    next(one for one in app.button if "Safe return" in one.label).click().run()
    assert not made


def test_every_file_has_a_button(made):
    opened()
    assert set(FILES) <= set(made)
    assert all(made[name]() for name in FILES)


def test_the_description_is_left_out_when_the_box_is_cleared(made):
    app = opened()
    assert "mobile outreach team" in words_of(made["brief.docx"]())
    next(one for one in app.checkbox if one.label == "Put my description into the brief").uncheck().run()
    assert "mobile outreach team" not in words_of(made["brief.docx"]())


def test_a_box_stays_as_it_was_set_over_a_visit_to_another_page(made):
    app = opened()
    next(one for one in app.checkbox if one.label == "Repeat my description in the table").check().run()
    app.switch_page(str(PAGES / "tags.py")).run()
    app.switch_page(str(PAGES / "match.py")).run()
    app.session_state[results.folded_key("away")] = True
    app.run()
    assert next(one for one in app.checkbox if one.label == "Repeat my description in the table").value
    assert next(one for one in app.checkbox if one.label == "Put my description into the brief").value
    assert made


def test_the_brief_is_about_the_shortlist_where_there_is_one(made):
    opened(**{shortlist.KEY: ("cerv",)})
    text = words_of(made["brief.docx"]())
    assert "Citizens, Equality, Rights and Values" in text
    assert "Asylum, Migration and Integration Fund" not in text.split("For the section on relevance")[0]


def test_a_shortlist_of_which_nothing_is_among_the_results_is_not_said_to_be_what_the_brief_is_about(made):
    app = opened(**{shortlist.KEY: ("rec-2014-2020",)})
    said = "".join(one.value for one in app.markdown)
    assert "programmes that you may reach" in said
    assert "About your shortlist" not in said
    assert made


def test_the_table_holds_what_the_filter_shows_in_its_order(made):
    selection = selection_view.Selection({"band": frozenset({"strong"})}, "own")
    opened(**{selection_view.KEY: selection})
    book = openpyxl.load_workbook(io.BytesIO(made["results.xlsx"]()))
    rows = list(book["Results"].iter_rows(min_row=2, values_only=True))
    assert {row[3] for row in rows} == {"strong fit"}
    asked = dict(book["What was asked"].iter_rows(values_only=True))
    assert "Smallest own contribution" in asked["Order"]
    assert f"The filter shows {len(rows)} of" in asked["Order"]


def test_the_calendar_has_expected_calls_only_when_they_are_asked_for(made):
    app = opened()
    assert "calls.ics" not in made or b"TENTATIVE" not in made["calls.ics"]()
    next(one for one in app.checkbox if one.label.startswith("Add calls that are expected")).check().run()
    statuses = {event["status"] for event in Calendar.from_ical(made["calls.ics"]()).walk("VEVENT")}
    assert "TENTATIVE" in statuses


def test_the_paragraph_can_be_copied(made):
    assert "COM(2017) 728 final" in next(one.value for one in opened().code if "relevance" in one.value)
    assert made


def test_a_file_that_fails_repeats_nothing_and_leaves_the_others(made, monkeypatch, caplog):
    def broken(*_args, **_kwargs):
        raise ValueError("mobile outreach team")

    monkeypatch.setattr(take_away_view, "docx_of", broken)
    opened()
    with pytest.raises(RuntimeError, match="the file could not be made") as raised:
        made["brief.docx"]()
    assert raised.value.__cause__ is None
    assert raised.value.__context__ is None
    assert "outreach" not in caplog.text
    assert made["results.csv"]()
