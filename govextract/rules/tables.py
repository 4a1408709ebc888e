"""Reads tables of tasks: what their columns hold, and what each row charges whom with."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import Literal, get_args

from govextract.data import DataFileError, read_rows
from govextract.readers.document import Cell, Table
from govextract.rules.assignments import Assignment
from govextract.rules.cues import CueRole, cues
from govextract.rules.listed_units import UnitList
from govextract.rules.numbering import match_numbering
from govextract.rules.paragraphs import Paragraph
from govextract.rules.unit_lists import parse_unit_list
from govextract.values.agencies.kinds import suffix_of
from govextract.values.agencies.levels import find_place
from govextract.values.dates import find_deadlines

Range = tuple[int, int]
Use = Literal["number", "parent", "content", "note", "unit", "deadline"]
# what is written into a cell that is meant to be empty
_NOTHING = ("无", "/", "／", "—", "——", "-", "－", "－－", "--")
_ROLES = ("lead", "responsible", "assist", "leader")
_PLACE_LENGTH = 8
_PLACE_KINDS = ("place", "town", "subdistrict", "park", "village")
# figures and sentences: no list of units, which costs more to read
_SAYS_MORE = re.compile("[0-9%]|。.")
_SAMPLE_ROWS = 40
_HEADER_LENGTH = 30
_LINE_BREAK = re.compile(r"[\r\n]+[ \t\u3000\xa0]*")
_SHORT_GAP = 24  # 续表, the number of a page
_TIME_LENGTH = 24


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds; `persons` tells a column of units that names persons, too."""

    use: Use
    role: CueRole | None = None
    persons: bool = False


_CARD_FIELDS = 12
DITTO = ("同上", "同前", "〃", "″")
# numbers of headings over rows
_PARTS = ("part", "chapter", "section", "cn_comma", "cn_paren")
# what is no part of a column's name: blanks, marks of notes, signs of cells
_NO_NAME = re.compile(r"[\s\u3000\xa0*＊|]")
_NOTE = re.compile("[(（].*")
_TOTAL = re.compile("(?:合|总|小|共)[ \u3000]*计")


@dataclass(slots=True)
class TableTask:
    """A row that assigns: its content, the cells above it, its assignment."""

    start: int
    end: int
    number: str | None
    parents: list[Range]
    contents: list[Range]
    assignment: Assignment
    heading: int  # where the words of the first content begin


@dataclass(slots=True)
class TaskTable:
    """A table of tasks ``text[start:end]``.

    Attributes
    ----------
    columns
        What its columns hold.
    unread_rows
        The first content cell of each row that says what to do and charges nobody.
    loose_cells
        What such rows say of contents and time.
    """

    start: int
    end: int
    columns: dict[int, Column | None]
    tasks: list[TableTask] = field(default_factory=list)
    unread_rows: list[Range] = field(default_factory=list)
    loose_cells: list[Range] = field(default_factory=list)
    said: dict[int, Range] = field(default_factory=dict)


@cache
def _column_patterns() -> tuple[tuple[Use, re.Pattern[str]], ...]:
    rows: list[tuple[Use, re.Pattern[str]]] = []
    for row in read_rows("columns.tsv", ("use", "pattern", "source")):
        if row["use"] not in get_args(Use):
            raise DataFileError(f"columns.tsv: use {row['use']!r} is unknown")
        rows.append((row["use"], re.compile(row["pattern"])))  # type: ignore[arg-type]
    return tuple(rows)


@lru_cache(maxsize=4096)
def column_of(header: str) -> Column | None:
    """Return what the column under `header` holds, None where the header says nothing.

    Examples
    --------
    >>> column_of("责 任 部 门").role, column_of("协助部门").role, column_of("完成时限").use
    ('responsible', 'assist', 'deadline')
    >>> column_of("主要内容").use, column_of("序号").use
    ('content', 'number')
    """
    bare = _NO_NAME.sub("", header)
    if not bare or len(bare) > 30:
        return None
    label = cues().whole_label.fullmatch(_NOTE.sub("", bare) or bare)
    if label:
        role = cues().role_of(label["label"])
        if role == "deadline":
            return Column("deadline", role)
        if role in _ROLES:
            return Column("unit", role, cues().names_persons(label["label"]))
    for use, pattern in _column_patterns():
        if pattern.fullmatch(bare):
            return Column(use, "responsible" if use == "unit" else None)
    return None


