"""All facts on one programme on screen, each with its source and the day it was checked."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.evidence import FundedProject
from thbfund.catalogue.facts import Fact
from thbfund.catalogue.model import (
    Admittance,
    Consortium,
    PlaceAdmission,
    Programme,
    Span,
    Strand,
    TypeAdmission,
)
from thbfund.catalogue.vocabulary import Vocabularies, country_name
from thbfund.lineage import lineage_of
from thbfund.report.inert import inert_markdown, markdown_link
from thbfund.rules.conditions import ROLES, Conditions
from thbfund.rules.consortium import consortium_in_words
from thbfund.rules.outcome import Condition
from thbfund.rules.wording import euro, percent, places_in_words, sentence, span_of, types_in_words
from thbfund.web import components, guidance_view, lineage_view
from thbfund.web.components import Proof

_LABEL_DOUBTS = {
    "stated": None,
    "inferred": "no source names the programme; it follows from the call, the period or the country",
    "unknown": "the EU paid, but no source names the programme",
}


def show(programme: Programme, catalogue: Catalogue, on: date) -> None:
    """Draw the whole page, as on a day."""
    proof = Proof(programme, programme.sources, on)
    _head(programme, proof)
    for strand in programme.strands:
        _strand(programme, strand, catalogue, proof)
    lineage_view.show(lineage_of(programme, catalogue), on)
    _money_and_law(programme, proof)
    _projects([project for project in catalogue.evidence if project.programme == programme.id])


def _head(programme: Programme, proof: Proof) -> None:
    st.title(inert_markdown(programme.name))
    _fact("", programme.summary, proof, str)
    if programme.official_page.value:
        st.link_button("Official page", programme.official_page.value, icon=":material/open_in_new:")
        st.markdown(proof.of(programme.official_page))
    with st.expander("Time and forerunner"):
        _fact("In force", programme.in_force, proof, _span)
        _fact("Came after", programme.predecessors, proof, _predecessors, "predecessors")


def _money_and_law(programme: Programme, proof: Proof) -> None:
    st.header("Budget")
    for line in programme.budget:
        amount = "Not known." if line.amount_eur is None else f"{euro(line.amount_eur)}."
        title = sentence(line.label).removesuffix(".")
        components.named(title, amount, proof.of(line, euro))
    st.header("Legal basis")
    for act in programme.legal_basis:
        celex = f" (CELEX {act.celex})" if act.celex else ""
        role = sentence(act.role)
        components.named(f"{act.act}{celex}", role, proof.of(act, field="legal_basis"))


def _projects(paid: Sequence[FundedProject]) -> None:
    st.header("Projects it paid for")
    if not paid:
        st.write("None on record. That does not mean that there were none.")
        return
    st.write(f"{len(paid)} of them, as examples: neither a full list nor a sample that stands for all.")
    for project in paid:
        with st.expander(inert_markdown(f"{project.acronym}: {project.title}" if project.acronym else project.title)):
            components.text(project.summary)
            components.named("Years", sentence(project.years or "not known"))
            countries = ", ".join(map(country_name, project.countries))
            components.named("Countries", sentence(countries or "not known"))
            components.named("EU grant", "Not known." if project.grant_eur is None else f"{euro(project.grant_eur)}.")
            st.markdown(
                components.evidence_line(
                    _LABEL_DOUBTS[project.label_basis],
                    None,
                    [markdown_link(urlsplit(project.source_url).hostname or "page", project.source_url)],
                    project.checked_on,
                )
            )


def _strand(programme: Programme, strand: Strand, catalogue: Catalogue, proof: Proof) -> None:
    vocabularies = catalogue.vocabularies
    st.header(inert_markdown(strand.name))
    _fact("", strand.objectives, proof, str)
    with st.expander("What it pays for", expanded=True):
        components.bullets(strand.actions.value or ())
        st.markdown(proof.of(strand.actions, "; ".join))
        if strand.not_funded and strand.not_funded.value:
            st.markdown("**Not funded**")
            components.bullets(strand.not_funded.value)
            st.markdown(proof.of(strand.not_funded, "; ".join))
    with st.expander("How to apply"):
        _fact("", strand.how_to_apply, proof, str)
        _fact("Route", strand.route, proof, lambda key: vocabularies.label("routes", key))
        _fact("Run by", strand.managing_body, proof, str)
        _fact("Management mode", strand.management_mode, proof, str)
    if programme.is_in_force(proof.on):
        with st.expander(guidance_view.TITLE):
            guidance_view.show_strand(programme, strand, catalogue, proof.on)
    with st.expander("Conditions of eligibility"):
        _conditions(Conditions(programme, strand, proof.on), catalogue.vocabularies)
    with st.expander("Relevance for the EU's priorities: our judgement, not the EU's"):
        _relevance(strand, catalogue)


def _relevance(strand: Strand, catalogue: Catalogue) -> None:
    label = catalogue.vocabularies.label
    groups = ", ".join(components.tag_link(label("target_groups", tag), tag) for tag in strand.tags.target_groups)
    st.markdown(f"**People served.** {groups}.")
    lines = []
    for priority, grade in strand.relevance.items():
        name = components.tag_link(f"{label('priorities', priority)} ({priority})", priority)
        lines.append(f"- **{name}: {grade.grade} of 3.** {inert_markdown(sentence(grade.reason))}")
    st.markdown("\n".join(lines))


def _conditions(found: Conditions, vocabularies: Vocabularies) -> None:
    def types(value: TypeAdmission) -> str:
        return _with_others(types_in_words(value, vocabularies), value.others)

    def places(value: PlaceAdmission) -> str:
        return _with_others(places_in_words(value, vocabularies), value.others)

    def consortium(value: Consortium) -> str:
        return consortium_in_words(value, vocabularies)

    for role in ROLES:
        as_role = f"as {role.replace('_', '-')}"
        _condition(f"Types, {as_role}", found.applicant_types(role), types)
        _condition(f"Countries, {as_role}", found.countries(role), places)
    _condition("Place of work", found.of("place_of_action"), places)
    _condition("Consortium", found.of("consortium"), consortium)
    _condition("EU share", found.of("eu_rate"), lambda value: f"at most {percent(value)} of the eligible costs")
    _condition("Grant", found.of("grant"), lambda value: span_of(value.min_eur, value.max_eur, euro))
    _condition("Duration", found.of("duration"), lambda value: span_of(value.min_months, value.max_months, _months))
    for item, basis in found.also_check():
        components.named("Also check", item.text, components.basis_line(basis))


def _with_others(said: str, others: Admittance) -> str:
    """Add what holds for every type or country that is not listed; where none is listed, nothing else is said."""
    rest = {
        "open": "all others too" if said else "all",
        "depends": "all others depend on the call" if said else "depends on the call",
        "closed": "no others" if said else "none",
        "unknown": "" if said else "not known",
    }[others]
    return "; ".join(part for part in (said, rest) if part)


def _condition(title: str, found: Condition | None, words: Callable[[Any], str]) -> None:
    if found is None:
        return
    said = words(found.value) if found.value is not None else "not known"
    others = [components.dispute_line(words(other.value), components.basis_line(other.basis)) for other in found.others]
    components.named(title, sentence(said), "  \n".join([components.basis_line(found.basis), *others]))


def _fact(title: str, found: Fact[Any], proof: Proof, words: Callable[[Any], str], field: str = "") -> None:
    said = "not known" if found.value is None else words(found.value)
    components.named(title, sentence(said), proof.of(found, words, field))


def _predecessors(names: Sequence[str]) -> str:
    return ", ".join(names) or "nothing on record"


def _span(span: Span) -> str:
    return f"{span.starts_on} to {span.ends_on or 'no end known'}"


def _months(number: float) -> str:
    return f"{number:.0f} months"
