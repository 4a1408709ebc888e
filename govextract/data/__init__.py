"""Lexicons and registers as reviewed files, and the one loader that validates them.

Every file says where its entries come from; a row that does not fit its file's columns is an
error that names the file and the line, raised when the file is first read.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files


class DataFileError(ValueError):
    """A shipped or user-given data file does not fit its columns."""


@cache
def read_text(name: str) -> str:
    """Return the content of the data file `name`.

    Raises
    ------
    DataFileError
        Where the file is not in the package.
    """
    path = files(__name__).joinpath(name)
    if not path.is_file():
        raise DataFileError(f"data file {name!r} is not in the package govextract.data")
    return path.read_text(encoding="utf-8")


def read_rows(name: str, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Yield the rows of the tab-separated data file `name`.

    The first line that is not a comment (``#``) must name `columns`; every row must have a
    ``source`` unless the file's columns have none.

    Raises
    ------
    DataFileError
        Naming file and line, where the header differs, a row has another number of fields,
        its first field or its source is empty, or the same row stands twice.
    """
    yield from parse_rows(read_text(name), name, columns)


def parse_rows(text: str, name: str, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Yield the rows of tab-separated `text`; see `read_rows`."""
    header: tuple[str, ...] | None = None
    seen: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = tuple(line.split("\t"))
        if header is None:
            header = fields
            if header != columns:
                raise DataFileError(f"{name}, line {number}: columns are {header}, not {columns}")
            continue
        if len(fields) != len(columns):
            raise DataFileError(
                f"{name}, line {number}: {len(fields)} fields, the header has {len(columns)}"
            )
        row = dict(zip(columns, (f.strip() for f in fields), strict=True))
        if not row[columns[0]]:
            raise DataFileError(f"{name}, line {number}: the first field is empty")
        if "source" in row and not row["source"]:
            raise DataFileError(f"{name}, line {number}: the row names no source")
        if line in seen:
            raise DataFileError(f"{name}, line {number}: repeats line {seen[line]}")
        seen[line] = number
        yield row
    if header is None:
        raise DataFileError(f"{name}: no header line")
