"""What the sub-commands share: their options, logging in, reading circulars, how failures are told."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal
from urllib.parse import urlsplit

import typer

from govextract.cli.engine import Engine, EngineError
from govextract.cli.inputs import collect, known_suffixes
from govextract.cli.messages import NOTHING_PROCESSED, SOME_FAILED, Reporter, usage_error

if TYPE_CHECKING:
    from govextract.doccano.checking import Reject
    from govextract.doccano.client import Server
    from govextract.doccano.exchange import Line
    from govextract.ledger import Ledger

URL, USER, PASSWORD = (f"GOVEXTRACT_DOCCANO_{name}" for name in ("URL", "USER", "PASSWORD"))
Select = Literal["all", "uncertain", "uncertain-pieces"]

Circulars = Annotated[list[str], typer.Argument(metavar="PATH", help="Circulars, or folders.")]
Project = Annotated[str, typer.Option("--project", metavar="NAME", help="Name of the project.")]
Selection = Annotated[
    Select,
    typer.Option(
        "--select",
        help="uncertain: the least certain circulars first; uncertain-pieces: the least certain"
        " pieces of all circulars.",
    ),
]
Most = Annotated[
    int | None, typer.Option("--most", min=1, help="Take only so many circulars, or pieces.")
]
Model = Annotated[
    Path | None,
    typer.Option(metavar="DIR", exists=True, file_okay=False, help="Folder of a retrained model."),
]
Limit = Annotated[int, typer.Option(help="Characters of a piece to review.", min=100)]
Against = Annotated[
    list[Path] | None,
    typer.Option(
        "--against", metavar="PATH", exists=True,
        help="The circulars as pushed: refuse what has another text. May be given again.",
    ),
]  # fmt: skip
Out = Annotated[Path, typer.Option("-o", "--out", metavar="OUT")]


def login(reporter: Reporter) -> Server:
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
def failures(reporter: Reporter) -> Iterator[None]:
    """End the command with what is wrong, and the exit status that says whose fault it is."""
    from govextract.doccano.errors import DoccanoError

    try:
        yield
    except (EngineError, ImportError) as error:
        usage_error(str(error))
    except (DoccanoError, OSError, ValueError) as error:
        reporter.tell(f"error: {error}")
        raise typer.Exit(NOTHING_PROCESSED) from error


def ledgers_of(
    paths: Sequence[str], select: Select, most: int | None, model: Path | None, reporter: Reporter
) -> tuple[list[tuple[str, Ledger]], int]:
    """Return the names and ledgers of circulars in the order to review, and how many failed."""
    from govextract.doccano.pushing import uncertainty
    from govextract.readers.errors import ReadError

    inputs = collect(paths, known_suffixes())
    # The rules alone are always certain; only the model tells what is to be reviewed first.
    engine = Engine(model, "hybrid")
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
    return ordered if select == "uncertain-pieces" else ordered[:most], failed


def arrangement(
    ledgers: Sequence[tuple[str, Ledger]], select: Select, most: int | None
) -> Callable[[Sequence[Line]], Sequence[Line]]:
    """Return what puts the pieces of circulars in the order to review."""
    from govextract.doccano.pushing import least_certain

    if select != "uncertain-pieces":
        return list
    return lambda lines: least_certain(lines, dict(ledgers), most)


def originals(paths: Iterable[Path] | None) -> dict[str, str] | None:
    """Return the texts of circulars as they were pushed, by name; None where none are given."""
    if not paths:
        return None
    from govextract.readers.detect import read

    inputs = collect([str(path) for path in paths], known_suffixes())
    return {d.name.as_posix(): read(d.path).text for d in inputs.documents if d.path}


def file_name(annotator: str) -> str:
    """Return a user's name as that of a file: it comes from a server, and must name no folder."""
    return "".join(c if c.isalnum() or c in "-_@" else "_" for c in annotator) or "_"


def write(path: Path, text: str) -> None:
    """Write a file, and the folders above it."""
    from govextract.exporters.files import write_file

    path.parent.mkdir(parents=True, exist_ok=True)
    write_file(path, text.encode("utf-8"))


def finish(reporter: Reporter, rejects: Sequence[Reject], failed: int) -> None:
    """Tell what was refused, and end the command accordingly."""
    for reject in rejects:
        reporter.tell(f"refused: {reject}")
    if rejects or failed:
        raise typer.Exit(SOME_FAILED)
