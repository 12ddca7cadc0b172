"""House rules: how texts are written, what facts rest on, and where the catalogue contradicts itself."""

import pytest

from factories import (
    CHECKED_ON,
    changed,
    dumped,
    fact,
    make_programme,
    make_relevance,
    make_strand,
    other_value,
    tiny_programmes,
    unverified,
    write_catalogue,
)
from thbfund.catalogue import check_catalogue
from thbfund.catalogue.editorial import is_http_for_nothing
from thbfund.catalogue.spelling import americanisms, unclear_terms
from thbfund.input.problems import Problem

COVERAGE = {"priority-not-served", "target-group-not-served"}
LAW = {"title": "Lantern law", "url": "https://lantern.example/law", "kind": "law"}


def make_topic(**changes):
    """A topic of the strand `harbour`, as a dict to be written as YAML."""
    topic = {
        "id": "LAN-2025-01",
        "title": "Shelters of 2025",
        "strand": "harbour",
        "year": 2025,
        "relevance": "core",
        "subject": fact("Shelters for victims."),
        "deadline": fact("2025-06-30"),
    }
    return {**topic, **changes}


@pytest.fixture
def warnings_of(tmp_path):
    """Write a catalogue, check it, and give its warnings and hints; gaps in coverage only where they are asked for."""

    def check(*programmes, topics=None, coverage=False) -> list[Problem]:
        folder = write_catalogue(tmp_path / "data", programmes=programmes or [make_programme()])
        (folder / "calls").mkdir(exist_ok=True)
        for programme, of_programme in (topics or {}).items():
            content = {"programme": programme, "topics": of_programme, "sources": {"law": LAW}}
            (folder / "calls" / f"{programme}.yaml").write_text(dumped(content), encoding="utf-8")
        catalogue, problems = check_catalogue(folder)
        assert catalogue is not None, [str(problem) for problem in problems]
        return [problem for problem in problems if coverage or problem.code not in COVERAGE]

    return check


def strand_with(*, shared=None, prose="Answer the call of the office.", **eligibility):
    strand = make_strand(eligibility=eligibility, how_to_apply=fact(prose))
    return make_programme(strands=[strand], eligibility=shared or {})


def source_with(**changes):
    return make_programme(sources={"law": {**LAW, **changes}})


def in_strand(**changes):
    return make_programme(strands=[make_strand(**changes)])


SUMMARY = "Pays for light in dark places, for lanterns and for those who carry them."
OBJECTIVES = "A safe place to stay for victims of trafficking, with shelters and with legal aid."
NOTE = "strands.0.eligibility."

