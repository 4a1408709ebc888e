"""From a time expression to the last day that it allows, or to its period of recurrence."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from govextract.values.dates_expression import Point, TimeExpression
from govextract.values.dates_lexicon import festivals

NO_YEAR = "the circular's year is unknown"
NO_ISSUE_DATE = "the circular's issue date is unknown"
FROM_EVENT = "it counts from an event whose date is unknown"
NO_MONTH = "the month is not printed"
NO_CALENDAR_DAY = "no calendar fixes this time"
NO_FESTIVAL_DATE = "the festival's date in that year is not in the table"
NO_LAST_DAY = "the beginning of a year has no fixed last day"

_MAX_YEAR = 2299


@dataclass(slots=True)
class Reference:
    """What a relative time expression is reckoned from.

    Attributes
    ----------
    year
        The year that the circular's 年内 and 今年 refer to.
    issued_on
        The day on which the circular was issued.
    printed_year
        The nearest year printed before the expression in its sentence, None where there is none.
    printed_with_month
        True where that year was printed with a month, quarter or half-year, so that a following
        年底 belongs to it too.
    recurring
        True where the sentence speaks of what is done every month, so that 次月 recurs.
    """

    year: int | None = None
    issued_on: dt.date | None = None
    printed_year: int | None = None
    printed_with_month: bool = False
    recurring: bool = False

    @property
    def base(self) -> int | None:
        """The circular's year, by its date of issue where only that is known."""
        if self.year is not None:
            return self.year
        return self.issued_on.year if self.issued_on else None


@dataclass(slots=True)
class Resolved:
    """A date, a recurrence, or the reason why there is neither."""

    date: dt.date | None = None
    recurrence: str | None = None
    reason: str | None = None


def resolve(expression: TimeExpression, reference: Reference) -> Resolved:
    """Return the last day that `expression` allows, or its recurrence.

    Notes
    -----
    A plain year, quarter or month with 前 ends before it begins (2020年前 is 2019-12-31), an edge
    or a day with 前 is included (6月底前, 9月30日前). Where a quarter or month without a printed
    year would so end before the circular was issued, its own last day is meant. Durations count
    from the day of issue; working days are Mondays to Fridays.
    """
    if expression.kind == "recurrence":
        return Resolved(recurrence=expression.period)
    if expression.kind == "duration":
        return _count(expression, reference)
    point = expression.point
    if point is None:
        return Resolved(reason=NO_CALENDAR_DAY)
    if point.name == "rhythm" and reference.recurring:
        return Resolved(recurrence="P1M")
    if point.grain == "season":
        return Resolved(reason=NO_CALENDAR_DAY)
    if point.ahead is not None:
        return _relative(point, reference)
    if point.grain == "day" and not point.number:
        return _bare_day(point, reference)
    year = point_year(point, reference)
    if year is None:
        return Resolved(reason=NO_YEAR)
    if not 1900 <= year <= _MAX_YEAR:
        return Resolved(reason=NO_CALENDAR_DAY)
    if point.grain == "festival":
        return _festival(point, year, reference)
    if point.edge == "start":
        return Resolved(reason=NO_LAST_DAY)
    first, last = _bounds(point, year)
    if not point.before or not _exclusive(point):
        return Resolved(last)
    day = first - dt.timedelta(days=1)
    if point.grain != "year" and point.year is None and day < _earliest(reference):
        return Resolved(last)
    return Resolved(day)


def point_year(point: Point, reference: Reference) -> int | None:
    """Return the year in which `point` lies, None where nothing tells it."""
    base, printed = reference.base, reference.printed_year
    nearest = base if printed is None else printed
    word = point.year_word
    if point.year is not None:
        return point.year
    if word is None:
        return nearest
    if word == "part":
        return printed if printed is not None and reference.printed_with_month else base
    if word.startswith("nearest"):
        offset = int(word.removeprefix("nearest") or 0)
        return None if nearest is None else nearest + offset
    return None if base is None else base + int(word)


