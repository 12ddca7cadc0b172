"""A report on the ranking, written down as a case that the evaluation replays."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from thbfund.catalogue.contents import Catalogue
from thbfund.evaluation.cases import FOLDER, Case, read_case, replay
from thbfund.input.problems import InputError, Problem
from thbfund.matching import Matcher
from thbfund.project import Project, write_project
from thbfund.staff.locking import locked
from thbfund.writing import replace_file


def case_text(name: str, project: Project, expected: Mapping[str, Any], matcher: Matcher) -> tuple[str, Case]:
    """The text of a case file, and the case; it is held where it holds now.

    Args:
        name: the case's id.
        project: in own words.
        expected: the other fields of a case; None is left out.
        matcher: by which it is replayed.

    Raises:
        InputError: with everything that is wrong with it.
    """
    values = {key: value for key, value in expected.items() if value is not None}
    values = {"id": name, **values, "project": yaml.safe_load(write_project(project))}
    case = _read(name, {**values, "held": False}, matcher.catalogue)
    [replayed] = replay(matcher, [case])
    held = case.model_copy(update={"held": replayed.holds})
    return _written({**values, "held": held.held}), held


def _read(name: str, values: Mapping[str, Any], catalogue: Catalogue) -> Case:
    return read_case(_written(values).encode(), f"{name}.yaml", catalogue)


def _written(values: Mapping[str, Any]) -> str:
    return yaml.safe_dump(dict(values), sort_keys=False, allow_unicode=True, width=120)


def add_case(data: Path, name: str, text: str) -> Path:
    """Write a new case into a data folder; give its file.

    Raises:
        InputError: there is one of that name, or it cannot be written.
    """
    folder = data / FOLDER
    path = folder / f"{name}.yaml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder):
            if path.exists():
                raise InputError([Problem("file-exists", "there is such a case", file=str(path), hint="another name")])
            replace_file(path, text.encode())
    except OSError as error:
        said = error.strerror or "cannot be written"
        raise InputError([Problem("unwritable-file", said, file=str(path), hint="check permissions")]) from None
    return path
