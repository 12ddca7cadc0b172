"""Who edits, and how it stands with the files of the catalogue."""

import streamlit as st

from thbfund.web.staff import health_view
from thbfund.web.staff.gate import staff_page

st.title("Staff")
staff_page(health_view.show)
