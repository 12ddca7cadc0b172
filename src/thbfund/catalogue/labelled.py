"""LOAD: labelled records, projects really funded in our own words, each with the programme that paid."""

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from thbfund.catalogue.json_lines import read_lines

SHORTEST_ACRONYM = 4  # letters; shorter first words are "the" and "for"
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
    acronym: str | None = None
    title: str | None = None
    label_source_url: str | None = None

    @property
    def group(self) -> str:
        """What a record shares with its translations and its sister projects: none of them may vouch for another."""
        words = (self.acronym or "").casefold().split()
        return words[0] if words and len(words[0]) >= SHORTEST_ACRONYM else self.variant_of or self.id

    @property
    def right(self) -> frozenset[str]:
        """The programmes that count as right."""
        return frozenset({self.programme, *self.also_accept})

    @property
    def scored(self) -> bool:
        """Whether there is a right answer in the catalogue's terms."""
        return self.programme != NOT_SCORED


def originals(records: Iterable[Record]) -> list[Record]:
    """The records that may teach something: those with a right answer that translate no other."""
    return [record for record in records if record.scored and record.variant_of is None]


def read_records(path: Path) -> list[Record]:
    """Read a file of records, one JSON object per line.

    Raises:
        InputError: with every line that is no record.
    """
    return read_lines(path, Record)
