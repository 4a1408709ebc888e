from __future__ import annotations

import itertools
import random
from decimal import Decimal
from typing import Any

import pytest

from govextract.records import Deadline, Metric, Responsibility, Role, Task
from govextract.scoring import Counts, Ratio, iou, pair_tasks, score_tasks
from govextract.scoring.tasks import all_right, number_key, same_metric, units_right
from tests.scoring.randoms import random_task


def unit(
    name: str, role: Role = "responsible", surface: str = "", agency: str | None = None
) -> Any:
    return Responsibility(surface or name, name, agency, role, 0, 1)


def metric(
    value: str = "5", unit: str = "家", indicator: str = "新增企业", **fields: Any
) -> Metric:
    given = {"change": "level", "comparison": "eq", "value_max": None} | fields
    return Metric("", indicator, value=Decimal(value), unit=unit, start=0, end=1, **given)


def task(start: int = 0, end: int = 10, *units: Any, **fields: Any) -> Task:
    return Task(
        "", fields.pop("number", "1"), [], "", start, end, responsibilities=[*units], **fields
    )


def figures(gold: list[Task], found: list[Task]) -> dict[str, Any]:
    return score_tasks(pair_tasks(gold, found))


@pytest.mark.parametrize(
    ("found", "pairs"),
    [
        ((0, 10), 1),
        ((0, 5), 1),  # half of it: the least that counts
        ((0, 4), 0),
        ((0, 20), 1),
        ((0, 21), 0),
        ((10, 20), 0),
    ],
)
def test_tasks_are_paired_from_half_their_union_on(found: tuple[int, int], pairs: int) -> None:
    assert len(pair_tasks([task(0, 10)], [task(*found)]).pairs) == pairs


def test_tasks_each_is_paired_once() -> None:
    counts = figures([task(0, 10)], [task(0, 10), task(0, 9)])["task/detected"]
    assert counts == Counts(1, gold=1, predicted=2)


def test_tasks_alignment_has_the_overlap_of_brute_force() -> None:
    for seed in range(300):
        rng = random.Random(seed)
        gold = [random_task(rng) for _ in range(rng.randint(0, 5))]
        found = [random_task(rng) for _ in range(rng.randint(0, 5))]
        pairing = pair_tasks(gold, found)
        total = sum(iou((g.start, g.end), (p.start, p.end)) for g, p in pairing.both())
        short, long = sorted((gold, found), key=len)
        best = max(
            sum(
                share
                for a, b in zip(short, chosen, strict=True)
                if (share := iou((a.start, a.end), (b.start, b.end))) >= 0.5
            )
            for chosen in itertools.permutations(long, len(short))
        )
        assert total == pytest.approx(best, abs=1e-4)


@pytest.mark.parametrize(
    ("gold", "found", "surface", "full", "name", "role"),
    [
        (unit("市财政局"), unit("市财政局"), 1, 1, 1, Ratio(1, 1)),
        (
            unit("市财政局", surface="财政局"),
            unit("财政局", surface="财政局"),
            1,
            0,
            0,
            Ratio(0, 0),
        ),
        (unit("市财政局", surface="财政局"), unit("市财政局"), 0, 1, 1, Ratio(1, 1)),
        (unit("市财政局", "lead"), unit("市财政局"), 0, 0, 1, Ratio(0, 1)),
        (unit("市财政局"), unit("市审计局"), 0, 0, 0, Ratio(0, 0)),
    ],
)
def test_tasks_units(
    gold: Any, found: Any, surface: int, full: int, name: int, role: Ratio
) -> None:
    result = figures([task(0, 10, gold)], [task(0, 10, found)])
    assert result["unit/surface+role"] == Counts(surface, 1, 1)
    assert result["unit/name+role"] == Counts(full, 1, 1)
    assert result["unit/name"] == Counts(name, 1, 1)
    assert result["unit/role"] == role


def test_tasks_units_named_twice_are_a_multiset() -> None:
    result = figures([task(0, 9, unit("甲局"))], [task(0, 9, unit("甲局"), unit("甲局"))])
    assert result["unit/name+role"] == Counts(1, gold=1, predicted=2)


def test_tasks_records_of_unpaired_tasks_count() -> None:
    found = task(50, 60, unit("乙局"), unit("丙局"), metrics=[metric()])
    result = figures(
        [task(0, 10, unit("甲局"), deadlines=[Deadline("", "x", None, 0, 1)])], [found]
    )
    assert result["unit/name"] == Counts(0, gold=1, predicted=2)
    assert result["metric/value+unit"] == Counts(0, gold=0, predicted=1)
    assert result["deadline/date"] == Counts(0, gold=1, predicted=0)
    assert result["unit/false-assignment"] == Ratio(2, 2)


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        ([unit("甲局", "lead")], Ratio(0, 1)),  # its task, in another role
        ([unit("甲局"), unit("乙局")], Ratio(1, 2)),
        ([unit("甲局"), unit("李明", "leader")], Ratio(0, 1)),
        ([], Ratio(0, 0)),
    ],
)
def test_tasks_false_assignments(units: list[Any], expected: Ratio) -> None:
    result = figures([task(0, 10, unit("甲局"))], [task(0, 10, *units)])
    assert result["unit/false-assignment"] == expected


