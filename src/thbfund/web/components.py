"""Small pieces that several pages show. Text is inert, and in the reader's language where it can be said in it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath
from typing import Any, Literal

import pandas as pd
import streamlit as st

from thbfund.catalogue.facts import Disputable, Evidence, Source
from thbfund.catalogue.freshness import Owner, age, holds_until
from thbfund.catalogue.model import Programme
from thbfund.report.inert import markdown_link, source_link
from thbfund.rules.outcome import Basis
from thbfund.rules.wording import checked, joined, sentence
from thbfund.said import say
from thbfund.web import clock
from thbfund.web.guard import guarded_file
from thbfund.web.speech import _, counted, inert, spoken

PROGRAMME_PAGE = str(Path(__file__).parent / "pages" / "programme.py")
COVERAGE_PAGE = str(Path(__file__).parent / "pages" / "coverage.py")
MATCH_PAGE = str(Path(__file__).parent / "pages" / "match.py")
COMPARE_PAGE = str(Path(__file__).parent / "pages" / "compare.py")
TWO_PROGRAMMES_PAGE = str(Path(__file__).parent / "pages" / "two_programmes.py")
PROGRAMMES_PAGE = str(Path(__file__).parent / "pages" / "programmes.py")
CALLS_PAGE = str(Path(__file__).parent / "pages" / "calls.py")
TAGS_PAGE = str(Path(__file__).parent / "pages" / "tags.py")

MEDIA_TYPES = {
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html",
    ".ics": "text/calendar",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
OPENING_CHARACTERS = 200  # two or three lines on a screen, five on a phone

Colour = Literal["blue", "gray", "green", "orange", "red"]

BAND_BADGES: Mapping[str, tuple[str, Colour]] = {
    "strong": (":material/signal_cellular_alt:", "green"),
    "possible": (":material/signal_cellular_alt_2_bar:", "blue"),
    "weak": (":material/signal_cellular_alt_1_bar:", "gray"),
}
VERDICT_BADGES: Mapping[str, tuple[str, Colour]] = {
    "eligible": (":material/check_circle:", "green"),
    "to_check": (":material/help:", "orange"),
    "not_eligible": (":material/block:", "red"),
    "closed": (":material/lock:", "gray"),
}
NOT_BEGUN_BADGE: tuple[str, Colour] = (":material/schedule:", "gray")
TIMINGS_WORTH_SAYING = {"open", "forthcoming", "expected"}  # the others say nothing that the verdict does not


def text(value: str) -> None:
    """A paragraph of text from data or user."""
    st.markdown(inert(value))


def small(value: str) -> None:
    """A small line of text from data or user; not `st.caption`, whose grey is too pale to read for some."""
    st.markdown(f":small[{inert(value)}]")


def named(title: str, value: str, evidence_line: str = "") -> None:
    """A paragraph that opens with its title in bold, so that the eye finds it; its evidence stands right below."""
    title = spoken(title)
    start = f"**{inert(title)}{'' if title.endswith('?') else '.'}** " if title else ""
    st.markdown(f"{start}{inert(value)}" + (f"  \n{evidence_line}" if evidence_line else ""))


def opening(value: str) -> str:
    """The beginning of a text, cut at the end of a thought where there is one, for a card that is scanned."""
    value = spoken(value)
    if len(value) <= OPENING_CHARACTERS:
        return value
    cut = value[:OPENING_CHARACTERS]
    for end in (". ", "; ", ": ", ", ", " "):
        if cut.rfind(end) > OPENING_CHARACTERS // 2:
            return cut[: cut.rfind(end)].rstrip(".;:,") + "\N{NO-BREAK SPACE}…"
    return f"{cut}…"


def bullets(items: Iterable[str]) -> None:
    """A list of texts from data or user."""
    st.markdown("\n".join(f"- {inert(item)}" for item in items))


def table(rows: Sequence[dict[str, str]], alt: str) -> None:
    """A table of texts, inert, that a screen reader can name."""
    marked_table([{inert(key): inert(value) for key, value in row.items()} for row in rows], alt)


def marked_table(rows: Sequence[dict[str, str]], alt: str) -> None:
    """The same for texts in Markdown: what comes from data or users must be inert already."""
    st.table(pd.DataFrame(rows), hide_index=True, border="horizontal", alt=spoken(alt))


@dataclass(frozen=True, slots=True)
class Proof:
    """How the facts of one programme, or of one topic, are proved, as seen on a day.

    `dated` adds how long ago each was checked and when it is due again, for pages that are read for just that.
    """

    owner: Owner
    sources: Mapping[str, Source]
    on: date
    dated: bool = False

    def of(self, found: Evidence, words: Callable[[Any], str] = str, field: str = "") -> str:
        """The evidence of a fact, then what other sources say instead, in `words`; small lines of Markdown.

        `field` names the fact where its check holds for another time than usual: `deadline`, `legal_basis`.
        """
        overdue = age(found, (field,), self.owner, self.on)
        others = found.disputed if isinstance(found, Disputable) else ()
        lines = [dispute_line(words(other.value), self.of(other, field=field)) for other in others]
        said = evidence(found, self.sources, overdue)
        return "  \n".join([f"{said} {due}" if (due := self._due(found, field)) else said, *lines])

    def _due(self, found: Evidence, field: str) -> str:
        last = holds_until(found, (field,), self.owner, self.on) if self.dated else None
        if last is None or found.checked_on is None or last < self.on:
            return ""
        days = (self.on - found.checked_on).days
        ago = counted("{n} day ago", "{n} days ago", days) if days else _("today")
        return f":small[({inert(_('{ago}; due again on {day}', ago=ago, day=last))})]"


def evidence(found: Evidence, sources: Mapping[str, Source], overdue: str = "") -> str:
    """Where a fact comes from and when it was checked, or why it is not confirmed: a small line of Markdown."""
    cited = [_cited(sources[citation.key], citation.place) for citation in found.sources]
    return evidence_line(found.unverified, found.note, cited, found.checked_on, overdue)


def evidence_on(found: Evidence, sources: Mapping[str, Source], on: date) -> str:
    """The same of what is about no single programme, with whether its check is too old on a day."""
    return evidence(found, sources, age(found, (), None, on))


def basis_line(basis: Basis) -> str:
    """What a rule rests on, like the evidence of any fact."""
    cited = [source_link(basis.source, basis.url, spoken(basis.caution))] if basis.source else []
    by_call = say("Each call may set another value.") if basis.by_call else None
    return evidence_line(basis.unverified, by_call, cited, basis.checked_on, basis.overdue)


def dispute_line(said: str, proof: str) -> str:
    """What another source says of a fact: a small line of Markdown, to stand below the fact's own evidence."""
    title, another = inert(_("Sources disagree.")), inert(say("Another says: {said}", said=sentence(said)))
    return f":small[**{title}** {another}] {proof}"


