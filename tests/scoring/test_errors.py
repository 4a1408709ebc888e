from __future__ import annotations

import random
from decimal import Decimal

import pytest

from govextract.records import Deadline, Entity, Label, Metric, Responsibility, Role, Task
from govextract.scoring import mistakes
from tests.scoring.randoms import gold, ledger, random_ledger, shuffled
from tests.support import parse_inline

NAMES: dict[str, Label] = {"A": "AGENCY", "M": "METRIC", "D": "DEADLINE"}


def read(marked: str) -> tuple[str, list[Entity]]:
    text, marks = parse_inline(marked)
    return text, [Entity(s, e, NAMES[kind], text[s:e], "rule", 1.0) for kind, s, e in marks]


@pytest.mark.parametrize(
    ("wanted", "given", "expected"),
    [
        ("由⟦A 市财政局⟧办", "由⟦A 市财政局⟧办", []),
        ("由⟦A 市财政局⟧办", "由市财政局办", [("missed", "AGENCY", "市财政局", None)]),
        ("由市财政局办", "由⟦A 市财政局⟧办", [("spurious", "AGENCY", None, "市财政局")]),
        ("由⟦A 市财政局⟧办", "由市⟦A 财政局⟧办", [("boundary", "AGENCY", "市财政局", "财政局")]),
        (
            "由⟦A 市财政局⟧办",
            "由⟦D 市财政局⟧办",
            [("label", "AGENCY", "AGENCY 市财政局", "DEADLINE 市财政局")],
        ),
        (
            "⟦A 甲局⟧、⟦A 乙局⟧",
            "⟦A 甲局、乙局⟧",
            [("boundary", "AGENCY", "甲局", "甲局、乙局"), ("missed", "AGENCY", "乙局", None)],
        ),
        # The same label is the partner, although the other one has the same place.
        ("⟦M 新增五家⟧", "⟦D 新增⟧⟦M 五家⟧", [
            ("boundary", "METRIC", "新增五家", "五家"), ("spurious", "DEADLINE", None, "新增"),
        ]),
    ],
)  # fmt: skip
def test_errors_of_spans(
    wanted: str, given: str, expected: list[tuple[str, str, str | None, str | None]]
) -> None:
    (text, spans), (_, found) = read(wanted), read(given)
    listed = mistakes(gold(ledger([], spans, text)), ledger([], found, text), scope="document")
    assert sorted((m.kind, m.what, m.gold, m.predicted) for m in listed) == sorted(expected)


def one_task(*units: Responsibility, **fields: object) -> Task:
    given = {"number": "1", "path": [], "title": "修路", "start": 0, "end": 20}
    return Task(id="", responsibilities=[*units], **(given | fields))  # type: ignore[arg-type]


def unit(name: str, role: Role = "responsible", surface: str = "财政局") -> Responsibility:
    return Responsibility(surface, name, None, role, 3, 6)


def metric(value: int, indicator: str = "企业") -> Metric:
    return Metric("", indicator, "level", "eq", Decimal(value), None, "家", 2, 5)


@pytest.mark.parametrize(
    ("wanted", "given", "expected"),
    [
        (one_task(unit("市财政局")), one_task(unit("市财政局")), []),
        (
            one_task(unit("市财政局")),
            one_task(unit("市财政局", "lead")),
            [("role", "unit", "市财政局 responsible", "市财政局 lead")],
        ),
        (
            one_task(unit("市财政局")),
            one_task(unit("财政局")),
            [("name", "unit", "市财政局", "财政局")],
        ),
        (one_task(unit("甲")), one_task(), [("missed", "unit", "甲 responsible", None)]),
        (one_task(), one_task(unit("甲")), [("spurious", "unit", None, "甲 responsible")]),
        (one_task(), one_task(end=18), [("boundary", "task")]),
        (one_task(), one_task(start=40, end=50), [("missed", "task"), ("spurious", "task")]),
        (one_task(metrics=[metric(5)]), one_task(metrics=[metric(5)]), []),
        (one_task(metrics=[metric(5)]), one_task(metrics=[metric(6)]), [("value", "METRIC")]),
        (one_task(metrics=[metric(5)]), one_task(metrics=[metric(5, "人")]), [("value", "METRIC")]),
        (
            one_task(deadlines=[Deadline("", "2020-06-30", None, 2, 4)]),
            one_task(deadlines=[Deadline("", None, "P1M", 2, 4)]),
            [("value", "DEADLINE", "2020-06-30", "P1M")],
        ),
    ],
)
def test_errors_of_records(wanted: Task, given: Task, expected: list[tuple[str, ...]]) -> None:
    listed = mistakes(gold(ledger([wanted])), ledger([given]))
    found = [(m.kind, m.what, m.gold, m.predicted) for m in listed]
    assert [f[: len(e)] for f, e in zip(found, expected, strict=True)] == expected


def test_errors_of_the_gold_itself_are_none() -> None:
    for seed in range(300):
        rng = random.Random(seed)
        wanted = random_ledger(rng)
        # Values are told apart by the places of their spans, which repeat in these random tasks.
        listed = mistakes(gold(wanted), shuffled(rng, wanted), scope="document")
        assert [m for m in listed if m.kind not in ("value",)] == []


def test_errors_do_not_depend_on_order() -> None:
    for seed in range(200):
        rng = random.Random(seed)
        wanted, given = random_ledger(rng), random_ledger(rng)
        once = mistakes(gold(wanted), given)
        again = mistakes(gold(shuffled(rng, wanted)), shuffled(rng, given))
        assert [m for m in once if m.kind != "value"] == [m for m in again if m.kind != "value"]


def test_errors_show_where_they_stand() -> None:
    text, spans = read("请各单位于⟦D 月底前⟧报送材料")
    (m,) = mistakes(gold(ledger([], spans, text)), ledger([], [], text))
    assert (m.before, m.text, m.after) == ("请各单位于", "月底前", "报送材料")
    assert text[m.start : m.end] == "月底前"
    assert m.to_dict()["kind"] == "missed"
