"""Characters placed on a page to lines of text; shared by the formats of fixed layout."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SAME_LINE = 0.5  # characters whose middles are closer than this share of their size are one line
_WORD_GAP = 0.3  # a gap wider than this share separates Latin words
_WIDE_GAP = 1.2  # a gap wider than this separates whatever stands there
_SPACED = re.compile(r"[A-Za-z0-9,.;:%)]$")
_WORD = re.compile(r"[A-Za-z0-9(]")
NUMBERED = re.compile(
    r"(?:[(（〔][0-9０-９一二三四五六七八九十]{1,3}[)）〕]|[0-9０-９]{1,3}(?:、|[.．](?![0-9０-９]))|[一二三四五六七八九十]{1,3}、|[①-⑳]|第[一二三四五六七八九十百0-9]{1,4}[章条])"
)
# A word, number or character, with the marks that may not end or begin a line.
_UNBREAKABLE = re.compile(
    r"[（《〔“‘(]{0,2}(?:[A-Za-z0-9%‰./:+_-]{1,60}|.)(?:[（《〔“‘(]{1,2}.)?[，。、；：！？）》」』”’…,.;:!?)]{0,3}"
)
_NUMERALS = "一二三四五六七八九十"
_ENDS = "。；;：:！!？?）)”"
_CELL_MARGINS = 1.2
FULL = 2.2  # a line that leaves less room than this many characters goes on in the next


@dataclass(frozen=True, slots=True)
class Glyph:
    """A piece of text at its place; coordinates from the upper left corner of the page."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    colour: str = ""

    @property
    def size(self) -> float:
        """Return the height, which stands for the font size."""
        return max(self.bottom - self.top, 0.1)

    @property
    def middle(self) -> float:
        """Return the height of its middle on the page."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text on a page.

    Attributes
    ----------
    begins_blank, ends_blank
        Whether a blank is written before or behind its text, which says that the words there are
        two where the line goes on.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    begins_blank: bool = False
    ends_blank: bool = False


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """Return the lines that the characters form, from top to bottom.

    Examples
    --------
    >>> row = [Glyph("任", 0, 10, 0, 10), Glyph("务", 10, 20, 0.5, 10.5), Glyph("表", 0, 10, 20, 30)]
    >>> [line.text for line in lines_of(row)]
    ['任务', '表']
    """
    lines = (_line(sorted(row, key=lambda g: g.x0)) for row in rows_of(glyphs))
    return [line for line in lines if line is not None]


def rows_of(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Return the characters that stand at one height, from top to bottom."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: g.middle):
        if rows and abs(glyph.middle - rows[-1][0].middle) <= _SAME_LINE * max(
            min(glyph.size, rows[-1][0].size), 0.5 * max(glyph.size, rows[-1][0].size)
        ):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return rows


def _line(row: Sequence[Glyph]) -> Line | None:
    parts: list[str] = []
    last: Glyph | None = None
    for glyph in row:
        # A character drawn twice at nearly the same place is bold, not doubled.
        if (
            last is not None
            and glyph.text == last.text
            and glyph.x0 - last.x0 < 0.3 * (last.x1 - last.x0)
        ):
            continue
        if last is not None and not glyph.text.isspace() and not last.text.isspace():
            gap = (glyph.x0 - last.x1) / last.size
            latin = _SPACED.search(last.text) and _WORD.match(glyph.text)
            if gap > _WIDE_GAP or (gap > _WORD_GAP and latin):
                parts.append(" ")
        parts.append(glyph.text)
        last = glyph
    seen = [g for g in row if g.text.strip()]
    if not seen:
        return None
    sizes = sorted(g.size for g in seen)
    return Line(
        _tidy("".join(parts)),
        seen[0].x0,
        max(g.x1 for g in seen),
        min(g.top for g in seen),
        max(g.bottom for g in seen),
        sizes[len(sizes) // 2],
        begins_blank=row[0] is not seen[0],
        ends_blank=row[-1] is not seen[-1],
    )


def _tidy(text: str) -> str:
    # Some fonts map characters to compatibility radicals that look the same: ⼀ for 一.
    if any("\u2e80" <= c <= "\u2fdf" for c in text):
        text = "".join(
            unicodedata.normalize("NFKC", c) if "\u2e80" <= c <= "\u2fdf" else c for c in text
        )
    return re.sub(r"[ \t\xa0]+", " ", text).strip(" \u3000")


def join_line(text: str, last: Line, line: Line) -> str:
    """Join a line to the text that ends with the line `last`.

    Examples
    --------
    >>> first, second = Line("市商务局", 0, 40, 0, 10, 10.0, ends_blank=True), Line("市供销社", 0, 40, 12, 22, 10.0)
    >>> join_line("（市商务局", first, second)
    '（市商务局 市供销社'
    """
    if last.ends_blank or line.begins_blank:
        return f"{text} {line.text}"
    return join(text, line.text)


def join(first: str, second: str) -> str:
    """Join two lines of a paragraph: Chinese without a blank, Latin words with one.

    Examples
    --------
    >>> join("实施技术", "改造"), join("open", "data"), join("2025年1", "2月")
    ('实施技术改造', 'open data', '2025年12月')
    """
    if not first or not second:
        return first + second
    last, begin = first[-1], second[0]
    words = last.isascii() and begin.isascii() and last.isalnum() and begin.isalnum()
    return first + (" " if words and (last.isalpha() or begin.isalpha()) else "") + second


def room(line: Line) -> float:
    """Return how much room the first piece of a line takes that cannot be broken.

    Examples
    --------
    >>> room(Line("室、财政局", 0, 50, 0, 10, 10.0))
    20.0
    """
    piece = _UNBREAKABLE.match(line.text)
    if piece is None:
        return 0.0
    narrow = sum(1 for c in piece.group() if c.isascii())
    return (0.6 * narrow + len(piece.group()) - narrow) * line.size


def cell_text(lines: Sequence[Line], width: float) -> str:
    """Return the text of a table cell: lines cut by its width joined, others on lines of their own.

    Parameters
    ----------
    lines
        The lines in the cell.
    width
        Its width.
    """
    text = ""
    last: Line | None = None
    for line in lines:
        if last is None:
            text = line.text
        elif is_full(last, width, line) and not _is_item(last, line):
            text = join_line(text, last, line)
        else:
            text += "\n" + line.text
        last = line
    return text


def _is_item(last: Line, line: Line) -> bool:
    """Whether a numbered item begins; 多杆合 / 一、多箱并集 is one sentence."""
    if NUMBERED.match(line.text) is None:
        return False
    return line.text[0] not in _NUMERALS or last.text[-1] in _ENDS


def is_full(line: Line, width: float, following: Line) -> bool:
    """Whether a line in a cell of that width leaves no room for what follows.

    A cell has a margin of about half a character at either side.
    """
    left_over = width - (line.x1 - line.x0)
    return left_over < max(FULL * line.size, room(following) + _CELL_MARGINS * line.size)
