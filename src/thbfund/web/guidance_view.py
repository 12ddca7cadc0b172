"""What comes before an application on screen: what to prepare, whom to ask, when to start, ways in for small ones."""

from collections.abc import Iterable
from datetime import date

import streamlit as st

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.facts import Evidence
from thbfund.catalogue.guidance import Authority, WayIn
from thbfund.catalogue.model import Programme, Strand
from thbfund.guidance.before import ToPrepare, Who, authorities, to_prepare, whom_to_ask
from thbfund.guidance.start import start_sentence
from thbfund.guidance.ways_in import ways_in
from thbfund.matching import Match, MatchReport
from thbfund.report.guidance import SMALL, body_name, prepare_text, prepare_title, starts_to_tell, who_applies
from thbfund.report.inert import markdown_link
from thbfund.rules.wording import sentence
from thbfund.said import say
from thbfund.web import components
from thbfund.web.speech import _, spoken

TITLE = say("Before you apply")
SMALL_BADGE = say("small organisations: way in")


def show(match: Match, report: MatchReport) -> None:
    """Draw what stands around one result."""
    catalogue, programme, strand = report.catalogue, match.programme, match.judgement.strand
    who, on = who_applies(report), report.on
    for start, time in starts_to_tell(match, report):
        line = _proof(time, "time_to_grant", catalogue, on) if time else ""
        components.named(_("Earliest start"), start_sentence(start, report.project.start), line)
    _ask(whom_to_ask(catalogue, programme, strand, who.country), catalogue, on)
    _prepare(to_prepare(catalogue, programme, strand, who), catalogue, on)
    _ways(ways_in(catalogue, programme, strand, on), catalogue, on)


def show_strand(programme: Programme, strand: Strand, catalogue: Catalogue, on: date) -> None:
    """Draw the same for a strand, whoever applies."""
    _ask(authorities(catalogue, programme, strand), catalogue, on)
    _prepare(to_prepare(catalogue, programme, strand, Who()), catalogue, on)
    _ways(ways_in(catalogue, programme, strand, on), catalogue, on)


def has_way_in(match: Match, report: MatchReport) -> bool:
    """Whether to mark a result for small organisations: they are NGOs, and a closed door is no way in."""
    small = report.project.applicant.type in {None, "ngo"}
    open_still = match.judgement.verdict != "closed"
    return small and open_still and bool(ways_in(report.catalogue, match.programme, match.judgement.strand, report.on))


def _ask(bodies: Iterable[Authority], catalogue: Catalogue, on: date) -> None:
    for body in bodies:
        said = markdown_link(spoken(body_name(body)), body.url)
        st.markdown(f"**{_('Ask.')}** {said}  \n{_proof(body, 'authorities', catalogue, on)}")


def _prepare(found: Iterable[ToPrepare], catalogue: Catalogue, on: date) -> None:
    for one in found:
        line = _proof(one.item, "before_you_apply", catalogue, on)
        components.named(prepare_title(one), prepare_text(one), line)


def _ways(found: Iterable[WayIn], catalogue: Catalogue, on: date) -> None:
    for way in found:
        components.named(
            say("{kind}: {title}", kind=SMALL, title=way.title),
            sentence(way.how),
            _proof(way, "ways_in", catalogue, on),
        )


def _proof(found: Evidence, file: str, catalogue: Catalogue, on: date) -> str:
    return components.evidence_on(found, catalogue.guidance.sources(file), on)
