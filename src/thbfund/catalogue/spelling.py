"""British spelling, and words that the field's glossary replaces: small tables of what is clear, nothing more."""

import re
from collections.abc import Iterator

# The beginning of a word in American spelling, and how it begins in British spelling.
_STEMS = {
    "analyz": "analys", "authoriz": "authoris", "behavior": "behaviour", "catalyz": "catalys",
    "centraliz": "centralis", "counseling": "counselling", "counselor": "counsellor", "criminaliz": "criminalis",
    "digitaliz": "digitalis", "emphasiz": "emphasis", "favor": "favour", "finaliz": "finalis", "harmoniz": "harmonis",
    "honor": "honour", "legaliz": "legalis", "marginaliz": "marginalis", "minimiz": "minimis", "mobiliz": "mobilis",
    "modeling": "modelling", "moderniz": "modernis", "neighbor": "neighbour", "normaliz": "normalis",
    "optimiz": "optimis", "organiz": "organis", "penaliz": "penalis", "prioritiz": "prioritis", "realiz": "realis",
    "recogniz": "recognis", "revictimiz": "revictimis", "socializ": "socialis", "specializ": "specialis",
    "stabiliz": "stabilis", "stigmatiz": "stigmatis", "summariz": "summaris", "traumatiz": "traumatis",
    "traveler": "traveller", "traveling": "travelling", "utiliz": "utilis", "victimiz": "victimis",
}  # fmt: skip
# Whole words; their longer forms mean something else or are spelt alike.
_WORDS = {
    "aging": "ageing", "center": "centre", "centers": "centres", "color": "colour", "colors": "colours",
    "defense": "defence", "enroll": "enrol", "enrollment": "enrolment", "fulfill": "fulfil", "labor": "labour",
    "labeled": "labelled", "offense": "offence", "offenses": "offences", "program": "programme",
    "programs": "programmes", "skillful": "skilful", "theater": "theatre",
}  # fmt: skip
_AMERICAN = re.compile(rf"\b(?:({'|'.join(_STEMS)})(\w*)|({'|'.join(_WORDS)}))\b", re.IGNORECASE)
_MACHINE = re.compile(r"\b(computer|software)[ -]$", re.IGNORECASE)
_ADDRESS = re.compile(r"\S*[/@]\S*")
_SENTENCE_START = re.compile(r"(^|[.!?:;]\s+[\"(]?)$")

_TERMS = (
    (r"illegal (?:im)?migrants?", "irregular migrants"),
    (r"illegal (?:im)?migration", "irregular migration"),
    (r"calls? for projects?", "call for proposals"),
    (r"calls? for tender", "call for proposals, or call for tenders where a service is bought"),
    (r"child prostitut\w+", "sexual exploitation of children"),
    (r"child pornography", "child sexual abuse material"),
    (r"sex slave(?:s|ry)?", "victims of sexual exploitation"),
    (r"prostitutes", "people in prostitution"),
    (r"third[- ]world", "partner countries"),
    (r"cofinanc\w*", "co-financing"),
)
# Words to avoid: one group per row, in the order of the rows.
_UNCLEAR = re.compile(rf"\b(?:{'|'.join(f'({found})' for found, _ in _TERMS)})\b", re.IGNORECASE)


def americanisms(text: str) -> Iterator[tuple[str, str]]:
    """Words of a text in American spelling, each with the British one.

    A word with a capital inside a sentence belongs to a name (International Organization for Migration); addresses
    and names of files are left alone.
    """
    plain = _ADDRESS.sub("", text) if _AMERICAN.search(text) else ""
    for match in _AMERICAN.finditer(plain):
        before, found = plain[: match.start()], match.group()
        in_a_name = found[0].isupper() and not _SENTENCE_START.search(before)
        if not in_a_name and not _MACHINE.search(before):
            stem, rest, word = match.groups()
            british = _STEMS[stem.lower()] + rest if stem else _WORDS[word.lower()]
            yield found, british.capitalize() if found[0].isupper() else british


def unclear_terms(text: str) -> Iterator[tuple[str, str]]:
    """Words of a text that the glossary replaces, each with the words to write instead."""
    for match in _UNCLEAR.finditer(text):
        yield match.group(), _TERMS[(match.lastindex or 1) - 1][1]
