"""``govextract extract``: circulars to ledgers."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from govextract.cli import batch
from govextract.cli.engine import Engine, EngineError, Mode
from govextract.cli.inputs import Input, Inputs, collect, known_suffixes
from govextract.cli.messages import (
    INTERRUPTED,
    NOTHING_PROCESSED,
    OK,
    SOME_FAILED,
    Reporter,
    count,
    usage_error,
)
from govextract.cli.outputs import Output, OutputError, plan
from govextract.exporters import Format
from govextract.exporters.rows import Lines
from govextract.ledger import Ledger
from govextract.records import LedgerWarning

Extract = Callable[[Path | bytes], Ledger]


def command(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH", help="Files, folders, or - for stdin.")
    ],
    out: Annotated[
        str | None,
        typer.Option("-o", "--out", metavar="OUT", help="File or folder to write; else stdout."),
    ] = None,
    format: Annotated[
        Format | None,
        typer.Option("--format", help="By default OUT's suffix tells it, else json."),
    ] = None,
    model: Annotated[
        Path | None,
        typer.Option(
            help="Folder of a retrained model.", exists=True, file_okay=False, metavar="DIR"
        ),
    ] = None,
    mode: Annotated[
        Mode | None, typer.Option(help="What finds targets and time limits; by default hybrid.")
    ] = None,
    min_score: Annotated[
        float | None,
        typer.Option(help="Leave out entities that score less.", min=0, max=1, metavar="X"),
    ] = None,
    jobs: Annotated[int, typer.Option("-j", "--jobs", help="Processes to use.", min=1)] = 1,
    verbose: Annotated[
        bool, typer.Option("-v", "--verbose", help="List every warning and skipped file.")
    ] = False,
) -> None:
    """Write the ledger of each circular.

    The ledger lists the tasks with their units, targets and time limits. Reads .txt, .html, .docx, .doc, .pdf and .ofd (the last three with their extras installed). A
    folder is searched to its last subfolder for files of these kinds.

    One file gives one result, to OUT or standard output. Several files or a folder give one
    result a document: OUT is then a folder, whose files are named after the inputs; or, with
    jsonl, one file with one line a document. Existing results are overwritten, inputs never.

    \b
    Examples:
      govextract extract circular.docx -o ledger.xlsx
      govextract extract circular.pdf | jq '.tasks[].title'
      govextract extract circulars/ -o ledgers/ --format csv --jobs 4
      govextract extract 2024/ 2025/ -o ledgers.jsonl
      curl -s URL | govextract extract - --format csv

    \b
    Exit status:
      0  every document was read
      1  some documents failed, the others have their results
      2  the command was called wrongly
      3  nothing was processed: no document found, or none could be read
      130  the command was interrupted; what was written by then stays
    """  # noqa: D301 (the help formatter needs the backspace character itself)
    reporter = Reporter(verbose=verbose)
    inputs = collect(paths, known_suffixes())
    try:
        output = plan(inputs, out, format)
        engine = Engine(model, mode, min_score)
        if inputs.documents:
            engine.prepare()
    except (OutputError, EngineError) as error:
        usage_error(str(error))
    raise typer.Exit(extract_documents(inputs, output, engine, jobs=jobs, reporter=reporter))


def extract_documents(
    inputs: Inputs, output: Output, extract: Extract, *, jobs: int, reporter: Reporter
) -> int:
    """Write the result of each of `inputs` to `output`, and return the exit status.

    Parameters
    ----------
    extract
        Makes the ledger of a path or of a file's content; picklable where `jobs` is over 1.
    """
    from govextract.readers.errors import ReadError

    documents = inputs.documents
    for folder, reason in inputs.unreadable:
        reporter.error(folder, f"{reason}; its documents are left out")
    done = tasks = warnings = 0
    results = batch.run(
        _with_content(documents),
        partial(_extract_input, extract),
        jobs=min(jobs, len(documents)) or 1,
        expected=(ReadError,),
    )
    with _interruptible(reporter, lambda: (done, len(documents))), output:
        for document, result in reporter.progress(results, len(documents)):
            if isinstance(result, batch.Failure):
                _report_failure(reporter, document, result)
                continue
            try:
                notes = output.write(document, result)
            except BrokenPipeError:
                raise
            except (OSError, ValueError) as error:
                why = f"cannot write {output.place(document)}: {batch.reason(error)}"
                reporter.error(str(document), why)
                continue
            found = [*result.warnings, *notes]
            _report_warnings(reporter, document, result.text, found)
            done += 1
            tasks += len(result.tasks)
            warnings += len(found)
    failed = len(documents) - done + len(inputs.unreadable)
    _summarise(reporter, inputs, done, failed, tasks, warnings)
    if not done:
        return NOTHING_PROCESSED
    return SOME_FAILED if failed else OK


@contextmanager
def _interruptible(reporter: Reporter, so_far: Callable[[], tuple[int, int]]) -> Iterator[None]:
    """Say how far the work was when Ctrl-C or a request to end breaks it off."""

    def end(*_: object) -> None:
        raise KeyboardInterrupt

    before = None
    with suppress(ValueError):  # only the main thread may ask for signals
        before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    except KeyboardInterrupt:
        done, all_of_them = so_far()
        reporter.tell(f"interrupted: {done:,} of {count(all_of_them, 'circular')} written")
        raise typer.Exit(INTERRUPTED) from None
    finally:
        if before is not None:
            signal.signal(signal.SIGTERM, before)


def _with_content(documents: Sequence[Input]) -> Iterator[Input]:
    """Yield `documents`, standard input with its content: other processes cannot read it."""
    for document in documents:
        if document.path is None:
            yield replace(document, data=sys.stdin.buffer.read())
        else:
            yield document


def _extract_input(extract: Extract, document: Input) -> Ledger:
    from govextract.readers.errors import ReadError

    try:
        return extract(document.path if document.path is not None else document.data or b"")
    except ReadError as error:
        error.name = None  # every message names its document already
        raise


def _report_failure(reporter: Reporter, document: Input, failure: batch.Failure) -> None:
    reporter.error(str(document), failure.message)
    if not failure.expected and failure.details:
        if reporter.verbose:
            reporter.tell(failure.details)
        else:
            reporter.tell("  This is a fault of govextract. --verbose shows where it arose.")


def _report_warnings(
    reporter: Reporter, document: Input, text: str, warnings: Sequence[LedgerWarning]
) -> None:
    if not reporter.verbose or not warnings:
        return
    lines = Lines(text)
    for warning in warnings:
        line = "" if warning.start is None else f":{lines.number(warning.start)}"
        reporter.tell(f"warning: {document}{line}: {warning.message} [{warning.code}]")


def _summarise(
    reporter: Reporter, inputs: Inputs, done: int, failed: int, tasks: int, warnings: int
) -> None:
    if inputs.skipped:
        kinds = ", ".join(f"{n} {suffix}" for suffix, n in sorted(inputs.skipped.items()))
        reporter.tell(f"left out, because no reader reads them: {kinds}")
    if not inputs.documents:
        reporter.tell(f"nothing to do: no file of {', '.join(sorted(known_suffixes()))} found")
        return
    parts = [count(done, "circular"), count(tasks, "task"), count(warnings, "warning")]
    if failed:
        parts.append(f"{failed:,} failed")
    hint = " (--verbose lists the warnings)" if warnings and not reporter.verbose else ""
    reporter.tell(", ".join(parts) + hint)
