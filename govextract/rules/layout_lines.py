r"""Lines as a program prints them that keeps the layout of a page: words at their places, blanks between.

``pdftotext -layout`` and its like put the cells of a table side by side, each as wide as it was on the
page, so that the one thing which tells a cell's column is where in the line it stands. Places are
counted in columns of characters. Who sets a text in a fixed width gives a Chinese character two of
them (UAX #11); programs that take it off a page give every character one.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from statistics import median

from govextract.rules.cell_fits import NUMBER
from govextract.rules.numbering import match_numbering
from govextract.rules.tables import Column, column_of

_LINE = re.compile(r"[^\n\r\f\v]*[^\s][^\n\r\f\v]*")
_WORD = re.compile(r"\S+")
_GAP = re.compile(r"\S[ \u3000\xa0]{2,}\S")
_MOST_HEADER_LINES = 8
_MOST_SECOND_LINES = 3
_LONGEST_NAME = 16
_LONGEST_LINE = 24  # with single blanks inside
_SINGLE = 2  # the parts of a name so short may stand beside each other by one place
_SPACED = 4  # blanks between the characters of a name set wide
_SENTENCE_END = "。；;，,：:"
_FEWEST_COLUMNS = 3
_HEADER_WIDTH = 28
_CELL_GAP = 2  # blanks that part two cells; a single one may stand inside a name
_NAMED = 0.75
_SHIFT = 4  # by how much the columns of a further page may stand elsewhere,
# and how wide they may be, in twentieths, the least change first
_SCALES = sorted(range(16, 29), key=lambda twentieths: abs(twentieths - 20))
# how ill edges fit: a word that one cuts, two cells that none parts, a column without any word
_CUT, _UNPARTED, _EMPTY = 2, 1, 5
_FEWEST_LINES = 3  # show where the columns of a page are
_PUSHED, _LONG = 3, 4  # by how much a text may begin late behind a long cell, if it is so long
_COUNTS = 4.0  # a number alone is the number of a row, and nothing else is
_STRAY = 3.0  # a cell that begins further from its column's place is set in no column
_UNKNOWN = 12.0  # how far a word is from a column of which no line tells its place
_FAR = 6.0  # what is further off counts as this far
_UNMOVED = 0.05  # places as they are count as so much better, for each step of scale or shift
_GOES_ON = 0.5  # a further word of a cell, for each blank before it
_BEYOND = 2.0  # and if it stands behind the edge of the column
_CROSSED = 3  # how far a word reaches over the edge of a column that it is not of


@dataclass(slots=True)
class Word:
    """A run of characters without blanks, ``text[start:end]``, printed at ``[left, right)``."""

    start: int
    end: int
    left: int
    right: int
    counts: bool = False  # the number of a row


@dataclass
class Line:
    """A line that is not blank.

    Attributes
    ----------
    start, end
        Its range without the line break.
    apart
        A blank line stands before it.
    page
        A new page begins with it.
    gaps
        Blanks part it as they part cells.
    """

    text: str
    wide: int
    start: int
    end: int
    apart: bool
    page: bool
    gaps: bool

    @cached_property
    def words(self) -> list[Word]:
        """The words and where they stand; none where other signs part the cells."""
        if any(sign in self.text[self.start : self.end] for sign in "\t|｜"):
            return []
        return _words(self.text, self.start, self.end, self.wide)

    def set_wide(self, wide: int) -> None:
        """Let a Chinese character take `wide` columns."""
        if wide != self.wide:
            self.wide = wide
            self.__dict__.pop("words", None)

    @property
    def is_long(self) -> bool:
        """True where no name of a column is as long as the line, and nothing parts it."""
        return not self.gaps and len(self.text[self.start : self.end].strip()) > _LONGEST_LINE


@dataclass(slots=True)
class HeaderCell:
    """The name of a column, perhaps over several lines, and where it is printed."""

    words: list[Word]
    left: int
    right: int
    column: Column | None

    @property
    def centre(self) -> float:
        """The middle of the name."""
        return (self.left + self.right) / 2


def layout_lines(text: str, wide: int = 2) -> list[Line]:
    """Return the lines of `text` that are not blank; a Chinese character takes `wide` columns.

    Examples
    --------
    >>> [line] = layout_lines("1  修渠  县水利局")
    >>> [(w.left, w.right) for w in line.words]
    [(0, 1), (3, 7), (9, 17)]
    """
    found = []
    before = 0
    for match in _LINE.finditer(text):
        start, end = match.span()
        gap = text[before:start]
        gaps = _GAP.search(text, start, end) is not None
        apart = gap.count("\n") > 1
        found.append(Line(text, wide, start, end, apart, "\f" in gap, gaps))
        before = end
    return found


def _words(text: str, start: int, end: int, wide: int) -> list[Word]:
    words = []
    at, column = start, 0
    for match in _WORD.finditer(text, start, end):
        column += _width(text, at, match.start(), wide)
        width = _width(text, *match.span(), wide)
        counts = NUMBER.fullmatch(text, *match.span()) is not None
        words.append(Word(*match.span(), column, column + width, counts))
        column += width
        at = match.end()
    return words


@cache
def _is_wide(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in "WFA" and sign != "\xa0"


def _width(text: str, start: int, end: int, wide: int) -> int:
    piece = text[start:end]
    if wide == 1 or piece.isascii():
        return len(piece)
    return sum(wide if _is_wide(sign) else 1 for sign in piece)


def header_starts(lines: Sequence[Line]) -> list[int]:
    """Return the lines in which the names of columns may begin: blanks part one of the next."""
    starts: list[int] = []
    for i, line in enumerate(lines):
        if line.gaps:
            first = max(i - _MOST_HEADER_LINES + 1, starts[-1] + 1 if starts else 0)
            starts.extend(range(first, i + 1))
    return starts


def header_at(
    text: str, lines: Sequence[Line], i: int, *, below: bool = False
) -> tuple[list[HeaderCell], int] | None:
    """Return the names of columns that begin in line `i`, and how many lines they take.

    Of several readings the first counts in which every name says what its column holds; another
    only where no line close below begins such a reading.
    """
    if not _may_name(text, lines, i):
        return None
    partly: tuple[list[HeaderCell], int] | None = None
    whole: tuple[list[HeaderCell], int] | None = None
    single = False  # a character alone may be one of a name set wide
    for size in range(1, _MOST_HEADER_LINES + 1):
        if not _may_name(text, lines, i + size - 1):
            break
        cells = _header_cells(text, lines[i : i + size])
        single = single or any(w.end - w.start == 1 for w in lines[i + size - 1].words)
        if single and any(cell.column is None for cell in cells):
            spaced = _header_cells(text, lines[i : i + size], spaced=True)
            cells = min(spaced, cells, key=lambda c: sum(cell.column is None for cell in c))
        uses = [cell.column.use for cell in cells if cell.column is not None]
        if (
            len(cells) < _FEWEST_COLUMNS
            or "unit" not in uses
            or not {"content", "parent"} & {*uses}
        ):
            continue
        if len(uses) == len(cells):
            if any(_is_open(text, cell) for cell in cells) and size < _MOST_HEADER_LINES:
                whole = whole or (cells, size)  # （列首位者 / 为牵头单位）
                continue
            return _with_second_line(text, lines, i, cells, size)
        if partly is None and len(uses) >= max(_FEWEST_COLUMNS, _NAMED * len(cells)):
            partly = cells, size
    if whole is not None:
        return _with_second_line(text, lines, i, *whole)
    if partly is None or below:
        return partly
    for further in range(i + 1, min(i + _MOST_HEADER_LINES, len(lines))):
        found = header_at(text, lines, further, below=True)
        if found is not None and all(cell.column is not None for cell in found[0]):
            return None
    return partly


def _is_open(text: str, cell: HeaderCell) -> bool:
    name = "".join(text[w.start : w.end] for w in cell.words)
    return sum(name.count(sign) for sign in "（(") > sum(name.count(sign) for sign in "）)")


def _may_name(text: str, lines: Sequence[Line], i: int) -> bool:
    """Tell whether a line may hold names of columns: short words, no heading and no sentence."""
    if i >= len(lines) or lines[i].is_long or not lines[i].words:
        return False
    for word in lines[i].words:
        if word.end - word.start > _LONGEST_NAME or text[word.end - 1] in _SENTENCE_END:
            return False
        number = match_numbering(text, word.start, word.end)
        if number is not None and number.end < word.end:
            return False
    return True


def _with_second_line(
    text: str, lines: Sequence[Line], i: int, cells: list[HeaderCell], size: int
) -> tuple[list[HeaderCell], int]:
    """Put 牵头 and 配合, names of columns below one name, in its place."""
    for more in range(1, _MOST_SECOND_LINES + 1):
        if not _may_name(text, lines, i + size + more - 1):
            break
        names = _header_cells(text, lines[i + size : i + size + more])
        uses = Counter(name.column.use if name.column else None for name in names)
        parted = {use for use in ("unit", "deadline") if uses[use] > 1}
        if None in uses or not parted:
            continue
        kept = [c for c in cells if c.column is None or c.column.use not in parted]
        return sorted([*kept, *names], key=lambda c: c.left), size + more
    return cells, size


def _header_cells(text: str, lines: Sequence[Line], *, spaced: bool = False) -> list[HeaderCell]:
    """Put words together that stand one above the other, or close to each other in a line.

    Where `spaced`, characters set wide are one name: 工  作  任  务.
    """
    groups: list[HeaderCell] = []
    for line in lines:
        row: list[HeaderCell] = []
        for word in line.words:
            gap = word.left - row[-1].right if row else _CELL_GAP
            last = row[-1].words[-1] if row else word
            alone = word.end - word.start == last.end - last.start == 1
            if gap < _CELL_GAP or (spaced and row and alone and gap <= _SPACED):
                row[-1].words.append(word)
                row[-1].right = word.right
            else:
                row.append(HeaderCell([word], word.left, word.right, None))
        for cell in row:
            above = [g for g in groups if _stand_above(g, cell)]
            for group in above[1:]:
                groups.remove(group)
                above[0].words += group.words
            if above:
                above[0].words += cell.words
                above[0].left = min(above[0].left, cell.left, *(g.left for g in above))
                above[0].right = max(above[0].right, cell.right, *(g.right for g in above))
            else:
                groups.append(cell)
    groups.sort(key=lambda g: g.left)
    for group in groups:
        group.column = _column(text, group.words)
    return groups


def _column(text: str, words: Sequence[Word]) -> Column | None:
    """Return what a column holds, by its whole name or by what stands below 责任单位: 牵头."""
    names = [text[w.start : w.end] for w in words]
    whole = "".join(names)
    found = column_of(whole) if len(whole) <= _HEADER_WIDTH else None
    for first in range(1, len(names) if found is None else 0):
        above, below = column_of("".join(names[:first])), column_of("".join(names[first:]))
        if above is not None and below is not None and above.use == below.use == "unit":
            return below
    return found


def _stand_above(upper: HeaderCell, lower: HeaderCell) -> bool:
    """Tell parts of one name; those of a single character may be printed one place apart."""
    single = max(upper.right - upper.left, lower.right - lower.left) <= _SINGLE
    return upper.left < lower.right + single and lower.left < upper.right + single


@dataclass(slots=True)
class _Place:
    """Where the words of a column begin in most lines, and where its middle is."""

    left: float
    centre: float


@dataclass(slots=True)
class Columns:
    """Where the columns of a table stand on one page.

    Lines in which the long text of a row stands are printed wider than those without it, so these
    have places of their own.
    """

    edges: list[int]
    places: list[_Place | None]
    text: float | None  # where the long text begins
    bare: list[_Place | None]
    number: int | None = None

    def of(self, line: Line) -> list[int]:
        """Return the column of each word of a line: the nearest, in order from left to right."""
        has_text = self._has_text(line)
        places = self.places if has_text else self.bare
        best: list[tuple[float, list[int]]] = [(0.0, [])]
        for k, word in enumerate(line.words):
            fits = [_distance(word, place) for place in places]
            if self.number is not None:
                fits[self.number] += -_COUNTS if word.counts else _COUNTS
            reached: list[tuple[float, list[int]]] = []
            for c, fit in enumerate(fits):
                options = []
                for cost, before in best:
                    last = before[-1] if before else 0
                    if last > c:
                        continue
                    step = fit
                    if before and last == c:
                        step = min(fit, self._goes_on(line.words[k - 1], word, c, has_text))
                    options.append((cost + step, [*before, c]))
                if options:
                    reached.append(min(options))
            best = reached
        return min(best)[1]

    def _goes_on(self, before: Word, word: Word, c: int, has_text: bool) -> float:
        """Return what it costs that a word goes on in the cell of the one before it."""
        if not has_text:
            return _GOES_ON * max(1, word.left - before.right)
        beyond = c < len(self.edges) and (word.left + word.right) / 2 > self.edges[c]
        return _GOES_ON * max(1, word.left - before.right) + (_BEYOND if beyond else 0.0)

    def strays(self, line: Line, columns: Sequence[int]) -> tuple[int, int]:
        """Return how many cells of a line begin far from their column's place, and how many it has."""
        places = self.places if self._has_text(line) else self.bare
        far = held = 0
        before = -1
        for word, c in zip(line.words, columns, strict=True):
            if c != before and not word.counts:
                held += 1
                far += _distance(word, places[c]) > _STRAY
            before = c
        return far, held

    def crossed(self, line: Line) -> bool:
        """Tell a line of text: a word of it stands in several columns."""
        if not line.words:
            return True
        for word in line.words:
            cut = [e for e in self.edges if word.left < e < word.right]
            if len(cut) > 1:
                return True
            if any(min(e - word.left, word.right - e) > _CROSSED for e in cut):
                # a cell printed further left or right than usual is no longer than its column
                place = _nearest(word, self.places if self._has_text(line) else self.bare)
                if place is None or abs(word.left - place.left) > 1:
                    return True
        return False

    def _has_text(self, line: Line) -> bool:
        return self.text is None or not _lacks(line, self.text)


