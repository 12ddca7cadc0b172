"""ASK: what the user describes, from a YAML or JSON file or from bare text, or every problem in it."""

import json
from collections import Counter
from datetime import date
from functools import partial
from typing import Annotated, Any, Literal

import yaml
from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, WithJsonSchema, field_validator

from thbfund.catalogue.facts import Many, day_of
from thbfund.catalogue.languages import Language
from thbfund.catalogue.vocabulary import (
    COMMISSION_CODES,
    PART_OF,
    ActivityId,
    ApplicantTypeId,
    CountryCode,
    FormId,
    PlaceId,
    PriorityId,
    TargetGroupId,
    Vocabularies,
)
from thbfund.input.decoding import text_of
from thbfund.input.problems import InputError, Problem, shown
from thbfund.input.strict_yaml import Document, places_of, read_yaml
from thbfund.input.validation import Closed, build, wrong_value

MAX_SUMMARY_CHARACTERS = 50_000  # some twenty pages: longer than any concept note
MAX_PROJECT_BYTES = 250_000
MAX_PARTNERS = 200
MAX_EURO = 10_000_000_000
MAX_MONTHS = 240
MAX_SHORTLIST = 100
PAGE_WIDTH = 100  # of a written file, in characters
_RARE_LINE_ENDS = "\r\N{NEXT LINE}\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}"

PartnerRole = Literal["partner", "associated", "sub_grantee"]


def _our_country_code(value: Any) -> Any:
    """The Commission's EL and UK are understood, outermost regions are their state; others pass on to the check."""
    if not isinstance(value, str) or len(value) != len("EL"):
        return value
    code = value.upper()
    return COMMISSION_CODES.get(code) or PART_OF.get(code, code)


