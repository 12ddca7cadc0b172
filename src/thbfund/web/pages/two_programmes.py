"""Two programmes side by side, linkable by `?first=` and `?second=`."""

import streamlit as st

from thbfund.guidance.fit import fit
from thbfund.web import clock, components, fit_view, resources
from thbfund.web.speech import _

catalogue = resources.catalogue()
names = {key: programme.name for key, programme in catalogue.programmes.items()}

st.title(_("Two programmes"))
st.write(_("What to settle before one project, or one organisation, draws on two programmes."))
first = components.linked_choice(_("First programme"), names, "first", _("Choose from the list, or type to search"))
second = components.linked_choice(_("Second programme"), names, "second", _("Choose from the list, or type to search"))
if first and second:
    fit_view.show(fit(catalogue, catalogue.programmes[first], catalogue.programmes[second], clock.today()), catalogue)
