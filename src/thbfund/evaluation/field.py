"""How often "nothing here fits" is said wrongly: false hope outside the field, false alarm inside it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from thbfund.catalogue.contents import Catalogue
from thbfund.evaluation.field_texts import FieldText, Split
from thbfund.project import project_of_text
from thbfund.ranking.relevance import FLOOR, FieldEvidence, field_evidence
from thbfund.text import Reader

FLOORS = range(FLOOR - 3, FLOOR + 4)  # tried on the half `fit`, to show how much the floor decides
SPLITS: tuple[Split, ...] = get_args(Split)


@dataclass(frozen=True, slots=True)
class Judged:
    """A text and what speaks for its belonging to the field."""

    text: FieldText
    evidence: FieldEvidence

    def wrong(self, floor: int = FLOOR) -> bool:
        """Whether the text is offered programmes without belonging, or told that nothing fits although it belongs."""
        return (self.evidence.points >= floor) is not self.text.belongs


def evaluate_field(catalogue: Catalogue, texts: Iterable[FieldText]) -> dict[str, Any]:
    """Judge every text; return false hope and false alarm per half, kind and language as JSON values.

    Only of the half `fit` the texts judged wrongly are named: whoever looked at those of `test` would tune to them.
    """
    reader, vocabularies = Reader(catalogue), catalogue.vocabularies
    judged = [Judged(text, field_evidence(reader.read(project_of_text(text.text, vocabularies)))) for text in texts]
    halves = {split: [one for one in judged if one.text.split == split] for split in SPLITS}
    return {
        "n": len(judged),
        "catalogue": catalogue.fingerprint,
        "floor": FLOOR,
        "by_split": {split: _errors(half) for split, half in halves.items()},
        "by_kind": {split: _by(half, lambda text: text.kind) for split, half in halves.items()},
        "by_language": {split: _by(half, lambda text: text.lang) for split, half in halves.items()},
        "by_floor": {str(floor): _errors(halves["fit"], floor) for floor in FLOORS},
        "wrong_in_fit": [one.text.id for one in halves["fit"] if one.wrong()],
    }


def _by(judged: Iterable[Judged], key: Callable[[FieldText], str]) -> dict[str, Mapping[str, Any]]:
    groups: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        groups[key(one.text)].append(one)
    return {name: _errors(group) for name, group in sorted(groups.items())}


def _errors(judged: Sequence[Judged], floor: int = FLOOR) -> dict[str, dict[str, float | int | None]]:
    outside = [one.wrong(floor) for one in judged if not one.text.belongs]
    inside = [one.wrong(floor) for one in judged if one.text.belongs]
    return {"false_hope": _rate(outside), "false_alarm": _rate(inside)}


def _rate(wrong: Sequence[bool]) -> dict[str, float | int | None]:
    """How many of how many are wrong; no rate of none."""
    return {"wrong": sum(wrong), "n": len(wrong), "rate": round(sum(wrong) / len(wrong), 3) if wrong else None}
