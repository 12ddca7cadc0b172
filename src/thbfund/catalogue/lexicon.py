"""The words by which a text shows what it is about: terms per vocabulary entry and language."""

from typing import Annotated

from pydantic import AfterValidator, Field

from thbfund.catalogue.facts import Many, Text
from thbfund.catalogue.languages import Language
from thbfund.catalogue.vocabulary import Vocabularies, country_names
from thbfund.input.validation import Closed, wrong_value

LEXICONS = (
    "activities",
    "approach",
    "field",
    "forms_of_exploitation",
    "partnership",
    "places",
    "priorities",
    "situation",
    "target_groups",
)

OPTIONAL = {"approach", "partnership", "situation"}
"""Lexicons that a folder may lack: they came after the first catalogues, which must stay readable."""

FIELD_ENTRIES = (
    "trafficking_in_persons",
    "exploitation_signs",
    "neighbouring_subject",
    "other_trafficking",
    "exclusion_clause",
    "denial",
    "contrast",
    "instruction",
)
"""What a text can show of its field: the subject itself, its signs, its neighbours, and what is easily taken for it.

A `denial` says that the project is not about what it names, up to a `contrast`; an `instruction` speaks to the program.
"""

SITUATION_ENTRIES = (
    "person",
    "controller",
    "recruited_or_moved",
    "deceived",
    "debt",
    "unpaid",
    "papers_taken",
    "threat_or_violence",
    "not_free",
    "purpose",
    "trafficking_word",
    "help",
    "elsewhere",
)
"""Signs of a situation told without its name, after the elements of trafficking (Directive 2011/36/EU Art. 2).

Who is used and by whom, act, means, purpose, a `trafficking_word` that leaves open what is trafficked, the help that is
planned; `elsewhere` is what other fields speak of.
"""

PARTNERSHIP_ENTRY = "with_others"
"""What a text says of those with whom the work is done."""

_OWN_ENTRIES = {
    "field": frozenset(FIELD_ENTRIES),
    "partnership": frozenset({PARTNERSHIP_ENTRY}),
    "situation": frozenset(SITUATION_ENTRIES),
}


def _term(value: str) -> str:
    """One or more words; `*` at the end of a word stands for any ending, at its start for any beginning."""
    for word in value.split():
        if not word.strip("*") or "*" in word.strip("*"):
            raise wrong_value("bad-term", value, "words, each with * at its start or end only")
    return value


Term = Annotated[Text, AfterValidator(_term)]


class Lexicon(Closed):
    """Terms by entry and language. Case and accents do not count when they are looked for."""

    id: str = Field(description="Name of the file; a vocabulary's id where the terms are for its entries.")
    terms: dict[str, dict[Language, Many[Term]]] = Field(
        description="By entry and language; * at a word's end stands for any ending, at its start for any beginning."
    )

    def known_entries(self, vocabularies: Vocabularies, signs: frozenset[str] = frozenset()) -> frozenset[str]:
        """The entries that this lexicon may hold terms for; `signs` are those of `policy/approach.yaml`."""
        if self.id == "approach":
            return signs
        if self.id in _OWN_ENTRIES:
            return _OWN_ENTRIES[self.id]
        if self.id == "places":
            groups = vocabularies.ids("country_groups")
            return groups | set(country_names()) if groups else frozenset()
        return vocabularies.ids(self.id)
