"""READ: a project's description -> the concepts of the field that it shows, each with the words that showed it."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from functools import lru_cache

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.languages import LANGUAGES, Language
from thbfund.catalogue.vocabulary import country_names
from thbfund.project import Project
from thbfund.text.aside import SETTING_ASIDE, told
from thbfund.text.cleaning import Word, clean, fold, words
from thbfund.text.encoder import Encoder, Vector
from thbfund.text.language import language_of
from thbfund.text.terms import Found, TermIndex

TAGGED = ("activities", "forms_of_exploitation", "priorities", "target_groups")
OF_WORK = tuple(name for name in TAGGED if name != "priorities")
OF = "/"  # between a lexicon and its entry; in the name of neither
FORM_OF_EXPLOITATION = "form_of_exploitation"  # the sign that any entry of that vocabulary is
MAX_TRIGGERS = 5  # words shown per concept; more would repeat the user's text
SHORTEST_STEM = 5  # a country's name is found with other endings when at least this much of it stands
ENDING = 2  # letters that may change at the end of a country's name (Rumunia, w Rumunii)
UNDECLINED: frozenset[Language] = frozenset({"en", "es", "fr", "it", "mt", "nl", "pt"})  # names keep their form there
# Countries whose stem begins other words: libertate and liberal, camere (rooms) and Kamera (camera), komora (chamber)
# and komórka (mobile phone); Polish słowach (in words); Latvian lietu (of cases), sveiciens (greeting), jāpanāk (must
# be reached), jāmaina (must be changed), bēniņi (attic); Latvian and Lithuanian verbs with ne-; Martin; Swedish grenar
# (branches); Romanian roman (novel), romantic and zâmbi (to smile);
# Greek σερβιτόρος (waiter).
LIKE_OTHER_WORDS: Mapping[str, frozenset[Language]] = {
    "LR": frozenset(LANGUAGES),
    "CM": frozenset(LANGUAGES),
    "KM": frozenset(LANGUAGES),
    **dict.fromkeys(("BJ", "CH", "JM", "JP", "LT"), frozenset[Language]({"lv"})),
    "MQ": frozenset({"cs", "hr", "sk", "sl"}),
    "GD": frozenset({"sv"}),
    "RO": frozenset({"ro"}),
    "ZM": frozenset({"ro"}),
    "NP": frozenset({"lt", "lv"}),
    "SK": frozenset({"pl"}),
    "RS": frozenset({"el"}),
}
# Names that are everyday words: a meeting or reunion; "own" in Finnish; "small" or "had" in Slavic languages, "evils"
# in Italian; "they spread" and "pieces" in Slovenian; "enough" in Latvian and Lithuanian; "chambers" in Slavic
# languages; "will go" in Portuguese and Spanish, where Granada is a town of Spain; agriculture and
# the people in Greek.
EVERYDAY_WORDS: Mapping[str, frozenset[Language]] = {
    "RE": frozenset(LANGUAGES),
    "OM": frozenset({"fi"}),
    "ML": frozenset({"cs", "hr", "it", "pl", "sk", "sl"}),
    "SY": frozenset({"sl"}),
    "XK": frozenset({"sl"}),
    "GH": frozenset({"lt", "lv"}),
    "IR": frozenset({"es", "pt"}),
    "GD": frozenset({"es", "pt"}),
    "KM": frozenset({"cs", "hr", "pl", "sk"}),
    **dict.fromkeys(("GE", "LA"), frozenset[Language]({"el"})),
}
MALTESE_ARTICLE = re.compile(r"(?:i?l|i[ċdnrstxżz])-", re.IGNORECASE)  # l-Italja, but fl-Italja and mill-Italja

Findings = defaultdict[str, list[Found]]
"""What was found in a text, by lexicon."""


@dataclass(frozen=True, slots=True)
class Concept:
    """An entry of a vocabulary that the project is about.

    Attributes:
        id: entry of the vocabulary, or for places a country's code or a country group.
        triggers: words of the text that point to it, at most `MAX_TRIGGERS`; empty where the form alone shows it.
        count: how often the text points to it; at least 1 where the form shows it.
    """

    id: str
    triggers: tuple[str, ...] = ()
    count: int = 1

    @property
    def declared(self) -> bool:
        """Whether it rests on the form alone, named there or following from what is named there."""
        return not self.triggers


@dataclass(frozen=True, slots=True)
class Understanding:
    """What the program made of a project; shown to the user, who can correct it.

    Attributes:
        language: of the description.
        language_sure: whether it was stated or recognised beyond doubt.
        text: the description, cleaned, without what only excludes offenders, denies a subject or instructs the program.
        word_count: number of words in it.
        concepts: per vocabulary, the strongest first.
        places: countries and country groups where the work happens.
        field: entries of the field lexicon, with triggers.
        approach: signs of the EU approach, with triggers; empty where the catalogue holds no words for them.
        partnership: words by which it says that others take part; empty where the catalogue holds none for that.
        signs: findings of the lexicons of field, situations and forms of exploitation, in the order of the text.
        vector: its meaning, by the sentence encoder; None without one. Kept no longer than the answer.
    """

    language: Language
    language_sure: bool
    text: str
    word_count: int
    concepts: Mapping[str, tuple[Concept, ...]]
    places: tuple[Concept, ...]
    field: Mapping[str, Concept]
    approach: Mapping[str, Concept]
    partnership: tuple[str, ...] = ()
    signs: tuple[Found, ...] = ()
    vector: Vector | None = dataclass_field(default=None, compare=False)


class Reader:
    """Reads projects with the lexicons of one catalogue."""

    def __init__(self, catalogue: Catalogue, encoder: Encoder | None = None) -> None:
        self._catalogue, self._encoder = catalogue, encoder
        self._index = lru_cache(maxsize=None)(self._build_index)  # one per language: at most 24
        self._aside = lru_cache(maxsize=None)(self._build_aside)  # as above

    def read(self, project: Project) -> Understanding:
        """Recognise language, concepts and places; what the form states goes before what the text suggests."""
        work, found = self._skimmed(project)
        concepts = {**work.concepts, "priorities": _concepts("priorities", project, found)}
        if project.priorities is None:
            served = self._with_served_priorities(concepts)
            concepts["priorities"] = _corrected(served, "priorities", project)
        return replace(
            work,
            concepts={name: concepts[name] for name in TAGGED},
            approach={concept.id: concept for concept in _gather(found["approach"])},
            partnership=tuple(" ".join(sign.words) for sign in found["partnership"]),
            signs=_signs(found),
            vector=self._encoder.encode(work.text, "query") if self._encoder else None,
        )

    def skim(self, project: Project) -> Understanding:
        """Recognise only what the work is: people, activities, forms of exploitation, places, subject.

        For texts that are compared, not answered: their meaning would take most of the time.
        """
        return self._skimmed(project)[0]

    def _skimmed(self, project: Project) -> tuple[Understanding, Findings]:
        """What the work is, and all that the lexicons find in the text."""
        text = clean(project.summary)
        language, sure = (project.language, True) if project.language else language_of(text)
        aside = self._aside(language)
        kept = told(text, lambda part: {found.entry for found in aside.find(words(part))})
        spoken = words(kept)
        found = self._found(spoken, language)
        understood = Understanding(
            language=language,
            language_sure=sure,
            text=kept,
            word_count=len(spoken),
            concepts={name: _concepts(name, project, found) for name in OF_WORK},
            places=_places(project, found),
            field={concept.id: concept for concept in _gather(found["field"]) if concept.id not in SETTING_ASIDE},
            approach={},
        )
        return understood, found

    def _found(self, spoken: Sequence[Word], language: Language) -> Findings:
        """What each lexicon finds: all are looked up in one walk through the text, which takes most of the time."""
        found: Findings = defaultdict(list)
        for finding in self._index(language).find(spoken):
            lexicon, entry = finding.entry.split(OF, 1)
            found[lexicon].append(Found(entry, finding.start, finding.words))
        return found

    def _with_served_priorities(self, concepts: Mapping[str, tuple[Concept, ...]]) -> tuple[Concept, ...]:
        """Add to the priorities named in the text those that its activities and forms of exploitation serve."""
        found = {concept.id: [concept] for concept in concepts["priorities"]}
        for name in ("activities", "forms_of_exploitation"):
            for concept in concepts[name]:
                for priority in self._catalogue.vocabularies.entry(name, concept.id).serves:
                    found.setdefault(priority, []).append(concept)
        merged = [_merge(priority, signs) for priority, signs in found.items()]
        return tuple(sorted(merged, key=lambda concept: -concept.count))

    def _build_index(self, language: Language) -> TermIndex:
        """All lexicons as one index; its entries are named by lexicon and entry."""
        terms: dict[str, Mapping[str, Sequence[str]]] = {}
        for lexicon in self._catalogue.lexicons:
            # English terms of the field are used in texts of every language; the everyday words of a situation are not
            languages: Iterable[Language] = [language] if lexicon == "situation" else dict.fromkeys([language, "en"])
            for entry, by_language in self._terms(lexicon, languages).items():
                terms[f"{lexicon}{OF}{entry}"] = by_language
        return TermIndex.build(terms, dict.fromkeys([language, "en"]))

    def _build_aside(self, language: Language) -> TermIndex:
        """The entries of the field lexicon that set aside; asked of each clause, before the text is read."""
        languages: Iterable[Language] = dict.fromkeys([language, "en"])
        terms = self._terms("field", languages)
        return TermIndex.build({entry: terms[entry] for entry in terms if entry in SETTING_ASIDE}, languages)

    def _terms(self, lexicon: str, languages: Iterable[Language]) -> Mapping[str, Mapping[str, Sequence[str]]]:
        """The terms of a lexicon by entry and language; of the places also the names of all countries."""
        terms: dict[str, dict[str, list[str]]] = defaultdict(dict)
        if lexicon == "places":
            language = next(iter(languages))
            names = country_names(language)
            for code in names:
                if language not in EVERYDAY_WORDS.get(code, ()):
                    terms[code][language] = list(_name_terms(code, names, language))
        for entry, by_language in self._catalogue.lexicons[lexicon].terms.items():
            for of in languages:
                terms[entry][of] = [*terms[entry].get(of, ()), *by_language.get(of, ())]
        return terms


def _concepts(vocabulary: str, project: Project, found: Findings) -> tuple[Concept, ...]:
    declared: Iterable[str] | None = getattr(project, vocabulary, None)
    if declared is not None:
        return tuple(Concept(entry) for entry in dict.fromkeys(declared))
    return _corrected(_gather(found[vocabulary]), vocabulary, project)


def _places(project: Project, found: Findings) -> tuple[Concept, ...]:
    """Countries of action as stated; else what the text names and where the organisations have their seats."""
    if project.countries_of_action is not None:
        return tuple(Concept(country) for country in dict.fromkeys(project.countries_of_action))
    named = _gather(found["places"])
    seats = (project.applicant.country, *(partner.country for partner in project.partners or ()))
    known = {concept.id for concept in named}
    all_found = (*named, *(Concept(seat) for seat in dict.fromkeys(seats) if seat and seat not in known))
    return _corrected(all_found, "places", project)


def _signs(found: Findings) -> tuple[Found, ...]:
    forms = (replace(form, entry=FORM_OF_EXPLOITATION) for form in found["forms_of_exploitation"])
    return tuple(sorted([*found["field"], *found["situation"], *forms], key=lambda sign: sign.start))


def _corrected(found: Iterable[Concept], name: str, project: Project) -> tuple[Concept, ...]:
    """What the text shows, without what the user says it does not mean, with what she says it also means."""
    wrong: Collection[str] = getattr(project.not_meant, name)
    kept = tuple(concept for concept in found if concept.id not in wrong)
    known = {concept.id for concept in kept}
    added: Iterable[str] = getattr(project.also_meant, name)
    return (*kept, *(Concept(entry) for entry in dict.fromkeys(added) if entry not in known))


def _merge(entry: str, signs: Sequence[Concept]) -> Concept:
    """One concept out of several signs of it."""
    triggers = tuple(dict.fromkeys(trigger for sign in signs for trigger in sign.triggers))[:MAX_TRIGGERS]
    return Concept(entry, triggers, sum(sign.count for sign in signs))


def _name_terms(code: str, names: Mapping[str, str], language: Language) -> Iterator[str]:
    """A country's name, and its stem where names are declined and no other country's name begins like that."""
    name = names[code]
    article = MALTESE_ARTICLE.match(name) if language == "mt" else None
    yield name[article.end() :] if article else name
    if language in UNDECLINED or " " in name or language in LIKE_OTHER_WORDS.get(code, ()):
        return
    others = [fold(other) for other in names.values() if other != name]
    for stem in (name[:-ENDING], name[:-1]):
        if len(stem) >= SHORTEST_STEM and not any(other.startswith(fold(stem)) for other in others):
            yield f"{stem}*"
            return


def _gather(found: Iterable[Found]) -> tuple[Concept, ...]:
    """Group findings by entry, the most frequent first, then by their order in the text."""
    by_entry: dict[str, list[Found]] = defaultdict(list)
    for finding in found:
        by_entry[finding.entry].append(finding)
    concepts = []
    for entry, findings in by_entry.items():
        triggers = tuple(dict.fromkeys(" ".join(finding.words) for finding in findings))[:MAX_TRIGGERS]
        concepts.append(Concept(entry, triggers, len({finding.start for finding in findings})))
    return tuple(sorted(concepts, key=lambda concept: -concept.count))
