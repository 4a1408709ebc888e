"""Names matched with the register: central bodies, local ones, branches of larger systems."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from govextract.values.agencies.levels import Prefix, find_place, place_stem, split_prefix
from govextract.values.agencies.lexicon import unit_grade
from govextract.values.agencies.locate import Seat, seat_of
from govextract.values.agencies.owners import owner_words
from govextract.values.agencies.register import Body
from govextract.values.agencies.resolution import Query, Resolution, of_body

_CENTRAL_FRONTS = ("国家", "中国", "中央", "全国", "国务院", "最高", "中共中央", "中华全国")
_CENTRAL_ENDS = ("部", "总局", "总署", "审计署")
_GOVERNMENT_FRONTS = ("人民政府", "政府", "党委", "委")
_BRANCH_KINDS = ("vertical", "bank", "financial_regulator", "enterprise", "military")
_GENERAL_PARKS = ("开发区", "高新区", "经开区")
"""A place's only park is often called by the kind of park alone; it is one unit, not many."""

_PARTS = ("分局", "支局", "支队", "大队", "分中心", "管理部", "派出所", "分院")
"""Endings of a body's parts: 住房公积金管理中心南川分中心."""

_WHOLES = ("局", "厅", "委员会", "委")
"""Endings of bodies whose name may stand before any part of theirs: 公安局旅游警察支队."""


def match_registered(query: Query, name: str) -> Resolution | None:
    """Return the registered body or collective that `name` means, None where it means none."""
    if unit_grade(name) == "collective" and name not in _GENERAL_PARKS:
        return Resolution(query.name, f"collective:{name}", "collective", how="collective")
    prefix = split_prefix(name, query.place)
    central = query.register.find(name, "central", query.year)
    if central is not None and _is_central(query, name, prefix):
        return of_body(query, central, Seat("central", None), "central", "register")
    found = _match_local(query, name, prefix) or _match_branch(query, name, prefix)
    if found is None and central is not None:
        return of_body(query, central, Seat("central", None), "central", "register")
    return found


def _is_central(query: Query, name: str, prefix: Prefix | None) -> bool:
    """Return whether a name that a central body bears means that body here."""
    if name.startswith(_CENTRAL_FRONTS) or name.endswith(_CENTRAL_ENDS):
        return True
    if query.level == "ministry":
        return True
    if prefix is not None and prefix.carried not in ("国家", "中央", "全国"):
        return False
    return query.level is None and ("local", name) not in query.register.names


def _match_local(query: Query, name: str, prefix: Prefix | None) -> Resolution | None:
    """Return the local body: level or place, then a registered name."""
    for seat, rest in _readings(query, name, prefix):
        found = _match_rest(query, rest, seat)
        if found is not None:
            return found
    return None


def _readings(query: Query, name: str, prefix: Prefix | None) -> Iterator[tuple[Seat, str]]:
    """Yield the ways to part `name` into its seat and the body's own name."""
    place = find_place(name)
    if place is not None:
        yield seat_of(Prefix("place", place.name, place.name, 3), None, None), "政府"
    elif prefix is not None:
        seat, rest = seat_of(prefix, query.place, query.level), name[len(prefix.text) :]
        if prefix.kind == "level" and prefix.text != prefix.carried:
            # 团市委 and 地委 hold the organ's own characters in their prefix.
            rest = "团委" if "团" in prefix.text else "委" + rest
        yield seat, rest
        below = _seat_of_stem(query, rest)
        if below is not None:
            yield below  # 上饶市婺源生态环境局
    else:
        yield seat_of(None, query.place, query.level), name
        own = _seat_of_stem(query, name)
        if own is not None:
            yield own


def _seat_of_stem(query: Query, name: str) -> tuple[Seat, str] | None:
    """Return the seat that a place name without level character tells, and what follows it."""
    stem = place_stem(name, query.place)
    if stem is None:
        return None
    known = find_place(stem)
    owner = known.name if known else query.place or stem
    seat = seat_of(Prefix("place", owner, owner, 3), query.place, query.level)
    return seat, name[len(stem) :]


