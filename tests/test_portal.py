"""Files of the portal beside the catalogue: every topic named once, own money, Brussels days, nothing overwritten."""

import json
from contextlib import nullcontext
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import REPOSITORY
from factories import fact, make_calls, make_topic, portal_topic, unverified, write_catalogue
from thbfund import load_catalogue
from thbfund.cli import main
from thbfund.input.problems import InputError
from thbfund.staff.portal.proposal import proposals
from thbfund.staff.portal.topics import MAX_DEPTH, read_portal_file
from thbfund.staff.portal.values import plain_text

SAMPLES = REPOSITORY.parent / "shared" / "data" / "samples"
LANTERN = "lantern-2021-2027"
OVERVIEW = {
    "budgetTopicActionMap": {
        "1": [{"action": "LAN-1-NET - grants", "budgetYearMap": {"2026": "9000000"}}],
        "2": [{"action": "LAN-1 - grants", "budgetYearMap": {"2026": "2000000", "2027": "1000000"}}],
    }
}


def found_by_search(**meta):
    values = {
        "type": "1",
        "identifier": "LAN-1",
        "title": "Nets",
        "status": "31094502",
        "frameworkProgramme": "43251589",
    }
    return {"language": "en", "metadata": {key: [value] for key, value in {**values, **meta}.items()}}


def search_answer(*results):
    return {"totalResults": len(results), "results": list(results)}


def in_bulk(**changes):
    item = {
        "type": 1, "identifier": "LAN-1", "title": "Nets", "status": {"id": 31094501}, "deadlineDatesLong": [],
        "frameworkProgramme": {"id": 43251589},
    }  # fmt: skip
    return {"fundingData": {"GrantTenderObj": [{**item, **changes}]}}


def listed(**changes):
    topic = {"topicId": "LAN-1", "title": "Nets", "programmeId": "43251589", "callStatus": "open", "deadline": None}
    return {"fetched": "2026-08-10", "topics": [{**topic, **changes}]}


@pytest.fixture
def read(tmp_path):
    def topics(content):
        path = tmp_path / "portal.json"
        path.write_text(json.dumps(content), encoding="utf-8")
        return read_portal_file(path)

    return topics


def only(file):
    [topic] = file.topics
    return topic


# -- reading


@pytest.mark.parametrize(
    "content", [search_answer(found_by_search()), in_bulk(), listed()], ids=["search", "bulk", "list"]
)
def test_each_shape_gives_the_topic_with_its_programme_and_page(read, content):
    topic = only(read(content))

    assert (topic.id, topic.title, topic.programme) == ("LAN-1", "Nets", "cerv")
    assert topic.url.endswith("/topic-details/LAN-1")


@pytest.mark.parametrize(("said", "call"), [({"callIdentifier": "LAN"}, "LAN"), ({}, None)], ids=["said", "not said"])
def test_the_call_of_a_topic_is_named_where_it_is_said(read, said, call):
    for content in search_answer(found_by_search(**said)), in_bulk(**said), listed(**said):
        assert only(read(content)).call == call


def test_what_has_no_id_hides_nothing_that_comes_after_it(read):
    assert only(read(search_answer(found_by_search(identifier=""), found_by_search()))).id == "LAN-1"


@pytest.mark.parametrize(
    ("code", "status"),
    [("31094501", "forthcoming"), ("31094502", "open"), ("31094503", "closed"), ("31094504", "unknown")],
)
def test_codes_of_the_state_are_those_of_the_facet_service(read, code, status):
    assert only(read(search_answer(found_by_search(status=code)))).status == status


def test_the_budget_is_that_of_the_topic_and_not_of_its_neighbours(read):
    assert only(read(search_answer(found_by_search(budgetOverview=json.dumps(OVERVIEW))))).budget == 3_000_000


@pytest.mark.parametrize(("neighbour", "shared"), [("2000000", True), ("2000001", False)])
def test_an_amount_that_a_neighbour_shows_too_may_be_one_pot(read, neighbour, shared):
    lines = {"1": [{"action": "LAN-1 - grants", "budgetYearMap": {"2026": "2000000"}}],
             "2": [{"action": "LAN-1-NET - grants", "budgetYearMap": {"2026": neighbour}}]}  # fmt: skip
    topic = only(read(search_answer(found_by_search(budgetOverview=json.dumps({"budgetTopicActionMap": lines})))))

    assert (topic.budget, topic.shared) == (2_000_000, shared)


def test_one_of_several_neighbours_with_the_same_amount_is_enough_for_one_pot(read):
    amounts = {"LAN-1": "2000000", "LAN-2": "2000000", "LAN-3": "7"}
    lines = [{"action": key, "budgetYearMap": {"2026": amount}} for key, amount in amounts.items()]
    overview = json.dumps({"budgetTopicActionMap": {"1": lines}})

    assert only(read(search_answer(found_by_search(budgetOverview=overview)))).shared


