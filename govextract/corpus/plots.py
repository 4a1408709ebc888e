"""Bar charts as SVG: no plotting library, readable offline and in print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

COLOURS = ("#2f6690", "#d1495b", "#edae49", "#66a182", "#7d5ba6")
_ROW, _BAR, _TOP, _GAP = 22, 14, 58, 10
_CHARACTER = 7.2  # mean width of a character of the labels
_PLOT = 520


def bar_chart(title: str, series: Sequence[str], rows: Mapping[str, Sequence[float]]) -> str:
    """Return a chart of horizontal bars, one a row, the values of `series` end to end.

    Parameters
    ----------
    series
        What each value of a row is, in the order of the values.
    rows
        Values by the name of their row.

    Examples
    --------
    >>> svg = bar_chart("Spans", ["AGENCY"], {"train": [12], "test": [4]})
    >>> svg.startswith("<svg"), svg.count("<rect")
    (True, 4)
    """
    left = max((_width(name) for name in rows), default=0) + _GAP
    most = max((sum(values) for values in rows.values()), default=0) or 1
    right = _width(_number(most)) + _GAP
    width, height = left + _PLOT + right, _TOP + _ROW * len(rows) + _GAP
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" font-family="sans-serif" font-size="12">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{width:.0f}" height="{height:.0f}" fill="#ffffff"/>',
        _text(_GAP, 20, title, weight="bold", size=14),
    ]
    at = float(_GAP)
    for name, colour in zip(series, _colours(len(series)), strict=True):
        parts.append(f'<rect x="{at:.0f}" y="32" width="12" height="12" fill="{colour}"/>')
        parts.append(_text(at + 16, 42, name))
        at += 30 + _width(name)
    for n, (name, values) in enumerate(rows.items()):
        top = _TOP + n * _ROW
        parts.append(_text(left - 6, top + 12, name, anchor="end"))
        x = left
        for value, colour in zip(values, _colours(len(series)), strict=True):
            length = _PLOT * value / most
            if value:
                parts.append(
                    f'<rect x="{x:.1f}" y="{top}" width="{length:.1f}" height="{_BAR}" '
                    f'fill="{colour}"/>'
                )
            x += length
        parts.append(_text(x + 4, top + 12, _number(sum(values))))
    return "\n".join([*parts, "</svg>", ""])


def histogram(title: str, what: str, values: Sequence[int], width: int) -> str:
    """Return a chart of how many of `values` fall into each stretch of `width`."""
    counts: dict[int, int] = {}
    for value in values:
        counts[value // width] = counts.get(value // width, 0) + 1
    stretches = range(max(counts, default=-1) + 1)
    rows = {f"{n * width}–{(n + 1) * width - 1}": [counts.get(n, 0)] for n in stretches}
    return bar_chart(title, [what], rows)


def _colours(number: int) -> list[str]:
    return [COLOURS[n % len(COLOURS)] for n in range(number)]


def _width(text: str) -> float:
    return _CHARACTER * sum(1 if ord(c) < 0x2E80 else 1.7 for c in text)


def _number(value: float) -> str:
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:.3g}"


def _text(
    x: float, y: float, text: str, *, anchor: str = "start", weight: str = "normal", size: int = 12
) -> str:
    return (
        f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}" font-weight="{weight}" '
        f'font-size="{size}">{escape(text)}</text>'
    )
