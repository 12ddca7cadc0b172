"""The language of the session: `_("Describe your project")` says it to whoever looks at the page."""

from collections.abc import Iterable
from typing import Any

import streamlit as st

from thbfund.catalogue.languages import LANGUAGES
from thbfund.report.inert import inert_markdown
from thbfund.speaking import ENGLISH, Speaker, speaker, unsaid

LANGUAGE = "language"  # key in the session's memory and in the link
_CHOICE = "language_choice"  # of the widget, which Streamlit forgets on another page


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


def spoken(value: Any) -> str:
    """A `Said`, day or number in the reader's language; other text, of the catalogue or the user, as it is."""
    return current().value(value)


def inert(text: str) -> str:
    """The same, with nothing in it that Markdown would act on."""
    return inert_markdown(spoken(text))


def offered() -> list[str]:
    """The languages that can be chosen: English, and those that at least some sentences are translated into."""
    return [code for code in LANGUAGES if unsaid(code).said]


def complete() -> str:
    """The languages into which everything is translated, by their own names; "" where there is none."""
    return _listed(code for code in offered() if code != ENGLISH and unsaid(code).is_complete)


def in_part() -> str:
    """The languages into which some sentences are translated; "" where there is none."""
    return _listed(code for code in offered() if not unsaid(code).is_complete)


def _listed(codes: Iterable[str]) -> str:
    return current().joined([speaker(code).language_name(code) for code in codes], ",")


def own_name(code: str) -> str:
    """A language as it calls itself, with a word where not all is translated; EU pages write these names so."""
    name = speaker(code).language_name(code)
    return name if unsaid(code).is_complete else _("{language} (in part)", language=name)


def language_of(asked: str | None, browsers: str | None) -> str:
    """The language to begin with: that of the link, else that of the browser where all is translated, else English.

    Args:
        asked: what the link names.
        browsers: what the browser prefers, such as `pl-PL`.
    """
    if asked in offered():
        return asked
    wanted = (browsers or ENGLISH).split("-")[0].lower()
    return wanted if wanted in offered() and unsaid(wanted).is_complete else ENGLISH


def settle_language() -> None:
    """Take the language of the link, else the one chosen before, else the one to begin with."""
    asked = st.query_params.get(LANGUAGE)
    if asked in offered() or LANGUAGE not in st.session_state:
        st.session_state[LANGUAGE] = language_of(asked, st.context.locale)


def show_choice() -> None:
    """Draw the choice of language, which also goes into the link; nothing while there is only one."""
    if len(offered()) == 1:
        return
    st.session_state[_CHOICE] = st.session_state[LANGUAGE]
    with st.container(horizontal=True, horizontal_alignment="right"):
        st.selectbox(
            _("Language of this page"),
            offered(),
            format_func=own_name,
            key=_CHOICE,
            on_change=_choose,
            label_visibility="collapsed",
            width=200,
        )
    if not current().is_english:
        st.markdown(f":small[{inert(_('Names and descriptions of programmes and calls are in English.'))}]")


def _choose() -> None:
    st.session_state[LANGUAGE] = st.query_params[LANGUAGE] = st.session_state[_CHOICE]