# Each: a programme, and the code, severity and field of the one problem in it, and words of its message.
EDITORIAL_MISTAKES = {
    "summary-too-short": (
        make_programme(summary=fact("Pays for light.")),
        ("text-length", "warning", "summary.value", "found 15 characters, expected 60 to 600"),
    ),
    "summary-too-long": (
        make_programme(summary=fact("light " * 100 + "for all.")),
        ("text-length", "warning", "summary.value", "found 608 characters"),
    ),
    "objectives-too-short": (
        in_strand(objectives=fact("Shelters.")),
        ("text-length", "warning", "strands.0.objectives.value", "expected 80 to 900"),
    ),
    "action-too-long": (
        in_strand(actions=fact(["many shelters", "light " * 27])),
        ("text-length", "warning", "strands.0.actions.value.1", "expected 10 to 160"),
    ),
    "summary-without-a-stop": (
        make_programme(summary=fact(SUMMARY.rstrip("."))),
        ("full-stop", "hint", "summary.value", 'end it like a sentence: "them."'),
    ),
    "action-with-a-stop": (
        in_strand(actions=fact(["many shelters."])),
        ("full-stop", "hint", "strands.0.actions.value.0", "item of a list"),
    ),
    "two-blanks": (
        make_programme(summary=fact(SUMMARY.replace("light in", "light  in"))),
        ("double-space", "hint", "summary.value", 'two blanks after "light"'),
    ),
    "american-spelling": (
        make_programme(summary=fact(SUMMARY, note="Organizations pay later.")),
        ("american-spelling", "warning", "summary.note", 'found "Organizations" - write "Organisations"'),
    ),
    "american-spelling-in-the-note-on-a-source": (
        source_with(note="Page of an organization."),
        ("american-spelling", "warning", "sources.law.note", 'found "organization" - write "organisation"'),
    ),
    "american-spelling-in-a-reason": (
        changed(make_programme(), "strands.0.relevance.A.reason", "no program on labor at all"),
        ("american-spelling", "warning", "strands.0.relevance.A.reason", "programme"),
    ),
    "unclear-term": (
        in_strand(how_to_apply=fact("Answer the call for projects of the office.")),
        ("unclear-term", "warning", "strands.0.how_to_apply.value", 'write "call for proposals"'),
    ),
    "http-where-https-is-offered": (
        source_with(url="http://eur-lex.europa.eu/eli/reg/2014/516/oj"),
        ("not-https", "warning", "sources.law.url", "write https://eur-lex.europa.eu/eli/reg/2014/516/oj"),
    ),
    "one-secondary-source": (
        source_with(kind="secondary"),
        ("one-secondary-source", "hint", "sources.law", "official_page and 12 more verified facts rest"),
    ),
    "rate-in-the-note": (
        strand_with(eu_rate=fact(0.9, note="80 % in the call of 2017.")),
        ("text-differs-from-field", "warning", NOTE + "eu_rate", "the text says 80 %, the field eu_rate says 90 %"),
    ),
    "rate-on-how-to-apply": (
        strand_with(eu_rate=fact(0.9), prose="Apply by post. The EU pays 80 % of the costs."),
        ("text-differs-from-field", "warning", "strands.0.how_to_apply", "the field eu_rate says 90 %"),
    ),
    "rate-of-the-programme": (
        strand_with(shared={"eu_rate": fact(0.75)}, prose="Funding rate: 90 %."),
        ("text-differs-from-field", "warning", "strands.0.how_to_apply", "the field eu_rate says 75 %"),
    ),
    "grant-in-the-note": (
        strand_with(grant=fact({"min_eur": 100_000, "max_eur": 500_000}, note="Up to EUR 2 million.")),
        ("text-differs-from-field", "warning", NOTE + "grant", "the text says EUR 2000000"),
    ),
    "grant-on-how-to-apply": (
        strand_with(grant=fact({"max_eur": 500_000}), prose="Ask for a grant of EUR 600 000."),
        ("text-differs-from-field", "warning", "strands.0.how_to_apply", "the field grant says EUR 500000"),
    ),
    "duration-in-the-note": (
        strand_with(duration=fact({"max_months": 24}, note="36 months at most.")),
        ("text-differs-from-field", "warning", NOTE + "duration", "says 36 months, the field duration says 24 months"),
    ),
    "partners-in-the-note": (
        strand_with(consortium=fact({"min_organisations": 2}, note="At least three: at least three organisations.")),
        ("text-differs-from-field", "warning", NOTE + "consortium", "consortium.min_organisations says 2"),
    ),
    "partners-beside-or-with-the-lead": (
        strand_with(consortium=fact({"min_organisations": 5}, note="At least two partners.")),
        ("text-differs-from-field", "warning", NOTE + "consortium", "the text says at least 2 organisations"),
    ),
    "countries-on-how-to-apply": (
        strand_with(
            consortium=fact({"min_organisations": 3, "min_countries": 3}), prose="Come from at least two countries."
        ),
        ("text-differs-from-field", "warning", "strands.0.how_to_apply", "consortium.min_countries says 3"),
    ),
    "end-in-the-note": (
        make_programme(
            in_force=fact({"starts_on": "2021-01-01", "ends_on": "2027-12-31"}, note="It ends on 30 June 2028.")
        ),
        ("text-differs-from-field", "warning", "in_force", "the text says 2028-06-30"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("programme", "expected"), EDITORIAL_MISTAKES.values(), ids=EDITORIAL_MISTAKES)
def test_a_slip_is_named_with_code_place_and_what_to_do(warnings_of, programme, expected):
    problems = warnings_of(programme)

    code, severity, field, words = expected
    assert {(problem.code, problem.severity, problem.field) for problem in problems} == {(code, severity, field)}
    assert any(words in str(problem) for problem in problems)
    assert all(problem.hint and problem.line > 1 for problem in problems)


@pytest.mark.parametrize(
    ("facts", "words"),
    [(("summary",), "the fact summary rests"), (("summary", "in_force"), "and 1 more verified facts rest")],
)
def test_what_rests_on_one_secondary_source_is_named_with_the_number_of_the_others(warnings_of, facts, words):
    page = {**LAW, "kind": "secondary"}
    moved = {name: {**make_programme()[name], "sources": ["page"]} for name in facts}

    [problem] = warnings_of(make_programme(sources={"law": LAW, "page": page}, **moved))
    assert words in problem.message


OF_LENGTH = {
    "summary": lambda length: make_programme(summary=fact("x" * (length - 1) + ".")),
    "strands.0.objectives": lambda length: in_strand(objectives=fact("x" * (length - 1) + ".")),
    "strands.0.actions": lambda length: in_strand(actions=fact(["x" * length])),
}


@pytest.mark.parametrize(
    ("field", "fewest", "most"),
    [("summary", 60, 600), ("strands.0.objectives", 80, 900), ("strands.0.actions", 10, 160)],
)
def test_a_text_has_at_least_and_at_most_so_many_characters(warnings_of, field, fewest, most):
    for length in (fewest, most):
        assert warnings_of(OF_LENGTH[field](length)) == []
    for length in (fewest - 1, most + 1):
        [problem] = warnings_of(OF_LENGTH[field](length))
        assert (problem.code, problem.severity) == ("text-length", "warning")
        assert problem.field.startswith(f"{field}.value")
        assert f"found {length} characters" in str(problem)
        assert problem.hint
        assert problem.line > 1


LEFT_ALONE = {
    "note-that-names-both": strand_with(eu_rate=fact(0.9, note="90 %; 80 % in the call of 2017.")),
    "own-share": strand_with(eu_rate=fact(0.9), prose="The EU pays the most, 10 % of the costs are yours."),
    "percentage-of-something-else": strand_with(eu_rate=fact(0.9), prose="Every year 20 % of those who apply win."),
    "amount-within-the-range": strand_with(
        grant=fact({"min_eur": 100_000, "max_eur": 500_000}, note="Most are near EUR 300 000.")
    ),
    "whole-budget-of-a-call": strand_with(grant=fact({"max_eur": 500_000}), prose="The call has EUR 36 million."),
    "partners-beside-the-lead": strand_with(
        consortium=fact({"min_organisations": 3, "min_countries": 3}),
        prose="Find at least two partners from at least two other countries.",
    ),
    "note-with-another-minimum-beside-ours": strand_with(
        consortium=fact(
            {"min_organisations": 3}, note="Now at least three organisations; at least two organisations then."
        )
    ),
    "no-value": strand_with(eu_rate=unverified(None, note="Some say 80 %.")),
    "name-in-american-spelling": in_strand(managing_body=fact("International Organization for Migration")),
    "title-in-american-spelling": source_with(title="Labor program of the organization", kind="law"),
    "file-name": source_with(note="read in the copy of github.com/legalize-dev/legalize-eu, file eu/32021R0240.md"),
    "computer-program": make_programme(summary=fact(SUMMARY, note="Made with a computer program.")),
    "http-at-an-unknown-host": source_with(url="http://lantern.example/law"),
    "host-that-only-looks-like-one": source_with(url="http://europa.eu.example/law"),
    "secondary-source-beside-a-law": make_programme(
        summary=fact(SUMMARY, sources=["law", "page"]),
        sources={"law": LAW, "page": {**LAW, "kind": "secondary"}},
    ),
    "unverified-fact-with-a-secondary-source": make_programme(
        summary=unverified(SUMMARY, sources=["page"]),
        sources={"law": LAW, "page": {**LAW, "kind": "secondary"}},
    ),
    "summary-of-the-fewest-characters": make_programme(summary=fact("x" * 59 + ".")),
    "summary-of-the-most-characters": make_programme(summary=fact("x" * 599 + ".")),
    "objectives-as-a-question": in_strand(objectives=fact(OBJECTIVES.replace("aid.", "aid?"))),
    "days-after-the-end": make_programme(
        in_force=fact({"starts_on": "2021-01-01", "ends_on": "2027-12-31"}, note="Costs count until 31 December 2029.")
    ),
}


@pytest.mark.parametrize("programme", LEFT_ALONE.values(), ids=LEFT_ALONE)
def test_what_is_no_slip_is_left_alone(warnings_of, programme):
    assert [str(problem) for problem in warnings_of(programme)] == []


def test_americanisms_come_with_their_british_spelling():
    text = "Organized crime and labor: victims of the program are recognized. Counseling centers, fulfilled."

    assert list(americanisms(text)) == [
        ("Organized", "Organised"),
        ("labor", "labour"),
        ("program", "programme"),
        ("recognized", "recognised"),
        ("Counseling", "Counselling"),
        ("centers", "centres"),
    ]


@pytest.mark.parametrize("text", ["programmes and organisations", "laboratory", "centred", "size and prize", "seized"])
def test_british_words_are_no_americanisms(text):
    assert list(americanisms(text)) == []


def test_unclear_terms_come_with_better_ones():
    assert list(unclear_terms("help for illegal migrants; child pornography")) == [
        ("illegal migrants", "irregular migrants"),
        ("child pornography", "child sexual abuse material"),
    ]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://europa.eu", True),
        ("http://EUR-Lex.europa.eu/x", True),
        ("https://europa.eu", False),
        ("http://noteuropa.eu/", False),
        ("http://europa.formez.it/", False),
    ],
)
def test_hosts_are_known_with_all_below_them(url, expected):
    assert is_http_for_nothing(url) is expected


