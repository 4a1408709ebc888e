"""An element tree to its paragraphs and tables in reading order, each with where it came from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from govextract.readers.builder import GridCell, clean_text, rows_as_text
from govextract.readers.html_hints import is_hidden, is_noise
from govextract.readers.html_tables import is_layout, join_broken, own_rows, place_cells
from govextract.readers.number_formats import format_number

if TYPE_CHECKING:
    from collections.abc import Collection

    from lxml.etree import _Element

    from govextract.readers.limits import Limits

SKIPPED = {
    "script", "style", "noscript", "template", "head", "iframe", "object", "embed", "svg", "canvas",
    "select", "option", "textarea", "button", "input", "audio", "video", "map", "del", "rt", "rp",
    "noframes", "applet", "datalist", "dialog",
}  # fmt: skip
BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dir", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hgroup", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "caption", "br", "hr", "title",
}  # fmt: skip
_LISTS = ("ol", "ul")
_NOTE_MARK = re.compile(r"\s*[\[［〔【][0-9]{1,3}[\]］〕】]\s*")
_HEADINGS = {"h1", "h2", "h3"}
_WIDE = "\u2e80-\u303f\u3041-\u9fff\uf900-\ufaff\uff00-\uffef\u2018-\u201d\u2014\u2026"
# A line break in the source beside a Chinese character is no blank: between two (CSS Text 3, 4.1.3),
# nor where an editor broke the line before a number.
_WIDE_BREAK = re.compile(
    rf"(?<=[{_WIDE}])[ \t]*[\r\n][ \t\r\n]*(?=[{_WIDE}0-9])"
    rf"|(?<=[0-9%])[ \t]*[\r\n][ \t\r\n]*(?=[{_WIDE}])"
)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_NUMBERED = re.compile(
    r"\s*(?:[(（〔]?[0-9０-９一二三四五六七八九十]{1,3}[)）〕]?\s*(?:[、:：)）]|[.．,，](?![0-9０-９]))|[①-⑳]|[(（][0-9一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十0-9]{1,4}[章条款项])"
)
_BLOCK_STYLE = re.compile(r"display\s*:\s*(?:block|table|flex|grid|list-item)", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", re.IGNORECASE)
_LIST_FORMATS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "decimal": "decimal", "decimal-leading-zero": "decimalZero", "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter", "upper-alpha": "upperLetter", "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman", "upper-roman": "upperRoman",
    "cjk-ideographic": "chineseCountingThousand", "simp-chinese-informal": "chineseCountingThousand",
    "trad-chinese-informal": "chineseCountingThousand", "cjk-decimal": "ideographDigital",
    "cjk-heavenly-stem": "ideographTraditional", "cjk-earthly-branch": "ideographZodiac",
}  # fmt: skip


@dataclass(slots=True)
class Item:
    """A paragraph, or a table where `cells` is not empty.

    Attributes
    ----------
    element
        The innermost block element that holds it.
    link_chars
        How many of its characters are links.
    noise
        The elements around it whose identifiers say noise, outermost first.
    lead
        The text of its first inline element (a label in bold), empty where there is none.
    """

    text: str
    element: _Element
    link_chars: int = 0
    noise: tuple[_Element, ...] = ()
    heading: bool = False
    lead: str = ""
    cells: list[GridCell] = field(default_factory=list)


def walk(
    root: _Element,
    limits: Limits,
    *,
    show_hidden: bool = False,
    shown: Collection[_Element] = frozenset(),
) -> list[Item]:
    """Return the paragraphs and tables under `root`.

    Parameters
    ----------
    root
        Any element.
    limits
        Bounds of a table's grid.
    show_hidden
        Whether elements that say they are hidden are read too.
    shown
        Elements that are read although they say so.

    Raises
    ------
    ReadError
        Where a table's grid breaks its bound.

    Examples
    --------
    >>> from lxml.html import document_fromstring
    >>> from govextract.readers.limits import DEFAULT_LIMITS
    >>> [i.text for i in walk(document_fromstring("<p>一<br>二<ol><li>三"), DEFAULT_LIMITS)]
    ['一', '二', '1. 三']
    """
    return _Walker(limits, show_hidden, shown).run(root)


class _Walker:
    def __init__(self, limits: Limits, show_hidden: bool, shown: Collection[_Element]) -> None:
        self._limits = limits
        self._show_hidden = show_hidden
        self._shown = shown
        self._items: list[Item] = []
        self._text: list[str] = []
        self._links = 0
        self._link_depth = 0
        self._pre_depth = 0
        self._heading_depth = 0
        self._noise: tuple[_Element, ...] = ()
        self._blocks: list[_Element] = []
        self._owner: _Element | None = None
        self._lead = ""
        self._marker = ""
        self._counters: list[int] = []

    def run(self, root: _Element) -> list[Item]:
        self._blocks.append(root)
        events = etree.iterwalk(root, events=("start", "end"))
        skipped: _Element | None = None
        for event, element in events:
            tag = element.tag
            if not isinstance(tag, str):
                if event == "end":
                    self._add(element.tail)
                continue
            if event == "start":
                if tag in SKIPPED or self._hides(element) or _is_note_mark(element):
                    events.skip_subtree()
                    skipped = element
                elif tag == "table" and element is not root and not is_layout(element):
                    self._table(element)
                    events.skip_subtree()
                    skipped = element
                else:
                    self._enter(element, tag)
            else:
                if element is skipped:
                    skipped = None
                else:
                    self._leave(element, tag)
                if element is not root:
                    self._add(element.tail)
        self._flush()
        return self._items

    def _hides(self, element: _Element) -> bool:
        return not self._show_hidden and is_hidden(element) and element not in self._shown

    def _walk(self, part: _Element) -> list[Item]:
        return walk(part, self._limits, show_hidden=self._show_hidden, shown=self._shown)

    def _enter(self, element: _Element, tag: str) -> None:
        if tag in BLOCKS or _is_block_style(element):
            self._flush()
            self._blocks.append(element)
        if tag == "a" and _is_link(element):
            self._link_depth += 1
        elif tag == "pre":
            self._pre_depth += 1
        elif tag in _HEADINGS:
            self._heading_depth += 1
        elif tag in _LISTS:
            self._counters.append(_integer(element.get("start"), 1) - 1)
        elif tag == "li":
            self._item(element)
        if is_noise(element):
            self._noise = (*self._noise, element)
        if element.text:
            first = self._owner is None and not self._lead and tag not in BLOCKS
            self._add(element.text)
            if first:
                self._lead = element.text.strip()

    def _leave(self, element: _Element, tag: str) -> None:
        if tag in BLOCKS or _is_block_style(element):
            self._flush()
            self._blocks.pop()
        if tag == "a" and _is_link(element):
            self._link_depth -= 1
        elif tag == "pre":
            self._pre_depth -= 1
        elif tag in _HEADINGS:
            self._heading_depth -= 1
        elif tag in _LISTS:
            self._counters.pop()
        elif tag == "li":
            self._marker = ""
        if self._noise and self._noise[-1] is element:
            self._noise = self._noise[:-1]

    def _item(self, element: _Element) -> None:
        parent = element.getparent()
        if parent is None or parent.tag not in _LISTS or not self._counters:
            return
        self._counters[-1] = _integer(element.get("value"), self._counters[-1] + 1)
        style = _list_style(element) or _list_style(parent)
        usual = "decimal" if parent.tag == "ol" else "disc"
        name = style or element.get("type") or parent.get("type") or usual
        form = _LIST_FORMATS.get(name)
        if form is not None:
            stop = "、" if form.startswith(("chinese", "ideograph")) else ". "
            self._marker = format_number(self._counters[-1], form) + stop

    def _add(self, text: str | None) -> None:
        if not text:
            return
        if self._pre_depth:
            *lines, text = text.split("\n")
            for line in lines:
                self._append(line)
                self._flush()
        self._append(text)

    def _append(self, text: str) -> None:
        if self._owner is None and text.strip():
            self._owner = self._blocks[-1]
        self._text.append(text)
        if self._link_depth:
            self._links += len(text.strip())

    def _flush(self) -> None:
        if self._owner is not None:
            raw = "".join(self._text)
            text = clean_text(_BLANKS.sub(" ", _WIDE_BREAK.sub("", raw))).strip(" \t\n\u3000")
            if text:
                if self._marker:
                    text = text if _NUMBERED.match(text) else self._marker + text
                    self._marker = ""
                self._items.append(
                    Item(
                        text,
                        self._owner,
                        self._links,
                        self._noise,
                        self._heading_depth > 0,
                        clean_text(self._lead),
                    )
                )
        self._text.clear()
        self._owner = None
        self._links = 0
        self._lead = ""

    def _table(self, table: _Element) -> None:
        self._flush()
        for caption in table.iterchildren("caption"):
            self._items += self._walk(caption)
        links = 0
        texts: dict[_Element, str] = {}
        rows = own_rows(table)
        for cell in (cell for row in rows for cell in row):
            if self._hides(cell) or self._hides(cell.getparent()):  # type: ignore[arg-type]
                continue
            items = self._walk(cell)
            links += sum(item.link_chars for item in items)
            texts[cell] = join_broken([rows_as_text(i.cells) if i.cells else i.text for i in items])
        cells = place_cells([[c for c in row if c in texts] for row in rows], texts, self._limits)
        if any(cell.text for cell in cells):
            text = rows_as_text(cells)
            self._items.append(Item(text, table, links, self._noise, cells=cells))


def _is_note_mark(element: _Element) -> bool:
    """Whether `element` is the raised number of a note, [1], which is no part of the text."""
    if element.tag != "sup":
        return False
    text = "".join(map(str, islice(element.itertext(), 4)))
    return _NOTE_MARK.fullmatch(text) is not None


def _is_link(element: _Element) -> bool:
    # A script may give the address; what has a name only is a place to link to.
    return "href" in element.attrib or not ("name" in element.attrib or "id" in element.attrib)


def _is_block_style(element: _Element) -> bool:
    style = element.get("style")
    return style is not None and "display" in style and _BLOCK_STYLE.search(style) is not None


def _list_style(element: _Element) -> str | None:
    style = element.get("style")
    found = _LIST_STYLE.search(style) if style else None
    return found.group(1).lower() if found else None


def _integer(value: str | None, default: int) -> int:
    try:
        return int(value) if value is not None and len(value) < 9 else default
    except ValueError:
        return default
