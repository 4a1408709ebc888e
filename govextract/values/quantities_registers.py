"""Registers behind the quantities: units of measure, bound words, words around a target."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import cast

from govextract.data import DataFileError, read_rows
from govextract.records import Comparison


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure or measure word."""

    text: str
    kind: str
    not_before: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bound:
    """A word that makes a number a bound or an approximation."""

    word: str
    comparison: Comparison
    not_after: tuple[str, ...]


@cache
def units() -> dict[str, tuple[Unit, ...]]:
    """Return the register of units by first character, longest unit first."""
    by_first: dict[str, list[Unit]] = {}
    for row in read_rows("units_of_measure.tsv", ("unit", "kind", "not_before", "source")):
        unit = Unit(row["unit"], row["kind"], _listed(row["not_before"]))
        by_first.setdefault(unit.text[0], []).append(unit)
    return {c: tuple(sorted(us, key=lambda u: -len(u.text))) for c, us in by_first.items()}


@cache
def bounds(side: str) -> dict[str, Bound]:
    """Return the bound words of one `side` of the number (``before`` or ``after``)."""
    columns = ("word", "side", "comparison", "not_after", "source")
    found = {}
    for row in read_rows("quantity_bounds.tsv", columns):
        if row["side"] == side:
            comparison = cast(Comparison, row["comparison"])
            found[row["word"]] = Bound(row["word"], comparison, _listed(row["not_after"]))
    return found


@cache
def lengths_before() -> dict[str, tuple[int, ...]]:
    """Return the lengths of the bound words before a number by their last character."""
    return _lengths(bounds("before"), -1)


@cache
def inner_bounds() -> tuple[tuple[str, Comparison], ...]:
    """Return the true bounds that are told also where a noun stands between them and the number."""
    return tuple(
        (word, bound.comparison)
        for word, bound in bounds("before").items()
        if len(word) > 2 and bound.comparison != "approx"
    )


# 巩固率, 建设者, 保障性: a verb before one of these is part of a noun.
_NOUN_ENDINGS = frozenset("率度面量额数值费性型化者期员")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one class, looked up at the beginning or the end of a range.

    Attributes
    ----------
    exceptions
        Word → what must not follow it, what must not precede it.
    by_first, by_last
        Lengths of the words that begin or end with a character, longest first.
    """

    exceptions: dict[str, tuple[tuple[str, ...], tuple[str, ...]]]
    by_first: dict[str, tuple[int, ...]]
    by_last: dict[str, tuple[int, ...]]

    def at_start(self, folded: str, start: int, end: int) -> int:
        """Return the end of the longest word that begins at `start`; `start` where none does."""
        for length in self.by_first.get(folded[start : start + 1], ()):
            if start + length <= end and self._fits(folded, start, start + length):
                return start + length
        return start

    def at_end(self, folded: str, start: int, end: int) -> int:
        """Return the begin of the longest word that ends at `end`; `end` where none does.

        A blank may stand between: 保持在 97%.
        """
        stop = end - 1 if folded[end - 1 : end] == " " else end
        for length in self.by_last.get(folded[stop - 1 : stop], ()):
            if stop - length >= start and self._fits(folded, stop - length, stop):
                return stop - length
        return end

    def verb_at(self, folded: str, start: int, end: int) -> int:
        """Return the end of the longest word at `start` that is no part of a noun (巩固率).

        Words of one character are too weak to be found inside a clause.
        """
        stop = self.at_start(folded, start, end)
        ends_noun = folded[stop : stop + 1] in _NOUN_ENDINGS
        if stop - start < 2 or (ends_noun and not folded.startswith("员工", stop)):
            return start
        return stop

    def pattern(self) -> re.Pattern[str]:
        """Return one pattern for all words, longest first, with what must not stand around them."""
        parts = []
        for word in sorted(self.exceptions, key=lambda w: -len(w)):
            not_before, not_after = self.exceptions[word]
            ahead = "(?!" + "|".join(map(re.escape, not_before)) + ")" if not_before else ""
            behind = "".join(f"(?<!{re.escape(w)})" for w in not_after)
            parts.append(behind + re.escape(word) + ahead)
        first = "".join(sorted(map(re.escape, self.by_first)))
        # the look ahead rules most places out before any word is tried
        return re.compile(f"(?=[{first}])(?:{'|'.join(parts)})")

    def _fits(self, folded: str, begin: int, stop: int) -> bool:
        found = self.exceptions.get(folded[begin:stop])
        if found is None:
            return False
        not_before, not_after = found
        if not_before and folded.startswith(not_before, stop):
            return False
        return not (not_after and folded.endswith(not_after, 0, begin))


@cache
def lexicon(*classes: str) -> Lexicon:
    """Return the words of `classes` as one lexicon.

    Raises
    ------
    DataFileError
        Where the register has no word of one of the classes.
    """
    columns = ("word", "class", "not_before", "not_after", "source")
    exceptions: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    found: set[str] = set()
    for row in read_rows("quantity_words.tsv", columns):
        if row["class"] in classes:
            exceptions[row["word"]] = (_listed(row["not_before"]), _listed(row["not_after"]))
            found.add(row["class"])
    for name in classes:
        if name not in found:
            raise DataFileError(f"quantity_words.tsv: no word of class {name!r}")
    return Lexicon(exceptions, _lengths(exceptions, 0), _lengths(exceptions, -1))


@cache
def pattern(*classes: str) -> re.Pattern[str]:
    """Return one pattern for the words of `classes`."""
    return lexicon(*classes).pattern()


def _lengths(words: Iterable[str], at: int) -> dict[str, tuple[int, ...]]:
    """Return the lengths of the words, longest first, by the character that each has `at` a place."""
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[at], set()).add(len(word))
    return {sign: tuple(sorted(lengths, reverse=True)) for sign, lengths in found.items()}


def _listed(field: str) -> tuple[str, ...]:
    return () if field == "-" else tuple(field.split("|"))
