"""The figures that a text names: percentages, amounts in euro, months, days, and how many partners it asks for."""

import re
from collections.abc import Iterator
from datetime import date

from thbfund.catalogue.facts import day_of

_NUMBER = r"\d{1,3}(?:[ \u00a0\u202f,]\d{3})+|\d+(?:\.\d+)?"
# "At least 75 %" is a floor, "plus 25 %" something else: neither is the largest share.
_PERCENT = re.compile(r"(?<![Aa]t least )(?<!plus )(?<![\d.,])(\d+(?:[.,]\d+)?)(?: ?%|\s+per ?cent\b)")
_PERCENT_LIST = re.compile(r"(\d+(?:[.,]\d+)?) (?:or|and|to) (?=\d+(?:[.,]\d+)?(?: ?%|\s+per ?cent\b))")
# "EUR 1 to 3 million": what follows the second number belongs to the first as well.
_AMOUNT = re.compile(
    rf"(?:EUR|€|euro) ?({_NUMBER})( million)?(?: (?:to|and|or|-) (?:EUR |€)?({_NUMBER})( million)?)?", re.IGNORECASE
)
_MONTHS = re.compile(r"(?:(\d+) (?:to|or|and) )?(\d+)[ -]months?\b")

_THOUSAND = 1000
_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DAY = re.compile(rf"(\d{{4}}-\d{{2}}-\d{{2}})|(\d{{1,2}}) ({'|'.join(_MONTH_NAMES)}) (\d{{4}})")
_AT_LEAST = re.compile(
    rf"\b(?:[Aa]t least|[Aa] minimum of|[Nn]o fewer than) (\d+|{'|'.join(_WORDS)}) (other |further |more |different )?"
    r"(?:[a-z-]+ ){0,2}?(organisations?|entit(?:y|ies)|applicants?|partners?|Member States?|countr(?:y|ies))\b"
    r"(?: (?:from|in) (another|other)\b)?"
)


def percentages(text: str) -> set[float]:
    """Shares from 0 to 1 that a text names as percentages."""
    found = [*_PERCENT.findall(text), *_PERCENT_LIST.findall(text)]
    return {round(float(number.replace(",", ".")) / 100, 4) for number in found}


def amounts(text: str) -> set[float]:
    """Amounts in euro that a text names after `EUR`."""
    found = set()
    for first, first_million, second, second_million in _AMOUNT.findall(text):
        found.add(_euro(first, bool(first_million or (second_million and _counts_millions(first)))))
        if second:
            found.add(_euro(second, bool(second_million or (first_million and _counts_millions(second)))))
    return found


def months(text: str) -> set[float]:
    """Durations in months that a text names."""
    return {float(number) for pair in _MONTHS.findall(text) for number in pair if number}


def days(text: str, after: str = "") -> set[date]:
    """Calendar days that a text names; `after` is a pattern of words of which one must stand shortly before."""
    found = set()
    for match in _DAY.finditer(text):
        before = text[max(0, match.start() - 30) : match.start()]
        if not after or re.search(rf"\b(?:{after})\W+(?:\w+ ){{0,3}}$", before, re.IGNORECASE):
            iso, day, month, year = match.groups()
            written = iso or f"{year}-{_MONTH_NAMES.index(month) + 1:02}-{int(day):02}"
            found |= {day_of(written)} - {None}
    return {day for day in found if day is not None}


def minima(text: str) -> Iterator[tuple[str, set[int]]]:
    """What a text asks for at least: `organisations` or `countries`, and the totals it may mean.

    "Two other countries" are three with one's own; "two partners" may or may not include the lead.
    """
    for number, other, noun, elsewhere in _AT_LEAST.findall(text):
        count = int(number) if number.isdigit() else _WORDS.index(number)
        total = count + bool(elsewhere or other in {"other ", "further ", "more "})
        if noun.startswith(("countr", "Member")):
            yield "countries", {total}
        else:
            yield "organisations", {total, count + 1} if noun.startswith("partner") else {total}


def _digits(number: str) -> str:
    return re.sub(r"[ \u00a0\u202f,]", "", number)


def _counts_millions(number: str) -> bool:
    """Whether the word beside another number is meant for it too: "1 to 3 million", but "300 000 to 1 million"."""
    return float(_digits(number)) < _THOUSAND


def _euro(number: str, in_millions: bool) -> float:  # noqa: FBT001 - private, and read with its name
    return round(float(_digits(number)) * (1_000_000 if in_millions else 1))
