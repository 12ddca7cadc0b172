"""The shape of the code: who may import whom, and how big things may grow."""

import ast
import builtins
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import thbfund

SOURCE = Path(__file__).parents[1] / "src"
MODULES = sorted(SOURCE.rglob("*.py"))
MODULE_IDS = [path.relative_to(SOURCE).as_posix() for path in MODULES]

MOST_LINES_OF_A_MODULE = 300
MOST_LINES_OF_A_FUNCTION = 40

# Parts that answer the same whatever the hour, the network and the machine: `on` is an argument.
CORE = ("input", "documents", "catalogue", "project.py", "text", "rules", "ranking", "matching.py", "guidance",
        "explain.py", "report")  # fmt: skip
OUTSIDE_WORLD = {"os", "socket", "subprocess", "time", "urllib.request", "http.client", "requests", "httpx", "random"}
CLOCKS = {"today", "now", "utcnow"}


def tree_of(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def is_core(path):
    return path.relative_to(SOURCE / "thbfund").parts[0] in CORE


def imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_imports_keep_the_direction_that_pyproject_sets(repository):
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    finished = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=False)

    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert "2 kept, 0 broken" in finished.stdout


@pytest.mark.parametrize("path", MODULES, ids=MODULE_IDS)
def test_no_module_is_too_long(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES_OF_A_MODULE


@pytest.mark.parametrize("path", MODULES, ids=MODULE_IDS)
def test_no_function_is_too_long(path):
    functions = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]

    too_long = [node.name for node in functions if node.end_lineno - node.lineno >= MOST_LINES_OF_A_FUNCTION]
    assert too_long == []


@pytest.mark.parametrize("path", MODULES, ids=MODULE_IDS)
def test_every_module_says_what_it_is(path):
    assert ast.get_docstring(tree_of(path))


@pytest.mark.parametrize("path", [path for path in MODULES if is_core(path)], ids=lambda path: path.stem)
def test_the_core_knows_neither_clock_nor_network_nor_environment(path):
    tree = tree_of(path)
    calls = {
        node.func.attr for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }

    assert not OUTSIDE_WORLD & set(imported(tree))
    assert not CLOCKS & calls


# -- the walks of ARCHITECTURE.md go through rooms that exist

WALKS = (SOURCE.parent / ".github" / "ARCHITECTURE.md").read_text(encoding="utf-8")
STOPS = sorted(set(re.findall(r"`([a-z_/0-9]+\.py)(?::(\w+)(?:\.(\w+))?)?`", WALKS)))


def defined(body):
    """What a module or class defines, by name."""
    kinds = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    return {node.name: getattr(node, "body", []) for node in body if isinstance(node, kinds)}


def test_there_are_walks():
    assert len(STOPS) > 20


@pytest.mark.parametrize(("module", "name", "method"), STOPS, ids=lambda part: part)
def test_every_stop_of_a_walk_exists(module, name, method):
    path = SOURCE.parent / module if module.startswith("tests/") else SOURCE / "thbfund" / module
    found = defined(tree_of(path).body)

    assert not name or name in found
    assert not method or method in defined(found[name])


def test_every_part_has_its_place_in_the_import_rule_and_in_the_table_of_the_layout():
    parts = {path for path in (SOURCE / "thbfund").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    parts = {path for path in parts if not path.name.startswith("__")}
    rules = tomllib.loads((SOURCE.parent / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers, streamlit = rules["contracts"]
    layout = (SOURCE.parent / ".github" / "CONTRIBUTING.md").read_text(encoding="utf-8")

    names = {f"thbfund.{path.stem}" for path in parts}
    assert names == set(layers["layers"])
    assert names - {"thbfund.web"} == set(streamlit["source_modules"])
    shown = {f"`{path.name}`" if path.suffix else f"`{path.name}/`" for path in parts}
    assert {name for name in shown if name not in layout} == set()


@pytest.mark.parametrize("name", thbfund.__all__)
def test_every_public_name_can_be_had(name):
    assert getattr(thbfund, name) is not None


def test_a_name_that_the_package_has_not_is_refused():
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        thbfund.nonsense  # noqa: B018 - to ask is the test


def test_all_errors_of_the_package_have_one_base_but_the_answer_to_a_refused_request():
    bases = {
        node.name: {ast.unparse(base) for base in node.bases}
        for path in MODULES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ClassDef)
    }
    builtin = {
        name for name, found in vars(builtins).items() if isinstance(found, type) and issubclass(found, Exception)
    }

    assert {name for name, found in bases.items() if found & builtin} == {"ThbfundError", "Refused"}
