"""WHAT IF: the first programmes once more, without one recognised concept or one field of the form.

The description itself stays as it is, its words and its meaning; what changes is what was recognised in it, and what
the form says. So nothing is encoded again, and a trial costs one call of the ranker.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from thbfund.catalogue.vocabulary import Vocabularies
from thbfund.matching import Match, Matcher, MatchReport
from thbfund.project import Project
from thbfund.said import say
from thbfund.text import Concept, Understanding
from thbfund.why import LEADING, concept_name

MAX_CONCEPTS = 12  # tried, those that the text points to most; each costs as much as one ranking without the encoder
SHOWN = 5
SERVING = ("activities", "forms_of_exploitation")  # their entries serve priorities, which go with them
TRIED = ("activities", "target_groups", "forms_of_exploitation", "priorities")

FIELD_NAMES: Mapping[str, str] = {
    "applicant.type": say("the type of the lead"),
    "applicant.country": say("the seat of the lead"),
    "partners": say("the partners"),
    "requested_grant_eur": say("the amounts"),
}
"""Fields of the form that the ranker reads, beside tags and places, as a reader would call them."""


@dataclass(frozen=True, slots=True)
class Change:
    """What leaving one thing out would do to one programme.

    Attributes:
        kind: vocabulary of the concept, `places`, or `field`.
        id: of the concept or the field.
        name: in words.
        concept: what was left out; None for a field.
        match: the programme whose place among the first changes most.
        without: its rank then.
    """

    kind: str
    id: str
    name: str
    concept: Concept | None
    match: Match
    without: int

    @property
    def weight(self) -> float:
        """How much of the order it moves: a change at the top counts most (difference of reciprocal ranks)."""
        return abs(1 / self.match.rank - 1 / self.without)


@dataclass(frozen=True, slots=True)
class _Trial:
    kind: str
    id: str
    name: str
    concept: Concept | None
    understood: Understanding
    project: Project


def left_out(matcher: Matcher, report: MatchReport) -> tuple[Change, ...]:
    """What moves a rank among the first programmes when it is left out, the strongest first, at most `SHOWN`.

    Args:
        matcher: the one that made the report.
        report: of the whole project.
    """
    if report.nothing_fits:
        return ()
    found = [change for trial in trials(report) if (change := _tried(matcher, report, trial))]
    return tuple(sorted(found, key=lambda change: -change.weight)[:SHOWN])


def trials(report: MatchReport) -> Iterator[_Trial]:
    """The project without each of its strongest concepts, then without each field of the form."""
    understood, project, vocabularies = report.understood, report.project, report.catalogue.vocabularies
    for kind, concept in _strongest(understood, project, vocabularies):
        reduced = without_concept(understood, kind, concept, project, vocabularies)
        yield _Trial(kind, concept.id, concept_name(kind, concept, vocabularies), concept, reduced, project)
    for field, name in FIELD_NAMES.items():
        other = without_field(project, field)
        if other != project:
            yield _Trial("field", field, name, None, _with_seats_of(understood, other), other)


def without_concept(
    understood: Understanding, kind: str, concept: Concept, project: Project, vocabularies: Vocabularies
) -> Understanding:
    """What was understood, without one concept and without what follows from it alone."""
    if kind == "places":
        return replace(understood, places=_but(understood.places, concept))
    concepts = {**understood.concepts, kind: _but(understood.concepts[kind], concept)}
    if kind in SERVING and project.priorities is None:
        served = vocabularies.entry(kind, concept.id).serves
        concepts["priorities"] = tuple(_less(understood.concepts["priorities"], served, concept.count))
    return replace(understood, concepts=concepts)


def without_field(project: Project, field: str) -> Project:
    """The project with a field of `FIELD_NAMES` left open."""
    if field.startswith("applicant."):
        applicant = project.applicant.model_copy(update={field.removeprefix("applicant."): None})
        return project.model_copy(update={"applicant": applicant})
    emptied = {field: None, **({"total_budget_eur": None} if field == "requested_grant_eur" else {})}
    return project.model_copy(update=emptied)


def _strongest(understood: Understanding, project: Project, vocabularies: Vocabularies) -> list[tuple[str, Concept]]:
    """Concepts to try, those that the text points to most first."""
    served = {
        priority
        for kind in SERVING
        for concept in understood.concepts[kind]
        for priority in vocabularies.entry(kind, concept.id).serves
        if project.priorities is None
    }
    found = [(kind, concept) for kind in TRIED for concept in understood.concepts[kind]]
    found = [(kind, concept) for kind, concept in found if kind != "priorities" or concept.id not in served]
    found += [("places", concept) for concept in understood.places]
    return sorted(found, key=lambda pair: -pair[1].count)[:MAX_CONCEPTS]


def _tried(matcher: Matcher, report: MatchReport, trial: _Trial) -> Change | None:
    """The change of rank among the first that counts most; None where the order stays."""
    scores: dict[str, float] = {}
    # On the share of the whole text: small scores, rounded, would tie and change places.
    for scored in matcher.ranker.score(trial.understood, trial.project, share=report.field.share):
        key = scored.document.programme.id
        scores[key] = max(scored.score, scores.get(key, scored.score))
    order = sorted((match.programme.id for match in report.matches), key=lambda key: (-scores[key], key))
    ranks = {key: rank for rank, key in enumerate(order, start=1)}
    changes = [
        Change(trial.kind, trial.id, trial.name, trial.concept, match, ranks[match.programme.id])
        for match in report.matches[:LEADING]
    ]
    strongest = max(changes, key=lambda change: change.weight)  # of equals the first by rank
    return strongest if strongest.weight else None


def _but(concepts: Iterable[Concept], left: Concept) -> tuple[Concept, ...]:
    return tuple(concept for concept in concepts if concept.id != left.id)


def _less(priorities: Iterable[Concept], served: Iterable[str], count: int) -> Iterator[Concept]:
    """Priorities without the share that a concept gave them; one that it alone showed goes."""
    for priority in priorities:
        left = priority.count - (count if priority.id in served else 0)
        if left > 0:
            yield replace(priority, count=left)


def _with_seats_of(understood: Understanding, project: Project) -> Understanding:
    """Seats count as places of work where the form states none; without the field they go. What was added stays."""
    if project.countries_of_action is not None:
        return understood
    seats = {project.applicant.country, *(partner.country for partner in project.partners or ())}
    kept = seats.union(project.also_meant.places)
    return replace(understood, places=tuple(found for found in understood.places if found.triggers or found.id in kept))
