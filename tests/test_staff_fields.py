"""The fields of a file from the models, and what is entered into them."""

import pytest

from thbfund.catalogue import packaged_data
from thbfund.input.strict_yaml import read_yaml
from thbfund.staff.edits import EditError
from thbfund.staff.entries import sections_of
from thbfund.staff.fields import ABSENT, NOT_READ, Field, fields_of
from thbfund.staff.filling import add, add_entry, fill, take_out
from thbfund.staff.words import lists_of

DATA = packaged_data()
FILES = sorted([*(DATA / "programmes").glob("*.yaml"), *(DATA / "calls").glob("*.yaml")])
KINDS = {"programmes": "programme", "calls": "calls"}

LISTS = {
    "applicant_types": {"ngo": "NGO", "company": "Company"},
    "sources": {"law": "The law"},
    "strands": {"door": "The door"},
    "priorities": {"A": "Demand", "B": "Victims"},
}

TEXT = """\
id: lantern
name: Lantern   # a comment
periods: [2021-2027]
named_in_brochure: false
summary: {value: Light., sources: [law Art. 1], checked_on: 2026-01-15}
budget:
  - label: all
    amount_eur: 5
    unverified: hearsay
strands:
  - id: door
    relevance:
      A: {grade: 1, reason: little}
    eligibility:
      applicant_types:
        lead:
          value: null
          unverified: unknown
sources:
  law: {title: The law, url: "https://example.org", kind: law}
"""


def form(text=TEXT, kind="programme") -> Field:
    return fields_of(kind, read_yaml(text).value, LISTS)


def leaves(field: Field):
    """Path and value of everything that the form shows."""
    if not field.is_nested or (field.present and not field.parts):
        if field.present:
            yield field.path, field.value
    elif field.present and field.value in (None, {}, []):
        yield field.path, field.value
    else:
        for part in field.parts:
            yield from leaves(part)


def leaves_of(value, path=()):
    """The same of plain values; a list of texts is one."""
    if isinstance(value, dict) and value:
        for key, item in value.items():
            yield from leaves_of(item, (*path, key))
    elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
        for index, item in enumerate(value):
            yield from leaves_of(item, (*path, index))
    else:
        yield path, value


def as_text(field: Field):
    return [field.path] * (field.kind == "as text") + [path for part in field.parts for path in as_text(part)]


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_the_form_reaches_every_value_of_a_real_file(file):
    values = read_yaml(file.read_text(encoding="utf-8")).value
    found = fields_of(KINDS[file.parent.name], values, LISTS)
    assert dict(leaves(found)) == dict(leaves_of(values))
    assert as_text(found) == []


@pytest.mark.parametrize(
    ("path", "kind", "label"),
    [
        (("name",), "text", "Name"),
        (("periods",), "choices", "Periods"),
        (("named_in_brochure",), "yes or no", "Named in brochure"),
        (("summary",), "fact", "Summary"),
        (("summary", "value"), "long text", "Value"),
        (("summary", "sources"), "citations", "Sources"),
        (("summary", "checked_on"), "date", "Checked on"),
        (("budget",), "list", "Budget"),
        (("budget", 0), "fact", "1: all"),
        (("budget", 0, "amount_eur"), "whole number", "Amount"),
        (("in_force", "value", "ends_on"), "date", "Ends on"),
        (("predecessors", "value"), "texts", "Value"),
        (("strands", 0, "relevance"), "mapping", "Relevance"),
        (("strands", 0, "relevance", "A"), "block", "A: Demand"),
        (("strands", 0, "management_mode", "value"), "choice", "Value"),
        (("strands", 0, "eligibility", "eu_rate"), "fact", "EU rate"),
        (("strands", 0, "eligibility", "eu_rate", "value"), "number", "Value"),
        (("sources", "law", "url"), "text", "Address"),
    ],
)
def test_kind_and_label_come_from_the_model(path, kind, label):
    field = form().part(*path)
    assert (field.path, field.kind, field.label) == (path, kind, label)


def test_units_help_and_words_come_from_the_model():
    eligibility = form().part("strands", 0, "eligibility")
    assert form().part("budget", 0, "amount_eur").unit == "EUR"
    assert eligibility.part("duration", "value", "min_months").unit == "months"
    assert eligibility.part("eu_rate").help == "Largest EU share of the eligible costs."
    lead = eligibility.part("applicant_types", "lead", "value")
    assert lead.part("open_to").options == LISTS["applicant_types"]
    assert set(lead.part("others").options) == {"open", "depends", "closed", "unknown"}
    assert form("programme: x\ntopics: [{id: y}]\n", "calls").part("topics", 0, "strand").options == LISTS["strands"]


