"""When one can apply: states of topics on a day, the rhythm of families, and what a programme's timing is told from."""

from datetime import date

import pytest

from factories import (
    REMOVED,
    fact,
    loaded_calls,
    loaded_programme,
    make_calls,
    make_programme,
    make_project,
    make_strand,
    make_topic,
    write_catalogue,
)
from thbfund import Matcher, explain, load_catalogue
from thbfund.catalogue.calls import expected, rhythm
from thbfund.report import call_lines
from thbfund.timing import SHOWN_PAST, calendar_of

ON = date(2026, 6, 1)


def topic(**changes):
    return loaded_calls([make_topic(**changes)]).topics[0]


def family(name, relevance="core", **changes):
    return {"id": name, "name": name.capitalize(), "strand": "harbour", "relevance": relevance, **changes}


def rounds(name, *years, relevance="core"):
    """Closed rounds of a family, one a year."""
    return [
        make_topic(
            id=f"{name}-{year}",
            year=year,
            family=name,
            relevance=relevance,
            opens_on=fact(f"{year}-01-01"),
            deadline=fact(f"{year}-02-01"),
        )
        for year in years
    ]


def calendar(topics, families=(), on=ON, programme=None, earlier=(), about=()):
    calls = loaded_calls(topics, families=list(families))
    return calendar_of(programme or loaded_programme(), calls, on, earlier, about)


# -- a topic on a day


@pytest.mark.parametrize(
    ("on", "status"),
    [
        ("2026-05-20", "forthcoming"),
        ("2026-05-21", "open"),
        ("2026-09-03", "open"),
        ("2026-09-04", "closed"),
    ],
)
def test_a_topic_is_open_from_its_first_to_its_last_day(on, status):
    assert topic().status(date.fromisoformat(on)) == status


@pytest.mark.parametrize(("on", "status"), [("2026-12-31", "unknown"), ("2027-01-01", "closed")])
def test_a_topic_without_dates_is_unknown_in_its_year_and_closed_after_it(on, status):
    assert topic(opens_on=REMOVED, deadline=REMOVED).status(date.fromisoformat(on)) == status


@pytest.mark.parametrize(
    ("on", "status"), [("2026-05-21", "open"), ("2030-01-01", "open"), ("2026-05-20", "forthcoming")]
)
def test_a_rolling_topic_stays_open_without_a_deadline(on, status):
    assert topic(rolling=True, deadline=REMOVED).status(date.fromisoformat(on)) == status


def test_a_topic_of_which_only_the_deadline_is_known_is_never_called_open():
    assert topic(opens_on=REMOVED).status(date(2026, 8, 1)) == "unknown"


@pytest.mark.parametrize(("on", "status"), [("2027-02-28", "unknown"), ("2027-03-01", "closed")])
def test_a_topic_of_an_earlier_year_is_closed_after_its_deadline_not_before(on, status):
    winter = topic(opens_on=REMOVED, deadline=fact("2027-02-28"))

    assert winter.status(date.fromisoformat(on)) == status


# -- the rhythm of a family


@pytest.mark.parametrize(
    ("years", "year"),
    [
        pytest.param([2018, 2020, 2022], 2024, id="every second year"),
        pytest.param([2017, 2018, 2019, 2020, 2022, 2024], 2025, id="the median gap, not the last one"),
        pytest.param([2022], None, id="one round is no rhythm"),
        pytest.param([2022, 2022], None, id="two topics of one year are one round"),
    ],
)
def test_the_next_round_falls_by_the_median_gap(years, year):
    found = loaded_calls([make_topic(id=f"t{number}", year=year) for number, year in enumerate(years)])

    assert rhythm(found.topics).expected_year == year


@pytest.mark.parametrize(
    ("on", "ends", "year"),
    [
        pytest.param("2023-06-01", None, 2024, id="to come"),
        pytest.param("2025-06-01", None, 2025, id="late: not before the day asked for"),
        pytest.param("2026-06-01", None, 2026, id="two years late: still expected"),
        pytest.param("2027-06-01", None, None, id="three years late: has ended"),
        pytest.param("2023-06-01", "2024-12-31", 2024, id="in the last year of the programme"),
        pytest.param("2023-06-01", "2023-12-31", None, id="after the programme's end"),
    ],
)
def test_a_round_is_expected_neither_in_the_past_nor_after_the_end(on, ends, year):
    found = loaded_calls(rounds("lamps", 2018, 2020, 2022))

    assert expected(found.topics, date.fromisoformat(on), date.fromisoformat(ends) if ends else None) == year


