"""Finds tables whose cells lost their borders: a cell to a line, or cells parted by blanks alone.

Copies of web pages and of PDF files often leave of a table only its cells, one after another. What
is left of its form is the header: a run of names of columns. The cells below it are dealt out to
the columns by what each column can hold (a number, a list of units, persons, a time limit, text),
so that the whole fits best: one pass of dynamic programming over the pieces between blanks, in
time linear in their number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from govextract.ranges import holds, meets
from govextract.readers.document import Cell, Table
from govextract.rules.cell_fits import (
    HEADER_LENGTH,
    NUMBER,
    REMARK,
    TIME_LENGTH,
    TITLE_LENGTH,
    fits_of,
    skip_cost,
)
from govextract.rules.cues import cues
from govextract.rules.numbering import match_numbering
from govextract.rules.paragraphs import is_page_number, lines
from govextract.rules.tables import Column, column_of
from govextract.rules.tails import is_foot
from govextract.rules.unit_lists import parse_unit_list
from govextract.rules.unit_words import looks_like_person

Range = tuple[int, int]

_PIECE = re.compile(r"[^\s]+")
_TIME_ALONE = re.compile(
    "[0-9０-９.．/年月日季度上下中半旬至—-]*(?:年|月|日|季度|半年|旬)(?:度|份|底|末|内|中|初|前)*"
)
_TITLE_END = re.compile("(?:表|清单|台账|方案|计划|安排)$")
_WORD = re.compile("[\u4e00-\u9fff]")
# 王 磊, 李 小 明、王 磊: names of two characters set as wide as those of three, and wider
_SPREAD = r"[\u4e00-\u9fff]{1,3}(?:[ \u3000\xa0]{1,2}[\u4e00-\u9fff]){0,2}"
_SPREAD_NAME = re.compile(rf"(?=\S{{1,12}}[ \u3000\xa0]){_SPREAD}(?:[、，,]{_SPREAD})*(?=\s|$)")
_SENTENCE = re.compile("[。；;，,]")
_UNKNOWN_NAMES = 3
_HALF_NAME = 4
_HALVES = ("号", "单位", "部门", "领导", "时限", "时间", "期限", "责任人")
_MIN_COLUMNS = 3
_MIN_ROWS = 2
_SECTION_LENGTH = 40
# A table ends where going on has cost this much since its best row.
_PATIENCE = 30.0
_NEVER = -1e9
# a line of a number and one word, and the deepest number of a heading over all columns
_HEADING = re.compile(r"\S{1,6}[ \t\u3000\xa0]{1,4}\S{2,30}(?=[ \t\u3000\xa0]*(?:[\r\n]|$))")
_HEADING_RANK = 60
_EARLY_JOIN = -0.2
# the rest of a name that a line's end broke
_ENDING = re.compile("(?:人民)?政府|管委会|管理委员会|办事处|委员会|集团|有限公司|分公司")
_WIDE_GAP = 3
_SAMPLE = 1000
_GAP = re.compile(r"(?<=\S)[ \t\u3000\xa0]+(?=\S)")
_UNIT_OF_LEADER = 0.5  # 牵头领导及单位: who leads, and the unit behind the name
_NARROW = -1.0
_REST = 1.0  # what it costs that a content goes on below its row …
_SET_IN = 2  # … in a line with so many blanks before it
_FEW_WRONG = 0.1


@dataclass(slots=True)
class _Piece:
    start: int
    end: int
    opens_line: bool


@dataclass(slots=True)
class _Step:
    """How a piece was reached: the state before it, and whether it begins a cell or a row."""

    before: int
    begins: str


@cache
def _unit_header() -> re.Pattern[str]:
    return re.compile(rf"(?<=\s)(?:{cues().compound}|{cues().whole})(?=\s)")


def find_flat_tables(text: str, taken: Sequence[Range]) -> list[Table]:
    r"""Return the tables outside `taken`, sorted ranges, whose cells stand between blanks.

    Examples
    --------
    >>> text = "序号 任务 责任单位 时限\n1 建泵站 市水利局 6月底\n2 修渠道 市农业农村局 年底\n"
    >>> [(t.n_rows, t.n_cols) for t in find_flat_tables(text, [])]
    [(3, 4)]
    """
    tables: list[Table] = []
    at = 0
    headers = [h for h in _headers(text) if not meets(taken, h[0][0].start, h[0][-1].end)]
    for k, (cells, columns) in enumerate(headers):
        if cells[0].start < at:
            continue
        cells, columns = _with_one_line(cells, columns)
        limit = headers[k + 1][0][0].start if k + 1 < len(headers) else len(text)
        limit = min([limit, *(a for a, _ in taken if a >= cells[-1].end)])
        table = _read_rows(text, cells, columns, limit, frozenset())
        titles = _early_contents(columns)
        if table is not None and titles:
            wrong = _misdealt(text, table, columns)
            # titles that are merged over rows leave their place to what stands right of them
            if wrong > _FEW_WRONG * table.n_rows:
                merged = _read_rows(text, cells, columns, limit, titles)
                if merged is not None and _misdealt(text, merged, columns) < wrong:
                    table = merged
        if table is not None:
            tables.append(table)
            at = table.end
    return tables


def _with_one_line(cells: list[_Piece], columns: list[Column]) -> tuple[list[_Piece], list[Column]]:
    """Put names of units that end a header in place of the one above them: 责任单位 over 牵头, 配合.

    Cell by cell the second of two header lines comes out behind the first; nobody else has
    columns of units behind others, of which one holds those responsible.
    """
    n = len(columns)
    first = n
    while first and columns[first - 1].use == "unit":
        first -= 1
    above = [c for c in range(first) if columns[c].use == "unit"]
    if n - first < 2 or first - 1 not in range(1, n) or len(above) != 1:
        return cells, columns
    at = above[0]
    if columns[at].role != "responsible" or columns[at].persons:
        return cells, columns
    order = [*range(at), *range(first, n), *range(at + 1, first)]
    return [cells[c] for c in order], [columns[c] for c in order]


def _headers(text: str) -> Iterator[tuple[list[_Piece], list[Column]]]:
    """Yield the runs of names of columns that hold one of units, in order."""
    after = 0
    for match in _unit_header().finditer(text):
        if match.start() < after:
            continue
        low = max(after, match.start() - 150)
        near = list(_pieces(text, low, min(len(text), match.end() + 150)))
        at = next((i for i, p in enumerate(near) if p.start <= match.start() < p.end), None)
        if at is None:
            continue
        run = _run(text, near, at)
        if run is None:
            continue
        after = run[0][-1].end
        yield run


def _run(text: str, near: list[_Piece], at: int) -> tuple[list[_Piece], list[Column]] | None:
    cells: list[_Piece] = []
    columns: list[Column] = []
    first = _first_name(text, near, at)
    names: set[str] = set()
    i = first
    while i < len(near):
        piece, column, used = _header_cell(text, near, i)
        name = re.sub(r"\s", "", text[piece.start : piece.end])
        if name in names or (len(cells) > 1 and piece.opens_line != cells[1].opens_line):
            break
        if column is None:
            if not columns or not _header_goes_on(text, near, i, columns):
                break
            column = Column("note")
        names.add(name)
        cells.append(piece)
        columns.append(column)
        i += used
    uses = [c.use for c in columns]
    # a name to a line, or all names in one
    if len({piece.opens_line for piece in cells[1:]}) > 1:
        return None
    if len(cells) < _MIN_COLUMNS or "unit" not in uses or "content" not in uses:
        return None
    return cells, columns


def _first_name(text: str, near: list[_Piece], at: int) -> int:
    while at > 0:
        here = _column(text, near[at])
        if here is not None and here.use == "number":
            break  # what stands above 序号 is the table's title
        column = _column(text, near[at - 1])
        if column is not None and _TITLE_END.search(text[near[at - 1].start : near[at - 1].end]):
            break
        before = _column(text, near[at - 2]) if at > 1 else None
        if at > 1 and _joined(text, near[at - 2], near[at - 1], before) is not None:
            at -= 2
        elif column is not None:
            at -= 1
        else:
            break
    return at


def _header_cell(text: str, near: list[_Piece], i: int) -> tuple[_Piece, Column | None, int]:
    """Return the cell that begins at a piece, what its column holds, and how many pieces it has."""
    piece = near[i]
    column = _column(text, piece)
    if i + 1 < len(near):
        both = _joined(text, piece, near[i + 1], column)
        if both is not None:
            return _Piece(piece.start, near[i + 1].end, piece.opens_line), both, 2
    return piece, column, 1


def _joined(text: str, left: _Piece, right: _Piece, alone: Column | None) -> Column | None:
    """Return what the column holds whose name was broken: 牵头 / 单位, 序 / 号."""
    parts = text[left.start : left.end], text[right.start : right.end]
    if max(map(len, parts)) > _HALF_NAME or not _WORD.match(parts[0]):
        return None
    if alone is not None and (parts[1] not in _HALVES or _is_whole(parts[1])):
        return None
    return column_of("".join(parts))


def _is_whole(name: str) -> bool:
    """Tell 责任人, a column of its own behind 责任单位, from 单位, the rest of a name."""
    return len(name) > 2 and column_of(name) is not None


def _header_goes_on(text: str, near: list[_Piece], i: int, columns: list[Column]) -> bool:
    """Tell a name that says nothing of its column from a first cell: more names or the 1 follow."""
    if match_numbering(text, near[i].start, near[i].end) is not None:
        return False  # the heading of the first section
    for k in range(i, min(i + _UNKNOWN_NAMES + 1, len(near))):
        piece = near[k]
        if columns[0].use == "number" and NUMBER.fullmatch(text, piece.start, piece.end):
            return k > i
        if k > i and _column(text, piece) is not None:
            return True
        if piece.end - piece.start > HEADER_LENGTH or _SENTENCE.search(text, *_range(piece)):
            return False
        if parse_unit_list(text, *_range(piece)).known:
            return False
    return False


def _range(piece: _Piece) -> Range:
    return piece.start, piece.end


def _column(text: str, piece: _Piece) -> Column | None:
    if piece.end - piece.start > HEADER_LENGTH:
        return None
    if match_numbering(text, piece.start, piece.end) is not None or NUMBER.fullmatch(
        text, piece.start, piece.end
    ):
        return None  # a section's heading below the names of the columns, or 任务1
    return column_of(text[piece.start : piece.end])


def _pieces(text: str, start: int, end: int) -> Iterator[_Piece]:
    previous = start
    pages = [line for line in lines(text, start, end) if is_page_number(text, *line)]
    for match in _PIECE.finditer(text, start, end):
        if match.start() < previous or holds(pages, match.start()):
            continue
        opens = match.start() == 0 or "\n" in text[max(0, previous - 1) : match.start()]
        spread = _SPREAD_NAME.match(text, match.start(), end)
        if spread and looks_like_person(spread.group()):
            match = spread
        elif opens and (heading := _HEADING.match(text, match.start(), end)):
            number = match_numbering(text, *heading.span())
            if number is not None and number.rank <= _HEADING_RANK and number.end > match.end():
                match = heading  # A 政务环境, 一、 农业
        yield _Piece(match.start(), match.end(), opens)
        previous = match.end()


def _misdealt(text: str, table: Table, columns: list[Column]) -> int:
    """Count what was dealt to a column of contents and is none: units, persons, time limits.

    The titles in front of the last such column may name a unit, but are no time limits.
    """
    last = max(c for c, column in enumerate(columns) if column.use == "content")
    titles = _early_contents(columns) if any(c.use == "deadline" for c in columns) else ()
    count = 0
    for cell in table.cells:
        if not cell.row or cell.colspan != 1:
            continue
        if cell.col == last:
            parsed = parse_unit_list(text, cell.start, cell.end)
            listed = parsed.names_units and parsed.known == len(parsed.units)
            count += listed or looks_like_person(text[cell.start : cell.end])
        elif cell.col in titles:
            # it may stand in one cell with the text behind it
            line = text[cell.start : cell.end].split("\n", 1)[0]
            count += len(line) <= TIME_LENGTH and _TIME_ALONE.fullmatch(line) is not None
    return count


def _read_rows(
    text: str,
    header: list[_Piece],
    columns: list[Column],
    limit: int,
    early: frozenset[int],
) -> Table | None:
    """Deal the pieces behind a header out to its columns; None where they make no table.

    Of the columns of contents, `early` hold titles, which may be merged over rows.
    State 0 is a line across the whole table (a section's heading), state c + 1 a cell of column c.
    """
    n = len(columns)
    rest, rest_of = n + 1, _goes_on_below(columns)
    skip = [-1.0 if c in early else skip_cost(columns[c]) for c in range(n)]
    best = [_NEVER] * (n + 2)
    trace: list[list[_Step]] = []
    pieces: list[_Piece] = []
    top, top_at, top_state = 0.0, -1, 0
    border = _border(text, header, limit)
    a_line = all(name.opens_line for name in header)
    for piece in _pieces(text, max(name.end for name in header), limit):
        if piece.opens_line and (
            REMARK.match(text, piece.start, piece.end) or is_foot(text, piece.start)
        ):
            break
        fits = fits_of(text, _range(piece), columns, early)
        now = [_NEVER] * (n + 2)
        steps = [_Step(-1, "")] * (n + 2)
        first = not pieces
        # between wide gaps a narrow one stands inside a cell, and so does any where cells are lines
        narrow = not first and not piece.opens_line
        narrow = narrow and (a_line or piece.start - pieces[-1].end < border)
        behind_person = not first and looks_like_person(text[slice(*_range(pieces[-1]))])
        inside = narrow or _ENDING.fullmatch(text, piece.start, piece.end) is not None
        # the best state in which a row can end, the cells that it then lacks paid for
        closed, closing = (0.0, -1) if first else _closed(best, skip)
        for c in range(n):
            fit = fits[c]
            # a new row whose first cells are blank
            begin = closed + sum(skip[:c]) + (1.0 if piece.opens_line else -2.0) - 1.0
            choices = [(begin, _Step(closing, "row"))]
            if not first:
                go_on = best[c + 1] + (
                    _EARLY_JOIN
                    if c in early and piece.end - piece.start <= TITLE_LENGTH
                    else _UNIT_OF_LEADER
                    if columns[c].persons and (narrow or behind_person)
                    else _join_cost(text, pieces[-1], piece, columns[c])
                )
                choices.append((go_on, _Step(c + 1, "")))
                passed = _NARROW if inside else 0.0
                for d in range(c - 1, -1, -1):
                    choices.append((best[d + 1] + passed, _Step(d + 1, "cell")))
                    passed += skip[d]
                if rest_of is not None and c > rest_of:
                    choices.append((best[rest], _Step(rest, "cell")))
            value, step = max(choices, key=lambda pair: pair[0])
            now[c + 1], steps[c + 1] = value + fit, step
        if rest_of is not None and not first and not a_line and _is_rest(text, piece, fits):
            now[rest], steps[rest] = closed - _REST, _Step(closing, "row")
        now[0] = closed + _section_fit(text, piece)
        steps[0] = _Step(closing, "row")
        pieces.append(piece)
        trace.append(steps)
        best = now
        value, state = _closed(best, skip)
        if state != 0 and value >= top:
            top, top_at, top_state = value, len(pieces) - 1, state
        if max(value, *best) < top - _PATIENCE:
            break
    rows = _traced(pieces, trace, top_at, top_state)
    whole = [row for row in rows if row[0][0] != rest]
    if sum(len(row) > 1 for row in whole) < _MIN_ROWS or top < 2.0 * len(whole):
        return None
    if rest_of is not None:
        rows = [[(rest_of + 1 if c == rest else c, at) for c, at in row] for row in rows]
    return _table(header, rows, n, columns, early)


def _goes_on_below(columns: list[Column]) -> int | None:
    """Return the column of contents whose rest may stand below its row; None without numbers."""
    contents = [c for c, column in enumerate(columns) if column.use == "content"]
    return contents[-1] if contents and columns[0].use == "number" else None


def _is_rest(text: str, piece: _Piece, fits: list[float]) -> bool:
    """Tell the rest of a content, in a line of its own that is set in below its row."""
    if not piece.opens_line or fits[0] > 0 or match_numbering(text, *_range(piece)) is not None:
        return False
    line = max(text.rfind("\n", 0, piece.start), text.rfind("\r", 0, piece.start)) + 1
    return piece.start - line >= _SET_IN


def _border(text: str, header: list[_Piece], limit: int) -> int:
    """Return how wide the gaps between cells are, 0 where the rows do not keep to the header's."""
    gap = min(b.start - a.end for a, b in pairwise(header))
    if gap < _WIDE_GAP or "\n" in text[header[0].start : header[-1].end]:
        return 0
    below = text[header[-1].end : min(limit, header[-1].end + _SAMPLE)]
    gaps = [len(m.group()) for m in _GAP.finditer(below)]
    return gap if 2 * sum(g >= gap for g in gaps) > len(gaps) else 0


def _early_contents(columns: list[Column]) -> frozenset[int]:
    """Return the columns of contents in front of the last: titles, merged over rows perhaps."""
    contents = [c for c, column in enumerate(columns) if column.use == "content"]
    return frozenset(contents[:-1])


def _closed(best: list[float], skip: list[float]) -> tuple[float, int]:
    """Return the best value of a finished row, the cells that it lacks paid for, and its state."""
    value, state = max((best[0], 0), (best[-1], len(best) - 1))
    owed = 0.0
    for c in range(len(skip) - 1, -1, -1):
        if best[c + 1] + owed > value:
            value, state = best[c + 1] + owed, c + 1
        owed += skip[c]
    return value, state


def _join_cost(text: str, before: _Piece, piece: _Piece, column: Column) -> float:
    """Return what it costs that two pieces are one cell."""
    if text[before.end - 1] in "、，,；;和及":
        return 0.0
    if column.use == "number":
        return -9.0
    if column.use == "unit":
        return -0.4
    if column.use == "deadline":
        return -2.0
    if match_numbering(text, piece.start, piece.end) is not None and piece.opens_line:
        return -1.0
    return -0.5


def _section_fit(text: str, piece: _Piece) -> float:
    """Return how well a piece fits a line of its own over all columns."""
    a, b = piece.start, piece.end
    if not piece.opens_line or b - a > _SECTION_LENGTH or text[b - 1] in "。；;":
        return -6.0
    number = match_numbering(text, a, b)
    heading = number is not None and number.rank <= _HEADING_RANK and number.end < b
    line_ends = b == len(text) or text[b] in "\r\n"
    return 1.0 if heading and line_ends else -6.0


def _traced(
    pieces: list[_Piece], trace: list[list[_Step]], at: int, state: int
) -> list[list[tuple[int, Range]]]:
    """Return the rows as (state, range) of their cells, by following the steps back."""
    rows: list[list[tuple[int, Range]]] = []
    row: list[tuple[int, Range]] = []
    end = pieces[at].end if at >= 0 else 0
    while at >= 0 and state >= 0:
        step = trace[at][state]
        if step.begins:
            row.append((state, (pieces[at].start, end)))
            if at:
                end = pieces[at - 1].end
        if step.begins == "row":
            rows.append(row[::-1])
            row = []
        state = step.before
        at -= 1
    return rows[::-1]


def _table(
    header: list[_Piece],
    rows: list[list[tuple[int, Range]]],
    n: int,
    columns: list[Column],
    early: frozenset[int],
) -> Table:
    cells = [Cell(0, c, piece.start, piece.end) for c, piece in enumerate(header)]
    above: dict[int, int] = {}
    for r, row in enumerate(rows, 1):
        if row[0][0] == 0:
            cells.append(Cell(r, 0, *row[0][1], 1, n))
            above.clear()
            continue
        held = {state - 1: place for state, place in row}
        # a number is merged with its title; without one it is lost
        with_title = bool(early) and early.isdisjoint(held)
        for c in range(n):
            if c in held:
                above[c] = len(cells)
                cells.append(Cell(r, c, *held[c]))
            elif c in above and (
                c in early
                or columns[c].use in ("parent", "unit")
                or (with_title and columns[c].use == "number")
            ):
                # a merged cell stands in the first of its rows only
                old = cells[above[c]]
                cells[above[c]] = Cell(old.row, c, old.start, old.end, r - old.row + 1)
    end = max(c.end for c in cells)
    return Table(header[0].start, end, tuple(cells), len(rows) + 1, n, guessed=True)
