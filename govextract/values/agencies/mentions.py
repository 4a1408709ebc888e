"""Organs mentioned in running text, outside unit lists and assignments.

An organ counts where its own name stands with its level or place (市政府督查室, 福州海关, 国务院).
Not: generic words, bodies still to be founded, persons' offices, sessions, awards and buildings
called after an organ, anything in quotation marks or 《》. What is not an organ of government, party,
congress, court, procuratorate or a mass organisation (companies, banks, towns, universities) does
not count either.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from typing import Literal

from govextract.data import DataFileError, read_rows
from govextract.ranges import merged
from govextract.values.agencies.kinds import suffix_of
from govextract.values.agencies.levels import ends_without_place, place_ending_at, place_starting_at
from govextract.values.agencies.patterns import one_of
from govextract.values.agencies.register import load_register
from govextract.values.agencies.stems import is_stem

Sort = Literal["centre", "level", "branch"]
"""What a word that may begin a mention is: a central body, a level, a local branch of one."""

_ORGAN_KINDS = frozenset(
    (
        "department",
        "party_organ",
        "government",
        "congress",
        "cppcc",
        "court",
        "procuratorate",
        "mass_organisation",
        "ad_hoc",
        "vertical",
    )
)
_LEVELS = (
    "自治区",
    "自治州",
    "自治县",
    "自治旗",
    "兵团",
    "地区",
    "地委",
    "师市",
    *"省市县区州旗盟",
)
_GOVERNMENTS = ("政府", "人民政府", "行署", "行政公署")
# A central body is recognised without level only where its ending is the centre's own.
_CENTRAL_MARK = re.compile(
    r"^(?:国|中|全国|最高|党中央|公安部|[^局委会社院办]+部$)|(?:部|总局|总署|审计署)$"
)
_AFTER_MINISTRY = "门署分队级长委件位"
_FORMED = re.compile(
    r"[\u4e00-\u9fff]{2,14}?(?:领导小组办公室|领导小组|指挥部办公室|指挥部|委员会办公室|委员会"
    r"|办公室|局|厅|委(?![员托派任])|办(?![理公法学案事好成]))"
)
_GOVERNMENT_ENDS = (*_GOVERNMENTS, "国务院")
_SURE_ENDINGS = ("领导小组", "指挥部", "委员会", "领导小组办公室", "指挥部办公室", "委员会办公室")
_NOT_IN_NAMES = re.compile(
    r"[的了对由将与及为把被在向从并或按要应请]|等(?!级)|部门|单位|政府|市委|省委|县委"
)
_FOUNDING = re.compile("成立|组建|设立|筹建")
_SESSION = re.compile(
    r"(?:第?[\d〇零一二三四五六七八九十百]+(?:届|次(?:全体|全会|会议|党组)?会?议?)|[^\n。]{0,4}届[^\n。]{0,6}次)"
)
# 国务院卫生行政部门, 市人民政府水行政主管部门: the level with a generic word.
_GENERIC_BRANCH = re.compile(
    r"[^的将应由对在会和批要各可有责为\n，。、,;；]{1,14}?"
    r"(?:主管|行政|监督管理|监管|监督|管理|执法|审批)(?:部门|机构)"
)
_OFFICE = re.compile(r"办公厅|办公室(?!主任|副主任)")
# 水利部运行管理司
_SECTION = re.compile(
    "(?:(?!会同|印发|联合|关于|所属|直属|[和与及对将向由在按从各有])[\u4e00-\u9fff]){2,10}?(?<!公)司(?![法机长令局])"
)
_BEFORE_REGION = "报由向经对在与和及送按受请以让给到，。、；：,;:（(\n \t　"
_DEPARTMENT_ENDS = "局厅委办"
_LINK = re.compile("[、和及与]|(?:牵头)?[，,]?(?:会同|商)(?=[\u4e00-\u9fff]{2})")
_QUOTES = {"》": "《", "”": "“", "’": "‘", "」": "「", "』": "『", "〉": "〈"}
_QUOTE_MARKS = re.compile('[《》“”‘’「」『』〈〉"\n]')
_BEFORE_LEVEL = "各每该本我全镇乡的辖"
_JOINT = re.compile(r"(?:或者|以及|[、和与及或/／）)])\Z")
_LEVEL_CHARACTERS = "省市县区州旗盟"
_NOT_FIRST = "省市县区州旗盟级属直内辖域中"
_CONTEXT = 8


@dataclass(frozen=True, slots=True)
class _Tables:
    trigger: re.Pattern[str]
    sorts: dict[str, Sort]
    organs: dict[str, re.Pattern[str]]  # by their first two characters
    before: tuple[str, ...]
    after: tuple[str, ...]


@cache
def _tables() -> _Tables:
    register = load_register()
    central: set[str] = set()
    organs: set[str] = set()
    verticals: set[str] = {"生态环境局"}
    for (scope, name), keys in register.names.items():
        kind = register.bodies[keys[-1]].kind
        if kind not in _ORGAN_KINDS:
            continue
        if scope == "central" and len(name) > 2 and _CENTRAL_MARK.search(name):
            central.add(name)
        elif scope == "local":
            organs.add(name)
            if kind == "vertical" and len(name) >= 2 and name[-1] in "局关站队":
                verticals.add(name)
    by_front: dict[str, list[str]] = {}
    for name in sorted(organs, key=len, reverse=True):
        by_front.setdefault(name[:2], []).append(name)
    words: dict[str, list[str]] = {"before": [], "after": []}
    for row in read_rows("agencies_mentions.tsv", ("word", "where", "why")):
        if row["where"] not in words:
            raise DataFileError(f"agencies_mentions.tsv: unknown place {row['where']!r}")
        words[row["where"]].append(row["word"])
    sorts: dict[str, Sort] = dict.fromkeys(verticals, "branch")
    sorts |= dict.fromkeys(_LEVELS, "level") | dict.fromkeys(central, "centre")
    return _Tables(
        one_of(sorts),
        sorts,
        {front: one_of(names) for front, names in by_front.items()},
        tuple(words["before"]),
        tuple(words["after"]),
    )


def find_agencies(
    text: str, start: int = 0, end: int | None = None, *, place: str | None = None
) -> list[tuple[int, int]]:
    """Return the spans of the organs that running text mentions by name.

    Parameters
    ----------
    text
        The document's text.
    start, end
        The range to search; quotation marks opened before it on the same line still count.
    place
        The document's own place, where the register of divisions may not list it.

    Returns
    -------
    list of tuple of int
        Half-open spans of `text`, sorted, without overlap.

    Examples
    --------
    >>> text = "考核结果报市政府督查室,在省政府门户网站公布,自觉接受市人大监督。"
    >>> [text[s:e] for s, e in find_agencies(text)]
    ['市政府督查室', '省政府', '市人大']
    >>> find_agencies("落实市十六届人大四次会议精神,改造市政府广场,省药品监管部门配合。")
    []
    """
    end = len(text) if end is None else min(end, len(text))
    tables = _tables()
    quoted = _quoted_ranges(text, start, end)
    spans: list[tuple[int, int]] = []
    at = start
    while (match := tables.trigger.search(text, at, end)) is not None:
        span = _span_of(text, match, tables, place, start)
        if span is None or span[1] > end:
            at = match.end() if tables.sorts[match[0]] == "centre" else match.start() + 1
            continue
        at = span[1]
        if _mentions(text, span, tables) and not _inside(quoted, span[0]):
            spans.append(span)
            if tables.sorts[match[0]] == "level":
                spans += _sharing(text, span, end, tables)
                at = spans[-1][1]
    return spans


def _sharing(text: str, span: tuple[int, int], end: int, tables: _Tables) -> list[tuple[int, int]]:
    """Return the departments that stand behind `span` and share its level: 省财政厅、发改委."""
    out: list[tuple[int, int]] = []
    at = span[1]
    while text[at - 1] in _DEPARTMENT_ENDS and at < end:
        link = _LINK.match(text, at)
        if link is None:
            break
        begin = link.end()
        organ = _organ_at(text, begin, tables)
        if (
            organ is None
            or organ > end
            or organ - begin <= 2
            or text[organ - 1] not in _DEPARTMENT_ENDS
        ):
            break
        if not _mentions(text, (begin, organ), tables):
            break
        out.append((begin, organ))
        at = organ
    return out


def _span_of(
    text: str, match: re.Match[str], tables: _Tables, place: str | None, floor: int
) -> tuple[int, int] | None:
    """Return the span of the organ that the trigger belongs to, None where it belongs to none."""
    start, stop = match.span()
    sort = tables.sorts[match[0]]
    if sort == "centre":
        return _central_span(text, start, stop, tables)
    if sort == "branch":
        stem = place_ending_at(text, start, place, stems=True)
        return None if stem is None or stem < floor else (stem, stop)
    # 地委 names its level by its first character: what follows that is the party's organ.
    organ = _organ_at(text, stop - 1 if match[0] == "地委" else stop, tables)
    if organ is None:
        return None
    if text[stop:organ] == "委" and start > floor and text[start - 1] == "团":
        league = start - 3 if text.startswith("共青团", max(0, start - 3)) else start - 1
        return max(floor, league), organ
    front = _level_start(text, start, stop, place)
    if front is None:
        branch = (
            place_ending_at(text, stop, place, stems=True)
            if tables.sorts.get(text[stop:organ]) == "branch"
            else None
        )
        return None if branch is None or branch < floor else (branch, organ)
    if text.startswith("中共", max(0, front - 2)):
        front -= 2
    return max(front, floor), organ


def _central_span(text: str, start: int, stop: int, tables: _Tables) -> tuple[int, int] | None:
    """Return the span of a central body with its local branch or its office."""
    if text[stop - 1] == "部" and text[stop : stop + 1] in tuple(_AFTER_MINISTRY):
        return None
    branch = place_starting_at(text, stop)
    if branch is not None:
        organ = _organ_at(text, branch, tables)
        return start, organ if organ is not None else stop
    if text.startswith("国务院", start) and stop - start == 3:
        organ = _organ_at(text, stop, tables)
        if organ is not None and organ - stop >= 3:
            return start, organ
    office = _OFFICE.match(text, stop) or _SECTION.match(text, stop)
    return start, office.end() if office else stop


def _organ_at(text: str, at: int, tables: _Tables) -> int | None:
    """Return where the organ's name that begins at `at`, after its level, ends."""
    found = _listed_organ(text, at, tables)
    if found is None:
        return _formed_organ(text, at)
    if text[at:found] in _GOVERNMENTS:
        further = _listed_organ(text, found, tables)
        if further is not None and further - found >= 3:
            return further
    return found


