"""Guidance around an application: what to prepare, whom to ask, when money can be there, ways in."""

import io
import re
from dataclasses import replace
from datetime import date

import pytest
from rich.console import Console

from factories import (
    CHECKED_ON,
    READ,
    REMOVED,
    fact,
    make_programme,
    make_project,
    make_strand,
    make_topic,
    write_guidance,
)
from thbfund import Matcher
from thbfund.catalogue import check_catalogue
from thbfund.catalogue.facts import Evidence
from thbfund.catalogue.files import values_in
from thbfund.catalogue.freshness import overdue
from thbfund.catalogue.guidance import GUIDANCE_FILES, LeadTime
from thbfund.guidance.before import ROUTES_TO_ASK_AT, Who, to_prepare, whom_to_ask
from thbfund.guidance.rounds import past_round
from thbfund.guidance.start import feasible_starts, start_sentence
from thbfund.guidance.ways_in import ways_in
from thbfund.report.contract import report_values
from thbfund.report.guidance import lead_time_words
from thbfund.report.tables import print_report, report_markdown
from thbfund.speaking import speaker
from thbfund.timing import calendar_of, months_later

ON = date(2026, 6, 1)
PERSONAL = re.compile(r"\S+@\S+|\b(?:Mr|Ms|Mrs|Dr)\.? [A-Z]")


# ---- what the real files hold ----


@pytest.fixture(scope="module")
def guidance(catalogue):
    return catalogue.guidance


@pytest.mark.parametrize("name", GUIDANCE_FILES)
def test_each_file_is_loaded_and_holds_entries(guidance, name):
    assert guidance.files[name].entries


@pytest.mark.parametrize("name", GUIDANCE_FILES)
def test_each_id_stands_for_one_entry(guidance, name):
    ids = [entry.id for entry in guidance.files[name].entries]

    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", GUIDANCE_FILES)
def test_no_entry_names_a_person(guidance, name):
    texts = [text for _, text in values_in(guidance.files[name]) if isinstance(text, str)]

    assert [text for text in texts if PERSONAL.search(text)] == []


@pytest.mark.parametrize(
    "wanted",
    [
        "eu-login", "pic", "pador", "child-protection", "gender-equality-plan", "restrictive-measures",
        "hungarian-trusts",
    ],
)  # fmt: skip
def test_what_every_applicant_asks_for_is_there(guidance, wanted):
    assert any(item.id.startswith(wanted) for item in guidance.preparations)


def test_each_programme_that_others_hand_out_leads_to_somebody_to_ask(catalogue):
    nobody = [
        f"{programme.id} {strand.id}"
        for programme in catalogue.programmes.values()
        if programme.is_in_force(date(2026, 11, 25))
        for strand in programme.strands
        if strand.route.value == "national_authority" and not whom_to_ask(catalogue, programme, strand, "FI")
    ]

    assert nobody == []


def test_each_authority_of_a_country_has_its_page(guidance):
    assert all(found.url.startswith("http") for found in guidance.authorities)


def test_horizon_europe_signs_sooner_than_other_calls_of_the_commission(guidance):
    months = {time.id: time.months for time in guidance.times}

    assert (months["horizon-europe"], months["commission-calls"]) == (8, 9)


# ---- damaged files ----


def preparation(key, **concerns):
    return {"id": key, "kind": "policy", "title": key, "text": f"Do {key}.", "concerns": concerns, **READ}


def authority(key, country, *programmes):
    page = f"https://{key}.example/"
    return {"id": key, "country": country, "programmes": programmes or ["lantern-2021-2027"], "name": key, "url": page,
            **READ}  # fmt: skip


def time(key, answer, sign, **concerns):
    return {"id": key, "concerns": concerns, "text": key, "months_to_answer": answer, "months_to_sign": sign, **READ}


def way(key, kind="partner_seat", **signs):
    return {"id": key, "kind": kind, "title": key, "how": f"Go {key}.", **signs, **READ}


