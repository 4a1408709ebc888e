"""Reports as one HTML file: sections of notes, tables, charts and mistakes; opens offline."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from govextract.data import read_text
from govextract.scoring.counts import show
from govextract.scoring.errors import Mistake

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATE = "evaluation_report.html"
MOST_MISTAKES = 400  # of one kind; the file of all of them is the JSONL


@dataclass(frozen=True, slots=True)
class Note:
    """A paragraph; `tone` is ``plain``, ``good`` or ``warn``."""

    text: str
    tone: str = "plain"
    kind: str = field(default="note", init=False)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; `share` from 0 to 1 is drawn as a bar behind its text."""

    text: str
    share: float | None = None
    tone: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose first column names the row."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell | str, ...], ...]
    caption: str = ""
    kind: str = field(default="table", init=False)

    def cells(self) -> list[list[Cell]]:
        """Return the rows with every cell as a `Cell`."""
        return [[c if isinstance(c, Cell) else Cell(c) for c in row] for row in self.rows]


@dataclass(frozen=True, slots=True)
class Point:
    """A value with its interval, of one series."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class IntervalChart:
    """Values from 0 to 1 with whiskers: a row for each label, a dot for each series."""

    series: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Point, ...]], ...]
    caption: str = ""
    kind: str = field(default="svg", init=False)

    def svg(self) -> str:
        """Return the drawing."""
        step, left, right = 16, 250, 640
        row_height = step * len(self.series) + 10
        height = row_height * len(self.rows) + 40
        low = _floor(self.rows)

        def x(value: float) -> float:
            return left + (right - left) * (value - low) / (1 - low)

        parts = []
        for tick in _ticks(low):
            parts.append(
                f'<line class="grid" x1="{x(tick):.1f}" x2="{x(tick):.1f}" y1="6" y2="{height - 30}"/>'
                f'<text class="tick" x="{x(tick):.1f}" y="{height - 14}" text-anchor="middle">{tick:.1f}</text>'
            )
        for n, (label, points) in enumerate(self.rows):
            top = 10 + n * row_height
            middle = top + step * len(self.series) / 2
            parts.append(
                f'<text x="{left - 12}" y="{middle + 5:.1f}" text-anchor="end">{_escaped(label)}</text>'
            )
            for k, point in enumerate(points):
                parts += _whisker(point, k, top + step * k + step / 2, x, low, right)
        return _svg(720, height, parts, self.caption)


@dataclass(frozen=True, slots=True)
class LineChart:
    """Lines over logarithmic axes."""

    series: tuple[tuple[str, tuple[tuple[float, float], ...]], ...]
    x_title: str
    y_title: str
    caption: str = ""
    kind: str = field(default="svg", init=False)

    def svg(self) -> str:
        """Return the drawing."""
        points = [p for _, line in self.series for p in line]
        xs, ys = [math.log10(p[0]) for p in points], [math.log10(p[1]) for p in points]
        x0, x1 = math.floor(min(xs)), math.ceil(max(xs))
        y0, y1 = math.floor(min(ys)), math.ceil(max(ys))
        left, right, top, bottom = 90, 560, 20, 300

        def x(value: float) -> float:
            return left + (right - left) * (math.log10(value) - x0) / max(1, x1 - x0)

        def y(value: float) -> float:
            return bottom - (bottom - top) * (math.log10(value) - y0) / max(1, y1 - y0)

        parts = []
        for n in range(x0, x1 + 1):
            at = x(10**n)
            parts.append(
                f'<line class="grid" x1="{at:.1f}" x2="{at:.1f}" y1="{top}" y2="{bottom}"/>'
                f'<text class="tick" x="{at:.1f}" y="{bottom + 18}" text-anchor="middle">{_power(n)}</text>'
            )
        for n in range(y0, y1 + 1):
            at = y(10**n)
            parts.append(
                f'<line class="grid" x1="{left}" x2="{right}" y1="{at:.1f}" y2="{at:.1f}"/>'
                f'<text class="tick" x="{left - 8}" y="{at + 4:.1f}" text-anchor="end">{_power(n)}</text>'
            )
        ends = _spaced([y(line[-1][1]) for _, line in self.series])
        for k, (name, line) in enumerate(self.series):
            path = " ".join(f"{x(a):.1f},{y(b):.1f}" for a, b in line)
            parts.append(f'<polyline class="s{k % 6} line" points="{path}"/>')
            parts += [
                f'<circle class="s{k % 6}" cx="{x(a):.1f}" cy="{y(b):.1f}" r="3.5"/>'
                for a, b in line
            ]
            parts.append(
                f'<text class="s{k % 6} name" x="{x(line[-1][0]) + 10:.1f}" y="{ends[k] + 4:.1f}">{_escaped(name)}</text>'
            )
        parts.append(
            f'<text x="{(left + right) / 2}" y="{bottom + 40}" text-anchor="middle">{_escaped(self.x_title)}</text>'
            f'<text x="{left - 70}" y="{top - 6}">{_escaped(self.y_title)}</text>'
        )
        return _svg(720, bottom + 52, parts, self.caption)


@dataclass(frozen=True, slots=True)
class Mistakes:
    """Mistakes to be read through, by what and kind."""

    mistakes: tuple[Mistake, ...]
    kind: str = field(default="mistakes", init=False)

    def groups(self) -> list[tuple[str, int, list[Mistake]]]:
        """Return title, number and shown mistakes of each what and kind."""
        found: dict[tuple[str, str], list[Mistake]] = {}
        for m in self.mistakes:
            found.setdefault((m.what, m.kind), []).append(m)
        return [
            (f"{what} · {kind}", len(items), items[:MOST_MISTAKES])
            for (what, kind), items in sorted(found.items(), key=lambda x: (x[0][0], -len(x[1])))
        ]


Block = Note | Table | IntervalChart | LineChart | Mistakes


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of a report."""

    title: str
    blocks: tuple[Block, ...]


