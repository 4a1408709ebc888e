"""Complete dates in signatures and record lines."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.data import DataFileError
from govextract.values import dates
from govextract.values.dates_lexicon import festivals, fold, lunar_dates, plans, words

CASES = Path(__file__).parents[1] / "cases" / "dates_issue.tsv"


def rows() -> list[tuple[str, str]]:
    out = []
    for line in CASES.read_text(encoding="utf-8").splitlines()[2:]:
        text, date, _ = line.split("\t")
        out.append((text, date))
    return out


@pytest.mark.parametrize(("text", "date"), rows())
def test_parse_issue_date_case(text: str, date: str) -> None:
    got = dates.parse_issue_date(text)
    assert (got.isoformat() if got else "-") == date


def test_find_dates_gives_place_and_date_of_each() -> None:
    text = "成文日期 2015-05-04，发布日期 ２０１５年５月６日"
    found = dates.find_dates(text)
    assert [(text[d.start : d.end], d.date) for d in found] == [
        ("2015-05-04", dt.date(2015, 5, 4)),
        ("２０１５年５月６日", dt.date(2015, 5, 6)),
    ]


def test_find_dates_stays_inside_the_range() -> None:
    text = "2015-05-04 2016-05-04"
    assert [d.start for d in dates.find_dates(text, 10)] == [11]


@given(st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)))
def test_parse_issue_date_reads_what_is_printed(day: dt.date) -> None:
    for text in (f"{day.year}年{day.month}月{day.day}日", day.isoformat(), f"{day:%Y%m%d}"):
        assert dates.parse_issue_date(text) == day


@given(st.text(max_size=60))
def test_find_dates_never_raises(text: str) -> None:
    for d in dates.find_dates(text):
        assert 0 <= d.start < d.end <= len(text)


@given(st.text(max_size=60))
def test_fold_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_lunar_dates_fall_into_their_seasons() -> None:
    seasons = {
        "spring": ((1, 21), (2, 21)),
        "lantern": ((2, 4), (3, 7)),
        "qingming": ((4, 4), (4, 6)),
        "dragon": ((5, 25), (6, 26)),
        "autumn": ((9, 7), (10, 8)),
        "ninth": ((10, 1), (10, 30)),
    }
    for (year, column), day in lunar_dates().items():
        first, last = seasons[column]
        assert day.year == year
        assert first <= (day.month, day.day) <= last
    assert {year for year, _ in lunar_dates()} == set(range(2008, 2036))


def test_lunar_dates_lie_days_apart_as_the_calendar_has_them() -> None:
    for year in range(2008, 2036):
        new_year = lunar_dates()[year, "spring"]
        assert (lunar_dates()[year, "lantern"] - new_year).days == 14


def test_festivals_name_days_of_the_calendar() -> None:
    assert festivals()["国庆节"].date(2020) == dt.date(2020, 10, 1)
    assert festivals()["春节"].date(2019) == dt.date(2019, 2, 5)
    assert festivals()["春节"].date(1999) is None


def test_plans_follow_one_another() -> None:
    years = sorted(set(plans().values()))
    assert years == list(range(2000, 2036, 5))


def test_words_of_an_unknown_use_are_an_error() -> None:
    with pytest.raises(DataFileError, match="no words of use 'none'"):
        words("none")
