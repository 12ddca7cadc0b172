"""SAY: the languages that a `Said` sentence can be said in, and how each writes dates and numbers."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations

from thbfund.said import Said, say, say_count

ENGLISH = "en"
DOMAIN = "messages"


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
        return str(self.messages.ugettext(text))

    def template_for(self, one: str, many: str, count: int) -> str:
        """The template that this language uses for so many things."""
        return str(self.messages.ungettext(one, many, count))

    def value(self, value: Any) -> str:
        """A value as it stands in a sentence: a date, a number, a sentence within the sentence, or text as it is."""
        if isinstance(value, Said):
            return value.in_language(self)
        if isinstance(value, date):
            return self.date(value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return self.number(value)
        return str(value)

    def date(self, day: date) -> str:
        """`25 Nov 2026`, as the language writes it."""
        return format_date(day, format="medium", locale=self.locale)

    def number(self, number: float) -> str:
        """`1 250 000` or `0.25`, as the language writes it."""
        return format_decimal(number, locale=self.locale)


@cache
def speaker(language: str = ENGLISH) -> Speaker:
    """The speaker of a language; where the package has no translations of it, it says everything in English."""
    locale = Locale("en", "GB") if language == ENGLISH else Locale.parse(language)
    return Speaker(language, locale, _messages(language))


def _messages(language: str) -> NullTranslations:
    """Translations, compiled in memory, so that the repository holds texts only."""
    source = files("thbfund").joinpath("locale", language, "LC_MESSAGES", f"{DOMAIN}.po")
    if not source.is_file():
        return NullTranslations()
    compiled = BytesIO()
    with source.open("rb") as text:
        write_mo(compiled, read_po(text, locale=language))
    compiled.seek(0)
    return Translations(compiled, domain=DOMAIN)