def _distance(word: Word, place: _Place | None) -> float:
    if place is None:
        return _UNKNOWN
    middle = abs((word.left + word.right) / 2 - place.centre)
    return min(abs(word.left - place.left), middle)


def _nearest(word: Word, places: Sequence[_Place | None]) -> _Place | None:
    known = [place for place in places if place is not None]
    return min(known, key=lambda place: _distance(word, place)) if known else None


def columns_below(
    cells: Sequence[HeaderCell], lines: Sequence[Line], further: Sequence[Line]
) -> Columns:
    """Return the columns below a header: between two names, where the fewest words are cut.

    A header that ends its page is fitted to the `further` lines of the next.
    """
    alone = len(lines) < _FEWEST_LINES
    centres = [cell.centre for cell in cells]
    best: tuple[int, int, list[int]] | None = None
    below = further if alone else lines
    for twentieths in _SCALES:
        scaled = [round(centre * twentieths / 20) for centre in centres]
        bounds = [(a + 1, max(a + 1, b)) for a, b in pairwise(scaled)]
        best = _better(best, _edges(bounds, below), below, twentieths)
    assert best is not None
    return _columns(best[2], below, cells)


def columns_like(columns: Columns, cells: Sequence[HeaderCell], lines: Sequence[Line]) -> Columns:
    """Return the columns of a further page, which may be printed wider."""
    return _columns(_edges_like(columns.edges, lines), lines, cells)


