"""CHECK: what a schema cannot see in a file or between files: names, references, order of dates and amounts."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import TypeVar

from pydantic import BaseModel

from thbfund.catalogue.calls import Calls
from thbfund.catalogue.codes import CODES
from thbfund.catalogue.evidence import FundedProject
from thbfund.catalogue.facts import Citation, Evidence, Fact
from thbfund.catalogue.files import FileRead, values_in
from thbfund.catalogue.lexicon import Lexicon
from thbfund.catalogue.model import COMMUNICATION_2017, Eligibility, Programme
from thbfund.catalogue.vocabulary import Vocabulary
from thbfund.input.problems import Problem, choices, shown, suggestion
from thbfund.input.strict_yaml import Document, Path

Read = TypeVar("Read")


class Report:
    """Collects problems of one file, each with its line."""

    def __init__(self, document: Document, file: str) -> None:
        self.document = document
        self.file = file
        self.problems: list[Problem] = []

    def add(self, path: Path, code: str, message: str, *, allowed: str = "", hint: str = "") -> None:
        """Add a problem at the line of the value at `path`, or of the nearest value around it."""
        line, column = self.document.place_of(path)
        severity = CODES[code].severity
        field = ".".join(str(part) for part in path)
        self.problems.append(Problem(code, message, severity, self.file, line, column, field, allowed, hint))


def check_vocabulary(vocabulary: Vocabulary, stem: str, document: Document, file: str) -> list[Problem]:
    """Check a vocabulary's name, that no id comes twice, and its citations."""
    report = Report(document, file)
    check_id(report, vocabulary.id, stem)
    check_unique(report, [entry.id for entry in vocabulary.entries], ("entries",))
    check_citations(report, vocabulary, set(vocabulary.sources))
    return report.problems


def check_lexicon(lexicon: Lexicon, stem: str, known: frozenset[str], document: Document, file: str) -> list[Problem]:
    """Check a lexicon's name and that each entry it holds terms for is known."""
    report = Report(document, file)
    check_id(report, lexicon.id, stem)
    for entry in lexicon.terms:
        if known and entry not in known:  # none is known where the vocabulary could not be read
            add_unknown(report, ("terms", entry), "unknown-entry", entry, known)
    return report.problems


def check_programme(
    programme: Programme, stem: str, document: Document, file: str, pillars: Collection[str] = ()
) -> list[Problem]:
    """Check one programme on its own; `pillars` are the priorities that strands of 2021-2027 are graded for as well."""
    report = Report(document, file)
    check_id(report, programme.id, stem)
    check_unique(report, [strand.id for strand in programme.strands], ("strands",))
    check_citations(report, programme, set(programme.sources))
    for place, span in readings_of(programme.in_force, ("in_force",)):
        if span.ends_on and span.ends_on < span.starts_on:
            report.add(place, "dates-out-of-order", "the programme ends before it starts")
    _check_eligibility(report, programme.eligibility, ("eligibility",))
    wanted = [*COMMUNICATION_2017, *(pillars if "2021-2027" in programme.periods else ())]
    for index, strand in enumerate(programme.strands):
        here: Path = ("strands", index)
        _check_eligibility(report, strand.eligibility, (*here, "eligibility"))
        for priority in wanted:
            if priority not in strand.relevance:
                hint = f"add {priority}: {{grade: 0 to 3, reason: ...}}"
                report.add((*here, "relevance"), "priority-not-graded", f"priority {priority} has no grade", hint=hint)
    return report.problems


def check_calls(
    calls: Calls, stem: str, programmes: Mapping[str, Programme], document: Document, file: str
) -> list[Problem]:
    """Check the calls of one programme against that programme, and that no topic comes twice."""
    report = Report(document, file)
    if calls.programme != stem:
        report.add(("programme",), "id-differs-from-file", f"found {shown(calls.programme)}", allowed=shown(stem))
    if stem not in programmes:
        add_unknown(report, ("programme",), "unknown-programme", stem, set(programmes))
        return report.problems
    check_unique(report, [topic.id for topic in calls.topics], ("topics",))
    check_unique(report, [family.id for family in calls.families], ("families",))
    check_citations(report, calls, set(calls.sources))
    strands = {strand.id for strand in programmes[stem].strands}
    families = {family.id for family in calls.families}
    for index, family in enumerate(calls.families):
        if family.strand not in strands:
            add_unknown(report, ("families", index, "strand"), "unknown-strand", family.strand, strands)
    for index, topic in enumerate(calls.topics):
        here: Path = ("topics", index)
        if topic.strand not in strands:
            add_unknown(report, (*here, "strand"), "unknown-strand", topic.strand, strands)
        if topic.family is not None and topic.family not in families:
            add_unknown(report, (*here, "family"), "unknown-family", topic.family, families)
        _check_eligibility(report, topic.eligibility, (*here, "eligibility"))
    return report.problems


