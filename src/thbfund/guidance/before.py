"""What to have ready for one strand, and whom to ask in a country."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.guidance import Authority, ConcernsApplicant, Preparation
from thbfund.catalogue.model import Programme, Strand

Applies = Literal["yes", "perhaps"]

# Doors where another body than the Commission hands the money out, so that one has to find it first.
ROUTES_TO_ASK_AT = {"national_authority", "national_agency", "programme_operator", "programme_secretariat"}


@dataclass(frozen=True, slots=True)
class Who:
    """What is known of an applicant; None is unknown.

    Attributes:
        applicant_type: kind of organisation.
        country: of its seat.
        served: the people served, as far as they were recognised; others may be served too.
    """

    applicant_type: str | None = None
    country: str | None = None
    served: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ToPrepare:
    """Something to have ready, and whether it surely concerns the applicant."""

    item: Preparation
    applies: Applies


def to_prepare(catalogue: Catalogue, programme: Programme, strand: Strand, who: Who) -> tuple[ToPrepare, ...]:
    """What an applicant should have ready for a strand, in the order of the catalogue.

    What concerns others alone is left out; where it is not known whether it concerns the applicant, it applies
    `perhaps`.
    """
    listed = (
        (item, _applies(item.concerns, who))
        for item in catalogue.guidance.preparations
        if item.concerns.includes(programme, strand)
    )
    return tuple(ToPrepare(item, applies) for item, applies in listed if applies)


def _applies(concerns: ConcernsApplicant, who: Who) -> Applies | None:
    answers = [
        _among(who.applicant_type, concerns.applicant_types),
        _among(who.country, concerns.countries),
        # That people were not recognised in a text does not mean that they are not served.
        "yes" if not concerns.target_groups or who.served & set(concerns.target_groups) else "perhaps",
    ]
    if None in answers:
        return None
    return "perhaps" if "perhaps" in answers else "yes"


def _among(known: str | None, listed: Collection[str]) -> Applies | None:
    if not listed:
        return "yes"
    if known is None:
        return "perhaps"
    return "yes" if known in listed else None


def whom_to_ask(
    catalogue: Catalogue, programme: Programme, strand: Strand, country: str | None
) -> tuple[Authority, ...]:
    """The bodies to ask in a country where others than the Commission hand out the money; none for other strands.

    Where no body of that country is on record, or no country is known, the page that leads to all of them.
    """
    listed = authorities(catalogue, programme, strand)
    own = tuple(found for found in listed if found.country is not None and found.country == country)
    return own or tuple(found for found in listed if found.country is None)


def authorities(catalogue: Catalogue, programme: Programme, strand: Strand) -> tuple[Authority, ...]:
    """All bodies on record for a strand; none where the Commission takes the applications."""
    if strand.route.value not in ROUTES_TO_ASK_AT:
        return ()
    return tuple(found for found in catalogue.guidance.authorities if programme.id in found.programmes)