@pytest.mark.parametrize(("on", "year"), [("2024-11-01", 2024), ("2024-11-02", 2025)])
def test_a_round_that_has_not_come_by_november_is_expected_next_year(on, year):
    found = loaded_calls(rounds("lamps", 2020, 2022))

    assert expected(found.topics, date.fromisoformat(on), None) == year


@pytest.mark.parametrize(("on", "status"), [("2025-05-20", "forthcoming"), ("2025-05-19", "unknown")])
def test_a_topic_is_called_announced_no_earlier_than_a_year_before_it_opens(on, status):
    assert topic().status(date.fromisoformat(on)) == status


@pytest.mark.parametrize(("on", "year"), [("2026-06-01", None), ("2026-09-04", 2028)])
def test_while_a_round_is_open_no_further_one_is_expected(on, year):
    found = loaded_calls([*rounds("lamps", 2022, 2024), make_topic(family="lamps")])

    assert expected(found.topics, date.fromisoformat(on), None) == year


# -- the timing of a programme


@pytest.mark.parametrize(
    ("on", "timing"),
    [("2026-05-20", "forthcoming"), ("2026-05-21", "open"), ("2026-09-04", "none_known"), ("2028-01-01", "closed")],
)
def test_the_timing_of_a_programme_follows_its_topics(on, timing):
    assert calendar([make_topic()], on=date.fromisoformat(on)).timing == timing


def test_a_family_that_may_come_again_makes_the_timing_expected():
    found = calendar(rounds("lamps", 2022, 2024), [family("lamps")])

    assert (found.timing, found.expected[0].year, found.expected[0].years) == ("expected", 2026, (2022, 2024))


def test_without_calls_on_record_none_is_known():
    assert calendar_of(loaded_programme(), None, ON).timing == "none_known"


def test_an_open_topic_comes_before_an_announced_one():
    later = make_topic(id="later", opens_on=fact("2026-07-01"))

    assert [found.topic.id for found in calendar([later, make_topic()]).current] == ["LAN-2026-1", "later"]


def test_a_topic_on_trafficking_comes_before_one_that_closes_sooner_on_another_subject():
    aside = make_topic(id="aside", relevance="related", deadline=fact("2026-06-30"))
    near = make_topic(id="near", relevance="close", deadline=fact("2026-07-30"))

    assert [found.topic.id for found in calendar([aside, near, make_topic()]).current] == [
        "LAN-2026-1",
        "near",
        "aside",
    ]


def test_a_family_on_trafficking_comes_before_one_expected_sooner_on_another_subject():
    families = [family("aside", "related"), family("lamps")]
    topics = [*rounds("aside", 2022, 2024, relevance="related"), *rounds("lamps", 2023, 2025)]

    assert [(coming.family.id, coming.year) for coming in calendar(topics, families).expected] == [
        ("lamps", 2027),
        ("aside", 2026),
    ]


def test_rounds_of_the_predecessor_give_the_rhythm_where_there_is_one_round_so_far():
    before = loaded_calls(rounds("lamps", 2018, 2020))
    [coming] = calendar(rounds("lamps", 2024), [family("lamps")], earlier=[before]).expected

    assert (coming.year, coming.years) == (2027, (2018, 2020, 2024))


def test_a_family_of_the_predecessor_that_never_came_again_is_not_expected():
    before = loaded_calls(rounds("lamps", 2022, 2024))

    assert calendar([make_topic(id="other")], [family("lamps")], earlier=[before]).expected == ()


def test_only_the_latest_past_rounds_are_shown_newest_first():
    found = calendar(rounds("lamps", *range(2020, 2026)), [family("lamps")])

    assert [past.topic.year for past in found.past] == [2025, 2024, 2023][:SHOWN_PAST]


# -- a call is judged by its own rules


@pytest.fixture
def report(tmp_path):
    """One programme whose strand asks for at most 36 months, with an open topic that asks for at most 12."""
    strand = make_strand(eligibility={"duration": fact({"max_months": 36}, set_by="call")})
    shorter = make_topic(eligibility={"duration": fact({"max_months": 12})})
    folder = write_catalogue(
        tmp_path / "data", [make_programme(strands=[strand])], calls={"lantern-2021-2027": make_calls([shorter])}
    )
    catalogue = load_catalogue(folder)
    return Matcher(catalogue).match(make_project(catalogue.vocabularies, duration_months=24), ON)


