"""Which spans are right, and why the others are refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from govextract.doccano.shapes import LabelledRange, span_of
from govextract.records import LABELS


@dataclass(frozen=True, slots=True)
class Reject:
    """Something that was not taken over.

    Attributes
    ----------
    start
        Offset in the document, None where the document or a piece as a whole is meant.
    """

    document: str
    start: int | None
    reason: str

    def __str__(self) -> str:
        place = "" if self.start is None else f" at {self.start}"
        return f"{self.document}{place}: {self.reason}"


def check_spans(
    name: str, text: str, items: Iterable[Any], offset: int = 0, *, more: bool = False
) -> tuple[list[LabelledRange], list[Reject]]:
    """Return the spans that are right, in order, and why the others are not.

    Parameters
    ----------
    items
        Spans in any shape, offsets into `text`.
    offset
        Place of `text` in its document; added to the places of rejects only.
    more
        Whether another piece of the document follows.
    """
    rejects: list[Reject] = []
    good: list[LabelledRange] = []
    for item in items:
        try:
            span = span_of(item)
        except ValueError as error:
            rejects.append(Reject(name, None, str(error)))
            continue
        reason = _wrong(text, span, item, more=more)
        if reason is None:
            good.append(span)
        else:
            rejects.append(Reject(name, span[0] + offset, reason))
    held: dict[str, LabelledRange] = {}
    kept: list[LabelledRange] = []
    for start, end, label in sorted(good):
        before = held.get(label)
        if before is not None and before[1] > start:
            what = (
                "is given twice"
                if before == (start, end, label)
                else f"overlaps {label} [{before[0] + offset}, {before[1] + offset})"
            )
            reason = f"{label} {text[start:end]!r} {what}"
            rejects.append(Reject(name, start + offset, reason))
            continue
        held[label] = (start, end, label)
        kept.append((start, end, label))
    return kept, rejects


def _wrong(text: str, span: LabelledRange, item: Any, *, more: bool) -> str | None:
    start, end, label = span
    where = f"{label} [{start}, {end})"
    if label not in LABELS:
        return f"unknown label {label!r}; known are {', '.join(LABELS)}"
    if more and 0 <= start < len(text) < end:
        return f"{where} crosses the end of its piece of {len(text)} characters"
    if not 0 <= start < end <= len(text):
        return f"{where} does not lie in the text of {len(text)} characters"
    surface = text[start:end]
    stored = item.get("text", item.get("surface")) if isinstance(item, Mapping) else None
    if stored is not None and stored != surface:
        return f"{where} is {surface!r} in the text, but was stored as {stored!r}"
    if surface != surface.strip():
        return f"{where} begins or ends with a blank: {surface!r}"
    return None
