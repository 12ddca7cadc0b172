"""The portal asked itself: a server on this machine that speaks like it and has every fault it is known for."""

import asyncio
import json
import threading
import time
from collections import Counter
from dataclasses import replace

import pytest
import uvicorn
from click.testing import CliRunner
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from browsing import free_port
from factories import write_catalogue
from thbfund.cli import main
from thbfund.staff.portal.service import MOST_RECORDS, Manners, Question, ServiceError, ask

CERV = "43251589"
QUICK = Manners(page=2, patience=0.5, in_all=5, tries=3, pause=0.01)
TEXT = "<p>Help for <b>victims</b>.</p>"


def record(number, language="en", **changes):
    meta = {
        "type": "1", "identifier": f"LAN-{number}", "title": f"Nets {number} {language}", "status": "31094502",
        "frameworkProgramme": CERV, "descriptionByte": TEXT, **changes,
    }  # fmt: skip
    return {"language": language, "metadata": {name: [value] for name, value in meta.items() if value is not None}}


class Portal:
    """Answers like the search service, in the way that the first part of the address asks for."""

    def __init__(self):
        self.asked, self.forms, self.words = Counter(), [], []
        self.records = []

    async def search(self, request):
        fault = request.path_params["fault"]
        self.asked[fault] += 1
        number, size = (int(request.query_params[name]) for name in ("pageNumber", "pageSize"))
        form = await request.form()
        self.forms.append({name: (part.content_type, json.loads(await part.read())) for name, part in form.items()})
        self.words.append((request.query_params["apiKey"], request.query_params["text"]))
        given = {"totalResults": len(self.records), "results": self.records[(number - 1) * size : number * size]}
        return await self.faulty(fault, given)

    async def faulty(self, fault, given):
        content = json.dumps(given).encode()
        first = self.asked[fault] < QUICK.tries
        if fault.isdigit() or (first and fault.startswith("once-")):
            return Response(status_code=int(fault.removeprefix("once-")))
        if fault == "html" or (fault == "html-once" and first):
            return HTMLResponse("<html>busy</html>")
        if fault == "slow":
            await asyncio.sleep(1)
        if fault == "drips":
            return StreamingResponse(dripping(), media_type="application/json")
        changed = {
            "cut": content[:-20],
            "other-form": b"[]",
            "ignored": json.dumps({**given, "totalResults": MOST_RECORDS + 1}).encode(),
            "short": json.dumps({**given, "totalResults": MOST_RECORDS}).encode(),
        }
        return Response(changed.get(fault, content), media_type="application/json")

    async def details(self, request):
        self.asked[request.path_params["name"]] += 1
        if request.path_params["name"] != "lan-8.json":
            return Response(status_code=404)
        return JSONResponse({"TopicDetails": {"description": "<p>Told elsewhere</p>"}})


async def dripping():
    for _ in range(100):
        await asyncio.sleep(0.1)
        yield b" "


@pytest.fixture(scope="module")
def running():
    portal, port = Portal(), free_port()
    routes = [
        Route("/{fault}/search", portal.search, methods=["POST"]),
        Route("/{fault}/details/{name}", portal.details),
    ]
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes), port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield portal, f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=5)


@pytest.fixture
def portal(running):
    running[0].asked.clear()
    running[0].forms.clear()
    running[0].words.clear()
    running[0].records = [record(number) for number in range(3)]
    return running[0]


@pytest.fixture
def found(running, portal):  # noqa: ARG001 - has its records
    def topics(fault, manners=QUICK, text="***"):
        return ask(Question((CERV,), text), f"{running[1]}/{fault}", manners)

    return topics


def test_the_question_is_a_form_whose_parts_are_json(portal, found):
    found("fine", text='"human trafficking"')
    form = portal.forms[0]

    assert portal.words[0] == ("SEDIA", '"human trafficking"')
    assert {kind for kind, _ in form.values()} == {"application/json"}
    assert form["languages"][1] == ["en"]
    assert form["query"][1]["bool"]["must"] == [
        {"terms": {"type": ["1"]}}, {"terms": {"status": ["31094501", "31094502"]}},
        {"terms": {"frameworkProgramme": [CERV]}},
    ]  # fmt: skip


def test_all_pages_are_read_and_no_more(portal, found):
    assert [topic.id for topic in found("fine")] == ["LAN-0", "LAN-1", "LAN-2"]
    assert portal.asked["fine"] == 2


