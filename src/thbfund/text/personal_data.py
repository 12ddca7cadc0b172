"""Signs that a text holds data of a person, who should not appear in a funding query.

A sign is what nearly always points to one person. Bare names are none: they look like those of organisations, places
and projects, of which descriptions are full.
"""

# ruff: noqa: RUF001 - Bulgarian and Greek letters are meant

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from thbfund.said import Said, say

TAKEN_OUT = "[…]"  # stands where something was taken out; in no language, and no sign itself
_ROUNDS = 3  # taking one sign out may bring another to light

# Words of EU texts that begin like a name: Member States (27), European Union, 27 years.
_NO_NAME = "Member|Candidate|Partner|Third|European|United|New|North|South|East|West|Horizon|Article|Annex|Priority"
# Names with one of these are of organisations: Dr. Denis Mukwege Foundation.
_ORGANISATIONS = frozenset(
    re.findall(
        r"\w+",
        "academy agency association award caritas center centre centrum council europe european fondation fondazione "
        "foundation fund fundacja fundación hospital institut institute international ministry network ngo office "
        "prize programme project school society stiftung strada union university verein women",
    )
)
_CAPITAL = "[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĘĚĞĢĪĶŁŃŇŐŘŚŞŠŢŤŮŰŹŻŽȘȚΑ-ΩА-Я]"
_WORD = _CAPITAL + r"[\w'\u2019-]{1,30}"
_NAME = rf"(?P<name>{_WORD}(?: {_WORD}){{0,3}})"
_FULL_NAME = rf"(?P<name>{_WORD}(?: {_WORD}){{1,3}})"
_DATE = r"\d{1,4}[./ -]{1,2}\w{1,12}[./ -]{1,2}\d{2,4}"
_PERSON = (
    "girl|boy|woman|man|child|minor|teenager|victim|survivor|client|mother|migrant|refugee|resident|student|national"
)
_OF_AGE = {  # one person of an age, in the languages of most users; groups stand in the plural
    "en": rf"\b(?:a|an|the|our|one|this|another) (?:\w{{1,15}} )?\d{{1,2}}[- ]years?[- ]old (?:\w{{1,15}} ){{0,2}}"
    rf"(?:{_PERSON})\b",
    "de": r"\b(?:ein|eine|einer|einen|einem|die|der|das|unsere|unser) \d{1,2}-?jährige[rnms]? "
    r"(?:\w{1,15} )?(?:Mädchen|Frau|Junge|Mann|Klientin|Klient|Opfer|Mutter|Kind)\b",
    "fr": r"\bune? (?:jeune )?(?:fille|femme|garçon|homme|mineure?|victime|enfant) (?:\w{1,15} )?de \d{1,2} ans\b",
    "es": r"\buna? (?:joven|chica|chico|niña|niño|mujer|hombre|víctima|menor) (?:\w{1,15} )?de \d{1,2} años\b",
    "it": r"\bun[a'\u2019]? ?(?:giovane|ragazza|ragazzo|bambina|bambino|donna|uomo|vittima|minore) (?:\w{1,15} )?"
    r"di \d{1,2} anni\b",
    "pl": r"\b\d{1,2}-letni(?:a|ą|ej|ego|emu|m)? (?:dziewczyn[aęy]|dziewczynk[aię]|kobiet[aęy]|chłopiec|chłopca"
    r"|mężczyzn[aęy]|klientk[aię]|ofiar[aęy])\b",
    "ro": r"\b(?:o|un) (?:tânără|tânăr|fată|fetiță|femeie|băiat|bărbat|victimă|minoră|minor) (?:\w{1,15} )?"
    r"(?:de|în vârstă de) \d{1,2} (?:de )?ani\b",
    "bg": r"\b(?:едно |една |един )?\d{1,2}-годишн(?:а|о|ата|ото|ият|ия) (?:момиче|жена|момче|мъж|дете|жертва)\b",
}
_OR_MORE = r"(?! (?:ou|et|o|y|e|or|and|i|și|sau) (?:plus|más|più|over|older|mai|starsz\w*))"  # of 18 or more: a group

