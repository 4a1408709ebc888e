"""Plain text: the file's own content, one paragraph a line."""

from __future__ import annotations

import re

from govextract.readers.document import Block, SourceDocument, sha256_of
from govextract.readers.encoding import decode
from govextract.readers.limits import DEFAULT_LIMITS, Limits
from govextract.records import LedgerWarning

_SURROGATE = re.compile(f"[{chr(0xD800)}-{chr(0xDFFF)}]")


def read_txt(data: bytes, limits: Limits = DEFAULT_LIMITS) -> SourceDocument:
    r"""Read a text file; its text is the file's content without a byte order mark, nothing else changed.

    Parameters
    ----------
    data
        The file's bytes: UTF-8 with or without byte order mark, UTF-16 with one, GB18030.
    limits
        Not used: text costs no more than its size.

    Raises
    ------
    ReadError
        Naming the byte offset where the bytes do not decode.

    Examples
    --------
    >>> read_txt("一、目标\r\n".encode("utf-8-sig")).text
    '一、目标\r\n'
    """
    del limits
    text, _, warnings = decode(data)
    return _document(text, sha256_of(data), warnings)


def from_text(text: str) -> SourceDocument:
    r"""Return text in memory as a document, unchanged but for lone surrogates.

    Halves of a surrogate pair, which no file can hold, become U+FFFD, so that every offset stays
    what it is; a warning tells of them.

    Examples
    --------
    >>> from_text("一、目标" + chr(0xD800)).text
    '一、目标\ufffd'
    >>> document = from_text("\u3000\u3000一、目标\n\n二、任务")
    >>> [document.text[b.start : b.end] for b in document.blocks]
    ['一、目标', '二、任务']
    """
    sha256 = sha256_of(text.encode("utf-8", "surrogatepass"))
    found = _SURROGATE.search(text)
    if found is None:
        return _document(text, sha256, [])
    text, number = _SURROGATE.subn("\ufffd", text)
    message = f"characters that are half of a surrogate pair were read as U+FFFD: {number}"
    warning = LedgerWarning("lone-surrogate", message, found.start(), found.end())
    return _document(text, sha256, [warning])


def _document(text: str, sha256: str, warnings: list[LedgerWarning]) -> SourceDocument:
    return SourceDocument(
        text=text, format="txt", sha256=sha256, blocks=line_blocks(text), warnings=warnings
    )


def line_blocks(text: str) -> list[Block]:
    """Return one paragraph for each line of `text` that is not blank, without blanks at its ends."""
    blocks = []
    at = 0
    for line in text.splitlines(keepends=True):
        body = line.strip()
        if body:
            start = at + len(line) - len(line.lstrip())
            blocks.append(Block("paragraph", start, start + len(body)))
        at += len(line)
    return blocks
