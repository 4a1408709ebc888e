"""Long circulars in pieces that a person reviews at one sitting, cut at paragraph ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from govextract.doccano.shapes import LabelledRange

LIMIT = 1500

_BREAK = re.compile(r"\r\n|\r|\n")


def piece_ranges(
    text: str, spans: Iterable[LabelledRange] = (), limit: int = LIMIT
) -> list[tuple[int, int]]:
    r"""Return the ranges of the pieces of a text, which cover it from end to end.

    A piece is longer than `limit` only where one paragraph is, or where a span joins paragraphs:
    none is cut. No piece is blank unless the whole text is, because doccano takes no blank text.

    Examples
    --------
    >>> piece_ranges("一、\n二、\n三、\n", limit=6)
    [(0, 6), (6, 9)]
    >>> piece_ranges("一、\n二、\n三、\n", [(4, 7, "METRIC")], limit=6)
    [(0, 3), (3, 9)]
    """
    cuts = list(_allowed(text, spans))
    pieces: list[tuple[int, int]] = []
    start = last = 0
    for cut in [*cuts, len(text)]:
        if last > start and cut - start > limit and text[last:cut].strip():
            pieces.append((start, last))
            start = last
        # A blank beginning stays with the paragraph that it stands before.
        if not text[start:cut].isspace():
            last = cut
    pieces.append((start, len(text)))
    return pieces


def _allowed(text: str, spans: Iterable[LabelledRange]) -> Iterator[int]:
    """Yield the places behind paragraph ends that no span stretches over."""
    ordered = sorted(spans)
    at = reach = 0
    for match in _BREAK.finditer(text):
        cut = match.end()
        while at < len(ordered) and ordered[at][0] < cut:
            reach = max(reach, ordered[at][1])
            at += 1
        if reach <= cut < len(text):
            yield cut
