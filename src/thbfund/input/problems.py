"""What can be wrong with data that a person wrote, said so that the person can mend it."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

Severity = Literal["error", "warning", "hint"]

SHOWN_CHOICES = 12  # a longer list of allowed values hides the one that matters
SHOWN_WORDS = 5  # it may be a project's text in the wrong place, of which no more is ever repeated
SHOWN_CHARACTERS = 80  # a longer value is cut: the place is named anyway


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: where it stands, what was found, what is allowed, and how to put it right.

    Attributes:
        code: short name of the kind of problem, documented in `data/README.md`.
        message: one sentence that says what is wrong.
        severity: errors make a command fail, warnings and hints do not.
        file: the file as the user knows it, or "" where there is none.
        line: counted from 1; 0 where the place is not known.
        column: counted from 1; 0 where the place is not known.
        field: dotted path of the value (`strands.0.eligibility.eu_rate`).
        found: the value as it was read.
        allowed: what would be accepted.
        hint: how to fix it.
    """

    code: str
    message: str
    severity: Severity = "error"
    file: str = ""
    line: int = 0
    column: int = 0
    field: str = ""
    allowed: str = ""
    hint: str = ""

    @property
    def place(self) -> str:
        """File, line and column in the form that editors understand: `data/x.yaml:14:3`."""
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column}"

    def __str__(self) -> str:
        start = " ".join(part for part in (self.place, self.severity, f"{self.code}:") if part)
        field = f" {self.field}:" if self.field else ""
        allowed = f", expected {self.allowed}" if self.allowed else ""
        hint = f" - {self.hint}" if self.hint else ""
        return f"{start}{field} {self.message}{allowed}{hint}"


class ThbfundError(Exception):
    """What all errors of this package descend from: their text is for people."""


class InputError(ThbfundError):
    """Raised when input cannot be used; carries every problem found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def shown(value: Any) -> str:
    """Return a value in quotes, on one line, printable and short enough for a message; `nothing` for null.

    >>> shown(None)
    'nothing'
    """
    if value is None:
        return "nothing"
    text = str(value) if not isinstance(value, bool) else str(value).lower()
    return f'"{shortened(text)}"'


def shortened(text: str) -> str:
    """Return text on one line, printable, of at most `SHOWN_WORDS` words and `SHOWN_CHARACTERS` characters."""
    plain = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)
    words = plain.split(" ")
    kept = " ".join(words[:SHOWN_WORDS])
    if len(kept) > SHOWN_CHARACTERS:
        kept = kept[: SHOWN_CHARACTERS - 1] + "…"
    elif len(words) > SHOWN_WORDS:
        kept += " …"
    return kept


def file_name(name: str) -> str:
    """Return a file's name as it was given, or its beginning where it is rather a description in the wrong place."""
    return name if len(name.split()) <= SHOWN_WORDS else shortened(name)


def choices(allowed: Iterable[str]) -> str:
    """Return the allowed values as words: `one of a, b, c`, cut to a length that can be read.

    >>> choices(["c", "a", "b"])
    'one of a, b, c'
    """
    names = sorted(allowed)
    listed = ", ".join(names[:SHOWN_CHOICES])
    return f"one of {listed}" + (f" and {len(names) - SHOWN_CHOICES} more" if len(names) > SHOWN_CHOICES else "")


def suggestion(found: str, allowed: Iterable[str]) -> str:
    """Return `did you mean "x"?` for the nearest allowed value, whatever its case, or "" where none is near.

    >>> suggestion("migrant", ["migrants", "minors"])
    'did you mean "migrants"?'
    >>> suggestion("lighthouse", ["migrants", "minors"])
    ''
    """
    by_folded = {name.casefold(): name for name in sorted(allowed)}
    nearest = difflib.get_close_matches(found.casefold(), list(by_folded), n=1, cutoff=0.6)
    return f'did you mean "{by_folded[nearest[0]]}"?' if nearest else ""
