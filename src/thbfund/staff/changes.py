"""What changed between two catalogues, by fact and in words; the gravest for an applicant first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from textwrap import shorten

from thbfund.catalogue.change_log import GRADES, ChangeGrade
from thbfund.catalogue.contents import Catalogue
from thbfund.rules.wording import joined
from thbfund.said import Said, say
from thbfund.staff.facts_in_words import LABELLED, Part, Stated, facts_of, is_topic, parts_of, title_of

LONGEST_VALUE = 200  # characters in a sentence; a longer text is cut there, and stands in full as the value
MOST_NAMED = 4  # facts of one entry that a sentence names
_WITH_LABEL = {"budget"}
_FREE_TEXT = {
    "summary",
    "how_to_apply",
    "not_funded",
    "objectives",
    "actions",
    "submission",
    "title",
    "subject",
    "name",
}
"""Facts that are told by their new wording alone: two long texts behind one another help nobody."""

# The first that begins a fact's name decides.
_GRADE_OF: tuple[tuple[str, ChangeGrade], ...] = (
    ("in_force", "deadline"),
    ("closed_for_good_on", "deadline"),
    ("opens_on", "deadline"),
    ("deadline", "deadline"),
    ("rolling", "deadline"),
    ("budget", "money"),
    ("expected_grants", "money"),
    ("eligibility.grant", "money"),
    ("eligibility.eu_rate", "money"),
    ("eligibility", "eligibility"),
    ("route", "eligibility"),
    ("how_to_apply", "eligibility"),
    ("not_funded", "eligibility"),
    ("submission", "eligibility"),
)
_NEW_PART: Mapping[str, ChangeGrade] = {"topic": "deadline", "programme": "eligibility", "strand": "eligibility"}

_FACTS: Mapping[str, Said] = {
    "in_force": say("the time it is in force"),
    "closed_for_good_on": say("the day this door shut for good"),
    "opens_on": say("the opening"),
    "deadline": say("the deadline"),
    "deadline_time": say("the hour of the deadline"),
    "rolling": say("whether applications are taken at any time"),
    "budget": say("the budget"),
    "expected_grants": say("the number of grants expected"),
    "how_to_apply": say("how to apply"),
    "route": say("the way to the money"),
    "official_page": say("the official page"),
    "successor": say("the programme that follows"),
    "summary": say("the summary"),
    "eligibility.grant": say("the size of a grant"),
    "eligibility.eu_rate": say("the EU rate"),
    "eligibility.consortium": say("the smallest consortium"),
    "eligibility.duration": say("the duration"),
    "eligibility.place_of_action": say("the place of action"),
    "eligibility.target_group": say("the people to be served"),
    "eligibility.activity": say("what it must be about"),
    "eligibility.applicant_types.lead": say("who may lead"),
    "eligibility.applicant_types.partner": say("who may be a partner"),
    "eligibility.countries.lead": say("the seat of the lead"),
    "eligibility.countries.partner": say("the seat of partners"),
    "eligibility.required_partners": say("the partners that are required"),
    "eligibility.also_check": say("what else to check"),
    "legal_basis": say("the legal basis"),
}
"""Names of facts that applicants ask for; others are named as in the file."""


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that two catalogues state differently, or a part that only one of them has.

    Attributes:
        programme: its id; "" where the part belongs to none.
        place: what has changed: `programme`, `strand union-actions`, `topic ISF-2026-TF2-AG-THB`, `policy/actors x`.
        fact: dotted name of the fact in its file; "" for a whole part.
        old: what the old catalogue says, in words; None where it has no such fact.
        new: what the new catalogue says; None where it has no such fact.
        grade: how grave it is for an applicant.
        sentence: all of it in a sentence.
    """

    programme: str
    place: str
    fact: str
    old: str | None
    new: str | None
    grade: ChangeGrade
    sentence: Said


def changes(old: Catalogue, new: Catalogue) -> list[Change]:
    """All changes from one catalogue to another, gravest first, then by programme and in the order of its file."""
    before, after = _by_key(old), _by_key(new)
    found: list[Change] = []
    for key in dict.fromkeys((*after, *before)):
        was, now = before.get(key), after.get(key)
        if was and now:
            found += _between(was, now, old, new)
        elif one := _came_or_went(was, now, old, new):
            found.append(one)
    return sorted(found, key=lambda change: (GRADES.index(change.grade), not change.programme, change.programme))


def grade_of(fact: str) -> ChangeGrade:
    """How grave a change of a fact's value is, by its dotted name."""
    return next((grade for start, grade in _GRADE_OF if fact.startswith(start)), "content")


