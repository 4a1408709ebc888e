"""The examples of the docstrings run, in the package as it is installed."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from types import ModuleType

import pytest

import govextract

NAMES = [
    "govextract",
    *(module.name for module in pkgutil.walk_packages(govextract.__path__, "govextract.")),
]


def _tests(module: ModuleType) -> list[doctest.DocTest]:
    return [test for test in doctest.DocTestFinder().find(module) if test.examples]


@pytest.mark.parametrize("name", NAMES)
def test_docstrings_examples_give_what_they_show(name: str) -> None:
    module = importlib.import_module(name)
    runner = doctest.DocTestRunner(verbose=False)
    for test in _tests(module):
        report: list[str] = []
        assert runner.run(test, out=report.append).failed == 0, "".join(report)


def test_docstrings_examples_are_found() -> None:
    examples = [
        example
        for name in NAMES
        for test in _tests(importlib.import_module(name))
        for example in test.examples
    ]
    assert len(NAMES) > 40
    assert len(examples) > 100
