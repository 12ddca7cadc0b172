"""The examples that stand in docstrings: what they say comes out."""

import doctest
import importlib
import pkgutil

import pytest

import thbfund

APART = ("thbfund.__main__", "thbfund.apart.__main__", "thbfund.web.")  # programs and pages run when they are loaded


def examples():
    """Every docstring with examples, of every module that can be loaded without being run."""
    finder = doctest.DocTestFinder(exclude_empty=True)
    for module in pkgutil.walk_packages(thbfund.__path__, "thbfund."):
        if not module.name.startswith(APART):
            loaded = importlib.import_module(module.name)
            yield from (found for found in finder.find(loaded, module.name) if found.examples)


EXAMPLES = list(examples())


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_what_an_example_says_comes_out(example):
    said = []
    found = doctest.DocTestRunner().run(example, out=said.append)

    assert (found.failed, "".join(said)) == (0, "")


def test_there_are_examples_to_try():
    assert len(EXAMPLES) >= 15
