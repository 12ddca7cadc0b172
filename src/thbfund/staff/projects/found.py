"""A project as public data tell it, beside ours: new, the same, or told otherwise; rows to complete, rows to keep."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.evidence import COLUMNS, FundedProject
from thbfund.catalogue.vocabulary import COMMISSION_CODES, country_names
from thbfund.staff.naming import free
from thbfund.staff.portal.proposal import judged
from thbfund.text import Reader

CENTS = 1  # euro by which two sources of one grant may differ
MOST_OF_TITLE = 300
# Reading a text takes 10 ms, and a file holds some ten thousands: what has none of these is not read.
_MAY_BE = re.compile(
    r"traffick|slaver|exploited|exploitation of (wom|child|work|peop|migr)|(sexual|labour) exploit|forced|smuggl|victim"
    r"|prostitut|migra|asylum|refugee|abuse|violence",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}([.,])\d{3}(\1\d{3})*")  # nobody writes cents with three figures

Verb = Literal["new", "differs", "perhaps", "same", "pass", "unknown-programme"]
VERBS: Mapping[Verb, str] = {
    "new": "new: on our subject, and not among our projects",
    "differs": "told otherwise than by us: look at the page",
    "perhaps": "new: its text touches our subject in passing",
    "same": "as with us",
    "pass": "not on our subject, by its text",
    "unknown-programme": "on our subject, paid by a programme that the catalogue has not",
}


@dataclass(frozen=True, slots=True)
class PublicProject:
    """A project in public data.

    Attributes:
        key: short and unique, to become its id.
        programme: our id; None where we have none for it.
        lead: two-letter code of the lead's country; None where it is not said.
        grant: EU money in whole euro; None where it is not said.
        basis: whether the data name the programme.
        topic: title of the topic of the call; one on our subject makes the project ours.
        text: by which its subject is judged, besides the title.
        marked: whether the source itself classes it under trafficking in human beings.
    """

    key: str
    acronym: str
    title: str
    programme: str | None
    start: int | None
    end: int | None
    lead: str | None
    countries: tuple[str, ...]
    grant: int | None
    url: str
    basis: Literal["stated", "inferred"]
    topic: str = ""
    text: str = ""
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed for one project; each difference in words."""

    project: PublicProject
    verb: Verb
    differences: tuple[str, ...] = ()


def may_be_ours(text: str) -> bool:
    """Whether a text has any word for which it is worth reading."""
    return bool(_MAY_BE.search(text))


def proposals(projects: Iterable[PublicProject], catalogue: Catalogue) -> list[Proposal]:
    """Propose for every project, the most to do first; those that are not on our subject stand last."""
    reader = Reader(catalogue)
    known = {
        name: ours
        for ours in catalogue.evidence
        for name in _names(ours.source_url, ours.acronym, ours.title, ours.programme)
    }
    found = [_proposal(project, known, catalogue, reader) for project in projects]
    order = list(VERBS)
    return sorted(found, key=lambda each: (order.index(each.verb), each.project.key))


def _proposal(
    project: PublicProject, known: Mapping[tuple[str, ...], FundedProject], catalogue: Catalogue, reader: Reader
) -> Proposal:
    names = _names(project.url, project.acronym, project.title, project.programme)
    ours = next((known[name] for name in names if name in known), None)
    if ours is not None:
        differences = tuple(_differences(project, ours))
        return Proposal(project, "differs" if differences else "same", differences)
    verb = _by_subject(project, reader)
    if verb != "pass" and project.programme not in catalogue.programmes:
        return Proposal(project, "unknown-programme")
    return Proposal(project, "new" if verb == "add" else "perhaps" if verb == "perhaps" else "pass")


def _by_subject(project: PublicProject, reader: Reader) -> Literal["add", "perhaps", "pass"]:
    if project.marked or (project.topic and judged(project.topic, "", reader)[0] == "add"):
        return "add"
    near = may_be_ours(f"{project.title} {project.text}")
    return judged(project.title, project.text, reader)[0] if near else "pass"


def _names(url: str, acronym: str | None, title: str, programme: str | None) -> Iterator[tuple[str, ...]]:
    """By what a project is known again, the surest first."""
    yield "page", url.removesuffix("/").partition("://")[2]
    if acronym and programme:
        yield "acronym", acronym.casefold(), programme
    yield "title", title.casefold()


def _differences(project: PublicProject, ours: FundedProject) -> Iterator[str]:
    pairs = (
        ("programme", project.programme, ours.programme),
        ("year_start", project.start, ours.year_start),
        ("year_end", project.end, ours.year_end),
        ("lead_country", project.lead, ours.lead_country),
        ("grant_eur", project.grant, ours.grant_eur),
    )
    for name, theirs, own in pairs:
        near = name == "grant_eur" and theirs and own and abs(int(theirs) - int(own)) <= CENTS
        if theirs is not None and theirs != own and not near:
            yield f"{name}: theirs {theirs}, " + (f"ours {own}" if own is not None else "ours says nothing")


def rows_to_complete(found: Sequence[Proposal], taken: Iterable[str]) -> str:
    """New projects as lines of `projects.csv`; `summary` and `checked_on` wait for somebody who reads the page."""
    used, out = set(taken), io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for proposal in found:
        if proposal.verb in {"new", "perhaps"}:
            key = free(proposal.project.key, used)
            used.add(key)
            writer.writerow(_row(proposal.project, key))
    return out.getvalue()


def _row(project: PublicProject, key: str) -> dict[str, Any]:
    row = {
        "id": key, "acronym": project.acronym, "title": project.title[:MOST_OF_TITLE], "programme": project.programme,
        "year_start": project.start, "year_end": project.end, "lead_country": project.lead,
        "countries": " ".join(project.countries), "grant_eur": project.grant, "summary": "",
        "source_url": project.url, "checked_on": "", "label_basis": project.basis,
    }  # fmt: skip
    return {name: _harmless(value) for name, value in row.items()}


def _harmless(value: Any) -> Any:
    """A text that a spreadsheet does not take for a formula, on one line and without mark-up."""
    if not isinstance(value, str):
        return value
    return " ".join(value.replace("<", " ").replace(">", " ").split()).lstrip("=+-@ ")


# -- values that both sources write in their own ways


def euro(text: Any) -> int | None:
    """Whole euro of an amount with a decimal point or comma; None for none, or nothing.

    >>> euro("1.234.567,89")
    1234568
    >>> euro("250,000")
    250000
    >>> euro("-") is None
    True
    """
    said = re.sub(r"[\s\u00a0€]", "", str(text or ""))
    if isinstance(text, str) and _THOUSANDS.fullmatch(said):  # a number may well have three decimals
        said = re.sub("[.,]", "", said)
    elif "," in said and "." in said:
        said = said.replace("," if said.rfind(",") < said.rfind(".") else ".", "")
    try:
        amount = round(float(said.replace(",", ".")))
    except (ValueError, OverflowError):
        return None
    return amount if amount > 0 else None


def year(text: Any) -> int | None:
    """The year of a day, whichever way it is written."""
    if isinstance(text, date):
        return text.year
    found = re.search(r"(?<!\d)20[0-4]\d(?!\d)", str(text or ""))
    return int(found[0]) if found else None


def country(text: Any) -> str | None:
    """Our code for a country's code or English name; None where it is none of ours.

    >>> country("EL")
    'GR'
    >>> country("Greece")
    'GR'
    """
    said = str(text or "").strip()
    names = country_names()
    code = COMMISSION_CODES.get(said.upper(), said.upper())
    if code in names:
        return code
    return next((key for key, name in names.items() if name.casefold() == said.casefold()), None)
