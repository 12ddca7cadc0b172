"""Commands that the documentation names and no test starts: programs, options, extras and files that exist."""

import importlib.util
import re
import shlex
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import click
import pytest
import uvicorn
from streamlit import config

from conftest import REPOSITORY
from thbfund.cli import main
from thbfund.staff import messages

PAGES = [REPOSITORY / name for name in ("README.md", "data/README.md", "data/evidence/README.md")]
PAGES += sorted(path for path in (REPOSITORY / ".github").rglob("*.md") if path.parent.name != "decisions")
KINDS = {"console", "text", "mermaid", "python", "sh", "toml", "yaml"}
"""Kinds of block; a test stands behind each, but for the pictures and the one file in TOML."""

PROGRAMS = {"thbfund": main, "uvicorn": uvicorn.main, "thbfund.staff.messages": messages.main}
EXTRAS = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
RUN = (REPOSITORY / ".ci" / "run").read_text(encoding="utf-8")
[LISTED] = re.findall(r"^ +(prepare \|[a-z |]+)\)$", RUN, re.MULTILINE)
STEPS = set(LISTED.split(" | "))
NAMED_STEP = r"`\.ci/run ([a-z]+)`"
NAMED_FILE = r"(?<![\w/])((?:tests|src|data|\.github|\.ci)/[\w./-]+\.\w+)"


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def commands(line: str) -> Iterator[list[str]]:
    """The programs that a line of a shell starts, with their words; variables and redirections left out."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    words: list[str] = []
    for word in [*lexer, "&&"]:
        if word in {"&&", "|", ";"}:
            started = [one for one in words if not re.match(r"[A-Z_]+=", one)]
            cut = next((number for number, one in enumerate(started) if one in {"<", ">"}), len(started))
            yield started[:cut]
            words = []
        else:
            words.append(word)


def checked(command: click.Command, words: Sequence[str], *, whole: bool) -> None:
    """Parse words by a real command's own options; nothing runs, and no file has to be there."""
    context = click.Context(command, info_name=command.name, **command.context_settings)
    given, rest, _ = command.make_parser(context).parse_args(list(words))
    for one in command.params:
        value = given.get(one.name)
        if isinstance(value, str) and not isinstance(one.type, click.Path | click.File) and not value.isupper():
            one.type_cast_value(context, value)
    if isinstance(command, click.Group):
        assert rest[0] in command.commands, f"{rest[0]} is no command of {command.name}"
        checked(command.commands[rest[0]], rest[1:], whole=whole)
    elif command.name == "app":
        options = {word.removeprefix("--") for word in rest if word.startswith("--")}
        assert options <= config.get_config_options().keys(), "not all are options of Streamlit"
    else:
        missing = [one.name for one in command.params if one.required and not isinstance(given.get(one.name), str)]
        assert rest == []
        assert missing == [] or not whole


def hold(line: str, *, whole: bool = True) -> None:
    """Hold the commands of a line to what is really there; where it is not whole, files may be left unsaid."""
    for words in commands(line):
        program, rest = Path(words[0]).name, words[1:]
        if program in {"python", "python3"} and rest[0] == "-m":
            program, rest = rest[1], rest[2:]
        if program in PROGRAMS:
            checked(PROGRAMS[program], rest, whole=whole)
        elif words[0] == ".ci/run":
            assert set(rest) <= STEPS
        elif program == "pip":
            named = {extra for word in rest for extra in re.findall(r"\[(.+)\]", word)}
            assert named <= EXTRAS.keys()
        else:
            assert program == "curl" or importlib.util.find_spec(program), f"nothing holds {program} to anything yet"


def lines() -> Iterator[object]:
    """Every line of a block for the shell that no other test runs."""
    for page in PAGES:
        for block in re.findall(r"^```sh\n(.*?)^```", text_of(page), re.MULTILINE | re.DOTALL):
            for line in block.splitlines():
                yield pytest.param(line, id=f"{page.relative_to(REPOSITORY)}: {line[:80]}")


@pytest.mark.parametrize("line", list(lines()))
def test_a_command_for_the_shell_names_programs_and_options_that_exist(line: str) -> None:
    hold(line)


def inline() -> list[str]:
    """Commands of thbfund in the middle of a sentence, once each; those that only name a family end in dots."""
    found = {
        line for page in PAGES for line in re.findall(r"`(thbfund -?-?[a-z][^`]*)`", text_of(page).replace("\n", " "))
    }
    return sorted(line for line in found if "..." not in line)


@pytest.mark.parametrize("line", inline())
def test_a_command_in_a_sentence_has_options_that_exist(line: str) -> None:
    with suppress(click.BadOptionUsage):  # `--on` alone names the option
        hold(line, whole=False)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("thbfund match --to 3 note.docx", id="an option that is not there"),
        pytest.param("thbfund match --format docx note.docx", id="a value that is not allowed"),
        pytest.param("thbfund catalogue chek", id="a command that is not there"),
        pytest.param("thbfund app --server.prot 8501", id="an option that Streamlit has not"),
        pytest.param("pip install -e '.[develop]'", id="an extra that is not there"),
        pytest.param("python3 -m venv .venv && uvicorn app --prot 8501", id="the second of two"),
        pytest.param("python -m thbfund.staff.messages todo xx > xx.json", id="a language that is not there"),
        pytest.param("thbfund brief -o brief.docx", id="a file left out"),
        pytest.param(".ci/run lint typos", id="a step that is not there"),
        pytest.param("cowsay moo", id="a program that nobody installs"),
    ],
)
def test_a_command_that_would_fail_is_found_out(line: str) -> None:
    with pytest.raises((click.UsageError, AssertionError)):
        hold(line)


def test_every_line_with_curl_stands_where_they_are_sent_to_the_real_server() -> None:
    with_curl = [page.name for page in PAGES if re.search(r"^curl ", text_of(page), re.MULTILINE)]

    assert with_curl == ["README.md"]  # read by test_server.py


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(REPOSITORY)))
def test_every_block_says_what_kind_it_is(page: Path) -> None:
    openings = re.findall(r"^```(.*)$", text_of(page), re.MULTILINE)[::2]

    assert set(openings) <= KINDS


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(REPOSITORY)))
def test_every_step_and_file_that_a_page_names_is_there(page: Path) -> None:
    files = [
        name for name in re.findall(NAMED_FILE, text_of(page)) if not ("NNNN" in name or (REPOSITORY / name).exists())
    ]

    assert [step for step in re.findall(NAMED_STEP, text_of(page)) if step not in STEPS] == []
    assert set(re.findall(r"thbfund\[(\w+)\]", text_of(page))) <= EXTRAS.keys()
    assert files == []
