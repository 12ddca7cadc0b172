"""The conditions that one strand sets: those of a call first, then its own, then those that its programme shares."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import product
from operator import attrgetter
from typing import Any

from thbfund.catalogue.calls import Topic
from thbfund.catalogue.facts import Evidence, Fact, Source
from thbfund.catalogue.freshness import Owner
from thbfund.catalogue.model import AlsoCheck, Eligibility, Programme, Strand
from thbfund.rules.outcome import Basis, Condition, Level, basis_of

AlsoChecks = tuple[tuple[AlsoCheck, Basis], ...]
"""What no rule can compute, each with its source."""

ROLES = ("lead", "partner", "associated", "sub_grantee")

_BY_ROLE = ("applicant_types", "countries")
_OF_STRAND = ("route", "closed_for_good_on")
_OF_PROGRAMME = ("in_force",)
_NAMES = (
    *_OF_PROGRAMME,
    *_OF_STRAND,
    *(f"{name}.{role}" for name in _BY_ROLE for role in ROLES),
    *(name for name in Eligibility.model_fields if name not in {*_BY_ROLE, "also_check"}),
)
"""Every condition that a rule may read."""
_FACT = {name: attrgetter(name) for name in _NAMES}


@dataclass(frozen=True, slots=True)
class CallTopic:
    """A topic with the sources of the file that it stands in."""

    topic: Topic
    sources: Mapping[str, Source]


@dataclass(frozen=True, slots=True)
class _Layer:
    """A place that may set a condition, and whose file it is."""

    holder: Any
    level: Level
    owner: Owner
    sources: Mapping[str, Source]

    def basis(self, evidence: Evidence, on: date, *, by_call: bool = False) -> Basis:
        return basis_of(evidence, self.sources, self.level, self.owner, on, by_call=by_call)

    def condition(self, fact: Fact[Any], on: date) -> Condition:
        by_call = fact.set_by == "call"
        others = tuple(Condition(other.value, self.basis(other, on, by_call=by_call)) for other in fact.disputed)
        return Condition(fact.value, self.basis(fact, on, by_call=by_call), others)


@dataclass(frozen=True, slots=True)
class Conditions:
    """All conditions of one strand, or of one topic in it, ready to be judged by.

    What was looked up once is kept, for rules share conditions and one strand may judge many projects.

    Attributes:
        on: the day on which one judges; a check of a fact may be too old by then.
        successor: name of the programme that follows; "" where none does or only its id is known.
        instead: by name, what other sources say, where these conditions follow them and not the better source.
    """

    programme: Programme
    strand: Strand
    on: date
    call: CallTopic | None = None
    successor: str = ""
    instead: Mapping[str, Condition] = field(default_factory=dict)
    _kept: dict[str, Condition | None] = field(default_factory=dict, init=False, repr=False, compare=False)
    _to_check: list[AlsoChecks] = field(default_factory=list, init=False, repr=False, compare=False)

    def of(self, name: str) -> Condition | None:
        """The condition of that name as the innermost layer sets it that says anything of it; None where none does.

        A name is a field of `Eligibility` (`eu_rate`, `countries.lead`), `in_force`, `route` or `closed_for_good_on`.
        """
        if name in self.instead:
            return self.instead[name]
        if name not in self._kept:
            found = self._fact(name)
            self._kept[name] = found[1].condition(found[0], self.on) if found else None
        return self._kept[name]

    def applicant_types(self, role: str) -> Condition | None:
        """Admitted types of applicant in a role."""
        return self.of(f"applicant_types.{role}")

    def countries(self, role: str) -> Condition | None:
        """Admitted countries of establishment in a role."""
        return self.of(f"countries.{role}")

    def also_check(self) -> AlsoChecks:
        """Conditions that cannot be computed, each with its source."""
        if not self._to_check:
            layers = self._layers("also_check")
            found = tuple((item, layer.basis(item, self.on)) for layer in layers for item in layer.holder.also_check)
            self._to_check.append(found)
        return self._to_check[0]

    def readings(self) -> list["Conditions"]:
        """These conditions by the better sources, then by each other combination of what sources say.

        The fewer conditions follow other sources, the earlier a combination comes.
        """
        facts = ((name, self._fact(name)) for name in _NAMES)
        disputed = {name: found[1].condition(found[0], self.on) for name, found in facts if found and found[0].disputed}
        choices = product(*((found, *found.others) for found in disputed.values()))
        readings = [replace(self, instead=_differing(disputed, choice)) for choice in choices]
        return sorted(readings, key=lambda reading: len(reading.instead))

    def _fact(self, name: str) -> tuple[Fact[Any], _Layer] | None:
        """The innermost fact of that name, and where it stands."""
        fact_of = _FACT[name]
        for layer in self._layers(name):
            if (fact := fact_of(layer.holder)) is not None:
                return fact, layer
        return None

    def _layers(self, name: str) -> Iterator[_Layer]:
        """The places that may set a condition, the innermost first."""
        programme, strand, sources = self.programme, self.strand, self.programme.sources
        if name in _OF_PROGRAMME:
            yield _Layer(programme, "programme", programme, sources)
        elif name in _OF_STRAND:
            yield _Layer(strand, "strand", programme, sources)
        else:
            if self.call:
                yield _Layer(self.call.topic.eligibility, "call", self.call.topic, self.call.sources)
            yield _Layer(strand.eligibility, "strand", programme, sources)
            yield _Layer(programme.eligibility, "programme", programme, sources)


def _differing(stated: Mapping[str, Condition], choice: Sequence[Condition]) -> dict[str, Condition]:
    """By name, what a choice takes from other sources."""
    return {name: chosen for name, chosen in zip(stated, choice, strict=True) if chosen is not stated[name]}
