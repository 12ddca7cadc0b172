"""Feeds and API without a server: contracts, specifications, limits, and that nothing of a project is kept."""

import asyncio
import json
import logging
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

import pytest
import schemathesis
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from icalendar import Calendar
from limits import RateLimitItemPerMinute
from lxml import etree
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis import checks
from starlette.testclient import TestClient

from conftest import REPOSITORY
from thbfund.cli import main
from thbfund.input.problems import InputError
from thbfund.matching import Matcher
from thbfund.report.following import Selection
from thbfund.web import clock
from thbfund.web.routes import Desk, service
from thbfund.web.routes.limits import MOST_BYTES, Senders, Work, body_of
from thbfund.web.routes.problems import Refused
from thbfund.web.routes.query import MEANINGS, OF_CALLS, OF_CHANGES, OF_MATCH

ON = date(2026, 11, 25)
CALLS, CHANGES, MATCH = "/feeds/calls.ics", "/feeds/changes.atom", "/api/v1/match"
READS = [CALLS, CHANGES, "/api/v1/programmes", "/api/v1/programmes/cerv", "/api/v1/openapi.json"]
MARKER = "Quillmark zebrawood fennelgate ostrichbell marrowlamp juniperdock"
PROJECT = {"summary": "A shelter gives women who were trafficked from Nigeria to Italy legal aid and language courses."}
ATOM = "{http://www.w3.org/2005/Atom}"


README = (REPOSITORY / "README.md").read_text(encoding="utf-8")


def generous():
    return Senders(RateLimitItemPerMinute(10**6), RateLimitItemPerMinute(10**6))


def desk_of(matcher, **changes):
    return Desk(**{"load": lambda: matcher, "today": lambda: ON, "senders": generous(), **changes})


@pytest.fixture(scope="module")
def desk(matcher):
    return desk_of(matcher)


@pytest.fixture(scope="module")
def client(desk):
    return TestClient(service(desk), base_url="http://funds.example")


@pytest.fixture(scope="module")
def tiny_client(tiny_matcher):
    return TestClient(service(desk_of(tiny_matcher)))


def post(client, content, kind="application/json", **options):
    body = content if isinstance(content, str | bytes) else json.dumps(content)
    return client.post(MATCH, content=body, headers={"content-type": kind}, **options)


def is_problem(response, status):
    """Whether an answer is a problem with a sentence and without a traceback."""
    found = response.json()
    assert response.status_code == found["status"] == status
    assert response.headers["content-type"] == "application/problem+json"
    assert found["detail"].endswith(".")
    assert "Traceback" not in response.text
    return found


# ---- match


def test_a_match_gives_the_bytes_of_the_command_line(client, tmp_path):
    file = tmp_path / "project.json"
    file.write_text(json.dumps(PROJECT))
    command = ["match", str(file), "--on", "2026-11-25", "--period", "all", "--top", "2", "--format", "json"]
    answer = post(client, PROJECT, params={"on": "2026-11-25", "period": "all", "top": 2})

    assert answer.status_code == 200
    assert answer.content == CliRunner().invoke(main, command).stdout_bytes


def test_without_a_day_a_match_holds_for_today(tiny_client):
    assert post(tiny_client, PROJECT).json()["on"] == "2026-11-25"


@pytest.mark.parametrize("kind", ["application/json", "application/json; charset=utf-8", "Application/JSON"])
def test_json_is_taken_however_it_is_declared(tiny_client, kind):
    assert post(tiny_client, PROJECT, kind).status_code == 200


@pytest.mark.parametrize("kind", ["", "text/plain", "application/yaml", "application/json; charset=latin-1"])
def test_what_is_not_declared_as_json_is_refused(tiny_client, kind):
    is_problem(post(tiny_client, PROJECT, kind), 415)


@pytest.mark.parametrize(
    "body", ["", "{", "summary: yaml", b"\xff\xfe{}", '{"summary": "x" "y"}', "[" * 100_000], ids=range(6)
)
def test_what_is_no_json_is_refused(tiny_client, body):
    is_problem(post(tiny_client, body), 400)


