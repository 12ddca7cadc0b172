"""Topics of the portal written into the files of calls: marked, traceable, whole or not at all."""

import errno
import json
import re
import subprocess
from datetime import UTC, date, datetime
from functools import partial

import pytest
from click.testing import CliRunner

from factories import errors_in, fact, make_calls, make_topic, portal_topic, unverified, write_catalogue
from thbfund import load_catalogue
from thbfund.catalogue.calls import FIRST_YEAR, LAST_YEAR
from thbfund.cli import main
from thbfund.staff.git import Author
from thbfund.staff.portal.landing import chosen, landed, planned
from thbfund.staff.portal.proposal import proposals

LANTERN, COMPASS = "lantern-2021-2027", "compass-2021-2027"
FILE = f"calls/{LANTERN}.yaml"
DAY, NOW = date(2026, 8, 10), datetime(2026, 8, 11, tzinfo=UTC)
EDITOR = Author("Ada Keeper", "ada@example.org")
NAMED = "Ada Keeper <ada@example.org>"


@pytest.fixture
def folder(tmp_path):
    known = make_topic(id="LAN-2026-NET-1", deadline=fact("2026-11-05"), opens_on=unverified("2026-07-07"))
    folder = write_catalogue(tmp_path / "data", calls={LANTERN: make_calls([known])})
    path = folder / FILE
    path.write_text("# Kept by hand.\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    return folder


theirs = partial(
    portal_topic,
    id="LAN-2026-NET-2",
    title="Shelters against human trafficking",
    programme=LANTERN,
    status="open",
    opens_on=date(2026, 7, 8),
    deadlines=(date(2026, 11, 3),),
    budget=2_000_000.0,
    url="https://portal.example/LAN-2026-NET-2",
)


def land(folder, *topics, only=(), strand=None):
    catalogue = load_catalogue(folder)
    edits, left = planned(chosen(proposals(topics, catalogue), only), catalogue, strand)
    return list(landed(folder, edits, EDITOR, "the portal of August", DAY, now=NOW)), left


def topic_in(folder, key, programme=LANTERN):
    [topic] = [topic for topic in load_catalogue(folder).calls[programme].topics if topic.id == key]
    return topic


def test_a_new_topic_lands_with_its_page_and_every_fact_marked_as_not_read(folder):
    before = (folder / FILE).read_text(encoding="utf-8")
    [done], left = land(folder, theirs())
    topic = topic_in(folder, "LAN-2026-NET-2")

    assert (done.saved.written, left) == (True, [])
    assert (topic.closes, topic.opens, topic.budget.value) == (date(2026, 11, 3), date(2026, 7, 8), 2_000_000)
    assert (topic.year, topic.strand, topic.relevance) == (2026, "harbour", "core")
    assert all(known.unverified and known.checked_on == DAY for known in (topic.subject, topic.deadline, topic.budget))
    source = load_catalogue(folder).calls[LANTERN].sources[topic.deadline.sources[0].key]
    assert source.url == "https://portal.example/LAN-2026-NET-2"
    assert (folder / FILE).read_text(encoding="utf-8").startswith(before.partition("sources:\n  law")[0])


def test_what_somebody_read_stays_and_what_nobody_read_is_taken_over(folder):
    key = "LAN-2026-NET-1"
    [done], _ = land(folder, theirs(id=key, budget=None))
    topic = topic_in(folder, key)

    assert done.saved.written
    assert topic.closes == date(2026, 11, 5)
    assert (topic.opens, topic.opens_on.unverified[:10]) == (date(2026, 7, 8), "taken over")


def test_a_topic_that_differs_only_in_what_somebody_read_is_left_out_with_the_reason(folder):
    key = "LAN-2026-NET-1"
    done, left = land(folder, theirs(id=key, budget=None, opens_on=None), only=[key])

    assert done == []
    assert "read again" in left[0]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        pytest.param({"programme": None}, "add that first", id="of no programme that we have"),
        pytest.param({"id": "LAN-ROPE-1"}, "name it with --strand", id="of no strand that its id tells"),
        pytest.param({"id": "LAN-NET-1", "opens_on": None, "deadlines": ()}, "no year is known", id="of no year"),
        pytest.param({"id": "LAN-2026-NET-1", "budget": None}, None, id="known, and something is taken over"),
        pytest.param({}, None, id="new"),
    ],
)
def test_a_topic_is_left_out_for_a_reason_or_lands(folder, changes, reason):
    topic = theirs(**changes)
    done, left = land(folder, topic, only=[topic.id])

    assert (len(done), len(left)) == ((0, 1) if reason else (1, 0))
    assert reason is None or reason in left[0]