@pytest.mark.parametrize("overview", ["", "{", "[]", '{"budgetTopicActionMap": {"1": [{}]}}'])
def test_a_budget_that_is_not_said_or_damaged_is_unknown(read, overview):
    topic = only(read(search_answer(found_by_search(budgetOverview=overview))))

    assert (topic.budget, topic.shared) == (None, False)


@pytest.mark.parametrize("amount", ["NaN", "1e400", '"1e400"', "-1000005", "-1000000"])
def test_amounts_that_come_to_no_money_are_unknown(read, amount):
    overview = json.dumps(OVERVIEW).replace('"2000000"', amount)
    topic = only(read(search_answer(found_by_search(budgetOverview=overview))))

    assert (topic.budget, topic.shared) == (None, False)


def test_the_day_of_a_search_answer_is_the_day_as_written(read):
    meta = found_by_search(deadlineDate="2025-10-02T00:00:00.000+0000", startDate="2025-06-10T00:00:00.000+0000")
    topic = only(read(search_answer(meta)))

    assert (topic.opens_on, topic.deadlines) == (date(2025, 6, 10), (date(2025, 10, 2),))


@pytest.mark.parametrize(
    ("moment", "day"),
    [("2026-03-24T22:59:59+00:00", date(2026, 3, 24)), ("2026-03-24T23:00:00+00:00", date(2026, 3, 25))],
)
def test_a_moment_of_the_bulk_file_is_a_day_in_brussels(read, moment, day):
    from datetime import datetime

    milliseconds = int(datetime.fromisoformat(moment).timestamp() * 1000)
    assert only(read(in_bulk(deadlineDatesLong=[milliseconds]))).deadlines == (day,)


@pytest.mark.parametrize(("moment", "told"), [(0, ()), (-1, ()), ("soon", ()), (1, (date(1970, 1, 1),))])
def test_no_moment_is_no_day(read, moment, told):
    assert only(read(in_bulk(deadlineDatesLong=[moment]))).deadlines == told


def test_tenders_and_update_notices_are_passed_over(read):
    assert read(search_answer(found_by_search(type="6"))).topics == ()
    assert read(in_bulk(type=0)).topics == ()


def test_of_language_copies_english_is_taken(read):
    french = {**found_by_search(title="Filets", status="31094501"), "language": "fr"}

    assert only(read(search_answer(french, found_by_search()))).title == "Nets"


def test_html_becomes_text_also_where_it_is_broken():
    html = '<p title="a > b">One</p>\n\n<script>two()</script><style>.x{}</style><ul><li>Three<li>Four</p></div>'

    assert plain_text(html) == "One\nThree\nFour"


def test_a_quote_that_never_closes_loses_nothing_that_stands_before_it():
    assert plain_text('<p>One</p><p class="x>Two</p>').startswith("One")


NO_PORTAL_FILES = [
    b"", b"<html>busy</html>", b"[]", b"{}", b"null", b'{"results": [', b"\xff\xfe",
    b'{"fundingData": {"GrantTenderObj": [{"type": 1',
]  # fmt: skip


@pytest.mark.parametrize("content", NO_PORTAL_FILES)
def test_what_is_no_file_of_the_portal_is_told_in_a_sentence(tmp_path, content):
    path = tmp_path / "portal.json"
    path.write_bytes(content)

    with pytest.raises(InputError) as caught:
        read_portal_file(path)
    assert [problem.file for problem in caught.value.problems] == [str(path)]


@pytest.mark.parametrize(("levels", "read_to_its_end"), [(MAX_DEPTH, True), (MAX_DEPTH + 1, False)])
def test_a_file_is_read_to_a_depth_that_no_file_of_the_portal_has(read, levels, read_to_its_end):
    around = 4  # the file, its part, its list, the topic
    deep = in_bulk(title="Nets", extra=json.loads("[" * (levels - around) + "]" * (levels - around)))

    with nullcontext() if read_to_its_end else pytest.raises(InputError, match="too many levels"):
        assert only(read(deep)).title == "Nets"


@pytest.mark.parametrize(
    "content", [{"results": None}, {"results": [1, {"metadata": None}]}, {"topics": "x"}, listed(topicId=None),
                in_bulk(identifier=None), {"fundingData": {"GrantTenderObj": [7]}}, {"fundingData": 3}]
)  # fmt: skip
def test_items_that_are_no_topics_are_passed_over(read, content):
    assert read(content).topics == ()


# -- proposing


@pytest.fixture
def catalogue(tmp_path):
    topic = make_topic(id="LAN-1", deadline=fact("2026-11-05"), opens_on=unverified("2026-07-07"))
    return load_catalogue(write_catalogue(tmp_path / "data", calls={LANTERN: make_calls([topic])}))


