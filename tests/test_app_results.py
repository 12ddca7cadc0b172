"""Results in the app: filter, sort, shortlist, compare, what-if, project file, link, and the state without any."""

import re
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import test_app
from conftest import REPOSITORY
from factories import make_project
from test_app import OUTSIDE_THE_FIELD, SHELTER, asked, assert_sound, button, opened, sent, unescaped, words
from thbfund import Catalogue, read_project
from thbfund.link import to_query
from thbfund.project import write_project
from thbfund.report.selection import GROUP_WORDS, ORDER_SENTENCES
from thbfund.speaking import speaker
from thbfund.web import asking, card_view, compare_view, results, selection_view, shortlist, speech, take_away_view
from thbfund.web.app import PAGES
from thbfund.web.mistakes import OF_THE_FORM

_fixed_day = test_app._fixed_day  # noqa: SLF001 - a fixture, for the same day in both files

THREE = ["amif-2021-2027", "cerv", "esf-plus"]
FILE = REPOSITORY / "data" / "examples" / "shelter-for-women.yaml"


def picked(app: AppTest, *programmes: str) -> AppTest:
    for programme in programmes:
        app.get_by_key(f"shortlisted_{programme}").check().run()
    return app


def part(app: AppTest, name: str) -> AppTest:
    """The page with one part below the results open."""
    app.session_state[results.folded_key(name)] = True
    return app.run()


def names_in_order(app: AppTest) -> list[str]:
    return [line.split(". ", 1)[1] for line in words(app).splitlines() if line.startswith("#### ") and ". " in line]


# Cards


def test_the_first_three_of_the_best_group_stand_at_more_length() -> None:
    app = asked(SHELTER)
    assert words(app).count("**What stands in the way.**") + words(app).count("Next call: ") >= 2
    assert not app.tabs


def test_details_are_drawn_for_the_opened_card_alone() -> None:
    app = asked(SHELTER)
    before = len(test_app.nodes(app))
    app.session_state[card_view.details_key("cerv")] = True
    app.run()
    assert [tab.label for tab in app.tabs][:2] == ["Why this rank", "May we apply?"]
    assert len({tab.label for tab in app.tabs}) == len(app.tabs)
    assert len(test_app.nodes(app)) > before


def test_all_sources_of_a_result_are_listed_with_the_day_of_the_check() -> None:
    app = asked(SHELTER)
    app.session_state[card_view.details_key("cerv")] = True
    app.run()
    said = next(tab for tab in app.tabs if tab.label == "Sources")
    lines = "".join(found.value for found in said.markdown)
    assert lines.count("hecked on") > 3


