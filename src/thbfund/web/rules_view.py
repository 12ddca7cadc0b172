"""Whether one may apply, on screen: the role, then every rule with its answer, reason and source."""

import streamlit as st

from thbfund import explain
from thbfund.matching import Match
from thbfund.report.inert import inert_markdown, source_link
from thbfund.rules import Judgement, Outcome
from thbfund.rules.outcome import Basis
from thbfund.rules.wording import checked
from thbfund.web import components

ANSWERS = {
    "not_met": (":red[:material/cancel:]", "not met"),
    "unknown": (":orange[:material/help:]", "unknown"),
    "met": (":green[:material/check_circle:]", "met"),
}
"""In the order of display: first what needs work."""


def counted(judgement: Judgement) -> str:
    """How many rules have which answer, in words: `1 not met, 2 unknown, 9 met`."""
    answers = [outcome.answer for outcome in judgement.outcomes]
    return ", ".join(f"{answers.count(answer)} {word}" for answer, (_, word) in ANSWERS.items() if answer in answers)


def show(match: Match) -> None:
    """Draw the rules of the strand with the best verdict, then name the other strands."""
    judgement = match.judgement
    components.named(f"Role: {explain.ROLE_WORDS[judgement.role.role]}", judgement.role.reason)
    ordered = sorted(judgement.outcomes, key=lambda outcome: list(ANSWERS).index(outcome.answer))
    st.markdown("\n".join(f"- {_rule(outcome)}" for outcome in ordered))
    if judgement.also_check:
        st.markdown("**Also check** (cannot be computed)")
        components.bullets(item.text for item, _ in judgement.also_check)
    components.small(f"Judged on the strand: {judgement.strand.name}.")
    for other in match.others:
        verdict, role = explain.verdict(match, other), explain.ROLE_WORDS[other.role.role]
        components.small(f"Another strand, {other.strand.name}: {verdict}, {role}.")


def _rule(outcome: Outcome) -> str:
    """One item of a list: it reads on a phone, and the source stands where it is needed."""
    basis = outcome.basis
    icon, word = ANSWERS[outcome.answer]
    name = explain.RULE_NAMES[outcome.rule]
    others = "".join(f" Another: {_source(other.basis)}" for other in outcome.others)
    return f"{icon} **{name}: {word}.** {inert_markdown(outcome.reason)}  \n:small[Source: {_source(basis)}{others}]"


def _source(basis: Basis) -> str:
    source = source_link(basis.source, basis.url, basis.caution) if basis.source else "no source on record"
    return f"{source}, {checked(basis.checked_on, basis.overdue)}." if basis.checked_on else f"{source}."