def test_a_topic_that_says_what_the_catalogue_says_is_left_out_with_that_reason(folder):
    ours = topic_in(folder, "LAN-2026-NET-1")
    same = theirs(id=ours.id, status="closed", opens_on=ours.opens, deadlines=(ours.closes,), budget=None)

    done, [sentence] = land(folder, same, only=[ours.id])
    assert done == []
    assert "says so already" in sentence


def test_of_several_topics_those_named_land_and_one_left_out_holds_up_no_other(folder):
    lost, named, other = theirs(id="A-1"), theirs(), theirs(id="LAN-2026-NET-3")  # of no strand that its id tells
    [done], [sentence] = land(folder, lost, named, other, only=[lost.id, named.id])

    assert [proposal.topic.id for proposal in done.edit.chosen] == [named.id]
    assert sentence.startswith("A-1: ")


def test_without_names_nothing_is_said_of_what_was_read_in_a_source(folder):
    assert land(folder, theirs(id="LAN-2026-NET-1", budget=None, opens_on=None)) == ([], [])


def test_a_fact_that_is_taken_over_keeps_what_else_was_noted_of_it(tmp_path):
    known = make_topic(id="LAN-2026-NET-1", deadline=fact("2026-11-03"),
                       opens_on=unverified("2026-07-07", note="At noon."))  # fmt: skip
    folder = write_catalogue(tmp_path / "data", calls={LANTERN: make_calls([known])})
    land(folder, theirs(id="LAN-2026-NET-1"))

    topic = topic_in(folder, "LAN-2026-NET-1")
    assert (topic.opens, topic.opens_on.note) == (date(2026, 7, 8), "At noon.")
    assert topic.budget.value == 2_000_000


def test_landing_twice_changes_nothing_the_second_time(folder):
    land(folder, theirs())
    before = (folder / FILE).read_bytes()

    assert land(folder, theirs()) == ([], [])
    assert (folder / FILE).read_bytes() == before


@pytest.mark.parametrize(("status", "written"), [("open", 1), ("forthcoming", 1), ("closed", 0), ("unknown", 0)])
def test_without_names_only_calls_that_may_still_be_applied_for_land(folder, status, written):
    done, _ = land(folder, theirs(status=status))

    assert len(done) == written


def test_one_topic_with_errors_keeps_its_whole_file_as_it_was_and_no_other(folder):
    before = (folder / FILE).read_bytes()
    bad = theirs(id="LAN-2026-NET-3", opens_on=date(2026, 12, 1))
    other = theirs(id="COM-2026-1", programme=COMPASS)
    done, _ = land(folder, theirs(), bad, other)

    assert [(one.edit.programme, bool(one.saved)) for one in done] == [(COMPASS, True), (LANTERN, False)]
    assert "dates-out-of-order" in done[1].refused
    assert (folder / FILE).read_bytes() == before
    assert errors_in(folder) == []


def test_the_first_call_of_a_programme_begins_its_file(folder):
    land(folder, theirs(id="COM-2026-1", programme=COMPASS), theirs(id="COM-2026-2", programme=COMPASS))

    assert [topic.id for topic in load_catalogue(folder).calls[COMPASS].topics] == ["COM-2026-1", "COM-2026-2"]


@pytest.mark.parametrize(
    ("key", "strand", "place"),
    [("LAN-2027-NET-9", None, "harbour"), ("LAN-2027-ROPE-9", None, None), ("LAN-2027-ROPE-9", "beacon", "beacon")],
)
def test_the_strand_is_told_by_neighbours_or_by_the_person_and_never_guessed(folder, key, strand, place):
    done, left = land(folder, theirs(id=key), strand=strand)

    assert ([topic_in(folder, key).strand] if done else [None]) == [place]
    assert [("--strand" in sentence) for sentence in left] == ([] if place else [True])


@pytest.mark.parametrize(
    ("key", "place"),
    [
        pytest.param("LAN-2027-NET-9", "harbour", id="most of the id as with one"),
        pytest.param("LAN-2027-NET-ROPE-9", "beacon", id="more of it as with the other"),
        pytest.param("LAN-2027-NET", None, id="as much as with both"),
    ],
)
def test_of_several_strands_that_of_the_ids_most_alike_is_told(tmp_path, key, place):
    known = [make_topic(id="LAN-2026-NET-ROPE-1", strand="beacon"), make_topic(id="LAN-2026-NET-9", strand="harbour")]
    folder = write_catalogue(tmp_path / "data", calls={LANTERN: make_calls(known)})
    done, _ = land(folder, theirs(id=key))

    assert ([topic_in(folder, key).strand] if done else [None]) == [place]