def read_task_table(
    text: str, table: Table, paras: list[Paragraph], above: TaskTable | None = None
) -> TaskTable | None:
    """Return the tasks of a table, None where no column of it assigns.

    One without a header goes on with the table `above`, where that is as wide and nothing but a
    short line stands between both.
    """
    table = _turned(text, table)
    grid = _grid(table)
    header_rows, columns = _columns(text, table, grid)
    if header_rows == 0 and above is not None and _goes_on(text, table, above):
        columns = above.columns
    if not any(c and c.use == "unit" for c in columns.values()):
        return None
    result = TaskTable(table.start, table.end, columns)
    section: tuple[int, int] | None = None
    own: dict[int, list[TableTask]] = {}
    for r in range(header_rows, table.n_rows):
        row = grid[r]
        cells = sorted({id(c): c for c in row.values()}.values(), key=lambda c: c.col)
        filled = [c for c in cells if c.start < c.end]
        if not filled:
            continue
        fresh = [c for c in filled if c.row == r]
        if len(fresh) == 1 and (
            fresh[0].colspan >= max(2, table.n_cols - 1)
            or len(cells) == 1
            or _heads_rows(text, fresh[0])
        ):
            section = (fresh[0].start, fresh[0].end)
            continue
        if _repeats_header(text, row, columns):
            continue
        task = _row_task(text, table, r, row, columns, section, result)
        if task is not None:
            own[r] = [task]
            result.tasks.append(task)
    return result if result.tasks else None


def _turned(text: str, table: Table) -> Table:
    """Return the card of one task, the names of its fields in front, with these names on top."""
    names = [c for c in table.cells if c.col == 0]
    if table.n_cols != 2 or not 2 <= len(names) == table.n_rows <= _CARD_FIELDS:
        return table
    found = [column_of(text[c.start : c.end]) for c in names]
    uses = {column.use for column in found if column is not None}
    if None in found or not {"unit", "content"} <= uses:
        return table
    cells = tuple(
        replace(c, row=c.col, col=c.row, rowspan=c.colspan, colspan=c.rowspan) for c in table.cells
    )
    return replace(table, cells=cells, n_rows=2, n_cols=table.n_rows)


def _heads_rows(text: str, cell: Cell) -> bool:
    """Tell a heading of the rows below (二、民生方面), the only cell of its row that says anything."""
    number = match_numbering(text, cell.start, cell.end)
    return number is not None and number.kind in _PARTS and number.end < cell.end


def _goes_on(text: str, table: Table, above: TaskTable) -> bool:
    """Tell the rest of a table that a page's end or its maker cut."""
    between = "".join(text[above.end : table.start].split())
    return len(above.columns) == table.n_cols and len(between) <= _SHORT_GAP


def _grid(table: Table) -> list[dict[int, Cell]]:
    grid: list[dict[int, Cell]] = [{} for _ in range(table.n_rows)]
    for cell in table.cells:
        for r in range(cell.row, min(cell.row + cell.rowspan, table.n_rows)):
            for c in range(cell.col, cell.col + cell.colspan):
                grid[r][c] = cell
    return grid


def _carry_down(
    grid: list[dict[int, Cell]], header_rows: int, columns: dict[int, Column | None]
) -> None:
    """Let headings of rows go on over the empty cells below them, as if they were merged.

    Copies of a table have empty cells where it had merged ones. A heading stands left of the
    contents that it covers, and only there: an empty cell of units or notes says that there are none.
    """
    first_unit = min(c for c, v in columns.items() if v and v.use == "unit")
    named = [c for c in sorted(columns) if c < first_unit and _is_named(columns[c])]
    for i, col in enumerate(named[:-1]):
        heading: Cell | None = None
        spans: dict[int, tuple[Cell, int]] = {}
        for r in range(header_rows, len(grid)):
            cell = grid[r].get(col)
            # the columns between may be empty for the same reason
            own = [x for c in named[i + 1 :] if (x := grid[r].get(c)) is not None and x.row == r]
            if cell is None or cell.colspan > 1 or cell.row < header_rows:
                heading = None
            elif cell.start < cell.end:
                heading = cell
            elif heading and any(x.start < x.end for x in own):
                grid[r][col] = heading
                spans[id(heading)] = (heading, r)
            else:
                heading = None
        for cell, last in spans.values():
            merged = replace(cell, rowspan=last - cell.row + 1)
            for r in range(cell.row, last + 1):
                grid[r][col] = merged


