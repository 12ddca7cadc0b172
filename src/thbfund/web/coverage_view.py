"""The tables of the page on coverage, what nobody serves, and what the catalogue leaves out."""

import streamlit as st

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.policy import PolicyArea
from thbfund.report.inert import inert_markdown
from thbfund.staff.coverage import NOTHING, Coverage, short_names
from thbfund.web import components

_COVERED = {"yes": "Covered", "partly": "Covered in part", "no": "Not covered"}


def show(found: Coverage, catalogue: Catalogue) -> None:
    """Draw gaps, both tables and the areas of policy."""
    _gaps(found, catalogue)
    _priorities(found, catalogue)
    _groups(found, catalogue)
    _areas(catalogue)


def _gaps(found: Coverage, catalogue: Catalogue) -> None:
    vocabularies = catalogue.vocabularies
    st.header("What nobody serves")
    names = [f"Priority {name}: {vocabularies.label('priorities', name)}" for name in found.priorities_not_served]
    names += [f"People served: {vocabularies.label('target_groups', name)}" for name in found.groups_not_served]
    if names:
        components.bullets(names)
    else:
        st.write("Every graded priority has a programme of grade 2 or more, and every target group has a programme.")
    if found.not_graded:
        components.small(f"Priorities that no programme of this period was graded for: {', '.join(found.not_graded)}.")


def _priorities(found: Coverage, catalogue: Catalogue) -> None:
    st.header("Priorities")
    st.write(
        "The highest grade of any strand: 3 core, 2 solid, 1 marginal, 0 none, our own judgement. "
        f"A cell with {NOTHING} was not graded."
    )
    short = short_names(found)
    of_a_strategy = [name for name in found.graded if name.startswith("S")]
    # Two tables: one would be wider than a phone, and what it hides could not be reached with the keyboard.
    for names in ([name for name in found.graded if name not in of_a_strategy], of_a_strategy):
        if not names:
            continue
        labels = {name: f"{name}: {catalogue.vocabularies.label('priorities', name)}" for name in names}
        st.markdown("\n".join(f"- {components.tag_link(label, name)}" for name, label in labels.items()))
        rows = [
            {"Programme": short[one.id]}
            | {
                name: NOTHING if found.graded[name][one.id] is None else str(found.graded[name][one.id])
                for name in names
            }
            for one in found.programmes
        ]
        title = f"Programmes as lines, priorities {', '.join(names)} as columns, the highest grade from 0 to 3 in each"
        components.table(rows, title)


def _groups(found: Coverage, catalogue: Catalogue) -> None:
    st.header("People served")
    st.write(f"By our [tags](tags), which name only whom a programme typically serves. {NOTHING} means nobody.")
    short = short_names(found)
    rows = [
        {
            "People": catalogue.vocabularies.label("target_groups", name),
            "Programmes": ", ".join(short[key] for key, served in row.items() if served) or NOTHING,
        }
        for name, row in found.target_groups.items()
    ]
    components.table(rows, "Target groups and the programmes that serve each of them")
    with st.expander("As a grid, with every empty cell"):
        grid = [
            {"People": catalogue.vocabularies.label("target_groups", name)}
            | {short[key]: "yes" if served else NOTHING for key, served in row.items()}
            for name, row in found.target_groups.items()
        ]
        components.table(grid, "Target groups as lines, programmes as columns, yes where a programme serves the group")


def _areas(catalogue: Catalogue) -> None:
    areas = catalogue.policy.areas
    if not areas:
        return
    st.header("What the catalogue covers and leaves out")
    for covered, title in reversed(_COVERED.items()):
        for area in areas:
            if area.covered == covered:
                _area(area, title, catalogue)


def _area(area: PolicyArea, title: str, catalogue: Catalogue) -> None:
    sources = catalogue.policy.files["coverage"].sources
    st.markdown(f"**{inert_markdown(area.area)}. {title}.** {inert_markdown(area.why)}")
    if area.where_to_look and area.where_to_look.value:
        look, evidence = area.where_to_look, components.evidence(area.where_to_look, sources)
        components.named("Where to look", str(look.value), evidence)
    st.markdown(components.evidence(area, sources))
