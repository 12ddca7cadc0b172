"""PRESENT: a paragraph for the section of an application on its relevance, with the clauses that the project answers.

It says only what was recognised in the description or stated in the form. What is missing stands as *to fill in*, in
its place. Policy texts are cited by their number and article, not quoted beyond their headings.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from thbfund.approach import Checked, approach_of
from thbfund.catalogue.model import COMMUNICATION_2017, PILLARS_2021
from thbfund.catalogue.policy import Instrument
from thbfund.catalogue.vocabulary import Entry
from thbfund.matching import MatchReport
from thbfund.report.brief.document import Block, Bullets, Heading, Paragraph, Span, plain_text
from thbfund.report.brief.register import Register
from thbfund.rules.wording import joined, place_name
from thbfund.said import say
from thbfund.speaking import Speaker, speaker

DIRECTIVE = "Directive 2011/36/EU, "
REPEALED = "(deleted by"  # how the catalogue marks the clause of an article that is no longer law
STRATEGY = "COM(2021) 171 final, "
ANSWERED = tuple(
    one for one in COMMUNICATION_2017 if one != "X2"
)  # X2 asks the Commission for money, no project for work
SHOWN_ARTICLES = 6  # more is a list of the law, no argument
STRATEGY_ENDS = 2025
READS_ARTICLES = ("activities", "target_groups")  # what is done, and for whom; forms alone meet no duty


@dataclass(frozen=True, slots=True)
class Relevance:
    """What the paragraph says.

    Attributes:
        paragraphs: sentences to be said in the reader's language; gaps stand in them as `[to fill in: ...]`.
        marks: the same on each mark of the EU approach that concerns the project.
        instruments: the documents that it cites.
        to_check: what to look at before the paragraph is used.
    """

    paragraphs: tuple[tuple[str, ...], ...]
    marks: tuple[str, ...]
    instruments: tuple[Instrument, ...]
    to_check: tuple[str, ...]


def relevance_of(report: MatchReport) -> Relevance | None:
    """What can be said for a project; None for one outside the field, or without policy data."""
    vocabularies = report.catalogue.vocabularies
    if report.nothing_fits or not vocabularies.ids("priorities"):
        return None
    priorities = _entries(report, "priorities")
    articles = _articles(report)
    marks = [mark for mark in approach_of(report) if mark.applies]
    pillars = _pillars(report, priorities)
    answered = [entry for entry in priorities if entry.id in ANSWERED]
    policy = (*_communication(report, answered), *_strategy(pillars), *_directive(articles, report))
    used = [*answered, *pillars, *articles]
    clauses = [*(entry.clause or "" for entry in used), *(mark.approach.clause for mark in marks)]
    paragraphs = (tuple(_project(report)), policy)
    return Relevance(
        paragraphs, tuple(map(_mark, marks)), _cited(report, clauses, marks), tuple(_to_check(report, used, pillars))
    )


def relevance_blocks(report: MatchReport, register: Register) -> list[Block]:
    """The section of a document: the paragraph, what to check, the documents cited; empty where there is none."""
    found = relevance_of(report)
    if not found:
        return []
    say_it = register.speak
    blocks: list[Block] = [
        Heading((register.words(say("For the section on relevance")),)),
        Paragraph(
            (register.words(say("Draft from what was recognised or stated. Replace everything in square brackets.")),),
            "small",
        ),
        *(Paragraph((Span(" ".join(map(say_it.value, sentences))),)) for sentences in found.paragraphs),
        Bullets(tuple((Span(say_it.value(mark)),) for mark in found.marks)),
    ]
    if found.to_check:
        blocks.append(Heading((register.words(say("Check before you use it")),), 2))
        blocks.append(Bullets(tuple((register.words(one),) for one in found.to_check)))
    if found.instruments:
        sources = report.catalogue.policy.sources("instruments")
        items = tuple((register.words(_name(one)), *register.evidence(one, sources)) for one in found.instruments)
        blocks += [Heading((register.words(say("Documents cited")),), 2), Bullets(items)]
    return blocks


def relevance_text(report: MatchReport, speak: Speaker | None = None) -> str:
    """The section as plain text to be copied, with its sources; "" where there is none."""
    register = Register(speak or speaker(), report.on)
    blocks = relevance_blocks(report, register)
    sources = [f"[{number}] {one.title} {one.url}".rstrip() for number, one in enumerate(register.sources, 1)]
    return "\n".join([plain_text(blocks), *sources, ""]) if blocks else ""


def _project(report: MatchReport) -> Iterator[str]:
    vocabularies = report.catalogue.vocabularies
    people = joined((vocabularies.label("target_groups", entry.id) for entry in _entries(report, "target_groups")), ";")
    places = joined(place_name(place.id, vocabularies) for place in report.understood.places)
    work = joined((vocabularies.label("activities", entry.id) for entry in _entries(report, "activities")), ";")
    if people and places:
        yield say("The project reaches these people: {people}. It works in {places}.", people=people, places=places)
    elif people:
        yield say("The project reaches these people: {people}. [To fill in: where it works.]", people=people)
    else:
        yield say("[To fill in: who is served, and where.]")
    yield say("[To fill in: how many people, what they need, and how you know.]")
    yield say("Its work: {work}.", work=work) if work else say("[To fill in: what is done.]")


def _communication(report: MatchReport, priorities: list[Entry]) -> Iterator[str]:
    vocabularies = report.catalogue.vocabularies
    if not priorities:
        yield say("[To fill in: which priority of COM(2017) 728 final the project answers.]")
    for entry in priorities:
        serving = [one.id for one in _entries(report, "activities") if entry.id in one.serves]
        if serving:
            by = joined((vocabularies.label("activities", one) for one in serving), ";")
            yield say("It answers {clause}, by: {work}.", clause=entry.clause, work=by)
        else:
            yield say("It answers {clause}, by [to fill in: which work].", clause=entry.clause)


def _pillars(report: MatchReport, priorities: list[Entry]) -> list[Entry]:
    """Pillars of the Strategy 2021-2025: those recognised, and those to which a priority leads without a choice."""
    recognised = [entry.id for entry in priorities if entry.id.startswith(PILLARS_2021)]
    for entry in priorities:
        if entry.id in COMMUNICATION_2017:
            follow = [one for one in entry.counterparts if one.startswith(PILLARS_2021)]
            recognised += follow if len(follow) == 1 else []
    return [report.catalogue.vocabularies.entry("priorities", one) for one in dict.fromkeys(recognised)]


def _strategy(pillars: list[Entry]) -> Iterator[str]:
    if pillars:
        clauses = joined(((entry.clause or entry.label).removeprefix(STRATEGY) for entry in pillars), ";")
        yield say("It contributes to the EU Strategy 2021-2025, COM(2021) 171 final: {clauses}.", clauses=clauses)


def _articles(report: MatchReport) -> list[Entry]:
    """Articles that the project helps to meet, those that most of its work leads to first."""
    vocabularies = report.catalogue.vocabularies
    counted: dict[str, int] = defaultdict(int)
    for name in READS_ARTICLES:
        for entry in _entries(report, name):
            for article in entry.articles:
                counted[article] += 1
    found = [vocabularies.entry("directive_articles", one) for one in sorted(counted, key=lambda one: -counted[one])]
    return [entry for entry in found if entry.clause and REPEALED not in entry.clause][:SHOWN_ARTICLES]


def _directive(articles: list[Entry], report: MatchReport) -> Iterator[str]:
    if not articles:
        if report.catalogue.vocabularies.ids("directive_articles"):
            yield say("[To fill in: which articles of Directive 2011/36/EU the project helps to meet.]")
        return
    clauses = joined(map(_article, articles), ";")
    yield say("It helps to meet Directive 2011/36/EU as amended in 2024: {clauses}.", clauses=clauses)


def _article(entry: Entry) -> str:
    """An article as it is cited; in brackets where nobody has read that it says what we take it to say."""
    clause = (entry.clause or entry.label).removeprefix(DIRECTIVE)
    return say("[check: {clause}]", clause=clause) if entry.unverified else clause


def _mark(mark: Checked) -> str:
    """One mark of the EU approach: by what the project shows it, or what to write."""
    approach = mark.approach
    if mark.shown:
        signs = joined((shown.sign.title for shown in mark.shown), ";")
        return say("{mark} ({clause}): {signs}.", mark=approach.title, clause=approach.clause, signs=signs)
    advice = mark.missing[0].add.rstrip(".") if mark.missing else approach.meaning.rstrip(".")
    return say("{mark} ({clause}): [to fill in: {advice}].", mark=approach.title, clause=approach.clause, advice=advice)


def _to_check(report: MatchReport, used: Iterable[Entry], pillars: Iterable[Entry]) -> Iterator[str]:
    yield say("That an activity answers a priority or an article is our mapping: read the clause before you cite it.")
    for entry in used:
        if entry.unverified:
            yield say("{clause}: not confirmed ({reason}).", clause=entry.clause, reason=entry.unverified.rstrip("."))
    if any(pillars) and report.on.year > STRATEGY_ENDS:
        yield say("The EU Strategy ran until 2025: look whether another has followed, and cite that one.")
    if "DK" in {report.project.applicant.country, *(place.id for place in report.understood.places)}:
        yield say("The Directive does not bind Denmark.")


def _cited(report: MatchReport, clauses: Iterable[str], marks: Iterable[Checked]) -> tuple[Instrument, ...]:
    """The documents that the clauses name by their number, or the marks by their id."""
    text = " ".join(clauses)
    ids = {one for mark in marks for one in mark.approach.instruments}
    return tuple(
        one for one in report.catalogue.policy.instruments if one.id in ids or (one.number and one.number in text)
    )


def _name(instrument: Instrument) -> str:
    """`Anti-Trafficking Directive (Directive 2011/36/EU)`."""
    return f"{instrument.title} ({instrument.number})" if instrument.number else instrument.title


def _entries(report: MatchReport, vocabulary: str) -> list[Entry]:
    """What was recognised or stated, the strongest first."""
    concepts = report.understood.concepts[vocabulary]
    return [report.catalogue.vocabularies.entry(vocabulary, concept.id) for concept in concepts]
