"""The check of the EU approach on screen: what the text shows, what one could add, and what to cite."""

import streamlit as st

from thbfund.approach import Checked, approach_of
from thbfund.catalogue.policy import Approach, Sign
from thbfund.matching import MatchReport
from thbfund.report.approach import ADVICE, in_a_word, shown_words
from thbfund.said import say, sentences
from thbfund.web import components
from thbfund.web.speech import _, inert

TITLE = say("The EU approach: what your text shows, and what to add")


def show(report: MatchReport) -> None:
    """Draw the four marks; nothing for a text from outside the field."""
    found = approach_of(report)
    if not found:
        return
    with st.expander(_(TITLE), icon=":material/diversity_1:"):
        components.small(ADVICE)
        for one in found:
            _mark(one, report)


def _mark(one: Checked, report: MatchReport) -> None:
    title = say("{mark}: {shown}", mark=one.approach.title, shown=in_a_word(one))
    components.named(title, sentences(one.approach.meaning, one.because), _cite(one.approach, report))
    lines = [f"- {inert(say('Shown: {signs}', signs=words))}" for words in shown_words(one.shown)]
    lines += [
        f"- **{inert(say('Not found: {signs}.', signs=sign.title))}** {inert(sign.add)}  \n{_cite(sign, report)}"
        for sign in one.missing
    ]
    if lines:
        st.markdown("\n".join(lines))


def _cite(found: Approach | Sign, report: MatchReport) -> str:
    """The clause, then how it is known: small lines of Markdown."""
    sources = report.catalogue.policy.sources("approach")
    known = components.evidence_on(found, sources, report.on)
    return f":small[{inert(say('Cite: {clause}.', clause=found.clause))}] {known}"
