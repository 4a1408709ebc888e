"""``govextract corpus draft``: source files from circulars that were annotated in doccano."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from govextract.cli.engine import Engine, EngineError
from govextract.cli.messages import (
    NOTHING_PROCESSED,
    SOME_FAILED,
    Reporter,
    count,
    usage_error,
)


def command(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE",
            exists=True,
            dir_okay=False,
            help="Annotated circulars, as doccano pull, import and adjudicate write them.",
        ),
    ],
    out: Annotated[Path, typer.Option("-o", "--out", metavar="DIR", help="Folder of the files.")],
    year: Annotated[
        int | None, typer.Option(help="Year of circulars that tell none.", min=1900, max=2099)
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Write over files that are there.")
    ] = False,
) -> None:
    """Write annotated circulars as source files of the corpus, to be looked through by a person.

    The spans are those of the annotators. Head, headings, tasks and the roles of units are what
    the library reads; what it cannot read is told with its line, as `corpus validate` does.

    \b
    Examples:
      govextract corpus draft pulled/all.jsonl -o mine/
      govextract corpus validate mine/

    \b
    Exit status:
      0  every circular was written, and nothing is wrong with it
      1  something is to be completed by hand, or was refused; the others are written
      2  the command was called wrongly
      3  no circular was found
    """  # noqa: D301 (the help formatter needs the backspace character itself)
    reporter = Reporter()
    engine = Engine()
    try:
        engine.prepare()
    except EngineError as error:
        usage_error(str(error))
    raise typer.Exit(draft_files(paths, out, engine, reporter, year=year, force=force))


def draft_files(
    paths: list[Path],
    out: Path,
    engine: Engine,
    reporter: Reporter,
    *,
    year: int | None = None,
    force: bool = False,
) -> int:
    """Write the source files of annotated circulars to `out` and return the exit status."""
    from govextract.corpus.drafting import draft
    from govextract.corpus.files import read_exactly, write_exactly
    from govextract.corpus.markup import render
    from govextract.corpus.validating import validate_source
    from govextract.doccano.exchange import import_lines, parse_lines
    from govextract.readers.text import read_txt

    lines, refused = [], []
    for path in paths:
        found, faults = parse_lines(read_exactly(path), str(path))
        lines += found
        refused += faults
    imported = import_lines(lines)
    refused += imported.rejects
    for reject in refused:
        reporter.tell(f"refused: {reject}")
    failed = len(refused)
    written = 0
    taken: set[str] = set()
    for document in reporter.progress(imported.documents, len(imported.documents)):
        try:
            ledger = engine(read_txt(document.text.encode("utf-8")))
            if ledger.text != document.text:
                raise ValueError("its text cannot be read again as it stands")
            drafted = draft(document.id, document.text, document.spans, ledger, year=year)
            document_id = drafted.document.head.id
            if document_id in taken:
                # Another kind of file of the same name.
                document_id += f"-{document.id.rpartition('.')[2].casefold()}"
                head = replace(drafted.document.head, id=document_id)
                drafted.document = replace(drafted.document, head=head)
            taken.add(document_id)
            path = out / f"{document_id}.txt"
            if path.exists() and not force:
                raise ValueError(f"{path} is there already; --force writes over it")
            write_exactly(path, render(drafted.document))
        except (ValueError, OSError) as error:
            reporter.error(document.id, str(error))
            failed += 1
            continue
        written += 1
        for start, reason in drafted.left_out:
            reporter.tell(f"refused: {document.id} at {start}: {reason}")
        _, wrong = validate_source(path)
        for fault in wrong:
            reporter.tell(f"to complete: {fault}")
        failed += len(drafted.left_out) + len(wrong)
    reporter.tell(f"{count(written, 'circular')} to {out}")
    if not imported.documents:
        return NOTHING_PROCESSED
    return SOME_FAILED if failed else 0