def test_a_part_that_fails_leaves_the_results_standing(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError(SHELTER)

    monkeypatch.setattr("thbfund.web.question_view.show", broken)
    app = asked(SHELTER)
    assert_sound(app)
    assert "could not be shown" in app.error[0].value
    assert len(names_in_order(app)) > 5


# Sorting and filters


def test_the_order_is_always_explained() -> None:
    app = asked(SHELTER)
    assert ORDER_SENTENCES["fit"] in words(app)
    app.get_by_key("select_order").set_value("date").run()
    assert ORDER_SENTENCES["date"] in words(app)


def test_a_filter_shows_as_many_as_its_count_says_and_can_be_taken_away() -> None:
    app = asked(SHELTER)
    everything = names_in_order(app)
    app.get_by_key("select_band").set_value(["strong"]).run()
    assert_sound(app)
    shown = names_in_order(app)
    assert 0 < len(shown) < len(everything)
    assert f"The filter shows {len(shown)} of {len(everything)} programmes." in words(app)
    app.get_by_key("show_all").click().run()
    assert names_in_order(app) == everything


def test_filter_and_order_outlive_a_look_at_another_page() -> None:
    app = asked(SHELTER)
    app.get_by_key("select_band").set_value(["strong"]).run()
    app.get_by_key("select_order").set_value("rate").run()
    before = names_in_order(app)
    app.switch_page(str(PAGES / "programme.py")).run()
    app.switch_page(str(PAGES / "match.py")).run()
    assert names_in_order(app) == before


def test_a_filter_that_leaves_nothing_says_so() -> None:
    app = asked(SHELTER)
    app.get_by_key("select_band").set_value(["weak"]).run()
    app.get_by_key("select_timing").set_value(["forthcoming"]).run()
    assert_sound(app)
    if not names_in_order(app):
        assert "Take a filter away to see more." in words(app)


# Nothing fits


def test_where_nothing_fits_it_says_why_what_lies_outside_and_what_to_do(catalogue: Catalogue) -> None:
    app = asked(OUTSIDE_THE_FIELD)
    assert_sound(app)
    said = words(app)
    assert "Not found:" in said
    for area in catalogue.policy.areas:
        assert (f"**{area.area}.**" in said) == (area.covered != "yes")
    assert "Change the description" in said


def test_from_nothing_fits_one_looks_in_all_periods_with_a_click() -> None:
    app = asked(OUTSIDE_THE_FIELD)
    button(app, "Look in all periods").click().run()
    assert_sound(app)
    assert app.session_state[asking.ASKED].period == "all"
    assert not any("Look in all periods" in found.label for found in app.button)


# Shortlist


def test_a_shortlist_keeps_the_order_of_picking_and_outlives_other_pages() -> None:
    app = picked(asked(SHELTER), *THREE)
    assert app.session_state[shortlist.KEY] == tuple(THREE)
    app.switch_page(str(PAGES / "programme.py")).run()
    app.switch_page(str(PAGES / "match.py")).run()
    assert "Your shortlist (3)" in words(app)
    assert app.get_by_key("shortlisted_cerv").value is True


def test_a_programme_moves_up_and_off_the_shortlist() -> None:
    app = picked(asked(SHELTER), *THREE)
    app.get_by_key("_up_esf-plus").click().run()
    assert app.session_state[shortlist.KEY] == ("amif-2021-2027", "esf-plus", "cerv")
    app.get_by_key("_toggle_amif-2021-2027").click().run()
    assert app.session_state[shortlist.KEY] == ("esf-plus", "cerv")
    assert app.get_by_key("shortlisted_amif-2021-2027").value is False


# Compare


def test_the_shortlist_is_compared_differences_first() -> None:
    app = picked(asked(SHELTER, type="ngo", country="RO"), *THREE)
    app.switch_page(str(PAGES / "compare.py")).run()
    assert_sound(app)
    said = words(app)
    assert int(re.search(r"(\d+) differences", said)[1]) > 2
    for name in ("AMIF 2021-2027", "CERV 2021-2027", "ESF+ 2021-2027"):
        assert name in said


def test_other_programmes_can_be_chosen_to_compare_and_stay_chosen() -> None:
    app = asked(SHELTER)
    app.switch_page(str(PAGES / "compare.py")).run()
    assert "Choose at least two programmes" in words(app)
    app.get_by_key("compare_chosen").set_value(["cerv", "horizon-europe"]).run()
    assert_sound(app)
    assert "Horizon Europe" in words(app)
    app.switch_page(str(PAGES / "programme.py")).run()
    app.switch_page(str(PAGES / "compare.py")).run()
    assert app.get_by_key("compare_chosen").value == ["cerv", "horizon-europe"]


def test_a_shortlist_made_after_something_was_picked_to_compare_is_compared() -> None:
    app = asked(SHELTER)
    app.switch_page(str(PAGES / "compare.py")).run()
    app.get_by_key("compare_chosen").set_value(["cerv", "horizon-europe"]).run()
    app.switch_page(str(PAGES / "match.py")).run()
    picked(app, "amif-2021-2027", "esf-plus").switch_page(str(PAGES / "compare.py")).run()
    assert app.get_by_key("compare_chosen").value == ["amif-2021-2027", "esf-plus"]


def test_a_choice_to_compare_that_is_emptied_stays_empty() -> None:
    app = picked(button(opened(), "Safe return").click().run(), "cerv", "amif-2021-2027")
    app.switch_page(str(PAGES / "compare.py")).run()
    app.get_by_key("compare_chosen").set_value([]).run()
    assert_sound(app)
    assert app.get_by_key("compare_chosen").value == []


def test_without_a_project_the_comparison_says_what_to_do_first() -> None:
    app = opened("compare")
    assert_sound(app)
    assert "Describe a project first" in words(app)


# What if


def tried(app: AppTest, field: str, **widgets: Any) -> AppTest:
    app = part(app, "what_if")
    app.get_by_key("what_if_field").set_value(field).run()
    for name, value in widgets.items():
        app.get_by_key(f"what_if_{name}").set_value(value).run()
    return app.get_by_key("what_if_try").click().run()


def test_a_change_is_tried_without_losing_the_original() -> None:
    app = asked(SHELTER, type="ngo", country="RO")
    before = names_in_order(app)
    tried(app, "applicant.country", country="NG")
    assert_sound(app)
    said = words(app)
    assert "What if: Country of the lead: Nigeria" in said
    assert "Verdict: " in said
    assert app.get_by_key("project_country").value == "RO"
    assert [name for name in names_in_order(app) if not name.startswith("What if")] == before


def test_a_change_is_taken_over_into_the_form() -> None:
    app = tried(asked(SHELTER, type="ngo", country="RO", with_closed=True), "applicant.country", country="IT")
    app.get_by_key("what_if_take").click().run()
    assert_sound(app)
    assert app.get_by_key("project_country").value == "IT"
    assert app.get_by_key("project_summary").value == SHELTER
    assert app.session_state[asking.ASKED].period == "all"
    assert "What if: " not in words(app)


def test_a_change_is_discarded() -> None:
    app = tried(asked(SHELTER, type="ngo", country="RO"), "duration_months", months=6)
    app.get_by_key("what_if_discard").click().run()
    assert "What if: " not in words(app)
    assert app.get_by_key("project_duration_months").value is None


def test_a_partner_is_added_and_taken_over() -> None:
    app = tried(asked(SHELTER, type="ngo", country="RO"), "partners", partner_type="ngo", partner_country="IT")
    app.get_by_key("what_if_take").click().run()
    assert app.get_by_key("project_partner_country_0").value == "IT"


def test_a_start_is_tried_and_taken_over() -> None:
    app = tried(asked(SHELTER, type="ngo", country="RO"), "start", start=date(2027, 9, 1))
    app.get_by_key("what_if_take").click().run()
    assert app.session_state[asking.ASKED].project.start == date(2027, 9, 1)


def test_a_change_that_contradicts_the_rest_is_told_in_a_sentence() -> None:
    app = tried(
        asked(SHELTER, total_budget_eur=200_000, requested_grant_eur=100_000), "total_budget_eur", budget=50_000
    )
    assert_sound(app)
    assert "The grant asked for is larger than the total budget." in words(app)


def test_a_change_is_offered_and_refused_in_the_readers_language(monkeypatch: pytest.MonkeyPatch) -> None:
    polish = speaker("pl")
    # A test asks for the words of a choice outside the session, where no language is chosen.
    monkeypatch.setattr(speech, "current", lambda: polish)
    app = part(button(opened(language="pl"), "Safe return").click().run(), "what_if")
    app.get_by_key("what_if_field").set_value("applicant.country").run()
    assert polish.country("DE") in app.get_by_key("what_if_country").options
    refused = tried(app, "total_budget_eur", budget=1).error[0].value
    assert unescaped(refused) == polish(OF_THE_FORM["grant-above-budget", "requested_grant_eur"])


# Start over


def test_start_over_leaves_nothing_of_the_description_and_of_what_was_chosen_in_the_session() -> None:
    app = tried(picked(asked(SHELTER, type="ngo", country="RO"), "cerv"), "applicant.country", country="IT")
    app.get_by_key("select_band").set_value(["strong"]).run()
    app.session_state[compare_view.KEY] = (("cerv", "amif-2021-2027"), ("cerv",))
    button(app, "Start over").click().run()
    assert_sound(app)
    kept = app.session_state.to_dict()
    assert [key for key, value in kept.items() if "Bucharest" in repr(value)] == []
    assert not any(map(kept.get, (shortlist.KEY, compare_view.KEY, selection_view.KEY)))


def test_start_over_says_no_more_that_a_link_has_filled_in_the_form() -> None:
    app = sent(opened(type="ngo", country="RO"), summary=SHELTER)
    button(app, "Start over").click().run()
    assert app.get_by_key("project_country").value is None
    assert "The link has filled in the form" not in words(app)


def test_start_over_sets_the_boxes_of_what_is_taken_away_back() -> None:
    def boxes(app: AppTest) -> dict[str, bool]:
        return {box.label: box.value for box in part(app, "away").checkbox if box.key.startswith(take_away_view.KEY)}

    app = asked(SHELTER)
    before = boxes(app)
    for box in app.checkbox:
        if box.key.startswith(take_away_view.KEY):
            box.set_value(not box.value)
    assert set(boxes(app.run()).items()).isdisjoint(before.items())
    button(app, "Start over").click().run()
    assert boxes(sent(app, summary=SHELTER)) == before


# Project file


def uploaded(app: AppTest, content: bytes, name: str = "mine.yaml") -> AppTest:
    field = next(found for found in app.file_uploader if "project file" in found.label)
    return field.set_value((name, content, "application/yaml")).run()


def test_a_file_that_was_saved_opens_with_form_results_and_shortlist(catalogue: Catalogue) -> None:
    project = read_project(FILE.read_bytes(), "p", catalogue.vocabularies).model_copy(update={"shortlist": ("cerv",)})
    app = uploaded(opened(), write_project(project).encode())
    assert_sound(app)
    assert app.get_by_key("project_summary").value == project.summary
    assert app.session_state[shortlist.KEY] == ("cerv",)
    assert app.session_state[asking.ASKED].project == project.model_copy(update={"shortlist": None})
    assert "mine.yaml was opened." in words(app)
    assert "Programmes for your project" in words(app)


@pytest.mark.parametrize(("partners", "rows"), [(3, 5), (4, 5), (5, 6), (12, 13), (200, 200)])
def test_each_partner_of_a_file_has_a_row_and_one_more_may_be_named(
    catalogue: Catalogue, partners: int, rows: int
) -> None:
    project = make_project(catalogue.vocabularies, partners=[{"type": "ngo", "country": "IT"}] * partners)
    app = uploaded(opened(), write_project(project).encode())
    assert_sound(app)
    assert app.session_state[asking.ASKED].project.partners == project.partners
    assert sum("Country of partner" in field.label for field in app.selectbox) == rows
    assert "Left out" not in words(app)


def test_a_file_with_fewer_partners_leaves_none_of_the_file_before(catalogue: Catalogue) -> None:
    many, one = (
        make_project(catalogue.vocabularies, partners=[{"type": "ngo", "country": country}] * count)
        for country, count in (("IT", 9), ("ES", 1))
    )
    app = uploaded(uploaded(opened(), write_project(many).encode()), write_project(one).encode())
    assert app.session_state[asking.ASKED].project.partners == one.partners


MISTAKEN = {
    "no-yaml": b"summary: [",
    "wrong-field": b"summary: A shelter.\napplicant: {type: ngoo}\n",
    "binary": bytes(range(256)),
    "empty": b"",
    "too-long": b"summary: " + b"a" * 300_000,
    "hostile": b"summary: A shelter.\n'**b** <script>': 1\n",
}


@pytest.mark.parametrize("content", MISTAKEN.values(), ids=MISTAKEN)
def test_a_file_that_is_none_is_told_in_sentences_and_changes_nothing(content: bytes) -> None:
    app = uploaded(asked(SHELTER), content)
    assert_sound(app)
    assert "was not opened. Nothing was changed." in words(app)
    assert app.get_by_key("project_summary").value == SHELTER
    assert "<script>" not in test_app.markdown(app).replace("\\<script\\>", "")


def test_a_programme_of_the_file_that_is_not_here_is_named_and_left_out() -> None:
    app = uploaded(opened(), f"summary: {SHELTER}\nshortlist: [marshall-plan, cerv]\n".encode())
    assert app.session_state[shortlist.KEY] == ("cerv",)
    assert "marshall-plan" in words(app)


def test_the_saved_file_holds_project_and_shortlist() -> None:
    app = part(picked(asked(SHELTER, type="ngo", country="RO"), "cerv"), "share")
    assert_sound(app)
    assert any(found.label == "Save the project file" for found in app.get("download_button"))


# Link


def test_the_link_to_copy_holds_the_fields_and_no_word_of_the_text() -> None:
    app = part(picked(asked(f"{SHELTER} Quillmark.", type="ngo", country="RO"), "cerv"), "share")
    shown = app.code[0].value
    assert "type=ngo&country=RO" in shown
    assert "shortlist=cerv" in shown
    assert "Quillmark" not in shown
    assert "shelter" not in shown.casefold()
    assert "It does not hold your description" in words(app)


@pytest.mark.parametrize(
    ("amounts", "left_out"),
    [
        pytest.param({"total_budget_eur": 100_000.99}, True, id="of the budget"),
        pytest.param({"total_budget_eur": 100_000, "requested_grant_eur": 90_000.5}, True, id="of the grant"),
        pytest.param({"total_budget_eur": 100_000.0, "requested_grant_eur": 0}, False, id="none"),
    ],
)
def test_cents_of_a_file_which_the_form_does_not_keep_are_said_to_be_left_out(
    amounts: dict[str, float], *, left_out: bool, catalogue: Catalogue
) -> None:
    file = write_project(make_project(catalogue.vocabularies, summary=SHELTER, **amounts))
    app = uploaded(opened(), file.encode())
    assert_sound(app)
    assert ("Left out: cents of amounts." in words(app)) == left_out


def test_an_opened_link_fills_the_form_and_asks_for_the_description_alone(catalogue: Catalogue) -> None:
    project = make_project(
        catalogue.vocabularies,
        applicant={"type": "ngo", "country": "RO"},
        partners=[{"type": "university", "country": "IT"}],
        target_groups=["children"],
        total_budget_eur=300_000,
        start="2027-09-01",
        shortlist=["cerv"],
    )
    app = opened(**to_query(project, date(2026, 12, 1), "all", ["cerv", "esf-plus"]))
    assert_sound(app)
    assert "The link has filled in the form. It holds no description" in words(app)
    assert app.get_by_key("project_country").value == "RO"
    assert app.get_by_key("project_partner_country_0").value == "IT"
    assert app.get_by_key("project_on").value == date(2026, 12, 1)
    assert app.get_by_key("project_summary").value == ""
    assert app.session_state[shortlist.KEY] == ("cerv",)
    sent(app, summary=SHELTER)
    query = app.session_state[asking.ASKED]
    assert query.project == project.model_copy(update={"summary": SHELTER, "shortlist": None})
    assert query.period == "all"
    assert "The link has filled in the form" not in words(app)


def test_a_link_with_a_shortlist_and_nothing_picked_has_the_shortlist_compared() -> None:
    app = sent(opened(shortlist="cerv,amif-2021-2027"), summary=SHELTER)
    app.switch_page(str(PAGES / "compare.py")).run()
    assert app.get_by_key("compare_chosen").value == ["cerv", "amif-2021-2027"]


def test_the_start_given_in_the_form_goes_into_the_project_its_file_and_its_link(catalogue: Catalogue) -> None:
    app = part(asked(SHELTER, start=date(2027, 9, 1)), "share")
    project = app.session_state[asking.ASKED].project
    assert project.start == date(2027, 9, 1)
    assert read_project(write_project(project).encode(), "project.yaml", catalogue.vocabularies).start == date(
        2027, 9, 1
    )
    assert "start=2027-09-01" in app.code[0].value
    assert opened(start="2027-09-01").get_by_key("project_start").value == date(2027, 9, 1)


@pytest.mark.parametrize("start", [date(1999, 1, 1), date(2034, 12, 31), date(2035, 1, 1), date(2090, 5, 1)])
def test_a_start_of_any_day_that_a_file_may_name_is_shown_in_the_form(start: date) -> None:
    app = opened(start=start.isoformat())
    assert_sound(app)
    assert app.get_by_key("project_start").value == start


def test_the_jumps_name_each_group_with_its_number() -> None:
    said = words(asked(SHELTER, type="ngo", country="RO"))
    jumps = re.findall(r"\[([^\]]+) \((\d+)\)\]\(#(\w+)\)", said)
    assert {group: name for name, _number, group in jumps}.items() <= GROUP_WORDS.items()
    assert f"**{sum(int(number) for _name, number, _group in jumps)} programmes, as on" in said


def test_a_group_that_the_filter_empties_is_counted_and_leads_nowhere() -> None:
    app = asked(SHELTER, type="ngo", country="RO")
    app.get_by_key("select_group").set_value(["to_check"]).run()
    said = words(app)
    assert re.findall(r"\[[^\]]+ \(\d+\)\]\(#(\w+)\)", said) == ["to_check"]
    assert f"{GROUP_WORDS['cannot_apply']} (" in said


def test_the_head_of_a_result_explains_its_labels_and_its_details_lead_to_a_report_of_a_mistake() -> None:
    app = asked(SHELTER, type="ngo", country="RO")
    head = next(found for found in app.markdown if found.value.startswith("#### 1."))
    for term in ("**Fit: strong, possible, weak.**", "**Can apply, to check, cannot apply.**", "**Way to apply.**"):
        assert term in unescaped(head.help)
    app.session_state[card_view.details_key("cerv")] = True
    links = {found.label: found.proto.query_string for found in app.run().page_link}
    assert links["Report a mistake"] == "programme=cerv"


def test_an_opened_link_fills_the_form_once() -> None:
    app = sent(opened(country="RO"), summary=SHELTER, country="IT")
    assert app.get_by_key("project_country").value == "IT"


def test_a_hostile_link_is_refused_with_a_sentence_and_its_rest_used() -> None:
    app = opened(country="<script>alert(1)</script>", type="ngo", utm_source="**x**")
    assert_sound(app)
    said = words(app)
    assert "Some of the link was refused" in said
    assert "Not known here and ignored: utm_source." in said
    assert app.get_by_key("project_type").value == "ngo"
    assert app.get_by_key("project_country").value is None
    assert "<script>" not in test_app.markdown(app)
