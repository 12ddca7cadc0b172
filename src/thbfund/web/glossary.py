"""Words of the field explained where they stand: a help text for one, and a folded list for those of a page.

Only texts of the app come here, never text of a user: what she writes is not ours to explain.
"""

import re
from collections.abc import Iterable, Sequence

import streamlit as st

from thbfund.catalogue.policy import GlossaryTerm
from thbfund.report.inert import inert_markdown, markdown_link
from thbfund.rules.wording import sentence
from thbfund.web import resources
from thbfund.web.speech import _

_BRACKETS = re.compile(r"\s*\(.*\)|,.*")  # "Lead or coordinator", "Regranting, cascade funding": the first name counts


def terms_in(text: str, glossary: Iterable[GlossaryTerm]) -> list[GlossaryTerm]:
    """The terms that a text of the interface uses, in the order in which they first stand in it.

    Whole words count, in singular or plural, whatever their case; of two terms at one place the longer one counts.
    """
    names = {name.casefold(): one for one in glossary for name in _names(one.term)}
    if not names:
        return []
    longest_first = sorted(names, key=len, reverse=True)
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, longest_first))})s?\b", re.IGNORECASE)
    return list(
        {names[found[1].casefold()].id: names[found[1].casefold()] for found in pattern.finditer(text)}.values()
    )


def _names(term: str) -> list[str]:
    return [part.strip() for part in _BRACKETS.sub("", term).split(" or ") if part.strip()]


def term(key: str) -> str | None:
    """The meaning of a term with a link to it, for the `help=` of a widget or heading; None for no term."""
    found = next((one for one in resources.catalogue().policy.glossary if one.id == key), None)
    return _help(found) if found else None


def terms(keys: Iterable[str]) -> str | None:
    """The meanings of several terms, for the `help=` of labels that stand in one line; None for no term."""
    known = {one.id: one for one in resources.catalogue().policy.glossary}
    found = [known[key] for key in keys if key in known]
    return "\n\n".join(_line(one) for one in found) or None


def show_words(keys: Sequence[str], texts: Iterable[str] = ()) -> None:
    """Draw, folded, what the words of a page mean: the terms named by `keys`, then those found in its own texts."""
    glossary = resources.catalogue().policy.glossary
    known = {one.id: one for one in glossary}
    found = {key: known[key] for key in keys if key in known}
    found |= {one.id: one for text in texts for one in terms_in(text, glossary)}
    if not found:
        return
    with st.expander(_("Words on this page"), icon=":material/menu_book:", key="words_on_this_page"):
        st.markdown("\n".join(f"- {_line(one)}" for one in found.values()))


def _line(one: GlossaryTerm) -> str:
    return f"**{inert_markdown(one.term)}.** {_help(one)}"


def _help(one: GlossaryTerm) -> str:
    more = markdown_link(_("All words"), f"policy?part=glossary#{one.id}")
    return f"{inert_markdown(sentence(one.meaning))} {more}"
