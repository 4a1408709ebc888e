"""What every reader returns: the text that all later offsets index, and its layout."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Literal

from govextract.records import LedgerWarning

Format = Literal["txt", "html", "docx", "doc", "pdf", "ofd"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table, ``text[start:end]``; an empty cell has ``start == end``.

    Attributes
    ----------
    row, col
        0-based position of the cell's upper left corner in the grid.
    rowspan, colspan
        How many rows and columns a merged cell covers, at least 1.
    """

    row: int
    col: int
    start: int
    end: int
    rowspan: int = 1
    colspan: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a grid; a merged cell stands once, at its upper left corner.

    Where `guessed`, the grid was made out of running text: a cell that reaches over rows may as
    well stand above empty ones.
    """

    start: int
    end: int
    cells: tuple[Cell, ...]
    n_rows: int
    n_cols: int
    guessed: bool = False


@dataclass(slots=True)
class Block:
    """A paragraph or a table of the text, ``text[start:end]``, in reading order.

    Blocks do not overlap, are sorted, and hold no line break at either end.
    """

    kind: Literal["paragraph", "table"]
    start: int
    end: int
    table: Table | None = None


@dataclass(slots=True)
class SourceDocument:
    """A circular as read.

    Attributes
    ----------
    text
        The one text. For a .txt file the file's own content (without a byte order mark); for
        other formats paragraphs end in a line feed, the cells of a table row are joined by tabs
        and its rows by line feeds, so that the same circular in every format has the same
        characters but for white space.
    metadata
        Pairs that the file or page states outside its text (a metadata table at the head of a
        web page, Word's core properties), keys as printed, without blanks inside.
    title
        The document's title where the file states it apart from its text, else None.
    """

    text: str
    format: Format
    sha256: str
    path: str | None = None
    blocks: list[Block] = field(default_factory=list)
    metadata: dict[str, str] = field(default_factory=dict)
    warnings: list[LedgerWarning] = field(default_factory=list)
    title: str | None = None


def sha256_of(data: bytes) -> str:
    """Return the hexadecimal SHA-256 of `data`."""
    return hashlib.sha256(data).hexdigest()
