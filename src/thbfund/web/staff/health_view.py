"""What is wrong with the catalogue's files as they are now, for staff."""

import streamlit as st

from thbfund.input.problems import InputError
from thbfund.staff.saving import Editor
from thbfund.web import resources


def show(_: Editor) -> None:
    """Draw the state of the catalogue, and the problems that keep its newest files from being served."""
    now = resources.condition()
    if now.problems:
        found = f" Found on {now.since:%d %b %Y at %H:%M} UTC." if now.since else ""
        st.error(f"The files have errors: {_served_instead()}.{found}", icon=":material/error:")
        st.code("\n".join(map(str, now.problems)), language=None, wrap_lines=True)
        st.write("Mend them, or take the last change back; the app reads the files again by itself.")
        return
    catalogue = resources.catalogue()
    st.success(
        f"The app serves the files as they are: {len(catalogue.programmes)} programmes, "
        f"catalogue {catalogue.fingerprint[:12]}.",
        icon=":material/check_circle:",
    )


def _served_instead() -> str:
    """What visitors see while the files are broken."""
    try:
        served = resources.shared_matcher().catalogue
    except InputError:
        return "the app has nothing to serve, for it has read no good state since it started"
    return f"the app serves their last good state, catalogue {served.fingerprint[:12]}"
