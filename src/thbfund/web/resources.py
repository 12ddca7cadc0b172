"""What all sessions share: the loaded catalogue and its index. The only module that caches; nothing typed is cached."""

import os
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from thbfund.catalogue import Catalogue, packaged_data
from thbfund.input.problems import InputError, Problem
from thbfund.kept import kept
from thbfund.matching import Matcher
from thbfund.project import Project, read_project
from thbfund.text.language import prepare
from thbfund.web.speech import _


def data_folder() -> Path:
    """The catalogue to serve: THBFUND_DATA, which `thbfund app` sets, or the packaged one."""
    return Path(os.environ.get("THBFUND_DATA") or packaged_data())


@st.cache_resource(show_spinner="Reading the catalogue", max_entries=2)
def _matcher(folder: Path, state: tuple[tuple[str, int, int], ...]) -> Matcher:
    del state  # part of the key alone; with an underscore before its name Streamlit would leave it out
    from thbfund.catalogue import load_catalogue  # noqa: PLC0415 - heavy, and needed once

    prepare()
    with kept():
        return Matcher(load_catalogue(folder))


def shared_matcher() -> Matcher:
    """The matcher for the catalogue as it is on disk now, the same for pages and routes.

    Raises:
        InputError: the catalogue is broken.
    """
    folder = data_folder()
    return _matcher(folder, _state(folder))


def matcher() -> Matcher:
    """The matcher for the catalogue as it is on disk now; stops the page with the problems where it is broken."""
    try:
        return shared_matcher()
    except InputError as error:
        _show_broken(error.problems)
        st.stop()


def catalogue() -> Catalogue:
    """The catalogue as it is on disk now."""
    return matcher().catalogue


def examples(loaded: Catalogue) -> list[Project]:
    """Worked examples, one click away from the empty form; damaged ones are named in their place."""
    found = []
    for path in sorted((data_folder() / "examples").glob("*.yaml")):
        try:
            found.append(read_project(path.read_bytes(), path.name, loaded.vocabularies))
        except InputError as error:
            _list(error.problems)
    return found


def _state(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Changes when a file of the catalogue changes, comes or goes."""
    found = ((path, path.stat()) for path in sorted(folder.rglob("*.yaml")))
    return tuple((str(path), stat.st_mtime_ns, stat.st_size) for path, stat in found)


def _show_broken(problems: Sequence[Problem]) -> None:
    st.title(_("The catalogue has errors"))
    st.write(
        _("Nothing can be matched until they are mended. Staff: run `{command}`.", command="thbfund catalogue check")
    )
    _list(problems)


def _list(problems: Sequence[Problem]) -> None:
    st.code("\n".join(str(problem) for problem in problems), language=None, wrap_lines=True)
