"""Whether the applicant and the sums are such as a programme's funded projects had: lead, seat, grant, partners.

Each is a likelihood ratio, smoothed: how often the programme's projects had it against all projects on record. What is
not known says nothing; what is unusual counts against. It tells what was usual, never what is allowed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log, sqrt
from statistics import fmean, pstdev

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.labelled import Record
from thbfund.project import Project
from thbfund.ranking.features import Feature
from thbfund.ranking.lineages import kin

PRIOR = 2.0  # as many invented projects with the mean of all: a programme with few on record stays near the middle
SPAN = 3.0  # natural logarithm of the ratio that counts as full, 20 to 1
KINDS_OF_ANSWER = 8  # types of lead; the first guess of how often a new one occurs
MANY_PARTNERS = 4
KEPT = 1024  # answers kept: types, countries and numbers of partners are few, and the same for many projects

Key = str | int
Apart = frozenset[str]


@dataclass(frozen=True, slots=True)
class _Aspect:
    """One thing that project and record both have; None where it is not known."""

    name: str
    of_project: Callable[[Project], Key | None]
    of_record: Callable[[Record], Key | None]


def _partners(count: int | None) -> int | None:
    return None if count is None else min(count, MANY_PARTNERS)


_COUNTED = (
    _Aspect("usual_lead", lambda project: project.applicant.type, lambda record: record.lead_org_type),
    _Aspect("usual_seat", lambda project: project.applicant.country, lambda record: record.lead_country),
    _Aspect(
        "usual_partners",
        lambda project: _partners(None if project.partners is None else len(project.partners)),
        lambda record: _partners(None if record.partner_countries is None else len(record.partner_countries)),
    ),
)


class UsualProjects:
    """What the labelled records of a catalogue have in common, per programme."""

    def __init__(self, catalogue: Catalogue, records: Sequence[Record]) -> None:
        self._known = {
            aspect.name: [
                (record.group, record.programme, of_record)
                for record in records
                if (of_record := aspect.of_record(record)) is not None
            ]
            for aspect in _COUNTED
        }
        self._amounts = [
            (record.group, record.programme, log(amount)) for record in records if (amount := _amount(record))
        ]
        self._kin = {key: kin(key, catalogue) for key in catalogue.programmes}
        self._counted = lru_cache(maxsize=KEPT)(self._count)
        self._amounts_of = lru_cache(maxsize=KEPT)(self._weigh_amounts)

    def features(self, project: Project, apart: Apart) -> Mapping[str, Mapping[str, Feature]]:
        """By name of the feature and programme, none where the project does not say; `apart` are groups left out."""
        found = {aspect.name: self._counted(aspect, aspect.of_project(project), apart) for aspect in _COUNTED}
        return {**found, "usual_grant": self._grant(project, apart)}

    def _count(self, aspect: _Aspect, asked: Key | None, apart: Apart) -> Mapping[str, Feature]:
        if asked is None:
            return {}
        known = [(paid, had == asked) for group, paid, had in self._known[aspect.name] if group not in apart]
        base = (sum(same for _, same in known) + 1) / (len(known) + KINDS_OF_ANSWER)
        return {key: _share(known, programmes, base) for key, programmes in self._kin.items()}

    def _grant(self, project: Project, apart: Apart) -> Mapping[str, Feature]:
        asked = project.requested_grant_eur or project.total_budget_eur
        known = self._amounts_of(apart) if asked else None
        if not asked or known is None:
            return {}
        middle, spread, usual = known
        return {key: _ratio(*of_programme, middle, spread, log(asked)) for key, of_programme in usual.items()}

    def _weigh_amounts(self, apart: Apart) -> tuple[float, float, Mapping[str, tuple[float, float]]] | None:
        """Mean and spread of all amounts, and of each programme's; None where they are too few."""
        amounts = [(paid, amount) for group, paid, amount in self._amounts if group not in apart]
        if len(amounts) < 2:  # noqa: PLR2004 - one amount has no spread
            return None
        everywhere = [amount for _, amount in amounts]
        middle, spread = fmean(everywhere), pstdev(everywhere) or 1.0
        return (
            middle,
            spread,
            {
                key: _usual([amount for paid, amount in amounts if paid in programmes], middle, spread)
                for key, programmes in self._kin.items()
            },
        )


def _amount(record: Record) -> float | None:
    return record.eu_grant_eur or record.total_cost_eur


def _share(known: Sequence[tuple[str, bool]], programmes: frozenset[str], base: float) -> Feature:
    own = [same for paid, same in known if paid in programmes]
    share = (sum(own) + PRIOR * base) / (len(own) + PRIOR)
    return _feature(log(share / base), (str(sum(own)), str(len(own))) if own else ())


def _usual(own: Sequence[float], middle: float, spread: float) -> tuple[float, float]:
    """Mean and spread of a programme's amounts (natural logarithms), drawn towards those of all."""
    count = len(own) + PRIOR
    mean = (sum(own) + PRIOR * middle) / count
    variance = (sum((amount - mean) ** 2 for amount in own) + PRIOR * spread**2) / count
    return mean, sqrt(variance)


def _ratio(mean: float, own_spread: float, middle: float, spread: float, asked: float) -> Feature:
    def density(at: float, wide: float) -> float:
        return -((asked - at) ** 2) / (2 * wide**2) - log(wide)

    return _feature(density(mean, own_spread) - density(middle, spread), ())


def _feature(ratio: float, shared: tuple[str, ...]) -> Feature:
    return Feature(min(SPAN, max(-SPAN, ratio)) / SPAN, shared)
