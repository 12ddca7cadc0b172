"""One value changed in a file, and nothing else."""

import shutil
import subprocess
from pathlib import Path

import pytest

from thbfund.catalogue import packaged_data
from thbfund.input.problems import InputError
from thbfund.input.strict_yaml import read_yaml
from thbfund.staff.edits import EditError, add_item, difference, remove_value, set_value

FILES = sorted([*(packaged_data() / "programmes").glob("*.yaml"), *(packaged_data() / "calls").glob("*.yaml")])

TEXT = """\
# A file of a person with own habits.
id: lantern     # never change this
rate: {value: 0.9,  sources: [law Art. 1], checked_on: 2026-01-15}  # read twice
summary:
  value: >-
    Shelter for victims,
    folded by hand.
  sources: [law]
  checked_on: 2026-01-15

# What follows is a list.
topics:
  - id: one
    title: "A title: with a colon"
  - id: two
    title: 'Second'   # the better one
"""


def facts(value, path=()):
    if isinstance(value, dict):
        if "value" in value:
            yield path
        for key, item in value.items():
            yield from facts(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from facts(item, (*path, index))


def at(value, path):
    for key in path:
        value = value[key]
    return value


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_in_each_real_file_a_fact_set_to_itself_changes_nothing_and_a_changed_one_only_itself(file):
    text = file.read_text(encoding="utf-8")
    value = read_yaml(text).value
    paths = list(facts(value))
    for path in paths[:: max(1, len(paths) // 5)]:
        assert set_value(text, path, at(value, path)) == text
        noted = set_value(text, (*path, "unverified"), "not found: the page is gone")
        if "unverified" in at(value, path):
            continue
        assert remove_value(noted, (*path, "unverified")) == text
        assert len(set(noted.split("\n")) - set(text.split("\n"))) == 1


@pytest.mark.parametrize(
    ("path", "value", "old", "new"),
    [
        (("rate", "value"), 0.8, "value: 0.9,", "value: 0.8,"),
        (("id",), "lamp", "id: lantern     #", "id: lamp  #"),
        (("topics", 0, "title"), "B: c", '"A title: with a colon"', '"B: c"'),
        (("topics", 1, "title"), "It's", "'Second'   #", "'It''s'  #"),
        (("summary", "sources"), ["law", "call"], "sources: [law]\n", "sources: [law, call]\n"),
        (("summary", "value"), "New words.", ">-\n    Shelter for victims,\n    folded by hand.", ">-\n    New words."),
        (("summary", "value"), None, ">-\n    Shelter for victims,\n    folded by hand.", "null"),
        (("rate", "note"), "a, b", "2026-01-15}", '2026-01-15, note: "a, b"}'),
        (("topics", 1, "year"), 2026, "# the better one\n", "# the better one\n    year: 2026\n"),
    ],
)
def test_only_the_changed_place_is_written_anew(path, value, old, new):
    assert TEXT.count(old) >= 1
    assert set_value(TEXT, path, value) == TEXT.replace(old, new, 1)


def test_a_whole_fact_is_changed_line_by_line():
    fact = {"value": "Shelter for victims, folded by hand.", "sources": ["law"], "checked_on": "2026-11-25"}
    after = set_value(TEXT, ("summary",), fact)
    assert after == TEXT.replace("  checked_on: 2026-01-15\n\n", "  checked_on: 2026-11-25\n\n")


def test_a_place_that_is_not_there_yet_is_made_with_the_blocks_around_it():
    after = set_value(TEXT, ("eligibility", "eu_rate"), {"value": 0.5, "unverified": "hearsay"})
    assert after == TEXT + "eligibility:\n  eu_rate:\n    value: 0.5\n    unverified: hearsay\n"


@pytest.mark.parametrize(
    "value", ["NO", "null", "1", "1.5", "a # b", "a: b", "- a", "[x", "é\u2028", " a", "", "@x", "a\nb"]
)
@pytest.mark.parametrize("path", [("id",), ("rate", "value"), ("topics", 0, "new"), ("summary", "value")])
def test_any_text_comes_back_as_it_was_given(path, value):
    assert at(read_yaml(set_value(TEXT, path, value)).value, path) == value


def test_an_item_is_added_in_brackets_and_in_lines():
    assert add_item(TEXT, ("rate", "sources"), "call") == TEXT.replace("[law Art. 1]", "[law Art. 1, call]")
    new = add_item(TEXT, ("topics",), {"id": "three", "title": "Third"})
    assert new == TEXT + "  - id: three\n    title: Third\n"


def test_a_value_is_removed_with_its_line_and_no_comment_above_it():
    assert remove_value(TEXT, ("summary", "sources")) == TEXT.replace("  sources: [law]\n", "")
    assert remove_value(TEXT, ("rate", "sources")) == TEXT.replace(",  sources: [law Art. 1]", "")
    assert remove_value(TEXT, ("topics", 0)) == TEXT.replace('  - id: one\n    title: "A title: with a colon"\n', "")
    assert remove_value(TEXT, ("topics", 0, "id")) == TEXT.replace("- id: one\n    title", "- title")


@pytest.mark.parametrize("path", [("id", "deeper"), ("topics", 7), ("topics", "x")])
def test_a_place_that_cannot_be_is_refused_by_name(path):
    with pytest.raises(EditError, match=str(path[-1])):
        set_value(TEXT, path, "x")


def test_what_is_not_there_cannot_be_removed():
    with pytest.raises(EditError, match=r"there is no rate\.colour"):
        remove_value(TEXT, ("rate", "colour"))


def test_a_text_that_is_no_yaml_is_refused():
    with pytest.raises(InputError):
        set_value("a: [", ("a",), 1)


@pytest.mark.skipif(not shutil.which("git"), reason="needs git")
@pytest.mark.parametrize(("before", "after"), [(TEXT, TEXT.replace("0.9", "0.8")), ("a: 1", "a: 2"), ("", "a: 1\n")])
def test_git_takes_the_difference(tmp_path: Path, before, after):
    file = tmp_path / "x.yaml"
    if before:
        file.write_bytes(before.encode())
    patch = difference(before, after, "x.yaml").encode()
    subprocess.run(
        ["git", "apply"],
        cwd=tmp_path,
        input=patch,
        check=True,
        env={"GIT_CEILING_DIRECTORIES": str(tmp_path.parent), "PATH": "/usr/bin:/bin"},
    )
    assert file.read_bytes() == after.encode()
