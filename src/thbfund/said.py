"""SAY: sentences in English that remember how they were made, so that they can be said in another language.

The core speaks English, in plain strings. `say("{name}: may lead.", name=...)` gives such a string, which also keeps
its template and values. What stands before a reader passes through a `Speaker` (`speaking.py`), which says the template
in her language and puts dates, numbers and nested sentences into it. A plain string is text of the catalogue or of the
user and stays as it is.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Self

from thbfund.speaks import Speaks, Word

_BEFORE_A_STOP = re.compile(r"(\{(\w+)\})\.(?!\.)")  # a field that its template ends a sentence after


class Said(str):
    """An English sentence with the template and the values that it was made from."""

    __slots__ = ("made_of", "values")
    made_of: str
    values: dict[str, Any]

    def __new__(cls, text: str, made_of: str, values: dict[str, Any]) -> Self:
        """Keep `made_of` and `values` beside the text that they give in English."""
        made = super().__new__(cls, text)
        made.made_of, made.values = made_of, values
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        """A copy is made of the same template and values."""
        return type(self), (str(self), self.made_of, self.values)

    def in_language(self, language: Speaks) -> str:
        """The sentence in another language."""
        return self._filled(language.template(self.made_of), language)

    def _filled(self, template: str, language: Speaks) -> str:
        return _filled(template, {name: language.value(value) for name, value in self.values.items()})


class Counted(Said):
    """A sentence whose wording depends on a number of things, `n` among its values."""

    __slots__ = ("many",)
    many: str

    def in_language(self, language: Speaks) -> str:
        """The sentence in another language, in the form for that number."""
        return self._filled(language.template_for(self.made_of, self.many, self.values["n"]), language)

    def __reduce__(self) -> tuple[Any, ...]:
        """A copy is made of the same two templates and values."""
        return _counted, (self.made_of, self.many, self.values)


class Amount(Said):
    """An amount in EUR."""

    __slots__ = ()

    def in_language(self, language: Speaks) -> str:
        """The amount as another language writes it."""
        return language.euro(self.values["amount"])


class Share(Said):
    """A share in per cent."""

    __slots__ = ()

    def in_language(self, language: Speaks) -> str:
        """The share as another language writes it."""
        return language.percent(self.values["share"])


class Rounded(Said):
    """A number with some decimals."""

    __slots__ = ()

    def in_language(self, language: Speaks) -> str:
        """The number as another language writes it."""
        return language.rounded(**self.values)


class Month(Said):
    """A month of a year."""

    __slots__ = ()

    def in_language(self, language: Speaks) -> str:
        """The month in another language."""
        return language.month(self.values["day"])


class Ordinal(Said):
    """A place in an order."""

    __slots__ = ()

    def in_language(self, language: Speaks) -> str:
        """The place in another language; a full stop makes an ordinal in most, and is understood in the others."""
        return str(self) if language.is_english else f"{self.values['rank']}."


class WithArticle(Said):
    """A kind of thing in the middle of an English sentence, with its article; other languages do without."""

    __slots__ = ()

    def in_language(self, language: Speaks) -> str:
        """The kind in another language."""
        return str(self) if language.is_english else language.within(language.value(self.values["label"]))


class Country(Said):
    """Name of a country; in English it may have an article."""

    __slots__ = ()

    def in_language(self, language: Speaks) -> str:
        """The name in another language, as it stands in a list."""
        return str(self) if language.is_english else language.country(self.values["code"])


class Listed(Said):
    """Several things in one sentence: `a, b and c`; `made_of` is the word between them."""

    __slots__ = ()

    def in_language(self, language: Speaks) -> str:
        """The list in another language."""
        word: Any = self.made_of
        return language.joined([language.value(part) for part in self.values["parts"]], word)


class Sentences(Said):
    """Sentences that follow each other."""

    __slots__ = ()

    def in_language(self, language: Speaks) -> str:
        """All of them in another language."""
        return " ".join(language.value(part) for part in self.values["parts"])


class Sentence(Said):
    """A phrase made a sentence: a capital first, a full stop last."""

    __slots__ = ()

    def in_language(self, language: Speaks) -> str:
        """The sentence in another language."""
        return _as_sentence(language.value(self.values["phrase"]))


class Clause(Said):
    """A sentence without its full stop, to stand within another."""

    __slots__ = ()

    def in_language(self, language: Speaks) -> str:
        """The clause in another language."""
        return language.value(self.values["phrase"]).rstrip(".")


class Within(Said):
    """A phrase that begins with a capital, in the middle of a sentence."""

    __slots__ = ()

    def in_language(self, language: Speaks) -> str:
        """The phrase in another language; German keeps its capital."""
        return language.within(language.value(self.values["phrase"]))


def say(template: str, /, **values: Any) -> Said:
    """A sentence to be said in the reader's language: `say("{name}: may lead.", name=name)`.

    The template is a literal, for the list of messages is drawn from the source; fields are `str.format` names.

    >>> say("{name}: may lead.", name="NGO")
    'NGO: may lead.'
    """
    return Said(_filled(template, values), template, values)


def say_count(one: str, many: str, n: int, /, **values: Any) -> Counted:
    """A sentence on `n` things: `say_count("{n} programme", "{n} programmes", len(found))`.

    >>> say_count("{n} programme", "{n} programmes", 1)
    '1 programme'
    """
    return _counted(one, many, {"n": n, **values})


def _counted(one: str, many: str, values: dict[str, Any]) -> Counted:
    template = one if values["n"] == 1 else many
    made = Counted(_filled(template, values), one, values)
    made.many = many
    return made


def message(text: str) -> Said:
    """A text without fields that is among the messages, though no literal of the source: the label of a tag."""
    return Said(text, text, {})


def decimal(number: float, digits: int, *, trimmed: bool = False) -> Rounded:
    """`12.5`: a number with so many decimals, `trimmed` of those that are 0."""
    text = f"{number:.{digits}f}"
    if trimmed:
        text = text.rstrip("0").rstrip(".")
    return Rounded(text, "", {"number": number, "digits": digits, "trimmed": trimmed})


def points(score: float) -> Rounded:
    """`0.73`: a score, or a part of one."""
    return decimal(score, 2)


def ordinal(rank: int) -> Ordinal:
    """`1st`, `2nd`, `3rd`, `4th`, `11th`, `21st`."""
    teens = rank % 100 // 10 == 1
    ending = "th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    return Ordinal(f"{rank}{ending}", "", {"rank": rank})


def month_of(day: date) -> Month:
    """`March 2027`."""
    return Month(f"{day:%B %Y}", "", {"day": day})


def with_article(label: str) -> WithArticle:
    """`a public authority`, `an EU agency`."""
    word = lowered(label)
    return WithArticle(f"{'an' if word[:1].lower() in 'aeio' else 'a'} {word}", "", {"label": label})


def joined(parts: Iterable[str], word: Word = "and") -> Listed:
    """`a, b and c`; with `,` or `;` as word the same sign stands between all."""
    listed = list(parts)
    if word in {",", ";"}:
        text = f"{word} ".join(listed)
    else:
        text = f" {word} ".join([", ".join(listed[:-1]), listed[-1]]) if len(listed) > 1 else "".join(listed)
    return Listed(text, word, {"parts": listed})


def sentences(*parts: str) -> Sentences:
    """Sentences one after the other; empty ones are left out."""
    kept = [part for part in parts if part]
    return Sentences(" ".join(kept), " ", {"parts": kept})


def sentence(phrase: str) -> Sentence:
    """A phrase as a sentence: a capital first, a full stop last."""
    return Sentence(_as_sentence(phrase), ".", {"phrase": phrase})


def clause(phrase: str) -> Clause:
    """A sentence without its full stop, to stand within another."""
    return Clause(phrase.rstrip("."), "", {"phrase": phrase})


def within(phrase: str) -> Within:
    """A phrase as it stands in the middle of a sentence; only its first letter changes: `share the EU pays`."""
    return Within(lowered(phrase), "", {"phrase": phrase})


def lowered(phrase: str) -> str:
    """A phrase with a small letter first, but for names in capitals: `EU agency`."""
    return phrase if phrase[1:2].isupper() else phrase[:1].lower() + phrase[1:]


def labelled(label: str, value: Any) -> Said:
    """`Budget: 120`: a label and what it holds; each language sets the colon its own way, French after a blank."""
    return say("{label}: {value}", label=label, value=value)


def _filled(template: str, values: Mapping[str, Any]) -> str:
    """The template with its values; one full stop where a value has its own, as dates do in some languages."""
    stopped = [name for name, value in values.items() if str(value).endswith(".")]
    if not stopped:
        return template.format(**values)
    kept = _BEFORE_A_STOP.sub(lambda found: found[1] if found[2] in stopped else found[0], template)
    return kept.format(**values)


def _as_sentence(phrase: str) -> str:
    return phrase[:1].upper() + phrase[1:] + ("" if phrase.endswith((".", "!", "?")) else ".")
