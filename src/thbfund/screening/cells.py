"""One row of a table as a project, or what is wrong in it."""

from collections.abc import Mapping
from typing import Any, SupportsFloat

from thbfund.catalogue.vocabulary import Vocabularies
from thbfund.input.problems import InputError, Problem
from thbfund.input.strict_yaml import Document, number_in
from thbfund.input.validation import build
from thbfund.project import Project

ID, SUMMARY = "id", "summary"
WORDS = ("title", "language", "start")
LISTS = ("activities", "target_groups", "priorities", "countries_of_action")
NUMBERS = ("total_budget_eur", "requested_grant_eur", "duration_months")
ANSWERS = ("beneficiaries_third_country_nationals",)
APPLICANT = {"applicant_type": "type", "applicant_country": "country"}
PARTNERS = "partner_countries"
COLUMNS = (ID, SUMMARY, *WORDS, *APPLICANT, PARTNERS, *LISTS, *ANSWERS, *NUMBERS)
"""The columns that are read, as in a project file; applicant and partners are flat."""

SEPARATOR = ";"
_SAID = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def column_name(cell: Any) -> str:
    """The name of a column by its head, which people write as `ID` or with a blank behind it."""
    return str(cell).strip().casefold()


_SEPARATORS = (",", ";", "\t")  # programs in many languages of the EU put semicolons


def separator_of(head: str) -> str:
    """What parts the cells of a CSV, by its first line.

    >>> separator_of("id;summary;title")
    ';'
    """
    return max(_SEPARATORS, key=head.count)


def is_blank(row: Mapping[str, Any]) -> bool:
    """Whether a row fills no column that is read: sheets end in many that have a format alone."""
    return all(_is_empty(row.get(name)) for name in COLUMNS)


def identity(row: Mapping[str, Any]) -> str:
    """The id of a row as it is written out.

    Raises:
        InputError: it has none.
    """
    found = row.get(ID)
    if _is_empty(found):
        raise InputError([Problem("missing-field", "the row has no id", field=ID, hint="number the rows")])
    return str(int(found)) if isinstance(found, float) and found.is_integer() else str(found).strip()


def project_in(row: Mapping[str, Any], vocabularies: Vocabularies) -> Project:
    """The project that a row describes; an empty cell is unknown.

    Raises:
        InputError: with every problem of the row at once; none repeats the summary.
    """
    values = {name: _plain(name, row[name]) for name in COLUMNS if name != ID and not _is_empty(row.get(name))}
    applicant = {field: values.pop(name) for name, field in APPLICANT.items() if name in values}
    if applicant:
        values["applicant"] = applicant
    if PARTNERS in values:
        countries = values.pop(PARTNERS)
        values["partners"] = [{"country": one} for one in (countries if _is_list(countries) else [countries])]
    return build(Project, Document(values), "", {"vocabularies": vocabularies})


def _is_empty(cell: Any) -> bool:
    return cell is None or cell != cell or (isinstance(cell, str) and not cell.strip())  # noqa: PLR0124 - not a number


def _plain(name: str, cell: Any) -> Any:
    """The cell as a project file would hold it; what cannot be one stays as it is, for the check to refuse."""
    if name in LISTS or name == PARTNERS:
        parts = cell.split(SEPARATOR) if isinstance(cell, str) else cell
        return [part.strip() if isinstance(part, str) else part for part in parts] if _is_list(parts) else cell
    if name in ANSWERS:
        return cell if isinstance(cell, bool) else _SAID.get(str(cell).strip().casefold(), cell)
    if name in NUMBERS:
        return _number(cell)
    return cell.strip() if isinstance(cell, str) and name != SUMMARY else cell


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple)


def _number(cell: Any) -> Any:
    """A number as sheets and texts hold it, whole where it is; text by the same rules as in a file."""
    if isinstance(cell, str):
        found = number_in(cell.strip())
        return cell if found is None else _whole(found)
    return _whole(cell) if isinstance(cell, SupportsFloat) and not isinstance(cell, bool) else cell


def _whole(number: SupportsFloat) -> int | float:
    value = float(number)
    return int(value) if value.is_integer() else value


def described(problem: Problem, row: int, key: str) -> dict[str, Any]:
    """A problem of a row as it is kept beside the output."""
    return {
        "row": row, "id": key or None, "column": problem.field, "code": problem.code,
        "found": problem.message, "expected": problem.allowed, "hint": problem.hint,
    }  # fmt: skip
