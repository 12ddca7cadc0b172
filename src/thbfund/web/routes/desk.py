"""What all routes share: the matcher of the pages, the day, and the threads in which matches run."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from thbfund.catalogue.contents import Catalogue
from thbfund.input.problems import InputError
from thbfund.matching import Matcher
from thbfund.web import clock
from thbfund.web.keeper import Condition
from thbfund.web.routes.limits import Senders, Work
from thbfund.web.routes.problems import MOST_SHOWN, Refused, places_of


@dataclass(slots=True)
class Desk:
    """What the routes answer from.

    Attributes:
        load: gives the matcher for the catalogue as it is now.
        today: the day on which an answer holds unless another is asked for.
        base: the path below which all is served; "" at the root.
        condition: what is wrong with the files while the last good state is served.
    """

    load: Callable[[], Matcher]
    today: Callable[[], date]
    base: str = ""
    condition: Callable[[], Condition] = Condition
    senders: Senders = field(default_factory=Senders)
    work: Work = field(default_factory=Work)
    _served: tuple[str, datetime] | None = None  # fingerprint of the catalogue, and when it came

    def matcher(self) -> Matcher:
        """The matcher.

        Raises:
            Refused: the catalogue is broken.
        """
        try:
            return self.load()
        except InputError as error:
            listed = places_of(error.problems[:MOST_SHOWN])
            raise Refused(503, "The catalogue has errors. Its keepers must mend them first.", listed) from None

    def catalogue(self) -> Catalogue:
        """The catalogue, likewise."""
        return self.matcher().catalogue

    def modified(self, catalogue: Catalogue, *, daily: bool) -> datetime:
        """When an answer may last have changed: as this catalogue came or, where days count, as the day began."""
        served = self._served
        if served is None or served[0] != catalogue.fingerprint:  # also one of earlier: it has come again
            served = self._served = catalogue.fingerprint, clock.now()
        return max(served[1], self.midnight()) if daily else served[1]

    def midnight(self) -> datetime:
        """The beginning of the day on which the answer holds."""
        return datetime.combine(self.today(), time(), UTC)
