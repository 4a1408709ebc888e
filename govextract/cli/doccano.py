"""``govextract doccano``: the annotation loop, with a server or with files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal
from urllib.parse import urlsplit

import typer

from govextract.cli.engine import Engine, EngineError
from govextract.cli.inputs import collect, known_suffixes
from govextract.cli.messages import (
    NOTHING_PROCESSED,
    SOME_FAILED,
    Reporter,
    count,
    usage_error,
)
from govextract.doccano.shapes import Shape

if TYPE_CHECKING:
    from govextract.doccano.client import Server
    from govextract.doccano.exchange import Reject
    from govextract.ledger import Ledger

URL, USER, PASSWORD = (f"GOVEXTRACT_DOCCANO_{name}" for name in ("URL", "USER", "PASSWORD"))


Select = Literal["uncertain", "all"]

group = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Annotate circulars in doccano: push, correct there, pull; or export and import files."
    f" Address and credentials come from {URL}, {USER} and {PASSWORD}, or are asked for.",
)

_Circulars = Annotated[list[str], typer.Argument(metavar="PATH", help="Circulars, or folders.")]
_Project = Annotated[str, typer.Option("--project", metavar="NAME", help="Name of the project.")]
_Select = Annotated[
    Select, typer.Option("--select", help="uncertain: the least certain circulars first.")
]
_Most = Annotated[
    int | None, typer.Option("--most", min=1, help="Take only so many of the circulars.")
]
_Model = Annotated[
    Path | None,
    typer.Option(metavar="DIR", exists=True, file_okay=False, help="Folder of a retrained model."),
]
_Limit = Annotated[int, typer.Option(help="Characters of a piece to review.", min=100)]
_Against = Annotated[
    list[Path] | None,
    typer.Option(
        "--against", metavar="PATH", exists=True,
        help="The circulars as pushed: refuse what has another text. May be given again.",
    ),
]  # fmt: skip
_Out = Annotated[Path, typer.Option("-o", "--out", metavar="OUT")]


@group.command("push")
def push_command(
    paths: _Circulars,
    project: _Project,
    select: _Select = "all",
    most: _Most = None,
    model: _Model = None,
    limit: _Limit = 1500,
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

    \b
    Exit status:
      0  every circular is there
      1  some circulars or spans were refused, the others are there
      2  the command was called wrongly
      3  the server cannot be used, or did not take what it was given
    """  # noqa: D301 (the help formatter needs the backspace character itself)
    reporter = Reporter(verbose=True)
    with _failures(reporter):
        server = _server(reporter)
        ledgers, failed = _ledgers(paths, select, most, model, reporter)
        from govextract.doccano.exchange import from_ledger
        from govextract.doccano.pushing import push

        pushed = push(
            server,
            project,
            [from_ledger(ledger, name) for name, ledger in ledgers],
            independent=independent,
            limit=limit,
            progress=lambda n, of: reporter.tell(f"{n:,} of {count(of, 'piece')}"),
        )
    reporter.tell(f"{count(pushed.pieces, 'piece')} pushed, {pushed.there:,} there already")
    _finish(reporter, pushed.rejects, failed)


