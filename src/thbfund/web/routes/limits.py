"""How much one sender and all of them together may ask for. Addresses of senders are never kept in the clear."""

import asyncio
import hashlib
import secrets
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from typing import TypeVar

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.requests import Request

from thbfund.project import MAX_PROJECT_BYTES
from thbfund.web.routes.problems import Refused

Given = TypeVar("Given")

MOST_BYTES = MAX_PROJECT_BYTES  # of a body: what a project file may hold
SECONDS_TO_SEND = 15.0  # for the body, on a slow line
SECONDS_TO_ANSWER = 60.0  # a match takes under two seconds; on a busy machine several
MATCHES_AT_ONCE = 2  # each fills a core
MATCHES_WAITING = 8  # beyond these, half a minute of waiting, the sender had better come back
COME_BACK_AFTER = 10  # seconds

MATCHES_PER_MINUTE = 30
READS_PER_MINUTE = 120
NETWORK_OF_ONE_SENDER = 64  # bits; who has one IPv6 address has the whole network


@dataclass(frozen=True, slots=True)
class Senders:
    """Counts requests per sender for one minute, in memory, under a keyed hash whose key dies with the process."""

    reads: RateLimitItem = field(default_factory=lambda: RateLimitItemPerMinute(READS_PER_MINUTE))
    matches: RateLimitItem = field(default_factory=lambda: RateLimitItemPerMinute(MATCHES_PER_MINUTE))
    _limiter: MovingWindowRateLimiter = field(default_factory=lambda: MovingWindowRateLimiter(MemoryStorage()))
    _secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    def admit(self, address: str, *, match: bool) -> None:
        """Count a request.

        Raises:
            Refused: the sender has asked too often.
        """
        limit, key = (self.matches if match else self.reads), self._key(address)
        if not self._limiter.hit(limit, "match" if match else "read", key):
            reset = self._limiter.get_window_stats(limit, "match" if match else "read", key).reset_time
            raise Refused(429, headers={"Retry-After": str(max(1, round(reset - time.time())))})

    def _key(self, address: str) -> str:
        return hashlib.blake2b(_network(address).encode(), key=self._secret, digest_size=16).hexdigest()


def _network(address: str) -> str:
    """The address, or the network that one IPv6 sender has; a test client has a name instead."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if found.version == 4:  # noqa: PLR2004 - IPv4
        return address
    return str(ip_network((found, NETWORK_OF_ONE_SENDER), strict=False))


@dataclass(slots=True)
class Work:
    """Runs matches in a few threads of their own, so that pages and feeds go on, and refuses when too many wait."""

    at_once: int = MATCHES_AT_ONCE
    waiting: int = MATCHES_WAITING
    seconds: float = SECONDS_TO_ANSWER
    _busy: int = 0
    _threads: ThreadPoolExecutor | None = None

    async def run(self, job: Callable[[], Given]) -> Given:
        """Run a job in a thread and give its answer.

        Raises:
            Refused: too many jobs wait, or this one takes too long.
        """
        if self._busy >= self.at_once + self.waiting:
            raise Refused(503, headers={"Retry-After": str(COME_BACK_AFTER)})
        self._threads = self._threads or ThreadPoolExecutor(self.at_once, "match")
        loop = asyncio.get_running_loop()
        self._busy += 1
        future = loop.run_in_executor(self._threads, job)
        future.add_done_callback(self._done)
        try:
            # The thread cannot be stopped: its place is free when it ends, not when the sender stops waiting.
            return await asyncio.wait_for(asyncio.shield(future), self.seconds)
        except TimeoutError:
            raise Refused(503, headers={"Retry-After": str(COME_BACK_AFTER)}) from None

    def _done(self, future: asyncio.Future[Given]) -> None:
        self._busy -= 1
        if not future.cancelled():
            future.exception()  # seen; else it would be logged, with what it says


async def body_of(request: Request, seconds: float = SECONDS_TO_SEND) -> bytes:
    """The body of a request, read no further than it may be long.

    Raises:
        Refused: it is too large, or does not arrive in time.
    """
    sentence = f"The body is larger than {MOST_BYTES} bytes, the most that a project may have. Shorten it."
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced[:16]) > MOST_BYTES:
        raise Refused(413, sentence)
    content = bytearray()
    try:
        async with asyncio.timeout(seconds):
            async for chunk in request.stream():
                content += chunk
                if len(content) > MOST_BYTES:
                    raise Refused(413, sentence)
    except TimeoutError:
        raise Refused(408) from None
    return bytes(content)
