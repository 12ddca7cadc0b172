"""Signs that a text holds data of a person, who should not appear in a funding query."""

import re

_SIGNS = {
    "an e-mail address": re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"),
    "a telephone number": re.compile(r"(?<![\w/.-])(\+|00|\(0|0)[\d][\d ()/.-]{6,16}\d(?![\w-])"),
    "an identity, account or case number": re.compile(
        r"\b([A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}\b|(passport|pesel|bsn|nif|cnp|case|file|plate)\W{1,3}"
        r"(no\.?|number)?\W{0,2}(?=[A-Z0-9 ]*\d)[A-Z0-9][A-Z0-9 ]{4,})",
        re.IGNORECASE,
    ),
    "a date of birth": re.compile(
        r"\b(born|née?|geboren|nat[oa]|nacid[oa]|urodzon\w+)\b.{0,12}\d{1,4}[./ -]\w+[./ -]\d{2,4}", re.IGNORECASE
    ),
    "a name with an age": re.compile(
        r"\b[A-ZÀ-Þ][\w'\u2019-]+(?: [A-ZÀ-Þ][\w'\u2019-]+)+,? \(?(aged )?\d{1,2}(?:\)|,| years)"
    ),
    "a street address": re.compile(
        r"\b\d{1,4}[a-z]? [A-Z][\w'\u2019-]+(?: [A-Z][\w'\u2019-]+)?"
        r" (Street|St|Road|Lane|Avenue|Ave|Square|Close|Drive)\b"
        r"|\b[A-ZÄÖÜ]\w+(straße|strasse|gasse|weg|platz) \d{1,4}\b"
        r"|\b(rue|via|calle|ulica|ul\.|str\.) [A-ZÀ-Þ][\w .]+,? \d{1,4}\b"
    ),
}


def personal_data_in(text: str) -> list[str]:
    """Return what kinds of personal data the text seems to hold, in words; never the data itself."""
    return [kind for kind, sign in _SIGNS.items() if sign.search(text)]
