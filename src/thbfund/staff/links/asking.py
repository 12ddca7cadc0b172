"""Asking servers for addresses, politely: few at once, one after another at each host, again when they are busy."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx
from tenacity import AsyncRetrying, RetryCallState, retry_if_result, stop_after_attempt, wait_exponential

from thbfund.input.problems import ThbfundError
from thbfund.staff.links.judging import Reply

BUSY = (429, 500, 502, 503, 504)
MOST_REDIRECTS = 10
SILENT_AT_FIRST = 20  # addresses without any answer before one gives up: it is the network, not they
NAME = "thbfund-links (checks the sources of a catalogue of EU programmes)"


class SilenceError(ThbfundError):
    """Raised where nobody answers at all."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How politely to ask; times in seconds.

    Attributes:
        hosts: that are asked at the same time.
        pause: between two requests to the same host.
        patience: until an answer must be there.
        tries: for one address while its server is busy.
        longest_wait: before another try, whatever the server asks for.
    """

    hosts: int = 8
    pause: float = 1.0
    patience: float = 20.0
    tries: int = 3
    longest_wait: float = 60.0


def ask(addresses: Iterable[str], manners: Manners, told: Callable[[str, Reply], None]) -> None:
    """Ask for each address; `told` hears of each answer as it comes.

    Raises:
        SilenceError: of the first addresses none was answered.
    """
    by_host = defaultdict[str, list[str]](list)
    for address in addresses:
        by_host[_host(address)].append(address)
    asyncio.run(_ask_hosts(by_host, manners, told))


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc
    except ValueError:  # no address at all: asking will say so
        return ""


async def _ask_hosts(by_host: Mapping[str, list[str]], manners: Manners, told: Callable[[str, Reply], None]) -> None:
    free, answers = asyncio.Semaphore(manners.hosts), list[Reply]()
    async with httpx.AsyncClient(
        headers={"User-Agent": NAME},
        timeout=manners.patience,
        follow_redirects=True,
        max_redirects=MOST_REDIRECTS,
    ) as client:

        async def in_turn(asked: list[str]) -> None:
            async with free:
                for number, address in enumerate(asked):
                    if number:
                        await asyncio.sleep(manners.pause)
                    answers.append(await _answer(client, address, manners))
                    told(address, answers[-1])
                    if len(answers) == SILENT_AT_FIRST and not any(answer.status for answer in answers):
                        raise SilenceError

        await asyncio.gather(*map(in_turn, by_host.values()))


async def _answer(client: httpx.AsyncClient, address: str, manners: Manners) -> Reply:
    """What comes of asking for the head of a page, and where that is not clear, for the page itself."""
    try:
        found = await _patiently(client, "HEAD", address, manners)
        if not found.is_success:  # some servers know no HEAD, and say so in many ways
            found = await _patiently(client, "GET", address, manners)
    except httpx.TooManyRedirects:
        return Reply(failure="redirects without end")
    except httpx.TimeoutException:
        return Reply(failure=f"no answer within {manners.patience:g} seconds")
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        return Reply(failure=f"{type(error).__name__}: {error}".rstrip(": ")[:200])
    targets = [*found.history, found][1:]
    hops = tuple((hop.status_code, str(to.url)) for hop, to in zip(found.history, targets, strict=True))
    return Reply(found.status_code, hops)


async def _patiently(client: httpx.AsyncClient, method: str, address: str, manners: Manners) -> httpx.Response:
    """The answer once the server is no longer busy, or its last answer when patience ends."""

    def waits(state: RetryCallState) -> float:
        answer = state.outcome.result() if state.outcome else None
        asked = answer.headers.get("Retry-After", "") if answer else ""
        usual = wait_exponential(multiplier=manners.pause)(state)
        return min(float(asked) if asked.isdigit() else usual, manners.longest_wait)

    retrying = AsyncRetrying(
        retry=retry_if_result(lambda answer: answer.status_code in BUSY),
        stop=stop_after_attempt(manners.tries),
        wait=waits,
        retry_error_callback=lambda state: state.outcome.result() if state.outcome else None,
    )
    answer: httpx.Response = await retrying(_heads, client, method, address)
    return answer


async def _heads(client: httpx.AsyncClient, method: str, address: str) -> httpx.Response:
    """An answer without its body: nobody reads it, and it may be of any size."""
    async with client.stream(method, address) as answer:
        return answer
