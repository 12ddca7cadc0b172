"""The house in figures: files, lines, length of functions, shares with types and docstrings, tests, dependencies.

Run `python tests/benchmarks/house.py`; of an earlier state, check it out and name its folder: `... house.py ../before`.
"""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

Function = ast.FunctionDef | ast.AsyncFunctionDef


def main(house: Path) -> None:
    """Print a table in Markdown."""
    sys.stdout.write("| Figure | Value |\n|---|---|\n")
    for name, value in figures(house):
        sys.stdout.write(f"| {name} | {value} |\n")


def figures(house: Path) -> Iterator[tuple[str, str]]:
    """Each figure with its name."""
    source = {path: path.read_text(encoding="utf-8") for path in sorted((house / "src").rglob("*.py"))}
    trees = [ast.parse(text) for text in source.values()]
    functions = [node for tree in trees for node in ast.walk(tree) if isinstance(node, Function)]
    public = [node for tree in trees for node in _public(tree)]
    lengths = [node.end_lineno - node.lineno + 1 for node in functions if node.end_lineno]
    yield "files in `src/`", str(len(source))
    yield "lines in `src/`", f"{sum(text.count(chr(10)) for text in source.values()):,}"
    yield "longest file, lines", str(max(text.count("\n") for text in source.values()))
    yield "functions", str(len(functions))
    yield "length of a function: median, 90th percentile, longest", _spread(lengths)
    yield "functions with all types", _share(sum(_typed(node) for node in functions), len(functions))
    yield "public functions and classes with docstring", _share(sum(map(_told, public)), len(public))
    tests = [path.read_text(encoding="utf-8") for path in sorted((house / "tests").glob("test_*.py"))]
    yield "files of tests", str(len(tests))
    yield "functions that test", str(sum(len(re.findall(r"^ *def test_", text, re.MULTILINE)) for text in tests))
    project = tomllib.loads((house / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    yield "dependencies of the base", str(len(project["dependencies"]))
    locked = (house / "requirements.lock").read_text(encoding="utf-8")
    yield "packages in the lock, all extras", str(len(re.findall(r"^[a-z0-9].*==", locked, re.MULTILINE)))


def _public(tree: ast.Module) -> Iterator[Function | ast.ClassDef]:
    kinds = Function | ast.ClassDef
    for node in tree.body:
        if isinstance(node, kinds) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from (each for each in node.body if isinstance(each, Function) and not each.name.startswith("_"))


def _typed(node: Function) -> bool:
    arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    named = [argument for argument in arguments if argument.arg not in {"self", "cls"}]
    return node.returns is not None and all(argument.annotation for argument in named)


def _told(node: Function | ast.ClassDef) -> bool:
    return ast.get_docstring(node) is not None


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%} ({part} of {whole})"


def _spread(lengths: list[int]) -> str:
    return f"{median(lengths):.0f}, {quantiles(lengths, n=10)[-1]:.0f}, {max(lengths)} lines"


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parents[2])
