"""A project file in YAML or JSON, or a bare text: taken as meant, or answered with every problem in it."""

import contextlib
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import SUMMARY, dumped, loaded_vocabularies
from strategies import project_values
from thbfund import InputError, Problem, Project, project_of_text, read_project
from thbfund.input.strict_yaml import Document
from thbfund.input.validation import build
from thbfund.project import (
    MAX_EURO,
    MAX_MONTHS,
    MAX_PARTNERS,
    MAX_PROJECT_BYTES,
    MAX_SHORTLIST,
    MAX_SUMMARY_CHARACTERS,
    Tags,
    write_project,
)

WORDS = loaded_vocabularies()


def read(content: str | bytes) -> Project:
    return read_project(content.encode() if isinstance(content, str) else content, "project.yaml", WORDS)


def problems_of(content: str | bytes) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as raised:
        read(content)
    problems = raised.value.problems
    assert all(problem.file == "project.yaml" for problem in problems)
    assert all(problem.allowed or problem.hint for problem in problems), "each problem says how to mend it"
    return problems


def with_field(name: str, value) -> str:
    return dumped({"summary": SUMMARY, name: value})


# ---- what a file may say ----

FULL = """\
title: Harbour
summary: A shelter for women who were trafficked.
language: en
activities: [shelter, legal_aid]
target_groups: [victims_of_trafficking]
priorities: [B, X1]
applicant: {name: Lantern, type: ngo, country: IT}
partners:
  - {type: public_authority, country: NO, role: associated}
  - {type: ngo}
countries_of_action: [IT, FR]
beneficiaries_third_country_nationals: true
total_budget_eur: 600000
requested_grant_eur: 540000.5
start: 2026-11
duration_months: 24
shortlist: [lantern-2021-2027, compass-2021-2027]
"""


def test_every_field_of_a_file_is_read():
    project = read(FULL)

    assert project.title == "Harbour"
    assert project.language == "en"
    assert project.activities == ("shelter", "legal_aid")
    assert project.target_groups == ("victims_of_trafficking",)
    assert project.priorities == ("B", "X1")
    assert (project.applicant.name, project.applicant.type, project.applicant.country) == ("Lantern", "ngo", "IT")
    assert [(partner.type, partner.country, partner.role) for partner in project.partners] == [
        ("public_authority", "NO", "associated"),
        ("ngo", None, "partner"),
    ]
    assert project.countries_of_action == ("IT", "FR")
    assert project.beneficiaries_third_country_nationals is True
    assert project.total_budget_eur == 600_000
    assert project.requested_grant_eur == 540_000.5
    assert project.start == date(2026, 11, 1)
    assert project.duration_months == 24


def test_json_says_the_same_as_yaml():
    content = {
        "summary": SUMMARY, "applicant": {"country": "NO"}, "start": "2026-11-23", "partners": [{"type": "ngo"}]
    }  # fmt: skip

    assert read(json.dumps(content)) == read(dumped(content))


@pytest.mark.parametrize(
    "text", ['{"summary": "x",}', "{summary: x}", '  \n{"summary": "x"}', "\ufeffsummary: x", '\ufeff{"summary": "x"}']
)
def test_loose_json_and_a_byte_order_mark_are_understood(text):
    assert read(text).summary == "x"


def test_only_the_summary_is_required_and_the_rest_is_unknown():
    project = read("summary: x")

    said = {name: value for name, value in project.model_dump().items() if value is not None}
    nothing = dict.fromkeys(Tags.model_fields, ())
    assert [said.pop(name) for name in ("also_meant", "not_meant")] == [nothing, nothing]
    assert said == {"summary": "x", "applicant": {"name": None, "type": None, "country": None}}


@pytest.mark.parametrize("field", [name for name in Project.model_fields if name != "summary"])
def test_null_says_the_same_as_leaving_a_field_out(field):
    assert read(with_field(field, None)) == read(dumped({"summary": SUMMARY}))


def test_an_empty_list_says_none_and_is_not_unknown():
    assert read(with_field("partners", [])).partners == ()


def test_norway_and_the_word_on_stay_what_they_are():
    project = read("summary: on\ntitle: on\napplicant: {country: NO}")

    assert (project.summary, project.title, project.applicant.country) == ("on", "on", "NO")


