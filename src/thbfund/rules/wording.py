"""Short phrases that several rules use to name values."""

from collections.abc import Callable, Iterable
from datetime import date

from thbfund.catalogue.model import PlaceAdmission, TypeAdmission
from thbfund.catalogue.vocabulary import Vocabularies, country_name


def euro(amount: float) -> str:
    """`EUR 1 250 000`: thousands apart, as EU texts write them."""
    return f"EUR {amount:,.0f}".replace(",", "\N{NO-BREAK SPACE}")


def percent(share: float) -> str:
    """`87.5 %` for 0.875."""
    return f"{share * 100:.4g} %"


def span_of(low: float | None, high: float | None, words: Callable[[float], str]) -> str:
    """`EUR 300 000 to EUR 600 000`, `at least 3 months`, `no limit`."""
    if low is not None and high is not None:
        return f"{words(low)} to {words(high)}"
    if low is not None:
        return f"at least {words(low)}"
    return f"at most {words(high)}" if high is not None else "no limit"


def joined(names: Iterable[str], word: str = "and") -> str:
    """`a, b and c`."""
    listed = list(names)
    return f" {word} ".join([", ".join(listed[:-1]), listed[-1]]) if len(listed) > 1 else "".join(listed)


def sentence(phrase: str) -> str:
    """A phrase of the catalogue as a sentence: a capital first, a full stop last."""
    return phrase[:1].upper() + phrase[1:] + ("" if phrase.endswith((".", "!", "?")) else ".")


def checked(day: date, overdue: str) -> str:
    """`checked on 2026-11-25`, or `checked on 2024-11-25, more than a year ago: check again`."""
    return f"checked on {day}, {overdue}: check again" if overdue else f"checked on {day}"


# Names of countries that take an article in a sentence.
_WITH_ARTICLE = {"AE", "BS", "CD", "CF", "CG", "DO", "GB", "GM", "KM", "MH", "MV", "NL", "PH", "SB", "SC", "US"}


def in_sentence(country: str) -> str:
    """Name of a country as it stands after a preposition: `the United States`, `Italy`."""
    return f"the {country_name(country)}" if country in _WITH_ARTICLE else country_name(country)


def place_name(place: str, vocabularies: Vocabularies) -> str:
    """Name of a country or country group."""
    if place in vocabularies.ids("country_groups"):
        return vocabularies.label("country_groups", place)
    return country_name(place)


def places_in_words(admission: PlaceAdmission, vocabularies: Vocabularies) -> str:
    """`EU Member States, Iceland; not: Denmark`."""
    return _in_words(admission, lambda place: place_name(place, vocabularies))


def types_in_words(admission: TypeAdmission, vocabularies: Vocabularies) -> str:
    """`non-governmental organisation, public authority; not: company`."""
    return _in_words(admission, lambda kind: vocabularies.label("applicant_types", kind))


def _in_words(admission: PlaceAdmission | TypeAdmission, name: Callable[[str], str]) -> str:
    parts = [", ".join(map(name, admission.open_to))]
    if admission.depends_on_call:
        parts.append("depends on the call: " + ", ".join(map(name, admission.depends_on_call)))
    if admission.closed_to:
        parts.append("not: " + ", ".join(map(name, admission.closed_to)))
    return "; ".join(part for part in parts if part)
