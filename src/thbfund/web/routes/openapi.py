"""The OpenAPI 3.1 description of the routes, made from the models and lists that they check against."""

from collections.abc import Collection, Mapping
from typing import Any

from pydantic.json_schema import models_json_schema

from thbfund import __version__
from thbfund.catalogue.contents import Catalogue
from thbfund.project import Project
from thbfund.staff.schema import with_words
from thbfund.web.routes.answers import Answer, Health, ProblemDetails, ProgrammeList, ProgrammeWithCalls
from thbfund.web.routes.problems import MEDIA_TYPE
from thbfund.web.routes.query import (
    FILTERS,
    MEANINGS,
    MOST_PROGRAMMES,
    OF_CALLS,
    OF_CHANGES,
    OF_MATCH,
    ONCE,
    allowed_words,
)

MODELS = (Project, Answer, ProgrammeList, ProgrammeWithCalls, Health, ProblemDetails)
REFERENCE = "#/components/schemas/{model}"

EXAMPLE = {
    "summary": "A shelter gives women who were trafficked from Nigeria a safe place, legal aid and language courses.",
    "applicant": {"type": "ngo", "country": "IT"},
    "countries_of_action": ["IT"],
}

READING = {
    "304": "Nothing has changed since the tag or the time that the request names.",
    "400": "A parameter or value is not allowed; problems lists which, and what is.",
    "429": "Too many requests from this sender.",
    "503": "The catalogue cannot be read at the moment.",
}
MATCHING = {
    "400": "A parameter is not allowed, or the body is no JSON.",
    "408": "The body did not arrive in time.",
    "413": "The body is too large.",
    "415": "The body is not declared as application/json in UTF-8.",
    "422": "The project has mistakes; problems lists all of them.",
    "429": "Too many requests from this sender.",
    "503": "Too many matches wait at the moment.",
}


def openapi(catalogue: Catalogue, base: str = "") -> dict[str, Any]:
    """The description, with the words of this catalogue; `base` is the path below which all is served."""
    _, schema = models_json_schema([(model, "validation") for model in MODELS], ref_template=REFERENCE)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "thbfund",
            "version": __version__,
            "summary": "EU funding against trafficking in human beings: feeds, catalogue and matching.",
            "description": "No account, no key. The text of a project is neither stored nor logged.",
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "servers": [{"url": base or "/"}],
        "paths": _paths(allowed_words(catalogue)),
        "components": {"schemas": with_words(schema["$defs"], catalogue.vocabularies)},
    }


def _paths(words: Mapping[str, Collection[str]]) -> dict[str, Any]:
    identifier = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    missing = {**READING, "404": "There is no such programme."}
    return {
        "/feeds/calls.ics": _read("calls", "Openings and deadlines of calls", OF_CALLS, words, "text/calendar"),
        "/feeds/changes.atom": _read(
            "changes", "What changed for applicants", OF_CHANGES, words, "application/atom+xml"
        ),
        "/api/v1/match": {"post": _match(words)},
        "/api/v1/programmes": _read("programmes", "Programmes in short", FILTERS, words, _json("ProgrammeList")),
        "/api/v1/programmes/{id}": {
            "parameters": [identifier],
            **_read("programme", "One programme with all its facts", (), words, _json("ProgrammeWithCalls"), missing),
        },
        "/api/v1/openapi.json": _read("openapi", "This description", (), words, {"application/json": {"schema": {}}}),
        "/health": _read("health", "Whether answers can be given", (), words, _json("Health")),
    }


def _read(
    name: str,
    summary: str,
    parameters: Collection[str],
    words: Mapping[str, Collection[str]],
    content: str | dict[str, Any],
    refusals: Mapping[str, str] = READING,
) -> dict[str, Any]:
    media = {content: {"schema": {"type": "string"}}} if isinstance(content, str) else content
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "parameters": [_parameter(one, words) for one in parameters],
            "responses": {"200": {"description": summary, "content": media}, **_refusals(refusals)},
        }
    }


def _match(words: Mapping[str, Collection[str]]) -> dict[str, Any]:
    project = {"schema": {"$ref": REFERENCE.format(model="Project")}, "example": EXAMPLE}
    summary = "Rank and judge the programmes for a project"
    return {
        "operationId": "match",
        "summary": summary,
        "parameters": [_parameter(one, words) for one in OF_MATCH],
        "requestBody": {"required": True, "content": {"application/json": project}},
        "responses": {"200": {"description": summary, "content": _json("Answer")}, **_refusals(MATCHING)},
    }


def _json(model: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": REFERENCE.format(model=model)}}}


def _refusals(sentences: Mapping[str, str]) -> dict[str, Any]:
    details = {MEDIA_TYPE: {"schema": {"$ref": REFERENCE.format(model="ProblemDetails")}}}
    return {
        status: {"description": sentence, **({} if status == "304" else {"content": details})}
        for status, sentence in sentences.items()
    }


def _parameter(name: str, words: Mapping[str, Collection[str]]) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    if name in words:
        schema["enum"] = list(words[name])
    elif name == "on":
        schema["format"] = "date"
    else:
        schema = {"type": "integer", "minimum": 1, "maximum": MOST_PROGRAMMES}
    several = {} if name in ONCE else {"explode": True, "style": "form"}
    return {
        "name": name,
        "in": "query",
        "description": MEANINGS[name],
        "schema": schema if name in ONCE else {"type": "array", "items": schema},
        **several,
    }