@pytest.mark.parametrize(
    ("file", "entry", "code", "field"),
    [
        ("authorities", authority("one", "IT", "lamp"), "unknown-programme", "entries.0.programmes.0"),
        ("authorities", authority("one", "EL"), "unknown-country", "entries.0.country"),
        ("before_you_apply", preparation("one", routes=["moon"]), "unknown-route", "entries.0.concerns.routes.0"),
        ("before_you_apply", preparation("one", programmes=["lamp"]), "unknown-programme", None),
        (
            "before_you_apply",
            preparation("one", routes=["commission_call"], management_modes=["indirect"]),
            "concerns-nobody",
            "entries.0.concerns",
        ),
        (
            "ways_in",
            way("one", strands=[{"programme": "lantern-2021-2027", "strand": "cellar"}]),
            "unknown-strand",
            "entries.0.strands.0.strand",
        ),
        (
            "fit",
            {"id": "one", "theme": "timing", "question": "No question", "text": "One.", **READ},
            "wrong-value",
            "entries.0",
        ),
        ("time_to_grant", {**time("one", 6, 3), "sources": ["lost"]}, "unknown-source", "entries.0.sources.0"),
    ],
    ids=["programme", "country", "route", "programme of an entry", "nobody", "strand", "question", "source"],
)
def test_a_mistake_is_named_with_its_place(tmp_path, file, entry, code, field):
    _, problems = check_catalogue(write_guidance(tmp_path / "data", **{file: [entry]}))
    found = {(problem.code, problem.field) for problem in problems if problem.file.endswith(f"guidance/{file}.yaml")}

    assert code in {code for code, _ in found}
    assert field is None or (code, field) in found


def test_a_file_of_another_name_is_not_read_silently(tmp_path):
    folder = write_guidance(tmp_path / "data")
    (folder / "guidance/other.yaml").write_text("id: other\n", encoding="utf-8")

    assert "unread-file" in {problem.code for problem in check_catalogue(folder)[1]}


def test_a_check_of_guidance_grows_old_after_a_year(guided):
    catalogue = guided(ways_in=[way("one", role="partner")])
    files = {when: [item.file for item in overdue(catalogue, when)] for when in (date(2027, 1, 15), date(2027, 1, 16))}

    assert "guidance/ways_in.yaml" not in files[date(2027, 1, 15)]
    assert "guidance/ways_in.yaml" in files[date(2027, 1, 16)]


# ---- what to prepare ----


def prepared(catalogue, who, programme="lantern-2021-2027", strand=0):
    found = catalogue.programmes[programme]
    return {one.item.id: one.applies for one in to_prepare(catalogue, found, found.strands[strand], who)}


def test_an_entry_is_shown_at_the_doors_it_concerns(guided):
    catalogue = guided(
        before_you_apply=[
            preparation("all"),
            preparation("route", routes=["commission_call"]),
            preparation("mode", management_modes=["shared"]),
            preparation("programme", programmes=["compass-2021-2027"]),
        ]
    )

    assert list(prepared(catalogue, Who())) == ["all", "route"]
    assert list(prepared(catalogue, Who(), strand=1)) == ["all", "mode"]
    assert list(prepared(catalogue, Who(), "compass-2021-2027")) == ["all", "programme"]


@pytest.mark.parametrize(
    ("who", "applies"),
    [
        (Who("university", "IT"), "yes"),
        (Who("ngo", "IT"), None),
        (Who("university", "DE"), None),
        (Who(None, "IT"), "perhaps"),
        (Who("university", None), "perhaps"),
        (Who(None, "DE"), None),
        (Who(), "perhaps"),
    ],
)
def test_an_entry_for_some_applicants_is_left_out_for_others_and_perhaps_for_those_unknown(guided, who, applies):
    catalogue = guided(before_you_apply=[preparation("plan", applicant_types=["university"], countries=["IT"])])

    assert prepared(catalogue, who).get("plan") == applies


@pytest.mark.parametrize(("served", "applies"), [({"children"}, "yes"), ({"police_officers"}, "perhaps")])
def test_people_that_were_not_recognised_may_be_served_all_the_same(guided, served, applies):
    catalogue = guided(before_you_apply=[preparation("policy", target_groups=["children"])])

    assert prepared(catalogue, Who(served=frozenset(served)))["policy"] == applies


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"least": 45, "most": 45, "unit": "days"}, "45 days"),
        ({"least": 2, "most": 3, "unit": "weeks"}, "2 to 3 weeks"),
        ({"least": 12, "unit": "months"}, "at least 12 months"),
        ({"least": 1, "unit": "weeks"}, "at least 1 week"),
        ({"least": 1, "most": 1, "unit": "days"}, "1 day"),
    ],
)
def test_a_lead_time_is_told_in_words(value, words):
    assert lead_time_words(LeadTime.model_validate(value)) == words