def _is_named(column: Column | None) -> bool:
    return column is not None and column.use in ("content", "parent")


def _columns(
    text: str, table: Table, grid: list[dict[int, Cell]]
) -> tuple[int, dict[int, Column | None]]:
    """Return the number of header rows and what each column holds."""
    best_row, columns = -1, {}
    for r in range(min(4, table.n_rows)):
        cells = {c: text[cell.start : cell.end] for c, cell in grid[r].items()}
        found = {c: column_of(cell) for c, cell in cells.items()}
        filled = [c for c, cell in cells.items() if cell]
        named = sum(found[c] is not None for c in filled)
        short = all(len(cells[c]) <= _HEADER_LENGTH for c in filled)
        if (
            short
            and 2 * named >= len(filled) > 1
            and any(v and v.use == "unit" for v in found.values())
        ):
            if best_row < 0:
                best_row, columns = r, found
            else:  # a second header row refines merged headers
                for c, v in found.items():
                    if v is not None and grid[r][c].row == r:
                        columns[c] = v
                best_row = r
        elif best_row >= 0:
            break
    if best_row >= 0:
        _carry_down(grid, best_row + 1, columns)
        _settle(text, table, grid, best_row + 1, columns)
        return best_row + 1, columns
    return 0, _guess_columns(text, table, grid)


def _guess_columns(
    text: str, table: Table, grid: list[dict[int, Cell]]
) -> dict[int, Column | None]:
    """Tell unit columns by what most of their cells hold, for a table without header."""
    columns: dict[int, Column | None] = {}
    for c in range(table.n_cols):
        cells = {id(row[c]): row[c] for row in grid[:_SAMPLE_ROWS] if c in row}.values()
        filled = [x for x in cells if x.start < x.end and x.colspan == 1]
        guide = _guide_column(text, filled) if len(filled) >= 2 else None
        if guide is not None:
            columns[c] = guide
        elif filled and all(
            re.fullmatch(r"[0-9０-９]{1,3}", text[x.start : x.end]) for x in filled
        ):
            columns[c] = Column("number")
        else:
            columns[c] = Column("content")
    guides = [c for c, v in columns.items() if v and v.role in ("responsible", "leader")]
    if not guides or guides[0] == 0 or all(_role(columns, c) == "leader" for c in guides):
        return {}
    _settle(text, table, grid, 0, columns)
    return columns


def _guide_column(text: str, cells: list[Cell]) -> Column | None:
    """Return the column of which seven of ten cells are units, persons or time limits, else None."""
    allowed = 0.3 * len(cells)
    if sum(not _is_time(text[cell.start : cell.end]) for cell in cells) <= allowed:
        return Column("deadline", "deadline")
    others = 0
    persons: list[bool] = []
    for cell in cells:
        parsed = UnitList(cell.start, cell.end)
        if _SAYS_MORE.search(text, cell.start, cell.end) is None:
            parsed = parse_unit_list(text, cell.start, cell.end)
        is_list = parsed.units and not parsed.residue and parsed.known == len(parsed.units)
        others += not is_list
        if others > allowed:
            return None  # a column of running text is told after a third of its cells
        persons += [unit.role == "leader" for unit in parsed.units]
    return Column("unit", "leader" if all(persons) else "responsible", any(persons))


def _is_time(cell: str) -> bool:
    """Tell a cell that is a time limit, with little else (10月底前完成)."""
    if len(cell) > _TIME_LENGTH:
        return False
    found = find_deadlines(cell)
    return 2 * sum(limit.end - limit.start for limit in found) >= len(cell)


