"""Mistakes in a file of calls: each is told with its code, its field, what is allowed, and the line it stands on."""

import pytest

from factories import dumped, errors_in, fact, make_calls, make_topic, write_catalogue

FAMILY = {"id": "light", "name": "Light", "strand": "harbour", "relevance": "core"}
LANTERN = "lantern-2021-2027"
COMPASS = "compass-2021-2027"


def calls(*topics, **changes):
    return make_calls(topics or [make_topic()], **changes)


MISTAKES = {
    "a file for a programme that is not there": (
        "torch.yaml",
        calls(programme="torch"),
        ("unknown-programme", "programme", "programme: torch"),
    ),
    "the id of another programme": (
        f"{LANTERN}.yaml",
        calls(programme=COMPASS),
        ("id-differs-from-file", "programme", f"programme: {COMPASS}"),
    ),
    "two topics of one id": (
        f"{LANTERN}.yaml",
        calls(make_topic(), make_topic(title="Another title", year=2025)),
        ("repeated-id", "topics.1.id", "id: LAN-2026-1"),
    ),
    "two families of one id": (
        f"{LANTERN}.yaml",
        calls(families=[FAMILY, FAMILY | {"name": "Light again"}]),
        ("repeated-id", "families.1.id", "id: light"),
    ),
    "a topic of a strand that is not there": (
        f"{LANTERN}.yaml",
        calls(make_topic(), make_topic(id="two", strand="cellar", title="Another", year=2025)),
        ("unknown-strand", "topics.1.strand", "strand: cellar"),
    ),
    "a family of a strand that is not there": (
        f"{LANTERN}.yaml",
        calls(families=[FAMILY, FAMILY | {"id": "dark", "strand": "cellar"}]),
        ("unknown-strand", "families.1.strand", "strand: cellar"),
    ),
    "a topic of a family that is not there": (
        f"{LANTERN}.yaml",
        calls(make_topic(family="lamps"), families=[FAMILY]),
        ("unknown-family", "topics.0.family", "family: lamps"),
    ),
    "a source that is not listed": (
        f"{LANTERN}.yaml",
        calls(make_topic(subject=fact("Shelters.", sources=["page"]))),
        ("unknown-source", "topics.0.subject.sources.0", "page"),
    ),
}


@pytest.mark.parametrize(("name", "content", "expected"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_where_it_stands(tmp_path, name, content, expected):
    folder = write_catalogue(tmp_path / "data")
    (folder / "calls").mkdir(exist_ok=True)
    text = dumped(content)
    (folder / "calls" / name).write_text(text, encoding="utf-8")

    [problem] = [each for each in errors_in(folder) if each.file == f"data/calls/{name}"]

    code, field, line = expected
    assert (problem.code, problem.field) == (code, field)
    assert line in text.splitlines()[problem.line - 1]


@pytest.mark.parametrize(
    ("name", "content", "allowed"),
    [
        ("torch.yaml", calls(programme="torch"), ("compass-2021-2027", "lantern-2021-2027")),
        (f"{LANTERN}.yaml", calls(programme=COMPASS), (LANTERN,)),
        (f"{LANTERN}.yaml", calls(make_topic(strand="cellar")), ("harbour",)),
        (f"{LANTERN}.yaml", calls(families=[FAMILY | {"strand": "cellar"}]), ("harbour",)),
        (f"{LANTERN}.yaml", calls(make_topic(family="lamps"), families=[FAMILY]), ("light",)),
    ],
)
def test_what_would_be_right_is_named(tmp_path, name, content, allowed):
    folder = write_catalogue(tmp_path / "data")
    (folder / "calls").mkdir(exist_ok=True)
    (folder / "calls" / name).write_text(dumped(content), encoding="utf-8")

    [problem] = [each for each in errors_in(folder) if each.file == f"data/calls/{name}"]

    assert all(word in problem.allowed for word in allowed)


def test_calls_without_a_mistake_bring_no_error(tmp_path):
    folder = write_catalogue(tmp_path / "data")
    (folder / "calls").mkdir(exist_ok=True)
    content = calls(make_topic(family="light"), families=[FAMILY])
    (folder / "calls" / f"{LANTERN}.yaml").write_text(dumped(content), encoding="utf-8")

    assert errors_in(folder) == []
