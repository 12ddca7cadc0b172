"""Which programmes and calls a follower wants to hear of: by programme, priority, kind of applicant and country."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from thbfund.catalogue.calls import Topic
from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.coverage_checks import SOLID
from thbfund.catalogue.model import PlaceAdmission, Programme, TypeAdmission
from thbfund.catalogue.vocabulary import Vocabularies
from thbfund.report.calendar import Listed
from thbfund.rules.conditions import CallTopic, Conditions

ROLES = ("lead", "partner")  # the roles in which money is received; a follower waits for nothing else


@dataclass(frozen=True, slots=True)
class Selection:
    """What is wanted; of each kind any one will do, and an empty one asks nothing.

    Attributes:
        programmes: ids.
        priorities: ids; a strand is wanted where it serves one of them with grade 2 or 3.
        applicant_types: ids; a strand is wanted unless its rules shut all of them out, as lead and as partner.
        countries: codes of the applicant's country; likewise. What is unknown shuts nobody out.
    """

    programmes: Collection[str] = ()
    priorities: Collection[str] = ()
    applicant_types: Collection[str] = ()
    countries: Collection[str] = ()

    def wants(
        self, programme: Programme, catalogue: Catalogue, on: date, strand: str = "", call: CallTopic | None = None
    ) -> bool:
        """Whether a programme is wanted, or one strand of it, or one topic in that strand."""
        if self.programmes and programme.id not in self.programmes:
            return False
        strands = [found for found in programme.strands if strand in {"", found.id}]
        conditions = (Conditions(programme, found, on, call) for found in strands)
        return any(self._wants(found, catalogue.vocabularies) for found in conditions)

    def _wants(self, strand: Conditions, vocabularies: Vocabularies) -> bool:
        grades = strand.strand.relevance
        if self.priorities and all(key not in grades or grades[key].grade < SOLID for key in self.priorities):
            return False
        return any(self._may_be(role, strand, vocabularies) for role in ROLES)

    def _may_be(self, role: str, strand: Conditions, vocabularies: Vocabularies) -> bool:
        """Whether one of the kinds of applicant, and one from the countries, may take this role."""
        by_type, by_country = strand.applicant_types(role), strand.countries(role)
        types: TypeAdmission | None = by_type.value if by_type else None
        places: PlaceAdmission | None = by_country.value if by_country else None
        of_type = not self.applicant_types or any(
            types is None or types.answer(kind) != "closed" for kind in self.applicant_types
        )
        from_there = not self.countries or any(
            places is None or places.answer(country, vocabularies) != "closed" for country in self.countries
        )
        return of_type and from_there


def wanted_calls(
    found: Iterable[Listed], selection: Selection, statuses: Collection[str], catalogue: Catalogue, on: date
) -> list[Listed]:
    """Of open, announced and expected calls those that a follower wants, by the conditions of each call itself."""
    return [item for item in found if _wanted_call(item, selection, statuses, catalogue, on)]


def _wanted_call(item: Listed, selection: Selection, statuses: Collection[str], catalogue: Catalogue, on: date) -> bool:
    subject = item.subject
    if not isinstance(subject, Topic):
        return "expected" in statuses and selection.wants(item.programme, catalogue, on, subject.family.strand)
    call = CallTopic(subject, item.calls.sources)
    return subject.status(on) in statuses and selection.wants(item.programme, catalogue, on, subject.strand, call)
