"""Tags can be quoted: nothing of them is missing, and counterparts name each other across the policy texts."""

import pytest

from factories import REMOVED, changed, errors_in, make_vocabulary, write_catalogue
from thbfund.catalogue import check_catalogue, load_catalogue
from thbfund.catalogue.vocabulary import TAGS
from thbfund.input.problems import Problem


def first(vocabulary, **changes):
    """A tiny vocabulary with changes to its first entry; `REMOVED` leaves a part out."""
    content = make_vocabulary(vocabulary)
    for part, value in changes.items():
        content = changed(content, f"entries.0.{part}", value)
    return content


def found(folder, code, **vocabularies) -> list[Problem]:
    """The problems of one code in the tiny catalogue with some vocabularies written anew."""
    write_catalogue(folder, vocabularies=vocabularies)
    return [problem for problem in check_catalogue(folder)[1] if problem.code == code]


def linked(**counterparts):
    """Priorities and articles with the counterparts of some entries."""
    vocabularies = {name: make_vocabulary(name) for name in ("priorities", "directive_articles")}
    for vocabulary in vocabularies.values():
        for entry in vocabulary["entries"]:
            entry["counterparts"] = counterparts.get(entry["id"].replace("-", "_"), [])
    return vocabularies


# ---- the parts ----


def test_a_whole_tag_is_no_problem(tmp_path):
    assert found(tmp_path / "data", "incomplete-tag") == []


@pytest.mark.parametrize("vocabulary", TAGS)
@pytest.mark.parametrize("part", ["includes", "excludes", "examples"])
def test_a_tag_without_a_part_is_named_with_the_part(tmp_path, vocabulary, part):
    tags = first(vocabulary, **{part: REMOVED})

    (problem,) = found(tmp_path / "data", "incomplete-tag", **{vocabulary: tags})

    assert (problem.file, problem.field) == (f"data/vocabularies/{vocabulary}.yaml", "entries.0.id")
    assert f"{tags['entries'][0]['id']} lacks {part}" in problem.message
    assert problem.severity == "warning"


def test_one_example_is_not_enough(tmp_path):
    (problem,) = found(tmp_path / "data", "incomplete-tag", priorities=first("priorities", examples=["A lamp is lit."]))

    assert "examples: 1 more" in problem.message


@pytest.mark.parametrize(("vocabulary", "asked"), [("priorities", 1), ("directive_articles", 1), ("activities", 0)])
def test_only_a_policy_text_must_have_a_clause(tmp_path, vocabulary, asked):
    problems = found(tmp_path / "data", "incomplete-tag", **{vocabulary: first(vocabulary, clause=REMOVED)})

    assert ["lacks clause" in problem.message for problem in problems] == [True] * asked


def test_an_entry_that_is_no_tag_needs_no_examples(tmp_path):
    assert found(tmp_path / "data", "incomplete-tag", routes=make_vocabulary("routes")) == []


# ---- counterparts ----


def test_a_priority_and_an_article_that_name_each_other_are_no_problem(tmp_path):
    folder = tmp_path / "data"

    assert found(folder, "one-sided-counterpart", **linked(A=["D-1"], D_1=["A"])) == []
    assert errors_in(folder) == []


@pytest.mark.parametrize(
    ("counterparts", "file"),
    [({"A": ["D-1"]}, "priorities"), ({"D_1": ["A"]}, "directive_articles"), ({"A": ["B"]}, "priorities")],
)
def test_a_counterpart_that_is_silent_is_named_where_it_is_claimed(tmp_path, counterparts, file):
    (problem,) = found(tmp_path / "data", "one-sided-counterpart", **linked(**counterparts))

    assert (problem.file, problem.field) == (f"data/vocabularies/{file}.yaml", "entries.0.counterparts.0")


def test_a_priority_cannot_be_the_counterpart_of_an_activity(tmp_path):
    activities = changed(make_vocabulary("activities"), "entries.0.counterparts", ["A"])

    assert [
        problem.code
        for problem in errors_in(write_catalogue(tmp_path / "data", vocabularies={"activities": activities}))
    ] == ["unknown-counterpart"]


def test_counterparts_in_a_file_that_cannot_be_read_are_not_called_unknown(tmp_path):
    folder = write_catalogue(tmp_path / "data", vocabularies=linked(A=["D-1"], D_1=["A"]))
    (folder / "vocabularies/directive_articles.yaml").write_text("id: [", encoding="utf-8")

    assert {problem.file for problem in errors_in(folder)} == {"data/vocabularies/directive_articles.yaml"}


def test_a_mistake_elsewhere_does_not_hide_an_unknown_counterpart(tmp_path):
    vocabularies = {**linked(A=["D-9"]), "routes": make_vocabulary("routes", id="ways")}
    folder = write_catalogue(tmp_path / "data", vocabularies=vocabularies)

    assert {problem.code for problem in errors_in(folder)} == {"id-differs-from-file", "unknown-counterpart"}


# ---- a folder from before the articles ----


def test_a_folder_without_articles_is_read(tmp_path):
    folder = write_catalogue(tmp_path / "data")
    (folder / "vocabularies/directive_articles.yaml").unlink()

    assert load_catalogue(folder).vocabularies.ids("directive_articles") == frozenset()


def test_a_folder_without_priorities_is_refused(tmp_path):
    folder = write_catalogue(tmp_path / "data")
    (folder / "vocabularies/priorities.yaml").unlink()

    assert [problem.code for problem in errors_in(folder)] == ["unreadable-file"]
