"""Proposals as text, Markdown or JSON: every topic with what is proposed and, where it differs, both values."""

import json
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any

from thbfund.report.inert import inert_markdown, plain
from thbfund.staff.portal.proposal import VERBS, Difference, Proposal
from thbfund.staff.portal.topics import PortalTopic


def proposals_text(found: Sequence[Proposal]) -> str:
    """A paragraph for each kind of proposal."""
    lines: list[str] = []
    for verb, own in groupby(found, key=lambda proposal: proposal.verb):
        lines += [f"{VERBS[verb]}:"]
        for proposal in own:
            lines += [f"  {plain(_line(proposal.topic))}"]
            lines += [f"    {plain(_told(difference))}" for difference in proposal.differences]
        lines += [""]
    return "\n".join([*lines, _total(found)])


def proposals_markdown(found: Sequence[Proposal]) -> str:
    """A heading and a list for each kind of proposal."""
    lines: list[str] = []
    for verb, own in groupby(found, key=lambda proposal: proposal.verb):
        lines += [f"## {VERBS[verb].capitalize()}", ""]
        for proposal in own:
            lines += [f"- {inert_markdown(_line(proposal.topic))}"]
            lines += [f"  - {inert_markdown(_told(difference))}" for difference in proposal.differences]
        lines += [""]
    return "\n".join([*lines, _total(found)])


def proposals_json(found: Sequence[Proposal]) -> str:
    """All of it as values, without the topics' texts."""
    return json.dumps([_values(proposal) for proposal in found], ensure_ascii=False, indent=2)


WRITERS: Mapping[str, Callable[[Sequence[Proposal]], str]] = {
    "text": proposals_text,
    "md": proposals_markdown,
    "json": proposals_json,
}
"""Formats of the proposals, and what writes each."""


def _line(topic: PortalTopic) -> str:
    days = ", ".join(map(str, topic.deadlines)) or "not said"
    return f"{topic.id} ({topic.programme or 'another programme'}, {topic.status}, deadline {days}): {topic.title}"


def _told(difference: Difference) -> str:
    known = f"checked on {difference.since}" if difference.protected else "not verified"
    ours = f"ours {difference.ours} ({known})" if difference.ours else "ours says nothing"
    return f"{difference.fact}: theirs {difference.theirs}, {ours}"


def _total(found: Sequence[Proposal]) -> str:
    counted = (f"{sum(proposal.verb == verb for proposal in found)} {verb}" for verb in VERBS)
    return f"{len(found)} topics: {', '.join(counted)}. Nothing was written."


def _values(proposal: Proposal) -> dict[str, Any]:
    topic = proposal.topic
    return {
        "topic": topic.id, "title": topic.title, "call": topic.call, "programme": topic.programme, "url": topic.url,
        "status": topic.status, "opens_on": _said(topic.opens_on), "deadlines": [str(day) for day in topic.deadlines],
        "budget": topic.budget, "proposal": proposal.verb,
        "differences": [
            {"fact": each.fact, "theirs": str(each.theirs), "ours": each.ours or None, "since": _said(each.since),
             "protected": each.protected}
            for each in proposal.differences
        ],
    }  # fmt: skip


def _said(value: object) -> str | None:
    return None if value is None else str(value)
