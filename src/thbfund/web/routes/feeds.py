"""The feeds: calls as a calendar to subscribe to, changes of the catalogue for feed readers."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from thbfund.report.atom import Addresses, atom, wanted_changes
from thbfund.report.calendar import calendar, listed
from thbfund.report.following import wanted_calls
from thbfund.speaking import speaker
from thbfund.web.routes.conditional import conditional
from thbfund.web.routes.desk import Desk
from thbfund.web.routes.query import OF_CALLS, OF_CHANGES, read_query

CALENDAR = "text/calendar; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Feeds:
    """The endpoints of the feeds."""

    desk: Desk

    def calls(self, request: Request) -> Response:
        """`/feeds/calls.ics`: openings and deadlines of the calls that are wanted."""
        catalogue, on = self.desk.catalogue(), self.desk.today()
        query = read_query(request.query_params, OF_CALLS, catalogue)
        found = listed(catalogue, on, query.selection.programmes or None, with_expected="expected" in query.statuses)
        wanted = wanted_calls(found, query.selection, query.statuses, catalogue, on)
        content = calendar(wanted, on, self.desk.midnight(), speaker(query.language))
        return conditional(request, content, CALENDAR, self.desk.modified(catalogue, daily=True))

    def changes(self, request: Request) -> Response:
        """`/feeds/changes.atom`: what changed for applicants, the gravest of each day first."""
        catalogue, on = self.desk.catalogue(), self.desk.today()
        query = read_query(request.query_params, OF_CHANGES, catalogue)
        app = f"{request.url.scheme}://{request.url.netloc}{self.desk.base}/"
        at = Addresses(f"{app}feeds/changes.atom{'?' if request.url.query else ''}{request.url.query}", app)
        content = atom(wanted_changes(catalogue, query.selection, on), catalogue, at, speaker(query.language))
        return conditional(request, content, ATOM, self.desk.modified(catalogue, daily=False))
