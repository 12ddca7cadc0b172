"""Shapes of the answers, for the OpenAPI description. What other fields there are stands in the README."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from thbfund.catalogue.calls import Calls
from thbfund.catalogue.model import Period, Programme
from thbfund.ranking.score import Band
from thbfund.rules.applicants import Role
from thbfund.rules.outcome import RuleName
from thbfund.rules.verdict import Verdict
from thbfund.timing import Timing


class Open(BaseModel):
    """A shape to which fields may be added."""

    model_config = ConfigDict(extra="allow")


class CatalogueState(Open):
    """Which state of the catalogue an answer comes from."""

    fingerprint: str
    programmes: int
    checked_on: str = Field(description="Latest day on which a fact was checked.")


class Imprint(Open):
    """What every answer from the catalogue says of itself."""

    version: str
    licence: str
    catalogue: CatalogueState


class CatalogueProblem(Open):
    """One thing to mend in the files of the catalogue."""

    code: str
    severity: str
    file: str
    line: int
    field: str
    message: str
    allowed: str
    hint: str


class Health(Imprint):
    """That answers can be given."""

    status: Literal["ok", "degraded"] = Field(
        description="degraded: the files have errors, and the last good state is served."
    )
    since: str | None = Field(description="When this status was found.")
    problems_found: int = Field(description="How many things are wrong with the files as they are now.")
    problems: list[CatalogueProblem] = Field(description="The first hundred of them.")
    encoder: bool = Field(description="Whether meanings are compared by the encoder, not by words.")


class StrandInShort(Open):
    """A part of a programme with a door of its own."""

    id: str
    name: str


class ProgrammeInShort(Open):
    """A programme in a list."""

    id: str
    name: str
    acronym: str
    periods: list[Period]
    in_force: bool
    summary: str | None
    official_page: str | None
    strands: list[StrandInShort]
    successor: str | None


class ProgrammeList(Imprint):
    """All programmes, or those that are wanted."""

    programmes: list[ProgrammeInShort]


class ProgrammeWithCalls(Imprint):
    """One programme with all its facts."""

    programme: Programme
    calls: Calls | None


class Contribution(Open):
    """A part of the score."""

    name: str
    value: float
    because: str


class RuleOutcome(Open):
    """What one rule says."""

    rule: RuleName
    outcome: Literal["met", "not_met", "unknown"]
    reason: str
    source: str
    gap: str | None


class MatchedProgramme(Open):
    """One programme for the project."""

    rank: int
    programme: str
    name: str
    strand: str
    scored_strand: str
    score: float
    band: Band
    verdict: Verdict
    role: Role
    timing: Timing
    contributions: list[Contribution]
    rules: list[RuleOutcome]
    fixes: list[str]


class Warned(Open):
    """Something to know of the input."""

    code: Literal["personal_data", "thin_text", "assumed_language"]
    message: str


class Answer(Open):
    """What was found for a project; the same as `thbfund match --format json`."""

    on: str
    language: str
    catalogue: CatalogueState
    understood: dict[str, Any]
    warnings: list[Warned]
    nothing_fits: bool
    matches: list[MatchedProgramme]
    question: dict[str, Any] | None


class OneProblem(Open):
    """One thing to mend: a parameter of the address, or a field of the project."""

    message: str
    hint: str
    allowed: list[str] | str


class ProblemDetails(Open):
    """Why there is no answer (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    problems: list[OneProblem] = []
