"""What to mend in the catalogue, the most useful first; for staff."""

import streamlit as st

from thbfund.web.staff import worklist_view
from thbfund.web.staff.gate import staff_page

st.title("Worklist")
staff_page(worklist_view.show)
