"""Targets: spans and records in a table of sentences, and what holds for any text."""

from __future__ import annotations

import itertools
import json
import os
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from govextract.records import Metric
from govextract.values.quantities import find_metrics, find_quantities, metric_from_span
from tests.support import read_cases
from tests.timing import growth, least_seconds

COLUMNS = ("text", "year", "shows")
TARGETS = read_cases("quantities_targets.tsv", COLUMNS)
NEGATIVES = read_cases("quantities_negatives.tsv", COLUMNS)
MARK = re.compile(r"⟦([^|⟧]+)\|([^|⟧]+)\|([^|⟧]+)\|([^|⟧]+)\|([^|⟧]*)⟧")
CHANGES = {"increase": "+", "decrease": "-", "level": "="}
BOUNDS = {"eq": "=", "ge": "≥", "le": "≤", "approx": "≈", "range": ""}
WIDE = {",": "，", "(": "（", ")": "）", ":": "：", ";": "；", "%": "％"}
Span = tuple[int, int]
Record = tuple[str, str, str, str]


def unmark(marked: str) -> tuple[str, list[Span], list[Record]]:
    """Return the sentence without its marks, the spans, and their records as written."""
    text, at, spans, records = "", 0, [], []
    for mark in MARK.finditer(marked):
        text += marked[at : mark.start()]
        spans.append((len(text), len(text) + len(mark[1])))
        records.append((mark[2], mark[3], mark[4], mark[5]))
        text, at = text + mark[1], mark.end()
    return text + marked[at:], spans, records


def written(metric: Metric) -> Record:
    """Return a record as the table writes it."""
    upper = "" if metric.value_max is None else f"..{metric.value_max:f}"
    value = f"{BOUNDS[metric.comparison]}{metric.value:f}{upper}"
    return metric.indicator, CHANGES[metric.change], value, metric.unit


def year_of(row: dict[str, str]) -> int | None:
    return None if row["year"] == "-" else int(row["year"])


def spans_of(metrics: list[Metric]) -> list[Span]:
    return [(m.start, m.end) for m in metrics]


@pytest.mark.parametrize("row", TARGETS, ids=lambda row: row["text"][:24])
def test_find_metrics_marks_the_spans_of_the_table(row: dict[str, str]) -> None:
    text, spans, _ = unmark(row["text"])
    found = find_metrics(text, year=year_of(row))
    assert [m.text for m in found] == [text[a:b] for a, b in spans]
    assert spans_of(found) == spans


@pytest.mark.parametrize("row", TARGETS, ids=lambda row: row["text"][:24])
def test_find_metrics_records_the_table(row: dict[str, str]) -> None:
    text, _, records = unmark(row["text"])
    assert [written(m) for m in find_metrics(text, year=year_of(row))] == records


@pytest.mark.parametrize("row", NEGATIVES, ids=lambda row: row["text"][:24])
def test_find_metrics_leaves_other_numbers_alone(row: dict[str, str]) -> None:
    assert find_metrics(row["text"], year=year_of(row)) == []


@pytest.mark.parametrize("row", TARGETS, ids=lambda row: row["text"][:24])
def test_metric_from_span_records_a_span_marked_by_others(row: dict[str, str]) -> None:
    text, spans, records = unmark(row["text"])
    found = [metric_from_span(text, a, b, year=year_of(row)) for a, b in spans]
    assert [written(m) for m in found if m is not None] == records
    assert [(m.start, m.end, m.text) for m in found if m is not None] == [
        (a, b, text[a:b]) for a, b in spans
    ]


def test_cases_are_enough_and_a_third_negative() -> None:
    assert len(TARGETS) + len(NEGATIVES) >= 400
    assert len(NEGATIVES) * 2 >= len(TARGETS)


@pytest.mark.parametrize("row", [*TARGETS, *NEGATIVES], ids=lambda row: row["text"][:24])
def test_find_metrics_reads_either_width_of_punctuation_alike(row: dict[str, str]) -> None:
    text, _, _ = unmark(row["text"])
    narrow, wide = (find_metrics(t, year=year_of(row)) for t in (text, widened(text)))
    assert spans_of(narrow) == spans_of(wide)
    assert [(m.value, m.value_max, m.comparison) for m in narrow] == [
        (m.value, m.value_max, m.comparison) for m in wide
    ]


def widened(text: str) -> str:
    return text.translate({ord(narrow): wide for narrow, wide in WIDE.items()})


