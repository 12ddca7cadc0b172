"""Browse and filter the catalogue."""

from typing import get_args

import streamlit as st

from thbfund.catalogue.model import Period
from thbfund.report.inert import inert_markdown
from thbfund.web import components, resources

catalogue = resources.catalogue()

st.title("Programmes")
st.write("Every programme of the catalogue, ended ones too.")

left, right = st.columns(2)
with left:
    period = components.linked_choice("Period", {name: name for name in get_args(Period)}, "period", "All periods")
with right:
    groups = {entry.id: entry.label for entry in catalogue.vocabularies["target_groups"].entries}
    group = components.linked_choice("People served", groups, "group", "All groups")
words = st.text_input("Name contains", key="name", max_chars=100).strip()

found = [
    programme
    for programme in catalogue.programmes.values()
    if (period is None or period in programme.periods)
    and (group is None or any(group in strand.tags.target_groups for strand in programme.strands))
    and words.casefold() in f"{programme.name} {programme.acronym} {programme.id}".casefold()
]
st.header(f"{len(found)} of {len(catalogue.programmes)} programmes")
if not found:
    st.info("No programme has all of these. Widen the filter.", icon=":material/filter_alt_off:")
for programme in found:
    with st.container(border=True):
        st.markdown(f"### {inert_markdown(programme.name)}")
        components.text(components.opening(programme.summary.value or ""))
        strands = ", ".join(strand.name for strand in programme.strands)
        components.small(f"{' and '.join(programme.periods)}. Strands: {strands}.")
        components.programme_link(programme)
