"""Projects and conditions of the tiny invented world, for properties that hold for all of them."""

from typing import Any

from hypothesis import strategies as st

from factories import INNER_CIRCLE, OUTER_CIRCLE, REMOVED, fact, loaded_vocabularies, other_value, unverified
from thbfund import Project
from thbfund.input.strict_yaml import Document
from thbfund.input.validation import build

VOCABULARIES = loaded_vocabularies()

TYPES = sorted(VOCABULARIES.ids("applicant_types"))
COUNTRIES = [*INNER_CIRCLE, *OUTER_CIRCLE, "US"]
ROLES = ("lead", "partner", "associated", "sub_grantee")
PLACES = ["inner_circle", "outer_circle", "DE", "NO", "US"]
GROUPS = sorted(VOCABULARIES.ids("target_groups"))
ACTIVITIES = sorted(VOCABULARIES.ids("activities"))

SENTENCES = [
    "A shelter gives women who were trafficked a safe place to stay.",
    "Police officers train to find victims of forced labour.",
    "Families in Nigeria and Norway are warned of recruiters.",
    "We study violence against women in Italy.",
    "Legal aid for children.",
    "Schutzwohnungen und Rechtsberatung für Opfer von Menschenhandel in Deutschland.",
    "Nobody convicted of trafficking may apply.",
    "Better bicycles for our town.",
    "$x_1$ **bold** <b>=1+1</b> [red]text[/red]",
]

summaries = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5).map(" ".join)


def or_none(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A value, or that nothing is said."""
    return st.none() | strategy


types = or_none(st.sampled_from(TYPES))
countries = or_none(st.sampled_from(COUNTRIES))
roles = st.sampled_from(["partner", "associated", "sub_grantee"])
partners = st.lists(st.fixed_dictionaries({"type": types, "country": countries, "role": roles}), max_size=4)
totals = st.integers(1, 1_000_000)

project_values = st.fixed_dictionaries(
    {
        "summary": summaries,
        "applicant": st.fixed_dictionaries({"type": types, "country": countries}),
        "partners": or_none(partners),
        "countries_of_action": or_none(st.lists(st.sampled_from(COUNTRIES), max_size=3)),
        "target_groups": or_none(st.lists(st.sampled_from(GROUPS), max_size=2)),
        "activities": or_none(st.lists(st.sampled_from(ACTIVITIES), max_size=2)),
        "beneficiaries_third_country_nationals": st.sampled_from([None, True, False]),
        "total_budget_eur": or_none(st.integers(500_000, 1_000_000)),
        "requested_grant_eur": or_none(st.integers(0, 500_000)),
        "duration_months": or_none(st.integers(1, 48)),
    }
)
"""What a project file of the tiny world may say, as plain values."""


def project_from(values: dict[str, Any]) -> Project:
    """A project of plain values."""
    return build(Project, Document(values), "project", {"vocabularies": VOCABULARIES})


projects = project_values.map(project_from)


def facts_of(values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A fact that was read, one that each call may change, one that nobody could confirm, or one in dispute."""
    makers = st.sampled_from([fact, lambda value: fact(value, set_by="call"), unverified])
    agreed = st.builds(lambda value, make: make(value), values, makers)
    return agreed | st.builds(_disputed, values, values)


def _disputed(value: Any, other: Any) -> dict[str, Any]:
    return fact(value, disputed=[other_value(other)] if other != value else [])


def _admissions(items: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    some = st.lists(st.sampled_from(items), max_size=3, unique=True)
    others = st.sampled_from(["open", "closed", "depends", "unknown"])
    lists = {"open_to": some, "depends_on_call": some, "closed_to": some, "others": others}
    return st.fixed_dictionaries(lists)


def _by_role(items: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    admission = facts_of(_admissions(items))
    return st.fixed_dictionaries(
        {}, optional=dict.fromkeys(("lead", "partner", "associated", "sub_grantee"), admission)
    )


KNOWN = {
    "applicant_types": _by_role(TYPES),
    "countries": _by_role(PLACES),
    "place_of_action": facts_of(_admissions(PLACES)),
    "consortium": facts_of(st.fixed_dictionaries({"min_organisations": st.integers(1, 4)})),
    "eu_rate": facts_of(st.sampled_from([0.5, 0.75, 0.9, 1.0])),
}
"""Conditions that every programme has: where the catalogue is silent, the answer is unknown."""

REQUIREMENTS = {
    "grant": facts_of(st.fixed_dictionaries({"min_eur": st.integers(1, 200_000), "max_eur": st.just(400_000)})),
    "duration": facts_of(st.fixed_dictionaries({"min_months": st.integers(1, 24), "max_months": st.integers(24, 48)})),
    "target_group": facts_of(
        st.just({"third_country_nationals_only": True})
        | st.lists(st.sampled_from(GROUPS), min_size=1, max_size=2).map(lambda groups: {"any_of": groups})
    ),
    "activity": facts_of(
        st.fixed_dictionaries(
            {name: st.lists(st.sampled_from(ACTIVITIES), max_size=2) for name in ("any_of", "not_only")}
        )
    ),
    "required_partners": facts_of(
        st.lists(st.sampled_from(TYPES), min_size=1, max_size=2).map(
            lambda kinds: [{"any_of": kinds, "why": "invented"}]
        )
    ),
}
"""Conditions that a programme sets or does not: where the catalogue is silent, there is no rule."""

eligibilities = st.fixed_dictionaries({}, optional={**KNOWN, **REQUIREMENTS})


def changed_fields(values: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Plain values of a project with some fields changed or, with `REMOVED`, left out."""
    both = {**values, **changes}
    return {key: value for key, value in both.items() if value is not REMOVED}


HOSTILE = [
    '=HYPERLINK("https://evil.example","prize")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style><b onclick='x'>",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "[click](javascript:alert(1)) ![x](https://evil.example/x.png)",
    "\N{RIGHT-TO-LEFT OVERRIDE}gnp.exe\N{POP DIRECTIONAL FORMATTING}",
    "a\x00b\x0bc\x1f\x7f\x85d",
    "half of a pair \ud800 here",
    "\ufffe\uffff",
    "END:VEVENT\r\nBEGIN:VALARM\r\nACTION:EMAIL",
    "{0.__class__} {name} %s $x$",
    "&lt;b&gt; &amp; ]]> <!-- -->",
    "long " * 60,
]  # fmt: skip
"""What a malicious text tries: formulas, mark-up, links that act, turned writing, characters that XML cannot hold."""

hostile_text = st.sampled_from(HOSTILE) | st.text(max_size=40) | st.builds("{}{}".format, st.text(max_size=5),
                                                                           st.sampled_from(HOSTILE))  # fmt: skip
