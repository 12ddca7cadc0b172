"""Method, limits, sources, privacy."""

import streamlit as st

from thbfund import __version__
from thbfund.web import components, resources

catalogue = resources.catalogue()
strands = sum(len(programme.strands) for programme in catalogue.programmes.values())

st.title("About")
st.write(
    "thbfund tells organisations that fight trafficking in human beings which EU funding programmes fit a project, "
    "whether they may apply, why, and what to do next. It is free, open-source software and no service of the EU."
)

st.header("How results come about")
st.write(
    "The description is compared with the catalogue's text on each programme, and the people served, the activities, "
    "the policy priorities and the places it speaks of are recognised. Each of these adds points; the score is their "
    "sum, and every result shows the parts. The score says how well texts and tags fit. It is no chance of winning."
)
st.write(
    "Eligibility is judged apart from the score, rule by rule: met, not met or unknown, each with its source. What is "
    "not known is never taken for a yes or a no. A rule that rests on a fact we could not confirm ends in “to check”."
)

st.header("Limits")
st.write(
    "Only the call document binds. Dates of calls stand as on the day they were checked, and a round that is called "
    "“expected” is our reading of earlier years, announced by nobody: look at the official page of the programme "
    "before you plan. Grades of relevance and tags are our own judgement. Descriptions in languages other than English "
    "are recognised less well."
)

st.header("Sources")
st.write(
    f"{len(catalogue.programmes)} programmes with {strands} strands, facts checked up to {catalogue.checked_on}. "
    "Every fact names its source and the day it was checked, or why it could not be confirmed. The catalogue's data "
    "may be reused under CC BY 4.0, the software under EUPL-1.2."
)
components.small(f"Version {__version__}, catalogue {catalogue.fingerprint[:12]}")

st.header("Privacy")
st.write(
    "What you type stays in the memory of your session and is gone when you close the page. It is not stored, not "
    "logged, not sent to anybody and not part of any link. There is no account and no tracking. Please leave out names "
    "and details of people all the same: they are not needed here."
)

st.header("Accessibility")
st.write(
    "The app works with the keyboard and on a phone. Every verdict is written in words, not in colour alone. The page "
    "declares its language as English."
)
