"""A file of public data on projects, told by what is in it: CORDIS or the Financial Transparency System."""

import csv
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from thbfund.input.problems import InputError, Problem
from thbfund.staff.projects.cordis import cordis_projects
from thbfund.staff.projects.found import PublicProject
from thbfund.staff.projects.transparency import MOST_BEFORE, SUBJECT, transparency_projects

_EXPECTED = "an archive or table of CORDIS, or a year of the Financial Transparency System (XLSX or CSV)"

# What the readers raise on damaged bytes; RuntimeError: archives that are locked, or packed in an unknown way.
_DAMAGED = (ValueError, KeyError, SyntaxError, RuntimeError, EOFError, csv.Error, zlib.error, zipfile.BadZipFile)


def projects_in(path: Path) -> list[PublicProject]:
    """The projects of a file that may be on our subject.

    Raises:
        InputError: the file cannot be read, or is of neither source.
    """
    try:
        return list(_reader_of(path)(path))
    except OSError as error:
        hint = "check the name"
        raise InputError([Problem("unreadable-file", str(error.strerror), file=str(path), hint=hint)]) from None
    except _DAMAGED as error:
        found = f"the file is damaged or of another kind ({str(error)[:80]})"
        hint = "fetch it again; to enter rows that you completed, add --apply"
        raise InputError([Problem("wrong-value", found, file=str(path), allowed=_EXPECTED, hint=hint)]) from None


def _reader_of(path: Path) -> Callable[[Path], Iterator[PublicProject]]:
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            names = {name.rpartition("/")[2] for name in archive.namelist()}
        if "workbook.xml" in names:
            return transparency_projects
        if names & {"project.csv", "project.json"}:
            return cordis_projects
        raise ValueError("an archive without a table of projects")
    with path.open(encoding="utf-8-sig", newline="") as text:
        first = [line.casefold() for line, _ in zip(text, range(MOST_BEFORE), strict=False)]
    if first and "frameworkprogramme" in first[0] and "objective" in first[0]:
        return cordis_projects
    if any(SUBJECT in " ".join(line.split()) for line in first):
        return transparency_projects
    raise ValueError("neither the columns of the one nor of the other")
