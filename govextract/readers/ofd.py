"""OFD files (GB/T 33190): text in reading order and ruled tables (extra ``ofd``)."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from govextract.readers.builder import DocumentBuilder
from govextract.readers.drawn_rules import Stroke, closing_strokes, enclosed_cells
from govextract.readers.errors import ReadError
from govextract.readers.extras import need_extra
from govextract.readers.limits import DEFAULT_LIMITS, Limits, Package
from govextract.readers.page_flow import add_pages
from govextract.readers.page_layout import PageLayout
from govextract.readers.page_lines import Glyph, lines_of
from govextract.readers.ruled_tables import RuledTable, ruled_table
from govextract.readers.word_xml import local
from govextract.records import LedgerWarning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from govextract.readers.document import SourceDocument

_POINTS = 72 / 25.4  # OFD measures in millimetres, the thresholds of layout are points
_ABOVE, _BELOW = 0.86, 0.14  # share of the type size above and below the baseline
_THICK = 1.2  # a filled rectangle no thicker than this (millimetres) is a rule
_MOST_STROKES = 1_500
_NUMBERS = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,2})?")
_STEP = re.compile(r"([A-Z])([^A-Z]*)")


def read_ofd(data: bytes, limits: Limits = DEFAULT_LIMITS) -> SourceDocument:
    """Read an OFD file that has text.

    Parameters
    ----------
    data
        The file's bytes.
    limits
        Bounds of the package and its pages.

    Raises
    ------
    ReadError
        Where the package is damaged or hostile, has no text, or ofdkit is not installed.
    """
    ofdkit = need_extra("ofdkit", "ofd")
    package = Package(data, limits)
    warnings: list[LedgerWarning] = []
    try:
        with ofdkit.open(data) as ofd:
            if len(ofd.pages) > limits.max_pages:
                raise ReadError(
                    f"has {len(ofd.pages):,} pages, more than the {limits.max_pages:,} allowed",
                    code="too-large",
                )
            pages = [_layout(page, package, warnings) for page in ofd.pages]
            metadata = _metadata(ofd.info)
    except ReadError:
        raise
    except Exception as error:  # the library raises whatever a damaged file makes it raise
        raise ReadError(
            f"the OFD package is damaged ({type(error).__name__}: {str(error)[:120]})",
            remedy="Open it in an OFD reader and print it to a PDF",
            code="damaged",
        ) from error
    if not any(page.lines or page.tables for page in pages):
        raise ReadError(
            "has no text: its pages are scans or pictures",
            remedy="Print it to a PDF and recognise its text (OCR)",
            code="no-text",
        )
    builder = DocumentBuilder("ofd", data)
    add_pages(builder, pages)
    document = builder.build()
    document.metadata = metadata
    document.warnings[:0] = warnings
    return document


def _layout(page: Any, package: Package, warnings: list[LedgerWarning]) -> PageLayout:
    _, _, width, height = page.box
    glyphs = [
        Glyph(
            run.text,
            run.x * _POINTS,
            (run.x + run.width) * _POINTS,
            (run.y - _ABOVE * run.size) * _POINTS,
            (run.y + _BELOW * run.size) * _POINTS,
        )
        for run in page.runs
        if run.size > 0
    ]
    strokes = _strokes(page.location, package)
    if len(strokes) > _MOST_STROKES:
        warnings.append(
            LedgerWarning(
                "ofd-drawing",
                f"page {page.index + 1}: a drawing of very many lines was not searched for tables",
            )
        )
        strokes = []
    tables = [
        t
        for boxes in enclosed_cells([*strokes, *closing_strokes(strokes)])
        if (t := ruled_table(boxes, glyphs)) is not None
    ]
    outside = [g for g in glyphs if not any(_holds(table, g) for table in tables)]
    return PageLayout(width * _POINTS, height * _POINTS, lines_of(outside), tables)


def _holds(table: RuledTable, glyph: Glyph) -> bool:
    middle = (glyph.x0 + glyph.x1) / 2
    return table.edges[0] <= middle <= table.edges[-1] and table.top <= glyph.middle <= table.bottom


def _strokes(location: str | None, package: Package) -> list[Stroke]:
    """Return the straight strokes of a page, none where its XML needs the library's repairs."""
    if location is None or location not in package:
        return []
    try:
        root = package.xml(location)
    except ReadError as error:
        if error.code == "hostile":
            raise
        return []
    return [
        stroke
        for element in root.iter()
        if local(element) == "PathObject"
        for stroke in _path(element)
    ]


def _path(element: _Element) -> Iterator[Stroke]:
    box = _floats(element.get("Boundary"))
    matrix = _floats(element.get("CTM"))
    a, b, c, d, e, f = matrix if len(matrix) == 6 else [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
    left, top = box[:2] if len(box) == 4 else (0.0, 0.0)
    data = next((child.text or "" for child in element if local(child) == "AbbreviatedData"), "")
    points = [(a * x + c * y + e + left, b * x + d * y + f + top) for x, y in _corners(data)]
    if len(points) < 2:
        return
    xs, ys = [x for x, _ in points], [y for _, y in points]
    flat, thin = max(ys) - min(ys) <= _THICK, max(xs) - min(xs) <= _THICK
    if flat and thin:
        return
    if flat or thin:
        # A stroke, or a rectangle so thin that it is one.
        yield (
            _stroke((min(xs), (min(ys) + max(ys)) / 2), (max(xs), (min(ys) + max(ys)) / 2))
            if flat
            else _stroke(((min(xs) + max(xs)) / 2, min(ys)), ((min(xs) + max(xs)) / 2, max(ys)))
        )
        return
    if (element.get("Stroke") or "true").lower() == "false":
        return  # a coloured ground
    for first, second in pairwise(points):
        if abs(first[0] - second[0]) <= 0.1 or abs(first[1] - second[1]) <= 0.1:
            yield _stroke(first, second)


def _stroke(first: tuple[float, float], second: tuple[float, float]) -> Stroke:
    (x0, y0), (x1, y1) = first, second
    horizontal = abs(y1 - y0) <= abs(x1 - x0)
    at = (y0 if horizontal else x0) * _POINTS
    ends = (x0, x1) if horizontal else (y0, y1)
    return Stroke(horizontal, at, min(ends) * _POINTS, max(ends) * _POINTS)


def _corners(data: str) -> list[tuple[float, float]]:
    """Return the corners of a path of straight lines (GB/T 33190 table 35); none of a curved one."""
    points: list[tuple[float, float]] = []
    for step, arguments in _STEP.findall(data):
        numbers = _floats(arguments)
        if step in "SML" and len(numbers) >= 2:
            points.append((numbers[0], numbers[1]))
        elif step == "C" and points:
            points.append(points[0])
        elif step in "QBA":
            return []
    return points


def _floats(text: str | None) -> list[float]:
    return [float(number) for number in _NUMBERS.findall(text or "")]


def _metadata(info: Any) -> dict[str, str]:
    wanted = ("title", "subject", "author", "abstract", "creation_date", "mod_date")
    return {name: str(getattr(info, name)) for name in wanted if getattr(info, name, None)}