@group.command("pull")
def pull_command(
    project: _Project,
    out: _Out = Path("pulled"),
    against: _Against = None,
    approved: Annotated[
        bool, typer.Option("--approved", help="Only circulars of which every piece is confirmed.")
    ] = False,
) -> None:
    """Bring the corrections of a project back, to OUT/ANNOTATOR.jsonl.

    The files are of the form that `govextract train` takes. Where annotators work together there
    is one, all.jsonl.

    \b
    Examples:
      govextract doccano pull --project 2025 --against circulars/
      govextract train pulled/all.jsonl -o my-model

    \b
    Exit status:
      0  everything was taken over
      1  some circulars or spans were refused, the others are written
      2  the command was called wrongly
      3  the server cannot be used
    """  # noqa: D301
    reporter = Reporter(verbose=True)
    with _failures(reporter):
        server = _server(reporter)
        from govextract.doccano.exchange import dump_lines, training_line
        from govextract.doccano.pulling import pull

        results = pull(server, project, _originals(against))
        rejects: list[Reject] = []
        for pulled in results:
            documents = [d for d in pulled.documents if not approved or d.id in pulled.approved]
            state = {d.id: pulled.approved.get(d.id, []) for d in documents}
            lines = [
                training_line(d) | {"annotator": pulled.annotator, "approved_by": state[d.id]}
                for d in documents
            ]
            path = out / f"{_file_name(pulled.annotator)}.jsonl"
            _write(path, dump_lines(lines))
            confirmed = sum(map(bool, state.values()))
            left = len(pulled.documents) - len(documents)
            reporter.tell(
                f"{path}: {count(len(lines), 'circular')}, {confirmed:,} confirmed"
                + (f"; {left:,} left out, not confirmed" if left else "")
            )
            rejects += pulled.rejects
    if not results:
        reporter.tell("nothing to do: the project has no annotation")
    _finish(reporter, rejects, 0)


@group.command("status")
def status_command(project: _Project) -> None:
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
    with _failures(reporter):
        server = _server(reporter)
        from govextract.doccano.projects import status

        state = status(server, project)
    typer.echo(f"circulars\t{state.documents}\npieces\t{state.pieces}")
    for user, done in sorted(state.progress.items()):
        typer.echo(f"confirmed by {user}\t{done}")


@group.command("export")
def export_command(
    paths: _Circulars,
    out: _Out = Path("doccano.jsonl"),
    shape: Annotated[Shape, typer.Option(help="Which doccano has written.")] = "label",
    select: _Select = "all",
    most: _Most = None,
    model: _Model = None,
    limit: _Limit = 1500,
) -> None:
    """Write circulars, annotated by the current model, as a file to import in doccano.

    The project there must allow spans to overlap, or doccano drops some silently.

    \b
    Examples:
      govextract doccano export circulars/ -o doccano.jsonl
      govextract doccano export circulars/ --shape entities --limit 800

    \b
    Exit status:
      0  every circular is in the file
      1  some circulars or spans were refused, the others are written
      2  the command was called wrongly
      3  no circular could be read
    """  # noqa: D301
    reporter = Reporter(verbose=True)
    with _failures(reporter):
        ledgers, failed = _ledgers(paths, select, most, model, reporter)
        from govextract.doccano.exchange import dump_lines, export_lines, from_ledger

        documents = (from_ledger(ledger, name) for name, ledger in ledgers)
        exported = export_lines(documents, shape, limit)
        _write(out, dump_lines(exported.lines))
    reporter.tell(f"{out}: {count(len(exported.lines), 'piece')}")
    _finish(reporter, exported.rejects, failed)


@group.command("import")
def import_command(
    paths: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="Exports of doccano.", exists=True)
    ],
    out: _Out = Path("annotated.jsonl"),
    against: _Against = None,
) -> None:
    """Join the pieces of doccano's exports to whole circulars, as `govextract train` takes them.

    What does not fit is refused with document, offset and reason; the rest is written.

    \b
    Examples:
      govextract doccano import admin.jsonl -o annotated.jsonl --against circulars/
      govextract train annotated.jsonl -o my-model

    \b
    Exit status:
      0  everything was taken over
      1  some circulars or spans were refused, the others are written
      2  the command was called wrongly
      3  a file cannot be read
    """  # noqa: D301
    reporter = Reporter(verbose=True)
    with _failures(reporter):
        from govextract.corpus.files import read_exactly
        from govextract.doccano.exchange import (
            dump_lines,
            import_lines,
            parse_lines,
            training_line,
        )

        lines: list[dict[str, Any]] = []
        rejects: list[Reject] = []
        for path in paths:
            found, wrong = parse_lines(read_exactly(path), str(path))
            lines += found
            rejects += wrong
        imported = import_lines(lines, _originals(against))
        _write(out, dump_lines(map(training_line, imported.documents)))
    reporter.tell(f"{out}: {count(len(imported.documents), 'circular')}")
    _finish(reporter, [*rejects, *imported.rejects], 0)


