"""ADVISE: what a thin description leaves out, each with an example of how it could be said. Moves no score."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from thbfund.matching import THIN_WORDS, MatchReport
from thbfund.said import Said, say
from thbfund.text.cleaning import words

_YEAR = re.compile(r"(19|20)\d\d")
_ACT = re.compile(r"\b\d+/\d+(?:/[A-Z]+)?")  # the number of a law, as in Directive 2011/36/EU, counts no people


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing to add to a description.

    Attributes:
        aspect: one of `ASPECTS`.
        text: what to say.
        example: how it could be said.
    """

    aspect: str
    text: Said
    example: Said


ASPECTS: Mapping[str, tuple[Said, Said]] = {
    "whom": (say("Say who is helped"), say("women and girls who were trafficked for sexual exploitation")),
    "against_what": (say("Say against what"), say("against forced labour on farms")),
    "how": (say("Say what you will do"), say("we run a shelter, give legal aid and train social workers")),
    "where": (say("Say where the work takes place"), say("in Romania and Italy")),
    "with_whom": (say("Say with whom you work"), say("with the police and a partner organisation in Spain")),
    "how_many": (say("Say how many people you reach"), say("for 120 survivors in two years")),
}
"""What a description tells, and an example of each, in the order in which one would write it."""
_ALWAYS = ("whom", "against_what", "how", "where")  # the ranking rests on these; the others are asked of thin texts


def hints(report: MatchReport) -> tuple[Hint, ...]:
    """What could be added to the description, judged by what was not recognised in it; nothing where all is told."""
    asked = ASPECTS if report.understood.word_count < THIN_WORDS else _ALWAYS
    return tuple(Hint(aspect, *ASPECTS[aspect]) for aspect in asked if not _TOLD[aspect](report))


def _tells_a_number(report: MatchReport) -> bool:
    text = _ACT.sub("", report.understood.text)
    numbers = (word.folded for word in words(text) if word.folded.isdecimal())
    return any(not _YEAR.fullmatch(number) for number in numbers)


_TOLD: Mapping[str, Callable[[MatchReport], bool]] = {
    "whom": lambda report: bool(report.understood.concepts["target_groups"]),
    "against_what": lambda report: bool(report.understood.concepts["forms_of_exploitation"]),
    "how": lambda report: bool(report.understood.concepts["activities"]),
    "where": lambda report: bool(report.understood.places),
    "with_whom": lambda report: report.project.partners is not None or bool(report.understood.partnership),
    "how_many": _tells_a_number,
}
