"""How long loading and checking take, and how that grows. Printed, not asserted: a busy machine is no mistake.

See the figures with `pytest tests/test_growth.py -s`.
"""

import shutil
import subprocess
import sys
from pathlib import Path
from time import perf_counter, process_time

import pytest

from conftest import REPOSITORY
from thbfund import load_catalogue
from thbfund.catalogue import check_catalogue

TIMES = 10
RUNS = 3


@pytest.fixture(scope="module")
def grown(tmp_path_factory) -> Path:
    """The real catalogue with every programme and its calls ten times, each time under another id."""
    folder = tmp_path_factory.mktemp("grown") / "data"
    for part in ("vocabularies", "lexicon"):
        shutil.copytree(REPOSITORY / "data" / part, folder / part)
    for part, field in (("programmes", "id"), ("calls", "programme")):
        (folder / part).mkdir()
        for path in (REPOSITORY / "data" / part).glob("*.yaml"):
            text = path.read_text(encoding="utf-8")
            for number in range(TIMES):
                name = f"{path.stem}-copy-{number}"
                copied = text.replace(f"\n{field}: {path.stem}\n", f"\n{field}: {name}\n", 1)
                (folder / part / f"{name}.yaml").write_text(copied, encoding="utf-8")
    for path in (REPOSITORY / "data/programmes").glob("*.yaml"):  # successors point to these
        shutil.copy(path, folder / "programmes")
    return folder


def fastest(action, folder: Path) -> tuple[float, float]:
    """Seconds of wall clock and of processor, in the fastest of some runs."""
    times = []
    for _ in range(RUNS):
        wall, processor = perf_counter(), process_time()
        action(folder)
        times.append((perf_counter() - wall, process_time() - processor))
    return min(times, key=lambda pair: pair[1])


@pytest.mark.slow
def test_loading_and_checking_are_measured_on_the_real_and_on_a_ten_times_larger_catalogue(grown, capsys):
    lines = []
    for name, folder in (("real", REPOSITORY / "data"), ("ten times as many programmes and calls", grown)):
        catalogue, problems = check_catalogue(folder)
        errors = [str(problem) for problem in problems if problem.severity == "error"]
        assert catalogue is not None, errors[:5]
        for verb, action in (("load", load_catalogue), ("full check", check_catalogue)):
            wall, processor = fastest(action, folder)
            count = f"{len(catalogue.programmes)} programmes"
            lines.append(f"{name} ({count}): {verb} {wall:.2f} s, of which processor {processor:.2f} s")
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(lines) + "\n")


def test_checking_a_catalogue_does_not_wait_for_what_only_ranking_needs():
    command = "import sys, thbfund.cli; print({'sklearn', 'scipy', 'pandas', 'streamlit'} & set(sys.modules))"
    finished = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True)

    assert finished.stdout == "set()\n"
