"""Ledger to file: JSON, JSON Lines, comma-separated values, Excel workbook."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

from govextract.records import LedgerRecord, LedgerWarning

Format = Literal["json", "jsonl", "csv", "xlsx"]
FORMATS: tuple[Format, ...] = get_args(Format)


@dataclass(frozen=True, slots=True)
class Export:
    """A rendered ledger, and what could not be written as it is."""

    data: bytes
    notes: list[LedgerWarning] = field(default_factory=list)


def render(ledger: LedgerRecord, format: Format) -> Export:
    """Return `ledger` as the content of a file of `format`.

    Raises
    ------
    ValueError
        Where the format is none of `FORMATS`, or cannot hold the ledger.
    """
    # Imported where used: who writes JSON does not wait for the spreadsheet writer.
    if format in ("json", "jsonl"):
        from govextract.exporters import json_file

        return Export(json_file.render(ledger, indent=2 if format == "json" else None))
    if format == "csv":
        from govextract.exporters import csv_file

        return Export(csv_file.render(ledger))
    if format == "xlsx":
        from govextract.exporters import xlsx_file

        data, notes = xlsx_file.render(ledger)
        return Export(data, notes)
    raise ValueError(f"unknown format {format!r}; known are {', '.join(FORMATS)}")