def test_find_metrics_stays_inside_the_range() -> None:
    text = "新建学校3所。改造医院2家。新增床位400张。"
    assert [m.text for m in find_metrics(text, 7, 14)] == ["改造医院2家"]


def test_find_metrics_never_crosses_a_line_break() -> None:
    text = "新建污水处理厂\n3座，改造\r\n管网20公里"
    assert all("\n" not in m.text and "\r" not in m.text for m in find_metrics(text))


def test_find_metrics_takes_an_earlier_year_for_the_past() -> None:
    text = "2020年新增企业90家。"
    assert find_metrics(text, year=2021) == []
    assert [m.text for m in find_metrics(text, year=2020)] == ["新增企业90家"]


def test_find_metrics_keeps_the_value_of_a_third_to_twelve_places() -> None:
    (metric,) = find_metrics("审批事项压减三分之一。")
    assert metric.value == Decimal("0.333333333333")


def test_metric_from_span_takes_the_span_as_given() -> None:
    text = "力争年内新增上市企业5家。"
    metric = metric_from_span(text, 2, 12)
    assert metric is not None
    assert (metric.start, metric.end, metric.text) == (2, 12, "年内新增上市企业5家")
    assert metric.value == 5


@pytest.mark.parametrize(
    ("start", "end"), [(0, 4), (3, 3), (5, 2), (-1, 4), (0, 99)], ids=["no number", *"abcd"]
)
def test_metric_from_span_gives_none_without_a_number(start: int, end: int) -> None:
    assert metric_from_span("推进城市更新。", start, end) is None


def test_metric_from_span_reads_what_the_rules_leave_alone() -> None:
    text = "深化与20所高校的合作。"
    metric = metric_from_span(text, 3, 10)
    assert metric is not None
    assert (metric.value, metric.unit) == (20, "所")


WORDS = [
    *"、，,；;。：:（）()“”《》【】\n\t |",
    *(
        "力争",
        "确保",
        "完成",
        "实现",
        "年底前",
        "2020年",
        "每年",
        "每个村",
        "全市",
        "其中",
        "分别",
        "各",
    ),
    *(
        "新建",
        "改造",
        "培育",
        "增长",
        "下降",
        "提高到",
        "达到",
        "控制在",
        "由",
        "从",
        "按",
        "给予",
        "对",
    ),
    *(
        "学校",
        "企业",
        "公里",
        "占比",
        "的",
        "和",
        "以上",
        "以内",
        "左右",
        "不低于",
        "内办结",
        "项目",
    ),
    *(
        "5",
        "12",
        "3.5",
        "8%",
        "五千",
        "一",
        "三分之一",
        "翻一番",
        "万",
        "亿元",
        "个",
        "家",
        "亩",
        "人次",
        "1:2",
    ),
    *("去年", "已", "但", "禁止", "第", "级", "次", "10余", "-", "—", "～", "至", "/"),
]
TEXTS = st.text(max_size=60) | st.lists(st.sampled_from(WORDS), max_size=18).map("".join)


@given(TEXTS, st.none() | st.integers(1990, 2050))
@example("新建(5家", None)
@example("“新建5家", None)
@example("5家、5家、", None)
@example("由5%到5%到5%", None)
def test_find_metrics_never_raises_and_cuts_its_spans(text: str, year: int | None) -> None:
    last = 0
    for metric in find_metrics(text, year=year):
        assert last <= metric.start < metric.end
        assert text[metric.start : metric.end] == metric.text == metric.text.strip()
        assert metric.text[0] not in "、，,；;。：:"
        assert metric.text[-1] not in "、，,；;。：:"
        assert not re.search(r"[\n\r。]", metric.text)
        assert metric.comparison in BOUNDS
        assert balanced(metric.text)
        last = metric.end


def balanced(text: str) -> bool:
    """Tell whether every bracket of `text` has its partner."""
    pairs = {")": "(", "）": "（", "】": "【", "”": "“", "》": "《"}
    stack: list[str] = []
    for mark in text.translate({ord("（"): "(", ord("）"): ")"}):
        if mark in "([【“《":
            stack.append(mark)
        elif mark in pairs and (not stack or stack.pop() != pairs[mark]):
            return False
    return not stack


@given(TEXTS)
def test_find_quantities_never_raises_and_cuts_its_spans(text: str) -> None:
    for quantity in find_quantities(text):
        assert text[quantity.start : quantity.end] == quantity.text
        assert quantity.start <= quantity.number_start < quantity.number_end <= quantity.end


