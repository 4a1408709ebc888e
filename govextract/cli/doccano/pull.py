"""``govextract doccano pull``: the corrections of a project."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govextract.cli.doccano.common import (
    Against,
    Out,
    Project,
    failures,
    file_name,
    finish,
    login,
    originals,
    write,
)
from govextract.cli.messages import Reporter, count

if TYPE_CHECKING:
    from govextract.doccano.checking import Reject


def command(
    project: Project,
    out: Out = Path("pulled"),
    against: Against = None,
    approved: Annotated[
        bool, typer.Option("--approved", help="Only circulars of which every piece is confirmed.")
    ] = False,
    pieces: Annotated[
        bool,
        typer.Option("--pieces", help="Take each piece for itself, where only some were reviewed."),
    ] = False,
) -> None:
    """Bring the corrections of a project back, to OUT/ANNOTATOR.jsonl.

    The files are of the form that `govextract train` takes. Where annotators work together there
    is one, all.jsonl.

    \b
    Examples:
      govextract doccano pull --project 2025 --against circulars/
      govextract doccano pull --project 2025 --approved --pieces
      govextract train pulled/all.jsonl -o my-model

    \b
    Exit status:
      0  everything was taken over
      1  some circulars or spans were refused, the others are written
      2  the command was called wrongly
      3  the server cannot be used
    """  # noqa: D301
    reporter = Reporter(verbose=True)
    with failures(reporter):
        server = login(reporter)
        from govextract.doccano.exchange import dump_lines, training_line
        from govextract.doccano.pulling import pull

        results = pull(server, project, originals(against), apart=pieces)
        noun = "piece" if pieces else "circular"
        rejects: list[Reject] = []
        for pulled in results:
            documents = [d for d in pulled.documents if not approved or d.id in pulled.approved]
            state = {d.id: pulled.approved.get(d.id, []) for d in documents}
            lines = [
                training_line(d) | {"annotator": pulled.annotator, "approved_by": state[d.id]}
                for d in documents
            ]
            path = out / f"{file_name(pulled.annotator)}.jsonl"
            write(path, dump_lines(lines))
            confirmed = sum(map(bool, state.values()))
            left = len(pulled.documents) - len(documents)
            reporter.tell(
                f"{path}: {count(len(lines), noun)}, {confirmed:,} confirmed"
                + (f"; {left:,} left out, not confirmed" if left else "")
            )
            rejects += pulled.rejects
    if not results:
        reporter.tell("nothing to do: the project has no annotation")
    finish(reporter, rejects, 0)
