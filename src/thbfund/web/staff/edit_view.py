"""EDIT on screen: pick an entry of the catalogue, change it by form or as text, see what the check says, save."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from thbfund.catalogue.contents import Catalogue
from thbfund.input.problems import InputError, Problem
from thbfund.input.strict_yaml import read_yaml
from thbfund.report.inert import inert_markdown
from thbfund.staff.entries import PLACES, EntryKind, entry_in, ids_in, sections_of
from thbfund.staff.fields import Field, fields_of
from thbfund.staff.saving import Editor
from thbfund.staff.trial import FileRefusedError
from thbfund.staff.words import lists_of
from thbfund.web import clock, resources
from thbfund.web.guard import guarded
from thbfund.web.staff import new_view, save_view
from thbfund.web.staff.drafts import Draft, draft_of, unsaved
from thbfund.web.staff.field_view import Sheet, draw, draw_block, offer_facts, problem_line

KINDS: Mapping[EntryKind, str] = {
    "programme": "The programme itself",
    "strand": "A strand",
    "call": "A call",
    "family": "A family of calls",
}
FORM, AS_TEXT = "Form", "As text"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is being edited."""

    programme: str
    kind: EntryKind
    entry: str
    draft: Draft


def show(_: Editor) -> None:
    """Draw the page, for somebody who may edit."""
    st.write(
        "Pick what to change. Each change is checked at once; nothing is in the catalogue before you save it. "
        "The guide for staff is data/README.md."
    )
    catalogue = resources.catalogue()
    _tell_unsaved()
    save_view.show_outcome()
    try:
        chosen = _choose(catalogue)
        if chosen is None:
            return
        _edit(catalogue, chosen)
    except (InputError, FileRefusedError) as error:
        st.error(inert_markdown(str(error)))
    except OSError as error:
        st.error(f"The file cannot be read: {error.strerror}.")


def _tell_unsaved() -> None:
    files = unsaved()
    if files:
        st.warning(
            f"**Not saved yet:** {inert_markdown(', '.join(files))}. Your changes stay while you go to another entry "
            "or page here. They are lost when you close or reload this tab of the browser, or the app restarts.",
            icon=":material/edit_note:",
        )


def _choose(catalogue: Catalogue) -> Chosen | None:
    new = [file.partition("/")[2].removesuffix(".yaml") for file in unsaved()]
    names = {key: f"{found.short_name}: {found.name}" for key, found in catalogue.programmes.items()}
    names |= {key: f"{key} (new)" for key in new if key not in names}
    if go_to := st.session_state.pop(new_view.GO_TO, None):
        st.session_state["edit_programme"], st.session_state["edit_kind"], entry = go_to
        st.session_state[_entry_key(go_to[1], go_to[0])] = entry
    if st.session_state.get("edit_programme") not in names:
        asked = st.query_params.get("programme")
        st.session_state["edit_programme"] = asked if asked in names else None
    kept: dict[str, Any] = {"persist_state": "session"}
    programme = st.selectbox("Programme", list(names), index=None, format_func=lambda key: names[key], **kept,
                             key="edit_programme", placeholder="Choose from the list, or type to search")  # fmt: skip
    if programme is None:
        return None
    st.session_state.setdefault("edit_kind", "programme")
    # Not a segmented control: in the dark theme its chosen part has too little contrast.
    kind = st.radio("What", list(KINDS), format_func=lambda key: KINDS[key], key="edit_kind", horizontal=True, **kept)
    draft = draft_of(PLACES[kind].file(programme))
    entry = programme if kind == "programme" else _choose_entry(draft, kind, programme)
    return Chosen(programme, kind, entry, draft)


def _choose_entry(draft: Draft, kind: EntryKind, programme: str) -> str:
    """The id of an entry of the file; "" where it has none of the kind. A text broken for a moment keeps the choice."""
    key = _entry_key(kind, programme)
    try:
        found = ids_in(read_yaml(draft.after).value, kind) if draft.after else {}
    except InputError:
        return st.session_state.get(key) or ""
    if not found:
        st.info("There is none in this file yet.")
        return ""
    if st.session_state.get(key) not in found:
        st.session_state[key] = next(iter(found))
    # Told to the widget at each run: it knows entries by their names, which may just have been changed below.
    widget = f"{key}:which"
    st.session_state[widget] = st.session_state[key]

    def picked() -> None:
        st.session_state[key] = st.session_state[widget]

    return st.selectbox("Which", list(found), format_func=lambda id_: f"{found[id_]} ({id_})", key=widget,
                        on_change=picked)  # fmt: skip


