"""LOAD: `data/evidence/projects.csv`, projects that were really funded -> typed values, or all problems by line."""

import csv
import io
import re
from dataclasses import replace
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from thbfund.catalogue.facts import Day, Euro, Many, Text, Url
from thbfund.catalogue.model import Identifier
from thbfund.catalogue.vocabulary import CountryCode
from thbfund.input.problems import InputError, Problem, choices, shown, suggestion
from thbfund.input.strict_yaml import Document, Path, Place
from thbfund.input.validation import Closed, build, wrong_value

FORMULA_STARTS = ("=", "+", "-", "@", "\t")
FEWEST_WORDS, MOST_WORDS = 20, 60

_NUMBERS = {"year_start", "year_end", "grant_eur"}
_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,18}")


def _short(value: str) -> str:
    if not FEWEST_WORDS <= len(value.split()) <= MOST_WORDS:
        found = f"{len(value.split())} words"
        raise wrong_value(
            "summary-length", found, f"{FEWEST_WORDS} to {MOST_WORDS} words", "say what was done, for whom"
        )
    return value


Year = Annotated[int, Field(ge=2000, le=2040)]


class FundedProject(Closed):
    """A project that a programme of the catalogue really paid for, described in our own words."""

    id: Identifier
    acronym: Text | None = None
    title: Text
    programme: Identifier
    year_start: Year | None = Field(None, description="Null where the source does not say; never zero.")
    year_end: Year | None = None
    lead_country: CountryCode | None = None
    countries: Many[CountryCode] = Field((), description="Seats of lead and partners, and places of work.")
    grant_eur: Euro | None = Field(None, description="EU money in whole euro; null where it is not known.")
    summary: Annotated[Text, AfterValidator(_short)]
    source_url: Url
    checked_on: Day
    label_basis: Literal["stated", "inferred", "unknown"] = Field(
        description="How we know which programme paid. stated: the source names it; inferred: it follows from call, "
        "period or country; unknown: EU money, but no source names the fund."
    )

    @model_validator(mode="after")
    def _years_in_order(self) -> Self:
        if self.year_start and self.year_end and self.year_end < self.year_start:
            found = f"{self.year_start} to {self.year_end}"
            raise wrong_value(
                "dates-out-of-order", found, "an end not before the start", "correct one of the two years"
            )
        return self

    @property
    def years(self) -> str:
        """First and last year as far as they are known: `2019 to 2021`, `from 2019`, or nothing."""
        if self.year_start and self.year_end:
            return f"{self.year_start} to {self.year_end}" if self.year_start < self.year_end else f"{self.year_start}"
        if self.year_start:
            return f"from {self.year_start}"
        return f"until {self.year_end}" if self.year_end else ""


COLUMNS = list(FundedProject.model_fields)
"""The header of the file."""


class FundedProjects(Closed):
    """All lines of the file."""

    projects: Many[FundedProject]


def read_projects(text: str, file: str, programmes: set[str]) -> tuple[FundedProject, ...]:
    """Read the funded projects from the text of a CSV file.

    Args:
        text: the file's content: a header, then one project in a line.
        file: the name to use in problems.
        programmes: ids of the catalogue; where there are none, no line is accused of naming a wrong one.

    Raises:
        InputError: with every problem at once, in order of lines.
    """
    table = _Table(file)
    table.read(text)
    found: tuple[FundedProject, ...] = ()
    try:
        found = build(FundedProjects, table.document(), file).projects
    except InputError as error:
        table.problems += [replace(problem, field=_column(problem.field)) for problem in error.problems]
    table.compare(programmes)
    if table.problems:
        raise InputError(sorted(table.problems, key=lambda problem: (problem.line, problem.field, problem.code)))
    return found


def _column(path: str) -> str:
    """`grant_eur` for `projects.3.grant_eur`: the line says already which project it is."""
    return path.split(".", 2)[-1] if path.count(".") > 1 else ""