def test_the_rule_of_a_topic_overrides_that_of_its_strand(report):
    [match] = report.matches
    answers = {
        name: next(found for found in judgement.outcomes if found.rule == "duration")
        for name, judgement in (("strand", match.judgement), ("call", match.call_judgements["LAN-2026-1"]))
    }

    assert (answers["strand"].answer, answers["strand"].basis.level) == ("met", "strand")
    assert (answers["call"].answer, answers["call"].basis.level) == ("not_met", "call")


def test_the_timing_in_words_names_the_call(report):
    [match] = report.matches

    assert explain.timing(match) == "call open until 2026-09-03, check again: Lanterns for shelters"


# -- which call is one for the project

SHELTER = {"activities": ["shelter"]}
POLICE = {"target_groups": ["police_officers"]}
BOTH = {"activities": ["shelter"], "target_groups": ["children"]}


@pytest.mark.parametrize(
    ("about", "first"),
    [
        pytest.param({"shelter"}, "shelters", id="what is done"),
        pytest.param({"police_officers"}, "police", id="who is served"),
        pytest.param(set(), "police", id="nothing known: by relevance alone"),
    ],
)
def test_a_call_that_has_nothing_in_common_with_the_project_comes_last(about, first):
    families = [family("police", "close", **POLICE), family("shelters", "related", **SHELTER)]
    topics = [*rounds("police", 2023, 2025, relevance="close"), *rounds("shelters", 2023, 2025, relevance="related")]

    found = calendar(topics, families, about=about)
    assert found.expected[0].family.id == first
    assert [coming.aside for coming in found.expected] == [False, bool(about)]


@pytest.mark.parametrize(
    ("tags", "relevance", "about", "aside"),
    [
        pytest.param(POLICE, "close", {"shelter"}, True, id="nothing in common"),
        pytest.param(POLICE, "core", {"shelter"}, False, id="trafficking is the subject of every project here"),
        pytest.param({}, "close", {"shelter"}, False, id="open to most projects"),
        pytest.param(POLICE, "close", set(), False, id="nothing known of the project"),
        pytest.param(BOTH, "close", {"shelter", "police_officers"}, False, id="something in common"),
    ],
)
def test_a_call_is_on_another_subject_only_where_that_is_known(tags, relevance, about, aside):
    [found] = calendar([make_topic(relevance=relevance, **tags)], about=about).current

    assert found.aside is aside


def test_of_two_calls_equally_near_to_trafficking_the_one_with_more_in_common_comes_first():
    topics = [make_topic(id="a", **SHELTER), make_topic(id="b", **BOTH)]

    assert [found.topic.id for found in calendar(topics, about={"shelter", "children"}).current] == ["b", "a"]
    assert [found.topic.id for found in calendar(topics, about={"shelter"}).current] == ["a", "b"]


def test_an_open_call_on_another_subject_comes_before_an_announced_one():
    topics = [
        make_topic(id="announced", relevance="close", opens_on=fact("2026-08-01"), **SHELTER),
        make_topic(id="open", relevance="close", **POLICE),
    ]

    assert [found.topic.id for found in calendar(topics, about={"shelter"}).current] == ["open", "announced"]


@pytest.mark.parametrize(("own", "aside"), [(POLICE, True), ({}, False)], ids=["its own tags", "those of its family"])
def test_a_topic_without_tags_has_those_of_its_family(own, aside):
    topic = make_topic(family="lamps", relevance="close", **own)

    [found] = calendar([topic], [family("lamps", "close", **SHELTER)], about={"shelter"}).current
    assert found.aside is aside


@pytest.mark.parametrize(
    ("summary", "said"),
    [
        ("A shelter and legal aid for trafficked women.", "call on another subject open until 2026-09-03: Lanterns"),
        ("Police officers train to find trafficked women.", "call open until 2026-09-03: Lanterns"),
    ],
)
def test_a_result_says_that_a_call_is_on_another_subject(tmp_path, summary, said):
    deadline = fact("2026-09-03", checked_on=ON.isoformat())
    topic = make_topic(title="Lanterns", relevance="close", deadline=deadline, **POLICE)
    calls = {"lantern-2021-2027": make_calls([topic])}
    catalogue = load_catalogue(write_catalogue(tmp_path / "data", calls=calls))
    report = Matcher(catalogue).match(make_project(catalogue.vocabularies, summary=summary), ON)

    found = next(found for found in report.matches if found.programme.id == "lantern-2021-2027")
    assert explain.timing(found) == said
    assert call_lines.calls(found)[0].startswith("Call on another subject. Open: " if "another" in said else "Open: ")
