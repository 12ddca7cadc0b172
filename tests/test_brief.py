"""The brief for the board: what it says, how it is built as DOCX and HTML, and that nothing in it comes alive."""

import itertools
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings

from factories import COMPLETE, ON, fact, make_programme, make_project, make_strand, unverified, write_guidance
from strategies import VOCABULARIES, hostile_text
from thbfund import Matcher, load_catalogue
from thbfund.catalogue import packaged_data
from thbfund.parts import part_by_part
from thbfund.project import read_project
from thbfund.report.brief.content import SHOWN, best_chances, brief
from thbfund.report.brief.document import Document, Heading, Paragraph, Span, Table, plain_text
from thbfund.report.brief.html import html_of
from thbfund.report.brief.word import docx_of
from thbfund.said import say
from thbfund.speaking import speaker

PRINTED = date(2026, 6, 15)
DESCRIPTION = "A shelter gives women who were trafficked to Italy a safe place to stay, and police officers train."


@pytest.fixture(scope="module")
def report(tiny_matcher):
    project = make_project(VOCABULARIES, summary=DESCRIPTION, title="Light for all", **COMPLETE)
    return tiny_matcher.match(project, ON)


@pytest.fixture(scope="module")
def real(matcher):
    """An example on the real catalogue, taken apart."""
    path = packaged_data() / "examples/shelter-for-women.yaml"
    project = read_project(path.read_bytes(), path.name, matcher.catalogue.vocabularies)
    found = matcher.match(project, date(2026, 11, 25))
    return found, part_by_part(matcher, found)


class Page(HTMLParser):
    """What a browser makes of the file: tags with attributes, and the text outside of style and title."""

    def __init__(self, source):
        super().__init__()
        self.tags, self.text, self._within = [], "", ""
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        self._within = tag
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, _tag):
        self._within = ""

    def handle_data(self, data):
        if self._within not in {"style", "title"}:
            self.text += data

    def levels(self):
        return [int(tag[1]) for tag, _ in self.tags if re.fullmatch(r"h[1-6]", tag)]


def text_of(report, **choices):
    return plain_text(brief(report, PRINTED, **choices).blocks)


# -- what it says


def test_it_tells_when_it_was_printed_for_which_day_and_from_which_catalogue(report):
    text = text_of(report)
    assert "Printed on 15 Jun 2026" in text
    assert "as on 1 Jun 2026" in text
    assert report.catalogue.fingerprint[:12] in text


def test_it_says_that_fit_is_no_chance_of_winning(report):
    assert "Fit is no chance of winning." in text_of(report)


def test_the_description_stands_in_it_only_where_the_user_wants_it(report):
    assert DESCRIPTION in text_of(report)
    without = brief(report, PRINTED, with_description=False)
    text = plain_text(without.blocks)
    assert "Light for all" not in text + without.title
    said = DESCRIPTION.split()
    assert not any(" ".join(said[start : start + 6]) in text for start in range(len(said) - 5))


def test_a_long_description_is_cut_and_says_so(tiny_matcher):
    long = make_project(VOCABULARIES, summary=DESCRIPTION + " More light is needed." * 200)
    paragraphs = [one for one in brief(tiny_matcher.match(long, ON), PRINTED).blocks if isinstance(one, Paragraph)]
    cut = next(one.spans[0].text for one in paragraphs if one.spans[0].text.startswith("A shelter"))
    assert cut.endswith("[…]")
    assert len(cut) < 1600


def test_the_table_at_a_glance_has_a_row_for_each_programme_chosen(report):
    chosen = report.matches[1:]
    table = next(one for one in brief(report, PRINTED, chosen=chosen).blocks if isinstance(one, Table))
    names = ["".join(span.text for span in row[0]) for row in table.rows]
    assert names == [f"{match.programme.acronym} 2021-2027" for match in chosen]


def test_without_a_choice_it_is_about_the_best_programmes_that_can_be_reached(real):
    report, _ = real
    chosen = best_chances(report)
    assert len(chosen) == SHOWN
    assert all(match.judgement.verdict in {"eligible", "to_check"} for match in chosen)
    assert [match.rank for match in chosen] == sorted(match.rank for match in chosen)


