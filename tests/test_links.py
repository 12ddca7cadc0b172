"""Links: asked politely of a server on this machine that has every fault, and judged with care."""

import asyncio
import json
import threading
import time
from collections import defaultdict
from datetime import date
from types import SimpleNamespace

import pytest
import uvicorn
from click.testing import CliRunner
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from browsing import free_port
from factories import fact, make_programme, make_strand, write_catalogue
from thbfund import InputError, load_catalogue
from thbfund.cli import main
from thbfund.staff.links import asking
from thbfund.staff.links.addresses import Place, addresses_in
from thbfund.staff.links.asking import SILENT_AT_FIRST, Manners, SilenceError, ask
from thbfund.staff.links.judging import Finding, Reply, judge
from thbfund.staff.links.memory import Kept, kept_bytes, read_kept, still_known

PAGE = "https://here.example/page"
OTHER = "https://there.example/page"
DAY = date(2026, 11, 26)
QUICK = Manners(pause=0, patience=0.5, tries=3, longest_wait=0.01)


# -- judging


@pytest.mark.parametrize(
    ("answer", "finding"),
    [
        (Reply(200), Finding("valid", "status 200")),
        (Reply(299), Finding("valid", "status 299")),
        (Reply(300), Finding("uncertain", "status 300")),
        (Reply(404), Finding("gone", "status 404")),
        (Reply(410), Finding("gone", "status 410")),
        (Reply(403), Finding("uncertain", "status 403")),
        (Reply(500), Finding("uncertain", "status 500")),
        (Reply(failure="no such host"), Finding("uncertain", "no such host")),
        (Reply(), Finding("uncertain", "no answer")),
        (Reply(200, ((301, OTHER),)), Finding("moved", "status 301", OTHER)),
        (Reply(200, ((308, OTHER),)), Finding("moved", "status 308", OTHER)),
        (Reply(200, ((302, OTHER),)), Finding("valid", "status 200")),
        (Reply(200, ((301, OTHER), (302, f"{OTHER}?session=1"))), Finding("moved", "status 301", OTHER)),
        (Reply(200, ((302, OTHER), (301, f"{OTHER}/2"))), Finding("valid", "status 200")),
        (Reply(200, ((301, PAGE),)), Finding("valid", "status 200")),
        (Reply(404, ((301, OTHER),)), Finding("gone", "status 404")),
        (
            Reply(200, ((301, "https://there.example/"),)),
            Finding("uncertain", "leads to the front page https://there.example/"),
        ),
    ],
)
def test_only_a_clear_answer_is_taken_for_one(answer, finding):
    assert judge(PAGE, answer) == finding


def test_a_front_page_may_move_to_a_front_page():
    assert judge("http://here.example", Reply(200, ((301, "https://here.example/"),))).state == "moved"


# -- asking


OF_HEAD = {"no-head": 405, "head-lies": 404}
OF_FIRST = {"busy-once": 503, "wait": 429}
REDIRECTS = {"301": "/fine", "302": "/fine", "308": "/fine", "for-ever": "/for-ever"}


class Faulty:
    """A server with a page for each fault; remembers what it was asked."""

    def __init__(self):
        self.asked = defaultdict(list)
        self.at_once = self.most_at_once = 0

    async def answer(self, request):
        page = request.path_params["page"]
        self.asked[page].append((request.method, request.headers["user-agent"]))
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(0.02)
        self.at_once -= 1
        return await self._of(page, request)

    async def _of(self, page, request):
        if page == "slow":
            await asyncio.sleep(3)
        if request.method == "HEAD" and page in OF_HEAD:
            return Response(status_code=OF_HEAD[page])
        if len(self.asked[page]) == 1 and page in OF_FIRST:
            return Response(status_code=OF_FIRST[page], headers={"Retry-After": "0"})
        if page in REDIRECTS:
            return RedirectResponse(REDIRECTS[page], int(page) if page.isdigit() else 302)
        return Response(status_code=int(page)) if page.isdigit() else PlainTextResponse("here" * 1_000_000)


