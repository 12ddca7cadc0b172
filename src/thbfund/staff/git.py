"""What git is asked for: one file committed to a branch and nothing else, texts merged, a folder as it once was."""

import io
import os
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from thbfund.input.problems import ThbfundError

WAIT = 60  # seconds; a commit of one file takes a fraction of one
_NOTHING = "0" * 40


class GitError(ThbfundError):
    """Raised where git does not do as told; its text is what git said."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who made a change."""

    name: str
    email: str


def root_of(folder: Path) -> Path | None:
    """The checkout that a folder lies in; None where it is in none, or there is no git."""
    try:
        return Path(_git(folder, "rev-parse", "--show-toplevel").decode().removesuffix("\n"))
    except GitError:
        return None


def author_at(folder: Path) -> Author | None:
    """Whom git would name as the author of a commit there; None where it knows nobody, or there is no git."""
    try:
        name, email = (_git(folder, "config", f"user.{part}").decode().strip() for part in ("name", "email"))
    except GitError:
        return None
    return Author(name, email) if name and email else None


def commit_file(root: Path, file: Path, content: bytes, branch: str, author: Author, message: str) -> str:
    """Commit one file to a branch, which is made from the commit at hand where it is not there; return the commit.

    Hooks do not run: they would see a checkout that is not what is committed.

    Raises:
        GitError: git refuses, or somebody else committed to the branch meanwhile.
    """
    name, ref = file.resolve().relative_to(root.resolve()).as_posix(), f"refs/heads/{branch}"
    _git(root, "check-ref-format", ref)
    tip = _commit_at(root, ref)
    parent = tip or _commit_at(root, "HEAD")
    blob = _git(root, "hash-object", "-w", "--stdin", content=content).decode().strip()
    entry = ("update-index", "--add", "--cacheinfo", f"100644,{blob},{name}")
    with tempfile.TemporaryDirectory(prefix="thbfund-index-") as place:
        index = {"GIT_INDEX_FILE": str(Path(place) / "index")}
        _git(root, "read-tree", *([parent] if parent else ["--empty"]), more=index)
        _git(root, *entry, more=index)
        tree = _git(root, "write-tree", more=index).decode().strip()
    after = ["-p", parent] if parent else []
    who = {f"GIT_{role}_{part}": text for role in ("AUTHOR", "COMMITTER") for part, text in _named(author)}
    commit = _git(root, "commit-tree", tree, *after, content=message.encode(), more=who).decode().strip()
    _git(root, "update-ref", ref, commit, tip or _NOTHING)
    if _git(root, "symbolic-ref", "-q", "HEAD", may_fail=True).decode().strip() == ref:
        _git(root, *entry)  # else the file would look staged back to what it was
    return commit


def merged(before: str, ours: str, theirs: str) -> str | None:
    """Two changes of one text brought together by lines; None where they touch the same lines, or there is no git."""
    with tempfile.TemporaryDirectory(prefix="thbfund-merge-") as place:
        names = []
        for name, text in (("ours", ours), ("before", before), ("theirs", theirs)):
            (Path(place) / name).write_bytes(text.encode())
            names.append(name)
        try:
            return _git(Path(place), "merge-file", "-p", *names).decode()
        except GitError:
            return None


def _named(author: Author) -> tuple[tuple[str, str], ...]:
    clean = str.maketrans("", "", "<>\r\n\0")
    return ("NAME", author.name.translate(clean).strip() or "staff"), ("EMAIL", author.email.translate(clean).strip())


def _commit_at(root: Path, name: str) -> str:
    return _git(root, "rev-parse", "-q", "--verify", f"{name}^{{commit}}", may_fail=True).decode().strip()


def _git(
    where: Path, *arguments: str, content: bytes = b"", more: dict[str, str] | None = None, may_fail: bool = False
) -> bytes:
    """What git says; variables that point it to another checkout are not passed on."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    command = ["git", "-c", "core.hooksPath=/dev/null", "-C", str(where), *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - git itself, and no shell
            command, input=content, capture_output=True, check=False, timeout=WAIT, env={**kept, **(more or {})}
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise GitError(str(error)) from None
    if done.returncode and not may_fail:
        raise GitError(done.stderr.decode(errors="replace").strip() or f"git {arguments[0]} failed")
    return done.stdout


@dataclass(frozen=True, slots=True)
class Commit:
    """A state of a folder that somebody committed."""

    id: str
    at: datetime
    subject: str


def commits_to(root: Path, folder: Path) -> list[Commit]:
    """The commits on the way to the present one that changed a folder, oldest first.

    Raises:
        GitError: the checkout has no commit, or git does not answer.
    """
    asked = ("log", "--first-parent", "--reverse", "--no-show-signature", "--format=%H%x00%cI%x00%s")
    kept = _git(root, *asked, "--", _name(root, folder)).decode(errors="replace")
    found = (line.split("\0", 2) for line in kept.split("\n") if line)  # a subject may hold other ends of lines
    return [Commit(key, datetime.fromisoformat(at).astimezone(UTC), subject) for key, at, subject in found]


def folder_at(root: Path, folder: Path, commit: str, into: Path) -> Path:
    """Write a folder as it was at a commit into another place; give where it lies.

    Raises:
        GitError: it was not there, or git does not answer.
    """
    name = _name(root, folder)
    packed = _git(root, "archive", "--format=tar", commit, "--", name)
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(into, filter="data")
    return into / name


def _name(root: Path, folder: Path) -> str:
    return folder.resolve().relative_to(root.resolve()).as_posix()
