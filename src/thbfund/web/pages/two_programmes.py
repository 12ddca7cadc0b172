"""Two programmes side by side, linkable by `?first=` and `?second=`."""

import streamlit as st

from thbfund.guidance.fit import fit
from thbfund.web import asking, components, fit_view, resources

catalogue = resources.catalogue()
names = {key: programme.name for key, programme in catalogue.programmes.items()}

st.title("Two programmes")
st.write("What to settle before one project, or one organisation, draws on two programmes.")
first = components.linked_choice("First programme", names, "first", "Choose a programme, or type to search")
second = components.linked_choice("Second programme", names, "second", "Choose a programme, or type to search")
if first and second:
    fit_view.show(fit(catalogue, catalogue.programmes[first], catalogue.programmes[second], asking.today()), catalogue)
