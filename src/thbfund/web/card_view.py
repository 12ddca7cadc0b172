"""One result on screen: a head that is read at a glance; the details below are drawn when somebody asks for them."""

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from thbfund import explain
from thbfund.catalogue.labelled import Record
from thbfund.contributions import project_name
from thbfund.financing import financing
from thbfund.lineage import Lineage, lineage_of
from thbfund.matching import Match, MatchReport
from thbfund.report.inert import inert_markdown, markdown_link
from thbfund.report.sources import like_projects, sources_of
from thbfund.rules.wording import euro, sentence
from thbfund.web import (
    calls_view,
    charts_view,
    components,
    glossary,
    guidance_view,
    lineage_view,
    report_mistake_view,
    rules_view,
    shortlist,
    why_view,
)
from thbfund.web.guard import guarded
from thbfund.web.speech import _, spoken

DETAILS = "details_"
ROLE_TERMS: Mapping[str, str] = {
    "lead": "lead",
    "partner": "partner",
    "associated": "associated-partner",
    "sub_grantee": "sub-grantee",
}  # roles, and the words of the glossary that say what they are
HEAD = (7, 3)  # widths: the name of a programme, and the box for the shortlist


def show(match: Match, report: MatchReport, *, wide: bool) -> None:
    """Draw one result; `wide` ones say at once what they pay for and what stands in the way."""
    with st.container(border=True, gap="xsmall"), guarded("result"):
        head, mark = st.columns(HEAD, gap="small")  # beside each other where there is room, else below
        head.markdown(_head(match, report), help=_words(match))
        with mark:
            shortlist.box(match.programme)
        (_at_length if wide else _in_short)(match)
        lineage = lineage_of(match.programme, report.catalogue)
        if match.judgement.verdict == "closed":  # then the successor is what the reader needs first
            _what_next(match, lineage)
        _details(match, report)


def details_key(programme: str) -> str:
    """Key of the part that holds the details of a programme."""
    return f"{DETAILS}{programme}"


def _head(match: Match, report: MatchReport) -> str:
    """Rank and name, then fit, verdict, date, role and route: one piece of Markdown, for it is drawn many times.

    What decides whether to read on has a colour. The rest is plain: six colours in a row are read by nobody, and a
    phone cuts a long badge off.
    """
    judgement = match.judgement
    begun = match.calendar.begins_on is None
    band, verdict = match.scored.band, judgement.verdict
    badges = [
        _badge(*components.BAND_BADGES[band], _(explain.BAND_WORDS[band])),
        _badge(
            *(components.VERDICT_BADGES[verdict] if begun else components.NOT_BEGUN_BADGE), _(explain.verdict(match))
        ),
    ]
    plain = [_(explain.timing_in_short(match))] if match.timing in components.TIMINGS_WORTH_SAYING else []
    plain.append(_(explain.ROLE_WORDS[judgement.role.role]))
    if route := judgement.strand.route.value:
        plain.append(_(report.catalogue.vocabularies.label("routes", route)))
    if guidance_view.has_way_in(match, report):
        plain.append(_(guidance_view.SMALL_BADGE))
    facts = f":small[{inert_markdown(' · '.join(plain))}]"
    return f"#### {match.rank}. {inert_markdown(match.programme.name)}\n{' '.join([*badges, facts])}"


def _words(match: Match) -> str | None:
    """What the labels of the head mean: fit, verdict, role and way to apply."""
    role = ROLE_TERMS.get(match.judgement.role.role)
    return glossary.terms(["fit", "verdict", *([role] if role else []), "route"])


def _badge(icon: str, colour: str, words: str) -> str:
    return f":{colour}-badge[{icon} {inert_markdown(words)}]"


def _at_length(match: Match) -> None:
    judgement, programme = match.judgement, match.programme
    if call := explain.call_ahead(match):
        components.small(_("Next call: {call}.", call=call))
    components.text(components.opening(judgement.strand.objectives.value or programme.summary.value or ""))
    if stop := explain.obstacle(judgement):
        components.named(_("What stands in the way"), spoken(stop))
    if fix := _nearest_fix(match):
        components.named(_("Nearest fix"), fix)
    for said in (explain.strands(match), explain.by_usual_terms(judgement)):
        if said:
            components.small(spoken(said))


def _in_short(match: Match) -> None:
    """The one thing to know: what stands in the way, and what would mend it."""
    stop, fix = explain.obstacle(match.judgement), _nearest_fix(match)
    parts = [_("In the way: {reason}", reason=stop)] if stop else []
    parts += [_("Nearest fix: {fix}", fix=fix)] if fix else []
    if parts:
        components.small(" ".join(parts))


def _nearest_fix(match: Match) -> str:
    fixes = explain.fixes(match.judgement)
    if not fixes.lead_to:
        return ""
    then = _("Then: {verdict}.", verdict=explain.VERDICT_WORDS[fixes.lead_to])
    return " ".join([*map(spoken, fixes.changes), then])