@pytest.mark.parametrize(
    ("written", "expected"), [("EL", "GR"), ("el", "GR"), ("UK", "GB"), ("uk", "GB"), ("it", "IT"), ("XK", "XK")]
)
def test_the_commissions_codes_and_small_letters_are_understood_everywhere(written, expected):
    project = read(
        dumped({
            "summary": "x", "applicant": {"country": written}, "partners": [{"country": written}],
            "countries_of_action": [written],
        })
    )  # fmt: skip

    actual = (project.applicant.country, project.partners[0].country, project.countries_of_action[0])
    assert actual == (expected, expected, expected)


# ---- bounds, in pairs ----


@pytest.mark.parametrize("field", ["total_budget_eur", "requested_grant_eur"])
@pytest.mark.parametrize("amount", [0, 1, 0.5, MAX_EURO])
def test_an_amount_within_bounds_is_taken(field, amount):
    assert getattr(read(with_field(field, amount)), field) == amount


@pytest.mark.parametrize("field", ["total_budget_eur", "requested_grant_eur"])
@pytest.mark.parametrize("amount", [-1, -0.01, MAX_EURO + 1, 10**17])
def test_an_amount_out_of_bounds_is_refused(field, amount):
    problem = problems_of(with_field(field, amount))[0]

    assert (problem.code, problem.field, problem.line) == ("amount-out-of-range", field, 2)


@pytest.mark.parametrize(
    "written",
    ["600 000", "600.000", "1.200.000", "600,000", "€600000", "600k", "'600000'", "true", "1e6", "[600000]"],
)
def test_an_amount_in_odd_writing_is_refused_with_the_way_to_write_it(written):
    problem = problems_of(f"summary: x\ntotal_budget_eur: {written}")[0]

    assert (problem.code, problem.hint) == ("not-an-amount", "write 600000 for EUR 600 000")


def test_a_grant_as_large_as_the_budget_is_taken():
    assert read("summary: x\ntotal_budget_eur: 100\nrequested_grant_eur: 100").requested_grant_eur == 100


def test_a_grant_above_the_budget_is_refused_beside_the_grant():
    problem = problems_of("summary: x\nrequested_grant_eur: 100.5\ntotal_budget_eur: 100")[0]

    assert (problem.code, problem.field, problem.line) == ("grant-above-budget", "requested_grant_eur", 2)
    assert "100" in problem.allowed


def test_a_wrong_budget_is_not_also_a_grant_above_it():
    assert [problem.code for problem in problems_of("summary: x\ntotal_budget_eur: -5\nrequested_grant_eur: 100")] == [
        "amount-out-of-range"
    ]


@pytest.mark.parametrize("months", [1, MAX_MONTHS])
def test_a_duration_within_bounds_is_taken(months):
    assert read(with_field("duration_months", months)).duration_months == months


@pytest.mark.parametrize(
    ("written", "code"),
    [(0, "wrong-value"), (-1, "wrong-value"), (MAX_MONTHS + 1, "wrong-value"), (24.5, "not-a-whole-number"),
     (24.0, "not-a-whole-number"), ("24 months", "not-a-whole-number"), (True, "not-a-whole-number")],
)  # fmt: skip
def test_any_other_duration_is_refused(written, code):
    problem = problems_of(with_field("duration_months", written))[0]

    assert (problem.code, problem.field) == (code, "duration_months")


@pytest.mark.parametrize(
    ("written", "expected"),
    [("2026-01", date(2026, 1, 1)), ("2026-12", date(2026, 12, 1)), ("2026-02-28", date(2026, 2, 28)),
     ("2024-02-29", date(2024, 2, 29))],
)  # fmt: skip
def test_the_start_is_a_month_or_a_day(written, expected):
    assert read(f"summary: x\nstart: {written}").start == expected


@pytest.mark.parametrize(
    "written",
    ["2026-1", "2026-00", "2026-13", "2026-02-29", "2026-1-1", "01/02/2026", "1.2.2026", "2026/01", "January 2026",
     "2026", "20260101", "2026-W05", "2026-W01-1", "2026-01-01T00:00:00", "26-01", "0000-01", "soon", "true",
     "[2026-01]", "2026-01-", "''"],
)  # fmt: skip
def test_any_other_form_of_the_start_is_refused(written):
    problem = problems_of(f"summary: x\nstart: {written}")[0]

    assert (problem.code, problem.field, problem.line) == ("not-a-date", "start", 2)
    assert "YYYY-MM or YYYY-MM-DD" in problem.allowed


def test_as_many_partners_as_allowed_are_taken():
    assert len(read(with_field("partners", [{"type": "ngo"}] * MAX_PARTNERS)).partners) == MAX_PARTNERS


