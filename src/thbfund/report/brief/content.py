"""What a brief says: programmes at a glance, each on about a page, relevance, sources; for a board or for partners."""

from collections.abc import Iterator, Sequence
from datetime import date

from thbfund import explain
from thbfund.matching import Match, MatchReport
from thbfund.parts import PartByPart
from thbfund.project import Project
from thbfund.report.brief.document import Block, Bullets, Document, Heading, Paragraph, Span, Spans, Table
from thbfund.report.brief.programme import apart, programme_blocks, route_words
from thbfund.report.brief.register import Register
from thbfund.report.inert import plain
from thbfund.report.parts import DOUBLE_FUNDING, MONEY_OF_THE_WHOLE, family_label, offer, summary
from thbfund.report.relevance import relevance_blocks
from thbfund.rules.wording import euro, joined, place_name
from thbfund.said import say, say_count
from thbfund.speaking import Speaker, speaker

SHOWN = 3  # programmes in a brief, unless others are chosen: what a board can decide about
SHOWN_OFFERS = 2  # programmes for a part of the project
AT_A_GLANCE = (
    say("Programme"),
    say("Fit"),
    say("May we apply?"),
    say("Role"),
    say("Next date"),
    say("Way to apply"),
)
DESCRIPTION_CHARACTERS = 1500  # a third of a page; a whole concept note is attached, not repeated


def brief(
    report: MatchReport,
    printed: date,
    *,
    chosen: Sequence[Match] | None = None,
    parts: PartByPart | None = None,
    with_description: bool = True,
    speak: Speaker | None = None,
) -> Document:
    """A brief on a match report, to be written as DOCX (`word.docx_of`) or HTML (`html.html_of`).

    Args:
        report: what was found.
        printed: the day to print on it.
        chosen: the programmes that it is about, in order; the first `SHOWN` reachable ones where it is left out.
        parts: the project part by part; None leaves that section out.
        with_description: whether the user's own words stand in it.
        speak: the reader's language; English where it is left out.
    """
    register = Register(speak or speaker(), report.on)
    matches = list(chosen) if chosen is not None else best_chances(report)
    title = report.project.title if with_description else None
    name = say("EU funding for: {title}", title=plain(title)) if title else say("EU funding for our project")
    blocks: list[Block] = [*_top(report, printed, register), *_project(report, register, shown=with_description)]
    if report.nothing_fits:
        blocks.append(Paragraph((register.words(explain.nothing_fits(report)),)))
    if chosen is not None or not report.nothing_fits:  # who names programmes wants to read of them all the same
        blocks += _at_a_glance(matches, report, register)
        for match in matches:
            blocks += programme_blocks(match, report, register)
    if not report.nothing_fits:
        blocks += _parts(parts, report, register) if parts and parts.parts else ()
        blocks += relevance_blocks(report, register)
    blocks += _sources(register)
    return Document(register.speak(name), register.speak.language, tuple(blocks))


def best_chances(report: MatchReport) -> list[Match]:
    """The best-fitting programmes to which one may perhaps apply; those of any verdict where there are none."""
    groups = explain.grouped(report)
    reachable = sorted([*groups["can_apply"], *groups["to_check"]], key=lambda match: match.rank)
    return (reachable or list(report.matches))[:SHOWN]


def _top(report: MatchReport, printed: date, register: Register) -> Iterator[Block]:
    catalogue, words = report.catalogue, register.words
    yield Paragraph(
        (
            words(say("Printed on {day}.", day=printed)),
            Span(" "),
            words(say("All answers hold as on {day}.", day=report.on)),
            Span(" "),
            words(
                say(
                    "Catalogue {fingerprint}, checked up to {day}.",
                    fingerprint=catalogue.fingerprint[:12],
                    day=catalogue.checked_on,
                )
            ),
        ),
        "small",
    )
    yield Paragraph(
        (
            words(say("Fit is no chance of winning."), strong=True),
            Span(" "),
            words(
                say(
                    "Strong, possible and weak say how well the texts agree. The call documents decide; read them "
                    "before you spend money. Numbers in brackets lead to the sources at the end."
                )
            ),
        ),
        "warning",
    )


def _project(report: MatchReport, register: Register, *, shown: bool) -> Iterator[Block]:
    words, facts = register.words, [*_facts(report), *_figures(report.project)]
    yield Heading((words(say("The project")),))
    if shown:
        text = plain(report.project.summary)
        cut = text if len(text) <= DESCRIPTION_CHARACTERS else text[:DESCRIPTION_CHARACTERS].rsplit(" ", 1)[0] + " […]"
        language = report.understood.language
        yield Paragraph((Span(cut, language=language if language != register.speak.language else ""),))
    if facts:
        yield Paragraph(tuple(apart([(words(fact),) for fact in facts], " \N{MIDDLE DOT} ")))


