"""Labelled projects -> figures: ours, per programme and per language, with the peers' methods beside them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.labelled import Record
from thbfund.evaluation.baselines import ENCODER, NO_ENCODER, Baseline, Remembering, baselines_of
from thbfund.evaluation.metrics import hit, interval, rank_of_right, summary
from thbfund.evaluation.records import Mode, project_of
from thbfund.matching import Matcher
from thbfund.text.encoder import Encoder

ANY_DAY = date(2026, 11, 23)  # it moves verdicts alone, and verdicts never move ranks


@dataclass(frozen=True, slots=True)
class Ranking:
    """What was ranked for one record."""

    record: Record
    ranked: tuple[str, ...]

    @property
    def rank(self) -> int | None:
        """Rank of the first right programme."""
        return rank_of_right(self.ranked, self.record.right)


def evaluate(catalogue: Catalogue, records: Sequence[Record], mode: Mode, encoder: Encoder | None) -> dict[str, Any]:
    """Rank every record among the programmes of its period; return figures as JSON values.

    No record, translation or sister project of a record counts as evidence for it.

    Raises:
        InputError: a record cannot be made into a project.
    """
    encoder = Remembering(encoder) if encoder else None
    rankings = our_rankings(catalogue, records, mode, encoder)
    scored = [ranking for ranking in rankings if ranking.record.scored]
    stated = [ranking for ranking in scored if ranking.record.label_basis == "stated"]
    return {
        **_figures(scored),
        "mode": mode,
        "catalogue": catalogue.fingerprint,
        "interval95": {
            f"hit@{k}": interval([hit(ranking.rank, k) for ranking in scored if ranking.record.lang == "en"])
            for k in (1, 3)
        },
        "stated_labels": _figures(stated),
        "by_programme": _by(scored, lambda record: record.programme),
        "by_language": _by(scored, lambda record: record.lang),
        "by_text": _by(scored, _text_kind),
        "baselines": {name: _peer(catalogue, records, peer) for name, peer in baselines_of(catalogue, encoder).items()},
        "absent_baselines": {} if encoder else {ENCODER: NO_ENCODER},
        "rankings": [
            {"id": ranking.record.id, "label": ranking.record.programme, "ranked": list(ranking.ranked)}
            for ranking in rankings
        ],
    }


def _ranked(matcher: Matcher, record: Record, mode: Mode) -> tuple[str, ...]:
    project = project_of(record, mode, matcher.catalogue.vocabularies)
    report = matcher.match(project, ANY_DAY, record.period, frozenset({record.group}))
    return tuple(match.programme.id for match in report.matches)


def our_rankings(catalogue: Catalogue, records: Sequence[Record], mode: Mode, encoder: Encoder | None) -> list[Ranking]:
    """Rank records as a user would see it; nothing of a record's own group counts as evidence.

    Raises:
        InputError: a record cannot be made into a project.
    """
    matcher = Matcher(catalogue, encoder)
    return [Ranking(record, _ranked(matcher, record, mode)) for record in records]


def peer_rankings(catalogue: Catalogue, records: Iterable[Record], peer: Baseline) -> list[Ranking]:
    """Rank scored records by a peer's method, on the description alone."""
    candidates: dict[str, list[str]] = defaultdict(list)
    for programme in catalogue.programmes.values():
        for period in programme.periods:
            candidates[period].append(programme.id)
    return [
        Ranking(record, tuple(peer.rank(record.description, candidates[record.period])))
        for record in records
        if record.scored
    ]


def _peer(catalogue: Catalogue, records: Iterable[Record], peer: Baseline) -> dict[str, Any]:
    rankings = peer_rankings(catalogue, records, peer)
    return {
        **_figures(rankings),
        "by_language": _by(rankings, lambda record: record.lang),
        "by_text": _by(rankings, _text_kind),
    }


def _text_kind(record: Record) -> str:
    return "English" if record.lang == "en" else "other languages"


def _figures(rankings: Sequence[Ranking]) -> dict[str, float | int]:
    return summary([ranking.rank for ranking in rankings])


def _by(rankings: Sequence[Ranking], key: Callable[[Record], str]) -> dict[str, dict[str, float | int]]:
    groups: dict[str, list[Ranking]] = defaultdict(list)
    for ranking in rankings:
        groups[key(ranking.record)].append(ranking)
    return {name: _figures(group) for name, group in sorted(groups.items())}
