"""Reads tables of tasks: those of the file itself, and those that a scraper flattened to lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from itertools import pairwise
from typing import Literal, get_args

from govextract.data import DataFileError, read_rows
from govextract.readers.document import Block, Cell, Table
from govextract.rules.assignments import Assignment
from govextract.rules.cues import CueRole, cues
from govextract.rules.numbering import match_numbering
from govextract.rules.paragraphs import Paragraph
from govextract.rules.unit_lists import parse_unit_list

Range = tuple[int, int]
Use = Literal["number", "parent", "content", "note", "unit", "deadline"]
_ROLES = ("lead", "responsible", "assist", "leader")
_BLANK = " \t\u3000\xa0\r\n"
_LINE = re.compile(r"[^\r\n]+")
_BAR = re.compile("[|｜]")
_PIPE_ROW_END = re.compile(r"\|[ \t\u3000]*(?:\r?\n|$)")
_ROW_START = re.compile(r"[ \u3000]*[0-9０-９]{1,3}[.．、]?\t")
_SAMPLE_ROWS = 40
_HEADER_LENGTH = 30
_SECTION_LENGTH = 40


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds."""

    use: Use
    role: CueRole | None = None


@dataclass(slots=True)
class TableTask:
    """A row that assigns: its content, the cells above it, its assignment."""

    start: int
    end: int
    number: str | None
    parents: list[Range]
    contents: list[Range]
    assignment: Assignment


@dataclass(slots=True)
class TaskTable:
    """A table of tasks ``text[start:end]``.

    Attributes
    ----------
    unread_rows
        The first content cell of each row that says what to do and charges nobody.
    loose_cells
        What such rows say of contents and time.
    """

    start: int
    end: int
    tasks: list[TableTask] = field(default_factory=list)
    unread_rows: list[Range] = field(default_factory=list)
    loose_cells: list[Range] = field(default_factory=list)


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
    bare = re.sub(r"[\s\u3000\xa0*＊|]", "", header)
    if not bare or len(bare) > 30:
        return None
    label = cues().whole_label.fullmatch(re.sub("[(（].*", "", bare) or bare)
    if label:
        role = cues().role_of(label["label"])
        if role == "deadline":
            return Column("deadline", role)
        if role in _ROLES:
            return Column("unit", role)
    for use, pattern in _column_patterns():
        if pattern.fullmatch(bare):
            return Column(use, "responsible" if use == "unit" else None)
    return None


def find_tables(text: str, blocks: Sequence[Block]) -> list[Table]:
    """Return the tables of the file and those flattened into its text, in order."""
    tables = [b.table for b in blocks if b.table is not None]
    taken = [(t.start, t.end) for t in tables]
    if text.count("|") + text.count("｜") >= 6:
        tables += [t for t in _pipe_tables(text) if _free(t, taken)]
    if not taken and text.count("\t") >= 4:
        tables += _tab_tables(text)
    return sorted(tables, key=lambda t: t.start)


def _free(table: Table, taken: list[Range]) -> bool:
    return all(table.end <= a or table.start >= b for a, b in taken)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _BLANK:
        start += 1
    while end > start and text[end - 1] in _BLANK:
        end -= 1
    return start, end


def _table_of(text: str, rows: list[list[Range]]) -> Table | None:
    """Make a table of rows of cell ranges; short rows lean on the right, merged parents left out."""
    if len(rows) < 2:
        return None
    width = _usual_width(rows)
    rows = _with_section_rows(rows, width)
    cells: list[Cell] = []
    open_cells: dict[int, int] = {}
    for r, row in enumerate(rows):
        filled = [c for c in row if c[0] < c[1]]
        if len(filled) == 1 and width > 2 and (len(row) == 1 or row[0] == filled[0]):
            cells.append(Cell(r, 0, *filled[0], 1, width))
            open_cells.clear()
            continue
        shift = max(0, width - len(row))
        skip = 0
        while skip < len(row) - 1 and row[skip][0] == row[skip][1] and skip + shift in open_cells:
            skip += 1
        for c in range(shift + skip):
            if c in open_cells:
                old = cells[open_cells[c]]
                cells[open_cells[c]] = Cell(old.row, c, old.start, old.end, r - old.row + 1, 1)
        for c, (a, b) in enumerate(row[: width + 2]):
            if c >= skip:
                open_cells[c + shift] = len(cells)
                cells.append(Cell(r, c + shift, a, b))
    start = min(a for row in rows for a, _ in row)
    end = max(b for row in rows for _, b in row)
    return Table(start, end, tuple(cells), len(rows), max(width, max(len(r) for r in rows)))