@pytest.mark.parametrize(
    ("project", "field"),
    [
        ({}, "summary"),
        ({"summary": " "}, "summary"),
        ({**PROJECT, "applicant": {"type": "choir"}}, "applicant.type"),
        ({**PROJECT, "total_budget_eur": -1}, "total_budget_eur"),
        ({**PROJECT, "sumary": "x"}, "sumary"),
        ({"summary": {"a": [[[]]]}}, "summary"),
    ],
)
def test_each_mistake_in_a_project_is_named(tiny_client, project, field):
    [found] = is_problem(post(tiny_client, project), 422)["problems"]

    assert found["field"] == field
    assert found["message"]


def test_a_list_is_no_project(tiny_client):
    is_problem(post(tiny_client, []), 422)


def test_a_field_given_twice_is_refused(tiny_client):
    is_problem(post(tiny_client, '{"summary": "x", "summary": "y"}'), 422)


@pytest.mark.parametrize(
    "params", [{"on": "today"}, {"on": "2026-13-01"}, {"top": 0}, {"top": "1e3"}, {"period": "2030"}, {"text": "x"}]
)
def test_options_of_a_match_are_checked(tiny_client, params):
    [found] = is_problem(post(tiny_client, PROJECT, params=params), 400)["problems"]

    assert found["parameter"] == next(iter(params))
    assert found["hint"]


# ---- the catalogue


def test_the_list_of_programmes_can_be_narrowed(client, catalogue):
    everything = client.get("/api/v1/programmes").json()["programmes"]
    some = client.get("/api/v1/programmes", params={"programme": ["cerv", "mpf"]}).json()["programmes"]

    assert {one["id"] for one in everything} == set(catalogue.programmes)
    assert [one["id"] for one in some] == ["cerv", "mpf"]


def test_one_programme_comes_with_its_facts_and_calls_as_in_the_export(client, catalogue):
    from thbfund.staff.export import export_values

    values = client.get("/api/v1/programmes/cerv").json()
    exported = export_values(catalogue)

    assert values["programme"] in exported["programmes"]
    assert values["calls"] in exported["calls"]


def test_an_unknown_programme_is_not_found(client):
    is_problem(client.get("/api/v1/programmes/choir"), 404)


def test_health_tells_the_catalogue_and_the_encoder(client, matcher):
    values = client.get("/health").json()

    assert values["status"] == "ok"
    assert values["catalogue"]["fingerprint"] == matcher.catalogue.fingerprint
    assert values["encoder"] == (matcher.ranker.encoder is not None)


def test_a_broken_catalogue_is_said_to_be_broken():
    def broken() -> Matcher:
        raise InputError([])

    client = TestClient(service(Desk(broken, lambda: ON, senders=generous())))
    for path in (*READS, "/health"):
        is_problem(client.get(path), 503)
    is_problem(post(client, PROJECT), 503)


# ---- feeds


def test_the_calendar_is_one_and_holds_the_calls_asked_for(client):
    answer = client.get(CALLS, params={"programme": "isf-2021-2027", "status": ["open", "forthcoming", "expected"]})
    events = list(Calendar.from_ical(answer.content).walk("VEVENT"))

    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert events
    assert all("isf-2021-2027" in event["uid"] for event in events)
    assert not any(event.errors for event in events)


def test_expected_calls_are_shown_only_where_asked_for(client):
    announced = Calendar.from_ical(client.get(CALLS).content).walk("VEVENT")
    expected = Calendar.from_ical(client.get(CALLS, params={"status": "expected"}).content).walk("VEVENT")

    assert not any(event["uid"].startswith("expected") for event in announced)
    assert expected
    assert all(event["uid"].startswith("expected") for event in expected)


def entries_of(response):
    return etree.fromstring(response.content).findall(f"{ATOM}entry")


def test_the_feed_keeps_what_rfc_4287_asks_for(client):
    answer = client.get(CHANGES)
    feed = etree.fromstring(answer.content)
    links = {link.get("rel", "alternate"): link.get("href") for link in feed.findall(f"{ATOM}link")}

    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
        assert element.find(f"{ATOM}id").text.startswith("urn:uuid:")
        assert element.find(f"{ATOM}updated").text.endswith("+00:00")
    assert feed.find(f"{ATOM}author/{ATOM}name").text
    assert links == {"self": "http://funds.example/feeds/changes.atom", "alternate": "http://funds.example/"}
    assert all(entry.find(f"{ATOM}content").text for entry in entries_of(answer))


