"""What to mend first, as a table that can be narrowed: what `thbfund catalogue worklist` and `stale` list."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import streamlit as st

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.freshness import checks
from thbfund.report.inert import inert_markdown, markdown_link
from thbfund.staff.reminders import reminders
from thbfund.staff.saving import Editor
from thbfund.staff.worklist import Task, total_share, verified_shares, worklist
from thbfund.web import clock, components, facets_view, resources
from thbfund.web.facets_view import Facet

CAUSES: Mapping[str, str] = {
    "unverified": "Not verified",
    "disputed": "Sources disagree",
    "overdue": "Checked too long ago",
    "warning": "Warning of the check",
}
AHEAD = (0, 30, 90, 365)  # days; call dates keep for 30, most facts for a year
AT_ONCE = 50  # rows; below them nobody reads on, and one narrows the list


def show(_: Editor) -> None:
    """Draw the list as on a day that the reader chooses."""
    catalogue = resources.catalogue()
    on = _day()
    tasks = worklist(catalogue, resources.problems(), on)
    st.header("What to mend first")
    st.write("Points weigh how useful it is to mend each: whom a fact shuts out, and how well its programme fits.")
    found = _narrowed(tasks, catalogue)
    if not tasks:
        st.success("There is nothing to mend.", icon=":material/check_circle:")
    elif found:
        st.markdown(f"**{len(found)} of {len(tasks)}**, the most useful first.")
        _table(found[:AT_ONCE], catalogue)
    else:
        st.info("No task has all of these. Widen the filter.", icon=":material/filter_alt_off:")
    if len(found) > AT_ONCE:
        st.write(f"The first {AT_ONCE} are shown. Narrow the list to see the others.")
    _calendar(catalogue, on)
    _shares(catalogue, on)


def _day() -> date:
    """Today, or a day to come; a choice, for the parts of Streamlit's field for a date are too small to hit."""
    today = clock.today()
    days = {days: today + timedelta(days=days) for days in AHEAD}
    return days[
        st.selectbox(
            "As on",
            AHEAD,
            format_func=lambda ahead: f"{days[ahead]}, " + (f"in {ahead} days" if ahead else "today"),
            help="A later day shows what will have been checked too long ago by then.",
        )
    ]


def _calendar(catalogue: Catalogue, on: date) -> None:
    """What `thbfund catalogue reminders` writes."""
    st.download_button(
        "When to check again, for your calendar (ICS)",
        reminders(checks(catalogue, on), clock.now()),
        "thbfund-review.ics",
        "text/calendar",
        on_click="ignore",
        icon=":material/calendar_add_on:",
        help="One entry for each file. Importing it again after a round of checks moves the entries.",
    )


def _shares(catalogue: Catalogue, on: date) -> None:
    shares = verified_shares(catalogue, on)
    st.header("How much is verified")
    st.write("Conditions of programmes in force that somebody has read in a source:")
    rows = [{"What it decides": kind.capitalize(), "Verified": str(share)} for kind, share in shares.items()]
    rows.append({"What it decides": "All together", "Verified": str(total_share(shares))})
    components.table(rows, "How many conditions are verified, by what they decide")


def _narrowed(tasks: Sequence[Task], catalogue: Catalogue) -> list[Task]:
    """The tasks that the chosen filters leave."""
    values = {
        str(number): {key: frozenset({one}) for key, one in _values(task, catalogue).items() if one}
        for number, task in enumerate(tasks)
    }
    folders = Counter(_folder(task) for task in tasks)
    programmes = {key: one.short_name for key, one in sorted(catalogue.programmes.items())}
    facets = [
        Facet("cause", "Why", CAUSES),
        Facet("of", "Programme", programmes),
        Facet("folder", "Folder", {name: name for name in sorted(folders)}),
    ]
    return [tasks[int(number)] for number in facets_view.narrow(values, facets, len(facets)).found]


def _values(task: Task, catalogue: Catalogue) -> dict[str, str]:
    return {"cause": task.cause, "of": _programme(task, catalogue), "folder": _folder(task)}


def _folder(task: Task) -> str:
    return task.file.partition("/")[0]


def _programme(task: Task, catalogue: Catalogue) -> str:
    """The id of the programme that a file is about; "" for what is about none, or several."""
    folder, _, name = task.file.partition("/")
    key = name.removesuffix(".yaml")
    return key if folder in {"programmes", "calls"} and key in catalogue.programmes else ""


def _table(tasks: Sequence[Task], catalogue: Catalogue) -> None:
    """One line each; the programme leads to its page, the place to where it is edited, both beside the list."""
    rows = [
        {
            "Points": str(task.points),
            "Where": _where(task, catalogue),
            "Why": inert_markdown(task.why),
            "What to do": inert_markdown(task.what_to_do),
        }
        for task in tasks
    ]
    components.marked_table(rows, "What to mend, the most useful first, with the place in its file and the reason")


def _where(task: Task, catalogue: Catalogue) -> str:
    place = f"{task.file} {task.field}"
    if key := _programme(task, catalogue):
        facts = markdown_link(catalogue.programmes[key].short_name, f"programme?id={key}")
        return f"{facts}: {markdown_link(place, f'edit?programme={key}')}"
    return inert_markdown(place)
