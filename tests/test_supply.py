"""What is delivered and what it is made of: every package's licence is told, and no secret lies in the repository."""

import configparser
import re
import subprocess
import tomllib

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


# ---- what we depend on, and how it is run


PYPROJECT = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
DEPLOY = REPOSITORY / ".github" / "deploy"


def asked_for():
    project = tomllib.loads(PYPROJECT)["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    return [line for group in groups for line in group if not line.startswith("thbfund[")]


@pytest.mark.parametrize("requirement", asked_for())
def test_every_dependency_is_locked_and_says_what_it_is_for(requirement):
    name = re.split(r"[><=;\s]", requirement)[0].replace(".", "-")
    written = re.escape(f'"{requirement}",')
    assert name in LOCKED
    assert re.search(rf"^  {written} +# \w+|^  # \w.*\n  {written}", PYPROJECT, re.MULTILINE)


def test_every_locked_package_is_held_by_its_hashes():
    lock = (REPOSITORY / "requirements.lock").read_text(encoding="utf-8")
    entries = re.findall(r"^\S+==.*?(?=^\S|\Z)", lock, re.MULTILINE | re.DOTALL)
    assert len(entries) >= len(LOCKED)
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_actions_of_the_workflows_are_held_by_their_commits():
    used = [
        line.strip()
        for path in (REPOSITORY / ".github" / "workflows").glob("*.yml")
        for line in path.read_text(encoding="utf-8").splitlines()
        if "uses:" in line
    ]
    assert used
    assert [line for line in used if not re.search(r"@[0-9a-f]{40} # v", line)] == []


def test_the_container_runs_without_root_from_packages_with_checked_hashes():
    container = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    assert re.search(r"^USER [1-9]\d+:[1-9]\d+$", container, re.MULTILINE)
    assert "--require-hashes" in container
    assert "--no-index" in container
    assert "HEALTHCHECK" in container
    assert "--read-only --tmpfs /tmp --cap-drop all" in container


def test_the_service_may_write_nothing_and_speak_to_no_other_machine():
    service = configparser.ConfigParser(strict=False, interpolation=None)
    service.optionxform = str
    service.read(DEPLOY / "thbfund.service", encoding="utf-8")
    asked = service["Service"]
    shut = {"DynamicUser": "yes", "ProtectSystem": "strict", "ProtectHome": "yes", "PrivateTmp": "yes",
            "NoNewPrivileges": "yes", "CapabilityBoundingSet": "", "IPAddressDeny": "any",
            "IPAddressAllow": "localhost", "LimitCORE": "0"}  # fmt: skip
    assert {name: asked[name] for name in shut} == shut
    assert "--server.address 127.0.0.1" in asked["ExecStart"]
