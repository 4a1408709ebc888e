"""Time limits: spans and values in a table of sentences, and what holds for any text."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from govextract.data import parse_rows
from govextract.records import Deadline
from govextract.values import dates
from tests.timing import growth

CASES = Path(__file__).parents[1] / "cases"
MARK = re.compile(r"⟦([^⟦⟧|]+)\|([^⟦⟧|]+)⟧")


def read(name: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
    return list(parse_rows((CASES / name).read_text(encoding="utf-8"), name, columns))


LIMITS = read("dates_limits.tsv", ("year", "issued", "text", "shows"))


def unmark(marked: str) -> tuple[str, list[tuple[int, int, str]]]:
    """Return the sentence without its marks, and the spans and values that they hold."""
    text, at, spans = "", 0, []
    for mark in MARK.finditer(marked):
        text += marked[at : mark.start()]
        spans.append((len(text), len(text) + len(mark[1]), mark[2]))
        text += mark[1]
        at = mark.end()
    return text + marked[at:], spans


def value(deadline: Deadline) -> str:
    """Return a limit's value as the table writes it."""
    assert (deadline.reason is None) == bool(deadline.date or deadline.recurrence)
    return deadline.date or deadline.recurrence or "?"


def known(row: dict[str, str]) -> tuple[int | None, dt.date | None]:
    year = None if row["year"] == "-" else int(row["year"])
    return year, None if row["issued"] == "-" else dt.date.fromisoformat(row["issued"])


@pytest.mark.parametrize("row", LIMITS, ids=lambda row: f"{row['shows']}: {row['text'][:24]}")
def test_find_deadlines_case(row: dict[str, str]) -> None:
    text, gold = unmark(row["text"])
    year, issued_on = known(row)
    found = dates.find_deadlines(text, year=year, issued_on=issued_on)
    assert [(d.start, d.end, value(d)) for d in found] == gold


@pytest.mark.parametrize(
    "row", [r for r in LIMITS if "⟦" in r["text"]], ids=lambda row: row["text"][:30]
)
def test_deadline_from_span_values_the_marked_span(row: dict[str, str]) -> None:
    text, gold = unmark(row["text"])
    year, issued_on = known(row)
    got = [dates.deadline_from_span(text, a, b, year=year, issued_on=issued_on) for a, b, _ in gold]
    assert [(d.start, d.end, value(d)) for d in got] == gold


def test_cases_are_enough_and_a_third_negative() -> None:
    negative = sum("⟦" not in row["text"] for row in LIMITS)
    assert len(LIMITS) >= 250
    assert negative * 3 >= len(LIMITS)


def test_find_deadlines_reads_the_year_before_the_range() -> None:
    text = "2022年3月底前完成设计，9月底前开工。"
    start = text.index("9月")
    found = dates.find_deadlines(text, start, len(text), year=2021)
    assert [(d.text, d.date) for d in found] == [("9月底前", "2022-09-30")]


def test_find_deadlines_stays_inside_the_range() -> None:
    text = "6月底前完成设计，9月底前开工，年底前完工。"
    a, b = text.index("9月"), text.index("年底")
    assert [d.text for d in dates.find_deadlines(text, a, b, year=2021)] == ["9月底前"]


def test_find_deadlines_gives_the_reason_for_a_missing_value() -> None:
    (limit,) = dates.find_deadlines("三年内全部完成。", year=2019)
    assert limit.reason == "the circular's issue date is unknown"


def test_deadline_from_span_takes_the_latest_of_several() -> None:
    text = "3月底完成设计，11月底完工"
    assert dates.deadline_from_span(text, 0, len(text), year=2021).date == "2021-11-30"


def test_deadline_from_span_prefers_a_date_to_a_rhythm() -> None:
    text = "每月通报，年底前完成"
    assert dates.deadline_from_span(text, 0, len(text), year=2021).date == "2021-12-31"


def test_deadline_from_span_reads_the_year_before_the_span() -> None:
    text = "2022年3月底前完成设计，9月底前开工。"
    start = text.index("9月")
    assert dates.deadline_from_span(text, start, start + 4, year=2021).date == "2022-09-30"


@pytest.mark.parametrize("text", ["长期", "持续推进", "常态化"])
def test_deadline_from_span_names_an_open_end(text: str) -> None:
    assert dates.deadline_from_span(text, 0, len(text), year=2021).reason == dates.OPEN_END


