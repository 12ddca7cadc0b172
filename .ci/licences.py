"""Print the licences of all packages in requirements.lock as Markdown: `.ci/run licences`.

What is not installed here, for it is for another system or Python, is asked of pip, which looks and installs nothing.
"""

import json
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

LOCK = Path(__file__).parents[1] / "requirements.lock"
SAID_ELSEWHERE = {"axe-playwright-python": "MIT", "truststore": "MIT"}  # in their files LICENSE, not in their metadata
SAME = {
    "BSD License": "BSD", "BSD 2-Clause License": "BSD-2-Clause", "3-Clause BSD License": "BSD-3-Clause",
    "MIT License": "MIT", "MIT license": "MIT", "Apache Software License": "Apache-2.0", "Apache2.0": "Apache-2.0",
    "Apache 2.0": "Apache-2.0", "Apache License 2.0": "Apache-2.0", "PSFL": "PSF-2.0",
    "Python Software Foundation License": "PSF-2.0", "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}  # fmt: skip
LONGEST = 40  # characters of a name; what is longer is the licence itself
HEAD = """# Licences of the packages

Made by `.ci/run licences` from `requirements.lock` and what each package says of itself. The wheel holds none of these
packages: installing it fetches them. Which of them serve the app and which only its makers is said in `pyproject.toml`.

| Package | Licence |
|---|---|"""


def locked() -> dict[str, str]:
    """Name and version of every package in the lock, the last one where there are several."""
    return dict(re.findall(r"^([a-z0-9._-]+)==([^\s;]+)", LOCK.read_text(encoding="utf-8"), re.MULTILINE))


def named(expression: str | None, classifiers: Sequence[str], name: str | None) -> str:
    """The licence: an SPDX expression, else the name in the metadata, else the classifiers; "" where none is told."""
    first = (name or "").strip().split("\n")[0]
    listed = [one.split(" :: ")[-1] for one in classifiers if one.startswith("License ::")]
    if expression:
        return expression
    if first and len(first) <= LONGEST and not first.startswith("Copyright"):
        return SAME.get(first, first)
    return " or ".join(SAME.get(one, one) for one in listed)


def installed(package: str) -> str:
    """What an installed package says.

    Raises:
        PackageNotFoundError: it is not installed here.
    """
    told = metadata(package)
    return named(told.get("License-Expression"), told.get_all("Classifier", []), told.get("License"))


def looked_up(wanted: Mapping[str, str]) -> dict[str, str]:
    """What packages say that are not installed here."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed", "--no-deps"]
    command += ["--disable-pip-version-check", "--ignore-requires-python", "--report", "-"]
    done = subprocess.run(  # noqa: S603 - pip, with the names of the lock
        [*command, *(f"{name}=={version}" for name, version in wanted.items())], check=True, capture_output=True
    )
    told = [one["metadata"] for one in json.loads(done.stdout)["install"]]
    return {
        one["name"]: named(one.get("license_expression"), one.get("classifier", []), one.get("license")) for one in told
    }


def main() -> None:
    """Print the table."""
    found, missing = {}, {}
    for package, version in locked().items():
        try:
            found[package] = installed(package)
        except PackageNotFoundError:
            missing[package] = version
    found |= (looked_up(missing) if missing else {}) | SAID_ELSEWHERE
    sys.stdout.write(HEAD + "".join(f"\n| {package} | {found[package]} |" for package in sorted(found)) + "\n")


if __name__ == "__main__":
    main()
