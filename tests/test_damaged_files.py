"""Each way to damage a file of the real catalogue is answered with the file, the line and what to do.

A copy of `data/` is damaged in one place at a time, as staff do by accident, and checked again.
"""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from conftest import REPOSITORY
from factories import errors_in
from thbfund.input.problems import Problem

TSI = "programmes/tsi.yaml"
REC = "programmes/rec-2014-2020.yaml"
ACTIVITIES = "lexicon/activities.yaml"
FIELD = "lexicon/field.yaml"
GROUPS = "vocabularies/country_groups.yaml"
PRIORITIES = "vocabularies/priorities.yaml"
ROUTES = "vocabularies/routes.yaml"

COPIED = ("vocabularies", TSI, REC, "programmes/cerv.yaml", "calls/cerv.yaml", "lexicon")


class Damage(NamedTuple):
    """A text of a file, what becomes of it, and the problem that must be named.

    Attributes:
        hint: words that the message must hold: what is allowed, or how to mend it.
        later: lines from the damage to the place that is named; 0 where it is named itself.
    """

    file: str
    before: str
    after: str
    code: str
    hint: str
    later: int = 0


DAMAGES = {
    "typo-in-a-field": Damage(TSI, "        lead: {value", "        leed: {value", "unknown-field", '"lead"'),
    "typo-in-a-deep-field": Damage(TSI, "      eu_rate:", "      eu_rates:", "unknown-field", '"eu_rate"'),
    "typo-in-a-fact": Damage(TSI, "checked_on: 2026", "cheked_on: 2026", "unknown-field", '"checked_on"'),
    "field-left-out": Damage(TSI, "\nname: Technical Support Instrument", "", "missing-field", '"name"', later=-1),
    "field-twice": Damage(TSI, "\nacronym: TSI", "\nacronym: TSI\nacronym: TSI", "repeated-key", "keep one", later=1),
    "no-id": Damage(TSI, "\nid: tsi", "", "missing-field", '"id"'),
    "other-id": Damage(TSI, "\nid: tsi", "\nid: tis", "id-differs-from-file", '"tsi"'),
    "day-that-is-none": Damage(TSI, "starts_on: 2021-01-01", "starts_on: 2021-02-30", "not-a-date", "YYYY-MM-DD"),
    "day-as-in-letters": Damage(TSI, "ends_on: 2027-12-31", "ends_on: 31.12.2027", "not-a-date", "YYYY-MM-DD"),
    "end-before-start": Damage(TSI, "ends_on: 2027-12-31", "ends_on: 2020-12-31", "dates-out-of-order", "ends before"),
    "rate-in-percent": Damage(TSI, "value: 1.0", "value: 90", "not-a-share", "write 0.9"),
    "negative-amount": Damage(TSI, "amount_eur: 864000000", "amount_eur: -864000000", "wrong-value", "at least 0"),
    "amount-with-blanks": Damage(TSI, "864000000", "864 000 000", "not-a-whole-number", "whole number"),
    "amount-with-points": Damage(TSI, "864000000", "864.000", "not-a-whole-number", "whole number"),
    "address-without-https": Damage(TSI, '"https://reform', '"reform', "not-a-url", "https://"),
    "script-as-address": Damage(TSI, '"https://reform-support', '"javascript:alert(1)//', "not-a-url", "https://"),
    "markup": Damage(TSI, "role: sets up", "role: <b>sets</b> up", "html", "remove the mark-up"),
    "word-outside-the-list": Damage(TSI, "[public_officials,", "[public_oficials,", "unknown-target-group",
                                    'did you mean "public_officials"?'),
    "activity-outside-the-list": Damage(TSI, "identification_and_referral,", "identification_referral,",
                                        "unknown-activity", '"identification_and_referral"'),
    "route-outside-the-list": Damage(TSI, "value: government_request", "value: goverment_request", "unknown-route",
                                     '"government_request"'),
    "group-outside-the-list": Damage(TSI, "lead: {value: {open_to: [eu27]", "lead: {value: {open_to: [EU27]",
                                     "unknown-place", 'did you mean "eu27"?'),
    "greece-as-el": Damage(TSI, "lead: {value: {open_to: [eu27]", "lead: {value: {open_to: [EL]", "unknown-place",
                           'did you mean "GR"?'),
    "mode-outside-the-list": Damage(TSI, "value: direct", "value: straight", "unknown-word", "'direct'"),
    "priority-left-out": Damage(TSI, "\n      X2: {grade: 0, reason: gives no grants to organisations in the field}",
                                "", "priority-not-graded", "add X2", later=-5),
    "grade-beyond-the-scale": Damage(TSI, "C: {grade: 2", "C: {grade: 5", "wrong-value", "at most 3"),
    "unknown-source": Damage(TSI, "sources: [reg-240 recital 27]", "sources: [reg-420 recital 27]", "unknown-source",
                             'did you mean "reg-240"?'),
    "source-that-nobody-cites": Damage(TSI, "\nsources:\n", "\nsources:\n  spare: {title: Spare, kind: law, note: x}\n",
                                       "unused-source", '"spare"', later=1),
    "kind-outside-the-list": Damage(TSI, "kind: secondary", "kind: rumour", "unknown-word", "'secondary'"),
    "fact-without-a-day": Damage(TSI, "\n    sources: [reg-240]\n    checked_on: 2026-11-23",
                                 "\n    sources: [reg-240]", "unsourced-fact", "checked_on", later=-3),
    "unknown-without-a-reason": Damage(TSI, "successor: {value: null, unverified: nothing was found on a successor, "
                                       "note: no successor known yet}",
                                       "successor: {value: null, sources: [reg-240], checked_on: 2026-11-23}",
                                       "unknown-without-reason", "note or unverified"),
    "successor-that-does-not-exist": Damage(REC, "value: cerv", "value: crev", "unknown-programme", '"cerv"'),
    "alias": Damage(TSI, "value: [projects of NGOs,", "value: [*ngos,", "alias", "written out"),
    "anchor": Damage(TSI, "\nacronym: TSI", "\nacronym: &a TSI", "alias", "written out"),
    "tag": Damage(TSI, "\nacronym: TSI", "\nacronym: !!str TSI", "tag", "plain text"),
    "tab": Damage(TSI, "\n    url:", "\n\turl:", "not-yaml", "use spaces"),
    "unquoted-colon": Damage(TSI, "role: sets up the", "role: sets up: the", "not-yaml", "for it holds another colon"),
    "open-bracket": Damage(TSI, "[2021-2027]", "[2021-2027", "not-yaml", "brackets", later=1),
    "second-document": Damage(TSI, "\nstrands:", "\n---\nstrands:", "several-documents", "one per file"),
    "letter-in-another-encoding": Damage(TSI, "Technical Support", "T\udce9chnical Support", "not-utf-8", "UTF-8"),
    "control-character": Damage(TSI, "acronym: TSI", "acronym: T\x07SI", "not-yaml", "delete it"),
    "single-word-for-a-list": Damage(TSI, "periods: [2021-2027]", "periods: 2021-2027", "not-a-list", "a list"),
    "yes-for-true": Damage(TSI, "named_in_brochure: false", "named_in_brochure: no", "not-yes-or-no", "true or false"),
    "quoted-number": Damage(TSI, "amount_eur: 864000000", 'amount_eur: "864000000"', "not-a-whole-number", "whole"),
    "empty-text": Damage(TSI, "\nacronym: TSI", '\nacronym: " "', "empty-text", "write it"),
    "more-countries-than-organisations": Damage(TSI, "min_countries: 1", "min_countries: 2", "bounds-out-of-order", ""),
    "wrong-indentation": Damage(TSI, "\nacronym: TSI", "\n  acronym: TSI", "not-yaml", "indentation"),
    "term-with-a-star-inside": Damage(ACTIVITIES, "[identif* victims", "[iden*tif victims", "bad-term", "*"),
    "lexicon-for-nothing": Damage(ACTIVITIES, "\n  shelter_and_assistance:", "\n  shelter_assistance:",
                                  "unknown-entry", '"shelter_and_assistance"'),
    "language-outside-the-union": Damage(FIELD, "\n    de: [", "\n    ru: [", "unknown-word", ""),
    "member-that-is-no-country": Damage(GROUPS, "ES, FI, FR, GR, HR", "ES, FI, FR, EL, HR", "unknown-country", '"GR"'),
    "counterpart-that-does-not-exist": Damage(PRIORITIES, "[S12-C, S21-1, S21-2, D-2",
                                              "[S12-C, S21-1, S21-9, D-2", "unknown-counterpart", "S21"),
    "entry-twice": Damage(ROUTES, "\n  - id: national_authority", "\n  - id: commission_call",
                          "repeated-id", '"commission_call"'),
}  # fmt: skip


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    """Real files enough for every damage; lexicons without terms, which take long to read, until they are damaged."""
    folder = tmp_path_factory.mktemp("copy") / "data"
    for part in COPIED:
        source, target = REPOSITORY / "data" / part, folder / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copy(source, target)
    for lexicon in (folder / "lexicon").iterdir():
        lexicon.write_text(f"id: {lexicon.stem}\nterms: {{}}\n", encoding="utf-8")
    return folder


