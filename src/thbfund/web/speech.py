"""The language of the session: `_("Describe your project")` says it to whoever looks at the page."""

from typing import Any

import streamlit as st

from thbfund.speaking import ENGLISH, Speaker, speaker

LANGUAGE = "language"  # key in the session's memory and in the link


def current() -> Speaker:
    """The speaker of the language that the reader chose."""
    return speaker(st.session_state.get(LANGUAGE, ENGLISH))


def _(text: str, /, **values: Any) -> str:
    """Say a literal template, or a `Said` of the core, in the reader's language.

    Text from the catalogue or the user must not come here: it is no template.
    """
    return current()(text, **values)


def counted(one: str, many: str, n: int, /, **values: Any) -> str:
    """Say how many: `counted("{n} programme", "{n} programmes", len(found))`."""
    return current().count(one, many, n, **values)