def _columns(edges: list[int], lines: Sequence[Line], cells: Sequence[HeaderCell]) -> Columns:
    uses = [cell.column.use if cell.column else None for cell in cells]
    number = uses.index("number") if "number" in uses else None
    # the last column of contents holds the longest text
    text = max((c for c, use in enumerate(uses) if use == "content"), default=None)
    places = _places(lines, edges)
    own = places[text] if text is not None else None
    if own is None:
        return Columns(edges, places, None, places, number)
    bare = [line for line in lines if _lacks(line, own.left)]
    with_text = [line for line in lines if not _lacks(line, own.left)]
    if len(bare) < _FEWEST_LINES or len(with_text) < _FEWEST_LINES:
        return Columns(edges, places, None, places, number)
    places = _places(with_text, edges)
    others = [place if c != text else None for c, place in enumerate(places)]
    return Columns(edges, places, own.left, _fitted(others, bare), number)


def _lacks(line: Line, place: float) -> bool:
    """Tell a line in which no word begins at `place`; a long one may begin a little further right."""
    return not any(
        abs(w.left - place) <= 1 or (0 < w.left - place <= _PUSHED and w.right - w.left >= _LONG)
        for w in line.words
    )


def _places(lines: Sequence[Line], edges: Sequence[int]) -> list[_Place | None]:
    """Return the usual place of each column, None where the lines do not tell."""
    words: list[list[Word]] = [[] for _ in range(len(edges) + 1)]
    for line in lines:
        before = -1
        for word in line.words:
            c = bisect_right(edges, (word.left + word.right) / 2)
            if c != before:
                words[c].append(word)
            before = c
    found: list[_Place | None] = []
    for c, held in enumerate(words):
        if held:
            left = Counter(w.left for w in held).most_common(1)[0][0]
            found.append(_Place(left, median((w.left + w.right) / 2 for w in held)))
        elif 0 < c < len(edges):
            found.append(_Place(edges[c - 1], (edges[c - 1] + edges[c]) / 2))
        else:
            found.append(None)
    return found