@pytest.mark.parametrize(("number", "said"), [(1, "1 mesec"), (2, "2 meseca"), (3, "3 meseci"), (5, "5 mesecev")])
def test_a_lead_time_takes_the_form_that_each_language_has_for_its_number(number, said):
    found = LeadTime(least=number, most=number, unit="months")

    assert speaker("sl")(lead_time_words(found)) == said


# ---- whom to ask ----


def asked(catalogue, country, strand=1):
    programme = catalogue.programmes["lantern-2021-2027"]
    return [body.id for body in whom_to_ask(catalogue, programme, programme.strands[strand], country)]


@pytest.fixture
def with_authorities(guided):
    return guided(
        authorities=[
            authority("italian", "IT"),
            authority("german", "DE", "compass-2021-2027"),
            authority("everybody", None),
        ]
    )


def test_a_country_with_an_authority_on_record_is_sent_there(with_authorities):
    assert asked(with_authorities, "IT") == ["italian"]


@pytest.mark.parametrize("country", ["FR", "DE", None])
def test_any_other_country_is_sent_to_the_page_of_all(with_authorities, country):
    assert asked(with_authorities, country) == ["everybody"]


def test_nobody_else_is_asked_where_the_commission_takes_the_applications(with_authorities):
    assert asked(with_authorities, "IT", strand=0) == []


def test_the_routes_to_ask_at_are_routes(catalogue):
    assert catalogue.vocabularies.ids("routes") >= ROUTES_TO_ASK_AT


# ---- when money can be there ----


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 9, 3), 9, date(2027, 6, 3)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 3, 31), 9, date(2026, 12, 31)),
        (date(2026, 4, 30), 8, date(2026, 12, 30)),
        (date(2026, 9, 3), 0, date(2026, 9, 3)),
        (date(2026, 9, 3), 36, date(2029, 9, 3)),
        (date(9999, 11, 30), 1, date(9999, 12, 30)),
        (date(9999, 12, 1), 1, date.max),
    ],
)
def test_months_are_added_by_the_calendar(day, months, later):
    assert months_later(day, months) == later


def starts(catalogue, start=None, on=ON, about=frozenset()):
    programme = catalogue.programmes["lantern-2021-2027"]
    calls = calendar_of(programme, catalogue.calls["lantern-2021-2027"], on, about=about)
    return feasible_starts(catalogue, programme, calls, start, on)


NINE = [time("call", 6, 3, routes=["commission_call"])]


@pytest.mark.parametrize(("start", "too_early"), [("2027-06-02", True), ("2027-06-03", False), (None, False)])
def test_a_start_before_the_grant_is_too_early(guided, start, too_early):
    [found] = starts(guided(topics=[make_topic()], time_to_grant=NINE), start and date.fromisoformat(start))

    assert (found.earliest, found.too_early) == (date(2027, 6, 3), too_early)


def test_the_sentence_names_deadline_months_and_earliest_day_and_says_when_the_start_is_too_early(guided):
    start = date(2027, 1, 1)
    [found] = starts(guided(topics=[make_topic()], time_to_grant=NINE), start)
    said = start_sentence(found, start)

    assert said.startswith("Lanterns for shelters (LAN-2026-1): deadline 2026-09-03, usually 9 months to the grant")
    assert "plan no start before 2027-06-03" in said
    assert said.endswith("Your start, 2027-01-01, is earlier: move it, or pay for the first months otherwise.")


def test_the_particular_time_stands_before_the_general(guided):
    times = [time("own", 5, 3, programmes=["lantern-2021-2027"]), *NINE]
    [found] = starts(guided(topics=[make_topic()], time_to_grant=times))

    assert found.time.id == "own"
    assert found.earliest == date(2027, 5, 3)


def test_an_announced_call_has_an_earliest_start(guided):
    topic = make_topic(opens_on=fact("2026-07-01"))
    [found] = starts(guided(topics=[topic], time_to_grant=NINE))

    assert (found.call.status, found.earliest) == ("forthcoming", date(2027, 6, 3))