# ---- calls against their strand, and against each other ----

RULE = {"eu_rate": fact(0.9), "grant": fact({"min_eur": 100_000, "max_eur": 500_000}),
        "consortium": fact({"min_organisations": 3, "min_countries": 3})}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("eu_rate", 0.95, "the topic says 95 %, its strand 90 %"),
        ("grant", {"max_eur": 600_000}, "the topic says EUR 600000, its strand EUR 100000 and EUR 500000"),
        ("grant", {"min_eur": 50_000, "max_eur": 500_000}, "the topic says EUR 50000"),
        ("consortium", {"min_organisations": 2}, "the topic says 2 organisations, its strand 3 organisations"),
    ],
)
def test_a_topic_outside_the_rule_of_its_strand_is_named(warnings_of, name, value, message):
    topic = make_topic(eligibility={name: fact(value)})
    problems = warnings_of(strand_with(**RULE), topics={"lantern-2021-2027": [topic]})

    assert [(problem.code, problem.field) for problem in problems] == [
        ("call-differs-from-strand", f"topics.0.eligibility.{name}.value")
    ]
    assert message in problems[0].message
    assert problems[0].file == "data/calls/lantern-2021-2027.yaml"


@pytest.mark.parametrize(
    ("rule", "own"),
    [
        pytest.param(RULE["eu_rate"], 0.9, id="the same"),
        pytest.param(RULE["eu_rate"], 0.5, id="less"),
        pytest.param({**RULE["eu_rate"], "set_by": "call"}, 0.95, id="each call may set another"),
        pytest.param(unverified(None), 0.95, id="not known"),
    ],
)
def test_a_topic_within_the_rule_of_its_strand_is_left_alone(warnings_of, rule, own):
    topic = make_topic(eligibility={"eu_rate": fact(own)})

    assert warnings_of(strand_with(eu_rate=rule), topics={"lantern-2021-2027": [topic]}) == []


