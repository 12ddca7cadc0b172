"""Text made comparable: one path for programmes and projects."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_INVISIBLE = {"Cc", "Cf", "Co", "Cs"}  # control, format, private and surrogate characters carry no meaning here
_WORD = re.compile(r"[^\W_]+")
_LINE_BREAK = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")  # of other systems, word processors and PDF files
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|\n{2,}")
MAX_WORD_CHARACTERS = 60  # no language of the EU has longer words; what is longer is noise


class Word(NamedTuple):
    """A word as written, and folded for comparison."""

    written: str
    folded: str


def clean(text: str) -> str:
    """Return text in compatibility form (NFKC), without invisible characters, with single spaces.

    Line breaks become spaces, blank lines stay as sentence ends.
    """
    visible = "".join(map(_visible, unicodedata.normalize("NFKC", _LINE_BREAK.sub("\n", text))))
    visible = unicodedata.normalize("NFKC", visible)  # what an invisible character kept apart joins now
    return "\n\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", visible)).strip()


@lru_cache(maxsize=1024)  # single characters, of which a text has few: they tell nothing of it
def _visible(character: str) -> str:
    """A character itself, a blank for any that separates words, nothing for one that cannot be seen."""
    if character == "\n":
        return character
    if character.isspace():
        return " "
    return "" if unicodedata.category(character) in _INVISIBLE else character


def fold(text: str) -> str:
    """Return text without case and accents: `Opfer von Übergriffen` -> `opfer von ubergriffen`."""
    if text.isascii():  # most words; they have no accents to take off
        return text.lower()
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def words(text: str) -> list[Word]:
    """Return the words of cleaned text in order: letters and digits, hyphens and apostrophes separate."""
    return [Word(written, fold(written)) for written in _WORD.findall(text) if len(written) <= MAX_WORD_CHARACTERS]


def sentences(text: str) -> list[str]:
    """Split cleaned text at full stops, question and exclamation marks, semicolons and blank lines."""
    return [sentence for sentence in _SENTENCE_END.split(text) if sentence.strip()]
