"""How long loading and checking the catalogue take, and how that grows with the number of programmes and calls.

Run `python tests/benchmarks/loading.py`. Figures are for people to read: a busy machine is no mistake, so nothing
fails.
"""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from thbfund.catalogue import check_catalogue, load_catalogue, packaged_data

TIMES = 10
RUNS = 3


def main() -> None:
    """Measure and print."""
    data = packaged_data()
    show("real", data)
    with TemporaryDirectory() as folder:
        show(f"programmes and calls {TIMES} times", multiplied(data, Path(folder) / "data"))


def multiplied(data: Path, folder: Path) -> Path:
    """Write the catalogue with every programme and its calls many times, each time under another id."""
    for part in ("vocabularies", "lexicon"):
        shutil.copytree(data / part, folder / part)
    shutil.copytree(data / "programmes", folder / "programmes")  # successors point to these
    (folder / "calls").mkdir()
    for part, field in (("programmes", "id"), ("calls", "programme")):
        for path in (data / part).glob("*.yaml"):
            text = path.read_text(encoding="utf-8")
            for number in range(TIMES):
                name = f"{path.stem}-copy-{number}"
                copied = text.replace(f"\n{field}: {path.stem}\n", f"\n{field}: {name}\n", 1)
                (folder / part / f"{name}.yaml").write_text(copied, encoding="utf-8")
    return folder


def show(name: str, folder: Path) -> None:
    """Print one line for loading and one for the full check."""
    programmes = len(load_catalogue(folder).programmes)
    for verb, action in (("load", load_catalogue), ("full check", check_catalogue)):
        wall, processor = fastest(action, folder)
        sys.stdout.write(
            f"{name} ({programmes} programmes): {verb} {wall:.2f} s, of which processor {processor:.2f} s\n"
        )


def fastest(action: Callable[[Path], object], folder: Path) -> tuple[float, float]:
    """Seconds of wall clock and of processor, in the fastest of some runs."""
    times = []
    for _ in range(RUNS):
        wall, processor = perf_counter(), process_time()
        action(folder)
        times.append((perf_counter() - wall, process_time() - processor))
    return min(times, key=lambda pair: pair[1])


if __name__ == "__main__":
    main()
