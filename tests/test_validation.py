"""What a model finds wrong reaches the user as problems: all at once, with place, what is allowed, how to mend."""

import pytest
from pydantic import Field

from thbfund.catalogue.facts import Many
from thbfund.input.problems import SHOWN_CHARACTERS, SHOWN_CHOICES, InputError, Problem, choices, shown, suggestion
from thbfund.input.strict_yaml import read_yaml
from thbfund.input.validation import Closed, build


class Lamp(Closed):
    colour: str
    watts: int | None = Field(None, ge=1, le=100)
    lit: bool = False


class Lighthouse(Closed):
    name: str
    height: float = 0.0
    lamp: Lamp | None = None
    lamps: Many[Lamp] = ()
    by_room: dict[str, Lamp] = Field(default_factory=dict)
    keepers: Many[str] = ()


def problems_of(text: str) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as raised:
        build(Lighthouse, read_yaml(text), "lighthouse.yaml")
    return raised.value.problems


def test_a_valid_text_becomes_the_model():
    text = "name: North\nlamp: {colour: red, watts: 60}\nkeepers: [Ada, Ben]\n"

    expected = Lighthouse(name="North", lamp=Lamp(colour="red", watts=60), keepers=("Ada", "Ben"))
    actual = build(Lighthouse, read_yaml(text), "lighthouse.yaml")

    assert expected == actual


def test_what_was_built_never_changes():
    built = build(Lighthouse, read_yaml("name: North"), "lighthouse.yaml")

    with pytest.raises(ValueError, match="frozen"):
        built.name = "South"


@pytest.mark.parametrize(
    ("text", "code", "field", "line"),
    [
        pytest.param("name: N\nnmae: x\n", "unknown-field", "nmae", 2, id="unknown"),
        pytest.param("name: N\nlamp: {colour: red, colours: x}\n", "unknown-field", "lamp.colours", 2, id="nested"),
        pytest.param("height: 5\n", "missing-field", "name", 1, id="missing"),
        pytest.param("name: N\nlamp:\n  lit: true\n", "missing-field", "lamp.colour", 2, id="nested-missing"),
        pytest.param("name: 5\n", "not-text", "name", 1, id="number-for-text"),
        pytest.param("name: true\n", "not-text", "name", 1, id="truth-for-text"),
        pytest.param("name:\n", "not-text", "name", 1, id="null-for-text"),
        pytest.param("name: [N]\n", "not-text", "name", 1, id="list-for-text"),
        pytest.param("name: N\nheight: tall\n", "not-a-number", "height", 2, id="text-for-number"),
        pytest.param("name: N\nheight: '5'\n", "not-a-number", "height", 2, id="quoted-number"),
        pytest.param("name: N\nheight: true\n", "not-a-number", "height", 2, id="truth-for-number"),
        pytest.param("name: N\nlamp: {colour: r, watts: 1.5}\n", "not-a-whole-number", "lamp.watts", 2, id="fraction"),
        pytest.param("name: N\nlamp: {colour: r, watts: true}\n", "not-a-whole-number", "lamp.watts", 2, id="truth"),
        pytest.param("name: N\nlamp: {colour: r, lit: yes}\n", "not-yes-or-no", "lamp.lit", 2, id="yes"),
        pytest.param("name: N\nlamp: {colour: r, lit: 1}\n", "not-yes-or-no", "lamp.lit", 2, id="one-for-truth"),
        pytest.param("name: N\nlamp: red\n", "not-a-block", "lamp", 2, id="text-for-block"),
        pytest.param("name: N\nlamp: [red]\n", "not-a-block", "lamp", 2, id="list-for-block"),
        pytest.param("name: N\nby_room: red\n", "not-a-block", "by_room", 2, id="text-for-named-blocks"),
        pytest.param("name: N\nkeepers: Ada\n", "not-a-list", "keepers", 2, id="text-for-list"),
        pytest.param("name: N\nkeepers: {a: Ada}\n", "not-a-list", "keepers", 2, id="block-for-list"),
        pytest.param("name: N\nkeepers: [Ada, 5]\n", "not-text", "keepers.1", 2, id="wrong-item"),
        pytest.param("- name\n", "not-a-block", "", 1, id="list-file"),
        pytest.param("just words\n", "not-a-block", "", 1, id="prose-file"),
        pytest.param("", "not-a-block", "", 1, id="empty-file"),
    ],
)
def test_each_kind_of_mistake_has_its_code_field_and_line(text, code, field, line):
    problem = problems_of(text)[0]

    assert (code, field, line) == (problem.code, problem.field, problem.line)
    assert problem.file == "lighthouse.yaml"
    assert problem.allowed or problem.hint, "a problem says how to mend it"


@pytest.mark.parametrize("watts", [1, 100])
def test_a_number_on_the_bound_is_taken(watts):
    assert watts == build(Lighthouse, read_yaml(f"name: N\nlamp: {{colour: r, watts: {watts}}}"), "x").lamp.watts


@pytest.mark.parametrize(("watts", "expected"), [(0, "at least 1"), (101, "at most 100")])
def test_a_number_beyond_the_bound_is_refused_and_the_bound_is_named(watts, expected):
    problem = problems_of(f"name: N\nlamp: {{colour: r, watts: {watts}}}")[0]

    assert problem.code == "wrong-value"
    assert problem.allowed == expected


