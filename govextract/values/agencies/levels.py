"""The front of a unit's name: its level (市, 省, 自治区) or its place (宜兴市)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from govextract.data import DataFileError, read_rows
from govextract.values.agencies.kinds import suffix_of
from govextract.values.agencies.patterns import one_of
from govextract.values.agencies.stems import is_stem

PLACE_ENDS = ("自治区", "自治州", "自治县", "自治旗", "省", "市", "县", "区", "州", "旗", "盟")
_RANK_OF_END = {
    "自治区": 2,
    "省": 2,
    "自治州": 3,
    "州": 3,
    "市": 3,
    "盟": 3,
    "地区": 3,
    "师": 3,
    "师市": 3,
}
_FORBIDDEN = frozenset("各全本我该")
# 第十三师发展改革委: a division of the Xinjiang corps is a place of its own
_DIVISION = re.compile("第[一二三四五六七八九十]{1,3}师(?:市)?(?![范资生傅附])(?=[\u4e00-\u9fff])")
_SHORT_LEVELS = ("师", "旗", "盟", "州", "地区")
_WORDLIKE_LEVELS = ("旗", "盟", "州", "地区", "镇", "乡")


@dataclass(frozen=True, slots=True)
class Prefix:
    """The level or place at the front of a name.

    Attributes
    ----------
    text
        The characters of the name that make the prefix up.
    carried
        What a following unit of the list inherits (市 for 市委政法委).
    rank
        Height of the level: 1 centre, 2 province, 3 city, 4 county, 5 below.
    """

    kind: Literal["level", "place"]
    text: str
    carried: str
    rank: int


@dataclass(frozen=True, slots=True)
class _Fronts:
    levels: dict[str, Prefix]
    words: tuple[str, ...]
    no_places: tuple[str, ...]
    organs: tuple[str, ...]


@cache
def _fronts() -> _Fronts:
    levels: dict[str, Prefix] = {}
    lists: dict[str, list[str]] = {"word": [], "noplace": [], "organ": []}
    for row in read_rows("agencies_prefixes.tsv", ("prefix", "class", "carried", "rank")):
        text, class_ = row["prefix"], row["class"]
        if class_ in ("level", "carries"):
            levels[text] = Prefix("level", text, row["carried"], int(row["rank"]))
        elif class_ in lists:
            lists[class_].append(text)
        else:
            raise DataFileError(f"agencies_prefixes.tsv: {text} has the unknown class {class_!r}")
    return _Fronts(levels, *(tuple(lists[c]) for c in ("word", "noplace", "organ")))


@dataclass(frozen=True, slots=True)
class Place:
    """An administrative division."""

    code: str
    name: str
    level: Literal["province", "prefecture", "county"]
    stem: str


@cache
def _places() -> tuple[dict[str, Place], dict[str, Place]]:
    names: dict[str, Place] = {}
    stems: dict[str, Place] = {}
    for row in read_rows("agencies_places.tsv", ("code", "name", "level", "stem")):
        stem = "" if row["stem"] == "-" else row["stem"]
        place = Place(row["code"], row["name"], row["level"], stem)  # type: ignore[arg-type]
        names.setdefault(place.name, place)
        if stem:
            stems.setdefault(stem, place)
    by_code = {place.code: place for place in names.values()}
    for row in read_rows("agencies_place_short.tsv", ("name", "code", "source")):
        if row["code"] not in by_code:
            raise DataFileError(
                f"agencies_place_short.tsv: no division has the code {row['code']!r}"
            )
        for known in (names, stems):
            known.setdefault(row["name"], by_code[row["code"]])
    return names, stems


class _Edges(NamedTuple):
    by_start: dict[str, tuple[int, ...]]
    by_end: dict[str, tuple[int, ...]]


@cache
def _edges() -> _Edges:
    """Return the lengths of the names, longest first, by their first and last two characters."""
    starts: dict[str, set[int]] = {}
    ends: dict[str, set[int]] = {}
    names, stems = _places()
    for name in (*names, *stems):
        starts.setdefault(name[:2], set()).add(len(name))
        ends.setdefault(name[-2:], set()).add(len(name))
    return _Edges(
        *(
            {edge: tuple(sorted(sizes, reverse=True)) for edge, sizes in found.items()}
            for found in (starts, ends)
        )
    )


def place_stem(surface: str, place: str | None = None) -> str | None:
    """Return the place name without level character that `surface` begins with.

    `place` is the document's own place, known or not to the register of divisions.

    Examples
    --------
    >>> place_stem("宜兴海关"), place_stem("公安局")
    ('宜兴', None)
    """
    if place:
        own = place.rstrip("省市县区州旗盟")
        if len(own) >= 2 and surface.startswith(own) and len(surface) > len(own):
            return own
    _, stems = _places()
    for size in _edges().by_start.get(surface[:2], ()):
        if size < len(surface) and surface[:size] in stems:
            return surface[:size]
    return None


def find_place(name: str) -> Place | None:
    """Return the division called `name`, in full or by its stem, None where unknown."""
    names, stems = _places()
    return names.get(name) or stems.get(name)


# the same names stand in list after list
@lru_cache(maxsize=32768)
def split_prefix(surface: str, place: str | None = None) -> Prefix | None:
    """Return the level or place that `surface` begins with, None where it begins with none.

    Examples
    --------
    >>> split_prefix("市委政法委").carried, split_prefix("福州市财政局").text
    ('市', '福州市')
    >>> split_prefix("市场监管局") is None, split_prefix("市市场监管局").text
    (True, '市')
    """
    body = surface.removeprefix("中共")
    lead = len(surface) - len(body)
    named = _named_place(body, place) or _unknown_place(body)
    if named is not None:
        return Prefix("place", surface[:lead] + named, named, _rank(named))
    fronts = _fronts()
    if surface.startswith(fronts.words):
        return None
    for size in range(min(6, len(surface)), 0, -1):
        found = fronts.levels.get(surface[:size])
        if found is None:
            continue
        if size == len(surface) or _level_fits(surface, found):
            return found
    return None


def _level_fits(surface: str, prefix: Prefix) -> bool:
    """Return whether what follows the level is a unit's name.

    Short levels begin other words too (师德, 州河), and 新区 may be a word of the name, so they
    need a unit's ending, a field of work or an organ after them.
    """
    rest = surface[len(prefix.text) :]
    if prefix.text not in _SHORT_LEVELS and prefix.rank != 5:
        return True
    suffix = suffix_of(rest)
    unit_like = suffix is not None and (suffix.strong or suffix.takes_prefix)
    if prefix.text in _WORDLIKE_LEVELS and unit_like:
        return True
    return rest.startswith(_fronts().organs) or is_stem(_without_suffix(rest))


def _without_suffix(name: str) -> str:
    suffix = suffix_of(name)
    return name[: len(name) - len(suffix.text)] if suffix else name


def _rank(place: str) -> int:
    known = _places()[0].get(place)
    if known is not None:
        return {"province": 2, "prefecture": 3, "county": 4}[known.level]
    return next((r for end, r in _RANK_OF_END.items() if place.endswith(end)), 4)


def _named_place(surface: str, place: str | None) -> str | None:
    if place and surface.startswith(place) and place.endswith(PLACE_ENDS):
        return place
    if surface.startswith(_fronts().words):
        return None
    division = _DIVISION.match(surface)
    if division is not None:
        return division[0]
    end = place_starting_at(surface, 0)
    while end is not None and (further := place_starting_at(surface, end)) is not None:
        end = further  # 无锡市锡山区
    return None if end is None else surface[:end]


@cache
def _verbs() -> tuple[str, ...]:
    """Return the words that begin remarks, not names: 成立市… is no place 成立市."""
    rows = read_rows("agencies_nonunits.tsv", ("word", "where"))
    return tuple(row["word"] for row in rows if row["where"] == "start" and len(row["word"]) > 1)


def _unknown_place(surface: str) -> str | None:
    """Return a front like 某州县 that reads as a place though no register lists it."""
    if surface.startswith(_verbs()):
        return None
    for at in _place_ends(surface):
        front, rest = surface[:at], surface[at:]
        if front.endswith(_fronts().no_places) or not rest or front[0] in _FORBIDDEN:
            continue
        if "的" in front:
            continue  # 为成员的福建省…
        if begins_with_level(front) or is_stem(front[:-1]) or is_stem(front[:2]):
            continue
        stem = place_stem(front)
        if stem is not None and len(front) > len(stem) + 1:
            continue  # 三亚崖州湾…: a real subdivision would print 三亚市崖州区
        suffix = suffix_of(rest)
        if suffix is not None and (suffix.strong or rest in ("委", "政府")):
            return front
    return None


def begins_with_level(front: str) -> bool:
    """Return whether `front` begins with a bare level word (市北区 would be read 市 + 北区)."""
    return front[:1] in "市省县区" or front.startswith(
        ("国家", "中央", "全国", "中国", "自治", "兵团", "师市", "地区", "行署")
    )


def _place_ends(surface: str) -> Iterator[int]:
    for at in range(2, min(8, len(surface) - 1)):
        if surface[at] in "市县区州旗省盟":
            yield at + 1


@cache
def _stem_pattern() -> re.Pattern[str]:
    return one_of(_places()[1])


def holds_place(name: str) -> bool:
    """Return whether `name` holds the name of a division (电信黔南分公司)."""
    return _stem_pattern().search(name) is not None


def place_ending_at(
    text: str, end: int, place: str | None = None, *, stems: bool = False
) -> int | None:
    """Return where the longest division name that ends at `end` begins, None where none does.

    With `stems` also names without level character count (福州 in 福州海关).
    """
    names, known_stems = _places()
    for size in _edges().by_end.get(text[max(0, end - 2) : end], ()):
        if size > end:
            continue
        name = text[end - size : end]
        if name in names or (stems and name in known_stems):
            return end - size
    for own in (place, place.rstrip("省市县区州旗盟") if place and stems else None):
        if own and len(own) >= 2 and text.endswith(own, 0, end):
            return end - len(own)
    return None


def place_starting_at(text: str, start: int) -> int | None:
    """Return where the longest division name that begins at `start` ends, None where none does."""
    names, _ = _places()
    for size in _edges().by_start.get(text[start : start + 2], ()):
        if start + size <= len(text) and text[start : start + size] in names:
            return start + size
    return None


def ends_without_place(text: str, end: int) -> bool:
    """Return whether the word before `end` ends in a level character and is no place (城市)."""
    return text[max(0, end - 4) : end].endswith(_fronts().no_places)


@cache
def _by_code() -> dict[str, Place]:
    return {place.code: place for place in _places()[0].values()}


def innermost(place: str) -> str:
    """Return the last division of a name that prints several.

    Examples
    --------
    >>> innermost("无锡市锡山区"), innermost("锡山区")
    ('锡山区', '锡山区')
    """
    end = place_starting_at(place, 0)
    while end is not None and place_starting_at(place, end) is not None:
        place = place[end:]
        end = place_starting_at(place, 0)
    return place


def province_of(name: str) -> Place | None:
    """Return the province that the division `name` lies in, None where the division is unknown."""
    place = find_place(name)
    return _by_code().get(place.code[:2]) if place else None


def prefecture_of(name: str) -> Place | None:
    """Return the prefecture that the county `name` lies in, None where there is none."""
    place = find_place(name)
    return _by_code().get(place.code[:4]) if place and place.level == "county" else None
