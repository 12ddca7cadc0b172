"""Policy knowledge: documents, actors, figures, words, what came before and what is only proposed."""

import re
import shutil
from pathlib import Path

import pytest

from factories import dumped, write_catalogue
from thbfund import load_catalogue
from thbfund.catalogue import check_catalogue
from thbfund.catalogue.facts import Evidence
from thbfund.catalogue.files import values_in
from thbfund.catalogue.policy import POLICY_FILES

TEN_AGENCIES = {
    "cepol", "eige", "euaa", "euda", "eu-lisa", "eurofound", "eurojust", "europol", "fra", "frontex",
}  # fmt: skip
ELEVEN_AREAS = {
    "security", "migration", "justice", "equality", "anti-discrimination", "fundamental-rights", "employment",
    "development", "research", "humanitarian-aid", "fisheries",
}  # fmt: skip


@pytest.fixture(scope="module")
def policy(catalogue):
    return catalogue.policy


# ---- what the files hold ----


@pytest.mark.parametrize("name", POLICY_FILES)
def test_each_file_is_loaded_and_holds_entries(policy, name):
    assert policy.files[name].entries


@pytest.mark.parametrize("name", POLICY_FILES)
def test_each_id_stands_for_one_entry(policy, name):
    ids = [entry.id for entry in policy.files[name].entries]

    assert len(ids) == len(set(ids))


def test_the_documents_of_the_brochure_and_the_later_strategy_are_there(policy):
    numbers = {instrument.number for instrument in policy.instruments}

    assert numbers >= {
        "Directive 2011/36/EU", "Directive (EU) 2024/1712", "COM(2012) 286 final", "COM(2017) 728 final",
        "COM(2018) 777 final", "COM(2021) 171 final",
    }  # fmt: skip


def test_the_number_of_a_document_and_its_celex_agree(policy):
    for instrument in policy.instruments:
        if instrument.celex and instrument.number and (found := re.search(r"\((\d{4})\) (\d+)", instrument.number)):
            assert instrument.celex[1:5] == found[1], instrument.id
            assert int(instrument.celex[-4:]) == int(found[2]), instrument.id


def test_no_document_follows_or_amends_a_later_one(policy):
    by_id = {instrument.id: instrument for instrument in policy.instruments}
    for instrument in policy.instruments:
        for other in (*instrument.follows, *instrument.amends):
            if instrument.year and (earlier := by_id[other].year):
                assert earlier <= instrument.year, instrument.id


def test_the_ten_agencies_of_the_joint_statement_are_there(policy):
    signed = {actor.id for actor in policy.actors if "joint-statement-2018" in actor.signed}

    assert signed == TEN_AGENCIES


def test_each_agency_says_what_an_ngo_can_ask_it_for(policy):
    assert all(actor.ask_for for actor in policy.actors if actor.kind == "agency")


def test_the_figures_of_2015_and_2016_are_those_of_the_brochure(policy):
    found = {figure.id: figure.value for figure in policy.figures if figure.period == "2015-2016"}

    assert found["victims-2015-2016"] == 20532
    assert found["prosecutions-2015-2016"] == 5979
    assert found["convictions-2015-2016"] == 2927


def test_a_share_is_no_more_than_the_whole(policy):
    assert all(0 <= figure.value <= 100 for figure in policy.figures if figure.unit == "percent")


def test_the_eu_anti_trafficking_day_is_on_18_october(policy):
    [day] = [one for one in policy.outreach if one.kind == "day"]

    assert day.when
    assert day.when.startswith("18 October")


def test_no_word_of_the_glossary_is_explained_twice(policy):
    terms = [entry.term.casefold() for entry in policy.glossary]

    assert len(terms) == len(set(terms))


def test_the_areas_that_the_brochure_names_are_all_answered_for(policy):
    assert {area.id for area in policy.areas if area.named_in_brochure} == ELEVEN_AREAS


def test_an_area_is_covered_by_programmes_or_says_where_to_look(policy):
    for area in policy.areas:
        assert bool(area.programmes) == (area.covered != "no"), area.id
        assert area.covered == "yes" or area.where_to_look or area.programmes, area.id


def test_each_priority_or_article_with_a_counterpart_is_the_counterpart_of_that_one(catalogue):
    both = (*catalogue.vocabularies["priorities"].entries, *catalogue.vocabularies["directive_articles"].entries)
    entries = {entry.id: entry for entry in both}
    for entry in both:
        for other in entry.counterparts:
            assert entry.id in entries[other].counterparts, f"{entry.id} and {other}"


def test_each_verified_entry_cites_a_source_of_its_file(policy):
    for name, file in policy.files.items():
        for path, value in values_in(file.entries):
            if isinstance(value, Evidence) and value.verified:
                assert all(citation.key in policy.sources(name) for citation in value.sources), path


# ---- lineage ----


def test_each_programme_of_the_brochure_says_what_came_before_it(catalogue):
    named = [key for key, programme in catalogue.programmes.items() if programme.named_in_brochure]

    assert len(named) == 13
    assert not [key for key in named if not catalogue.policy.before(key)]


def test_each_programme_of_the_brochure_says_what_comes_after_it(catalogue):
    """By successors to a programme for which there is a proposal, or to one that says why there is none."""
    for key, programme in catalogue.programmes.items():
        last = programme
        while last.successor.value:
            last = catalogue.programmes[last.successor.value]
        reason = last.successor.note or last.successor.unverified
        if programme.named_in_brochure:
            assert catalogue.policy.proposed_after(last.id) or "no successor" in (reason or ""), key


