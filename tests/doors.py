"""Every door through which strangers' bytes come in, as a function of bytes: it takes them, or refuses them in words.

`tests/test_hostile.py` pushes seeds and damaged ones through the doors; `tests/fuzz/fuzz.py` does so led by coverage.
"""

import json
import os
import re
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import parse_qsl

from markdown_it import MarkdownIt
from starlette.datastructures import QueryParams

from factories import loaded_vocabularies, write_catalogue
from thbfund import load_catalogue
from thbfund.catalogue.evidence import read_projects
from thbfund.catalogue.json_lines import lines_in
from thbfund.catalogue.labelled import Record
from thbfund.catalogue.model import Programme
from thbfund.documents import UnreadableError, problem_of, read_note
from thbfund.input.problems import InputError, Problem
from thbfund.input.strict_yaml import read_yaml
from thbfund.input.validation import build
from thbfund.link import from_query
from thbfund.project import read_project
from thbfund.report.inert import inert_cell, inert_markdown, plain, web_address
from thbfund.screening.cells import identity, project_in
from thbfund.screening.tables import batches
from thbfund.staff.portal.topics import read_portal_file
from thbfund.web.routes.problems import Refused
from thbfund.web.routes.query import MEANINGS, read_query

LONGEST_SAID = 2000  # characters of one problem; whoever reads it is a person
with tempfile.TemporaryDirectory() as folder:
    CATALOGUE = load_catalogue(write_catalogue(Path(folder) / "data"))
VOCABULARIES = loaded_vocabularies()
CONTEXT = {"vocabularies": VOCABULARIES}
MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
LIVELY = {
    "link_open", "image", "html_inline", "html_block", "heading_open", "em_open", "strong_open", "s_open",
    "code_inline", "fence", "table_open", "bullet_list_open", "ordered_list_open", "blockquote_open", "hr",
}  # fmt: skip
# What Streamlit's Markdown acts on beside these: addresses that are only written, icons, colours, formulas.
STREAMLITS = re.compile(r"(?<!\\)(?:https?:|www\.|@\w+\.|:\w+[:\[]|\$)")


def yaml_text(content: bytes) -> None:
    """The strict reader, with the places that only problems need."""
    document = read_yaml(content.decode("utf-8", "replace"), "seed.yaml")
    document.place_of(("a", 0))


def project(content: bytes) -> None:
    read_project(content, "seed", VOCABULARIES)


def programme(content: bytes) -> None:
    build(Programme, read_yaml(content.decode("utf-8", "replace"), "seed.yaml"), "seed.yaml", CONTEXT)


def link(content: bytes) -> None:
    found = from_query(dict(parse_qsl(content.decode("utf-8", "replace"))), CATALOGUE)
    _readable(found.problems)
    build_again = {"summary": "A shelter.", **found.fields}
    read_project(_json(build_again), "seed", VOCABULARIES)


def query(content: bytes) -> None:
    found = read_query(QueryParams(content.decode("utf-8", "replace")), MEANINGS, CATALOGUE)
    assert found.selection
    assert found.period
    assert found.language
    assert found.on is None or found.on.year
    assert found.top is None or found.top > 0


def note(content: bytes) -> None:
    found = read_note(content)
    assert found.text.strip()
    found.text.encode()


def table(ending: str) -> Callable[[bytes], None]:
    """The rows of a table of one kind."""

    def read(content: bytes) -> None:
        for batch in batches(_file(content, ending)):
            for _, row in batch:
                try:
                    identity(row)
                    project_in(row, VOCABULARIES)
                except InputError as error:
                    _readable(error.problems)

    return read


def portal(content: bytes) -> None:
    for topic in read_portal_file(_file(content, ".json")).topics:
        assert topic.id
        assert list(topic.deadlines) == sorted(topic.deadlines)


def evidence(content: bytes) -> None:
    read_projects(content.decode("utf-8", "replace"), "seed.csv", {"amif-2014-2020"})


def labelled(content: bytes) -> None:
    lines_in(content.decode("utf-8", "replace"), "seed.jsonl", Record)


def shown(content: bytes) -> None:
    """What is shown is inert in Markdown, in a spreadsheet and as an address."""
    text = content.decode("utf-8", "replace")
    tokens = MARKDOWN.parse(inert_markdown(plain(text)))
    found = {token.type for block in tokens for token in (block, *(block.children or ()))}
    assert not found & LIVELY, found & LIVELY
    assert not STREAMLITS.search(inert_markdown(plain(text)))
    assert not str(inert_cell(text)).startswith(("=", "+", "-", "@"))
    assert web_address(text).startswith(("", "http://", "https://"))
    assert not set(web_address(text)) & set(" \"'<>\\`\n\r\t") - {"'"}


DOORS: Mapping[str, Callable[[bytes], None]] = {
    "yaml": yaml_text,
    "project": project,
    "programme": programme,
    "link": link,
    "query": query,
    "note": note,
    "csv": table(".csv"),
    "jsonl": table(".jsonl"),
    "xlsx": table(".xlsx"),
    "parquet": table(".parquet"),
    "portal": portal,
    "evidence": evidence,
    "labelled": labelled,
    "shown": shown,
}


def knock(door: str, content: bytes) -> bool:
    """Push bytes through a door: True where they are taken, False where they are refused as people should be.

    Raises:
        Exception: whatever else comes out of the door; that is what is looked for.
    """
    try:
        DOORS[door](content)
    except InputError as error:
        _readable(error.problems)
    except UnreadableError as error:
        _readable([problem_of(error, "seed")])
    except Refused as error:
        _readable([Problem("refused", error.detail), *(Problem("", str(one)) for one in error.problems)])
    else:
        return True
    return False


def _readable(problems: "tuple[Problem, ...] | list[Problem]") -> None:
    for problem in problems:
        said = str(problem)
        assert len(said) <= LONGEST_SAID, said[:200]
        assert "\n" not in said, said
        assert "Traceback" not in said
        said.encode()


def _json(values: object) -> bytes:
    return json.dumps(values, default=str).encode()


_FOLDER = tempfile.mkdtemp()  # one file for each process and kind, written over and over


def _file(content: bytes, ending: str) -> Path:
    path = Path(_FOLDER) / f"{os.getpid()}{ending}"
    path.write_bytes(content)
    return path
