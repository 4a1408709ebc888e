"""Canonical identifiers: which body a unit's name means, of what kind, where and when.

An identifier of a registered body is its agency, its level and its place as far as the document
tells: ``gov.finance@city/宜兴市``. A body that joins fields the register has apart is their sum:
``gov.water+gov.agricultural_machinery@city``. What no register lists gets its kind and its name:
``town:丁蜀镇``, ``enterprise:昌达公司@city``. It is None only for what is no unit at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from govextract.values.agencies.deriving import derive
from govextract.values.agencies.levels import innermost
from govextract.values.agencies.lexicon import without_alias
from govextract.values.agencies.locate import DocumentLevel
from govextract.values.agencies.matching import match_registered
from govextract.values.agencies.register import Register, load_register
from govextract.values.agencies.resolution import How, Query, Resolution

_LONGEST_NAME = 60
"""No unit's name is longer; what is longer is a paragraph that was taken for a name."""


def resolve(
    name: str,
    *,
    year: int | None = None,
    place: str | None = None,
    level: DocumentLevel | None = None,
    aliases: Mapping[str, str] | None = None,
    register: Register | None = None,
) -> Resolution:
    """Return which body `name` means.

    Parameters
    ----------
    name
        The unit's full name (see `restore`).
    year
        The year of the document: it chooses between bodies of one name and says which are valid.
    place
        The document's own place (``宜兴市``).
    level
        The document's level; it decides what a name without level means.
    aliases
        Short names that the document defines itself (see `defined_aliases`), with their full names.
    register
        The register to use, by default the shipped one.

    Examples
    --------
    >>> resolve("市发改委").id, resolve("市发展和改革委员会", place="宜兴市").id
    ('gov.development_reform@city', 'gov.development_reform@city/宜兴市')
    >>> old = resolve("市国税局", year=2019)
    >>> old.valid, old.successors
    (False, ('gov.tax@city',))
    >>> resolve("丁蜀镇").id, resolve("各有关部门").kind, resolve("此件公开发布").id
    ('town:丁蜀镇', 'collective', None)
    """
    register = register or load_register()
    clean = "".join(name.split())
    if len(clean) > _LONGEST_NAME:
        return Resolution(clean, None, None)
    if aliases and aliases.get(clean, clean) != clean:
        target = resolve(aliases[clean], year=year, place=place, level=level, register=register)
        return replace(target, name=clean, how="document")
    query = Query(clean, year, innermost(place) if place else None, level, register)
    found = match_registered(query, clean)
    bare = without_alias(clean)
    if bare != clean and (found is None or found.how != "register"):
        found = match_registered(query, bare) or found
    if found is not None:
        return found
    return derive(query, bare)


def place_and_level(issuer: str | None) -> tuple[str | None, DocumentLevel | None]:
    """Return the place and the level of the document that `issuer` issued.

    Examples
    --------
    >>> place_and_level("宜兴市人民政府"), place_and_level("国务院办公厅"), place_and_level(None)
    (('宜兴市', 'city'), (None, 'ministry'), (None, None))
    """
    if not issuer:
        return None, None
    found = resolve(issuer.split()[0])
    if found.level == "central":
        return None, "ministry"
    if found.place is None or found.level not in ("province", "city", "county"):
        return None, None
    return found.place, found.level


@dataclass(frozen=True, slots=True)
class Explanation:
    """What was found for a name, and why, in words and as data."""

    resolution: Resolution
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """Return the explanation as lines of text."""
        return "\n".join(self.lines)

    def to_dict(self) -> dict[str, Any]:
        """Return the resolution and the lines as JSON-ready data."""
        data = {
            k: list(v) if isinstance(v, tuple) else v for k, v in asdict(self.resolution).items()
        }
        return data | {"explanation": list(self.lines)}


_WHY: dict[How, str] = {
    "register": "the register lists this name",
    "document": "the document defines this short name",
    "branch": "the name is that of a part or local branch of a registered body",
    "composed": "no register lists the name; it joins fields of work that the register has",
    "derived": "no register lists the name; kind and level are read off its form",
    "collective": "the name stands for several units; it is flagged and not expanded",
    "none": "the name does not read as a unit",
}


def explain(
    name: str,
    year: int | None = None,
    *,
    place: str | None = None,
    level: DocumentLevel | None = None,
    register: Register | None = None,
) -> Explanation:
    """Return what is known of `name` and why, for a reader.

    Examples
    --------
    >>> print(explain("市农林局", 2015).text)
    市农林局 → gov.agriculture_forestry@city
    kind: department (农林); level: city
    why: the register lists this name
    years: …–2019; it existed in 2015
    source: 中发〔1999〕2号（地方政府机构改革，县级合并设置）
    joins: gov.agriculture, gov.forestry
    followed by gov.agriculture@city in 2018 (split): 深化党和国家机构改革方案（2018-03-21）
    followed by gov.natural_resources@city in 2018 (split): 深化党和国家机构改革方案（2018-03-21）
    """
    register = register or load_register()
    found = resolve(name, year=year, place=place, level=level, register=register)
    lines = [f"{found.name} → {found.id or 'no identifier'}"]
    if found.kind is not None:
        field = f" ({found.function})" if found.function else ""
        where = f"; level: {found.level}" if found.level else ""
        at = f"; place: {found.place}" if found.place else ""
        lines.append(f"kind: {found.kind}{field}{where}{at}")
    lines.append(f"why: {_WHY[found.how]}")
    if found.body is not None:
        lines += _history(found, year, register)
    if found.alternatives:
        lines.append(f"may also mean: {', '.join(found.alternatives)}")
    return Explanation(found, tuple(lines))


def _history(found: Resolution, year: int | None, register: Register) -> list[str]:
    assert found.body is not None  # the caller looked
    body = register.bodies[found.body]
    existed = (
        "" if year is None else f"; it {'existed' if found.valid else 'did not exist'} in {year}"
    )
    lines = [f"years: {found.years}{existed}", f"source: {body.source}"]
    if body.parts:
        lines.append(f"joins: {', '.join(body.parts)}")
    seat = found.id.removeprefix(body.agency) if found.id else ""
    for succession in register.predecessors(body.key):
        before = register.bodies[succession.predecessor]
        lines.append(
            f"follows {before.agency}{seat} ({before.label}) since {succession.year}"
            f" ({succession.relation}): {succession.source}"
        )
    for succession in register.successors(body.key):
        after = register.bodies[succession.successor]
        lines.append(
            f"followed by {after.agency}{seat} in {succession.year}"
            f" ({succession.relation}): {succession.source}"
        )
    return lines