def test_deadline_from_span_says_where_nothing_is_recognised() -> None:
    limit = dates.deadline_from_span("条件成熟时", 0, 5, year=2021)
    assert (limit.date, limit.reason) == (None, dates.NOT_RECOGNISED)


# words of the grammar and of its surroundings, to be put together at random
WORDS = [*(CASES / "dates_tokens.txt").read_text(encoding="utf-8").split(), "\n", "\t", " "]
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=14).map("".join))
YEARS = st.none() | st.integers(1950, 2150)
DAYS = st.none() | st.dates(dt.date(1950, 1, 1), dt.date(2150, 12, 31))


@given(TEXTS, YEARS, DAYS)
@example("99年内完成", None, dt.date(2150, 12, 31))
@example("2199年前元旦前", 2199, None)
@example("每零年", 2019, None)
@example("〇〇〇〇年〇月", 2019, None)
def test_find_deadlines_never_raises_and_cuts_its_spans(
    text: str, year: int | None, issued_on: dt.date | None
) -> None:
    last = 0
    for d in dates.find_deadlines(text, year=year, issued_on=issued_on):
        assert last <= d.start < d.end
        assert text[d.start : d.end] == d.text == d.text.strip()
        assert d.text[0] not in "、，,；;。：:"
        assert d.text[-1] not in "、，,；;。：:"
        value(d)
        last = d.end


@given(TEXTS, st.integers(0, 60), st.integers(0, 60), YEARS, DAYS)
def test_deadline_from_span_never_raises(
    text: str, a: int, b: int, year: int | None, issued_on: dt.date | None
) -> None:
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    d = dates.deadline_from_span(text, start, end, year=year, issued_on=issued_on)
    assert (d.start, d.end, d.text) == (start, end, text[start:end])
    value(d)


@given(st.text(max_size=20), TEXTS)
def test_find_deadlines_shifts_with_a_line_before(prefix: str, text: str) -> None:
    prefix += "。\n"
    alone = dates.find_deadlines(text, year=2019)
    shifted = dates.find_deadlines(prefix + text, len(prefix), year=2019)
    assert [(d.start + len(prefix), d.end + len(prefix), d.date, d.recurrence) for d in alone] == [
        (d.start, d.end, d.date, d.recurrence) for d in shifted
    ]


WIDTH = str.maketrans("，；：（）！？０１２３４５６７８９－～", ",;:()!?0123456789-~")


@given(TEXTS)
def test_find_deadlines_ignores_the_width_of_punctuation(text: str) -> None:
    wide = dates.find_deadlines(text, year=2019)
    narrow = dates.find_deadlines(text.translate(WIDTH), year=2019)
    assert [(d.start, d.end, d.text.translate(WIDTH), d.date, d.recurrence) for d in wide] == [
        (d.start, d.end, d.text, d.date, d.recurrence) for d in narrow
    ]


@settings(max_examples=60)
@given(TEXTS, TEXTS)
def test_find_deadlines_of_two_lines_are_those_of_each(one: str, other: str) -> None:
    one, other = (
        t.replace("\n", "").replace("：", "").replace("完成时限", "") for t in (one, other)
    )
    text = f"{one}。\n{other}"
    begin = len(one) + 2
    whole = [(d.start, d.end) for d in dates.find_deadlines(text, year=2019)]
    parts = [(d.start, d.end) for d in dates.find_deadlines(text, 0, begin, year=2019)]
    parts += [(d.start, d.end) for d in dates.find_deadlines(text, begin, year=2019)]
    assert whole == parts


@pytest.mark.parametrize(
    "unit",
    [
        "(",
        "《",
        "“",
        "1",
        "2019年",
        "每",
        "每年",
        "一年",
        "市局",
        "、",
        "2019—",
        "2019.1.",
        "元旦、",
        "3年内",
        "1、",
    ],
)
def test_find_deadlines_takes_linear_time(unit: str) -> None:
    def find(size: int) -> None:
        dates.find_deadlines(unit * (size // len(unit)), year=2019)

    # eight times the text; quadratic work would take sixty-four times as long
    assert growth(find, 4000, 32000, limit=24) < 24
