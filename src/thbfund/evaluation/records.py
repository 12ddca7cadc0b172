"""A labelled record as the project that an applicant would have described."""

from typing import Any, Literal

from thbfund.catalogue.labelled import Record
from thbfund.catalogue.vocabulary import Vocabularies
from thbfund.input.strict_yaml import Document
from thbfund.input.validation import build
from thbfund.project import Project

Mode = Literal["text", "form"]


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
