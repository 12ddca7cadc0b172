"""The tables of the page on coverage, what nobody serves, and what the catalogue leaves out."""

import streamlit as st

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.facts import Evidence
from thbfund.catalogue.policy import PolicyArea
from thbfund.report.inert import inert_markdown
from thbfund.said import labelled, say
from thbfund.staff.coverage import NOTHING, Coverage, short_names
from thbfund.web import clock, components
from thbfund.web.speech import _

_COVERED = {"yes": say("Covered"), "partly": say("Covered in part"), "no": say("Not covered")}


def show(found: Coverage, catalogue: Catalogue) -> None:
    """Draw gaps, both tables and the areas of policy."""
    _gaps(found, catalogue)
    _priorities(found, catalogue)
    _groups(found, catalogue)
    _areas(catalogue)


def _gaps(found: Coverage, catalogue: Catalogue) -> None:
    vocabularies = catalogue.vocabularies
    st.header(_("What nobody serves"))
    names = [
        _("Priority {id}: {name}", id=key, name=vocabularies.label("priorities", key))
        for key in found.priorities_not_served
    ]
    names += [
        _("People served: {name}", name=vocabularies.label("target_groups", key)) for key in found.groups_not_served
    ]
    if names:
        components.bullets(names)
    else:
        st.write(_("Every graded priority has a programme of grade 2 or more, and every target group has a programme."))
    if found.not_graded:
        listed = ", ".join(found.not_graded)
        components.small(_("Priorities that no programme of this period was graded for: {names}.", names=listed))


def _priorities(found: Coverage, catalogue: Catalogue) -> None:
    st.header(_("Priorities"))
    st.write(
        _(
            "The highest grade of any strand: 3 core, 2 solid, 1 marginal, 0 none, our own judgement. "
            "A cell with {nothing} was not graded.",
            nothing=NOTHING,
        )
    )
    short = short_names(found)
    of_a_strategy = [name for name in found.graded if name.startswith("S")]
    # Two tables: one would be wider than a phone, and what it hides could not be reached with the keyboard.
    for names in ([name for name in found.graded if name not in of_a_strategy], of_a_strategy):
        if not names:
            continue
        labels = {name: _(labelled(name, catalogue.vocabularies.label("priorities", name))) for name in names}
        st.markdown("\n".join(f"- {components.tag_link(label, name)}" for name, label in labels.items()))
        rows = [
            {_("Programme"): short[one.id]}
            | {
                name: NOTHING if found.graded[name][one.id] is None else str(found.graded[name][one.id])
                for name in names
            }
            for one in found.programmes
        ]
        title = _(
            "Programmes as lines, priorities {names} as columns, the highest grade from 0 to 3 in each",
            names=", ".join(names),
        )
        components.table(rows, title)


def _groups(found: Coverage, catalogue: Catalogue) -> None:
    st.header(_("People served"))
    st.write(
        _(
            "By our [tags](tags), which name only whom a programme typically serves. {nothing} means nobody.",
            nothing=NOTHING,
        )
    )
    short = short_names(found)
    rows = [
        {
            _("People"): catalogue.vocabularies.label("target_groups", name),
            _("Programmes"): ", ".join(short[key] for key, served in row.items() if served) or NOTHING,
        }
        for name, row in found.target_groups.items()
    ]
    components.table(rows, _("Target groups and the programmes that serve each of them"))
    with st.expander(_("As a grid, with every empty cell")):
        grid = [
            {_("People"): catalogue.vocabularies.label("target_groups", name)}
            | {short[key]: _("yes") if served else NOTHING for key, served in row.items()}
            for name, row in found.target_groups.items()
        ]
        components.table(
            grid, _("Target groups as lines, programmes as columns, yes where a programme serves the group")
        )


def _areas(catalogue: Catalogue) -> None:
    areas = catalogue.policy.areas
    if not areas:
        return
    st.header(_("What the catalogue covers and leaves out"))
    for covered, title in reversed(_COVERED.items()):
        found = [area for area in areas if area.covered == covered]
        if found:
            with st.expander(f"{_(title)} ({len(found)})", key=f"areas_{covered}"):
                for area in found:
                    _area(area, title, catalogue)


def _area(area: PolicyArea, title: str, catalogue: Catalogue) -> None:
    sources = catalogue.policy.sources("coverage")
    st.markdown(f"**{inert_markdown(area.area)}. {inert_markdown(_(title))}.** {inert_markdown(area.why)}")

    def proof(found: Evidence) -> str:
        return components.evidence_on(found, sources, clock.today())

    if area.where_to_look and area.where_to_look.value:
        components.named(_("Where to look"), str(area.where_to_look.value), proof(area.where_to_look))
    st.markdown(proof(area))
