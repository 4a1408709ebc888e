"""Texts that a page holds as plain characters: in an entry field, or with its tags escaped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.etree import _Element

_CHINESE = re.compile(r"[一-鿿]")
# A single <br> is a line break that somebody typed in a row of Markdown.
_ESCAPED = re.compile(
    r"</(?:p|div|td|span|li|section|h[1-6])>|<br\s*/?>[^|]*?<br\s*/?>", re.IGNORECASE
)
_WITHOUT_TEXT = ("script", "style", "noscript", "template", "head", "title", "option")
_A_TEXT = 200  # Chinese characters that nobody types into an empty field
_A_LINE = 12  # … and so many where the page holds less beside them


def open_texts(root: _Element, parse: Callable[[str], _Element]) -> None:
    """Make paragraphs, in `root` itself, of what a browser shows as a text but the page does not mark.

    An entry field with a long text, or with more than the rest of the page, becomes preformatted
    text, unless it repeats what stands beside it; an element whose text is escaped markup becomes
    that markup.

    Parameters
    ----------
    root
        The page; it is changed.
    parse
        Turns markup into an element that holds it.
    """
    fields = list(root.iter("textarea"))
    if fields:
        _open_fields(root, fields)
    escaped = [
        element
        for element in root.iter(etree.Element)
        if element.tag not in _WITHOUT_TEXT
        and element.text
        and "<" in element.text
        and _ESCAPED.search(element.text)
    ]
    for element in escaped:
        inner = parse(element.text or "")
        element.text = inner.text
        for place, child in enumerate(list(inner)):
            element.insert(place, child)


def _open_fields(root: _Element, fields: list[_Element]) -> None:
    beside = {line.strip() for text in _texts(root) for line in text.split("\n")}
    rest = sum(map(_size, beside))
    for field in fields:
        lines = [line.strip() for line in "\n".join(map(str, field.itertext())).split("\n")]
        size = sum(map(_size, lines))
        new = sum(_size(line) for line in lines if line not in beside)
        if new * 2 > size and size >= (_A_TEXT if rest > size else _A_LINE):
            field.tag = "pre"


def _texts(root: _Element) -> Iterator[str]:
    """Yield the texts of the page outside its entry fields."""
    events = etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        if event == "end":
            if element.tail and element is not root:
                yield element.tail
        elif element.tag == "textarea" or element.tag in _WITHOUT_TEXT:
            events.skip_subtree()
        elif element.text:
            yield element.text


def _size(text: str) -> int:
    return len(_CHINESE.findall(text))
