"""LOAD: a folder of YAML files -> a Catalogue, or every problem in it. A damaged file never disappears silently."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from thbfund.catalogue.calls import Calls
from thbfund.catalogue.change_log import DayOfChanges, check_day_of_changes
from thbfund.catalogue.checks import (
    check_calls,
    check_days,
    check_evidence_days,
    check_lexicon,
    check_programme,
    check_references,
    check_vocabulary,
)
from thbfund.catalogue.codes import CODES
from thbfund.catalogue.consistency import check_agreement
from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.coverage_checks import check_coverage
from thbfund.catalogue.editorial import check_writing
from thbfund.catalogue.evidence import FundedProject, read_projects
from thbfund.catalogue.files import FileRead, values_in
from thbfund.catalogue.guidance import GUIDANCE_FILES, Guidance
from thbfund.catalogue.guidance_checks import check_concerns, check_guidance_references
from thbfund.catalogue.json_lines import lines_in
from thbfund.catalogue.labelled import Record
from thbfund.catalogue.lexicon import LEXICONS, Lexicon
from thbfund.catalogue.lexicon import OPTIONAL as OPTIONAL_LEXICONS
from thbfund.catalogue.model import PILLARS_2021, Programme
from thbfund.catalogue.policy import OPTIONAL as OPTIONAL_POLICY
from thbfund.catalogue.policy import POLICY_FILES, Policy, PolicyFile
from thbfund.catalogue.policy_checks import check_policy_file, check_policy_references
from thbfund.catalogue.ranking_data import FittedWeights, RankingData, read_vectors
from thbfund.catalogue.tag_checks import check_counterparts, check_tags
from thbfund.catalogue.vocabulary import OPTIONAL, VOCABULARIES, Vocabularies, Vocabulary
from thbfund.input.decoding import text_of
from thbfund.input.problems import InputError, Problem
from thbfund.input.strict_yaml import Document, read_yaml
from thbfund.input.validation import build

Model = TypeVar("Model", bound=BaseModel)
Found = TypeVar("Found")

MAX_CATALOGUE_BYTES = 2_000_000  # the largest file has some 730 kB


def packaged_data() -> Path:
    """The catalogue that came with this installation: inside the wheel, or beside `src/` in a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside_wheel = package / "data"
    return inside_wheel if inside_wheel.is_dir() else package.parents[1] / "data"


def load_catalogue(folder: Path) -> Catalogue:
    """Load the catalogue in a folder.

    Raises:
        InputError: something in it is an error; carries all errors.
    """
    catalogue, reading = _read_folder(folder)
    if catalogue is None:
        raise InputError(_in_order(reading.problems))
    return catalogue


def check_catalogue(folder: Path, on: date | None = None) -> tuple[Catalogue | None, list[Problem]]:
    """Load and check a folder; the catalogue is None where at least one problem is an error.

    `on` is the day of the check: facts read on a later day are warned of; without it nothing is said of the future.

    Besides the errors there are warnings and hints, which loading alone does not look for. What needs all files is
    checked once none of them has an error.
    """
    catalogue, reading = _read_folder(folder)
    problems = [*reading.problems, *check_writing(reading.files_read), *check_days(reading.files_read, on)]
    if catalogue is not None:
        problems += check_agreement(reading.files_read)
        problems += check_evidence_days(catalogue.evidence, on)
        problems += check_tags(reading.files_read)
        problems += check_coverage(reading.files_read, catalogue.programmes, catalogue.checked_on)
        problems += check_concerns(reading.files_read, catalogue.programmes)
    return catalogue, _in_order(problems)


def _in_order(problems: Iterable[Problem]) -> list[Problem]:
    """In the order of reading, each with a way to mend it: its own hint, or what the guide says of its code."""
    mended = (problem if problem.hint else replace(problem, hint=CODES[problem.code].fix) for problem in problems)
    return sorted(mended, key=lambda problem: (problem.file, problem.line, problem.column, problem.code))


