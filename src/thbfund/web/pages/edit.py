"""Edit the catalogue: for staff."""

import streamlit as st

from thbfund.web.staff import edit_view
from thbfund.web.staff.gate import staff_page

st.title("Edit the catalogue")
staff_page(edit_view.show)