@pytest.fixture(scope="module")
def server():
    """The faulty server and its address."""
    faulty, port = Faulty(), free_port()
    app = Starlette(routes=[Route("/{page}", faulty.answer, methods=["GET", "HEAD"])])
    running = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.01)
    yield faulty, f"http://127.0.0.1:{port}"
    running.should_exit = True
    thread.join(timeout=5)


@pytest.fixture
def state_of(server):
    """A function: the finding on one page of the faulty server."""
    faulty, address = server
    faulty.asked.clear()

    def found(page):
        answers = {}
        ask([f"{address}/{page}"], QUICK, answers.__setitem__)
        return judge(f"{address}/{page}", answers[f"{address}/{page}"])

    return found


@pytest.mark.parametrize(
    ("page", "state"),
    [
        ("fine", "valid"), ("no-head", "valid"), ("head-lies", "valid"), ("302", "valid"),
        ("301", "moved"), ("308", "moved"),
        ("404", "gone"), ("410", "gone"),
        ("403", "uncertain"), ("500", "uncertain"), ("for-ever", "uncertain"), ("slow", "uncertain"),
        ("busy-once", "valid"), ("wait", "valid"),
    ],
)  # fmt: skip
def test_every_fault_of_a_server_has_its_finding(state_of, page, state):
    assert state_of(page).state == state


def test_a_busy_server_is_asked_again_but_not_for_ever(state_of, server):
    state_of("503")

    assert [method for method, _ in server[0].asked["503"]] == ["HEAD"] * 3 + ["GET"] * 3


def test_a_page_that_answers_is_asked_once_for_its_head_alone(state_of, server):
    state_of("fine")

    assert server[0].asked["fine"] == [("HEAD", asking.NAME)]


def test_a_host_is_asked_one_after_another(server):
    faulty, address = server
    faulty.most_at_once = 0

    ask([f"{address}/page{number}" for number in range(6)], QUICK, lambda *_: None)

    assert faulty.most_at_once == 1


def test_between_two_requests_to_a_host_there_is_a_pause(server, monkeypatch):
    slept = []
    sleepless = SimpleNamespace(**{**vars(asyncio), "sleep": lambda seconds: _noted(slept, seconds)})
    monkeypatch.setattr(asking, "asyncio", sleepless)  # there alone: the server of this test has to sleep

    ask([f"{server[1]}/one", f"{server[1]}/two", f"{server[1]}/three"], Manners(pause=7), lambda *_: None)

    assert slept == [7, 7]


async def _noted(slept, seconds):
    slept.append(seconds)


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:9/closed", "https://no-such-host.invalid/", "http://[::1", "http://host\x00/"]
)
def test_where_nobody_answers_the_reason_is_told_and_nothing_breaks(address):
    answers = {}

    ask([address], QUICK, answers.__setitem__)

    assert answers[address].status is None
    assert answers[address].failure


def test_it_gives_up_where_none_of_the_first_addresses_is_answered():
    answers = {}

    with pytest.raises(SilenceError):
        ask([f"http://127.0.0.1:9/{number}" for number in range(SILENT_AT_FIRST + 5)], QUICK, answers.__setitem__)

    assert len(answers) == SILENT_AT_FIRST


def test_one_answer_is_enough_to_go_on(server):
    answers = {}
    silent = [f"http://127.0.0.1:9/{number}" for number in range(SILENT_AT_FIRST)]

    ask([f"{server[1]}/fine", *silent], Manners(hosts=1, pause=0), answers.__setitem__)

    assert len(answers) == SILENT_AT_FIRST + 1


# -- where addresses stand


def test_every_address_is_found_with_file_line_and_field(tmp_path):
    folder = write_catalogue(tmp_path / "data", [make_programme(id="lantern")])
    lines = (folder / "programmes" / "lantern.yaml").read_text(encoding="utf-8").splitlines()

    found = addresses_in(folder)

    [place] = [each for each in found[make_programme()["official_page"]["value"]] if each.file.endswith("lantern.yaml")]
    assert place.field == "official_page.value"
    assert make_programme()["official_page"]["value"] in lines[place.line - 1]


