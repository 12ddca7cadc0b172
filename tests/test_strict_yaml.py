"""YAML is read the safe way: what people write stays what they wrote, and what can hide, run or grow is refused."""

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import dumped
from thbfund.input import strict_yaml
from thbfund.input.problems import InputError, Problem
from thbfund.input.strict_yaml import MAX_DEPTH, read_yaml


def refused(text: str) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as raised:
        read_yaml(text, "some.yaml")
    return raised.value.problems


@pytest.mark.parametrize(
    "written",
    ["NO", "no", "on", "off", "yes", "y", "True", "TRUE", "2026-11-23", "2026-11", "12:30", "0123", "0o17", "0x1F",
     "1_000", "1e3", ".5", "5.", ".inf", ".nan", "Null", "NULL", "600 000", "=", "1234567890123456789"],
)  # fmt: skip
def test_a_plain_word_stays_text(written):
    expected = {"value": written}
    actual = read_yaml(f"value: {written}").value

    assert expected == actual


@pytest.mark.parametrize("written", ["5", "true", "null", "~", "0.9", "", "NO", "2026-11-23"])
@pytest.mark.parametrize("quote", ["'", '"'])
def test_a_quoted_value_stays_text(written, quote):
    assert {"value": written} == read_yaml(f"value: {quote}{written}{quote}").value


@pytest.mark.parametrize(
    ("written", "expected"),
    [("5", 5), ("0", 0), ("-5", -5), ("+5", 5), ("0.9", 0.9), ("-0.5", -0.5), ("1.0", 1.0), ("true", True),
     ("false", False), ("null", None), ("~", None), ("", None), ("123456789012345678", 123456789012345678)],
)  # fmt: skip
def test_numbers_truth_values_and_null_are_read_as_yaml_1_2_has_them(written, expected):
    actual = read_yaml(f"value: {written}").value["value"]

    assert expected == actual
    assert type(expected) is type(actual)


@pytest.mark.parametrize("written", ["600.000", "1.200", "12.500", "999.999"])
def test_a_number_that_may_have_a_point_for_thousands_stays_text(written):
    assert {"value": written} == read_yaml(f"value: {written}").value


@pytest.mark.parametrize(("written", "expected"), [("0.125", 0.125), ("600.00", 600.0), ("1200.500", 1200.5)])
def test_a_number_whose_point_can_only_be_decimal_is_a_number(written, expected):
    assert {"value": expected} == read_yaml(f"value: {written}").value


@pytest.mark.parametrize("key", ["NO", "on", "1", "null", "true", "<<", "2026-11-23", "é"])
def test_a_key_is_always_text(key):
    assert {key: "x"} == read_yaml(f"{key}: x").value


def test_folded_text_becomes_one_line_and_literal_text_keeps_its_lines():
    assert read_yaml("a: >-\n  one\n  two\nb: |\n  one\n  two\n").value == {"a": "one two", "b": "one\ntwo\n"}


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n"])
def test_an_empty_text_is_null(text):
    assert read_yaml(text).value is None


def test_a_byte_order_mark_is_no_part_of_the_text():
    assert read_yaml("\ufeffa: 1").value == {"a": 1}


# ---- refused, with code and place ----


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        pytest.param("a: 1\nb: 2\na: 3\n", "repeated-key", (3, 1), id="key-twice"),
        pytest.param("a:\n  b: 1\n  b: 1\n", "repeated-key", (3, 3), id="same-value-twice"),
        pytest.param("a: {b: 1, 'b': 2}\n", "repeated-key", (1, 11), id="quoted-key-twice"),
        pytest.param("a: &x 1\n", "alias", (1, 4), id="anchor"),
        pytest.param("a: 1\nb: *x\n", "alias", (2, 4), id="alias"),
        pytest.param("&x a: 1\n", "alias", (1, 1), id="anchor-on-key"),
        pytest.param("a: 1\nb: !!python/object/apply:os.system [ls]\n", "tag", (2, 4), id="python-tag"),
        pytest.param("a: !!str 5\n", "tag", (1, 4), id="harmless-tag"),
        pytest.param("a: ! 5\n", "tag", (1, 4), id="bare-tag"),
        pytest.param("a: !!binary aGk=\n", "tag", (1, 4), id="binary-tag"),
        pytest.param("a: 1\n---\nb: 2\n", "several-documents", (2, 1), id="two-documents"),
        pytest.param("? [a, b]\n: 1\n", "key-not-text", (1, 3), id="list-as-key"),
        pytest.param("{{a: 1}: 2}\n", "key-not-text", (1, 2), id="block-as-key"),
        pytest.param("a: 1\nb: c: d\n", "not-yaml", (2, 5), id="colon-in-plain-text"),
        pytest.param("a: 1\nb:\n\t- c\n", "not-yaml", (3, 1), id="tab"),
        pytest.param("a: 'x\n", "not-yaml", (2, 1), id="open-quote"),
        pytest.param("a: [1, 2\nb: 3\n", "not-yaml", (2, 2), id="open-bracket"),
        pytest.param("a: @b\n", "not-yaml", (1, 4), id="reserved-character"),
        pytest.param("a: 1\nb: x\x07y\n", "not-yaml", (2, 5), id="bell"),
        pytest.param("a: 1\nbé: \x00\n", "not-yaml", (2, 5), id="null-byte-after-accent"),
        pytest.param("a: 1\nb: \x7f\n", "not-yaml", (2, 4), id="delete"),
        pytest.param('a: "\\ud83d"\n', "not-yaml", (1, 7), id="half-a-character"),
        pytest.param("%YAML 9.9\n---\na: 1\n", "not-yaml", (1, 1), id="future-yaml"),
    ],
)
def test_what_is_refused_is_named_with_its_place(text, code, place):
    problem = refused(text)[0]

    assert (code, "some.yaml", *place) == (problem.code, problem.file, problem.line, problem.column)
    assert problem.message
    assert problem.allowed or problem.hint, "a problem says how to mend it"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        pytest.param("a:\n  b: see Art. 5: grants\n", "after the first colon in quotes", id="colon in a text"),
        pytest.param(
            "a: see\n  Art. 5: grants\n", "goes on with the text above it, put the whole", id="in its next line"
        ),
        pytest.param("a: 1\n  b: 2\n", "check the indentation", id="too far in"),
        pytest.param("a:\n\tb: 1\n", "use spaces for the indentation", id="tab"),
        pytest.param("a:\n  b: 1\n \tc: 2\n", "use spaces for the indentation", id="tab after a space"),
        pytest.param("a: `b`\n", "in quotes, for it begins with `", id="reserved character"),
        pytest.param("a: 1\nb: [1\n", "the brackets around this line", id="anything else"),
    ],
)
def test_the_usual_slips_are_told_with_what_to_do(text, hint):
    assert hint in refused(text)[-1].hint


