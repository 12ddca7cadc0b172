"""All facts on one programme on screen, each with its source and the day it was checked."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import streamlit as st

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.facts import Fact
from thbfund.catalogue.model import (
    ActivityCondition,
    Consortium,
    PlaceAdmission,
    Programme,
    RequiredPartner,
    Span,
    Strand,
    TargetGroupCondition,
    TypeAdmission,
)
from thbfund.catalogue.vocabulary import Vocabularies
from thbfund.lineage import lineage_of
from thbfund.report.inert import inert_markdown, markdown_link
from thbfund.rules.conditions import ROLES, Conditions
from thbfund.rules.consortium import consortium_in_words, required_in_words
from thbfund.rules.outcome import Condition
from thbfund.rules.subject import activity_in_words, target_group_in_words
from thbfund.rules.wording import (
    euro,
    percent,
    places_in_words,
    sentence,
    span_of,
    types_in_words,
    with_no_others,
)
from thbfund.said import labelled, say
from thbfund.web import (
    asking,
    calendar_view,
    charts_view,
    components,
    funded_view,
    glossary,
    guidance_view,
    lineage_view,
    report_mistake_view,
)
from thbfund.web.components import Proof
from thbfund.web.speech import _, counted

_WORDS = ("strand", "route", "management-mode", "lead", "partner", "associated-partner", "sub-grantee", "consortium",
          "eu-rate", "eligible-costs", "relevance-grade", "unverified", "checked-on", "expected-call")  # fmt: skip

_AS_ROLE = {
    "lead": say("as lead"),
    "partner": say("as partner"),
    "associated": say("as associated partner"),
    "sub_grantee": say("as sub-grantee"),
}


def show(programme: Programme, catalogue: Catalogue, on: date) -> None:
    """Draw the whole page, as on a day."""
    proof = Proof(programme, programme.sources, on, dated=True)
    _head(programme, proof)
    charts_view.show_map(programme, catalogue, on)
    st.header(_("Calls"), anchor="calls")
    calendar_view.show_programme(programme.id, catalogue, on)
    for strand in programme.strands:
        _strand(programme, strand, catalogue, proof)
    lineage_view.show(lineage_of(programme, catalogue), on)
    _money_and_law(programme, proof)
    funded_view.show(programme.id, catalogue)
    glossary.show_words(_WORDS)
    _doors(programme)


def _head(programme: Programme, proof: Proof) -> None:
    st.title(inert_markdown(programme.name))
    _jump(programme)
    _fact("", programme.summary, proof, str)
    _fact(_("In force"), programme.in_force, proof, _span)
    _doors(programme)
    if programme.official_page.value:
        st.link_button(_("Official page"), programme.official_page.value, icon=":material/open_in_new:")
        st.markdown(proof.of(programme.official_page))


def _doors(programme: Programme) -> None:
    """Where one goes from here; at the top and at the end of a long page."""
    with st.container(horizontal=True):
        label = _("Back to your results") if asking.last() else _("Match my project against this")
        st.page_link(components.MATCH_PAGE, label=label, icon=":material/search:")
        report_mistake_view.link(programme.id)


def _jump(programme: Programme) -> None:
    """The parts of the page; within the page, so that the session stays."""
    parts = [
        (_("Calls"), "calls"),
        *((strand.name, strand.id) for strand in programme.strands),
        (_("Before and after"), "before-and-after"),
        (_("Budget and legal basis"), "budget"),
        (_("Projects it paid for"), "projects"),
    ]
    st.markdown(f"**{_('On this page:')}** " + " · ".join(markdown_link(name, f"#{anchor}") for name, anchor in parts))


def _money_and_law(programme: Programme, proof: Proof) -> None:
    st.header(_("Budget and legal basis"), anchor="budget")
    with st.expander(_("Budget"), icon=":material/euro:"):
        for line in programme.budget:
            amount = _("Not known.") if line.amount_eur is None else sentence(euro(line.amount_eur))
            title = sentence(line.label).removesuffix(".")
            components.named(title, amount, proof.of(line, euro))
    with st.expander(_("Legal basis"), icon=":material/gavel:"):
        for act in programme.legal_basis:
            celex = f" (CELEX {act.celex})" if act.celex else ""
            components.named(f"{act.act}{celex}", sentence(act.role), proof.of(act, field="legal_basis"))


def _strand(programme: Programme, strand: Strand, catalogue: Catalogue, proof: Proof) -> None:
    """A part of the programme; of several, all are folded, so that a phone shows what parts there are."""
    vocabularies = catalogue.vocabularies
    st.header(inert_markdown(strand.name), anchor=strand.id)
    _fact("", strand.objectives, proof, str)
    with st.expander(_("What it pays for"), expanded=len(programme.strands) == 1, icon=":material/payments:"):
        components.bullets(strand.actions.value or ())
        st.markdown(proof.of(strand.actions, "; ".join))
        if strand.not_funded and strand.not_funded.value:
            st.markdown(f"**{_('Not funded')}**")
            components.bullets(strand.not_funded.value)
            st.markdown(proof.of(strand.not_funded, "; ".join))
    with st.expander(_("How to apply"), icon=":material/assignment:"):
        _fact("", strand.how_to_apply, proof, str)
        _fact(_("Way to apply"), strand.route, proof, lambda key: vocabularies.label("routes", key))
        _fact(_("Run by"), strand.managing_body, proof, str)
        _fact(_("Management mode"), strand.management_mode, proof, str)
    if programme.is_in_force(proof.on):
        with st.expander(_("Before you apply, whom to ask, ways in"), icon=":material/checklist:"):
            guidance_view.show_strand(programme, strand, catalogue, proof.on)
    with st.expander(_("Conditions of eligibility"), icon=":material/rule:"):
        _conditions(Conditions(programme, strand, proof.on), catalogue.vocabularies)
    with st.expander(_("Relevance for the EU's priorities: our judgement, not the EU's"), icon=":material/sell:"):
        _relevance(strand, catalogue)


def _relevance(strand: Strand, catalogue: Catalogue) -> None:
    label = catalogue.vocabularies.label
    groups = ", ".join(components.tag_link(_(label("target_groups", tag)), tag) for tag in strand.tags.target_groups)
    st.markdown(f"**{_('People served')}.** {groups}.")
    lines = []
    for priority, grade in strand.relevance.items():
        name = components.tag_link(f"{_(label('priorities', priority))} ({priority})", priority)
        said = inert_markdown(_("{grade} of 3", grade=grade.grade))
        lines.append(f"- **{_(labelled(name, said))}.** {inert_markdown(sentence(grade.reason))}")
    st.markdown("\n".join(lines))


def _conditions(found: Conditions, vocabularies: Vocabularies) -> None:
    def types(value: TypeAdmission) -> str:
        return with_no_others(types_in_words(value, vocabularies), value.others)

    def places(value: PlaceAdmission) -> str:
        return with_no_others(places_in_words(value, vocabularies), value.others)

    def consortium(value: Consortium) -> str:
        return consortium_in_words(value, vocabularies)

    def required(value: Sequence[RequiredPartner]) -> str:
        return required_in_words(value, vocabularies)

    def served(value: TargetGroupCondition) -> str:
        return target_group_in_words(value, vocabularies)

    def done(value: ActivityCondition) -> str:
        return activity_in_words(value, vocabularies)

    for role in ROLES:
        as_role = _(_AS_ROLE[role])
        _condition(_("Types, {as_role}", as_role=as_role), found.applicant_types(role), types)
        _condition(_("Countries, {as_role}", as_role=as_role), found.countries(role), places)
    _condition(_("Place of work"), found.of("place_of_action"), places)
    _condition(_("Consortium"), found.of("consortium"), consortium)
    _condition(_("Required kinds of partner"), found.of("required_partners"), required)
    _condition(_("People served"), found.of("target_group"), served)
    _condition(_("Kind of activity"), found.of("activity"), done)
    _condition(_("EU share"), found.of("eu_rate"), _at_most)
    _condition(_("Grant"), found.of("grant"), lambda value: span_of(value.min_eur, value.max_eur, euro))
    _condition(_("Duration"), found.of("duration"), lambda value: span_of(value.min_months, value.max_months, _months))
    for item, basis in found.also_check():
        components.named(_("Also check"), item.text, components.basis_line(basis))


def _condition(title: str, found: Condition | None, words: Callable[[Any], str]) -> None:
    if found is None:
        return
    said = words(found.value) if found.value is not None else _("not known")
    others = [components.dispute_line(words(other.value), components.basis_line(other.basis)) for other in found.others]
    components.named(title, sentence(said), "  \n".join([components.basis_line(found.basis), *others]))


def _fact(title: str, found: Fact[Any], proof: Proof, words: Callable[[Any], str]) -> None:
    said = _("not known") if found.value is None else words(found.value)
    components.named(title, sentence(said), proof.of(found, words))


def _span(span: Span) -> str:
    if span.ends_on is None:
        return _("{first}, no end known", first=span.starts_on)
    return _("{first} to {last}", first=span.starts_on, last=span.ends_on)


def _at_most(share: float) -> str:
    return _("at most {share} of the eligible costs", share=percent(share))


def _months(number: float) -> str:
    return counted("{n} month", "{n} months", round(number))