def test_each_programme_has_its_seven_points(real):
    report, _ = real
    headings = [one.spans[0].text for one in brief(report, PRINTED, chosen=report.matches[:1]).blocks
                if isinstance(one, Heading) and one.level == 3]  # fmt: skip
    assert headings == [
        "Why it fits",
        "What stands in the way, and the nearest fix",
        "Money",
        "Dates",
        "Before you apply",
        "Where to apply, and whom to ask",
    ]


def test_every_number_in_brackets_leads_to_a_source_with_address_and_day(real):
    report, parts = real
    text = text_of(report, parts=parts)
    body, listed = text.split("\nSources\n")
    cited = {int(number) for number in re.findall(r"\[(\d+)\]", body)}
    sources = re.findall(r"^- \[(\d+)\] (.+)$", listed, re.MULTILINE)
    assert cited == {int(number) for number, _ in sources} == set(range(1, len(sources) + 1))
    assert all("read on" in line or "not read" in line for _, line in sources)
    assert sum("https://" in line for _, line in sources) >= len(sources) - 2  # the brochure is a printed document


def test_a_fact_that_nobody_confirmed_is_marked(tmp_path):
    strand = make_strand(how_to_apply=unverified("Write to the office."))
    write_guidance(tmp_path, [make_programme(strands=[strand])])
    report = Matcher(load_catalogue(tmp_path), None).match(make_project(VOCABULARIES), ON)
    assert "Write to the office. (not confirmed)" in text_of(report)


def test_a_check_that_is_too_old_is_marked(tmp_path):
    strand = make_strand(how_to_apply=fact("Write to the office.", checked_on="2020-01-01"))
    write_guidance(tmp_path, [make_programme(strands=[strand])])
    report = Matcher(load_catalogue(tmp_path), None).match(make_project(VOCABULARIES), ON)
    assert re.search(r"Write to the office\. \[\d+\] \(checked too long ago: check again\)", text_of(report))


def test_a_project_of_several_kinds_of_work_is_told_part_by_part_and_warned_of_double_funding(matcher):
    several = (
        "Women who were trafficked find a shelter with trauma therapy. Police officers and labour inspectors are "
        "trained to find victims of trafficking. A university studies the routes of traffickers and publishes its work."
    )
    project = make_project(matcher.catalogue.vocabularies, summary=several)
    found = matcher.match(project, date(2026, 11, 25))
    parts = part_by_part(matcher, found)
    assert len(parts.parts) > 1
    assert "Part by part" in text_of(found, parts=parts)
    asked = matcher.catalogue.guidance.fit_questions[:1]
    warned = text_of(found, parts=replace(parts, double_funding=asked))
    assert "Beware of double funding" in warned
    assert asked[0].question in warned


def test_a_text_from_outside_the_field_gets_no_programmes_but_the_reason(matcher):
    report = matcher.match(make_project(matcher.catalogue.vocabularies, summary="Better bicycles for our town."), ON)
    document = brief(report, PRINTED)
    assert "Nothing here fits" in plain_text(document.blocks)
    assert not [one for one in document.blocks if isinstance(one, Table)]


def test_three_programmes_take_about_four_pages(real):
    report, parts = real
    words = len(text_of(report, parts=parts).split())
    assert words < 4 * 700  # as many as a page of small print holds; looked at in a browser


# -- how it is built


def test_the_html_names_language_and_title_and_has_its_headings_in_order(real):
    report, parts = real
    document = brief(report, PRINTED, parts=parts)
    page = Page(html_of(document))
    assert next(attrs["lang"] for tag, attrs in page.tags if tag == "html") == "en"
    levels = page.levels()
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_the_html_loads_and_runs_nothing(real):
    report, _ = real
    source = html_of(brief(report, PRINTED))
    page = Page(source)
    assert not {tag for tag, _ in page.tags} & {"script", "img", "link", "iframe", "object", "form", "base", "svg"}
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on") or name in {"src", "style"}]
    policy = next(attrs["content"] for _, attrs in page.tags if attrs.get("http-equiv") == "Content-Security-Policy")
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "@import" not in source
    assert "url(" not in source


