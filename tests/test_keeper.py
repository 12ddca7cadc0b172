"""The last good state: what is loaded follows its files, and what is broken never takes the place of what was good."""

import os
import shutil
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from conftest import REPOSITORY
from factories import write_catalogue
from thbfund.catalogue import load_catalogue
from thbfund.input.problems import InputError, Problem
from thbfund.web.keeper import LOOK_EVERY, SETTLE, Condition, Keeper, files_in
from thbfund.web.routes import Desk, service

START = datetime(2026, 11, 25, 12, tzinfo=UTC)
BROKEN = InputError([Problem("bad", "This is wrong.", file="programmes/x.yaml", line=3, column=1)])


class World:
    """Files and a clock that a test moves by hand; what is loaded is the text of the files."""

    def __init__(self, text="good"):
        self.version, self.text, self.tick, self.loads, self.looks = 0, text, 100.0, 0, 0
        self.jump = timedelta()  # of the time of day; ticks only grow
        self.while_loading = lambda: None
        self.keeper = Keeper(self.files, self.load, lambda: self.tick, self.now)

    def now(self):
        return START + timedelta(seconds=self.tick) + self.jump

    def files(self):
        self.looks += 1
        return (("x.yaml", self.written(), self.written(), self.version),)

    def written(self):
        """In the future, so that only standing still counts."""
        return int((START.timestamp() + 10**6 + self.version) * 1e9)

    def write(self, text):
        self.version, self.text = self.version + 1, text

    def load(self):
        self.loads += 1
        text = self.text
        self.while_loading()
        if isinstance(text, Exception):
            raise text
        return text

    def after(self, seconds):
        self.tick += seconds
        return self.keeper.current()

    def settled(self):
        self.after(LOOK_EVERY)
        return self.after(SETTLE)


@pytest.fixture
def world():
    found = World()
    assert found.keeper.current() == "good"
    return found


@pytest.mark.parametrize(
    "fault",
    [BROKEN, PermissionError(13, "Permission denied", "x.yaml"), FileNotFoundError(2, "Gone", "x.yaml"), MemoryError()],
)
def test_a_broken_state_is_told_of_while_the_last_good_one_is_served_until_it_is_mended(world, fault):
    world.write(fault)
    assert world.settled() == "good"
    assert len(world.keeper.condition().problems) == 1
    world.write("mended")
    assert world.settled() == "mended"
    assert world.keeper.condition().problems == ()
    assert world.keeper.condition().since == START + timedelta(seconds=world.tick)


def test_a_broken_state_is_read_once_and_not_at_every_look(world):
    world.write(BROKEN)
    world.settled()
    for _ in range(5):
        world.after(LOOK_EVERY)
    assert world.loads == 2


def test_problems_are_raised_where_there_has_been_no_good_state_until_there_is_one():
    world = World(BROKEN)
    with pytest.raises(InputError, match="This is wrong"):
        world.keeper.current()
    world.write("good")
    with pytest.raises(InputError):
        world.after(LOOK_EVERY)
    assert world.after(SETTLE) == "good"


def test_files_that_are_still_being_written_are_not_read(world):
    for text in ("half", "three quarters"):
        world.write(text)
        assert world.after(LOOK_EVERY) == "good"
    assert world.loads == 1
    world.write("whole")
    assert world.settled() == "whole"


@pytest.mark.parametrize("half", ["half", BROKEN])
def test_what_was_read_while_files_changed_is_dropped_good_or_bad(world, half):
    world.write(half)
    world.while_loading = lambda: world.write("whole") if world.text == half else None
    assert world.settled() == "good"
    assert world.keeper.condition().problems == ()
    world.while_loading = lambda: None
    assert world.settled() == "whole"


def test_files_are_looked_at_no_more_than_once_in_the_time_between_looks(world):
    looks = world.looks
    for _ in range(8):
        world.after(LOOK_EVERY / 16)
    assert world.looks == looks
    world.after(LOOK_EVERY / 2)
    assert world.looks == looks + 1


def test_a_write_that_is_past_is_read_at_the_first_look(world):
    world.written = lambda: 0
    world.write("new")
    assert world.after(LOOK_EVERY) == "new"


