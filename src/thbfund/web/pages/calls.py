"""The calendar of calls; its filters stand in the link."""

import streamlit as st

from thbfund.web import calendar_view, charts_view, clock, follow_view, resources
from thbfund.web.speech import _

catalogue = resources.catalogue()  # before the title, for a broken catalogue has a title of its own

st.title(_("Calls"))
st.write(
    _(
        "What is open, announced, or may come again, as on {day}. Look at the official page before you plan.",
        day=clock.today(),
    )
)
follow_view.link()
charts_view.show_calls(catalogue, clock.today())
calendar_view.show(catalogue, clock.today())
