"""Browse and filter the catalogue."""

import streamlit as st

from thbfund.report.inert import inert_markdown
from thbfund.web import components, resources

catalogue = resources.catalogue()
vocabularies = catalogue.vocabularies

st.title("Programmes")
st.write(f"{len(catalogue.programmes)} programmes, their facts checked up to {catalogue.checked_on}.")

left, right = st.columns(2)
with left:
    period = st.selectbox("Period", ["All", "2014-2020", "2021-2027"], key="period", bind="query-params")
with right:
    groups = {entry.id: entry.label for entry in vocabularies["target_groups"].entries}
    group = st.selectbox(
        "People served",
        ["all", *groups],
        format_func=lambda key: groups.get(key, "All"),
        key="group",
        bind="query-params",
    )
words = st.text_input("Name contains", key="name", max_chars=100)

found = [
    programme
    for programme in catalogue.programmes.values()
    if (period == "All" or period in programme.periods)
    and (group == "all" or any(group in strand.tags.target_groups for strand in programme.strands))
    and words.casefold() in f"{programme.name} {programme.acronym} {programme.id}".casefold()
]
st.caption(f"{len(found)} of {len(catalogue.programmes)}")
if not found:
    st.info("No programme has all of these. Widen the filter.", icon=":material/filter_alt_off:")
for programme in found:
    with st.container(border=True):
        st.markdown(f"#### {inert_markdown(programme.name)}")
        components.text(programme.summary.value or "")
        strands = ", ".join(strand.name for strand in programme.strands)
        components.caption(f"{' and '.join(programme.periods)}. Strands: {strands}.")
        components.programme_link(programme, f"All facts on {programme.acronym}")
