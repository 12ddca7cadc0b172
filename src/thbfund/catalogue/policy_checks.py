"""CHECK: the files of `data/policy`, each on its own and against each other and the programmes."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from thbfund.catalogue.checks import Report, add_unknown, check_citations, check_id, check_unique
from thbfund.catalogue.files import values_in
from thbfund.catalogue.policy import Figure, Instrument, PolicyEntry, PolicyFile, Predecessor
from thbfund.input.problems import Problem, shown
from thbfund.input.strict_yaml import Document, Path

# Fields that name entries, the file that holds these, and the code for one that is not there.
_REFERENCES = {
    "follows": ("instruments", "unknown-instrument"),
    "amends": ("instruments", "unknown-instrument"),
    "instruments": ("instruments", "unknown-instrument"),
    "signed": ("instruments", "unknown-instrument"),
    "see": ("glossary", "unknown-term"),
    "succeeds": ("programmes", "unknown-programme"),
    "followed_by": ("programmes", "unknown-programme"),
    "programmes": ("programmes", "unknown-programme"),
}
_AS_IF_LAW = re.compile(r"\b(will|shall|replaces|repeals|succeeds)\b", re.IGNORECASE)


def check_policy_file(policy: PolicyFile[Any], stem: str, document: Document, file: str) -> list[Problem]:
    """Check one file on its own: its id, that no id comes twice, its sources, the periods, the wording of proposals."""
    report = Report(document, file)
    check_id(report, policy.id, stem)
    check_unique(report, [entry.id for entry in policy.entries], ("entries",))
    _check_signs(report, policy)
    check_citations(report, policy, set(policy.sources))
    for index, entry in enumerate(policy.entries):
        _check_times(report, entry, ("entries", index))
    if stem == "outlook":
        _check_wording(report, policy)
    return report.problems


def check_policy_references(
    files: Mapping[str, PolicyFile[Any]], documents: Mapping[str, tuple[str, Document]], programmes: set[str]
) -> list[Problem]:
    """Check what entries say of each other and of programmes; a file that could not be read accuses nobody."""
    known = {name: {entry.id for entry in policy.entries} for name, policy in files.items()}
    known["programmes"] = programmes
    problems: list[Problem] = []
    for stem, policy in files.items():
        file, document = documents[f"policy/{stem}"]
        report = Report(document, file)
        for path, field, found in _references(policy):
            target, code = _REFERENCES[field]
            if target in known and found not in known[target]:
                add_unknown(report, path, code, found, known[target])
        if stem == "coverage":
            _check_areas(report, policy, programmes)
        problems += report.problems
    return problems


def _check_areas(report: Report, policy: PolicyFile[Any], programmes: set[str]) -> None:
    """Every programme pays in some area of policy; who adds one easily forgets this second file."""
    placed = {programme for area in policy.entries for programme in area.programmes}
    for programme in sorted(programmes - placed):
        report.add(("entries",), "programme-without-area", f"no area names {shown(programme)}")


def _references(policy: PolicyFile[Any]) -> Iterator[tuple[Path, str, str]]:
    for index, entry in enumerate(policy.entries):
        yield from _references_of(entry, ("entries", index))
        for number, sign in enumerate(getattr(entry, "signs", ())):
            yield from _references_of(sign, ("entries", index, "signs", number))


def _references_of(entry: BaseModel, path: Path) -> Iterator[tuple[Path, str, str]]:
    for field in _REFERENCES:
        for position, found in enumerate(getattr(entry, field, ())):
            yield (*path, field, position), field, found


def _check_signs(report: Report, policy: PolicyFile[Any]) -> None:
    """No sign stands for two things, not even under two approaches: the lexicon knows it by its id alone."""
    seen: set[str] = set()
    for index, entry in enumerate(policy.entries):
        for number, sign in enumerate(getattr(entry, "signs", ())):
            if sign.id in seen:
                path: Path = ("entries", index, "signs", number, "id")
                report.add(path, "repeated-id", f"found {shown(sign.id)} twice", hint="give each sign an id of its own")
            seen.add(sign.id)


def _check_times(report: Report, entry: PolicyEntry, path: Path) -> None:
    if isinstance(entry, Instrument) and entry.date and entry.date.year != entry.year:
        message = f"found {shown(entry.date)} in the year {shown(entry.year)}"
        report.add((*path, "date"), "dates-out-of-order", message, hint="correct one of the two")
    if isinstance(entry, Figure | Predecessor) and entry.period:
        first, _, last = entry.period.partition("-")
        if last and last < first:
            message = f"the period {shown(entry.period)} ends before it starts"
            report.add((*path, "period"), "dates-out-of-order", message)


def _check_wording(report: Report, policy: PolicyFile[Any]) -> None:
    """A proposal is told with `would`: nobody may take it for law."""
    for path, text in values_in(policy.entries):
        if isinstance(text, str) and (match := _AS_IF_LAW.search(text)):
            hint = "write would, or say who proposed it"
            report.add(("entries", *path), "proposal-as-law", f"found {shown(match.group())} in a proposal", hint=hint)
