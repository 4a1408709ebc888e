"""The ledger as comma-separated values that a spreadsheet program opens as they are.

UTF-8 with a byte order mark (without it Excel takes another encoding), every field quoted, lines
ended by CR LF as in RFC 4180, one physical line a task.
"""

from __future__ import annotations

import csv
from io import StringIO

from govextract.exporters.cells import neutralised
from govextract.exporters.rows import COLUMNS, task_rows
from govextract.records import LedgerRecord


def render(ledger: LedgerRecord) -> bytes:
    """Return the ledger's table; cells that a spreadsheet would run are `neutralised`."""
    buffer = StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([column.chinese for column in COLUMNS])
    for row in task_rows(ledger):
        cells = row.cells(stacked=False)
        writer.writerow([neutralised(c) if isinstance(c, str) else c for c in cells])
    return buffer.getvalue().encode("utf-8-sig")
