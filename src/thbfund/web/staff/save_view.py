"""What a draft changes, what it does to rankings, and saving it; or what to do where somebody else was faster."""

import os
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from thbfund.catalogue import load_catalogue
from thbfund.input.problems import InputError, Problem
from thbfund.matching import Matcher
from thbfund.report.inert import inert_markdown
from thbfund.staff.edits import difference
from thbfund.staff.impact import impact
from thbfund.staff.impact_report import impact_markdown
from thbfund.staff.reference import references
from thbfund.staff.saving import BRANCH, Change, EditConflict, NotSavedError, Saved, save
from thbfund.staff.trial import FileRefusedError, folder_with
from thbfund.web import clock, resources
from thbfund.web.staff import permission
from thbfund.web.staff.drafts import Draft

AUDIT = "THBFUND_AUDIT"
"""Variable that names the folder of the record of edits; without it none is kept."""

_OUTCOME = "edit_outcome"
_REASON = "edit_reason"


def show(draft: Draft, problems: Sequence[Problem]) -> None:
    """Draw the difference, the effect and the button to save."""
    st.header("Save")
    if not draft.changed:
        st.write("Nothing is changed yet.")
        return
    st.code(_difference(draft), language="diff", wrap_lines=True)
    errors = sum(problem.severity == "error" for problem in problems)
    _effect(draft, possible=not errors)
    st.text_input(
        "Reason for the change", key=_reason_key(draft), persist_state="session",
        placeholder="The call of 2027 was published: deadline and budget", help="A sentence; the history shows it.",
    )  # fmt: skip
    if errors:
        st.write("It can be saved once the errors above are mended.")
    left, right = st.columns(2)
    left.button("Save", type="primary", icon=":material/save:", on_click=_save, args=(draft,), disabled=bool(errors))
    with right.popover("Throw my changes away", icon=":material/undo:"):
        st.write("This file will be shown as it is in the catalogue.")
        st.button("Yes, throw them away", on_click=_throw_away, args=(draft,))
    if draft.patch:
        _offer_patch(draft)


def _reason_key(draft: Draft) -> str:
    """A reason belongs to a file: that of another would be written under this one's change."""
    return f"{_REASON}:{draft.file}"


def _difference(draft: Draft) -> str:
    return difference(draft.before, draft.after, draft.file)


def _effect(draft: Draft, *, possible: bool) -> None:
    asked = st.button(
        "Show the effect on rankings", icon=":material/swap_vert:", disabled=not possible,
        help="Matches a fixed set of real projects before and after, by words and tags; takes some ten seconds.",
    )  # fmt: skip
    if asked:
        with st.spinner("Matching the reference projects before and after"):
            draft.effect = draft.after, _effect_of(draft)
    if draft.effect[0] == draft.after:
        st.markdown(draft.effect[1])


def _effect_of(draft: Draft) -> str:
    folder = resources.data_folder()
    try:
        with folder_with(folder, draft.file, draft.after) as other:
            old, new = (Matcher(load_catalogue(place), None) for place in (folder.resolve(), other))
    except InputError as error:
        return inert_markdown(str(error))
    asked = references(old.catalogue.ranking.labelled, old.catalogue.vocabularies)
    return impact_markdown(impact(old, new, asked, clock.today()))


def _throw_away(draft: Draft) -> None:
    draft.start_again(draft.before)


def _save(draft: Draft) -> None:
    """Save for whoever is signed in now, which may be another than when the page was drawn."""
    editor = permission.editor()
    if editor is None:
        st.session_state[_OUTCOME] = "Not saved: you are not signed in as an editor any more.", False
        return
    change = Change(draft.file, draft.before, draft.after, st.session_state.get(_reason_key(draft)) or "")
    audit = os.environ.get(AUDIT)
    draft.patch = ""
    try:
        saved = save(resources.data_folder(), change, editor, clock.now(), audit=Path(audit) if audit else None)
    except EditConflict as conflict:
        draft.conflict = conflict
    except (NotSavedError, FileRefusedError) as error:
        st.session_state[_OUTCOME] = str(error), False
    else:
        _saved(draft, saved)


def _saved(draft: Draft, saved: Saved) -> None:
    st.session_state[_OUTCOME] = _told(draft.file, saved), saved.written
    if saved.written:
        draft.start_again(draft.after)
        st.session_state[_reason_key(draft)] = ""
    else:
        draft.patch = saved.patch


def _told(file: str, saved: Saved) -> str:
    if not saved.written:
        return saved.note
    commit = f" Commit {saved.commit[:10]} on the branch {BRANCH}." if saved.commit else ""
    return f"Saved: {file}.{commit} The app follows within seconds. {saved.note}".strip()


def show_outcome() -> None:
    """What became of the last attempt to save."""
    text, is_good = st.session_state.pop(_OUTCOME, ("", True))
    if text:
        lines = "  \n".join(inert_markdown(line) for line in text.splitlines())
        (st.success if is_good else st.error)(lines)


def _offer_patch(draft: Draft) -> None:
    name = draft.file.replace("/", "-").removesuffix(".yaml") + ".patch"
    st.download_button(
        "Download the change as a patch", draft.patch, file_name=name, mime="text/x-diff", on_click="ignore",
        icon=":material/download:", help="Whoever keeps the catalogue takes it by: git apply",
    )  # fmt: skip


def merge(draft: Draft) -> None:
    """Both changes of a file side by side, and the ways to go on."""
    conflict = draft.conflict
    if conflict is None:
        return
    st.header("Somebody else changed this file")
    st.warning(f"{inert_markdown(str(conflict))} Both changes stand below; choose how to go on.")
    left, right = st.columns(2)
    left.subheader("Their change")
    left.code(difference(draft.before, conflict.current, draft.file), language="diff", wrap_lines=True)
    right.subheader("Your change")
    right.code(_difference(draft), language="diff", wrap_lines=True)
    together = conflict.merged
    if together is not None:
        st.write("They touch different lines, so that they go together.")
        st.button("Go on with both changes", type="primary", on_click=_go_on, args=(draft, together))
    else:
        st.write("They touch the same lines: a person has to choose.")
    st.button("Go on with my text, theirs undone", on_click=_go_on, args=(draft, draft.after),
              help="The difference will show what of theirs goes; nothing is saved yet.")  # fmt: skip
    st.button("Go on with their text, mine thrown away", on_click=_go_on, args=(draft, conflict.current))


def _go_on(draft: Draft, text: str) -> None:
    conflict = draft.conflict
    if conflict is not None:
        draft.start_again(conflict.current)
        draft.after = text