def test_a_deadline_in_a_note_that_is_not_the_deadline_is_named(warnings_of):
    topic = make_topic(deadline=fact("2025-06-30", note="The call closes on 3 July 2025."))

    [problem] = warnings_of(topics={"lantern-2021-2027": [topic]})
    assert (problem.code, problem.field) == ("text-differs-from-field", "topics.0.deadline")
    assert "the text says 2025-07-03, the field deadline says 2025-06-30" in problem.message


def test_an_opening_in_a_note_that_is_not_the_opening_is_named(warnings_of):
    topic = make_topic(opens_on=fact("2025-01-30", note="Opened on 2025-02-01."))

    [problem] = warnings_of(topics={"lantern-2021-2027": [topic]})
    assert (problem.code, problem.field) == ("text-differs-from-field", "topics.0.opens_on")


def test_a_topic_in_two_files_is_named_in_the_second(warnings_of):
    candle = next(programme for programme in tiny_programmes() if programme["id"] == "candle-2014-2020")
    topics = {
        "candle-2014-2020": [make_topic(id="lan-2025-01", title="Another")],
        "lantern-2021-2027": [make_topic()],
    }

    [problem] = warnings_of(make_programme(), candle, topics=topics)
    assert (problem.code, problem.file) == ("duplicate-topic", "data/calls/lantern-2021-2027.yaml")
    assert "data/calls/candle-2014-2020.yaml lan-2025-01" in problem.hint