def _settle(
    text: str,
    table: Table,
    grid: list[dict[int, Cell]],
    first: int,
    columns: dict[int, Column | None],
) -> None:
    """Tell parent columns (merged, left of the content) from the content column."""
    contents = [c for c in range(table.n_cols) if _use(columns, c) in ("content", "parent", None)]
    units = [c for c in range(table.n_cols) if _use(columns, c) == "unit"]
    left = [c for c in contents if not units or c < max(units)]
    places = [c for c in left if columns.get(c) is None and _holds_places(text, grid, first, c)]
    if len(places) < len(left):
        for c in places:
            columns[c] = Column("parent")  # where it is to be done is no title
        left = [c for c in left if c not in places]
    for c in left[:-1] if len(left) > 1 else []:
        merged = any(
            grid[r][c].row < r and any(k in grid[r] and grid[r][k].row == r for k in left if k > c)
            for r in range(first, table.n_rows)
            if c in grid[r]
        )
        columns[c] = Column("parent") if merged else Column("content")
    if left and all(_use(columns, c) == "parent" for c in left):
        columns[left[-1]] = Column("content")
    for c in left:
        if columns.get(c) is None:
            columns[c] = Column("content")


def _holds_places(text: str, grid: list[dict[int, Cell]], first: int, c: int) -> bool:
    """Tell a column of places (县（市）: 敦化市, 汪清县), told by its cells."""
    cells = {id(row[c]): row[c] for row in grid[first:] if c in row}.values()
    names = ["".join(text[x.start : x.end].split()) for x in cells]
    named = [name for name in names if name]
    return len(named) > 1 and all(_is_place(name) for name in named)


def _is_place(name: str) -> bool:
    suffix = suffix_of(name) if len(name) <= _PLACE_LENGTH else None
    return find_place(name) is not None or (suffix is not None and suffix.kind in _PLACE_KINDS)


def _role(columns: dict[int, Column | None], c: int) -> CueRole | None:
    column = columns.get(c)
    return column.role if column else None


def _use(columns: dict[int, Column | None], c: int) -> str | None:
    column = columns.get(c)
    return column.use if column else None


def _repeats_header(text: str, row: dict[int, Cell], columns: dict[int, Column | None]) -> bool:
    same = sum(
        1
        for c, cell in row.items()
        if (v := column_of(text[cell.start : cell.end])) is not None and v.use == _use(columns, c)
    )
    return same >= max(2, len(row) - 1)


def _has_content(columns: dict[int, Column | None]) -> bool:
    return any(column and column.use in ("content", "parent") for column in columns.values())


def _numbered(columns: dict[int, Column | None]) -> bool:
    return any(column and column.use == "number" for column in columns.values())


