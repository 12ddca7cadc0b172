"""Browse and filter the catalogue."""

import streamlit as st

from thbfund.web import clock, programmes_view, resources
from thbfund.web.speech import _

catalogue = resources.catalogue()  # before the title, for a broken catalogue has a title of its own

st.title(_("Programmes"))
st.write(_("Every programme of the catalogue, ended ones too. Each links to all its facts with their sources."))
programmes_view.show(catalogue, clock.today())
