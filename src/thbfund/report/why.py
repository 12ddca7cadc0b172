"""Why this rank, why not a higher one, and what did nothing: as JSON values and as Markdown."""

from collections.abc import Sequence
from typing import Any

from thbfund.left_out import Change
from thbfund.matching import Match, MatchReport
from thbfund.ranking import Contribution
from thbfund.report.highlights import highlights, quoted, your_words
from thbfund.report.inert import inert_markdown
from thbfund.said import joined, ordinal, say, sentences
from thbfund.text import Concept
from thbfund.why import concept_name, idle_concepts, not_higher, programmes_words, shares_no_words

LEFT_OUT = say("What would change if one thing were left out")
TEXT_STAYS = say(
    "The description itself counts as before, its words and its meaning; what was recognised in it is left out."
)
NOTHING_MOVES = say("Leaving out any one thing that was recognised or stated changes no place among the first five.")
_NO_WORDS = say(
    "The description has no telling words of its own in common with the first five programmes; "
    "what was recognised in it ranks them, and its meaning where that counts."
)


def words_values(contribution: Contribution, match: Match, report: MatchReport) -> dict[str, Any]:
    """The words of both sides for one contribution, as JSON values."""
    return {
        "your_words": your_words(contribution, report.understood),
        "programme_words": programmes_words(match, contribution) or None,
    }


def not_higher_values(match: Match, report: MatchReport) -> dict[str, Any] | None:
    """Why a match does not stand one place higher, as JSON values; None for the first."""
    found = not_higher(match, report)
    if found is None:
        return None
    sides = {"behind": found.behind, "ahead": found.ahead}
    listed = {
        side: [{"name": one.name, "value": one.value, "shared": list(one.shared)} for one in differences]
        for side, differences in sides.items()
    }
    return {"above": found.above.programme.id, "by": found.by, "text": found.text, **listed}


def idle_values(report: MatchReport) -> dict[str, Any]:
    """What was recognised and earned nothing, as JSON values."""
    concepts = [{"kind": kind, "id": one.id, "words": highlights(one)} for kind, one in _idle(report)]
    return {"text": " ".join(idle_sentences(report)), "concepts": concepts}


def left_out_values(changes: Sequence[Change]) -> list[dict[str, Any]]:
    """What would change without one thing each, as JSON values."""
    return [
        {
            "kind": change.kind,
            "id": change.id,
            "words": highlights(change.concept) if change.concept else [],
            "programme": change.match.programme.id,
            "rank": change.match.rank,
            "without": change.without,
            "text": change_sentence(change),
        }
        for change in changes
    ]


def idle_sentences(report: MatchReport) -> list[str]:
    """What was recognised and earned nothing with the first programmes, and whether the texts share no words."""
    named = [_named(kind, concept, report) for kind, concept in _idle(report)]
    idle = say("Recognised, but no tag or place of the first five programmes: {names}.", names=joined(named, ";"))
    return [*([idle] if named else []), *([_NO_WORDS] if not report.nothing_fits and shares_no_words(report) else [])]


def change_sentence(change: Change) -> str:
    """What would change without one thing."""
    said = quoted(highlights(change.concept)[:1]) if change.concept else ""
    return say(
        "Without {name}, {programme} would come {without} instead of {rank}.",
        name=say("{words} ({name})", words=said, name=change.name) if said else change.name,
        programme=change.match.programme.name,
        without=ordinal(change.without),
        rank=ordinal(change.match.rank),
    )


def words_sentence(contribution: Contribution, match: Match, report: MatchReport) -> str:
    """The words of both sides for one contribution; "" where there are none to show."""
    said = your_words(contribution, report.understood)
    theirs = programmes_words(match, contribution)
    return sentences(
        say("You wrote: {words}.", words=quoted(said)) if said else "",
        say("The programme says: {words}", words=quoted([theirs])) if theirs else "",
    )


def not_higher_lines(match: Match, report: MatchReport) -> list[str]:
    """A line of Markdown; none for the first."""
    found = not_higher(match, report)
    return [f"- Why not higher: {inert_markdown(found.text)}"] if found else []


def why_lines(report: MatchReport, changes: Sequence[Change] | None) -> list[str]:
    """Sections of Markdown: what did nothing, and where it was asked for what would change."""
    lines = [f"{inert_markdown(said)}\n" for said in idle_sentences(report)]
    if changes is not None:
        listed = [f"- {inert_markdown(change_sentence(change))}" for change in changes] or [NOTHING_MOVES]
        lines += [f"## {LEFT_OUT}", "", *listed, "", TEXT_STAYS, ""]
    return lines


def _idle(report: MatchReport) -> tuple[tuple[str, Concept], ...]:
    return () if report.nothing_fits else idle_concepts(report)


def _named(kind: str, concept: Concept, report: MatchReport) -> str:
    said = quoted(highlights(concept)[:1])
    name = concept_name(kind, concept, report.catalogue.vocabularies)
    return say("{name} ({words})", name=name, words=said) if said else name
