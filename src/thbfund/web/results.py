"""A match report on screen: the groups with their cards, what one can filter and sort, and what else one can do."""

from collections.abc import Callable, Mapping

import streamlit as st

from thbfund import explain
from thbfund.hints import hints
from thbfund.matching import Group, Match, MatchReport
from thbfund.parts import PartByPart
from thbfund.report.selection import GROUP_WORDS, Selection, selected
from thbfund.rules.wording import place_name
from thbfund.said import Said, labelled, say
from thbfund.web import (
    approach_view,
    card_view,
    charts_view,
    components,
    form,
    link,
    nothing_view,
    parts_view,
    project_file,
    question_view,
    selection_view,
    shortlist,
    take_away_view,
    what_if_view,
    why_view,
)
from thbfund.web.guard import guarded
from thbfund.web.speech import _, counted, inert

ANCHOR = "results"
MORE_ANCHOR = "more"
PARTS = ("what_if", "share", "away", "understood", "parts")  # below the results, drawn when they are opened
WIDE = 3  # results that say at once what they are for: as many as one reads in a minute
GROUP_NOTES: Mapping[Group, Said] = {
    "can_apply": say("Every condition on record is met by the project as described, with you in the lead."),
    "to_check": say("No condition on record shuts you out, but something is not known yet."),
    "cannot_apply": say(
        "A condition is not met as described. First come those that you may join: find an eligible lead."
    ),
    "closed": say("Those that have ended point to their successor; those that have not begun say when they start."),
}


def show(report: MatchReport, parts: Callable[[], PartByPart]) -> None:
    """Draw the whole report; `parts` takes the project apart when somebody asks for it."""
    st.header(_("Programmes for your project"), anchor=ANCHOR)
    for warning in report.warnings:
        if warning.code == "thin_text" and hints(report):
            continue  # said above, with what to add
        st.warning(inert(warning.message), icon=":material/warning:")
    if report.nothing_fits:
        with guarded("nothing fits"):
            nothing_view.show(report)
        return
    groups = selected(report)
    _overview(groups, report)
    # Each in a container of its own: what comes or goes in one does not make the browser draw all cards anew.
    with st.container(), guarded("question"):
        question_view.show(report)
    with st.container(), guarded("shortlist"):
        shortlist.bar(report.catalogue)
    selection = Selection()
    with st.container(), guarded("selection"):
        selection = selection_view.show(report)
    _groups(selected(report, selection), report)
    _more(report, parts)


def _overview(groups: Mapping[Group, list[Match]], report: MatchReport) -> None:
    """How many in which group, each a jump to it where the filter shows it, so that nobody scrolls past the rest."""
    shown = selected(report, selection_view.current_selection())
    words = {group: f"{_(GROUP_WORDS[group])} ({len(matches)})" for group, matches in groups.items()}
    jumps = [f"[{said}](#{group})" if group in shown else said for group, said in words.items()]
    total = counted("{n} programme, as on {day}:", "{n} programmes, as on {day}:", len(report.matches), day=report.on)
    st.markdown(f"**{total}** {', '.join(jumps)}.")
    glossary, more = f"[{_('Words')}](policy?part=glossary)", f"[{_('More on your project')}](#{MORE_ANCHOR})"
    meaning, below = labelled(_("What the words mean"), glossary), labelled(_("Below the results"), more)
    st.markdown(f":small[{_(meaning)}. {_(below)}.]")


def _groups(groups: Mapping[Group, list[Match]], report: MatchReport) -> None:
    wide = WIDE  # the first of the best group stand open enough to be understood without a click
    for group, matches in groups.items():
        st.subheader(f"{_(explain.GROUP_TITLES[group])} ({len(matches)})", anchor=group)
        st.markdown(f":small[{_(GROUP_NOTES[group])}]")
        for match in matches:
            card_view.show(match, report, wide=wide > 0)
            wide -= 1
        wide = 0


def _more(report: MatchReport, parts: Callable[[], PartByPart]) -> None:
    """What else the description tells; each part drawn when it is opened."""
    st.subheader(_("More on your project"), anchor=MORE_ANCHOR)
    _folded("what_if", _(what_if_view.TITLE), lambda: what_if_view.show(report))
    _folded("share", _("Save or share: project file and link"), lambda: _share(report))
    _folded("away", _(take_away_view.TITLE), lambda: take_away_view.show(report, parts))
    _folded("understood", _("What was understood from your description"), lambda: _understood(report))
    with guarded("charts"):
        charts_view.show_report(report)
    with guarded("left out"):
        why_view.show(report)
    _folded("parts", _("Part by part: several kinds of work in one project"), lambda: parts_view.show(parts(), report))
    with guarded("approach"):
        approach_view.show(report)


def _share(report: MatchReport) -> None:
    st.markdown(f"#### {_('Project file')}")
    project_file.offer(report)
    st.markdown(f"#### {_('Link')}")
    link.offer()


def folded_key(part: str) -> str:
    """Key of a part below the results."""
    return f"more_{part}"


def _folded(part: str, title: str, draw: Callable[[], None]) -> None:
    """A part that costs nothing while it is shut."""
    with st.expander(title, key=folded_key(part), on_change="rerun") as opened, guarded(part):
        if opened.open:
            draw()


def _understood(report: MatchReport) -> None:
    vocabularies, understood = report.catalogue.vocabularies, report.understood
    rows = []
    for name, title in (
        ("target_groups", _("People served")),
        ("activities", _("Activities")),
        ("forms_of_exploitation", _("Forms of exploitation")),
        ("priorities", _("Policy priorities")),
    ):
        labels = [_(vocabularies.label(name, concept.id)) for concept in understood.concepts[name]]
        rows.append({_("What"): title, _("Recognised or stated"): ", ".join(labels) or _("nothing")})
    places = [place_name(concept.id, vocabularies) for concept in understood.places]
    rows.append({_("What"): _("Places"), _("Recognised or stated"): ", ".join(places) or _("nothing")})
    components.table(rows, _("What was understood from the description"))
    why_view.recognised(report)
    components.small(_("Something wrong or missing? Say it above, under “{part}”.", part=form.MORE))
    st.page_link(components.TAGS_PAGE, label=_("What these tags mean"), icon=":material/arrow_forward:")
