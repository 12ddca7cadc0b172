"""An edit checked, written, committed and put on record; or refused, with what the editor can do about it."""

import errno
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from thbfund.input.problems import InputError, Problem, ThbfundError
from thbfund.input.strict_yaml import read_yaml
from thbfund.staff.edits import difference
from thbfund.staff.git import Author, GitError, commit_file, merged, root_of
from thbfund.staff.locking import locked
from thbfund.staff.trial import path_of, problems_after, text_at
from thbfund.staff.yaml_writing import same
from thbfund.writing import Step, no_step, replace_file

BRANCH = "catalogue-edits"
Editor = Author
_AS_PATCH = "The catalogue cannot be written here: nothing was saved. Pass on the patch instead."
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}


@dataclass(frozen=True, slots=True)
class Change:
    """A new text for a file.

    Attributes:
        file: its name below the catalogue's folder: `programmes/cerv.yaml`.
        before: its text as the editor saw it; "" for a new file.
        after: the text to save.
        reason: why, in a sentence; the history shows it.
    """

    file: str
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a change.

    Attributes:
        written: whether the file holds it now.
        patch: the change, for `git apply` in the folder above the catalogue's, or in the root of its checkout.
        commit: of the change; "" where there is none.
        note: what the editor should know, in sentences; "" where all went as expected.
    """

    written: bool
    patch: str
    commit: str = ""
    note: str = ""


class NotSavedError(ThbfundError):
    """Raised where nothing was written; its text says why."""


class ProblemsError(NotSavedError):
    """Raised where the catalogue would have errors; carries them."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("Not saved: the catalogue would have errors.\n" + "\n".join(map(str, problems)))


class EditConflict(NotSavedError):  # noqa: N818 - a conflict is what editors call it
    """Raised where the file changed after the editor read it.

    Attributes:
        current: the file's text now.
        merged: both changes together, to be looked at and saved; None where they touch the same lines.
    """

    def __init__(self, file: str, current: str, together: str | None) -> None:
        self.current, self.merged = current, together
        super().__init__(f"Not saved: somebody else changed {file} after you opened it.")


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold a folder to write into it, see `locked`.

    Raises:
        NotSavedError: the system refused something; whoever writes in here takes care of what happens after the write.
    """
    try:
        with locked(folder):
            yield
    except OSError as error:
        raise NotSavedError(f"Not saved: {error.strerror}.") from error


def save(  # noqa: PLR0913 - the last three are for those who set up the app, and for tests
    folder: Path,
    change: Change,
    editor: Editor,
    on: datetime,
    *,
    audit: Path | None = None,
    branch: str = BRANCH,
    step: Step = no_step,
) -> Saved:
    """Write a change if the catalogue is free of errors with it, commit it, and add a line to the record.

    Args:
        folder: the catalogue's folder.
        change: what to save.
        editor: who saves it; the author of the commit.
        on: when.
        audit: folder of the record; None: none is kept.
        branch: that the change is committed to, where the folder is in a git checkout.
        step: told each step of writing before it is taken.

    Raises:
        FileRefusedError: the file may not be edited.
        NotSavedError: nothing was saved; a `ProblemsError` or `EditConflict` says more.
    """
    path = path_of(folder, change.file)
    root = root_of(folder)
    patch = _patch_of(change, path.resolve().relative_to((root or folder.resolve().parent).resolve()).as_posix())
    with held(folder):
        _refuse_if_changed(path, change)
        _refuse_errors(folder, change, on)
        if not _written(path, change, step):
            return Saved(written=False, patch=patch, note=_AS_PATCH)
        commit, notes = committed(root, path, change.after.encode(), editor, message_of(change), branch)
        if audit is not None:
            notes += recorded(audit, change, changed_paths(change.before, change.after), editor, on, commit)
    return Saved(written=True, patch=patch, commit=commit, note=" ".join(notes))


def _patch_of(change: Change, name: str) -> str:
    if not change.reason.strip():
        raise NotSavedError("Not saved: say in a sentence why you make this change.")
    patch = difference(change.before, change.after, name)
    if not patch:
        raise NotSavedError("Not saved: nothing was changed.")
    return patch


def _refuse_errors(folder: Path, change: Change, on: datetime) -> None:
    errors = [p for p in problems_after(folder, change.file, change.after, on.date()) if p.severity == "error"]
    if errors:
        raise ProblemsError(errors)


def _written(path: Path, change: Change, step: Step) -> bool:
    """Write the file; False where it may not be written here."""
    try:
        replace_file(path, change.after.encode(), step)
    except OSError as error:
        if error.errno in _READ_ONLY:
            return False
        reason = error.strerror or "writing failed"
        raise NotSavedError(f"Not saved: {reason}. {change.file} is as it was.") from error
    return True


def message_of(change: Change) -> str:
    """The message of a commit: the programme's id, or the file's name, and the reason on one line."""
    return f"{PurePosixPath(change.file).stem}: {' '.join(change.reason.split())}\n"


def changed_paths(before: str, after: str) -> list[str]:
    """Dotted paths of the values that differ between two texts of a file; those of its top for a new one.

    Empty where only comments differ, and where the text before was no YAML: that it was broken is what was mended.
    """
    try:
        old = read_yaml(before).value if before else {}
    except InputError:
        return []
    return list(dict.fromkeys(_differing(old, read_yaml(after).value, ())))


def _differing(old: Any, new: Any, path: tuple[str, ...]) -> list[str]:
    if same(old, new):
        return []
    if isinstance(old, dict) and isinstance(new, dict):
        keys = [*old, *(key for key in new if key not in old)]
        pairs = [(key, old.get(key), new.get(key), key in old and key in new) for key in keys]
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        pairs = [(str(index), *both, True) for index, both in enumerate(zip(old, new, strict=True))]
    else:
        return [".".join(path)]
    found: list[str] = []
    for key, first, second, both in pairs:
        found += _differing(first, second, (*path, key)) if both else [".".join((*path, key))]
    return found


def _refuse_if_changed(path: Path, change: Change) -> None:
    try:
        current = text_at(path, change.file)
    except OSError as error:
        raise NotSavedError(f"Not saved: {change.file} cannot be read: {error.strerror}.") from error
    except InputError as error:
        raise NotSavedError(f"Not saved: the file that is there cannot be read. {error}") from error
    if current != change.before:
        together = merged(change.before, change.after, current) if current and change.before else None
        raise EditConflict(change.file, current, together)


def committed(
    root: Path | None, path: Path, content: bytes, editor: Editor, message: str, branch: str = BRANCH
) -> tuple[str, list[str]]:
    """The commit of a file that was written, "" where there is none, and what to know of it."""
    if root is None:
        return "", []
    try:
        return commit_file(root, path, content, branch, editor, message), []
    except (GitError, OSError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        return "", [f"The file is saved, but not committed: {why}."]


def recorded(audit: Path, change: Change, paths: Sequence[str], editor: Editor, on: datetime, commit: str) -> list[str]:
    """Add a line to the record of edits in a folder; what to know where that fails: the edit itself stands."""
    line = {
        "when": on.isoformat(), "who": editor.email, "name": editor.name, "file": change.file,
        "paths": list(paths), "why": " ".join(change.reason.split()), "commit": commit,
    }  # fmt: skip
    content = (json.dumps(line, ensure_ascii=False) + "\n").encode()
    try:
        audit.mkdir(parents=True, exist_ok=True)
        handle = os.open(audit / "edits.jsonl", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o640)
        try:
            os.write(handle, content)
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        return [f"The file is saved, but the record of edits could not be written: {error.strerror}."]
    return []
