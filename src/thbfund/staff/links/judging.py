"""What a server answered -> whether an address still holds."""

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

LinkState = Literal["valid", "moved", "gone", "uncertain"]

PERMANENT = (301, 308)
GONE = (404, 410)


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of asking for an address.

    Attributes:
        status: of the last page; None where nobody answered.
        hops: status and target of each redirect on the way, in order.
        failure: why nobody answered, in a few words; "" where somebody did.
    """

    status: int | None = None
    hops: tuple[tuple[int, str], ...] = ()
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """How it stands with an address.

    Attributes:
        state: `valid`; `moved` for good, to another address; `gone`; `uncertain` where only a person can tell.
        reason: in a few words.
        moved_to: the new address; "" where there is none.
    """

    state: LinkState
    reason: str
    moved_to: str = ""


def judge(address: str, reply: Reply) -> Finding:
    """Say how it stands with an address.

    A page that asks for a sign-in or refuses programs may be well for people, so anything but a clear answer is
    uncertain. So is a lasting redirect to a front page: many sites send there what they no longer have.
    """
    if reply.status is None:
        return Finding("uncertain", reply.failure or "no answer")
    if reply.status in GONE:
        return Finding("gone", f"status {reply.status}")
    if not 200 <= reply.status < 300:  # noqa: PLR2004 - the class of answers that found something
        return Finding("uncertain", f"status {reply.status}")
    target = _moved_to(reply)
    if not target or target == address:
        return Finding("valid", f"status {reply.status}")
    if _is_front(target) and not _is_front(address):
        return Finding("uncertain", f"leads to the front page {target}")
    return Finding("moved", f"status {reply.hops[0][0]}", target)


def _moved_to(reply: Reply) -> str:
    """Where lasting redirects lead before the first passing one; "" where there is none."""
    target = ""
    for status, to in reply.hops:
        if status not in PERMANENT:
            break
        target = to
    return target


def _is_front(address: str) -> bool:
    parts = urlsplit(address)
    return parts.path in {"", "/"} and not parts.query
