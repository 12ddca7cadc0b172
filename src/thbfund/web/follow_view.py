"""Follow without an account: choices become the addresses of the feeds, with what they hold today below them."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from thbfund.catalogue.change_log import GRADE_NAMES
from thbfund.catalogue.contents import Catalogue
from thbfund.report.atom import wanted_changes
from thbfund.report.calendar import listed
from thbfund.report.following import Selection, wanted_calls
from thbfund.said import labelled
from thbfund.speaking import ENGLISH
from thbfund.web import choices, clock, components
from thbfund.web.speech import _, counted, current, spoken

PAGE = str(Path(__file__).parent / "pages" / "follow.py")
SHOWN_CHANGES = 5
KEY = "follow_"  # all widgets of this page
PATH = "follow"  # of this page; what stands before it is where the app is


def show(catalogue: Catalogue) -> None:
    """Draw the page: what to follow, then one address for a calendar and one for a feed reader."""
    st.title(_("Follow"))
    st.write(
        _(
            "Let your calendar and your feed reader tell you of calls and changes. No account, no e-mail address: the "
            "choices below stand in the address, and nothing else is known of you."
        )
    )
    chosen = _choices(catalogue)
    expected = st.checkbox(
        _("Show expected calls too, which nobody has announced"), key=f"{KEY}expected", help=_("In the calendar only.")
    )
    on, selection = clock.today(), _selection(chosen)
    _calendar(catalogue, selection, chosen, expected=expected, on=on)
    _changes(catalogue, selection, chosen, on)
    st.header(_("For programs"))
    st.write(_("A JSON API answers from the same catalogue. Its description, in OpenAPI, stands here:"))
    _address(address_of(st.context.url, "api/v1/openapi.json", {}))


def address_of(page: str | None, path: str, parameters: Mapping[str, Sequence[str]]) -> str:
    """The address of a feed beside the page that shows it; without a host where that of the page is not known."""
    parts = urlsplit(page or "")
    start = parts.path.rstrip("/").removesuffix(PATH).rstrip("/")
    query = urlencode([(name, value) for name, values in parameters.items() for value in values])
    return urlunsplit((parts.scheme, parts.netloc, f"{start}/{path}", query, ""))


def _choices(catalogue: Catalogue) -> dict[str, list[str]]:
    """What was chosen, by parameter of the address; of each kind any one will do."""
    kinds = choices.labels(catalogue, "applicant_types")
    priorities = {key: _(labelled(key, name)) for key, name in choices.labels(catalogue, "priorities").items()}
    programmes = {key: one.short_name for key, one in catalogue.programmes.items()}
    not_shut = _("Left out are only calls that shut it out. What is not known may still be a yes.")
    left, right = st.columns(2)
    with left:
        kind = _choice("applicant_type", _("Type of your organisation"), kinds, not_shut)
        programme = _choice("programme", _("Programmes"), programmes)
    with right:
        country = _choice("country", _("Country of your organisation"), choices.countries(), not_shut)
        priority = _choice(
            "priority", _("Policy priorities"), priorities, _("Served with grade 2 or 3 of 3, our own judgement.")
        )
    return {"programme": programme, "priority": priority, "applicant_type": kind, "country": country}


def _choice(name: str, label: str, options: Mapping[str, str], explained: str = "") -> list[str]:
    return st.multiselect(
        label,
        list(options),
        format_func=lambda key: spoken(options[key]),
        key=f"{KEY}{name}",
        placeholder=_("Any"),
        help=explained or None,
    )


def _selection(chosen: Mapping[str, Sequence[str]]) -> Selection:
    return Selection(chosen["programme"], chosen["priority"], chosen["applicant_type"], chosen["country"])


def _language() -> dict[str, list[str]]:
    return {} if current().language == ENGLISH else {"language": [current().language]}


def _calendar(
    catalogue: Catalogue, selection: Selection, chosen: Mapping[str, Sequence[str]], *, expected: bool, on: date
) -> None:
    statuses = ["open", "forthcoming", "expected"] if expected else ["open", "forthcoming"]
    found = listed(catalogue, on, selection.programmes or None, with_expected=expected)
    number = len(wanted_calls(found, selection, statuses, catalogue, on))
    st.header(_("Calls in your calendar"))
    st.write(
        _(
            "Add this address to your calendar program as a calendar from the web. Openings and deadlines appear in "
            "Brussels time, with reminders, and change by themselves."
        )
    )
    status = {"status": statuses} if expected else {}
    _address(address_of(st.context.url, "feeds/calls.ics", {**chosen, **status, **_language()}))
    st.write(counted("Today it holds {n} call.", "Today it holds {n} calls.", number))


def _changes(catalogue: Catalogue, selection: Selection, chosen: Mapping[str, Sequence[str]], on: date) -> None:
    found = wanted_changes(catalogue, selection, on)
    st.header(_("Changes in your feed reader"))
    st.write(
        _(
            "Add this address to a feed reader or mail program that takes Atom feeds. It tells what changed: deadlines "
            "first, then money, then who may apply."
        )
    )
    _address(address_of(st.context.url, "feeds/changes.atom", {**chosen, **_language()}))
    if not found:
        st.write(_("So far it holds no change."))
        return
    st.write(counted("Today it holds {n} change. The latest:", "Today it holds {n} changes. The latest:", len(found)))
    components.bullets(
        _("{day}, {grade}: {change}", day=day, grade=GRADE_NAMES[change.grade], change=change.text)
        for day, change in found[:SHOWN_CHANGES]
    )


def _address(address: str) -> None:
    """An address to copy; text, not a link, for a browser would only download it."""
    st.code(address, language=None, wrap_lines=True)


def link() -> None:
    """A link to this page."""
    st.page_link(PAGE, label=_("Follow calls and changes"), icon=":material/rss_feed:")
