"""``govextract corpus hydrate``: records of real documents joined with one's own copies."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from govextract.cli.corpus.common import corpus_folder, refusals
from govextract.cli.messages import NOTHING_PROCESSED, OK, SOME_FAILED, Reporter, count


def command(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[RECORDS]...", help="Files of records; else those of the corpus."),
    ] = None,
    texts: Annotated[
        list[Path] | None,
        typer.Option(
            "--texts", metavar="PATH", help="Folder, .txt, .jsonl or .jsonl.gz with texts."
        ),
    ] = None,
    out: Annotated[
        Path, typer.Option("-o", "--out", metavar="DIR", help="Folder to write to.")
    ] = Path("hydrated"),
) -> None:
    """Fill the texts of real documents into their records.

    The corpus holds offsets, values and the SHA-256 of each text, not the text. Texts are found by
    their SHA-256, whatever their file is called; one that differs in a single character is refused.
    Files of JSON lines hold texts under the key text. --texts may be given several times.

    \b
    Example:
      govextract corpus hydrate --texts circulars/ --texts raw.jsonl.gz -o hydrated/

    \b
    Exit status:
      0  every record has its text
      1  some are refused, the others are written
      2  the command was called wrongly
      3  no record has its text
    """  # noqa: D301 (the help formatter needs the backspace character itself)
    from govextract.corpus import hydrate, read_records, write_records
    from govextract.corpus.files import SPLITS, records_name

    reporter = Reporter()
    if not paths:
        folder = corpus_folder(None)
        real = [folder / records_name(split) for split in SPLITS if split.startswith("real-")]
        paths = [path for path in real if path.is_file()]
    done = missing = 0
    with refusals(reporter):
        for path in paths:
            filled, refused = hydrate(read_records(path), texts or [])
            for message in refused:
                reporter.tell(f"error: {path}: {message}")
            if filled:
                write_records(out / path.name, filled)
            done += len(filled)
            missing += len(refused)
    reporter.tell(f"{count(done, 'document')} to {out}, {missing:,} refused")
    if not done:
        raise typer.Exit(NOTHING_PROCESSED)
    raise typer.Exit(SOME_FAILED if missing else OK)
