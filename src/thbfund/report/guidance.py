"""PRESENT: guidance around a match as plain values for JSON and as lines of Markdown."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.facts import Evidence, Source
from thbfund.catalogue.freshness import age
from thbfund.catalogue.guidance import Authority, LeadTime, TimeToGrant, WayIn
from thbfund.catalogue.vocabulary import country_name
from thbfund.guidance.before import ToPrepare, Who, to_prepare, whom_to_ask
from thbfund.guidance.start import FeasibleStart, feasible_starts, start_sentence
from thbfund.guidance.ways_in import ways_in
from thbfund.matching import Match, MatchReport
from thbfund.report.inert import inert_markdown, markdown_link, source_link
from thbfund.rules.wording import checked, months_in_words
from thbfund.said import say, say_count, sentences

SMALL = say("Small organisations, way in")


def who_applies(report: MatchReport) -> Who:
    """What a report knows of the applicant and of the people served."""
    applicant = report.project.applicant
    served = frozenset(concept.id for concept in report.understood.concepts["target_groups"])
    return Who(applicant.type, applicant.country, served)


def starts_of(match: Match, report: MatchReport) -> tuple[FeasibleStart, ...]:
    """The earliest starts under the calls of a match; none for a programme that is closed."""
    if match.judgement.verdict == "closed":
        return ()
    return feasible_starts(report.catalogue, match.programme, match.calendar, report.project.start, report.on)


def starts_to_tell(match: Match, report: MatchReport) -> Iterator[tuple[FeasibleStart, TimeToGrant | None]]:
    """Each start, the last that rests on a usual time with that time: what proves it is then told once for all."""
    starts = starts_of(match, report)
    for number, start in enumerate(starts, 1):
        is_last = all(later.time != start.time for later in starts[number:])
        yield start, start.time if is_last else None


def guidance_values(match: Match, report: MatchReport) -> dict[str, Any]:
    """What stands around one match: what to prepare, whom to ask, the earliest starts, ways in."""
    catalogue, programme, strand = report.catalogue, match.programme, match.judgement.strand
    who, on = who_applies(report), report.on
    return {
        "ways_in": [_way(way, catalogue, on) for way in ways_in(catalogue, programme, strand, on)],
        "before_you_apply": [_prepare(one, catalogue, on) for one in to_prepare(catalogue, programme, strand, who)],
        "ask": [_authority(one, catalogue, on) for one in whom_to_ask(catalogue, programme, strand, who.country)],
        "earliest_starts": [_start(one, report) for one in starts_of(match, report)],
    }


def proof(found: Evidence, sources: Mapping[str, Source], on: date) -> dict[str, Any]:
    """How an entry is known: its sources, the day they were read, and whether that holds on a day."""
    overdue = bool(age(found, (), None, on))
    return {
        "sources": [
            {"source": sources[cited.key].at(cited.place), "url": sources[cited.key].url} for cited in found.sources
        ],
        "checked_on": found.checked_on.isoformat() if found.checked_on else None,
        "verified": found.verified and not overdue,
        "overdue": overdue,
        "unverified": found.unverified,
    }


def lead_time_words(found: LeadTime) -> str:
    """`45 days`, `2 to 3 weeks`, `at least 12 months`."""
    if found.most is None:
        return say("at least {low}", low=_in_units(found.least, found.unit))
    if found.least == found.most:
        return _in_units(found.least, found.unit)
    span = say("{low} to {high}", low=found.least, high=found.most)
    if found.unit == "days":
        return say("{number} days", number=span)
    return say("{number} weeks", number=span) if found.unit == "weeks" else say("{number} months", number=span)


def _in_units(number: int, unit: str) -> str:
    if unit == "months":
        return months_in_words(number)
    if unit == "weeks":
        return say_count("{n} week", "{n} weeks", number)
    return say_count("{n} day", "{n} days", number)


def _way(way: WayIn, catalogue: Catalogue, on: date) -> dict[str, Any]:
    known = proof(way, catalogue.guidance.sources("ways_in"), on)
    return {"id": way.id, "kind": way.kind, "title": way.title, "how": way.how, **known}


def _prepare(one: ToPrepare, catalogue: Catalogue, on: date) -> dict[str, Any]:
    item = one.item
    lead_time = item.lead_time.value if item.lead_time else None
    return {
        "id": item.id,
        "kind": item.kind,
        "title": item.title,
        "text": item.text,
        "applies": one.applies,
        "lead_time": lead_time_words(lead_time) if lead_time else None,
        **proof(item, catalogue.guidance.sources("before_you_apply"), on),
    }


def _authority(one: Authority, catalogue: Catalogue, on: date) -> dict[str, Any]:
    known = proof(one, catalogue.guidance.sources("authorities"), on)
    return {"country": one.country, "name": one.name, "url": one.url, "note": one.note, **known}


def _start(one: FeasibleStart, report: MatchReport) -> dict[str, Any]:
    return {
        "call": one.call.id,
        "strand": one.call.strand,
        "status": one.call.status,
        "deadline": one.call.deadline.isoformat() if one.call.deadline else None,
        "months_to_grant": one.time.months,
        "earliest": one.earliest.isoformat(),
        "too_early": one.too_early,
        "text": start_sentence(one, report.project.start),
        **proof(one.time, report.catalogue.guidance.sources("time_to_grant"), report.on),
    }


def guidance_lines(match: Match, report: MatchReport) -> Iterator[str]:
    """The same for a match in Markdown, as items of a list."""
    catalogue, programme, strand = report.catalogue, match.programme, match.judgement.strand
    who, files, on = who_applies(report), catalogue.guidance, report.on
    for way in ways_in(catalogue, programme, strand, on):
        known = proof_line(way, files.sources("ways_in"), on)
        yield f"- {SMALL}: {inert_markdown(f'{way.title}. {way.how}')}{known}"
    for one in to_prepare(catalogue, programme, strand, who):
        known = proof_line(one.item, files.sources("before_you_apply"), on)
        yield f"- Before you apply: {inert_markdown(f'{prepare_title(one)}. {prepare_text(one)}')}{known}"
    for body in whom_to_ask(catalogue, programme, strand, who.country):
        known = proof_line(body, files.sources("authorities"), on)
        yield f"- Ask: {markdown_link(body_name(body), body.url)}.{known}"
    for start, time in starts_to_tell(match, report):
        known = proof_line(time, files.sources("time_to_grant"), on) if time else ""
        yield f"- Earliest start: {inert_markdown(start_sentence(start, report.project.start))}{known}"


def prepare_title(one: ToPrepare) -> str:
    """A thing to prepare, with a word where it may not concern the applicant."""
    return one.item.title if one.applies == "yes" else say("{title} (if it concerns you)", title=one.item.title)


def prepare_text(one: ToPrepare) -> str:
    """What to do, and how long it takes where a source says so."""
    lead_time = one.item.lead_time.value if one.item.lead_time else None
    if not lead_time:
        return one.item.text
    return sentences(one.item.text, say("Time: {time}.", time=lead_time_words(lead_time)))


def body_name(body: Authority) -> str:
    """A body with its country, or alone where it leads to those of all countries."""
    return say("{name} ({country})", name=body.name, country=country_name(body.country)) if body.country else body.name


def proof_line(found: Evidence, sources: Mapping[str, Source], on: date) -> str:
    """Where it was read and when, or that it is not confirmed, to stand after a sentence."""
    doubt = f" Not confirmed: {inert_markdown(found.unverified.rstrip('.'))}." if found.unverified else ""
    if not found.sources:
        return doubt
    read = [(sources[one.key], one.place) for one in found.sources]
    cited = [source_link(source.at(place), source.url, source.caution) for source, place in read]
    day = f", {checked(found.checked_on, age(found, (), None, on))}" if found.checked_on else ""
    return f"{doubt} Source: {'; '.join(cited)}{day}."
