"""ADVISE: which marks of the EU approach a description shows, by which words, and what is missing; no score."""

from dataclasses import dataclass

from thbfund.catalogue.policy import Approach, Sign
from thbfund.catalogue.vocabulary import Vocabularies
from thbfund.matching import MatchReport
from thbfund.rules.wording import joined
from thbfund.said import say
from thbfund.text import Concept


@dataclass(frozen=True, slots=True)
class Shown:
    """A sign that was found, with the words that showed it."""

    sign: Sign
    concept: Concept


@dataclass(frozen=True, slots=True)
class Checked:
    """One mark of the approach, checked in one description.

    Attributes:
        approach: what it is, and what to cite.
        applies: whether it concerns the project at all.
        because: why it does or does not, where it does not concern every project; else "".
        shown: signs that the text shows.
        missing: signs that no words were found for, though it may show them in others; empty where it does not apply.
    """

    approach: Approach
    applies: bool
    because: str
    shown: tuple[Shown, ...]
    missing: tuple[Sign, ...]


def approach_of(report: MatchReport) -> tuple[Checked, ...]:
    """Check the description of a report; () for a text from outside the field, or without data on the approach."""
    if report.nothing_fits:
        return ()
    return tuple(_checked(approach, report) for approach in report.catalogue.policy.approaches)


def _checked(approach: Approach, report: MatchReport) -> Checked:
    found = report.understood.approach
    shown = tuple(Shown(sign, found[sign.id]) for sign in approach.signs if sign.id in found)
    served = [concept.id for concept in report.understood.concepts["target_groups"] if concept.id in approach.only_for]
    applies = bool(not approach.only_for or served or shown)
    missing = tuple(sign for sign in approach.signs if sign.id not in found) if applies else ()
    because = _because(approach, served, report.catalogue.vocabularies, applies=applies) if approach.only_for else ""
    return Checked(approach, applies, because, shown, missing)


def _because(approach: Approach, served: list[str], vocabularies: Vocabularies, *, applies: bool) -> str:
    """Why a mark that concerns some people alone does or does not concern this project."""
    if served:
        labels = joined(vocabularies.label("target_groups", group) for group in served)
        return say("It applies, for among those served are: {people}.", people=labels)
    if applies:
        return say("It applies, for the text shows signs of it.")
    labels = joined((vocabularies.label("target_groups", group) for group in approach.only_for), "or")
    return say(
        "It does not apply: nothing says that those served are {people}. If some are, or may be, say so.", people=labels
    )
