"""What the catalogue says, taken apart into single facts with a name and a value in words, so that two can be compared.

A catalogue is a set of *parts* (a programme, a strand, a topic, an entry of a list), each with its *facts*.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel

from thbfund.catalogue.calls import Calls, Topic
from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.facts import PROOF, Disputable, Evidence, Fact
from thbfund.catalogue.model import (
    AlsoCheck,
    BudgetLine,
    DurationRange,
    Grade,
    GrantRange,
    LegalBasis,
    PlaceAdmission,
    Programme,
    Span,
    TypeAdmission,
)
from thbfund.catalogue.vocabulary import Vocabularies
from thbfund.rules.wording import euro, joined, percent, places_in_words, span_of, types_in_words, with_no_others

NOT_KNOWN = "not known"
LABELLED = ": "
"""Stands in a fact's name between a list and the label of one of its items: `budget: whole period`."""

_MONEY = {"budget", "amount_eur"}
_SHARES = {"eu_rate", "prefinancing"}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the catalogue that has facts of its own.

    Attributes:
        owner: id of the programme, or the file of a part that belongs to none: `policy/actors`.
        kind: `programme`, `strand`, `topic`, `family` or `entry`.
        id: of the strand, topic, family or entry; the programme's own id for itself.
        name: to show.
        content: the model or value that holds the facts.
    """

    owner: str
    kind: str
    id: str
    name: str
    content: Any


@dataclass(frozen=True, slots=True)
class Stated:
    """One fact: its value in words, and how it is known.

    Attributes:
        value: in words, with what other sources say instead.
        proof: anything about how it is known; two that differ say that somebody looked again.
        verified: whether it was read in a source.
    """

    value: str
    proof: str = ""
    verified: bool = True


def parts_of(catalogue: Catalogue) -> Iterator[Part]:
    """All parts: programmes with their strands, topics and families first, then the lists that belong to none."""
    for key, programme in catalogue.programmes.items():
        yield Part(key, "programme", key, title_of(programme), programme)
        for strand in programme.strands:
            yield Part(key, "strand", strand.id, strand.name, strand)
        if calls := catalogue.calls.get(key):
            yield from _parts_of_calls(key, calls)
    lists: dict[str, Iterable[Any]] = {
        **{f"policy/{name}": file.entries for name, file in catalogue.policy.files.items()},
        **{f"guidance/{name}": file.entries for name, file in catalogue.guidance.files.items()},
        **{f"vocabularies/{name}": listed.entries for name, listed in catalogue.vocabularies.by_id.items()},
        "evidence/projects": catalogue.evidence,
    }
    for owner, entries in lists.items():
        for entry in entries:
            yield Part(owner, "entry", entry.id, entry.id, entry)
    for name, lexicon in catalogue.lexicons.items():
        for key, terms in lexicon.terms.items():
            yield Part(f"lexicon/{name}", "entry", key, key, terms)


def _parts_of_calls(key: str, calls: Calls) -> Iterator[Part]:
    for topic in calls.topics:
        yield Part(key, "topic", topic.id, topic.title, topic)
    for family in calls.families:
        yield Part(key, "family", family.id, family.name, family)


def title_of(programme: Programme) -> str:
    """`CERV 2021-2027`, short enough to stand before each change."""
    years = "" if programme.periods[0] in programme.acronym else f" {programme.periods[0]}"
    return f"{programme.acronym}{years}"


def facts_of(part: Part, vocabularies: Vocabularies) -> dict[str, Stated]:
    """Every fact of a part by its dotted name, in the order of the model."""
    found: dict[str, Stated] = {}
    for name, stated in _facts(part.content, "", vocabularies):
        found[_free(name, found)] = stated
    return found


def _free(name: str, taken: Mapping[str, Any]) -> str:
    """A name that no other fact of the part has: the second budget line of one label gets a number."""
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name} ({number})"
    return free


def _facts(value: Any, name: str, vocabularies: Vocabularies) -> Iterator[tuple[str, Stated]]:
    if isinstance(value, Evidence):
        yield from _proved(value, name, vocabularies)
    elif isinstance(value, BaseModel) and not _is_value(value):
        for field in type(value).model_fields:
            if field not in _NO_FACTS:
                yield from _facts(getattr(value, field), f"{name}.{field}".lstrip("."), vocabularies)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _facts(item, f"{name}.{key}".lstrip("."), vocabularies)
    elif isinstance(value, tuple) and value and isinstance(value[0], Evidence):
        for item in value:
            yield from _facts(item, f"{name}{LABELLED}{_label(item)}", vocabularies)
    elif value not in (None, (), ""):
        yield name, Stated(in_words(value, name, vocabularies))


# Named elsewhere, or parts of their own.
_NO_FACTS = {"id", "strands", "sources", "entries"}


def _proved(found: Evidence, name: str, vocabularies: Vocabularies) -> Iterator[tuple[str, Stated]]:
    """A fact with one value; an entry of a list has several, each of which is compared by itself."""
    proof = found.model_dump_json(include={"sources", "checked_on", "unverified", "note"})
    own = [field for field in type(found).model_fields if field not in PROOF]
    if isinstance(found, Fact):
        yield name, Stated(_with_others(found, name, vocabularies), proof, found.verified)
    elif isinstance(found, BudgetLine):
        yield name, Stated(_with_others(found, "budget", vocabularies), proof, found.verified)
    elif isinstance(found, LegalBasis | AlsoCheck):
        said = joined((str(getattr(found, field)) for field in own if getattr(found, field)), ";")
        yield name, Stated(said, proof, found.verified)
    else:
        for field in own:
            yield from _facts(getattr(found, field), f"{name}.{field}".lstrip("."), vocabularies)
        yield f"{name}.evidence".lstrip("."), Stated("", proof, found.verified)


def _with_others(found: Disputable[Any], name: str, vocabularies: Vocabularies) -> str:
    """The value, what other sources say instead, and whether a call may set another one."""
    said = in_words(found.stated, name, vocabularies)
    others = [in_words(other.value, name, vocabularies) for other in found.disputed]
    notes = [f"another source: {other}" for other in others]
    if found.stated is not None and getattr(found, "set_by", "programme") == "call":
        notes.append("each call may set another")
    return f"{said} ({'; '.join(notes)})" if notes else said


def _label(item: Evidence) -> str:
    """What tells an item of a list from its neighbours."""
    for field in ("label", "act", "text", "id"):
        if said := getattr(item, field, None):
            return str(said)
    return type(item).__name__


def _is_value(value: BaseModel) -> bool:
    return isinstance(value, TypeAdmission | PlaceAdmission | Span | GrantRange | DurationRange | Grade)


def in_words(value: Any, name: str, vocabularies: Vocabularies) -> str:  # noqa: C901, PLR0911 - one per kind of value
    """A value of the catalogue as a person would write it."""
    last = name.partition(LABELLED)[0].rpartition(".")[2]
    match value:
        case None:
            return NOT_KNOWN
        case TypeAdmission():
            return with_no_others(types_in_words(value, vocabularies), value.others)
        case PlaceAdmission():
            return with_no_others(places_in_words(value, vocabularies), value.others)
        case Span():
            return f"{value.starts_on} to {value.ends_on or 'no end on record'}"
        case GrantRange():
            return span_of(value.min_eur, value.max_eur, euro)
        case DurationRange():
            return span_of(value.min_months, value.max_months, "{:.0f} months".format)
        case Grade():
            return f"{value.grade} ({value.reason})"
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return _number(value, last)
        case tuple():
            return ", ".join(in_words(item, last, vocabularies) for item in value) or "none"
        case BaseModel():
            return _block(value, vocabularies)
    return value.isoformat() if isinstance(value, date) else str(value)


def _number(value: float, name: str) -> str:
    if name in _MONEY:
        return euro(value)
    return percent(value) if name in _SHARES else f"{value:g}"


def _block(value: BaseModel, vocabularies: Vocabularies) -> str:
    """A condition of several fields: those that say something, each by its name."""
    defaults = {name: field.default for name, field in type(value).model_fields.items()}
    said = [
        f"{name.replace('_', ' ')}: {in_words(item, name, vocabularies)}"
        for name in type(value).model_fields
        if (item := getattr(value, name)) != defaults[name] and item not in (None, ())
    ]
    return "; ".join(said) or "no condition"


def is_topic(part: Part) -> Topic | None:
    """The topic that a part is, or None."""
    return part.content if isinstance(part.content, Topic) else None
