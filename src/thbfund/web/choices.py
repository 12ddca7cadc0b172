"""What a reader chooses among, in her language: countries and languages in its order, vocabularies in our own."""

from collections.abc import Mapping

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.languages import LANGUAGES
from thbfund.catalogue.vocabulary import country_names
from thbfund.text.cleaning import fold
from thbfund.web.speech import _, current

_BEHIND_Z = {"da": "æøå", "et": "õäöü", "fi": "åäö", "sv": "åäö"}
"""Letters with which these languages end the alphabet; elsewhere one looks for a marked letter beside the plain one."""
_AFTER_Z = ord("z") + 1
_STRUCK = str.maketrans("đħł", "dhl")  # letters whose mark is a part of them, which folding leaves


def in_order(names: Mapping[str, str]) -> dict[str, str]:
    """The same names by id, sorted as somebody looks for them who reads this language."""
    language = current().language
    behind = {ord(letter): _AFTER_Z + place for place, letter in enumerate(_BEHIND_Z.get(language, ""))}

    def place(key: str) -> str:
        name = names[key].casefold()
        return name if language == "bg" else fold(name.translate(_STRUCK | behind))  # й is no и with a mark

    return {key: names[key] for key in sorted(names, key=place)}


def countries() -> dict[str, str]:
    """All countries: code and name."""
    return in_order(country_names(current().language))


def languages() -> dict[str, str]:
    """The languages that a description may be in: code and name."""
    names = current().locale.languages
    return in_order({code: names.get(code, code) for code in LANGUAGES})


def labels(catalogue: Catalogue, vocabulary: str) -> dict[str, str]:
    """The entries of a vocabulary, in the order of its file: id and name."""
    return {entry.id: _(entry.label) for entry in catalogue.vocabularies[vocabulary].entries}
