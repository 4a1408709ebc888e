"""Grammar of Chinese time expressions: where one begins and ends, and what it says.

`parse_at` reads one expression, `scan` all of a stretch of text. Both know nothing of what the
expression is used for; whether it is a time limit is decided in `govextract.values.dates_context`,
and the last day it allows is reckoned in `govextract.values.dates_calendar`. All functions here
take text that `govextract.values.dates_lexicon.fold` has folded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from govextract.values.dates_expression import Point, TimeExpression
from govextract.values.dates_lexicon import alternation, cues, festivals, plans, words
from govextract.values.dates_periods import read_duration, read_recurrence
from govextract.values.dates_points import read_point

# Every sentence with a time expression holds one of these; most sentences hold none.
TRIGGER = re.compile(
    r"[年月季周旬节旦天日末冬冻汛前晚]|学期|星期|暑|寒|十[一二三四五六]五|20[0-9]{2}[./-]"
)
_LINK = re.compile(r" ?(?:-{1,2}|起?至|起?到) ?")
_DIGITS = re.compile(r"[0-9]+")


@cache
def _candidate() -> re.Pattern[str]:
    """Compile a pattern that matches where a time expression may begin."""
    named = (*words("term"), *words("season"), *plans(), *festivals())
    listed = (*words("year_word"), *words("year_part"), *named)
    # the first characters, so that most places are ruled out before a form is tried
    firsts = "".join(sorted({re.escape(word[0]) for word in listed}))
    return re.compile(
        rf'(?=[0-9一二两三四五六七八九十半元第头前每上下今未接此本当次月季双"{firsts}])'
        r"(?:(?<![0-9])[0-9]"
        r"|[一二两三四五六七八九十半元第头前]"
        r"(?=[〇零0-9一二三四五六七八九十个 半、至到-]{0,6}[年月季周星天日旬工学五])"
        rf"|{alternation(words('year_word'))}|{alternation(words('year_part'))}|每|[上下]半年"
        r"|今后|未来|接下来|此后|[本当下次]?月[底末初内中上下0-9]|次月|[本下当]季|季度?末|[本下]周|[两双]节"
        rf'|{alternation(named)}|"(?={alternation((*plans(), *festivals(), "两节", "双节"))}"))'
    )


@cache
def _frequency() -> re.Pattern[str]:
    """Compile a pattern for how often: 一次, 至少2次, 一通报."""
    return re.compile(
        rf"(?:至少|不少于|最少)? ?[一二两三四1-4] ?(?:次(?!性)|{alternation(cues('frequency_verb'))})"
    )


def scan(folded: str, start: int, end: int) -> Iterator[TimeExpression]:
    """Yield the time expressions of ``folded[start:end]`` from left to right, none overlapping."""
    candidate = _candidate()
    at = start
    while found := candidate.search(folded, at, end):
        expression = parse_at(folded, found.start(), end)
        if expression is None:
            run = _DIGITS.match(folded, found.start(), end)
            at = run.end() if run else found.start() + 1
        else:
            yield expression
            at = expression.end


def parse_at(folded: str, at: int, end: int) -> TimeExpression | None:
    """Return the time expression that begins at `at`, None where none does.

    Examples
    --------
    >>> parse_at("2019年6月底前完成", 0, 11).end
    9
    """
    if folded[at] in "每季":
        return read_recurrence(folded, at, end)
    expression = _points(folded, at, end) or read_duration(folded, at, end)
    return None if expression is None else _rhythm(folded, expression, end)


def _points(s: str, at: int, end: int) -> TimeExpression | None:
    """Read a point, or two with 至 or a dash between them."""
    read = read_point(s, at, end)
    if read is None:
        return None
    point, after, bounded = read
    link = _LINK.match(s, after, end)
    # "before X to Y" is no range, "the end of X to Y" is
    if link and link.end() < end and not point.before:
        second = read_point(s, link.end(), end)
        if second is not None:
            last, after_last, bounded = second
            if last.year is None and last.year_word is None and last.ahead is None:
                last = _inherit(last, point)
            return TimeExpression(at, after_last, "point", bounded, last, point)
    return TimeExpression(at, after, "point", bounded, point)


def _inherit(last: Point, first: Point) -> Point:
    """Give the year of a range's first point to its last, the next year where it wraps round."""
    if first.grain == last.grain and first.number > last.number and first.year is not None:
        return replace(last, year=first.year + 1)
    return replace(last, year=first.year, year_word=first.year_word)


def _rhythm(s: str, expression: TimeExpression, end: int) -> TimeExpression:
    """Read ``半年一次`` and ``一季度一通报`` as recurrences."""
    unit, amount, point = expression.unit, expression.amount, expression.point
    if expression.bounded or unit == "B" or amount > 10 or amount != int(amount):
        return expression
    if point is not None:
        # 一季度 and 一月 are also "one quarter" and "one month"
        months = {"quarter": 3, "month": 1}.get(point.grain)
        if months is None or point.year or point.number != 1 or s[expression.start] not in "一1":
            return expression
        unit, amount = "M", months
    if not _frequency().match(s, expression.end, end):
        return expression
    period = f"P{int(amount)}{unit}"
    return TimeExpression(expression.start, expression.end, "recurrence", period=period)
