"""The part of a brief that is about one programme: fit, gaps, money, dates, what to prepare, whom to ask."""

from collections.abc import Iterator, Sequence

from thbfund import explain
from thbfund.catalogue.model import Programme
from thbfund.contributions import CONTRIBUTION_NAMES, because
from thbfund.financing import financing
from thbfund.guidance.before import to_prepare, whom_to_ask
from thbfund.guidance.start import start_sentence
from thbfund.matching import Match, MatchReport
from thbfund.report import call_lines
from thbfund.report.brief.document import Block, Bullets, Heading, Paragraph, Span, Spans, Table
from thbfund.report.brief.register import Register
from thbfund.report.guidance import body_name, prepare_title, starts_of, who_applies
from thbfund.rules.outcome import Outcome
from thbfund.said import say, say_count

SHOWN_REASONS = 3  # parts of the score; together they make up most of it
SHOWN_GAPS = 3
SHOWN_CALLS = 2
SHOWN_STARTS = 1
SHOWN_TO_PREPARE = 5
SHOWN_BODIES = 2
SHOWN_ALSO_CHECK = 2


def programme_blocks(match: Match, report: MatchReport, register: Register) -> list[Block]:
    """One programme, on about a page."""
    programme, strand = match.programme, match.judgement.strand
    blocks: list[Block] = [
        Heading((register.words(_name(programme)),), 2),
        Paragraph((register.words(say("Strand: {strand}.", strand=strand.name)), *_said(match, register))),
        *_why(match, report, register),
        *_gaps(match, register),
        *_money(match, report, register),
        *_dates(match, report, register),
        *_before(match, report, register),
        *_ask(match, report, register),
    ]
    return blocks


def _said(match: Match, register: Register) -> Iterator[Span]:
    for one in (explain.strands(match), explain.by_usual_terms(match.judgement)):
        if one:
            yield from (Span(" "), register.words(one))


def _why(match: Match, report: MatchReport, register: Register) -> Iterator[Block]:
    parts = sorted(match.scored.contributions, key=lambda part: -part.value)[:SHOWN_REASONS]
    yield Heading((register.words(say("Why it fits")),), 3)
    yield Bullets(
        tuple(
            (
                register.words(CONTRIBUTION_NAMES[part.name], strong=True),
                Span(": "),
                register.words(because(part, report.catalogue, report.understood.language)),
            )
            for part in parts
            if part.value > 0
        )
    )


def _gaps(match: Match, register: Register) -> Iterator[Block]:
    judgement = match.judgement
    failed = [one for one in judgement.outcomes if one.answer == "not_met"]
    unknown = [one for one in judgement.outcomes if one.answer == "unknown"]
    yield Heading((register.words(say("What stands in the way, and the nearest fix")),), 3)
    if not failed and not unknown:
        yield Paragraph((register.words(say("Every condition on record is met by the project as described.")),))
    items = [_outcome(say("Not met"), one, register) for one in failed[:SHOWN_GAPS]]
    items += [_outcome(say("Not known"), one, register) for one in unknown[:SHOWN_GAPS]]
    more = len(failed[SHOWN_GAPS:]) + len(unknown[SHOWN_GAPS:])
    if more:
        items.append((register.words(say_count("{n} more condition", "{n} more conditions", more)),))
    fixes = explain.fixes(judgement)
    items += [(register.words(say("Nearest fix: {fix}", fix=fix), strong=True),) for fix in fixes.changes]
    if fixes.lead_to:
        items.append((register.words(say("Then: {verdict}.", verdict=explain.VERDICT_WORDS[fixes.lead_to])),))
    items += [(register.words(doubt),) for doubt in explain.doubts(judgement)]
    items += [
        (register.words(say("Also check:")), Span(" "), register.words(one.text), *register.basis(basis))
        for one, basis in judgement.also_check[:SHOWN_ALSO_CHECK]
    ]
    if items:
        yield Bullets(tuple(items))


def _outcome(answer: str, outcome: Outcome, register: Register) -> Spans:
    return (
        register.words(answer, strong=True),
        Span(": "),
        register.words(explain.RULE_NAMES[outcome.rule]),
        Span(". "),
        register.words(outcome.reason),
        # The reason of a rule that rests on an unconfirmed fact says so itself.
        *(span for span in register.basis(outcome.basis) if not (span.strong and outcome.basis.unverified)),
    )