def _facts(report: MatchReport) -> Iterator[str]:
    """What was stated in the form, and what was recognised; no words of the description."""
    project, vocabularies = report.project, report.catalogue.vocabularies
    if kind := project.applicant.type:
        yield say("Lead: {kind}", kind=vocabularies.label("applicant_types", kind))
    if country := project.applicant.country:
        yield say("Seat of the lead: {country}", country=place_name(country, vocabularies))
    if project.partners is not None:
        yield say_count("{n} partner", "{n} partners", len(project.partners))
    if places := joined((place_name(place.id, vocabularies) for place in report.understood.places), ";"):
        yield say("Places: {places}", places=places)
    if people := _labels(report, "target_groups"):
        yield say("People: {names}", names=people)
    if work := _labels(report, "activities"):
        yield say("Work: {names}", names=work)


def _figures(project: Project) -> Iterator[str]:
    if project.total_budget_eur is not None:
        yield say("Total budget: {amount}", amount=euro(project.total_budget_eur))
    if project.requested_grant_eur is not None:
        yield say("Grant asked for: {amount}", amount=euro(project.requested_grant_eur))
    if project.start:
        yield say("Start: {day}", day=project.start)
    if project.duration_months is not None:
        yield say_count("Duration: {n} month", "Duration: {n} months", project.duration_months)


def _labels(report: MatchReport, vocabulary: str) -> str:
    concepts = report.understood.concepts[vocabulary]
    return joined((report.catalogue.vocabularies.label(vocabulary, concept.id) for concept in concepts), ";")


def _at_a_glance(matches: Sequence[Match], report: MatchReport, register: Register) -> Iterator[Block]:
    words, speak = register.words, register.speak
    yield Heading((words(say("At a glance")),))
    looked = say_count("{n} programme was looked at", "{n} programmes were looked at", len(report.matches))
    yield Paragraph((words(say("{looked}; these are the ones to decide about.", looked=looked)),))
    head = tuple(map(speak, AT_A_GLANCE))
    rows = tuple(_row(match, report, register) for match in matches)
    yield Table(speak("Programmes at a glance"), head, rows)


def _row(match: Match, report: MatchReport, register: Register) -> tuple[Spans, ...]:
    words = register.words
    return (
        (words(match.programme.short_name),),
        (words(explain.BAND_WORDS[match.scored.band]),),
        (words(explain.verdict(match)),),
        (words(explain.ROLE_WORDS[match.judgement.role.role]),),
        (words(explain.timing_in_short(match)),),
        (words(route_words(match, report)),),
    )


def _parts(parts: PartByPart, report: MatchReport, register: Register) -> Iterator[Block]:
    words = register.words
    yield Heading((words(say("Part by part")),))
    yield Paragraph((words(summary(parts, report)),))
    yield Bullets(
        tuple(
            (
                words(family_label(part.family, report), strong=True),
                Span(": "),
                *_offers(list(part.fitting[:SHOWN_OFFERS]), register),
            )
            for part in parts.parts
        )
    )
    yield Paragraph((words(MONEY_OF_THE_WHOLE),), "small")
    if parts.double_funding:
        sources = report.catalogue.guidance.sources("fit")
        yield Paragraph((words(DOUBLE_FUNDING, strong=True),))
        yield Bullets(tuple((words(one.question), *register.evidence(one, sources)) for one in parts.double_funding))


def _offers(matches: Sequence[Match], register: Register) -> Iterator[Span]:
    if not matches:
        yield register.words(say("Nothing in force fits."))
    yield from apart([(register.words(offer(match)),) for match in matches])


def _sources(register: Register) -> Iterator[Block]:
    words = register.words
    if not register.sources:
        return
    yield Heading((words(say("Sources")),))
    items = []
    for number, one in enumerate(register.sources, 1):
        caution = (Span(" ("), words(one.caution), Span(")")) if one.caution else ()
        address = (Span(", "), Span(one.url, url=one.url)) if one.url else ()
        day = say("read on {day}", day=one.checked_on) if one.checked_on else say("not read for this")
        items.append((Span(f"[{number}] "), words(one.title), *caution, *address, Span(", "), words(day)))
    yield Bullets(tuple(items), "small")
