"""Describe a project, see the programmes."""

from functools import partial

import streamlit as st

from thbfund.report.inert import inert_markdown
from thbfund.web import asking, components, form, found, resources, results

matcher = resources.matcher()

st.title("EU funding against trafficking")
st.write("Describe your project. See which EU programmes fit, whether you may apply, and why.")

with st.container(horizontal=True):
    for example in resources.examples(matcher.catalogue):
        st.button(
            f"Example: {inert_markdown(example.title or example.summary[:40])}",
            on_click=asking.ask_about,
            args=(example, matcher.catalogue),
            icon=":material/lightbulb:",
        )

form.show(matcher.catalogue)
query = asking.last()
report = found.report_of(query, matcher) if query else None

# On a phone the form fills the screen: say what happened next to the button.
if asking.has_problems():
    st.markdown("**Nothing was looked up yet:** correct what is marked above.")
elif report:
    st.markdown(f"**Done.** [Go to the results](#{results.ANCHOR})")
components.small("What you type stays in your session: not stored, not sent on, not part of any link.")

if query and report:
    results.show(report, partial(found.parts_of, query, matcher))
    st.button("Empty the form and forget the results", on_click=asking.forget, icon=":material/delete:")