def _money(match: Match, report: MatchReport, register: Register) -> Iterator[Block]:
    money = financing(match, report)
    yield Heading((register.words(say("Money")),), 3)
    rows = tuple((((register.words(title)),), (register.words(figure.because),)) for title, figure in money.figures)
    name = register.speak(say("Money under {programme}", programme=match.programme.acronym))
    yield Table(name, (register.speak(say("What")), register.speak(say("How much, and why"))), rows)
    spans = [register.words(say("This rests on:"))]
    for one in money.assumptions:
        spans += [Span(" "), register.words(one.text), *register.basis(one.basis)]
    yield Paragraph(tuple(spans), "small")


def _dates(match: Match, report: MatchReport, register: Register) -> Iterator[Block]:
    ahead = len(match.calendar.current) + len(match.calendar.expected)  # past rounds come last and are left out
    yield Heading((register.words(say("Dates")),), 3)
    items: list[Spans] = [
        (register.words(line), *_date_known(match, report, register, number))
        for number, line in enumerate(call_lines.calls(match)[: min(ahead, SHOWN_CALLS)])
    ]
    if not items:
        items.append((register.words(explain.timing_in_short(match)),))
    times = report.catalogue.guidance.sources("time_to_grant") if starts_of(match, report) else {}
    for start in starts_of(match, report)[:SHOWN_STARTS]:
        said = start_sentence(start, report.project.start)
        items.append(
            (
                register.words(say("Earliest start:")),
                Span(" "),
                register.words(said),
                *register.evidence(start.time, times),
            )
        )
    yield Bullets(tuple(items))


def _date_known(match: Match, report: MatchReport, register: Register, number: int) -> Spans:
    """How the deadline of an open or announced call is known; those calls come first among the lines."""
    current = match.calendar.current
    deadline = current[number].topic.deadline if number < len(current) else None
    if not deadline:
        return ()
    return register.evidence(
        deadline, report.catalogue.calls[match.programme.id].sources, current[number].topic, "deadline"
    )


def _before(match: Match, report: MatchReport, register: Register) -> Iterator[Block]:
    listed = to_prepare(report.catalogue, match.programme, match.judgement.strand, who_applies(report))
    if not listed or match.judgement.verdict == "closed":
        return
    sources = report.catalogue.guidance.sources("before_you_apply")
    yield Heading((register.words(say("Before you apply")),), 3)
    items: list[Spans] = [
        (register.words(prepare_title(one)), *register.evidence(one.item, sources)) for one in listed[:SHOWN_TO_PREPARE]
    ]
    if more := len(listed[SHOWN_TO_PREPARE:]):
        items.append((register.words(say_count("{n} more, in the app", "{n} more, in the app", more)),))
    yield Paragraph(tuple(apart(items)))


def _ask(match: Match, report: MatchReport, register: Register) -> Iterator[Block]:
    programme, strand = match.programme, match.judgement.strand
    yield Heading((register.words(say("Where to apply, and whom to ask")),), 3)
    items: list[Spans] = []
    if how := strand.how_to_apply.value:
        items.append((register.words(how), *register.evidence(strand.how_to_apply, programme.sources, programme)))
    bodies: Sequence[str] = ()
    for body in whom_to_ask(report.catalogue, programme, strand, report.project.applicant.country)[:SHOWN_BODIES]:
        sources = report.catalogue.guidance.sources("authorities")
        items.append((register.words(body_name(body), url=body.url), *register.evidence(body, sources)))
        bodies = (*bodies, body.name)
    if not bodies and strand.managing_body.value:
        said = say("Run by: {body}.", body=strand.managing_body.value)
        items.append((register.words(said), *register.evidence(strand.managing_body, programme.sources, programme)))
    if page := programme.official_page.value:
        items.append((register.words(say("Official page"), url=page), Span(f": {page}")))
    yield Bullets(tuple(items))


def _name(programme: Programme) -> str:
    """Its name, with the period where the name does not say it."""
    period = programme.periods[0]
    return programme.name if period in programme.name else f"{programme.name} ({period})"


def apart(items: Sequence[Spans], mark: str = "; ") -> Iterator[Span]:
    """Several short things in one paragraph."""
    for number, item in enumerate(items):
        yield from ((Span(mark),) if number else ())
        yield from item


def route_words(match: Match, report: MatchReport) -> str:
    """How one gets the money, in a few words."""
    route = match.judgement.strand.route.value
    return report.catalogue.vocabularies.label("routes", route) if route else say("not known")
