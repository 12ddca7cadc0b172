"""Findings on addresses, for people and for programs."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from thbfund.staff.links.addresses import Place
from thbfund.staff.links.judging import Finding, LinkState

STATES: tuple[LinkState, ...] = ("gone", "moved", "uncertain", "valid")
WHAT_TO_DO = {
    "gone": "Look for the page's new address, or cite another source.",
    "moved": "Open the new address, see that it is the same page, and write it down.",
    "uncertain": "Open it yourself: many sites refuse programs but not people.",
}

Findings = Mapping[str, Finding]
Places = Mapping[str, Sequence[Place]]


def as_text(findings: Findings, places: Places) -> str:
    """A list of what needs a look, the gravest first, then how many of each there are."""
    lines: list[str] = []
    for state in STATES[:-1]:
        found = {address: finding for address, finding in findings.items() if finding.state == state}
        if found:
            lines += ["", f"{state.upper()} ({len(found)}). {WHAT_TO_DO[state]}"]
        for address, finding in found.items():
            to = f" -> {finding.moved_to}" if finding.moved_to else ""
            lines.append(f"  {address}{to} ({finding.reason})")
            lines += [f"    {place}" for place in places[address]]
    counts = Counter(finding.state for finding in findings.values())
    lines += ["", f"{len(findings)} addresses: " + ", ".join(f"{counts[state]} {state}" for state in STATES)]
    return "\n".join(lines).lstrip("\n")


def as_json(findings: Findings, places: Places) -> str:
    """All findings as JSON, by address."""
    values = [
        {"url": address, **asdict(finding), "places": [asdict(place) for place in places[address]]}
        for address, finding in findings.items()
    ]
    return json.dumps(values, ensure_ascii=False, indent=2)


WRITERS = {"text": as_text, "json": as_json}
