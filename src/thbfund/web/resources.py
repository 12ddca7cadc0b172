"""What all sessions share: the loaded catalogue and its index. The only module that caches; nothing typed is cached."""

import os
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from thbfund.catalogue import Catalogue, packaged_data
from thbfund.input.problems import InputError, Problem
from thbfund.matching import Matcher
from thbfund.project import Project, read_project


def data_folder() -> Path:
    """The catalogue to serve: THBFUND_DATA, which `thbfund app` sets, or the packaged one."""
    return Path(os.environ.get("THBFUND_DATA") or packaged_data())


@st.cache_resource(show_spinner="Reading the catalogue", max_entries=2)
def _matcher(folder: Path, _changed: tuple[int, ...]) -> Matcher:
    from thbfund.catalogue import load_catalogue  # noqa: PLC0415 - heavy, and needed once

    return Matcher(load_catalogue(folder))


def matcher() -> Matcher:
    """The matcher for the catalogue as it is on disk now; stops the page with the problems where it is broken."""
    folder = data_folder()
    try:
        return _matcher(folder, _state(folder))
    except InputError as error:
        _show_broken(error.problems)
        st.stop()


def catalogue() -> Catalogue:
    """The catalogue as it is on disk now."""
    return matcher().catalogue


def examples(loaded: Catalogue) -> list[Project]:
    """Worked examples, one click away from the empty form."""
    paths = sorted((data_folder() / "examples").glob("*.yaml"))
    return [read_project(path.read_bytes(), path.name, loaded.vocabularies) for path in paths]


def _state(folder: Path) -> tuple[int, ...]:
    """Changes when a file of the catalogue changes."""
    return tuple(path.stat().st_mtime_ns for path in sorted(folder.rglob("*.yaml")))


def _show_broken(problems: Sequence[Problem]) -> None:
    st.header("The catalogue has errors")
    st.write("Nothing can be matched until they are mended. Staff: run `thbfund catalogue check`.")
    st.code("\n".join(str(problem) for problem in problems), language=None, wrap_lines=True)
