"""What has to be told in several places: a new rule, condition, field of a project or page is missed in none of them.

The contributor guide lists these places; each failure names the one that was forgotten.
"""

import re
from typing import get_args

import pytest

from conftest import REPOSITORY
from test_access import PAGES as LOOKED_AT
from test_access import STAFF_PAGES
from test_app import opened
from test_outcomes import CASES
from thbfund.catalogue.facts import Fact
from thbfund.catalogue.model import Eligibility, Programme, Strand
from thbfund.explain import RULE_NAMES
from thbfund.link import _FIELDS as IN_LINK
from thbfund.link import _PARTNER_PARTS as OF_A_PARTNER
from thbfund.project import Applicant, Partner, Project
from thbfund.questions.answers import FIELDS as QUESTIONS
from thbfund.questions.choice import _TEXTS as QUESTION_TEXTS
from thbfund.rules.conditions import Conditions
from thbfund.rules.outcome import RuleName
from thbfund.screening import cells
from thbfund.staff.changes import _FACTS as IN_CHANGES
from thbfund.web import app
from thbfund.web.asking import LABELS
from thbfund.web.report_mistake_view import _FIELDS as IN_REPORTS

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
WORDS_OF_THE_USER = {"summary", "title"}  # no link carries them
CORRECTIONS = {"also_meant", "not_meant"}  # they derive from the text: no link carries them, no column holds them
BY_ROLE = {"applicant_types", "countries"}
ASKED = {case.values[0].get("asks", "") for case in CASES} - {""}
PAGES = sorted(path.stem for path in app.PAGES.glob("[a-z]*.py"))


# ---- a rule ----


def test_every_rule_has_a_name_for_readers() -> None:
    assert set(RULE_NAMES) == set(get_args(RuleName)), "src/thbfund/explain.py:RULE_NAMES"


@pytest.mark.parametrize("field", sorted(ASKED))
def test_what_a_rule_asks_for_is_a_question_with_answers_to_try_and_a_field_of_the_form(field: str) -> None:
    assert field in QUESTIONS, "src/thbfund/questions/answers.py:_MAKERS"
    assert field in QUESTION_TEXTS, "src/thbfund/questions/choice.py:_TEXTS"
    assert field in LABELS, "src/thbfund/web/asking.py:LABELS"


def test_the_form_has_a_widget_for_each_field_with_a_label() -> None:
    form = opened()
    widgets = (form.text_area, form.selectbox, form.multiselect, form.number_input, form.date_input, form.radio)
    shown = {widget.label for kind in widgets for widget in kind}

    missing = {field for field, label in LABELS.items() if label not in shown}
    assert missing == {"partners"}, "those have rows of widgets; all others: src/thbfund/web/form.py"


# ---- a condition, or another fact ----


@pytest.mark.parametrize("condition", Eligibility.model_fields)
def test_a_change_of_a_condition_is_told_in_words(condition: str) -> None:
    names = [f"eligibility.{condition}"]
    if condition in BY_ROLE:
        names = [f"eligibility.{condition}.lead", f"eligibility.{condition}.partner"]

    assert [name for name in names if name not in IN_CHANGES] == [], "src/thbfund/staff/changes.py:_FACTS"


def facts_of(model: type) -> set[str]:
    return {name for name, field in model.model_fields.items() if Fact.__name__ in str(field.annotation)}


@pytest.mark.parametrize("fact", sorted({*Eligibility.model_fields, *facts_of(Strand), *facts_of(Programme)}))
def test_a_reader_who_reports_a_mistake_finds_each_fact_under_its_name(fact: str) -> None:
    assert fact in IN_REPORTS, "src/thbfund/web/report_mistake_view.py:_FIELDS"


def test_the_page_of_a_programme_shows_every_condition(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up: set[str] = set()
    real = Conditions.of
    monkeypatch.setattr(Conditions, "of", lambda self, name: looked_up.add(name.partition(".")[0]) or real(self, name))
    opened("programme", id="amif-2021-2027")

    assert set(Eligibility.model_fields) - {"also_check"} - looked_up == set(), "src/thbfund/web/programme_view.py"


# ---- a field of a project ----


@pytest.mark.parametrize("field", sorted(Project.model_fields.keys() - WORDS_OF_THE_USER - CORRECTIONS - {"language"}))
def test_a_link_carries_each_structured_field_of_a_project(field: str) -> None:
    assert field in IN_LINK.values(), "src/thbfund/link.py"


def test_a_link_carries_what_is_said_of_organisations_but_their_names() -> None:
    assert Applicant.model_fields.keys() - {"name"} - IN_LINK.keys() == set(), "src/thbfund/link.py"
    assert Partner.model_fields.keys() - set(OF_A_PARTNER) == set(), "src/thbfund/link.py"


def test_a_table_of_projects_has_a_column_for_each_field() -> None:
    flat = {"applicant", "partners", "shortlist"}  # columns of their own, and nothing that is ranked or judged by

    assert Project.model_fields.keys() - CORRECTIONS - flat - set(cells.COLUMNS) == set(), "screening/cells.py"
    assert Applicant.model_fields.keys() - {"name"} - set(cells.APPLICANT.values()) == set(), "screening/cells.py"


# ---- a page ----


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_in_the_menu_the_readme_and_the_test_of_access(page: str) -> None:
    frame = (app.PAGES.parent / "app.py").read_text(encoding="utf-8")
    [title] = re.findall(rf'_page\("{page}", (?:_\()?"([^"]+)"', frame)
    looked_at = {path.partition("?")[0] for path in (*LOOKED_AT, *STAFF_PAGES, "match")}

    assert re.search(rf"^\| {title} \|", README, re.MULTILINE) or f"*{title}*" in README, "README.md, The app"
    assert page in looked_at, "tests/test_access.py:PAGES"
