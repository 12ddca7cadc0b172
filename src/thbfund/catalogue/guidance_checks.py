"""CHECK: the files of `data/guidance` against the programmes, and that each entry speaks of some door."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from thbfund.catalogue.checks import Report, add_unknown
from thbfund.catalogue.files import FileRead
from thbfund.catalogue.guidance import Concerns, Preparation, TimeToGrant, WayIn
from thbfund.catalogue.model import Programme
from thbfund.catalogue.policy import PolicyFile
from thbfund.input.problems import Problem
from thbfund.input.strict_yaml import Document, Path


def check_guidance_references(
    files: Mapping[str, PolicyFile[Any]],
    documents: Mapping[str, tuple[str, Document]],
    programmes: Mapping[str, Programme],
    known: set[str],
) -> list[Problem]:
    """Check which programmes and strands entries name; `known` are the ids of all programmes, the damaged ones too."""
    problems: list[Problem] = []
    for stem, guidance in files.items():
        file, document = documents[f"guidance/{stem}"]
        report = Report(document, file)
        for path, programme in _programmes(guidance):
            if programme not in known:
                add_unknown(report, path, "unknown-programme", programme, known)
        for index, entry in enumerate(guidance.entries):
            if isinstance(entry, WayIn):
                _check_strands(report, ("entries", index), entry, programmes)
        problems += report.problems
    return problems


def check_concerns(files: Iterable[FileRead], programmes: Mapping[str, Programme]) -> list[Problem]:
    """Name the entries that concern no strand of the catalogue: nobody would ever see them."""
    problems: list[Problem] = []
    for file in files:
        report = Report(file.document, file.name)
        for index, entry in enumerate(getattr(file.model, "entries", ())):
            if isinstance(entry, Preparation | TimeToGrant) and not _anywhere(entry.concerns, programmes):
                message = f"no strand of the catalogue is what {entry.id} concerns"
                hint = "the lists under concerns must all hold for one strand: take one out"
                report.add(("entries", index, "concerns"), "concerns-nobody", message, hint=hint)
        problems += report.problems
    return problems


def _anywhere(concerns: Concerns, programmes: Mapping[str, Programme]) -> bool:
    return any(
        concerns.includes(programme, strand) for programme in programmes.values() for strand in programme.strands
    )


def _programmes(guidance: PolicyFile[Any]) -> Iterator[tuple[Path, str]]:
    """Every programme that an entry names, with its path."""
    for index, entry in enumerate(guidance.entries):
        here: Path = ("entries", index)
        for position, found in enumerate(getattr(entry, "programmes", ())):
            yield (*here, "programmes", position), found
        if isinstance(concerns := getattr(entry, "concerns", None), Concerns):
            for position, found in enumerate(concerns.programmes):
                yield (*here, "concerns", "programmes", position), found
        for position, place in enumerate(getattr(entry, "strands", ())):
            yield (*here, "strands", position, "programme"), place.programme


def _check_strands(report: Report, path: Path, entry: WayIn, programmes: Mapping[str, Programme]) -> None:
    for position, place in enumerate(entry.strands):
        if programme := programmes.get(place.programme):
            known = {strand.id for strand in programme.strands}
            if place.strand not in known:
                add_unknown(report, (*path, "strands", position, "strand"), "unknown-strand", place.strand, known)
