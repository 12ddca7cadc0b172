"""The project that a command is asked about: from a project file, a concept note, standard input or bare text."""

import sys
from pathlib import Path

import click

from thbfund.apart import read_apart
from thbfund.catalogue import Catalogue
from thbfund.documents import UnreadableError, cut, problem_of
from thbfund.documents.limits import MAX_BYTES
from thbfund.input.problems import InputError, Problem, file_name
from thbfund.project import MAX_PROJECT_BYTES, MAX_SUMMARY_CHARACTERS, Project, project_of_text, read_project
from thbfund.said import say

NOTES = (".pdf", ".docx", ".odt", ".txt", ".md", ".markdown")
"""How the names of concept notes end; other files are project files."""


def project_in(file: str, text: str | None, catalogue: Catalogue) -> Project:
    """The project in a file, on standard input or in a text."""
    if text is not None:
        return project_of_text(text, catalogue.vocabularies)
    if file.lower().endswith(NOTES):
        return project_of_text(_note(file), catalogue.vocabularies)
    return read_project(_content(file), "standard input" if file == "-" else file, catalogue.vocabularies)


def _note(file: str) -> str:
    """The text of a concept note; what was not read of it is said on standard error."""
    try:
        note = read_apart(_content(file, MAX_BYTES))
    except UnreadableError as error:
        raise InputError([problem_of(error, file)]) from None
    used, rest = cut(note.text, MAX_SUMMARY_CHARACTERS)
    remarks = [*note.said, say("Only the first {n} characters are used.", n=len(used))] if rest else note.said
    for remark in remarks:
        click.echo(remark, err=True)
    return used


def _content(file: str, most: int = MAX_PROJECT_BYTES) -> bytes:
    """The bytes of a file or of standard input, no more than can be used."""
    try:
        if file == "-":
            return sys.stdin.buffer.read(most + 1)
        with Path(file).open("rb") as stream:
            return stream.read(most + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "this is no file name"
        hint = "check the name; a description itself goes with --text"
        raise InputError([Problem("unreadable-file", str(reason), file=file_name(file), hint=hint)]) from None
