"""Time limits and dates: text → DEADLINE spans with the last day they allow.

`find_deadlines` finds the time limits of a text, `deadline_from_span` values a span that someone
else has marked, `parse_issue_date` and `find_dates` read the complete calendar dates that a
document bears. All offsets are absolute in the text given.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from govextract.records import Deadline
from govextract.values import dates_grammar as grammar
from govextract.values.dates_calendar import Reference, Resolved, point_year, resolve
from govextract.values.dates_context import (
    LEFT_WINDOW,
    RIGHT_WINDOW,
    Setting,
    is_deadline,
    quoted_stretches,
)
from govextract.values.dates_expression import TimeExpression
from govextract.values.dates_lexicon import cues, fold
from govextract.values.dates_points import small_number, year_number

NOT_RECOGNISED = "no time expression is recognised in the span"
OPEN_END = "the span sets no end"

# How far before a span the beginning of its sentence is looked for.
_LOOK_BACK = 400
_SENTENCE_MARKS = "。!?\n\t|"
_SENTENCE = re.compile(r"[^。!?\n\t|]+")
_RHYTHM = re.compile(r"每个?月|按月|逐月|月度|月报|当月|每个?季")
_LIST_LINK = re.compile(r" ?[、和及] ?")


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """A complete date of the calendar and where it stands."""

    start: int
    end: int
    date: dt.date


def find_deadlines(
    text: str,
    start: int = 0,
    end: int | None = None,
    *,
    year: int | None = None,
    issued_on: dt.date | None = None,
) -> list[Deadline]:
    """Return the time limits in ``text[start:end]``, in order of their place.

    Parameters
    ----------
    text
        Text of a circular.
    start, end
        Range to search; the sentence around it is read for the year, spans lie inside.
    year
        The year that the circular's 年内 and 今年 refer to.
    issued_on
        The day on which the circular was issued.

    Returns
    -------
    list of Deadline
        Each with a date, a recurrence, or the reason why it has neither.

    Examples
    --------
    >>> text = "2019年底前完成改造，每季度通报一次。"
    >>> [(d.text, d.date, d.recurrence) for d in find_deadlines(text, year=2019)]
    [('2019年底前', '2019-12-31', None), ('每季度', None, 'P3M')]
    """
    stop = len(text) if end is None else min(end, len(text))
    start = max(start, 0)
    whole = fold(text)
    shift = max(0, start - _LOOK_BACK)
    begin = _sentence_start(whole, shift, start)
    found: list[Deadline] = []
    if not grammar.TRIGGER.search(whole, begin, stop):
        return found
    folded = whole[shift : stop + RIGHT_WINDOW]
    for expression, resolved in _deadlines(folded, begin - shift, stop - shift, year, issued_on):
        if expression.start + shift >= start:
            found.append(_record(text, expression, resolved, shift))
    return found


def _sentence_start(folded: str, low: int, at: int) -> int:
    """Return where the sentence around `at` begins in `folded`, not before `low`."""
    if at > low and folded[at - 1] in _SENTENCE_MARKS:
        return at
    return max(low, 1 + max(folded.rfind(mark, low, at) for mark in _SENTENCE_MARKS))


def _deadlines(
    folded: str, begin: int, stop: int, year: int | None, issued_on: dt.date | None
) -> Iterator[tuple[TimeExpression, Resolved]]:
    told = _Told(year or (issued_on.year if issued_on else None))
    for sentence in _SENTENCE.finditer(folded, begin, stop):
        first, last = sentence.span()
        if not grammar.TRIGGER.search(folded, first, last):
            continue
        expressions = list(grammar.scan(folded, first, last))
        if not expressions:
            continue
        quoted = quoted_stretches(folded, first, last)
        reference = Reference(year, issued_on)
        if _RHYTHM.search(folded, first, last):
            reference = replace(reference, recurring=True)
        if folded[first - 1 : first] != "。":
            told.new_line()
        for i, expression in enumerate(expressions):
            resolved = resolve(expression, reference)
            before, after, bounded = _list_span(folded, expressions, i)
            setting = Setting(
                text=folded[expression.start : expression.end],
                left=folded[max(0, before - LEFT_WINDOW) : before],
                right=folded[after : min(after + RIGHT_WINDOW, last + 1)],
                ends_on=resolved.date,
                year=year,
                issued_on=issued_on,
                quoted=any(a < expression.start and expression.end <= b for a, b in quoted),
                in_past=told.in_past(expression.start),
            )
            if bounded == expression.bounded:
                judged = expression
            else:
                judged = replace(expression, bounded=bounded)
            if is_deadline(judged, setting):
                yield expression, resolved
            told.hear(folded, expression)
            reference = _with_printed_year(expression, reference)


class _Told:
    """Which time a paragraph speaks of: the last year that began one of its clauses decides."""

    def __init__(self, base: int | None) -> None:
        self.base = base
        self.past_until = 0

    def new_line(self) -> None:
        """Forget what the line before spoke of."""
        self.past_until = 0

    def in_past(self, at: int) -> bool:
        """Tell whether the words at `at` speak of a year before the circular's."""
        return at < self.past_until

    def hear(self, folded: str, expression: TimeExpression) -> None:
        """Take in an expression: only one that begins its clause sets the time."""
        point = expression.point
        if point is None or (point.year is None and point.year_word in (None, "part")):
            return
        before = folded[expression.start - 1 : expression.start]
        if before and before not in ",;。:\n\t| ()":
            return
        if point.year is not None:
            past = self.base is not None and point.year < self.base
        else:
            past = point.year_word in ("-1", "-2")
        # texts that have lost their line breaks do not stay in the past for ever
        self.past_until = expression.end + _TELLING if past else 0


