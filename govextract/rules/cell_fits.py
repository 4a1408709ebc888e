"""How well a cell fits a column of a table, and which columns the cells of a short row stand in."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from govextract.rules.listed_units import ListedUnit
from govextract.rules.tables import DITTO, Column
from govextract.rules.unit_lists import parse_unit_list
from govextract.rules.unit_words import is_title, person_spans

Range = tuple[int, int]

NUMBER = re.compile(
    "(?:第|任务|事项|项目)?[(（]?(?:[0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})[)）]?(?:[.．、]|[号项条])?"
    "|[A-Z][0-9]{0,2}[.．、]?|[0-9]{1,4}-[0-9]{1,4}"
)
_TIME = re.compile(
    "[0-9０-９]{1,4}[.．/\\-年][0-9０-９]{1,2}|[年月季日](?:度|底|末|内|中|初|前|份)?|(?:节|[五七八十]一|国庆|中秋|春节|元旦|端午|清明|汛期?|入冬|供暖季?|采暖季?)(?:前|后|期间)|[前底末]$|长期|持续|常年|常态|即时|立即|及时"
)
_DIGIT = re.compile("[0-9０-９]")
HEADER_LENGTH = 14
TIME_LENGTH = 24
# 3月底前完成验收，12月底完成年度任务的80%: what is due by when, the time first
_LONGEST_TIME = 48
_WHEN = (
    "(?:(?:20[0-9]{2}年)?(?:[0-9]{1,2}月|[一二三四1-4]季度|[上下]半年|年[底内])|每[月季周]"
    "|(?:印发|下发|发文|交办)之日起)"
)
_OPENS_TIME = re.compile(f"{_WHEN}[^，,；;。]{{0,16}}[，,；;]{_WHEN}")
TITLE_LENGTH = 6
# a line below a table: 注：…, 附件2
REMARK = re.compile(
    r"(?:备注|附注|注|说明|填表说明)[:：]|附[件表][0-9０-９一二三四五六七八九十]{0,2}[:：]?(?=\s|$)"
)
_NEVER = -1e9
# A row is dealt out anew where that fits better than at its right end by this.
_BETTER = 1.0
_NOTHING_ABOVE = -6.0  # a cell is lacking that was merged with none


def fits_of(
    text: str, cell: Range, columns: Sequence[Column], early: frozenset[int]
) -> list[float]:
    """Return how well ``text[start:end]`` fits each column; `early` ones of contents hold titles.

    Examples
    --------
    >>> from govextract.rules.tables import column_of
    >>> columns = [column_of(name) for name in ("序号", "工作内容", "责任单位", "完成时限")]
    >>> fits = fits_of("市财政局、市水利局", (0, 9), columns, frozenset())
    >>> fits.index(max(fits))
    2
    """
    a, b = cell
    if text[a:b] in DITTO:  # what it repeats may stand anywhere but under numbers and contents
        return [-4.0 if column.use in ("number", "content") else 1.0 for column in columns]
    is_number = NUMBER.fullmatch(text, a, b) is not None
    is_time = (b - a <= TIME_LENGTH and _TIME.search(text, a, b) is not None) or (
        b - a <= _LONGEST_TIME and _OPENS_TIME.match(text, a, b) is not None
    )
    units = parse_unit_list(text, a, b)
    clean = bool(units.units) and not units.residue and units.known == len(units.units)
    listed = clean and any(u.role != "leader" for u in units.units)
    persons: bool | None = None
    has_leaders = any(column.role == "leader" for column in columns)
    out = []
    for c, column in enumerate(columns):
        if column.use == "number":
            fit = 4.0 if is_number else -8.0
        elif column.use == "unit" and column.role == "leader":
            if persons is None:
                named = parse_unit_list(text, a, b, "leader", persons_too=True)
                persons = bool(named.units) and not (named.residue or listed)
                persons = persons and all(_is_person(u) for u in named.units)
            fit = 3.0 if persons else -4.0
        elif column.use == "unit":
            partly = units.known > 0 and not units.residue and not (clean and has_leaders)
            # 新建厂房3万平方米 is no unit, though nothing says so but its figure
            partly = partly and not any(
                _DIGIT.search(u.surface) for u in units.units if not u.known
            )
            mixed = column.persons and clean
            fit = 3.0 if listed or mixed else 1.0 if partly else -4.0
        elif column.use == "deadline":
            fit = 3.0 if is_time and not listed else -4.0
        elif column.use == "content":
            text_fit = _content_fit(b - a, c in early, bool(early))
            fit = -4.0 if is_number else -5.0 if listed and early else -3.0 if listed else text_fit
        else:
            fit = -2.0 if is_number or listed else 0.2
        out.append(fit)
    return out


def _content_fit(length: int, early: bool, several: bool) -> float:
    """Return how well a text fits a column of contents: of two, the first holds short titles."""
    if not several:
        return 0.5
    ends = (0.7, 0.2) if early else (0.2, 0.7)
    if length <= TITLE_LENGTH:
        return ends[0]
    return 0.5 if length <= HEADER_LENGTH else ends[1]


def _is_person(unit: ListedUnit) -> bool:
    return unit.role == "leader" and (is_title(unit.surface) or bool(person_spans(unit.surface)))


def skip_cost(column: Column) -> float:
    """Return what it costs that a row of a table without rules lacks a column's cell."""
    if column.use == "content":
        return -6.0
    if column.use == "number":
        return -3.0
    if column.use == "unit":
        return -3.0 if column.role in ("lead", "responsible") else -1.0
    return -1.0 if column.use == "deadline" else -0.2


def places_of(
    text: str, cells: Sequence[Range], columns: Sequence[Column], merged: Collection[int]
) -> list[int]:
    """Return the columns of a short row's cells, which lacks those that are `merged` with the row above.

    Copies of a table leave merged cells out in all rows but the first. The cells keep their order;
    where nothing tells them apart they stand at the right end of the row.

    Examples
    --------
    >>> from govextract.rules.tables import column_of
    >>> columns = [column_of(name) for name in ("序号", "主题", "工作内容", "责任单位")]
    >>> places_of("2修路三十公里市交通局", [(0, 1), (1, 7), (7, 11)], columns, {0, 1, 2, 3})
    [0, 2, 3]
    """
    n, k = len(columns), len(cells)
    fits = [
        fits_of(text, cell, columns, frozenset()) if cell[0] < cell[1] else [0.0] * n
        for cell in cells
    ]
    skip = [_NOTHING_ABOVE if c not in merged else _merged_cost(columns[c]) for c in range(n)]
    # best[i]: the best value with the first i cells dealt out to the columns so far
    best = [0.0] + [_NEVER] * k
    steps: list[list[bool]] = []
    for c in range(n):
        now = [best[0] + skip[c]] + [_NEVER] * k
        takes = [False] * (k + 1)
        for i in range(1, k + 1):
            left_out, taken = best[i] + skip[c], best[i - 1] + fits[i - 1][c]
            now[i], takes[i] = (taken, True) if taken >= left_out else (left_out, False)
        steps.append(takes)
        best = now
    at_right = list(range(n - k, n))
    value = sum(fits[i][c] for i, c in enumerate(at_right)) + sum(skip[: n - k])
    if best[k] < value + _BETTER:
        return at_right
    places: list[int] = []
    i = k
    for c in range(n - 1, -1, -1):
        if steps[c][i]:
            places.append(c)
            i -= 1
    return places[::-1]


def _merged_cost(column: Column) -> float:
    """Return what it costs that a column's cell is merged with the one above."""
    if column.use in ("number", "content"):
        return -2.0
    return -0.8 if column.use in ("unit", "deadline") else -0.2