def _with_section_rows(rows: list[list[Range]], width: int) -> list[list[Range]]:
    """Give a row its own line to a heading cell that stands in front of a full row."""
    out = []
    for row in rows:
        if len(row) == width + 1 and width > 2:
            out += [[row[0]], row[1:]] if row[0][0] < row[0][1] else [row[1:]]
        else:
            out.append(row)
    return out


def _usual_width(rows: list[list[Range]]) -> int:
    header = len(rows[0])
    return header if header > 1 else max(len(r) for r in rows)


def _pipe_tables(text: str) -> list[Table]:
    """Read tables whose cells a scraper separated by |, a row to a line or a cell to a line."""
    tables = _markdown_tables(text)
    at = 0
    cellwise = []
    for table in [*tables, None]:
        limit = table.start if table else len(text)
        found = _cell_lines(text, at, limit)
        if found:
            cellwise.append(found)
        at = table.end if table else limit
    return sorted(tables + cellwise, key=lambda t: t.start)


def _cell_lines(text: str, low: int, high: int) -> Table | None:
    """Read a table with a cell to a line, each line but a row's first beginning with |."""
    first, last = text.find("|", low, high), text.rfind("|", low, high)
    if first < 0 or text.count("|", low, high) < 6:
        return None
    # the first cell of the first row stands before the first |, on the line above it
    line_start = text.rfind("\n", low, first - 1 if text[first - 1] == "\n" else first)
    begin = max(low, line_start + 1)
    rows: list[list[Range]] = []
    at = begin
    for ending in _PIPE_ROW_END.finditer(text, begin, last + 1):
        chunk_end = ending.end() - (len(ending.group()) - 1)
        tail = text[ending.end() : ending.end() + 3].lstrip(" \t\u3000\xa0")
        if tail.startswith("|") and not _opens_row(text, ending.end()):
            continue  # an empty cell, the row goes on
        pieces = _pieces(text, at, chunk_end)
        if pieces:
            rows.append(pieces)
        at = ending.end()
    rest = _pieces(text, at, last + 1)
    if len(rest) > 1:
        rows.append(rest)
    return _table_of(text, _drop_lead_text(text, rows))


def _opens_row(text: str, at: int) -> bool:
    """Tell a row that begins with an empty merged cell: | 5.加强…."""
    line_end = text.find("\n", at)
    a, b = _trim(text, text.find("|", at) + 1, line_end if line_end >= 0 else len(text))
    number = match_numbering(text, a, b)
    return number is not None and number.kind not in ("ordinal", "bullet")


def _split(text: str, a: int, b: int) -> list[Range]:
    """Return the trimmed ranges between the bars of ``text[a:b]``."""
    out = []
    begin = a
    for bar in _BAR.finditer(text, a, b):
        out.append(_trim(text, begin, bar.start()))
        begin = bar.end()
    out.append(_trim(text, begin, b))
    return out


def _pieces(text: str, start: int, end: int) -> list[Range]:
    """Return the cells of one row, its closing | excluded."""
    a, b = _trim(text, start, end)
    if b > a and text[b - 1] in "|｜":
        b -= 1
    out = _split(text, a, b)
    if len(out) > 1 and out[0][0] == out[0][1]:
        out = out[1:]
    return out


def _drop_lead_text(text: str, rows: list[list[Range]]) -> list[list[Range]]:
    """Cut off the lines of text that stand before the first row in its first cell."""
    if rows and rows[0]:
        a, b = rows[0][0]
        nl = text.rfind("\n", a, b)
        if nl >= 0:
            rows[0][0] = _trim(text, nl + 1, b)
    return rows


