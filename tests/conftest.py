"""What all tests share: the tiny invented catalogue, the real one, and when browser tests run."""

import gc
import importlib.util
import os
import shutil
import sys
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from factories import write_catalogue, write_guidance
from thbfund import Catalogue, Matcher, load_catalogue
from thbfund.catalogue import check_catalogue, load
from thbfund.kept import kept
from thbfund.text.encoder import E5

if TYPE_CHECKING:
    from playwright.sync_api import Browser

REPOSITORY = Path(__file__).parents[1]

# The same examples on every run, and no failure because a machine was busy.
settings.register_profile("thbfund", derandomize=True, deadline=None, database=None)
settings.load_profile("thbfund")

# The collector looks through all that the packages and the catalogue hold time and again: a seventh of the time.
gc.set_threshold(50_000, 20, 10)


@pytest.fixture(scope="session", autouse=True)
def _packages_scanned_once() -> Iterator[None]:
    """Each run of an `AppTest` would read the metadata of every installed package again, most of its time."""
    with pytest.MonkeyPatch.context() as patch:
        if "streamlit.testing.v1" in sys.modules:
            from streamlit.components.v2 import manifest_scanner

            scan = manifest_scanner.scan_component_manifests
            patch.setattr(manifest_scanner, "scan_component_manifests", cache(scan))
        yield


@pytest.fixture(scope="session", autouse=True)
def _same_text_read_once() -> Iterator[None]:
    """Tests load the same files, and match the same descriptions, hundreds of times: mostly parsing and encoding."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(load, "read_yaml", lru_cache(maxsize=500)(load.read_yaml))
        patch.setattr(E5, "encode", lru_cache(maxsize=5000)(E5.encode))
        yield


@pytest.fixture(scope="class")  # for each test, and where hypothesis makes the examples too
def read_anew() -> Iterator[None]:
    """For tests of what is the same every time: nothing is taken over from a time before."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(load, "read_yaml", load.read_yaml.__wrapped__)
        patch.setattr(E5, "encode", E5.encode.__wrapped__)
        yield


@pytest.fixture(scope="session")
def repository() -> Path:
    """The checkout."""
    return REPOSITORY


@pytest.fixture(scope="session")
def data() -> Path:
    """The real catalogue's folder."""
    return REPOSITORY / "data"


@pytest.fixture(scope="session")
def catalogue(data: Path) -> Catalogue:
    """The real catalogue; out of the garbage collector's sight, as in the app."""
    with kept():
        return load_catalogue(data)


@pytest.fixture(scope="session")
def matcher(catalogue: Catalogue) -> Matcher:
    """A matcher on the real catalogue."""
    with kept():
        return Matcher(catalogue)


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny invented catalogue as files; read only: a test that breaks it writes its own."""
    return write_catalogue(tmp_path_factory.mktemp("tiny") / "data")


@pytest.fixture(scope="session")
def tiny(tiny_folder: Path) -> Catalogue:
    """The tiny invented catalogue, loaded."""
    return load_catalogue(tiny_folder)


@pytest.fixture(scope="session")
def tiny_matcher(tiny: Catalogue) -> Matcher:
    """A matcher on the tiny catalogue."""
    return Matcher(tiny)


@pytest.fixture
def guided(tmp_path):
    """A function: the tiny catalogue with these entries of guidance."""

    def load(programmes=None, topics=(), **files):
        catalogue, problems = check_catalogue(write_guidance(tmp_path / "data", programmes, topics, **files))
        assert catalogue is not None, [str(problem) for problem in problems]
        return catalogue

    return load


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip browser tests where there is no browser; fail them where one is required."""
    if item.get_closest_marker("browser") is None or not (missing := missing_for_browser_tests()):
        return
    reason = f"browser tests need {missing}"
    if os.environ.get("THBFUND_BROWSER") == "required":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def missing_for_browser_tests() -> str:
    """Name what is missing, or "" where browser tests can run."""
    wanted = {
        "Chromium (apt install chromium)": chromium() is not None,
        "the package playwright": importlib.util.find_spec("playwright") is not None,
    }
    return " and ".join(name for name, found in wanted.items() if not found)


def chromium() -> str | None:
    """Path of the system's Chromium."""
    debian = Path("/usr/bin/chromium")
    return str(debian) if debian.exists() else shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture
def links_lead_nowhere(monkeypatch):
    """A page that is drawn without the app's frame knows no other pages to link to."""
    monkeypatch.setattr("streamlit.page_link", lambda *_, **__: None)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the app answers: one server for the module."""
    from browsing import running_app

    with running_app(tmp_path_factory.mktemp("server") / "log.txt") as url:
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """One Chromium for the module; every test has a context, and so a session, of its own."""
    from browsing import running_browser

    with running_browser() as found:
        yield found
