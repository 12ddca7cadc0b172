"""The clock of the app: the core has none, and is told the day."""

from datetime import UTC, date, datetime


def now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


def today() -> date:
    """The day on which an answer holds unless another is asked for."""
    return now().date()