def _server(reporter: Reporter) -> Server:
    """Log in with what the environment says, and ask for the rest."""
    from govextract.doccano.client import connect

    url = os.environ.get(URL) or typer.prompt("Address of doccano", err=True)
    if _is_open(url):
        reporter.tell(f"warning: {url} is not encrypted: others may read the password on its way")
    user = os.environ.get(USER) or typer.prompt("User", err=True)
    password = os.environ.get(PASSWORD) or typer.prompt("Password", hide_input=True, err=True)
    return connect(url, user, password)


def _is_open(url: str) -> bool:
    """Return whether what is sent to `url` leaves this machine without encryption.

    Examples
    --------
    >>> [_is_open(u) for u in ("http://10.0.0.8:8000", "https://10.0.0.8", "http://127.0.0.1:8000")]
    [True, False, False]
    """
    parts = urlsplit(url)
    return parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1", "::1")


@contextmanager
def _failures(reporter: Reporter) -> Iterator[None]:
    from govextract.doccano.errors import DoccanoError

    try:
        yield
    except (EngineError, ImportError) as error:
        usage_error(str(error))
    except (DoccanoError, OSError, ValueError) as error:
        reporter.tell(f"error: {error}")
        raise typer.Exit(NOTHING_PROCESSED) from error


def _ledgers(
    paths: Sequence[str], select: Select, most: int | None, model: Path | None, reporter: Reporter
) -> tuple[list[tuple[str, Ledger]], int]:
    """Return the names and ledgers of circulars in the order to review, and how many failed."""
    from govextract.doccano.pushing import uncertainty
    from govextract.readers.errors import ReadError

    inputs = collect(paths, known_suffixes())
    engine = Engine(model)
    engine.prepare()
    found: dict[str, Ledger] = {}
    failed = len(inputs.unreadable)
    for folder, reason in inputs.unreadable:
        reporter.error(folder, reason)
    for document in reporter.progress(inputs.documents, len(inputs.documents)):
        name = document.name.as_posix()
        try:
            if document.path is None:
                raise ValueError("circulars need names: give files, not standard input")
            if name in found:
                raise ValueError(f"another circular is named {name} too")
            found[name] = engine(document.path)
        except (ReadError, OSError, ValueError) as error:
            reporter.error(str(document), str(error))
            failed += 1
    if not found:
        reporter.tell("nothing to do: no circular could be read")
        raise typer.Exit(NOTHING_PROCESSED)
    ordered = list(found.items())
    if select == "uncertain":
        ordered.sort(key=lambda item: -uncertainty(item[1]))
    return ordered[:most], failed


def _originals(paths: Iterable[Path] | None) -> dict[str, str] | None:
    if not paths:
        return None
    from govextract.readers.detect import read

    inputs = collect([str(path) for path in paths], known_suffixes())
    return {d.name.as_posix(): read(d.path).text for d in inputs.documents if d.path}


def _file_name(annotator: str) -> str:
    """Return a user's name as that of a file: it comes from a server, and must name no folder."""
    return "".join(c if c.isalnum() or c in "-_@" else "_" for c in annotator) or "_"


def _write(path: Path, text: str) -> None:
    from govextract.exporters.files import write_file

    path.parent.mkdir(parents=True, exist_ok=True)
    write_file(path, text.encode("utf-8"))


def _finish(reporter: Reporter, rejects: Sequence[Reject], failed: int) -> None:
    for reject in rejects:
        reporter.tell(f"refused: {reject}")
    if rejects or failed:
        raise typer.Exit(SOME_FAILED)