def test_two_topics_with_one_title_year_and_deadline_are_one(warnings_of):
    topics = [make_topic(), make_topic(id="LAN-2025-02", title="SHELTERS of 2025")]

    [problem] = warnings_of(topics={"lantern-2021-2027": topics})
    assert (problem.code, problem.field) == ("duplicate-topic", "topics.1.id")


@pytest.mark.parametrize("other", [{"year": 2024}, {"deadline": fact("2025-07-01")}, {"title": "Lanterns of 2025"}])
def test_topics_that_differ_in_title_year_or_deadline_are_two(warnings_of, other):
    topics = [make_topic(), make_topic(id="LAN-2025-02", **other)]

    assert warnings_of(topics={"lantern-2021-2027": topics}) == []


# ---- coverage ----


def covering(**changes):
    """A programme that serves every priority and target group of the tiny world."""
    tags = {
        "target_groups": ["victims_of_trafficking", "third_country_nationals", "children", "police_officers"],
        "activities": ["shelter"],
    }
    strand = make_strand(tags=tags, relevance=make_relevance(A=2, B=2, C=2, X1=2, X2=3))
    return make_programme(strands=[strand], **changes)


def test_nothing_is_said_where_every_priority_and_target_group_is_served(warnings_of):
    assert warnings_of(covering(), coverage=True) == []


def test_a_priority_that_nobody_serves_well_is_named_at_its_entry(warnings_of):
    programme = changed(covering(), "strands.0.relevance.X1.grade", 1)

    [problem] = warnings_of(programme, coverage=True)
    assert (problem.code, problem.severity) == ("priority-not-served", "warning")
    assert (problem.file, problem.field) == ("data/vocabularies/priorities.yaml", "entries.3.id")
    assert CHECKED_ON in problem.message
    assert problem.message.endswith("is graded 2 or 3 for it")


def test_a_target_group_without_a_strand_is_named_at_its_entry(warnings_of):
    programme = changed(covering(), "strands.0.tags.target_groups", ["victims_of_trafficking", "police_officers"])

    problems = warnings_of(programme, coverage=True)
    assert [(problem.code, problem.field) for problem in problems] == [
        ("target-group-not-served", "entries.1.id"),
        ("target-group-not-served", "entries.2.id"),
    ]
    assert all(problem.message.endswith("is tagged with it") for problem in problems)


def test_a_programme_that_has_ended_serves_nobody(warnings_of):
    ended = covering(in_force=fact({"starts_on": "2014-01-01", "ends_on": "2020-12-31"}))

    assert {problem.code for problem in warnings_of(ended, coverage=True)} == COVERAGE


# ---- when warnings are looked for ----


def test_slips_are_named_beside_errors_but_gaps_only_once_there_is_none(tmp_path):
    slip = make_programme(summary=fact("Pays for light."), acronym="Program")
    folder = write_catalogue(tmp_path / "data", programmes=[slip, make_programme(id="torch", acronym=5)])

    assert [problem.code for problem in check_catalogue(folder)[1]] == ["text-length", "not-text"]


def test_warnings_keep_nobody_from_loading(warnings_of):
    assert warnings_of(EDITORIAL_MISTAKES["summary-too-short"][0])


