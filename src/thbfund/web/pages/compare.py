"""Two to four results side by side, for the project that was described."""

import streamlit as st

from thbfund.web import asking, compare_view, components, found, resources
from thbfund.web.speech import _

matcher = resources.matcher()
query = asking.last()

st.title(_("Compare programmes"))
if query:
    st.write(_("Side by side for your project, differences first."))
    compare_view.show(found.report_of(query, matcher))
else:
    st.info(_("Describe a project first: then fit, verdict and money can be compared for it."), icon=":material/edit:")
    st.page_link(components.MATCH_PAGE, label=_("Describe a project"), icon=":material/arrow_forward:")
    st.page_link(
        components.TWO_PROGRAMMES_PAGE, label=_("Two programmes without a project"), icon=":material/arrow_forward:"
    )
