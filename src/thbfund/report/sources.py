"""All sources behind one result, each once, with the day on which it was last read."""

from collections.abc import Iterable, Iterator

from thbfund.catalogue.facts import Evidence
from thbfund.catalogue.labelled import Record
from thbfund.contributions import projects_alike
from thbfund.matching import Match, MatchReport
from thbfund.rules.outcome import Basis, Outcome, basis_of


def sources_of(match: Match, report: MatchReport) -> list[Basis]:
    """What verdict and description of a result rest on, by title; of a source read on several days the last one."""
    by_source: dict[tuple[str, str], Basis] = {}
    for basis in _bases(match, report):
        if not basis.source:
            continue
        key = (basis.source, basis.url)
        kept = by_source.get(key)
        if kept is None or (basis.checked_on and (kept.checked_on is None or kept.checked_on < basis.checked_on)):
            by_source[key] = basis
    return [by_source[key] for key in sorted(by_source)]


def like_projects(match: Match, report: MatchReport) -> list[Record]:
    """The funded projects of like meaning or work that a score rests on, each once, nearest first."""
    found = (record for part in match.scored.contributions for record in projects_alike(part, report.catalogue))
    return list({record.id: record for record in found}.values())


def _bases(match: Match, report: MatchReport) -> Iterator[Basis]:
    judgement, programme = match.judgement, match.programme
    yield from _of_outcomes(judgement.outcomes)
    yield from (basis for _, basis in judgement.also_check)
    strand = judgement.strand
    facts: tuple[Evidence, ...] = (strand.objectives, strand.actions, strand.how_to_apply, strand.route)
    for fact in (*facts, programme.in_force, programme.summary):
        yield basis_of(fact, programme.sources, "strand", programme, report.on)


def _of_outcomes(outcomes: Iterable[Outcome]) -> Iterator[Basis]:
    for outcome in outcomes:
        yield outcome.basis
        yield from _of_outcomes(outcome.others)
