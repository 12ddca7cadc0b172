"""A concept note as the description: chosen, read apart, put into the box, forgotten as a file."""

from dataclasses import dataclass

import streamlit as st

from thbfund.apart import read_apart
from thbfund.documents import UnreadableError, cut, problem_of
from thbfund.input.problems import SHOWN_WORDS, Problem, shortened
from thbfund.project import MAX_SUMMARY_CHARACTERS
from thbfund.report.inert import inert_markdown
from thbfund.said import Said, say
from thbfund.web import asking, mistakes
from thbfund.web.speech import _

KEY = "note_"  # of the widget; a number follows, and another number empties it
_NUMBER = "note_number"
SHOWN_END = 60  # characters of the text shown, so that one finds where it was cut


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: the problem, or what its author should know."""

    name: str
    problem: Problem | None = None
    remarks: tuple[Said, ...] = ()
    characters: int = 0


def show() -> None:
    """Draw the field for a file; one that was chosen is read, and its text stands in the description afterwards."""
    number = st.session_state.setdefault(_NUMBER, 0)
    file = st.file_uploader(
        _("Upload a concept note"),
        key=f"{KEY}{number}",
        help=_("PDF, DOCX, ODT, text or Markdown, at most 10 MB. The file is read in memory and kept nowhere."),
    )
    if file is None:
        return
    with st.spinner(_("Reading the file")):
        asking.bring(_read(file.getvalue(), file.name))
    st.session_state[_NUMBER] = number + 1  # the bytes go with the old widget
    st.rerun()


def show_outcome() -> None:
    """Say what became of the last file, beside the description."""
    outcome = asking.brought()
    if not isinstance(outcome, Outcome):
        return
    name = inert_markdown(shortened(outcome.name))
    if problem := outcome.problem:
        kept = _("What stood in the box before is still there.")
        st.error(f"{mistakes.of_file(problem)} {kept}", icon=":material/error:")
        return
    said = _("The text of {name} stands below: {n} characters. Look through it, shorten it if you can, then press the "
             "button.", name=name, n=outcome.characters)  # fmt: skip
    st.success(" ".join([said, *(_(remark) for remark in outcome.remarks)]), icon=":material/check:")


def _read(content: bytes, name: str) -> Outcome:
    """Read a file and, where that works, put its text into the description."""
    try:
        note = read_apart(content)
    except UnreadableError as error:
        return Outcome(name, problem_of(error, name))
    used, rest = cut(note.text, MAX_SUMMARY_CHARACTERS)
    asking.describe(used)
    remarks = [*note.said, _cut(used, rest)] if rest else note.said
    return Outcome(name, None, tuple(remarks), len(used))


def _cut(used: str, rest: str) -> Said:
    end = " ".join(used[-SHOWN_END:].split()[-SHOWN_WORDS:])
    return say(
        "The note is longer than the box: {left} characters were left out, all that follows “{end}”.",
        left=len(rest),
        end=inert_markdown(end),
    )
