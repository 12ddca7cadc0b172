"""The closed lists that tags, types and places are taken from, and the fields that accept only their entries."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Annotated, Any

import babel
from pydantic import AfterValidator, Field, ValidationInfo

from thbfund.catalogue.facts import Evidence, Fact, Many, Share, Source, Text
from thbfund.catalogue.marks import LISTED
from thbfund.input.problems import choices, suggestion
from thbfund.input.validation import Closed, wrong_term, wrong_value
from thbfund.said import Country, Said, message
from thbfund.speaks import LOCALES

VOCABULARIES = {
    "priorities": "priority",
    "directive_articles": "article",
    "activity_families": "activity-family",
    "activities": "activity",
    "applicant_types": "applicant-type",
    "country_groups": "country-group",
    "forms_of_exploitation": "form-of-exploitation",
    "routes": "route",
    "target_groups": "target-group",
}
"""Ids of the vocabularies in the order of reading, and the name of one entry in the codes of problems."""

OPTIONAL = {"activity_families", "directive_articles"}
"""Vocabularies that a folder may lack: they came after the first catalogues, which must stay readable."""

POLICY_TEXTS = ("priorities", "directive_articles")
"""Vocabularies whose entries may be each other's counterparts."""

TAGS = (*POLICY_TEXTS, "target_groups", "forms_of_exploitation", "activities")
"""Vocabularies whose entries people quote in applications; their ids differ across all of them."""

# Babel knows the codes of ISO 3166-1; these are none of them, or stand for parts of countries.
_NO_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
# The Commission writes EL and UK; ISO, and so this catalogue, GR and GB.
COMMISSION_CODES = {"EL": "GR", "UK": "GB"}

# Territories with an ISO code of their own in which the Treaties apply as in their Member State: outermost regions
# (TFEU Art. 349 and 355(1)) and Aland (Art. 355(4)). Organisations there are organisations of that state.
PART_OF = {"AX": "FI", "GF": "FR", "GP": "FR", "MF": "FR", "MQ": "FR", "RE": "FR", "YT": "FR"}


Days = Annotated[int, Field(ge=0)]
"""A number of calendar days."""


class Payment(Closed):
    """How a route usually pays; the grant agreement decides."""

    prefinancing: Fact[Share] = Field(description="Share of the grant paid at the start; 0: all is paid afterwards.")
    days_to_report: Fact[Days] = Field(description="From the end of the project to the final report, at most.")
    days_to_balance: Fact[Days] = Field(description="From the report to the last payment, at most.")


class Entry(Evidence):
    """One entry of a vocabulary: what it is called, what it means, and on whose authority."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9]+([_-][A-Za-z0-9]+)*$")] = Field(
        description="Final, for other files and links name it; tags differ from those of all vocabularies of tags."
    )
    label: Text = Field(description="The name to show, a few words.")
    definition: Text = Field(description="What it is, in one to three sentences of own words.")
    clause: Text | None = Field(None, description="For priorities: the document and the clause that define it.")
    counterparts: Many[str] = Field((), description="Ids of the entries of other policy texts that mean the same.")
    includes: Many[Text] = Field((), description="What belongs to it.")
    excludes: Many[Text] = Field((), description="What is easily mistaken for it.")
    examples: Many[Text] = Field((), description="Two or more invented projects: what is done, and for whom.")
    serves: Many["PriorityId"] = Field(
        (), description="For activities and forms of exploitation: the priorities they serve."
    )
    family: "FamilyId | None" = Field(None, description="For activities: the kind of work of which it is a part.")
    articles: Many["ArticleId"] = Field((), description="The articles of Directive 2011/36/EU that it helps to meet.")
    members: Many["CountryCode"] = Field((), description="For country groups: the countries.")
    payment: Payment | None = Field(None, description="For routes: how the money usually comes.")


class Vocabulary(Closed):
    """A closed list of entries with the sources they cite."""

    id: str = Field(description="Name of the file.")
    title: Text = Field(description="What the list is called.")
    description: Text = Field(description="What the list is for and where it comes from.")
    sources: dict[str, Source] = Field(default_factory=dict, description="Documents that the entries cite, by key.")
    entries: Many[Entry] = Field(description="In the order in which they are shown.")

    def __getitem__(self, entry_id: str) -> Entry:
        return next(entry for entry in self.entries if entry.id == entry_id)


class Vocabularies:
    """All vocabularies by id, and the questions that the rest of the program asks of them. Not changed once built."""

    def __init__(self, by_id: Mapping[str, Vocabulary] | None = None) -> None:
        self.by_id = dict(by_id or {})
        self._entries = {
            name: {entry.id: entry for entry in vocabulary.entries} for name, vocabulary in self.by_id.items()
        }
        self._ids = {name: frozenset(entries) for name, entries in self._entries.items()}
        groups = self._entries.get("country_groups", {})
        self._members = {group: frozenset(entry.members) for group, entry in groups.items()}
        countries = {country for members in self._members.values() for country in members}
        self._groups = {
            country: frozenset(group for group, members in self._members.items() if country in members)
            for country in countries
        }

    def __getitem__(self, vocabulary: str) -> Vocabulary:
        return self.by_id[vocabulary]

    def ids(self, vocabulary: str) -> frozenset[str]:
        """Ids of the entries of one vocabulary; empty where it could not be read."""
        return self._ids.get(vocabulary, frozenset())

    def entry(self, vocabulary: str, entry_id: str) -> Entry:
        """One entry of a vocabulary."""
        return self._entries[vocabulary][entry_id]

    def label(self, vocabulary: str, entry_id: str) -> Said:
        """The name to show for an entry, to be said in any language."""
        return message(self._entries[vocabulary][entry_id].label)

    def countries_in(self, place: str) -> frozenset[str]:
        """The countries that a place stands for: a group's members, or the country itself."""
        return self._members.get(place) or frozenset({place})

    def groups_with(self, country: str) -> frozenset[str]:
        """The country groups that a country belongs to."""
        return self._groups.get(country, frozenset())


