"""Equations of Word (Office MathML) as a line of text: fractions with a slash, powers raised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govextract.readers.word_xml import local

if TYPE_CHECKING:
    from lxml.etree import _Element

SUPERSCRIPT = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")


def math_text(element: _Element) -> str:
    """Return what an equation says, on one line.

    Examples
    --------
    >>> from lxml import etree
    >>> space = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    >>> number = "<m:r><m:t>{}</m:t></m:r>".format
    >>> fraction = f"<m:num>{number(1)}</m:num><m:den>{number(3)}</m:den>"
    >>> math_text(etree.fromstring(f'<m:oMath xmlns:m="{space}"><m:f>{fraction}</m:f></m:oMath>'))
    '1/3'
    """
    name = local(element)
    if name == "t":
        return element.text or ""
    if name == "f":
        return "/".join(_part(element, part) for part in ("num", "den"))
    if name in ("sSup", "sSubSup"):
        lower = _part(element, "sub")
        return _part(element, "e") + lower + _part(element, "sup").translate(SUPERSCRIPT)
    if name == "d":
        opening, closing = _sign(element, "begChr", "("), _sign(element, "endChr", ")")
        inner = [math_text(child) for child in element if local(child) == "e"]
        return opening + ",".join(inner) + closing
    if name == "rad":
        return f"√({_part(element, 'e')})"
    return "".join(math_text(child) for child in element if not local(child).endswith("Pr"))


def _part(element: _Element, name: str) -> str:
    return "".join(math_text(child) for child in element if local(child) == name)


def _sign(element: _Element, name: str, default: str) -> str:
    """Return the sign that a property of the element names, `default` where it names none."""
    for child in element.iter():
        if local(child) == name:
            values = (str(v) for k, v in child.attrib.items() if str(k).endswith("val"))
            return next(values, default)
    return default
