"""``govextract corpus diff``: in what two versions of documents differ."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from govextract.cli.corpus.common import PATHS, entries_of
from govextract.cli.messages import OK, SOME_FAILED, Reporter, count


def command(
    first: Annotated[Path, typer.Argument(metavar="FIRST", help=PATHS)],
    second: Annotated[Path, typer.Argument(metavar="SECOND", help=PATHS)],
) -> None:
    """Print the spans, values and tasks in which two versions of documents differ.

    Lines are of the form ``id:line: sign what``; the sign is - for what only FIRST has, + for what
    only SECOND has, and ~ for what has other values.

    \b
    Examples:
      govextract corpus diff annotator-a/ annotator-b/
      govextract corpus diff old.jsonl new.jsonl

    \b
    Exit status:
      0  they do not differ
      1  they differ, or a document is refused
      2  the command was called wrongly
    """  # noqa: D301 (the help formatter needs the backspace character itself)
    from govextract.corpus.comparing import differences

    reporter = Reporter()
    before, after = entries_of([first], reporter), entries_of([second], reporter)
    number = 0
    for number, difference in enumerate(differences(before, after), 1):  # noqa: B007
        typer.echo(str(difference))
    reporter.tell(count(number, "difference"))
    raise typer.Exit(SOME_FAILED if number else OK)