@pytest.fixture
def problems_with(copy: Path) -> Callable[[str, bytes], list[Problem]]:
    """Give the problems of the copy with other contents of one file, which is put back afterwards."""
    untouched: dict[Path, bytes] = {}

    def check(file: str, content: bytes) -> list[Problem]:
        untouched[copy / file] = (copy / file).read_bytes()
        (copy / file).write_bytes(content)
        return errors_in(copy)

    yield check
    for path, content in untouched.items():
        path.write_bytes(content)


def test_the_copy_is_sound_before_it_is_damaged(copy):
    assert errors_in(copy) == []


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damage_is_named_with_file_line_and_what_to_do(problems_with, damage):
    text = (REPOSITORY / "data" / damage.file).read_text(encoding="utf-8")
    assert damage.before in text, "the real file no longer holds what this test damages"
    start = text.index(damage.before)
    damaged = text[:start] + damage.after + text[start + len(damage.before) :]
    line = 1 + text.count("\n", 0, start) + damage.before.startswith("\n") + damage.later

    problems = problems_with(damage.file, damaged.encode("utf-8", "surrogateescape"))

    found = [(problem.file, problem.line, problem.code) for problem in problems]
    assert found == [(f"data/{damage.file}", line, damage.code)], "one damage, one problem, in its place"
    assert damage.hint in str(problems[0])
    assert problems[0].severity == "error"


