"""Straight strokes on a page to the cells they enclose."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
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