def _listed_organ(text: str, at: int, tables: _Tables) -> int | None:
    for front in (text[at : at + 2], text[at : at + 1]):
        names = tables.organs.get(front)
        name = names.match(text, at) if names else None
        if name is not None:
            if name[0] == "委" and text[at + 1 : at + 2] in ("员", "托", "派", "任", "屈"):
                return None
            return name.end()
    return None


def _formed_organ(text: str, at: int) -> int | None:
    """Return the end of an unlisted name whose form is an organ's: a known field and an ending."""
    match = _FORMED.match(text, at)
    if match is None:
        return None
    name = match[0]
    suffix = suffix_of(name)
    if suffix is None or name[0] in _NOT_FIRST or _NOT_IN_NAMES.search(name):
        return None
    if is_stem(name[: len(name) - len(suffix.text)]):
        return match.end()
    return match.end() if name.endswith(_SURE_ENDINGS) else None


def _level_start(text: str, start: int, stop: int, place: str | None) -> int | None:
    """Return where the level's name begins (福州市 at 福), None where the level is generic."""
    named = place_ending_at(text, stop, place)
    if named is not None:
        return named
    if text.startswith("自治", max(0, start - 2)) and text[start] in "区州县旗":
        return None  # 各市、自治州人民政府
    if text[start] in "州旗盟" and place_ending_at(text, stop, stems=True) is not None:
        return None
    if stop - start == 2 and start and text[start - 1] not in _BEFORE_REGION:
        return None
    before = text[start - 1 : start]
    if before and (before in _BEFORE_LEVEL or before in _LEVEL_CHARACTERS):
        return None
    if stop - start == 1 and ends_without_place(text, stop):
        return None
    return None if _is_joined(text, start) else start


