"""What the check of the catalogue would say if one of its files were different; nothing is written into the folder."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path, PurePosixPath

from thbfund.catalogue.load import MAX_CATALOGUE_BYTES, check_catalogue
from thbfund.input.decoding import text_of
from thbfund.input.problems import InputError, Problem, ThbfundError

KINDS = ("calls", "guidance", "lexicon", "policy", "programmes", "vocabularies")
"""Folders whose files people write; the rest comes from commands or has another form."""


class FileRefusedError(ThbfundError):
    """Raised for a file that may not be edited; its text says why, in a sentence."""


def path_of(folder: Path, file: str) -> Path:
    """The path of a file of the catalogue, which need not be there yet.

    Args:
        folder: the catalogue's folder.
        file: its name below the folder: `programmes/cerv.yaml`.

    Raises:
        FileRefusedError: it is none, or leads out of the folder.
    """
    name = PurePosixPath(file)
    if not file.isprintable() or "\\" in file or name.is_absolute() or ".." in name.parts:
        raise FileRefusedError(
            "The file must be named by its place below the catalogue's folder, such as calls/cerv.yaml."
        )
    if name.suffix != ".yaml" or name.name.startswith("."):
        raise FileRefusedError(f"{file} is no YAML file: its name must end in .yaml.")
    if len(name.parts) != 2 or name.parts[0] not in KINDS:  # noqa: PLR2004 - a kind and a name
        raise FileRefusedError(f"{file} is none of the files that can be edited: those are in {', '.join(KINDS)}.")
    path = folder / name
    inside = folder.resolve()
    if path.is_symlink() or path.resolve() != inside / name:
        raise FileRefusedError(f"{file} is a link to another place, which is not followed: edit the file itself.")
    if path.exists() and not path.is_file():
        raise FileRefusedError(f"{file} is no file.")
    return path


def text_at(path: Path, file: str) -> str:
    """What a file of the catalogue holds; "" where there is none yet.

    Args:
        path: where it lies.
        file: its name in problems.

    Raises:
        InputError: it is no text, or too large.
        OSError: it cannot be read.
    """
    return text_of(path.read_bytes() if path.exists() else b"", file, MAX_CATALOGUE_BYTES)


def problems_after(folder: Path, file: str, text: str, on: date | None = None) -> list[Problem]:
    """All problems that the check finds once `file` holds `text`, errors, warnings and hints.

    Args:
        folder: the catalogue's folder.
        file: its name below the folder.
        text: its new content; a file that is not there yet is added.
        on: the day of the check, see `check_catalogue`.

    Raises:
        FileRefusedError: the file may not be edited.
    """
    path_of(folder, file)
    try:
        text_of(_bytes(text), f"{folder.resolve().name}/{file}", MAX_CATALOGUE_BYTES)
    except InputError as error:
        return list(error.problems)
    with folder_with(folder, file, text) as other:
        return check_catalogue(other, on)[1]


@contextmanager
def folder_with(folder: Path, file: str, text: str) -> Iterator[Path]:
    """A folder of links to the files of the catalogue's, but `file` holds `text`; it is gone afterwards.

    Raises:
        FileRefusedError: the file may not be edited.
    """
    path_of(folder, file)
    folder = folder.resolve()
    with tempfile.TemporaryDirectory(prefix="thbfund-trial-") as place:
        other = Path(place) / folder.name
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                link = other / path.relative_to(folder)
                link.parent.mkdir(parents=True, exist_ok=True)
                link.symlink_to(path)
        changed = other / file
        changed.parent.mkdir(parents=True, exist_ok=True)
        changed.unlink(missing_ok=True)
        changed.write_bytes(_bytes(text))
        yield other


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