_TELLING = 300


def _list_span(folded: str, expressions: list[TimeExpression], i: int) -> tuple[int, int, bool]:
    """Return the ends of the list of times that holds the expression, and whether it is bounded.

    In 上半年、下半年 and 6月20日、12月20日前 the words before and after belong to each of the two.
    """
    start, end, bounded = expressions[i].start, expressions[i].end, expressions[i].bounded
    for earlier in reversed(expressions[max(0, i - 4) : i]):
        link = _LIST_LINK.fullmatch(folded, earlier.end, start)
        if link is None:
            break
        start = earlier.start
    for later in expressions[i + 1 : i + 5]:
        link = _LIST_LINK.fullmatch(folded, end, later.start)
        if link is None:
            break
        end = later.end
        bounded = bounded or (later.bounded and later.kind == expressions[i].kind)
    return start, end, bounded


def _with_printed_year(expression: TimeExpression, reference: Reference) -> Reference:
    """Return `reference` with the year that the expression prints, for what follows it.

    A year before the circular's own is no year of a time limit and is passed over.
    """
    point = expression.point
    if point is None or (point.year is None and point.year_word in (None, "part")):
        return reference
    printed = point_year(point, reference)
    if printed is None or (reference.base is not None and printed < reference.base):
        return reference
    fine = point.grain != "year"
    return replace(reference, printed_year=printed, printed_with_month=fine)


def _record(text: str, expression: TimeExpression, resolved: Resolved, shift: int) -> Deadline:
    start, end = expression.start + shift, expression.end + shift
    return Deadline(
        text=text[start:end],
        date=resolved.date.isoformat() if resolved.date else None,
        recurrence=resolved.recurrence,
        start=start,
        end=end,
        reason=resolved.reason,
    )


def deadline_from_span(
    text: str,
    start: int,
    end: int,
    *,
    year: int | None = None,
    issued_on: dt.date | None = None,
) -> Deadline:
    """Return the value of the span ``text[start:end]``, which someone else has marked.

    Parameters
    ----------
    text
        The text that holds the span; the sentence before it is read for the year.
    start, end
        The span. Where it holds several time expressions, the latest date counts, else the
        first recurrence.
    year, issued_on
        As in `find_deadlines`.

    Examples
    --------
    >>> deadline_from_span("完成时限：9月底", 5, 8, year=2020).date
    '2020-09-30'
    >>> deadline_from_span("长期坚持", 0, 4).reason
    'the span sets no end'
    """
    shift = max(0, start - _LOOK_BACK)
    folded = fold(text)[shift : end + RIGHT_WINDOW]
    span_start, span_end = start - shift, end - shift
    reference = Reference(year, issued_on)
    first = _sentence_start(folded, 0, span_start)
    if _RHYTHM.search(folded, first, span_end):
        reference = replace(reference, recurring=True)
    for expression in grammar.scan(folded, first, span_start):
        reference = _with_printed_year(expression, reference)
    best: Resolved | None = None
    for expression in _within_span(folded, span_start, span_end):
        resolved = resolve(expression, reference)
        reference = _with_printed_year(expression, reference)
        if best is None or _later(resolved, best):
            best = resolved
    if best is None:
        best = Resolved(reason=_why_not(folded[span_start:span_end]))
    return Deadline(
        text=text[start:end],
        date=best.date.isoformat() if best.date else None,
        recurrence=best.recurrence,
        start=start,
        end=end,
        reason=best.reason,
    )


