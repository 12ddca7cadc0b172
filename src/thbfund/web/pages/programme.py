"""One programme, linkable by `?id=`."""

import streamlit as st

from thbfund.web import programme_view, resources

catalogue = resources.catalogue()
names = {key: programme.name for key, programme in catalogue.programmes.items()}

chosen = st.selectbox(
    "Programme", list(names), format_func=names.__getitem__, key="id", bind="query-params", help="Type to search."
)
programme_view.show(catalogue.programmes[chosen], catalogue)