def _markdown_tables(text: str) -> list[Table]:
    """Read tables with a row to a line: | a | b |, or a | b | c."""
    tables = []
    rows: list[list[Range]] = []
    for match in _LINE.finditer(text):
        a, b = _trim(text, *match.span())
        if a == b:
            continue
        bars = text.count("|", a, b) + text.count("｜", a, b)
        inner = bars - (text[a] in "|｜") - (text[b - 1] in "|｜")
        if inner >= 1:
            if not re.fullmatch(r"[|｜:\-—\s]+", text[a:b]):
                rows.append(_row(text, a, b))
        elif rows and bars == 0:
            if len(rows) >= 2:
                table = _table_of(text, rows)
                if table:
                    tables.append(table)
            rows = []
    if len(rows) >= 2:
        table = _table_of(text, rows)
        if table:
            tables.append(table)
    return tables


def _row(text: str, a: int, b: int) -> list[Range]:
    if text[a] in "|｜":
        a += 1
    if b > a and text[b - 1] in "|｜":
        b -= 1
    return _split(text, a, b)


def _tab_tables(text: str) -> list[Table]:
    """Read tables whose rows are lines and whose cells are separated by tabs.

    A short line between two rows of the same width is a row merged over the whole width.
    """
    tables: list[Table] = []
    rows: list[list[Range]] = []
    held: Range | None = None

    def close() -> None:
        table = _table_of(text, rows) if len(rows) >= 2 else None
        if table:
            tables.append(table)
        rows.clear()

    for a, b in _tab_lines(text):
        pieces = _tab_row(text, a, b)
        if rows and "\n" in text[a:b]:
            # a row over several lines that lost its last tabs: it begins where the header does
            pieces += [(b, b)] * (len(rows[0]) - len(pieces))
        if len(pieces) > 1 and any(c < d for c, d in pieces[1:]):
            if held is not None:
                # a line between two tables of one form is a heading of the second
                again = [text[c:d] for c, d in pieces] == [text[c:d] for c, d in rows[0]]
                if len(pieces) == len(rows[-1]) and not again:
                    rows.append([held])
                else:
                    close()
            rows.append(pieces)
            held = None
        elif rows and held is None and b - a <= _SECTION_LENGTH:
            held = _trim(text, a, b)
        else:
            close()
            held = None
    close()
    return tables


def _tab_lines(text: str) -> Iterator[Range]:
    """Yield the lines that are not blank; those of one row together, where its cells hold breaks.

    Such a table is told by its header, whose first column is that of numbers: each row then begins
    with a number and a tab and goes on until it has as many tabs as the header.
    """
    wanted = 0
    row: Range | None = None
    for match in _LINE.finditer(text):
        a, b = match.span()
        if not text[a:b].strip(_BLANK):
            continue
        tabs = text.count("\t", a, b)
        opens = wanted > 0 and _ROW_START.match(text, a, b) is not None
        if row is not None:
            held = text.count("\t", *row)
            breaks_off = opens or (tabs == 0 and match_numbering(text, a, b) is not None)
            if not breaks_off and held + tabs <= wanted:
                row = row[0], b
                if held + tabs == wanted:
                    yield row
                    row = None
                continue
            yield row
            row = None
        if opens and tabs < wanted:
            row = a, b
            continue
        if tabs > 1 and not opens:
            columns = [column_of(text[c:d]) for c, d in _tab_row(text, a, b)]
            numbered = columns[0] is not None and columns[0].use == "number"
            charging = any(column and column.use == "unit" for column in columns)
            wanted = tabs if numbered and charging else wanted if tabs == wanted else 0
        yield a, b
    if row is not None:
        yield row


def _tab_row(text: str, a: int, b: int) -> list[Range]:
    pieces = []
    begin = a
    for tab in re.finditer(r"\t", text[a:b]):
        pieces.append(_trim(text, begin, a + tab.start()))
        begin = a + tab.start() + 1
    pieces.append(_trim(text, begin, b))
    return pieces


