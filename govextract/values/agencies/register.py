"""The register of bodies: identifiers, names, years of validity, successions.

The data are four reviewed files (bodies, names, succession, ambiguous names), checked as a whole
when they are first read. A user's own file is read on top of them, see `load_register`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal, cast, get_args

from govextract.data import DataFileError, parse_rows, read_rows
from govextract.values.agencies.kinds import KINDS, Kind

Scope = Literal["central", "local"]
Relation = Literal["renamed", "merged", "split"]

_BODY_COLUMNS = (
    *("body", "agency", "kind", "label", "parts"),
    *("central_from", "central_to", "local_from", "local_to", "source"),
)
USER_COLUMNS = ("name", "agency", "kind", "label", "from", "to", "source")
"""Columns of a user's own file: a name without its level prefix, the agency it means, and when."""


@dataclass(frozen=True, slots=True)
class Years:
    """A span of years, both ends inclusive; None where open or not known."""

    first: int | None = None
    last: int | None = None

    def __contains__(self, year: int) -> bool:
        return (self.first is None or self.first <= year) and (
            self.last is None or year <= self.last
        )

    def overlaps(self, other: Years) -> bool:
        """Return whether a year lies in both."""
        first = max(self.first or 0, other.first or 0)
        last = min(self.last or 9999, other.last or 9999)
        return first <= last

    def distance(self, year: int) -> int:
        """Return how many years `year` lies outside, 0 inside."""
        if self.first is not None and year < self.first:
            return self.first - year
        if self.last is not None and year > self.last:
            return year - self.last
        return 0

    def __str__(self) -> str:
        return f"{self.first or '…'}–{self.last or '…'}"


@dataclass(frozen=True, slots=True)
class Body:
    """A body as it existed for a span of years.

    Attributes
    ----------
    agency
        Canonical identifier, shared by a body and those it was only renamed into.
    parts
        For a body that joins several fields: the identifiers of those.
    """

    key: str
    agency: str
    kind: Kind
    label: str
    parts: tuple[str, ...]
    central: Years
    local: Years
    source: str

    def years(self, scope: Scope) -> Years:
        """Return when the centre or local authorities had the body."""
        return self.central if scope == "central" else self.local


@dataclass(frozen=True, slots=True)
class Succession:
    """One body followed another."""

    predecessor: str
    successor: str
    year: int
    relation: Relation
    source: str