def _fitted(places: Sequence[_Place | None], lines: Sequence[Line]) -> list[_Place | None]:
    """Return the places moved and stretched so that the words of `lines` stand at them."""
    best: tuple[float, list[_Place | None]] = (float("inf"), list(places))
    for twentieths in _SCALES:
        for shift in range(-_SHIFT, _SHIFT + 1):
            moved = [
                None
                if place is None
                else _Place(
                    place.left * twentieths / 20 + shift, place.centre * twentieths / 20 + shift
                )
                for place in places
            ]
            off = sum(
                min(_FAR, *(_distance(word, place) for place in moved))
                for line in lines
                for word in line.words
            )
            off += len(lines) * (abs(twentieths - 20) + abs(shift)) * _UNMOVED
            if off < best[0]:
                best = off, moved
    return best[1]


def _edges_like(edges: Sequence[int], lines: Sequence[Line]) -> list[int]:
    best: tuple[int, int, list[int]] | None = None
    for twentieths in _SCALES:
        scaled = [round(edge * twentieths / 20) for edge in edges]
        bounds = []
        for i, edge in enumerate(scaled):
            low = max(1, edge - _SHIFT, (scaled[i - 1] + edge) // 2 + 1 if i else 1)
            high = edge + _SHIFT
            if i + 1 < len(scaled):
                high = min(high, (edge + scaled[i + 1]) // 2)
            bounds.append((low, max(low, high)))
        best = _better(best, _edges(bounds, lines), lines, twentieths)
    assert best is not None
    return best[2]


def _better(
    best: tuple[int, int, list[int]] | None,
    edges: list[int],
    lines: Sequence[Line],
    twentieths: int,
) -> tuple[int, int, list[int]]:
    """Return the edges that part the words better, or need less change of scale."""
    option = (_misfit(edges, lines), abs(twentieths - 20), edges)
    return option if best is None or option[:2] < best[:2] else best


def _misfit(edges: Sequence[int], lines: Sequence[Line]) -> int:
    """Count words that edges cut, cells that they do not part, and columns without any word."""
    off = 0
    filled = set()
    for line in lines:
        before: Word | None = None
        last = -1
        for word in line.words:
            off += _CUT * sum(word.left < e < word.right for e in edges)
            c = bisect_right(edges, (word.left + word.right) / 2)
            if before is not None and c == last and word.left - before.right >= _CELL_GAP:
                off += _UNPARTED
            before, last = word, c
            filled.add(c)
    return off + _EMPTY * (len(edges) + 1 - len(filled))


def _edges(bounds: Sequence[tuple[int, int]], lines: Sequence[Line]) -> list[int]:
    if not bounds:
        return []
    cut = [0] * (max(high for _, high in bounds) + 2)
    for line in lines:
        for word in line.words:
            for place in range(word.left + 1, min(word.right, len(cut))):
                cut[place] += 1
    edges = []
    for low, high in bounds:
        least = min(cut[low : high + 1])
        runs: list[list[int]] = []
        for place in range(low, high + 1):
            if cut[place] != least:
                continue
            if runs and runs[-1][-1] == place - 1:
                runs[-1].append(place)
            else:
                runs.append([place])
        widest = max(runs, key=len)
        edges.append(widest[len(widest) // 2])
    return edges