def _bounds(point: Point, year: int) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of a year, half-year, quarter, month or day."""
    months = {"half": 6, "quarter": 3, "month": 1, "day": 1}.get(point.grain)
    if months is None:
        end = (6, 30) if point.edge == "middle" else (12, 31)
        return dt.date(year, 1, 1), dt.date(year, *end)
    last = min(max(point.number, 1) * months, 12)
    day = _clamp(year, last, point.day or 31)
    return dt.date(year, last - months + 1, 1), day


def _clamp(year: int, month: int, day: int) -> dt.date:
    """Return a day of a month, its last day where the month is shorter."""
    return dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _exclusive(point: Point) -> bool:
    """Tell whether 前 shuts the point out: it names a whole period, not a day or an edge."""
    if point.grain == "half":
        return point.number == 2
    return point.grain in ("year", "quarter", "month") and not point.edge and not point.day


def _earliest(reference: Reference) -> dt.date:
    """Return the day before which the circular can set no limit."""
    if reference.issued_on is not None:
        return reference.issued_on
    return dt.date(reference.base or 1900, 1, 1)


def _festival(point: Point, year: int, reference: Reference) -> Resolved:
    festival = festivals()[point.name]
    day = festival.date(year)
    if day is None:
        return Resolved(reason=NO_FESTIVAL_DATE)
    if point.before:
        day -= dt.timedelta(days=1)
    # 春节前 in a circular of March is the next year's, and so is 元旦前 in any; circulars whose day
    # of issue is unknown are taken to be later than the winter's festivals
    earliest = reference.issued_on or dt.date(year, 3, 1)
    if point.year is None and point.year_word is None and day < earliest:
        following = festival.date(year + 1)
        if following is None:
            return Resolved(reason=NO_FESTIVAL_DATE)
        day = following - dt.timedelta(days=1 if point.before else 0)
    return Resolved(day)


def _relative(point: Point, reference: Reference) -> Resolved:
    """Reckon 本月底, 下月10日, 本季度, 本周五 from the date of issue."""
    issued = reference.issued_on
    if issued is None or point.ahead is None:
        return Resolved(reason=NO_ISSUE_DATE)
    if point.grain == "week":
        monday = issued - dt.timedelta(days=issued.weekday())
        return Resolved(monday + dt.timedelta(days=7 * point.ahead + point.day - 1))
    if point.grain == "quarter":
        months = ((issued.month - 1) // 3 + point.ahead) * 3 + 2
    else:
        months = issued.month - 1 + point.ahead
    return Resolved(_clamp(issued.year + months // 12, months % 12 + 1, point.day or 31))


def _bare_day(point: Point, reference: Reference) -> Resolved:
    """Reckon a day without month: the first such day from the date of issue."""
    issued = reference.issued_on
    if issued is None:
        return Resolved(reason=NO_MONTH)
    months = issued.month - 1 + (point.day < issued.day)
    return Resolved(_clamp(issued.year + months // 12, months % 12 + 1, point.day))


def _count(expression: TimeExpression, reference: Reference) -> Resolved:
    """Count a duration from the date of issue."""
    if expression.anchor == "event":
        return Resolved(reason=FROM_EVENT)
    issued = reference.issued_on
    if issued is None:
        return Resolved(reason=NO_ISSUE_DATE)
    amount = expression.amount
    if expression.unit in "YM":
        months = issued.month - 1 + int(amount * (12 if expression.unit == "Y" else 1))
        year = issued.year + months // 12
        if year > _MAX_YEAR:
            return Resolved(reason=NO_CALENDAR_DAY)
        return Resolved(_clamp(year, months % 12 + 1, issued.day))
    if expression.unit == "B":
        return Resolved(_working_day(issued, int(amount)))
    return Resolved(issued + dt.timedelta(days=int(amount * (7 if expression.unit == "W" else 1))))


def _working_day(day: dt.date, count: int) -> dt.date:
    """Return the `count`-th Monday to Friday after `day`."""
    while count > 0:
        day += dt.timedelta(days=1)
        count -= day.weekday() < 5
    return day