# ---- where sources disagree ----


def disputed(value, *others, **changes):
    return fact(value, disputed=[other_value(other, sources=["page"]) for other in others], **changes)


TWO_SOURCES = {"law": LAW, "page": {"title": "A page", "url": "https://lantern.example/page", "kind": "secondary"}}


def codes_of(problems):
    return [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("own", "other", "codes"),
    [
        pytest.param(["law"], ["page"], [], id="the better one is stated"),
        pytest.param(["page", "law"], ["law"], [], id="the best of several counts"),
        pytest.param(["page"], ["page"], ["one-secondary-source"], id="equal"),
        pytest.param(["page"], ["law"], ["better-source-disagrees", "one-secondary-source"], id="the better disputes"),
    ],
)
def test_a_fact_states_what_the_better_kind_of_source_says(warnings_of, own, other, codes):
    summary = make_programme()["summary"]["value"]
    found = fact(summary, sources=own, disputed=[other_value(f"Or not. {summary}", sources=other)])
    problems = warnings_of(make_programme(summary=found, sources=TWO_SOURCES))

    assert sorted(codes_of(problems)) == codes
    if "better-source-disagrees" in codes:
        [problem] = [problem for problem in problems if problem.code == "better-source-disagrees"]
        assert (problem.field, problem.severity) == ("summary.disputed.0", "warning")
        assert "a source of the kind law" in problem.message


def test_a_value_that_nobody_confirmed_gives_way_to_one_that_was_read(warnings_of):
    line = {"label": "all", "amount_eur": 5, "unverified": "general knowledge", "disputed": [other_value(6)]}

    assert codes_of(warnings_of(make_programme(budget=[line]))) == ["better-source-disagrees"]


def test_what_another_source_says_needs_no_second_source(warnings_of):
    rate = disputed(0.9, 0.8)

    assert warnings_of(make_programme(strands=[make_strand(eligibility={"eu_rate": rate})], sources=TWO_SOURCES)) == []


@pytest.mark.parametrize(
    ("note", "codes"),
    [("A page has 80 %.", []), ("The law has 90 %.", []), ("Some have 70 %.", ["text-differs-from-field"])],
)
def test_a_note_may_name_any_of_the_disputed_values(warnings_of, note, codes):
    strand = make_strand(eligibility={"eu_rate": disputed(0.9, 0.8, note=note)})

    assert codes_of(warnings_of(make_programme(strands=[strand], sources=TWO_SOURCES))) == codes


@pytest.mark.parametrize(
    ("note", "codes"),
    [("Most are near EUR 800 000.", []), ("Up to EUR 2 million.", ["text-differs-from-field"])],
)
def test_a_note_may_name_an_amount_within_any_of_the_disputed_ranges(warnings_of, note, codes):
    strand = make_strand(eligibility={"grant": disputed({"max_eur": 500_000}, {"max_eur": 1_000_000}, note=note)})

    assert codes_of(warnings_of(make_programme(strands=[strand], sources=TWO_SOURCES))) == codes


@pytest.mark.parametrize(
    ("note", "codes"),
    [("It closes on 2025-07-31.", []), ("It closes on 2025-08-01.", ["text-differs-from-field"])],
)
def test_a_note_may_name_any_of_the_disputed_days(warnings_of, note, codes):
    topic = make_topic(deadline=fact("2025-06-30", note=note, disputed=[other_value("2025-07-31")]))

    assert codes_of(warnings_of(topics={"lantern-2021-2027": [topic]})) == codes


@pytest.mark.parametrize(("own", "codes"), [(0.9, []), (0.91, ["call-differs-from-strand"])])
def test_a_topic_may_follow_any_source_on_its_strand(warnings_of, own, codes):
    strand = make_strand(eligibility={"eu_rate": disputed(0.8, 0.9)})
    topic = make_topic(eligibility={"eu_rate": fact(own)})
    programme = make_programme(strands=[strand], sources=TWO_SOURCES)

    assert codes_of(warnings_of(programme, topics={"lantern-2021-2027": [topic]})) == codes
