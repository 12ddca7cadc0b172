"""CHECK: where the catalogue contradicts itself: a text its field, a call its strand, two topics each other."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from thbfund.catalogue.calls import Calls, Topic
from thbfund.catalogue.checks import Report
from thbfund.catalogue.facts import Fact
from thbfund.catalogue.figures import amounts, days, minima, months, percentages
from thbfund.catalogue.files import FileRead
from thbfund.catalogue.model import Consortium, DurationRange, Eligibility, GrantRange, Programme, Strand
from thbfund.input.problems import Problem, shown
from thbfund.input.strict_yaml import Path

_COMPARED = ("eu_rate", "grant", "duration", "consortium")
_ABOUT_RATE = ("co-financ", "eu pays", "eu share", "eu rate", "funding rate", "grant covers", "of the costs")
_ABOUT_GRANT = ("grant",)
_ABOUT_DURATION = ("project", "last", "run", "duration")
_CLOSING_WORDS = "deadline|closes|closing"
_OPENING_WORDS = "opens|opened|opening"
_END_WORDS = "ends|ended"
_START_WORDS = "starts|started|began"


class _Bounds(NamedTuple):
    """Smallest and largest value of a field; None where there is none."""

    low: float | None
    high: float | None

    @property
    def own(self) -> set[float]:
        return {bound for bound in self if bound is not None}

    def outside(self, number: float) -> bool:
        return (self.low is not None and number < self.low) or (self.high is not None and number > self.high)


def check_agreement(files: Sequence[FileRead]) -> list[Problem]:
    """Check texts against fields, calls against their strands, and topics against each other."""
    programmes = {file.model.id: file.model for file in files if isinstance(file.model, Programme)}
    problems: list[Problem] = []
    for file in files:
        report = Report(file.document, file.name)
        if isinstance(file.model, Programme):
            _check_programme(report, file.model)
        elif isinstance(file.model, Calls) and file.model.programme in programmes:
            _check_calls(report, file.model, programmes[file.model.programme])
        problems += report.problems
    return [*problems, *_duplicates(files)]


def _check_programme(report: Report, programme: Programme) -> None:
    spans, note = programme.in_force.readings, programme.in_force.note
    _check_days(report, ("in_force",), note, _END_WORDS, [span.ends_on for span in spans])
    _check_days(report, ("in_force",), note, _START_WORDS, [span.starts_on for span in spans])
    _check_notes(report, programme.eligibility, ("eligibility",))
    for index, strand in enumerate(programme.strands):
        here: Path = ("strands", index)
        _check_notes(report, strand.eligibility, (*here, "eligibility"))
        text = " ".join(part for part in (strand.how_to_apply.value, strand.how_to_apply.note) if part)
        _check_prose(report, (*here, "how_to_apply"), text, _compared(programme, strand))


def _compared(programme: Programme, strand: Strand) -> Eligibility:
    """The facts compared here, each the strand's own or else its programme's; the rest is the programme's alone.

    All that a strand sets, role by role, is looked up in `rules/conditions.py`, which no check of files may use.
    """
    own = {name: fact for name in _COMPARED if (fact := getattr(strand.eligibility, name))}
    return programme.eligibility.model_copy(update=own)


def _check_calls(report: Report, calls: Calls, programme: Programme) -> None:
    strands = {strand.id: _compared(programme, strand) for strand in programme.strands}
    for index, topic in enumerate(calls.topics):
        here: Path = ("topics", index)
        _check_notes(report, topic.eligibility, (*here, "eligibility"))
        for name, words in (("deadline", _CLOSING_WORDS), ("opens_on", _OPENING_WORDS)):
            if fact := getattr(topic, name):
                _check_days(report, (*here, name), fact.note, words, fact.readings)
        if topic.strand in strands:
            _check_topic(report, here, topic, strands[topic.strand])


def _check_topic(report: Report, here: Path, topic: Topic, strand: Eligibility) -> None:
    """What a topic sets itself stays within a rule that its strand does not leave to the calls."""
    for name in ("eu_rate", "grant", "consortium"):
        own, general = getattr(topic.eligibility, name), getattr(strand, name)
        if not _is_rule(own) or not _is_rule(general) or general.set_by == "call":
            continue
        allowed = _readings(general)
        bad = [number for number in _bounds(own.value).own if all(bounds.outside(number) for bounds in allowed)]
        if bad:
            hint = "correct one of the two; where each call may differ, mark the strand's fact set_by: call"
            message = f"the topic says {_figures(name, bad)}, its strand {_figures(name, _named(allowed))}"
            report.add((*here, "eligibility", name, "value"), "call-differs-from-strand", message, hint=hint)


def _is_rule(fact: Fact[Any] | None) -> bool:
    return fact is not None and fact.value is not None


def _readings(fact: Fact[Any]) -> list[_Bounds]:
    """The range that a field allows, by each of the sources where they disagree."""
    return [_bounds(value) for value in fact.readings]


def _named(ranges: Iterable[_Bounds]) -> set[float]:
    return {number for bounds in ranges for number in bounds.own}


def _bounds(value: Any) -> _Bounds:
    """The range that a value allows: a rate is a ceiling, a consortium's size a floor."""
    match value:
        case GrantRange(min_eur=low, max_eur=high) | DurationRange(min_months=low, max_months=high):
            return _Bounds(low, high)
        case Consortium(min_organisations=low):
            return _Bounds(low, None)
        case rate:
            return _Bounds(None, rate)


