"""The case tables together, and the time that adversarial input takes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from govextract.data import parse_rows
from govextract.values.agencies import looks_like_person, resolve, restore, unit_score
from tests.timing import growth

CASES = Path(__file__).parents[1] / "cases"
TABLES: dict[str, tuple[tuple[str, ...], Callable[[dict[str, str]], bool]]] = {
    "agencies_restore.tsv": (
        ("shows", "negative", "place", "surfaces", "names"),
        lambda row: row["negative"] == "negative",
    ),
    "agencies_units.tsv": (
        ("surface", "reads", "shows"),
        lambda row: row["reads"] in ("none", "person"),
    ),
    "agencies_mentions.tsv": (("sentence", "shows"), lambda row: "[" not in row["sentence"]),
    "agencies_resolve.tsv": (
        ("name", "year", "place", "level", "id", "kind", "how", "valid", "shows"),
        lambda row: row["how"] in ("derived", "collective", "none") or row["valid"] == "no",
    ),
}


def test_case_tables_hold_400_cases_a_third_of_them_negative() -> None:
    negative = []
    for name, (columns, is_negative) in TABLES.items():
        rows = parse_rows((CASES / name).read_text(encoding="utf-8"), name, columns)
        negative += [is_negative(row) for row in rows]
    assert len(negative) >= 400
    assert sum(negative) * 3 >= len(negative)


@pytest.mark.parametrize("unit", ["市局", "人民", "市财政局", "（", "各、", "州旗盟师", "国家"])
@pytest.mark.parametrize(
    "call",
    [
        lambda text, n: restore([text * n]),
        lambda text, n: restore([text] * n),
        lambda text, n: resolve(text * n),
        lambda text, n: unit_score(text * n),
        lambda text, n: looks_like_person(text * n),
    ],
    ids=["restore-long", "restore-many", "resolve", "unit_score", "looks_like_person"],
)
def test_agencies_stay_linear(call: Callable[[str, int], object], unit: str) -> None:
    assert growth(lambda n: call(unit, n), 500, 5_000, limit=30) < 30
