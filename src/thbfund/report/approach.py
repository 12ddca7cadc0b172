"""PRESENT: the check of the EU approach, as plain values for JSON, as sentences, and as lines of Markdown."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from thbfund.approach import Checked, Shown, approach_of
from thbfund.catalogue.facts import Source
from thbfund.catalogue.policy import Sign
from thbfund.matching import MatchReport
from thbfund.report.guidance import proof, proof_line
from thbfund.report.highlights import highlights, quoted
from thbfund.report.inert import inert_markdown
from thbfund.said import say

ADVICE = say("Advice that changes no score. What was not found may be there in other words.")


def approach_values(report: MatchReport) -> list[dict[str, Any]]:
    """The four marks as dictionaries and lists; empty for a text from outside the field."""
    found = approach_of(report)
    sources = _sources(report) if found else {}
    return [
        {
            "id": one.approach.id,
            "title": one.approach.title,
            "meaning": one.approach.meaning,
            "applies": one.applies,
            "because": one.because or None,
            "shown": [
                {"id": shown.sign.id, "title": shown.sign.title, "words": highlights(shown.concept)}
                for shown in one.shown
            ],
            "missing": [_missing(sign, sources, report) for sign in one.missing],
            "clause": one.approach.clause,
            "instruments": list(one.approach.instruments),
            **proof(one.approach, sources, report.on),
        }
        for one in found
    ]


def approach_lines(report: MatchReport) -> list[str]:
    """A section of Markdown; nothing for a text from outside the field."""
    found = approach_of(report)
    if not found:
        return []
    lines = ["## The EU approach", "", inert_markdown(ADVICE), ""]
    return [*lines, *(line for one in found for line in _lines(one, report)), ""]


def in_a_word(one: Checked) -> str:
    """`shown`, `shown in part`, `not found` or `does not apply`."""
    if not one.applies:
        return say("does not apply")
    if not one.shown:
        return say("not found")
    return say("shown in part") if one.missing else say("shown")


def shown_words(found: Sequence[Shown]) -> list[str]:
    """Each sign that was found, with the user's words for it."""
    return [say("{sign}: {words}", sign=shown.sign.title, words=quoted(highlights(shown.concept))) for shown in found]


def _sources(report: MatchReport) -> Mapping[str, Source]:
    return report.catalogue.policy.sources("approach")


def _missing(sign: Sign, sources: Mapping[str, Source], report: MatchReport) -> dict[str, Any]:
    return {
        "id": sign.id,
        "title": sign.title,
        "add": sign.add,
        "clause": sign.clause,
        "instruments": list(sign.instruments),
        **proof(sign, sources, report.on),
    }


def _lines(one: Checked, report: MatchReport) -> Iterator[str]:
    sources = _sources(report)
    said = f"{one.approach.meaning} {one.because}".rstrip()
    cite = f" Cite: {inert_markdown(one.approach.clause)}.{proof_line(one.approach, sources, report.on)}"
    yield f"- **{inert_markdown(one.approach.title)}: {in_a_word(one)}.** {inert_markdown(said)}{cite}"
    yield from (f"  - Shown: {inert_markdown(words)}" for words in shown_words(one.shown))
    for sign in one.missing:
        known = proof_line(sign, sources, report.on)
        yield f"  - Not found: {inert_markdown(f'{sign.title}. {sign.add} Cite: {sign.clause}.')}{known}"
