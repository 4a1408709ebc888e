"""What the sub-commands share: where the corpus lies, and how faults are told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from govextract.cli.messages import SOME_FAILED, Reporter, usage_error

if TYPE_CHECKING:
    from rich.table import Table

    from govextract.corpus import Entry

PATHS = "Source files (.txt), files of records (.jsonl), or folders of them."


def corpus_folder(folder: Path | None) -> Path:
    """Return the folder of the corpus; ends the command where there is none."""
    from govextract.corpus.files import find_corpus

    try:
        return find_corpus(folder)
    except FileNotFoundError as error:
        usage_error(str(error))


@contextmanager
def refusals(reporter: Reporter) -> Iterator[None]:
    """End the command with what is wrong where a file is refused."""
    from govextract.corpus import CorpusError

    try:
        yield
    except CorpusError as error:
        for fault in error.faults:
            reporter.tell(f"error: {fault}")
    except (ValueError, OSError, ImportError) as error:
        reporter.tell(f"error: {error}")
    else:
        return
    raise typer.Exit(SOME_FAILED)


def entries_of(paths: list[Path], reporter: Reporter) -> list[Entry]:
    """Return the documents that `paths` name; ends the command where one is refused or none is."""
    from govextract.cli.messages import NOTHING_PROCESSED
    from govextract.corpus.files import read_entries

    missing = [path for path in paths if not path.exists()]
    if missing:
        usage_error(f"{missing[0]} is not there")
    with refusals(reporter):
        entries = read_entries(paths)
    if not entries:
        reporter.tell("nothing to do: no document found")
        raise typer.Exit(NOTHING_PROCESSED)
    return entries


def print_table(table: Table) -> None:
    """Print a table to standard output, its numbers whole even where the window is narrow."""
    from rich import box
    from rich.console import Console

    table.box = box.SIMPLE_HEAD
    for column in table.columns:
        column.no_wrap = True
    console = Console()
    console.width = max(console.width, 110)
    console.print(table)