def test_every_repeated_key_is_reported_at_once():
    assert [problem.line for problem in refused("a: 1\nb: 1\na: 2\nc: 1\nb: 2\n")] == [3, 5]


@pytest.mark.parametrize("last", ["c: [", "c: &x 1", "c: !x 1"])
def test_a_repeated_key_is_reported_together_with_what_stops_the_reading(last):
    problems = refused(f"a: 1\na: 2\n{last}\n")

    assert problems[0].code == "repeated-key"
    assert len(problems) == 2


def test_a_control_character_is_not_blamed_on_the_indentation():
    problem = refused("a: x\x00y")[0]

    assert "control character" in str(problem)
    assert "indentation" not in problem.hint


def nested(levels: int) -> str:
    return "[" * levels + "]" * levels


def test_the_deepest_allowed_text_is_read():
    assert read_yaml(nested(MAX_DEPTH + 1)).value != []


def test_a_text_one_level_deeper_is_refused():
    assert refused(nested(MAX_DEPTH + 2))[0].code == "too-deep"


@pytest.mark.parametrize("bracket", ["[", "{", "- ", "? ", "[{a: "])
def test_a_hundred_thousand_levels_are_refused_without_a_crash(bracket):
    assert refused(bracket * 100_000)[0].code in {"too-deep", "key-not-text", "not-yaml"}


def test_as_many_values_as_allowed_are_read(monkeypatch):
    monkeypatch.setattr(strict_yaml, "MAX_VALUES", 5)

    assert read_yaml("[1, 2, 3, 4]").value == [1, 2, 3, 4]


def test_one_value_more_is_refused(monkeypatch):
    monkeypatch.setattr(strict_yaml, "MAX_VALUES", 5)

    assert refused("[1, 2, 3, 4, 5]")[0].code == "too-large"


def test_keys_count_as_values(monkeypatch):
    monkeypatch.setattr(strict_yaml, "MAX_VALUES", 5)

    assert read_yaml("{a: 1, b: 2}").value == {"a": 1, "b": 2}
    assert refused("{a: 1, b: 2, c: 3}")[0].code == "too-large"


def test_a_yaml_bomb_is_refused_at_its_first_anchor():
    bomb = "a: &a [x, x]\n" + "".join(
        f"{new}: &{new} [*{old}, *{old}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )

    assert [(problem.code, problem.line) for problem in refused(bomb)] == [("alias", 1)]


# ---- places ----

PLACED = """\
id: x
strands:
  - id: one
    rate: {value: 5, note: n}
  - id: two
"""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ((), (1, 1)),
        (("id",), (1, 1)),
        (("strands",), (2, 1)),
        (("strands", 0), (3, 5)),
        (("strands", 0, "id"), (3, 5)),
        (("strands", 0, "rate"), (4, 5)),
        (("strands", 0, "rate", "note"), (4, 22)),
        (("strands", 1, "id"), (5, 5)),
    ],
    ids=str,
)
def test_a_value_knows_its_line_and_column(path, expected):
    assert expected == read_yaml(PLACED).place_of(path)


def test_a_value_that_is_not_there_has_the_place_of_what_should_hold_it():
    document = read_yaml(PLACED)

    assert document.place_of(("strands", 0, "rate", "sources", 0)) == (4, 5)
    assert document.place_of(("summary",)) == (1, 1)


def test_an_empty_document_has_a_place():
    assert read_yaml("").place_of(("summary",)) == (1, 1)


# ---- properties ----

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co")), max_size=30)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**18) + 1, 10**18 - 1) | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


@given(PLAIN)
def test_whatever_is_written_as_yaml_comes_back_equal(value):
    assert value == read_yaml(dumped(value)).value


@given(PLAIN)
def test_whatever_is_written_as_json_comes_back_equal(value):
    assert value == read_yaml(json.dumps(value, ensure_ascii=False)).value


YAMLISH = st.text(st.sampled_from("ab0:-?[]{},&*!|>'\"%@`#~ \n\t\r\x00\x85\u2028\ufeff\ud800é<=.\\"), max_size=40)


@given(st.text() | YAMLISH)
def test_no_text_raises_anything_but_an_input_error(text):
    with contextlib.suppress(InputError):
        read_yaml(text, "some.yaml")
