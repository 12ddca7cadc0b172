"""The form's rows for partners: always one more than are filled in, so that each partner of a file has room."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from thbfund.project import MAX_PARTNERS, Partner

FEWEST = 5
_PARTS = ("type", "country")


def names(row: int) -> dict[str, str]:
    """The widgets of a row, by what they ask for."""
    return {part: f"partner_{part}_{row}" for part in _PARTS}


def needed(value_of: Callable[[str], Any]) -> range:
    """The rows to show, where the widgets hold these values."""
    filled = [row for row in range(MAX_PARTNERS) if any(value_of(name) for name in names(row).values())]
    return range(min(MAX_PARTNERS, max(FEWEST, max(filled, default=0) + 2)))


def empty(rows: Iterable[int]) -> dict[str, None]:
    """Rows in which nothing is said."""
    return dict.fromkeys(name for row in rows for name in names(row).values())


def filled_with(partners: Iterable[Partner]) -> dict[str, str | None]:
    """Rows in which these partners stand."""
    return {name: getattr(partner, part) for row, partner in enumerate(partners) for part, name in names(row).items()}


def read(state: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The partners of whom something is said, in the order of the rows."""
    rows = ({part: state.get(name) for part, name in names(row).items()} for row in range(MAX_PARTNERS))
    return [row for row in rows if any(row.values())]
