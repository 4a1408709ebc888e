"""``govextract doccano export``: circulars as a file to import in doccano."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from govextract.cli.doccano.common import (
    Circulars,
    Limit,
    Model,
    Most,
    Out,
    Selection,
    arrangement,
    failures,
    finish,
    ledgers_of,
    write,
)
from govextract.cli.messages import Reporter, count
from govextract.doccano.shapes import Shape


def command(
    paths: Circulars,
    out: Out = Path("doccano.jsonl"),
    shape: Annotated[Shape, typer.Option(help="Which doccano has written.")] = "label",
    select: Selection = "all",
    most: Most = None,
    model: Model = None,
    limit: Limit = 1500,
) -> None:
    """Write circulars, annotated by the current model, as a file to import in doccano.

    The project there must allow spans to overlap, or doccano drops some silently.

    \b
    Examples:
      govextract doccano export circulars/ -o doccano.jsonl
      govextract doccano export circulars/ --shape entities --limit 800

    \b
    Exit status:
      0  every circular is in the file
      1  some circulars or spans were refused, the others are written
      2  the command was called wrongly
      3  no circular could be read
    """  # noqa: D301
    reporter = Reporter(verbose=True)
    with failures(reporter):
        ledgers, failed = ledgers_of(paths, select, most, model, reporter)
        from govextract.doccano.exchange import dump_lines, export_lines, from_ledger

        documents = (from_ledger(ledger, name) for name, ledger in ledgers)
        exported = export_lines(documents, shape, limit)
        lines = arrangement(ledgers, select, most)(exported.lines)
        write(out, dump_lines(lines))
    reporter.tell(f"{out}: {count(len(lines), 'piece')}")
    finish(reporter, exported.rejects, failed)
