"""The pairs that a portal prints at the head of a page: 索引号, 文号, 发布机构, 成文日期."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from govextract.data import read_rows
from govextract.readers.html_hints import has_clue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from govextract.readers.html_walk import Item

_LONGEST_VALUE = 120
# Names of <meta> elements by which portals describe an article (政府网站发展指引, 2017, annex 2).
_META_NAMES = {
    "articletitle", "pubdate", "contentsource", "author", "keywords", "description", "columnname",
    "sitename", "source",
}  # fmt: skip
_TOOLS = re.compile("【|字[体号][ \u3000]{0,6}[:：]")
_MARGIN = " \t\u3000[]【】〔〕|｜;；,，"


@cache
def _keys() -> dict[str, bool]:
    """Return the keys, and whether one marks a line as metadata by itself."""
    return {row["key"]: row["web"] == "yes" for row in _rows()}


@cache
def _rows() -> list[dict[str, str]]:
    return list(read_rows("html_metadata_keys.tsv", ("key", "web", "source")))


@cache
def _pair() -> re.Pattern[str]:
    # Keys are set with blanks between their characters: 索 引 号.
    longest_first = sorted(_keys(), key=len, reverse=True)
    keys = "|".join(r"[ \u3000]{0,6}".join(map(re.escape, key)) for key in longest_first)
    # Between inline elements there may be no blank: 来源：市政府办公室浏览次数：132.
    printed = {row["key"] for row in _rows() if row["web"] != "no"}
    glued = "|".join(re.escape(key) for key in longest_first if key in printed)
    return re.compile(
        rf"(?<![一-鿿])(?P<key>{keys})[\]】 \u3000]{{0,6}}(?:[:：]|(?=[ \u3000\t]))"
        rf"|(?P<glued>{glued})[:：]"
    )


def _key(match: re.Match[str]) -> str:
    return _squash(match["key"] or match["glued"])


def _squash(text: str) -> str:
    return "".join(text.split())


def meta_elements(root: _Element) -> dict[str, str]:
    """Return what the page's ``<meta>`` elements say of the article.

    Examples
    --------
    >>> from lxml.html import document_fromstring
    >>> meta_elements(document_fromstring('<meta name="PubDate" content="2024-03-01"><p>x'))
    {'PubDate': '2024-03-01'}
    """
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name, content = (element.get("name") or "").strip(), (element.get("content") or "").strip()
        if name.lower() in _META_NAMES and content:
            found.setdefault(name, " ".join(content.split()))
    return found


def pairs_of_line(text: str, lead: str = "") -> dict[str, str]:
    """Return the metadata pairs of a line, empty where the line is none.

    A line is metadata where it begins with a key, and either that key is one that only portals
    print, or another key follows.

    Parameters
    ----------
    text
        The line.
    lead
        The text of its first inline element: a bold label needs no colon.

    Examples
    --------
    >>> pairs_of_line("索 引 号：01123/2024-0001  文　　号：江政办〔2024〕8号")
    {'索引号': '01123/2024-0001', '文号': '江政办〔2024〕8号'}
    >>> pairs_of_line("来源：财政局提供资金")
    {}
    """
    text = _with_colon(text, lead)
    found = list(_pair().finditer(text))
    if not found or text[: found[0].start()].strip(_MARGIN):
        return {}
    keys = [_key(match) for match in found]
    if len(found) == 1 and not _keys()[keys[0]]:
        return {}
    ends = [match.start() for match in found[1:]] + [len(text)]
    values = [_value(text[m.end() : end]) for m, end in zip(found, ends, strict=True)]
    if any(len(value) > _LONGEST_VALUE for value in values):
        return {}
    return dict(zip(keys, values, strict=True))


def _with_colon(text: str, lead: str) -> str:
    label = _squash(lead).rstrip(":：")
    if label not in _keys() or not text.startswith(lead.strip()):
        return text
    return f"{label}：{text[len(lead.strip()) :].lstrip(':： ')}"


def pairs_of_table(item: Item) -> dict[str, str]:
    """Return the metadata pairs of a table, empty where it is another table.

    Key and value stand in neighbouring cells, or in one with a colon. A card that says who answers
    for a task or until when is none.
    """
    filled = [cell.text for cell in item.cells if cell.text]
    pairs: dict[str, str] = {}
    pending: str | None = None
    keyed = 0
    for text in filled:
        key = _squash(text).rstrip(":：")
        if any(has_clue(clue, key) for clue in ("heading", "who", "when")):
            return {}
        if key in _keys():
            pending = key
            pairs.setdefault(key, "")
            keyed += 1
        elif pending is not None:
            pairs[pending] = " ".join(text.split())
            pending = None
            keyed += 1
        elif own := pairs_of_line(text) or single_pair(text):
            pairs.update(own)
            keyed += 1
    if len(pairs) < 2 or keyed < 0.6 * len(filled):
        return {}
    # A table of tasks has no cell that is a key of the web, but may well have one headed 来源.
    if not any(_keys()[key] for key in pairs) or max(map(len, pairs.values())) > 2 * _LONGEST_VALUE:
        return {}
    return pairs


def single_pair(text: str, lead: str = "") -> dict[str, str]:
    """Return the pair of a line that begins with any key; only beside other pairs is it metadata.

    Parameters
    ----------
    text
        The line.
    lead
        The text of its first inline element: a bold label needs no colon.

    Examples
    --------
    >>> single_pair("文号：江政办〔2024〕8号")
    {'文号': '江政办〔2024〕8号'}
    """
    text = _with_colon(text, lead)
    match = _pair().match(text)
    if match is None or len(text) > _LONGEST_VALUE:
        return {}
    return {_key(match): _value(text[match.end() :])}


def _value(text: str) -> str:
    # Behind the last value portals put their tools: 【字体：大 中 小】.
    return _TOOLS.split(text.strip(_MARGIN), maxsplit=1)[0].strip(_MARGIN)


def pairs_of_run(items: Sequence[Item], at: int) -> tuple[dict[str, str], int]:
    """Return the pairs of a definition list whose keys and values are lines of their own.

    Returns
    -------
    tuple
        The pairs that begin at ``items[at]``, and the index behind them; no pairs where there
        are fewer than two.
    """
    pairs: dict[str, str] = {}
    index = at
    while index < len(items):
        key = _squash(items[index].text).rstrip(":：")
        if key not in _keys() or items[index].cells:
            break
        following = items[index + 1] if index + 1 < len(items) else None
        value = "" if following is None or following.cells else following.text
        if _squash(value).rstrip(":：") in _keys() or len(value) > _LONGEST_VALUE:
            value = ""
        pairs[key] = value
        index += 2 if value else 1
    return (pairs, index) if len(pairs) >= 2 else ({}, at)
