"""The source form → the document, byte for byte what `govextract.corpus.markup` writes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Literal

from govextract.corpus.errors import CorpusError, Fault
from govextract.corpus.heads import parse_head
from govextract.corpus.markup import CLOSE, END_TABLE, END_TASK, FIELDS, OPEN, ROLE_NAMES, render
from govextract.corpus.model import Document, Mark, MarkedTable, MarkKind, Range

_BRACKET = re.compile("[⟦⟧]")
_SPAN = re.compile(
    r"⟦(?:A(?:\.(?P<role>lead|resp|assist)(?:=(?P<name>[^\s⟦⟧]+))?)?|(?P<person>P)"
    r"|(?P<kind>[MD])(?:\{(?P<fields>[^{}⟦⟧\n]*)\})?|H(?P<level>[0-6])) "
)
_TASK = re.compile(r"⟦T(?: (?P<fields>[^⟦⟧\n]+))?⟧")
_TASK_FIELDS = re.compile(r"(?:number=(?P<number>\S+))?(?: ?title=(?P<title>\S.*))?")
_TABLE = re.compile(r"⟦TABLE(?: merge=(?P<merge>[0-9]+(?:,[0-9]+)*))?⟧\n")


@dataclass(slots=True)
class _Grid:
    """A table while it is read."""

    start: int
    merge: tuple[int, ...]
    rows: list[list[Range | None]] = field(default_factory=list)

    def filled_above(self, column: int) -> bool:
        """Tell whether a cell with text stands above the cell that is read now."""
        above = (row[column] for row in self.rows[:-1] if column < len(row))
        return any(cell is not None and cell[0] < cell[1] for cell in above)


class _Parser:
    """Reads the text of one source file from its first character to its last."""

    def __init__(self, source: str, at: int, path: str) -> None:
        self.source, self.at, self.path = source, at, path
        self.text: list[str] = []
        self.length = 0
        self.marks: list[Mark] = []
        self.open: list[tuple[int, int]] = []  # place in `marks`, offset in the source
        self.tables: list[MarkedTable] = []
        self.grid: _Grid | None = None

    def fail(self, message: str, at: int | None = None) -> CorpusError:
        where = self.at if at is None else at
        line = self.source.count("\n", 0, where) + 1
        return CorpusError([Fault(self.path, line, message)])

    def emit(self, text: str) -> None:
        self.text.append(text)
        self.length += len(text)

    def run(self) -> None:
        while True:
            if self.grid is not None and self._at_cell_start():
                self._begin_cell()
            found = _BRACKET.search(self.source, self.at)
            stop = found.start() if found else len(self.source)
            if self.grid is not None:
                stop = self._end_of_cell(stop)
            self.emit(self.source[self.at : stop])
            self.at = stop
            if stop == len(self.source):
                break
            if self.source[stop] not in OPEN + CLOSE:
                self._separator()
            else:
                self._mark()
        if self.grid is not None:
            raise self.fail(f"the table has no {END_TABLE}")
        if self.open:
            index, at = self.open[-1]
            mark = self.marks[index]
            raise self.fail(f"the mark {mark.kind} before {self._near(mark)} is not closed", at)

    def _near(self, mark: Mark) -> str:
        return repr("".join(self.text)[mark.start : mark.start + 12])

    # Marks

    def _mark(self) -> None:
        source, at = self.source, self.at
        if source[at] == CLOSE:
            self._close("span")
            self.at += 1
        elif source.startswith(END_TABLE, at):
            self._end_table()
        elif source.startswith(END_TASK, at):
            self._close("task")
            self.at += len(END_TASK)
        elif match := _TABLE.match(source, at):
            self._begin_table(match)
        elif match := _TASK.match(source, at):
            if any(self.marks[index].kind == "T" for index, _ in self.open):
                raise self.fail("a task begins inside a task")
            self._begin(Mark("T", self.length, -1, attributes=self._task_fields(match)), match)
        elif match := _SPAN.match(source, at):
            self._begin(self._span(match), match)
        else:
            raise self.fail(f"no such mark: {source[at : at + 24].splitlines()[0]!r}")

    def _begin(self, mark: Mark, match: re.Match[str]) -> None:
        self.open.append((len(self.marks), match.start()))
        self.marks.append(mark)
        self.at = match.end()

    def _close(self, what: Literal["span", "task"]) -> None:
        closer = CLOSE if what == "span" else END_TASK
        if not self.open:
            raise self.fail(f"{closer} closes nothing")
        index, _ = self.open[-1]
        mark = self.marks[index]
        if (mark.kind == "T") != (what == "task"):
            raise self.fail(f"{closer} would close the mark {mark.kind} before {self._near(mark)}")
        if mark.start == self.length:
            raise self.fail(f"the mark {mark.kind} is empty")
        self.marks[index] = replace(mark, end=self.length)
        self.open.pop()

    def _span(self, match: re.Match[str]) -> Mark:
        if match["person"]:
            return Mark("P", self.length, -1, role="leader")
        if match["level"]:
            return Mark("H", self.length, -1, level=int(match["level"]))
        if match["kind"]:
            kind: MarkKind = "M" if match["kind"] == "M" else "D"
            given = match["fields"]
            fields = () if given is None else self._fields(kind, given)
            return Mark(kind, self.length, -1, attributes=fields)
        role = ROLE_NAMES[match["role"]] if match["role"] else None
        name = (("name", match["name"]),) if match["name"] else ()
        return Mark("A", self.length, -1, role=role, attributes=name)

    def _fields(self, kind: MarkKind, given: str) -> tuple[tuple[str, str], ...]:
        out: list[tuple[str, str]] = []
        for part in given.split(";"):
            key, equals, value = part.partition("=")
            if key not in FIELDS[kind]:
                raise self.fail(f"{part!r} is no field of {kind}: {', '.join(FIELDS[kind])}")
            if not equals or not value or value != value.strip():
                raise self.fail(f"the field {part!r} has no value or blanks around it")
            if key in dict(out):
                raise self.fail(f"the field {key} stands twice")
            out.append((key, value))
        return tuple(out)

    def _task_fields(self, match: re.Match[str]) -> tuple[tuple[str, str], ...]:
        if match["fields"] is None:
            return ()
        given = _TASK_FIELDS.fullmatch(match["fields"])
        if given is None or match["fields"] != match["fields"].strip():
            raise self.fail(f"{match[0]!r} is not of the form ⟦T number=… title=…⟧")
        return tuple((key, value) for key, value in given.groupdict().items() if value)

    # Tables

    def _begin_table(self, match: re.Match[str]) -> None:
        if self.grid is not None:
            raise self.fail("a table begins inside a table")
        if self.source[self.at - 1] != "\n":
            raise self.fail("⟦TABLE⟧ does not stand on a line of its own")
        merge = tuple(int(n) for n in match["merge"].split(",")) if match["merge"] else ()
        if list(merge) != sorted(set(merge)):
            raise self.fail("the columns of merge= are not in ascending order")
        self.grid = _Grid(self.length, merge, [[]])
        self.at = match.end()

    def _end_table(self) -> None:
        grid = self.grid
        if grid is None:
            raise self.fail(f"{END_TABLE} ends no table")
        if grid.rows[-1] or not self.source.startswith("\n", self.at + len(END_TABLE)):
            raise self.fail(f"{END_TABLE} does not stand on a line of its own")
        grid.rows.pop()
        if len(grid.rows) < 2 or len(grid.rows[0]) < 2:
            raise self.fail("a table has at least two rows and two columns")
        if grid.merge and grid.merge[-1] >= len(grid.rows[0]):
            raise self.fail(f"merge= names column {grid.merge[-1]}, which the table lacks")
        rows = tuple(map(tuple, grid.rows))
        self.tables.append(MarkedTable(grid.start, self.length - 1, grid.merge, rows))
        self.grid = None
        self.at += len(END_TABLE) + 1

    def _at_cell_start(self) -> bool:
        return self.source[self.at - 1] in "\t\n" and not self.source.startswith(END_TABLE, self.at)

    def _begin_cell(self) -> None:
        """Begin a cell; one that continues a merged cell leaves no trace in the text."""
        assert self.grid is not None
        row = self.grid.rows[-1]
        empty = self.at >= len(self.source) or self.source[self.at] in "\t\n"
        if empty and len(row) in self.grid.merge and self.grid.filled_above(len(row)):
            row.append(None)
            return
        if any(cell is not None for cell in row):
            self.emit("\t")
        row.append((self.length, self.length))

    def _end_of_cell(self, stop: int) -> int:
        ends = (self.source.find(separator, self.at, stop) for separator in "\t\n")
        return min((end for end in ends if end >= 0), default=stop)

    def _separator(self) -> None:
        """End the cell, and at a line feed the row."""
        assert self.grid is not None
        rows = self.grid.rows
        if rows[-1][-1] is not None:
            rows[-1][-1] = (rows[-1][-1][0], self.length)
        if self.source[self.at] == "\n":
            if len(rows[-1]) != len(rows[0]):
                raise self.fail(f"the row has {len(rows[-1])} cells, the first {len(rows[0])}")
            if all(cell is None for cell in rows[-1]):
                raise self.fail("every cell of the row continues the one above")
            self.emit("\n")
            rows.append([])
        self.at += 1


def parse(source: str, path: str = "") -> Document:
    """Return the document of a source file.

    Parameters
    ----------
    source
        The file's content, its line ends as they are.
    path
        Name of the file in messages.

    Raises
    ------
    CorpusError
        Naming the line, where head or marks do not keep their form.

    Examples
    --------
    >>> from govextract.corpus import EXAMPLE, render
    >>> document = parse(EXAMPLE)
    >>> [(m.kind, document.text[m.start : m.end]) for m in document.of("M", "A")]
    [('A', '县水利局'), ('A', '财政局'), ('M', '新建泵站3座')]
    >>> render(document) == EXAMPLE
    True
    """
    head, at = parse_head(source, path)
    parser = _Parser(source, at, path)
    parser.run()
    document = Document(head, "".join(parser.text), tuple(parser.marks), tuple(parser.tables))
    again = render(document)
    if again != source:
        line = _first_difference(source, again)
        message = "a mark or a cell stands where it cannot be told from another place"
        raise CorpusError([Fault(path, line, message)])
    return document


def _first_difference(source: str, again: str) -> int:
    lines = zip(source.split("\n"), again.split("\n"), strict=False)
    return next((n for n, (a, b) in enumerate(lines, 1) if a != b), 1)