def _entry_key(kind: str, programme: str) -> str:
    return f"edit_entry:{kind}:{programme}"


def _edit(catalogue: Catalogue, chosen: Chosen) -> None:
    draft = chosen.draft
    if draft.conflict is not None:
        save_view.merge(draft)
        return
    whole = _whole(catalogue, chosen)
    with guarded("new entries"):
        new_view.show(catalogue, chosen.programme, chosen.kind, chosen.entry, draft, whole)
    if draft.refused:
        st.error(f"That change was not made: {inert_markdown(draft.refused)}")
    if not draft.after and not draft.changed:  # yet to be made; what was emptied can be mended or brought back
        return
    problems = _problems(draft)
    how = st.radio("How", [FORM, AS_TEXT], key="edit_how", horizontal=True, persist_state="session")
    if how == AS_TEXT:
        _as_text(draft)
    elif whole is None:
        st.info("The text cannot be read as a form now. Mend it under “As text”; what is wrong stands below.")
    else:
        _form(chosen, whole, problems)
    _list_problems(draft, problems)
    save_view.show(draft, problems)


def _whole(catalogue: Catalogue, chosen: Chosen) -> Field | None:
    """The fields of the file, also of one that is yet to be made; None where its text is no YAML, or was emptied."""
    draft = chosen.draft
    try:
        values = read_yaml(draft.after).value if draft.after or draft.changed else {}
        if chosen.kind in {"programme", "strand"}:
            programme = values
        else:
            programme = read_yaml(draft_of(PLACES["programme"].file(chosen.programme)).after).value
    except InputError:
        return None
    if not isinstance(values, dict) or not isinstance(programme, dict):
        return None
    names = {key: found.short_name for key, found in catalogue.programmes.items()}
    return fields_of(PLACES[chosen.kind].model, values, lists_of(catalogue.vocabularies, names, programme, values))


def _problems(draft: Draft) -> list[Problem]:
    """All errors, and of this file the warnings and hints too; those of this file first."""
    with st.spinner("Checking"):
        found = draft.problems(clock.today())
    own = [problem for problem in found if problem.file.endswith(draft.file)]
    return own + [problem for problem in found if problem not in own and problem.severity == "error"]


def _form(chosen: Chosen, whole: Field, problems: Sequence[Problem]) -> None:
    try:
        entry = entry_in(whole, chosen.kind, chosen.entry)
    except KeyError:
        st.info("Nothing is chosen: add one above.")
        return
    by_field: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.file.endswith(chosen.draft.file):
            by_field.setdefault(problem.field, []).append(problem)
    sheet = Sheet(chosen.draft, by_field, _fixed(chosen))
    portions = sections_of(whole, entry)
    key = f"edit_part:{chosen.kind}"
    part = st.radio("Part of the form", list(portions), key=key, horizontal=True)
    fields = portions[part]
    for field in fields:
        if field.kind == "block":
            draw_block(sheet, field)
        else:
            draw(sheet, field)
    if part == "Facts":
        offer_facts(sheet, entry, KINDS[chosen.kind].lower(), fields)


def _fixed(chosen: Chosen) -> frozenset[str]:
    """Ids that the saved file has: other files and users' links point to them."""
    try:
        saved = read_yaml(chosen.draft.before).value if chosen.draft.before else {}
    except InputError:
        return frozenset()
    return frozenset(ids_in(saved, chosen.kind))


def _as_text(draft: Draft) -> None:
    key = f"edit_text:{draft.file}"
    st.session_state[key] = draft.after

    def typed() -> None:
        draft.refused = ""
        draft.after = st.session_state[key]

    st.text_area(inert_markdown(f"Text of {draft.file}"), key=key, height=600, on_change=typed,
                 help="Press Ctrl+Enter, or click elsewhere, to have it checked.")  # fmt: skip


def _list_problems(draft: Draft, problems: Sequence[Problem]) -> None:
    """What the check says; hints, which stop nobody, behind a click."""
    st.header("What the check says")
    grave = [problem for problem in problems if problem.severity != "hint"]
    hints = [problem for problem in problems if problem.severity == "hint"]
    if not grave:
        st.success("No errors and no warnings.", icon=":material/check_circle:")
    for problem in grave:
        place = problem.place if problem.file.endswith(draft.file) else f"another file, {problem.place}"
        st.markdown(f"- {problem_line(problem)} :small[{inert_markdown(f'{problem.field} ({place})')}]")
    if hints:
        with st.expander(f"Hints: {len(hints)}"):
            for problem in hints:
                st.markdown(f"- {problem_line(problem)} :small[{inert_markdown(problem.field)}]")
