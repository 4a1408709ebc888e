"""Web pages: the circular and its tables, without the site around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govextract.readers.builder import DocumentBuilder
from govextract.readers.errors import ReadError
from govextract.readers.html_article import Page, is_running
from govextract.readers.html_elsewhere import text_elsewhere
from govextract.readers.html_hidden import hidden_parts
from govextract.readers.html_hints import has_clue, is_title
from govextract.readers.html_metadata import (
    meta_elements,
    pairs_of_line,
    pairs_of_run,
    pairs_of_table,
    single_pair,
)
from govextract.readers.html_tree import decode_html, parse_html
from govextract.readers.html_walk import Item, walk
from govextract.readers.limits import DEFAULT_LIMITS, Limits
from govextract.records import LedgerWarning

if TYPE_CHECKING:
    from lxml.etree import _Element

    from govextract.readers.document import SourceDocument

_GENRE = re.compile(
    r"通知|意见|方案|计划|要点|决定|办法|规定|通报|公告|公报|措施|清单|报告|细则|规划|批复|函"
)
_SITE_SEPARATOR = re.compile(
    r"\s*[|｜_＿—–]+\s*|\s+-\s*|-\s+|\s*--+\s*|-(?=[^-]{2,20}(?:网|政府|门户))"
)
_TITLE_LINE = re.compile(r".{0,60}关于.{2,80}|.{4,60}的(?:通知|意见|方案|决定|通报|公告|批复|函)")
_FILE_ENDING = re.compile(r"\.(?:docx?|pdf|wps|txt|ofd|html?)$", re.IGNORECASE)
_MARKS = re.compile(r"\W+")
_HEAD_ITEMS = 40  # metadata stands among the first lines of the article or above it


def read_html(data: bytes, limits: Limits = DEFAULT_LIMITS) -> SourceDocument:
    r"""Read a web page or a fragment of one.

    Menus, breadcrumbs, page feet, share and print bars are left out; pairs at the head such as
    索引号 and 发布机构 become `metadata`; the page's title is the first paragraph where the article
    itself does not begin with it.

    Parameters
    ----------
    data
        The file's bytes.
    limits
        Bounds of nesting and of tables.

    Raises
    ------
    ReadError
        Where the page holds no text, does not decode, or breaks a bound.

    Examples
    --------
    >>> page = "<ul class=nav><li><a href=/>首页</a></ul><h1>关于修路的通知</h1><div id=zoom><p>各镇：<p>现通知如下。</div>"
    >>> read_html(page.encode()).text
    '关于修路的通知\n各镇：\n现通知如下。'
    """
    text, warnings = decode_html(data)
    root = parse_html(text, limits)
    items = walk(root, limits) or walk(root, limits, show_hidden=True)
    if not items:
        raise ReadError(
            "the page holds no text; its script probably fetches it",
            remedy="Open the page in a browser and save it from there, or copy the text into a .txt",
            code="no-text",
        )
    shown, hidden = hidden_parts(root, items, limits)
    if shown:
        items = walk(root, limits, shown=shown)
    page = Page(root, items)
    core = page.core()
    builder = DocumentBuilder("html", data)
    metadata = meta_elements(root)
    taken = _take_metadata(items, core, metadata)
    kept = [at for at in core if at not in taken]
    title = _title(root, items, kept, metadata)
    if title and not _begins_with(items, kept, title):
        builder.paragraph(title)
    for at in kept:
        item = items[at]
        if item.cells:
            builder.table(item.cells)
        else:
            builder.paragraph(item.text)
    document = builder.build()
    if "\ufffd" in document.text and any(w.code == "encoding-broken-bytes" for w in warnings):
        raise ReadError(
            f"the circular itself holds bytes that do not decode: {warnings[0].message}",
            remedy="Save the page again, as UTF-8",
            code="undecodable",
        )
    document.metadata = metadata
    document.title = title
    document.warnings = [*warnings, *hidden, *_told(page.left_out([*core, *taken]))]
    if not any(is_running(items[at]) and not page.noise[at] for at in kept):
        document.warnings += text_elsewhere(root)
    return document


def _told(lost: int) -> list[LedgerWarning]:
    message = f"text of {lost} characters outside the article was left out"
    return [LedgerWarning("html-text-left-out", message)] if lost else []


def _take_metadata(items: list[Item], core: list[int], metadata: dict[str, str]) -> set[int]:
    """Move the pairs at the head of the page into `metadata`; return the items that held them."""
    if not core:
        return set()
    # Lines already left out as the site's may hold pairs too.
    head = range(core[:_HEAD_ITEMS][-1] + 1)
    inside = set(core)
    taken: set[int] = set()

    def take(pairs: dict[str, str], indices: range) -> None:
        for key, value in pairs.items():
            if value and not metadata.get(key):
                metadata[key] = value
        taken.update(indices)

    for at in head:
        if at in taken:
            continue
        item = items[at]
        pairs = pairs_of_table(item) if item.cells else pairs_of_line(item.text, item.lead)
        behind = at + 1
        if not pairs:
            pairs, behind = pairs_of_run(items, at)
        if pairs:
            take(pairs, range(at, behind))
        elif at in inside and _begins_text(item):
            # From here on the pairs are those of tasks: 时间：6月底前.
            head = range(at)
            break
    # 来源：… alone may be a sentence; next to other pairs it is one of them.
    for at in [*head, *reversed(head)]:
        if at not in taken and not items[at].cells and (at - 1 in taken or at + 1 in taken):
            pair = single_pair(items[at].text, items[at].lead)
            if pair:
                take(pair, range(at, at + 1))
    return taken


def _begins_text(item: Item) -> bool:
    if item.cells or item.heading or _TITLE_LINE.fullmatch(item.text):
        return False
    return any(has_clue(clue, item.text) for clue in ("start", "who")) or (
        is_running(item) and item.text[-1] in "。；："
    )


def _plain(text: str) -> str:
    return _MARKS.sub("", text)


def _title(
    root: _Element, items: list[Item], core: list[int], metadata: dict[str, str]
) -> str | None:
    """Return the article's title as the page states it, the most explicit statement first."""
    stated = [value for key, value in metadata.items() if key.lower() == "articletitle"]
    before = items[: core[0] + 5] if core else items
    stated += [item.text for item in before if is_title(item.element)]
    stated += [item.text for item in before if item.heading and item.element.tag == "h1"]
    stated += [
        metadata[key] for key in ("标题", "信息名称", "文件名称", "公文名称") if key in metadata
    ]
    stated += [item.text for item in before if item.heading and _GENRE.search(item.text)]
    tag = root.find(".//title")
    if tag is not None and tag.text:
        parts = [part.strip() for part in _SITE_SEPARATOR.split(" ".join(tag.text.split())) if part]
        stated += [part for part in parts if _GENRE.search(part)]
    plain = (item.text for item in reversed(before[:-5][-12:]) if not item.link_chars)
    stated += [text for text in plain if _TITLE_LINE.fullmatch(text)]
    for title in (_FILE_ENDING.sub("", text) for text in stated):
        if 4 <= len(_plain(title)) <= 200:
            return title
    return None


def _begins_with(items: list[Item], core: list[int], title: str) -> bool:
    """Whether the article's first lines, joined, hold the title; a page may cut it short with …."""
    wanted = _plain(title.rstrip("…. "))
    beginning = _plain("".join(items[at].text for at in core[:12]))[: len(wanted) + 300]
    return wanted in beginning