def test_addresses_of_the_real_catalogue_are_those_of_its_sources(data):
    found = addresses_in(data)

    sources = {source.url for each in load_catalogue(data).programmes.values() for source in each.sources.values()}
    assert sources - {None} <= found.keys()
    assert any(place.file == "data/evidence/projects.csv" for places in found.values() for place in places)


# -- memory


@pytest.mark.parametrize(("days", "known"), [(3, False), (4, True)])
def test_a_finding_is_known_for_so_many_days(days, known):
    kept = {PAGE: Kept(Finding("valid", "status 200"), date(2026, 11, 23))}

    assert bool(still_known(kept, DAY, days)) == known


def test_what_was_uncertain_is_asked_again():
    assert still_known({PAGE: Kept(Finding("uncertain", "status 500"), DAY)}, DAY, 7) == {}


def test_findings_come_back_from_their_file(tmp_path):
    kept = {PAGE: Kept(Finding("moved", "status 301", OTHER), DAY)}
    (tmp_path / "kept.json").write_bytes(kept_bytes(kept))

    assert read_kept(tmp_path / "kept.json") == kept
    assert read_kept(tmp_path / "none.json") == {}


@pytest.mark.parametrize("content", [b"[]", b"{", b'{"a": 1}', b"\xff"])
def test_another_file_is_not_taken_for_findings(tmp_path, content):
    (tmp_path / "kept.json").write_bytes(content)

    with pytest.raises(InputError):
        read_kept(tmp_path / "kept.json")


# -- the command


@pytest.fixture
def run(tmp_path, server):
    """A function: the command for a catalogue that names pages of the faulty server alone."""

    def run_it(*words, pages=("fine",), base=server[1]):
        sources = {f"of-{page}": {"title": page, "url": f"{base}/{page}", "kind": "law"} for page in pages}
        strand = make_strand(id="one")
        programme = make_programme(
            id="lantern", strands=[strand], official_page=fact(f"{base}/{pages[0]}", sources=list(sources))
        )
        programme["sources"] |= sources
        folder = write_catalogue(tmp_path / "data", [programme])
        return CliRunner().invoke(
            main, ["--data", str(folder), "catalogue", "links", "--pause", "0", "--only", base, *words]
        )

    return run_it


def test_what_is_gone_is_told_with_its_places_and_ends_with_exit_code_1(run):
    result = run(pages=("fine", "404"))

    assert result.exit_code == 1
    assert "GONE (1)" in result.stdout
    assert "data/programmes/lantern.yaml:" in result.stdout
    assert "sources.of-404.url" in result.stdout
    assert result.stdout.rstrip().endswith("2 addresses: 1 gone, 0 moved, 0 uncertain, 1 valid")


def test_where_nothing_is_gone_the_exit_code_is_0(run):
    result = run("--format", "json", pages=("fine", "301"))

    assert result.exit_code == 0
    moved = {each["url"]: each["moved_to"] for each in json.loads(result.stdout)}
    assert sorted(to.rpartition("/")[2] for to in moved.values()) == ["", "fine"]


def test_with_a_cache_nothing_is_asked_twice_in_a_week(run, server, tmp_path):
    server[0].asked.clear()
    cache = str(tmp_path / "kept.json")

    first = run("--cache", cache, "--on", "2026-11-26")
    again = run("--cache", cache, "--on", "2026-12-02")
    later = run("--cache", cache, "--on", "2026-12-03")

    assert first.stdout == again.stdout == later.stdout
    assert len(server[0].asked["fine"]) == 2


def test_without_a_network_it_says_so_and_keeps_nothing(run, tmp_path):
    result = run("--cache", str(tmp_path / "kept.json"), base="http://127.0.0.1:9")

    assert result.exit_code == 1
    assert "is there a network?" in result.stderr
    assert not (tmp_path / "kept.json").exists()


def test_a_place_reads_as_file_line_and_field():
    assert str(Place("data/programmes/cerv.yaml", 14, "url")) == "data/programmes/cerv.yaml:14 url"