class _Table:
    """The lines of one file as plain values, and what is wrong with them as a table."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.rows: list[dict[str, Any]] = []
        self.lines: list[int] = []
        self.problems: list[Problem] = []

    def read(self, text: str) -> None:
        """Take in header and rows; a row that has not one cell for each column is told and left out."""
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        try:
            if self._is_header(next(reader, [])):
                line = reader.line_num + 1
                for cells in reader:
                    self._row(cells, line)
                    line = reader.line_num + 1
        except csv.Error as error:
            hint = "put a text with commas in quotes, and write a quote inside it twice"
            self._add("not-csv", str(error), reader.line_num, hint=hint)

    def document(self) -> Document:
        """The rows with their lines."""
        places: dict[Path, Place] = {("projects", row): (line, 1) for row, line in enumerate(self.lines)}
        return Document({"projects": self.rows}, lambda: places)

    def compare(self, programmes: set[str]) -> None:
        """Check the rows against each other and against the programmes, and each lead against its countries."""
        seen: set[str] = set()
        for row, line in zip(self.rows, self.lines, strict=True):
            key, lead = row.get("id", ""), row.get("lead_country")
            if key in seen:
                hint = "give each project its own id, or merge the two lines"
                self._add("repeated-id", f"found {shown(key)} twice", line, "id", hint=hint)
            seen |= {key} - {""}
            if lead and lead not in row["countries"]:
                message = f"found {shown(lead)}, which is not among the countries"
                self._add("lead-not-in-countries", message, line, "lead_country", hint="add it to countries")
        if programmes:
            self._compare_programmes(programmes)

    def _compare_programmes(self, programmes: set[str]) -> None:
        """Tell each missing programme once: a file that was deleted or renamed is one thing to mend."""
        lines: dict[str, list[int]] = {}
        for row, line in zip(self.rows, self.lines, strict=True):
            if (programme := row.get("programme")) and programme not in programmes:
                lines.setdefault(programme, []).append(line)
        for programme, found in lines.items():
            more = f" in {len(found)} lines, of which this is the first" if len(found) > 1 else ""
            hint, allowed = suggestion(programme, programmes), choices(programmes)
            self._add("unknown-programme", f"found {shown(programme)}{more}", found[0], "programme", allowed, hint)

    def _is_header(self, cells: list[str]) -> bool:
        if cells == COLUMNS:
            return True
        missing = [name for name in COLUMNS if name not in cells]
        unknown = [shown(name) for name in cells if name not in COLUMNS]
        parts = [f"{said} {', '.join(names)}" for said, names in (("without", missing), ("with", unknown)) if names]
        message = f"found a first line {' and '.join(parts) or 'with the columns in another order'}"
        self._add("wrong-header", message, 1, allowed=",".join(COLUMNS))
        return False

    def _row(self, cells: list[str], line: int) -> None:
        for name, cell in zip(COLUMNS, cells, strict=False):
            if cell.startswith(FORMULA_STARTS) and not _WHOLE_NUMBER.fullmatch(cell):
                hint = "begin with a letter or a figure"
                self._add("formula-cell", f"found {shown(cell)}", line, name, hint=hint)
        if len(cells) == len(COLUMNS):
            self.rows.append(_values(dict(zip(COLUMNS, cells, strict=True))))
            self.lines.append(line)
        else:
            hint = "put a text with commas in quotes; leave an unknown value empty between its commas"
            allowed = f"{len(COLUMNS)}, one for each column"
            self._add("wrong-number-of-cells", f"found {len(cells)} cells", line, allowed=allowed, hint=hint)

    def _add(self, code: str, message: str, line: int, field: str = "", allowed: str = "", hint: str = "") -> None:
        problem = Problem(code, message, file=self.file, line=line, column=1, field=field, allowed=allowed, hint=hint)
        self.problems.append(problem)


def _values(cells: dict[str, str]) -> dict[str, Any]:
    """What the cells say: nothing for an empty one, numbers and lists where a column holds them."""
    values: dict[str, Any] = {name: cell for name, cell in cells.items() if cell.strip()}
    for name in _NUMBERS & values.keys():
        if _WHOLE_NUMBER.fullmatch(values[name]):
            values[name] = int(values[name])
    return {**values, "countries": cells["countries"].split()}
