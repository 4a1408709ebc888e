"""Which documents a command line names: files, folders with all below them, standard input."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import entry_points
from pathlib import Path, PurePath

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Input:
    """One document to read.

    Attributes
    ----------
    path
        None for standard input.
    name
        Its path below the folder that was named, or its file name: the result is named after it.
    data
        What standard input held, once it is read.
    """

    path: Path | None
    name: PurePath
    data: bytes | None = field(default=None, compare=False, repr=False)

    def __str__(self) -> str:
        return "<stdin>" if self.path is None else str(self.path)


@dataclass(slots=True)
class Inputs:
    """What a command line names.

    Attributes
    ----------
    several
        Whether results are many by nature: more than one argument, or a folder.
    skipped
        Files in folders that no reader reads, counted by suffix.
    unreadable
        Folders that could not be listed, with the reason.
    """

    documents: list[Input] = field(default_factory=list)
    several: bool = False
    skipped: Counter[str] = field(default_factory=Counter)
    unreadable: list[tuple[str, str]] = field(default_factory=list)


def known_suffixes() -> frozenset[str]:
    """Return the suffixes of the files that are taken from a folder: those of all readers.

    Examples
    --------
    >>> sorted(known_suffixes() & {".docx", ".htm", ".txt", ".xlsx"})
    ['.docx', '.htm', '.txt']
    """
    # Imported here, because `--help` needs no reader.
    from govextract.readers.detect import READER_GROUP

    kinds = {point.name for point in entry_points(group=READER_GROUP)}
    return frozenset({f".{kind}" for kind in kinds} | {".htm", ".xhtml", ".shtml"})


def collect(arguments: Sequence[str], suffixes: Collection[str]) -> Inputs:
    """Return the documents that `arguments` name, each once, folders in alphabetical order.

    A file that is named is taken whatever its suffix (the reader judges by content); in a folder
    only files of `suffixes` are. Hidden files and the lock files of office programs (``~$…``)
    are left out, symbolic links to folders are not followed.
    """
    inputs = Inputs(several=len(arguments) > 1)
    seen: set[object] = set()
    for argument in arguments:
        if argument == STANDARD_INPUT:
            found: Iterator[Input] = iter([Input(None, PurePath("stdin"))])
        elif os.path.isdir(argument):
            inputs.several = True
            found = _below(Path(argument), suffixes, inputs)
        else:
            path = Path(argument)
            found = iter([Input(path, PurePath(path.name))])
        for document in found:
            key = document.path.resolve() if document.path else STANDARD_INPUT
            if key not in seen:
                seen.add(key)
                inputs.documents.append(document)
    return inputs


def _below(folder: Path, suffixes: Collection[str], inputs: Inputs) -> Iterator[Input]:
    def note(error: OSError) -> None:
        inputs.unreadable.append((str(error.filename), error.strerror or str(error)))

    for where, folders, files in os.walk(folder, onerror=note):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.startswith((".", "~$")):
                continue
            path = Path(where, name)
            suffix = path.suffix.lower()
            if path.exists() and not path.is_file():
                inputs.skipped["pipe or device"] += 1  # to open it may wait for ever
            elif suffix in suffixes:
                yield Input(path, path.relative_to(folder))
            else:
                inputs.skipped[suffix or "no suffix"] += 1
