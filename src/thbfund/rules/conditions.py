"""The conditions that one strand sets: its own facts first, then those that all strands of its programme share."""

from dataclasses import dataclass
from typing import Any

from thbfund.catalogue.facts import Fact
from thbfund.catalogue.model import AlsoCheck, Eligibility, Programme, Strand
from thbfund.rules.outcome import Basis, Condition, Level, basis_of, condition

ROLES = ("lead", "partner", "associated", "sub_grantee")


@dataclass(frozen=True, slots=True)
class Conditions:
    """All conditions of one strand, ready to be judged by."""

    programme: Programme
    strand: Strand

    def of(self, name: str) -> Condition | None:
        """The condition of that name (a field of `Eligibility`); None where the catalogue is silent."""
        return self._first(getattr(self.strand.eligibility, name), getattr(self.programme.eligibility, name))

    def applicant_types(self, role: str) -> Condition | None:
        """Admitted types of applicant in a role."""
        return self._by_role("applicant_types", role)

    def countries(self, role: str) -> Condition | None:
        """Admitted countries of establishment in a role."""
        return self._by_role("countries", role)

    def also_check(self) -> tuple[tuple[AlsoCheck, Basis], ...]:
        """Conditions that cannot be computed, each with its source."""
        levels: tuple[tuple[Eligibility, Level], ...] = (
            (self.strand.eligibility, "strand"),
            (self.programme.eligibility, "programme"),
        )
        return tuple(
            (item, basis_of(item, self.programme.sources, level))
            for eligibility, level in levels
            for item in eligibility.also_check
        )

    def _by_role(self, name: str, role: str) -> Condition | None:
        own = getattr(getattr(self.strand.eligibility, name), role)
        return self._first(own, getattr(getattr(self.programme.eligibility, name), role))

    def _first(self, own: Fact[Any] | None, shared: Fact[Any] | None) -> Condition | None:
        sources = self.programme.sources
        return condition(own, sources, "strand") or condition(shared, sources, "programme")
