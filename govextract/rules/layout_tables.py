r"""Tables that a program printed as they stood on the page, read row by row and cell by cell.

The lines of a cell stand in lines of the text that hold those of every other cell of the row, too;
numbers and units are centred beside a longer text. The rules read a copy of the document in which
each cell's lines follow each other and the table is a table, and what they find is led back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from govextract.ranges import holds
from govextract.readers.document import Block, Cell, SourceDocument, Table
from govextract.rules.cell_fits import NUMBER, REMARK
from govextract.rules.layout_lines import (
    Columns,
    HeaderCell,
    Line,
    Word,
    columns_below,
    columns_like,
    header_at,
    header_starts,
    layout_lines,
)
from govextract.rules.numbering import match_numbering
from govextract.rules.reading_copy import ReadingCopy, of_pieces, shifted
from govextract.rules.unit_words import UnitGrade, unit_grade

_WIDE_GAP = re.compile(r"\S[ \u3000\xa0]{2,}\S[^\n]*\S[ \u3000\xa0]{2,}\S")
_SENTENCE = re.compile("[。；;，,]")
_LAST_NAME = re.compile(r"[^、，,；;：:\s]*$")
_NEXT_NAME = re.compile(r"[^、，,；;：:\s]*")
_OPEN_END = "、，,（("
_CLOSED_END = "。；;！!）)"
_LONG_WORD = 46  # text across the page, no cell
_SECTION = 40
_PART = 4
_MERGED = 0.2  # of the rows lack a cell of a column that is merged over rows
_FULL = 2  # a line so much narrower than the widest of its column may be full
_LOOK = 40  # lines after which the columns are certain
_FEWEST_ROWS = 2
_LONGEST_ROW = 40
_READ_ROWS = 0.6  # of the rows have contents and units, where the columns were read right
_STRAYS = 0.3  # of the cells begin elsewhere than the others of their column
_LINES_A_ROW = 1.25
# what a division into rows costs
_HOLE = 1.0  # a line without this column's text between two that have it
_OFF = 0.6  # a cell's lines are neither at the top of the row nor in the middle, by one
_BLANK_INSIDE, _PAGE_INSIDE = 4.0, 1.5
_NO_BLANK, _PAGE_BETWEEN = 2.0, 0.5  # between two rows
_CUT_LIST = 4.0  # the row ends with a separator
_CUT_TEXT = 3.0  # the row ends inside a sentence

Piece = tuple[int, int]


@dataclass(slots=True)
class _Body:
    """A line of a table's body: its words by column; `section` where it stands across the table."""

    line: Line
    cells: dict[int, list[Word]]
    section: bool = False
    strays: tuple[int, int] = (0, 0)


@dataclass(slots=True)
class _Grid:
    """A table as read: its range, the names of its columns, and its rows of pieces of text."""

    start: int
    end: int
    header: list[HeaderCell]
    rows: list[dict[int, list[Piece]]]
    spans: dict[tuple[int, int], int] = field(default_factory=dict)
    sections: dict[int, Piece] = field(default_factory=dict)
    whole: int = 0  # rows that have contents and units


def lay_out(document: SourceDocument) -> ReadingCopy | None:
    r"""Return `document` with its printed tables as tables, None where it has none.

    Examples
    --------
    >>> from govextract.readers import from_text
    >>> text = (
    ...     "序号   工作任务         责任单位\n"
    ...     "       新建泵站三座，\n"
    ...     " 1                     市水利局\n"
    ...     "       年内投用。\n"
    ...     " 2     修渠五公里。     市财政局\n"
    ... )
    >>> found = lay_out(from_text(text))
    >>> print(found.document.text.replace("\t", " | "))
    序号 | 工作任务 | 责任单位
    1 | 新建泵站三座，年内投用。 | 市水利局
    2 | 修渠五公里。 | 市财政局
    <BLANKLINE>
    """
    text = document.text
    if not _WIDE_GAP.search(text):
        return None
    lines = layout_lines(text)
    starts = header_starts(lines)
    best: list[_Grid] = []
    for wide in (2, 1):
        for line in lines:
            line.set_wide(wide)
        grids = _grids(document, lines, starts)
        if sum(grid.whole for grid in grids) > sum(grid.whole for grid in best):
            best = grids
    return _copy(document, best) if best else None


