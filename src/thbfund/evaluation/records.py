"""Labelled records: projects really funded, each with the programme that paid."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from thbfund.catalogue.vocabulary import Vocabularies
from thbfund.input.problems import InputError, Problem
from thbfund.input.strict_yaml import Document
from thbfund.input.validation import build
from thbfund.project import Project

Mode = Literal["text", "form"]
Line = TypeVar("Line", bound=BaseModel)
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
    """Read a file of labelled records.

    Raises:
        InputError: with every line that is no record.
    """
    return read_lines(path, Record)


def read_lines(path: Path, model: type[Line]) -> list[Line]:
    """Read a file of one JSON object per line, each checked by a model.

    Raises:
        InputError: with every line that the model refuses, or for a file without any.
    """
    records: list[Line] = []
    problems: list[Problem] = []
    for number, line in enumerate(_text_of(path).split("\n"), start=1):
        if line.strip():
            try:
                records.append(_checked(line, model))
            except InputError as error:
                problems += [replace(problem, file=str(path), line=number) for problem in error.problems]
    if not records and not problems:
        problems.append(Problem("no-records", "found no record", file=str(path), hint="one JSON object per line"))
    if problems:
        raise InputError(problems)
    return records


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:  # a name or a content that is no text is a ValueError
        reason = getattr(error, "strerror", None) or "found a byte that is not UTF-8"
        hint = "check name and encoding"
        raise InputError([Problem("unreadable-file", str(reason), file=str(path), hint=hint)]) from None


def _checked(line: str, model: type[Line]) -> Line:
    try:
        return model.model_validate(json.loads(line))
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        fields = [".".join(map(str, details["loc"])) for details in found]
        problems = [
            Problem("bad-record", details["msg"], column=1, field=field)
            for details, field in zip(found, fields, strict=True)
        ]
    except json.JSONDecodeError as error:
        problems = [Problem("not-json", error.msg, column=error.colno)]
    except (ValueError, RecursionError):
        problems = [Problem("not-json", "found a number too long or brackets too deep", column=1)]
    raise InputError(problems)


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
