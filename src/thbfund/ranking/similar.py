"""Funded projects that are like the described one, and what they say for the programmes that paid for them."""

from collections.abc import Iterator, Mapping, Sequence
from math import sqrt
from typing import Any

import numpy as np

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.labelled import Record
from thbfund.catalogue.vocabulary import Vocabularies
from thbfund.project import Project
from thbfund.ranking.features import FEW, Feature
from thbfund.ranking.lineages import kin
from thbfund.ranking.weighing import Weighing
from thbfund.text.reading import Reader, Understanding

NEIGHBOURS = 2  # a programme's nearest projects count, by their mean; more would favour those with many on record
MANY_COUNTRIES = 2
_KINDS = ("activities", "forms_of_exploitation", "target_groups")


class FundedProjects:
    """The labelled records of a catalogue, ready to be compared with a project."""

    def __init__(self, catalogue: Catalogue, records: Sequence[Record], reader: Reader) -> None:
        self._records = records
        self._groups = np.array([record.group for record in records])
        paid = np.array([record.programme for record in records])
        self._of = {key: np.isin(paid, sorted(kin(key, catalogue))) for key in catalogue.programmes}
        self._vocabularies = catalogue.vocabularies
        read = [reader.skim(Project(summary=record.description, language="en")) for record in records]
        self._work = Weighing([dict(_tags(work, self._vocabularies)) for work in read])

    def alike(
        self, understood: Understanding, meaning: Any | None, apart: frozenset[str]
    ) -> Mapping[str, Mapping[str, Feature]]:
        """How like a programme's nearest projects are, by name of the feature and programme.

        Args:
            understood: what was read of the project.
            meaning: its cosine with each funded project in meaning, about the middle of all; None where their texts
                cannot be compared, as without the encoder in other languages than English: work stands in for it.
            apart: groups of records that do not count.
        """
        ours, work = self.ours(apart), self.work(understood)
        if meaning is None:
            meaning = work - _middle(work, ours)
        return {"similar_projects": self.nearest(meaning, ours), "similar_work": self.nearest(work, ours)}

    def ours(self, apart: frozenset[str]) -> Any:
        """Which of the records count: those whose group does not stand apart."""
        return ~np.isin(self._groups, sorted(apart))

    def work(self, understood: Understanding) -> Any:
        """How like each funded project is in people, work and places (cosine of weighted tags)."""
        return self._work.rows @ self._work.row(dict(_tags(understood, self._vocabularies)))

    def nearest(self, likeness: Any, ours: Any) -> Mapping[str, Feature]:
        """Per programme, how like its nearest projects are, where it is known how like each project is."""
        middle = _middle(likeness, ours)
        order = np.argsort(-likeness, kind="stable")
        order = order[ours[order]]
        return {key: self._feature(likeness, order[mask[order]][:NEIGHBOURS], middle) for key, mask in self._of.items()}

    def _feature(self, likeness: Any, nearest: Any, middle: float) -> Feature:
        """Mean of the nearest; a project that is not on record counts as one of middling likeness."""
        values = [float(likeness[row]) for row in nearest]
        values += [middle] * (NEIGHBOURS - len(values))
        value = min(1.0, max(0.0, sum(values) / NEIGHBOURS))
        shown = tuple(self._records[row].id for row in nearest if likeness[row] > middle)
        return Feature(value, shown if value else ())


def _middle(likeness: Any, ours: Any) -> float:
    return float(likeness[ours].mean()) if ours.any() else 0.0


def _tags(understood: Understanding, vocabularies: Vocabularies) -> Iterator[tuple[str, float]]:
    """What a project is about, as weighted tags: entries of the vocabularies, and where the work happens."""
    for kind in _KINDS:
        for concept in understood.concepts[kind]:
            yield f"{kind} {concept.id}", sqrt(min(concept.count, FEW))
    for entry in understood.field:
        yield f"field {entry}", 1.0
    places = {concept.id for concept in understood.places}
    for region in sorted(vocabularies.ids("country_groups")):
        if region in places or places & vocabularies.countries_in(region):
            yield f"region {region}", 1.0
    yield f"countries {min(len(places), MANY_COUNTRIES)}", 1.0
