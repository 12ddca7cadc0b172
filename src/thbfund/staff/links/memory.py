"""Findings kept in a file, so that an address is not asked for again and again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from pydantic import RootModel, ValidationError

from thbfund.input.problems import InputError, Problem
from thbfund.staff.links.judging import Finding


@dataclass(frozen=True, slots=True)
class Kept:
    """A finding and the day of it."""

    finding: Finding
    on: date


_File = RootModel[dict[str, Kept]]


def read_kept(path: Path) -> dict[str, Kept]:
    """What a file keeps, by address; nothing where there is no file.

    Raises:
        InputError: it is another kind of file, which must not be written over.
    """
    try:
        return _File.model_validate_json(path.read_bytes()).root
    except FileNotFoundError:
        return {}
    except (ValidationError, OSError) as error:
        said = error.strerror if isinstance(error, OSError) else "no file of findings"
        raise InputError(
            [Problem("not-json", said or "cannot be read", file=str(path), hint="name another file, or delete it")]
        ) from None


def still_known(kept: Mapping[str, Kept], on: date, days: int) -> dict[str, Finding]:
    """Findings that are not older than so many days; what was uncertain is asked again."""
    since = on - timedelta(days=days)
    return {
        address: each.finding for address, each in kept.items() if each.on > since and each.finding.state != "uncertain"
    }


def kept_bytes(findings: Mapping[str, Kept]) -> bytes:
    """The content of the file."""
    return f"{_File(dict(sorted(findings.items()))).model_dump_json(indent=1)}\n".encode()
