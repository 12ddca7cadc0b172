"""A batch of rows screened by one matcher."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from thbfund.input.problems import InputError, shortened
from thbfund.matching import Leading, Matcher, PeriodChoice
from thbfund.project import Project
from thbfund.screening.cells import described, identity, project_in

TOP = 3
TAGS = ("priorities", "target_groups", "activities", "forms_of_exploitation")
PER_PROGRAMME = ("programme", "score", "band", "verdict", "role", "not_met")
COLUMNS = (
    "id", *(f"{name}_{rank}" for name in PER_PROGRAMME for rank in range(1, TOP + 1)), *TAGS,
    "places", "language", "nothing_fits", "warnings",
)  # fmt: skip
"""The columns of the output, in their order; none repeats what a row says of the project."""


@dataclass(frozen=True, slots=True)
class Question:
    """What all rows are asked: as on which day, among the programmes of which period."""

    on: date
    period: PeriodChoice = "open"


@dataclass(frozen=True, slots=True)
class Screened:
    """What came of a batch: a row of output for each good row, and the problems of the others."""

    rows: tuple[Mapping[str, Any], ...]
    problems: tuple[Mapping[str, Any], ...]


def screen(matcher: Matcher, question: Question, batch: Sequence[tuple[int, Mapping[str, Any]]]) -> Screened:
    """Screen a batch.

    Args:
        matcher: of the catalogue.
        question: what is asked of all rows.
        batch: each row with its number in the input, from 1.
    """
    good: list[tuple[str, Project]] = []
    problems: list[Mapping[str, Any]] = []
    for number, row in batch:
        key = ""
        try:
            key = identity(row)
            good.append((key, project_in(row, matcher.catalogue.vocabularies)))
        except InputError as error:
            problems += [described(problem, number, shortened(key)) for problem in error.problems]
    leading = matcher.leading((project for _, project in good), question.on, question.period, TOP)
    rows = tuple(found_for(key, found) for (key, _), found in zip(good, leading, strict=True))
    return Screened(rows, tuple(problems))


def found_for(key: str, leading: Leading) -> dict[str, Any]:
    """What was found for one project, under the names of `COLUMNS`; lists stand with semicolons."""
    found: dict[str, Any] = dict.fromkeys(COLUMNS)
    for rank, (scored, judgement) in enumerate(leading.first, start=1):
        not_met = ";".join(outcome.rule for outcome in judgement.outcomes if outcome.answer == "not_met")
        programme, verdict = scored.document.programme.id, judgement.verdict
        values = (programme, scored.score, scored.band, verdict, judgement.role.role, not_met)
        found |= {f"{name}_{rank}": value for name, value in zip(PER_PROGRAMME, values, strict=True)}
    understood = leading.understood
    found |= {name: ";".join(concept.id for concept in understood.concepts.get(name, ())) for name in TAGS}
    return found | {
        "id": key,
        "places": ";".join(place.id for place in understood.places),
        "language": understood.language,
        "nothing_fits": leading.nothing_fits,
        "warnings": ";".join(warning.code for warning in leading.warnings),
    }