def _match_rest(query: Query, rest: str, seat: Seat) -> Resolution | None:
    """Return the body that local authorities call `rest`, or whose part they call so."""
    for candidate in _spellings(rest):
        body = query.register.find(candidate, "local", query.year)
        if body is not None:
            rivals = query.register.ambiguous.get(("local", candidate), ())
            found = of_body(query, body, seat, "local", "register")
            return replace(
                found, alternatives=tuple(seat.identify(a) for a in rivals if a != body.agency)
            )
    branch = rest.endswith(_PARTS)
    for size in range(len(rest) - 2, 2, -1):
        whole = rest[:size].endswith(_WHOLES) and size + 3 <= len(rest) and rest[size] not in "（("
        if not branch and not whole:
            continue
        body = query.register.find(rest[:size], "local", query.year)
        if body is not None:
            return of_body(query, body, seat, "local", "branch")
    return None


def _spellings(rest: str) -> list[str]:
    """Return the ways the register may write `rest`: shorter, without joints, without 政府."""
    out = [rest]
    for front in _GOVERNMENT_FRONTS:
        bare = rest.removeprefix(front)
        if bare != rest and len(bare) > 1:
            out += [bare, "委" + bare] if front == "党委" else [bare]
    for name in tuple(out):
        out += [
            name.replace("委员会办公室", "委办").replace("委员会", "委"),
            name.replace("与", "和"),
            name.replace("和", "").replace("与", ""),
            name.removesuffix("机关"),
            *(name.removesuffix(end) for end in ("办公室", "管理局") if len(name) > len(end) + 3),
        ]
        if name.endswith(("办公室", "管理局")):
            out += [name[:-3] + "办" if name.endswith("办公室") else name[:-3] + "局"]
    return [item for item in dict.fromkeys(out) if len(item) > 1 or item == "委"]


def _match_branch(query: Query, name: str, prefix: Prefix | None) -> Resolution | None:
    """Return the branch of a larger system: 国家税务总局宜兴市税务局, 电信宜兴分公司."""
    system = _system_of(query, name)
    if system is not None:
        return _below(query, name[system[1] :], system[0])
    owner = None
    if name.startswith(owner_words()):
        owner = next(word for word in owner_words() if name.startswith(word))
    tail = name.removeprefix(owner) if owner else name
    while owner and (stem := place_stem(tail, query.place)):
        found = _match_local(query, tail, split_prefix(tail, query.place))
        if found is not None:
            return replace(found, name=query.name, how="branch")
        tail = tail[len(stem) :].lstrip("省市县区州")
    start = len(prefix.text) if prefix else len(place_stem(name, query.place) or "")
    return _longest_front(query, name, start) if start else None


def _system_of(query: Query, name: str) -> tuple[Body, int] | None:
    """Return the system that `name` begins with, and where its own name ends."""
    for size in range(len(name) - 1, 1, -1):
        body = query.register.find(name[:size], "central", query.year)
        if body is not None and body.kind in (*_BRANCH_KINDS, "department"):
            return body, size
        body = query.register.find(name[:size], "local", query.year)
        if body is not None and body.kind in _BRANCH_KINDS:
            return body, size
    return None


def _longest_front(query: Query, name: str, start: int) -> Resolution | None:
    """Return the system that stands after the place: 无锡海关驻宜兴办事处."""
    for size in range(len(name), start + 1, -1):
        body = query.register.find(name[start:size], "local", query.year)
        if body is not None and body.kind in _BRANCH_KINDS:
            return _below(query, name, body)
    return None


def _below(query: Query, tail: str, system: Body) -> Resolution:
    """Return the branch of `system` whose place and form `tail` tells."""
    prefix = split_prefix(tail, query.place)
    own = _match_local(query, tail, prefix)
    if own is not None and own.kind in _BRANCH_KINDS:
        return replace(own, name=query.name, how="branch")
    stem_seat = None if prefix else _seat_of_stem(query, tail)
    seat = stem_seat[0] if stem_seat else seat_of(prefix, query.place, query.level)
    return of_body(query, system, seat, "local", "branch")