def _grids(document: SourceDocument, lines: Sequence[Line], starts: Sequence[int]) -> list[_Grid]:
    """Return the tables in order; their headers begin in some of the lines `starts`."""
    text = document.text
    taken = [(b.start, b.end) for b in document.blocks if b.kind == "table"]
    grids: list[_Grid] = []
    behind = 0
    for i in starts:
        found = header_at(text, lines, i) if i >= behind else None
        if found is None or holds(taken, lines[i].start):
            continue
        header, size = found
        body, after = _body(text, lines, i + size, header)
        grid = _grid(text, lines[i].start, header, body)
        if grid is not None:
            grids.append(grid)
            after = next((k for k in range(i, after) if lines[k].start >= grid.end), after)
        # close below words that are no names there may be the names of a table
        behind = after if grid is not None or after - i > _LOOK else i + 1
    return grids


def _body(
    text: str, lines: Sequence[Line], at: int, header: list[HeaderCell]
) -> tuple[list[_Body], int]:
    """Return the lines of a table below its header, and the first line behind it."""
    names = _names(text, header)
    columns = _columns_at(lines, at, header)
    body: list[_Body] = []
    i = at
    while i < len(lines):
        line = lines[i]
        if not line.words or REMARK.match(text, line.words[0].start):
            break
        again = header_at(text, lines, i)
        if again is not None:
            if _names(text, again[0]) != names:
                break
            i += again[1]
            columns = _columns_at(lines, i, again[0])
            continue
        if line.page and i > at:
            columns = columns_like(columns, header, _sample(lines, i))
        if columns.crossed(line) or _is_part(text, line):
            if not _is_section(text, lines, i, columns):
                break
            body.append(_Body(line, {}, section=True))
        else:
            cells: dict[int, list[Word]] = {}
            dealt = columns.of(line)
            for c, word in zip(dealt, line.words, strict=True):
                cells.setdefault(c, []).append(word)
            body.append(_Body(line, cells, strays=columns.strays(line, dealt)))
        i += 1
    while body and body[-1].section:
        body.pop()
        i -= 1
    return body, i


def _names(text: str, header: Sequence[HeaderCell]) -> list[str]:
    return ["".join(text[w.start : w.end] for w in cell.words) for cell in header]


def _sample(lines: Sequence[Line], at: int) -> list[Line]:
    """Return the lines of a page that show where its columns are: text across the page does not."""
    sample = []
    for i in range(at, min(at + _LOOK, len(lines))):
        if i > at and lines[i].page:
            break
        if any(w.right - w.left > _LONG_WORD for w in lines[i].words):
            break
        sample.append(lines[i])
    return sample


def _columns_at(lines: Sequence[Line], at: int, header: Sequence[HeaderCell]) -> Columns:
    sample = _sample(lines, at) if at < len(lines) and not lines[at].page else []
    return columns_below(header, sample, _sample(lines, at + len(sample)))


def _is_section(text: str, lines: Sequence[Line], i: int, columns: Columns) -> bool:
    """Tell the heading of the rows below from text behind the table."""
    words = lines[i].words
    if not words or i + 1 >= len(lines) or columns.crossed(lines[i + 1]):
        return False
    start, end = words[0].start, words[-1].end
    joined = all(b.left - a.right < 2 for a, b in pairwise(words))
    return joined and end - start <= _SECTION and not _SENTENCE.search(text, start, end)


def _is_part(text: str, line: Line) -> bool:
    """Tell a line that is the heading of a part (二、城市内涝治理) from a line of a cell."""
    if len(line.words) != 1:
        return False
    word = line.words[0]
    number = match_numbering(text, word.start, word.end)
    return (
        number is not None
        and number.kind == "cn_comma"
        and word.end - number.end >= _PART
        and not _SENTENCE.search(text, number.end, word.end)
    )


