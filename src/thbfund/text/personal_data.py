"""Signs that a text holds data of a person, who should not appear in a funding query."""

import re

# Words of EU texts that begin like a name: Member States (27), European Union, 27 years.
_NO_NAME = "Member|Candidate|Partner|Third|European|United|New|North|South|East|West|Horizon|Article|Annex|Priority"

# Repetitions are bounded, so that the time grows no faster than the text.
_SIGNS = {
    "an e-mail address": re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.\w"),
    "a telephone number": re.compile(
        r"(?<![\w/.-])(?!\d{1,2}[./-]\d{1,2}[./-]\d{4})(\+|00|\(0|0)\d[\d ()/.-]{6,16}\d(?![\w-])"
    ),
    "an identity, account or case number": re.compile(
        r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b"
        r"|(?i:\b(passport|pesel|bsn|nif|cnp|case|file|plate)\W{1,3}(no\b\.?|nr\b\.?|number)?\W{0,2}"
        r"(?=[A-Z0-9/-]{0,20}\d)[A-Z0-9][A-Z0-9/-]{4})"
    ),
    "a date of birth": re.compile(
        r"\b(born|née?|geboren|nat[oa]|nacid[oa]|urodzon\w+)\b.{0,12}\d{1,4}[./ -]\w{1,12}[./ -]\d{2,4}", re.IGNORECASE
    ),
    "a name with an age": re.compile(
        r"\b(?!(?:" + _NO_NAME + r")\b)[A-ZÀ-Þ][\w'\u2019-]{1,30}(?: [A-ZÀ-Þ][\w'\u2019-]{1,30}){1,3}"
        r"(?:,? aged \d{1,2}\b|,? \(\d{1,2}\)|, \d{1,2}(?:,| years))"
    ),
    "a street address": re.compile(
        r"\b\d{1,4}[a-z]? [A-Z][\w'\u2019-]{1,30}(?: [A-Z][\w'\u2019-]{1,30})? "
        r"(Street|St|Road|Lane|Avenue|Ave|Square|Close|Drive)\b"
        r"|\b[A-ZÄÖÜ]\w{1,30}(straße|strasse|gasse|weg|platz) \d{1,4}\b"
        r"|\b(rue|calle|ulica|ul\.|str\.)(?: d\w{1,4}| l[ae]){0,3} [A-ZÀ-Þ][\w .]{0,40}\w,? \d{1,4}\b"
        r"|\bvia(?: d\w{1,4}){0,2} [A-ZÀ-Þ][\w .]{0,40}\w,? \d{1,4}\b(?! [a-zà-þ])"
    ),
}


def personal_data_in(text: str) -> list[str]:
    """Return what kinds of personal data the text seems to hold, in words; never the data itself."""
    return [kind for kind, sign in _SIGNS.items() if sign.search(text)]
