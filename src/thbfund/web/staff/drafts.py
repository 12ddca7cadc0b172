"""DRAFT: the text of each file that an editor has changed and not saved; it lives in the session and nowhere else."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import streamlit as st

from thbfund.input.problems import InputError, Problem
from thbfund.staff.edits import EditError
from thbfund.staff.saving import EditConflict
from thbfund.staff.trial import path_of, problems_after, text_at
from thbfund.web import resources

_KEY = "edit_drafts"


@dataclass(slots=True)
class Draft:
    """One file as it was opened and as it is to be.

    Attributes:
        file: its name below the catalogue's folder.
        before: its text when it was opened; "" for a new file.
        after: its text with the changes.
        refused: why the last change could not be made; "" where it was.
        conflict: what came of saving over somebody else's change; None where nobody changed the file.
        patch: the changes, where they could not be written.
        effect: what they do to rankings, in words, and the text for which that was found out.
    """

    file: str
    before: str
    after: str
    refused: str = ""
    conflict: EditConflict | None = None
    patch: str = ""
    effect: tuple[str, str] = ("", "")
    _checked: tuple[str, date, list[Problem]] | None = None

    @property
    def changed(self) -> bool:
        """Whether there is anything to save."""
        return self.after != self.before

    def change(self, make: Callable[[str], str]) -> bool:
        """Make a change of the text, or say why it cannot be made; tells which."""
        self.refused = ""
        try:
            self.after = make(self.after)
        except (EditError, InputError) as error:
            self.refused = str(error)
        return not self.refused

    def start_again(self, text: str) -> None:
        """Take a text as what the file holds, without changes."""
        self.before = self.after = text
        self.refused, self.patch, self.conflict = "", "", None

    def problems(self, on: date) -> list[Problem]:
        """What the check finds in the whole catalogue once the file holds these changes."""
        if self._checked is None or self._checked[:2] != (self.after, on):
            self._checked = self.after, on, problems_after(resources.data_folder(), self.file, self.after, on)
        return self._checked[2]


def draft_of(file: str) -> Draft:
    """The draft of a file; without changes it is the file as it is now.

    Raises:
        InputError: the file is no text.
        FileRefusedError: the file may not be edited.
        OSError: it cannot be read.
    """
    drafts: dict[str, Draft] = st.session_state.setdefault(_KEY, {})
    draft = drafts.get(file)
    if draft is None or not draft.changed:
        text = text_at(path_of(resources.data_folder(), file), file)
        draft = draft or drafts.setdefault(file, Draft(file, text, text))
        if text != draft.before:
            draft.start_again(text)
    return draft


def unsaved() -> list[str]:
    """The files with changes, by name."""
    drafts: dict[str, Draft] = st.session_state.get(_KEY, {})
    return sorted(file for file, draft in drafts.items() if draft.changed)
