"""Words of the field explained where they stand: a help text for one, and a folded list for those of a page."""

from collections.abc import Iterable

import streamlit as st

from thbfund.catalogue.policy import GlossaryTerm
from thbfund.report.inert import inert_markdown, markdown_link
from thbfund.rules.wording import sentence
from thbfund.web import resources
from thbfund.web.speech import _


def term(key: str) -> str | None:
    """The meaning of a term with a link to it, for the `help=` of a widget or heading; None for no term."""
    return next(map(_help, _known([key])), None)


def terms(keys: Iterable[str]) -> str | None:
    """The meanings of several terms, for the `help=` of labels that stand in one line; None for no term."""
    return "\n\n".join(map(_line, _known(keys))) or None


def show_words(keys: Iterable[str]) -> None:
    """Draw, folded, what the words of a page mean: the terms named by `keys`."""
    found = _known(keys)
    if not found:
        return
    with st.expander(_("Words on this page"), icon=":material/menu_book:", key="words_on_this_page"):
        st.markdown("\n".join(f"- {_line(one)}" for one in found))


def _known(keys: Iterable[str]) -> list[GlossaryTerm]:
    known = {one.id: one for one in resources.catalogue().policy.glossary}
    return [known[key] for key in keys if key in known]


def _line(one: GlossaryTerm) -> str:
    return f"**{inert_markdown(one.term)}.** {_help(one)}"


def _help(one: GlossaryTerm) -> str:
    more = markdown_link(_("All words"), f"policy?part=glossary#{one.id}")
    return f"{inert_markdown(sentence(one.meaning))} {more}"
