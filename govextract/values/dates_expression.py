"""What a time expression says: typed values, shared by grammar, calendar and context."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Grain = Literal["year", "half", "quarter", "month", "day", "week", "festival", "plan", "season"]
Unit = Literal["Y", "M", "W", "D", "B"]


@dataclass(slots=True)
class Point:
    """A place in the calendar, as far as the words tell it.

    Attributes
    ----------
    grain
        The smallest unit named.
    year, year_word
        The printed year, or a key of how a word names it: an offset, ``nearest``, ``nearest+1``.
    number
        Half-year, quarter or month, 0 where none is named.
    day
        Day of the month, 31 for the month's last, 0 where none is named.
    edge
        ``end``, ``middle`` or ``start`` of a year, ``end`` of a quarter.
    name
        Festival, plan, term or season; ``rhythm`` for 次月 and 当月.
    ahead
        Months, quarters or weeks after the one in which the circular was issued.
    before
        True where the words say "before".
    dotted, spelt
        True for numeric forms (2019.12.31) and for months in Chinese numerals, which both are
        dates only in some places.
    """

    grain: Grain
    year: int | None = None
    year_word: str | None = None
    number: int = 0
    day: int = 0
    edge: str = ""
    name: str = ""
    ahead: int | None = None
    before: bool = False
    dotted: bool = False
    spelt: bool = False


@dataclass(slots=True)
class TimeExpression:
    """A time expression and what it says.

    Attributes
    ----------
    kind
        ``point`` (a day, or a period up to its last day), ``duration`` (counted from the
        circular's issue) or ``recurrence``.
    bounded
        True where a boundary word or an edge (前, 内, 底, 末) makes it a limit.
    point, first
        The last point of the expression, and the first where it is a range.
    amount, unit
        Largest number and unit of a duration; ``B`` are working days.
    anchor
        What a duration counts from: ``issue`` of the circular, another ``event``, empty where
        nothing is printed.
    coming
        True for a duration said to lie ahead (今后三年).
    period
        ISO 8601 period of a recurrence.
    """

    start: int
    end: int
    kind: Literal["point", "duration", "recurrence"]
    bounded: bool = False
    point: Point | None = None
    first: Point | None = None
    amount: float = 0
    unit: Unit = "Y"
    anchor: str = ""
    coming: bool = False
    period: str = ""
