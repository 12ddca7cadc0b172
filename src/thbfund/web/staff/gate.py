"""The door to a page of staff: who may is let in, who has not signed in is asked to, anybody else is told no."""

import os
from collections.abc import Callable

import streamlit as st
from streamlit.errors import StreamlitAuthError

from thbfund.report.inert import inert_markdown
from thbfund.staff.saving import Editor
from thbfund.web.staff.permission import editor, staff_of


def staff_page(show: Callable[[Editor], None]) -> None:
    """Draw a page for the editor who asks for it, or say why not."""
    found = editor()
    if found:
        st.markdown(f":small[You edit as **{inert_markdown(found.name)}** {inert_markdown(found.email)}.]")
        if st.user.get("is_logged_in"):
            st.button("Sign out", on_click=st.logout, icon=":material/logout:")
        show(found)
    elif st.user.get("is_logged_in"):
        st.error("You are signed in, but may not edit, or your sign-in has run out.", icon=":material/block:")
        st.write("Sign in anew, or ask whoever runs this app to add you to the staff.")
        st.button("Sign out", on_click=st.logout, icon=":material/logout:")
    elif staff_of(os.environ).here:
        st.error("Only a browser on the machine that runs the app may edit, without a proxy.", icon=":material/block:")
    else:
        st.write("These pages are for those who keep the catalogue.")
        st.button("Sign in", on_click=_sign_in, type="primary", icon=":material/login:")


def _sign_in() -> None:
    try:
        st.login()
    except StreamlitAuthError:
        st.error("Sign-in is not set up: the README says what `secrets.toml` needs under `[auth]`.")
