"""A copy of a document made of its pieces, for rules to read, and the way back to the original.

What hides words from the rules (breaks of lines, marks of Markdown) is left out of the copy, and the
lines of a cell stand together; what they find there is led back to the document itself, whose text stays as it is.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from govextract.readers.document import Block, SourceDocument, Table
from govextract.records import (
    Deadline,
    Entity,
    LedgerRecord,
    Measure,
    Metric,
    Responsibility,
)


@dataclass(frozen=True, slots=True)
class ReadingCopy:
    """A document made of pieces of another, and where its characters stand in that one.

    Attributes
    ----------
    document
        The copy that is to be read.
    text
        The original's text.
    """

    document: SourceDocument
    text: str
    starts: tuple[int, ...]  # of the pieces, in the copy
    origins: tuple[int, ...]  # and in the original

    def offset(self, at: int) -> int:
        """Return where the character at `at` of the copy stands in the original."""
        piece = max(bisect_right(self.starts, at) - 1, 0)
        return self.origins[piece] + at - self.starts[piece]

    def range(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the original that holds ``[start, end)`` of the copy."""
        begin = self.offset(start)
        return begin, self.offset(end - 1) + 1 if end > start else begin

    def hull(self, start: int, end: int) -> tuple[int, int]:
        """Return the least range of the original that holds every piece of ``[start, end)``."""
        first = max(bisect_right(self.starts, start) - 1, 0)
        last = max(bisect_left(self.starts, end), first + 1)
        begin, stop = self.range(start, end)
        for piece in range(first + 1, last):
            begin = min(begin, self.origins[piece])
            before = self.starts[piece] - self.starts[piece - 1]
            stop = max(stop, self.origins[piece - 1] + before)
        return begin, stop

    def offsets(self, places: Sequence[int]) -> list[int]:
        """Return what `offset` returns for each of `places`, all at once."""
        at = np.asarray(places, dtype=np.int64)
        starts = np.asarray(self.starts, dtype=np.int64)
        pieces = np.maximum(np.searchsorted(starts, at, side="right") - 1, 0)
        found: list[int] = (
            np.asarray(self.origins, dtype=np.int64)[pieces] + at - starts[pieces]
        ).tolist()
        return found


def without(
    document: SourceDocument,
    cuts: Sequence[tuple[int, int]],
    blanks: Sequence[bool] | None = None,
) -> ReadingCopy:
    """Return `document` without the ranges `cuts`, which are sorted and apart.

    A paragraph that begins where a cut ends goes on with the one before; one that lies in a cut is
    left out. Where `blanks` says so, a cut leaves a blank.

    Examples
    --------
    >>> from govextract.readers import from_text
    >>> copied = without(from_text("**修渠**3条"), [(0, 2), (4, 6)])
    >>> copied.document.text, copied.range(0, 4)
    ('修渠3条', (2, 8))
    """
    text = document.text
    pieces: list[tuple[int, str]] = []
    at = 0
    for i, (start, end) in enumerate(cuts):
        pieces.append((at, text[at:start]))
        if blanks is not None and blanks[i]:
            pieces.append((start, " "))
        at = end
    pieces.append((at, text[at:]))
    starts, length = [], 0
    for _, piece in pieces:
        starts.append(length)
        length += len(piece)
    origins = [origin for origin, _ in pieces]
    begins = [start for start, _ in cuts]

    def place(offset: int, piece: int) -> int:
        return starts[piece] + offset - origins[piece]

    def start_of(offset: int) -> int:
        """Return the place in the copy; of what is left out, that of what follows."""
        cut = bisect_right(begins, offset) - 1
        offset = max(offset, cuts[cut][1]) if cut >= 0 else offset
        return place(offset, bisect_right(origins, offset) - 1)

    def end_of(offset: int) -> int:
        """Return the end in the copy; of what is left out, that of what stands before."""
        cut = bisect_left(begins, offset) - 1
        if cut >= 0 and offset <= cuts[cut][1]:
            offset = cuts[cut][0]
        return place(offset, max(bisect_left(origins, offset) - 1, 0))

    joined = {end for _, end in cuts}
    blocks: list[Block] = []
    for block in document.blocks:
        start, end = start_of(block.start), end_of(block.end)
        if start >= end:
            continue  # the number of a page, or nothing but marks
        if block.start in joined and blocks:
            blocks[-1] = replace(blocks[-1], end=end)
        elif block.table is not None:
            by = start - block.start
            blocks.append(Block("table", start, end, shifted(block.table, by)))
        else:
            blocks.append(Block("paragraph", start, end))
    return of_pieces(document, pieces, blocks)


def of_pieces(
    document: SourceDocument, pieces: Sequence[tuple[int, str]], blocks: list[Block]
) -> ReadingCopy:
    """Return the copy that is made of `pieces`, each with its place in the original."""
    starts, length = [], 0
    for _, piece in pieces:
        starts.append(length)
        length += len(piece)
    copy = replace(document, text="".join(piece for _, piece in pieces), blocks=blocks)
    return ReadingCopy(copy, document.text, tuple(starts), tuple(origin for origin, _ in pieces))


def shifted(table: Table, by: int) -> Table:
    """Return `table` with every offset moved."""
    cells = tuple(replace(c, start=c.start + by, end=c.end + by) for c in table.cells)
    return replace(table, start=table.start + by, end=table.end + by, cells=cells)


def lead_back(ledger: LedgerRecord, copies: Sequence[ReadingCopy]) -> None:
    """Put the offsets of the original, and its text, into a ledger of the last of `copies`.

    Each copy is one of the document of the copy before it. What a record quotes is then the
    original's, line breaks included; what was worked out of it (names, titles, indicators) stays
    as it was read.
    """
    if not copies:
        return
    copy = ledger.text
    ledger.text = copies[0].text
    back = copies[::-1]
    records: list[Measure | Responsibility | Metric | Deadline | Entity] = [*ledger.entities]
    for task in ledger.tasks:
        records += [*task.measures, *task.responsibilities, *task.metrics, *task.deadlines]
        for copied in back:
            task.start, task.end = copied.hull(task.start, task.end)
    # a time limit of a heading stands in several tasks
    records = list({id(record): record for record in records}.values())
    starts = [record.start for record in records]
    lasts = [max(record.end - 1, 0) for record in records]
    for copied in back:
        starts, lasts = copied.offsets(starts), copied.offsets(lasts)
    for record, start, last in zip(records, starts, lasts, strict=True):
        quoted = copy[record.start : record.end]
        record.start, record.end = start, last + 1 if record.end > record.start else start
        original = ledger.text[record.start : record.end]
        if isinstance(record, Responsibility):
            record.surface = original if record.surface == quoted else record.surface
        else:
            record.text = original if record.text == quoted else record.text
    for warning in ledger.warnings:
        if warning.start is not None and warning.end is not None:
            for copied in back:
                warning.start, warning.end = copied.range(warning.start, warning.end)
