"""Straight strokes on a page to the cells they enclose."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govextract.readers.ruled_tables import Box

_NEAR = 2.0  # strokes whose ends miss each other by less (points) touch


@dataclass(frozen=True, slots=True)
class Stroke:
    """A horizontal or vertical stroke: at `at`, from `start` to `end`."""

    horizontal: bool
    at: float
    start: float
    end: float


def closing_strokes(strokes: Sequence[Stroke]) -> list[Stroke]:
    """Return the horizontal strokes that are missing where upright ones end together.

    A row that a page break cuts has no rule at the break, with some programs.

    Examples
    --------
    >>> upright = [Stroke(False, x, 0, 10) for x in (0, 8)]
    >>> closing_strokes([Stroke(True, 0, 0, 8), *upright])
    [Stroke(horizontal=True, at=10, start=0, end=8)]
    >>> closing_strokes([Stroke(True, 0, 0, 8), Stroke(True, 10, 0, 8), *upright])
    []
    """
    flat = [s for s in strokes if s.horizontal]
    whole = _merged([s for s in strokes if not s.horizontal and s.end - s.start > _NEAR])
    found = []
    for ends in ([(s.start, s.at) for s in whole], [(s.end, s.at) for s in whole]):
        ends.sort()
        at = 0
        while at < len(ends):
            level = ends[at][0]
            together = [x for y, x in ends[at:] if y - level <= _NEAR]
            at += len(together)
            left, right = min(together), max(together)
            if len(together) > 1 and not _is_ruled(flat, level, left, right):
                found.append(Stroke(True, level, left, right))
    return found


def _is_ruled(flat: Sequence[Stroke], at: float, left: float, right: float) -> bool:
    """Whether horizontal strokes at that height reach from `left` to `right`."""
    reached = left
    for stroke in sorted((s for s in flat if abs(s.at - at) <= 2 * _NEAR), key=lambda s: s.start):
        if stroke.start <= reached + _NEAR:
            reached = max(reached, stroke.end)
    return reached >= right - _NEAR


def _merged(upright: Sequence[Stroke]) -> list[Stroke]:
    """Join upright strokes that go on in one another: programs draw a rule cell by cell."""
    found: list[Stroke] = []
    for at in _positions([s.at for s in upright]):
        column = sorted((s for s in upright if -0.001 <= s.at - at <= _NEAR), key=lambda s: s.start)
        for stroke in column:
            if found and found[-1].at == at and stroke.start <= found[-1].end + _NEAR:
                found[-1] = replace(found[-1], end=max(found[-1].end, stroke.end))
            else:
                found.append(replace(stroke, at=at))
    return found


def enclosed_cells(strokes: Sequence[Stroke]) -> list[list[Box]]:
    """Return the cells of every table that the strokes draw.

    A position of the grid belongs to the same cell as its neighbour where no stroke stands between
    them; cells open to the outside are none.

    Examples
    --------
    >>> flat = [Stroke(True, y, 0, 20) for y in (0, 10)]
    >>> upright = [Stroke(False, x, 0, 10) for x in (0, 8, 20)]
    >>> enclosed_cells([*flat, *upright])
    [[(0, 0, 8, 10), (8, 0, 20, 10)]]
    """
    tables = []
    for group in _touching(strokes):
        rows = _positions([s.at for s in group if s.horizontal])
        columns = _positions([s.at for s in group if not s.horizontal])
        if len(rows) >= 2 and len(columns) >= 2:
            cells = _cells(group, rows, columns)
            if cells:
                tables.append(cells)
    return tables


def _touching(strokes: Sequence[Stroke]) -> list[list[Stroke]]:
    parent = list(range(len(strokes)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    flat = [i for i, s in enumerate(strokes) if s.horizontal]
    upright = [i for i, s in enumerate(strokes) if not s.horizontal]
    for i in flat:
        a = strokes[i]
        for j in upright:
            b = strokes[j]
            if (
                a.start - _NEAR <= b.at <= a.end + _NEAR
                and b.start - _NEAR <= a.at <= b.end + _NEAR
            ):
                parent[root(i)] = root(j)
    groups: dict[int, list[Stroke]] = defaultdict(list)
    for i, stroke in enumerate(strokes):
        groups[root(i)].append(stroke)
    return list(groups.values())


def _positions(values: Sequence[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


def _cells(strokes: Sequence[Stroke], rows: list[float], columns: list[float]) -> list[Box]:
    def covered(horizontal: bool, at: float, middle: float) -> bool:
        return any(
            abs(s.at - at) <= _NEAR and s.start - _NEAR <= middle <= s.end + _NEAR
            for s in strokes
            if s.horizontal is horizontal
        )

    height, width = len(rows) - 1, len(columns) - 1
    middles_y = [(rows[r] + rows[r + 1]) / 2 for r in range(height)]
    middles_x = [(columns[c] + columns[c + 1]) / 2 for c in range(width)]
    # Walls between positions: upright[r][c] stands left of column c, flat[r][c] above row r.
    upright = [[covered(False, columns[c], y) for c in range(width + 1)] for y in middles_y]
    flat = [[covered(True, rows[r], x) for x in middles_x] for r in range(height + 1)]
    seen: set[tuple[int, int]] = set()
    cells: list[Box] = []
    for r in range(height):
        for c in range(width):
            if (r, c) in seen:
                continue
            group, closed = [(r, c)], True
            seen.add((r, c))
            for y, x in group:
                steps = (
                    (y, x - 1, upright[y][x]),
                    (y, x + 1, upright[y][x + 1]),
                    (y - 1, x, flat[y][x]),
                    (y + 1, x, flat[y + 1][x]),
                )
                for ny, nx, wall in steps:
                    if wall:
                        continue
                    if not (0 <= ny < height and 0 <= nx < width):
                        closed = False
                    elif (ny, nx) not in seen:
                        seen.add((ny, nx))
                        group.append((ny, nx))
            if closed:
                ys, xs = [y for y, _ in group], [x for _, x in group]
                cells.append(
                    (columns[min(xs)], rows[min(ys)], columns[max(xs) + 1], rows[max(ys) + 1])
                )
    return cells
