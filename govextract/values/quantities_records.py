"""The record of a target: indicator with what the sentence leaves out, change, bound, value, unit."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from govextract.records import Metric
from govextract.values.numerals import Number
from govextract.values.quantities_reading import Reading
from govextract.values.quantities_registers import lexicon

_COMPARISON_TAIL = re.compile(
    r"(?:同比|环比|年均|平均|总体|分别|均|也|都|要|应|将|各|比例|(?:比|较)(?:上年|去年|上一年|\d{4}年|“[^”]*”末?|[^,、]{0,4}末)(?:同期|底|末)?)+$"
)
_SPACE = re.compile(r"\s+")
_GENERIC = re.compile(
    r"^(?:建设目标|建设任务|目标任务|任务|目标|年度任务|总量|总任务|改造任务|工程量|建设|比例|占比|规模|面积|数量|总数|人数)?$"
)
_NOUN_TAIL = re.compile(r"(?:建设|改造|整治|治理|规划|提升|任务|项目|工程|试点|创建|编制)+$")
_PER = re.compile(r"每(?:[百千万\d]*[\u4e00-\u9fff]{1,8}?)$")


def plain(value: Number) -> Decimal:
    """Return `value` as a decimal; a fraction that is none is cut after twelve digits."""
    if isinstance(value, Fraction):
        return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("1e-12"))
    return value


def record(
    text: str, folded: str, reading: Reading, before: list[tuple[Reading, Metric]]
) -> Metric:
    """Return the record of a target.

    Parameters
    ----------
    text, folded
        The text and its folded form.
    reading
        How the clause states the target.
    before
        The targets of the same sentence before it, with their records.
    """
    quantity = reading.site.quantity
    value = plain(quantity.value)
    upper = None if quantity.value_max is None else plain(quantity.value_max)
    return Metric(
        text=text[reading.start : reading.end],
        indicator=_indicator(text, folded, reading, before),
        change=reading.change,
        comparison=quantity.comparison,
        value=value,
        value_max=upper,
        unit=quantity.unit,
        start=reading.start,
        end=reading.end,
    )


def _indicator(
    text: str, folded: str, reading: Reading, before: list[tuple[Reading, Metric]]
) -> str:
    own = _own(text, folded, reading)
    site = reading.site
    last = before[-1] if before else None
    if last and site.joint in ("、", "and") and site.previous is last[0].site:
        return _coordinated(text, folded, reading, own, *last)
    if last and reading.construction != "counted":
        if not own:
            topic = _topic(text, reading)
            return topic or last[1].indicator
        if own.startswith("占"):
            return last[1].indicator + own
        if own.startswith("与") and reading.construction == "predicate":
            return last[1].indicator + own
    if not own:
        return _topic(text, reading)
    return own


def _own(text: str, folded: str, reading: Reading) -> str:
    """Return the indicator as the span itself says it."""
    subject = _clean(text[reading.subject[0] : reading.subject[1]])
    if reading.construction == "predicate":
        per = _per(folded, reading)
        return per + _COMPARISON_TAIL.sub("", subject)
    if reading.construction == "object":
        if reading.change != "level" and reading.verb[1] > reading.verb[0]:
            subject = _clean(text[reading.verb[1] : reading.subject[1]])
        return _COMPARISON_TAIL.sub("", subject)
    noun = _clean(text[reading.noun[0] : reading.noun[1]]).removeprefix("的")
    verb = _clean(text[reading.verb[0] : reading.verb[1]])
    if reading.start < reading.verb[0]:
        return _clean(text[reading.start : reading.verb[1]]) + noun
    if reading.verb[1] > reading.verb[0]:
        return verb + noun
    return subject + noun


def _per(folded: str, reading: Reading) -> str:
    """Return 每千名老年人 from 达到每千名老年人36张: it belongs before the noun."""
    segment = folded[reading.subject[1] : reading.site.quantity.start]
    match = _PER.search(segment)
    return match[0] if match else ""


def _coordinated(
    text: str, folded: str, reading: Reading, own: str, last: Reading, metric: Metric
) -> str:
    """Return the indicator of a further member of a coordination, its verb or noun restored."""
    if reading.construction == "predicate" and not own:
        return metric.indicator
    if not own:
        return metric.indicator
    if (
        reading.construction == "object"
        and reading.verb[0] == reading.verb[1]
        and last.verb[1] > last.verb[0]
    ):
        if last.change == "level":
            return _clean(text[last.verb[0] : last.verb[1]]) + own
    if (
        reading.construction == "counted"
        and reading.verb[0] == reading.verb[1]
        and last.verb[1] > last.verb[0]
    ):
        return _clean(text[last.verb[0] : last.verb[1]]) + own
    return own


def _topic(text: str, reading: Reading) -> str:
    return _COMPARISON_TAIL.sub("", _clean(text[reading.site.left : reading.start]))


def _clean(part: str) -> str:
    return _SPACE.sub("", part).strip("、,，;；:：。 的").strip()