def test_a_forerunner_had_begun_before_the_programme_that_followed_it(catalogue):
    for one in catalogue.policy.files["predecessors"].entries:
        for key in one.followed_by:
            start = catalogue.programmes[key].in_force.value.starts_on.year
            assert one.period is None or int(one.period[:4]) < start, one.id


def test_only_programmes_without_a_successor_in_force_have_proposals(catalogue):
    for proposal in catalogue.policy.proposals:
        for key in proposal.succeeds:
            assert catalogue.programmes[key].successor.value is None, f"{proposal.id} and {key}"


# ---- proposals are no law ----


def test_no_proposal_is_told_as_if_it_were_law(policy):
    told = [
        (path, value)
        for path, value in values_in(policy.files["outlook"].entries)
        if isinstance(value, str) and re.search(r"\b(will|shall|replaces|repeals)\b", value, re.IGNORECASE)
    ]

    assert not told


def test_each_proposal_says_how_far_it_has_come_and_on_which_day_that_was_so(policy):
    for proposal in policy.proposals:
        assert proposal.state.value
        assert proposal.proposed_on.value
        assert proposal.proposed_on.value <= proposal.state_on


# ---- damaged files ----


@pytest.fixture
def folder(tmp_path, data) -> Path:
    """A copy of the real catalogue's policy, vocabularies, lexicons and programmes that a test may break."""
    for part in ("lexicon", "policy", "programmes", "vocabularies"):
        shutil.copytree(data / part, tmp_path / "data" / part)
    return tmp_path / "data"


@pytest.mark.parametrize(
    ("name", "before", "after", "code"),
    [
        ("instruments", "follows: [strategy-2012-2016]", "follows: [strategy-2012]", "unknown-instrument"),
        ("instruments", "amends: [directive-2011-36]", "amends: [directive-2011]", "unknown-instrument"),
        ("instruments", "date: 2017-12-04", "date: 2018-12-04", "dates-out-of-order"),
        ("instruments", "celex: 52017DC0728", "celex: COM728", "wrong-value"),
        ("actors", "signed: [joint-statement-2018]", "signed: [joint-statement]", "unknown-instrument"),
        ("actors", "kind: coordinator", "kind: boss", "unknown-word"),
        ("statistics", "period: 2015-2016", "period: 2016-2015", "dates-out-of-order"),
        ("statistics", "value: 20532", "value: 20.532", "not-a-number"),
        ("glossary", "see: [strand, call, programming-period]", "see: [strands]", "unknown-term"),
        ("outlook", "succeeds: [bmvi]", "succeeds: [bmv]", "unknown-programme"),
        ("outlook", "It would repeal Regulation (EU) 2021/692", "It will repeal it", "proposal-as-law"),
        ("predecessors", "followed_by: [cerv]", "followed_by: [serv]", "unknown-programme"),
        ("coverage", "programmes: [horizon-2020, horizon-europe]", "programmes: [horizon]", "unknown-programme"),
        ("outreach", "id: outreach", "id: outreaches", "id-differs-from-file"),
        ("outreach", "sources: [brochure, cepol-2021, campaign-2023]", "sources: [flyer]", "unknown-source"),
        ("outreach", "id: social-media", "id: national-hotlines", "repeated-id"),
    ],
)
def test_a_damaged_file_is_named_with_its_line(folder, name, before, after, code):
    path = folder / "policy" / f"{name}.yaml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    line = text[: text.index(before)].count("\n") + 1

    catalogue, problems = check_catalogue(folder)
    [found] = [problem for problem in problems if problem.code == code]

    assert catalogue is None
    assert found.file == f"data/policy/{name}.yaml"
    assert line - 5 <= found.line <= line  # a folded text is named where it begins


def test_a_period_may_end_in_the_year_in_which_it_begins(folder):
    path = folder / "policy/statistics.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("period: 2015-2016", "period: 2016-2016", 1), "utf-8")

    assert check_catalogue(folder)[0] is not None


def test_a_missing_file_is_an_error(folder):
    (folder / "policy/glossary.yaml").unlink()

    catalogue, problems = check_catalogue(folder)

    assert catalogue is None
    assert [(problem.file, problem.code) for problem in problems if problem.severity == "error"] == [
        ("data/policy/glossary.yaml", "unreadable-file")
    ]


def test_a_file_that_cannot_be_read_accuses_no_other(folder):
    (folder / "policy/instruments.yaml").write_text("id: [", encoding="utf-8")

    _, problems = check_catalogue(folder)

    assert {problem.file for problem in problems if problem.severity == "error"} == {"data/policy/instruments.yaml"}


def test_a_file_under_another_name_is_not_passed_over(folder):
    (folder / "policy/people.yaml").write_text(dumped({"id": "people"}), encoding="utf-8")

    _, problems = check_catalogue(folder)

    assert ("data/policy/people.yaml", "unread-file") in {(problem.file, problem.code) for problem in problems}


def test_any_change_to_the_policy_changes_the_fingerprint(folder):
    before = load_catalogue(folder).fingerprint
    path = folder / "policy/outlook.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# a comment\n", encoding="utf-8")

    assert load_catalogue(folder).fingerprint != before


def test_a_catalogue_without_policy_is_sound(tmp_path):
    policy = load_catalogue(write_catalogue(tmp_path / "data")).policy

    assert policy.files == {}
    assert policy.instruments == ()
    assert policy.before("lantern-2021-2027") == policy.proposed_after("lantern-2021-2027") == ()