def test_entries_keep_their_ids_come_gravest_first_and_say_their_grade(client, catalogue):
    found = entries_of(client.get(CHANGES))
    ids = [entry.find(f"{ATOM}id").text for entry in found]
    grades = [entry.find(f"{ATOM}category").get("term") for entry in found]
    order = ["deadline", "money", "eligibility"]

    assert ids == [entry.find(f"{ATOM}id").text for entry in entries_of(client.get(CHANGES))]
    assert len(set(ids)) == len(ids)
    if len(catalogue.changes) == 1:
        assert grades == sorted(grades, key=order.index)
    assert set(grades) <= set(order)


def test_the_feed_can_be_narrowed_to_programmes(client):
    found = entries_of(client.get(CHANGES, params={"programme": "cerv"}))

    assert found
    assert {entry.findall(f"{ATOM}category")[1].get("term") for entry in found} == {"cerv"}
    assert all("programme?id=cerv" in entry.find(f"{ATOM}link").get("href") for entry in found)


@pytest.mark.parametrize("path", [CALLS, CHANGES])
def test_a_feed_can_be_had_in_each_language(client, path):
    answers = {language: client.get(path, params={"language": language}).status_code for language in ("en", "bg", "ga")}

    assert set(answers.values()) == {200}


# ---- filters


@pytest.mark.parametrize("path", [CALLS, CHANGES, "/api/v1/programmes"])
@pytest.mark.parametrize("name", ["programme", "priority", "applicant_type", "country"])
def test_an_unknown_value_is_refused_with_what_is_allowed(client, path, name):
    [found] = is_problem(client.get(path, params={name: "nowhere"}), 400)["problems"]

    assert found["parameter"] == name
    assert len(found["allowed"]) > 3


@pytest.mark.parametrize("path", READS)
def test_an_unknown_parameter_is_refused_and_no_address_takes_text(client, path):
    [found] = is_problem(client.get(path, params={"text": MARKER}), 400)["problems"]

    assert found["parameter"] == "text"
    assert "zebrawood" not in json.dumps(found)


def test_a_language_given_twice_is_refused(client):
    is_problem(client.get(CALLS, params={"language": ["en", "fr"]}), 400)


def wants(catalogue, programme, **selection):
    return Selection(**selection).wants(catalogue.programmes[programme], catalogue, date(2026, 6, 1))


@pytest.mark.parametrize(
    ("selection", "wanted"),
    [
        ({}, True),
        ({"programmes": ["lantern-2021-2027"]}, True),
        ({"programmes": ["compass-2021-2027"]}, False),
        ({"priorities": ["A"]}, True),  # beacon: 3
        ({"priorities": ["X2"]}, False),
        ({"applicant_types": ["ngo"]}, True),
        ({"countries": ["NG"]}, True),  # as partner nothing is known, and at beacon nothing at all
    ],
)
def test_a_programme_is_wanted_where_one_strand_fits_all_filters(tiny, selection, wanted):
    assert wants(tiny, "lantern-2021-2027", **selection) is wanted


def test_a_strand_that_shuts_out_in_every_role_is_not_wanted(tmp_path):
    from factories import fact, make_programme, make_strand, write_catalogue
    from thbfund import load_catalogue

    shut = fact({"open_to": ["ngo"], "closed_to": ["company"]})
    strand = make_strand(eligibility={"applicant_types": {"lead": shut, "partner": shut}})
    one = load_catalogue(write_catalogue(tmp_path / "data", [make_programme(strands=[strand])]))

    assert not wants(one, "lantern-2021-2027", applicant_types=["company"])
    assert wants(one, "lantern-2021-2027", applicant_types=["ngo"])
    assert wants(one, "lantern-2021-2027", applicant_types=["university"])  # silence is no no


# ---- answers that need not be fetched twice


