"""Word's automatic numbering: what Word prints before a paragraph.

A paragraph names a numbering instance (``w:num``) and a level, itself or through its style. The
instance points to an abstract definition, whose levels say start, format, text and restarts, and
may override them (ECMA-376 Part 1, 17.9). All instances of one abstract definition count together;
an instance with a start override begins anew at its first paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from govextract.readers.number_formats import format_number, is_known
from govextract.readers.word_xml import integer, is_on, symbol, value, w

if TYPE_CHECKING:
    from lxml.etree import _Element

    from govextract.readers.word_styles import Styles

_LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")
_SUFFIXES = {"tab": " ", "space": " ", "nothing": ""}
_PADDED = re.compile(r"0+1\b")  # a custom format is given by its first terms: 001, 002, 003, ...


@dataclass(frozen=True, slots=True)
class Level:
    """One level of an abstract definition.

    Attributes
    ----------
    restart
        None restarts after any level above, 0 never, n after level n (1-based) or one above it.
    legal
        All numbers of the text are decimal.
    style
        The paragraph style that stands for this level.
    """

    start: int = 0
    format: str = "decimal"
    text: str = ""
    suffix: str = " "
    restart: int | None = None
    legal: bool = False
    style: str | None = None
    width: int = 0


@dataclass(slots=True)
class _Abstract:
    levels: dict[int, Level]
    link: str | None  # the numbering style that holds the levels, where they are not here


@dataclass(slots=True)
class _Instance:
    abstract: int
    levels: dict[int, Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The numbering definitions of a document, and their counters while it is read.

    Attributes
    ----------
    unknown_formats
        Number formats that were met and printed as decimal numbers.
    """

    def __init__(self, root: _Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstracts: dict[int, _Abstract] = {}
        self._instances: dict[int, _Instance] = {}
        self._counts: dict[int, list[int | None]] = {}
        self._started: set[tuple[int, int]] = set()
        self.unknown_formats: set[str] = set()
        if root is None:
            return
        for element in root.iterchildren(w("abstractNum")):
            number = _attribute(element, "abstractNumId")
            if number is not None:
                self._abstracts[number] = _Abstract(
                    _levels(element), value(element, "numStyleLink")
                )
        for element in root.iterchildren(w("num")):
            number, abstract = _attribute(element, "numId"), integer(element, "abstractNumId")
            if number is not None and abstract is not None:
                self._instances[number] = _instance(element, abstract)

    def place(self, properties: _Element | None) -> tuple[int, int] | None:
        """Return a paragraph's numbering instance and level, None where it is not numbered.

        Its own ``w:numPr`` goes before its style's; instance 0 takes a style's numbering away.
        """
        own = None if properties is None else properties.find(w("numPr"))
        number, level = integer(own, "numId"), integer(own, "ilvl")
        if number is None:
            style_id = self._styles.paragraph_style(properties)
            for style in self._styles.chain(style_id):
                if style.num_id is not None:
                    number = style.num_id
                    if level is None:
                        level = self._level_of_style(number, style_id, style.id)
                        level = style.level if level is None else level
                    break
        if not number or number not in self._instances:
            return None
        return number, min(max(level or 0, 0), _LEVELS - 1)

    def label(self, number: int, level: int) -> str:
        """Count one paragraph on and return what Word prints before it, the gap included."""
        instance = self._instances[number]
        levels = self._levels(instance)
        counts = self._counts.setdefault(instance.abstract, [None] * _LEVELS)
        for above in range(level):
            # A level that was skipped counts as begun, at the definition's start.
            if counts[above] is None:
                counts[above] = _level(levels, above).start
        current = counts[level]
        first_use = level in instance.starts and (number, level) not in self._started
        if first_use or current is None:
            counts[level] = self._start(instance, levels, level)
            self._started.add((number, level))
        else:
            counts[level] = current + 1
        for below in range(level + 1, _LEVELS):
            restart = _level(levels, below).restart
            if restart is None or restart > below or level < restart:
                counts[below] = None
        return self._text(levels, level, counts)

    def _text(self, levels: dict[int, Level], level: int, counts: list[int | None]) -> str:
        definition = _level(levels, level)
        if definition.format == "bullet":
            return definition.text + definition.suffix if definition.text else ""

        def number(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            count = counts[at]
            if at > level or count is None:
                return ""
            shown = _level(levels, at)
            if definition.legal and shown.format not in ("none", "decimalZero"):
                return str(count)
            if not is_known(shown.format):
                self.unknown_formats.add(shown.format)
            return format_number(count, shown.format).zfill(shown.width)

        text = _PLACEHOLDER.sub(number, definition.text)
        return text + definition.suffix if text else ""

    def _levels(self, instance: _Instance) -> dict[int, Level]:
        return {**self._abstract_levels(instance.abstract), **instance.levels}

    def _abstract_levels(self, number: int) -> dict[int, Level]:
        seen: set[int] = set()
        while number not in seen:
            seen.add(number)
            abstract = self._abstracts.get(number)
            if abstract is None:
                return {}
            if abstract.link is None or abstract.levels:
                return abstract.levels
            linked = next((s.num_id for s in self._styles.chain(abstract.link) if s.num_id), None)
            instance = self._instances.get(linked or 0)
            if instance is None:
                return {}
            number = instance.abstract
        return {}

    def _level_of_style(self, number: int, *style_ids: str | None) -> int | None:
        instance = self._instances.get(number)
        if instance is None:
            return None
        linked = {level.style: at for at, level in self._levels(instance).items() if level.style}
        return next((linked[s] for s in style_ids if s in linked), None)

    @staticmethod
    def _start(instance: _Instance, levels: dict[int, Level], level: int) -> int:
        return instance.starts.get(level, _level(levels, level).start)


def _level(levels: dict[int, Level], at: int) -> Level:
    # A level that is not defined looks like the one above it.
    return next((levels[n] for n in range(at, -1, -1) if n in levels), Level())


def _attribute(element: _Element, name: str) -> int | None:
    text = element.get(w(name), "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _levels(parent: _Element) -> dict[int, Level]:
    found = {}
    for element in parent.iterchildren(w("lvl")):
        at = _attribute(element, "ilvl")
        if at is not None and at < _LEVELS:
            found[at] = _level_of(element)
    return found


def _level_of(element: _Element) -> Level:
    form, width = _format(element)
    text = value(element, "lvlText") or ""
    if form == "bullet":
        fonts = element.find(f"{w('rPr')}/{w('rFonts')}")
        font = None if fonts is None else fonts.get(w("ascii")) or fonts.get(w("hAnsi"))
        text = "".join(symbol(c, font, "•") for c in text)
    return Level(
        start=max(integer(element, "start") or 0, 0),
        format=form,
        text=text,
        suffix=_SUFFIXES.get(value(element, "suff") or "tab", " "),
        restart=integer(element, "lvlRestart"),
        legal=bool(is_on(element, "isLgl")),
        style=value(element, "pStyle"),
        width=width,
    )


def _format(element: _Element) -> tuple[str, int]:
    """Return a level's format and the width to which it is padded with zeros."""
    for child in element.iter(w("numFmt")):
        name = child.get(w("val")) or "decimal"
        if name != "custom":
            return name, 0
        padded = _PADDED.match(child.get(w("format")) or "")
        if padded:
            return "decimal", len(padded.group())
    return "decimal", 0


def _instance(element: _Element, abstract: int) -> _Instance:
    instance = _Instance(abstract)
    for override in element.iterchildren(w("lvlOverride")):
        at = _attribute(override, "ilvl")
        if at is None or at >= _LEVELS:
            continue
        level = override.find(w("lvl"))
        start = integer(override, "startOverride")
        if level is not None:
            instance.levels[at] = _level_of(level)
        if start is not None:
            instance.starts[at] = max(start, 0)
            if at in instance.levels:
                instance.levels[at] = replace(instance.levels[at], start=max(start, 0))
    return instance
