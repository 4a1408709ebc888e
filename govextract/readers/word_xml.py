"""Small tools for WordprocessingML: names, values, the parts of a Word package."""

from __future__ import annotations

import posixpath
from functools import cache
from typing import TYPE_CHECKING

from govextract.data import read_rows
from govextract.readers.limits import Limits, Package, parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# The strict variant of the standard differs in its namespaces only (ECMA-376 Part 1, annex A).
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", _W.encode()),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
_DEFAULT_PARTS = {"styles": "styles.xml", "numbering": "numbering.xml"}


@cache
def w(name: str) -> str:
    """Return the qualified name of a WordprocessingML element or attribute.

    Examples
    --------
    >>> w("p")
    '{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p'
    """
    return f"{{{_W}}}{name}"


def local(element: _Element) -> str:
    """Return the element's name without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value(parent: _Element | None, name: str) -> str | None:
    """Return ``w:val`` of the child `name`, None where there is none."""
    child = None if parent is None else parent.find(w(name))
    return None if child is None else child.get(w("val"))


def integer(parent: _Element | None, name: str) -> int | None:
    """Return ``w:val`` of the child `name` as a number, None where it is none."""
    text = value(parent, name)
    try:
        return int(text) if text is not None and len(text) < 10 else None
    except ValueError:
        return None


def is_on(parent: _Element | None, name: str) -> bool | None:
    """Return a toggle property's state, None where it is not set (ECMA-376 Part 1, 17.17.4)."""
    child = None if parent is None else parent.find(w(name))
    if child is None:
        return None
    return child.get(w("val"), "true").lower() not in ("false", "0", "off")


@cache
def _symbols() -> dict[tuple[str, int], str]:
    rows = read_rows("symbol_fonts.tsv", ("font", "code", "character", "source"))
    return {(row["font"], int(row["code"], 16)): row["character"] for row in rows}


def symbol(character: str, font: str | None, default: str = "") -> str:
    """Return what a character of a symbol font looks like.

    Examples
    --------
    >>> symbol(chr(0xF06C), "Wingdings"), symbol("A", "Arial")
    ('●', 'A')
    """
    code = ord(character)
    private = 0xF000 <= code <= 0xF0FF
    known = _symbols().get(((font or "").lower(), code & 0xFF if private else code))
    if known is not None:
        return known
    return default if 0xE000 <= code <= 0xF8FF else character


class WordPackage:
    """The parts of a .docx that make up its text.

    Raises
    ------
    ReadError
        Where the package or its main part is damaged or breaks a bound.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        self._package = Package(data, limits)
        main = self._related("", "officeDocument")
        self._main = main if main else "word/document.xml"
        self.document = self._xml(self._main)
        self.styles = self._part("styles")
        self.numbering = self._part("numbering")
        core = self._related("", "core-properties") or "docProps/core.xml"
        self.core = self._xml(core) if core in self._package else None

    def _xml(self, name: str) -> _Element:
        data = self._package.read(name)
        for strict, transitional in _STRICT:
            data = data.replace(strict, transitional)
        return parse_xml(data, name, self._limits)

    def _part(self, kind: str) -> _Element | None:
        name = self._related(self._main, kind)
        if name is None:
            name = posixpath.join(posixpath.dirname(self._main), _DEFAULT_PARTS[kind])
        return self._xml(name) if name in self._package else None

    def _related(self, source: str, kind: str) -> str | None:
        """Return the part to which `source` has a relationship of `kind`; never one outside."""
        folder, name = posixpath.split(source)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if rels not in self._package:
            return None
        for relation in self._xml(rels):
            if relation.get("TargetMode") == "External" or not relation.get("Type", "").endswith(
                f"/{kind}"
            ):
                continue
            target = relation.get("Target", "")
            path = target if target.startswith("/") else posixpath.join("/", folder, target)
            found = posixpath.normpath(path).lstrip("/")
            if found in self._package:
                return found
        return None
