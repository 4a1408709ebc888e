"""What the identifiers of a page's elements say: article, title, noise, hidden."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from govextract.data import read_rows

if TYPE_CHECKING:
    from lxml.etree import _Element

_CAMEL = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
# Hidden text, and the page headers, feet and notes of pages that Word saved.
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all"
    r"|mso-element\s*:\s*(?:header|footer|footnote-list|endnote-list|comment-list)",
    re.IGNORECASE,
)
_BY_SCRIPT = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LONGEST_CLUE = 600
_NOISE_TAGS = {"nav", "footer", "aside"}


@cache
def _parts() -> dict[str, frozenset[str]]:
    rows = list(read_rows("html_page_parts.tsv", ("part", "match", "form", "source")))
    return {
        part: frozenset(row["form"] for row in rows if row["part"] == part)
        for part in ("article", "title", "noise")
    }


def identifiers(element: _Element) -> list[str]:
    """Return the element's id and classes."""
    return f"{element.get('id') or ''} {element.get('class') or ''}".split()


def is_article(element: _Element) -> bool:
    """Whether an identifier of `element` is one that content systems give the article.

    Examples
    --------
    >>> from lxml.html import fragment_fromstring
    >>> is_article(fragment_fromstring('<div id="UCAP-CONTENT"></div>'))
    True
    """
    return any(_is_part(name.lower(), "article") for name in identifiers(element))


def is_title(element: _Element) -> bool:
    """Whether an identifier of `element` is one that content systems give the title."""
    return any(_is_part(name.lower(), "title") for name in identifiers(element))


@cache
def _is_part(name: str, part: str) -> bool:
    # Systems number their elements: vsb_content_2, zoom1.
    return name in _parts()[part] or name.rstrip("0123456789").rstrip("_-") in _parts()[part]


def is_noise(element: _Element) -> bool:
    """Whether tag or identifiers of `element` are those of menus, tools and page feet.

    Examples
    --------
    >>> from lxml.html import fragment_fromstring
    >>> is_noise(fragment_fromstring('<div class="pageFooter"></div>'))
    True
    """
    if element.tag in _NOISE_TAGS or element.get("role") in ("navigation", "contentinfo", "search"):
        return True
    return any(_is_noise_name(name) for name in identifiers(element))


@cache
def _is_noise_name(name: str) -> bool:
    return any(word.lower() in _parts()["noise"] for word in _CAMEL.findall(name))


def is_hidden(element: _Element) -> bool:
    """Whether `element` itself says that it is not shown."""
    if "hidden" in element.attrib:
        return True
    if element.tag == "div" and element.get("title") in ("header", "footer"):
        return True  # page header or foot of a page that LibreOffice saved
    style = element.get("style")
    return style is not None and _HIDDEN.search(style) is not None


def may_be_unhidden(element: _Element) -> bool:
    """Whether a script may show `element`, which `is_hidden`: not what Word or LibreOffice hid."""
    style = element.get("style") or ""
    return "mso-" not in style and ("hidden" in element.attrib or bool(_BY_SCRIPT.search(style)))


@cache
def _clues(clue: str) -> re.Pattern[str]:
    rows = read_rows("html_clues.tsv", ("clue", "pattern", "source"))
    return re.compile("|".join(f"(?:{r['pattern']})" for r in rows if r["clue"] == clue))


def has_clue(clue: str, text: str) -> bool:
    """Whether `text`, a line or a cell, is one of the kind that `clue` names (html_clues.tsv).

    Examples
    --------
    >>> has_clue("who", "责任单位：市水利局"), has_clue("annex", "各镇：")
    (True, False)
    """
    line = "".join(text.split())
    return len(line) <= _LONGEST_CLUE and _clues(clue).fullmatch(line) is not None
