"""The conditions that one strand sets: those of a call first, then its own, then those that its programme shares."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from thbfund.catalogue.calls import Topic
from thbfund.catalogue.facts import Fact, Source
from thbfund.catalogue.model import AlsoCheck, Eligibility, Programme, Strand
from thbfund.rules.outcome import Basis, Condition, Level, basis_of, condition

ROLES = ("lead", "partner", "associated", "sub_grantee")

_Layer = tuple[Eligibility, Mapping[str, Source], Level]


@dataclass(frozen=True, slots=True)
class CallTopic:
    """A topic with the sources of the file that it stands in."""

    topic: Topic
    sources: Mapping[str, Source]


@dataclass(frozen=True, slots=True)
class Conditions:
    """All conditions of one strand, or of one topic in it, ready to be judged by."""

    programme: Programme
    strand: Strand
    call: CallTopic | None = None

    def of(self, name: str) -> Condition | None:
        """The condition of that name (a field of `Eligibility`); None where the catalogue is silent."""
        return self._first(lambda eligibility: getattr(eligibility, name))

    def applicant_types(self, role: str) -> Condition | None:
        """Admitted types of applicant in a role."""
        return self._first(lambda eligibility: getattr(eligibility.applicant_types, role))

    def countries(self, role: str) -> Condition | None:
        """Admitted countries of establishment in a role."""
        return self._first(lambda eligibility: getattr(eligibility.countries, role))

    def also_check(self) -> tuple[tuple[AlsoCheck, Basis], ...]:
        """Conditions that cannot be computed, each with its source."""
        return tuple(
            (item, basis_of(item, sources, level))
            for eligibility, sources, level in self._layers()
            for item in eligibility.also_check
        )

    def _first(self, fact_of: Callable[[Eligibility], Fact[Any] | None]) -> Condition | None:
        """The condition as the innermost layer sets it that says anything of it."""
        found = (condition(fact_of(eligibility), sources, level) for eligibility, sources, level in self._layers())
        return next((setting for setting in found if setting is not None), None)

    def _layers(self) -> list[_Layer]:
        layers: list[_Layer] = [
            (self.strand.eligibility, self.programme.sources, "strand"),
            (self.programme.eligibility, self.programme.sources, "programme"),
        ]
        if self.call:
            layers.insert(0, (self.call.topic.eligibility, self.call.sources, "call"))
        return layers