@pytest.mark.parametrize(("opens", "counted_from"), [("2026-05-21", ON), ("2026-12-01", date(2026, 12, 1))])
def test_under_a_rolling_call_time_counts_from_today_or_from_its_opening(guided, opens, counted_from):
    topic = make_topic(rolling=True, deadline=REMOVED, opens_on=fact(opens))
    [found] = starts(guided(topics=[topic], time_to_grant=NINE))

    assert found.earliest == months_later(counted_from, 9)


@pytest.mark.parametrize(("about", "number"), [({"police_officers"}, 1), ({"shelter"}, 0)])
def test_a_call_on_another_subject_is_no_way_to_the_grant(guided, about, number):
    topic = make_topic(relevance="close", target_groups=["police_officers"])

    assert len(starts(guided(topics=[topic], time_to_grant=NINE), about=about)) == number


def test_a_closed_call_has_none(guided):
    assert starts(guided(topics=[make_topic()], time_to_grant=NINE), on=date(2026, 9, 4)) == ()


def test_a_call_of_a_strand_without_a_known_time_has_none(guided):
    times = [time("delegation", 6, 3, routes=["eu_delegation_call"])]

    assert starts(guided(topics=[make_topic()], time_to_grant=times)) == ()


def test_a_rolling_call_counts_from_the_day_asked_for(guided):
    topic = make_topic(deadline=fact(None, note="rolling"), rolling=True)
    [found] = starts(guided(topics=[topic], time_to_grant=NINE))

    assert (found.earliest, found.call.deadline) == (date(2027, 3, 1), None)
    assert "no deadline; with an application on 2026-06-01, plan no start before 2027-03-01" in start_sentence(
        found, None
    )


# ---- past rounds ----


@pytest.mark.parametrize(
    ("received", "funded", "said"),
    [
        (None, None, "Proposals received and funded: not published, as far as we know."),
        (120, 11, "Proposals received: 120. Projects funded: 11."),
        (None, 11, "Proposals received: not published, as far as we know. Projects funded: 11."),
        (120, None, "Proposals received: 120. Projects funded: not published, as far as we know."),
    ],
)
def test_a_past_round_tells_what_was_published_and_no_chance(guided, received, funded, said):
    numbers = {"proposals_received": received, "projects_funded": funded}
    topic = make_topic(**{name: fact(number) for name, number in numbers.items() if number})
    catalogue = guided(topics=[topic])

    assert past_round(catalogue.calls["lantern-2021-2027"].topics[0]) == said


# ---- ways in for small organisations ----


def found_ways(catalogue, strand=0, programme="lantern-2021-2027"):
    found = catalogue.programmes[programme]
    return [one.id for one in ways_in(catalogue, found, found.strands[strand], ON)]


def lantern(**eligibility):
    return [make_programme(strands=[make_strand(eligibility=eligibility)])]


def test_a_route_shows_a_way_in(guided):
    catalogue = guided(ways_in=[way("home", "national_programme", routes=["national_authority"])])

    assert (found_ways(catalogue, 0), found_ways(catalogue, 1)) == ([], ["home"])


@pytest.mark.parametrize(
    ("admitted", "ways"),
    [
        ({"open_to": ["ngo"]}, ["seat"]),
        ({"closed_to": ["ngo"], "others": "open"}, []),
        ({"others": "depends"}, []),
        ({"open_to": ["company"]}, []),
    ],
)
def test_a_seat_that_is_open_to_an_ngo_is_a_way_in(guided, admitted, ways):
    programmes = lantern(applicant_types={"partner": fact(admitted)})
    catalogue = guided(programmes, ways_in=[way("seat", role="partner")])

    assert found_ways(catalogue) == ways


@pytest.mark.parametrize(("smallest", "ways"), [(60_000, ["small"]), (60_001, []), (None, [])])
def test_a_small_smallest_grant_is_a_way_in(guided, smallest, ways):
    programmes = lantern(grant=fact({"min_eur": smallest, "max_eur": 200_000}))
    catalogue = guided(programmes, ways_in=[way("small", "small_grant", smallest_grant_eur=60_000)])

    assert found_ways(catalogue) == ways


def test_a_strand_that_is_named_has_the_way_and_no_general_one_of_its_kind(guided):
    here = [{"programme": "lantern-2021-2027", "strand": "harbour"}]
    general = way("general", "regranting", routes=["commission_call"])
    catalogue = guided(ways_in=[general, way("own", "regranting", strands=here)])

    assert found_ways(catalogue) == ["own"]
    assert found_ways(catalogue, programme="candle-2014-2020") == ["general"]