def _grid(text: str, start: int, header: list[HeaderCell], body: list[_Body]) -> _Grid | None:
    """Return the table, None where the lines cannot be told apart into rows."""
    if len(body) < _FEWEST_ROWS:
        return None
    far, held = (sum(line.strays[k] for line in body) for k in (0, 1))
    if far > _STRAYS * held:
        return None  # parted by blanks, but not set in columns
    uses = [cell.column.use if cell.column else None for cell in header]
    number = uses.index("number") if "number" in uses else None
    body = _without_rest(text, body, uses, number)
    parents = {c for c, use in enumerate(uses) if use == "parent" or (number or 0) > c}
    if "content" not in [use for c, use in enumerate(uses) if c not in parents]:
        parents -= {c for c in parents if uses[c] in ("parent", "content") and c != min(parents)}
    grid = _Grid(start, body[-1].line.end, header, [])
    at = 0
    extents: list[tuple[int, int]] = []
    for stop in [*(i for i, line in enumerate(body) if line.section), len(body)]:
        part = body[at:stop]
        cuts = _cuts(text, part, uses, number, parents)
        if cuts is None:
            return None
        for a, b in pairwise([*cuts, len(part)]):
            grid.rows.append(_row(part[a:b], parents))
            extents.append((at + a, at + b))
        if stop < len(body):
            words = body[stop].line.words
            grid.sections[len(grid.rows)] = words[0].start, words[-1].end
            grid.rows.append({})
            extents.append((stop, stop + 1))
        at = stop + 1
    for c in _merged_columns(grid, uses, parents):
        parents.add(c)
        for row in grid.rows:
            row.pop(c, None)
    _give_parents(grid, body, extents, sorted(parents))
    return grid if _is_read(grid, uses, extents) else None


def _without_rest(
    text: str, body: list[_Body], uses: Sequence[str | None], number: int | None
) -> list[_Body]:
    """Return the lines up to a blank one behind the last row's number: a signature, further text."""
    columns = [c for c, use in enumerate(uses) if use == "content"] if number is None else [number]
    last = max((found[-1] for c in columns if (found := _anchors(text, body, c))), default=None)
    if last is None:
        return body
    rest = (i for i in range(last + 1, len(body)) if body[i].line.apart and not body[i].line.page)
    return body[: next(rest, len(body))]


def _merged_columns(grid: _Grid, uses: Sequence[str | None], parents: set[int]) -> list[int]:
    """Return the columns of contents, in front of the last, that many rows lack."""
    contents = [c for c, use in enumerate(uses) if use == "content" and c not in parents]
    rows = [row for i, row in enumerate(grid.rows) if i not in grid.sections]
    return [
        c for c in contents[:-1] if sum(c not in row for row in rows) >= max(2, _MERGED * len(rows))
    ]


def _is_read(grid: _Grid, uses: Sequence[str | None], extents: Sequence[tuple[int, int]]) -> bool:
    """Tell whether most rows have contents and units, and many run over several lines."""
    contents = [c for c, use in enumerate(uses) if use in ("content", "parent")]
    units = [c for c, use in enumerate(uses) if use == "unit"]
    rows = [row for i, row in enumerate(grid.rows) if i not in grid.sections]
    whole = sum(any(c in row for c in contents) and any(c in row for c in units) for row in rows)
    grid.whole = whole
    # rows of one line each are read as well by what their cells say, if they are not in columns
    lines = sum(b - a for i, (a, b) in enumerate(extents) if i not in grid.sections)
    printed = lines >= _LINES_A_ROW * len(rows)
    return len(rows) >= _FEWEST_ROWS and whole >= _READ_ROWS * len(rows) and printed


def _row(lines: Sequence[_Body], parents: set[int]) -> dict[int, list[Piece]]:
    row: dict[int, list[Piece]] = {}
    for body in lines:
        for c, words in body.cells.items():
            if c not in parents:
                row.setdefault(c, []).append((words[0].start, words[-1].end))
    return row


# -- where rows begin ------------------------------------------------------------------------


def _cuts(
    text: str,
    part: Sequence[_Body],
    uses: Sequence[str | None],
    number: int | None,
    parents: set[int],
) -> list[int] | None:
    """Return the first line of each row."""
    if not part:
        return []
    contents = [c for c, use in enumerate(uses) if use == "content" and c not in parents]
    content = contents[0] if contents else None
    found = [_anchors(text, part, c) for c in (contents if number is None else [number])]
    anchors = max(found, key=len, default=[])
    if number is None and anchors and found[0] is not anchors:
        parents |= set(contents[: found.index(anchors)])  # merged over the rows with numbers
    if anchors:
        ends = [*anchors[1:], len(part)]
        if max(b - a for a, b in zip([0, *anchors[1:]], ends, strict=True)) > _LONGEST_ROW:
            return None
        return _best_cuts(text, part, uses, parents, anchors)
    groups = [i for i, body in enumerate(part) if i == 0 or body.line.apart]
    if len(groups) > 1:
        units = {c for c, use in enumerate(uses) if use == "unit"}
        return [0, *(i for i in groups[1:] if _has_row(part, i, groups, content, units))]
    if all(len(body.cells) == len(uses) for body in part):
        return list(range(len(part)))
    return [0] if len(part) == 1 else None