@pytest.mark.parametrize(
    ("key", "days", "year"),
    [
        pytest.param(f"LAN-{FIRST_YEAR}-NET-9", (), FIRST_YEAR, id="of the id, the first there is"),
        pytest.param(f"LAN-{FIRST_YEAR - 1}-NET-9", (2027,), 2027, id="too early for a year"),
        pytest.param(f"LAN-{LAST_YEAR}-NET-9", (), LAST_YEAR, id="of the id, the last there is"),
        pytest.param(f"LAN-{LAST_YEAR + 1}-NET-9", (2027,), 2027, id="too late for a year"),
        pytest.param("LAN-NET-9", (2027, 2028), 2027, id="of the first day to apply by"),
        pytest.param("LAN-NET-9", (), 2026, id="of the day on which it opens"),
    ],
)
def test_the_year_of_a_topic_is_that_of_its_id_or_else_of_its_days(folder, key, days, year):
    opens = None if days else date(2026, 7, 8)
    topic = theirs(id=key, deadlines=tuple(date(each, 11, 3) for each in days), opens_on=opens)
    land(folder, topic, only=[key], strand="harbour")

    assert topic_in(folder, key).year == year


@pytest.mark.parametrize(
    "title", ["a: b # human trafficking", "- 'human trafficking\"", "Human\ntrafficking: {x}", "*x human trafficking"]
)
def test_a_title_says_in_the_file_what_it_said_whatever_signs_it_holds(folder, title):
    land(folder, theirs(title=title))

    assert topic_in(folder, "LAN-2026-NET-2").title == " ".join(title.split())


@pytest.mark.parametrize(("shared", "scope"), [(True, "call"), (False, "topic")])
def test_money_that_may_be_one_pot_is_never_taken_for_the_topics_own(folder, shared, scope):
    land(folder, theirs(shared=shared))
    topic = topic_in(folder, "LAN-2026-NET-2")

    assert (topic.budget_scope, bool(topic.budget.note)) == (scope, shared)


def test_of_several_last_days_the_first_counts_and_all_are_told(folder):
    land(folder, theirs(deadlines=(date(2026, 11, 3), date(2027, 2, 1))))

    assert topic_in(folder, "LAN-2026-NET-2").deadline.note.endswith("2026-11-03, 2027-02-01.")


def test_one_last_day_needs_no_note(folder):
    land(folder, theirs())

    assert topic_in(folder, "LAN-2026-NET-2").deadline.note is None


def test_topics_of_one_page_name_one_source(folder):
    land(folder, theirs(), theirs(id="LAN-2026-NET-3"))

    pages = [source.url for source in load_catalogue(folder).calls[LANTERN].sources.values()]
    assert pages.count(theirs().url) == 1


# -- the command


@pytest.fixture
def run(folder, tmp_path):
    topic = {
        "topicId": "LAN-2026-NET-2", "title": "Human trafficking", "programmeId": "43251589", "callStatus": "open",
        "deadline": "2026-11-03",
    }  # fmt: skip
    path = tmp_path / "portal.json"
    path.write_text(json.dumps({"fetched": "2026-08-10", "topics": [topic]}), encoding="utf-8")

    def invoke(*words):
        return CliRunner().invoke(main, ["--data", str(folder), "catalogue", "import-calls", str(path), *words])

    return invoke


@pytest.mark.parametrize(
    "words", [["--author", NAMED], ["--reason", " ", "--author", NAMED], ["--reason", "x", "--author", "nobody"],
              ["--reason", "x", "--author", NAMED, "--only", "NO-SUCH"]]
)  # fmt: skip
def test_writing_needs_a_reason_a_person_and_topics_that_are_there(run, folder, words):
    before = (folder / FILE).read_bytes()
    result = run("--apply", *words)

    assert result.exit_code == 2
    assert (folder / FILE).read_bytes() == before


def test_the_command_says_which_topics_were_left_out_and_why(run):
    result = run("--apply", "--reason", "x", "--author", NAMED, "--only", "LAN-2026-NET-2")

    assert result.exit_code == 0, result.output
    assert "left out: LAN-2026-NET-2: its programme" in result.stdout


