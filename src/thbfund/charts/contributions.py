"""Rows of the charts on scores: the parts of one score, and those of the first programmes side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from babel.numbers import format_decimal

from thbfund.contributions import CONTRIBUTION_NAMES, because
from thbfund.matching import Match, MatchReport
from thbfund.report.why import words_sentence
from thbfund.said import Said, say
from thbfund.speaking import Speaker

FIRST = 5  # programmes side by side: more would not fit a phone, and few readers look further

KINDS: Mapping[str, Said] = {
    "words": say("Wording and meaning"),
    "work": say("People, activities, priorities"),
    "place": say("Place of work"),
    "projects": say("Funded projects alike"),
    "usual": say("What is usual"),
}
"""Kinds of contributions, in the order of their numbers in the chart: five are told apart, twelve are not."""

KIND_OF: Mapping[str, str] = {
    "text": "words",
    "meaning": "words",
    "target_groups": "work",
    "activities": "work",
    "priorities": "work",
    "place_of_action": "place",
    "similar_projects": "projects",
    "similar_work": "projects",
    "usual_lead": "usual",
    "usual_seat": "usual",
    "usual_grant": "usual",
    "usual_partners": "usual",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One contribution to a score as a step of a staircase.

    Attributes:
        name: of the contribution.
        value: points; less than 0 takes away.
        start: sum of the parts before it.
        because: what it rests on.
        words: the words of both sides that earned it, at most five of the user's; "" where there are none.
    """

    name: str
    value: float
    start: float
    because: str
    words: str

    @property
    def end(self) -> float:
        """Sum of the parts up to this one."""
        return round(self.start + self.value, 4)


@dataclass(frozen=True, slots=True)
class Piece:
    """All contributions of one kind to the score of one programme, as a piece of a bar.

    Attributes:
        value: points; less than 0 lies to the left of the line.
        start: where the piece begins.
    """

    rank: int
    programme: str
    score: float
    kind: str
    value: float
    start: float

    @property
    def end(self) -> float:
        """Where the piece ends."""
        return round(self.start + self.value, 4)

    @property
    def number(self) -> int:
        """The number of its kind, by which it is known without its colour."""
        return list(KINDS).index(self.kind) + 1


def parts_of(match: Match, report: MatchReport) -> tuple[Part, ...]:
    """The contributions to one score, each beginning where the one before it ends; they add up to the score."""
    found: list[Part] = []
    for one in match.scored.contributions:
        start = found[-1].end if found else 0.0
        said = words_sentence(one, match, report)
        found.append(Part(one.name, one.value, start, because(one, report.catalogue, report.understood.language), said))
    return tuple(found)


def pieces_of(matches: Sequence[Match]) -> tuple[Piece, ...]:
    """The first programmes by score, each cut into kinds; what takes away lies left of the line, the rest right."""
    return tuple(piece for match in sorted(matches, key=lambda one: one.rank)[:FIRST] for piece in _pieces(match))


def _pieces(match: Match) -> list[Piece]:
    left = right = 0.0
    found = []
    for kind in KINDS:
        value = round(sum(one.value for one in match.scored.contributions if KIND_OF[one.name] == kind), 4)
        if value == 0:
            continue
        start = right if value > 0 else left
        name = match.programme.short_name
        found.append(Piece(match.rank, name, match.scored.score, kind, value, start))
        left, right = (left, found[-1].end) if value > 0 else (found[-1].end, right)
    return found


def points(value: float, speak: Speaker) -> str:
    """`+0.05`, `-0.02`: points with their sign, as the language writes them."""
    shown = round(value, 2) + 0.0  # no minus before a zero
    said: str = format_decimal(shown, format="+0.00;-0.00", locale=speak.locale)
    return said


def parts_finding(parts: Sequence[Part], speak: Speaker) -> str:
    """What the chart of one score shows, in a sentence."""
    if not parts:
        return speak("Nothing added to this score.")
    best = max(parts, key=lambda one: one.value)
    worst = min(parts, key=lambda one: one.value)
    said = {"score": parts[-1].end, "best": CONTRIBUTION_NAMES[best.name], "most": best.value, "parts": len(parts)}
    if worst.value >= 0:
        return speak(
            "The score of {score} is the sum of {parts} parts. Most comes from “{best}”: {most}.", **_two(said, speak)
        )
    said |= {"worst": CONTRIBUTION_NAMES[worst.name], "least": worst.value}
    return speak(
        "The score of {score} is the sum of {parts} parts. Most comes from “{best}”: {most}; "
        "“{worst}” takes most away: {least}.",
        **_two(said, speak),
    )


def _two(said: Mapping[str, object], speak: Speaker) -> dict[str, object]:
    """The values of a sentence, points with two decimals."""
    return {name: speak.number(round(value, 2)) if isinstance(value, float) else value for name, value in said.items()}


def parts_table(parts: Sequence[Part], speak: Speaker) -> list[dict[str, str]]:
    """The same numbers as a table, the score last."""
    part, earned = speak("Part"), speak("Points")
    rows = [{part: speak.value(CONTRIBUTION_NAMES[one.name]), earned: points(one.value, speak)} for one in parts]
    score = parts[-1].end if parts else 0.0
    return [*rows, {part: speak("Score, the sum of these parts"), earned: speak.number(round(score, 2))}]


def pieces_finding(pieces: Sequence[Piece], speak: Speaker) -> str:
    """What the chart of the first programmes shows, in a sentence."""
    if not pieces:
        return speak("No programme has a score to show.")
    first = pieces[0]
    best = max((one for one in pieces if one.rank == first.rank), key=lambda one: one.value)
    count = len({one.rank for one in pieces})
    said = {"score": first.score, "most": best.value}
    return speak.count(
        "{n} programme, {programme}, scores {score}; most of it comes from “{kind}”: {most}.",
        "{n} programmes side by side. {programme} scores most, {score}; most of it comes from “{kind}”: {most}.",
        count,
        programme=first.programme,
        kind=KINDS[best.kind],
        **_two(said, speak),
    )


def pieces_table(pieces: Sequence[Piece], speak: Speaker) -> list[dict[str, str]]:
    """The same numbers as a table, a programme in each line; three columns, for more would not fit a phone."""
    rows = []
    for rank in sorted({one.rank for one in pieces}):
        own = [one for one in pieces if one.rank == rank]
        parts = [f"{speak(KINDS[one.kind])} {points(one.value, speak)}" for one in own]
        rows.append(
            {
                speak("Programme"): f"{rank}. {own[0].programme}",
                speak("Parts"): "; ".join(parts),
                speak("Score"): speak.number(round(own[0].score, 2)),
            }
        )
    return rows
