"""Varies passages while a model learns from them: other units, other digits, other widths of signs."""

from __future__ import annotations

import random
import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace

from govextract.ner.examples import Passage

Span = tuple[int, int, str]

_DIGITS = re.compile("[0-9]+(?:[.][0-9]+)?")
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_TO_WIDE = str.maketrans("()[],;:", "（）［］，；：")
_TO_HALF = str.maketrans("（）［］，；：", "()[],;:")


class Variation:
    """Makes of a passage another one whose spans are the same spans.

    Parameters
    ----------
    passages
        Where the names of units are taken from that stand in for others.
    units, digits, width
        How often a unit is exchanged, a number gets other digits, and a passage other signs.

    Examples
    --------
    >>> passage = Passage("由市教育局牵头新建学校12所", ((1, 5, "AGENCY"), (7, 14, "METRIC")), ())
    >>> other = Variation([passage], digits=1.0)(passage, random.Random(1))
    >>> other.spans == passage.spans, other.text != passage.text
    (True, True)
    """

    def __init__(
        self,
        passages: Iterable[Passage],
        *,
        units: float = 0.4,
        digits: float = 0.5,
        width: float = 0.2,
    ) -> None:
        names = {p.text[a:b] for p in passages for a, b, label in p.spans if label == "AGENCY"}
        self._names = sorted(name for name in names if 3 <= len(name) <= 12)
        self._units, self._digits, self._width = units, digits, width

    def __call__(self, passage: Passage, rng: random.Random) -> Passage:
        """Return the variant that `rng` draws."""
        edits = sorted([*self._unit_edits(passage, rng), *self._digit_edits(passage, rng)])
        varied = _edited(passage, edits)
        if rng.random() < self._width:
            table = _TO_HALF if rng.random() < 0.5 else _TO_WIDE
            varied = replace(varied, text=varied.text.translate(table))
        return varied

    def _unit_edits(self, passage: Passage, rng: random.Random) -> list[tuple[int, int, str]]:
        hinted = {(a, b) for a, b, _ in passage.hints}
        edges = {e for a, b, _ in (*passage.spans, *passage.hints) for e in (a, b)}
        edits = []
        for a, b, label in passage.spans:
            # only where no other span begins or ends inside: what the name holds goes with it
            alone = not any(a < e < b for e in edges)
            same = (a, b) in hinted or not any(x < b and a < y for x, y in hinted)
            if label == "AGENCY" and alone and same and self._names and rng.random() < self._units:
                edits.append((a, b, rng.choice(self._names)))
        return edits

    def _digit_edits(self, passage: Passage, rng: random.Random) -> list[tuple[int, int, str]]:
        targets = [(a, b) for a, b, label in passage.spans if label == "METRIC"]
        edits = []
        for match in _DIGITS.finditer(passage.text):
            a, b = match.span()
            inside = any(x <= a and b <= y for x, y in targets)
            if not inside or _YEAR.fullmatch(match[0]) or rng.random() >= self._digits:
                continue
            drawn = "".join(ch if ch == "." else rng.choice("123456789") for ch in match[0])
            edits.append((a, b, drawn))
        return edits


def _edited(passage: Passage, edits: list[tuple[int, int, str]]) -> Passage:
    """Return the passage with the sorted, disjoint edits made, its spans and hints moved along."""
    parts: list[str] = []
    at = 0
    ends: list[int] = []
    shifts = [0]
    for a, b, new in edits:
        parts += [passage.text[at:a], new]
        at = b
        ends.append(b)
        shifts.append(shifts[-1] + len(new) - (b - a))
    parts.append(passage.text[at:])

    def moved(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(
            # a span begins behind the edits that end at its begin, and ends behind those at its end
            (a + shifts[bisect_right(ends, a)], b + shifts[bisect_right(ends, b)], label)
            for a, b, label in spans
        )

    return replace(
        passage, text="".join(parts), spans=moved(passage.spans), hints=moved(passage.hints)
    )
