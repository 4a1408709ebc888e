"""``govextract doccano import``: exports of doccano, joined to circulars."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from govextract.cli.doccano.common import Against, Out, failures, finish, originals, write
from govextract.cli.messages import Reporter, count

if TYPE_CHECKING:
    from govextract.doccano.checking import Reject


def command(
    paths: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="Exports of doccano.", exists=True)
    ],
    out: Out = Path("annotated.jsonl"),
    against: Against = None,
) -> None:
    """Join the pieces of doccano's exports to whole circulars, as `govextract train` takes them.

    What does not fit is refused with document, offset and reason; the rest is written.

    \b
    Examples:
      govextract doccano import admin.jsonl -o annotated.jsonl --against circulars/
      govextract train annotated.jsonl -o my-model

    \b
    Exit status:
      0  everything was taken over
      1  some circulars or spans were refused, the others are written
      2  the command was called wrongly
      3  a file cannot be read
    """  # noqa: D301
    reporter = Reporter(verbose=True)
    with failures(reporter):
        from govextract.corpus.files import read_exactly
        from govextract.doccano.exchange import (
            dump_lines,
            import_lines,
            parse_lines,
            training_line,
        )

        lines: list[dict[str, Any]] = []
        rejects: list[Reject] = []
        for path in paths:
            found, wrong = parse_lines(read_exactly(path), str(path))
            lines += found
            rejects += wrong
        imported = import_lines(lines, originals(against))
        write(out, dump_lines(map(training_line, imported.documents)))
    reporter.tell(f"{out}: {count(len(imported.documents), 'circular')}")
    finish(reporter, [*rejects, *imported.rejects], 0)
