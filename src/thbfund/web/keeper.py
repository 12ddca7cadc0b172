"""FOLLOW: what was loaded from a folder follows its files; what is broken never takes the place of what was good."""

import logging
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Generic, TypeVar

from thbfund.input.problems import InputError, Problem

LOOK_EVERY = 1.0  # seconds between two looks at the files, however many readers ask
SETTLE = 1.0  # seconds without a change before files are read: an editor or a checkout writes several, one by one
SUFFIXES = (".yaml", ".csv", ".jsonl", ".tsv")  # of what the catalogue is read from

Loaded = TypeVar("Loaded")
Files = tuple[tuple[str, int, int, int], ...]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Condition:
    """How it stands with what is served.

    Attributes:
        problems: of the files as they are now; empty where what is served comes from them.
        since: when that was found; None where nobody keeps watch.
    """

    problems: tuple[Problem, ...] = ()
    since: datetime | None = None


def files_in(folder: Path) -> Files:
    """Path, times of change and size of each file that is read; a file that vanishes meanwhile is left out."""
    return tuple(sorted(_files(str(folder))))


def _files(folder: str) -> Iterator[tuple[str, int, int, int]]:
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if name.startswith(".") or not name.endswith(SUFFIXES):
                continue
            path = os.path.join(place, name)  # noqa: PTH118 - half the time of Path, at each look
            try:
                stat = os.stat(path)  # noqa: PTH116 - likewise
            except OSError:
                continue
            # The time of change of the entry too: it tells of rights that were mended, or a copy that kept its time.
            yield path, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size


class Keeper(Generic[Loaded]):
    """Holds the last good state of what is loaded from files. Threads may share it.

    One thread loads at a time; the others get the last good state meanwhile, or wait where there is none yet.
    """

    def __init__(
        self,
        files: Callable[[], Files],
        load: Callable[[], Loaded],
        ticks: Callable[[], float],
        now: Callable[[], datetime],
    ) -> None:
        """Keep what `load` gives.

        Args:
            files: what the files look like now; a difference means that something changed.
            load: reads them; raises InputError with all problems, or OSError.
            ticks: seconds that only grow.
            now: the time of day, for `Condition.since`.
        """
        self._files, self._load, self._ticks, self._now = files, load, ticks, now
        self._loading, self._looking = threading.Lock(), threading.Lock()
        self._good: list[Loaded] = []  # one at most; a list, since None may be loaded too
        self._tried: Files | None = None
        self._seen: Files | None = None
        self._seen_at = self._looked_at = 0.0
        self._condition = Condition()

    def current(self) -> Loaded:
        """The last good state, after a look at the files if one is due.

        Raises:
            InputError: there has been no good state yet.
        """
        if self._tried is None:
            with self._loading:
                if self._tried is None:
                    self._read(self._files())
        elif self._is_due() and self._loading.acquire(blocking=False):
            try:
                self._follow()
            finally:
                self._loading.release()
        good = self._good
        if not good:
            raise InputError(self._condition.problems)
        return good[0]

    def condition(self) -> Condition:
        """What `current` found at its last look."""
        return self._condition

    def _is_due(self) -> bool:
        with self._looking:
            due = self._ticks() - self._looked_at >= LOOK_EVERY
            if due:
                self._looked_at = self._ticks()
            return due

    def _follow(self) -> None:
        """Read the files if they have changed and then stood still."""
        files, tick = self._files(), self._ticks()
        if files != self._seen:
            self._seen, self._seen_at = files, tick
        if files != self._tried and (self._long_ago(files) or tick - self._seen_at >= SETTLE):
            self._read(files)

    def _long_ago(self, files: Files) -> bool:
        """Whether the last write is past anyway: then the first reader after it need not ask twice."""
        last = max((max(written, changed) for _, written, changed, _ in files), default=None)
        gone = {path for path, *_ in self._tried or ()} - {path for path, *_ in files}
        # A file that is gone leaves no time behind.
        return last is not None and not gone and self._now().timestamp() - last / 1e9 >= SETTLE

    def _read(self, files: Files) -> None:
        loaded: list[Loaded] = []
        problems: tuple[Problem, ...] = ()
        try:
            loaded = [self._load()]
        except InputError as error:
            problems = error.problems
        except OSError as error:
            name = Path(str(error.filename or "")).name
            problems = (Problem("unreadable-file", error.strerror or "cannot be read", file=name),)
        except Exception as error:
            if not self._good:
                raise
            _log.exception("The catalogue could not be loaded")
            problems = (Problem("failed", f"loading ended with {type(error).__name__}"),)
        after = self._files()
        if after != files and self._good:
            self._seen, self._seen_at = after, self._ticks()
            return  # they were being written: neither the good nor the bad news holds
        self._settle(files, loaded, problems)

    def _settle(self, files: Files, loaded: list[Loaded], problems: tuple[Problem, ...]) -> None:
        self._good = loaded or self._good
        self._condition = Condition(problems, self._now())
        self._looked_at = self._ticks()
        self._seen, self._seen_at = files, self._looked_at
        self._tried = files  # last: who sees it may take the rest as it is
        for problem in problems:
            _log.warning("%s", problem)