@pytest.mark.parametrize("path", READS)
def test_what_one_has_already_is_not_sent_again(client, path):
    first = client.get(path)
    tag, day = first.headers["etag"], first.headers["last-modified"]
    again = client.get(path, headers={"if-none-match": f'"other", {tag}'})

    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(path, headers={"if-modified-since": day}).status_code == 304
    assert client.get(path, headers={"if-none-match": '"other"', "if-modified-since": day}).status_code == 200
    assert client.get(path, headers={"if-modified-since": "Thu, 01 Jan 2015 00:00:00 GMT"}).status_code == 200
    assert client.get(path, headers={"if-modified-since": "yesterday"}).status_code == 200
    assert client.get(path, headers={"if-modified-since": f"Thu, 01 Jan {10**20} 00:00:00 GMT"}).status_code == 200
    assert parsedate_to_datetime(day).year >= 2026


@pytest.mark.parametrize("path", [*READS, "/health"])
def test_head_has_the_headers_of_get(client, path):
    head, get = client.head(path), client.get(path)

    assert head.status_code == 200
    assert head.headers.get("etag") == get.headers.get("etag")
    assert head.headers["content-length"] == get.headers["content-length"]


def test_a_new_day_changes_the_time_of_the_calendar(matcher):
    day = [date(2027, 3, 1)]
    client = TestClient(service(desk_of(matcher, today=lambda: day[0])))
    first = parsedate_to_datetime(client.get(CALLS).headers["last-modified"])
    day[0] = date(2027, 3, 2)

    assert parsedate_to_datetime(client.get(CALLS).headers["last-modified"]) > first


def test_a_catalogue_that_comes_back_is_newer_than_the_one_between(tiny_matcher, matcher, monkeypatch):
    served = [tiny_matcher]
    client = TestClient(service(desk_of(None, load=lambda: served[-1])))
    times = []
    for hour, one in enumerate([tiny_matcher, matcher, tiny_matcher], start=9):
        monkeypatch.setattr(clock, "now", lambda hour=hour: datetime(2026, 11, 25, hour, tzinfo=UTC))
        served.append(one)
        times.append(parsedate_to_datetime(client.get("/api/v1/programmes").headers["last-modified"]).hour)

    assert times == [9, 10, 11]


# ---- headers


@pytest.mark.parametrize("path", [*READS, "/health", "/api/v1/nothing"])
def test_every_answer_has_its_safety_headers_and_no_cookie(client, path):
    headers = client.get(path).headers

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert headers["access-control-allow-origin"] == "*"
    assert headers["cache-control"] in {"no-store", "public, max-age=3600"}
    assert "set-cookie" not in headers


def test_a_match_is_not_kept_on_the_way_and_not_for_pages_of_others(tiny_client):
    headers = post(tiny_client, PROJECT).headers

    assert headers["cache-control"] == "no-store"
    assert "access-control-allow-origin" not in headers
    assert tiny_client.options(MATCH).status_code == 405


@pytest.mark.parametrize(("method", "path"), [("GET", MATCH), ("POST", CALLS), ("DELETE", "/health"), ("PUT", CHANGES)])
def test_a_wrong_method_is_told_the_right_one(client, method, path):
    answer = client.request(method, path)
    is_problem(answer, 405)

    assert answer.headers["allow"]


# ---- limits


def test_a_body_may_be_as_large_as_a_project_file_and_no_larger(tiny_client):
    assert post(tiny_client, b'{"summary": ' + b" " * (MOST_BYTES - 17) + b'"ab"}').status_code != 413
    is_problem(post(tiny_client, b" " * (MOST_BYTES + 1)), 413)


def test_a_body_without_a_length_is_read_no_further_than_the_limit(tiny_client):
    taken = []

    def chunks():
        for number in range(1000):
            taken.append(number)
            yield b" " * 10_000

    answer = tiny_client.post(MATCH, content=chunks(), headers={"content-type": "application/json"})
    is_problem(answer, 413)


def test_a_body_that_does_not_come_is_not_waited_for():
    class Slow:
        headers: dict[str, str] = {}  # noqa: RUF012 - a stand-in

        async def stream(self):
            await asyncio.sleep(5)
            yield b""

    with pytest.raises(Refused) as refused:
        asyncio.run(body_of(Slow(), seconds=0.01))
    assert refused.value.status == 408