def _euro(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise wrong_value("not-an-amount", value, "an amount in euro, in digits alone", "write 600000 for EUR 600 000")
    if not 0 <= value <= MAX_EURO:
        raise wrong_value("amount-out-of-range", value, f"an amount from 0 to {MAX_EURO} euro")
    return value


def _month_or_day(value: Any) -> Any:
    if isinstance(value, date):
        return value
    text = value if isinstance(value, str) else ""
    day = day_of(text) or day_of(f"{text}-01")
    if day is None:
        raise wrong_value("not-a-date", value, "a month or day as YYYY-MM or YYYY-MM-DD")
    return day


def _summary(value: str) -> str:
    if not any(character.isalnum() for character in value):
        raise wrong_value("empty-text", value, "a few sentences on the project", "say who is helped, how and where")
    if len(value) > MAX_SUMMARY_CHARACTERS:
        found = f"{len(value)} characters"
        raise wrong_value("text-too-long", found, f"at most {MAX_SUMMARY_CHARACTERS} characters", "shorten it")
    return value


# Its form alone: the catalogue changes, and a file that names a programme of yesterday's still opens.
ProgrammeId = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Country = Annotated[CountryCode, BeforeValidator(_our_country_code)]
Amount = Annotated[float, BeforeValidator(_euro)]
_MONTH_OR_DAY = r"^\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$"  # not the format `date`: a month will do
Start = Annotated[
    date,
    Field(strict=False),
    BeforeValidator(_month_or_day),
    WithJsonSchema({"type": "string", "pattern": _MONTH_OR_DAY}),
]


class Applicant(Closed):
    """The organisation that would lead. What is left out is unknown."""

    name: str | None = Field(None, description="Name of the organisation; nothing is ranked or judged by it.")
    type: ApplicantTypeId | None = Field(None, description="What kind of organisation it is.")
    country: Country | None = Field(None, description="Country of its seat.")


class Partner(Closed):
    """Another organisation in the project. What is left out is unknown."""

    type: ApplicantTypeId | None = Field(None, description="What kind of organisation it is.")
    country: Country | None = Field(None, description="Country of its seat.")
    role: PartnerRole = Field(
        "partner", description="partner: gets a share of the grant; associated: none; sub_grantee: a small grant of it."
    )


class Tags(Closed):
    """Tags and places by which a user corrects what is read from the summary."""

    target_groups: Many[TargetGroupId] = Field((), description="Who is served.")
    activities: Many[ActivityId] = Field((), description="What is done.")
    forms_of_exploitation: Many[FormId] = Field((), description="What people are or may be trafficked for.")
    priorities: Many[PriorityId] = Field((), description="Policy priorities that it serves.")
    places: Many[PlaceId] = Field((), description="Where the work happens: countries or groups of them.")


class Project(Closed):
    """A project that looks for money: `summary` is required; a list left out is unknown, an empty one says none."""

    summary: Annotated[str, AfterValidator(_summary)] = Field(
        description="What is done, for whom and where, in any official language of the EU."
    )
    title: str | None = Field(None, description="Name of the project; nothing is ranked or judged by it.")
    language: Language | None = Field(None, description="Of the summary; left out: recognised from the text.")
    activities: Many[ActivityId] | None = Field(None, description="What is done; left out: read from the summary.")
    target_groups: Many[TargetGroupId] | None = Field(None, description="Who is served; left out: read likewise.")
    priorities: Many[PriorityId] | None = Field(None, description="Policy priorities; left out: read likewise.")
    applicant: Applicant = Applicant()
    partners: Annotated[Many[Partner], Field(max_length=MAX_PARTNERS)] | None = Field(
        None, description="All organisations but the applicant; left out: unknown, empty: there are none."
    )
    countries_of_action: Many[Country] | None = Field(None, description="Where the work happens; left out: unknown.")
    beneficiaries_third_country_nationals: bool | None = Field(
        None, description="Whether the people served are no EU citizens; left out: unknown."
    )
    total_budget_eur: Amount | None = Field(None, description="All costs of the project, in EUR.")
    requested_grant_eur: Amount | None = Field(None, description="What is asked of the EU, in EUR.")
    start: Start | None = Field(
        None, description="First day of the project, YYYY-MM-DD; a month, YYYY-MM, stands for its first day."
    )
    duration_months: Annotated[int, Field(ge=1, le=MAX_MONTHS)] | None = Field(
        None, description="How long it lasts, in months."
    )
    also_meant: Tags = Field(Tags(), description="Taken as if the summary showed it.")
    not_meant: Tags = Field(Tags(), description="Not taken from the summary, whatever its words show.")
    shortlist: Annotated[Many[ProgrammeId], Field(max_length=MAX_SHORTLIST)] | None = Field(
        None, description="Ids of programmes that the user picked, in her order; nothing is ranked or judged by it."
    )

    @property
    def funded_partners(self) -> tuple[Partner, ...]:
        """The partners who would get a share of the grant; associated partners and sub-grantees are none."""
        return tuple(partner for partner in self.partners or () if partner.role == "partner")

    @field_validator("applicant", mode="before")
    @classmethod
    def _nothing_said_of_the_applicant(cls, value: Any, _info: ValidationInfo) -> Any:
        return Applicant() if value is None else value

    @field_validator("also_meant", "not_meant", mode="before")
    @classmethod
    def _nothing_to_correct(cls, value: Any, _info: ValidationInfo) -> Any:
        return Tags() if value is None else value

    @field_validator("requested_grant_eur")
    @classmethod
    def _grant_within_budget(cls, grant: float | None, info: ValidationInfo) -> float | None:
        total: float | None = info.data.get("total_budget_eur")
        if total is not None and grant is not None and grant > total:
            allowed = f"at most the total budget of {total:.0f}"
            raise wrong_value("grant-above-budget", f"{grant:.0f}", allowed, "correct one of the two")
        return grant


def read_project(content: bytes, file: str, vocabularies: Vocabularies) -> Project:
    """Read a project file, YAML or JSON.

    Args:
        content: the file's bytes, at most `MAX_PROJECT_BYTES`.
        file: its name, for problems.
        vocabularies: the words that its tags may use.

    Raises:
        InputError: with every problem in it.
    """
    text = text_of(content, file, MAX_PROJECT_BYTES, "shorten it")
    document = _read_json(text, file) if text.lstrip().startswith("{") else read_yaml(text, file)
    if not isinstance(document.value, dict):
        hint = 'begin with "summary:" and the description, or give the text with --text'
        found = "no fields" if document.value is None else "something else"
        raise InputError(
            [Problem("not-a-block", f"found {found}", file=file, line=1, column=1, allowed="fields", hint=hint)]
        )
    return build(Project, document, file, {"vocabularies": vocabularies})


def project_of_text(text: str, vocabularies: Vocabularies) -> Project:
    """Make a project of a bare description.

    Raises:
        InputError: the text is empty or too long.
    """
    return build(Project, Document({"summary": text}), "text", {"vocabularies": vocabularies})


def write_project(project: Project) -> str:
    """Write a project file, in YAML; `read_project` gives the same project back. What is unknown is left out."""
    values = project.model_dump(exclude_defaults=True)
    for name in ("total_budget_eur", "requested_grant_eur"):
        if name in values and values[name] == int(values[name]):
            values[name] = int(values[name])
    return yaml.dump(_listed(values), Dumper=_Writer, sort_keys=False, allow_unicode=True, width=PAGE_WIDTH)


class _Writer(yaml.SafeDumper):
    """Writes texts so that they come back as they were."""


def _written(writer: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    """Rare line ends would be read as blanks where they stand bare; within double quotes they are escaped."""
    style = '"' if any(mark in text for mark in _RARE_LINE_ENDS) else None
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Writer.add_representer(str, _written)


def _listed(value: Any) -> Any:
    """The same with lists for tuples, which YAML does not know."""
    if isinstance(value, dict):
        return {name: _listed(inner) for name, inner in value.items()}
    return [_listed(inner) for inner in value] if isinstance(value, tuple) else value


def _read_json(text: str, file: str) -> Document:
    try:
        value = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
        json.dumps(value, ensure_ascii=False).encode()  # half a character cannot be written down again
        return Document(value, partial(places_of, text))
    except json.JSONDecodeError:
        return read_yaml(text, file)  # it may be YAML that opens with a brace; its reader says where the mistake is
    except UnicodeEncodeError:
        said = r"found half a character, written as \ud800 to \udfff"
    except RecursionError:
        said = "found too many levels"
    except ValueError as error:
        said = str(error)
    raise InputError([Problem("not-json", said, file=file, line=1, column=1, hint="correct it")])


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = Counter(name for name, _ in pairs).most_common(1)[0][0]
        raise ValueError(f"found the field {shown(twice)} twice")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"found {name}, which is no number")
