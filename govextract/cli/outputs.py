"""Where results go: standard output, one file, or a folder with one file a document."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import BinaryIO, Self

from govextract.cli.inputs import Input, Inputs, known_suffixes
from govextract.exporters import FORMATS, Format, render
from govextract.exporters.files import write_file
from govextract.records import LedgerRecord, LedgerWarning

LINES_FILE = "ledgers.jsonl"


class OutputError(ValueError):
    """The command line names no place that the results can go to."""


@dataclass(slots=True)
class Output:
    """Writes each document's result to its place; use as a context manager.

    Attributes
    ----------
    format
        What is written.
    stream
        The one file that takes all results, one after another; None for standard output.
    files
        The file of each document; None where all go to one stream.
    """

    format: Format
    stream: Path | None = None
    files: dict[Input, Path] | None = None
    _open: BinaryIO | None = field(default=None, init=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if self._open is None or self.stream is None:
            return
        self._open.close()
        # Broken off, the lines so far stay beside the last whole result, under a name of their own.
        if kind is None and not _is_device(self.stream):
            os.replace(_part(self.stream), self.stream.resolve())

    def write(self, document: Input, ledger: LedgerRecord) -> list[LedgerWarning]:
        """Write the result of `document`, and return what could not be written as it is.

        Raises
        ------
        OSError
            Where the place cannot be written to.
        ValueError
            Where the format cannot hold the ledger.
        """
        export = render(ledger, self.format)
        if self.files is not None:
            path = self.files[document]
            path.parent.mkdir(parents=True, exist_ok=True)
            write_file(path, export.data)
        else:
            if self._open is None:
                # Opened with the first result: where there is none, an older file stays.
                self._open = sys.stdout.buffer if self.stream is None else _create(self.stream)
            self._open.write(export.data)
            self._open.flush()
        return export.notes

    def place(self, document: Input) -> str:
        """Return where the result of `document` goes, for messages."""
        if self.files is not None:
            return str(self.files[document])
        return "standard output" if self.stream is None else str(self.stream)


def plan(inputs: Inputs, out: str | None, format: Format | None) -> Output:
    """Return where the results of `inputs` go.

    Parameters
    ----------
    out
        File or folder as given; None or ``-`` for standard output.
    format
        As given; None to take it from the suffix of `out`, else JSON.

    Raises
    ------
    OutputError
        Where the results have no place there, or one of them would overwrite an input.
    """
    named = _format_of(out)
    chosen = format or named or "json"
    if out in (None, "-"):
        return _to_standard_output(inputs, chosen)
    assert out is not None
    path = Path(out)
    is_folder = path.is_dir() or out.endswith(("/", os.sep))
    if chosen == "jsonl":
        output = Output(chosen, stream=path / LINES_FILE if is_folder else path)
    elif not inputs.several and not is_folder:
        output = Output(chosen, files=dict.fromkeys(inputs.documents, path))
    elif not is_folder and (named or path.exists()):
        raise OutputError(
            f"several inputs write one {chosen} file each, and {out} is one file: "
            "name a folder, or a .jsonl file, which takes one line a document"
        )
    else:
        names = _result_names([document.name for document in inputs.documents], chosen)
        places = (path / name for name in names)
        output = Output(chosen, files=dict(zip(inputs.documents, places, strict=True)))
    _spare_inputs(inputs.documents, output)
    if named is None and not inputs.several and not is_folder:
        _check_suffix(path, format)
    return output


def _check_suffix(path: Path, format: Format | None) -> None:
    """Refuse a file whose name says that it is something else: ledger.xls, circular.docx."""
    suffix = path.suffix.lower()
    if suffix and (format is None or suffix in known_suffixes() - {".txt"}):
        kinds = ", ".join(f".{known}" for known in FORMATS)
        raise OutputError(f"{path}: results are named {kinds}; other names need --format")


def _to_standard_output(inputs: Inputs, format: Format) -> Output:
    if inputs.several and format in ("csv", "xlsx"):
        raise OutputError(
            f"several inputs write one {format} file each: name a folder for them with -o"
        )
    if format == "xlsx" and sys.stdout.isatty():
        raise OutputError("xlsx is not for the terminal: name a file with -o")
    # Several indented objects one after another would be no JSON: one line each is JSON Lines.
    return Output("jsonl" if inputs.several else format)


def _format_of(out: str | None) -> Format | None:
    suffix = PurePath(out or "").suffix.lower().removeprefix(".")
    return next((known for known in FORMATS if known == suffix), None)


def _result_names(names: Sequence[PurePath], format: Format) -> list[PurePath]:
    """Return a name for the result of each of `names`, no two of them the same file.

    ``a.txt`` becomes ``a.json``; where ``a.docx`` is there too, ``a.txt.json`` and
    ``a.docx.json``; where the same name comes from several folders, ``a-2.json``.
    """
    # Case counts for nothing: many file systems hold a.json and A.json to be one file.
    stems = Counter(str(name.with_suffix("")).casefold() for name in names)
    used: set[str] = set()
    out = []
    for name in names:
        unique = stems[str(name.with_suffix("")).casefold()] == 1
        base = name.stem if unique else name.name
        result, count = name.with_name(f"{base}.{format}"), 1
        while str(result).casefold() in used:
            count += 1
            result = name.with_name(f"{base}-{count}.{format}")
        used.add(str(result).casefold())
        out.append(result)
    return out


def _spare_inputs(documents: Sequence[Input], output: Output) -> None:
    """Refuse a result that would overwrite an input, by whatever name or link."""
    inputs = {_identity(d.path): d for d in documents if d.path is not None and d.path.exists()}
    targets = output.files.values() if output.files is not None else [output.stream]
    for target in targets:
        if target is not None and target.exists() and _identity(target) in inputs:
            raise OutputError(f"the result {target} would overwrite an input: name another file")


def _identity(path: Path) -> tuple[int, int]:
    stat = path.stat()
    return stat.st_dev, stat.st_ino


def _create(path: Path) -> BinaryIO:
    path.parent.mkdir(parents=True, exist_ok=True)
    return (path if _is_device(path) else _part(path)).open("wb")


def _part(path: Path) -> Path:
    """Return where the lines of `path` stand until the last of them is written."""
    whole = path.resolve()
    return whole.with_name(f"{whole.name}.part")


def _is_device(path: Path) -> bool:
    return path.exists() and not path.is_file()