def test_required_unknown_and_absent_are_told_apart():
    name, successor, note = (form().part(*path) for path in [("name",), ("successor",), ("summary", "note")])
    assert (name.required, name.nullable, name.present) == (True, False, True)
    assert (successor.required, successor.present, successor.value) == (True, False, ABSENT)
    assert (note.required, note.nullable, note.present) == (False, True, False)
    assert form().part("strands", 0, "eligibility", "applicant_types", "lead", "value").value is None


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("name: Lantern", "name: [Lantern]", ("name",)),
        ("checked_on: 2026-01-15", "checked_on: soon", ("summary", "checked_on")),
        ("amount_eur: 5", "amount_eur: five", ("budget", 0, "amount_eur")),
        ("named_in_brochure: false", "named_in_brochure: 0", ("named_in_brochure",)),
        ("summary: {value: Light., sources: [law Art. 1], checked_on: 2026-01-15}", "summary: Light.", ("summary",)),
        ("periods: [2021-2027]", "periods: [{a: b}]", ("periods",)),
    ],
)
def test_what_has_another_form_than_the_models_is_left_to_the_text(old, new, path):
    assert as_text(form(TEXT.replace(old, new))) == [path]
    assert as_text(form()) == []


def test_an_entry_falls_into_portions():
    titles = list(sections_of(form(), form().part("strands", 0)))
    assert titles == ["In short", "Facts", "Tags", "Relevance", "Eligibility", "Sources of the file"]


def test_a_value_is_entered_and_nothing_else_changes():
    field = form().part("name")
    assert fill(TEXT, field, "Lamp") == TEXT.replace("name: Lantern", "name: Lamp").replace("   # a", "  # a")
    assert fill(TEXT, field, "Lantern") == TEXT


@pytest.mark.parametrize(
    ("path", "entered", "expected"),
    [
        (("summary", "value"), "", None),  # unknown
        (("budget", 0, "amount_eur"), None, None),
        (("name",), "", ""),  # the check asks for it
        (("periods",), [], []),
    ],
)
def test_a_field_that_must_be_there_is_emptied_but_stays(path, entered, expected):
    assert form(fill(TEXT, form().part(*path), entered)).part(*path).value == expected


def test_a_field_that_may_go_goes_when_it_is_emptied():
    assert fill(TEXT, form().part("summary", "sources"), []) == TEXT.replace(" sources: [law Art. 1],", "")
    assert fill(TEXT, form().part("summary", "note"), "") == TEXT


def test_what_is_entered_into_an_unknown_block_makes_it_known():
    field = form().part("strands", 0, "eligibility", "applicant_types", "lead", "value", "open_to")
    after = form(fill(TEXT, field, ["ngo"])).part("strands", 0, "eligibility", "applicant_types", "lead", "value")
    assert after.value == {"open_to": ["ngo"]}


def test_the_only_value_of_a_block_goes_without_the_block():
    text = TEXT.replace("value: null", "value: {open_to: [ngo]}")
    lead = ("strands", 0, "eligibility", "applicant_types", "lead", "value")
    assert form(fill(text, form(text).part(*lead, "open_to"), [])).part(*lead).value == {}


def test_a_fact_that_is_added_counts_as_unread():
    after = form(add(TEXT, form().part("strands", 0, "eligibility", "eu_rate")))
    assert after.part("strands", 0, "eligibility", "eu_rate").value == {"value": None, "unverified": NOT_READ}


def test_an_item_is_added_to_a_list_and_an_entry_to_a_mapping():
    budget = form(add(TEXT, form().part("budget"))).part("budget")
    assert budget.value[1] == {"label": "", "amount_eur": None, "unverified": NOT_READ}
    after = form(add_entry(TEXT, form().part("sources"), "call"))
    assert after.part("sources", "call").value == {"title": "", "kind": ""}


@pytest.mark.parametrize("key", ["law", ""])
def test_an_entry_needs_a_name_of_its_own(key):
    with pytest.raises(EditError):
        add_entry(TEXT, form().part("sources"), key)


def test_an_item_is_taken_out_and_the_last_one_leaves_an_empty_list():
    assert form(take_out(TEXT, form().part("budget", 0))).part("budget").value == []
    assert take_out(add_entry(TEXT, form().part("sources"), "x"), form().part("sources", "law")).count("law:") == 0


def test_lists_hold_what_the_file_itself_holds_even_half_written(catalogue):
    found = lists_of(catalogue.vocabularies, {"x": "X"}, {"strands": [{"id": "a", "name": "A"}, "?"]}, {"sources": 1})
    assert (found["strands"], found["sources"], found["programmes"]) == ({"a": "A"}, {}, {"x": "X"})
    assert found["places"]["GR"] == "Greece (GR)"
    assert found["target_groups"]["children"] == catalogue.vocabularies.label("target_groups", "children")
