"""What a catalogue fact is: a value with its sources and the day it was checked, or with the reason why it is open."""

import re
from abc import abstractmethod
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Generic, Literal, Self, TypeVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, WithJsonSchema, model_validator

from thbfund.catalogue.marks import LISTED, UNIT
from thbfund.input.validation import Closed, wrong_value
from thbfund.said import say

_CALENDAR_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Value = TypeVar("Value")
Item = TypeVar("Item")


def _day(value: Any) -> Any:
    if isinstance(value, date):
        return value
    day = day_of(value) if isinstance(value, str) else None
    if day is None:
        raise wrong_value("not-a-date", value, "a calendar day as YYYY-MM-DD")
    return day


def day_of(text: str) -> date | None:
    """The calendar day that a text writes as YYYY-MM-DD, the one form understood here; None for anything else."""
    try:
        return date.fromisoformat(text) if _CALENDAR_DAY.fullmatch(text) else None
    except ValueError:
        return None


def _share(value: float) -> float:
    if 1 < value <= 100:  # noqa: PLR2004 - a percentage written where a share belongs
        raise wrong_value("not-a-share", value, "a share from 0 to 1", f"write {value / 100:g}")
    if not 0 <= value <= 1:
        raise wrong_value("not-a-share", value, "a share from 0 to 1")
    return value


def _plain(value: str) -> str:
    if not value.strip():
        raise wrong_value("empty-text", value, "some text", "write it, or leave the field out")
    if "<" in value and ">" in value:
        raise wrong_value("html", value, "plain text without < and >", "remove the mark-up")
    if not value.strip().isprintable():
        raise wrong_value("line-break", value, "one line of printable text", "use the folded style >- or quotes")
    return value.strip()


def is_address(text: str) -> bool:
    """Whether a text is an address that a browser can open."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and text.isprintable() and " " not in text


def _url(value: str) -> str:
    if not is_address(value):
        raise wrong_value("not-a-url", value, "an address that starts with https://")
    return value


Many = Annotated[tuple[Item, ...], Field(strict=False)]
"""A list in YAML, a tuple in Python: what was read does not change."""

Day = Annotated[date, Field(strict=False), BeforeValidator(_day)]
"""A calendar day, written YYYY-MM-DD."""

Euro = Annotated[int, Field(ge=0, json_schema_extra={UNIT: "EUR"})]
"""An amount in whole euro."""

Share = Annotated[
    float, AfterValidator(_share), Field(json_schema_extra={UNIT: "share from 0 to 1", "minimum": 0, "maximum": 1})
]
"""A share from 0 to 1: 90 % is 0.9."""

Text = Annotated[str, AfterValidator(_plain)]
"""Plain text for people: no HTML, no line breaks, not empty."""

Url = Annotated[str, AfterValidator(_url)]
"""An http or https address."""

Celex = Annotated[str, Field(pattern=r"^[0-9CE]\d{4}[A-Z]{1,2}\d{4}(\(\d\d\))?$")]
"""EUR-Lex's number of a document: 32011L0036."""


_NO_ORIGINAL = ("copy", "reprint")  # a note with one of these says that the page is not where the text came out


class Source(Closed):
    """A document that facts rest on, listed once per file under a key."""

    title: Text = Field(description="Its title, with number and year where it has them.")
    url: Url | None = Field(None, description="Null only for a printed document; then `note` says where to find it.")
    kind: Literal["law", "commission", "programme_body", "secondary"] = Field(
        description="law: legal text; commission: EU institution's page or paper; programme_body: the agency, "
        "authority or secretariat that runs it; secondary: anybody else."
    )
    note: Text | None = Field(
        None, description="What to know of the source: a copy, an archived page, where it is printed."
    )

    def at(self, place: str) -> str:
        """The title with the article or page that is cited."""
        return f"{self.title}, {place}" if place else self.title

    @property
    def caution(self) -> str:
        """What to know of a source that is no original or no official one; "" for the others."""
        if self.note and any(word in self.note.casefold() for word in _NO_ORIGINAL):
            return self.note
        return say("a third party's page, not an official one") if self.kind == "secondary" else ""

    @model_validator(mode="after")
    def _findable(self) -> Self:
        if self.url is None and self.note is None:
            raise wrong_value("source-without-url", None, "an address", "add url, or say in note where it is printed")
        return self


