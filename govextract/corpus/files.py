"""The files of the corpus: sources, standoff records, and where they lie."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import govextract
from govextract.corpus.compiling import compile_document
from govextract.corpus.errors import CorpusError, Fault
from govextract.corpus.parsing import parse
from govextract.corpus.standoff import CORPUS_VERSION, Entry, Record, from_record

NAME = f"govextract-corpus-{CORPUS_VERSION}"
FOLDER = f"v{CORPUS_VERSION.partition('.')[0]}"
# Names the folder of the corpus where it lies neither here nor beside the package.
ENVIRONMENT = "GOVEXTRACT_CORPUS"
REAL_SPLITS = ("real-train", "real-dev", "real-test", "real-unseen")
SPLITS = ("train", "dev", "test", *REAL_SPLITS)
AUTHORED = "authored"


def records_name(split: str) -> str:
    """Return the name of the file that holds the records of a split.

    Examples
    --------
    >>> records_name("dev")
    'govextract-corpus-1.0.dev.jsonl'
    """
    return f"{NAME}.{split}.jsonl"


def find_corpus(folder: str | os.PathLike[str] | None = None) -> Path:
    """Return the folder of the corpus version that this library reads.

    Parameters
    ----------
    folder
        Where to look. By default the folder that the environment variable ``GOVEXTRACT_CORPUS``
        names, then ``corpus`` in the current folder, then beside the package in a source tree.

    Raises
    ------
    FileNotFoundError
        Naming the places that were looked at.
    """
    if folder is not None:
        places = [Path(folder)]
    else:
        named = os.environ.get(ENVIRONMENT)
        places = [Path(named)] if named else []
        places.append(Path("corpus"))
        places += [Path(part).parent / "corpus" for part in govextract.__path__]
    for place in places:
        for candidate in (place, place / FOLDER):
            if any(candidate.glob(f"{NAME}.*")) or (candidate / AUTHORED).is_dir():
                return candidate
    raise FileNotFoundError(
        f"no corpus {CORPUS_VERSION} in {', '.join(map(str, places))}; it does not come with the"
        f" installed package: name its folder, or set {ENVIRONMENT}"
    )


def source_paths(paths: Iterable[str | os.PathLike[str]]) -> list[Path]:
    """Return the source files that `paths` name: files, and the ``.txt`` files of folders."""
    found: list[Path] = []
    for name in paths:
        path = Path(name)
        found += sorted(path.glob("*.txt")) if path.is_dir() else [path]
    return list(dict.fromkeys(found))


def read_exactly(path: Path) -> str:
    """Return a file's text with its line ends as they are.

    Raises
    ------
    CorpusError
        Where the file is not UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        fault = Fault(str(path), 0, f"not UTF-8: byte {error.start} does not decode")
        raise CorpusError([fault]) from error


def read_source(path: Path) -> Entry:
    """Return a source file as an entry of no split.

    Raises
    ------
    CorpusError
        Naming the lines, where head, marks or values are wrong.
    """
    document = parse(read_exactly(path), str(path))
    return Entry(document, compile_document(document, str(path)))


def read_records(path: Path) -> list[Record]:
    """Return the records of a JSONL file.

    Raises
    ------
    CorpusError
        Naming the line that is no JSON object.
    """
    records: list[Record] = []
    for number, line in enumerate(read_exactly(path).split("\n"), 1):
        if not line:
            continue
        try:
            record: Any = json.loads(line)
        except ValueError as error:
            raise CorpusError([Fault(str(path), number, f"no JSON: {error}")]) from error
        if not isinstance(record, dict):
            raise CorpusError([Fault(str(path), number, "no JSON object")])
        records.append(record)
    return records


def dump_records(records: Iterable[Record]) -> str:
    """Return records as JSON lines."""
    lines = (json.dumps(r, ensure_ascii=False, separators=(",", ":")) for r in records)
    return "".join(line + "\n" for line in lines)


def write_records(path: Path, records: Iterable[Record]) -> None:
    """Write records as JSON lines."""
    write_exactly(path, dump_records(records))


def read_entries(paths: Iterable[str | os.PathLike[str]]) -> list[Entry]:
    """Return the documents of source files, of files of records, and of folders of either.

    Raises
    ------
    CorpusError
        Where a file does not keep its form.
    ValueError
        Where a record has no text.
    """
    entries = []
    for name in paths:
        path = Path(name)
        if path.is_dir():
            sources = source_paths([path])
            for below in sources or sorted(path.glob("*.jsonl")):
                entries += read_entries([below])
        elif path.suffix == ".jsonl":
            entries += [from_record(record) for record in read_records(path)]
        else:
            entries.append(read_source(path))
    return entries


def write_exactly(path: Path, text: str) -> None:
    """Write a text file in UTF-8, its line ends as they are, and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))


def record_files(folder: Path) -> Iterator[Path]:
    """Yield the files of records in the folder of the corpus, in the order of the splits."""
    for split in SPLITS:
        path = folder / records_name(split)
        if path.is_file():
            yield path