# Repetitions are bounded, so that the time grows no faster than the text.
_SIGNS: Mapping[Said, tuple[str, ...]] = {
    say("an e-mail address"): (r"[\w.+-]{1,64}@[\w-]{1,63}\.\w[\w.-]{0,62}",),
    say("a telephone number"): (
        r"(?<![\w/.-])(?!\d{1,2}[./-]\d{1,2}[./-]\d{4})(\+|00|\(0|0)\d[\d ()/.-]{6,16}\d(?![\w-])",
    ),
    say("an identity, account or case number"): (
        r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b",
        (
            r"(?i:\b(?:passport|passeport|pasaporte|passaporto|paszport|pa[sș]aport|reisepass|паспорт|pesel|bsn|nif|nie|dni"
            r"|cnp|егн|case|file|plate|dossier|identity card|id card|ausweis|social security|residence permit)"
            r"\W{1,3}(?:no\b\.?|nr\b\.?|n[°º]|number)?\W{0,2}(?=[A-Z0-9/-]{0,20}\d)[A-Z0-9][A-Z0-9/-]{4,20})"
        ),
        r"\b[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]\b",  # Italian tax code
        r"\b(?:\d{8}|[XYZ]\d{7})[A-HJ-NP-TV-Z]\b",  # Spanish identity card, and that of foreigners
    ),
    say("a date of birth"): (
        rf"(?i:\b(?:born|née?|geboren|geb\.|nat[oa]|nacid[oa]|urodzon\w+|n[aă]scut[aă]?|роден[ао]?)\b.{{0,12}}?{_DATE})",
        (
            r"(?i:\b(?:date of birth|birth ?date|d\.?o\.?b\.?|geburtsdatum|date de naissance|fecha de nacimiento"
            r"|data di nascita|data urodzenia|data na[sș]terii|дата на раждане|ημερομηνία γέννησης)"
            rf"\W{{0,4}}{_DATE})"
        ),
    ),
    say("a name with an age"): (
        (
            rf"\b(?!(?:{_NO_NAME})\b){_FULL_NAME}(?:,? aged \d{{1,2}}\b|,? \(\d{{1,2}}\)"
            r"|, \d{1,2}(?:,| years| ans\b| años| anni\b| Jahre| lat\b| de ani\b| ani\b))"
        ),
    ),
    say("the name of a person"): (
        (
            rf"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Mme|Mlle|Frau|Herrn?|Sig\.ra|Sig|Sra?|Pani"
            rf"|Doamna|Domnul|Госпожа|г-жа|г-н)\.? {_NAME}"
        ),
        rf"(?:(?<=^)|(?<=[a-z,;:] ))M\. {_NAME}",  # French; elsewhere it may end an amount or a title
        (
            r"(?i:\b(?:contact person|legal representative|project manager|full name|first name|surname|signed by"
            r"|ansprechpartner(?:in)?|vorname|nachname|personne de contact|prénom|persona de contacto"
            r"|persona di contatto|nombre y apellidos|osoba kontaktowa|imię i nazwisko|nazwisko|prenume"
            rf"|persoan[aă] de contact|лице за контакт|name of the (?:{_PERSON})))\s{{0,2}}[:=]\s{{0,3}}{_NAME}"
        ),
        rf"(?i:\b(?:{_PERSON})) (?:named|called) {_NAME}",
        rf"(?i:\b(?:her|his|my|their) name is) {_NAME}",
    ),
    say("details of one person's case"): (
        *(pattern + _OR_MORE for pattern in _OF_AGE.values()),
        r"\b(?!U\.\s?[SKN]\.|E\.\s?U\.)[A-Z]\.\s?[A-Z]\.,? (?:\(\d{1,2}\)|aged \d{1,2}\b|\d{1,2},)",
        r"(?:(?<=^)|(?<=[.!?:;\n] )|(?<=\n))[A-Z]\.?,? (?:\(\d{2}\)|aged \d{1,2}\b|\d{2},)",
    ),
    say("a street address"): (
        (
            r"\b\d{1,4}[a-z]? [A-Z][\w'\u2019-]{1,30}(?: [A-Z][\w'\u2019-]{1,30})? "
            r"(?:Street|St|Road|Lane|Avenue|Ave|Square|Close|Drive)\b"
        ),
        r"\b[A-ZÄÖÜ]\w{1,30}(?:straße|strasse|str\.|gasse|weg|platz) \d{1,4}\b",
        (
            r"\b(?:rue|calle|ulica|ul\.|str\.|ул\.)(?: d\w{1,4}| l[ae]){0,3} "
            rf"{_CAPITAL}[\w .]{{0,40}}\w,? \d{{1,4}}\b"
        ),
        (
            r"\b\d{1,4}(?: bis| ter)?,? (?:rue|avenue|boulevard|chemin|impasse)(?: d\w{1,4}| l[ae]){0,3} "
            rf"{_CAPITAL}\w{{1,30}}"
        ),
        rf"\bvia(?: d\w{{1,4}}){{0,2}} {_CAPITAL}[\w .]{{0,40}}\w,? \d{{1,4}}\b(?! [a-zà-þ])",
    ),
}
_COMPILED = {kind: [re.compile(pattern) for pattern in patterns] for kind, patterns in _SIGNS.items()}
KINDS = tuple(_COMPILED)
"""All kinds of personal data that are looked for, in words."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A place in a text that seems to hold data of a person.

    Attributes:
        kind: one of `KINDS`.
        start: first character.
        end: character after the last one.
    """

    kind: Said
    start: int
    end: int


def signs_in(text: str) -> list[Sign]:
    """Return every place that seems to hold personal data, kind by kind."""
    return list(_signs(text))


def personal_data_in(text: str) -> list[Said]:
    """Return what kinds of personal data the text seems to hold, in words; never the data itself."""
    return list(dict.fromkeys(sign.kind for sign in _signs(text)))


def without_personal_data(text: str) -> str:
    """Return the text with `TAKEN_OUT` in every place that seems to hold personal data."""
    for _ in range(_ROUNDS):
        signs = sorted(_signs(text), key=lambda sign: (sign.start, sign.end))
        if not signs:
            break
        text = _masked(text, signs)
    return text


def _signs(text: str) -> Iterator[Sign]:
    for kind, patterns in _COMPILED.items():
        for pattern in patterns:
            for found in pattern.finditer(text):
                if _may_name_a_person(found.groupdict().get("name")):
                    yield Sign(kind, found.start(), found.end())


def _may_name_a_person(name: str | None) -> bool:
    """Whether what stands where a name would is no organisation and no abbreviation; True where no name is asked."""
    if name is None:
        return True
    words = name.split()
    return any(word[1:].islower() for word in words) and not any(word.lower() in _ORGANISATIONS for word in words)


def _masked(text: str, signs: list[Sign]) -> str:
    kept, end = [], 0
    for sign in signs:
        if sign.start >= end:
            kept += [text[end : sign.start], TAKEN_OUT]
        end = max(end, sign.end)
    return "".join([*kept, text[end:]])
