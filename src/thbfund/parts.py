"""PART BY PART: a project with several kinds of work -> the programmes for each, and the fewest that cover them all.

A part is matched like any project. What the whole says of subject, places and people holds where the part is silent.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from thbfund.catalogue.guidance import FitQuestion
from thbfund.catalogue.vocabulary import Vocabularies
from thbfund.guidance.fit import questions_about
from thbfund.matching import Match, Matcher, MatchReport, PeriodChoice
from thbfund.project import Project
from thbfund.text import Concept, Understanding
from thbfund.text.cleaning import sentences, words

SMALLEST_SHARE = 0.15  # of the words that say what is done; less is a mention, no work of its own
EXACT = 3  # up to three programmes every set is tried; four applications at once are beyond most who ask
SUBJECT = ("trafficking_in_persons", "exploitation_signs", "neighbouring_subject")  # entries of the field lexicon

# Sentences are cut before; a comma inside a number cuts nothing.
_CLAUSE_END = re.compile(r",(?!\d)|[:()\N{EN DASH}\N{EM DASH}]|\s-\s")

Offers = Mapping[str, Mapping[str, float]]
"""By part, the programmes that could pay for it with their scores."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A clause, or as much of it as speaks of one kind of work; `family` is None where it speaks of none."""

    text: str
    length: int
    family: str | None


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of work in a project, matched by itself.

    Attributes:
        family: entry of the vocabulary `activity_families`.
        activities: what is done in it, with the words that showed it.
        matches: all candidates, best score first.
    """

    family: str
    activities: tuple[Concept, ...]
    matches: tuple[Match, ...]

    @property
    def fitting(self) -> tuple[Match, ...]:
        """The programmes that could pay for it; those that shut the applicant out only where there is no other."""
        fit = [match for match in self.matches if match.scored.band != "weak" and match.judgement.verdict != "closed"]
        reachable = [match for match in fit if match.judgement.verdict != "not_eligible"]
        return tuple(reachable or fit)

    @property
    def leading(self) -> tuple[Match, ...]:
        """Those that fit as well as the best one, by band: with less a set of few programmes is no gain."""
        return tuple(match for match in self.fitting if match.scored.band == self.fitting[0].scored.band)


@dataclass(frozen=True, slots=True)
class PartByPart:
    """A project taken apart.

    Attributes:
        families: the kinds of work that the description speaks of, in its order.
        parts: one for each, matched; empty where there are fewer than two.
        programmes: ids of the fewest programmes among which each part finds one that leads for it.
        double_funding: what to settle before drawing on them; empty where they are fewer than two.
    """

    families: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    programmes: tuple[str, ...] = ()
    double_funding: tuple[FitQuestion, ...] = ()

    def programme_for(self, part: Part) -> Match | None:
        """Of the fewest programmes the one that fits a part best; None where nothing fits it."""
        return next((match for match in part.leading if match.programme.id in self.programmes), None)


def part_by_part(matcher: Matcher, report: MatchReport, period: PeriodChoice = "open") -> PartByPart:
    """Take the project of a report apart and match its parts, as on the same day.

    Args:
        matcher: the one that made the report.
        report: of the whole project.
        period: of the candidates, as asked for in the report.
    """
    if report.nothing_fits:
        return PartByPart()
    texts = _split(matcher, report)
    families = tuple(family for family in texts if family)
    if len(families) < 2:  # noqa: PLR2004 - one kind of work has no parts
        return PartByPart(families)
    parts = tuple(_matched(matcher, report, texts, family, period) for family in families)
    offers = {part.family: {match.programme.id: match.scored.score for match in part.leading} for part in parts}
    programmes = fewest(offers)
    chosen = [report.catalogue.programmes[key] for key in programmes]
    asked = questions_about(report.catalogue, *chosen) if len(chosen) > 1 else ()
    return PartByPart(families, parts, programmes, tuple(one for one in asked if one.theme == "same_costs"))


def fewest(offers: Offers) -> tuple[str, ...]:
    """The fewest programmes with one for each part; of several such sets the best-fitting, then the first by id.

    A part without an offer is left out. Beyond `EXACT` programmes the set may not be the smallest.
    """
    wanted = [scores for scores in offers.values() if scores]
    programmes = sorted({key for scores in wanted for key in scores})
    for size in range(EXACT + 1):
        sets = [chosen for chosen in combinations(programmes, size) if all(map(set(chosen).intersection, wanted))]
        if sets:
            return max(sets, key=lambda chosen: _fit(chosen, wanted))
    return _step_by_step(wanted, programmes)


def _fit(chosen: Iterable[str], wanted: Sequence[Mapping[str, float]]) -> float:
    """How well a set fits all parts together; rounded, so that sums in another order tie."""
    return round(sum(max(scores.get(key, 0.0) for key in chosen) for scores in wanted), 6)


def _step_by_step(wanted: Sequence[Mapping[str, float]], programmes: Sequence[str]) -> tuple[str, ...]:
    """Take the programme for most of the parts that are left, then the next."""
    chosen: list[str] = []
    left = list(wanted)
    while left:
        best = max(programmes, key=lambda key: (sum(key in scores for scores in left), _fit([key], left)))
        chosen.append(best)
        left = [scores for scores in left if best not in scores]
    return tuple(sorted(chosen))


def _split(matcher: Matcher, report: MatchReport) -> dict[str | None, list[str]]:
    """The description by kind of work; under None what speaks of none, and so belongs to all."""
    vocabularies = report.catalogue.vocabularies
    cut = [list(_pieces(matcher, report, sentence)) for sentence in sentences(report.understood.text)]
    families = _families(cut, report.project, vocabularies)
    texts: dict[str | None, list[str]] = {family: [] for family in families}
    for pieces in cut:
        told = any(piece.family for piece in pieces)
        leading = _longest(piece for piece in pieces if piece.family in families)
        for piece in pieces:
            family = piece.family if piece.family in families else leading
            texts.setdefault(family or (families[0] if told and families else None), []).append(piece.text)
    return texts


def _families(cut: Iterable[Iterable[Piece]], project: Project, vocabularies: Vocabularies) -> tuple[str, ...]:
    """The kinds of work: those of the activities that the form states, else those that the text dwells on.

    Those of activities that the reader added come after them.
    """

    def of(activities: Iterable[str]) -> list[str]:
        found = (vocabularies.entry("activities", key).family for key in activities)
        return [family for family in found if family]

    added = of(project.also_meant.activities)
    if project.activities is not None:
        return tuple(dict.fromkeys([*of(project.activities), *added]))
    lengths: Counter[str] = Counter()
    for pieces in cut:
        for piece in pieces:
            if piece.family:
                lengths[piece.family] += piece.length
    told = [family for family, length in lengths.items() if length >= SMALLEST_SHARE * lengths.total()]
    return tuple(dict.fromkeys([*told, *added]))


def _longest(pieces: Iterable[Piece]) -> str | None:
    lengths: Counter[str | None] = Counter()
    for piece in pieces:
        lengths[piece.family] += piece.length
    return lengths.most_common(1)[0][0] if lengths else None


def _pieces(matcher: Matcher, report: MatchReport, sentence: str) -> Iterator[Piece]:
    """Cut a sentence into clauses, and a clause before the first word that shows another kind of work."""
    for clause in _CLAUSE_END.split(sentence):
        spoken = [word.written for word in words(clause)]
        turns = _turns(matcher, report, clause)
        families: list[str | None] = [family for _, family in turns] or [None]
        ends = [*(start for start, _ in turns[1:]), len(spoken)]
        start = 0
        for family, end in zip(families, ends, strict=True):
            if end > start:
                yield Piece(" ".join(spoken[start:end]), end - start, family)
            start = end


def _turns(matcher: Matcher, report: MatchReport, clause: str) -> list[tuple[int, str]]:
    """Where in a clause which kind of work begins."""
    if not any(character.isalnum() for character in clause):
        return []
    vocabularies, language = report.catalogue.vocabularies, report.understood.language
    folded = [word.folded for word in words(clause)]
    said = Project(summary=clause, language=language, not_meant=report.project.not_meant)
    shown = [
        (_position(trigger, folded), family)
        for concept in matcher.reader.skim(said).concepts["activities"]
        if (family := vocabularies.entry("activities", concept.id).family)
        for trigger in concept.triggers
    ]
    turns: dict[int, str] = {}
    for position, family in sorted(shown):
        turns.setdefault(position, family)
    return list(turns.items())


def _position(trigger: str, folded: Sequence[str]) -> int:
    """Where words of a clause stand in it; 0 where they were read as something else."""
    sought = [word.folded for word in words(trigger)]
    places = (place for place in range(len(folded)) if folded[place : place + len(sought)] == sought)
    return next(places, 0)


def _matched(
    matcher: Matcher, report: MatchReport, texts: Mapping[str | None, Sequence[str]], family: str, period: PeriodChoice
) -> Part:
    """One part, matched with the words of the whole for what it does not say itself."""
    vocabularies = report.catalogue.vocabularies
    own = _project(report, family, [*texts.get(None, ()), *(texts[family] or [report.understood.text])])
    inherited = list(_inherited(report.understood, matcher.reader.skim(own)))
    project = own.model_copy(update={"summary": ". ".join([*inherited, own.summary])})
    found = matcher.match(project, report.on, period)
    activities = tuple(
        concept
        for concept in found.understood.concepts["activities"]
        if vocabularies.entry("activities", concept.id).family == family
    )
    return Part(family, activities, found.matches)


def _project(report: MatchReport, family: str, texts: Iterable[str]) -> Project:
    """The project reduced to a part. Its money is that of the whole and says nothing of the part."""
    whole, vocabularies = report.project, report.catalogue.vocabularies

    def of_family(keys: Iterable[str]) -> tuple[str, ...]:
        return tuple(key for key in keys if vocabularies.entry("activities", key).family == family)

    own = {
        "summary": ". ".join(texts),
        "language": report.understood.language,
        "activities": whole.activities and of_family(whole.activities),
        "also_meant": whole.also_meant.model_copy(update={"activities": of_family(whole.also_meant.activities)}),
        "total_budget_eur": None,
        "requested_grant_eur": None,
    }
    return whole.model_copy(update=own)


def _inherited(whole: Understanding, part: Understanding) -> Iterator[str]:
    """Words of the whole for what a part leaves unsaid: the subject, the form of exploitation, places, people."""
    said: tuple[tuple[Iterable[Concept], Iterable[Concept]], ...] = (
        (_subject(whole), _subject(part)),
        (whole.concepts["forms_of_exploitation"], part.concepts["forms_of_exploitation"]),
        (whole.places, part.places),
        (whole.concepts["target_groups"], part.concepts["target_groups"]),
    )
    for of_whole, of_part in said:
        if not any(concept.triggers for concept in of_part):
            yield from dict.fromkeys(trigger for concept in of_whole for trigger in concept.triggers)


def _subject(understood: Understanding) -> list[Concept]:
    return [concept for entry, concept in understood.field.items() if entry in SUBJECT]