def read_task_table(text: str, table: Table, paras: list[Paragraph]) -> TaskTable | None:
    """Return the tasks of a table, None where no column of it assigns."""
    grid = _grid(table)
    header_rows, columns = _columns(text, table, grid)
    if not any(c and c.use == "unit" for c in columns.values()):
        return None
    result = TaskTable(table.start, table.end)
    section: tuple[int, int] | None = None
    own: dict[int, list[TableTask]] = {}
    for r in range(header_rows, table.n_rows):
        row = grid[r]
        cells = sorted({id(c): c for c in row.values()}.values(), key=lambda c: c.col)
        filled = [c for c in cells if c.start < c.end]
        if not filled:
            continue
        fresh = [c for c in filled if c.row == r]
        if len(fresh) == 1 and (fresh[0].colspan >= max(2, table.n_cols - 1) or len(cells) == 1):
            section = (fresh[0].start, fresh[0].end)
            continue
        if _repeats_header(text, row, columns):
            continue
        task = _row_task(text, table, r, row, columns, section, result)
        if task is not None:
            own[r] = [task]
            result.tasks.append(task)
    return result if result.tasks else None


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
    for col, behind in pairwise(named):
        heading: Cell | None = None
        spans: dict[int, tuple[Cell, int]] = {}
        for r in range(header_rows, len(grid)):
            cell, content = grid[r].get(col), grid[r].get(behind)
            if cell is None or cell.colspan > 1 or cell.row < header_rows:
                heading = None
            elif cell.start < cell.end:
                heading = cell
            elif heading and content and content.row == r and content.start < content.end:
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
        if len(filled) >= 2 and _mostly_lists(text, filled):
            columns[c] = Column("unit", "responsible")
        elif filled and all(
            re.fullmatch(r"[0-9０-９]{1,3}", text[x.start : x.end]) for x in filled
        ):
            columns[c] = Column("number")
        else:
            columns[c] = Column("content")
    if sum(bool(v and v.use == "unit") for v in columns.values()) == 0 or (
        0 in columns and columns[0] == Column("unit", "responsible")
    ):
        return {}
    _settle(text, table, grid, 0, columns)
    return columns


def _mostly_lists(text: str, cells: list[Cell]) -> bool:
    """Tell whether at least seven of ten cells are lists of units and nothing else."""
    others = 0
    for cell in cells:
        parsed = parse_unit_list(text, cell.start, cell.end)
        is_list = parsed.units and not parsed.residue and parsed.known == len(parsed.units)
        others += not is_list
        if len(cells) - others < 0.7 * len(cells):
            return False  # a column of running text is told after a third of its cells
    return True


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
    inherited_unit = own_number = False
    only_guides = sum(bool(v and v.use == "unit") for v in columns.values()) == 1
    for c in sorted(row):
        cell, column = row[c], columns.get(c)
        if id(cell) in seen or cell.start >= cell.end or column is None:
            continue
        seen.add(id(cell))
        if column.use == "number":
            number = text[cell.start : cell.end]
            own_number = cell.row == r
        elif column.use == "parent":
            parents.append((cell.start, cell.end))
        elif column.use == "content":
            if cell.row == r:
                contents.append((cell.start, cell.end))
        elif column.use == "deadline":
            assignment.times.append((cell.start, cell.end))
            assignment.end = max(assignment.end, cell.end)
        elif column.use == "unit":
            if cell.row < r:
                inherited_unit = True
                continue
            role = column.role
            if only_guides and role == "assist":
                role = "responsible"
            parsed = parse_unit_list(text, cell.start, cell.end, role)
            assignment.absorb(parsed)
            assignment.explicit_lead |= role == "lead"
            unit_ends.append(cell.end)
    if not contents:
        return None
    if not any(u.known for u in assignment.units):
        goes_on = not own_number and not unit_ends and _numbered(columns)
        if (inherited_unit or goes_on) and result.tasks:
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
    assignment.end = max(end, contents[-1][1])
    return TableTask(start, max(end, contents[0][1]), number, parents, contents, assignment)