def _within_span(folded: str, start: int, end: int) -> list[TimeExpression]:
    """Return the expressions inside a span, read with what follows it where that agrees.

    What follows tells 半年一次 from 半年; where it leads out of the span, the span decides.
    """
    sentence = _SENTENCE.match(folded, start)
    stop = max(end, sentence.end()) if sentence else end
    expressions = [e for e in grammar.scan(folded, start, stop) if e.end <= end]
    return expressions or list(grammar.scan(folded, start, end))


def _later(one: Resolved, other: Resolved) -> bool:
    """Tell whether `one` says more than `other`: a later date, or a value where there is none."""
    if one.date is not None:
        return other.date is None or one.date > other.date
    return one.recurrence is not None and other.date is None and other.recurrence is None


def _why_not(folded: str) -> str:
    return OPEN_END if any(word in folded for word in cues("open_end")) else NOT_RECOGNISED


_FULL_DATE = re.compile(
    r"(?<![0-9〇零一二三四五六七八九])"
    r"(?:(?P<year>(?:19|20|21)[0-9]{2}|[一二][〇零0-9一二三四五六七八九]{3}) ?年 ?"
    r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九元]) ?月 ?"
    r"(?P<day>3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九]) ?[日号]"
    r"|(?P<y>(?:19|20|21)[0-9]{2}) ?(?P<mark>[-./]) ?(?P<m>1[0-2]|0?[1-9]) ?(?P=mark) ?(?P<d>3[01]|[12][0-9]|0?[1-9])(?![0-9]))"
)
_COMPACT = re.compile(r"((?:19|20|21)[0-9]{2})(0[1-9]|1[0-2])([0-3][0-9])")


def find_dates(text: str, start: int = 0, end: int | None = None) -> list[CalendarDate]:
    """Return the complete dates (year, month and day) in ``text[start:end]``.

    A day that the calendar does not have is left out.

    Examples
    --------
    >>> [d.date.isoformat() for d in find_dates("成文日期 2015-05-04，二〇一四年一月十三日")]
    ['2015-05-04', '2014-01-13']
    """
    stop = len(text) if end is None else end
    folded = fold(text[start:stop])
    found = []
    for match in _FULL_DATE.finditer(folded):
        date = _calendar_date(
            match["year"] or match["y"], match["month"] or match["m"], match["day"] or match["d"]
        )
        if date is not None:
            found.append(CalendarDate(match.start() + start, match.end() + start, date))
    return found


def _calendar_date(year: str, month: str, day: str) -> dt.date | None:
    y, m, d = year_number(year), small_number(month), small_number(day)
    if y is None or not 1 <= m <= 12 or not 1 <= d <= calendar.monthrange(y, m)[1]:
        return None
    return dt.date(y, m, d)


def parse_issue_date(text: str) -> dt.date | None:
    """Return the first complete date in `text`, as a signature or a record line writes it.

    Examples
    --------
    >>> parse_issue_date("2015年4月24日"), parse_issue_date("2014.01.28")
    (datetime.date(2015, 4, 24), datetime.date(2014, 1, 28))
    >>> parse_issue_date("二○一四年一月十三日"), parse_issue_date("2014年2月")
    (datetime.date(2014, 1, 13), None)
    """
    dates = find_dates(text)
    if dates:
        return dates[0].date
    compact = _COMPACT.fullmatch(fold(text).strip())
    return _calendar_date(*compact.groups()) if compact else None