def test_a_sender_who_asks_too_often_is_told_when_to_come_back(tiny_matcher):
    senders = Senders(RateLimitItemPerMinute(3), RateLimitItemPerMinute(1))
    client = TestClient(service(desk_of(tiny_matcher, senders=senders)))

    assert post(client, PROJECT).status_code == 200
    refused = post(client, PROJECT)
    is_problem(refused, 429)
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert [client.get("/health").status_code for _ in range(4)] == [200, 200, 200, 429]


def test_senders_are_counted_one_by_one_and_a_network_of_ipv6_as_one():
    senders = Senders(RateLimitItemPerMinute(1), RateLimitItemPerMinute(1))
    for address in ("192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8:1::1"):
        senders.admit(address, match=False)
    for address in ("192.0.2.1", "2001:db8::ffff"):
        with pytest.raises(Refused):
            senders.admit(address, match=False)


def test_addresses_of_senders_are_kept_nowhere_in_the_clear():
    senders = Senders()
    senders.admit("192.0.2.77", match=True)
    storage = senders._limiter.storage  # noqa: SLF001 - where it would be

    assert "192.0.2.77" not in str(vars(storage))
    assert "192.0.2.77" not in repr(senders)


def test_more_matches_than_can_wait_are_refused_and_places_become_free():
    async def story():
        work, go = Work(at_once=1, waiting=1), threading.Event()
        jobs = [asyncio.create_task(work.run(go.wait)) for _ in range(2)]
        await asyncio.sleep(0.05)
        with pytest.raises(Refused) as refused:
            await work.run(lambda: True)
        go.set()
        return refused.value, await asyncio.gather(*jobs), await work.run(lambda: "next")

    refused, done, after = asyncio.run(story())
    assert (refused.status, int(refused.headers["Retry-After"]) > 0) == (503, True)
    assert (done, after) == ([True, True], "next")


def test_a_match_that_takes_too_long_is_given_up_and_keeps_its_place_until_it_ends():
    async def story():
        work, go = Work(at_once=1, waiting=0, seconds=0.05), threading.Event()
        with pytest.raises(Refused) as late:
            await work.run(go.wait)
        with pytest.raises(Refused):
            await work.run(lambda: True)
        go.set()
        await asyncio.sleep(0.1)
        return late.value.status, await work.run(lambda: "free")

    assert asyncio.run(story()) == (503, "free")


# ---- what is never kept


def test_a_failure_is_answered_in_a_sentence_and_logged_without_what_was_sent(tiny_matcher, caplog, monkeypatch):
    def fail(*_arguments):
        raise ValueError(MARKER)

    monkeypatch.setattr("thbfund.web.routes.api.report_json", fail)
    client = TestClient(service(desk_of(tiny_matcher)))
    with caplog.at_level(logging.DEBUG):
        answer = post(client, {"summary": MARKER})

    is_problem(answer, 500)
    assert "zebrawood" not in answer.text
    assert "ValueError at " in caplog.text
    assert "zebrawood" not in caplog.text.lower()


@pytest.mark.parametrize(
    "body",
    [
        {"summary": f"{MARKER}. A shelter for trafficked women."},
        {"summary": MARKER, "applicant": {"type": MARKER}},
        f'{{"summary": "{MARKER}',
        f'{{"summary": "{MARKER}", "on": "x"}}',
    ],
    ids=["taken", "mistake", "no-json", "field"],
)
def test_a_project_is_never_logged_nor_repeated_at_length(tiny_client, caplog, capfd, body):
    with caplog.at_level(logging.DEBUG):
        answer = post(tiny_client, body)
    out, err = capfd.readouterr()

    assert MARKER not in answer.text
    assert not any(word in (caplog.text + out + err).lower() for word in MARKER.lower().split())


# ---- several at once


