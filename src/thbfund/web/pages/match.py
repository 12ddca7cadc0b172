"""Describe a project, see the programmes."""

import streamlit as st

from thbfund.web import form, resources, results

matcher = resources.matcher()

st.title("EU funding against human trafficking")
st.write("Describe your project. See which EU programmes fit, whether you may apply, and why.")

with st.container(horizontal=True):
    for example in resources.examples(matcher.catalogue):
        st.button(f"Example: {example.title}", on_click=form.fill, args=(example,), icon=":material/lightbulb:")

query = form.show(matcher.catalogue)
st.caption("What you type stays in this browser session. It is not stored, not sent on, and not part of any link.")

if query:
    results.show(matcher.match(query.project, query.on, query.period))
