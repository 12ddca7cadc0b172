"""SAY: what a sentence needs of a language."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, Protocol

LOCALES: Mapping[str, str] = {"pt": "pt_PT"}
"""Where the language alone would mean the form that it has in another continent."""

Word = Literal["and", "or", ",", ";"]
"""What stands between the last two of a list, or between all of them."""


class Speaks(Protocol):
    """What a sentence needs of a language: `speaking.Speaker` has it."""

    def template(self, text: str) -> str:
        """The template in that language, or as it is where there is no translation."""

    def template_for(self, one: str, many: str, count: int) -> str:
        """The template that the language uses for this number of things."""

    def value(self, value: Any) -> str:
        """A value as it stands in a sentence of that language: date, number, nested sentence."""

    @property
    def is_english(self) -> bool:
        """Whether it is the language that the sentences are written in."""

    def euro(self, amount: float) -> str:
        """An amount of money."""

    def percent(self, share: float) -> str:
        """A share in per cent."""

    def rounded(self, number: float, digits: int, *, trimmed: bool) -> str:
        """A number with some decimals."""

    def month(self, day: date) -> str:
        """The month of a day, with its year."""

    def country(self, code: str) -> str:
        """Name of a country."""

    def joined(self, parts: list[str], word: Word) -> str:
        """A list of things in a sentence of that language."""

    def within(self, phrase: str) -> str:
        """A phrase that begins with a capital, as it stands in the middle of a sentence of that language."""
