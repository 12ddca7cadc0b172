"""PRESENT: a project part by part, as plain values for JSON, as sentences, and as lines of Markdown."""

from collections.abc import Iterator
from typing import Any

from thbfund import explain
from thbfund.matching import Match, MatchReport
from thbfund.parts import Part, PartByPart
from thbfund.report.guidance import proof, proof_line
from thbfund.report.highlights import highlights
from thbfund.report.inert import inert_markdown
from thbfund.rules.wording import joined
from thbfund.said import say, say_count, sentences

SHOWN = 3  # programmes named for a part; all of them stand in the whole list
MONEY_OF_THE_WHOLE = say("Budget and grant are those of the whole, so what a part may cost is left open here.")
DOUBLE_FUNDING = say("Beware of double funding: no cost may be paid twice. To settle first:")
NOTHING_FITS = say("Nothing in force fits.")


def parts_values(found: PartByPart, report: MatchReport) -> dict[str, Any]:
    """A project part by part as dictionaries and lists."""
    sources = report.catalogue.guidance.sources("fit") if found.double_funding else {}
    return {
        "text": summary(found, report),
        "found": [_part(part, found, report) for part in found.parts],
        "programmes": list(found.programmes),
        "double_funding": [
            {"id": one.id, "question": one.question, "text": one.text, **proof(one, sources, report.on)}
            for one in found.double_funding
        ],
    }


def summary(found: PartByPart, report: MatchReport) -> str:
    """In a sentence or two: how many parts, and which programmes could pay for all of them."""
    labels = [family_label(family, report) for family in found.families]
    names = joined(report.catalogue.programmes[key].short_name for key in found.programmes)
    if not labels:
        return say("The description does not say what is done, or nothing here fits; it was not taken apart.")
    if not found.parts:
        return say("The description speaks of one kind of work: {work}.", work=labels[0])
    kinds = say_count(
        "The description speaks of {n} kind of work: {works}.",
        "The description speaks of {n} kinds of work: {works}.",
        len(labels),
        works=joined(labels, ";"),
    )
    carried = (
        say("One programme could carry them: {names}.", names=names)
        if len(found.programmes) == 1
        else say("The fewest programmes that could carry them: {names}.", names=names)
    )
    bare = joined((family_label(part.family, report) for part in found.parts if not part.fitting), ";")
    return sentences(
        kinds, carried if found.programmes else "", say("Nothing in force fits: {works}.", works=bare) if bare else ""
    )


def family_label(family: str, report: MatchReport) -> str:
    """A kind of work in words."""
    return report.catalogue.vocabularies.label("activity_families", family)


def offer(match: Match) -> str:
    """A programme for a part, in a line."""
    words = (
        explain.BAND_WORDS[match.scored.band],
        explain.verdict(match),
        explain.ROLE_WORDS[match.judgement.role.role],
    )
    return say("{programme}: {words}", programme=match.programme.name, words=joined(words, ","))


def parts_lines(found: PartByPart, report: MatchReport) -> list[str]:
    """A section of Markdown."""
    return [*_lines(found, report), ""]


def _lines(found: PartByPart, report: MatchReport) -> Iterator[str]:
    yield from ("## Part by part", "", inert_markdown(summary(found, report)))
    if not found.parts:
        return
    yield from (inert_markdown(MONEY_OF_THE_WHOLE), "")
    for part in found.parts:
        yield f"- {inert_markdown(family_label(part.family, report))}"
        yield from (f"  - {inert_markdown(offer(match))}" for match in part.fitting[:SHOWN])
        if not part.fitting:
            yield f"  - {NOTHING_FITS}"
    if found.double_funding:
        yield from ("", DOUBLE_FUNDING, "")
    for one in found.double_funding:
        known = proof_line(one, report.catalogue.guidance.sources("fit"), report.on)
        yield f"- **{inert_markdown(one.question)}** {inert_markdown(one.text)}{known}"


def _part(part: Part, found: PartByPart, report: MatchReport) -> dict[str, Any]:
    chosen = found.programme_for(part)
    return {
        "family": part.family,
        "label": family_label(part.family, report),
        "activities": [{"id": concept.id, "words": highlights(concept)} for concept in part.activities],
        "programmes": [_offer(match) for match in part.fitting[:SHOWN]],
        "programme": chosen.programme.id if chosen else None,
    }


def _offer(match: Match) -> dict[str, Any]:
    return {
        "programme": match.programme.id,
        "score": match.scored.score,
        "band": match.scored.band,
        "verdict": match.judgement.verdict,
        "role": match.judgement.role.role,
    }
