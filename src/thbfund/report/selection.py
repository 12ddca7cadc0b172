"""Which results are shown, and in what order: presentation alone, no score and no verdict moves.

Used by the screen and by every table that is to hold what the screen shows.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from thbfund import explain
from thbfund.financing import eu_rate, financing
from thbfund.matching import Group, Match, MatchReport
from thbfund.said import say

Order = Literal["fit", "date", "rate", "own", "verdict"]
FacetName = Literal["group", "route", "role", "band", "timing", "period"]

ORDERS: tuple[Order, ...] = get_args(Order)
FACETS: tuple[FacetName, ...] = get_args(FacetName)
NOT_KNOWN = ""
"""The value of a facet of which the catalogue knows none: such a programme can be asked for too, never drops out."""

ORDER_TITLES: Mapping[Order, str] = {
    "fit": say("Best fit first"),
    "date": say("Next date first"),
    "rate": say("Largest EU share first"),
    "own": say("Smallest own contribution first"),
    "verdict": say("Fewest open conditions first"),
}
ORDER_SENTENCES: Mapping[Order, str] = {
    "fit": say(
        "Best fit first within each group; where you cannot lead, those that you may join come first. "
        "Fit says how well the texts agree, not how likely a grant is."
    ),
    "date": say(
        "Next date first within each group: deadlines, then rounds that are expected but not announced; "
        "programmes without a date come last."
    ),
    "rate": say("Largest EU share of the costs first within each group; where it is not known, last."),
    "own": say(
        "Smallest own contribution to this project first within each group; where it cannot be told, last. "
        "It needs the total budget."
    ),
    "verdict": say("Within each group, those with the fewest conditions not met or not known come first."),
}
FACET_TITLES: Mapping[FacetName, str] = {
    "group": say("May we apply?"),
    "route": say("Way to apply"),
    "role": say("Role left to you"),
    "band": say("Fit"),
    "timing": say("Calls"),
    "period": say("Programming period"),
}
GROUP_WORDS: Mapping[Group, str] = {
    "can_apply": say("you may apply"),
    "to_check": say("to check"),
    "cannot_apply": say("not as described"),
    "closed": say("not open on this day"),
}


@dataclass(frozen=True, slots=True)
class Selection:
    """What a reader wants to see; as it is made, everything, best fit first.

    Attributes:
        wanted: by facet, the values that may be shown; a facet left out, or without values, lets all pass.
        order: within each group.
    """

    wanted: Mapping[FacetName, frozenset[str]] = field(default_factory=dict)
    order: Order = "fit"

    @property
    def narrows(self) -> bool:
        """Whether it can leave anything out."""
        return any(self.wanted.values())

    def keeps(self, match: Match, but: FacetName | None = None) -> bool:
        """Whether a match is shown; `but` leaves one facet out of account."""
        return all(
            not values or not values.isdisjoint(_VALUES[facet](match))
            for facet, values in self.wanted.items()
            if facet != but
        )


EVERYTHING = Selection()


def selected(report: MatchReport, selection: Selection = EVERYTHING) -> dict[Group, list[Match]]:
    """What is shown, by group in the order of display; groups with nothing to show are left out."""
    groups = {
        group: [match for match in matches if selection.keeps(match)]
        for group, matches in explain.grouped(report).items()
    }
    if selection.order != "fit":  # for fit they stand in order already
        groups = {
            group: sorted(matches, key=lambda match: _place(match, report, selection.order))
            for group, matches in groups.items()
        }
    return {group: matches for group, matches in groups.items() if matches}


def counts(report: MatchReport, facet: FacetName, selection: Selection = EVERYTHING) -> dict[str, int]:
    """How many programmes each value of a facet would show, the other facets as they are chosen; in order of display.

    Every value that occurs in the report is there, also with 0, so that choices do not come and go.
    """
    found = dict.fromkeys(sorted({value for match in report.matches for value in values(match, facet)}, key=_rank), 0)
    for match in report.matches:
        if selection.keeps(match, but=facet):
            for value in values(match, facet):
                found[value] += 1
    return found


def values(match: Match, facet: FacetName) -> tuple[str, ...]:
    """The values of a match; `NOT_KNOWN` where the catalogue knows none."""
    return _VALUES[facet](match)


def value_words(facet: FacetName, value: str, report: MatchReport) -> str:
    """A value as a reader would call it: words to be said in her language, or a label of the catalogue."""
    if value == NOT_KNOWN:
        return say("not known")
    if facet == "route":
        return report.catalogue.vocabularies.label("routes", value)
    return _WORDS[facet].get(value, value)


def next_day(match: Match) -> date | None:
    """The next day that counts: a deadline, else an opening; None where none is known. No day of an expected round."""
    for found in match.calendar.current:
        if day := found.topic.closes or found.topic.opens:
            return day
    return None


def _place(match: Match, report: MatchReport, order: Order) -> tuple[float, float, int]:
    """Where a match stands: what was asked for, what is not known last, of equals the better fit first."""
    unknown, value = _MEASURES[order](match, report)
    return unknown, value, match.rank


def _date(match: Match, _: MatchReport) -> tuple[float, float]:
    if day := next_day(match) if match.timing in {"open", "forthcoming"} else None:
        return 0, day.toordinal()
    if match.timing == "expected":
        return 1, match.calendar.expected[0].year
    return 2, 0


def _rate(match: Match, report: MatchReport) -> tuple[float, float]:
    rate = eu_rate(match, report)
    return (1, 0) if rate is None else (0, -rate)


def _own(match: Match, report: MatchReport) -> tuple[float, float]:
    own = financing(match, report).own.value
    return (1, 0) if own is None else (0, own)


def _open_conditions(match: Match, _: MatchReport) -> tuple[float, float]:
    answers = [outcome.answer for outcome in match.judgement.outcomes]
    return answers.count("not_met"), answers.count("unknown")


def _rank(value: str) -> tuple[bool, int, str]:
    """Values in the order in which people think of them, what is not known last."""
    return value == NOT_KNOWN, _ORDER_OF_VALUES.get(value, 0), value


_MEASURES: Mapping[Order, Callable[[Match, MatchReport], tuple[float, float]]] = {
    "date": _date,
    "rate": _rate,
    "own": _own,
    "verdict": _open_conditions,
}
_VALUES: Mapping[FacetName, Callable[[Match], tuple[str, ...]]] = {
    "group": lambda match: (match.group,),
    "route": lambda match: (match.judgement.strand.route.value or NOT_KNOWN,),
    "role": lambda match: (match.judgement.role.role,),
    "band": lambda match: (match.scored.band,),
    "timing": lambda match: (match.timing,),
    "period": lambda match: match.programme.periods,
}
_WORDS: Mapping[FacetName, Mapping[str, str]] = {
    "group": {str(group): words for group, words in GROUP_WORDS.items()},
    "role": explain.ROLE_WORDS,
    "band": explain.BAND_WORDS,
    "timing": explain.TIMING_WORDS,
    "period": {},
}
_ORDER_OF_VALUES = {
    value: place
    for words in (GROUP_WORDS, explain.ROLE_WORDS, explain.BAND_WORDS, explain.TIMING_WORDS)
    for place, value in enumerate(words)
}
