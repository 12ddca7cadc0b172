"""Topics asked of the EU Funding & Tenders Portal itself: patient where it is busy, suspicious of what it answers.

The service takes filters as parts of a form. A filter sent in another way is ignored without a word, and the answer is
then of millions of records: so each answer is compared with what was asked.
"""

import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import httpx
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, stop_after_delay, wait_exponential

from thbfund.input.problems import ThbfundError
from thbfund.staff.portal.topics import GRANT, STATUS, PortalTopic, topics_of
from thbfund.staff.portal.values import first, objects, plain_text

SEARCH = "https://api.tech.ec.europa.eu/search-api/prod/rest/search"
DETAILS = "https://ec.europa.eu/info/funding-tenders/opportunities/data/topicDetails/"
KEY = "SEDIA"  # names the index; it is no secret
EVERYTHING = "***"
COMING = tuple(code for code, status in STATUS.items() if status in {"forthcoming", "open"})
MOST_RECORDS = 10_000  # beyond which the service refuses; a filter that counts gives some hundreds
NAME = "thbfund (catalogue of EU funding against trafficking in human beings)"


class ServiceError(ThbfundError):
    """Raised where the portal gives nothing that can be relied on; its text says so, in a sentence."""


class BusyError(ServiceError):
    """Raised where the portal may well answer a little later."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for: topics of these programmes (codes of the portal) in these states, with this text."""

    programmes: tuple[str, ...]
    text: str = EVERYTHING
    statuses: tuple[str, ...] = COMING

    @property
    def filters(self) -> Mapping[str, tuple[str, ...]]:
        """Field of a record -> values that it may have."""
        return {"type": (GRANT,), "status": self.statuses, "frameworkProgramme": self.programmes}


@dataclass(frozen=True, slots=True)
class Manners:
    """How long to be patient with the portal, and how much to take from it.

    Attributes:
        page: records in an answer; the service gives no more than 100.
        patience: seconds to wait for an answer, or for its next piece.
        in_all: seconds for everything.
        size: bytes for everything; 970 records were 21 MB.
        tries: for each answer.
        pause: seconds before the second try; twice as long before each further one.
    """

    page: int = 100
    patience: float = 30
    in_all: float = 600
    size: int = 200_000_000
    tries: int = 5
    pause: float = 2


def ask(question: Question, address: str | None = None, manners: Manners | None = None) -> tuple[PortalTopic, ...]:
    """The topics, each once, with their texts as far as the portal has them.

    Args:
        question: what is asked for.
        address: of another server that speaks like the portal; None: the portal.
        manners: other than usual.

    Raises:
        ServiceError: there is no network, the portal stays busy, or it answers something else than was asked.
    """
    manners = manners or Manners()
    with httpx.Client(headers={"User-Agent": NAME}, timeout=manners.patience, follow_redirects=True) as client:
        line = _Line(client, manners)
        records = [
            record for page in _pages(line, question, f"{address}/search" if address else SEARCH) for record in page
        ]
        details = f"{address}/details/" if address else DETAILS
        return tuple(_with_text(topic, line, details) for topic in topics_of(records))


def _pages(line: "_Line", question: Question, address: str) -> Iterator[list[dict[str, Any]]]:
    """The records, page by page, as long as they are what was asked for."""
    parts = {
        "query": {"bool": {"must": [{"terms": {name: list(values)}} for name, values in question.filters.items()]}},
        "languages": ["en"],
        "sort": {"field": "startDate", "order": "DESC"},
    }
    form = {name: ("blob", json.dumps(part), "application/json") for name, part in parts.items()}
    seen, number = 0, 0
    while True:
        number += 1
        asked = {"apiKey": KEY, "text": question.text, "pageSize": line.manners.page, "pageNumber": number}
        answer = line.json("POST", address, params=asked, files=form)
        total, records = _checked(answer, question)
        if not records and seen < total:
            raise ServiceError(f"The portal said that it has {total} topics and gave only {seen}: ask again later.")
        yield records
        seen += len(records)
        if seen >= total:
            return


