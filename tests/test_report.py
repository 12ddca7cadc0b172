"""Reports: the JSON that scripts rely on, and tables in which no text comes alive."""

import csv
import html
import io
import json
import re
from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.console import Console

from factories import fact, make_programme, make_project, make_strand, write_catalogue
from strategies import VOCABULARIES, projects
from thbfund import Matcher, explain, load_catalogue
from thbfund.matching import GROUPS, Timing
from thbfund.ranking.features import FEATURES
from thbfund.ranking.score import Band
from thbfund.report.contract import report_json, report_values
from thbfund.report.inert import inert_cell, inert_markdown
from thbfund.report.tables import COLUMNS, print_report, report_csv, report_markdown
from thbfund.rules.applicants import Role
from thbfund.rules.outcome import RuleName
from thbfund.rules.verdict import Verdict

ON = date(2026, 11, 23)


@pytest.fixture(scope="module")
def report(tiny_matcher):
    """A match report on the tiny catalogue, all periods."""
    project = make_project(VOCABULARIES, applicant={"type": "ngo", "country": "DE"}, duration_months=48)
    return tiny_matcher.match(project, ON, "all")


def printed(report, top=None):
    out = io.StringIO()
    print_report(report, Console(file=out, width=200, highlight=False), top)
    return out.getvalue()


# -- the contract of the JSON answer (DESIGN, section 5)

REPORT_KEYS = {"on", "language", "catalogue", "understood", "warnings", "nothing_fits", "matches", "question"}
MATCH_KEYS = {
    "rank", "programme", "strand", "score", "band", "scored_strand", "other_strands", "verdict", "role", "timing",
    "contributions", "rules", "fixes", "calls", "successor",
}  # fmt: skip
ASSUMPTION_KEYS = {"text", "source", "url", "checked_on", "unverified", "overdue"}
RULE_KEYS = {"rule", "outcome", "reason", "source", "gap"}
UNDERSTOOD = {"priorities", "target_groups", "activities", "places"}


@given(projects)
def test_every_field_of_the_contract_is_there_with_an_allowed_word(tiny_matcher, project):
    values = json.loads(report_json(tiny_matcher.match(project, ON, "all")))

    assert values.keys() >= REPORT_KEYS
    assert values["catalogue"].keys() >= {"fingerprint", "programmes"}
    assert values["understood"].keys() >= UNDERSTOOD
    assert all(warning.keys() >= {"code", "message"} for warning in values["warnings"])
    assert values["question"] is None or values["question"].keys() >= {"field", "text", "because"}
    for found in values["matches"]:
        assert found.keys() >= MATCH_KEYS
        assert found["verdict"] in get_args(Verdict)
        assert found["role"] in get_args(Role)
        assert found["timing"] in get_args(Timing)
        assert found["band"] in get_args(Band)
        assert {part["name"] for part in found["contributions"]} <= set(FEATURES)
        assert all(part["because"].endswith(".") for part in found["contributions"])
        assert all(one.keys() == ASSUMPTION_KEYS for one in found["money"]["assumptions"])
        for rule in found["rules"]:
            assert rule.keys() >= RULE_KEYS
            assert rule["rule"] in get_args(RuleName)
            assert rule["outcome"] in {"met", "not_met", "unknown"}


def test_the_answer_names_day_language_and_catalogue(report, tiny):
    values = report_values(report)

    assert (values["on"], values["language"]) == ("2026-11-23", "en")
    assert values["catalogue"] == {"fingerprint": tiny.fingerprint, "programmes": 3, "checked_on": "2026-01-15"}


def test_the_contributions_in_the_json_sum_to_its_score(report):
    for found in json.loads(report_json(report))["matches"]:
        assert sum(part["value"] for part in found["contributions"]) == pytest.approx(found["score"], abs=1e-9)


def test_a_rule_carries_its_source_with_place_and_day(report):
    rules = {rule["rule"]: rule for found in report_values(report)["matches"] for rule in found["rules"]}

    rule = rules["in_force"]
    assert (rule["source"], rule["url"]) == ("Lantern law, Art. 1", "https://lantern.example/law")
    assert (rule["checked_on"], rule["verified"], rule["level"]) == ("2026-01-15", True, "programme")


