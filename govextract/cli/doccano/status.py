"""``govextract doccano status``: how far a project is."""

from __future__ import annotations

import typer

from govextract.cli.doccano.common import Project, failures, login
from govextract.cli.messages import Reporter


def command(project: Project) -> None:
    """Print how many circulars and pieces a project has, and what each user confirmed.

    \b
    Examples:
      govextract doccano status --project 2025

    \b
    Exit status:
      0  printed
      2  the command was called wrongly
      3  the server cannot be used
    """  # noqa: D301
    reporter = Reporter(verbose=True)
    with failures(reporter):
        server = login(reporter)
        from govextract.doccano.projects import status

        state = status(server, project)
    typer.echo(f"circulars\t{state.documents}\npieces\t{state.pieces}")
    for user, done in sorted(state.progress.items()):
        typer.echo(f"confirmed by {user}\t{done}")
