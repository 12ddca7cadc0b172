"""Charts on screen: each is drawn with a sentence that names it and with a table of the same numbers."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

import test_app
from factories import ON, SUMMARY, loaded_vocabularies, make_project
from thbfund import Matcher
from thbfund.charts.statistics import SERIES
from thbfund.web import card_view, charts_view


@pytest.fixture(scope="module")
def report(tiny):
    return Matcher(tiny, None).match(make_project(loaded_vocabularies(), summary=SUMMARY), ON)


def opened(draw, *args):
    """A page that draws, before and after the reader opens the parts that draw only when opened."""

    def page(draw, args):
        import streamlit as st

        for key in st.session_state.get("to_open", ()):
            st.session_state[key] = True
        draw(*args)

    app = AppTest.from_function(page, kwargs={"draw": draw, "args": args}, default_timeout=60).run()
    if keys := [part.key for part in app.expander if (part.key or "").startswith("chart_")]:
        assert charts(app) == [], "a chart was drawn before it was asked for"
        app.session_state["to_open"] = keys
        app.run()
    assert not app.exception
    return app


def charts(app):
    """The specifications of all charts on the page."""
    return [found.proto for found in app.get("vega_lite_chart")]


def assert_drawn_with_twin(app, number=1):
    found = charts(app)
    assert len(found) == number
    assert len(app.table) == number
    text = [shown.value.replace("\\", "") for shown in app.markdown]
    for chart in found:
        assert chart.alt.endswith(".")
        assert chart.alt in text, "what a screen reader hears is not on the page"
    return found


def test_the_parts_of_a_score_are_drawn_once_asked_for(report):
    app = opened(charts_view.show_parts, report.matches[0], report)
    chart = assert_drawn_with_twin(app)[0]

    assert "is the sum of" in chart.alt
    assert len(app.table[0].value) == len(report.matches[0].scored.contributions) + 1


def test_the_first_programmes_are_drawn_side_by_side_once_asked_for(report):
    app = opened(charts_view.show_side_by_side, report)
    chart = assert_drawn_with_twin(app)[0]

    assert chart.alt.startswith("2 programmes side by side.")
    assert len(app.table[0].value) == 2


def test_one_programme_alone_is_drawn_too(report):
    app = opened(charts_view.show_side_by_side, replace(report, matches=report.matches[:1]))

    assert assert_drawn_with_twin(app)[0].alt.startswith("1 programme, ")


def test_no_programme_is_said_in_a_sentence_and_not_drawn(report):
    app = opened(charts_view.show_side_by_side, replace(report, matches=()))

    assert charts(app) == []
    assert app.markdown[0].value.startswith("No programme has a score")


@pytest.mark.parametrize("series", SERIES)
def test_each_series_of_figures_is_drawn_with_its_table(catalogue, series):
    app = opened(charts_view.show_statistic, series, catalogue.policy.figures)

    assert_drawn_with_twin(app)


def test_a_series_without_figures_is_said_in_a_sentence():
    app = opened(charts_view.show_statistic, "victims", ())

    assert charts(app) == []
    assert "no figures on record" in app.markdown[0].value


@pytest.mark.parametrize("start", [None, "2027-03"], ids=["no dates", "with dates"])
def test_the_timeline_is_drawn_once_asked_for(tiny, start):
    found = Matcher(tiny, None).match(make_project(loaded_vocabularies(), summary=SUMMARY, start=start), ON)

    assert_drawn_with_twin(opened(charts_view.show_timeline, found))


def test_a_timeline_of_nothing_is_said_in_a_sentence(report):
    app = opened(charts_view.show_timeline, replace(report, matches=()))

    assert charts(app) == []
    assert "No programme is open" in app.markdown[0].value


def test_the_page_of_calls_without_a_call_to_come_says_so_and_with_calls_draws_them(tiny, catalogue):
    assert charts(opened(charts_view.show_calls, tiny, ON)) == []
    assert_drawn_with_twin(opened(charts_view.show_calls, catalogue, ON))


def test_who_is_served_is_drawn_and_the_project_marked(tiny, report):
    alone = opened(charts_view.show_served, tiny, "all")
    marked = opened(charts_view.show_served, tiny, "all", report.understood)

    assert "Your project" not in assert_drawn_with_twin(alone)[0].alt
    assert "Your project touches" in assert_drawn_with_twin(marked)[0].alt


def test_the_reader_chooses_the_period_where_the_page_does_not(tiny):
    app = opened(charts_view.show_served, tiny, None)
    before = assert_drawn_with_twin(app)[0].alt
    app.radio[0].set_value("2014-2020").run()

    assert assert_drawn_with_twin(app)[0].alt != before


@pytest.mark.parametrize("countries", [None, ["IT"]], ids=["no country", "Italy"])
def test_the_map_is_drawn_with_and_without_countries_of_the_project(tiny, countries):
    project = make_project(loaded_vocabularies(), summary=SUMMARY, countries_of_action=countries)
    app = opened(charts_view.show_map, tiny.programmes["lantern-2021-2027"], tiny, ON, project)

    assert ("Countries of your project" in assert_drawn_with_twin(app)[0].alt) == bool(countries)


def test_all_charts_on_results_stand_below_each_other(report):
    assert_drawn_with_twin(opened(charts_view.show_report, report), number=3)


def on_page(app):
    """The same page with every chart on it open."""
    for part in [part for part in app.expander if (part.key or "").startswith("chart_")]:
        app.session_state[part.key] = True
    app.run()
    assert not app.exception
    return app


@pytest.mark.parametrize(
    ("page", "query", "said"),
    [
        ("calls", {}, "announced calls:"),
        ("programme", {"id": "cerv"}, "may take part"),
        ("coverage", {}, "under priority"),
    ],
)
def test_a_page_draws_its_chart_once_it_is_opened(page, query, said):
    app = test_app.opened(page, **query)
    assert charts(app) == []

    assert any(said in chart.alt for chart in charts(on_page(app)))


def test_results_draw_their_charts_and_those_of_an_opened_card():
    app = test_app.asked(test_app.SHELTER)
    app.session_state[card_view.details_key("cerv")] = True
    alts = [chart.alt for chart in charts(on_page(on_page(app.run())))]

    assert len(alts) == 5
    assert all(alt.endswith(".") for alt in alts)
    assert any("Your project touches" in alt for alt in alts), "the heat map marks no project"
