"""Where sources disagree: an answer stands only if it is the same whichever of them is right."""

from collections.abc import Sequence
from dataclasses import replace

from thbfund.rules.applicants import Role, RoleFinding
from thbfund.rules.conditions import Conditions
from thbfund.rules.outcome import Basis, Outcome
from thbfund.said import Said, clause, joined, say, sentences


def agreed(readings: Sequence[Conditions], answers: Sequence[Outcome | None]) -> Outcome | None:
    """One outcome of what a rule answers by each reading of the sources, of which the first is the better one.

    Where the answer is the same by all, it stands and says that sources disagree; else it is unknown.
    """
    given = next((answer for answer in answers if answer is not None), None)
    if given is None or len(answers) == 1:
        return given
    no_condition = Outcome(given.rule, "met", say("No such condition is set."), Basis())
    own, *others = (answer or no_condition for answer in answers)
    found: dict[tuple[str, ...], Outcome] = {}
    for reading, other in zip(readings[1:], others, strict=True):
        if _told(other) != _told(own):  # the first has the fewest other values, so none that does not matter
            found.setdefault(_told(other), replace(other, basis=_basis(reading)))
    return _joined(own, tuple(found.values())) if found else answers[0]


def agreed_role(findings: Sequence[RoleFinding]) -> RoleFinding:
    """The best role left to the applicant; unknown where it depends on which source is right."""
    roles: dict[Role, RoleFinding] = {}
    for finding in findings:  # the better source first: its reason stands for the role
        roles.setdefault(finding.role, finding)
    if len(roles) == 1:
        return findings[0]
    first, *others = (finding.reason for finding in roles.values())
    disagree = say("Sources disagree, and the role depends on which is right.")
    return RoleFinding("unknown", sentences(disagree, first, *(say("Or: {reason}", reason=other) for other in others)))


def _joined(own: Outcome, others: tuple[Outcome, ...]) -> Outcome:
    differing = [other for other in others if other.answer != own.answer]
    if not differing:
        said = joined(
            (
                say("{source}: {value}", source=_source(other), value=other.programme_value or other.reason)
                for other in others
            ),
            ";",
        )
        same = say("Sources disagree ({said}), but the answer is the same.", said=said)
        return replace(own, reason=sentences(own.reason, same), others=others)
    said = joined(map(_by_other, differing), ";")
    asks = next((outcome.asks for outcome in (own, *differing) if outcome.asks), "")
    reason = sentences(own.reason, say("Sources disagree: {said}, so check.", said=said))
    return replace(own, answer="unknown", reason=reason, asks=asks, others=others)


def _by_other(other: Outcome) -> Said:
    """What a rule would answer by another source."""
    source, reason = _source(other), clause(other.reason)
    said = {
        "met": say("by {source} it would be met ({reason})", source=source, reason=reason),
        "not_met": say("by {source} it would not be met ({reason})", source=source, reason=reason),
        "unknown": say("by {source} it would be open ({reason})", source=source, reason=reason),
    }
    return said[other.answer]


def _told(outcome: Outcome) -> tuple[str, ...]:
    return outcome.answer, outcome.reason, outcome.programme_value


def _source(outcome: Outcome) -> str:
    return outcome.basis.source


def _basis(reading: Conditions) -> Basis:
    """The other sources that a reading follows; they may be two where two conditions are disputed."""
    bases = [found.basis for found in reading.instead.values()]
    return replace(bases[0], source=joined(dict.fromkeys(basis.source for basis in bases)))