@pytest.mark.usefixtures("read_anew")
def test_matches_at_the_same_time_give_what_they_give_one_by_one(client):
    projects = [{**PROJECT, "applicant": {"country": country}} for country in ("IT", "RO", "NG", "DE")]
    one_by_one = [post(client, project).content for project in projects]
    with ThreadPoolExecutor(4) as pool:
        at_once = list(pool.map(lambda project: post(client, project).content, projects * 2))

    assert at_once == one_by_one * 2


# ---- the description


def test_the_description_is_valid_openapi(client):
    document = client.get("/api/v1/openapi.json").json()

    assert document["openapi"] == "3.1.0"
    OpenAPIV31SpecValidator(document).validate()


def test_every_parameter_is_described_and_every_path_answers(client):
    document = client.get("/api/v1/openapi.json").json()
    described = {
        path: [one["name"] for one in (found.get("get") or found["post"])["parameters"]]
        for path, found in document["paths"].items()
    }

    assert described[CALLS] == list(OF_CALLS)
    assert described[CHANGES] == list(OF_CHANGES)
    assert described[MATCH] == list(OF_MATCH)
    assert set(MEANINGS) == {*OF_CALLS, *OF_CHANGES, *OF_MATCH}
    assert {*READS, "/health"} <= {path.replace("{id}", "cerv") for path in described}


def test_the_readme_names_every_route_parameter_and_status(client):
    document = client.get("/api/v1/openapi.json").json()
    statuses = {
        status for found in document["paths"].values() for method in found.values() if isinstance(method, dict)
        for status in method["responses"]
    }  # fmt: skip
    named = [*(f" {path}`" for path in document["paths"]), *(f"`{name}`" for name in MEANINGS)]

    assert [name for name in named if name not in README] == []
    assert [status for status in statuses if not re.search(rf"^\|.*\b{status}\b.*\|", README, re.MULTILINE)] == []


OPERATIONS = [
    ("/feeds/calls.ics", "get"),
    ("/feeds/changes.atom", "get"),
    ("/api/v1/match", "post"),
    ("/api/v1/programmes", "get"),
    ("/api/v1/programmes/{id}", "get"),
    ("/api/v1/openapi.json", "get"),
    ("/health", "get"),
]
checks.load_all_checks()
CHECKS = [
    checks.CHECKS.get_one(name)
    for name in (
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_schema_conformance",
    )
]


@pytest.fixture(scope="module")
def description(tiny_matcher):
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", service(desk_of(tiny_matcher)))


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_whatever_is_sent_the_answers_keep_to_the_description(description, path, method):
    operation = description[path][method]

    @settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None, database=None)
    @given(case=operation.as_strategy())
    def keeps_to_it(case):
        case.validate_response(case.call(), checks=CHECKS)

    keeps_to_it()


@pytest.mark.parametrize("path", sorted((REPOSITORY / "data" / "examples").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_real_answer_keeps_to_the_description(client, path):
    import yaml
    from jsonschema import Draft202012Validator

    document = client.get("/api/v1/openapi.json").json()
    schema = {"$ref": "#/components/schemas/Answer", "components": document["components"]}
    project = json.loads(json.dumps(yaml.safe_load(path.read_text(encoding="utf-8")), default=str))

    Draft202012Validator(schema).validate(post(client, project, params={"period": "all"}).json())


def test_a_real_programme_keeps_to_the_description(client, catalogue):
    from jsonschema import Draft202012Validator

    document = client.get("/api/v1/openapi.json").json()
    schema = {"$ref": "#/components/schemas/ProgrammeWithCalls", "components": document["components"]}
    validator = Draft202012Validator(schema)
    for key in catalogue.programmes:
        validator.validate(client.get(f"/api/v1/programmes/{key}").json())


def test_below_another_path_everything_is_served_there_and_says_so(tiny_matcher):
    client = TestClient(service(desk_of(tiny_matcher, base="/below")), base_url="http://funds.example")
    feed = etree.fromstring(client.get("/below/feeds/changes.atom").content)

    assert client.get("/below/health").status_code == 200
    assert client.get("/health").status_code == 404
    assert feed.find(f"{ATOM}link").get("href") == "http://funds.example/below/feeds/changes.atom"
    assert client.get("/below/api/v1/openapi.json").json()["servers"] == [{"url": "/below"}]
