"""Describe a project, see the programmes."""

from functools import partial

import streamlit as st

from thbfund.web import (
    asking,
    chips_view,
    components,
    form,
    found,
    link,
    project_file,
    resources,
    results,
    start_view,
    upload_view,
)
from thbfund.web.guard import guarded
from thbfund.web.speech import _

matcher = resources.matcher()

title = _("EU funding against trafficking in human beings")
st.set_page_config(page_title=f"{title} - thbfund")
st.title(title)
st.write(_("Describe your project. See which EU programmes fit, whether you may apply, and why."))

with guarded("start"):
    start_view.show(matcher.catalogue)
with guarded("project file"), st.expander(_("Open a saved project file"), icon=":material/folder_open:"):
    project_file.open_file()
with guarded("link"):
    link.open_shared(matcher.catalogue)
project_file.show_outcome()
upload_view.show_outcome()
form.show(matcher.catalogue)
start_view.show_personal_data(matcher.catalogue)
query = asking.last()
report = found.report_of(query, matcher) if query else None

# On a phone the form fills the screen: say what happened next to the button.
if asking.has_problems():
    st.markdown(f"**{_('Nothing was looked up yet:')}** {_('correct what is marked above.')}")
elif report:
    st.markdown(f"**{_('Done.')}** [{_('Go to the results')}](#{results.ANCHOR})")
components.small(_("What you type stays in your session: not stored, not sent on, not part of any link."))

if query and report:
    with guarded("hints"):
        start_view.show_hints(report)
    with guarded("chips"):
        chips_view.show(report)
    results.show(report, partial(found.parts_of, query, matcher))
    st.button(_("Empty the form and forget the results"), on_click=start_view.start_over, icon=":material/delete:")
