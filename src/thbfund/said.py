"""SAY: sentences in English that remember how they were made, so that they can be said in another language.

The core speaks English, in plain strings. `say("{name}: may lead.", name=...)` gives such a string, which also keeps
its template and values. What stands before a reader passes through a `Speaker` (`speaking.py`), which says the template
in her language and puts dates, numbers and nested sentences into it. A plain string is text of the catalogue or of the
user and stays as it is.
"""

from typing import Any, Protocol, Self


class Speaks(Protocol):
    """What a sentence needs of a language: `speaking.Speaker` has it."""

    def template(self, text: str) -> str:
        """The template in that language, or as it is where there is no translation."""

    def template_for(self, one: str, many: str, count: int) -> str:
        """The template that the language uses for this number of things."""

    def value(self, value: Any) -> str:
        """A value as it stands in a sentence of that language: date, number, nested sentence."""


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
        return Said, (str(self), self.made_of, self.values)

    def in_language(self, language: Speaks) -> str:
        """The sentence in another language."""
        return self._filled(language.template(self.made_of), language)

    def _filled(self, template: str, language: Speaks) -> str:
        return template.format(**{name: language.value(value) for name, value in self.values.items()})


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


def say(template: str, /, **values: Any) -> Said:
    """A sentence to be said in the reader's language: `say("{name}: may lead.", name=name)`.

    The template is a literal, for the list of messages is drawn from the source; fields are `str.format` names.
    """
    return Said(template.format(**values), template, values)


def say_count(one: str, many: str, n: int, /, **values: Any) -> Counted:
    """A sentence on `n` things: `say_count("{n} programme", "{n} programmes", len(found))`."""
    return _counted(one, many, {"n": n, **values})


def _counted(one: str, many: str, values: dict[str, Any]) -> Counted:
    template = one if values["n"] == 1 else many
    made = Counted(template.format(**values), one, values)
    made.many = many
    return made
