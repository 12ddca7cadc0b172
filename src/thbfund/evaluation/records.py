"""Labelled records: projects really funded, each with the programme that paid."""

import json
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from thbfund.catalogue.vocabulary import Vocabularies
from thbfund.input.problems import InputError, Problem
from thbfund.input.strict_yaml import Document
from thbfund.input.validation import build
from thbfund.project import Project

Mode = Literal["text", "form"]
NOT_SCORED = "other"  # paid from outside the catalogue: ranked, but there is no right answer


class Record(BaseModel):
    """One line of a file of labelled records; `data/evidence/README.md` explains the fields.

    Title, acronym and labels are read but never shown to the ranking.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str
    description: str
    programme: str
    period: Literal["2014-2020", "2021-2027"]
    also_accept: tuple[str, ...] = ()
    lang: str = "en"
    variant_of: str | None = None
    label_basis: str = "stated"
    lead_org_type: str | None = None
    lead_country: str | None = None
    partner_countries: tuple[str, ...] | None = None
    countries_of_action: tuple[str, ...] | None = None
    eu_grant_eur: float | None = Field(None, ge=0)
    total_cost_eur: float | None = Field(None, ge=0)
    duration_months: int | None = None
    target_groups: tuple[str, ...] | None = None
    year_start: int | None = None

    @property
    def right(self) -> frozenset[str]:
        """The programmes that count as right."""
        return frozenset({self.programme, *self.also_accept})

    @property
    def scored(self) -> bool:
        """Whether there is a right answer in the catalogue's terms."""
        return self.programme != NOT_SCORED


def read_records(path: Path) -> list[Record]:
    """Read a file of records, one JSON object per line.

    Raises:
        InputError: with every line that is no record.
    """
    records, problems = [], []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "found a byte that is not UTF-8"
        raise InputError(
            [Problem("unreadable-file", str(reason), file=str(path), hint="check name and encoding")]
        ) from None
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            records.append(Record.model_validate(json.loads(line)))
        except json.JSONDecodeError as error:
            problems.append(Problem("not-json", error.msg, file=str(path), line=number, column=error.colno))
        except ValidationError as error:
            for found in error.errors(include_url=False, include_input=False):
                field = ".".join(map(str, found["loc"]))
                problems.append(Problem("bad-record", found["msg"], file=str(path), line=number, column=1, field=field))
    if not records and not problems:
        problems.append(Problem("no-records", "found no record", file=str(path), hint="one JSON object per line"))
    if problems:
        raise InputError(problems)
    return records


def project_of(record: Record, mode: Mode, vocabularies: Vocabularies) -> Project:
    """Make the project an applicant would have described: the text alone, or with what the form asks.

    Raises:
        InputError: the record holds a value that no project file may hold.
    """
    values: dict[str, Any] = {"summary": record.description}
    if mode == "form":
        values |= _form_values(record)
    return build(Project, Document(values), record.id, {"vocabularies": vocabularies})


def _form_values(record: Record) -> dict[str, Any]:
    total, grant = record.total_cost_eur, record.eu_grant_eur
    summary = record.description
    if record.target_groups:  # keywords, not entries of our vocabulary: read like the rest of the text
        summary = f"{summary} {', '.join(record.target_groups)}."
    return {
        "summary": summary,
        "applicant": {"type": record.lead_org_type, "country": record.lead_country},
        "partners": None
        if record.partner_countries is None
        else [{"country": country} for country in record.partner_countries],
        "countries_of_action": None if record.countries_of_action is None else list(record.countries_of_action),
        "requested_grant_eur": grant,
        "total_budget_eur": None if grant is not None and total is not None and total < grant else total,
        "duration_months": record.duration_months,
        "start": None if record.year_start is None else f"{record.year_start}-01",
    }
