"""Two programmes side by side: what they have in common, where they differ, and what to settle before using both."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.facts import Fact
from thbfund.catalogue.guidance import FitQuestion
from thbfund.catalogue.model import Admittance, PlaceAdmission, Programme, Span, TypeAdmission
from thbfund.catalogue.vocabulary import Vocabularies, country_name, country_names
from thbfund.guidance.ways_in import NGO
from thbfund.rules.conditions import Conditions
from thbfund.rules.outcome import Basis, Condition, basis_of
from thbfund.rules.wording import joined, percent, places_in_words
from thbfund.said import say, say_count, sentences

_Strands = tuple[Conditions, ...]
"""The conditions of each strand of one programme."""

MOST_COUNTRIES_NAMED = 8  # of a longer list a reader learns no more than its length
NOT_KNOWN = say("not known")

_MODES = {"direct": say("the Commission"), "shared": say("Member States"), "indirect": say("an entrusted body")}
_ADMITTED: dict[Admittance, str] = {
    "open": say("yes"),
    "depends": say("depends on the call"),
    "closed": say("no"),
    "unknown": NOT_KNOWN,
}


@dataclass(frozen=True, slots=True)
class Side:
    """What one programme has on one point.

    Attributes:
        text: in words.
        bases: what it rests on, each source once.
    """

    text: str
    bases: tuple[Basis, ...]

    @property
    def verified(self) -> bool:
        """Whether every fact behind it was read in a source, not too long ago."""
        return bool(self.bases) and all(basis.verified for basis in self.bases)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One point on which the two are compared, with what it means for using both."""

    point: str
    first: Side
    second: Side
    meaning: str


@dataclass(frozen=True, slots=True)
class Fit:
    """Two programmes side by side: a checklist, no verdict.

    Attributes:
        compared: what the catalogue knows of both.
        questions: what to settle, with what was read on it.
        on: the day for which it holds; a check may be too old by then.
    """

    first: Programme
    second: Programme
    compared: tuple[Comparison, ...]
    questions: tuple[FitQuestion, ...]
    on: date


def fit(catalogue: Catalogue, first: Programme, second: Programme, on: date) -> Fit:
    """Compare two programmes and pick the questions that concern them; a programme may stand beside itself."""
    compared, questions = _compared(catalogue, first, second, on), questions_about(catalogue, first, second)
    return Fit(first, second, tuple(compared), tuple(questions), on)


def questions_about(catalogue: Catalogue, *programmes: Programme) -> Iterator[FitQuestion]:
    """What to settle before one project draws on several programmes."""
    ids = {programme.id for programme in programmes}
    modes = {strand.management_mode.value for programme in programmes for strand in programme.strands}
    for question in catalogue.guidance.fit_questions:
        concerns_one = not question.programmes or ids & set(question.programmes)
        if concerns_one and (not question.management_modes or modes & set(question.management_modes)):
            yield question


def _compared(catalogue: Catalogue, first: Programme, second: Programme, on: date) -> Iterator[Comparison]:
    vocabularies = catalogue.vocabularies
    one, two = (tuple(Conditions(each, strand, on) for strand in each.strands) for each in (first, second))
    points: tuple[tuple[str, Callable[[_Strands], Side], str], ...] = (
        (say("Time"), _time, _overlap(first.in_force.value, second.in_force.value)),
        (
            say("Way to apply"),
            lambda of: _routes(of, vocabularies),
            say("Each way has its own forms and calendar."),
        ),
        (say("Handed out by"), _modes, say("Where the bodies differ, so do the rules on costs and proof.")),
        (say("Largest EU share"), _rates, say("The rest has to be found for each of the two.")),
        (say("Seat of the lead"), lambda of: _seats(of, vocabularies), _shared_seats(one, two, vocabularies)),
        (say("NGO in the lead"), _ngo_leads, say("Who cannot lead in one may still be a partner there.")),
    )
    for point, side, meaning in points:
        yield Comparison(point, side(one), side(two), meaning)


def _time(strands: _Strands) -> Side:
    found = strands[0].of("in_force")
    span = found.value if found else None
    if span is None:
        return Side(NOT_KNOWN, _bases([found]))
    last = span.ends_on or say("no end on record")
    return Side(say("{first} to {last}", first=span.starts_on, last=last), _bases([found]))