def test_one_partner_more_is_refused():
    problem = problems_of(with_field("partners", [{"type": "ngo"}] * (MAX_PARTNERS + 1)))[0]

    assert (problem.field, str(MAX_PARTNERS) in problem.allowed) == ("partners", True)


@pytest.mark.parametrize("character", ["x", "é", "ж"])
def test_a_summary_of_the_longest_length_is_taken(character):
    assert project_of_text(character * MAX_SUMMARY_CHARACTERS, WORDS).summary


def test_a_summary_one_character_longer_is_refused():
    with pytest.raises(InputError) as raised:
        project_of_text("x" * (MAX_SUMMARY_CHARACTERS + 1), WORDS)

    problem = raised.value.problems[0]
    assert (problem.code, problem.field, problem.file) == ("text-too-long", "summary", "text")
    assert len(str(problem)) < 300, "the text itself is not repeated"


def test_a_summary_of_200_kb_is_refused_as_too_long():
    assert problems_of("summary: " + "trafficking in human beings " * 7_500)[0].code == "text-too-long"


def test_a_file_of_the_largest_size_is_read():
    assert read("summary: x".ljust(MAX_PROJECT_BYTES)).summary == "x"


def test_a_file_one_byte_larger_is_refused():
    assert problems_of("summary: x".ljust(MAX_PROJECT_BYTES + 1))[0].code == "too-large"


@pytest.mark.parametrize("text", ["", " ", "\n\n\t", "\u2003", "\u200b\u200b", "...", "\x00", "- ?"])
def test_an_empty_text_is_refused_with_what_to_say(text):
    with pytest.raises(InputError) as raised:
        project_of_text(text, WORDS)

    problem = raised.value.problems[0]
    assert (problem.code, problem.field) == ("empty-text", "summary")
    assert problem.hint == "say who is helped, how and where"


# ---- mistakes ----


