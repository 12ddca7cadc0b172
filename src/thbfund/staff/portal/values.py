"""Values in the shapes in which the portal gives them."""

from datetime import date
from typing import Any

MAX_TEXT = 100_000  # characters of a topic's text that are read; the longest seen have some 20 000


def plain_text(html: str) -> str:
    """The text of a piece of HTML, in lines, without scripts and styles."""
    from bs4 import BeautifulSoup  # noqa: PLC0415 - of the extra `staff`

    soup = BeautifulSoup(html[:MAX_TEXT], "html.parser")
    return "\n".join(line for line in (part.strip() for part in soup.get_text("\n").splitlines()) if line)


def first(meta: Any, name: str) -> str:
    """The value of a key, which the search service gives as a list of one; "" where it is no text or number."""
    values = meta.get(name) if isinstance(meta, dict) else None
    value = values[0] if isinstance(values, list) and values else values
    return "" if value is None or isinstance(value, list | dict) else str(value)


def objects(values: Any) -> list[dict[str, Any]]:
    """The items of a list that are mappings; none of anything else."""
    return [value for value in values if isinstance(value, dict)] if isinstance(values, list) else []


def listed(values: Any) -> list[Any]:
    """A list as it is, anything else as a list of one."""
    return values if isinstance(values, list) else [values]


def days(values: Any) -> tuple[date, ...]:
    """The days of a list, in order."""
    return tuple(sorted(filter(None, map(day, listed(values)))))


def day(value: Any) -> date | None:
    """The day as written: the portal gives midnight where it means the last hour of that day in Brussels."""
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
