"""Records of units, targets and time limits: derived, and overruled by the hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from govextract.corpus import CorpusError
from tests.corpus.sources import BODY, entry


def _metric(marked: str, **head: str) -> tuple[object, ...]:
    [metric] = entry(f"{marked}\n", layouts="[no-units]", **head).annotation.metrics()
    return metric.indicator, metric.change, metric.comparison, metric.value, metric.unit


def test_values_a_target_is_read_by_the_library() -> None:
    expected = ("地区生产总值", "increase", "approx", Decimal(8), "%")
    assert _metric("⟦M 地区生产总值增长8%左右⟧") == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("indicator=新建校舍", ("新建校舍", "level", "eq", Decimal(5), "所")),
        ("comparison=ge", ("新建学校", "level", "ge", Decimal(5), "所")),
        ("change=increase", ("新建学校", "increase", "eq", Decimal(5), "所")),
        ("value=6.50", ("新建学校", "level", "eq", Decimal("6.50"), "所")),
        ("unit=座", ("新建学校", "level", "eq", Decimal(5), "座")),
    ],
)
def test_values_each_field_given_by_hand_wins(fields: str, expected: tuple[object, ...]) -> None:
    assert _metric(f"⟦M{{{fields}}} 新建学校5所⟧") == expected


def test_values_a_target_that_the_library_cannot_read_may_be_given_by_hand() -> None:
    given = "⟦M{indicator=公厕;value=0.5;comparison=ge} 公厕翻新过半⟧"
    assert _metric(given) == ("公厕", "level", "ge", Decimal("0.5"), "")


def test_values_a_number_given_by_hand_ends_a_range_that_was_derived() -> None:
    assert _metric("⟦M{value=2} 培育灯塔工厂1—2家⟧")[2:4] == ("eq", Decimal(2))


@pytest.mark.parametrize(
    ("marked", "message"),
    [
        ("⟦M 公厕全面翻新⟧", "give indicator, value by hand"),
        ("⟦M{value=五} 新建学校5所⟧", "is no number"),
        ("⟦M{value=1e3} 新建学校5所⟧", "is no number"),
        ("⟦M{comparison=gt} 新建学校5所⟧", "is none of eq, ge, le, approx, range"),
        ("⟦M{change=up} 新建学校5所⟧", "is none of increase, decrease, level"),
        ("⟦M{comparison=range} 新建学校5所⟧", "a range has two values"),
        ("⟦M{value=1;value_max=2} 新建学校5所⟧", "a range has two values"),
        ("⟦D{date=2024-6-30} 汛前⟧", "neither a date"),
        ("⟦D{date=2024-06-31} 汛前⟧", "neither a date"),
        ("⟦D{recurrence=monthly} 每月⟧", "no period of ISO 8601"),
        ("⟦D{date=2024-06-30;recurrence=P1M} 每月⟧", "that recurs has no date"),
        ("⟦D 条件成熟时⟧", "give date or recurrence"),
    ],
)
def test_values_what_cannot_be_read_is_refused(marked: str, message: str) -> None:
    with pytest.raises(CorpusError) as refused:
        entry(f"甲\n{marked}\n", layouts="[no-units]")
    [fault] = refused.value.faults
    assert message in fault.message
    assert fault.line == 14


@pytest.mark.parametrize(
    ("marked", "head", "expected"),
    [
        ("⟦D 6月底前⟧", {}, ("2024-06-30", None)),
        ("⟦D 6月底前⟧", {"year": "2019"}, ("2019-06-30", None)),
        ("⟦D 两年内⟧", {}, ("2026-03-01", None)),
        ("⟦D 两年内⟧", {"issued_on": "null"}, (None, None)),
        ("⟦D 每季度⟧", {}, (None, "P3M")),
        ("⟦D{date=2024-05-20} 5月中旬⟧", {}, ("2024-05-20", None)),
        ("⟦D{date=null} 6月底前⟧", {}, (None, None)),
        ("⟦D{recurrence=P6M} 每学期⟧", {}, (None, "P6M")),
    ],
)
def test_values_a_time_limit_is_dated(
    marked: str, head: dict[str, str], expected: tuple[str | None, str | None]
) -> None:
    [limit] = entry(f"{marked}\n", layouts="[no-units]", **head).annotation.deadlines()
    assert (limit.date, limit.recurrence) == expected


def _units(body: str) -> list[tuple[str, str, str]]:
    [task] = entry(f"⟦T⟧{body}⟦/T⟧\n").annotation.tasks
    return [(r.surface, r.name, r.role) for r in task.responsibilities]


def test_values_a_unit_is_called_as_written_unless_the_hand_says_else() -> None:
    assert _units("清淤(⟦A.lead 县水利局⟧、⟦A.resp=县财政局 财政局⟧、⟦A.resp 人行⟧)") == [
        ("县水利局", "县水利局", "lead"),
        ("财政局", "县财政局", "responsible"),
        ("人行", "人行", "responsible"),
    ]


def test_values_blanks_of_the_layout_are_no_part_of_a_name() -> None:
    assert _units("清淤(⟦A.lead 县 水利局⟧)") == [("县 水利局", "县水利局", "lead")]


def test_values_a_unit_named_twice_has_its_strongest_role_once() -> None:
    body = "⟦A.resp=县水利局 水利局⟧负责清淤。(⟦A.lead 县水利局⟧牵头,⟦A.assist 县水利局⟧)"
    assert _units(body) == [("县水利局", "县水利局", "lead")]


def test_values_a_person_is_a_leader_beside_a_unit_of_the_same_name() -> None:
    assert [role for *_, role in _units("清淤(⟦P 各镇⟧、⟦A.resp 各镇⟧)")] == [
        "leader",
        "responsible",
    ]


def test_values_a_unit_that_running_text_mentions_is_assigned_nothing() -> None:
    names = [r.name for t in entry(BODY).annotation.tasks for r in t.responsibilities]
    assert "县政府督查室" not in names
