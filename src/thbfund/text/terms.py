"""Finding the lexicon's terms in a text, fast: each word looks up only the terms that can begin with it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from thbfund.text.cleaning import Word, words

STEM = 3  # characters of a word by which its prefix terms are looked up


@dataclass(frozen=True, slots=True)
class Found:
    """An entry that a text points to, and the words that did it.

    Attributes:
        entry: id in the lexicon.
        start: position of the first word.
        words: the words as written.
    """

    entry: str
    start: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Pattern:
    text: str
    any_start: bool
    any_end: bool

    def matches(self, word: str) -> bool:
        if self.any_start and self.any_end:
            return self.text in word
        if self.any_start:
            return word.endswith(self.text)
        return word.startswith(self.text) if self.any_end else word == self.text


@dataclass(frozen=True, slots=True)
class _Term:
    """A term by its first word, which brings one to it, and those that must follow."""

    entry: str
    first: _Pattern
    rest: tuple[_Pattern, ...]


@dataclass(slots=True)
class TermIndex:
    """The terms of some languages, ready to be looked for."""

    _exact: dict[str, list[_Term]] = field(default_factory=lambda: defaultdict(list))
    _stems: dict[str, list[_Term]] = field(default_factory=lambda: defaultdict(list))
    _compounds: list[_Term] = field(default_factory=list)

    @classmethod
    def build(cls, terms: Mapping[str, Mapping[str, Iterable[str]]], languages: Iterable[str]) -> "TermIndex":
        """Index the terms (entry -> language -> terms) of the given languages."""
        index = cls()
        wanted = tuple(languages)
        for entry, by_language in terms.items():
            for term in sorted({term for language in wanted for term in by_language.get(language, ())}):
                index._add(entry, term)
        return index

    def find(self, text: Sequence[Word]) -> Iterator[Found]:
        """Yield every term found, in the order of the text; terms may overlap."""
        folded = [word.folded for word in text]
        for start, word in enumerate(folded):
            for term in self._beginning_with(word):
                if not term.rest:  # most terms
                    yield Found(term.entry, start, (text[start].written,))
                    continue
                end = start + 1 + len(term.rest)
                here = folded[start + 1 : end]
                if len(here) == len(term.rest) and all(map(_Pattern.matches, term.rest, here)):
                    yield Found(term.entry, start, tuple(found.written for found in text[start:end]))

    def _beginning_with(self, word: str) -> Iterator[_Term]:
        """The terms whose first word this is; few, so that the rest of the text need seldom be looked at."""
        yield from self._exact.get(word, ())
        for term in self._stems.get(word[:STEM], ()):
            if word.startswith(term.first.text):
                yield term
        for term in self._compounds:
            if term.first.matches(word):
                yield term

    def _add(self, entry: str, term: str) -> None:
        first, *rest = _patterns(term)
        indexed = _Term(entry, first, tuple(rest))
        if first.any_start or (first.any_end and len(first.text) < STEM):
            self._compounds.append(indexed)
        elif first.any_end:
            self._stems[first.text[:STEM]].append(indexed)
        else:
            self._exact[first.text].append(indexed)


def _patterns(term: str) -> Iterator[_Pattern]:
    """A pattern per word; a hyphen or apostrophe inside a term separates words, as it does in texts."""
    for raw in term.split():
        bare = raw.strip("*")
        if bare.isascii() and bare.isalnum():  # most words, and one word each
            yield _Pattern(bare.lower(), raw.startswith("*"), raw.endswith("*"))
            continue
        parts = words(bare)
        for position, part in enumerate(parts):
            first, last = position == 0, position == len(parts) - 1
            yield _Pattern(part.folded, first and raw.startswith("*"), last and raw.endswith("*"))
