"""Text printed over a line of other text, as a stamp's is: it is parted from the line."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from govextract.readers.page_lines import rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govextract.readers.page_lines import Glyph

_OVER = 0.4  # characters that share this part of the narrower one's width stand over each other
_FEWEST = 2  # so many characters of a text stand over others where it is printed over a line
_Layer = tuple[str, int]


def without_overlays(glyphs: Sequence[Glyph]) -> tuple[list[Glyph], str]:
    """Return the characters without those printed over others, and what these say.

    Of two texts at one place that of the page's usual colour and size is the line. A shadow, the
    same characters once more, says nothing.
    """
    usual = Counter(_layer(glyph) for glyph in glyphs)
    if len(usual) < 2:
        return list(glyphs), ""
    over: set[int] = set()
    said: list[str] = []
    for row in rows_of(glyph for glyph in glyphs if glyph.text.strip()):
        if not _has_overlay(row):
            continue
        layers: dict[_Layer, list[Glyph]] = defaultdict(list)
        for glyph in row:
            layers[_layer(glyph)].append(glyph)
        line, *others = sorted(layers.values(), key=lambda g: -usual[_layer(g[0])])
        line.sort(key=lambda g: g.x0)
        for other in others:
            below = [_below(glyph, line) for glyph in other]
            covering = sum(1 for found in below if found is not None)
            if covering >= max(_FEWEST, len(other) / 2):
                over.update(map(id, other))
                said += [
                    glyph.text
                    for glyph, found in sorted(
                        zip(other, below, strict=True), key=lambda pair: pair[0].x0
                    )
                    if found is None or found.text != glyph.text
                ]
    return [glyph for glyph in glyphs if id(glyph) not in over], "".join(said)


def _layer(glyph: Glyph) -> _Layer:
    return glyph.colour, round(glyph.size)


def _has_overlay(row: Sequence[Glyph]) -> bool:
    ordered = sorted(row, key=lambda g: g.x0)
    return any(_layer(a) != _layer(b) and _is_over(a, b) for a, b in pairwise(ordered))


def _is_over(first: Glyph, second: Glyph) -> bool:
    shared = min(first.x1, second.x1) - max(first.x0, second.x0)
    return shared > _OVER * min(first.x1 - first.x0, second.x1 - second.x0)


def _below(glyph: Glyph, line: Sequence[Glyph]) -> Glyph | None:
    """Return the character of a line, sorted by place, that another stands over."""
    at = bisect_left(line, glyph.x0, key=lambda g: g.x0)
    near = [other for other in line[max(at - 1, 0) : at + 1] if _is_over(glyph, other)]
    return next((other for other in near if other.text == glyph.text), near[0] if near else None)