def _row_task(
    text: str,
    table: Table,
    r: int,
    row: dict[int, Cell],
    columns: dict[int, Column | None],
    section: tuple[int, int] | None,
    result: TaskTable,
) -> TableTask | None:
    """Return the task of row `r`, or extend the one whose unit cell is merged down to it."""
    number: str | None = None
    parents = [section] if section else []
    contents: list[Range] = []
    seen: set[int] = set()
    assignment = Assignment("table", 0, 0, -1, -1)
    unit_ends: list[int] = []
    inherited: list[UnitList] = []
    own_number = False
    numbered: Range | None = None
    only_guides = sum(bool(v and v.use == "unit") for v in columns.values()) == 1
    for c in sorted(row):
        cell, column = row[c], columns.get(c)
        if id(cell) in seen or cell.start >= cell.end or column is None:
            continue
        seen.add(id(cell))
        if text[cell.start : cell.end] in _NOTHING:
            continue
        if column.use == "number" and number is None:
            number = text[cell.start : cell.end]
            own_number = cell.row == r
            numbered = (cell.start, cell.end) if own_number else None
        elif column.use == "parent":
            parents.append((cell.start, cell.end))
        elif column.use == "content":
            if cell.row == r:
                contents.append((cell.start, cell.end))
        elif column.use == "deadline":
            said = _said(text, cell, c, result)
            assignment.times.append(said)
            assignment.end = max(assignment.end, cell.end)
        elif column.use == "unit":
            role = column.role
            if only_guides and role == "assist":
                role = "responsible"
            said = _said(text, cell, c, result)
            parsed = parse_unit_list(text, *said, role, persons_too=column.persons)
            if cell.row < r:
                inherited.append(parsed)
                continue
            assignment.absorb(parsed)
            assignment.explicit_lead |= role == "lead"
            unit_ends.append(cell.end)
            if said != (cell.start, cell.end):
                _repeat_others(text, row, columns, result, assignment)
    if not contents and numbered is not None and not _has_content(columns):
        contents = [numbered]  # 第1—2条 | 甲局 | 乙局: the rows assign what is said elsewhere
        number = None
    if not contents:
        firm = not assignment.residue and all(u.known for u in assignment.units)
        if assignment.units and firm and result.tasks:
            # the content is merged over rows that charge several: all of them with one task
            last = result.tasks[-1]
            last.assignment.absorb(assignment)
            last.end = max(last.end, *unit_ends)
        return None
    if own_number and not unit_ends and result.tasks and not _TOTAL.match(number or ""):
        # a row of its own: a merged unit cell reaches it, or it stands beside tasks without units
        for parsed in inherited:
            assignment.absorb(parsed)
        start, end = contents[0][0], contents[-1][1]
        assignment.start, assignment.end = start, end
        if not inherited:
            result.unread_rows.append(contents[0])
        if not inherited or any(u.known for u in assignment.units):
            return TableTask(start, end, number, parents, contents, assignment, start)
    if not any(u.known for u in assignment.units):
        goes_on = not own_number and not unit_ends and _numbered(columns)
        if (inherited or goes_on) and result.tasks:
            # the merged unit cell charges this row too, merged for the file or left blank below
            last = result.tasks[-1]
            last.contents.extend(contents)
            last.assignment.times.extend(assignment.times)
            last.end = max(last.end, contents[-1][1])
            return None
        result.unread_rows.append(contents[0])
        result.loose_cells += [*contents, *assignment.times]
        return None
    start = contents[0][0]
    end = max(unit_ends)
    assignment.start = min(u.start for u in assignment.units)
    if not table.guessed:
        for parsed in inherited:  # who leads is merged over rows with units of their own
            assignment.absorb(parsed)
    if end <= start:
        start = assignment.start  # a list of units and their duties
    assignment.end = max(end, contents[-1][1])
    heading = contents[0][0]
    if number is None and contents != [numbered]:
        number, heading = _printed_number(text, contents[0])
    end = max(end, contents[0][1])
    return TableTask(start, end, number, parents, contents, assignment, heading)


def _said(text: str, cell: Cell, column: int, result: TaskTable) -> Range:
    """Return the range of what a cell says: 同上 says what the cell above it does."""
    said = cell.start, cell.end
    if text[cell.start : cell.end].strip("。 \u3000") in DITTO:
        return result.said.get(column, said)
    result.said[column] = said
    return said


def _repeat_others(
    text: str,
    row: dict[int, Cell],
    columns: dict[int, Column | None],
    result: TaskTable,
    assignment: Assignment,
) -> None:
    """Let one 同上 stand for the other columns of units, too, where the row leaves them empty."""
    for c, column in columns.items():
        if column is None or column.use != "unit" or c not in result.said:
            continue
        if c not in row or row[c].start >= row[c].end:
            assignment.absorb(parse_unit_list(text, *result.said[c], column.role))


def _printed_number(text: str, cell: Range) -> tuple[str | None, int]:
    """Return the number with which a content begins, and where its words begin.

    The first of several matters in one cell (1.…, 2.…) has no number of the row's.
    """
    number = match_numbering(text, *cell)
    if number is None or number.kind in ("ordinal", "bullet"):
        return None, cell[0]
    lines = (match.end() for match in _LINE_BREAK.finditer(text, *cell))
    further = (match_numbering(text, at, cell[1]) for at in lines)
    counted = any(n is not None and (n.kind, n.value) == (number.kind, 2) for n in further)
    return (None if counted and number.value == 1 else number.printed), number.end
