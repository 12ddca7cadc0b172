"""CHECK: whether a tag can be quoted: its counterparts are there and name it too, and none of its parts is missing."""

from collections.abc import Callable, Iterable, Mapping

from thbfund.catalogue.checks import Report, add_unknown
from thbfund.catalogue.files import FileRead
from thbfund.catalogue.vocabulary import POLICY_TEXTS, TAGS, Entry, Vocabulary
from thbfund.input.problems import Problem

MIN_EXAMPLES = 2
"""One example would be taken for the definition."""


def check_counterparts(files: Iterable[FileRead]) -> list[Problem]:
    """Check that each counterpart is an entry: of the same vocabulary, or of another policy text."""
    return _each_entry(files, _check_known)


def check_tags(files: Iterable[FileRead]) -> list[Problem]:
    """Name counterparts that do not name each other, and tags of which a part is missing."""
    return _each_entry(files, _check_tag)


def _each_entry(
    files: Iterable[FileRead], check: Callable[[Report, Vocabulary, int, Mapping[str, Entry]], None]
) -> list[Problem]:
    """The problems that a check finds with each entry, given the entries that may be its counterparts, by id."""
    found = {file.model.id: (file, file.model) for file in files if isinstance(file.model, Vocabulary)}
    problems: list[Problem] = []
    for file, vocabulary in found.values():
        report = Report(file.document, file.name)
        names = POLICY_TEXTS if vocabulary.id in POLICY_TEXTS else (vocabulary.id,)
        possible = {entry.id: entry for name in names if name in found for entry in found[name][1].entries}
        for index in range(len(vocabulary.entries)):
            check(report, vocabulary, index, possible)
        problems += report.problems
    return problems


def _check_known(report: Report, vocabulary: Vocabulary, index: int, possible: Mapping[str, Entry]) -> None:
    for position, other in enumerate(vocabulary.entries[index].counterparts):
        if other not in possible:
            path = ("entries", index, "counterparts", position)
            add_unknown(report, path, "unknown-counterpart", other, set(possible))


def _check_tag(report: Report, vocabulary: Vocabulary, index: int, possible: Mapping[str, Entry]) -> None:
    entry = vocabulary.entries[index]
    _check_mutual(report, index, entry, possible)
    if vocabulary.id in TAGS:
        _check_parts(report, index, entry, needs_clause=vocabulary.id in POLICY_TEXTS)


def _check_mutual(report: Report, index: int, entry: Entry, possible: Mapping[str, Entry]) -> None:
    for position, other in enumerate(entry.counterparts):
        if entry.id not in possible[other].counterparts:
            path = ("entries", index, "counterparts", position)
            message = f"{entry.id} names {other}, but {other} does not name {entry.id}"
            hint = f"add {entry.id} to the counterparts of {other}, or take {other} out here"
            report.add(path, "one-sided-counterpart", message, hint=hint)


def _check_parts(report: Report, index: int, entry: Entry, *, needs_clause: bool) -> None:
    missing = [part for part in ("includes", "excludes") if not getattr(entry, part)]
    if needs_clause and entry.clause is None:
        missing.insert(0, "clause")
    if len(entry.examples) < MIN_EXAMPLES:
        missing.append(f"examples: {MIN_EXAMPLES - len(entry.examples)} more")
    if missing:
        hint = "say what belongs to it, what is easily mistaken for it, and what two invented projects would do"
        message = f"{entry.id} lacks {', '.join(missing)}"
        report.add(("entries", index, "id"), "incomplete-tag", message, hint=hint)
