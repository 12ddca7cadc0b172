"""WHY: a match beside the one above it, and what of the description did nothing. Read off contributions; plain text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.vocabulary import Vocabularies
from thbfund.contributions import CONTRIBUTION_NAMES, SMALLEST_SHOWN, project_name, projects_alike
from thbfund.matching import Match, MatchReport
from thbfund.ranking import Contribution
from thbfund.ranking.features import PlaceFit
from thbfund.rules.wording import joined, place_name
from thbfund.said import points, say, sentences
from thbfund.text import Concept
from thbfund.text.cleaning import sentences as sentences_of
from thbfund.text.cleaning import words

LEADING = 5  # programmes that a reader looks at; what moves only others is no news
SHOWN = 2  # differences named on either side; the rest is small
NAMED = ("activities", "target_groups", "priorities")  # vocabularies whose entries programmes carry


@dataclass(frozen=True, slots=True)
class Difference:
    """A contribution in which two matches differ.

    Attributes:
        name: of the contribution.
        value: points between the two, more than 0.
        shared: tags, places, words or projects, in words, that only the better of the two has.
    """

    name: str
    value: float
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotHigher:
    """Why a match does not stand one place higher.

    Attributes:
        above: the match that does.
        by: points between the two scores.
        behind: in what the one above is better, the largest difference first.
        ahead: in what this one is better, the largest difference first.
    """

    above: Match
    by: float
    behind: tuple[Difference, ...]
    ahead: tuple[Difference, ...]

    @property
    def text(self) -> str:
        """The comparison in sentences."""
        better = say("It is better in {parts}.", parts=_in_words(self.ahead)) if self.ahead else ""
        return sentences(self._above(), better)

    def _above(self) -> str:
        name, mainly = self.above.programme.name, _in_words(self.behind)
        if self.by >= SMALLEST_SHOWN:
            by = points(self.by)
            if self.behind:
                return say("{name} stands above it by {by}, mainly by {mainly}.", name=name, by=by, mainly=mainly)
            return say("{name} stands above it by {by}.", name=name, by=by)
        by = points(0.01)
        if self.behind:
            return say("{name} stands above it by less than {by}, mainly by {mainly}.", name=name, by=by, mainly=mainly)
        return say("{name} stands above it by less than {by}.", name=name, by=by)


def why_not_higher(match: Match, above: Match, catalogue: Catalogue) -> NotHigher:
    """Compare a match with the one ranked just above it."""
    own = {part.name: part for part in match.scored.contributions}
    better = {part.name: part for part in above.scored.contributions}
    by = round(above.scored.score - match.scored.score, 4)
    behind, ahead = _differences(better, own, catalogue), _differences(own, better, catalogue)
    return NotHigher(above, by, behind, ahead)


def not_higher(match: Match, report: MatchReport) -> NotHigher | None:
    """The same for a match of a report; None for the first."""
    above = next((other for other in report.matches if other.rank == match.rank - 1), None)
    return why_not_higher(match, above, report.catalogue) if above else None


def idle_concepts(report: MatchReport) -> tuple[tuple[str, Concept], ...]:
    """What was recognised and none of the first programmes carries or pays for, each with its vocabulary or `places`.

    Forms of exploitation are left out: programmes carry none, they count by the priorities that they serve.
    """
    leading = report.matches[:LEADING]
    if not leading:
        return ()
    carried = {name: {key for match in leading for key in _carried(match, name)} for name in NAMED}
    named = [
        (name, concept)
        for name in NAMED
        for concept in report.understood.concepts[name]
        if concept.id not in carried[name]
    ]
    places = [("places", found) for found in report.understood.places if not _earns_place(found, report, leading)]
    return (*named, *places)


def shares_no_words(report: MatchReport) -> bool:
    """Whether the description has no telling word of its own in common with any of the first programmes.

    A text in another language is compared by the English names of what it shows too; those are none of its own.
    """
    leading = report.matches[:LEADING]
    texts = [part for match in leading for part in match.scored.contributions if part.name == "text"]
    return bool(texts) and _folded(report.understood.text).isdisjoint(word for part in texts for word in part.shared)


def concept_name(vocabulary: str, concept: Concept, vocabularies: Vocabularies) -> str:
    """A recognised concept in words; `vocabulary` may be `places`."""
    if vocabulary == "places":
        return place_name(concept.id, vocabularies)
    return vocabularies.label(vocabulary, concept.id)


def programmes_words(match: Match, contribution: Contribution) -> str:
    """The sentence of the strand that shares most of the words of a text contribution; "" where none does."""
    if contribution.name != "text":
        return ""
    strand, programme, shared = match.scored.document.strand, match.programme, set(contribution.shared)
    texts = (strand.objectives.value or "", *(strand.actions.value or ()), programme.summary.value or "")
    told = [sentence for text in texts for sentence in sentences_of(text)]
    best = max(told, key=lambda sentence: len(_folded(sentence) & shared), default="")
    return best if _folded(best) & shared else ""


def _folded(text: str) -> set[str]:
    return {word.folded for word in words(text)}


def _differences(
    better: dict[str, Contribution], worse: dict[str, Contribution], catalogue: Catalogue
) -> tuple[Difference, ...]:
    """In what the first is better by more than a trifle, the largest difference first."""
    found = []
    for name, part in better.items():
        other = worse.get(name, Contribution(name, 0.0, ()))
        value = round(part.value - other.value, 4)
        if value >= SMALLEST_SHOWN:
            theirs = set(_shared(other, catalogue))
            only = tuple(word for word in _shared(part, catalogue) if word not in theirs)
            found.append(Difference(name, value, only))
    return tuple(sorted(found, key=lambda one: -one.value))


def _shared(part: Contribution, catalogue: Catalogue) -> Iterator[str]:
    """What a contribution rests on, in words; nothing for what rests on counts or on meaning."""
    if part.name in NAMED:
        yield from (catalogue.vocabularies.label(part.name, key) for key in part.shared)
    elif part.name == "place_of_action":
        yield from (place_name(key, catalogue.vocabularies) for key in part.shared)
    elif part.name == "text":
        yield from part.shared
    else:
        yield from map(project_name, projects_alike(part, catalogue))


def _in_words(differences: Iterable[Difference]) -> str:
    named = []
    for one in list(differences)[:SHOWN]:
        part, more = CONTRIBUTION_NAMES[one.name], points(one.value)
        named.append(
            say("{part} ({points} more: {shared})", part=part, points=more, shared=joined(one.shared, ","))
            if one.shared
            else say("{part} ({points} more)", part=part, points=more)
        )
    return joined(named)


def _carried(match: Match, name: str) -> Iterable[str]:
    """Tags of the strand that was scored, or the priorities that it serves; a contribution names only some of them."""
    strand = match.scored.document.strand
    if name == "priorities":
        return (key for key, relevance in strand.relevance.items() if relevance.grade)
    tags: Iterable[str] = getattr(strand.tags, name)
    return tags


def _earns_place(concept: Concept, report: MatchReport, leading: Iterable[Match]) -> bool:
    """Whether a place alone would earn something; those in doubt are shared with none and still earn."""
    vocabularies = report.catalogue.vocabularies
    return any(
        PlaceFit(match.programme, match.scored.document.strand, vocabularies).of([concept]).value > 0
        for match in leading
    )
