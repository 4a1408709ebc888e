"""Records of units, targets and time limits: derived by the library, overruled by the hand."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any, get_args

from govextract.corpus.model import Document, Mark
from govextract.records import Change, Comparison, Deadline, Metric, Responsibility
from govextract.values.dates import NOT_RECOGNISED, deadline_from_span
from govextract.values.quantities import metric_from_span

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_PERIOD = re.compile(r"P(?:[1-9][0-9]*[YMWD]){1,4}")
_SPACE = re.compile(r"\s+")
_STRENGTH = {"leader": 3, "lead": 2, "responsible": 1, "assist": 0}
_CHOICES = {"change": get_args(Change), "comparison": get_args(Comparison)}


class UnreadableValueError(ValueError):
    """A value can neither be derived nor is it given rightly by hand."""


def metric_record(document: Document, mark: Mark) -> Metric:
    """Return the record of a target.

    Raises
    ------
    UnreadableValueError
        Where a field given by hand is not of its form, or no number can be read in the span and
        the hand gives none.
    """
    text = document.text[mark.start : mark.end]
    given: dict[str, Any] = dict(mark.attributes)
    for key in ("value", "value_max"):
        if key in given:
            if not _NUMBER.fullmatch(given[key]):
                raise UnreadableValueError(f"{key}={given[key]} is no number")
            given[key] = Decimal(given[key])
    for key, allowed in _CHOICES.items():
        if key in given and given[key] not in allowed:
            raise UnreadableValueError(f"{key}={given[key]} is none of {', '.join(allowed)}")
    derived = metric_from_span(document.text, mark.start, mark.end)
    if derived is None:
        # A coefficient has no unit, so the hand need not give one.
        missing = [key for key in ("indicator", "value") if key not in given]
        if missing:
            raise UnreadableValueError(
                f"no target can be read in {text!r}: give {', '.join(missing)} by hand"
            )
        derived = Metric(
            text, "", "level", "eq", Decimal(0), None, "", start=mark.start, end=mark.end
        )
    if "value" in given and "value_max" not in given:
        # The upper end that was derived belongs to another reading of the number.
        given["value_max"] = None
        if derived.comparison == "range":
            given.setdefault("comparison", "eq")
    metric = replace(derived, **given)
    if (metric.comparison == "range") != (metric.value_max is not None):
        raise UnreadableValueError(f"a range has two values, and only a range: {text!r}")
    return metric


def deadline_record(document: Document, mark: Mark) -> Deadline:
    """Return the record of a time limit.

    Raises
    ------
    UnreadableValueError
        As `metric_record`.
    """
    head = document.head
    given = dict(mark.attributes)
    derived = deadline_from_span(
        document.text, mark.start, mark.end, year=head.year, issued_on=head.issued_on
    )
    if not given:
        if derived.reason == NOT_RECOGNISED:
            raise UnreadableValueError(
                f"no time can be read in {derived.text!r}: give date or recurrence"
            )
        return derived
    date, recurrence = given.get("date"), given.get("recurrence")
    if date == "null":
        date = None
    elif date is not None and not _is_date(date):
        raise UnreadableValueError(f"date={date} is neither a date YYYY-MM-DD nor null")
    if recurrence is not None and not _PERIOD.fullmatch(recurrence):
        raise UnreadableValueError(f"recurrence={recurrence} is no period of ISO 8601")
    if date and recurrence:
        raise UnreadableValueError("a time limit that recurs has no date")
    reason = derived.reason if date is None and recurrence is None else None
    return replace(derived, date=date, recurrence=recurrence, reason=reason)


def _is_date(value: str) -> bool:
    try:
        return dt.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def responsibilities(document: Document, marks: Iterable[Mark]) -> tuple[Responsibility, ...]:
    """Return one record a unit or person, placed where its strongest role is stated."""
    found: dict[tuple[str, bool], Responsibility] = {}
    for mark in marks:
        if mark.role is None:
            continue
        surface = document.text[mark.start : mark.end]
        name = mark.get("name") or plain_name(surface)
        record = Responsibility(surface, name, None, mark.role, mark.start, mark.end)
        key = (name, mark.role == "leader")
        held = found.get(key)
        if held is None or _STRENGTH[record.role] > _STRENGTH[held.role]:
            found[key] = record
    return tuple(sorted(found.values(), key=lambda r: r.start))


def plain_name(surface: str) -> str:
    """Return a unit's name as written, without the blanks that layout put into it.

    Examples
    --------
    >>> plain_name("市 财政局")
    '市财政局'
    """
    return _SPACE.sub("", surface)