def test_a_whole_number_does_for_a_number():
    assert build(Lighthouse, read_yaml("name: N\nheight: 5"), "x").height == 5.0


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("name: N\nheigth: 5\n", 'did you mean "height"?'),
        ("name: N\nHEIGHT: 5\n", 'did you mean "height"?'),
        ("name: N\nlamps: [{colour: r, color: x}]\n", 'did you mean "colour"?'),
        ("name: N\nby_room: {attic: {colour: r, wats: 5}}\n", 'did you mean "watts"?'),
        ("name: N\nqqqq: 5\n", "remove it or correct its name"),
    ],
    ids=["typo", "capitals", "in-a-list", "in-named-blocks", "nothing-near"],
)
def test_an_unknown_field_is_answered_with_the_nearest_known_one(text, hint):
    assert hint == problems_of(text)[0].hint


def test_an_unknown_field_is_answered_with_the_fields_that_its_block_has():
    assert problems_of("name: N\nlamp: {colour: r, qqqq: 1}")[0].allowed == "one of colour, lit, watts"


def test_all_problems_come_at_once_sorted_by_line():
    text = "lamps:\n  - {watts: 0}\n  - {colour: 5, lit: maybe}\nheight: tall\nkeepers: Ada\nextra: 1\n"

    expected = [
        (1, "missing-field"),
        (2, "missing-field"),
        (2, "wrong-value"),
        (3, "not-text"),
        (3, "not-yes-or-no"),
        (4, "not-a-number"),
        (5, "not-a-list"),
        (6, "unknown-field"),
    ]
    actual = [(problem.line, problem.code) for problem in problems_of(text)]

    assert expected == actual


def test_a_list_whose_items_are_wrong_is_not_also_said_to_be_too_short():
    class Fleet(Closed):
        lamps: Many[Lamp] = Field(min_length=1)

    with pytest.raises(InputError) as raised:
        build(Fleet, read_yaml("lamps: [{colour: 5}]"), "x")

    assert [problem.code for problem in raised.value.problems] == ["not-text"]


def test_an_empty_list_is_said_to_be_too_short():
    class Fleet(Closed):
        lamps: Many[Lamp] = Field(min_length=1)

    with pytest.raises(InputError) as raised:
        build(Fleet, read_yaml("lamps: []"), "x")

    assert [problem.code for problem in raised.value.problems] == ["wrong-value"]


# ---- how a problem reads ----


def test_a_problem_reads_as_editors_and_people_expect():
    problem = Problem(
        "unknown-target-group", 'found "wemen"', "error", "data/programmes/x.yaml", 14, 3, "tags", "one of women",
        'did you mean "women"?',
    )  # fmt: skip

    expected = (
        'data/programmes/x.yaml:14:3 error unknown-target-group: tags: found "wemen", expected one of women'
        ' - did you mean "women"?'
    )
    assert expected == str(problem)


def test_a_problem_without_a_place_names_the_file_alone():
    assert str(Problem("unreadable-file", "gone", file="x.yaml")) == "x.yaml error unreadable-file: gone"


def test_an_input_error_shows_every_problem():
    error = InputError([Problem("one", "first"), Problem("two", "second")])

    assert str(error) == "error one: first\nerror two: second"


@pytest.mark.parametrize(
    ("value", "expected"),
    [("x", '"x"'), (5, '"5"'), (True, '"true"'), (None, "nothing"), ("a\nb\x07c", '"a\ufffdb\ufffdc"')],
    ids=["text", "number", "truth", "null", "control-characters"],
)
def test_a_value_is_shown_on_one_line(value, expected):
    assert expected == shown(value)


def test_a_value_of_the_longest_length_is_shown_whole():
    assert f'"{"x" * SHOWN_CHARACTERS}"' == shown("x" * SHOWN_CHARACTERS)


def test_a_longer_value_is_cut():
    assert f'"{"x" * (SHOWN_CHARACTERS - 1)}…"' == shown("x" * (SHOWN_CHARACTERS + 1))


def test_as_many_choices_as_fit_are_all_named():
    assert "one of " + ", ".join(f"c{number:02}" for number in range(SHOWN_CHOICES)) == choices(
        f"c{number:02}" for number in range(SHOWN_CHOICES)
    )


def test_one_choice_more_is_counted():
    assert choices(f"c{number:02}" for number in range(SHOWN_CHOICES + 1)).endswith(" and 1 more")


@pytest.mark.parametrize(
    ("found", "expected"),
    [("wemen", 'did you mean "women"?'), ("WOMEN", 'did you mean "women"?'), ("s21-1", 'did you mean "S21-1"?'),
     ("zebra", ""), ("", "")],
)  # fmt: skip
def test_the_nearest_word_is_suggested_whatever_its_case(found, expected):
    assert expected == suggestion(found, {"women", "children", "S21-1"})


class Limits(Closed):
    least: int = Field(1, ge=1)
    most: float = Field(0.0, le=0.5)
    word: str = Field("x", pattern="^[a-z]+$")
    short: str = Field("x", max_length=3)
    long: str = Field("long", min_length=2)
    few: Many[str] = Field(("x",), max_length=2)
    some: Many[str] = Field(("x",), min_length=1)
    several: Many[str] = Field(("x", "y"), min_length=2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("least: 0", "at least 1"),
        ("most: 0.7", "at most 0.5"),
        ("word: A1", "text of the form ^[a-z]+$"),
        ("short: lantern", "text of 3 characters at most"),
        ("long: x", "text of at least 2 characters"),
        ("few: [a, b, c]", "a list with at most 2 items"),
        ("some: []", "a list with at least 1 item"),
        ("several: [a]", "a list with at least 2 items"),
    ],
)
def test_a_value_outside_its_limits_is_told_them_in_plain_words(text, expected):
    with pytest.raises(InputError) as raised:
        build(Limits, read_yaml(text), "limits.yaml")

    assert [(found.code, found.allowed) for found in raised.value.problems] == [("wrong-value", expected)]
