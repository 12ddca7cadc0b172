"""What the benchmark card tells: rankings of records by weights that had not seen them, and of the peers' methods."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.labelled import Record, originals
from thbfund.catalogue.ranking_data import FittedWeights
from thbfund.evaluation.baselines import Remembering, baselines_of
from thbfund.evaluation.field import evaluate_field
from thbfund.evaluation.field_texts import FieldText
from thbfund.evaluation.fit import FOLDS, MODES, Choice, cross_validated_orders, read_samples, samples_of
from thbfund.evaluation.records import Mode
from thbfund.evaluation.run import Ranking, our_rankings, peer_rankings
from thbfund.text.encoder import Encoder


@dataclass(frozen=True, slots=True)
class Measured:
    """Our ranking, with the encoder or without it.

    Attributes:
        unseen: per mode, English records ranked by weights of the folds that had not seen them.
        translated: translations, by their description, ranked by the weights of the same folds.
        final: per mode, English records ranked by the weights in use, which were fitted on them.
    """

    unseen: dict[Mode, list[Ranking]]
    translated: list[Ranking]
    final: dict[Mode, list[Ranking]]


@dataclass(frozen=True, slots=True)
class CardFigures:
    """Everything on the card.

    Attributes:
        peers: per method, the English records and the translations by their description.
        field: what `evaluate_field` gives.
    """

    catalogue: str
    fitted: FittedWeights
    with_encoder: Measured
    without_encoder: Measured
    peers: dict[str, tuple[list[Ranking], list[Ranking]]]
    field: dict[str, Any]


def card_figures(
    catalogue: Catalogue,
    records: Sequence[Record],
    translations: Sequence[Record],
    texts: Sequence[FieldText],
    encoder: Encoder,
) -> CardFigures:
    """Measure all that the card tells.

    Args:
        catalogue: with fitted weights.
        records: labelled; translations among them are measured with the others.
        translations: of labelled records; those of a record that is not here, or not scored, are left out.
        texts: in and out of the field.
        encoder: of sentences.

    Raises:
        ValueError: the catalogue has no fitted weights, or there are fewer groups of records than folds.
    """
    fitted = catalogue.ranking.fitted
    english = originals(records)
    if fitted is None or len({record.group for record in english}) < FOLDS:
        raise ValueError(f"a card needs fitted weights and records of {FOLDS} groups")
    known = {record.id for record in english}
    translated = [record for record in (*records, *translations) if record.scored and record.variant_of in known]
    once = Remembering(encoder)
    return CardFigures(
        catalogue=catalogue.fingerprint,
        fitted=fitted,
        with_encoder=_measured(catalogue, english, translated, once),
        without_encoder=_measured(catalogue, english, translated, None),
        peers={
            name: (peer_rankings(catalogue, english, peer), peer_rankings(catalogue, translated, peer))
            for name, peer in baselines_of(catalogue, once).items()
        },
        field=evaluate_field(catalogue, texts),
    )


def _measured(
    catalogue: Catalogue, english: Sequence[Record], translated: Sequence[Record], encoder: Encoder | None
) -> Measured:
    samples, ranker = samples_of(catalogue, english, encoder)
    others = [read_samples(ranker, translated, ("text",), encoder)] if translated else []
    orders, *more = cross_validated_orders(Choice(catalogue, ranker), samples, *others)
    by_mode = {mode: orders[at * len(english) : (at + 1) * len(english)] for at, mode in enumerate(MODES)}
    return Measured(
        unseen={mode: _rankings(english, found) for mode, found in by_mode.items()},
        translated=_rankings(translated, more[0]) if more else [],
        final={mode: our_rankings(catalogue, english, mode, encoder) for mode in MODES},
    )


def _rankings(records: Sequence[Record], orders: Sequence[Sequence[str]]) -> list[Ranking]:
    return [Ranking(record, tuple(order)) for record, order in zip(records, orders, strict=True) if order]
