"""The JSON API: match a project, read the catalogue, and what one may ask for."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from thbfund import __version__
from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.model import Programme
from thbfund.input.problems import InputError
from thbfund.matching import Matcher
from thbfund.parts import part_by_part
from thbfund.project import read_project
from thbfund.report.contract import report_json
from thbfund.staff.export import LICENCE
from thbfund.web.routes.conditional import conditional
from thbfund.web.routes.desk import Desk
from thbfund.web.routes.limits import body_of
from thbfund.web.routes.openapi import openapi
from thbfund.web.routes.problems import MOST_SHOWN, Refused, places_of, values_of
from thbfund.web.routes.query import FILTERS, OF_MATCH, Query, read_query

JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Api:
    """The endpoints of the API."""

    desk: Desk

    async def match(self, request: Request) -> Response:
        """`POST /api/v1/match`: a project as the body; the answer has the bytes of `thbfund match --format json`."""
        kind, _, parameters = request.headers.get("content-type", "").lower().partition(";")
        if kind.strip() != JSON or ("charset" in parameters and "utf-8" not in parameters):
            raise Refused(415)
        body = await body_of(request)
        answer = await self.desk.work.run(lambda: self._matched(body, request))
        return Response(answer, media_type=JSON)

    def _matched(self, body: bytes, request: Request) -> str:
        matcher = self.desk.matcher()
        query = read_query(request.query_params, OF_MATCH, matcher.catalogue)
        return matched(matcher, body, query, query.on or self.desk.today())

    def programmes(self, request: Request) -> Response:
        """`GET /api/v1/programmes`: all programmes, or those that are wanted, in short."""
        catalogue, on = self.desk.catalogue(), self.desk.today()
        query = read_query(request.query_params, FILTERS, catalogue)
        found = [one for one in catalogue.programmes.values() if query.selection.wants(one, catalogue, on)]
        values = {**_imprint(catalogue), "programmes": [_in_short(one, on) for one in found]}
        return conditional(request, _bytes(values), JSON, self.desk.modified(catalogue, daily=True))

    def programme(self, request: Request) -> Response:
        """`GET /api/v1/programmes/{id}`: one programme with all its facts, and its calls, as in the export."""
        catalogue = self.desk.catalogue()
        read_query(request.query_params, (), catalogue)
        found = catalogue.programmes.get(request.path_params["id"])
        if found is None:
            raise Refused(404, "There is no such programme. /api/v1/programmes lists all of them.")
        calls = catalogue.calls.get(found.id)
        values = {
            **_imprint(catalogue),
            "programme": found.model_dump(mode="json", exclude_defaults=True),
            "calls": calls.model_dump(mode="json", exclude_defaults=True) if calls else None,
        }
        return conditional(request, _bytes(values), JSON, self.desk.modified(catalogue, daily=False))

    def openapi(self, request: Request) -> Response:
        """`GET /api/v1/openapi.json`: what one may ask for, for programs."""
        catalogue = self.desk.catalogue()
        read_query(request.query_params, (), catalogue)
        content = _bytes(openapi(catalogue, self.desk.base))
        return conditional(request, content, JSON, self.desk.modified(catalogue, daily=False))

    def health(self, _request: Request) -> Response:
        """`GET /health`: whether answers can be given, and whether from the files as they are now."""
        matcher = self.desk.matcher()
        condition = self.desk.condition()
        values = {
            "status": "degraded" if condition.problems else "ok",
            "since": condition.since.isoformat(timespec="seconds") if condition.since else None,
            **_imprint(matcher.catalogue),
            "encoder": matcher.ranker.encoder is not None,
            "problems_found": len(condition.problems),
            "problems": places_of(condition.problems[:MOST_SHOWN]),
        }
        return JSONResponse(values)


def matched(matcher: Matcher, body: bytes, query: Query, on: date) -> str:
    """The answer for a project in JSON.

    Raises:
        Refused: the body is no JSON, or no project.
    """
    try:
        json.loads(body)
    except (ValueError, RecursionError):
        raise Refused(400, "The body is no JSON in UTF-8, or has too many levels.") from None
    try:
        project = read_project(body, "body", matcher.catalogue.vocabularies)
    except InputError as error:
        raise Refused(422, problems=values_of(error.problems)) from None
    report = matcher.match(project, on, query.period)
    # With a line break at its end, as the command line writes it.
    return report_json(report, query.top, part_by_part(matcher, report, query.period)).rstrip("\n") + "\n"


def _imprint(catalogue: Catalogue) -> dict[str, Any]:
    return {
        "version": __version__,
        "licence": LICENCE,
        "catalogue": {
            "fingerprint": catalogue.fingerprint,
            "programmes": len(catalogue.programmes),
            "checked_on": catalogue.checked_on.isoformat(),
        },
    }


def _in_short(programme: Programme, on: date) -> dict[str, Any]:
    return {
        "id": programme.id,
        "name": programme.name,
        "acronym": programme.acronym,
        "periods": list(programme.periods),
        "in_force": programme.is_in_force(on),
        "summary": programme.summary.value,
        "official_page": programme.official_page.value,
        "strands": [{"id": strand.id, "name": strand.name} for strand in programme.strands],
        "successor": programme.successor.value,
    }


def _bytes(values: Mapping[str, Any]) -> bytes:
    return (json.dumps(values, ensure_ascii=False, indent=2) + "\n").encode()
