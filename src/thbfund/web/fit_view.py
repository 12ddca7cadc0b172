"""Two programmes side by side on screen: what is compared, then what to settle; a checklist, no verdict."""

from datetime import date

import streamlit as st

from thbfund.catalogue.contents import Catalogue
from thbfund.guidance.fit import Comparison, Fit, Side
from thbfund.report.fit import NO_VERDICT
from thbfund.report.inert import markdown_link
from thbfund.rules.wording import sentence
from thbfund.said import say
from thbfund.web import components
from thbfund.web.speech import _, inert


def show(found: Fit, catalogue: Catalogue) -> None:
    """Draw the whole comparison."""
    st.info(_(NO_VERDICT), icon=":material/checklist:")
    st.header(_("Compared"))
    for one in found.compared:
        _comparison(one, found)
    st.header(_("To settle"))
    sources = catalogue.guidance.sources("fit") if found.questions else {}
    for question in found.questions:
        line = components.evidence_on(question, sources, found.on)
        components.named(question.question.removesuffix("."), question.text, line)
    for programme in (found.first, found.second):
        components.programme_link(programme)


def _comparison(one: Comparison, found: Fit) -> None:
    st.subheader(inert(one.point))
    for programme, side in ((found.first, one.first), (found.second, one.second)):
        components.named(programme.acronym, sentence(side.text), _bases(side))
    components.small(one.meaning)


def _bases(side: Side) -> str:
    """The sources of one side, each once; whether all of it is confirmed."""
    cited = dict.fromkeys(markdown_link(basis.source, basis.url) for basis in side.bases if basis.source)
    days: list[date] = [basis.checked_on for basis in side.bases if basis.checked_on]
    doubt = None if side.verified else say("not all of it is confirmed")
    return components.evidence_line(doubt, None, list(cited), min(days, default=None))
