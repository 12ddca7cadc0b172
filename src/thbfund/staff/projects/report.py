"""Proposals on projects as text or JSON."""

import json
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any

from thbfund.report.inert import plain
from thbfund.staff.projects.found import VERBS, Proposal, PublicProject


def proposals_text(found: Sequence[Proposal]) -> str:
    """A paragraph for each kind of proposal; what is not on our subject is counted alone."""
    lines: list[str] = []
    for verb, own in groupby(found, key=lambda proposal: proposal.verb):
        if verb == "pass":
            continue
        lines += [f"{VERBS[verb]}:"]
        for proposal in own:
            lines += [f"  {plain(_line(proposal.project))}", *(f"    {plain(said)}" for said in proposal.differences)]
        lines += [""]
    counted = (f"{sum(proposal.verb == verb for proposal in found)} {verb}" for verb in VERBS)
    return "\n".join([*lines, f"{len(found)} projects with words of the field: {', '.join(counted)}."])


def proposals_json(found: Sequence[Proposal]) -> str:
    """All of it as values, without the projects' texts."""
    return json.dumps([_values(proposal) for proposal in found], ensure_ascii=False, indent=2)


WRITERS: Mapping[str, Callable[[Sequence[Proposal]], str]] = {"text": proposals_text, "json": proposals_json}
"""Formats of the proposals, and what writes each."""


def _line(project: PublicProject) -> str:
    years = "-".join(str(year) for year in (project.start, project.end) if year) or "years not said"
    grant = f"{project.grant} EUR" if project.grant else "grant not said"
    who = project.programme or "another programme"
    return f"{project.acronym or project.key} ({who}, {years}, {grant}): {project.title} <{project.url}>"


def _values(proposal: Proposal) -> dict[str, Any]:
    project = proposal.project
    return {
        "id": project.key, "acronym": project.acronym, "title": project.title, "programme": project.programme,
        "year_start": project.start, "year_end": project.end, "lead_country": project.lead,
        "countries": list(project.countries), "grant_eur": project.grant, "source_url": project.url,
        "label_basis": project.basis, "proposal": proposal.verb, "differences": list(proposal.differences),
    }  # fmt: skip