def _has_row(
    part: Sequence[_Body], at: int, groups: Sequence[int], content: int | None, units: set[int]
) -> bool:
    """Tell lines between two blank ones that are a row of their own from the rest of another."""
    stop = next((g for g in groups if g > at), len(part))
    held = {c for body in part[at:stop] for c in body.cells}
    return content in held and bool(units & held)


def _anchors(text: str, part: Sequence[_Body], column: int) -> list[int]:
    """Return the lines in which a row's number stands, alone or in front of its contents."""
    found = []
    for i, body in enumerate(part):
        words = body.cells.get(column, [])
        if not words:
            continue
        printed = match_numbering(text, words[0].start, words[-1].end)
        counts = printed is not None and printed.kind not in ("ordinal", "bullet", "circled")
        if counts or NUMBER.fullmatch(text, words[0].start, words[-1].end):
            found.append(i)
    return found


def _best_cuts(
    text: str,
    part: Sequence[_Body],
    uses: Sequence[str | None],
    parents: set[int],
    anchors: Sequence[int],
) -> list[int]:
    """Divide the lines into rows of one anchor each, so that every cell stands best in its row."""
    columns = [c for c in range(len(uses)) if c not in parents]
    # the costs of the best division so far, by the line that begins the present row
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [0])}
    for k in range(len(anchors)):
        last = k + 1 == len(anchors)
        ends = [len(part)] if last else range(anchors[k] + 1, anchors[k + 1] + 1)
        reached: dict[int, tuple[float, list[int]]] = {}
        for end in ends:
            options = []
            for start, (cost, cuts) in best.items():
                whole = cost + _row_cost(text, part, start, end, columns, uses)
                options.append((whole, cuts if last else [*cuts, end]))
            reached[end] = min(options)
        best = reached
    return best[len(part)][1]


def _row_cost(
    text: str,
    part: Sequence[_Body],
    start: int,
    end: int,
    columns: Sequence[int],
    uses: Sequence[str | None],
) -> float:
    cost = 0.0
    pages = [i for i in range(start + 1, end) if part[i].line.page]
    for i in range(start + 1, end):
        line = part[i].line
        cost += _PAGE_INSIDE if line.page else _BLANK_INSIDE if line.apart else 0.0
    if end < len(part):
        line = part[end].line
        cost += _PAGE_BETWEEN if line.page else 0.0 if line.apart else _NO_BLANK
    for c in columns:
        held = [i for i in range(start, end) if c in part[i].cells]
        if not held:
            continue
        cost += _HOLE * (held[-1] - held[0] + 1 - len(held))
        low = max((p for p in pages if p <= held[0]), default=start)
        high = min((p for p in pages if p > held[0]), default=end)
        if held[-1] < high:  # all on one page: within its part of the row
            above, below = held[0] - low, high - 1 - held[-1]
            cost += _OFF * min(abs(above - below), 2 * above)
        sign = text[part[held[-1]].cells[c][-1].end - 1]
        if sign in _OPEN_END:
            cost += _CUT_LIST
        elif uses[c] == "content" and sign not in _CLOSED_END and len(held) > 1:
            cost += _CUT_TEXT
    return cost


