"""Several results side by side, point by point, those first in which they differ."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from thbfund import explain
from thbfund.catalogue.model import Consortium, GrantRange, PlaceAdmission
from thbfund.financing import conditions_now, eu_rate, financing
from thbfund.matching import Match, MatchReport
from thbfund.report.sources import sources_of
from thbfund.rules.conditions import Conditions
from thbfund.rules.consortium import consortium_in_words
from thbfund.rules.wording import euro, joined, percent, places_in_words, span_of
from thbfund.said import say, say_count

FEWEST = 2
NOT_KNOWN = say("not known")


@dataclass(frozen=True, slots=True)
class Row:
    """One point of the comparison.

    Attributes:
        point: its name.
        cells: what each result has on it, in the order asked for.
    """

    point: str
    cells: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Whether the results are not all the same on it."""
        return len(set(self.cells)) > 1


def side_by_side(matches: Sequence[Match], report: MatchReport) -> tuple[Row, ...]:
    """Compare results on every point; where they differ comes first, in the order of the points."""
    rows = [Row(point, tuple(of(match, report) for match in matches)) for point, of in _POINTS.items()]
    return tuple(sorted(rows, key=lambda row: not row.differs))


def _conditions(match: Match, report: MatchReport) -> Conditions:
    return Conditions(match.programme, match.judgement.strand, report.on)


def _route(match: Match, report: MatchReport) -> str:
    route = match.judgement.strand.route.value
    return report.catalogue.vocabularies.label("routes", route) if route else NOT_KNOWN


def _rate(match: Match, report: MatchReport) -> str:
    rate = eu_rate(match, report)
    return NOT_KNOWN if rate is None else say("at most {share} of the costs", share=percent(rate))


def _grant(match: Match, report: MatchReport) -> str:
    found = conditions_now(match, report).of("grant")
    grant = found.value if found else None
    return span_of(grant.min_eur, grant.max_eur, euro) if isinstance(grant, GrantRange) else NOT_KNOWN


def _consortium(match: Match, report: MatchReport) -> str:
    found = _conditions(match, report).of("consortium")
    need = found.value if found else None
    if not isinstance(need, Consortium):
        return NOT_KNOWN
    if need.min_organisations <= 1:
        return say("one organisation is enough")
    return say("at least {low}", low=consortium_in_words(need, report.catalogue.vocabularies))


def _countries(match: Match, report: MatchReport) -> str:
    found = _conditions(match, report).countries("lead")
    admitted = found.value if found else None
    if not isinstance(admitted, PlaceAdmission):
        return NOT_KNOWN
    return places_in_words(admitted, report.catalogue.vocabularies) or NOT_KNOWN


def _people(match: Match, report: MatchReport) -> str:
    groups = match.judgement.strand.tags.target_groups
    return joined(report.catalogue.vocabularies.label("target_groups", group) for group in groups) or NOT_KNOWN


def _sources(match: Match, report: MatchReport) -> str:
    found = sources_of(match, report)
    days = [basis.checked_on for basis in found if basis.checked_on]
    if not days:
        return NOT_KNOWN
    return say_count("{n} source, last read on {day}", "{n} sources, last read on {day}", len(found), day=max(days))


_POINTS: Mapping[str, Callable[[Match, MatchReport], str]] = {
    say("Fit"): lambda match, _: explain.BAND_WORDS[match.scored.band],
    say("May we apply?"): lambda match, _: explain.verdict(match),
    say("Role"): lambda match, _: explain.ROLE_WORDS[match.judgement.role.role],
    say("What stands in the way"): lambda match, _: explain.obstacle(match.judgement) or say("nothing on record"),
    say("Next date"): lambda match, _: explain.timing(match),
    say("Way to apply"): _route,
    say("Share the EU pays"): _rate,
    say("Size of the grant"): _grant,
    say("Own contribution to this project"): lambda match, report: financing(match, report).own.because,
    say("Consortium"): _consortium,
    say("Seat of the lead"): _countries,
    say("People it is for"): _people,
    say("Sources"): _sources,
}