# ---- in the answer ----


@pytest.fixture
def matched(guided):
    catalogue = guided(
        topics=[make_topic()],
        before_you_apply=[preparation("register", routes=["commission_call"])],
        authorities=[authority("everybody", None)],
        time_to_grant=NINE,
        ways_in=[way("seat", "national_programme", routes=["commission_call"])],
    )
    project = make_project(catalogue.vocabularies, start="2027-01")
    return Matcher(catalogue).match(project, ON, "all")


def unescaped(markdown):
    return markdown.replace("\\", "")


def value_of(matched, programme="lantern-2021-2027"):
    return next(found for found in report_values(matched)["matches"] if found["programme"] == programme)


def test_the_json_answer_holds_what_stands_around_a_match(matched):
    found = value_of(matched)

    assert [one["id"] for one in found["before_you_apply"]] == ["register"]
    assert [one["id"] for one in found["ways_in"]] == ["seat"]
    assert [(one["call"], one["earliest"], one["too_early"]) for one in found["earliest_starts"]] == [
        ("LAN-2026-1", "2027-06-03", True)
    ]


def test_an_entry_in_the_json_answer_says_how_it_is_known(matched):
    [found] = value_of(matched)["before_you_apply"]

    assert found["sources"] == [{"source": "Lantern law", "url": "https://lantern.example/law"}]
    assert (found["checked_on"], found["verified"], found["overdue"]) == (CHECKED_ON, True, False)


def test_an_old_check_counts_as_confirmed_no_longer(guided):
    catalogue = guided(before_you_apply=[preparation("register")])
    report = Matcher(catalogue).match(make_project(catalogue.vocabularies), date(2027, 6, 1), "all")
    [found] = value_of(report)["before_you_apply"]

    assert (found["verified"], found["overdue"]) == (False, True)


def test_a_closed_programme_names_no_earliest_start(matched):
    assert value_of(matched, "candle-2014-2020")["earliest_starts"] == []


def test_the_markdown_answer_tells_the_same(matched):
    said = unescaped(report_markdown(matched))

    assert "- Small organisations, way in: seat. Go seat. Source: [Lantern law]" in said
    assert "- Before you apply: register. Do register." in said
    assert "- Earliest start: Lanterns for shelters" in said


def test_what_the_usual_time_rests_on_is_told_once_after_the_last_start(guided):
    unconfirmed = [{key: value for key, value in NINE[0].items() if key not in READ} | {"unverified": "from hearsay"}]
    topics = [make_topic(id="LAN-1", title="One"), make_topic(id="LAN-2", title="Two")]
    catalogue = guided(topics=topics, time_to_grant=unconfirmed)
    said = unescaped(report_markdown(Matcher(catalogue).match(make_project(catalogue.vocabularies), ON, "all")))

    one, two = [line for line in said.splitlines() if line.startswith("- Earliest start")]
    assert ("from hearsay" in one, "from hearsay" in two) == (False, True)


def test_the_table_in_the_terminal_ends_with_what_to_do_next(matched):
    console = Console(width=400, record=True, file=io.StringIO())
    print_report(matched, console)
    said = console.export_text()

    after = said.split("Next, for Lantern Fund:")[1]
    assert "Before you apply: register." in after
    assert "Earliest start: Lanterns for shelters" in after


def test_a_table_of_programmes_that_are_shut_names_no_next_step(matched):
    console = Console(width=400, record=True, file=io.StringIO())
    shut = replace(matched, matches=tuple(one for one in matched.matches if one.judgement.verdict == "closed"))
    print_report(shut, console)

    assert "Next, for" not in console.export_text()


def test_what_is_not_confirmed_says_why_in_markdown(guided):
    entry = {**preparation("register"), "unverified": "nobody read it"}
    catalogue = guided(before_you_apply=[{key: entry[key] for key in entry if key not in READ}])
    report = Matcher(catalogue).match(make_project(catalogue.vocabularies), ON, "all")

    assert "- Before you apply: register. Do register. Not confirmed: nobody read it." in unescaped(
        report_markdown(report)
    )


def test_the_real_entries_are_facts_with_a_proof(guidance):
    for file in guidance.files.values():
        for entry in file.entries:
            assert isinstance(entry, Evidence)
            assert entry.unverified or (entry.sources and entry.checked_on), entry.id