def test_a_typo_in_a_required_field_is_named_as_unknown_and_as_missing(problems_with):
    text = (REPOSITORY / "data" / TSI).read_text(encoding="utf-8")

    problems = problems_with(TSI, text.replace("\nacronym: ", "\nacronim: ", 1).encode())

    assert [(problem.code, problem.field) for problem in problems] == [
        ("missing-field", "acronym"),
        ("unknown-field", "acronim"),
    ]
    assert problems[1].hint == 'did you mean "acronym"?'


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.9, 0.99])
@pytest.mark.parametrize("file", [TSI, ROUTES, FIELD])
def test_a_file_cut_off_anywhere_is_never_taken_silently(problems_with, file, share):
    content = (REPOSITORY / "data" / file).read_bytes()
    cut = content[: int(len(content) * share)]
    cut = cut[: cut.rindex(b" ")]

    problems = problems_with(file, cut)

    assert f"data/{file}" in {problem.file for problem in problems}


def test_several_damages_are_all_named_at_once(problems_with):
    text = (REPOSITORY / "data" / TSI).read_text(encoding="utf-8")
    for before, after in (
        ("acronym: TSI", "acronym: 5"),
        ("checked_on: 2026-11-23", "checked_on: soon"),
        ("value: 1.0", "value: 100"),
        ("kind: secondary", "kind: rumour"),
    ):
        text = text.replace(before, after, 1)

    problems = problems_with(TSI, text.encode())

    assert [problem.code for problem in problems] == ["not-text", "not-a-date", "not-a-share", "unknown-word"]


def test_a_damaged_programme_does_not_accuse_those_that_refer_to_it(problems_with):
    problems = problems_with("programmes/cerv.yaml", b"id: [")

    assert {problem.file for problem in problems} == {"data/programmes/cerv.yaml"}