def _read_folder(folder: Path) -> tuple[Catalogue | None, "_Reading"]:
    """Read all files; the catalogue is None where something in them is an error."""
    reading = _Reading(folder)
    if not folder.is_dir():
        hint = "name the data folder of a catalogue"
        reading.problems.append(Problem("unreadable-file", "there is no such folder", file=str(folder), hint=hint))
        return None, reading
    vocabularies = reading.vocabularies()
    policy = Policy(dict(reading.lists("policy", POLICY_FILES, vocabularies)))
    lexicons = dict(reading.lexicons(vocabularies, policy))
    programmes = dict(sorted(reading.programmes(vocabularies)))
    calls = dict(sorted(reading.calls(vocabularies, programmes)))
    guidance = Guidance(dict(reading.lists("guidance", GUIDANCE_FILES, vocabularies)))
    if not programmes and not reading.problems:
        reading.problems.append(
            Problem("no-programmes", "found no programme", file=reading.name(folder), hint="name the data folder")
        )
    known = {path.stem for path in reading.files()}
    evidence = reading.evidence()
    ranking = reading.ranking()
    changes = tuple(reading.changes(known))
    reading.problems += check_references(programmes, reading.documents, known)
    reading.problems += check_policy_references(policy.files, reading.documents, known)
    reading.problems += check_guidance_references(guidance.files, reading.documents, programmes, known)
    reading.problems += reading.unread()
    if any(problem.severity == "error" for problem in reading.problems):
        return None, reading
    checked_on = max(_checked_days((programmes, calls, policy.files, guidance.files, evidence)), default=date.min)
    fingerprint = reading.fingerprint()
    parts = (programmes, calls, policy, guidance, evidence, vocabularies, lexicons)
    return Catalogue(*parts, fingerprint, checked_on, ranking, changes), reading