def _is_joined(text: str, start: int) -> bool:
    """Return whether the level only ends a generic row of levels: 市或者区, 县(市)区."""
    joint = _JOINT.search(text, max(0, start - 3), start)
    if joint is None or joint.start() == 0:
        return False
    generic = text[joint.start() - 1] in _LEVEL_CHARACTERS
    return generic and place_ending_at(text, joint.start()) is None


def _mentions(text: str, span: tuple[int, int], tables: _Tables) -> bool:
    """Return whether the words around the name leave it a mention of the organ."""
    start, end = span
    window = text[end : end + _CONTEXT]
    if text[max(0, start - _CONTEXT) : start].endswith(tables.before):
        return False
    if window.startswith(tables.after) or _SESSION.match(window):
        return False
    if _FOUNDING.search(text, start, end):
        return False  # 县里成立创建卫生县城指挥部
    return not (text.endswith(_GOVERNMENT_ENDS, start, end) and _GENERIC_BRANCH.match(text, end))


def _quoted_ranges(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the outermost ranges in quotation marks or 《》; none goes over a line break."""
    ranges: list[tuple[int, int]] = []
    open_: list[tuple[str, int]] = []
    straight: int | None = None
    for match in _QUOTE_MARKS.finditer(text, text.rfind("\n", 0, start) + 1, end):
        mark, at = match[0], match.start()
        if mark == "\n":
            open_, straight = [], None
        elif mark == '"':
            if straight is None:
                straight = at
            else:
                ranges.append((straight, at))
                straight = None
        elif mark in _QUOTES:
            opened = next((p for m, p in reversed(open_) if m == _QUOTES[mark]), None)
            if opened is not None:
                open_ = [item for item in open_ if item[1] < opened]
                ranges.append((opened, at))
        else:
            open_.append((mark, at))
    return merged(ranges)


def _inside(ranges: list[tuple[int, int]], at: int) -> bool:
    found = bisect_right(ranges, (at, float("inf"))) - 1
    return found >= 0 and ranges[found][0] < at < ranges[found][1]
