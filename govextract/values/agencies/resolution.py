"""What is known of the body that a name means: the record, and how the register fills it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from govextract.values.agencies.kinds import Kind
from govextract.values.agencies.locate import DocumentLevel, Level, Seat
from govextract.values.agencies.register import Body, Register, Scope

How = Literal["register", "document", "branch", "composed", "derived", "collective", "none"]


@dataclass(frozen=True, slots=True)
class Resolution:
    """What is known of the body that a name means.

    Attributes
    ----------
    name
        The name that was asked for, without blanks.
    id
        Canonical identifier, None where the name is no unit's.
    kind, function, level, place
        What kind of body, its field of work, its level and its place, as far as they are told.
    how
        ``register``; ``document``: a short name the document defines; ``branch``: a local branch of
        a larger system; ``composed`` of registered fields; ``derived`` from the name's form;
        ``collective``: many units, flagged and not expanded; ``none``.
    body
        The register's body, None where it is none of one.
    years
        When that body existed, as printed (``1998–2018``).
    valid
        Whether it existed in the year asked for; None where no year or no body is known.
    successors, predecessors
        Identifiers of the bodies that followed it and that it followed.
    current
        Identifier of the body that does its work now.
    alternatives
        Identifiers that the name may mean as well.
    """

    name: str
    id: str | None
    kind: Kind | None
    function: str | None = None
    level: Level | None = None
    place: str | None = None
    how: How = "none"
    body: str | None = None
    years: str | None = None
    valid: bool | None = None
    successors: tuple[str, ...] = ()
    predecessors: tuple[str, ...] = ()
    current: str | None = None
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: the name, and what the document tells of it."""

    name: str
    year: int | None
    place: str | None
    level: DocumentLevel | None
    register: Register


def of_body(query: Query, body: Body, seat: Seat, scope: Scope, how: How) -> Resolution:
    """Return what the register tells of `body` at `seat`."""
    register = query.register
    years = body.years(scope)
    return Resolution(
        name=query.name,
        id=seat.identify(body.agency),
        kind=body.kind,
        function=body.label,
        level=seat.level,
        place=seat.place,
        how=how,
        body=body.key,
        years=str(years),
        valid=None if query.year is None else query.year in years,
        successors=_identify(register, seat, [s.successor for s in register.successors(body.key)]),
        predecessors=_identify(
            register, seat, [s.predecessor for s in register.predecessors(body.key)]
        ),
        current=seat.identify(register.current(body.key).agency),
    )


def _identify(register: Register, seat: Seat, keys: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(seat.identify(register.bodies[key].agency) for key in keys))
