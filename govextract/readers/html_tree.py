"""HTML bytes to an element tree: the encoding the page declares, and the parser's bounds."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from lxml import etree, html

from govextract.readers.encoding import decode, decode_utf8
from govextract.readers.errors import ReadError
from govextract.readers.html_opened import open_texts
from govextract.readers.limits import is_nested_deeper
from govextract.records import LedgerWarning

if TYPE_CHECKING:
    from govextract.readers.limits import Limits

_DECLARED = re.compile(
    rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE
)
# Pages say gb2312 and mean its superset; what says Latin-1 and holds Chinese says nothing.
_SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "big5": "big5hkscs",
}
_NOTHING_SAID = {"iso8859-1", "cp1252", "ascii"}
# So many bytes that do not decode are a page's broken teaser texts, not another encoding.
_BROKEN_AT_MOST = 20
_TABLE_PART = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*)*<(?:tbody|thead|tr|td)[\s>]", re.IGNORECASE | re.DOTALL
)


def decode_html(data: bytes) -> tuple[str, list[LedgerWarning]]:
    """Return the page's text and what was guessed.

    Order: byte order mark, strict UTF-8, the declared character set, then as for plain text.
    Where single bytes do not decode, they become U+FFFD and a warning names the first; the caller
    refuses the page if one of them stands in the circular itself.

    Raises
    ------
    ReadError
        Where no encoding fits.

    Examples
    --------
    >>> decode_html('<meta charset="gb2312"><p>通知'.encode("gb18030"))
    ('<meta charset="gb2312"><p>通知', [])
    """
    declared = _declared(data)
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode(data)[0], []
    if (text := decode_utf8(data)) is not None:
        return text, []
    if declared:
        try:
            return data.decode(declared), []
        except UnicodeDecodeError as error:
            replaced = data.decode(declared, errors="replace")
            broken = replaced.count("\ufffd")
            if broken <= _BROKEN_AT_MOST:
                message = (
                    f"{broken} places do not decode as {declared}, the first at byte {error.start}"
                )
                return replaced, [LedgerWarning("encoding-broken-bytes", message)]
    text, _, warnings = decode(data)
    return text, warnings


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data[:8192])
    if found is None:
        return None
    name = found.group(1).decode("ascii").lower()
    try:
        name = codecs.lookup(_SUPERSETS.get(name, name)).name
    except LookupError:
        return None
    # Only encodings of text: a page may name rot13 or hex, which Python knows as codecs too.
    if name in _NOTHING_SAID or not codecs.lookup(name)._is_text_encoding:
        return None
    return name


def parse_html(text: str, limits: Limits) -> html.HtmlElement:
    """Return the root element of a page or fragment.

    Raises
    ------
    ReadError
        Where the page holds no element, or is nested more deeply than the bound.
    """
    if _TABLE_PART.match(text):
        # Rows without their table would lose their cells.
        text = f"<table>{text}</table>"
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
    )

    def parsed(markup: str) -> html.HtmlElement:
        source = markup.replace("\x00", "").encode("utf-8", "replace")
        return html.document_fromstring(source, parser=parser)

    try:
        root = parsed(text)
        open_texts(root, lambda markup: parsed(f"<body><div>{markup}</div></body>")[0][0])
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(f"holds no HTML text ({error})", code="no-text") from error
    if is_nested_deeper(root, limits.max_html_depth):
        raise ReadError(
            f"its elements are nested more than {limits.max_html_depth} deep",
            remedy="Save the article alone as .html, or copy its text into a .txt",
            code="hostile",
        )
    return root