@pytest.mark.parametrize(
    ("text", "code", "field", "line"),
    [
        pytest.param("title: x", "missing-field", "summary", 1, id="no-summary"),
        pytest.param("summary:", "not-text", "summary", 1, id="null-summary"),
        pytest.param("summary: ''", "empty-text", "summary", 1, id="empty-summary"),
        pytest.param("summary: 5", "not-text", "summary", 1, id="number-as-summary"),
        pytest.param("summary: [a, b]", "not-text", "summary", 1, id="list-as-summary"),
        pytest.param("summary: x\nsumary: y", "unknown-field", "sumary", 2, id="unknown-field"),
        pytest.param("summary: x\nsummary: y", "repeated-key", "", 2, id="field-twice"),
        pytest.param("summary: x\nactivities: [sheltr]", "unknown-activity", "activities.0", 2, id="activity"),
        pytest.param("summary: x\nactivities: shelter", "not-a-list", "activities", 2, id="word-for-list"),
        pytest.param("summary: x\nactivities: [1]", "not-text", "activities.0", 2, id="number-for-word"),
        pytest.param("summary: x\ntarget_groups: [wemen]", "unknown-target-group", "target_groups.0", 2, id="group"),
        pytest.param("summary: x\npriorities: [D]", "unknown-priority", "priorities.0", 2, id="priority"),
        pytest.param("summary: x\nlanguage: ru", "unknown-word", "language", 2, id="language"),
        pytest.param("summary: x\napplicant: ngo", "not-a-block", "applicant", 2, id="word-for-applicant"),
        pytest.param("summary: x\napplicant: {type: fund}", "unknown-applicant-type", "applicant.type", 2, id="type"),
        pytest.param("summary: x\napplicant: {country: Narnia}", "unknown-country", "applicant.country", 2, id="land"),
        pytest.param("summary: x\napplicant: {country: 5}", "not-text", "applicant.country", 2, id="number-for-land"),
        pytest.param("summary: x\ncountries_of_action: [EU]", "unknown-country", "countries_of_action.0", 2, id="eu"),
        pytest.param("summary: x\npartners: [{role: lead}]", "unknown-word", "partners.0.role", 2, id="two-leads"),
        pytest.param("summary: x\npartners: {type: ngo}", "not-a-list", "partners", 2, id="block-for-list"),
        pytest.param(
            "summary: x\nbeneficiaries_third_country_nationals: yes", "not-yes-or-no",
            "beneficiaries_third_country_nationals", 2, id="yes",
        ),
        pytest.param("", "not-a-block", "", 1, id="empty-file"),
        pytest.param("# nothing\n", "not-a-block", "", 1, id="comment-only"),
        pytest.param("We run a shelter in Italy.", "not-a-block", "", 1, id="plain-prose"),
        pytest.param("- summary: x", "not-a-block", "", 1, id="list-file"),
        pytest.param('["summary"]', "not-a-block", "", 1, id="json-list"),
        pytest.param(
            '{\n "summary": "x",\n "applicant": {\n  "country": "QQ"}}', "unknown-country", "applicant.country", 4,
            id="json-value",
        ),
        pytest.param("summary: x\n---\nsummary: y", "several-documents", "", 2, id="two-documents"),
        pytest.param("a: &a [x]\nsummary: *a", "alias", "", 1, id="alias"),
        pytest.param("summary: !!python/object:os.system x", "tag", "", 1, id="tag"),
        pytest.param("summary: x\n\ttitle: y", "not-yaml", "", 2, id="tab"),
        pytest.param("summary: x: y", "not-yaml", "", 1, id="colon"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_file_is_named_with_field_and_line(text, code, field, line):
    problem = problems_of(text)[0]

    assert (problem.code, problem.field, problem.line) == (code, field, line)


@pytest.mark.parametrize("text", ["", "We run a shelter in Italy.", "- a"])
def test_a_file_without_fields_is_told_how_to_begin(text):
    assert "summary:" in problems_of(text)[0].hint


@pytest.mark.parametrize(
    ("country", "hint"), [("Italy", 'did you mean "IT"?'), ("greece", 'did you mean "GR"?'), ("QQ", ""), ("ITA", "")]
)
def test_a_country_by_its_name_is_answered_with_its_code(country, hint):
    assert problems_of(f"summary: x\napplicant: {{country: {country}}}")[0].hint == hint


def test_all_mistakes_come_at_once_in_order():
    text = "applicant: {type: charity, country: Narnia}\nstart: soon\nduration_months: 0\nbudget: 5\n"

    assert [(problem.line, problem.code) for problem in problems_of(text)] == [
        (1, "missing-field"),
        (1, "unknown-applicant-type"),
        (1, "unknown-country"),
        (2, "not-a-date"),
        (3, "wrong-value"),
        (4, "unknown-field"),
    ]


def test_a_yaml_bomb_is_refused_at_once():
    rows = [f"{new}: &{new} [{','.join([f'*{old}'] * 9)}]" for old, new in zip("abcdefgh", "bcdefghi", strict=True)]

    assert problems_of("a: &a [lol]\n" + "\n".join(rows) + "\nsummary: *i")[0].code == "alias"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"summary": "x", "summary": "y"}', 'found the field "summary" twice'),
        ('{"summary": "x", "applicant": {"type": "ngo", "type": "ngo"}}', 'found the field "type" twice'),
        ('{"summary": "x", "total_budget_eur": NaN}', "found NaN, which is no number"),
        ('{"summary": "x", "total_budget_eur": -Infinity}', "found -Infinity, which is no number"),
        ('{"summary": "\\ud800"}', "half a character"),
        ('{"summary": "x", "title": "\\udfff"}', "half a character"),
        ('{"summary": "x", "\\ud800": 1}', "half a character"),
        ('{"summary": "x", "duration_months": ' + "9" * 5_000 + "}", "digits"),
    ],
    ids=["twice", "twice-inside", "nan", "infinity", "half", "half-in-title", "half-in-name", "endless-number"],
)
def test_json_that_says_nothing_sure_is_refused(text, words):
    problem = problems_of(text)[0]

    assert problem.code == "not-json"
    assert words in problem.message


@pytest.mark.parametrize("number", ["1e400", "-1e400", "9" * 4_000], ids=["huge", "minus-huge", "long"])
@pytest.mark.parametrize("field", ["total_budget_eur", "duration_months", "summary", "start", "activities"])
def test_an_enormous_number_is_refused_wherever_it_stands(field, number):
    problems = problems_of(f'{{"title": "t", "{field}": {number}}}')

    assert field in {problem.field for problem in problems}
    assert all(len(str(problem)) < 400 for problem in problems)


@pytest.mark.parametrize("opening", ["[", "{", '{"a":', "- ", "[{a: "])
def test_deep_nesting_is_refused_without_a_crash(opening):
    content = (opening * MAX_PROJECT_BYTES)[:MAX_PROJECT_BYTES]

    assert problems_of(content)[0].code in {"too-deep", "key-not-text", "not-json", "not-yaml"}


