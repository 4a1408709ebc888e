"""What can be said of a body that no register lists: its fields, its kind, its own name."""

from __future__ import annotations

from govextract.values.agencies.kinds import Kind, suffix_of
from govextract.values.agencies.levels import split_prefix
from govextract.values.agencies.lexicon import unit_grade
from govextract.values.agencies.locate import Seat, seat_of
from govextract.values.agencies.owners import owner_words
from govextract.values.agencies.persons import looks_like_person
from govextract.values.agencies.register import Register
from govextract.values.agencies.resolution import Query, Resolution

_NAMED_KINDS = frozenset(
    ("town", "subdistrict", "village", "park", "university", "school", "media", "bank", "hospital")
)
"""Kinds whose name, not their field of work, tells which body they are."""

# Endings that name the same town, subdistrict or park: 宜城街道办事处 and 宜城街道.
_ORGAN_ENDS: dict[str, tuple[str, ...]] = {
    "town": ("人民政府", "政府", "党委"),
    "subdistrict": ("办事处", "党工委", "办"),
    "park": ("党工委", "管理委员会", "管委会"),
    "village": ("村民委员会", "居民委员会", "村委会", "居委会"),
}


def derive(query: Query, name: str) -> Resolution:
    """Return what the form of `name` tells; the identifier is None where it is no unit."""
    if unit_grade(name) == "none" or looks_like_person(query.name):
        return Resolution(query.name, None, None)
    prefix = split_prefix(name, query.place)
    if prefix is not None and prefix.text == name:
        prefix = None  # 开发区 alone is a name, not a level
    rest = name[len(prefix.text) :] if prefix else name
    suffix = suffix_of(name)
    if suffix is None:
        kind: Kind = "enterprise" if name.startswith(owner_words()) else "department"
        return Resolution(query.name, f"{kind}:{name}", kind, how="derived")
    if suffix.kind in ("department", "vertical"):
        agencies = fields_of(query.register, rest[: len(rest) - len(suffix.text)])
        if agencies:
            return _composed(query, agencies, seat_of(prefix, query.place, query.level))
    kind = suffix.kind
    if kind == "government":
        return Resolution(query.name, f"gov.government/{_place_of(name)}", kind, how="derived")
    if prefix is not None and (prefix.kind == "level" or kind not in _NAMED_KINDS):
        seat = seat_of(prefix, query.place, query.level)
        own = _own_name(rest, kind)
        return Resolution(
            name=query.name,
            id=seat.identify(f"{kind}:{own}"),
            kind=kind,
            level=seat.level,
            place=seat.place,
            how="derived",
        )
    return Resolution(query.name, f"{kind}:{_own_name(name, kind)}", kind, how="derived")


def _composed(query: Query, agencies: tuple[str, ...], seat: Seat) -> Resolution:
    """Return a department that joins fields the register has apart: 水利农机局."""
    labels = {body.agency: body.label for body in query.register.bodies.values()}
    return Resolution(
        name=query.name,
        id=seat.identify("+".join(agencies)),
        kind="department",
        function="、".join(labels.get(agency, agency) for agency in agencies),
        level=seat.level,
        place=seat.place,
        how="composed",
    )


def _own_name(name: str, kind: str) -> str:
    """Return a town's, subdistrict's or park's name without the organ that speaks for it."""
    for end in _ORGAN_ENDS.get(kind, ()):
        short = name.removesuffix(end)
        suffix = suffix_of(short)
        if short != name and len(short) >= 2 and suffix and suffix.kind in (kind, "place"):
            return short
    return name


def _place_of(name: str) -> str:
    for end in ("人民政府", "政府", "行政公署", "行署"):
        if name.endswith(end) and len(name) > len(end):
            return name.removesuffix(end)
    return name


def fields_of(register: Register, stem: str) -> tuple[str, ...]:
    """Return the agencies whose fields of work `stem` is composed of, none where it is not.

    Examples
    --------
    >>> from govextract.values.agencies.register import load_register
    >>> fields_of(load_register(), "水利农机")
    ('gov.water', 'gov.agricultural_machinery')
    >>> fields_of(load_register(), "陶瓷")
    ()
    """
    best: list[tuple[str, ...] | None] = [()] + [None] * len(stem)
    for end in range(1, len(stem) + 1):
        for start in range(end):
            before, piece = best[start], stem[start:end]
            agency = register.stems.get(piece)
            joint = piece in "和与、" and start > 0 and end < len(stem)
            if before is None or (agency is None and not joint):
                continue
            found = before if agency is None or agency in before else (*before, agency)
            known = best[end]
            if known is None or len(found) < len(known):
                best[end] = found
    return best[-1] or ()
