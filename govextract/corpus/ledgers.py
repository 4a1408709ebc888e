"""Entries of the corpus in the form of a ledger, as ``govextract extract`` writes it."""

from __future__ import annotations

from dataclasses import replace

from govextract.corpus.model import text_sha256
from govextract.corpus.standoff import Entry
from govextract.readers.document import Block, Cell, SourceDocument, Table
from govextract.readers.text import line_blocks
from govextract.records import Entity, LedgerRecord, Meta, Source, Task


def ledger_of(entry: Entry) -> LedgerRecord:
    """Return the ledger that a perfect reader of the document would write.

    Examples
    --------
    >>> from govextract.corpus import EXAMPLE, Entry, compile_document, parse
    >>> document = parse(EXAMPLE)
    >>> ledger = ledger_of(Entry(document, compile_document(document)))
    >>> [(e.label, e.text) for e in ledger.entities][:2]
    [('AGENCY', '县水利局'), ('AGENCY', '财政局')]
    """
    head, text = entry.document.head, entry.text
    issued_on = head.issued_on.isoformat() if head.issued_on else None
    return LedgerRecord(
        source=Source(head.source or f"{head.id}.txt", text_sha256(text), "txt"),
        meta=Meta(head.title, head.doc_number, head.issuer, issued_on, head.year),
        text=text,
        tasks=[
            Task(
                id=str(n),
                number=task.number,
                path=list(task.path),
                title=task.title,
                start=task.start,
                end=task.end,
                responsibilities=[replace(r) for r in task.responsibilities],
                metrics=[replace(m) for m in task.metrics],
                deadlines=[replace(d) for d in task.deadlines],
            )
            for n, task in enumerate(entry.annotation.tasks, 1)
        ],
        entities=[
            Entity(s.start, s.end, s.label, text[s.start : s.end], "rule", 1.0)
            for s in entry.annotation.spans
        ],
    )


def source_document(entry: Entry) -> SourceDocument:
    """Return the document as a reader gives it: its text, with tables as blocks of cells."""
    text = entry.text
    tables = [(table.start, table.end) for table in entry.document.tables]
    blocks = [
        block
        for block in line_blocks(text)
        if not any(start <= block.start < end for start, end in tables)
    ]
    for table in entry.document.tables:
        cells = []
        for r, row in enumerate(table.rows):
            for c, cell in enumerate(row):
                if cell is not None:
                    below = table.rows[r + 1 :]
                    span = 1
                    while span <= len(below) and below[span - 1][c] is None:
                        span += 1
                    cells.append(Cell(r, c, *cell, rowspan=span))
        grid = Table(table.start, table.end, tuple(cells), len(table.rows), len(table.rows[0]))
        blocks.append(Block("table", table.start, table.end, grid))
    return SourceDocument(
        text=text,
        format="txt",
        sha256=text_sha256(text),
        path=entry.document.head.source,
        blocks=sorted(blocks, key=lambda b: b.start),
    )
