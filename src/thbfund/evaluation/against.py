"""Two catalogues on the same records: which ranks better, and which records moved."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.labelled import Record
from thbfund.evaluation.baselines import Remembering
from thbfund.evaluation.metrics import summary
from thbfund.evaluation.records import Mode
from thbfund.evaluation.run import our_rankings
from thbfund.text.encoder import Encoder


def compare(
    catalogue: Catalogue, other: Catalogue, records: Sequence[Record], mode: Mode, encoder: Encoder | None
) -> dict[str, Any]:
    """Rank every scored record by both catalogues; return figures and the records that moved as JSON values.

    Args:
        catalogue: the one that is asked about.
        other: the one that it is held against, say of an earlier commit.
        records: labelled.
        mode: what the ranking is shown.
        encoder: of sentences, for both.

    Raises:
        InputError: a record cannot be made into a project.
    """
    once = Remembering(encoder) if encoder else None
    scored = [record for record in records if record.scored]
    found = {
        name: {ranking.record.id: ranking.rank for ranking in our_rankings(one, scored, mode, once)}
        for name, one in (("other", other), ("this", catalogue))
    }
    moved: list[dict[str, Any]] = [
        {"id": key, "other": found["other"][key], "this": rank}
        for key, rank in found["this"].items()
        if rank != found["other"][key]
    ]
    return {
        "mode": mode,
        "catalogues": {"other": other.fingerprint, "this": catalogue.fingerprint},
        "figures": {name: summary(list(ranks.values())) for name, ranks in found.items()},
        "up": [one for one in moved if _place(one["this"]) < _place(one["other"])],
        "down": [one for one in moved if _place(one["this"]) > _place(one["other"])],
    }


def print_comparison(figures: Mapping[str, Any], console: Console) -> None:
    """Print both catalogues' figures and the records that moved."""
    table = Table(title=f"Two catalogues, {figures['mode']} mode", title_justify="left")
    for column in ("", "catalogue", "n", "hit@1", "hit@3"):
        table.add_column(column)
    for name, values in figures["figures"].items():
        hits = (f"{values[f'hit@{k}']:.3f}" for k in (1, 3))
        table.add_row(name, figures["catalogues"][name][:8], str(values["n"]), *hits)
    console.print(table)
    for direction in ("up", "down"):
        moved = [f"{one['id']} ({_shown(one['other'])} to {_shown(one['this'])})" for one in figures[direction]]
        console.print(f"Moved {direction}, {len(moved)}: {', '.join(moved) or 'none'}")


def _place(rank: int | None) -> float:
    """A rank to compare; a right programme that is no candidate stands behind all."""
    return float("inf") if rank is None else rank


def _shown(rank: int | None) -> str:
    return "not ranked" if rank is None else str(rank)
