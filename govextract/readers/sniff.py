"""What a file is, by its content; its name decides only where the content cannot."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from govextract.data import read_rows
from govextract.readers.limits import Package

if TYPE_CHECKING:
    from govextract.readers.limits import Limits

_HEAD = 65_536
_TAGS = (
    "html|head|body|title|meta|link|style|script|div|p|span|font|table|thead|tbody|tr|td|th|ul|ol|li|"
    "h[1-6]|br|hr|a|b|strong|em|center|section|article|main|header|footer|nav|form|img|pre|dl|blockquote"
)
_FIRST_TAG = re.compile(
    rf"\s*(?:<\?xml[^>]{{0,200}}\?>\s*)?(?:<!doctype\s+html|<(?:{_TAGS})[\s/>])", re.IGNORECASE
)
_COMMENT = re.compile(r"\s*<!--.{0,4000}?-->", re.DOTALL)
_CLOSING_TAG = re.compile(r"</(?:p|div|span|td|tr|table|body|html|li)\s*>|<br\s*/?>", re.IGNORECASE)
_WORD_XML = ("<w:wordDocument", "<pkg:package", 'progid="Word.Document"')
_OFFICE_PARTS = (
    ("application/vnd.openxmlformats-officedocument.wordprocessingml", "docx"),
    ("application/vnd.ms-word.", "docx"),
    ("spreadsheetml", "xlsx"),
    ("application/vnd.ms-excel", "xlsx"),
    ("presentationml", "pptx"),
    ("application/vnd.ms-powerpoint", "pptx"),
    ("visio", "visio"),
)
_OPEN_DOCUMENT = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
    "application/epub+zip": "epub",
}
# Streams by which a compound file's program is known (MS-CFB 2.6.1: names are UTF-16).
_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("MatOST", "works"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
    ("VisioDocument", "visio"),
    ("__properties_version1.0", "msg"),
)


def sniff(data: bytes, suffix: str, limits: Limits) -> str:
    """Return the kind of the file: a format that a reader takes, or one of unreadable_formats.tsv.

    Parameters
    ----------
    data
        The file's bytes.
    suffix
        The extension of its name with the dot, lower case; may be empty.
    limits
        Bounds for looking into zip packages.

    Raises
    ------
    ReadError
        Where a zip package is damaged or breaks a bound.

    Examples
    --------
    >>> from govextract.readers.limits import DEFAULT_LIMITS
    >>> sniff(b"<p>x</p>", "", DEFAULT_LIMITS), sniff(b"%PDF-1.7", ".doc", DEFAULT_LIMITS)
    ('html', 'pdf')
    """
    if not data.strip(b"\x00 \t\r\n"):
        return "empty"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    for row_kind, offset, signature in _signatures():
        if data.startswith(signature, offset) and _fits(row_kind, data):
            if row_kind == "zip":
                return _zip_kind(data, limits)
            return _ole_kind(data, suffix) if row_kind == "ole" else row_kind
    return _text_kind(data, suffix)


@cache
def _signatures() -> tuple[tuple[str, int, bytes], ...]:
    rows = read_rows("file_signatures.tsv", ("kind", "offset", "bytes", "source"))
    return tuple((row["kind"], int(row["offset"]), bytes.fromhex(row["bytes"])) for row in rows)


def _fits(kind: str, data: bytes) -> bool:
    # "BM" alone would also be the beginning of a text, "H\xe1" of a GB18030 one.
    if kind == "bmp":
        return data[6:10] == b"\x00\x00\x00\x00"
    return kind != "caj" or b"\x00" in data[:64]


def _zip_kind(data: bytes, limits: Limits) -> str:
    package = Package(data, limits)
    names = package.names
    if "mimetype" in package:
        kind = _OPEN_DOCUMENT.get(package.read("mimetype").decode("ascii", "replace").strip())
        if kind:
            return kind
    if any(name.casefold() == "ofd.xml" for name in names):
        return "ofd"
    if "[Content_Types].xml" in package:
        types = [e.get("ContentType", "") for e in package.xml("[Content_Types].xml")]
        mains = [t for t in types if t.endswith(".main+xml")]
        for sign, kind in _OFFICE_PARTS:
            if any(sign in main for main in mains):
                return kind
        if "word/document.xml" in package:
            return "docx"
    return "zip"


def _ole_kind(data: bytes, suffix: str) -> str:
    for name, kind in _STREAMS:
        if _has_stream(data, name):
            # WPS Writer's own files hold a Word stream too; only their name tells.
            return "wps" if kind == "doc" and suffix in (".wps", ".wpt") else kind
    return "ole"


def _has_stream(data: bytes, name: str) -> bool:
    # Directory entries are 128 bytes, aligned, the name first and its length at byte 64.
    entry = (name + "\x00").encode("utf-16-le")
    at = data.find(entry)
    while at >= 0:
        if at % 128 == 0 and data[at + 64 : at + 66] == len(entry).to_bytes(2, "little"):
            return True
        at = data.find(entry, at + 1)
    return False


def _text_kind(data: bytes, suffix: str) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = data[: _HEAD * 2].decode("utf-16", errors="ignore")
    else:
        head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").decode("ascii", errors="replace")
        if "\x00" in head:
            return "binary"
    return _markup_kind(head, suffix)


def _markup_kind(head: str, suffix: str) -> str:
    at = 0
    while (comment := _COMMENT.match(head, at)) is not None:
        at = comment.end()
    if head.startswith(("MIME-Version:", "From:", "Content-Type:")) and "multipart/related" in head:
        return "mht"
    if any(mark in head for mark in _WORD_XML) and head.lstrip().startswith("<"):
        return "wordxml"
    if _FIRST_TAG.match(head, at):
        return "html"
    if head.lstrip().startswith("<?xml"):
        return "html" if re.search(r"<html[\s>]", head, re.IGNORECASE) else "xml"
    # A fragment may begin with text; a text file that quotes some markup is still a text file.
    tags = len(_CLOSING_TAG.findall(head))
    if suffix in (".html", ".htm", ".shtml", ".xhtml", ".jhtml", ".php", ".jsp", ".asp", ".aspx"):
        return "html" if tags or at else "txt"
    return "html" if suffix != ".txt" and tags >= 3 else "txt"
