"""All parts of one tag on screen, and the list of all tags: what a priority, an article or a target group means."""

import re
from collections.abc import Iterable, Mapping

import streamlit as st

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.vocabulary import POLICY_TEXTS, TAGS, Entry, Vocabulary
from thbfund.report.inert import inert_markdown
from thbfund.rules.wording import sentence
from thbfund.said import labelled
from thbfund.web import components
from thbfund.web.speech import _

_ID_IN_A_TEXT = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b")
_FACETS = {"priorities": "priority", "target_groups": "group", "activities": "activity"}  # filters of the list
_COUNTED = ("priorities", "target_groups")  # what the page on coverage counts programmes for


def names_of(catalogue: Catalogue) -> Mapping[str, str]:
    """All tags by id, in the order of the vocabularies, with the names to show."""
    return {
        entry.id: _name(vocabulary, entry) for vocabulary in _vocabularies(catalogue) for entry in vocabulary.entries
    }


def show_list(catalogue: Catalogue) -> None:
    """Draw all tags, each with its definition and a link to its parts."""
    for vocabulary in _vocabularies(catalogue):
        with st.expander(f"{inert_markdown(vocabulary.title)} ({len(vocabulary.entries)})"):
            components.text(vocabulary.description)
            lines = (
                f"- **{components.tag_link(_name(vocabulary, entry), entry.id)}.** {inert_markdown(entry.definition)}"
                for entry in vocabulary.entries
            )
            st.markdown("\n".join(lines))


def show(tag: str, catalogue: Catalogue) -> None:
    """Draw one tag."""
    names = names_of(catalogue)
    vocabulary = next(one for one in _vocabularies(catalogue) if tag in {entry.id for entry in one.entries})
    entry = vocabulary[tag]
    st.title(inert_markdown(names[tag]))
    components.small(vocabulary.title)
    components.text(_readable(entry.definition, names))
    if entry.clause:
        components.named(_("Where it stands"), sentence(entry.clause))
    st.markdown(components.evidence(entry, vocabulary.sources))
    _list(_("What belongs to it"), entry.includes, names)
    _list(_("What is easily mistaken for it"), entry.excludes, names)
    _list(_("Examples, invented"), entry.examples, names)
    _links(_("Counterparts"), entry.counterparts, names)
    _links(_("Priorities that it serves"), entry.serves, names)
    _links(_("Articles that it helps to meet"), entry.articles, names)
    _links(_("Tags that serve it"), _serving(tag, catalogue), names)
    if facet := _FACETS.get(vocabulary.id):
        st.page_link(
            components.PROGRAMMES_PAGE,
            label=_("Programmes with this tag"),
            icon=":material/list:",
            query_params={facet: tag},
        )
    if vocabulary.id in _COUNTED:
        st.page_link(components.COVERAGE_PAGE, label=_("Which programmes serve it"), icon=":material/arrow_forward:")


def _vocabularies(catalogue: Catalogue) -> list[Vocabulary]:
    found = catalogue.vocabularies.by_id
    return [found[name] for name in TAGS if name in found]


def _name(vocabulary: Vocabulary, entry: Entry) -> str:
    """People quote priorities and articles by their id; the ids of the others say no more than the label."""
    label = _(entry.label)
    return _(labelled(entry.id, label)) if vocabulary.id in POLICY_TEXTS else label


def _serving(tag: str, catalogue: Catalogue) -> list[str]:
    entries = [entry for vocabulary in _vocabularies(catalogue) for entry in vocabulary.entries]
    return [entry.id for entry in entries if tag in entry.serves or tag in entry.articles]


def _readable(text: str, names: Mapping[str, str]) -> str:
    """Put names where a text names other tags by ids that only the files use."""
    return _ID_IN_A_TEXT.sub(lambda found: f"“{names[found[0]]}”" if found[0] in names else found[0], text)


def _list(title: str, texts: Iterable[str], names: Mapping[str, str]) -> None:
    if texts:
        st.header(title)
        components.bullets(_readable(text, names) for text in texts)


def _links(title: str, tags: Iterable[str], names: Mapping[str, str]) -> None:
    if tags:
        st.header(title)
        components.small(_("Our mapping, not the EU's."))
        st.markdown("\n".join(f"- {components.tag_link(names[tag], tag)}" for tag in tags))
