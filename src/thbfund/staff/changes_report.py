"""Changes between two catalogues as text, Markdown or JSON; every changed programme is named."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from itertools import groupby

from thbfund.catalogue.change_log import GRADE_NAMES
from thbfund.catalogue.contents import Catalogue
from thbfund.report.inert import inert_markdown
from thbfund.said import say, say_count
from thbfund.staff.changes import Change

NOTHING = say("Nothing has changed.")
ELSEWHERE = say("Lists and texts that belong to no programme")


def changes_text(found: Sequence[Change], old: Catalogue, new: Catalogue) -> str:
    """A paragraph for each programme, with its changes from the gravest on."""
    del old, new
    lines = [
        line
        for programme, own in _by_programme(found)
        for line in (_title(programme, own), *(f"  {change.grade}: {change.sentence}" for change in own), "")
    ]
    return "\n".join([*lines, _total(found)])


def changes_markdown(found: Sequence[Change], old: Catalogue, new: Catalogue) -> str:
    """A section for each programme, with a list of its changes for each grade."""
    del old, new
    lines: list[str] = []
    for programme, own in _by_programme(found):
        lines += [f"## {_title(programme, own)}", ""]
        for grade, same in groupby(own, key=lambda change: change.grade):
            lines += [f"**{GRADE_NAMES[grade]}**", ""]
            lines += [*(f"- {inert_markdown(change.sentence)}" for change in same), ""]
    return "\n".join([*lines, _total(found)])


def changes_json(found: Sequence[Change], old: Catalogue, new: Catalogue) -> str:
    """The changes as values, with the fingerprints of both catalogues."""
    values = {
        "old": old.fingerprint,
        "new": new.fingerprint,
        "programmes": [programme for programme, _ in _by_programme(found) if programme],
        "changes": [asdict(change) for change in found],
    }
    return json.dumps(values, ensure_ascii=False, indent=2)


WRITERS: Mapping[str, Callable[[Sequence[Change], Catalogue, Catalogue], str]] = {
    "text": changes_text,
    "md": changes_markdown,
    "json": changes_json,
}
"""Formats of the difference, and what writes each."""


def _by_programme(found: Iterable[Change]) -> list[tuple[str, list[Change]]]:
    """Programmes in order of id, what belongs to none last; the changes of each keep their order."""
    ordered = sorted(found, key=lambda change: (not change.programme, change.programme))
    return [(key, list(own)) for key, own in groupby(ordered, key=lambda change: change.programme)]


def _title(programme: str, own: Sequence[Change]) -> str:
    counted = say_count("{n} change", "{n} changes", len(own))
    return f"{programme or ELSEWHERE}: {counted}"


def _total(found: Sequence[Change]) -> str:
    if not found:
        return NOTHING
    programmes = len({change.programme for change in found if change.programme})
    changes = say_count("{n} change", "{n} changes", len(found))
    return say_count("{changes} in {n} programme", "{changes} in {n} programmes", programmes, changes=changes)