def test_tasks_identifiers_are_scored_only_where_the_gold_gives_them() -> None:
    known, unknown = unit("甲局", agency="a"), unit("甲局")
    assert figures([task(0, 9, unknown)], [task(0, 9, known)])["unit/agency"] == Counts()
    assert figures([task(0, 9, known)], [task(0, 9, unknown)])["unit/agency"] == Counts(0, 1, 0)
    assert figures([task(0, 9, known)], [task(0, 9, known)])["unit/agency"] == Counts(1, 1, 1)


@pytest.mark.parametrize(
    ("found", "plain", "bound", "indicator"),
    [
        (metric(), 1, 1, 1),
        (metric("6"), 0, 0, 0),
        (metric(unit="个"), 0, 0, 0),
        (metric(comparison="ge"), 1, 0, 1),
        (metric(change="increase"), 1, 0, 1),
        (metric(value_max=Decimal(9)), 0, 0, 0),
        (metric(indicator="新增的企业"), 1, 1, 1),
        (metric(indicator="招工"), 1, 1, 0),
    ],
)
def test_tasks_metrics(found: Metric, plain: int, bound: int, indicator: int) -> None:
    result = figures([task(metrics=[metric()])], [task(metrics=[found])])
    assert result["metric/value+unit"] == Counts(plain, 1, 1)
    assert result["metric/value+unit+bound"] == Counts(bound, 1, 1)
    assert result["metric/value+unit+indicator"] == Counts(indicator, 1, 1)


def test_tasks_metrics_fractions_agree_to_three_decimals() -> None:
    assert same_metric(metric("0.3333333", ":1"), metric("0.333", ":1"))
    assert not same_metric(metric("0.34", ":1"), metric("0.333", ":1"))


def test_tasks_metrics_are_paired_for_the_most_hits() -> None:
    # The first target fits both that were found, the second only the first of them: to take the
    # first fit that comes would lose one.
    gold = [metric(indicator="甲乙丙丁"), metric(indicator="甲乙戊己")]
    found = [metric(indicator="甲乙丙戊"), metric(indicator="甲乙丙丁")]
    result = figures([task(metrics=gold)], [task(metrics=found)])
    assert result["metric/value+unit+indicator"] == Counts(2, 2, 2)


@pytest.mark.parametrize(
    ("date", "recurrence", "correct"),
    [("2020-06-30", None, 1), ("2020-06-29", None, 0), (None, None, 0), (None, "P1M", 0)],
)
def test_tasks_deadlines(date: str | None, recurrence: str | None, correct: int) -> None:
    gold = task(deadlines=[Deadline("6月底前", "2020-06-30", None, 0, 1)])
    found = task(deadlines=[Deadline("6月底前", date, recurrence, 3, 4)])
    assert figures([gold], [found])["deadline/date"] == Counts(correct, 1, 1)


@pytest.mark.parametrize(
    ("found", "units", "everything"),
    [
        (task(0, 10, unit("甲局"), metrics=[metric()]), True, True),
        (task(0, 10, unit("甲局"), metrics=[metric()], number="2"), True, False),
        (task(0, 10, unit("甲局"), metrics=[metric(), metric()]), True, False),
        (task(0, 10, unit("甲局")), True, False),
        (task(0, 10, unit("甲局"), unit("乙局"), metrics=[metric()]), False, False),
        (task(0, 10, unit("甲局", "lead"), metrics=[metric()]), False, False),
        (task(0, 10, metrics=[metric()]), False, False),
        (
            task(
                0, 10, unit("甲局"), metrics=[metric()], deadlines=[Deadline("", "x", None, 0, 1)]
            ),
            True,
            False,
        ),
    ],
)
def test_tasks_whole(found: Task, units: bool, everything: bool) -> None:
    gold = task(0, 10, unit("甲局"), metrics=[metric()])
    assert units_right(gold, found) is units
    assert all_right(gold, found) is everything
    result = figures([gold, task(90, 95)], [found])
    assert result["task/units"] == Ratio(int(units), 2)
    assert result["task/all"] == Ratio(int(everything), 2)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("（三）", "(三)", True),
        ("1、", "1", True),
        ("1", "2", False),
        (None, "", True),
        ("1", None, False),
    ],
)
def test_tasks_numbers(one: str | None, other: str | None, same: bool) -> None:
    assert (number_key(one) == number_key(other)) is same
    assert figures([task(number=one)], [task(number=other)])["task/number"].correct == same


def test_tasks_of_equal_place_are_paired_by_their_content() -> None:
    a, b = task(0, 10, unit("甲局"), number="1"), task(0, 10, unit("乙局"), number="2")
    for gold, found in itertools.product([[a, b], [b, a]], repeat=2):
        assert figures(gold, found)["task/units"] == Ratio(2, 2)


def test_tasks_of_equal_place_are_paired_by_their_number() -> None:
    gold = [task(number="1"), task(number="2")]
    found = [task(number="2"), task(number="3")]
    assert figures(gold, found)["task/number"] == Counts(1, 2, 2)


def test_tasks_title_and_path_disregard_line_breaks() -> None:
    gold = Task("", "1", ["一、总体\n要求"], "建设\n泵站", 0, 9)
    found = Task("", "1", ["一、总体要求"], "建设泵站", 0, 9)
    other = Task("", "1", ["二、总体要求"], "建设水站", 0, 9)
    assert figures([gold], [found])["task/title"].correct == 1
    assert figures([gold], [found])["task/path"].correct == 1
    assert figures([gold], [other])["task/title"].correct == 0
    assert figures([gold], [other])["task/path"].correct == 0
