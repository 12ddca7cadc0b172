"""Whether one may apply, on screen: the role, then every rule with its answer, reason and source."""

import streamlit as st

from thbfund import explain
from thbfund.matching import Match
from thbfund.report.inert import source_link
from thbfund.rules import Judgement, Outcome
from thbfund.rules.outcome import Basis
from thbfund.rules.wording import checked
from thbfund.said import joined, say
from thbfund.web import components
from thbfund.web.speech import _, inert, spoken

ANSWERS = {
    "not_met": (":red[:material/cancel:]", say("not met")),
    "unknown": (":orange[:material/help:]", say("unknown")),
    "met": (":green[:material/check_circle:]", say("met")),
}
"""In the order of display: first what needs work."""


def tally(judgement: Judgement) -> str:
    """How many rules have which answer, in words: `1 not met, 2 unknown, 9 met`."""
    answers = [outcome.answer for outcome in judgement.outcomes]
    return spoken(
        joined(
            (
                say("{number} {answer}", number=answers.count(answer), answer=word)
                for answer, (_icon, word) in ANSWERS.items()
                if answer in answers
            ),
            ",",
        )
    )


def show(match: Match) -> None:
    """Draw the rules of the strand with the best verdict, then name the other strands."""
    judgement = match.judgement
    role = say("Role: {role}", role=explain.ROLE_WORDS[judgement.role.role])
    components.named(role, judgement.role.reason)
    ordered = sorted(judgement.outcomes, key=lambda outcome: list(ANSWERS).index(outcome.answer))
    st.markdown("\n".join(f"- {_rule(outcome)}" for outcome in ordered))
    if judgement.also_check:
        st.markdown(f"**{_('Also check')}** ({_('cannot be computed')})")
        components.bullets(item.text for item, _ in judgement.also_check)
    components.small(say("Judged on the strand: {strand}.", strand=judgement.strand.name))
    for other in match.others:
        verdict, role = explain.verdict(match, other), explain.ROLE_WORDS[other.role.role]
        components.small(
            say("Another strand, {strand}: {verdict}, {role}.", strand=other.strand.name, verdict=verdict, role=role)
        )


def _rule(outcome: Outcome) -> str:
    """One item of a list: it reads on a phone, and the source stands where it is needed."""
    basis = outcome.basis
    icon, word = ANSWERS[outcome.answer]
    name = explain.RULE_NAMES[outcome.rule]
    title = inert(say("{rule}: {answer}.", rule=name, answer=word))
    others = "".join(f" {_('Another: {source}', source=_source(other.basis))}" for other in outcome.others)
    source = _("Source: {source}", source=_source(basis))
    return f"{icon} **{title}** {inert(outcome.reason)}  \n:small[{source}{others}]"


def _source(basis: Basis) -> str:
    if not basis.source:
        return _("no source on record.")
    source = source_link(basis.source, basis.url, spoken(basis.caution))
    day = spoken(checked(basis.checked_on, basis.overdue)) if basis.checked_on else ""
    return f"{source}, {day.removesuffix('.')}." if day else f"{source}."
