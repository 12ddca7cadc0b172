"""SAY: the languages that a `Said` sentence can be said in, and how each writes dates and numbers."""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO
from typing import Any

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal, format_percent
from babel.support import NullTranslations, Translations

from thbfund.said import Said, lowered, say, say_count
from thbfund.speaks import LOCALES, Word

ENGLISH = "en"
DOMAIN = "messages"
NO_BREAK = "\N{NO-BREAK SPACE}"

_SEMICOLON = {"el": "\N{MIDDLE DOT}"}  # a semicolon is the Greek question mark
_KEEP_CAPITALS = {"de"}
_EMPTY = re.compile(r'^msgstr(\[\d\])? ""$(?!\n")', re.MULTILINE)  # no translation, and no further line of one


@dataclass(frozen=True, slots=True)
class Speaker:
    """One language: `speaker("Describe your project")`, `speaker("{n} hits", n=3)`, `speaker(said)`.

    Attributes:
        language: two letters, one of the official EU languages.
        locale: how that language writes dates and numbers.
        messages: its translations; the English text stands where one is missing.
    """

    language: str
    locale: Locale
    messages: NullTranslations

    def __call__(self, text: str, /, **values: Any) -> str:
        """Say a literal template or a `Said` in this language; other text of catalogue or user must not come here."""
        said = text if isinstance(text, Said) else say(text, **values)
        return said.in_language(self)

    def count(self, one: str, many: str, n: int, /, **values: Any) -> str:
        """Say how many, in the form that the language has for this number."""
        return say_count(one, many, n, **values).in_language(self)

    def template(self, text: str) -> str:
        """The template in this language, or as it is where there is no translation."""
        return str(self.messages.ugettext(text)) if text else ""  # the empty message holds the catalogue's own data

    def template_for(self, one: str, many: str, count: int) -> str:
        """The template that this language uses for so many things."""
        return str(self.messages.ungettext(one, many, count))

    @property
    def is_english(self) -> bool:
        """Whether it speaks the language that the sentences are written in."""
        return self.language == ENGLISH

    def value(self, value: Any) -> str:
        """A value as it stands in a sentence: a date, a number, a sentence within the sentence, or text as it is."""
        if isinstance(value, Said):
            return value.in_language(self)
        if isinstance(value, dt.date):
            return self.date(value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return self.number(value)
        return str(value)

    def date(self, day: dt.date) -> str:
        """`25 Nov 2026`, as the language writes it."""
        return format_date(day, format="medium", locale=self.locale)

    def number(self, number: float) -> str:
        """`1 250 000` or `0.25`, as the language writes it; years are no numbers, hand them over as text."""
        return format_decimal(number, locale=self.locale)

    def rounded(self, number: float, digits: int, *, trimmed: bool = False) -> str:
        """`12.5`, with so many decimals; `trimmed` of those that are 0."""
        return format_decimal(round(number, digits), f"0.{('#' if trimmed else '0') * digits}", self.locale)

    def month(self, day: dt.date) -> str:
        """`March 2027`, as the language writes it."""
        return format_skeleton("yMMMM", day, locale=self.locale)

    def euro(self, amount: float) -> str:
        """`EUR 1 250 000`, without cents, as the language writes it; in English as EU texts do."""
        if self.is_english:
            return f"EUR {amount:,.0f}".replace(",", NO_BREAK)
        pattern = self.locale.currency_formats["standard"].pattern.replace(".00", "")
        return format_currency(round(amount), "EUR", pattern, self.locale, currency_digits=False)

    def percent(self, share: float) -> str:
        """`87.5 %` for 0.875, of four digits at most, as the language writes it; in English as EU texts do."""
        if self.is_english:
            return f"{share * 100:.4g} %"
        exact = Decimal(f"{share * 100:.4g}") / 100
        return format_percent(exact, locale=self.locale, decimal_quantization=False)

    def country(self, code: str) -> str:
        """Name of a country, or the code itself where there is none."""
        return str(self.locale.territories.get(code, code))

    def language_name(self, code: str) -> str:
        """Name of a language, or the code itself where there is none."""
        return str(self.locale.languages.get(code, code))

    def joined(self, parts: list[str], word: Word = "and") -> str:
        """A list of things in a sentence; with `,` or `;` as word the sign stands between all."""
        if word in {",", ";"}:
            return f"{_SEMICOLON.get(self.language, ';') if word == ';' else ','} ".join(parts)
        return format_list(parts, style="standard" if word == "and" else "or", locale=self.locale) if parts else ""

    def within(self, phrase: str) -> str:
        """A phrase that begins with a capital, in the middle of a sentence; German nouns keep it, and so do names."""
        return phrase if self.language in _KEEP_CAPITALS else lowered(phrase)


@dataclass(frozen=True, slots=True)
class Unsaid:
    """How much of a language is there.

    Attributes:
        said: sentences that are translated.
        missing: sentences that are said in English.
    """

    said: int
    missing: int

    @property
    def is_complete(self) -> bool:
        """Whether everything can be said."""
        return not self.missing


@cache
def unsaid(language: str) -> Unsaid:
    """Count what is translated into a language; of English nothing is missing."""
    if language == ENGLISH:
        return Unsaid(1, 0)
    source = _source(language)
    entries = source.read_text(encoding="utf-8").split("\n\n")[1:] if source.is_file() else []
    entries = [entry for entry in entries if "\nmsgid " in f"\n{entry}"]
    missing = sum("#, fuzzy" in entry or _EMPTY.search(entry) is not None for entry in entries)
    return Unsaid(len(entries) - missing, missing)


@cache
def speaker(language: str = ENGLISH) -> Speaker:
    """The speaker of a language; where the package has no translations of it, it says everything in English."""
    locale = Locale("en", "GB") if language == ENGLISH else Locale.parse(LOCALES.get(language, language))
    return Speaker(language, locale, _messages(language))


def _messages(language: str) -> NullTranslations:
    """Translations, compiled in memory, so that the repository holds texts only."""
    source = _source(language)
    if not source.is_file():
        return NullTranslations()
    compiled = BytesIO()
    with source.open("rb") as text:
        write_mo(compiled, read_po(text, locale=language))
    compiled.seek(0)
    return Translations(compiled, domain=DOMAIN)


def _source(language: str) -> Traversable:
    return files("thbfund").joinpath("locale", language, "LC_MESSAGES", f"{DOMAIN}.po")