@pytest.mark.parametrize("jump", [-3650, 3650], ids=["ten years back", "ten years ahead"])
def test_a_clock_that_jumps_keeps_no_change_from_being_read(world, jump):
    world.jump = timedelta(days=jump)
    world.write("better")
    assert world.settled() == "better"
    assert world.after(LOOK_EVERY) == "better"
    assert world.loads == 2, "and it is read once"


def test_while_one_thread_loads_the_others_get_the_last_good_state_and_load_nothing(world):
    begun, may_end = threading.Event(), threading.Event()
    world.write("new")
    world.after(LOOK_EVERY)
    world.while_loading = lambda: (begun.set(), may_end.wait(10))
    world.tick += SETTLE
    loader = threading.Thread(target=world.keeper.current)
    loader.start()
    assert begun.wait(10)
    assert [world.after(LOOK_EVERY) for _ in range(3)] == ["good"] * 3
    may_end.set()
    loader.join(10)
    assert world.keeper.current() == "new"
    assert world.loads == 2


def test_threads_that_come_before_the_first_state_wait_for_one_load():
    world, together = World(), threading.Barrier(2)
    found = []

    def ask():
        together.wait(10)
        found.append(world.keeper.current())

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert (found, world.loads) == (["good", "good"], 1)


@pytest.mark.parametrize("name", ["a.yaml", "projects.csv", "labelled.jsonl", "vectors.tsv"])
def test_every_kind_of_file_of_the_catalogue_is_watched(tmp_path, name):
    before = files_in(tmp_path)
    (tmp_path / name).write_text("x")
    written = files_in(tmp_path)
    (tmp_path / name).chmod(0o600)
    os.utime(tmp_path / name, ns=(0, 0))
    assert len({before, written, files_in(tmp_path)}) == 3


@pytest.mark.parametrize("name", [".a.yaml", ".git/a.yaml", "a.yaml.tmp", "README.md"])
def test_files_that_the_catalogue_is_not_read_from_are_not_watched(tmp_path, name):
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("x")
    assert files_in(tmp_path) == ()


def test_a_link_to_nothing_and_a_folder_that_is_not_there_are_no_failure(tmp_path):
    (tmp_path / "a.yaml").symlink_to(tmp_path / "gone")
    assert files_in(tmp_path) == files_in(tmp_path / "none") == ()


def test_all_files_that_the_real_catalogue_is_read_from_are_watched():
    watched = {Path(path).name for path, *_ in files_in(REPOSITORY / "data")}
    assert {"projects.csv", "labelled.jsonl", "vectors.tsv", "cerv.yaml"} <= watched


def test_a_huge_file_and_a_folder_that_vanished_leave_the_last_good_catalogue(tmp_path):
    folder = write_catalogue(tmp_path / "data")
    tick = [100.0]
    keeper = Keeper(lambda: files_in(folder), lambda: load_catalogue(folder), lambda: tick[0], lambda: START)
    good = keeper.current()

    def settled():
        for _ in range(2):
            tick[0] += max(LOOK_EVERY, SETTLE)
            found = keeper.current()
        return found

    huge = next((folder / "programmes").glob("*.yaml"))
    text = huge.read_text()
    huge.write_text(text + "# long\n" * 400_000)
    assert settled() is good
    assert keeper.condition().problems[0].file.endswith(huge.name)
    shutil.move(folder, tmp_path / "away")
    assert settled() is good
    assert keeper.condition().problems
    shutil.move(tmp_path / "away", folder)
    huge.write_text(text)
    assert settled().fingerprint == good.fingerprint
    assert keeper.condition().problems == ()


def test_health_says_degraded_with_the_place_of_each_problem_and_is_not_stored(tiny_matcher):
    desk = Desk(lambda: tiny_matcher, START.date, condition=lambda: Condition(BROKEN.problems, START))
    answer = TestClient(service(desk)).get("/health")
    found = answer.json()
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert (found["status"], found["since"], found["problems_found"]) == ("degraded", "2026-11-25T12:00:00+00:00", 1)
    assert (found["problems"][0]["file"], found["problems"][0]["line"]) == ("programmes/x.yaml", 3)
