"""Brings a ledger's offsets to another copy of its text that differs in white space only.

A reader may drop what stands around a document, so the ledger's text may also be a part of the
gold text.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from govextract.records import LedgerRecord

_Spanned = TypeVar("_Spanned")


class TextMismatchError(ValueError):
    """Two texts differ in more than white space."""


def align(ledger: LedgerRecord, text: str) -> LedgerRecord:
    r"""Return `ledger` with offsets into `text`.

    Raises
    ------
    TextMismatchError
        Where the ledger's text, white space aside, is not `text` or a part of it.

    Examples
    --------
    >>> from govextract.records import Entity, Meta, Source
    >>> found = Entity(0, 3, "AGENCY", "财政局", "rule", 1.0)
    >>> ledger = LedgerRecord(Source(None, "", "txt"), Meta(), "财政局办", entities=[found])
    >>> [(e.start, e.end) for e in align(ledger, "市\n财政 局办").entities]
    [(2, 6)]
    """
    if ledger.text == text:
        return ledger
    places = [i for i, c in enumerate(text) if not c.isspace()]
    squashed = "".join(text.split())
    own = "".join(ledger.text.split())
    shift = squashed.find(own)
    if shift < 0:
        raise TextMismatchError("the texts differ in more than white space")
    before = [0]  # how many characters other than white space stand before each offset
    for c in ledger.text:
        before.append(before[-1] + (not c.isspace()))

    def moved(item: _Spanned) -> _Spanned:
        first = before[min(item.start, len(before) - 1)] + shift  # type: ignore[attr-defined]
        last = before[min(item.end, len(before) - 1)] + shift  # type: ignore[attr-defined]
        if first >= last:  # nothing but white space
            place = places[first] if first < len(places) else len(text)
            return replace(item, start=place, end=place)  # type: ignore[type-var]
        return replace(item, start=places[first], end=places[last - 1] + 1)  # type: ignore[type-var]

    return replace(
        ledger,
        text=text,
        entities=[moved(e) for e in ledger.entities],
        tasks=[
            replace(
                moved(t),
                measures=[moved(m) for m in t.measures],
                responsibilities=[moved(r) for r in t.responsibilities],
                metrics=[moved(m) for m in t.metrics],
                deadlines=[moved(d) for d in t.deadlines],
            )
            for t in ledger.tasks
        ],
    )
