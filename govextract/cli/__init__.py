"""The command line: one file a command, each a thin layer over a plain function.

To add a command, write its file beside the others, with a function `command` (or a Typer `group`
of several), and register it here.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from govextract import __version__
from govextract.cli import agencies, corpus, doccano, evaluate, extract, schema, train

app = typer.Typer(
    name="govextract",
    no_args_is_help=True,
    add_completion=False,
    # Help as plain text: it stays readable in logs, pipes and narrow windows.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("extract")(extract.command)
app.command("evaluate")(evaluate.command)
app.command("schema")(schema.command)
app.command("train")(train.command)
app.add_typer(corpus.app, name="corpus")
app.add_typer(agencies.group, name="agencies")
app.add_typer(doccano.group, name="doccano")


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"govextract {__version__}")
        raise typer.Exit


@app.callback()
def _govextract(
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version.", callback=_print_version, is_eager=True
        ),
    ] = False,
) -> None:
    """Turn Chinese government circulars into ledgers of their tasks.

    \b
    The main job:
      govextract extract circular.docx -o ledger.xlsx
    """  # noqa: D301 (the help formatter needs the backspace character itself)


def main() -> None:
    """Run the command line; a reader that closes the pipe early ends it quietly."""
    try:
        app()
    except BrokenPipeError:
        # Python flushes standard output once more at exit: give it somewhere to write to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
