"""Every code of a problem: how grave it is, what it means and what to do. The table in `data/README.md` is this one."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from thbfund.input.problems import Severity


class Code(NamedTuple):
    """A kind of problem.

    Attributes:
        what: what it means, in a clause.
        fix: what to do.
    """

    name: str
    severity: Severity
    what: str
    fix: str


_OUTSIDE_LIST = "take one from the list; the hint names the nearest"

_ERRORS = (
    ("alias", "a YAML anchor or alias (`&`, `*`)", "write the value out; quote a text that begins with `*` or `&`"),
    ("amount-out-of-range", "project file: a negative amount, or more than 10 000 million euro", "correct the amount"),
    ("bad-record", "labelled records: a field is missing or holds what it must not", "correct the field"),
    ("bad-term", "a lexicon term has `*` inside a word or nothing else", "put `*` at the start or end of a word"),
    ("bad-vector", "stored vectors: a line holds no hash and vector", "fit anew: `thbfund evaluate FILE --fit`"),
    (
        "bounds-out-of-order",
        "a minimum above its maximum, or more countries than organisations asked for",
        "correct one of the two",
    ),
    ("dates-out-of-order", "an end before its start, or a deadline before the opening", "correct the dates"),
    ("empty-text", "a text without content", "write it, or leave the field out"),
    (
        "formula-cell",
        "evidence: a cell that begins with `=`, `+`, `-` or `@`, which a spreadsheet would run",
        "begin with a letter or a figure",
    ),
    (
        "grant-above-budget",
        "project file: the grant asked for is larger than the whole budget",
        "correct one of the two",
    ),
    ("html", "a text with `<` and `>`", "plain text only"),
    ("id-differs-from-file", "the id is not the file name", "rename the file or correct the id"),
    ("key-not-text", "a field name that is a list or block", "check brackets and indentation"),
    ("lead-not-in-countries", "evidence: the country of the lead is missing in `countries`", "add it"),
    ("line-break", "a text with a line break or unprintable character", "fold it with `>-`, or quote it"),
    ("missing-field", "a required field is not there", "add it"),
    ("file-exists", "a new file would replace one that is there", "choose another name"),
    ("no-cases", "cases: the folder holds none", "name a folder of cases"),
    ("no-programmes", "the folder holds no programme", "name the data folder"),
    ("no-records", "labelled records: the file holds none", "one JSON object per line"),
    ("not-a-block", "a value where named fields are expected", "write `name: value` lines, indented"),
    ("not-a-citation", "a source that is not a key and a place", "write `reg-516 Art. 15(2)`"),
    ("not-a-date", "no calendar day", "write `2026-11-23`"),
    ("not-a-list", "a single value where a list is expected", "write `[value]` or lines with `- `"),
    ("not-a-number", "text in a number field", "digits only, no spaces, no currency"),
    ("not-a-share", "a share outside 0 to 1", "90 % is `0.9`"),
    ("not-a-url", "no web address", "start with `https://`, no blanks"),
    (
        "not-a-whole-number",
        "text or decimals where a whole number is expected",
        "digits only, no spaces, no currency",
    ),
    (
        "not-an-amount",
        "project file: an amount that is not written in digits alone",
        "write `600000`, not 600.000, 600 000 or EUR 600000",
    ),
    (
        "not-csv",
        "evidence: quotes that do not fit",
        "put a text with commas in quotes, and write a quote inside it twice",
    ),
    (
        "not-json",
        "JSON that cannot be read: a field twice, `NaN`, half a character or too many levels",
        "correct it",
    ),
    ("not-text", "a number or list where text is expected", "put it in quotes"),
    ("not-utf-8", "the file has another encoding", "save as UTF-8"),
    (
        "not-yaml",
        "brackets, quotes or indentation do not fit, or a control character stands in the text",
        "look at the named line and the one above; quote texts with `: ` or ` #`; indent with spaces, never a tab",
    ),
    ("not-yes-or-no", "no truth value", "`true` or `false`"),
    (
        "nothing-disputed",
        "`disputed` repeats a value that is given already, or stands beside an unknown value",
        "name all sources of one value together; state the value of the best source",
    ),
    (
        "priority-not-graded",
        "A, B, C, X1 or X2 has no grade, or for a programme of 2021-2027 one of S21-1 to S21-4",
        "add `{grade: 0 to 3, reason: ...}`",
    ),
    (
        "own-successor",
        "a programme that follows itself, at once or by way of others",
        "name the programme that follows, or write `value: null` with the reason in `unverified`",
    ),
    (
        "personal-data",
        "a case whose summary seems to hold data of people",
        "say it in your own words, without names, numbers or details of a person",
    ),
    ("proposal-as-law", "policy/outlook: a word that makes a proposal sound like law", "write `would`"),
    ("repeated-id", "the same id twice", "give each its own id"),
    ("repeated-key", "the same field twice", "keep one"),
    ("several-documents", "`---` starts a second document", "one per file"),
    ("source-without-url", "a source has neither address nor note", "add one of them"),
    (
        "summary-length",
        "evidence: a summary with fewer than 20 or more than 60 words",
        "say what was done and for whom, no more",
    ),
    ("tag", "a YAML tag (`!`)", "remove it; quote a text that begins with `!`"),
    ("text-too-long", "project file: a description longer than 50 000 characters", "shorten it"),
    ("too-deep", "more levels than any file needs", "look for a pasted block"),
    ("too-large", "more values or bytes than any file needs", "split it; look for a pasted block"),
    (
        "unknown-article",
        "no entry of the vocabulary `directive_articles`",
        _OUTSIDE_LIST,
    ),
    ("unknown-activity", "no entry of the vocabulary `activities`", _OUTSIDE_LIST),
    ("unknown-activity-family", "no entry of the vocabulary `activity_families`", _OUTSIDE_LIST),
    ("unknown-applicant-type", "no entry of the vocabulary `applicant_types`", _OUTSIDE_LIST),
    (
        "unknown-counterpart",
        "a counterpart that is no entry of the vocabulary, nor of another policy text",
        "correct the id",
    ),
    ("unknown-country", "no ISO code of a country", "two capital letters; GR, GB, XK"),
    ("unknown-entry", "the lexicon has terms for an entry that does not exist", "correct the id"),
    ("unknown-family", "calls: a family that the file does not list", "correct the id, or add the family"),
    ("unknown-field", "a field that the model does not know", "correct its name or its indentation"),
    ("unknown-form-of-exploitation", "no entry of the vocabulary `forms_of_exploitation`", _OUTSIDE_LIST),
    ("unknown-instrument", "policy: a document that `instruments.yaml` does not list", "correct the id, or add it"),
    ("unknown-place", "neither a country nor a country group", "correct it, or add the group"),
    ("unknown-priority", "no entry of the vocabulary `priorities`", _OUTSIDE_LIST),
    ("unknown-programme", "a programme that is not in the catalogue", "correct the id, or add the programme"),
    ("unknown-route", "no entry of the vocabulary `routes`", _OUTSIDE_LIST),
    (
        "unknown-source",
        "a citation whose key is not under `sources`",
        "add the source or correct the key; no comma inside one citation",
    ),
    ("unknown-strand", "calls or guidance: a strand that the programme does not have", "correct the id"),
    ("unknown-target-group", "no entry of the vocabulary `target_groups`", _OUTSIDE_LIST),
    ("unknown-term", "policy: a term that `glossary.yaml` does not list", "correct the id, or add the term"),
    ("unknown-without-reason", "a null value without a reason", "say why in `note` or `unverified`"),
    ("unknown-word", "a word outside a short fixed list", "take one of the words shown"),
    (
        "unread-file",
        "a YAML file that is not part of the catalogue, for instance one that ends in `.yml`",
        "name a programme `programmes/<id>.yaml`; move other files elsewhere",
    ),
    ("unreadable-file", "the file is missing or may not be read", "check name and permissions"),
    (
        "unsourced-fact",
        "neither source and day, nor a reason",
        "add `sources` and `checked_on`, or `unverified`",
    ),
    ("unused-source", "a listed source that no fact cites", "cite it or remove it"),
    ("unwritable-file", "a result cannot be written to the place named", "choose another place"),
    ("wrong-header", "evidence: the first line does not name the columns", "copy the line that the message shows"),
    (
        "wrong-number-of-cells",
        "evidence: a line with too few or too many cells",
        "put a text with commas in quotes; leave an unknown value empty between its commas",
    ),
    ("wrong-value", "any other value outside what is allowed", "the message says what is expected"),
)

_WARNINGS = (
    ("checked-in-future", "a fact read on a day that has not come yet", "write the day on which you read the source"),
    (
        "better-source-disagrees",
        "a value under `disputed` has a better kind of source than the value that the fact states",
        "make it the value of the fact, and put the other one under `disputed`",
    ),
    (
        "american-spelling",
        "a word in American spelling; names, titles of sources and labels of acts are left alone",
        "write it the British way: programme, organisation, labour",
    ),
    (
        "call-differs-from-strand",
        "a topic sets a rate, grant or consortium that the rule of its strand (`set_by: programme`) excludes",
        "correct one of the two, or mark the fact of the strand `set_by: call`",
    ),
    (
        "concerns-nobody",
        "guidance: an entry that concerns no strand of the catalogue",
        "take out one of the lists under `concerns`; all of them must hold for one strand",
    ),
    (
        "duplicate-topic",
        "the same topic in two files, or two topics with one title, year and deadline",
        "keep one",
    ),
    (
        "incomplete-tag",
        "a tag without includes, excludes or two examples, or a priority or article without its clause",
        "write what is missing: see How to write a tag",
    ),
    (
        "not-https",
        "a source on `http://` though its host offers https",
        "write `https://` and open it once",
    ),
    (
        "one-sided-counterpart",
        "a counterpart that does not name the entry in turn",
        "name each in the other, or in neither",
    ),
    (
        "priority-not-served",
        "no programme in force has a strand of grade 2 or 3 for this priority of COM(2017) 728",
        "look for a programme that is missing; grade by the guidelines, not to fill the gap",
    ),
    (
        "programme-without-area",
        "a programme that no area of `policy/coverage.yaml` names",
        "add its id to the programmes of the area that it pays in",
    ),
    (
        "target-group-not-served",
        "no programme in force has a strand tagged with this target group",
        "tag the strands it is typical for, or look for a programme that is missing",
    ),
    (
        "text-differs-from-field",
        "a text names an amount, rate, day, duration or number of partners, but not the field's own value",
        'correct one of the two; if both hold, name both: "90 %; 80 % before 2018"',
    ),
    (
        "text-length",
        "too short or too long: summaries have 60 to 600 characters, objectives 80 to 900, actions 10 to 160",
        "say more, or move details into another field",
    ),
    (
        "unclear-term",
        "a word that the glossary replaces by a clearer or fairer one",
        "take the word that the message names",
    ),
)

_HINTS = (
    ("double-space", "two blanks in a row", "keep one"),
    (
        "full-stop",
        "a summary or objective without a full stop at its end, or an action with one",
        "sentences end with a full stop, items of a list do not",
    ),
    (
        "one-secondary-source",
        "verified facts that rest on one page of somebody else (kind `secondary`) alone",
        "cite the law, the call or the body that runs the programme as well, or mark the fact `unverified`",
    ),
)


def _codes() -> dict[str, Code]:
    levels: tuple[tuple[Severity, tuple[tuple[str, str, str], ...]], ...] = (
        ("error", _ERRORS),
        ("warning", _WARNINGS),
        ("hint", _HINTS),
    )
    found = [Code(name, severity, what, fix) for severity, rows in levels for name, what, fix in rows]
    return {code.name: code for code in sorted(found)}


CODES: Mapping[str, Code] = MappingProxyType(_codes())
"""All codes by name, in alphabetical order."""
