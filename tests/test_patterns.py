"""Patterns that look ahead for a first character before they try their forms: none is shut out."""

from __future__ import annotations

from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

from govextract.rules.paragraphs import _INLINE
from govextract.rules.prose import _TRIGGER
from govextract.rules.unit_lists import FIRST_LEADS
from govextract.values.quantities_mentions import _CANDIDATE
from govextract.values.quantities_opening import _GIVEN, TIME
from govextract.values.quantities_past import _COMPARED, _YEAR
from govextract.values.quantities_registers import pattern

PATTERNS = {
    "inline numbers": _INLINE,
    "verbs of prose": _TRIGGER,
    "first leads": FIRST_LEADS,
    "numerals": _CANDIDATE,
    "amounts given": _GIVEN,
    "times of targets": TIME,
    "comparisons": _COMPARED,
    "years": _YEAR,
    "goals": pattern("goal"),
}


def _members(items: Any) -> set[str]:
    """Return the characters of a set as written between brackets."""
    found: set[str] = set()
    for kind, value in items:
        if kind is op.LITERAL:
            found.add(chr(value))
        elif kind is op.RANGE:
            found |= {chr(c) for c in range(value[0], value[1] + 1)}
        else:
            assert value is op.CATEGORY_DIGIT, f"no rule for {kind} {value}"
            found |= set("0123456789")
    return found


def _first(items: Any) -> tuple[set[str], bool]:
    """Return the characters that what `items` match can begin with, and whether it can be empty."""
    found: set[str] = set()
    for kind, value in items:
        if kind in (op.AT, op.ASSERT_NOT) or (kind is op.ASSERT and value[0] < 0):
            continue
        if kind is op.LITERAL:
            return found | {chr(value)}, False
        if kind is op.IN:
            return found | _members(value), False
        if kind is op.BRANCH:
            parts = [_first(branch) for branch in value[1]]
            more, empty = set().union(*(p[0] for p in parts)), any(p[1] for p in parts)
        elif kind in (op.MAX_REPEAT, op.MIN_REPEAT):
            more, empty = _first(value[2])
            empty = empty or value[0] == 0
        else:
            assert kind in (op.SUBPATTERN, op.ASSERT), f"no rule for {kind}"
            more, empty = _first(value[-1])
        found |= more
        if not empty:
            return found, False
    return found, True


def shut_out(expression: str) -> set[str]:
    """Return the characters that a form begins with and the look ahead in front does not name."""
    (kind, (direction, ahead)), *forms = parser.parse(expression)
    assert kind is op.ASSERT
    assert direction > 0
    return _first(forms)[0] - _first(ahead)[0]


@pytest.mark.parametrize("name", PATTERNS)
def test_patterns_look_ahead_names_the_first_character_of_every_form(name: str) -> None:
    assert shut_out(PATTERNS[name].pattern) == set()


@pytest.mark.parametrize(
    ("expression", "missing"),
    [("(?=[甲乙])(?:甲子|丙寅)", {"丙"}), (r"(?=[年])(?:到?年|\d)", {"到", *"0123456789"})],
)
def test_patterns_check_finds_a_form_that_is_shut_out(expression: str, missing: set[str]) -> None:
    assert shut_out(expression) == missing