@dataclass(frozen=True, slots=True)
class Register:
    """The register as read and checked.

    Attributes
    ----------
    bodies
        By key.
    names
        By scope and name: the keys of the bodies so called.
    ambiguous
        By scope and name: the agencies it may mean in the same years, the likeliest first.
    """

    bodies: Mapping[str, Body]
    names: Mapping[tuple[Scope, str], tuple[str, ...]]
    successions: tuple[Succession, ...]
    ambiguous: Mapping[tuple[Scope, str], tuple[str, ...]]
    stems: Mapping[str, str] = field(default_factory=dict)
    _after: dict[str, list[Succession]] = field(init=False, default_factory=dict)
    _before: dict[str, list[Succession]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Find the successions by either body."""
        for succession in self.successions:
            self._after.setdefault(succession.predecessor, []).append(succession)
            self._before.setdefault(succession.successor, []).append(succession)

    def find(self, name: str, scope: Scope, year: int | None = None) -> Body | None:
        """Return the body that bears `name`, the one that existed in `year` where several do."""
        keys = self.names.get((scope, name), ())
        if not keys:
            return None
        preferred = self.ambiguous.get((scope, name), ())

        def order(key: str) -> tuple[int, int, int]:
            body = self.bodies[key]
            years = body.years(scope)
            rank = preferred.index(body.agency) if body.agency in preferred else 0
            outside = years.distance(year) if year is not None else 0
            ended = years.last is not None if year is None else False
            return outside, rank, int(ended)

        return self.bodies[min(keys, key=order)]

    def successors(self, key: str) -> list[Succession]:
        """Return what followed the body, its main successor first."""
        return list(self._after.get(key, ()))

    def predecessors(self, key: str) -> list[Succession]:
        """Return what the body followed."""
        return list(self._before.get(key, ()))

    def current(self, key: str) -> Body:
        """Return the body at the end of the chain of main successors."""
        while following := self.successors(key):
            key = following[0].successor
        return self.bodies[key]


def _year(text: str, where: str) -> int | None:
    if not text:
        return None
    if not (text.isdigit() and 1900 <= int(text) <= 2100):
        raise DataFileError(f"{where}: {text!r} is no year")
    return int(text)


def _years(first: str, last: str, where: str) -> Years:
    years = Years(_year(first, where), _year(last, where))
    if years.first and years.last and years.first > years.last:
        raise DataFileError(f"{where}: the years {years} end before they begin")
    return years


def _kind(text: str, where: str) -> Kind:
    if text not in KINDS:
        raise DataFileError(f"{where}: unknown kind {text!r}")
    return cast(Kind, text)


def _read_bodies(rows: Iterable[Mapping[str, str]], name: str) -> dict[str, Body]:
    bodies: dict[str, Body] = {}
    for row in rows:
        key = row["body"]
        where = f"{name}: {key}"
        if key in bodies:
            raise DataFileError(f"{where} stands twice")
        bodies[key] = Body(
            key=key,
            agency=row["agency"],
            kind=_kind(row["kind"], where),
            label=row["label"],
            parts=tuple(p for p in row["parts"].split(",") if p),
            central=_years(row["central_from"], row["central_to"], where),
            local=_years(row["local_from"], row["local_to"], where),
            source=row["source"],
        )
    agencies = {body.agency for body in bodies.values()}
    for body in bodies.values():
        if unknown := set(body.parts) - agencies:
            raise DataFileError(f"{name}: {body.key} joins unknown agencies {sorted(unknown)}")
    return bodies


def _read_names(
    rows: Iterable[Mapping[str, str]], bodies: Mapping[str, Body], name: str
) -> dict[tuple[Scope, str], tuple[str, ...]]:
    names: defaultdict[tuple[Scope, str], list[str]] = defaultdict(list)
    for row in rows:
        if row["body"] not in bodies:
            raise DataFileError(f"{name}: {row['name']} names the unknown body {row['body']!r}")
        if row["level"] not in get_args(Scope):
            raise DataFileError(f"{name}: {row['name']} has the unknown level {row['level']!r}")
        keys = names[cast(Scope, row["level"]), row["name"]]
        if row["body"] in keys:
            raise DataFileError(f"{name}: {row['name']} stands twice for {row['body']}")
        keys.append(row["body"])
    return {key: tuple(value) for key, value in names.items()}


def _read_successions(
    rows: Iterable[Mapping[str, str]], bodies: Mapping[str, Body], name: str
) -> tuple[Succession, ...]:
    out: list[Succession] = []
    for row in rows:
        where = f"{name}: {row['predecessor']} → {row['successor']}"
        for key in (row["predecessor"], row["successor"]):
            if key not in bodies:
                raise DataFileError(f"{where}: unknown body {key!r}")
        if row["relation"] not in get_args(Relation):
            raise DataFileError(f"{where}: unknown relation {row['relation']!r}")
        year = _year(row["year"], where)
        if year is None:
            raise DataFileError(f"{where}: the year is missing")
        for years in (bodies[row["predecessor"]].central, bodies[row["predecessor"]].local):
            if years.first is not None and years.first > year:
                raise DataFileError(f"{where}: {year} lies before the predecessor began")
        out.append(
            Succession(
                row["predecessor"],
                row["successor"],
                year,
                cast(Relation, row["relation"]),
                row["source"],
            )
        )
    _check_acyclic(out, name)
    return tuple(out)


def _check_acyclic(successions: Iterable[Succession], name: str) -> None:
    following: defaultdict[str, list[str]] = defaultdict(list)
    for succession in successions:
        following[succession.predecessor].append(succession.successor)
    done: set[str] = set()
    for start in list(following):
        path: list[tuple[str, bool]] = [(start, False)]
        open_: set[str] = set()
        while path:
            key, left = path.pop()
            if left:
                open_.discard(key)
                done.add(key)
            elif key in open_:
                raise DataFileError(f"{name}: the succession of {key} leads back to itself")
            elif key not in done:
                open_.add(key)
                path.append((key, True))
                path.extend((after, False) for after in following.get(key, ()))


def _read_ambiguous(
    rows: Iterable[Mapping[str, str]],
    names: Mapping[tuple[Scope, str], tuple[str, ...]],
    bodies: Mapping[str, Body],
    file: str,
) -> dict[tuple[Scope, str], tuple[str, ...]]:
    listed = {
        (cast(Scope, row["level"]), row["name"]): tuple(row["agencies"].split(",")) for row in rows
    }
    for key, body_keys in names.items():
        agencies = _contested(key[0], [bodies[k] for k in body_keys])
        if agencies != set(listed.get(key, ())):
            raise DataFileError(
                f"{file}: {key[1]} ({key[0]}) means {sorted(agencies)} in the same years,"
                f" the file lists {sorted(listed.get(key, ()))}"
            )
    if unknown := set(listed) - set(names):
        raise DataFileError(f"{file}: no body is called {sorted(unknown)}")
    return listed


def _contested(scope: Scope, bodies: list[Body]) -> set[str]:
    """Return the agencies that bear one name in the same years."""
    return {
        agency
        for at, one in enumerate(bodies)
        for other in bodies[at + 1 :]
        if one.agency != other.agency and one.years(scope).overlaps(other.years(scope))
        for agency in (one.agency, other.agency)
    }


_STEM_ENDS = ("委员会", "办公室", "局", "委", "厅", "办")


def _stems(
    names: Mapping[tuple[Scope, str], tuple[str, ...]], bodies: Mapping[str, Body]
) -> dict[str, str]:
    """Return the fields of work that local names begin with, and whose they are."""
    stems: dict[str, str] = {}
    for (scope, name), keys in names.items():
        end = next((e for e in _STEM_ENDS if name.endswith(e)), None)
        body = bodies[keys[-1]]
        if scope == "local" and end and body.kind in ("department", "vertical") and not body.parts:
            stem = name.removesuffix(end)
            if len(stem) >= 2:
                stems.setdefault(stem, body.agency)
    return stems


def parse_user_rows(text: str, name: str) -> list[dict[str, str]]:
    """Return the rows of a user's own register file; see `load_register`."""
    return list(parse_rows(text, name, USER_COLUMNS))


@lru_cache(maxsize=8)
def load_register(extra: tuple[str | Path, ...] = ()) -> Register:
    """Return the shipped register, with the files `extra` on top.

    Parameters
    ----------
    extra
        Paths of tab-separated files with the columns `USER_COLUMNS`. A row gives a name (without
        the level prefix) to an agency: an identifier of the register, or a new one, whose kind and
        label the row then gives. Its name wins over the register's.

    Raises
    ------
    DataFileError
        Where a file does not fit its columns, a key stands twice, a row names an unknown body,
        years end before they begin, a succession leads back to itself, or a name that several
        agencies bear in the same years is not listed as ambiguous.

    Examples
    --------
    >>> register = load_register()
    >>> register.find("环保局", "local", 2015).agency
    'gov.ecology_environment'
    >>> [s.successor for s in register.successors("state_tax")]
    ['tax']
    """
    bodies = _read_bodies(read_rows("agencies_bodies.tsv", _BODY_COLUMNS), "agencies_bodies.tsv")
    names = _read_names(
        read_rows("agencies_names.tsv", ("body", "level", "name")), bodies, "agencies_names.tsv"
    )
    successions = _read_successions(
        read_rows(
            "agencies_succession.tsv", ("predecessor", "successor", "year", "relation", "source")
        ),
        bodies,
        "agencies_succession.tsv",
    )
    ambiguous = _read_ambiguous(
        read_rows("agencies_ambiguous.tsv", ("level", "name", "agencies", "why")),
        names,
        bodies,
        "agencies_ambiguous.tsv",
    )
    for path in extra:
        _add_user_file(Path(path), bodies, names, ambiguous)
    return Register(bodies, names, successions, ambiguous, _stems(names, bodies))


def _add_user_file(
    path: Path,
    bodies: dict[str, Body],
    names: dict[tuple[Scope, str], tuple[str, ...]],
    ambiguous: dict[tuple[Scope, str], tuple[str, ...]],
) -> None:
    known = {body.agency: body for body in bodies.values()}
    taken: set[str] = set()
    for row in parse_user_rows(path.read_text(encoding="utf-8"), path.name):
        where = f"{path.name}: {row['name']}"
        if row["name"] in taken:
            raise DataFileError(f"{where} stands twice")
        taken.add(row["name"])
        model = known.get(row["agency"])
        if model is None and not (row["kind"] and row["label"]):
            raise DataFileError(f"{where}: a new agency needs kind and label")
        key = f"{path.stem}:{row['name']}"
        years = _years(row["from"], row["to"], where)
        kind = _kind(row["kind"], where) if row["kind"] or model is None else model.kind
        label = row["label"] or (model.label if model else "")
        bodies[key] = Body(key, row["agency"], kind, label, (), years, years, row["source"])
        names["local", row["name"]] = (key,)
        ambiguous.pop(("local", row["name"]), None)


def is_listed(name: str, scope: Scope = "local") -> bool:
    """Return whether the shipped register lists a local or central body called `name`.

    Examples
    --------
    >>> is_listed("农林局"), is_listed("茶业局")
    (True, False)
    """
    return (scope, name) in load_register().names