def test_a_condition_that_calls_may_change_is_called_one_of_the_call(tmp_path):
    strand = make_strand(eligibility={"duration": fact({"max_months": 12}, set_by="call")})
    catalogue = load_catalogue(write_catalogue(tmp_path / "data", [make_programme(strands=[strand])]))
    values = report_values(Matcher(catalogue).match(make_project(VOCABULARIES), ON))

    [rule] = [rule for rule in values["matches"][0]["rules"] if rule["rule"] == "duration"]
    assert rule["level"] == "call"


def test_what_was_understood_says_which_words_showed_it_or_that_it_was_declared(tiny_matcher):
    text = "A shelter gives women who were trafficked a safe place."
    read = report_values(tiny_matcher.match(make_project(VOCABULARIES, summary=text), ON))
    said = report_values(tiny_matcher.match(make_project(VOCABULARIES, summary=text, activities=["studies"]), ON))

    assert read["understood"]["activities"] == [
        {"id": "shelter", "declared": False, "words": ["shelter", "safe place"], "label": "Safe place to stay"}
    ]
    assert said["understood"]["activities"] == [{"id": "studies", "declared": True, "words": [], "label": "Studies"}]


@pytest.mark.parametrize(("top", "shown"), [(1, 1), (2, 2), (9, 3), (None, 3)])
def test_top_cuts_the_list_in_every_form(report, top, shown):
    assert len(report_values(report, top)["matches"]) == shown
    assert len(list(csv.reader(io.StringIO(report_csv(report, top))))) == shown + 1
    assert len(re.findall("^### ", report_markdown(report, top), re.MULTILINE)) == shown
    assert sum(programme in printed(report, top) for programme in report.catalogue.programmes) == shown


# -- the project's text is not repeated

MARKERS = [f"quix{number:03}" for number in range(60)]
FIELD_WORDS = "a shelter for trafficked women, legal aid and police training in Italy,"
MARKED = " ".join([*MARKERS[:30], FIELD_WORDS, *MARKERS[30:]])


@pytest.mark.parametrize("write", [report_json, report_csv, report_markdown, printed], ids=lambda write: write.__name__)
def test_of_the_projects_text_at_most_five_words_in_a_row_are_repeated(tiny_matcher, write):
    project = make_project(VOCABULARIES, summary=MARKED, title="Zaubertitel", applicant={"name": "Nameless House"})
    shown = write(tiny_matcher.match(project, ON, "all"))

    spoken = MARKED.replace(",", "").split()
    flat = " ".join(re.findall(r"\w+", shown))
    assert not any(" ".join(spoken[start : start + 6]) in flat for start in range(len(spoken)))
    assert not any(marker in shown for marker in MARKERS)
    assert "Zaubertitel" not in shown
    assert "Nameless" not in shown


def test_a_long_term_is_cut_to_five_words(tmp_path):
    words = "one two three four five six seven"
    lexicon = {"id": "activities", "terms": {"shelter": {"en": [words]}}}
    catalogue = load_catalogue(write_catalogue(tmp_path / "data", lexicons={"activities": lexicon}))
    values = report_values(Matcher(catalogue).match(make_project(VOCABULARIES, summary=f"Shelter: {words}."), ON))

    assert values["understood"]["activities"][0]["words"] == ["one two three four five"]


# -- spreadsheets


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_a_cell_that_begins_as_a_formula_gets_a_quote_before_it(value):
    assert inert_cell(value) == f"'{value}"


@pytest.mark.parametrize("value", ["Lantern", "1 - 2", "", 0.5, -3])
def test_every_other_cell_stays_as_it_is(value):
    assert inert_cell(value) == value


@given(st.text())
def test_no_text_at_all_begins_as_a_formula(text):
    assert not str(inert_cell(text)).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_the_csv_has_one_row_per_programme_under_its_heading(report):
    rows = list(csv.reader(io.StringIO(report_csv(report))))

    assert tuple(rows[0]) == COLUMNS
    assert [row[1] for row in rows[1:]] == [found.programme.id for found in report.matches]
    assert {len(row) for row in rows} == {len(COLUMNS)}


# -- text from the data comes alive nowhere

