"""CHECK: house rules of writing and of proof. Warnings and hints: they stop nobody, and say how to do better."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, get_args
from urllib.parse import urlsplit

from thbfund.catalogue.checks import Report
from thbfund.catalogue.facts import Disputable, Evidence, Fact, OtherValue, Source
from thbfund.catalogue.files import FileRead, values_in
from thbfund.catalogue.model import Programme
from thbfund.catalogue.spelling import americanisms, unclear_terms
from thbfund.input.problems import Problem, shown
from thbfund.input.strict_yaml import Path

Value = tuple[Path, Any]
"""A value of a file with its path."""

HTTPS_HOSTS = (
    "coe.int", "eeagrants.org", "europa.eu", "github.com", "gov.uk", "icmpd.org", "ilo.org", "iom.int", "ohchr.org",
    "osce.org", "un.org", "unodc.org", "wikipedia.org",
)  # fmt: skip
"""Hosts that are known to answer on https, with all hosts below them."""

NAMES = frozenset({"id", "name", "title", "url", "act", "call", "acronym", "predecessors", "sources", "celex", "term"})
"""Fields that hold names and addresses, which keep the spelling of their owners."""

KINDS = get_args(Source.model_fields["kind"].annotation)
"""Kinds of source, the better first."""

LENGTHS = {"summary": (60, 600), "objectives": (80, 900), "action": (10, 160)}
"""Fewest and most characters of a text."""


def check_writing(files: Iterable[FileRead]) -> list[Problem]:
    """Check every text and source of the files, each file on its own."""
    problems: list[Problem] = []
    for file in files:
        report = Report(file.document, file.name)
        values = list(values_in(file.model))
        for path, text in _texts(values):
            _check_words(report, path, text)
        if isinstance(file.model, Programme):
            _check_shapes(report, file.model)
        sources = getattr(file.model, "sources", {})
        _check_sources(report, sources, values)
        _check_disputes(report, sources, values)
        problems += report.problems
    return problems


def _texts(values: Iterable[Value]) -> Iterator[tuple[Path, str]]:
    """The texts that staff wrote themselves; names and addresses are left out, notes on sources are not."""
    for path, value in values:
        if isinstance(value, str) and (NAMES.isdisjoint(path) or (path[0] == "sources" and path[-1] == "note")):
            yield path, value


def _check_words(report: Report, path: Path, text: str) -> None:
    for found, british in americanisms(text):
        report.add(path, "american-spelling", f"found {shown(found)}", hint=f'write "{british}"')
    for found, better in unclear_terms(text):
        report.add(path, "unclear-term", f"found {shown(found)}", hint=f'write "{better}"')
    if "  " in text:
        before = text.partition("  ")[0].split(" ")[-1]
        report.add(path, "double-space", f"found two blanks after {shown(before)}", hint="keep one")


def _check_shapes(report: Report, programme: Programme) -> None:
    """Length and full stop of summary, objectives and actions."""
    _check_sentence(report, ("summary", "value"), "summary", programme.summary)
    for index, strand in enumerate(programme.strands):
        _check_sentence(report, ("strands", index, "objectives", "value"), "objectives", strand.objectives)
        for number, action in enumerate(strand.actions.value or ()):
            path: Path = ("strands", index, "actions", "value", number)
            _check_length(report, path, "action", action)
            if action.endswith(".") and not action.endswith("etc."):
                message = f"an action ends with a full stop after {shown(_last_word(action))}"
                report.add(path, "full-stop", message, hint='write it as an item of a list: "legal aid for victims"')


def _check_sentence(report: Report, path: Path, kind: str, fact: Fact[str]) -> None:
    text = fact.value
    if text is None:
        return
    _check_length(report, path, kind, text)
    if not text.endswith((".", "!", "?")):
        message = f"no full stop after {shown(_last_word(text))}"
        report.add(path, "full-stop", message, hint=f'end it like a sentence: "{_last_word(text)}."')


def _check_length(report: Report, path: Path, kind: str, text: str) -> None:
    low, high = LENGTHS[kind]
    if not low <= len(text) <= high:
        short = len(text) < low
        hint = "say what is done, for whom and where" if short else "keep what tells it apart; move details elsewhere"
        report.add(path, "text-length", f"found {len(text)} characters", allowed=f"{low} to {high}", hint=hint)


def _last_word(text: str) -> str:
    return text.rsplit(" ", 1)[-1]


def _check_sources(report: Report, sources: dict[str, Source], values: Iterable[Value]) -> None:
    for key, source in sources.items():
        if source.url and is_http_for_nothing(source.url):
            better = re.sub(r"^http:", "https:", source.url)
            hint = f"write {better} and open it once"
            report.add(("sources", key, "url"), "not-https", "found http:// at a host that offers https", hint=hint)
    for key, facts in _resting_on_one(values, sources).items():
        path = ".".join(str(part) for part in facts[0])
        what = f"{path} and {len(facts) - 1} more verified facts rest" if len(facts) > 1 else f"the fact {path} rests"
        hint = f"cite the law or the call as well, as in sources: [reg-516 Art. 15, {key}]"
        report.add(("sources", key), "one-secondary-source", f"{what} on this page alone", hint=hint)


def _check_disputes(report: Report, sources: dict[str, Source], values: Iterable[Value]) -> None:
    """A fact states what its best source says."""
    for path, value in values:
        for index, other in enumerate(value.disputed if isinstance(value, Disputable) else ()):
            if _best_kind(other, sources) < _best_kind(value, sources):
                message = f"found a source of the kind {KINDS[_best_kind(other, sources)]} for another value"
                hint = "make this the value, and put the value that stands there now under disputed"
                report.add((*path, "disputed", index), "better-source-disagrees", message, hint=hint)


def _best_kind(found: Evidence, sources: dict[str, Source]) -> int:
    """Place of the best of its sources in the order of kinds; behind them all where it has none."""
    kinds = (sources[cited.key].kind for cited in found.sources if cited.key in sources)
    return min((KINDS.index(kind) for kind in kinds), default=len(KINDS))


def is_http_for_nothing(url: str) -> bool:
    """Whether an address is on http although its host is known to offer https."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    return parts.scheme == "http" and any(host == known or host.endswith(f".{known}") for known in HTTPS_HOSTS)


def _resting_on_one(values: Iterable[Value], sources: dict[str, Source]) -> dict[str, Sequence[Path]]:
    """Verified facts by the one secondary source that they rest on."""
    found: dict[str, list[Path]] = defaultdict(list)
    for path, value in values:
        # What another source says is shown as its word alone, so nothing has to back it.
        if isinstance(value, Evidence) and value.verified and not isinstance(value, OtherValue):
            keys = {citation.key for citation in value.sources}
            key = keys.pop() if len(keys) == 1 else ""
            if key in sources and sources[key].kind == "secondary":
                found[key].append(path)
    return dict(found)