def test_closed_deep_nesting_in_json_is_refused_without_a_crash():
    assert problems_of('{"summary": ' + "[" * 100_000 + "]" * 100_000 + "}")[0].code in {"not-json", "not-text"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"\xff\xfes\x00u\x00", "not-utf-8", id="utf-16"),
        pytest.param("summary: caf\xe9".encode("latin-1"), "not-utf-8", id="latin-1"),
        pytest.param(b"PK\x03\x04\x14\x00\x08\x00", "not-yaml", id="docx"),
        pytest.param(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "not-utf-8", id="pdf"),
        pytest.param(b"\x00" * 100, "not-yaml", id="null-bytes"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "not-utf-8", id="png"),
    ],
)
def test_a_binary_file_is_refused(content, code):
    assert problems_of(content)[0].code == code


def test_the_line_of_a_byte_that_is_not_utf_8_is_named():
    assert problems_of(b"title: x\nsummary: y\nlanguage: \xe9")[0].line == 3


# ---- properties ----


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_but_an_input_error(content):
    with contextlib.suppress(InputError):
        read(content)


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["IT", "ngo", "B"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["type", "country", "role"]), inner),
    max_leaves=6,
)
FIELDS = st.dictionaries(st.sampled_from([*Project.model_fields, "extra", ""]), ANY, max_size=6)


@given(FIELDS)
def test_no_json_raises_anything_but_an_input_error(content):
    with contextlib.suppress(InputError):
        read(json.dumps(content))


@given(FIELDS)
def test_no_yaml_raises_anything_but_an_input_error(content):
    with contextlib.suppress(InputError):
        read(dumped(content))


@given(st.text(max_size=200))
def test_no_text_raises_anything_but_an_input_error(text):
    with contextlib.suppress(InputError):
        project_of_text(text, WORDS)


@pytest.mark.parametrize(
    ("territory", "state"), [("RE", "FR"), ("gf", "FR"), ("YT", "FR"), ("AX", "FI"), ("GL", "GL"), ("NC", "NC")]
)
def test_an_outermost_region_counts_as_its_member_state_and_an_overseas_territory_does_not(territory, state):
    project = read_project(
        f"summary: Shelter.\napplicant: {{country: {territory}}}\n".encode(), "p.yaml", loaded_vocabularies()
    )

    assert project.applicant.country == state


# ---- a file that is written ----


@given(values=project_values, title=st.none() | st.text(max_size=20), start=st.none() | st.dates())
def test_a_project_that_is_written_and_read_again_is_the_same(values, title, start):
    project = build(Project, Document({**values, "title": title, "start": start}), "p", {"vocabularies": WORDS})

    assert read(write_project(project)) == project


@given(summary=st.text(min_size=1).filter(lambda text: any(character.isalnum() for character in text)))
def test_any_text_survives_being_written(summary):
    assert read(write_project(Project(summary=summary))).summary == summary


def test_the_longest_text_still_fits_into_a_file():
    project = project_of_text(("wörter " * MAX_SUMMARY_CHARACTERS)[:MAX_SUMMARY_CHARACTERS], WORDS)

    assert len(write_project(project).encode()) <= MAX_PROJECT_BYTES


def test_every_field_of_a_file_is_written():
    project = read(FULL)
    written = write_project(project)

    assert read(written) == project
    assert "total_budget_eur: 600000\n" in written
    assert "compass-2021-2027" in written


def test_what_is_unknown_is_left_out_of_a_written_file():
    assert write_project(project_of_text("A shelter.", WORDS)) == "summary: A shelter.\n"


# ---- the shortlist ----


def test_a_shortlist_keeps_its_order_and_takes_any_id():
    ids = ["zebra-2021-2027", "amber", "no-longer-here"]

    assert read(with_field("shortlist", ids)).shortlist == tuple(ids)


@pytest.mark.parametrize("wrong", ["Lantern Fund", "lantern_2021", "", "<b>", "a" * 81])
def test_a_shortlist_holds_ids_alone(wrong):
    assert [problem.field for problem in problems_of(with_field("shortlist", [wrong]))] == ["shortlist.0"]


def test_a_shortlist_may_be_long_but_not_endless():
    assert len(read(with_field("shortlist", [f"p-{n}" for n in range(MAX_SHORTLIST)])).shortlist) == MAX_SHORTLIST
    assert problems_of(with_field("shortlist", [f"p-{n}" for n in range(MAX_SHORTLIST + 1)]))