@lru_cache
def country_names(language: str = "en") -> Mapping[str, str]:
    """Two-letter codes of all countries with their names in a language (ISO 3166-1, and XK for Kosovo)."""
    territories = babel.Locale.parse(LOCALES.get(language, language)).territories
    return {code: name for code, name in territories.items() if len(code) == 2 and code not in _NO_COUNTRIES}  # noqa: PLR2004 - alpha-2


def country_name(code: str) -> Country:
    """English name of a country, or the code itself where there is none; to be said in any language."""
    return Country(country_names().get(code, code), code, {"code": code})


def _listed(words: str) -> Any:
    """Mark a field in the JSON Schema with the list that its words come from; `catalogue schema` fills the list in."""
    return Field(json_schema_extra={LISTED: words})


def _country(value: str) -> str:
    if value not in country_names():
        raise wrong_value("unknown-country", value, "a country's two-letter code, such as IT", _country_meant(value))
    return value


def _country_meant(found: str) -> str:
    """The hint for one who writes the Commission's code, small letters or the English name."""
    by_name = {name.casefold(): code for code, name in country_names().items()}
    code = COMMISSION_CODES.get(found.upper(), found.upper())
    code = code if code in country_names() else by_name.get(found.casefold(), "")
    return f'did you mean "{code}"?' if code else ""


CountryCode = Annotated[str, AfterValidator(_country), _listed("countries")]
"""Two-letter code of a country as ISO 3166-1 has it: GR, GB, and XK for Kosovo."""


def _known(info: ValidationInfo) -> Vocabularies:
    context: dict[str, Any] = info.context or {}
    known: Vocabularies = context["vocabularies"]
    return known


def _term_of(vocabulary: str) -> Callable[[str, ValidationInfo], str]:
    def check(value: str, info: ValidationInfo) -> str:
        known = _known(info)
        allowed = known.ids(vocabulary)
        if value not in allowed and vocabulary in known.by_id:  # one that could not be read is a problem of its own
            raise wrong_term(f"unknown-{VOCABULARIES[vocabulary]}", value, allowed)
        return value

    return check


def _place(value: str, info: ValidationInfo) -> str:
    known = _known(info)
    groups = known.ids("country_groups")
    if value not in groups and value not in country_names() and "country_groups" in known.by_id:
        allowed = f"a country's two-letter code, or {choices(groups)}"
        raise wrong_value("unknown-place", value, allowed, _country_meant(value) or suggestion(value, groups))
    return value


ActivityId = Annotated[str, AfterValidator(_term_of("activities")), _listed("activities")]
FamilyId = Annotated[str, AfterValidator(_term_of("activity_families")), _listed("activity_families")]
ApplicantTypeId = Annotated[str, AfterValidator(_term_of("applicant_types")), _listed("applicant_types")]
FormId = Annotated[str, AfterValidator(_term_of("forms_of_exploitation")), _listed("forms_of_exploitation")]
PriorityId = Annotated[str, AfterValidator(_term_of("priorities")), _listed("priorities")]
ArticleId = Annotated[str, AfterValidator(_term_of("directive_articles")), _listed("directive_articles")]
RouteId = Annotated[str, AfterValidator(_term_of("routes")), _listed("routes")]
TargetGroupId = Annotated[str, AfterValidator(_term_of("target_groups")), _listed("target_groups")]
PlaceId = Annotated[str, AfterValidator(_place), _listed("places")]
"""A country's code or the id of a country group."""

Entry.model_rebuild()
