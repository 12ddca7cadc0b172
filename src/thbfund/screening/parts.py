"""What is done of a run, kept beside its output until the run is whole: after an interruption the rest alone is done.

A part holds ids, programmes and tags of one batch, and the problems of its bad rows; never what a row says.
"""

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from thbfund import __version__
from thbfund.screening.screen import Screened
from thbfund.screening.tables import BATCH
from thbfund.screening.workers import Job
from thbfund.writing import replace_file

BLOCK = 1 << 20
_RUN, _ROWS, _PROBLEMS = "run.json", "rows", "problems"


class Parts:
    """The parts of one run in a folder; those of another input, catalogue or question are thrown away."""

    def __init__(self, output: Path, run: Mapping[str, str]) -> None:
        """Find what an interrupted run left, or begin anew.

        Args:
            output: the file that the run is to write; the folder lies beside it.
            run: what the result depends on.

        Raises:
            OSError: the folder cannot be written.
        """
        self.folder = output.with_name(output.name + ".parts")
        if self._of_before() != run:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir(parents=True)
            replace_file(self.folder / _RUN, json.dumps(run).encode())

    def has(self, number: int) -> bool:
        """Whether a batch is done."""
        return self._path(number).exists()

    def keep(self, number: int, screened: Screened) -> None:
        """Keep what came of a batch, whole or not at all."""
        content = {_ROWS: screened.rows, _PROBLEMS: screened.problems}
        replace_file(self._path(number), json.dumps(content, ensure_ascii=False).encode())

    def rows(self, count: int) -> Iterator[Mapping[str, Any]]:
        """The good rows of the first batches, in the order of the input."""
        for number in range(count):
            yield from self._read(number)[_ROWS]

    def problems(self, count: int) -> Iterator[Mapping[str, Any]]:
        """The problems of the bad rows of the first batches, in the order of the input."""
        for number in range(count):
            yield from self._read(number)[_PROBLEMS]

    def remove(self) -> None:
        """Throw the parts away: the run is whole."""
        shutil.rmtree(self.folder)

    def _of_before(self) -> Any:
        try:
            return json.loads((self.folder / _RUN).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None

    def _path(self, number: int) -> Path:
        return self.folder / f"{number:08}.json"

    def _read(self, number: int) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self._path(number).read_text(encoding="utf-8"))
        return found


def run_of(source: Path, job: Job) -> dict[str, str]:
    """What the result of a run depends on: the table and its batches, the program, the catalogue, the question."""
    digest = hashlib.sha256()
    with source.open("rb") as stream:
        while block := stream.read(BLOCK):
            digest.update(block)
    asked = {"on": str(job.question.on), "period": job.question.period, "encoder": str(job.encoder)}
    program = {"version": __version__, "batch": str(BATCH)}
    return {"input": digest.hexdigest(), "catalogue": job.fingerprint, **program, **asked}
