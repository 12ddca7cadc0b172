"""What is wrong with the catalogue's files as they are now, for staff."""

import streamlit as st

from thbfund.staff.saving import Editor
from thbfund.web import resources


def show(_: Editor) -> None:
    """Draw the state of the catalogue, and the problems that keep its newest files from being served."""
    now = resources.condition()
    if not now.problems:
        catalogue = resources.catalogue()
        st.success(
            f"The app serves the files as they are: {len(catalogue.programmes)} programmes, "
            f"catalogue {catalogue.fingerprint[:12]}.",
            icon=":material/check_circle:",
        )
        return
    since = f" since {now.since:%d %b %Y %H:%M} UTC" if now.since else ""
    st.error(f"The files have errors: the app serves their last good state{since}.", icon=":material/error:")
    st.code("\n".join(map(str, now.problems)), language=None, wrap_lines=True)
