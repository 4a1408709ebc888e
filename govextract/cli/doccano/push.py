"""``govextract doccano push``: circulars to a project."""

from __future__ import annotations

from typing import Annotated

import typer

from govextract.cli.doccano.common import (
    Circulars,
    Limit,
    Model,
    Most,
    Project,
    Selection,
    arrangement,
    failures,
    finish,
    ledgers_of,
    login,
)
from govextract.cli.messages import Reporter, count


def command(
    paths: Circulars,
    project: Project,
    select: Selection = "all",
    most: Most = None,
    model: Model = None,
    limit: Limit = 1500,
    independent: Annotated[
        bool,
        typer.Option(
            "--independent",
            help="In a new project, annotators do not see each other's spans, nor the model's.",
        ),
    ] = False,
) -> None:
    """Bring circulars to a project, annotated by the current model, in pieces.

    The project is made where it is missing. What it holds already is not sent again, so that an
    upload that broke off is completed by the same command.

    \b
    Examples:
      govextract doccano push circulars/ --project 2025
      govextract doccano push circulars/ --project 2025 --select uncertain --most 20
      govextract doccano push circulars/ --project 2025 --select uncertain-pieces --most 100

    \b
    Exit status:
      0  every circular is there
      1  some circulars or spans were refused, the others are there
      2  the command was called wrongly
      3  the server cannot be used, or did not take what it was given
    """  # noqa: D301 (the help formatter needs the backspace character itself)
    reporter = Reporter(verbose=True)
    with failures(reporter):
        server = login(reporter)
        ledgers, failed = ledgers_of(paths, select, most, model, reporter)
        from govextract.doccano.exchange import from_ledger
        from govextract.doccano.pushing import push

        pushed = push(
            server,
            project,
            [from_ledger(ledger, name) for name, ledger in ledgers],
            independent=independent,
            limit=limit,
            arrange=arrangement(ledgers, select, most),
            progress=lambda n, of: reporter.tell(f"{n:,} of {count(of, 'piece')}"),
        )
    reporter.tell(f"{count(pushed.pieces, 'piece')} pushed, {pushed.there:,} there already")
    finish(reporter, pushed.rejects, failed)
