"""The paragraph on relevance: only what was recognised or stated, clauses by reference, gaps as gaps."""

from datetime import date

import pytest

from factories import make_project
from thbfund.report.relevance import relevance_of, relevance_text

ON = date(2026, 11, 25)
SHELTER = "A shelter in Italy gives women who were trafficked from Nigeria a safe place, legal aid and trauma therapy."


@pytest.fixture(scope="module")
def of(matcher):
    def found(summary=SHELTER, on=ON, **fields):
        project = make_project(matcher.catalogue.vocabularies, summary=summary, **fields)
        return matcher.match(project, on)

    return found


def paragraph(report):
    found = relevance_of(report)
    return " ".join([*(one for sentences in found.paragraphs for one in sentences), *found.marks])


def test_recognised_priorities_and_articles_are_cited_by_number(of):
    text = paragraph(of())
    assert "COM(2017) 728 final, Priority B" in text
    assert "COM(2021) 171 final: pillar: Protecting, supporting and empowering the victims" in text
    assert "Art. 11: Assistance and support for victims" in text


def test_what_was_not_recognised_is_not_claimed(of):
    text = paragraph(of(activities=["shelter_and_assistance"], priorities=["B"]))
    assert "Priority A" not in text
    assert "Priority C" not in text
    assert "legal aid" not in text.lower()


def test_gaps_stand_in_their_place(of):
    text = paragraph(of("Trafficked women are helped in Italy.", activities=[], priorities=[], target_groups=[]))
    assert "[To fill in: what is done.]" in text
    assert "[To fill in: which priority of COM(2017) 728 final the project answers.]" in text
    assert "[To fill in: which articles" in text


def test_a_priority_without_work_that_serves_it_asks_for_the_work(of):
    text = paragraph(of(activities=["shelter_and_assistance"], priorities=["A"]))
    assert "untangle the trafficking chain, by [to fill in: which work]." in text


def test_an_article_that_is_no_longer_law_is_not_cited(of):
    text = paragraph(of("Police follow the money of traffickers.", activities=["financial_investigation"]))
    assert "Art. 9" in text
    assert "Art. 7" not in text


def test_an_article_that_nobody_read_is_marked_to_be_checked(of):
    report = of("Police officers learn to find trafficked people.", activities=["training_of_professionals"])
    assert "[check: Art. 18b" in paragraph(report)
    assert any("Art. 18b" in one and "not confirmed" in one for one in relevance_of(report).to_check)


def test_marks_are_claimed_only_where_the_text_shows_them(of):
    marks = relevance_of(of()).marks
    human_rights = next(one for one in marks if one.startswith("Human-rights based"))
    assert "Charter of Fundamental Rights of the EU, Art. 5(3)" in human_rights
    assert "to fill in" in next(one for one in marks if one.startswith("Gender-specific"))
    assert not any(one.startswith("Child-sensitive") for one in marks)


def test_that_the_strategy_has_run_out_is_told_from_2026(of):
    assert any("2025" in one for one in relevance_of(of(on=date(2026, 1, 1))).to_check)
    assert not any("2025" in one for one in relevance_of(of(on=date(2025, 12, 31))).to_check)


def test_denmark_is_told_that_the_directive_does_not_bind_it(of):
    assert "The Directive does not bind Denmark." in relevance_of(of(applicant={"country": "DK"})).to_check
    assert "The Directive does not bind Denmark." not in relevance_of(of(applicant={"country": "IT"})).to_check


def test_the_text_to_copy_ends_with_its_sources(of):
    lines = relevance_text(of()).strip().splitlines()
    assert lines[-1].startswith("[")
    assert "https://" in lines[-1]


def test_a_project_outside_the_field_gets_none(of):
    report = of("Better bicycles for our town.")
    assert relevance_of(report) is None
    assert relevance_text(report) == ""
