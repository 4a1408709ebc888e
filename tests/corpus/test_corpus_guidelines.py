"""The examples of the guidelines are what the compiler makes of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from govextract.corpus.checks import check_marks
from tests.corpus.sources import entry

TEXT = (Path(__file__).parents[2] / "corpus" / "GUIDELINES.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"^```(examples|records) ([AHTMD])\n(.*?)^```$", re.M | re.S)


def _lines(kind: str, sign: str) -> Iterator[tuple[str, str]]:
    for block, label, lines in _BLOCK.findall(TEXT):
        if block == kind:
            yield from ((label, line[2:]) for line in lines.splitlines() if line[0] == sign)


def _in_task(line: str) -> str:
    """Return an example inside a task where it assigns units and is none itself."""
    assigns = "⟦A" in line or "⟦P" in line
    return line if "⟦T" in line or not assigns else f"⟦T⟧1.例句。{line}⟦/T⟧"


@pytest.mark.parametrize(("label", "line"), list(_lines("examples", "+")))
def test_guidelines_positive_examples_compile_without_fault(label: str, line: str) -> None:
    given = entry(_in_task(line) + "\n", width="full")
    assert label in {mark.kind for mark in given.document.marks}
    allowed = ("no task", "level 2 under", "of the punctuation")
    faults = [m for _, m in check_marks(given.document) if not any(w in m for w in allowed)]
    assert faults == []


@pytest.mark.parametrize(("label", "line"), list(_lines("examples", "-")))
def test_guidelines_negative_examples_hold_no_mark(label: str, line: str) -> None:
    assert label
    assert "⟦" not in line


@pytest.mark.parametrize("section", ["H", "T", "A", "M", "D"])
def test_guidelines_every_label_has_three_examples_of_both_sorts(section: str) -> None:
    for sign in "+-":
        assert sum(label == section for label, _ in _lines("examples", sign)) >= 3
    if section in "MD":
        for sign in "+-":
            assert sum(label == section for label, _ in _lines("records", sign)) >= 3


def _derived(label: str, span: str) -> str:
    given = entry(f"⟦{label} {span}⟧\n", layouts="[no-units]").annotation
    if label == "D":
        [limit] = given.deadlines()
        return limit.date or limit.recurrence or "null"
    [metric] = given.metrics()
    upper = "" if metric.value_max is None else f"–{metric.value_max:f}"
    value = f"{metric.value:f}{upper}"
    return " | ".join((metric.indicator, metric.change, metric.comparison, value, metric.unit))


@pytest.mark.parametrize(("label", "line"), list(_lines("records", "+")))
def test_guidelines_records_are_those_derived(label: str, line: str) -> None:
    span, _, record = line.partition(" → ")
    assert _derived(label, span) == record


@pytest.mark.parametrize(("label", "line"), list(_lines("records", "-")))
def test_guidelines_wrong_records_are_not_derived(label: str, line: str) -> None:
    span, _, record = line.partition(" → ")
    assert _derived(label, span) != record