def render_report(title: str, lead: str, sections: Sequence[Section]) -> str:
    """Return a report as HTML without any reference to other files.

    Examples
    --------
    >>> page = render_report("Report", "Two & two", [Section("Figures", (Note("none"),))])
    >>> "Two &amp; two" in page, "http" in page
    (True, False)
    """
    template = _environment().from_string(read_text("evaluation_report.html"))
    return template.render(title=title, lead=lead, sections=sections)


def _environment() -> Environment:
    # Imported here: the scores themselves need no template engine.
    from jinja2 import Environment, StrictUndefined

    return Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def _whisker(point: Point, k: int, y: float, x: object, low: float, right: float) -> list[str]:
    assert callable(x)
    if point.value is None:
        return [f'<text class="tick" x="{right + 14}" y="{y + 4:.1f}">–</text>']
    parts = []
    if point.low is not None and point.high is not None:
        parts.append(
            f'<line class="s{k} line" x1="{x(max(low, point.low)):.1f}" x2="{x(point.high):.1f}" y1="{y:.1f}" y2="{y:.1f}"/>'
        )
    parts.append(f'<circle class="s{k}" cx="{x(max(low, point.value)):.1f}" cy="{y:.1f}" r="4.5"/>')
    parts.append(f'<text class="tick" x="{right + 14}" y="{y + 4:.1f}">{show(point.value)}</text>')
    return parts


def _floor(rows: Sequence[tuple[str, tuple[Point, ...]]]) -> float:
    """Return the tenth at which the axis begins: below every value, at most 0.9."""
    values = [v for _, ps in rows for p in ps for v in (p.value, p.low) if v is not None]
    return min(0.9, math.floor(10 * min(values, default=0)) / 10)


def _ticks(low: float) -> list[float]:
    step = 0.1 if low >= 0.4 else 0.2
    count = round((1 - low) / step)
    return [1 - step * n for n in range(count + 1) if 1 - step * n >= low - 1e-9]


def _power(n: int) -> str:
    return {3: "1 k", 4: "10 k", 5: "100 k", 6: "1 M", 7: "10 M"}.get(n, f"{10.0**n:g}")


def _spaced(places: list[float], gap: float = 16) -> list[float]:
    """Return the places of labels, moved apart where they would cover each other."""
    order = sorted(range(len(places)), key=lambda n: places[n])
    out = list(places)
    for before, n in pairwise(order):
        out[n] = max(out[n], out[before] + gap)
    return out


def _svg(width: int, height: float, parts: Sequence[str], caption: str) -> str:
    return (
        f'<svg viewBox="0 0 {width} {height:g}" role="img" aria-label="{_escaped(caption)}">'
        + "".join(parts)
        + "</svg>"
    )


def _escaped(text: str) -> str:
    from html import escape

    return escape(text)
