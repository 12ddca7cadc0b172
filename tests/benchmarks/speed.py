"""How long a match takes, beside the sentence encoder's own time, and how that grows with the catalogue.

Run `python tests/benchmarks/speed.py`. Figures are for people to read: a busy machine is no mistake, so nothing fails.
"""

import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from statistics import median
from time import perf_counter
from typing import Any

from thbfund.catalogue import load_catalogue, packaged_data
from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.labelled import Record
from thbfund.kept import kept
from thbfund.matching import Matcher, PeriodChoice
from thbfund.project import Project
from thbfund.text.encoder import Encoder, installed_encoder

ON = date(2026, 11, 25)
TEXTS = 20
ROUNDS = 3
TIMES = 10
WITHIN_MS, WITHIN_ENCODER = 10, 1.2  # what we aim at: milliseconds without the encoder, times its own with it


def main() -> None:
    """Measure and print."""
    with kept():
        catalogue = load_catalogue(packaged_data())
        matcher = Matcher(catalogue, None)
        many = Matcher(multiplied(catalogue, TIMES), None)
    projects = typical(catalogue.ranking.labelled)
    words = median(len(project.summary.split()) for project in projects)
    sys.stdout.write(f"{TEXTS} labelled descriptions of about {words:.0f} words; medians, in ms\n")

    alone = milliseconds(matching(matcher, "open"), projects)
    everything = milliseconds(matching(matcher, "all"), projects)
    grown = milliseconds(matching(many, "all"), projects)
    show("match without the encoder, programmes in force", alone, f"aim: {WITHIN_MS}")
    show("match without the encoder, all programmes", everything)
    show(f"the same, {TIMES} times the catalogue", grown, f"{grown / everything:.1f} times; aim: at most {TIMES}")
    if encoder := installed_encoder():
        encoding, together, ratio = beside_encoder(catalogue, encoder, projects)
        show("the encoder alone", encoding)
        show("match with the encoder", together, f"{ratio:.2f} times the encoder; aim: at most {WITHIN_ENCODER}")
    show("`thbfund match`, start to result", whole_process(projects[0]))


def typical(records: Sequence[Record]) -> list[Project]:
    """Projects with descriptions of the labelled records, spread over the file."""
    return [Project(summary=record.description) for record in records[:: len(records) // TEXTS]][:TEXTS]


def matching(matcher: Matcher, period: PeriodChoice) -> Callable[[Project], object]:
    """A match in one process, to be timed."""
    return lambda project: matcher.match(project, ON, period)


def milliseconds(action: Callable[[Project], object], projects: Sequence[Project]) -> float:
    """Median over texts and rounds, after one round that is not counted."""
    times = [timed(action, project) for _ in range(ROUNDS + 1) for project in projects]
    return median(times[len(projects) :])


def timed(action: Callable[[Any], object], given: object) -> float:
    """Milliseconds of one call."""
    start = perf_counter()
    action(given)
    return 1000 * (perf_counter() - start)


def beside_encoder(catalogue: Catalogue, encoder: Encoder, projects: Sequence[Project]) -> tuple[float, float, float]:
    """Medians of the encoder alone, of a match, and of their ratio, text by text in turn: a machine's speed drifts.

    The encoder gets the text that a match gives it, which may be less than the description.
    """
    matcher = Matcher(catalogue, encoder)
    pairs = [
        (timed(lambda text: encoder.encode(text, "query"), text), timed(matching(matcher, "open"), project))
        for _ in range(ROUNDS + 1)
        for project, text in [(project, matcher.read(project).text) for project in projects]
    ][len(projects) :]
    alone, together = zip(*pairs, strict=True)
    return median(alone), median(together), median(whole / part for part, whole in pairs)


def multiplied(catalogue: Catalogue, times: int) -> Catalogue:
    """A catalogue with every programme and its calls several times, each copy under an id of its own."""
    copies = range(1, times)
    programmes = {
        f"{key}-copy-{number}": programme.model_copy(update={"id": f"{key}-copy-{number}"})
        for number in copies
        for key, programme in catalogue.programmes.items()
    }
    calls = {
        f"{key}-copy-{number}": found.model_copy(update={"programme": f"{key}-copy-{number}"})
        for number in copies
        for key, found in catalogue.calls.items()
    }
    return replace(catalogue, programmes={**catalogue.programmes, **programmes}, calls={**catalogue.calls, **calls})


def whole_process(project: Project) -> float:
    """Milliseconds of the command, from an empty process to its table."""
    command = [sys.executable, "-m", "thbfund", "match", "--text", project.summary, "--on", str(ON)]
    times = [timed(partial(subprocess.run, check=True, stdout=subprocess.DEVNULL), command) for _ in range(ROUNDS + 1)]
    return median(times[1:])


def show(what: str, figure: float, note: str = "") -> None:
    """Print one row."""
    sys.stdout.write(f"{what:<50} {figure:>8.1f}  {note}".rstrip() + "\n")


if __name__ == "__main__":
    main()
