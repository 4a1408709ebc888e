"""Text printed over a line of other text, as a stamp's is: it is parted from the line."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from govextract.readers.page_lines import rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govextract.readers.page_lines import Glyph

_OVER = 0.4  # characters that share this part of the narrower one's width stand over each other
_INTO = 0.2  # and this part of the smaller one's height
_FEWEST = 2  # so many characters of a text stand over others where it is printed over a line
_MOST_LAYERS = 6  # of a row: more colours and sizes are no line and a stamp
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
    rows = [sorted(row, key=lambda g: g.x0) for row in rows_of(g for g in glyphs if g.text.strip())]
    for at, row in enumerate(rows):
        layers: dict[_Layer, list[Glyph]] = defaultdict(list)
        for glyph in row:
            layers[_layer(glyph)].append(glyph)
        near = [line for line in rows[max(at - 1, 0) : at + 2] if line is row or _touch(line, row)]
        if (len(layers) < 2 and len(near) < 2) or len(layers) > _MOST_LAYERS:
            continue
        for layer, other in layers.items():
            lines = [[g for g in line if usual[_layer(g)] > usual[layer]] for line in near]
            below = [_below(glyph, lines) for glyph in other]
            covering = sum(1 for found in below if found is not None)
            if covering >= max(_FEWEST, len(other) / 2):
                over.update(map(id, other))
                said += [
                    glyph.text
                    for glyph, found in zip(other, below, strict=True)
                    if found is None or found.text != glyph.text
                ]
    return [glyph for glyph in glyphs if id(glyph) not in over], "".join(said)


def _touch(first: Sequence[Glyph], second: Sequence[Glyph]) -> bool:
    """Whether rows reach into each other, as lines of text do not."""
    shared = min(max(g.bottom for g in row) for row in (first, second)) - max(
        min(g.top for g in row) for row in (first, second)
    )
    return shared > _INTO * min(first[0].size, second[0].size)


def _layer(glyph: Glyph) -> _Layer:
    return glyph.colour, round(glyph.size)


def _is_over(first: Glyph, second: Glyph) -> bool:
    across = min(first.x1, second.x1) - max(first.x0, second.x0)
    down = min(first.bottom, second.bottom) - max(first.top, second.top)
    narrower = min(first.x1 - first.x0, second.x1 - second.x0)
    return across > _OVER * narrower and down > _INTO * min(first.size, second.size)


def _below(glyph: Glyph, lines: Sequence[Sequence[Glyph]]) -> Glyph | None:
    """Return the character of lines, sorted by place, that another stands over."""
    near: list[Glyph] = []
    for line in lines:
        at = bisect_left(line, glyph.x0, key=lambda g: g.x0)
        near += [other for other in line[max(at - 1, 0) : at + 1] if _is_over(glyph, other)]
    return next((other for other in near if other.text == glyph.text), near[0] if near else None)