def _give_parents(
    grid: _Grid, body: Sequence[_Body], extents: Sequence[tuple[int, int]], parents: Sequence[int]
) -> None:
    """Give each row what is printed beside it, or nearest to it, in columns merged over rows."""
    rows = [r for r in range(len(grid.rows)) if r not in grid.sections]
    for c in parents:
        clusters: list[list[int]] = []
        for i, line in enumerate(body):
            if c not in line.cells:
                continue
            gap = i - clusters[-1][-1] if clusters else 0
            if gap == 1 or (gap == 2 and not line.line.apart) or (gap and line.line.page):
                clusters[-1].append(i)
            else:
                clusters.append([i])
        if not clusters:
            continue
        middles = [(cluster[0] + cluster[-1]) / 2 for cluster in clusters]
        taken: dict[int, list[int]] = {}
        for r in rows:
            middle = (extents[r][0] + extents[r][1] - 1) / 2
            taken.setdefault(_nearest(middles, middle), []).append(r)
        centres = [(extents[r][0] + extents[r][1] - 1) / 2 for r in rows]
        for k, cluster in enumerate(clusters):
            # words between two rows that are nearest to none of them stand with the nearer
            mine = taken.get(k) or [rows[_nearest(centres, middles[k])]]
            pieces = [(w[0].start, w[-1].end) for w in (body[i].cells[c] for i in cluster)]
            grid.rows[mine[0]].setdefault(c, []).extend(pieces)
            grid.spans.setdefault((mine[0], c), mine[-1] - mine[0] + 1)


def _nearest(places: Sequence[float], place: float) -> int:
    return min(range(len(places)), key=lambda k: abs(places[k] - place))


# -- the copy --------------------------------------------------------------------------------


def _copy(document: SourceDocument, grids: Sequence[_Grid]) -> ReadingCopy:
    """Return the document with the cells of each table one after another."""
    text = document.text
    pieces: list[tuple[int, str]] = []  # what the copy is made of, and where it stands in the text
    length = 0
    blocks: list[Block] = []

    def add(origin: int, piece: str) -> None:
        nonlocal length
        if piece:
            pieces.append((origin, piece))
            length += len(piece)

    waiting = iter(document.blocks)
    block = next(waiting, None)
    at = 0
    for grid in grids:
        shift = length - at
        while block is not None and block.end <= grid.start:
            blocks.append(_moved(block, shift))
            block = next(waiting, None)
        while block is not None and block.start < grid.end:
            block = next(waiting, None)  # a line of the table
        add(at, text[at : grid.start])
        start = length
        cells: list[Cell] = []
        header = {c: [(w.start, w.end) for w in cell.words] for c, cell in enumerate(grid.header)}
        names = [cell.column for cell in grid.header]
        for r, row in enumerate([header, *grid.rows]):
            section = grid.sections.get(r - 1)
            if r:
                add(_end(pieces), "\n")
            if section is not None:
                cells.append(Cell(r, 0, length, length + section[1] - section[0], 1, len(names)))
                add(section[0], text[slice(*section)])
                continue
            for c in range(len(names)):
                if c:
                    add(_end(pieces), "\t")
                begin = length
                column = names[c]
                units = r > 0 and column is not None and column.use == "unit"
                for origin, piece in _joined(text, row.get(c, []), units):
                    add(origin, piece)
                if begin < length or r == 0:
                    cells.append(Cell(r, c, begin, length, grid.spans.get((r - 1, c), 1)))
        table = Table(start, length, tuple(cells), len(grid.rows) + 1, len(names))
        blocks.append(Block("table", start, length, table))
        at = grid.end
    shift = length - at
    while block is not None:
        blocks.append(_moved(block, shift))
        block = next(waiting, None)
    add(at, text[at:])
    return of_pieces(document, pieces, blocks)


def _end(pieces: Sequence[tuple[int, str]]) -> int:
    origin, piece = pieces[-1]
    return origin + len(piece) - 1


def _moved(block: Block, by: int) -> Block:
    table = None if block.table is None else shifted(block.table, by)
    return Block(block.kind, block.start + by, block.end + by, table)


def _joined(text: str, lines: Sequence[Piece], units: bool) -> Iterator[tuple[int, str]]:
    """Yield the lines of a cell, a break between two only where each names a unit."""
    widest = max((b - a for a, b in lines), default=0)
    for i, (a, b) in enumerate(lines):
        yield a, text[a:b]
        if not units or i + 1 == len(lines):
            continue
        last = _LAST_NAME.search(text[a:b]).group()  # type: ignore[union-attr]  # always found
        first = _NEXT_NAME.match(text[slice(*lines[i + 1])]).group()  # type: ignore[union-attr]
        apart = min(unit_grade(last), unit_grade(first)) >= UnitGrade.COLLECTIVE
        whole = b - a >= widest - _FULL and unit_grade(last + first) == UnitGrade.KNOWN
        if apart and not whole:
            yield b - 1, "\n"
