"""Words, festivals and plans of time expressions, read from the data files."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from govextract.data import DataFileError, read_rows
from govextract.values.folding import remembering, translated
from govextract.values.stops import full_stops

# One character for one, so that offsets hold: full-width forms to half-width, and one sign for
# every dash, quotation mark and bracket that documents use for the same purpose.
_FOLD = str.maketrans(
    "０１２３４５６７８９，；：（）［］【】〔〕！？．／｜＜＞○◯Ｏ"
    "—–－―‐\u2011−～~〜﹣"
    "“”„‟＂‘’＇"
    "\u3000\xa0\u2002\u2003\u2009\ufeff\u200b",
    "0123456789,;:()()()()!?./|<>〇〇〇" + "-" * 11 + '"' * 8 + " " * 7,
)


@remembering
def fold(text: str) -> str:
    """Return `text` with digits, punctuation and blanks in one form, of the same length.

    Examples
    --------
    >>> fold("２０１９－２０２１年，“十四五”末")
    '2019-2021年,"十四五"末'
    """
    return full_stops(translated(text, _FOLD))


@dataclass(frozen=True, slots=True)
class Festival:
    """A festival: fixed to a day of the calendar, or to a column of the table of lunar dates."""

    name: str
    month: int
    day: int
    lunar: str
    quoted: bool

    def date(self, year: int) -> dt.date | None:
        """Return the festival's date in `year`, None where the table does not reach."""
        if not self.lunar:
            return dt.date(year, self.month, self.day)
        return lunar_dates().get((year, self.lunar))


@cache
def words(use: str) -> dict[str, str]:
    """Return the words of one `use` and their values, longest word first."""
    table = _word_table()
    if use not in table:
        raise DataFileError(f"dates_words.tsv has no words of use {use!r}")
    return table[use]


@cache
def _word_table() -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = {}
    for row in read_rows("dates_words.tsv", ("word", "use", "value", "source")):
        table.setdefault(row["use"], {})[fold(row["word"])] = row["value"]
    return {
        use: dict(sorted(found.items(), key=lambda item: (-len(item[0]), item[0])))
        for use, found in table.items()
    }


@cache
def cues(use: str) -> tuple[str, ...]:
    """Return the context words of one `use`, longest first."""
    found = _cue_table().get(use)
    if found is None:
        raise DataFileError(f"dates_context.tsv has no words of use {use!r}")
    return found


@cache
def _cue_table() -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    for row in read_rows("dates_context.tsv", ("use", "words", "source")):
        table.setdefault(row["use"], []).extend(fold(word) for word in row["words"].split())
    return {
        use: tuple(sorted(dict.fromkeys(found), key=lambda word: (-len(word), word)))
        for use, found in table.items()
    }


def alternation(found: Iterable[str]) -> str:
    """Return a regular expression for any of the words, in the order given."""
    return "(?:" + "|".join(re.escape(word) for word in found) + ")"


@cache
def festivals() -> dict[str, Festival]:
    """Return the festivals by name, longest name first.

    Raises
    ------
    DataFileError
        Where a row's day is neither a day of the calendar nor a column of the lunar table.
    """
    found = {}
    for row in read_rows("dates_festivals.tsv", ("name", "day", "form", "source")):
        month, dash, day = row["day"].partition("-")
        if not dash and row["day"] not in _LUNAR[1:]:
            raise DataFileError(f"dates_festivals.tsv: {row['name']} has the day {row['day']!r}")
        found[row["name"]] = Festival(
            row["name"],
            int(month) if dash else 0,
            int(day) if dash else 0,
            "" if dash else row["day"],
            row["form"] == "quoted",
        )
    return dict(sorted(found.items(), key=lambda item: (-len(item[0]), item[0])))


_LUNAR = ("year", "spring", "lantern", "qingming", "dragon", "autumn", "ninth")


@cache
def lunar_dates() -> dict[tuple[int, str], dt.date]:
    """Return the dates of moving festivals by year and column."""
    return {
        (int(row["year"]), column): dt.date.fromisoformat(row[column])
        for row in read_rows("dates_lunar.tsv", _LUNAR)
        for column in _LUNAR[1:]
    }


@cache
def plans() -> dict[str, int]:
    """Return the last year of each five-year plan, by short name and by ordinal."""
    found: dict[str, int] = {}
    for row in read_rows("dates_plans.tsv", ("name", "ordinal", "first", "last", "source")):
        if int(row["last"]) - int(row["first"]) != 4:
            raise DataFileError(f"dates_plans.tsv: {row['name']} does not span five years")
        found[row["name"]] = int(row["last"])
        found[f"第{row['ordinal']}个五年"] = int(row["last"])
    return dict(sorted(found.items(), key=lambda item: (-len(item[0]), item[0])))
