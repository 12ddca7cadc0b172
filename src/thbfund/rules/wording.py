"""Short phrases that several rules use to name values, each to be said in any language."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache

from thbfund.catalogue.model import Admittance, PlaceAdmission, TypeAdmission
from thbfund.catalogue.vocabulary import Vocabularies, country_name
from thbfund.said import Amount, Country, Said, Share, joined, say, say_count, sentence
from thbfund.speaking import speaker

__all__ = [
    "KEPT",
    "checked",
    "euro",
    "in_sentence",
    "joined",
    "months_in_words",
    "percent",
    "place_name",
    "places_in_words",
    "sentence",
    "span_of",
    "types_in_words",
    "with_no_others",
]

KEPT = 1024  # conditions whose words are kept: they are the catalogue's, the same for every project
_ENGLISH = speaker()

# Names of countries that take an article in an English sentence.
_WITH_ARTICLE = {"AE", "BS", "CD", "CF", "CG", "DO", "GB", "GM", "KM", "MH", "MV", "NL", "PH", "SB", "SC", "US"}


def euro(amount: float) -> Said:
    """`EUR 1 250 000`: thousands apart, as EU texts write them."""
    return Amount(_ENGLISH.euro(amount), "EUR", {"amount": amount})


def percent(share: float) -> Said:
    """`87.5 %` for 0.875.

    >>> percent(0.875)
    '87.5 %'
    """
    return Share(_ENGLISH.percent(share), "%", {"share": share})


def months_in_words(number: float) -> Said:
    """`1 month`, `24 months`."""
    return say_count("{n} month", "{n} months", round(number))


def span_of(low: float | None, high: float | None, words: Callable[[float], str]) -> str:
    """`EUR 300 000 to EUR 600 000`, `EUR 3 000 000`, `at least 3 months`, `no limit`.

    >>> span_of(3, None, str)
    'at least 3'
    >>> span_of(None, None, str)
    'no limit'
    """
    if low is not None and low == high:
        return words(low)
    if low is not None and high is not None:
        return say("{low} to {high}", low=words(low), high=words(high))
    if low is not None:
        return say("at least {low}", low=words(low))
    return say("at most {high}", high=words(high)) if high is not None else say("no limit")


def checked(day: date, overdue: str) -> Said:
    """`checked on 2026-11-25`, or `checked on 2024-11-25, more than a year ago: check again`.

    >>> checked(date(2026, 11, 25), "")
    'checked on 2026-11-25'
    """
    if overdue:
        return say("checked on {day}, {overdue}: check again", day=day, overdue=overdue)
    return say("checked on {day}", day=day)


def in_sentence(country: str) -> Said:
    """Name of a country as it stands after a preposition: `the United States`, `Italy`."""
    name = country_name(country)
    return Country(f"the {name}", country, {"code": country}) if country in _WITH_ARTICLE else name


def place_name(place: str, vocabularies: Vocabularies) -> Said:
    """Name of a country or country group."""
    if place in vocabularies.ids("country_groups"):
        return vocabularies.label("country_groups", place)
    return country_name(place)


@lru_cache(maxsize=KEPT)
def places_in_words(admission: PlaceAdmission, vocabularies: Vocabularies) -> Said:
    """`EU Member States, Iceland; not: Denmark`, and what holds for all others where that is no plain no."""
    return _in_words(admission, lambda place: place_name(place, vocabularies))


@lru_cache(maxsize=KEPT)
def types_in_words(admission: TypeAdmission, vocabularies: Vocabularies) -> Said:
    """`non-governmental organisation, public authority; not: company`."""
    return _in_words(admission, lambda kind: vocabularies.label("applicant_types", kind))


def with_no_others(listed: str, others: Admittance) -> str:
    """What is admitted, with what rules need not say: that nobody else is, or that nothing is known."""
    if others == "closed":
        return joined([listed, say("no others")], ";") if listed else say("none")
    return listed or say("not known")


def _in_words(admission: PlaceAdmission | TypeAdmission, name: Callable[[str], str]) -> Said:
    parts: list[str] = [joined(map(name, admission.open_to), ",")]
    if admission.depends_on_call:
        parts.append(say("depends on the call: {names}", names=joined(map(name, admission.depends_on_call), ",")))
    if admission.closed_to:
        parts.append(say("not: {names}", names=joined(map(name, admission.closed_to), ",")))
    listed = any(parts)
    if admission.others == "open":
        parts.append(say("all others too") if listed else say("all"))
    if admission.others == "depends":
        parts.append(say("all others depend on the call") if listed else say("depends on the call"))
    return joined([part for part in parts if part], ";")