@st.fragment
def _details(match: Match, report: MatchReport) -> None:
    """The rest, in tabs; a click runs this part alone, and a shut one costs the page a line."""
    name = match.programme.short_name
    label = inert_markdown(_("Details: {name}", name=name))
    part = st.expander(label, key=details_key(match.programme.id), on_change="rerun")
    if not part.open:
        return
    with part:
        views = _views(match)
        for tab, (word, view) in zip(st.tabs([title for title, _view in views.values()]), views.items(), strict=True):
            with tab, guarded(word):
                view[1](match, report)
        components.programme_link(match.programme)
        report_mistake_view.link(match.programme.id)


def _views(match: Match) -> dict[str, tuple[str, Callable[[Match, MatchReport], None]]]:
    """What the details hold: a word for the log, the title of the tab, and what draws it."""
    found: dict[str, tuple[str, Callable[[Match, MatchReport], None]]] = {
        "why": (_("Why this rank"), why_view.contributions),
        "rules": (_("May we apply?"), _rules),
        "calls": (_("How and when"), _apply),
        "money": (_("Money"), _money),
        "before": (_(guidance_view.TITLE), guidance_view.show),
        "like": (_("Like projects"), _like_projects),
        "sources": (_("Sources"), _sources),
    }
    if match.judgement.verdict == "closed":
        found.pop("before")
    return found


def _rules(match: Match, report: MatchReport) -> None:
    st.markdown(f"**{inert_markdown(rules_view.tally(match.judgement))}**")
    charts_view.show_map(match.programme, report.catalogue, report.on, report.project)
    rules_view.show(match)


def _apply(match: Match, report: MatchReport) -> None:
    strand, programme = match.judgement.strand, match.programme
    proof = components.Proof(programme, programme.sources, report.on)
    components.named(_("For"), strand.objectives.value or _("Not known."))
    components.bullets(strand.actions.value or ())
    how = strand.how_to_apply
    components.named(_("How to apply"), how.value or _("Not known."), proof.of(how))
    if route := strand.route.value:
        vocabularies = report.catalogue.vocabularies
        said = _("{route}. Strand: {strand}.", route=vocabularies.label("routes", route), strand=strand.name)
        components.named(_("Route"), said, proof.of(strand.route, partial(vocabularies.label, "routes")))
    calls_view.show(match, report.catalogue.calls.get(programme.id), report.on)
    if programme.official_page.value:
        st.markdown(markdown_link(_("Official page"), programme.official_page.value))
    lineage = lineage_of(programme, report.catalogue)
    if match.judgement.verdict != "closed" and lineage.is_due(report.on):
        _what_next(match, lineage)
    if lineage.proposals and (lineage.is_due(report.on) or match.judgement.verdict == "closed"):
        st.markdown(f"**{_('What may follow: proposed, not law')}**")
        lineage_view.show_after(lineage, report.on)


def _money(match: Match, report: MatchReport) -> None:
    money = financing(match, report)
    for title, figure in money.figures:
        components.named(_(title), spoken(figure.because))
    st.markdown(f"**{_('What this rests on')}**")
    components.bullets(spoken(assumption.said) for assumption in money.assumptions)


def _like_projects(match: Match, report: MatchReport) -> None:
    found = like_projects(match, report)
    if not found:
        st.write(_("No like project on record was paid by this programme or the one before it."))
        return
    st.write(_("Projects that were really funded and resemble yours, nearest first. None of them binds a jury."))
    st.markdown("\n".join(f"- {_project(record, report)}" for record in found))


def _project(record: Record, report: MatchReport) -> str:
    name = markdown_link(project_name(record), record.label_source_url)
    payer = report.catalogue.programmes.get(record.programme)
    paid = [_("Paid by {programme}.", programme=payer.name)] if payer else []
    paid += [_("EU grant: {amount}.", amount=euro(record.eu_grant_eur))] if record.eu_grant_eur else []
    return f"**{name}.** {inert_markdown(' '.join([*paid, components.opening(record.description)]))}"


def _sources(match: Match, report: MatchReport) -> None:
    found = sources_of(match, report)
    if not found:
        st.write(_("No source is on record."))
        return
    st.write(_("Where the facts on this programme were read, and when."))
    st.markdown("\n".join(f"- {components.basis_line(basis)}" for basis in found))


def _what_next(match: Match, lineage: Lineage) -> None:
    """What follows a programme that has ended or soon ends."""
    closed = match.judgement.verdict == "closed"
    if closed and match.calendar.begins_on:
        return
    if lineage.successor:
        label = _("Successor: {programme}", programme=lineage.successor.short_name)
        components.programme_link(lineage.successor, label)
    elif closed:
        components.named(_("No successor"), sentence(lineage.no_successor_because or _("None is on record")))
