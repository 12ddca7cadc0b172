"""What is delivered and what it is made of: every package's licence is told, and no secret lies in the repository."""

import re
import subprocess

import pytest

from conftest import REPOSITORY

LOCKED = set(re.findall(r"^([a-z0-9._-]+)==", (REPOSITORY / "requirements.lock").read_text("utf-8"), re.MULTILINE))

# What keys and passwords look like; the parts are joined here, so that this file does not look like one.
SECRETS = re.compile(
    "|".join(
        (
            "-----BEGIN [A-Z ]*PRIVATE " + "KEY-----",
            "AK" + r"IA[0-9A-Z]{16}",  # a cloud's access key
            "gh" + r"[pousr]_[A-Za-z0-9]{36}",  # a token for a repository
            "github" + r"_pat_[A-Za-z0-9_]{60}",
            "xox" + r"[abprs]-[A-Za-z0-9-]{10}",
            "py" + r"pi-[A-Za-z0-9_-]{50}",
            "ey" + r"J[A-Za-z0-9_-]{15,}\.ey" + r"J[A-Za-z0-9_-]{15,}\.",  # a signed token
            r"(?i:\b[a-z_]*(?:password|passwd|secret|token|api_key))\s*[:=]\s*['\"][A-Za-z0-9+/=_-]{16,}['\"]",
            r"https?://[^/\s:@'\"<>]+:[^/\s:@'\"<>{}]+@",  # a password in an address
        )
    )
)


def tracked():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, check=True).stdout
    return [REPOSITORY / name for name in listed.decode().split("\0") if name]


def licences():
    rows = re.findall(r"^\| (\S+) \| (.*) \|$", (REPOSITORY / ".github/LICENCES.md").read_text("utf-8"), re.MULTILINE)
    return {package: licence for package, licence in rows if package != "Package"}


def test_the_licence_of_every_locked_package_is_told():
    assert set(licences()) == LOCKED, "run .ci/run licences"
    assert [package for package, licence in licences().items() if not licence.strip()] == []


def test_no_licence_asks_for_more_than_ours_gives():
    free = re.compile(r"MIT|BSD|Apache|MPL|PSF|ISC|Zlib|LGPL")
    assert [package for package, licence in licences().items() if not free.search(licence)] == []


def test_no_secret_lies_in_the_repository():
    found = [path for path in tracked() if path.is_file() and SECRETS.search(path.read_bytes().decode("latin-1"))]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "-----BEGIN RSA PRIVATE " + "KEY-----",
        "key = AK" + "IAABCDEFGHIJKLMNOP",
        "client_secret " + '= "0123456789abcdef0123"',
        "https://user:" + "pass@example.eu/",
    ],
)
def test_a_secret_would_be_found(line):
    assert SECRETS.search(line)


@pytest.mark.parametrize("file", [".env", ".streamlit/secrets.toml"])
def test_files_for_secrets_are_kept_out_of_the_repository(file):
    assert subprocess.run(["git", "check-ignore", "-q", file], cwd=REPOSITORY, check=False).returncode == 0
    assert REPOSITORY / file not in tracked()