HOSTILE = (
    r"=HYPERLINK(1) [bold red]R[/] \[bold]S[/bold] *b* _u_ `c` $x$ # h | t ~~s~~ ![i](u) [l](j) &lt; <b {d} :smile:"
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A report on a programme whose every text is mark-up."""
    strand = make_strand(
        name=HOSTILE,
        objectives=fact(HOSTILE),
        eligibility={
            "duration": fact({"max_months": 12}, sources=[f"law {HOSTILE}"]),
            "also_check": [{"text": HOSTILE, "unverified": HOSTILE}],
            "consortium": {"value": {"min_organisations": 2}, "unverified": HOSTILE},
        },
    )
    law = {"title": HOSTILE, "url": None, "kind": "law", "note": "invented"}
    programme = make_programme(name=HOSTILE, strands=[strand], sources={"law": law})
    catalogue = load_catalogue(write_catalogue(tmp_path_factory.mktemp("hostile") / "data", [programme]))
    return Matcher(catalogue).match(make_project(VOCABULARIES, duration_months=13, partners=[]), ON)


def test_no_cell_of_the_csv_begins_as_a_formula(hostile):
    cells = [cell for row in csv.reader(io.StringIO(report_csv(hostile))) for cell in row]

    assert f"'{HOSTILE}" in cells
    assert not any(cell.startswith(("=", "+", "@")) for cell in cells)


def test_markup_of_the_terminal_is_printed_as_it_stands(hostile):
    shown = " ".join(printed(hostile).replace("│", " ").split())

    for piece in ("[bold red]R[/]", r"\[bold]S[/bold]", ":smile:"):
        assert piece in shown


def rendered(text):
    return MarkdownIt("js-default").render(text)


def test_the_markdown_of_hostile_data_has_no_mark_up_of_its_own(hostile):
    shown = rendered(report_markdown(hostile))

    assert set(re.findall(r"<(\w+)[^>]*>", shown)) == {"h1", "h2", "h3", "p", "ul", "li", "code", "blockquote", "a"}
    [programme] = hostile.catalogue.programmes.values()
    assert set(re.findall('href="([^"]*)"', shown)) == {programme.official_page.value}


def test_the_markdown_of_hostile_data_shows_it_as_it_stands(hostile):
    shown = html.unescape(re.sub(r"<[^>]*>", "", rendered(report_markdown(hostile))))

    assert HOSTILE in shown


@given(st.text(alphabet=r"\`*_{}[]()<>#+-.!|~$:&;=^'ab1 /@"))
def test_escaped_text_is_shown_as_it_was(text):
    text = text.strip()

    assert rendered(inert_markdown(f"x{text}x")) == f"<p>{html.escape(f'x{text}x', quote=False)}</p>\n"
    assert html.unescape(re.sub(r"<[^>]*>", "", rendered(inert_markdown(text)))).strip() == text


@pytest.mark.parametrize("live", ["$", ":", "[", "<", "`", "&"])
def test_what_streamlit_adds_to_markdown_is_escaped_too(live):
    assert inert_markdown(f"a{live}b") == f"a\\{live}b"


# -- Markdown for people


def test_markdown_shows_groups_reasons_fixes_sources_and_the_question(report):
    shown = report_markdown(report)

    assert shown.startswith("# EU programmes for your project, as on 2026-11-23\n")
    assert re.findall("^## (.*)", shown, re.MULTILINE) == [
        "To check: something is still open",
        "Not open for applications on this day",
    ]
    assert 'Source: <a href="https://lantern.example/law">Lantern law, Art. 1</a>, checked on 2026-01-15.' in rendered(
        shown
    )
    assert "Next question: In which countries does the work take place?" in shown


def test_every_group_has_a_title(report):
    assert {found.group for found in report.matches} <= set(GROUPS)


def test_a_project_outside_the_field_reads_so_in_every_form_for_people(tiny_matcher):
    report = tiny_matcher.match(make_project(VOCABULARIES, summary="Bicycles for our town."), ON)

    assert "Nothing here fits" in report_markdown(report)
    assert "Nothing here fits" in printed(report)


def test_a_project_outside_the_field_sees_no_list_of_programmes(tiny_matcher):
    report = tiny_matcher.match(make_project(VOCABULARIES, summary="Bicycles for our town."), ON)

    for shown in (report_markdown(report), printed(report)):
        assert not any(programme.name in shown for programme in report.catalogue.programmes.values())


def test_a_day_without_programmes_blames_the_day_and_not_the_text(tiny_matcher):
    report = tiny_matcher.match(make_project(VOCABULARIES), date(1999, 1, 1))

    for shown in (report_markdown(report), printed(report)):
        assert "No programme of the catalogue is in force on 1999" in shown
        assert "Nothing here fits" not in shown


def test_where_fit_and_verdict_come_from_two_strands_both_are_named(tmp_path):
    strands = [
        make_strand(id="fits", name="Well-fitting wing"),
        make_strand(
            id="open",
            name="Open wing",
            objectives=fact("Ships and harbours, and nothing else."),
            actions=fact(["ships"]),
            tags={"target_groups": [], "activities": []},
        ),
    ]
    strands[0]["eligibility"] = {"duration": fact({"max_months": 12})}
    catalogue = load_catalogue(write_catalogue(tmp_path / "data", [make_programme(strands=strands)]))
    report = Matcher(catalogue).match(make_project(VOCABULARIES, duration_months=48), ON)

    said = (
        "The best fit is the strand Well-fitting wing; the verdict is that of the strand Open wing, the easiest door."
    )
    assert said in html.unescape(re.sub(r"<[^>]*>", "", rendered(report_markdown(report))))
    assert all(word in printed(report) for word in said.split())


def test_where_fit_and_verdict_come_from_one_strand_none_is_named(tmp_path):
    catalogue = load_catalogue(write_catalogue(tmp_path / "data", [make_programme()]))

    assert "The best fit is the strand" not in report_markdown(Matcher(catalogue).match(make_project(VOCABULARIES), ON))


def test_a_day_on_which_little_is_in_force_is_not_blamed_on_a_text_of_the_field(tiny_matcher):
    of_the_field = tiny_matcher.match(make_project(VOCABULARIES, summary="Trafficking in human beings."), ON)
    outside = tiny_matcher.match(make_project(VOCABULARIES, summary="Bicycles for our town."), ON)

    assert "among 2 of 3 programmes looked at" in explain.nothing_fits(of_the_field)
    assert "shows no project against trafficking" in explain.nothing_fits(outside)


def test_a_text_outside_the_field_is_told_which_elements_it_shows_and_which_it_lacks(tiny_matcher):
    report = tiny_matcher.match(make_project(VOCABULARIES, summary="Girls learn to ride. The police help."), ON)

    said = explain.nothing_fits(report)
    assert "Found: who could be used (girls); who helps or prosecutes (police)." in said
    assert "Not found: who uses them; how they are brought; how they are kept; what for." in said


def test_trafficking_of_other_things_is_named_as_the_reason(tiny_matcher):
    report = tiny_matcher.match(make_project(VOCABULARIES, summary="Dogs smell drug trafficking."), ON)

    assert "Trafficking of something other than people: drug trafficking." in explain.nothing_fits(report)


@pytest.mark.parametrize(
    ("kind", "note", "caution"),
    [
        pytest.param("law", None, "", id="the law"),
        pytest.param("law", "copy of the law on another site", " (copy of the law on another site)", id="copy"),
        pytest.param("law", "Reprint by a third party", " (Reprint by a third party)", id="reprint"),
        pytest.param("secondary", None, " (a third party's page, not an official one)", id="third party"),
        pytest.param("programme_body", "in Finnish", "", id="another note"),
    ],
)
def test_a_source_that_is_no_original_or_no_official_one_is_called_so(tmp_path, kind, note, caution):
    source = {
        "title": "Lantern law",
        "url": "https://lantern.example/law",
        "kind": kind,
        **({"note": note} if note else {}),
    }
    catalogue = load_catalogue(write_catalogue(tmp_path / "data", [make_programme(sources={"law": source})]))
    said = report_markdown(Matcher(catalogue).match(make_project(VOCABULARIES), ON)).replace("\\", "")

    assert f"Source: [Lantern law, Art. 1](https://lantern.example/law){caution}, checked on" in said
