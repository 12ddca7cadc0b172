"""The app without a browser: every page in every state (Streamlit's AppTest runs the real pages)."""

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
import yaml
from streamlit.testing.v1 import AppTest

from conftest import REPOSITORY
from factories import changed, dumped, fact, make_programme, make_strand, make_vocabulary, write_catalogue
from thbfund import Catalogue, explain
from thbfund.catalogue.vocabulary import TAGS
from thbfund.contributions import CONTRIBUTION_NAMES
from thbfund.project import MAX_SUMMARY_CHARACTERS, read_project
from thbfund.questions import FIELDS
from thbfund.report.inert import inert_markdown, markdown_link
from thbfund.web import asking, card_view, clock, components, form, keeper, resources, results
from thbfund.web.app import PAGES
from thbfund.web.policy_view import PARTS

DAY = date(2026, 11, 23)
DAY_IN_2018 = date(2018, 5, 2)
PAGE_NAMES = sorted(path.stem for path in PAGES.glob("[!_]*.py"))
PROGRAMME_IDS = sorted(path.stem for path in (REPOSITORY / "data" / "programmes").glob("*.yaml"))
EXAMPLES = sorted((REPOSITORY / "data" / "examples").glob("*.yaml"))

SHELTER = (
    "Our shelter in Bucharest helps girls recruited online and sold for sex inside the EU. We want to train teachers "
    "and social workers, run a campaign in schools, and support survivors and their children with counselling and "
    "legal help, with partners in Italy and Spain."
)
OUTSIDE_THE_FIELD = (
    "The village choir wants to mend the roof of its rehearsal hall, buy new sheet music, invite a conductor from the "
    "neighbouring valley and sing at the harvest fair, where apples, cheese and honey from the region are on show."
)
HOSTILE = "**bold** $x^2$ :material/home: [link](javascript:alert(1)) `code` # title <b :red[ink]"


def clear_caches() -> None:
    """What Streamlit caches survives from one AppTest to the next."""
    st.cache_resource.clear()
    st.cache_data.clear()


