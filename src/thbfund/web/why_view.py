"""Why this rank, on screen: the words of both sides, the match above, and what would change without one thing."""

import streamlit as st

from thbfund.contributions import CONTRIBUTION_NAMES
from thbfund.left_out import left_out
from thbfund.matching import Match, MatchReport
from thbfund.report.contributions import because_markdown
from thbfund.report.highlights import marked_sentences
from thbfund.report.inert import inert_markdown
from thbfund.report.why import LEFT_OUT, NOTHING_MOVES, TEXT_STAYS, change_sentence, idle_sentences, words_sentence
from thbfund.said import points, say
from thbfund.web import charts_view, components, resources
from thbfund.web.speech import _, current, inert
from thbfund.why import not_higher


def contributions(match: Match, report: MatchReport) -> None:
    """Draw the parts of a score. A list, not a table: on a phone a table leaves the reasons a column of two words."""
    lines = []
    for part in match.scored.contributions:
        because = because_markdown(part, report.catalogue, report.understood.language, current())
        title = inert(say("{part}, {points}.", part=CONTRIBUTION_NAMES[part.name], points=points(part.value)))
        lines.append(f"- **{title}** {because}")
        if said := words_sentence(part, match, report):
            lines.append(f"    - {inert(said)}")
    total = inert(_("Score, {points}:", points=points(match.scored.score)))
    lines.append(f"- **{total}** {inert(_('the sum of these parts.'))}")
    st.markdown("\n".join(lines))
    components.small(say("Scored on the strand: {strand}.", strand=match.scored.document.strand.name))
    charts_view.show_parts(match, report)
    if found := not_higher(match, report):
        components.named(_("Why not higher"), found.text)


def recognised(report: MatchReport) -> None:
    """Draw the sentences of the description with the words that showed something in bold, and what did nothing."""
    sentences = [
        "".join(f"**{inert_markdown(said)}**" if marked else inert_markdown(said) for said, marked in pieces)
        for pieces in marked_sentences(report.understood)
    ]
    if sentences:
        st.markdown(_("Your words, in bold what was recognised:"))
        st.markdown("\n".join(f"- {' '.join(said.split())}" for said in sentences))
    for said in idle_sentences(report):
        components.text(said)


def show(report: MatchReport) -> None:
    """Draw what would change without one thing; worked out only when asked for, for it ranks many times."""
    with st.expander(_(LEFT_OUT), icon=":material/backspace:"):
        if not st.toggle(_("Try it with the first five programmes"), key="left_out"):
            return
        changes = left_out(resources.matcher(), report)
        components.bullets([change_sentence(change) for change in changes] or [NOTHING_MOVES])
        components.small(TEXT_STAYS)
