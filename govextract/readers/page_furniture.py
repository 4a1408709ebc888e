"""What stands at the edges of pages and is no part of the text: page numbers, running heads, feet.

A line of the text may stand there on several pages too, and a number may be an item's. So a running
line has the same words at the same place, and more room to the text than lines have, or another
size; a lone number counts on with the pages; and what names who does a task by when is never taken.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from statistics import median
from typing import TYPE_CHECKING

from govextract.data import read_rows
from govextract.readers.page_layout import measure_pages
from govextract.records import LedgerWarning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govextract.readers.page_layout import Measure, PageLayout
    from govextract.readers.page_lines import Line

_DASHES = r"[-—–－―─_·•~～.\s]"
# Unmistakable page numbers, and numbers that may be an item's as well.
_PAGE_NUMBER = re.compile(
    rf"{_DASHES}+[0-9０-９]{{1,4}}{_DASHES}+"
    r"|[-—–(（\s]*第?\s*[0-9０-９]{1,4}\s*页(?:[\s/／|,，(（]*共?\s*[0-9０-９]{1,4}\s*页)?[-—–)）\s]*"
    r"|[-—–\s]*[0-9０-９]{1,4}\s*(?:/|／|of)\s*共?[0-9０-９]{1,4}\s*页?[-—–\s]*"
    r"|(?:Page|page|P\.?)\s*[0-9]{1,4}(?:\s*(?:of|/)\s*[0-9]{1,4})?|第[一二三四五六七八九十百]{1,5}页"
)
_NUMBER = re.compile(r"[-—–.(（\s]*([0-9０-９]{1,4})(?:\s+[0-9０-９]{1,4})?[-—–.)）\s]*")
_DIGITS = re.compile(r"[0-9０-９]+")
_COLON = re.compile("[:：]")
_TIME_LIMIT = re.compile(r"[0-9０-９年月日季旬周](?:底|末|前|内|以前|之前)|[年月]底")
_BEFORE_COLON = 8  # a label is no longer than this
_EDGE = 0.13  # heads and feet stand within this share of the page's height
_SHARE = 0.4  # of the pages: so many have a running head
_NEARLY_ALL = 0.75
_SAME_PLACE = 3.0  # a running line stands where it does on other pages, within this (points)
_ROOM, _MORE_ROOM = 1.3, 0.2  # gaps of the text times this, and this share of its size, are wider
_OTHER_SIZE = 0.1  # a size that differs by this share is not that of the text
_PIECES = 3
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class _Edge:
    """One of the outermost lines of a page.

    Attributes
    ----------
    depth
        0 for the outermost, 1 for the next.
    room
        What parts it from what follows inward.
    """

    page: int
    at_top: bool
    depth: int
    line: Line
    room: float

    @property
    def key(self) -> tuple[str, bool]:
        """Return what tells a running line, its numbers left aside."""
        return _DIGITS.sub("#", "".join(self.line.text.split())), self.at_top


def drop_furniture(pages: Sequence[PageLayout]) -> list[LedgerWarning]:
    """Take page numbers and running heads and feet out of the pages' lines.

    Returns
    -------
    list[LedgerWarning]
        One that names the running lines which do not stand on nearly all pages.
    """
    measure = measure_pages(pages)
    edges = [edge for at, page in enumerate(pages) for edge in _edges(at, page)]
    running = _running(edges, pages, measure)
    rest = [edge for edge in edges if id(edge.line) not in running]
    dropped = running | _page_numbers(rest, len(pages), measure)
    for page in pages:
        page.lines = [line for line in page.lines if id(line) not in dropped]
    doubtful = _doubtful([edge for edge in edges if id(edge.line) in running], len(pages))
    named = list(dict.fromkeys(edge.line.text for edge in doubtful))
    if not named:
        return []
    listed = "; ".join(named[:_SHOWN]) + ("; …" if len(named) > _SHOWN else "")
    message = f"{len(doubtful)} lines were left out as running heads or feet: {listed}"
    return [LedgerWarning("page-running-lines", message)]


def _edges(at: int, page: PageLayout) -> list[_Edge]:
    """Return the outermost lines of a page, at most two at either end, nearest the edge first."""
    lines = sorted(page.lines, key=lambda line: line.top)
    down = [(line.top, line.bottom) for line in lines]
    found = [
        _Edge(at, True, nth, line, _room(down, nth, [table.top for table in page.tables]))
        for nth, line in enumerate(lines[:2])
        if line.bottom < _EDGE * page.height
    ]
    up = [(-line.bottom, -line.top) for line in reversed(lines)]
    found += [
        _Edge(at, False, nth, line, _room(up, nth, [-table.bottom for table in page.tables]))
        for nth, line in enumerate(lines[:-3:-1])
        if line.top > (1 - _EDGE) * page.height
    ]
    return found


def _room(lines: Sequence[tuple[float, float]], at: int, tables: Sequence[float]) -> float:
    """Return the room behind a line; that to a table, which has its own, tells nothing."""
    end = lines[at][1]
    behind = lines[at + 1][0] if at + 1 < len(lines) else float("inf")
    if any(end - 1 <= table < behind for table in tables):
        return float("inf")
    return behind - end


def _is_apart(edge: _Edge, measure: Measure) -> bool:
    other = abs(edge.line.size - measure.size) > _OTHER_SIZE * measure.size
    return other or edge.room > _ROOM * measure.gap + _MORE_ROOM * measure.size


def _running(edges: Sequence[_Edge], pages: Sequence[PageLayout], measure: Measure) -> set[int]:
    """Return the identities of the running lines."""
    alike: dict[tuple[tuple[str, bool], int], list[_Edge]] = defaultdict(list)
    for edge in edges:
        if not _PAGE_NUMBER.fullmatch(edge.line.text) and not _NUMBER.fullmatch(edge.line.text):
            alike[edge.key, round(pages[edge.page].width)].append(edge)
    placed = [edge for group in alike.values() for edge in _same_place(group)]
    times = Counter(key for key, _ in {(edge.key, edge.page) for edge in placed})
    often = max(2, round(_SHARE * len(pages)))
    found: set[int] = set()
    inner: set[tuple[int, bool]] = set()
    for edge in sorted(placed, key=lambda e: (e.page, e.at_top, -e.depth)):
        if times[edge.key] < often or _is_task_text(edge.line.text):
            continue
        end = (edge.page, edge.at_top)
        # Of two running lines the outer one is apart where the inner one is.
        if _is_apart(edge, measure) or end in inner or _is_table_head(edge.line.text):
            inner.add(end)
            found.add(id(edge.line))
    return found


def _doubtful(running: Sequence[_Edge], pages: int) -> list[_Edge]:
    """Return the running lines that less than most pages have, or of the pages at one side."""
    alike: dict[tuple[str, bool], list[_Edge]] = defaultdict(list)
    for edge in running:
        alike[edge.key].append(edge)
    found = []
    for group in alike.values():
        on = {edge.page for edge in group}
        sides = {page % 2 for page in on}
        first = min(on)  # a first page may be without
        able = sum(1 for page in range(min(first, 2), pages) if page % 2 in sides)
        if len(on) < _NEARLY_ALL * able or _is_table_head(group[0].line.text):
            found += group
    return found


def _same_place(group: Sequence[_Edge]) -> list[_Edge]:
    """Return those lines of a group that stand where most do, left and right pages for themselves."""
    height = median(edge.line.top for edge in group)
    level = [edge for edge in group if abs(edge.line.top - height) <= _SAME_PLACE]
    found = []
    for side in (0, 1):
        facing = [edge.line for edge in level if edge.page % 2 == side]
        if facing:
            left, right = median(e.x0 for e in facing), median(e.x1 for e in facing)
            middle = median(e.x0 + e.x1 for e in facing)
            found += [
                edge
                for edge in level
                if edge.page % 2 == side
                and min(
                    abs(edge.line.x0 - left),
                    abs(edge.line.x1 - right),
                    abs(edge.line.x0 + edge.line.x1 - middle) / 2,
                )
                <= _SAME_PLACE
            ]
    return found


def _is_table_head(text: str) -> bool:
    """Whether the line has three pieces and no number: the head of a table without rules."""
    return text.count(" ") >= _PIECES - 1 and not _DIGITS.search(text)


def _is_task_text(text: str) -> bool:
    """Whether a line has a label of duties or a time limit."""
    return _TIME_LIMIT.search(text) is not None or any(
        form in text[max(0, colon.start() - _BEFORE_COLON) : colon.start()]
        for colon in _COLON.finditer(text)
        for form in _labels()
    )


@cache
def _labels() -> tuple[str, ...]:
    rows = read_rows("role_cues.tsv", ("use", "form", "role", "source"))
    return tuple(
        row["form"]
        for row in rows
        if row["use"] in ("stem", "label") and row["role"] != "none" and len(row["form"]) > 1
    )


def _page_numbers(edges: Sequence[_Edge], pages: int, measure: Measure) -> set[int]:
    """Return the identities of the lines that are page numbers, at most one at an end of a page.

    A lone number is one only where its page has no plainer one, where it stands outermost and
    apart, and where it counts on with the pages.
    """
    plain: dict[tuple[int, bool], int] = {}
    lone: list[tuple[_Edge, int]] = []
    outermost: set[tuple[int, bool]] = set()
    for edge in edges:
        end = (edge.page, edge.at_top)
        if _PAGE_NUMBER.fullmatch(edge.line.text):
            plain.setdefault(end, id(edge.line))
        number = _NUMBER.fullmatch(edge.line.text)
        if number and end not in outermost and _is_apart(edge, measure):
            lone.append((edge, int(number.group(1)) - edge.page))
        outermost.add(end)
    numbered = {page for page, _ in plain}
    lone = [(edge, ahead) for edge, ahead in lone if edge.page not in numbered]
    times = Counter((edge.at_top, ahead) for edge, ahead in lone)
    found = set(plain.values())
    # Feet are looked at before heads.
    for edge, ahead in sorted(lone, key=lambda e: e[0].at_top):
        counts_on = times[edge.at_top, ahead] > 1 or ahead == 1 or pages == 1
        if counts_on and edge.page not in numbered:
            numbered.add(edge.page)
            found.add(id(edge.line))
    return found