@pytest.fixture(scope="module", autouse=True)
def _fixed_day() -> Iterator[None]:
    """The packaged catalogue, always on the same day, loaded once for all tests that only read it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("THBFUND_DATA", raising=False)
        patch.setattr(clock, "today", lambda: DAY)
        clear_caches()
        yield
        clear_caches()


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], None]]:
    """Make the app serve another catalogue, with empty caches before and after."""
    clear_caches()
    yield lambda folder: monkeypatch.setenv("THBFUND_DATA", str(folder))
    clear_caches()


@pytest.fixture(scope="module")
def safe_return() -> AppTest:
    """The results, unfolded, of the example whose form is filled in completely; for tests that only look."""
    app = opened()
    return unfolded(button(app, "Safe return").click().run())


def opened(page: str = "match", **query: str) -> AppTest:
    """The app on one of its pages."""
    app = AppTest.from_file(str(REPOSITORY / "app.py"), default_timeout=60)
    for key, value in query.items():
        app.query_params[key] = value
    if page != "match":
        app.switch_page(str(PAGES / f"{page}.py"))
    return app.run()


def asked(summary: str, **fields: Any) -> AppTest:
    """The match page after the form was filled in and sent; `fields` are widgets by their key."""
    return sent(opened(), summary=summary, **fields)


def sent(app: AppTest, **fields: Any) -> AppTest:
    for name, value in fields.items():
        app.get_by_key(asking.KEY + name).set_value(value)
    return button(app, "Find programmes").click().run()


def unfolded(app: AppTest) -> AppTest:
    """The same page with the details of all results and all parts below them open."""
    programmes = (*PROGRAMME_IDS, "lantern-2021-2027")
    for key in (*map(card_view.details_key, programmes), *map(results.folded_key, results.PARTS)):
        app.session_state[key] = True
    return app.run()


def tabs(app: AppTest, title: str) -> list[Any]:
    """The tabs of that title, one per result whose details are open."""
    return [tab for tab in app.tabs if tab.label == title]


def button(app: AppTest, label: str) -> Any:
    return next(found for found in app.button if label in found.label)


def nodes(app: AppTest) -> list[Any]:
    """Everything on the page, in reading order."""

    def walk(block: Any) -> Iterator[Any]:
        for child in block.children.values():
            yield child
            if hasattr(child, "children"):
                yield from walk(child)

    return list(walk(app.main))


def markdown(app: AppTest) -> str:
    """All text on the page that Streamlit reads as Markdown."""
    labelled = ("expander", "button", "page_link", "link_button", "checkbox", "radio", "selectbox", "text_input")
    parts = [str(getattr(node, "value", "")) for node in nodes(app) if node.type not in labelled]
    parts += [str(getattr(node, "label", "") or getattr(node.proto, "label", "")) for node in nodes(app)]
    for table in app.table:
        parts += [str(name) for name in table.value.columns]
        parts += table.value.astype(str).to_numpy().ravel().tolist()
    return "\n".join(parts)


def words(app: AppTest) -> str:
    """What a person reads on the page: the Markdown without its escapes."""
    return unescaped(markdown(app))


def unescaped(text: str) -> str:
    """Markdown without its escapes."""
    return re.sub(r"\\(.)", r"\1", text)


def heading_levels(app: AppTest) -> list[int]:
    by_type = {"title": 1, "header": 2, "subheader": 3}
    found = []
    for node in nodes(app):
        if node.type in by_type:
            found.append(by_type[node.type])
        elif node.type == "markdown" and (marks := re.match(r"(#+) ", node.value)):
            found.append(len(marks[1]))
    return found


def assert_sound(app: AppTest) -> None:
    """No exception, one first heading, no level left out on the way down."""
    assert not app.exception
    levels = heading_levels(app)
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(lower <= upper + 1 for upper, lower in pairwise(levels))


# All pages


@pytest.mark.parametrize("page", PAGE_NAMES)
def test_a_page_opens_with_one_heading_and_no_exception(page: str) -> None:
    assert_sound(opened(page))


@pytest.mark.parametrize("page", PAGE_NAMES)
@pytest.mark.parametrize("damage", ["not-yaml", "no-folder"])
def test_a_broken_catalogue_shows_its_problems_on_every_page(
    page: str, damage: str, tmp_path: Path, serve: Callable[[Path], None]
) -> None:
    folder = write_catalogue(tmp_path / "data") if damage == "not-yaml" else tmp_path / "nowhere"
    if damage == "not-yaml":
        (folder / "programmes" / "lantern-2021-2027.yaml").write_text("id: [", encoding="utf-8")
    serve(folder)
    app = opened(page)
    assert_sound(app)
    assert app.title[0].value == "The catalogue has errors"
    assert ("lantern-2021-2027.yaml:2:1 error" if damage == "not-yaml" else "error") in app.code[0].value
    assert "Traceback" not in words(app)


def test_an_edited_catalogue_is_seen_and_a_broken_one_is_not_without_a_restart(
    tmp_path: Path, serve: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "LOOK_EVERY", 0)
    monkeypatch.setattr(keeper, "SETTLE", 0)
    folder = write_catalogue(tmp_path / "data")
    file = folder / "programmes" / "lantern-2021-2027.yaml"
    serve(folder)
    app = opened("programmes")
    file.write_text(dumped(make_programme(name="Lighthouse Fund")), encoding="utf-8")
    assert "Lighthouse Fund" in words(app.run())
    file.write_text("id: [", encoding="utf-8")
    assert "Lighthouse Fund" in words(app.run())
    assert_sound(app)
    assert resources.condition().problems[0].place.endswith("lantern-2021-2027.yaml:2:1")
    file.write_text(dumped(make_programme(name="Candle Fund")), encoding="utf-8")
    assert "Candle Fund" in words(app.run())
    assert not resources.condition().problems


def test_a_damaged_example_is_named_and_the_rest_works(
    data: Path, tmp_path: Path, serve: Callable[[Path], None]
) -> None:
    folder = shutil.copytree(data, tmp_path / "data")
    (folder / "examples" / EXAMPLES[0].name).write_text("title: no summary", encoding="utf-8")
    serve(folder)
    app = opened()
    assert_sound(app)
    assert EXAMPLES[0].name in app.code[0].value
    assert sum("Example" in found.label for found in app.button) == len(EXAMPLES) - 1


# The form


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_one_click_from_form_and_results(path: Path, catalogue: Catalogue) -> None:
    project = read_project(path.read_bytes(), path.name, catalogue.vocabularies)
    app = opened()
    button(app, project.title or "").click().run()
    assert_sound(app)
    assert app.get_by_key("project_summary").value == project.summary
    assert app.get_by_key("project_country").value == project.applicant.country
    assert app.header[0].value == "Programmes for your project"
    assert len(app.subheader) > 0


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_passes_through_the_form_unchanged(path: Path, catalogue: Catalogue) -> None:
    project = read_project(path.read_bytes(), path.name, catalogue.vocabularies)
    app = opened()
    button(app, project.title or "").click().run()
    assert app.session_state[asking.ASKED].project == project


def test_a_second_example_leaves_nothing_of_the_first() -> None:
    app = opened()
    button(app, "Follow the money").click().run()
    button(app, "Before they leave").click().run()
    assert app.get_by_key("project_partner_type_0").value is None
    assert app.get_by_key("project_requested_grant_eur").value is None


def test_empty_the_form_forgets_text_and_results() -> None:
    app = asked(SHELTER, country="RO", countries_of_action=["RO"])
    button(app, "Empty the form").click().run()
    assert_sound(app)
    assert app.get_by_key("project_summary").value == ""
    assert app.get_by_key("project_country").value is None
    assert app.get_by_key("project_countries_of_action").value == []
    assert not app.header
    assert not app.error


def test_the_form_and_its_results_are_still_there_after_a_look_at_another_page() -> None:
    app = asked(SHELTER, country="RO")
    before = words(app)
    app.switch_page(str(PAGES / "programme.py")).run()
    app.switch_page(str(PAGES / "match.py")).run()
    assert app.get_by_key("project_summary").value == SHELTER
    assert app.get_by_key("project_country").value == "RO"
    assert words(app) == before


@pytest.mark.parametrize("field", FIELDS)
def test_every_question_names_a_place_in_the_form(field: str) -> None:
    assert form.where(field)


# Bad input

MISTAKES = {
    "empty": ({"summary": ""}, "summary", "Write a few sentences on the project"),
    "marks-only": ({"summary": " ...!? "}, "summary", "Write a few sentences on the project"),
    "too-long": ({"summary": "x" * (MAX_SUMMARY_CHARACTERS + 1)}, "summary", "at most 50,000 characters"),
    "grant-above-budget": (
        {"summary": SHELTER, "total_budget_eur": 100_000, "requested_grant_eur": 100_001},
        "requested_grant_eur",
        "larger than the total budget",
    ),
}


@pytest.mark.parametrize(("fields", "beside", "said"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_right_below_its_field(fields: dict[str, Any], beside: str, said: str) -> None:
    app = sent(opened(), **fields)
    assert_sound(app)
    assert len(app.error) == 1
    assert said in re.sub(r"\\(.)", r"\1", app.error[0].value)
    order = nodes(app)
    error = next(place for place, node in enumerate(order) if node.type == "error")
    assert order[error - 1].key == asking.KEY + beside


@pytest.mark.parametrize(("fields", "beside", "said"), MISTAKES.values(), ids=MISTAKES)
def test_after_a_mistake_the_previous_results_are_gone(fields: dict[str, Any], beside: str, said: str) -> None:
    del beside, said
    app = sent(asked(SHELTER), **fields)
    assert not app.header
    assert "Nothing was looked up yet" in words(app)


def test_the_longest_allowed_text_is_taken() -> None:
    app = asked((SHELTER * 300)[:MAX_SUMMARY_CHARACTERS])
    assert_sound(app)
    assert not app.error


def test_a_grant_of_the_whole_budget_is_no_mistake() -> None:
    assert not asked(SHELTER, total_budget_eur=100_000, requested_grant_eur=100_000).error


def test_a_mended_mistake_gives_results_and_no_error() -> None:
    app = sent(asked(""), summary=SHELTER)
    assert not app.error
    assert app.header[0].value == "Programmes for your project"


def test_all_mistakes_are_told_at_once() -> None:
    assert len(asked("", total_budget_eur=1, requested_grant_eur=2).error) == 2


def test_the_part_of_the_form_that_holds_a_mistake_stands_open() -> None:
    def is_open(app: AppTest) -> bool:
        return next(part for part in app.expander if form.MORE in part.label).proto.expanded

    app = asked(SHELTER, total_budget_eur=1, requested_grant_eur=2)
    assert is_open(app)
    assert not is_open(sent(app, requested_grant_eur=1))


def test_a_text_outside_the_field_is_told_that_nothing_fits() -> None:
    app = asked(OUTSIDE_THE_FIELD)
    assert_sound(app)
    assert "Nothing here fits" in app.info[0].value
    assert not any(found.value.startswith(title) for title in explain.GROUP_TITLES.values() for found in app.subheader)


def test_personal_data_are_warned_of_and_not_repeated() -> None:
    app = asked(f"{SHELTER} Write to maria.popescu@shelter.example.")
    button(app, "Go on with the text as it is").click().run()
    assert any("e-mail address" in re.sub(r"\\", "", found.value) for found in app.warning)
    assert "popescu" not in words(app).split("Programmes for your project")[1]


def test_a_thin_text_is_told_once_what_to_add() -> None:
    app = asked("A shelter for trafficked women.")
    assert words(app).count("A fuller description gives better results.") == 1
    assert not any("5 words" in found.value for found in app.warning)


# Results


def test_results_stand_in_their_groups_in_order() -> None:
    app = asked(SHELTER, type="ngo", country="RO", countries_of_action=["RO", "IT", "ES"])
    order = list(explain.GROUP_TITLES.values())
    titles = [found.value.rsplit(" (", 1)[0] for found in app.subheader]
    titles = [title for title in titles if title in order]
    assert titles == sorted(titles, key=order.index)
    assert len(titles) > 1


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(explain.BAND_WORDS["strong"], id="band"),
        pytest.param(explain.VERDICT_WORDS["not_eligible"], id="verdict"),
        pytest.param(explain.ROLE_WORDS["lead"], id="role"),
        pytest.param("In the way: ", id="obstacle"),
        pytest.param("Nearest fix: ", id="fix"),
        pytest.param("Route. Call of the Commission", id="route"),
        pytest.param("How to apply.", id="how-to-apply"),
        pytest.param("Calls.", id="calls"),
        pytest.param("the sum of these parts", id="score"),
    ],
)
def test_a_result_tells(said: str, safe_return: AppTest) -> None:
    assert said in words(safe_return).replace("**", "")


@pytest.mark.parametrize("name", [name for key, name in CONTRIBUTION_NAMES.items() if not key.startswith("usual_")])
def test_every_result_shows_each_part_of_its_score(name: str, safe_return: AppTest) -> None:
    shown = len(tabs(safe_return, "Why this rank"))
    assert shown > 0
    assert len(re.findall(rf"- \*\*{name}, \d\.\d\d\.", words(safe_return))) == shown


def test_the_parts_shown_add_up_to_the_score_shown(safe_return: AppTest) -> None:
    for part in tabs(safe_return, "Why this rank"):
        *values, total = map(float, re.findall(r", (-?\d\.\d\d)", unescaped(part.markdown[0].value)))
        assert sum(values) == pytest.approx(total, abs=0.03)


def test_every_rule_shown_has_an_answer_a_reason_and_a_source(safe_return: AppTest) -> None:
    rules = [line for line in words(safe_return).splitlines() if re.match(r"- :\w+\[:material/", line)]
    assert len(rules) > 50
    for line in rules:
        assert re.search(r"\*\*[\w ]+: (met|not met|unknown)\.\*\* \S+", line)
    sources = re.findall(r":small\[Source: (?:\[.+\]\(https?://|no source on record|\S)", markdown(safe_return))
    assert len(sources) >= len(rules)


def test_what_is_not_met_stands_before_what_is_met(safe_return: AppTest) -> None:
    for part in tabs(safe_return, "May we apply?"):
        answers = re.findall(
            r": (met|not met|unknown)\.\*\*", unescaped("".join(found.value for found in part.markdown))
        )
        assert answers
        assert answers == sorted(answers, key=["not met", "unknown", "met"].index)


def test_the_rules_open_with_a_count_of_their_answers(safe_return: AppTest) -> None:
    for part in tabs(safe_return, "May we apply?"):
        first, *others = (unescaped(found.value) for found in part.markdown)
        counted = re.findall(r"(\d+) (not met|unknown|met)", first)
        assert counted
        for count, answer in counted:
            assert "".join(others).count(f": {answer}.**") == int(count)


def test_each_result_links_to_its_programme(safe_return: AppTest) -> None:
    links = [found for found in safe_return.page_link if found.label.startswith("All facts on")]
    assert len(links) == len(tabs(safe_return, "Why this rank"))
    assert len({found.label for found in links}) == len(links)


def test_closed_programmes_are_shown_only_when_asked_for_and_name_their_successor(catalogue: Catalogue) -> None:
    title = explain.GROUP_TITLES["closed"]
    assert not any(found.value.startswith(title) for found in asked(SHELTER).subheader)
    app = asked(SHELTER, with_closed=True)
    assert_sound(app)
    assert any(found.value.startswith(title) for found in app.subheader)
    closed = [found for found in catalogue.programmes.values() if not found.is_in_force(DAY)]
    successors = [found for found in closed if found.successor.value]
    assert sum(unescaped(found.label).startswith("Successor:") for found in app.page_link) == len(successors)
    assert words(app).count("**No successor.**") == len(closed) - len(successors)


def test_on_a_day_in_2018_the_programmes_of_then_are_live(catalogue: Catalogue) -> None:
    app = asked(SHELTER, on=DAY_IN_2018)
    assert_sound(app)
    said = words(app).split("Programmes for your project")[1]
    assert "as on 2 May 2018" in said
    for programme in catalogue.programmes.values():
        assert (f". {programme.name}\n" in said) == programme.is_in_force(DAY_IN_2018)
    assert not any(found.value.startswith(explain.GROUP_TITLES["closed"]) for found in app.subheader)


def test_the_next_question_says_where_to_answer_it() -> None:
    said = asked(SHELTER).info[0].value
    assert said.startswith("**Next question:**")
    assert any(f"“{label}”" in said for label in form.LABELS.values())


def test_a_click_elsewhere_does_not_work_out_the_question_again(monkeypatch: pytest.MonkeyPatch) -> None:
    app = asked(SHELTER)
    before = app.info[0].value
    monkeypatch.setattr("thbfund.web.found.next_question", None)

    assert app.run().info[0].value == before


def test_an_answer_given_beside_the_question_fills_the_form_and_leads_to_the_next() -> None:
    app = asked(SHELTER)
    before = app.info[0].value
    answered = set()
    for key, value in (("countries_of_action", ["RO"]), ("applicant.country", "RO"), ("applicant.type", "ngo")):
        widgets = {widget.key: widget for widget in (*app.selectbox, *app.multiselect)}
        if (widget := widgets.get(f"answer_{key}")) is None:
            continue
        widget.set_value(value).run()
        if button := {found.key: found for found in app.button}.get(f"answer_{key}_submit"):
            button.click().run()
        assert app.get_by_key("project_" + key.removeprefix("applicant.")).value == value
        answered.add(key)
    assert answered
    assert app.info[0].value != before
    assert not app.exception


def test_a_question_left_out_gives_way_to_another() -> None:
    app = asked(SHELTER)
    before = app.info[0].value
    app.get_by_key("answer_skip").click().run()
    assert app.info[0].value != before


def test_what_was_understood_is_shown() -> None:
    recognised = dict(unfolded(asked(SHELTER)).table[0].value.to_numpy())
    assert "Romania" in recognised["Places"]
    assert recognised["Activities"] != "nothing"


THREE_PARTS = (
    "We run a shelter for women who were trafficked from Nigeria to Italy. We train police officers in Italy to "
    "recognise victims. A university carries out research on how recruiters work."
)


def test_a_project_of_several_kinds_of_work_is_shown_part_by_part() -> None:
    said = words(unfolded(asked(THREE_PARTS)))
    for part in ("Support to victims", "Training and awareness", "Research and data"):
        assert f"**{part}.**" in said


def test_several_programmes_are_shown_with_the_warning_on_double_funding_and_side_by_side() -> None:
    app = unfolded(asked(THREE_PARTS))
    several = "The fewest programmes that could carry them" in words(app)
    assert any("double funding" in one.value for one in app.warning) == several
    assert ("Set the first two side by side" in words(app)) == several


def test_a_project_of_one_kind_of_work_says_so_in_a_line() -> None:
    said = words(unfolded(asked("We run a shelter for women who were trafficked from Nigeria to Italy.")))
    assert "The description speaks of one kind of work: Support to victims." in said


def test_results_show_what_the_text_shows_of_the_eu_approach_and_what_to_add() -> None:
    said = words(asked(f"{THREE_PARTS} Nothing is done without informed consent."))
    assert "Victim-centred: shown in part" in said
    assert "\N{LEFT DOUBLE QUOTATION MARK}informed consent\N{RIGHT DOUBLE QUOTATION MARK}" in said
    assert "Not found: Help does not depend on cooperation with the police" in said
    assert "Child-sensitive: does not apply" in said
    assert "Cite: Directive 2011/36/EU" in said


def test_a_text_outside_the_field_is_not_advised_on_its_approach() -> None:
    said = words(asked("We restore a medieval organ and train young organists in three villages."))
    assert "EU approach" not in said
    assert "Part by part" not in said


def test_mark_up_in_the_advice_is_shown_as_it_is_written(tmp_path: Path, serve: Callable[[Path], None]) -> None:
    folder = Path(shutil.copytree(REPOSITORY / "data", tmp_path / "data"))
    path = folder / "policy" / "approach.yaml"
    values = yaml.safe_load(path.read_text("utf-8"))
    values["entries"][0] |= {"title": HOSTILE, "meaning": HOSTILE, "clause": HOSTILE}
    values["entries"][0]["signs"][0] |= {"title": HOSTILE, "add": HOSTILE, "clause": HOSTILE}
    path.write_text(dumped(values), encoding="utf-8")
    serve(folder)
    app = asked(THREE_PARTS)
    assert_sound(app)
    assert markdown(app).count(inert_markdown(HOSTILE)) >= 5
    assert HOSTILE not in markdown(app)


# The programme page


@pytest.mark.parametrize("programme", PROGRAMME_IDS)
def test_every_programme_has_its_page(programme: str, catalogue: Catalogue) -> None:
    app = opened("programme", id=programme)
    assert_sound(app)
    said = words(app)
    expected = catalogue.programmes[programme]
    assert app.title[0].value == inert_markdown(expected.name)
    assert all(strand.name in said for strand in expected.strands)
    assert "hecked on " in said
    assert (expected.official_page.value is None) == (len(app.get("link_button")) == 0)


@pytest.mark.parametrize("programme", PROGRAMME_IDS)
def test_the_programme_page_tells_before_and_after_and_takes_no_proposal_for_law(
    programme: str, catalogue: Catalogue
) -> None:
    said = (
        words(opened("programme", id=programme)).split("\nBefore and after\n")[1].split("\nBudget and legal basis\n")[0]
    )
    proposals = catalogue.policy.proposed_after(programme)
    assert said.count("not law") == len(proposals)
    assert said.count("would follow") >= len(proposals)
    without_addresses = re.sub(r"\]\(\S*\)", "]", said)
    assert not re.search(r"\b(will|shall|replaces|repeals)\b", without_addresses, re.IGNORECASE)
    assert "Source" in said or "Not confirmed" in said


def test_a_result_that_soon_ends_shows_what_is_proposed_and_on_which_day_that_was_so() -> None:
    said = words(unfolded(asked(SHELTER)))
    assert "What may follow: proposed, not law" in said
    assert "State on 16 Jul 2025" in said


def test_without_an_id_the_programme_page_asks_for_one() -> None:
    app = opened("programme")
    assert "Choose a programme" in words(app)
    assert not app.warning


HOSTILE_IDS = {
    "unknown": "marshall-plan",
    "label": "Asylum, Migration and Integration Fund 2021-2027",
    "script": "<script>alert(1)</script>",
    "path": "../../../etc/passwd",
    "markdown": HOSTILE,
    "null": "amif-2021-2027\x00",
    "long": "a" * 100_000,
}


@pytest.mark.parametrize("asked_for", HOSTILE_IDS.values(), ids=HOSTILE_IDS)
def test_an_id_that_is_none_is_said_to_be_none_and_not_repeated(asked_for: str) -> None:
    app = opened("programme", id=asked_for)
    assert_sound(app)
    assert "names nothing that this catalogue holds" in app.warning[0].value
    assert asked_for not in markdown(app)


def test_choosing_a_programme_puts_its_id_into_the_link() -> None:
    app = opened("programme", id="cerv")
    app.get_by_key("id").select("bmvi").run()
    assert app.title[0].value.startswith("Instrument for Financial Support")
    assert app.query_params["id"] in ("bmvi", ["bmvi"])


# The policy page


@pytest.mark.parametrize("part", PARTS)
def test_each_part_of_the_policy_page_shows_every_entry_with_its_evidence(part: str, catalogue: Catalogue) -> None:
    app = opened("policy", part=part)
    assert_sound(app)
    said, file = words(app), catalogue.policy.files[part]
    assert app.title[0].value == inert_markdown(file.title)
    for entry in file.entries:
        named = next(getattr(entry, name) for name in ("title", "name", "label", "term") if hasattr(entry, name))
        assert named in said
        assert getattr(entry, "unverified", None) is None or entry.unverified[1:] in said, entry.id
    proofs = said.count("Source: ") + said.count("Not confirmed:") + said.count("In our own words.")
    assert proofs >= len(file.entries)


def test_a_figure_says_what_it_counts_and_when() -> None:
    said = words(opened("policy", part="statistics"))
    assert "Registered victims. 20,532 persons. Counts: EU-28, both years" in said.replace("**", "")
    assert "2015-2016" in said


def test_advice_on_the_policy_page_is_marked_as_ours() -> None:
    assert "What an NGO can ask for: our advice" in words(opened("policy", part="actors"))
    assert "How an NGO can use it: our advice" in words(opened("policy", part="outreach"))


def test_the_outlook_is_never_told_as_law(catalogue: Catalogue) -> None:
    app = opened("policy", part="outlook")
    said = words(app)
    assert app.info[0].value.startswith("Nothing on this page is law.")
    assert said.count("not law:") == len(catalogue.policy.proposals)
    without_addresses = re.sub(r"\]\(\S*\)", "]", said)
    assert not re.search(r"\b(will|shall|replaces|repeals)\b", without_addresses, re.IGNORECASE)


def test_the_policy_page_lists_its_parts_and_refuses_a_part_that_is_none() -> None:
    app = opened("policy")
    assert_sound(app)
    assert all(f"(policy?part={part})" in markdown(app) for part in PARTS)
    refused = opened("policy", part="<b>")
    assert "names nothing that this catalogue holds" in refused.warning[0].value
    assert "<b>" not in markdown(refused)


def test_results_lead_to_the_words_they_use() -> None:
    assert "(policy?part=glossary)" in markdown(asked(SHELTER))


def test_mark_up_in_the_policy_is_shown_as_it_is_written(tmp_path: Path, serve: Callable[[Path], None]) -> None:
    folder = Path(shutil.copytree(REPOSITORY / "data", tmp_path / "data"))
    path = folder / "policy" / "outreach.yaml"
    values = yaml.safe_load(path.read_text("utf-8"))
    values["entries"][0] |= {"name": HOSTILE, "when": HOSTILE, "what": HOSTILE, "use_it": [HOSTILE], "note": HOSTILE}
    path.write_text(dumped(values), encoding="utf-8")
    serve(folder)
    app = opened("policy", part="outreach")
    assert_sound(app)
    assert markdown(app).count(inert_markdown(HOSTILE)) >= 5
    assert HOSTILE not in markdown(app)


# The page on tags


@pytest.mark.parametrize(
    ("vocabulary", "tag"),
    [
        ("priorities", "X1"),
        ("directive_articles", "D-8"),
        ("target_groups", "demand_side"),
        ("forms_of_exploitation", "forced_begging"),
        ("activities", "legal_aid_and_compensation"),
    ],
)
def test_a_link_leads_to_all_parts_of_a_tag(vocabulary: str, tag: str, catalogue: Catalogue) -> None:
    app = opened("tags", tag=tag)
    assert_sound(app)
    said, entry = markdown(app), catalogue.vocabularies.entry(vocabulary, tag)
    assert inert_markdown(entry.label) in app.title[0].value
    for text in (entry.definition, entry.clause or "", *entry.includes, *entry.examples):
        assert inert_markdown(text) in said
    for linked in (*entry.counterparts, *entry.serves, *entry.articles):
        assert f"](tags?tag={linked})" in said
    assert ("Not confirmed" in said) == (not entry.verified)


def test_a_priority_names_the_activities_that_serve_it() -> None:
    assert "](tags?tag=data_and_studies)" in markdown(opened("tags", tag="X1"))


def test_a_tag_named_by_its_id_is_shown_by_its_name(catalogue: Catalogue) -> None:
    entry = catalogue.vocabularies.entry("target_groups", "demand_side")
    excluded = catalogue.vocabularies.entry("target_groups", "men_and_boys").excludes
    assert any("demand_side" in text for text in excluded)
    said = markdown(opened("tags", tag="men_and_boys"))
    assert inert_markdown(f"“{entry.label}”") in said
    assert inert_markdown("demand_side") not in said


def test_without_a_tag_all_of_them_are_listed(catalogue: Catalogue) -> None:
    said = markdown(opened("tags"))
    for name in TAGS:
        for entry in catalogue.vocabularies[name].entries:
            assert f"](tags?tag={entry.id})" in said
            assert inert_markdown(entry.definition) in said


@pytest.mark.parametrize("asked_for", HOSTILE_IDS.values(), ids=HOSTILE_IDS)
def test_a_tag_that_is_none_is_said_to_be_none_and_not_repeated(asked_for: str) -> None:
    app = opened("tags", tag=asked_for)
    assert_sound(app)
    assert "names nothing that this catalogue holds" in app.warning[0].value
    assert asked_for not in markdown(app)


@pytest.mark.parametrize(
    ("page", "key"), [("coverage", "period"), ("two_programmes", "first"), ("two_programmes", "second")]
)
def test_what_a_link_chooses_on_another_page_in_vain_is_answered(page: str, key: str) -> None:
    app = opened(page, **{key: HOSTILE})
    assert_sound(app)
    assert [found.value for found in app.warning] == [
        "The link names nothing that this catalogue holds. Choose from the list."
    ]


def test_a_programme_leads_to_the_meaning_of_its_priorities_and_groups() -> None:
    said = markdown(opened("programme", id="cerv"))
    assert "](tags?tag=B)" in said
    assert "](tags?tag=victims_of_violence)" in said


@pytest.mark.parametrize(("page", "query"), [("coverage", {}), ("policy", {"part": "approach"})])
def test_an_old_check_is_called_old_on_every_page(
    page: str, query: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "more than a year ago" not in markdown(opened(page, **query))
    monkeypatch.setattr(clock, "today", lambda: date(2029, 1, 1))

    assert "more than a year ago" in markdown(opened(page, **query))


def test_coverage_leads_to_the_meaning_of_the_priorities() -> None:
    assert "](tags?tag=S21-3)" in markdown(opened("coverage", period="2021-2027"))


# Inert text


def hostile_catalogue(folder: Path) -> Path:
    strand = make_strand(
        name=HOSTILE,
        objectives=fact(HOSTILE),
        how_to_apply=fact(HOSTILE),
        managing_body=fact(HOSTILE),
        actions=fact([HOSTILE], note=HOSTILE),
        relevance={
            priority: {"grade": 1, "reason": HOSTILE} for priority in ("A", "B", "C", "X1", "X2")
        },
        eligibility={
            "eu_rate": fact(0.5, note=HOSTILE, sources=["law " + HOSTILE]),
            "also_check": [{"text": HOSTILE, "unverified": HOSTILE}],
        },
    )  # fmt: skip
    programme = make_programme(
        name=HOSTILE,
        acronym=HOSTILE,
        summary=fact(HOSTILE),
        successor=fact(None, note=HOSTILE),
        predecessors=fact([HOSTILE]),
        legal_basis=[{"act": HOSTILE, "role": HOSTILE, "sources": ["law"], "checked_on": "2026-01-15"}],
        budget=[{"label": HOSTILE, "amount_eur": None, "unverified": HOSTILE}],
        in_force=fact({"starts_on": "2021-01-01", "ends_on": None}),
        strands=[strand],
        sources={"law": {"title": HOSTILE, "url": "https://lantern.example/a(b)[c]$d`e", "kind": "law"}},
    )
    parts = {part: [HOSTILE] for part in ("includes", "excludes", "examples")}
    tag = {"id": "A", "label": HOSTILE, "definition": HOSTILE, "clause": HOSTILE, "unverified": HOSTILE, **parts}
    priorities = changed(make_vocabulary("priorities"), "entries.0", tag)
    return write_catalogue(folder, [programme], vocabularies={"priorities": priorities})


@pytest.mark.parametrize("show", [
    pytest.param(lambda: opened("programme", id="lantern-2021-2027"), id="programme"),
    pytest.param(lambda: opened("programmes"), id="programmes"),
    pytest.param(lambda: opened("coverage"), id="coverage"),
    pytest.param(lambda: opened("tags"), id="tags"),
    pytest.param(lambda: opened("tags", tag="A"), id="tag"),
    pytest.param(lambda: unfolded(asked(SHELTER + " trafficked women in a shelter with legal aid")), id="match"),
])  # fmt: skip
def test_mark_up_in_the_catalogue_is_shown_as_it_is_written(
    show: Callable[[], AppTest], tmp_path: Path, serve: Callable[[Path], None]
) -> None:
    serve(hostile_catalogue(tmp_path / "data"))
    app = show()
    assert_sound(app)
    assert inert_markdown(HOSTILE) in markdown(app)
    assert HOSTILE not in markdown(app)
    assert "](javascript" not in markdown(app)


@pytest.mark.parametrize("summary", [HOSTILE, HOSTILE * 50, "<img src=x onerror=alert(1)>" * 3, f"{SHELTER} {HOSTILE}"])
def test_mark_up_in_the_project_does_no_harm(summary: str) -> None:
    app = asked(summary)
    assert_sound(app)
    assert HOSTILE not in markdown(app).replace(summary, "")
    assert "onerror" not in markdown(app).replace(summary, "")


def test_an_address_in_a_link_holds_no_mark_up() -> None:
    link = markdown_link("[a](b)", "https://lantern.example/a(b)[c]$d$`e`?f=g&h=%20#i")
    assert link == r"[\[a\]\(b\)](https://lantern.example/a%28b%29%5Bc%5D%24d%24%60e%60?f=g&h=%20#i)"


@pytest.mark.parametrize("said", ["", "One line.", "x" * components.OPENING_CHARACTERS])
def test_a_short_text_stands_whole_on_a_card(said: str) -> None:
    assert components.opening(said) == said


@pytest.mark.parametrize("said", ["Shelter; " * 50, "A word " * 50, "x" * (components.OPENING_CHARACTERS + 1)])
def test_a_long_text_is_opened_on_a_card(said: str) -> None:
    opening = components.opening(said)
    assert opening.endswith("…")
    assert said.startswith(opening.rstrip("…").rstrip())
    assert len(opening) <= components.OPENING_CHARACTERS + 2