def fact_in_words(fact: str) -> str:
    """What a fact is called in a sentence."""
    name, _, label = fact.partition(LABELLED)
    said = _FACTS.get(name) or name.removeprefix("eligibility.").replace("_", " ").replace(".", ", ")
    # The label of a text is that text, which stands behind as the value.
    return say("{fact} ({label})", fact=said, label=label) if label and name in _WITH_LABEL else said


_Key = tuple[str, str, str]


def _by_key(catalogue: Catalogue) -> dict[_Key, Part]:
    return {(part.owner, part.kind, part.id): part for part in parts_of(catalogue)}


def _between(was: Part, now: Part, old: Catalogue, new: Catalogue) -> Iterator[Change]:
    """Each fact that differs; of entries that belong to no programme only which facts they are."""
    before, after = facts_of(was, old.vocabularies), facts_of(now, new.vocabularies)
    differ = [fact for fact in dict.fromkeys((*after, *before)) if before.get(fact) != after.get(fact)]
    if now.kind != "entry":
        yield from (_changed(now, fact, before.get(fact), after.get(fact), new) for fact in differ)
    elif differ:
        named = joined(fact_in_words(fact.removesuffix(".evidence")) for fact in differ[:MOST_NAMED])
        more = len(differ) - MOST_NAMED
        facts = say("{facts} and {n} more", facts=named, n=more) if more > 0 else named
        sentence = say("{name}: changed in {facts}.", name=_place(now), facts=facts)
        yield Change("", _place(now), "", now.name, now.name, "content", sentence)


def _came_or_went(was: Part | None, now: Part | None, old: Catalogue, new: Catalogue) -> Change | None:
    """A part that only one of the two has; None where its whole programme came or went, which is told once."""
    catalogue, part = (new, now) if now else (old, was)
    if part is None or (part.kind not in {"programme", "entry"} and not _in_both(part.owner, old, new)):
        return None
    name, topic = _name(part, catalogue), is_topic(part)
    if now is None:
        sentence = say("{name} is no longer in the catalogue.", name=name)
    elif topic and topic.closes:
        sentence = say("{name} is new in the catalogue; deadline {day}.", name=name, day=topic.closes)
    else:
        sentence = say("{name} is new in the catalogue.", name=name)
    before, after = (None, part.name) if now else (part.name, None)
    grade = _NEW_PART.get(part.kind, "content")
    return Change(_programme(part), _place(part), "", before, after, grade, sentence)


def _in_both(programme: str, old: Catalogue, new: Catalogue) -> bool:
    return programme in old.programmes and programme in new.programmes


def _changed(part: Part, fact: str, was: Stated | None, now: Stated | None, catalogue: Catalogue) -> Change:
    old, new = was.value if was else None, now.value if now else None
    sentence = _sentence(_name(part, catalogue), fact, was, now)
    grade = grade_of(fact) if old != new else "evidence"
    return Change(_programme(part), _place(part), fact, old, new, grade, sentence)


def _sentence(name: str, fact: str, was: Stated | None, now: Stated | None) -> Said:
    old, new = (shorten(stated.value, LONGEST_VALUE, placeholder=" …") if stated else "" for stated in (was, now))
    values = {"name": name, "fact": fact_in_words(fact), "old": old.rstrip("."), "new": new.rstrip(".")}
    if was is None:
        return say("{name}: {fact} is now on record: {new}.", **values)
    if now is None:
        return say("{name}: {fact} is no longer on record; it was: {old}.", **values)
    if was.value != now.value and fact.partition(LABELLED)[0] in _FREE_TEXT:
        return say("{name}: {fact} is worded anew: {new}.", **values)
    if was.value != now.value:
        return say("{name}: {fact} is now: {new}. It was: {old}.", **values)
    if was.verified != now.verified:
        confirmed = say("{name}: {fact} is now confirmed by a source.", **values)
        return confirmed if now.verified else say("{name}: {fact} is no longer confirmed by a source.", **values)
    return say("{name}: {fact} stands, with other sources, notes or another day of checking.", **values)


def _programme(part: Part) -> str:
    return "" if part.kind == "entry" else part.owner


def _place(part: Part) -> str:
    if part.kind == "programme":
        return part.kind
    return f"{part.owner if part.kind == 'entry' else part.kind} {part.id}"


def _name(part: Part, catalogue: Catalogue) -> str:
    if part.kind == "programme":
        return part.name
    if part.kind == "entry":
        return _place(part)
    return f"{title_of(catalogue.programmes[part.owner])}, {part.name}"
