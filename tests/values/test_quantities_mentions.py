"""Numbers with units, whatever they are for: a table, and what holds for any text."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

import pytest

from govextract.data import DataFileError
from govextract.values.quantities import Quantity, find_quantities
from govextract.values.quantities_numbers import fold
from govextract.values.quantities_registers import bounds, lexicon, units
from tests.support import read_cases

CASES = read_cases("quantity_mentions.tsv", ("text", "shows"))
_MARK = re.compile(r"⟦([^|⟧]+)\|([^|⟧]+)\|([^|⟧]+)⟧")
_BOUNDS = {"eq": "=", "ge": "≥", "le": "≤", "approx": "≈", "range": ""}


def unmark(marked: str) -> tuple[str, list[tuple[int, int, str, str]]]:
    text, at, found = "", 0, []
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        found.append((len(text), len(text) + len(mark[1]), mark[2], mark[3]))
        text, at = text + mark[1], mark.end()
    return text + marked[at:], found


def written(quantity: Quantity) -> tuple[int, int, str, str]:
    upper = "" if quantity.value_max is None else f"..{quantity.value_max}"
    value = f"{_BOUNDS[quantity.comparison]}{quantity.value}{upper}"
    return quantity.start, quantity.end, value, quantity.unit


@pytest.mark.parametrize("row", CASES, ids=lambda row: row["text"])
def test_find_quantities_reads_the_table(row: dict[str, str]) -> None:
    text, gold = unmark(row["text"])
    assert [written(q) for q in find_quantities(text)] == gold


def test_find_quantities_keeps_a_third_exact() -> None:
    (share,) = find_quantities("压减三分之一")
    assert share.value == Fraction(1, 3)


def test_find_quantities_does_not_round_decimals() -> None:
    (area,) = find_quantities("新增2.55万亩")
    assert area.value == Decimal(25500)


def test_find_quantities_stays_inside_the_range() -> None:
    text = "5家、6家、7家"
    assert [q.text for q in find_quantities(text, 3, 6)] == ["6家"]


def test_fold_keeps_every_offset() -> None:
    text = "（８％—１０％），３∶１／　"
    assert len(fold(text)) == len(text)
    assert fold(text) == "(8%-10%),3:1/ "


def test_registers_name_known_kinds_only() -> None:
    kinds = {unit.kind for group in units().values() for unit in group}
    assert kinds == {
        *("share", "point", "tenth", "times", "money", "length", "area", "volume", "mass"),
        *("energy", "data", "duration", "age", "count", "score", "frequency"),
    }
    assert {b.comparison for b in bounds("before").values()} <= {"ge", "le", "approx"}


def test_registers_have_words_of_every_class_in_use() -> None:
    classes = ("goal", "reach", "filler", "up", "down", "action", "work", "head", "past")
    assert all(lexicon(name).exceptions for name in classes)


def test_lexicon_of_an_unknown_class_is_an_error() -> None:
    with pytest.raises(DataFileError, match="no word of class 'nonsense'"):
        lexicon("nonsense")
