"""What screening costs and what it finds: rows a second, processor time, memory, growth, hits beside the full ranking.

Run `python tests/benchmarks/screening.py`; `--rows 1000,8000` for other lengths, `--json` for JSON, no tables. It
takes some fifteen minutes on two cores. Figures are for people to read: a busy machine is no mistake, so nothing fails.
"""

import argparse
import csv
import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np

from thbfund.catalogue import load_catalogue, packaged_data
from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.labelled import Record
from thbfund.evaluation.fit import MODES, Choice, cross_validated_orders, samples_of
from thbfund.evaluation.metrics import hit, interval
from thbfund.text.encoder import Encoder, installed_encoder

ROWS = (1_000, 10_000, 100_000)
SENTENCES, RECORDS = 6, 3  # of each text, and the records that they are drawn from
ON = "2026-11-25"

Hits = dict[str, dict[str, np.ndarray]]


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the command, from an empty process to its table.

    Attributes:
        seconds: by the clock; it grows when other programs run.
        processor_seconds: of all its processes together.
        peak_mb: of its largest process.
    """

    rows: int
    seconds: float
    processor_seconds: float
    peak_mb: float


@dataclass(frozen=True, slots=True)
class Step:
    """What the rows between two runs cost each: start and end of the command cancel out."""

    up_to: int
    rows_a_second: float
    processor_ms_a_row: float


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", default=",".join(map(str, ROWS)), help="lengths of the tables")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    catalogue = load_catalogue(packaged_data())
    lengths = sorted(map(int, asked.rows.split(",")))
    runs = list(screened(catalogue.ranking.labelled, lengths, asked.workers))
    found = {
        "workers": asked.workers,
        "runs": [asdict(run) for run in runs],
        "steps": [asdict(step) for step in map(step_of, [Run(0, 0, 0, 0), *runs], runs)][1:],
        "hits": hits(catalogue),
    }
    sys.stdout.write(json.dumps(found, indent=2) + "\n" if asked.json else "\n".join(as_tables(found)) + "\n")


def step_of(before: Run, run: Run) -> Step:
    """What the rows cost that the second run had more."""
    rows = run.rows - before.rows
    spent = run.processor_seconds - before.processor_seconds
    return Step(run.rows, rows / (run.seconds - before.seconds), 1000 * spent / rows)


def screened(records: Sequence[Record], lengths: Sequence[int], workers: int) -> Iterator[Run]:
    """Screen tables of some lengths."""
    with TemporaryDirectory() as folder:
        for rows in lengths:
            source = Path(folder, f"{rows}.csv")
            write_table(source, records, rows)
            yield measured(source, rows, workers)


def write_table(path: Path, records: Sequence[Record], rows: int) -> None:
    """Descriptions made of sentences of the labelled records, the same at every run."""
    drawn = random.Random(1)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["id", "summary"])
        for row in range(rows):
            texts = (record.description for record in drawn.sample(records, RECORDS))
            said = [part.strip() for text in texts for part in text.split(".") if part.strip()]
            writer.writerow([row, ". ".join(drawn.sample(said, min(SENTENCES, len(said)))) + "."])


def measured(source: Path, rows: int, workers: int) -> Run:
    """Run the command on a table, and check that no row is lost."""
    output = source.with_suffix(".jsonl")
    command = [sys.executable, "-m", "thbfund", "screen", str(source), "-o", str(output), "--on", ON]
    start = perf_counter()
    process = subprocess.Popen([*command, "--workers", str(workers)], stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = perf_counter() - start
    with output.open(encoding="utf-8") as stream:
        if status or sum(1 for _ in stream) != rows:
            sys.exit(f"screening {rows} rows failed")
    return Run(rows, round(seconds, 1), round(usage.ru_utime + usage.ru_stime, 1), round(usage.ru_maxrss / 1000))


def hits(catalogue: Catalogue) -> dict[str, dict[str, dict[str, float]]]:
    """Shares of labelled records by weights that had not seen them: by screening, and by the full ranking.

    With both, `lost` is what screening finds less of the same records, with its 95 % bootstrap interval.
    """
    encoder = installed_encoder()
    ways = {"screening": None} | ({"full": encoder} if encoder else {})
    found = {name: hits_of(catalogue, way) for name, way in ways.items()}
    shares = {
        name: {mode: {hit: float(np.mean(values)) for hit, values in kinds.items()} for mode, kinds in by_mode.items()}
        for name, by_mode in found.items()
    }
    return shares | ({"lost": lost(found["screening"], found["full"])} if encoder else {})


def hits_of(catalogue: Catalogue, encoder: Encoder | None) -> Hits:
    """By mode and cut, 1 or 0 of each record: whether the programme that paid is among the first so many."""
    samples, ranker = samples_of(catalogue, catalogue.ranking.labelled, encoder)
    choice = Choice(catalogue, ranker)
    [orders] = cross_validated_orders(choice, samples)
    ranks = choice.ranks(orders, samples)
    return {
        mode: {
            f"hit@{k}": np.array([hit(ranks[row], k) for row in np.flatnonzero(samples.modes == mode)]) for k in (1, 3)
        }
        for mode in MODES
    }


def lost(screening: Hits, full: Hits) -> dict[str, dict[str, float]]:
    """Mean of the differences by record in `hit@3`, and the ends of its interval."""
    found = {}
    for mode in MODES:
        differences = full[mode]["hit@3"] - screening[mode]["hit@3"]
        low, high = interval(list(differences))
        found[mode] = {"hit@3": float(differences.mean()), "from": low, "to": high}
    return found


def as_tables(found: dict) -> Iterator[str]:
    """The figures as rows of text."""
    yield f"{'rows':>8} {'seconds':>9} {'processor s':>12} {'peak MB':>8}   with {found['workers']} workers"
    for run in found["runs"]:
        yield f"{run['rows']:>8} {run['seconds']:>9.1f} {run['processor_seconds']:>12.1f} {run['peak_mb']:>8.0f}"
    yield f"\n{'up to':>8} {'rows/s':>9} {'processor ms a row':>19}   aim: 200 rows/s on two cores that do nothing else"
    for step in found["steps"]:
        yield f"{step['up_to']:>8} {step['rows_a_second']:>9.0f} {step['processor_ms_a_row']:>19.1f}"
    for before, step in pairwise(found["steps"]):
        grown = step["processor_ms_a_row"] / before["processor_ms_a_row"]
        yield f"a row costs {grown:.2f} times as much up to {step['up_to']} as up to {before['up_to']}"
    yield ""
    for name in ("screening", "full"):
        by_mode = found["hits"].get(name, {})
        said = (f"{mode} {by_mode[mode]['hit@1']:.3f} / {by_mode[mode]['hit@3']:.3f}" for mode in by_mode)
        yield f"{name:<10} hit@1 / hit@3: {', '.join(said)}"
    for mode, less in found["hits"].get("lost", {}).items():
        yield f"{mode:<10} hit@3 lost by screening: {less['hit@3']:.3f} ({less['from']:.3f} to {less['to']:.3f}, 95 %)"


if __name__ == "__main__":
    main()