@given(TEXTS, st.integers(0, 60), st.integers(0, 60))
def test_metric_from_span_never_raises(text: str, start: int, end: int) -> None:
    metric = metric_from_span(text, start, end)
    assert metric is None or metric.text == text[start:end]


@given(TEXTS, st.lists(st.sampled_from("甲乙，。"), max_size=30).map("".join))
def test_find_metrics_shifts_with_a_line_before(text: str, before: str) -> None:
    shift = len(before) + 2
    found = find_metrics(f"{before}。\n{text}")
    assert [(m.start - shift, m.end - shift) for m in found] == spans_of(find_metrics(text))


@given(TEXTS)
def test_find_metrics_is_blind_to_the_width_of_punctuation(text: str) -> None:
    assert spans_of(find_metrics(text)) == spans_of(find_metrics(widened(text)))


ADVERSARIAL = [
    "1",
    "万亿",
    "一",
    "(",
    "、",
    "“",
    "5家",
    "5家、",
    "由5%到",
    "的5%",
    "1,111",
    "(5家)",
    "新建5家和",
    "市局",
    "每3个",
    "10亿元以上",
    "每人",
    "去年5家，",
]


@pytest.mark.parametrize("unit", ADVERSARIAL)
def test_find_metrics_takes_linear_time(unit: str) -> None:
    """Ten times the text takes no more than some twenty-five times as long, whatever it repeats."""
    assert growth(lambda n: find_metrics(unit * n), 400, 4000, limit=25) < 25


def test_find_metrics_reads_many_characters_a_second() -> None:
    """A guard well under the speed on any machine: a hundred thousand characters in a second."""
    sentence = "继续抓好农村环境整治，改造户厕1200户，新建公厕15座，农村生活垃圾处理率达到95%以上。"
    filler = "各级各部门要加强组织领导，压实工作责任，强化督促检查，确保各项任务落到实处。"
    text = (sentence + filler * 2) * 800
    limit = len(text) / 100_000
    assert least_seconds(lambda: find_metrics(text), limit) < limit


def shared() -> Path:
    given_folder = os.environ.get("GOVEXTRACT_SHARED")
    folder = Path(given_folder) if given_folder else Path(__file__).parents[2].parent / "shared"
    if not (folder / "gold").is_dir():
        pytest.skip("the shared reference texts are not beside the repository")
    return folder


def char_f(left: str, right: str) -> float:
    a, b = Counter(left), Counter(right)
    return 2 * sum((a & b).values()) / max(1, sum(a.values()) + sum(b.values()))


def paired(gold: dict, found: list[Metric], indicators: bool) -> int:
    """Count the gold metrics of a task that a found one has the value and unit of."""
    left, hits = list(found), 0
    for metric in gold["metrics"]:
        for candidate in left:
            same = float(round(candidate.value, 3)) == round(metric["value"], 3)
            named = char_f(candidate.indicator, metric["indicator"]) >= 0.7 or not indicators
            if same and candidate.unit == metric["unit"] and named:
                left.remove(candidate)
                hits += 1
                break
    return hits


@pytest.mark.shared
def test_find_metrics_on_the_gold_circulars() -> None:
    right, named, gold_total, found_total = 0, 0, 0, 0
    files = sorted((shared() / "gold").glob("*.gold.json"))
    assert files
    for path in files:
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = (shared() / "circulars" / gold["doc"]).read_text(encoding="utf-8")
        for task in gold["tasks"]:
            found = find_metrics(text, task["start"], task["end"], year=gold["year"])
            right += paired(task, found, indicators=False)
            named += paired(task, found, indicators=True)
            gold_total += len(task["metrics"])
            found_total += len(found)
    assert 2 * right / (gold_total + found_total) >= 0.97
    assert 2 * named / (gold_total + found_total) >= 0.93


def test_every_case_shows_something_named() -> None:
    for row in itertools.chain(TARGETS, NEGATIVES):
        assert len(row["shows"]) > 4


@pytest.mark.parametrize(
    ("text", "value", "comparison"),
    [("灌溉水有效利用系数提高到0.61", "0.61", "eq"), ("平台热度突破110万", "1100000", "ge")],
)
def test_metric_from_span_reads_a_number_without_unit(
    text: str, value: str, comparison: str
) -> None:
    metric = metric_from_span(f"力争{text}。", 2, 2 + len(text))
    assert metric is not None
    assert (metric.value, metric.unit, metric.comparison) == (Decimal(value), "", comparison)
    assert metric.indicator in text
