"""The file of disputes: a table to fill in with a spreadsheet program, and to read back.

A row is a dispute; the last column takes the decision. Rows are known by their number alone, so
whatever a spreadsheet does to the other cells changes nothing.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from io import StringIO

from govextract.doccano.adjudicating import CONTEXT, Comparison, Dispute, versions_text
from govextract.exporters.cells import FORMULA_STARTS, neutralised, one_line
from govextract.readers.encoding import decode

NUMBER, DOCUMENT, LINE, PLACE, DECISION = "编号", "文件", "行", "上下文", "裁定"


class DisputesError(ValueError):
    """A file is not the file of disputes, or not one any more."""


def render(
    compared: Comparison, decisions: Mapping[str, str], stale: Sequence[Sequence[str]] = ()
) -> bytes:
    """Return the file, with decisions that were made before.

    Parameters
    ----------
    stale
        Rows of disputes that are no more; they are kept at the end, lest a decision is lost.
    """
    buffer = StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([NUMBER, DOCUMENT, LINE, PLACE, *compared.annotators, DECISION])
    for dispute in compared.disputes:
        text = compared.texts[dispute.document]
        versions = (
            versions_text(text, dispute.versions[a]) if a in dispute.versions else "–"
            for a in compared.annotators
        )
        cells = [
            dispute.number,
            dispute.document,
            str(text.count("\n", 0, dispute.start) + 1),
            context(text, dispute),
            *versions,
            decisions.get(dispute.number, ""),
        ]
        writer.writerow([neutralised(cell) for cell in cells])
    writer.writerows(stale)
    return buffer.getvalue().encode("utf-8-sig")


def context(text: str, dispute: Dispute) -> str:
    """Return the words around a dispute on one line, its own in ``【 】``."""
    before = text[max(0, dispute.start - CONTEXT) : dispute.start]
    after = text[dispute.end : dispute.end + CONTEXT]
    words = text[dispute.start : dispute.end]
    return f"{one_line(before)}【{one_line(words)}】{one_line(after)}"


def read_decisions(content: bytes) -> dict[str, list[str]]:
    """Return the rows of a file by number; the last cell of a row is its decision.

    Parameters
    ----------
    content
        As a spreadsheet program saved it: comma, semicolon or tab, in UTF-8, UTF-16 or GB 18030.

    Raises
    ------
    DisputesError
        Where the columns of number and decision are not there, or a number stands twice.
    """
    text, *_ = decode(content)
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    rows = [row for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter) if any(row)]
    if not rows or NUMBER not in rows[0] or DECISION not in rows[0]:
        raise DisputesError(f"has no columns {NUMBER} and {DECISION}")
    number, decision = rows[0].index(NUMBER), rows[0].index(DECISION)
    found: dict[str, list[str]] = {}
    for row in rows[1:]:
        cells = [*row, *[""] * (len(rows[0]) - len(row))]
        given = cells.pop(decision).strip()
        if given[:1] == "'" and given[1:2] in FORMULA_STARTS:
            given = given[1:]
        key = cells[number].strip()
        if key in found:
            raise DisputesError(f"number {key!r} stands twice")
        found[key] = [*cells, given]
    return found
