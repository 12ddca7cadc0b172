"""A match report on screen: groups, and for each programme fit, verdict, reasons, obstacles, fixes and sources."""

import streamlit as st

from thbfund import explain
from thbfund.matching import Match, MatchReport
from thbfund.report.inert import inert_markdown
from thbfund.rules import Outcome
from thbfund.rules.wording import place_name
from thbfund.web import components

GROUP_NOTES = {
    "can_apply": "Every condition on record is met by the project as described, with you in the lead.",
    "to_check": "No condition on record shuts you out, but something is not known yet.",
    "cannot_apply": "A condition is not met as described. First come those that you may join: find an eligible lead.",
    "closed": "These take no more applications. Each points to its successor.",
}


def show(report: MatchReport) -> None:
    """Draw the whole report."""
    for warning in report.warnings:
        st.warning(inert_markdown(warning.message), icon=":material/warning:")
    st.header("Programmes for your project")
    if report.nothing_fits:
        st.info(
            "Nothing here fits. The description shows no project against trafficking in human beings or on a "
            "neighbouring subject. If it is one, say who is helped, against what, and where.",
            icon=":material/search_off:",
        )
        return
    _understood(report)
    _question(report)
    st.caption(
        f"As on {report.on}. Within each group the order is that of the score, the sum of the parts shown under "
        "“Why this rank”. It says how well the texts fit, not how likely a grant is."
    )
    for group, matches in explain.grouped(report).items():
        if matches:
            st.subheader(f"{explain.GROUP_TITLES[group]} ({len(matches)})")
            st.caption(GROUP_NOTES[group])
            for match in matches:
                _card(match, report)


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


def _question(report: MatchReport) -> None:
    question = explain.question(report)
    if question:
        st.info(
            f"Next question: {question.text} {question.because} Answer it in the form above.", icon=":material/help:"
        )


def _card(match: Match, report: MatchReport) -> None:
    judgement, programme = match.judgement, match.programme
    with st.container(border=True):
        st.markdown(f"#### {match.rank}. {inert_markdown(programme.name)}")
        _badges(match)
        components.text(judgement.strand.objectives.value or programme.summary.value or "")
        route = judgement.strand.route.value
        if route:
            components.caption(
                f"Route: {report.catalogue.vocabularies.label('routes', route)}. Strand: {judgement.strand.name}."
            )
        stop = explain.obstacle(judgement)
        if stop:
            components.text(f"What stands in the way: {stop}")
        fixes = explain.fixes(judgement)
        if fixes:
            components.text("Nearest fix: " + " ".join(fixes))
        _successor(match, report)
        with st.expander("Why this rank"):
            _contributions(match, report)
        with st.expander("May we apply? Rule by rule"):
            components.text(f"Role: {explain.ROLE_WORDS[judgement.role.role]}. {judgement.role.reason}")
            _rules(match)
        with st.expander("How to apply"):
            components.text(judgement.strand.how_to_apply.value or "Not known.")
            components.evidence(judgement.strand.how_to_apply, programme.sources)
        components.programme_link(programme, f"All facts on {programme.acronym}")


def _badges(match: Match) -> None:
    judgement = match.judgement
    with st.container(horizontal=True):
        icon, colour = components.BAND_BADGES[match.scored.band]
        st.badge(explain.BAND_WORDS[match.scored.band], icon=icon, color=colour)  # type: ignore[arg-type]
        icon, colour = components.VERDICT_BADGES[judgement.verdict]
        st.badge(explain.VERDICT_WORDS[judgement.verdict], icon=icon, color=colour)  # type: ignore[arg-type]
        st.badge(explain.ROLE_WORDS[judgement.role.role], icon=":material/badge:", color="violet")
        st.badge(explain.TIMING_WORDS[match.timing], icon=":material/calendar_month:", color="gray")


def _contributions(match: Match, report: MatchReport) -> None:
    vocabularies = report.catalogue.vocabularies
    rows = [
        {
            "Part": explain.CONTRIBUTION_NAMES[part.name],
            "Points": f"{part.value:.2f}",
            "Because": explain.because(part, vocabularies),
        }
        for part in match.scored.contributions
    ]
    rows.append({"Part": "Score", "Points": f"{match.scored.score:.2f}", "Because": "The sum of the parts."})
    components.table(rows, f"Parts of the score of {match.programme.name}")
    strand = match.scored.document.strand
    components.caption(f"Scored on the strand: {strand.name}.")


def _rules(match: Match) -> None:
    """A list, not a table: it reads on a phone, and each source stands where it is needed."""
    st.markdown("\n".join(f"- {_rule(outcome)}" for outcome in match.judgement.outcomes))
    if match.judgement.also_check:
        st.markdown("**Also check** (cannot be computed)")
        components.bullets(item.text for item, _ in match.judgement.also_check)


def _rule(outcome: Outcome) -> str:
    basis = outcome.basis
    icon, word = components.ANSWERS[outcome.answer]
    source = components.link(basis.source, basis.url) if basis.source else "no source on record"
    checked = f", checked on {basis.checked_on}" if basis.checked_on else ""
    name = explain.RULE_NAMES[outcome.rule]
    return f"{icon} **{name}: {word}.** {inert_markdown(outcome.reason)}  \n:small[Source: {source}{checked}]"


def _successor(match: Match, report: MatchReport) -> None:
    if match.judgement.verdict != "closed":
        return
    successor = match.programme.successor
    if successor.value:
        following = report.catalogue.programmes[successor.value]
        components.programme_link(following, f"Successor: {following.name}")
    else:
        components.text(f"No successor. {successor.note or ''}")
