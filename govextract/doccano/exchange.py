"""Documents ⇄ lines of doccano, without a server. What cannot be taken over is said, never dropped.

Beside its text a line carries where it comes from: ``doc_id``, ``piece_id`` (from 1), ``pieces``,
``offset`` of the piece in the document, and ``sha256`` of the piece's text. Every line has every
one of them: doccano loses an upload whose lines do not have the same columns.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from govextract.corpus.model import text_sha256
from govextract.doccano.checking import Reject, check_spans
from govextract.doccano.pieces import LIMIT, piece_ranges
from govextract.doccano.shapes import (
    LabelledRange,
    Shape,
    column_of,
    items_of,
    shaped,
    text_of,
)
from govextract.ner.documents import NerDocument
from govextract.records import LedgerRecord

Line = dict[str, Any]
COLUMNS = ("doc_id", "piece_id", "pieces", "offset", "sha256")


@dataclass(slots=True)
class Exported:
    """Lines for doccano, and the spans and documents that are not in them."""

    lines: list[Line] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)


@dataclass(slots=True)
class Imported:
    """Documents from doccano, and what was refused."""

    documents: list[NerDocument] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A line that was read; `number` and `count` are 1 where the line names no pieces."""

    number: int
    count: int
    offset: int
    text: str
    record: Mapping[str, Any]


class _ChangedTextError(ValueError):
    """The text of a piece is not the one that was given out."""

    def __init__(self, piece: _Piece) -> None:
        self.piece = piece
        place = f"piece {piece.number} of {piece.count}, from {piece.offset}"
        super().__init__(f"{place}: its text was changed")

    def place(self, original: str | None) -> int:
        """Return where the text differs first, or where the piece begins if that is not known."""
        if original is None:
            return self.piece.offset
        return self.piece.offset + _difference(self.piece.text, original[self.piece.offset :])


def from_ledger(ledger: LedgerRecord, name: str) -> NerDocument:
    """Return the text of a ledger with its entities as spans."""
    spans = {(e.start, e.end, str(e.label)) for e in ledger.entities}
    return NerDocument(name, ledger.text, tuple(sorted(spans)))


def export_lines(
    documents: Iterable[NerDocument], shape: Shape = "label", limit: int = LIMIT
) -> Exported:
    """Return the lines of documents, long ones in pieces.

    Examples
    --------
    >>> export_lines([NerDocument("a", "市水利局牵头", ((0, 4, "AGENCY"),))]).lines[0]["label"]
    [[0, 4, 'AGENCY']]
    """
    out = Exported()
    for document in documents:
        text = document.text
        if not text.strip():
            out.rejects.append(Reject(document.id, None, "the text is blank"))
            continue
        spans, rejects = check_spans(document.id, text, document.spans)
        out.rejects += rejects
        ranges = piece_ranges(text, spans, limit)
        at = 0
        for number, (start, end) in enumerate(ranges, 1):
            inside = []
            while at < len(spans) and spans[at][0] < end:
                a, b, label = spans[at]
                inside.append((a - start, b - start, label))
                at += 1
            part = text[start:end]
            columns = (document.id, number, len(ranges), start, text_sha256(part))
            out.lines.append(shaped(part, inside, shape) | dict(zip(COLUMNS, columns, strict=True)))
    return out


def import_lines(
    lines: Iterable[Mapping[str, Any]], originals: Mapping[str, str] | None = None
) -> Imported:
    """Return the documents of lines in any shape, their pieces joined.

    Parameters
    ----------
    originals
        Texts as they were given out, by document; a text that differs from its original is
        refused with the place of the first difference.
    """
    out = Imported()
    groups: dict[str, list[_Piece]] = {}
    refused: set[str] = set()
    for position, record in enumerate(lines, 1):
        name = document_name(record, position)
        try:
            piece = _piece(record)
        except ValueError as error:
            out.rejects.append(Reject(name, _place(error, name, originals), str(error)))
            refused.add(name)
            continue
        groups.setdefault(name, []).append(piece)
    for name, pieces in groups.items():
        # What is left of a document is no document.
        if name in refused:
            out.rejects.append(Reject(name, None, "left out: one of its pieces was refused"))
            continue
        pieces.sort(key=lambda p: (p.number, p.offset))
        fault = _fault(pieces, None if originals is None else originals.get(name))
        if originals is not None and name not in originals:
            fault = (None, "no such document was given out")
        if fault is not None:
            out.rejects.append(Reject(name, *fault))
            continue
        out.documents.append(_joined(name, pieces, out.rejects))
    return out