def check_references(
    programmes: Mapping[str, Programme], documents: Mapping[str, tuple[str, Document]], known: set[str]
) -> list[Problem]:
    """Check what programmes say of each other; `known` are the ids of all files, the damaged ones too."""
    problems: list[Problem] = []
    for key, programme in programmes.items():
        file, document = documents[key]
        report = Report(document, file)
        for place, successor in readings_of(programme.successor, ("successor",)):
            if key in _line_of(successor, programmes):
                hint = "name the programme that follows, or write value: null with the reason in unverified"
                report.add(
                    place, "own-successor", f"found {shown(successor)}, which leads back to {shown(key)}", hint=hint
                )
            elif successor not in known:
                add_unknown(report, place, "unknown-programme", successor, known - {key})
        problems += report.problems
    return problems


def _line_of(programme: str, programmes: Mapping[str, Programme]) -> list[str]:
    """A programme and those that follow it, each once."""
    line: list[str] = []
    following: str | None = programme
    while following and following not in line:
        line.append(following)
        following = programmes[following].successor.value if following in programmes else None
    return line


def check_days(files: Iterable[FileRead], on: date | None) -> list[Problem]:
    """No fact was read on a day that has not come yet."""
    problems: list[Problem] = []
    for file in files:
        report = Report(file.document, file.name)
        for path, found in values_in(file.model):
            if on and isinstance(found, Evidence) and found.checked_on and found.checked_on > on:
                message, allowed = f"found {found.checked_on}", f"{on} or earlier"
                report.add((*path, "checked_on"), "checked-in-future", message, allowed=allowed)
        problems += report.problems
    return problems


def check_evidence_days(projects: Iterable[FundedProject], on: date | None) -> list[Problem]:
    """The same of funded projects: the newest of their days is a day of the whole catalogue."""
    return [
        Problem(
            "checked-in-future",
            f"found {project.checked_on}",
            severity=CODES["checked-in-future"].severity,
            file="data/evidence/projects.csv",
            field=f"{project.id}.checked_on",
            allowed=f"{on} or earlier",
        )
        for project in projects
        if on and project.checked_on > on
    ]


def check_id(report: Report, found: str, stem: str) -> None:
    """The id of a file is its name."""
    if found != stem:
        hint = "rename the file or correct the id"
        report.add(("id",), "id-differs-from-file", f"found {shown(found)}", allowed=shown(stem), hint=hint)


def check_unique(report: Report, ids: list[str], path: Path) -> None:
    """No id comes twice in a list."""
    for repeated in (found for found, count in Counter(ids).items() if count > 1):
        index = len(ids) - 1 - ids[::-1].index(repeated)
        report.add((*path, index, "id"), "repeated-id", f"found {shown(repeated)} twice", hint="give each its own id")


def check_citations(report: Report, model: BaseModel, known: set[str]) -> None:
    """Every citation names a listed source, and every listed source is cited."""
    cited = set()
    citations = ((path, found) for path, found in values_in(model) if isinstance(found, Citation))
    for path, citation in citations:
        cited.add(citation.key)
        if citation.key not in known:
            add_unknown(report, path, "unknown-source", citation.key, known)
    for unused in sorted(known - cited):
        hint = "cite it in a fact or remove it"
        report.add(("sources", unused), "unused-source", f"no fact cites {shown(unused)}", hint=hint)


def _check_eligibility(report: Report, eligibility: Eligibility, path: Path) -> None:
    """Lower bounds stand below upper bounds."""
    for place, grant in readings_of(eligibility.grant, (*path, "grant")):
        _check_bounds(report, place, grant.min_eur, grant.max_eur)
    for place, duration in readings_of(eligibility.duration, (*path, "duration")):
        _check_bounds(report, place, duration.min_months, duration.max_months)
    for here, consortium in readings_of(eligibility.consortium, (*path, "consortium")):
        if consortium.min_countries > consortium.min_organisations:
            report.add(here, "bounds-out-of-order", "more countries than organisations are asked for")


def readings_of(fact: Fact[Read] | None, path: Path) -> Iterator[tuple[Path, Read]]:
    """Each value that sources give for a fact, with its own path; none where it is left out or unknown."""
    if fact is None:
        return
    places = [(*path, "value"), *((*path, "disputed", index, "value") for index in range(len(fact.disputed)))]
    yield from zip(places, fact.readings, strict=False)


def _check_bounds(report: Report, path: Path, low: int | None, high: int | None) -> None:
    if low is not None and high is not None and low > high:
        report.add(path, "bounds-out-of-order", f"the minimum {low} is above the maximum {high}")


def add_unknown(report: Report, path: Path, code: str, found: str, known: Collection[str]) -> None:
    """Report a word that is not known, with the known ones and the nearest of them."""
    report.add(path, code, f"found {shown(found)}", allowed=choices(known), hint=suggestion(found, known))