def _check_notes(report: Report, eligibility: Eligibility, path: Path) -> None:
    """The note of a fact may name other figures than its value, but not these alone."""
    for name in _COMPARED:
        fact = getattr(eligibility, name)
        if _is_rule(fact) and fact.note:
            _check_figures(report, (*path, name), fact.note, name, fact)


def _check_prose(report: Report, path: Path, text: str, conditions: Eligibility) -> None:
    """Sentences on how to apply, where they speak of a rate, a grant, a duration or partners."""
    sentences = text.replace("; ", ". ").split(". ")
    about = {"eu_rate": _ABOUT_RATE, "grant": _ABOUT_GRANT, "duration": _ABOUT_DURATION, "consortium": ("",)}
    for name, words in about.items():
        fact = getattr(conditions, name)
        if _is_rule(fact):
            told = ". ".join(part for part in sentences if any(word in part.casefold() for word in words))
            _check_figures(report, path, told, name, fact)


def _check_figures(report: Report, path: Path, text: str, name: str, fact: Fact[Any]) -> None:
    if name == "consortium":
        _check_minima(report, path, text, fact)
        return
    ranges = _readings(fact)
    stated = _named(ranges)
    found = {"eu_rate": percentages, "grant": amounts, "duration": months}[name](text)
    # The applicant's own share says the same as the EU's.
    own = stated | ({round(1 - rate, 4) for rate in stated} if name == "eu_rate" else set())
    outside = {number for number in found if all(bounds.outside(number) for bounds in ranges)}
    wrong = found if name == "eu_rate" else outside
    if wrong and own and not own & found:
        _add_contradiction(report, path, name, _figures(name, wrong), _figures(name, stated))


def _check_minima(report: Report, path: Path, text: str, fact: Fact[Any]) -> None:
    for kind in ("organisations", "countries"):
        stated = [getattr(value, f"min_{kind}") for value in fact.readings]
        told = [meant for noun, meant in minima(text) if noun == kind]
        if told and not any(number in meant for meant in told for number in stated):
            field = f"consortium.min_{kind}"
            _add_contradiction(report, path, field, f"at least {min(told[0])} {kind}", str(stated[0]))


def _check_days(report: Report, path: Path, note: str | None, words: str, given: Sequence[date | None]) -> None:
    text = note or ""
    found, own = days(text, words), [day for day in given if day]
    if own and found and days(text).isdisjoint(own):
        _add_contradiction(report, path, path[-1], ", ".join(map(str, sorted(found))), str(own[0]))


def _add_contradiction(report: Report, path: Path, field: Any, told: str, own: str) -> None:
    hint = f'correct one of the two; if both hold, name both, as in "{own}; {told} for ..."'
    report.add(path, "text-differs-from-field", f"the text says {told}, the field {field} says {own}", hint=hint)


def _figures(name: str, numbers: Iterable[float]) -> str:
    unit = {"eu_rate": "{:g} %", "grant": "EUR {:.0f}", "duration": "{:g} months", "consortium": "{:g} organisations"}
    scale = 100 if name == "eu_rate" else 1
    return " and ".join(unit[name].format(round(number * scale, 2)) for number in sorted(numbers))


def _duplicates(files: Iterable[FileRead]) -> Iterator[Problem]:
    """The same id in two files, or the same title, year and deadline anywhere."""
    seen: dict[tuple[Any, ...], list[str]] = defaultdict(list)
    for file in files:
        report = Report(file.document, file.name)
        for index, topic in enumerate(file.model.topics if isinstance(file.model, Calls) else ()):
            here = f"{file.name} {topic.id}"
            for key in _likenesses(topic):
                earlier = [place for place in seen[key] if place != here]
                if earlier and (len(key) > 1 or not earlier[0].startswith(f"{file.name} ")):
                    hint = f"keep one; the other is {earlier[0]}"
                    message = f"found the topic {shown(topic.title)} twice"
                    report.add(("topics", index, "id"), "duplicate-topic", message, hint=hint)
                    break
            for key in _likenesses(topic):
                seen[key].append(here)
        yield from report.problems


def _likenesses(topic: Topic) -> Iterator[tuple[Any, ...]]:
    yield (topic.id.casefold(),)
    if topic.closes:
        yield topic.title.casefold(), topic.year, topic.closes
