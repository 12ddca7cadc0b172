"""All facts on one programme on screen, each with its source and the day it was checked."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.facts import Fact
from thbfund.catalogue.model import Consortium, Programme, Span, Strand
from thbfund.report.inert import inert_markdown
from thbfund.rules.conditions import ROLES, Conditions
from thbfund.rules.consortium import consortium_in_words
from thbfund.rules.outcome import Basis, Condition
from thbfund.rules.wording import euro, percent, places_in_words, span_of, types_in_words
from thbfund.web import components


def show(programme: Programme, catalogue: Catalogue) -> None:
    """Draw the whole page."""
    _head(programme, catalogue)
    for strand in programme.strands:
        _strand(programme, strand, catalogue)
    _money_and_law(programme)


def _head(programme: Programme, catalogue: Catalogue) -> None:
    st.title(programme.name)
    _fact("", programme.summary, programme, str)
    if programme.official_page.value:
        st.link_button("Official page", programme.official_page.value, icon=":material/open_in_new:")
        components.evidence(programme.official_page, programme.sources)
    _fact("In force", programme.in_force, programme, _span)
    _fact("Came after", programme.predecessors, programme, lambda names: ", ".join(names) or "nothing on record")
    _fact("Followed by", programme.successor, programme, lambda key: catalogue.programmes[key].name)
    if programme.successor.value:
        components.programme_link(catalogue.programmes[programme.successor.value], "Go to the successor")


def _money_and_law(programme: Programme) -> None:
    st.header("Budget")
    for line in programme.budget:
        amount = "not known" if line.amount_eur is None else euro(line.amount_eur)
        components.text(f"{line.label}: {amount}")
        components.evidence(line, programme.sources)
    st.header("Legal basis")
    for act in programme.legal_basis:
        celex = f" (CELEX {act.celex})" if act.celex else ""
        components.text(f"{act.act}{celex}: {act.role}")
        components.evidence(act, programme.sources)


def _strand(programme: Programme, strand: Strand, catalogue: Catalogue) -> None:
    vocabularies = catalogue.vocabularies
    st.header(strand.name)
    _fact("", strand.objectives, programme, str)
    with st.expander("What it pays for", expanded=True):
        components.bullets(strand.actions.value or ())
        components.evidence(strand.actions, programme.sources)
        if strand.not_funded and strand.not_funded.value:
            st.markdown("**Not funded**")
            components.bullets(strand.not_funded.value)
            components.evidence(strand.not_funded, programme.sources)
    with st.expander("How to apply"):
        _fact("", strand.how_to_apply, programme, str)
        _fact("Route", strand.route, programme, lambda key: vocabularies.label("routes", key))
        _fact("Run by", strand.managing_body, programme, str)
        _fact("Management mode", strand.management_mode, programme, str)
    with st.expander("Conditions of eligibility"):
        _conditions(programme, strand, catalogue)
    with st.expander("Relevance for the EU's priorities: our judgement, not the EU's"):
        _relevance(strand, catalogue)


def _relevance(strand: Strand, catalogue: Catalogue) -> None:
    groups = ", ".join(catalogue.vocabularies.label("target_groups", tag) for tag in strand.tags.target_groups)
    components.text(f"People served: {groups}.")
    rows = [
        {
            "Priority": f"{priority}: {catalogue.vocabularies.label('priorities', priority)}",
            "Grade": f"{grade.grade} of 3",
            "Reason": grade.reason,
        }
        for priority, grade in strand.relevance.items()
    ]
    components.table(rows, f"Relevance grades of {strand.name}")


def _conditions(programme: Programme, strand: Strand, catalogue: Catalogue) -> None:
    found, vocabularies = Conditions(programme, strand), catalogue.vocabularies
    for role in ROLES:
        as_role = f"as {role.replace('_', '-')}"
        _condition(f"Types, {as_role}", found.applicant_types(role), lambda value: types_in_words(value, vocabularies))
        _condition(f"Countries, {as_role}", found.countries(role), lambda value: places_in_words(value, vocabularies))
    _condition("Place of work", found.of("place_of_action"), lambda value: places_in_words(value, vocabularies))

    def consortium(value: Consortium) -> str:
        return consortium_in_words(value, vocabularies)

    _condition("Consortium", found.of("consortium"), consortium)
    _condition("EU share", found.of("eu_rate"), lambda value: f"at most {percent(value)} of the eligible costs")
    _condition("Grant", found.of("grant"), lambda value: span_of(value.min_eur, value.max_eur, euro))
    _condition("Duration", found.of("duration"), lambda value: span_of(value.min_months, value.max_months, _months))
    for item, basis in found.also_check():
        components.text(f"Also check: {item.text}")
        _source(basis)


def _condition(title: str, found: Condition | None, words: Callable[[Any], str]) -> None:
    if found is None:
        return
    components.text(f"{title}: {words(found.value) if found.value is not None else 'not known'}")
    _source(found.basis)


def _source(basis: Basis) -> None:
    parts = [components.link(basis.source, basis.url)] if basis.source else []
    if basis.checked_on:
        parts.append(f"checked on {basis.checked_on}")
    if basis.unverified:
        parts.append(f"not confirmed: {inert_markdown(basis.unverified)}")
    if basis.by_call:
        parts.append("each call may set another value")
    st.caption("; ".join(parts))


def _fact(title: str, found: Fact[Any], programme: Programme, words: Callable[[Any], str]) -> None:
    said = "not known" if found.value is None else words(found.value)
    if found.value is None and found.note:
        said = found.note
    components.text(f"{title}: {said}" if title else said)
    components.evidence(found, programme.sources)


def _span(span: Span) -> str:
    return f"{span.starts_on} to {span.ends_on or 'no end known'}"


def _months(number: float) -> str:
    return f"{number:.0f} months"
