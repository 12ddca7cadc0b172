"""Who serves what: priorities and target groups against programmes, with the empty cells."""

from typing import get_args

import streamlit as st

from thbfund.catalogue.model import Period
from thbfund.staff.coverage import coverage
from thbfund.web import charts_view, components, coverage_view, resources
from thbfund.web.speech import _

catalogue = resources.catalogue()

st.title(_("Coverage"))
st.write(_("Which programme serves which priority and which people, and where nobody does."))

period = components.linked_choice(_("Period"), {name: name for name in get_args(Period)}, "period", _("All periods"))
found = coverage(catalogue, period or "all")  # type: ignore[arg-type]  # one of the periods, from the list above
charts_view.show_served(catalogue, found.period)
coverage_view.show(found, catalogue)
