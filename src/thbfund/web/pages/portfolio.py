"""A portfolio: many projects from a table, by priority, people served, programme and gap."""

import streamlit as st

from thbfund.web import portfolio_view, resources
from thbfund.web.guard import guarded
from thbfund.web.speech import _

catalogue = resources.catalogue()

st.title(_("Portfolio"))
st.write(_("Upload a table of projects, and see which priorities, people and programmes they stand for."))
portfolio_view.show_upload()
with guarded("portfolio"):
    portfolio_view.show_found(catalogue)
