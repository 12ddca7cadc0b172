"""What an import proposes, told to a person and to a program: every value, and what is not said as such."""

import json
from datetime import date
from functools import partial

from factories import portal_topic
from thbfund.staff.portal import report as topics_report
from thbfund.staff.portal.proposal import Difference
from thbfund.staff.portal.proposal import Proposal as TopicProposal
from thbfund.staff.projects import report as projects_report
from thbfund.staff.projects.found import Proposal as ProjectProposal
from thbfund.staff.projects.found import PublicProject

CHECKED = date(2026, 1, 15)


topic = partial(portal_topic, id="LAN-1", title="Réseau", text="read by nobody", url="https://portal.example/LAN-1")


TOPICS = [
    TopicProposal(topic(id="LAN-2", programme="cerv", status="open", deadlines=(date(2026, 11, 3),)), "add"),
    TopicProposal(
        topic(),
        "look",
        (
            Difference("deadline", date(2026, 11, 3), "2026-11-05", CHECKED, protected=True),
            Difference("opens_on", date(2026, 7, 8), "2026-07-07", CHECKED, protected=False),
            Difference("budget", 7, "", None, protected=False),
        ),
    ),
]


def test_each_topic_is_told_with_what_is_said_of_it_and_where_it_differs():
    assert topics_report.proposals_text(TOPICS).splitlines() == [
        "new: on our subject, and not in the catalogue:",
        "  LAN-2 (cerv, open, deadline 2026-11-03): Réseau",
        "",
        "says other or more than the catalogue: look at the page:",
        "  LAN-1 (another programme, unknown, deadline not said): Réseau",
        "    deadline: theirs 2026-11-03, ours 2026-11-05 (checked on 2026-01-15)",
        "    opens_on: theirs 2026-07-08, ours 2026-07-07 (not verified)",
        "    budget: theirs 7, ours says nothing",
        "",
        "2 topics: 1 add, 1 look, 0 perhaps, 0 same, 0 pass, 0 unknown-programme. Nothing was written.",
    ]


def test_in_markdown_each_kind_has_a_heading_and_each_topic_a_line():
    lines = topics_report.proposals_markdown(TOPICS).replace("\\", "").splitlines()

    assert lines[:3] == [
        "## New: on our subject, and not in the catalogue",
        "",
        "- LAN-2 (cerv, open, deadline 2026-11-03): Réseau",
    ]
    assert "  - budget: theirs 7, ours says nothing" in lines
    assert lines[-1].startswith("2 topics: 1 add, 1 look")


def test_a_program_gets_every_value_of_a_topic_and_null_for_what_is_not_said():
    text = topics_report.proposals_json(TOPICS)
    new, known = json.loads(text)

    assert "Réseau" in text
    assert "read by nobody" not in text
    assert new == {
        "topic": "LAN-2", "title": "Réseau", "call": None, "programme": "cerv", "url": "https://portal.example/LAN-1",
        "status": "open", "opens_on": None, "deadlines": ["2026-11-03"], "budget": None, "proposal": "add",
        "differences": [],
    }  # fmt: skip
    assert known["differences"][0] == {
        "fact": "deadline", "theirs": "2026-11-03", "ours": "2026-11-05", "since": "2026-01-15", "protected": True,
    }  # fmt: skip
    assert known["differences"][2] == {
        "fact": "budget", "theirs": "7", "ours": None, "since": None, "protected": False,
    }  # fmt: skip


def project(**changes):
    values = {
        "key": "nets", "acronym": "", "title": "Réseau", "programme": None, "start": None, "end": None, "lead": None,
        "countries": (), "grant": None, "url": "https://cordis.example/7", "basis": "stated", "text": "read by nobody",
    }  # fmt: skip
    return PublicProject(**{**values, **changes})


WHOLE = project(key="light", acronym="LIGHT", programme="cerv", start=2023, end=2025, lead="GR", countries=("GR", "IT"),
                grant=2000)  # fmt: skip
PROJECTS = [
    ProjectProposal(WHOLE, "differs", ("year_end: theirs 2025, ours 2024",)),
    ProjectProposal(project(key="rope"), "pass"),
    ProjectProposal(project(start=2023), "unknown-programme"),
    ProjectProposal(project(), "unknown-programme"),
]


def test_each_project_on_our_subject_is_told_and_the_others_are_counted_alone():
    assert projects_report.proposals_text(PROJECTS).splitlines() == [
        "told otherwise than by us: look at the page:",
        "  LIGHT (cerv, 2023-2025, 2000 EUR): Réseau <https://cordis.example/7>",
        "    year_end: theirs 2025, ours 2024",
        "",
        "on our subject, paid by a programme that the catalogue has not:",
        "  nets (another programme, 2023, grant not said): Réseau <https://cordis.example/7>",
        "  nets (another programme, years not said, grant not said): Réseau <https://cordis.example/7>",
        "",
        "4 projects with words of the field: 0 new, 1 differs, 0 perhaps, 0 same, 1 pass, 2 unknown-programme.",
    ]


def test_a_program_gets_every_value_of_a_project_but_its_text():
    text = projects_report.proposals_json(PROJECTS)

    assert "Réseau" in text
    assert "read by nobody" not in text
    assert json.loads(text)[0] == {
        "id": "light", "acronym": "LIGHT", "title": "Réseau", "programme": "cerv", "year_start": 2023,
        "year_end": 2025, "lead_country": "GR", "countries": ["GR", "IT"], "grant_eur": 2000,
        "source_url": "https://cordis.example/7", "label_basis": "stated", "proposal": "differs",
        "differences": ["year_end: theirs 2025, ours 2024"],
    }  # fmt: skip