def _checked(answer: Any, question: Question) -> tuple[int, list[dict[str, Any]]]:
    """How many records there are, and those of this page.

    Raises:
        ServiceError: the answer does not look like one, or the service did not heed the filter.
    """
    total = answer.get("totalResults") if isinstance(answer, dict) else None
    if not isinstance(total, int) or not isinstance(answer.get("results"), list):
        raise ServiceError("The portal answered in a form that is not known here: its service may have changed.")
    ignored = "The portal did not heed the filter"
    if total > MOST_RECORDS:
        raise ServiceError(f"{ignored}: it offers {total} records, and some hundreds were to be expected.")
    records = objects(answer["results"])
    for record in records:
        for name, allowed in question.filters.items():
            found = first(record.get("metadata"), name)
            if found and found not in allowed:
                raise ServiceError(f"{ignored}: it gave a record with {name} {found[:40]}, which was not asked for.")
    return total, records


def _with_text(topic: PortalTopic, line: "_Line", details: str) -> PortalTopic:
    """The topic with the text of its own file, where the list gave none; capital letters are not found there."""
    if topic.text:
        return topic
    answer = line.json("GET", f"{details}{topic.id.lower()}.json", missing={})
    found = answer.get("TopicDetails") if isinstance(answer, dict) else None
    said = found.get("description") if isinstance(found, dict) else None
    return replace(topic, text=plain_text(said)) if isinstance(said, str) else topic


class _Line:
    """A connection that tries again, and ends when enough was taken."""

    def __init__(self, client: httpx.Client, manners: Manners) -> None:
        self.client, self.manners = client, manners
        self.ends, self.left = time.monotonic() + manners.in_all, manners.size

    def json(self, method: str, address: str, missing: Any = None, **asked: Any) -> Any:
        """The values of an answer; `missing` where there is no such page and something is given for that."""
        retrying = Retrying(
            retry=retry_if_exception_type(BusyError),
            stop=stop_after_attempt(self.manners.tries) | stop_after_delay(max(0, self.ends - time.monotonic())),
            wait=wait_exponential(multiplier=self.manners.pause, max=60),
            reraise=True,
        )
        return retrying(self._once, method, address, missing, asked)

    def _once(self, method: str, address: str, missing: Any, asked: Mapping[str, Any]) -> Any:
        try:
            with self.client.stream(method, address, **asked) as answer:
                if answer.status_code == httpx.codes.NOT_FOUND and missing is not None:
                    return missing
                self._accept(answer.status_code)
                content = b"".join(self._pieces(answer))
            return json.loads(content)
        except httpx.TimeoutException:
            raise BusyError(f"The portal gave no answer within {self.manners.patience:g} seconds.") from None
        except httpx.ConnectError:
            raise ServiceError("The portal cannot be reached: is there a network?") from None
        except (httpx.UnsupportedProtocol, httpx.InvalidURL):
            raise ServiceError(f"{address} is no address of a server: write it as https://server.example.") from None
        except httpx.HTTPError as error:
            raise BusyError(f"The portal broke off its answer ({type(error).__name__}): ask again later.") from None
        except (ValueError, RecursionError):
            raise BusyError(
                "The portal answered with a web page, or with half of an answer: ask again later."
            ) from None

    def _accept(self, status: int) -> None:
        if status == httpx.codes.TOO_MANY_REQUESTS or status >= httpx.codes.INTERNAL_SERVER_ERROR:
            raise BusyError(f"The portal is busy or out of order (status {status}): ask again later.")
        if status != httpx.codes.OK:
            raise ServiceError(f"The portal refused the question (status {status}): its service may have changed.")

    def _pieces(self, answer: httpx.Response) -> Iterator[bytes]:
        for piece in answer.iter_bytes():
            self.left -= len(piece)
            if self.left < 0:
                raise ServiceError(f"The portal sent more than {self.manners.size // 1_000_000} MB: nothing was read.")
            if time.monotonic() > self.ends:
                raise ServiceError(f"The portal took longer than {self.manners.in_all:g} seconds: nothing was read.")
            yield piece
