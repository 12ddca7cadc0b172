"""Method, limits, sources, privacy."""

import streamlit as st

from thbfund import __version__
from thbfund.web import components, resources
from thbfund.web.speech import _, complete, in_part

catalogue = resources.catalogue()
strands = sum(len(programme.strands) for programme in catalogue.programmes.values())

st.title(_("About"))
st.write(
    _(
        "thbfund tells organisations that fight trafficking in human beings which EU funding programmes fit a "
        "project, whether they may apply, why, and what to do next. It is free, open-source software and no service "
        "of the EU."
    )
)

st.header(_("How results come about"))
st.write(
    _(
        "The description is compared with the catalogue's text on each programme, and the people served, the "
        "activities, the policy priorities and the places it speaks of are recognised. Each of these adds points; the"
        " score is their sum, and every result shows the parts. The score says how well texts and tags fit. It is no "
        "chance of winning."
    )
)
st.write(
    _(
        "Eligibility is judged apart from the score, rule by rule: met, not met or unknown, each with its source. "
        "What is not known is never taken for a yes or a no. A rule that rests on a fact we could not confirm ends in"
        " “to check”."
    )
)

st.header(_("Limits"))
st.write(
    _(
        "Only the call document binds. Dates of calls stand as on the day they were checked, and a round that is "
        "called “expected” is our reading of earlier years, announced by nobody: look at the official page of the "
        "programme before you plan. Grades of relevance and tags are our own judgement. Descriptions in languages "
        "other than English are recognised less well."
    )
)

st.header(_("Sources"))
st.write(
    _(
        "{programmes} programmes with {strands} strands, facts checked up to {day}. Every fact names its source and "
        "the day it was checked, or why it could not be confirmed. The catalogue's data may be reused under CC BY "
        "4.0, the software under EUPL-1.2.",
        programmes=len(catalogue.programmes),
        strands=strands,
        day=catalogue.checked_on,
    )
)
components.small(
    _("Version {version}, catalogue {fingerprint}", version=__version__, fingerprint=catalogue.fingerprint[:12])
)

st.header(_("Languages"))
st.write(_("Sentences, names of tags, numbers, dates and countries are shown in the language chosen at the top."))
if complete():
    st.write(_("Translated in full, but not yet reviewed by a speaker: {languages}.", languages=complete()))
if in_part():
    st.write(_("Translated in part, the rest stands in English: {languages}.", languages=in_part()))
st.write(
    _(
        "The texts of the catalogue itself, such as names and descriptions of programmes, are in English. A wrong "
        "word in a translation can be reported like any other mistake."
    )
)

st.header(_("Privacy"))
st.write(
    _(
        "What you type stays in the memory of your session and is gone when you close the page. It is not stored, not"
        " logged, not sent to anybody and not part of any link. There is no account and no tracking. Please leave out"
        " names and details of people all the same: they are not needed here."
    )
)

st.header(_("Accessibility"))
st.write(_("The app works with the keyboard and on a phone. Every verdict is written in words, not in colour alone."))
st.write(
    _(
        "Every page is checked by a program against WCAG 2.2, level AA. One fault is left, in the framework: on a "
        "phone, screen readers may not count the entries of the menu rightly."
    )
)
st.write(
    _(
        "A screen reader takes the language when the page is loaded. If you choose another one, load the page again "
        "before you write: its address keeps the language."
    )
)