def test_tables_of_the_html_have_names_and_headings(real):
    report, _ = real
    page = Page(html_of(brief(report, PRINTED)))
    tags = [tag for tag, _ in page.tags]
    assert tags.count("caption") == tags.count("table") > 0
    assert {attrs["scope"] for tag, attrs in page.tags if tag == "th"} == {"col", "row"}


def test_the_docx_has_real_headings_a_language_and_a_title(real):
    report, parts = real
    document = brief(report, PRINTED, parts=parts)
    word = docx.Document(BytesIO(docx_of(document, PRINTED)))
    assert word.core_properties.title == document.title
    assert word.core_properties.language == "en"
    assert word.core_properties.author == ""
    assert word.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val")) == "en"
    styles = [one.style.name for one in word.paragraphs if one.style.name.startswith(("Heading", "Title"))]
    headings = [one for one in document.blocks if isinstance(one, Heading)]
    assert styles == ["Title", *(f"Heading {one.level}" for one in headings)]


def test_tables_of_the_docx_repeat_their_headings_and_carry_a_name(real):
    report, _ = real
    word = docx.Document(BytesIO(docx_of(brief(report, PRINTED), PRINTED)))
    assert word.tables
    for table in word.tables:
        assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None  # noqa: SLF001 - no other name for it
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))  # noqa: SLF001 - as above


def test_both_forms_hold_the_same_text(report):
    document = brief(report, PRINTED)
    word = docx.Document(BytesIO(docx_of(document, PRINTED)))
    page = Page(html_of(document)).text
    for paragraph in word.paragraphs:
        assert paragraph.text in page


def test_the_same_report_gives_the_same_bytes(report):
    document = brief(report, PRINTED)
    assert docx_of(document, PRINTED) == docx_of(document, PRINTED)


def test_text_of_the_catalogue_is_marked_as_english_in_another_language(report):
    document = brief(report, PRINTED, speak=speaker("de"))
    assert document.language == "de"
    assert '<span lang="en">Answer the call of the office.</span>' in html_of(document)


# -- nothing comes alive


def hostile(text):
    return Document(
        say("EU funding for: {title}", title=text),
        "en",
        (
            Heading((Span(text),)),
            Paragraph((Span(text, strong=True), Span(text, url=text), Span(text, language="en"))),
            Table(text, (text, "b"), (((Span(text),), (Span(text),)),)),
        ),
    )


@given(hostile_text)
def test_hostile_text_stays_text_in_html(text):
    page = Page(html_of(hostile(text)))
    harmless = Page(html_of(hostile("harmless")))
    assert [tag for tag, _ in page.tags if tag != "a"] == [tag for tag, _ in harmless.tags if tag != "a"]
    assert all(attrs["href"].startswith(("https://", "http://")) for tag, attrs in page.tags if tag == "a")
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in page.text


@settings(max_examples=30)
@given(hostile_text)
def test_hostile_text_stays_text_in_docx(text):
    content = docx_of(hostile(text), PRINTED)
    word = docx.Document(BytesIO(content))
    assert len(word.tables) == 1
    targets = [one.target_ref for one in word.part.rels.values() if one.is_external]
    assert all(target.startswith(("https://", "http://")) for target in targets)


@settings(max_examples=20)
@given(summary=hostile_text.filter(lambda text: any(map(str.isalnum, text))), title=hostile_text)
def test_a_hostile_project_gives_a_harmless_brief(tiny_matcher, summary, title):
    project = make_project(VOCABULARIES).model_copy(update={"summary": f"{DESCRIPTION} {summary}", "title": title})
    document = brief(tiny_matcher.match(project, ON), PRINTED)
    page = Page(html_of(document))
    assert not {tag for tag, _ in page.tags} & {"script", "img", "b"}
    assert docx.Document(BytesIO(docx_of(document, PRINTED))).paragraphs
