"""A match report on screen: groups, and for each programme fit, verdict, reasons, obstacles, fixes and sources."""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from thbfund import explain
from thbfund.financing import financing
from thbfund.lineage import lineage_of
from thbfund.matching import Group, Match, MatchReport
from thbfund.parts import PartByPart
from thbfund.report.inert import inert_markdown, markdown_link
from thbfund.rules.wording import place_name, sentence
from thbfund.web import (
    approach_view,
    calls_view,
    components,
    form,
    guidance_view,
    lineage_view,
    parts_view,
    question_view,
    rules_view,
    why_view,
)

ANCHOR = "results"
GROUP_NOTES = {
    "can_apply": "Every condition on record is met by the project as described, with you in the lead.",
    "to_check": "No condition on record shuts you out, but something is not known yet.",
    "cannot_apply": "A condition is not met as described. First come those that you may join: find an eligible lead.",
    "closed": "Those that have ended point to their successor; those that have not begun say when they start.",
}
SHORT_TITLES: Mapping[Group, str] = {
    "can_apply": "you may apply",
    "to_check": "to check",
    "cannot_apply": "not as described",
    "closed": "not open on this day",
}


def show(report: MatchReport, parts: PartByPart) -> None:
    """Draw the whole report, and the project part by part."""
    st.header("Programmes for your project", anchor=ANCHOR)
    for warning in report.warnings:
        st.warning(inert_markdown(warning.message), icon=":material/warning:")
    if report.nothing_fits:
        st.info(inert_markdown(explain.nothing_fits(report)), icon=":material/search_off:")
        return
    groups = {group: matches for group, matches in explain.grouped(report).items() if matches}
    _overview(groups, report)
    question_view.show(report)
    _understood(report)
    why_view.show(report)
    parts_view.show(parts, report)
    approach_view.show(report)
    for group, matches in groups.items():
        st.subheader(f"{explain.GROUP_TITLES[group]} ({len(matches)})", anchor=group)
        st.markdown(f":small[{GROUP_NOTES[group]}]")
        for match in matches:
            _card(match, report)


def _overview(groups: Mapping[Group, list[Match]], report: MatchReport) -> None:
    """How many in which group, each a jump to it, so that nobody scrolls through what does not concern them."""
    jumps = [f"[{len(matches)} {SHORT_TITLES[group]}](#{group})" for group, matches in groups.items()]
    st.markdown(f"**{len(report.matches)} programmes, as on {report.on}:** {', '.join(jumps)}.")
    st.markdown(
        ":small[The best fit stands first in each group. Fit says how well the texts agree, not how likely a grant is. "
        "What the words mean: [Words](policy?part=glossary).]"
    )


def _understood(report: MatchReport) -> None:
    vocabularies, understood = report.catalogue.vocabularies, report.understood
    rows = []
    for name, title in (
        ("target_groups", "People served"),
        ("activities", "Activities"),
        ("forms_of_exploitation", "Forms of exploitation"),
        ("priorities", "Policy priorities"),
    ):
        labels = [vocabularies.label(name, concept.id) for concept in understood.concepts[name]]
        rows.append({"What": title, "Recognised or stated": ", ".join(labels) or "nothing"})
    places = [place_name(concept.id, vocabularies) for concept in understood.places]
    rows.append({"What": "Places", "Recognised or stated": ", ".join(places) or "nothing"})
    with st.expander("What was understood from your description", icon=":material/visibility:"):
        components.table(rows, "What was understood from the description")
        why_view.recognised(report)
        st.markdown(f":small[Something wrong or missing? Say it above, under “{form.MORE}”.]")
        st.page_link(components.TAGS_PAGE, label="What these tags mean", icon=":material/arrow_forward:")