def test_the_command_writes_what_is_safe_and_names_the_file(run, folder, monkeypatch):
    monkeypatch.setattr("thbfund.staff.portal.topics.PROGRAMMES", {"43251589": LANTERN})
    result = run("--apply", "--reason", "x", "--author", NAMED)

    assert result.exit_code == 0, result.output
    assert f"{FILE}: LAN-2026-NET-2" in result.stdout
    assert topic_in(folder, "LAN-2026-NET-2").closes == date(2026, 11, 3)


def test_in_a_checkout_the_command_names_the_commit_and_its_branch(run, folder, monkeypatch):
    monkeypatch.setattr("thbfund.staff.portal.topics.PROGRAMMES", {"43251589": LANTERN})
    named = ["-c", "user.name=Bo", "-c", "user.email=b@c.example"]
    for command in (["init", "-q"], ["add", "-A"], [*named, "commit", "-qm", "x"]):
        subprocess.run(["git", *command], cwd=folder, check=True)
    result = run("--apply", "--reason", "x", "--author", NAMED)

    assert re.search(r"LAN-2026-NET-2, commit [0-9a-f]{10} on branch catalogue-edits\.", result.stdout)


def test_where_nobody_is_named_gits_user_answers(run, monkeypatch, tmp_path):
    monkeypatch.setattr("thbfund.staff.portal.topics.PROGRAMMES", {"43251589": LANTERN})
    monkeypatch.setattr("thbfund.import_command.author_at", lambda _: Author("Bo", "bo@example.org"))
    result = run("--apply", "--reason", "x", "--audit", str(tmp_path / "audit"))

    assert result.exit_code == 0, result.output
    assert "bo@example.org" in (tmp_path / "audit/edits.jsonl").read_text(encoding="utf-8")


@pytest.mark.parametrize(("fetched", "day"), [("2026-08-10", date(2026, 8, 10)), (None, date(2026, 8, 9))])
def test_facts_bear_the_day_of_the_file_or_else_the_one_that_is_given(run, folder, tmp_path, monkeypatch, fetched, day):
    monkeypatch.setattr("thbfund.staff.portal.topics.PROGRAMMES", {"43251589": LANTERN})
    path = tmp_path / "portal.json"
    path.write_text(json.dumps({**json.loads(path.read_bytes()), "fetched": fetched}), encoding="utf-8")
    run("--apply", "--reason", "x", "--author", NAMED, "--on", "2026-08-09")

    assert topic_in(folder, "LAN-2026-NET-2").deadline.checked_on == day


def test_where_nothing_may_be_written_the_command_gives_the_patch_and_says_so_by_its_exit_code(run, monkeypatch):
    def refuse(*_):
        raise OSError(errno.EROFS, "read-only")

    monkeypatch.setattr("thbfund.staff.portal.topics.PROGRAMMES", {"43251589": LANTERN})
    monkeypatch.setattr("thbfund.staff.saving.replace_file", refuse)
    result = run("--apply", "--reason", "x", "--author", NAMED)

    assert result.exit_code == 1
    assert "+- id: LAN-2026-NET-2" in result.stdout
    assert "Nothing was written." in result.stdout


@pytest.mark.parametrize("by_variable", [True, False])
def test_each_change_by_the_command_leaves_a_line_in_the_record_of_edits(run, tmp_path, monkeypatch, by_variable):
    monkeypatch.setattr("thbfund.staff.portal.topics.PROGRAMMES", {"43251589": LANTERN})
    if by_variable:
        monkeypatch.setenv("THBFUND_AUDIT", str(tmp_path / "audit"))
    run("--apply", "--reason", "calls of August", "--author", NAMED, *_audit(tmp_path, by_variable=by_variable))

    [line] = (tmp_path / "audit/edits.jsonl").read_text(encoding="utf-8").splitlines()
    said = json.loads(line)
    assert (said["who"], said["file"], said["why"]) == ("ada@example.org", FILE, "calls of August")
    assert said["when"].startswith(str(datetime.now(UTC).year))
    assert "topics" in said["paths"]


def _audit(tmp_path, *, by_variable):
    return [] if by_variable else ["--audit", str(tmp_path / "audit")]


def test_a_record_that_cannot_be_written_is_told_and_loses_no_change(run, folder, tmp_path, monkeypatch):
    monkeypatch.setattr("thbfund.staff.portal.topics.PROGRAMMES", {"43251589": LANTERN})
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    result = run("--apply", "--reason", "x", "--author", NAMED, "--audit", str(tmp_path / "file" / "audit"))

    assert result.exit_code == 0, result.output
    assert "record of edits could not be written" in result.output
    assert topic_in(folder, "LAN-2026-NET-2").closes == date(2026, 11, 3)
