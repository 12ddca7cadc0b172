"""PRESENT: results as CSV and XLSX: the programmes, columns, order and language of the screen, and what was asked."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from io import StringIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from thbfund import explain
from thbfund.contributions import because
from thbfund.financing import financing
from thbfund.matching import Match, MatchReport
from thbfund.report.in_memory import saved
from thbfund.report.inert import inert_cell, plain, web_address
from thbfund.report.packed import packed_on
from thbfund.report.selection import ORDER_SENTENCES, next_day, selected
from thbfund.rules.outcome import Basis
from thbfund.rules.wording import joined, place_name
from thbfund.said import say
from thbfund.speaking import Speaker, speaker

Cell = str | int | float | date | None

MAX_CHARACTERS = 32_000  # of a cell; spreadsheets hold 32 767
WIDEST, NARROWEST = 60, 8  # of a column, in characters
EURO, DAY, SCORE = "#,##0", "yyyy-mm-dd", "0.00"
NOTHING_LINE: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of typed cells; its name is that of a sheet.

    Attributes:
        formats: by heading, how a spreadsheet shows the numbers and days of that column.
    """

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    formats: dict[str, str]


@dataclass(frozen=True, slots=True)
class Takeaway:
    """All tables of one file, in the reader's language."""

    results: Grid
    asked: Grid
    sources: Grid


def takeaway(
    report: MatchReport,
    printed: date,
    *,
    shown: Iterable[Match] | None = None,
    order: str = "",
    with_description: bool = False,
    speak: Speaker | None = None,
) -> Takeaway:
    """The tables of a match report.

    Args:
        report: what was found.
        printed: the day on which the file is made.
        shown: the programmes as they stand on the screen; by group and fit where it is left out.
        order: a sentence on the order and on what was filtered, as on the screen.
        with_description: whether the user's own words are repeated.
        speak: the reader's language; English where it is left out.
    """
    speak = speak or speaker()
    matches = list(shown) if shown is not None else [one for group in selected(report).values() for one in group]
    if report.nothing_fits:
        matches = []
    columns = {heading: read for heading, read, _ in _COLUMNS}
    results = Grid(
        speak(say("Results")),
        tuple(map(speak, columns)),
        tuple(tuple(_spoken(read(match, report), speak) for read in columns.values()) for match in matches),
        {speak(heading): form for heading, _, form in _COLUMNS if form},
    )
    asked = _asked(report, printed, order, speak, with_description=with_description)
    return Takeaway(results, asked, _sources(matches, speak))


def csv_of(tables: Takeaway) -> bytes:
    """Results, then after an empty line what was asked; UTF-8 with a mark, which Excel needs to read it as such."""
    out = StringIO()
    writer = csv.writer(out)
    width = len(tables.results.head)
    lines = [tables.results.head, *tables.results.rows, NOTHING_LINE, *tables.asked.rows]
    for line in lines:
        cells = [_csv_cell(cell) for cell in line]
        writer.writerow([*cells, *[""] * (width - len(cells))])  # all lines of one width, as RFC 4180 asks
    return out.getvalue().encode("utf-8-sig")


def xlsx_of(tables: Takeaway, printed: date) -> bytes:
    """Three sheets: results, what was asked, sources; the file notes `printed` as the day of its making."""
    return _book((tables.results, tables.asked, tables.sources), printed)


def grid_csv(grid: Grid) -> bytes:
    """One table as CSV; every cell of words is made inert."""
    out = StringIO()
    csv.writer(out).writerows([_csv_cell(cell) for cell in line] for line in (grid.head, *_inert(grid).rows))
    return out.getvalue().encode("utf-8-sig")


def grid_xlsx(grid: Grid, printed: date) -> bytes:
    """One table as XLSX; every cell of words is made inert."""
    return _book((_inert(grid),), printed)


def _inert(grid: Grid) -> Grid:
    return replace(grid, rows=tuple(tuple(_spoken(cell, speaker()) for cell in row) for row in grid.rows))


def _book(grids: Sequence[Grid], printed: date) -> bytes:
    book = Workbook()
    del book["Sheet"]
    for grid in grids:
        _sheet(book, grid)
    book.properties.creator, book.properties.title = "", plain(grids[0].name)
    return packed_on(saved(book), printed)


def _asked(report: MatchReport, printed: date, order: str, speak: Speaker, *, with_description: bool) -> Grid:
    """The query, so that whoever opens the file later knows what it answers."""
    catalogue = report.catalogue
    described = [(say("Title"), report.project.title), (say("Description"), report.project.summary)]
    rows = [
        *(described if with_description else ()),
        *_fields(report),
        (say("As on"), report.on),
        (say("File made on"), printed),
        (say("Catalogue"), catalogue.fingerprint),
        (say("Catalogue checked up to"), catalogue.checked_on),
        (say("Order"), order or ORDER_SENTENCES["fit"]),
        (say("Note"), say("Fit says how well the texts agree; it is no chance of winning.")),
        *([(say("Note"), explain.nothing_fits(report))] if report.nothing_fits else ()),
    ]
    said = tuple((speak(name), _spoken(value, speak)) for name, value in rows if value is not None)
    return Grid(speak(say("What was asked")), (speak(say("Field")), speak(say("Value"))), said, {})


