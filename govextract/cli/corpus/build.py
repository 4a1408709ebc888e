"""``govextract corpus build``: the files of the corpus from its sources."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from govextract.cli.corpus.common import corpus_folder, refusals
from govextract.cli.messages import SOME_FAILED, Reporter, count


def command(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[CORPUS]", help="Folder of the corpus.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; fail where a file is out of date.")
    ] = False,
) -> None:
    """Compile the authored documents to the records of their splits, and list the checksums.

    \b
    Examples:
      govextract corpus build
      govextract corpus build --check
    """  # noqa: D301 (the help formatter needs the backspace character itself)
    from govextract.corpus.building import CHECKSUMS_NAME, built_files, checksums, stale_files
    from govextract.corpus.files import write_exactly

    reporter = Reporter()
    place = corpus_folder(folder)
    with refusals(reporter):
        files = built_files(place)
        stale = stale_files(place, files)
        if not check:
            for name, content in files.items():
                write_exactly(place / name, content)
            files[CHECKSUMS_NAME] = checksums(place)
            write_exactly(place / CHECKSUMS_NAME, files[CHECKSUMS_NAME])
    for name in stale:
        reporter.tell(f"{'out of date' if check else 'written'}: {place / name}")
    if check and stale:
        raise typer.Exit(SOME_FAILED)
    reporter.tell(f"{count(len(files), 'file')} in {place} up to date")
