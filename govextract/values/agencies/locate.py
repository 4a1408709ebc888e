"""Level and place of a body, as far as its name and the document tell them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from govextract.values.agencies.levels import (
    Prefix,
    find_place,
    innermost,
    prefecture_of,
    province_of,
)

Level = Literal["central", "province", "city", "county", "park"]
DocumentLevel = Literal["ministry", "province", "city", "county"]

_LEVEL_OF_PREFIX: dict[str, Level] = {
    "国家": "central",
    "中央": "central",
    "全国": "central",
    "省": "province",
    "自治区": "province",
    "兵团": "province",
    "市": "city",
    "州": "city",
    "自治州": "city",
    "地区": "city",
    "盟": "city",
    "师": "city",
    "师市": "city",
    "县": "county",
    "区": "county",
    "旗": "county",
    "自治县": "county",
    "自治旗": "county",
}
_LEVEL_OF_DOCUMENT: dict[DocumentLevel, Level] = {
    "ministry": "central",
    "province": "province",
    "city": "city",
    "county": "county",
}
_MUNICIPALITIES = ("北京市", "天津市", "上海市", "重庆市")


@dataclass(frozen=True, slots=True)
class Seat:
    """A body's level and the full name of its place, None where not told."""

    level: Level | None
    place: str | None

    def identify(self, agency: str) -> str:
        """Return `agency` with level and place: ``gov.finance@city/宜兴市``."""
        at = f"@{self.level}" if self.level else ""
        return f"{agency}{at}/{self.place}" if self.place else f"{agency}{at}"


def level_of_place(place: str) -> Level:
    """Return the level that a division's name tells: by its last character, a municipality's apart.

    Examples
    --------
    >>> level_of_place("宜兴市"), level_of_place("北京市"), level_of_place("恩施土家族苗族自治州")
    ('city', 'province', 'city')
    """
    known = find_place(place)
    if place in _MUNICIPALITIES or (known is not None and known.level == "province"):
        return "province"
    if place.endswith(("自治县", "自治旗", "县", "区", "旗")) and not place.endswith("地区"):
        return "county"
    return "city"


def seat_of(prefix: Prefix | None, place: str | None, level: DocumentLevel | None) -> Seat:
    """Return the seat of a body whose name begins with `prefix`, in a document of `place`.

    Examples
    --------
    >>> from govextract.values.agencies.levels import split_prefix
    >>> seat_of(split_prefix("市财政局"), "宜兴市", "city")
    Seat(level='city', place='宜兴市')
    >>> seat_of(split_prefix("省财政厅"), "宜兴市", "city")
    Seat(level='province', place='江苏省')
    >>> seat_of(split_prefix("福州市财政局"), None, None)
    Seat(level='city', place='福州市')
    """
    if prefix is None:
        told = _LEVEL_OF_DOCUMENT.get(level) if level else None
        if told is None and place is not None:
            told = level_of_place(place)
        return Seat(told, place if place and told == level_of_place(place) else None)
    if prefix.kind == "place":
        own = innermost(prefix.carried)
        return Seat(level_of_place(own), own)
    if prefix.rank == 5:
        return Seat("park", None)
    told = _LEVEL_OF_PREFIX.get(prefix.carried)
    if place is None or told is None or told == "central":
        return Seat(told, None)
    return _seat_in(prefix.carried, told, place)


def _seat_in(word: str, told: Level, place: str) -> Seat:
    """Return the seat of 市 or 省 in a document of `place`: the place itself or what it lies in."""
    if place.endswith(word):
        return Seat(level_of_place(place), place)
    if told == "province":
        province = province_of(place)
        return Seat(told, province.name if province else None)
    prefecture = prefecture_of(place)
    if told == "city" and prefecture is not None:
        return Seat(told, prefecture.name)
    return Seat(told, None)