def evidence_line(
    unverified: str | None, note: str | None, cited: Sequence[str], checked_on: date | None, overdue: str = ""
) -> str:
    """Evidence as a small line of Markdown; `cited` are links, `overdue` says that the check is too old."""
    parts = [f"**{inert(_('Not confirmed:'))}** {inert(sentence(unverified))}"] if unverified else []
    parts += [inert(sentence(note))] if note else []
    parts += [_("Source: {cited}.", cited=joined(cited, ";"))] if cited else []
    parts += [spoken(sentence(checked(checked_on, overdue)))] if checked_on else []
    return f":small[{' '.join(parts)}]"


def _cited(source: Source, place: str) -> str:
    return source_link(source.at(place), source.url, spoken(source.caution))


def linked_choice(
    label: str, names: Mapping[str, str], key: str, empty: str, explained: str = "", *, then: Sequence[str] = ()
) -> str | None:
    """A choice among ids that stands in the link as `?key=id`; what is no id is answered, and counts as no choice.

    Streamlit's own binding would put the displayed name into the link, which changes when a name is corrected.

    `then` are the keys of choices within this one: another choice here takes them out of the link, for their ids
    belong to the one before.
    """
    asked = st.query_params.get(key)
    st.session_state[key] = asked if asked in names else None
    if asked is not None and asked not in names:
        st.warning(
            _("The link names nothing that this catalogue holds. Choose from the list."), icon=":material/link_off:"
        )

    def into_the_link() -> None:
        for inner in then:
            st.query_params.pop(inner, None)
        if chosen := st.session_state[key]:
            st.query_params[key] = chosen
        else:
            st.query_params.pop(key, None)

    return st.selectbox(
        label,
        list(names),
        index=None,
        format_func=lambda key: spoken(names[key]),
        key=key,
        placeholder=empty,
        on_change=into_the_link,
        help=explained or None,
    )


def chosen_or_list(
    title: str,
    label: str,
    names: Mapping[str, str],
    key: str,
    introduction: str,
    show_list: Callable[[], None] | None = None,
) -> str:
    """The entry that the link or the reader chooses; without one, the page shows its list and ends there."""
    chosen = linked_choice(label, names, key, _("Choose from the list, or type to search"))
    if chosen is None:
        st.title(title)
        st.write(introduction)
        if show_list:
            show_list()
        st.stop()
    st.set_page_config(page_title=f"{spoken(names[chosen])} - thbfund")
    return chosen


def tag_link(label: str, tag: str) -> str:
    """Markdown for a link to what a tag means; relative, for the app may live below any address."""
    return markdown_link(label, f"tags?tag={tag}")


def programme_link(programme: Programme, label: str = "") -> None:
    """A link to the page of one programme, by its id; `label` is short, for a longer one is cut off on a phone."""
    st.page_link(
        PROGRAMME_PAGE,
        label=inert(label or _("All facts on {programme}", programme=programme.short_name)),
        icon=":material/arrow_forward:",
        query_params={"id": programme.id},
    )


def file_button(name: str, label: str, make: Callable[[], bytes]) -> None:
    """A button for a file, which is made when somebody asks for it; the saved file bears the day and the name."""
    st.download_button(
        label,
        guarded_file(name, make),
        file_name=f"thbfund-{clock.today()}-{name}",
        mime=MEDIA_TYPES[PurePath(name).suffix],
        key=f"file_{name}",
        on_click="ignore",
        icon=":material/download:",
    )