def _card(match: Match, report: MatchReport) -> None:
    judgement, programme = match.judgement, match.programme
    with st.container(border=True):
        st.markdown(f"#### {match.rank}. {inert_markdown(programme.name)}")
        _badges(match, report)
        if call := explain.call_ahead(match):
            components.small(f"Next call: {call}.")
        components.text(components.opening(judgement.strand.objectives.value or programme.summary.value or ""))
        if stop := explain.obstacle(judgement):
            components.named("What stands in the way", stop)
        fixes = explain.fixes(judgement)
        if fixes.lead_to:
            then = f"Then: {explain.VERDICT_WORDS[fixes.lead_to]}."
            components.named("Nearest fix", " ".join([*fixes.changes, then]))
        for said in (explain.strands(match), explain.by_usual_terms(judgement)):
            if said:
                components.small(said)
        closed = judgement.verdict == "closed"
        if closed:  # then the successor is what the reader needs first
            _what_next(match, report)
        with st.expander(f"May we apply? {rules_view.counted(judgement)}"):
            rules_view.show(match)
        with st.expander("What it pays for, and how to apply"):
            _apply(match, report)
        with st.expander("Money: grant, own contribution, what to bridge"):
            _money(match, report)
        if not closed:
            with st.expander(guidance_view.TITLE):
                guidance_view.show(match, report)
        with st.expander("Why this rank"):
            why_view.contributions(match, report)
        if not closed:
            _what_next(match, report)
        components.programme_link(programme)


def _badges(match: Match, report: MatchReport) -> None:
    judgement = match.judgement
    with st.container(horizontal=True, gap="small"):
        icon, colour = components.BAND_BADGES[match.scored.band]
        st.badge(explain.BAND_WORDS[match.scored.band], icon=icon, color=colour)
        begun = match.calendar.begins_on is None
        icon, colour = components.VERDICT_BADGES[judgement.verdict] if begun else components.NOT_BEGUN_BADGE
        st.badge(explain.verdict(match), icon=icon, color=colour)
        st.badge(explain.ROLE_WORDS[judgement.role.role], icon=":material/badge:", color="violet")
        if match.timing in components.TIMINGS_WORTH_A_BADGE:
            st.badge(explain.timing_in_short(match), icon=":material/calendar_month:", color="blue")
        if guidance_view.has_way_in(match, report):
            st.badge(guidance_view.SMALL_BADGE, icon=":material/door_open:", color="green")


def _apply(match: Match, report: MatchReport) -> None:
    strand, programme = match.judgement.strand, match.programme
    proof = components.Proof(programme, programme.sources, report.on)
    components.named("For", strand.objectives.value or "Not known.")
    components.bullets(strand.actions.value or ())
    how = strand.how_to_apply
    components.named("How to apply", how.value or "Not known.", proof.of(how))
    if route := strand.route.value:
        vocabularies = report.catalogue.vocabularies
        said = f"{vocabularies.label('routes', route)}. Strand: {strand.name}."
        components.named("Route", said, proof.of(strand.route, partial(vocabularies.label, "routes")))
    calls_view.show(match, report.catalogue.calls.get(programme.id), report.on)
    if programme.official_page.value:
        st.markdown(markdown_link("Official page", programme.official_page.value))


def _money(match: Match, report: MatchReport) -> None:
    money = financing(match, report)
    for title, figure in money.figures:
        components.named(title, figure.because)
    st.markdown("**What this rests on**")
    components.bullets(assumption.said for assumption in money.assumptions)


def _what_next(match: Match, report: MatchReport) -> None:
    """What follows a programme that has ended or soon ends; nothing for the others."""
    lineage = lineage_of(match.programme, report.catalogue)
    closed = match.judgement.verdict == "closed"
    if not lineage.is_due(report.on) and (not closed or match.calendar.begins_on):
        return
    if lineage.successor:
        components.programme_link(lineage.successor, "Successor:")
    elif closed:
        components.named("No successor", sentence(lineage.no_successor_because or "None is on record"))
    if lineage.proposals:
        with st.expander("What may follow: proposed, not law"):
            lineage_view.show_after(lineage, report.on)
