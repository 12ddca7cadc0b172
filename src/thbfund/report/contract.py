"""PRESENT: a match report as plain values, in the shape that scripts rely on (README, "The JSON answer")."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from thbfund import explain
from thbfund.catalogue.freshness import age
from thbfund.catalogue.policy import Proposal
from thbfund.financing import Financing, financing
from thbfund.left_out import Change
from thbfund.lineage import Lineage, Told, lineage_of
from thbfund.matching import Match, MatchReport
from thbfund.parts import PartByPart
from thbfund.project import Partner
from thbfund.questions import Question, next_question
from thbfund.report.approach import approach_values
from thbfund.report.contributions import contribution_values
from thbfund.report.guidance import guidance_values
from thbfund.report.highlights import highlights
from thbfund.report.parts import parts_values
from thbfund.report.why import idle_values, left_out_values, not_higher_values, words_values
from thbfund.rules import Judgement, Outcome
from thbfund.rules.outcome import Basis
from thbfund.text.reading import Concept
from thbfund.timing import Round


def report_values(
    report: MatchReport,
    top: int | None = None,
    parts: PartByPart | None = None,
    changes: Sequence[Change] | None = None,
) -> dict[str, Any]:
    """Return the report as dictionaries and lists, ready for JSON; the first `top` matches or all."""
    question = next_question(report)
    return {
        "on": report.on.isoformat(),
        "language": report.understood.language,
        "catalogue": {
            "fingerprint": report.catalogue.fingerprint,
            "programmes": len(report.catalogue.programmes),
            "checked_on": report.catalogue.checked_on.isoformat(),
        },
        "understood": _understood(report),
        "warnings": [{"code": warning.code, "message": warning.message} for warning in report.warnings],
        "nothing_fits": report.nothing_fits,
        "matches": [_match(match, report) for match in report.matches[:top]],
        "question": _question(question) if question else None,
        "parts": parts_values(parts, report) if parts else None,
        "approach": approach_values(report),
        "idle": idle_values(report),
        "left_out": None if changes is None else left_out_values(changes),
    }


def report_json(
    report: MatchReport,
    top: int | None = None,
    parts: PartByPart | None = None,
    changes: Sequence[Change] | None = None,
) -> str:
    """The same bytes for the same project, catalogue and date."""
    return json.dumps(report_values(report, top, parts, changes), ensure_ascii=False, indent=2)


def _question(question: Question) -> dict[str, Any]:
    return {
        "field": question.field,
        "text": question.text,
        "because": question.because,
        "among": question.among,
        "recognised": list(question.recognised),
        "answers": [
            {
                "value": _plain(effect.answer.value),
                "like": list(effect.answer.like),
                "open": effect.open,
                "eligible": effect.eligible,
                "settled": effect.settled,
            }
            for effect in question.answers
        ],
    }


def _plain(value: Any) -> Any:
    """An answer as a project file would hold it."""
    if not isinstance(value, tuple):
        return value
    return [part.model_dump() if isinstance(part, Partner) else part for part in value]


def _understood(report: MatchReport) -> dict[str, Any]:
    understood, vocabularies = report.understood, report.catalogue.vocabularies
    tags = {
        name: [{**_concept(concept), "label": vocabularies.label(name, concept.id)} for concept in concepts]
        for name, concepts in understood.concepts.items()
    }
    return {**tags, "places": [_concept(concept) for concept in understood.places]}


def _concept(concept: Concept) -> dict[str, Any]:
    return {"id": concept.id, "declared": concept.declared, "words": highlights(concept)}


def _match(match: Match, report: MatchReport) -> dict[str, Any]:
    judgement, scored = match.judgement, match.scored
    lineage, fixes = lineage_of(match.programme, report.catalogue), explain.fixes(judgement)
    return {
        "rank": match.rank,
        "programme": match.programme.id,
        "name": match.programme.name,
        "strand": judgement.strand.id,
        "scored_strand": scored.document.strand.id,
        "score": scored.score,
        "band": scored.band,
        "verdict": judgement.verdict,
        "role": judgement.role.role,
        "role_because": judgement.role.reason,
        "timing": match.timing,
        "route": judgement.strand.route.value,
        "contributions": [
            {
                **contribution_values(part, report.catalogue, report.understood.language),
                **words_values(part, match, report),
            }
            for part in scored.contributions
        ],
        "not_higher": not_higher_values(match, report),
        "rules": [_outcome(outcome) for outcome in judgement.outcomes],
        "also_check": [
            {"text": item.text, **_proof(basis), "source": basis.source or None} for item, basis in judgement.also_check
        ],
        "fixes": list(fixes.changes),
        "fixes_lead_to": fixes.lead_to,
        "usual_terms": explain.by_usual_terms(judgement) or None,
        "calls": _calls(match),
        "money": _money(financing(match, report)),
        "other_strands": [_other(other) for other in match.others],
        "successor": match.programme.successor.value,
        "lineage": _lineage(lineage, report.on),
        "outlook": _outlook(lineage, report.on),
        "official_page": match.programme.official_page.value,
        **guidance_values(match, report),
    }


def _lineage(lineage: Lineage, on: date) -> dict[str, Any]:
    """Programmes of the catalogue come first; those outside it have no page here, and so no `programme`."""
    ids = [one.id for one in lineage.forerunners] + [None] * len(lineage.predecessors)
    before = [
        {"programme": key, "text": said.text, **_evidence(said, on)}
        for key, said in zip(ids, lineage.before(), strict=True)
    ]
    return {
        "before": before,
        "successor": lineage.successor.id if lineage.successor else None,
        "no_successor_because": lineage.no_successor_because,
    }


def _outlook(lineage: Lineage, on: date) -> list[dict[str, Any]]:
    return [_proposal(one, said, on) for one, said in zip(lineage.proposals, lineage.proposed(), strict=True)]


def _proposal(proposal: Proposal, said: Told, on: date) -> dict[str, Any]:
    return {
        "id": proposal.id,
        "name": proposal.name,
        "documents": list(proposal.documents.value or ()),
        "status": "proposed",
        "proposed_on": proposal.proposed_on.value.isoformat() if proposal.proposed_on.value else None,
        "state": proposal.state.value,
        "state_on": proposal.state_on.isoformat(),
        "plan": proposal.plan,
        "text": said.text,
        **_evidence(said, on),
    }


def _evidence(said: Told, on: date) -> dict[str, Any]:
    """As of a condition: a check that has grown old proves nothing any more."""
    found = said.evidence
    cited = [(said.sources[citation.key], citation.place) for citation in found.sources]
    overdue = bool(age(found, (), None, on))
    return {
        "sources": [{"title": source.at(place), "url": source.url} for source, place in cited],
        "checked_on": found.checked_on.isoformat() if found.checked_on else None,
        "overdue": overdue,
        "verified": found.verified and not overdue,
    }


def _calls(match: Match) -> list[dict[str, Any]]:
    """Open and announced topics with their own verdict, then families that may come again, then past rounds."""
    calendar = match.calendar
    current = [_round(found, match.call_judgements.get(found.topic.id)) for found in calendar.current]
    coming = [
        {
            "family": found.family.name,
            "status": "expected",
            "year": found.year,
            "earlier_years": list(found.years),
            "other_subject": found.aside,
        }
        for found in calendar.expected
    ]
    return [*current, *coming, *(_round(found, None) for found in calendar.past)]


def _round(found: Round, judgement: Judgement | None) -> dict[str, Any]:
    topic, deadline = found.topic, found.topic.deadline
    return {
        "id": topic.id,
        "title": topic.title,
        "strand": topic.strand,
        "status": found.status,
        "opens_on": topic.opens.isoformat() if topic.opens else None,
        "deadline": topic.closes.isoformat() if topic.closes else None,
        "deadline_time": topic.deadline_time,
        "checked_on": deadline.checked_on.isoformat() if deadline and deadline.checked_on else None,
        "overdue": bool(found.overdue),
        "disputed": [other.value.isoformat() for other in deadline.disputed] if deadline else [],
        "proposals_received": topic.received,
        "projects_funded": topic.funded,
        "other_subject": found.aside,
        "verdict": judgement.verdict if judgement else None,
        "role": judgement.role.role if judgement else None,
        "fixes": list(explain.fixes(judgement).changes) if judgement else [],
    }


def _other(judgement: Judgement) -> dict[str, str]:
    return {"strand": judgement.strand.id, "verdict": judgement.verdict, "role": judgement.role.role}


def _outcome(outcome: Outcome) -> dict[str, Any]:
    basis = outcome.basis
    return {
        "rule": outcome.rule,
        **_answer(outcome),
        "disputed": [_answer(other) for other in outcome.others],
        "level": "call" if basis.by_call else basis.level,
        "gap": outcome.gap.text if outcome.gap else None,
    }


def _answer(outcome: Outcome) -> dict[str, Any]:
    """What a rule says, by one source."""
    return {
        "outcome": outcome.answer,
        "reason": outcome.reason,
        "programme_value": outcome.programme_value,
        "applicant_value": outcome.applicant_value,
        **_proof(outcome.basis),
    }


def _money(found: Financing) -> dict[str, Any]:
    return asdict(found) | {"assumptions": [_assumption(one.text, one.basis) for one in found.assumptions]}


def _assumption(text: str, basis: Basis) -> dict[str, Any]:
    """Texts alone, "" where there is none: so it was from the first."""
    return {
        "text": text,
        "source": basis.source,
        "url": basis.url,
        "checked_on": basis.checked_on.isoformat() if basis.checked_on else "",
        "unverified": basis.unverified,
        "overdue": bool(basis.overdue),
    }


def _proof(basis: Basis) -> dict[str, Any]:
    return {
        "source": basis.source,
        "url": basis.url or None,
        "checked_on": basis.checked_on.isoformat() if basis.checked_on else None,
        "verified": basis.verified,
        "overdue": bool(basis.overdue),
    }
