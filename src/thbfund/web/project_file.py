"""The project file: saved from the results, opened at the start. It passes through the session and is kept nowhere."""

from collections.abc import Iterator
from dataclasses import dataclass

import streamlit as st

from thbfund.catalogue.contents import Catalogue
from thbfund.input.problems import InputError, Problem, shortened
from thbfund.matching import MatchReport
from thbfund.project import MAX_PROJECT_BYTES, Project, read_project, write_project
from thbfund.report.inert import inert_markdown
from thbfund.rules.wording import joined
from thbfund.web import asking, mistakes, resources, shortlist
from thbfund.web.speech import _, spoken

NAME = "project.yaml"
KINDS = ["yaml", "yml", "json"]
SHOWN = 5  # problems; whoever has more has chosen another file
_KEY = "project_file_"  # of the widget; a number follows, and another number empties it
_NUMBER = "project_file_number"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: problems, or what could not be kept of it."""

    name: str
    problems: tuple[Problem, ...] = ()
    left_out: tuple[str, ...] = ()


def offer(report: MatchReport) -> None:
    """Draw the button that saves the project with the shortlist."""
    st.write(_("The file holds your description, what you filled in and your shortlist. Open it here another day."))
    project = report.project.model_copy(update={"shortlist": shortlist.ids() or None})
    st.download_button(
        _("Save the project file"),
        write_project(project),
        file_name=NAME,
        mime="application/yaml",
        on_click="ignore",
        icon=":material/save:",
        key=f"{_KEY}save",
    )


def open_file() -> None:
    """Draw the field for a project file; what it holds fills the form, and the programmes are looked up."""
    number = st.session_state.setdefault(_NUMBER, 0)
    key = f"{_KEY}{number}"
    st.file_uploader(
        _("Open a project file"),
        type=KINDS,
        key=key,
        max_upload_size=1,
        help=_("YAML or JSON, at most 250 kB: the file that you saved here, or one that you wrote."),
        on_change=_open,
        args=(key, resources.catalogue()),
    )


def show_outcome() -> None:
    """Say what became of the last file."""
    outcome = asking.brought()
    if not isinstance(outcome, Outcome):
        return
    name = inert_markdown(shortened(outcome.name))
    if outcome.problems:
        st.error(_("{name} was not opened. Nothing was changed.", name=name), icon=":material/error:")
        st.markdown(
            "\n".join(f"- {mistakes.in_words(problem, _place(problem))}" for problem in outcome.problems[:SHOWN])
        )
        return
    said = [_("{name} was opened.", name=name)]
    if outcome.left_out:
        said.append(_("Left out: {names}.", names=inert_markdown(joined(map(spoken, outcome.left_out)))))
    st.success(" ".join(said), icon=":material/check:")


def _open(key: str, catalogue: Catalogue) -> None:
    """Read what was chosen; a callback, so that the form is drawn with what the file says."""
    file = st.session_state[key]
    if file is not None:
        asking.bring(_take(file.read(MAX_PROJECT_BYTES + 1), file.name, catalogue))
        st.session_state[_NUMBER] += 1  # the bytes go with the old widget


def _take(content: bytes, name: str, catalogue: Catalogue) -> Outcome:
    try:
        project = read_project(content, name, catalogue.vocabularies)
    except InputError as error:
        return Outcome(name, error.problems)
    ids = project.shortlist or ()
    shortlist.put(one for one in ids if one in catalogue.programmes)
    asking.ask_about(project, catalogue)
    return Outcome(name, (), tuple(_left_out(project, catalogue)))


def _left_out(project: Project, catalogue: Catalogue) -> Iterator[str]:
    """What a file says and the app does not keep, in words."""
    if any(partner.role != "partner" for partner in project.partners or ()):
        yield _("roles of partners")
    if any(amount and amount % 1 for amount in (project.total_budget_eur, project.requested_grant_eur)):
        yield _("cents of amounts")
    strangers = [one for one in project.shortlist or () if one not in catalogue.programmes]
    if strangers:
        yield _("programmes that this catalogue does not have ({ids})", ids=", ".join(strangers))


def _place(problem: Problem) -> str:
    """`line 3, applicant.type`."""
    line = _("line {line}", line=problem.line) if problem.line else ""
    return ", ".join(filter(None, (line, problem.field)))
