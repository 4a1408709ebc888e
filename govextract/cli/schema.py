"""``govextract schema``: the JSON Schema of the output."""

from __future__ import annotations

import typer


def command() -> None:
    """Print the JSON Schema of the ledger.

    It is of draft 2020-12, and describes what extract writes as json and as each line of jsonl.

    \b
    Example:
      govextract schema > ledger.schema.json
    """  # noqa: D301 (the help formatter needs the backspace character itself)
    from govextract.data import read_text

    typer.echo(read_text("ledger.schema.json"), nl=False)
