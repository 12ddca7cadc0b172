"""Which ways in a strand has for small organisations."""

from datetime import date

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.guidance import WayIn
from thbfund.catalogue.model import Programme, Strand, TypeAdmission
from thbfund.rules.conditions import Conditions

NGO = "ngo"  # small organisations that ask are NGOs; a small firm or town has other ways


def ways_in(catalogue: Catalogue, programme: Programme, strand: Strand, on: date) -> tuple[WayIn, ...]:
    """The ways in of a strand, in the order of the catalogue; of a kind the most particular one."""
    found = [way for way in catalogue.guidance.ways_in if _has(way, Conditions(programme, strand, on))]
    named = {way.kind for way in found if way.strands}
    return tuple(way for way in found if way.strands or way.kind not in named)


def _has(way: WayIn, conditions: Conditions) -> bool:
    programme, strand = conditions.programme, conditions.strand
    return (
        any(place.programme == programme.id and place.strand == strand.id for place in way.strands)
        or strand.route.value in way.routes
        or (way.role is not None and _admitted(conditions, way.role))
        or (way.smallest_grant_eur is not None and _begins_at(conditions, way.smallest_grant_eur))
    )


def _admitted(conditions: Conditions, role: str) -> bool:
    found = conditions.applicant_types(role)
    return found is not None and isinstance(found.value, TypeAdmission) and found.value.answer(NGO) == "open"


def _begins_at(conditions: Conditions, amount: int) -> bool:
    grant = conditions.of("grant")
    return grant is not None and grant.value is not None and (grant.value.min_eur or amount + 1) <= amount
