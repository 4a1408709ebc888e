"""Hidden parts of a page that a script or a click would show: they are read, or their loss is told."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from govextract.readers.html_article import is_noise_line, is_running
from govextract.readers.html_hints import (
    has_clue,
    is_article,
    is_hidden,
    is_noise,
    may_be_unhidden,
)
from govextract.readers.html_walk import BLOCKS, SKIPPED, walk
from govextract.records import LedgerWarning

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.etree import _Element

    from govextract.readers.html_walk import Item
    from govextract.readers.limits import Limits

# Parts of tables are hidden one by one: columns for the screen reader, rows that are templates.
_UNDECIDED = {"td", "th", "tr", "tbody", "thead", "tfoot", "caption", "br", "hr", "title"}
_LITTLE = 100  # characters of running text; a page that shows less shows no circular
_MUCH = 3  # times what the page shows
_TASK = re.compile(r"[(（]?[0-9一二三四五六七八九十]{1,3}[)）]?[、.．)）].{8,}")


def hidden_parts(
    root: _Element, items: Sequence[Item], limits: Limits
) -> tuple[frozenset[_Element], list[LedgerWarning]]:
    """Return the hidden elements that are the circular or a part of it, and a warning of the others.

    An element is read where it is named as the article and none with a text is shown, where a line
    beside it says that it unfolds the rest, or where the page shows next to nothing without it.
    What repeats the shown text is neither read nor told of.

    Parameters
    ----------
    root
        The page.
    items
        What it shows.
    limits
        Bounds of a table's grid.
    """
    hidden = [e for e in _outermost(root) if e.tag in BLOCKS and e.tag not in _UNDECIDED]
    if not hidden:
        return frozenset(), []
    visible = {item.text for item in items}
    seen = [item for item in items if _is_text(item)]
    inside = _within_article([item.element for item in seen] + hidden)
    shown_text = sum(len(item.text) for item in seen)
    shown_article = sum(len(item.text) for item in seen if inside[item.element])
    chosen = set()
    lost = 0
    for element in hidden:
        texts = [i.text for i in walk(element, limits, show_hidden=True) if not i.noise]
        new = [text for text in texts if text not in visible]
        size = sum(map(len, new))
        if size * 2 < sum(map(len, texts)) or not size:
            continue  # the same text again, for printing or for a telephone
        named = any(is_article(part) for part in element.iter(etree.Element))
        if (
            (named and shown_article < _LITTLE)
            or _is_folded(element)
            or (shown_text < _LITTLE and size >= max(_LITTLE, _MUCH * shown_text))
        ):
            chosen.add(element)
        elif named or inside[element] or any(_is_task(text) for text in new):
            lost += size
    if not lost:
        return frozenset(chosen), []
    message = f"hidden text of {lost} characters was left out"
    return frozenset(chosen), [LedgerWarning("html-hidden-text", message)]


def _outermost(root: _Element) -> Iterator[_Element]:
    """Yield the elements that hide themselves, not those within them or within menus and tools."""
    events = etree.iterwalk(root, events=("start",), tag="*")
    for _, element in events:
        if element.tag in SKIPPED or (is_noise(element) and is_hidden(element)):
            events.skip_subtree()
        elif is_hidden(element):
            events.skip_subtree()
            if may_be_unhidden(element):
                yield element


def _is_text(item: Item) -> bool:
    return is_running(item) and not item.noise and not is_noise_line(item.text, edge=True)


def _is_task(text: str) -> bool:
    return any(has_clue("who", line) or _TASK.match(line) is not None for line in text.split("\n"))


def _is_folded(element: _Element) -> bool:
    """Whether the next thing beside `element` is what unfolds it, such as 展开全文."""
    for beside in (element.getnext(), element.getprevious()):
        if beside is not None and isinstance(beside.tag, str):
            text = "".join(map(str, islice(beside.itertext(), 8)))
            if len(text) < 200 and has_clue("fold", text):
                return True
    return False


def _within_article(elements: Iterable[_Element]) -> dict[_Element, bool]:
    """Return for each element whether it or one around it is named as the article."""
    known: dict[_Element, bool] = {}
    for element in elements:
        trail: list[_Element] = []
        node: _Element | None = element
        while node is not None and node not in known:
            trail.append(node)
            if is_article(node):
                known[node] = True
                break
            node = node.getparent()
        answer = node is not None and known[node]
        known.update(dict.fromkeys(trail, answer))
    return known
