"""The widgets of a form that is drawn from a description of fields; what is entered goes into the text of the draft."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from thbfund.catalogue.facts import PROOF
from thbfund.input.problems import Problem
from thbfund.report.inert import inert_markdown
from thbfund.rules.wording import sentence
from thbfund.staff.fields import Field, Kind
from thbfund.staff.filling import add, add_entry, fill, take_out
from thbfund.web.staff.drafts import Draft

FIRST_DAY, LAST_DAY = date(1950, 1, 1), date(2099, 12, 31)  # acts are older than programmes
_RARE = ("note", "set_by", "disputed")  # of a fact's evidence, behind a click
_YES_NO = {True: "yes", False: "no"}
_SEVERITIES = {"error": ":red[**Error:**]", "warning": ":orange[**Warning:**]", "hint": "**Hint:**"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the widgets of one file share.

    Attributes:
        draft: takes what is entered.
        problems: of the file, by the dotted path of their field.
        fixed: ids that others may point to already, so that they do not change any more.
    """

    draft: Draft
    problems: Mapping[str, Sequence[Problem]]
    fixed: frozenset[str] = frozenset()

    def key(self, field: Field, use: str = "") -> str:
        """The key of a field's widget."""
        return f"edit:{self.draft.file}:{_dotted(field)}{use}"


def draw(sheet: Sheet, field: Field, name: str = "") -> None:
    """A field with what it is made of; `name` tells it from others of the same label."""
    name = name or field.label
    if field.kind == "fact":
        _fact(sheet, field, name)
    elif field.kind == "block":
        draw_block(sheet, field, name)
    elif field.kind in {"list", "mapping"}:
        _listed(sheet, field, name)
    else:
        _value(sheet, field, name)
    for problem in sheet.problems.get(_dotted(field), ()):
        st.markdown(problem_line(problem))


def problem_line(problem: Problem) -> str:
    """What is wrong and how to mend it, as a line of Markdown."""
    allowed = f", expected {problem.allowed}" if problem.allowed else ""
    hint = f" {sentence(problem.hint)}" if problem.hint else ""
    return f"{_SEVERITIES[problem.severity]} {inert_markdown(sentence(problem.message + allowed) + hint)}"


def _dotted(field: Field) -> str:
    return ".".join(map(str, field.path))


def _within(name: str, part: Field) -> str:
    """`Duration, min (months)`: a label that can be understood by itself."""
    if not name:
        return part.label
    label = part.label if part.label[:2].isupper() else part.label[:1].lower() + part.label[1:]
    return f"{name}, {label}"


def _fact(sheet: Sheet, field: Field, name: str) -> None:
    """The value on the left, how it is known on the right."""
    if not field.present:
        return
    with st.container(border=True):
        _heading(field, name)
        left, right = st.columns([3, 2])
        proof = {part.name: part for part in field.parts if part.name in PROOF}
        with left:
            for part in field.parts:
                if part.name not in PROOF:
                    draw(sheet, part, name if part.name == "value" else _within(name, part))
        with right:
            for part in (part for key, part in proof.items() if key not in _RARE):
                draw(sheet, part, _within(name, part))
        rare = [proof[key] for key in _RARE if key in proof]
        said = [part.label.lower() for part in rare if part.present]
        with st.expander("Note and more" + (f" ({', '.join(said)})" if said else "")):
            for part in rare:
                draw(sheet, part, _within(name, part))
        _leave_out(sheet, field, name)


def _heading(field: Field, name: str) -> None:
    help_text = f"  \n:small[{inert_markdown(field.help)}]" if field.help else ""
    st.markdown(f"**{inert_markdown(name)}**{help_text}")


def draw_block(sheet: Sheet, field: Field, name: str = "") -> None:
    """Its parts, and a choice of the facts that it could have and has not; without a name it stands by itself."""
    if field.help:
        st.markdown(f":small[{inert_markdown(field.help)}]")
    for part in field.parts:
        draw(sheet, part, _within(name, part))
    offer_facts(sheet, field, name or field.label)
    if field.nullable and field.present and field.value is not None:
        _button(sheet, field, f"{name}: unknown", ":unknown", lambda text: fill(text, field, None))


def offer_facts(sheet: Sheet, field: Field, name: str, parts: Sequence[Field] | None = None) -> None:
    """A choice of the facts that a block has not yet; the one that is chosen is added, unread."""
    missing = {
        part.name: part
        for part in (field.parts if parts is None else parts)
        if part.kind == "fact" and not part.present
    }
    if not missing:
        return
    key = sheet.key(field, ":more")
    st.session_state[key] = None

    def chosen() -> None:
        if picked := st.session_state[key]:
            sheet.draft.change(lambda text: add(text, missing[picked]))

    st.selectbox(
        f"Add a fact to: {inert_markdown(name)}",
        list(missing),
        index=None,
        format_func=lambda part: missing[part].label,
        key=key,
        on_change=chosen,
        placeholder="None of these is in the file",
    )


def _listed(sheet: Sheet, field: Field, name: str) -> None:
    """Items of a list or entries of a mapping, each with a button that takes it out, and a way to add one."""
    _heading(field, name)
    for part in field.parts:
        if part.kind == "fact":
            draw(sheet, part, _within(name, part))
            _button(sheet, part, f"Take out {part.label}", ":out", partial(take_out, field=part))
            continue
        with st.expander(inert_markdown(part.label), expanded=len(field.parts) <= 1 or _has_problem(sheet, part)):
            draw(sheet, part, _within(name, part))
            _button(sheet, part, f"Take out {part.label}", ":out", partial(take_out, field=part))
    if field.kind == "list":
        _button(sheet, field, f"Add to: {name}", ":add", partial(add, field=field))
    else:
        _new_key(sheet, field, name)