def import_pieces(
    lines: Iterable[Mapping[str, Any]], originals: Mapping[str, str] | None = None
) -> Imported:
    """Return every piece as a document of its own, where only some of a circular were reviewed.

    Parameters
    ----------
    originals
        As for `import_lines`.
    """
    out = Imported()
    seen: set[str] = set()
    for position, record in enumerate(lines, 1):
        name = document_name(record, position)
        try:
            piece = _piece(record)
        except ValueError as error:
            out.rejects.append(Reject(name, _place(error, name, originals), str(error)))
            continue
        end = piece.offset + len(piece.text)
        fault = None
        if (own := piece_name(record, position)) in seen:
            fault = f"piece {piece.number} is there twice"
        elif originals is not None and name not in originals:
            fault = "no such document was given out"
        elif originals is not None and originals[name][piece.offset : end] != piece.text:
            fault = f"piece {piece.number} differs from the text that was given out"
        if fault is not None:
            out.rejects.append(Reject(name, piece.offset, fault))
            continue
        seen.add(own)
        joined = _joined(name, [piece], out.rejects)
        spans = tuple((a - piece.offset, b - piece.offset, label) for a, b, label in joined.spans)
        out.documents.append(NerDocument(own, piece.text, spans))
    return out


def parse_lines(text: str, place: str) -> tuple[list[Line], list[Reject]]:
    """Return the JSON objects of lines, and which lines are none.

    Parameters
    ----------
    place
        The file, for messages.
    """
    lines: list[Line] = []
    rejects: list[Reject] = []
    # Only line feeds part JSON lines; U+2028 may stand in a text.
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            rejects.append(Reject(f"{place}:{number}", None, f"no JSON: {error}"))
            continue
        if isinstance(record, dict):
            lines.append(record)
        else:
            rejects.append(Reject(f"{place}:{number}", None, "no JSON object"))
    return lines, rejects


def dump_lines(lines: Iterable[Mapping[str, Any]]) -> str:
    """Return JSON lines."""
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def training_line(document: NerDocument) -> Line:
    """Return a whole document as the line that ``govextract train`` reads."""
    return {"doc_id": document.id} | shaped(document.text, document.spans)


def document_name(record: Mapping[str, Any], position: int) -> str:
    """Return what a line calls its document; `position` names one that calls it nothing."""
    for value in (column_of(record, "doc_id"), record.get("id")):
        if value is not None:
            return str(value)
    return f"line {position}"


def piece_name(record: Mapping[str, Any], position: int) -> str:
    """Return what a piece is called that stands for itself."""
    return f"{document_name(record, position)}#{column_of(record, 'piece_id') or 1}"


def _piece(record: Mapping[str, Any]) -> _Piece:
    text = text_of(record)
    items_of(record)
    sha256 = column_of(record, "sha256")
    number, count, offset = (
        _integer(record, key, default)
        for key, default in (("piece_id", 1), ("pieces", 1), ("offset", 0))
    )
    piece = _Piece(number, count, offset, text, record)
    if sha256 is not None and sha256 != text_sha256(text):
        raise _ChangedTextError(piece)
    return piece


def _place(error: ValueError, name: str, originals: Mapping[str, str] | None) -> int | None:
    if isinstance(error, _ChangedTextError):
        return error.place(None if originals is None else originals.get(name))
    return None


def _difference(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))


def _integer(record: Mapping[str, Any], key: str, default: int) -> int:
    value = column_of(record, key)
    if value is None:
        return default
    try:
        return int(value)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{key!r} is {value!r}, not a number") from error


def _fault(pieces: Sequence[_Piece], original: str | None) -> tuple[int | None, str] | None:
    """Return where and why pieces do not make up their document, None where they do."""
    at = 0
    count = pieces[0].count
    for number, piece in enumerate(pieces, 1):
        if piece.count != count:
            return piece.offset, f"its pieces say that they are {count} and {piece.count}"
        if piece.number < number:
            return piece.offset, f"piece {piece.number} is there twice"
        if piece.number > number:
            return at, f"piece {number} of {count} is missing"
        if piece.offset != at:
            how = "crosses the one before" if piece.offset < at else "leaves a gap"
            return piece.offset, f"piece {number} {how}, which ends at {at}"
        at += len(piece.text)
    if len(pieces) < count:
        return at, f"piece {len(pieces) + 1} of {count} is missing"
    text = "".join(piece.text for piece in pieces)
    if original is None or text == original:
        return None
    return _difference(text, original), "the text differs from the one that was given out"


def _joined(name: str, pieces: Sequence[_Piece], rejects: list[Reject]) -> NerDocument:
    spans: list[LabelledRange] = []
    for piece in pieces:
        at = piece.offset
        items = items_of(piece.record)
        more = piece.number < piece.count
        good, wrong = check_spans(name, piece.text, items, at, more=more)
        spans += [(a + at, b + at, label) for a, b, label in good]
        rejects += wrong
        for relation in piece.record.get("relations") or ():
            rejects.append(Reject(name, at, f"relations are not taken over: {relation!r}"))
    return NerDocument(name, "".join(p.text for p in pieces), tuple(spans))