@dataclass(slots=True)
class _Reading:
    """One pass over the folder: what was read, and all that was wrong."""

    folder: Path
    problems: list[Problem] = field(default_factory=list)
    documents: dict[str, tuple[str, Document]] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    files_read: list[FileRead] = field(default_factory=list)
    seen: set[Path] = field(default_factory=set)

    def vocabularies(self) -> Vocabularies:
        found: dict[str, Vocabulary] = {}
        for name in VOCABULARIES:
            path = self.folder / "vocabularies" / f"{name}.yaml"
            if name in OPTIONAL and not path.exists():
                continue
            vocabulary, document = self._read(path, Vocabulary, Vocabularies(found))
            if vocabulary and document:
                self.problems += check_vocabulary(vocabulary, name, document, self.name(path))
                found[name] = vocabulary
        if len(found) == len(self.seen):  # the entries of one that could not be read would seem to be unknown
            self.problems += check_counterparts(self.files_read)
        return Vocabularies(found)

    def lexicons(self, vocabularies: Vocabularies, policy: Policy) -> Iterator[tuple[str, Lexicon]]:
        signs = frozenset(sign.id for approach in policy.approaches for sign in approach.signs)
        for name in LEXICONS:
            path = self.folder / "lexicon" / f"{name}.yaml"
            if name in OPTIONAL_LEXICONS and not path.exists():
                continue
            lexicon, document = self._read(path, Lexicon, vocabularies)
            if lexicon and document:
                known = lexicon.known_entries(vocabularies, signs)
                self.problems += check_lexicon(lexicon, name, known, document, self.name(path))
                yield name, lexicon

    def programmes(self, vocabularies: Vocabularies) -> Iterator[tuple[str, Programme]]:
        pillars = sorted(key for key in vocabularies.ids("priorities") if key.startswith(PILLARS_2021))
        for path in self.files():
            programme, document = self._read(path, Programme, vocabularies)
            if programme and document:
                self.problems += check_programme(programme, path.stem, document, self.name(path), pillars)
                self.documents[path.stem] = (self.name(path), document)
                yield path.stem, programme

    def calls(self, vocabularies: Vocabularies, programmes: Mapping[str, Programme]) -> Iterator[tuple[str, Calls]]:
        for path in sorted((self.folder / "calls").glob("*.yaml")):
            calls, document = self._read(path, Calls, vocabularies)
            damaged = path.stem not in programmes and path.stem in {programme.stem for programme in self.files()}
            if calls and document and not damaged:
                self.problems += check_calls(calls, path.stem, programmes, document, self.name(path))
                yield path.stem, calls

    def lists(
        self, part: str, models: Mapping[str, type[PolicyFile[Any]]], vocabularies: Vocabularies
    ) -> Iterator[tuple[str, PolicyFile[Any]]]:
        """All files of a folder of lists of entries (`policy`, `guidance`), or none where there is no such folder."""
        if not (self.folder / part).is_dir():
            return
        for name, model in models.items():
            path = self.folder / part / f"{name}.yaml"
            if name in OPTIONAL_POLICY and not path.exists():
                continue
            found, document = self._read(path, model, vocabularies)
            if found and document:
                self.problems += check_policy_file(found, name, document, self.name(path))
                self.documents[f"{part}/{name}"] = (self.name(path), document)
                yield name, found

    def evidence(self) -> tuple[FundedProject, ...]:
        """Projects that were really funded; none where there is no such file."""
        known = {programme.stem for programme in self.files()}
        path = self.folder / "evidence" / "projects.csv"
        return self._if_there(path, lambda text, name: read_projects(text, name, known)) or ()

    def ranking(self) -> RankingData:
        """What the ranking learnt and learns from; empty where there are no such files."""
        labelled = self._if_there(
            self.folder / "evidence" / "labelled.jsonl", lambda text, name: lines_in(text, name, Record)
        )
        vectors = self._if_there(self.folder / "ranking" / "vectors.tsv", read_vectors)
        path = self.folder / "ranking" / "weights.yaml"
        fitted = self._read(path, FittedWeights, Vocabularies())[0] if path.exists() else None
        return RankingData(tuple(labelled or ()), fitted, vectors or {})

    def changes(self, programmes: set[str]) -> Iterator[DayOfChanges]:
        """The log of changes, oldest day first."""
        for path in sorted((self.folder / "changes").glob("*.yaml")):
            day, document = self._read(path, DayOfChanges, Vocabularies())
            if day and document:
                self.problems += check_day_of_changes(day, path.stem, programmes, document, self.name(path))
                yield day

    def _if_there(self, path: Path, read: Callable[[str, str], Found]) -> Found | None:
        """What a reader makes of a file's text; None where there is no file or something is wrong with it."""
        if not path.exists():
            return None
        try:
            return read(self._text(path), self.name(path))
        except InputError as error:
            self.problems += error.problems
            return None

    def files(self) -> list[Path]:
        """The programmes' files, in order of name."""
        return sorted((self.folder / "programmes").glob("*.yaml"))

    def unread(self) -> Iterator[Problem]:
        """A file under another name or ending would be a programme that nobody finds."""
        for part in ("calls", "changes", "guidance", "lexicon", "policy", "programmes", "vocabularies"):
            for path in sorted((self.folder / part).rglob("*")):
                if path.suffix.casefold() in {".yaml", ".yml"} and path not in self.seen:
                    hint = "name a programme programmes/<id>.yaml; move other files out of these folders"
                    yield Problem(
                        "unread-file", "the catalogue does not read this file", file=self.name(path), hint=hint
                    )

    def name(self, path: Path) -> str:
        """A file's name as the user knows it: below the folder above `data`."""
        return path.relative_to(self.folder.parent).as_posix() if self.folder.name else path.as_posix()

    def fingerprint(self) -> str:
        lines = "".join(f"{name} {digest}\n" for name, digest in sorted(self.digests.items()))
        return hashlib.sha256(lines.encode()).hexdigest()

    def _text(self, path: Path) -> str:
        """The text of a file, which counts towards the fingerprint."""
        text = _text_of(path, self.name(path))
        self.digests[path.relative_to(self.folder).as_posix()] = hashlib.sha256(text.encode()).hexdigest()
        return text

    def _read(self, path: Path, model: type[Model], vocabularies: Vocabularies) -> tuple[Model | None, Document | None]:
        name = self.name(path)
        self.seen.add(path)
        try:
            document = read_yaml(self._text(path), name)
            found = build(model, document, name, {"vocabularies": vocabularies})
        except InputError as error:
            self.problems += error.problems
            return None, None
        if model not in {Lexicon, DayOfChanges}:  # word lists are no texts, and the log repeats those of others
            self.files_read.append(FileRead(name, found, document))
        return found, document


def _text_of(path: Path, name: str) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "cannot be read"
        raise InputError([Problem("unreadable-file", reason, file=name, hint="check name and permissions")]) from None
    return text_of(content, name, MAX_CATALOGUE_BYTES)


def _checked_days(value: Any) -> Iterator[date]:
    """Every `checked_on` in a value, however deep."""
    days = (getattr(found, "checked_on", None) for _, found in values_in(value))
    return (day for day in days if day is not None)
