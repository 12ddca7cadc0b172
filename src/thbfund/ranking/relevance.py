"""Is the project about the field at all? What is not is told that nothing here fits.

A text belongs to the field where it names a subject of it, or where it tells a situation of it without the name: then
signs of the elements of trafficking (Directive 2011/36/EU Art. 2: act, means, purpose) come together in one stretch of
text. One sign alone never does; what other fields speak of weighs against them.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from thbfund.text.reading import FORM_OF_EXPLOITATION, Understanding
from thbfund.text.terms import Found

FLOOR = 5  # points from which a text belongs to the field; the one with the fewest errors on the half `fit`
LONG, LONG_FLOOR = 150, 8  # in a text of more words than this, more has to come together before it tells a situation
REACH = 60  # words to either side that still tell one situation; in longer texts signs come together by chance

# Points of a named subject: enough alone, but for groups of people, who occur in projects of other fields too.
NAMED: Mapping[str, int] = MappingProxyType(
    {
        "trafficking_in_persons": 6,
        "neighbouring_subject": 5,
        "telling_group": 4,
    }
)
# Points of a sign, the same whoever tells the situation and in whatever language. Fitted on the half `fit` of
# data/evidence/field.jsonl by logistic regression and rounded, so that they can be read.
SIGNS: Mapping[str, int] = MappingProxyType(
    {
        "trafficking_word": 3,
        "exploitation_signs": 2,
        FORM_OF_EXPLOITATION: 2,
        "person": 1,
        "controller": 1,
        "recruited_or_moved": 1,
        "deceived": 1,
        "debt": 1,
        "unpaid": 1,
        "papers_taken": 1,
        "threat_or_violence": 2,
        "not_free": 1,
        "purpose": 2,
        "help": 2,
        "other_trafficking": -5,  # undoes the word trafficking and one sign of exploitation, such as "traffickers"
    }
)
NEAR = 6  # words between a word like "traffickers" and the people it is about
ELSEWHERE, MOST_ELSEWHERE = -1, 3  # points per different word of other fields, and how many of them count

# How far a sign carries the project into the field; the strongest sign decides.
SHARES: Mapping[str, float] = MappingProxyType({"neighbouring_subject": 0.9, "telling_group": 0.7})
CORE, OUTSIDE = 1.0, 0.0

# Groups served that mark the field themselves; professionals, women or children occur in projects of every kind.
TELLING_GROUPS = frozenset(
    {
        "asylum_seekers",
        "presumed_victims",
        "third_country_nationals",
        "unaccompanied_children",
        "victims_of_crime",
        "victims_of_trafficking",
        "victims_of_violence",
    }
)


@dataclass(frozen=True, slots=True)
class FieldEvidence:
    """What speaks for and against a project's belonging to the field.

    Attributes:
        points: sum of the points of its signs.
        signs: the signs, each with the words that showed it; none where the form alone does.
        share: from 0 (outside the field) to 1 (at its core).
    """

    points: int
    signs: Mapping[str, tuple[str, ...]]
    share: float

    @property
    def in_field(self) -> bool:
        """Whether the points reach the floor."""
        return self.points >= FLOOR


def field_evidence(understood: Understanding) -> FieldEvidence:
    """Weigh the signs that a project belongs to the field."""
    named = _named(understood)
    told = max(map(_counted, _stretches(understood.signs)), key=_told_points, default={})
    told_points = max(0, _told_points(told))
    if understood.word_count > LONG and told_points < LONG_FLOOR:
        told_points = 0
    points = sum(NAMED[sign] for sign in named) + told_points
    share = max((SHARES.get(sign, CORE) for sign in named), default=OUTSIDE)
    if points < FLOOR:
        share = OUTSIDE
    elif told_points >= FLOOR:
        share = CORE
    return FieldEvidence(points, {**named, **told}, share)


def field_share(understood: Understanding) -> float:
    """Return from 0 (outside the field) to 1 (at its core) how far the project belongs to the field."""
    return field_evidence(understood).share


def _named(understood: Understanding) -> dict[str, tuple[str, ...]]:
    """The named subjects, each with its words."""
    named = {sign: understood.field[sign].triggers for sign in NAMED if sign in understood.field}
    groups = [group for group in understood.concepts["target_groups"] if group.id in TELLING_GROUPS]
    if groups:
        named["telling_group"] = tuple(word for group in groups for word in group.triggers)
    return named


def _stretches(signs: Sequence[Found]) -> Iterator[Sequence[Found]]:
    """The stretches of text around each sign."""
    begin = end = 0
    for centre in signs:
        while signs[begin].start < centre.start - REACH:
            begin += 1
        while end < len(signs) and signs[end].start <= centre.start + REACH:
            end += 1
        yield signs[begin:end]


def _counted(stretch: Sequence[Found]) -> dict[str, tuple[str, ...]]:
    """The signs of one stretch, each with its different words."""
    words: dict[str, dict[str, None]] = defaultdict(dict)
    for found in stretch:
        if found.entry in SIGNS or found.entry == "elsewhere":
            words[found.entry][" ".join(found.words).casefold()] = None
    if not _of_people(stretch):
        words.pop("trafficking_word", None)
    return {sign: tuple(shown) for sign, shown in words.items()}


def _of_people(stretch: Sequence[Found]) -> bool:
    """Whether people stand near a word like "traffickers"; else what is trafficked may be anything."""
    people = [found.start for found in stretch if found.entry == "person"]
    trafficked = (found.start for found in stretch if found.entry == "trafficking_word")
    return any(abs(start - person) <= NEAR for start in trafficked for person in people)


def _told_points(told: Mapping[str, tuple[str, ...]]) -> int:
    elsewhere = min(MOST_ELSEWHERE, len(told.get("elsewhere", ())))
    return sum(SIGNS.get(sign, 0) for sign in told) + ELSEWHERE * elsewhere
