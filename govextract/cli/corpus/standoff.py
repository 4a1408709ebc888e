"""``govextract corpus standoff``: annotated real documents to records without their text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from govextract.cli.corpus.common import PATHS, corpus_folder, entries_of, refusals
from govextract.cli.messages import SOME_FAILED, Reporter, count, usage_error


def command(
    paths: Annotated[list[Path], typer.Argument(metavar="SRC...", help=PATHS)],
    split: Annotated[str, typer.Option(help="real-train, real-dev, real-test or real-unseen.")],
    texts: Annotated[
        list[Path] | None,
        typer.Option("--texts", metavar="PATH", help="Copies to check the marked texts against."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="OUT", help="File to write; else that of the corpus."),
    ] = None,
) -> None:
    """Write annotated real documents as offsets, values and the SHA-256 of their texts.

    The records quote nothing of the documents but restored names, and indicators and titles whose
    words do not stand in them. With --texts every document must be, to the character, one of the
    copies there; the name of the copy's file is kept with it.

    \b
    Example:
      govextract corpus standoff real/*.txt --split real-train --texts circulars/
    """  # noqa: D301 (the help formatter needs the backspace character itself)
    from govextract.corpus import to_record, without_text, write_records
    from govextract.corpus.files import REAL_SPLITS, records_name
    from govextract.corpus.hydrating import read_copies
    from govextract.corpus.model import text_sha256
    from govextract.corpus.validating import check_record

    if split not in REAL_SPLITS:
        usage_error(f"{split!r} is none of {', '.join(REAL_SPLITS)}")
    reporter = Reporter()
    entries = entries_of(paths, reporter)
    names: dict[str, str] = {}
    with refusals(reporter):
        wanted = {text_sha256(entry.text) for entry in entries}
        for copy in read_copies(texts or []):
            if copy.sha256 in wanted:
                names.setdefault(copy.sha256, Path(copy.name).name)
    faults = []
    records = []
    for entry in sorted(entries, key=lambda e: e.id):
        found = names.get(text_sha256(entry.text))
        if texts and found is None:
            faults.append(f"{entry.id}: its text is none of the copies")
        head = entry.document.head
        head = replace(head, source=head.source or found)
        document = replace(entry.document, head=head)
        record = to_record(replace(entry, document=document, split=split, origin="real"))
        faults += [f"{entry.id}: {message}" for message in check_record(record)]
        records.append(without_text(record))
    if faults:
        for fault in faults:
            reporter.tell(f"error: {fault}")
        raise typer.Exit(SOME_FAILED)
    out = out or corpus_folder(None) / records_name(split)
    write_records(out, records)
    reporter.tell(f"{count(len(records), 'document')} to {out}")
