"""What stands in a description but does not describe the project is set aside before anything is read."""

import re
from collections.abc import Callable, Collection, Iterator

from thbfund.text.cleaning import sentences

_CLAUSE_END = re.compile(r"(?<=[,:\u2013\u2014])\s+")
# Sentences with one of these go: who is excluded from funding, and what is said to the program, not of the project.
_WHOLE_SENTENCE = frozenset({"exclusion_clause", "instruction"})
SETTING_ASIDE = _WHOLE_SENTENCE | {"denial", "contrast"}
"""Entries of the field lexicon that only say what to leave out."""

Shown = Callable[[str], Collection[str]]
"""Which entries of the field lexicon a piece of text shows."""


def told(text: str, shown: Shown) -> str:
    """Return the sentences that tell of the project, without the clauses that say what it is not about."""
    return " ".join(part for sentence in sentences(text) if (part := _told(sentence, shown)))


def _told(sentence: str, shown: Shown) -> str:
    entries = set(shown(sentence))
    if _WHOLE_SENTENCE & entries:
        return ""
    return " ".join(_without_denials(sentence, shown)) if "denial" in entries else sentence


def _without_denials(sentence: str, shown: Shown) -> Iterator[str]:
    """The clauses of a sentence; a denial reaches on to the next contrast, since lists have commas too."""
    denied = False
    for clause in _CLAUSE_END.split(sentence):
        entries = shown(clause)
        denied = "contrast" not in entries and (denied or "denial" in entries)
        if not denied:
            yield clause
