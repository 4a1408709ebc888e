"""`read`: any file to a `SourceDocument`, by the reader that its content asks for."""

from __future__ import annotations

import os
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import PurePath
from typing import TYPE_CHECKING, cast

from govextract.data import read_rows
from govextract.readers.errors import ReadError
from govextract.readers.limits import DEFAULT_LIMITS, Limits, check_size
from govextract.readers.sniff import sniff

if TYPE_CHECKING:
    from collections.abc import Callable

    from govextract.readers.document import SourceDocument

    Reader = Callable[[bytes, Limits], SourceDocument]

# Readers are entry points of this group, named by the kind of file they take: a package that
# brings one for another kind (wps, rtf, png …) needs to do no more than declare it.
READER_GROUP = "govextract_readers"


def read(
    path_or_bytes: str | os.PathLike[str] | bytes,
    *,
    name: str | None = None,
    format: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> SourceDocument:
    """Read a circular from a file or from its bytes.

    Parameters
    ----------
    path_or_bytes
        The file, or its content. A string is a path; for text in memory see `from_text`.
    name
        What messages call the file, by default its path.
    format
        The kind of file where its content shall not decide: txt, html, docx, doc, pdf, ofd.
    limits
        Bounds that keep a hostile file from costing time and memory.

    Raises
    ------
    ReadError
        Where the file cannot be opened, is of a kind that no reader takes, is damaged, encrypted
        or hostile; the message names the file, the place in it, and the remedy.

    Examples
    --------
    >>> read("一、目标".encode(), name="a.txt").format
    'txt'
    >>> read(bytes.fromhex("89504e470d0a1a0a"), name="a.docx")
    Traceback (most recent call last):
    govextract.readers.errors.ReadError: a.docx: is an image, which cannot be read. Recognise its text (OCR) and save that as .txt or .docx.
    """
    path = None if isinstance(path_or_bytes, bytes) else os.fspath(path_or_bytes)
    shown = name or path
    try:
        data = (
            path_or_bytes if isinstance(path_or_bytes, bytes) else _content(path_or_bytes, limits)
        )
        check_size(len(data), limits)
        kind = format or sniff(data, PurePath(shown or "").suffix.lower(), limits)
        document = _reader(kind)(data, limits)
    except ReadError as error:
        error.name = error.name or shown or "the input"
        raise
    except RecursionError as error:
        raise ReadError(
            "is nested too deeply", name=shown or "the input", code="hostile"
        ) from error
    document.path = shown
    return document


def _content(path: str | os.PathLike[str], limits: Limits) -> bytes:
    try:
        check_size(os.stat(path).st_size, limits)
        with open(path, "rb") as stream:
            return stream.read()
    except (OSError, ValueError) as error:
        if isinstance(error, ReadError):
            raise
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadError(f"cannot be opened ({reason})", code="not-opened") from error


def _reader(kind: str) -> Reader:
    found = _entry_points().get(kind)
    if found is None:
        what, remedy = _refusals().get(kind, (f"of the kind {kind!r}", _known_formats()))
        raise ReadError(
            f"is {what}, which cannot be read", remedy=remedy, code=f"unsupported-{kind}"
        )
    return cast("Reader", found.load())


@cache
def _entry_points() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=READER_GROUP)}


def _known_formats() -> str:
    return f"Give one of: {', '.join(sorted(_entry_points()))}"


@cache
def _refusals() -> dict[str, tuple[str, str]]:
    rows = read_rows("unreadable_formats.tsv", ("kind", "what", "remedy", "source"))
    return {row["kind"]: (row["what"], row["remedy"]) for row in rows}
