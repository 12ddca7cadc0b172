"""What all sessions share: the loaded catalogue and its index. The only module that caches; nothing typed is cached."""

import os
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

import streamlit as st

from thbfund.catalogue import Catalogue, packaged_data
from thbfund.input.problems import InputError, Problem
from thbfund.kept import kept
from thbfund.matching import Matcher
from thbfund.project import Project, read_project
from thbfund.text.language import prepare
from thbfund.web import clock
from thbfund.web.keeper import Condition, Files, Keeper, files_in
from thbfund.web.speech import _


def data_folder() -> Path:
    """The catalogue to serve: THBFUND_DATA, which `thbfund app` sets, or the packaged one."""
    return Path(os.environ.get("THBFUND_DATA") or packaged_data())


@st.cache_resource(show_spinner="Reading the catalogue", max_entries=2)
def _keeper(folder: Path) -> Keeper[Matcher]:
    keeper = Keeper(lambda: files_in(folder), lambda: _load(folder), time.monotonic, clock.now)
    with suppress(InputError):  # it remembers them, and is asked again
        keeper.current()
    return keeper


def _load(folder: Path) -> Matcher:
    from thbfund.catalogue import load_catalogue  # noqa: PLC0415 - heavy, and needed once

    prepare()
    with kept():
        return Matcher(load_catalogue(folder))


def shared_matcher() -> Matcher:
    """The matcher for the last good state of the catalogue, the same for pages and routes.

    Raises:
        InputError: the catalogue is broken, and has been since the start.
    """
    return _keeper(data_folder()).current()


def condition() -> Condition:
    """What is wrong with the files as they are now, while the last good state is served."""
    keeper = _keeper(data_folder())
    with suppress(InputError):  # a look at the files, which nobody may have asked for since they changed
        keeper.current()
    return keeper.condition()


def problems() -> Sequence[Problem]:
    """All that `thbfund catalogue check` finds in the files as they are now, warnings and hints too."""
    folder = data_folder()
    return _checked(folder, files_in(folder), clock.today())


@st.cache_resource(show_spinner="Checking the catalogue", max_entries=1)
def _checked(folder: Path, files: Files, on: date) -> Sequence[Problem]:  # noqa: ARG001 - a key of what is kept
    """The same, kept for a day while the `files` look as they do: it takes a second or two."""
    from thbfund.catalogue import check_catalogue  # noqa: PLC0415 - heavy, and for staff alone

    return tuple(check_catalogue(folder, on)[1])


def matcher() -> Matcher:
    """The same; stops the page with the problems where there has been no good state yet."""
    try:
        return shared_matcher()
    except InputError as error:
        _show_broken(error.problems)
        st.stop()


def matcher_by_words() -> Matcher:
    """A matcher without the encoder, for tables of many projects."""
    loaded = catalogue()
    return _by_words(loaded.fingerprint, loaded)


@st.cache_resource(show_spinner=False, max_entries=1)
def _by_words(fingerprint: str, _catalogue: Catalogue) -> Matcher:  # noqa: ARG001 - it tells one state from another
    return Matcher(_catalogue, None)


def catalogue() -> Catalogue:
    """The last good state of the catalogue."""
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


def _show_broken(problems: Sequence[Problem]) -> None:
    st.title(_("The catalogue has errors"))
    st.write(
        _("Nothing can be matched until they are mended. Staff: run `{command}`.", command="thbfund catalogue check")
    )
    _list(problems)


def _list(problems: Sequence[Problem]) -> None:
    st.code("\n".join(str(problem) for problem in problems), language=None, wrap_lines=True)
