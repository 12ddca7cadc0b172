"""WHO MAY: the visitor who may change the catalogue; asked by each page, and again by each write.

There are two ways, and without either there are no staff:

- `THBFUND_STAFF` lists e-mail addresses and `group:` claims: who signs in by OpenID Connect and is listed may edit.
- `thbfund app --staff-on-this-machine "Name <address>"` lets whoever sits at this machine edit, under that name.
"""

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from thbfund.staff.saving import Editor

STAFF = "THBFUND_STAFF"
HERE = "THBFUND_STAFF_HERE"
GROUP = "group:"
FORWARDED = ("forwarded", "via", "x-forwarded", "x-real-ip", "x-client-ip", "true-client-ip", "cf-connecting-ip")
"""How headers begin that tell of a proxy: the visitor behind it may sit anywhere."""


@dataclass(frozen=True, slots=True)
class Staff:
    """Who may edit, as the operator says.

    Attributes:
        emails: addresses of those who may, in lower case.
        groups: claims of `groups` that may.
        here: as whom whoever sits at this machine edits; None where that is not allowed.
    """

    emails: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    here: Editor | None = None

    def __bool__(self) -> bool:
        return bool(self.emails or self.groups or self.here)


def staff_of(environment: Mapping[str, str]) -> Staff:
    """Read what the operator says; an entry that is neither address nor group allows nobody."""
    entries = [entry.strip() for entry in environment.get(STAFF, "").split(",")]
    groups = frozenset(entry.removeprefix(GROUP).strip() for entry in entries if entry.startswith(GROUP)) - {""}
    emails = frozenset(entry.casefold() for entry in entries if "@" in entry and not entry.startswith(GROUP))
    return Staff(emails, groups, editor_named(environment.get(HERE, "")))


def editor_named(text: str) -> Editor | None:
    """`Name <address>` as an editor; None where either is missing."""
    name, email = parseaddr(text)
    return Editor(name, email) if name and "@" in email else None


def signed_in(claims: Mapping[str, Any], staff: Staff, now: float) -> Editor | None:
    """The editor whom a provider's claims name; None where they name nobody on the list, or no longer hold.

    An address counts only where the provider says that it is verified: with some providers anybody can write any. Where
    it says that it is not, a group does not help: the address would stand in the history as the author's.

    Args:
        claims: of the identity token, with `is_logged_in` as Streamlit adds it.
        staff: who may.
        now: seconds since 1970, to be before the claim `exp`.
    """
    expires, email = claims.get("exp"), str(claims.get("email") or "")
    if claims.get("is_logged_in") is not True or not isinstance(expires, int | float) or expires <= now:
        return None
    verified = claims.get("email_verified")
    if verified is not None and verified is not True:
        return None
    listed = verified is True and email.casefold() in staff.emails
    stated = claims.get("groups")
    groups = stated if isinstance(stated, list | tuple) else ()
    if not listed and staff.groups.isdisjoint(map(str, groups)):
        return None
    return Editor(str(claims.get("name") or email or claims.get("sub") or ""), email)


def sits_here(headers: Mapping[str, str], bound_to: str | None) -> bool:
    """Whether a request comes from a browser on this machine to a server that only this machine reaches.

    Host and Origin must be of this machine too, so that no page from elsewhere can be made to ask (DNS rebinding). A
    proxy on this machine that hides itself by rewriting both cannot be told apart: do not put one in front.

    Args:
        headers: of the request, names in lower case.
        bound_to: address that the server listens on.
    """
    origin = urlsplit(headers.get("origin", "")).hostname
    host = urlsplit(f"//{headers.get('host', '')}").hostname
    return all(map(_is_loopback, (bound_to, host, origin))) and not any(name.startswith(FORWARDED) for name in headers)


def _is_loopback(host: str | None) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host or "").is_loopback
    except ValueError:
        return False


def switched_on() -> bool:
    """Whether there are staff at all."""
    return bool(staff_of(os.environ))


def editor() -> Editor | None:
    """The visitor of this session as an editor; None where she may not edit, or may not any more."""
    staff = staff_of(os.environ)
    headers = {name.lower(): value for name, value in st.context.headers.items()}
    if staff.here and sits_here(headers, st.get_option("server.address")):
        return staff.here
    return signed_in(st.user.to_dict(), staff, time.time())
