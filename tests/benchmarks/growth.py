"""How index, memory and match grow: with the catalogue, times 1, 10 and 100, and with funded projects up to 100,000.

Run `python tests/benchmarks/growth.py`; it takes some ten minutes and 2 GB. Copies are made in memory. Times are of the
processor, so that other programs count little; figures are for people to read, so nothing fails.
"""

import resource
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import cache
from multiprocessing import get_context
from time import process_time
from types import SimpleNamespace

import numpy as np
from sklearn.neighbors import NearestNeighbors
from speed import ON, multiplied, typical

from thbfund.catalogue import load_catalogue, packaged_data
from thbfund.catalogue.labelled import Record, originals
from thbfund.matching import Matcher
from thbfund.ranking.documents import documents
from thbfund.ranking.meaning import EncodedMeaning, WordMeaning
from thbfund.ranking.similar import FundedProjects
from thbfund.ranking.similarity import terms
from thbfund.text import Reader, Understanding

NONE: frozenset[str] = frozenset()
TIMES = (1, 10, 100)
PROJECTS = (1_000, 10_000, 100_000)
ASKED = 5  # texts of each kind of match
DIMENSIONS = 384  # of the encoder's vectors; invented ones cost the same
SERVES_MS = 50  # a match with the encoder takes 150 and more: what adds a third to it is felt


def main() -> None:
    """Measure each size in a process of its own, whose memory is then that size's, and print."""
    say(f"{'catalogue':<12} {'strands':>8} {'index s':>8} {'peak MB':>8} {'match ms':>9} {'screening ms':>13}")
    for times in TIMES:
        found = alone(grown_catalogue, times)
        say(f"times {times:<6} {found[0]:>8.0f} {found[1]:>8.1f} {found[4]:>8.0f} {found[2]:>9.1f} {found[3]:>13.1f}")
    say(f"\n{'projects':<9} {'reading s':>9} {'index s':>8} {'words s':>8} {'peak MB':>8} {'by work ms':>11} "
        f"{'by words ms':>12} {'by encoder ms':>14} {'scikit-learn ms':>16}")  # fmt: skip
    for projects in PROJECTS:
        reading, index, learning, work, words, encoder, sklearn, peak = alone(grown_evidence, projects)
        say(f"{projects:<9} {reading:>9.0f} {index:>8.1f} {learning:>8.1f} {peak:>8.0f} {work:>11.1f} "
            f"{words:>12.1f} {encoder:>14.1f} {sklearn:>16.1f}")  # fmt: skip
        if work + max(words, encoder) > SERVES_MS:
            say(f"  exact search adds more than {SERVES_MS} ms to a match: here it stops serving")


def alone(measure: Callable[[int], Sequence[float]], size: int) -> list[float]:
    """What a measurement finds in a fresh process, and at the end the process's peak of memory in MB."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return [*pool.submit(measure, size).result(), pool.submit(peak_mb).result()]


def peak_mb() -> float:
    """Of this process."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def seconds(action: Callable[[], object]) -> float:
    """Processor time of one call."""
    start = process_time()
    action()
    return process_time() - start


def grown_catalogue(times: int) -> Sequence[float]:
    """Strands, seconds to index them, milliseconds of a match and of a row of screening."""
    catalogue = load_catalogue(packaged_data())
    projects = typical(catalogue.ranking.labelled)[:ASKED]
    many = multiplied(catalogue, times)
    start = process_time()
    matcher = Matcher(many, None)
    index = process_time() - start
    matcher.match(projects[0], ON, "all")  # builds the lexicons of the language
    match = seconds(lambda: [matcher.match(project, ON, "all") for project in projects])
    screening = seconds(lambda: list(matcher.leading(projects, ON, "all")))
    return len(matcher.ranker.documents), index, 1000 * match / ASKED, 1000 * screening / ASKED


def grown_evidence(count: int) -> Sequence[float]:
    """Seconds to read so many funded projects, to index their work and to learn their words; then milliseconds.

    Those are to find the nearest, exactly: by work, by words, by the encoder's vectors, and by scikit-learn beside.
    Copies say what their originals say and are read once; reading is reckoned from what an original takes.
    """
    catalogue = load_catalogue(packaged_data())
    reader, records = Reader(catalogue), originals(catalogue.ranking.labelled)
    copies = [copy_of(records[number % len(records)], number) for number in range(count)]
    invented = np.random.default_rng(1).standard_normal((count + 1, DIMENSIONS)).astype(np.float32)
    skim = cache(reader.skim)
    reader.skim(typical(records)[0])  # builds the lexicons of the language
    reading = seconds(lambda: [skim(project) for project in typical(records)]) / len(typical(records)) * count
    for record in records:
        skim(typical([record] * 20)[0])
    start = process_time()
    funded = FundedProjects(catalogue, copies, SimpleNamespace(skim=skim))
    index = process_time() - start
    texts = [document.text for document in documents(catalogue)]
    start = process_time()
    by_words = WordMeaning(texts, copies)
    learning = process_time() - start
    ours = funded.ours(NONE)
    by_encoder = EncodedMeaning(texts, copies, lambda asked, _: invented[: len(asked)])
    understood = [replace(reader.read(project), vector=invented[-1]) for project in typical(records)[:ASKED]]
    work = seconds(lambda: [funded.nearest(funded.work(each), ours) for each in understood]) / ASKED
    words, encoder = (
        seconds(lambda by=by: [funded.nearest(by.near(each, bag_of(each), NONE).projects, ours) for each in understood])
        / ASKED
        for by in (by_words, by_encoder)
    )
    brute = NearestNeighbors(n_neighbors=2, metric="cosine", algorithm="brute").fit(invented[:-1])
    sklearn = seconds(lambda: [brute.kneighbors(invented[-1:]) for _ in range(ASKED)]) / ASKED
    return reading, index, learning, 1000 * work, 1000 * words, 1000 * encoder, 1000 * sklearn


def bag_of(understood: Understanding) -> Counter[str]:
    """The terms of a text."""
    return Counter(terms(understood.text))


def copy_of(record: Record, number: int) -> Record:
    """Another project that says the same."""
    return record.model_copy(update={"id": f"{record.id}-{number}", "group": f"{record.group}-{number}"})


def say(line: str) -> None:
    """Print one row as soon as it is known."""
    sys.stdout.write(line.rstrip() + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