def _fields(report: MatchReport) -> Iterator[tuple[str, Cell]]:
    """Fields of the form, and what was recognised; no words of the description."""
    project, vocabularies, found = report.project, report.catalogue.vocabularies, report.understood
    lead = project.applicant
    yield say("Language of the description"), found.language
    yield say("Type of the lead"), vocabularies.label("applicant_types", lead.type) if lead.type else None
    yield say("Seat of the lead"), place_name(lead.country, vocabularies) if lead.country else None
    yield say("Partners"), len(project.partners) if project.partners is not None else None
    yield say("Places"), joined((place_name(one.id, vocabularies) for one in found.places), ";")
    for name, title in _TAGS:
        yield title, joined((vocabularies.label(name, one.id) for one in found.concepts[name]), ";")
    yield say("Total budget, EUR"), project.total_budget_eur
    yield say("Grant asked for, EUR"), project.requested_grant_eur
    yield say("Start"), project.start
    yield say("Duration, months"), project.duration_months


_TAGS = (
    ("target_groups", say("People served")),
    ("activities", say("Activities")),
    ("forms_of_exploitation", say("Forms of exploitation")),
    ("priorities", say("Policy priorities")),
)


def _next_date(match: Match, _: MatchReport) -> date | None:
    """The day by which the screen orders; expected rounds have none."""
    return next_day(match) if match.timing in {"open", "forthcoming"} else None


def _route(match: Match, report: MatchReport) -> str | None:
    route = match.judgement.strand.route.value
    return report.catalogue.vocabularies.label("routes", route) if route else None


# Heading, what stands below it, and how a spreadsheet shows it: the line of each card, then what opens below it.
_COLUMNS: tuple[tuple[str, Any, str], ...] = (
    (say("Rank"), lambda match, _: match.rank, ""),
    (say("Programme"), lambda match, _: match.programme.short_name, ""),
    (say("Name"), lambda match, _: match.programme.name, ""),
    (say("Fit"), lambda match, _: explain.BAND_WORDS[match.scored.band], ""),
    (say("May we apply?"), lambda match, _: explain.verdict(match), ""),
    (say("Role"), lambda match, _: explain.ROLE_WORDS[match.judgement.role.role], ""),
    (say("Calls"), lambda match, _: explain.timing_in_short(match), ""),
    (say("Next date"), _next_date, DAY),
    (say("Way to apply"), _route, ""),
    (say("Strand"), lambda match, _: match.judgement.strand.name, ""),
    (
        say("Why"),
        lambda match, report: because(explain.strongest(match), report.catalogue, report.understood.language),
        "",
    ),
    (say("What stands in the way"), lambda match, _: explain.obstacle(match.judgement), ""),
    (say("Nearest fix"), lambda match, _: joined(explain.fixes(match.judgement).changes, ";"), ""),
    (say("Check again"), lambda match, _: joined(explain.doubts(match.judgement), ";"), ""),
    (say("EU grant, EUR"), lambda match, report: financing(match, report).grant.value, EURO),
    (say("Own contribution, EUR"), lambda match, report: financing(match, report).own.value, EURO),
    (say("To bridge, EUR"), lambda match, report: financing(match, report).balance.value, EURO),
    (say("Score"), lambda match, _: round(match.scored.score, 4), SCORE),
    (say("Official page"), lambda match, _: web_address(match.programme.official_page.value), ""),
    (say("Id"), lambda match, _: match.programme.id, ""),
)


def _sources(matches: Sequence[Match], speak: Speaker) -> Grid:
    """What each verdict rests on, a row for each condition."""
    rows = []
    for match in matches:
        for outcome in match.judgement.outcomes:
            name, answers = explain.RULE_NAMES[outcome.rule], (outcome, *outcome.others)
            rows += [_source(match, name, one.reason, one.basis) for one in answers]
        rows += [_source(match, say("Also check"), item.text, basis) for item, basis in match.judgement.also_check]
    return Grid(
        speak(say("Sources")),
        tuple(map(speak, _SOURCE_COLUMNS)),
        tuple(tuple(_spoken(cell, speak) for cell in row) for row in rows),
        {speak(_SOURCE_COLUMNS[5]): DAY},
    )


_SOURCE_COLUMNS = (
    say("Programme"),
    say("Condition"),
    say("What holds"),
    say("Source"),
    say("Address"),
    say("Read on"),
    say("Not confirmed because"),
)


def _source(match: Match, condition: str, said: str, basis: Basis) -> tuple[Cell, ...]:
    title = f"{basis.source} ({basis.caution})" if basis.caution else basis.source
    doubt = basis.unverified or basis.overdue
    return match.programme.short_name, condition, said, title, web_address(basis.url), basis.checked_on, doubt


def _spoken(value: Cell, speak: Speaker) -> Cell:
    """Words in the reader's language, inert and short enough; numbers and days as they are, for they are typed."""
    if not isinstance(value, str):
        return value
    cell = inert_cell(plain(speak.value(value)))
    return cell[:MAX_CHARACTERS] if isinstance(cell, str) else cell


def _csv_cell(cell: Cell) -> str | float:
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, date) else cell


def _sheet(book: Workbook, grid: Grid) -> None:
    sheet = book.create_sheet(_sheet_name(grid.name))
    sheet.append(list(grid.head))
    for row in grid.rows:
        sheet.append(list(row))
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E9EFF6")
    for number, heading in enumerate(grid.head, 1):
        letter = get_column_letter(number)
        cells = [row[number - 1] for row in grid.rows]
        sheet.column_dimensions[letter].width = _width([heading, *cells])
        for cell in sheet[letter][1:]:
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if isinstance(cell.value, str):
                cell.data_type = "s"  # whatever it begins with
            if form := DAY if isinstance(cell.value, date) else grid.formats.get(heading):
                cell.number_format = form
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def _width(cells: Sequence[Cell]) -> int:
    longest = max(len(str(cell)) for cell in cells if cell is not None)
    return min(WIDEST, max(NARROWEST, longest + 2))


def _sheet_name(name: str) -> str:
    """A name that spreadsheets take: without the signs that they use in references, at most 31 characters."""
    return "".join(letter for letter in name if letter not in "[]:*?/\\'")[:31]