theirs = partial(portal_topic, programme=LANTERN, status="open")


def test_a_fact_that_differs_is_told_with_both_values_and_the_day_ours_was_checked(catalogue):
    topic = theirs(id="LAN-1", deadlines=(date(2026, 11, 3),), opens_on=date(2026, 7, 8))
    [proposal] = proposals([topic], catalogue)
    deadline, opens = proposal.differences

    assert proposal.verb == "look"
    assert (deadline.fact, deadline.theirs, deadline.ours) == ("deadline", date(2026, 11, 3), "2026-11-05")
    assert deadline.protected
    assert deadline.since == catalogue.calls[LANTERN].topics[0].deadline.checked_on
    assert not opens.protected


@pytest.mark.parametrize("deadlines", [(), (date(2026, 11, 5),), (date(2026, 11, 5), date(2027, 2, 1))])
def test_a_topic_that_says_nothing_else_is_as_in_the_catalogue(catalogue, deadlines):
    [proposal] = proposals([theirs(id="LAN-1", deadlines=deadlines)], catalogue)

    assert proposal.verb == "same"


@pytest.mark.parametrize(
    ("scope", "shared", "verb"),
    [("topic", False, "look"), ("call", False, "same"), ("topic", True, "same"), ("call", True, "same")],
)
def test_money_is_compared_only_where_both_are_that_of_the_topic_alone(tmp_path, scope, shared, verb):
    topic = make_topic(id="LAN-1", budget=fact(2_000_000), budget_scope=scope)
    catalogue = load_catalogue(write_catalogue(tmp_path / "data", calls={LANTERN: make_calls([topic])}))

    assert [each.verb for each in proposals([theirs(id="LAN-1", budget=3e6, shared=shared)], catalogue)] == [verb]


def test_a_topic_of_a_programme_that_we_have_not_is_told(catalogue):
    assert [each.verb for each in proposals([theirs(programme=None)], catalogue)] == ["unknown-programme"]


REAL = "isf-2021-2027"


@pytest.mark.parametrize(
    ("title", "text", "verb"),
    [
        ("Trafficking in human beings", "", "add"),
        ("Safer ports", "Help for victims of human trafficking. Police against trafficking in human beings.", "add"),
        ("Illicit trafficking of cultural goods", "Museums learn how stolen paintings are sold.", "pass"),
        ("Preventing trafficking of cultural goods", "Museums learn how stolen paintings are sold.", "pass"),
        ("Combating trafficking in firearms", "Customs officers learn to find weapons in parcels.", "pass"),
        ("Preventing trafficking of drugs and of women", "Police work together.", "add"),
        ("Preventing trafficking of cultural goods and violence against women", "Police work together.", "add"),
        ("Preventing trafficking", "Police work together.", "add"),
        ("Trafficking of firearms", "Customs officers learn to find weapons in parcels.", "pass"),
        ("Prize for engineers", "Batteries that last longer. " * 20, "pass"),
        ("", "", "pass"),
    ],
)
def test_a_new_topic_is_proposed_by_its_subject(catalogue_of_all, title, text, verb):
    [proposal] = proposals([theirs(title=title, text=text, programme=REAL)], catalogue_of_all)

    assert proposal.verb == verb


@pytest.fixture(scope="module")
def catalogue_of_all():
    return load_catalogue(REPOSITORY / "data")


# -- the command


@pytest.mark.parametrize("form", ["text", "md", "json"])
def test_the_command_names_every_topic_and_writes_nothing(tmp_path, form):
    folder = write_catalogue(tmp_path / "data")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    path = tmp_path / "portal.json"
    path.write_text(json.dumps(listed(title="<b>Nets</b> [x](javascript:1)")), encoding="utf-8")
    command = ["--data", str(folder), "catalogue", "import-calls", str(path), "--format", form]
    result = CliRunner().invoke(main, command)

    assert result.exit_code == 0, result.stderr
    assert "LAN-1" in result.stdout.replace("\\", "")
    assert form != "md" or "](javascript" not in result.stdout
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_web_page_instead_of_json_ends_the_command_with_a_sentence(tmp_path):
    path = tmp_path / "page.json"
    path.write_text("<html>busy</html>", encoding="utf-8")
    result = CliRunner().invoke(main, ["catalogue", "import-calls", str(path)])

    assert result.exit_code == 1
    assert "no JSON" in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the real files do not lie here")
@pytest.mark.parametrize(
    "name", ["sedia-search-response.json", "grants-tenders-excerpt.json", "portal-topics-victim-support-2026-08.json"]
)
def test_the_real_files_are_read(name):
    assert read_portal_file(Path(SAMPLES / name)).topics