def test_copies_over_pages_and_languages_are_one_topic_the_english_one(portal, found):
    portal.records = [record(1, "fr", status="31094501"), record(2), record(1), record(2), record(1, "da")]

    assert [topic.title for topic in sorted(found("fine"), key=lambda topic: topic.id)] == ["Nets 1 en", "Nets 2 en"]


def test_an_empty_answer_is_no_topics(portal, found):
    portal.records = []

    assert found("fine") == ()


@pytest.mark.parametrize("fault", ["once-500", "once-503", "once-429", "html-once"])
def test_a_busy_portal_is_asked_again(found, fault):
    assert len(found(fault)) == 3


@pytest.mark.parametrize("status", ["500", "429"])
def test_a_portal_that_stays_busy_is_left_alone_after_some_tries(portal, found, status):
    with pytest.raises(ServiceError, match=f"status {status}"):
        found(status)
    assert portal.asked[status] == QUICK.tries


def test_a_question_that_is_refused_is_not_asked_again(portal, found):
    with pytest.raises(ServiceError, match="status 400"):
        found("400")
    assert portal.asked["400"] == 1


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ("html", "web page"), ("cut", "half of an answer"), ("slow", "no answer within 0.5 seconds"),
        ("other-form", "not known here"), ("ignored", "did not heed the filter"),
        ("short", "gave only 3"),  # as many as the service can give are not too many
    ],
)  # fmt: skip
def test_what_cannot_be_relied_on_ends_in_a_sentence(found, fault, sentence):
    with pytest.raises(ServiceError, match=sentence):
        found(fault)


@pytest.mark.parametrize("changes", [{"type": "6"}, {"status": "31094503"}, {"frameworkProgramme": "43108390"}])
def test_a_record_that_does_not_fit_the_filter_stops_everything(portal, found, changes):
    portal.records.append(record(9, **changes))

    with pytest.raises(ServiceError, match=f"did not heed the filter.*{next(iter(changes.values()))}"):
        found("fine")


def test_a_portal_that_sends_drop_by_drop_is_left_when_time_is_up(found):
    with pytest.raises(ServiceError, match=r"longer than 0\.3 seconds"):
        found("drips", replace(QUICK, in_all=0.3))


def test_no_more_is_taken_than_was_meant(found, portal):
    portal.records = [record(1)]
    size = len(json.dumps({"totalResults": 1, "results": portal.records}))

    assert len(found("fine", replace(QUICK, size=size))) == 1
    with pytest.raises(ServiceError, match="MB"):
        found("fine", replace(QUICK, size=size - 1))


def test_a_text_that_the_list_lacks_is_fetched_by_small_letters_and_may_be_missing(portal, found):
    portal.records = [record(8, descriptionByte=None), record(9, descriptionByte=None), record(7)]
    texts = {topic.id: topic.text for topic in found("fine")}

    assert texts == {"LAN-8": "Told elsewhere", "LAN-9": "", "LAN-7": "Help for\nvictims\n."}
    assert portal.asked["lan-7.json"] == 0


# -- the command


@pytest.fixture
def run(tmp_path):
    folder = write_catalogue(tmp_path / "data")

    def invoke(*words):
        return CliRunner().invoke(main, ["--data", str(folder), "catalogue", "import-calls", *words])

    return invoke


def test_the_command_proposes_what_the_portal_says_now(portal, running, run):
    result = run("--live", "--address", f"{running[1]}/fine", "--programme", "cerv", "--text", "nets")

    assert result.exit_code == 0, result.output
    assert "3 topics" in result.stdout
    assert set(portal.words) == {("SEDIA", "nets")}


def test_without_a_network_the_command_says_so_in_one_sentence(run):
    result = run("--live", "--address", f"http://127.0.0.1:{free_port()}")

    assert result.exit_code == 1
    assert result.stderr == "The portal cannot be reached: is there a network?\n"


@pytest.mark.parametrize("words", [[], ["portal.json", "--live"]])
def test_the_command_takes_a_file_or_the_portal_and_not_both(run, words):
    assert run(*words).exit_code == 2


@pytest.mark.parametrize("words", [["--only", "LAN-1"], ["--reason", "x"], ["--text", "x"], ["--programme", "cerv"]])
def test_an_option_that_would_do_nothing_is_refused(run, words):
    result = run("portal.json", *words)

    assert result.exit_code == 2
    assert "of use only with" in result.stderr


@pytest.mark.parametrize("address", ["nowhere", "ftp://x.example", "http://[", "http://x y"])
def test_an_address_that_is_none_is_told(run, address):
    result = run("--live", "--address", address)

    assert result.exit_code in {1, 2}
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
