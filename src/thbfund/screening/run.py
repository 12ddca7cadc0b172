"""One run: batches in, parts kept, the whole written at the end."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from thbfund.input.problems import InputError
from thbfund.screening.parts import Parts
from thbfund.screening.tables import Row, batches, writer_for
from thbfund.screening.workers import Numbered, Work
from thbfund.writing import replaced


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a run.

    Attributes:
        rows: that stand in the output.
        bad: rows that do not.
        before: rows that an interrupted run had done.
        beside: where the problems of the bad rows stand; None where there are none.
    """

    rows: int
    bad: int
    before: int
    beside: Path | None


def run(source: Path, output: Path, parts: Parts, work: Work, advance: Callable[[int], None]) -> Done:
    """Screen a table; nothing is written to the output before all of it is done.

    Args:
        source: the table to read.
        output: the table to write.
        parts: what is done of it already.
        work: who screens.
        advance: is told how many rows were read or found done.

    Raises:
        InputError: the table cannot be read, or none of its kind be written.
        OSError: there is no room, or nothing may be written.
    """
    write = writer_for(output)
    left = _Left(source, parts, advance)
    for number, screened in work(iter(left)):
        parts.keep(number, screened)
        advance(len(screened.rows) + len({problem["row"] for problem in screened.problems}))
    beside, bad = _write_problems(output, parts.problems(left.batches))
    with replaced(output) as fresh:
        write(fresh, parts.rows(left.batches))
    parts.remove()
    return Done(left.rows - bad, bad, left.before, beside)


class _Left:
    """The batches of a table that are not done yet; counts all of them on the way.

    Where the table turns out to be unreadable the parts go: they are of no use to it once it is mended. An error of
    whoever screens, such as a worker with another catalogue, is none of the table's, and leaves them.
    """

    def __init__(self, source: Path, parts: Parts, advance: Callable[[int], None]) -> None:
        self._source, self._parts, self._advance = source, parts, advance
        self.batches = self.rows = self.before = 0

    def __iter__(self) -> Iterator[Numbered]:
        for number, batch in enumerate(self._readable()):
            self.batches = number + 1
            self.rows += len(batch)
            if self._parts.has(number):
                self.before += len(batch)
                self._advance(len(batch))
            else:
                yield number, batch

    def _readable(self) -> Iterator[list[tuple[int, Row]]]:
        try:
            yield from batches(self._source)
        except InputError:
            self._parts.remove()
            raise


def _write_problems(output: Path, problems: Iterator[Mapping[str, Any]]) -> tuple[Path | None, int]:
    """Write the problems beside the output; nothing where there are none, and nothing of an earlier run is left."""
    path = output.with_name(output.name + ".bad.jsonl")
    path.unlink(missing_ok=True)
    first = next(problems, None)
    if first is None:
        return None, 0
    bad = set()
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for problem in chain([first], problems):
            bad.add(problem["row"])
            stream.write(json.dumps(problem, ensure_ascii=False) + "\n")
    return path, len(bad)