def _overlap(first: Span | None, second: Span | None) -> str:
    if first is None or second is None:
        return say("Whether they run at the same time is not known.")
    ends = [span.ends_on for span in (first, second) if span.ends_on]
    begins, last = max(first.starts_on, second.starts_on), min(ends, default=None)
    if last is not None and last < begins:
        return say("They do not run at the same time: one may carry on where the other ended, with a new application.")
    if last is None:
        return say("Both run from {first}; single projects may last longer.", first=begins)
    return say("Both run from {first} to {last}; single projects may last longer.", first=begins, last=last)


def _routes(strands: _Strands, vocabularies: Vocabularies) -> Side:
    found = [each.of("route") for each in strands]
    words = (vocabularies.label("routes", one.value) if one and one.value else NOT_KNOWN for one in found)
    return Side(joined(dict.fromkeys(words), ";"), _bases(found))


def _modes(strands: _Strands) -> Side:
    found = [each.strand.management_mode for each in strands]
    words = (_MODES[fact.value] if fact.value else NOT_KNOWN for fact in found)
    bases = (_basis(fact, each) for fact, each in zip(found, strands, strict=True))
    return Side(joined(dict.fromkeys(words), ";"), _once(bases))


def _rates(strands: _Strands) -> Side:
    found = [each.of("eu_rate") for each in strands]
    shares = sorted({one.value for one in found if one and one.value is not None})
    return Side(joined([percent(share) for share in shares], "or") or NOT_KNOWN, _bases(found))


def _seats(strands: _Strands, vocabularies: Vocabularies) -> Side:
    found = [each.countries("lead") for each in strands]
    texts = dict.fromkeys(
        places_in_words(one.value, vocabularies) for one in found if one and isinstance(one.value, PlaceAdmission)
    )
    return Side(joined((text for text in texts if text), ";") or NOT_KNOWN, _bases(found))


def _shared_seats(first: _Strands, second: _Strands, vocabularies: Vocabularies) -> str:
    one, two = _open_seats(first, vocabularies), _open_seats(second, vocabularies)
    if not one or not two:
        return say("Which countries are open to the lead in both is not known.")
    in_both = len(one & two)
    said: list[str] = [
        say_count("Open to the lead in both: {n} country.", "Open to the lead in both: {n} countries.", in_both)
    ]
    for strands, own in ((first, one - two), (second, two - one)):
        if own:
            few = len(own) <= MOST_COUNTRIES_NAMED
            names = joined(sorted(map(country_name, own))) if few else say("{number} more", number=len(own))
            said.append(say("Only {programme}: {names}.", programme=strands[0].programme.acronym, names=names))
    return sentences(*said)


def _open_seats(strands: _Strands, vocabularies: Vocabularies) -> frozenset[str]:
    """Countries from which one may lead in at least one strand."""
    found = [each.countries("lead") for each in strands]
    admissions = [one.value for one in found if one and isinstance(one.value, PlaceAdmission)]
    return frozenset(
        country
        for country in country_names()
        if any(admission.answer(country, vocabularies) == "open" for admission in admissions)
    )


def _ngo_leads(strands: _Strands) -> Side:
    found = [each.applicant_types("lead") for each in strands]
    answers = [
        _ADMITTED[one.value.answer(NGO)] if one and isinstance(one.value, TypeAdmission) else NOT_KNOWN for one in found
    ]
    if len(set(answers)) == 1:
        return Side(answers[0], _bases(found))
    by_strand = (
        say("{strand}: {answer}", strand=each.strand.name, answer=answer)
        for each, answer in zip(strands, answers, strict=True)
    )
    return Side(joined(by_strand, ";"), _bases(found))


def _basis(fact: Fact[Any], of: Conditions) -> Basis:
    return basis_of(fact, of.programme.sources, "strand", of.programme, of.on)


def _bases(found: Iterable[Condition | None]) -> tuple[Basis, ...]:
    """What conditions rest on, with what other sources say where sources disagree."""
    return _once(one.basis for condition in found if condition for one in (condition, *condition.others))


def _once(bases: Iterable[Basis]) -> tuple[Basis, ...]:
    return tuple({(basis.source, basis.unverified): basis for basis in bases}.values())
