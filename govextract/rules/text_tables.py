"""Finds the tables that a scraper flattened to lines of text: cells between bars or tabs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, islice

from govextract.readers.document import Block, Cell, Table
from govextract.rules.cell_fits import REMARK, places_of
from govextract.rules.comma_tables import comma_rows
from govextract.rules.cues import cues
from govextract.rules.numbering import match_numbering
from govextract.rules.tables import Column, column_of
from govextract.rules.tails import is_foot
from govextract.rules.unit_lists import parse_unit_list
from govextract.rules.unit_words import UnitGrade, unit_grade

Range = tuple[int, int]
_BLANK = " \t\u3000\xa0\r\n"
_LINE = re.compile(r"[^\r\n]+")
_BAR = re.compile("[|｜]")
_PIPE_ROW_END = re.compile(r"\|[ \t\u3000]*(?:\r?\n|$)")
_ROW_START = re.compile(r"[ \u3000]*[0-9０-９]{1,3}[.．、]?\t")
_NUMBER = re.compile("[0-9０-９]{1,3}")
_SECTION_LENGTH = 40
_NAME_LENGTH = 14  # of a column
# names that reach over those of units, and of times or anything else
_DIVIDED_DUTIES = re.compile("责任|分工|单位|部门|落实")
_DIVIDED_TIMES = re.compile("进度|时间|时限|节点|安排|计划")
_DIVIDED_AIMS = re.compile("目标|指标")
_MOST_LINES = 8  # of one row


def find_tables(text: str, blocks: Sequence[Block]) -> list[Table]:
    """Return the tables of the file and those flattened into its text, in order."""
    tables = [b.table for b in blocks if b.table is not None]
    taken = [(t.start, t.end) for t in tables]
    if text.count("|") + text.count("｜") >= 6:
        tables += [t for t in _pipe_tables(text) if _free(t, taken)]
    if not taken and text.count("\t") >= 4:
        tables += _tab_tables(text)
    if text.count(",") + text.count("，") >= 4:
        held = sorted((t.start, t.end) for t in tables)
        tables += [t for rows in comma_rows(text, held) if (t := _table_of(text, rows))]
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
    rows = _with_one_header(text, rows)
    width = _usual_width(rows)
    rows = _with_section_rows(rows, width)
    columns = _columns(text, rows, width)
    cells: list[Cell] = []
    open_cells: dict[int, int] = {}
    for r, row in enumerate(rows):
        filled = [c for c in row if c[0] < c[1]]
        if len(filled) == 1 and width > 2 and (len(row) == 1 or row[0] == filled[0]):
            cells.append(Cell(r, 0, *filled[0], 1, width))
            open_cells.clear()
            continue
        # a row with its number lacks the empty cells behind it, any other the merged ones before it
        whole = row[-1][0] == row[-1][1] and _is_number(text, row[0])
        shift = 0 if whole else max(0, width - len(row))
        if len(row) < width and columns and open_cells:
            places = places_of(text, row, columns, open_cells)
            if places != list(range(shift, shift + len(row))):
                for c in sorted(set(open_cells).difference(places)):
                    _extend(cells, open_cells[c], c, r)
                for c, (a, b) in zip(places, row, strict=True):
                    open_cells[c] = len(cells)
                    cells.append(Cell(r, c, a, b))
                continue
        skip = 0
        while skip < len(row) - 1 and row[skip][0] == row[skip][1] and skip + shift in open_cells:
            skip += 1
        for c in range(shift + skip):
            if c in open_cells:
                _extend(cells, open_cells[c], c, r)
        for c, (a, b) in enumerate(row[: width + 2]):
            if c >= skip:
                open_cells[c + shift] = len(cells)
                cells.append(Cell(r, c + shift, a, b))
    start = min(a for row in rows for a, _ in row)
    end = max(b for row in rows for _, b in row)
    return Table(start, end, tuple(cells), len(rows), max(width, max(len(r) for r in rows)))


def _extend(cells: list[Cell], place: int, column: int, row: int) -> None:
    """Let a merged cell reach down to `row`."""
    old = cells[place]
    cells[place] = Cell(old.row, column, old.start, old.end, row - old.row + 1, 1)


def _columns(text: str, rows: list[list[Range]], width: int) -> list[Column]:
    """Return what the header says of the columns, in one line or two; none where no units stand there."""
    header = rows[0]
    if len(header) != width:
        return []
    names = [column_of(text[a:b]) for a, b in header]
    below = rows[1]
    if len(below) == width and any(a == b for a, b in below):
        further = [column_of(text[a:b]) if a < b else None for a, b in below]
        if all(f is not None for f, (a, b) in zip(further, below, strict=True) if a < b):
            names = [f or n for f, n in zip(further, names, strict=True)]
    named = all(a < b or column is not None for (a, b), column in zip(header, names, strict=True))
    if not named or not any(column is not None and column.use == "unit" for column in names):
        return []
    return [column or Column("note") for column in names]


def _is_number(text: str, cell: Range) -> bool:
    return _NUMBER.fullmatch(text, *cell) is not None


def _with_section_rows(rows: list[list[Range]], width: int) -> list[list[Range]]:
    """Give a row its own line to a heading cell that stands in front of a full row."""
    out = []
    for row in rows:
        if len(row) == width + 1 and width > 2:
            out += [[row[0]], row[1:]] if row[0][0] < row[0][1] else [row[1:]]
        else:
            out.append(row)
    return out


def _with_one_header(text: str, rows: list[list[Range]]) -> list[list[Range]]:
    """Put the names of a second header line in place of those above them: 责任分工 over 牵头 and 配合.

    Copies keep the columns that a name reaches over as empty cells, or leave them out in both lines;
    the rows then tell how many there are.
    """
    if len(rows) < 3:
        return rows
    below = [(a, b) for a, b in rows[1] if a < b]
    uses = [column_of(text[a:b]) for a, b in below]
    if not below or any(b - a > _NAME_LENGTH for a, b in below) or None in uses:
        return rows
    groups = _groups(rows[0])
    if len(groups) == len(rows[0]):
        if len(below) == len(rows[1]):
            wide = max(map(len, rows[2:]))  # the others lack merged cells
            groups = _guessed_groups(text, rows[0], uses, wide)
        else:
            groups = _placed_groups(rows[0], rows[1], uses)
    if sum(width for _, width in groups if width > 1) != len(below):
        return rows
    header: list[Range] = []
    names = iter(below)
    for cell, width in groups:
        header += [next(names) for _ in range(width)] if width > 1 else [cell]
    return [header, *rows[2:]]


def _placed_groups(
    header: list[Range], below: list[Range], uses: Sequence[Column | None]
) -> list[tuple[Range, int]]:
    """Return how many columns each name reaches over, from where the names of the second line stand."""
    groups: list[tuple[Range, int]] = []
    kinds = iter(uses)
    cells = iter(header)
    for filled, run in groupby(below, key=lambda cell: cell[0] < cell[1]):
        width = len(list(run))
        if not filled:
            groups += [(cell, 1) for cell in islice(cells, width)]
            continue
        named = [column is not None and column.use == "unit" for column in islice(kinds, width)]
        # names of units and of times side by side belong to two above
        parts = [len(list(part)) for _, part in groupby(named)]
        groups += list(zip(islice(cells, len(parts)), parts, strict=False))
    return [*groups, *((cell, 1) for cell in cells)]


def _groups(header: list[Range]) -> list[tuple[Range, int]]:
    """Return the names of a header line, each with how many columns it reaches over."""
    groups: list[tuple[Range, int]] = []
    for a, b in header:
        if a == b and groups:
            groups[-1] = groups[-1][0], groups[-1][1] + 1
        else:
            groups.append(((a, b), 1))
    return groups


def _guessed_groups(
    text: str, header: list[Range], uses: Sequence[Column | None], wide: int
) -> list[tuple[Range, int]]:
    """Return how many columns each name reaches over, where rows are `wide` and names below have `uses`."""
    lacking = wide - len(header)
    of_units = sum(use is not None and use.use == "unit" for use in uses)
    parts = [n for n in (of_units, len(uses) - of_units) if n]
    groups = [(cell, 1) for cell in header]
    if lacking != len(uses) - len(parts) or lacking < 1:
        return groups
    names = [text[a:b] for a, b in header]
    if of_units:
        at = _first_like(names, _DIVIDED_DUTIES)
        if at is None:
            return groups
        groups[at] = header[at], of_units
        names[at] = ""
    if others := len(uses) - of_units:
        at = _first_like(names, _DIVIDED_TIMES)
        at = _first_like(names, _DIVIDED_AIMS) if at is None else at
        if at is not None:
            groups[at] = header[at], others
    return groups


def _first_like(names: Sequence[str], pattern: re.Pattern[str]) -> int | None:
    return next((i for i, name in enumerate(names) if pattern.search(name)), None)


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
    found: list[list[list[Range]]] = []
    rows: list[list[Range]] = []
    header = (0, 0)
    for match in _LINE.finditer(text):
        a, b = _trim(text, *match.span())
        if a == b:
            continue
        bars = text.count("|", a, b) + text.count("｜", a, b)
        inner = bars - (text[a] in "|｜") - (text[b - 1] in "|｜")
        if inner >= 1 and not (rows and is_foot(text, a)):
            if not re.fullmatch(r"[|｜:\-—\s]+", text[a:b]):
                header = header if rows else (a, b)
                rows.append(_row(text, a, b, header, len(rows[0]) if rows else 0))
        elif rows and (bars == 0 or inner >= 1):
            found.append(rows)
            rows = []
    found.append(rows)
    wide = (rows for rows in found if len(rows) >= 2 and not _is_form(text, rows))
    return [table for rows in wide if (table := _table_of(text, rows))]


def _is_form(text: str, rows: list[list[Range]]) -> bool:
    """Tell label lines whose sign is a bar: 牵头单位｜市水利局."""
    labels = sum(bool(cues().whole_label.fullmatch(text, *_unmarked(text, row[0]))) for row in rows)
    return all(len(row) <= 2 for row in rows) and 2 * labels >= len(rows)


def _unmarked(text: str, cell: Range) -> Range:
    """Return a cell without the bullet before it."""
    number = match_numbering(text, *cell)
    return (number.end, cell[1]) if number and number.kind == "bullet" else cell


def _row(text: str, a: int, b: int, header: Range, width: int) -> list[Range]:
    """Return a row's cells; a bar at its edge that the `header` lacks may part off an empty cell."""
    opens, closes = text[a] in "|｜", b > a + 1 and text[b - 1] in "|｜"
    bare = _split(text, a + opens, b - closes)
    if len(bare) < width:
        first = opens and text[header[0]] not in "|｜"
        last = closes and text[header[1] - 1] not in "|｜"
        for keep_first, keep_last in ((first, False), (False, last), (first, last)):
            cells = _split(text, a + (opens and not keep_first), b - (closes and not keep_last))
            if len(cells) == width:
                return cells
    return bare


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
                # the row above may lack merged cells that this one has
                if len(pieces) in (len(rows[-1]), len(rows[0])) and not again:
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
    with a number and a tab and goes on until it has as many tabs as the header. Without numbers a
    row goes on over lines that together have the tabs it lacks.
    """
    wanted = 0
    numbered = ends_in_units = False
    row: Range | None = None
    lines = [m.span() for m in _LINE.finditer(text) if m.group().strip(_BLANK)]
    upto = 0
    for k, (a, b) in enumerate(lines):
        if a < upto:
            continue
        tabs = text.count("\t", a, b)
        opens = wanted > 0 and numbered and _ROW_START.match(text, a, b) is not None
        if row is not None:
            held = text.count("\t", *row)
            breaks_off = opens or (
                tabs == 0
                and (
                    match_numbering(text, a, b) is not None or REMARK.match(text, a, b) is not None
                )
            )
            if not breaks_off and held + tabs <= wanted:
                row = row[0], b
                if held + tabs == wanted:
                    upto = _units_below(text, lines, k) if ends_in_units else 0
                    yield row[0], max(b, upto)
                    row = None
                continue
            yield row
            row = None
        if opens and tabs < wanted:
            row = a, b
            continue
        if opens and tabs == wanted and ends_in_units:
            upto = _units_below(text, lines, k)
            yield a, max(b, upto)
            continue
        if not numbered and wanted > tabs > 0 and (upto := _goes_on(text, lines, k, wanted - tabs)):
            yield a, upto
            continue
        if tabs > 1 and not opens:
            columns = [column_of(text[c:d]) for c, d in _tab_row(text, a, b)]
            if any(column and column.use == "unit" for column in columns):
                wanted = tabs
                numbered = columns[0] is not None and columns[0].use == "number"
                ends_in_units = columns[-1] is not None and columns[-1].use == "unit"
            elif tabs > wanted > 0 and all(
                c == d or column_of(text[c:d]) for c, d in _tab_row(text, a, b)
            ):
                wanted = tabs  # a second line of the header
            elif tabs == wanted and ends_in_units:
                upto = _units_below(text, lines, k)
                yield a, max(b, upto)
                continue
            elif tabs != wanted and (numbered or tabs > wanted):
                wanted = 0
        yield a, b
    if row is not None:
        yield row


def _units_below(text: str, lines: list[Range], at: int) -> int:
    """Return where the units end that stand on lines below a row's last cell, 0 without any."""
    end = 0
    for a, b in lines[at + 1 : at + 1 + _MOST_LINES]:
        if "\t" in text[a:b] or not _are_units(text[a:b].strip(_BLANK)):
            break
        end = b
    return end


def _are_units(line: str) -> bool:
    """Tell a line of units and nothing else, 各乡镇（街道） too."""
    if unit_grade(line) >= UnitGrade.COLLECTIVE:
        return True
    return "、" in line and parse_unit_list(line, 0, len(line)).names_units


def _goes_on(text: str, lines: list[Range], at: int, lacking: int) -> int:
    """Return where a row ends whose further lines have the `lacking` tabs, 0 where they do not."""
    for a, b in lines[at + 1 : at + 1 + _MOST_LINES]:
        if text[a] == "\t":
            return 0
        lacking -= text.count("\t", a, b)  # 2.… is a further matter of the same cell
        if lacking <= 0:
            return b if lacking == 0 else 0
    return 0


def _tab_row(text: str, a: int, b: int) -> list[Range]:
    """Return the cells of a line; labels that tabs part (牵头单位：甲局, 配合单位：乙局) are none."""
    if cues().label.match(text, a, b):
        return [(a, b)]
    pieces = []
    begin = a
    for tab in re.finditer(r"\t", text[a:b]):
        pieces.append(_trim(text, begin, a + tab.start()))
        begin = a + tab.start() + 1
    pieces.append(_trim(text, begin, b))
    return pieces