@dataclass(frozen=True, slots=True)
class Citation:
    """A source's key and the place in it, written `reg-516 Art. 15(2)`."""

    key: str
    place: str = ""

    def __str__(self) -> str:
        return f"{self.key} {self.place}".strip()


def _citation(value: Any) -> Any:
    if isinstance(value, Citation):
        return value
    if not isinstance(value, str) or not value.strip():
        raise wrong_value("not-a-citation", value, "the key of a source, then the article or page")
    key, _, place = value.strip().partition(" ")
    return Citation(key, place.strip())


Cited = Annotated[
    Citation,
    BeforeValidator(_citation),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "description": "key of a source, then the article or page", LISTED: "sources"}),
]


class Evidence(Closed):
    """How we know: sources and the day they were checked, or `unverified` with the reason."""

    sources: Many[Cited] = Field((), description="Keys of this file's sources, each with article or page.")
    checked_on: Day | None = Field(None, description="Day on which the sources were read for this fact.")
    unverified: Text | None = Field(None, description="Why the value could not be confirmed; the app shows it.")
    note: Text | None = Field(None, description="What limits the value, or what else the reader should know.")

    @model_validator(mode="after")
    def _known_or_open(self) -> Self:
        if self.unverified is None and not (self.sources and self.checked_on):
            hint = "add sources and checked_on, or unverified with the reason"
            raise wrong_value("unsourced-fact", "no complete source", "sources and checked_on, or unverified", hint)
        return self

    @property
    def verified(self) -> bool:
        """Whether the value was read in a listed source."""
        return self.unverified is None


class OtherValue(Evidence, Generic[Value]):
    """What other sources say instead, where sources disagree. Somebody has read it there: hearsay disputes nothing."""

    value: Value = Field(description="What these sources say, in the form of the value that they dispute.")

    @model_validator(mode="after")
    def _was_read(self) -> Self:
        if not self.verified:
            hint = "leave it out until somebody has read it in a source"
            raise wrong_value("unsourced-fact", "an unverified value in `disputed`", "sources and checked_on", hint)
        return self


class Disputable(Evidence, Generic[Value]):
    """What sources may disagree on: the value of the best source, and beside it what the others say."""

    disputed: Many[OtherValue[Value]] = Field(
        (), description="Where sources disagree: what the others say, each value once, with its own sources."
    )

    @property
    @abstractmethod
    def stated(self) -> Value | None:
        """The value that the catalogue goes by: that of the best source; None where it is unknown."""

    @property
    def readings(self) -> tuple[Value, ...]:
        """Every value that a source gives, the stated one first; empty where it is unknown."""
        return () if self.stated is None else (self.stated, *(other.value for other in self.disputed))

    @model_validator(mode="after")
    def _values_differ(self) -> Self:
        if self.disputed and self.stated is None:
            hint = "state the value of the best source, and keep the others in disputed"
            raise wrong_value("nothing-disputed", None, "a value that the others dispute", hint)
        given = self.readings
        repeated = next((value for number, value in enumerate(given) if value in given[:number]), None)
        if repeated is not None:
            hint = "name all sources of the same value together"
            raise wrong_value("nothing-disputed", str(repeated), "each value once", hint)
        return self


class Fact(Disputable[Value], Generic[Value]):
    """A value of the catalogue with its evidence. A null value is unknown, never zero, and needs a reason."""

    value: Value | None = Field(description="Null: unknown, never zero or none; note or unverified says why.")
    set_by: Literal["programme", "call"] = Field(
        "programme", description="call: the usual value, which each call for proposals may change."
    )

    @property
    def stated(self) -> Value | None:
        """The value itself."""
        return self.value

    @model_validator(mode="after")
    def _unknown_has_reason(self) -> Self:
        if self.value is None and not (self.note or self.unverified):
            hint = "say in note or unverified why the value is unknown"
            raise wrong_value("unknown-without-reason", None, "a value, or a reason", hint)
        return self


PROOF = (*Evidence.model_fields, "disputed", "set_by")
"""Names of the fields that tell how a fact is known and what else holds of it, beside what it says."""