def _has_problem(sheet: Sheet, field: Field) -> bool:
    start = _dotted(field)
    return any(place == start or place.startswith(f"{start}.") for place in sheet.problems)


def _new_key(sheet: Sheet, field: Field, name: str) -> None:
    key = sheet.key(field, ":key")
    st.session_state[key] = None

    def entered() -> None:
        if typed := (st.session_state[key] or "").strip():
            sheet.draft.change(lambda text: add_entry(text, field, typed))

    label = f"Add to: {inert_markdown(name)}"
    left = {id_: label for id_, label in field.options.items() if not field.present or id_ not in field.value}
    if field.options:
        st.selectbox(label, list(left), index=None, format_func=lambda id_: f"{id_}: {left[id_]}", key=key,
                     on_change=entered)  # fmt: skip
    else:
        st.text_input(label, key=key, on_change=entered, placeholder="A short key, then Enter: call-2026")


def _leave_out(sheet: Sheet, field: Field, name: str) -> None:
    if not field.required:
        _button(sheet, field, f"Leave out {name}", ":out", partial(take_out, field=field))


def _button(sheet: Sheet, field: Field, label: str, use: str, make: Callable[[str], str]) -> None:
    def clicked() -> None:
        sheet.draft.change(make)

    st.button(inert_markdown(label), key=sheet.key(field, use), on_click=clicked, type="tertiary")


def _value(sheet: Sheet, field: Field, name: str) -> None:
    """One widget. It shows what the text says, whatever changed the text."""
    if field.kind == "as text":
        st.info(f"{inert_markdown(name)}: what stands here cannot be shown in the form. Mend it under “As text”.")
        return
    key = sheet.key(field)
    value = field.value if field.present else None
    st.session_state[key] = _TO_WIDGET.get(field.kind, lambda given: given)(value)

    def entered() -> None:
        given = _FROM_WIDGET.get(field.kind, lambda typed: typed)(st.session_state[key])
        sheet.draft.change(lambda text: fill(text, field, given))

    shared: dict[str, Any] = {"key": key, "on_change": entered, "help": _help(field)}
    shared["disabled"] = field.name in {"id", "programme"} and value in sheet.fixed
    unit = f" ({field.unit})" if field.unit else ""
    _DRAWN[field.kind](field, inert_markdown(name) + unit, shared)


def _help(field: Field) -> str:
    """What the model says of it, what holds without it, and where it stands in the file."""
    said = [inert_markdown(field.help)] if field.help else []
    if isinstance(field.default, str | int | bool) and not field.present:
        default = _YES_NO[field.default] if isinstance(field.default, bool) else str(field.default)
        said.append(f"Left empty: {inert_markdown(default)}.")
    return " ".join([*said, f"In the file: `{_dotted(field)}`"])


def _number(field: Field, label: str, shared: Mapping[str, Any]) -> None:
    whole = field.kind == "whole number"
    step: Any = 1 if whole else 0.05
    st.number_input(label, value=None, step=step, format="%d" if whole else "%g", **shared)


def _day(field: Field, label: str, shared: Mapping[str, Any]) -> None:
    day = st.session_state[shared["key"]] or FIRST_DAY
    st.date_input(
        label, value=None, min_value=min(FIRST_DAY, day), max_value=max(LAST_DAY, day), format="YYYY-MM-DD", **shared
    )
    del field


def _choice(field: Field, label: str, shared: Mapping[str, Any]) -> None:
    chosen = st.session_state[shared["key"]]
    known: Mapping[Any, str] = _YES_NO if field.kind == "yes or no" else field.options
    options = [*known, *([] if chosen is None or chosen in known else [chosen])]
    st.selectbox(label, options, index=None, format_func=lambda word: known.get(word, str(word)),
                 placeholder="Choose", **shared)  # fmt: skip


def _choices(field: Field, label: str, shared: Mapping[str, Any]) -> None:
    options = list(dict.fromkeys([*field.options, *st.session_state[shared["key"]]]))
    cites = field.kind == "citations"
    placeholder = "Choose, or type: key Art. 3" if cites else "Choose"
    st.multiselect(label, options, format_func=lambda word: word if cites else field.options.get(word, word),
                   accept_new_options=cites, placeholder=placeholder, **shared)  # fmt: skip


def _text(field: Field, label: str, shared: Mapping[str, Any]) -> None:
    del field
    st.text_input(label, **shared)


def _long_text(field: Field, label: str, shared: Mapping[str, Any]) -> None:
    label = f"{label} (one per line)" if field.kind == "texts" else label
    st.text_area(label, height="content", **shared)


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def _plain_number(given: float | None) -> float | None:
    """1 for 1.0, as people write it."""
    return int(given) if given is not None and float(given).is_integer() else given


_TO_WIDGET: Mapping[Kind, Callable[[Any], Any]] = {
    "text": lambda value: value or "",
    "long text": lambda value: value or "",
    "texts": lambda value: "\n".join(value or ()),
    "choices": lambda value: list(value or ()),
    "citations": lambda value: list(value or ()),
    "number": lambda value: None if value is None else float(value),
    "date": lambda value: value and date.fromisoformat(value),
}
_FROM_WIDGET: Mapping[Kind, Callable[[Any], Any]] = {
    "text": str.strip,
    "long text": lambda typed: " ".join(typed.split()),  # one line in the catalogue, however it was broken
    "texts": _lines,
    "number": _plain_number,
}
_DRAWN: Mapping[Kind, Callable[[Field, str, Mapping[str, Any]], None]] = {
    "text": _text, "long text": _long_text, "texts": _long_text, "whole number": _number, "number": _number,
    "date": _day, "yes or no": _choice, "choice": _choice, "choices": _choices, "citations": _choices,
}  # fmt: skip
