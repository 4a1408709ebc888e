"""Styles of a Word document: what a paragraph inherits of numbering and hidden text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from govextract.readers.word_xml import integer, is_on, value, w

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element


@dataclass(frozen=True, slots=True)
class Style:
    """One style.

    Attributes
    ----------
    num_id, level
        Its own numbering, None where it states none.
    hidden
        Its own ``w:vanish``, None where it states none.
    """

    id: str
    name: str
    based_on: str | None
    num_id: int | None
    level: int | None
    hidden: bool | None


class Styles:
    """The styles of a document, with the chain of what each is based on."""

    def __init__(self, root: _Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self.default_paragraph: str | None = None
        self.hidden_by_default = False
        if root is None:
            return
        defaults = root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}")
        self.hidden_by_default = bool(is_on(defaults, "vanish"))
        for element in root.iterchildren(w("style")):
            style_id = element.get(w("styleId"))
            if style_id is None:
                continue
            numbering = element.find(f"{w('pPr')}/{w('numPr')}")
            self._styles[style_id] = Style(
                style_id,
                (value(element, "name") or "").lower(),
                value(element, "basedOn"),
                integer(numbering, "numId"),
                integer(numbering, "ilvl"),
                is_on(element.find(w("rPr")), "vanish"),
            )
            if element.get(w("type")) == "paragraph" and element.get(w("default")) in (
                "1",
                "true",
                "on",
            ):
                self.default_paragraph = style_id

    def chain(self, style_id: str | None) -> Iterator[Style]:
        """Yield the style and those it is based on, nearest first; a circle ends the chain."""
        seen: set[str] = set()
        while style_id is not None and style_id in self._styles and style_id not in seen:
            seen.add(style_id)
            style = self._styles[style_id]
            yield style
            style_id = style.based_on

    def paragraph_style(self, properties: _Element | None) -> str | None:
        """Return the identifier of a paragraph's style, the default one where it names none."""
        return value(properties, "pStyle") or self.default_paragraph

    def is_contents(self, style_id: str | None) -> bool:
        """Whether the style is one of a table of contents."""
        return any(style.name.startswith("toc ") for style in self.chain(style_id))

    def hidden(self, style_id: str | None) -> bool | None:
        """Whether text of the style is hidden, None where no style says so."""
        return next((s.hidden for s in self.chain(style_id) if s.hidden is not None), None)
