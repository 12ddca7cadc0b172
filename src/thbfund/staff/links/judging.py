"""What a server answered -> whether an address still holds."""

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

State = Literal["valid", "moved", "gone", "uncertain"]

PERMANENT = (301, 308)
GONE = (404, 410)


@dataclass(frozen=True, slots=True)
class Answer:
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

    state: State
    reason: str
    moved_to: str = ""


def judge(address: str, answer: Answer) -> Finding:
    """Say how it stands with an address.

    A page that asks for a sign-in or refuses programs may be well for people, so anything but a clear answer is
    uncertain. So is a lasting redirect to a front page: many sites send there what they no longer have.
    """
    if answer.status is None:
        return Finding("uncertain", answer.failure or "no answer")
    if answer.status in GONE:
        return Finding("gone", f"status {answer.status}")
    if not 200 <= answer.status < 300:  # noqa: PLR2004 - the class of answers that found something
        return Finding("uncertain", f"status {answer.status}")
    target = _moved_to(answer)
    if not target or target == address:
        return Finding("valid", f"status {answer.status}")
    if _is_front(target) and not _is_front(address):
        return Finding("uncertain", f"leads to the front page {target}")
    return Finding("moved", f"status {answer.hops[0][0]}", target)


def _moved_to(answer: Answer) -> str:
    """Where lasting redirects lead before the first passing one; "" where there is none."""
    target = ""
    for status, to in answer.hops:
        if status not in PERMANENT:
            break
        target = to
    return target


def _is_front(address: str) -> bool:
    parts = urlsplit(address)
    return parts.path in {"", "/"} and not parts.query
