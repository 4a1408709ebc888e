"""Quantities of a circular: mentions of numbers with units, and the targets among them.

Rules only, no model: the baseline under the trained entity recogniser, and the reader of its
spans. What counts as a target, where its span begins and ends and what its record says follows the
annotation guidelines, METRIC.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from govextract.records import Metric
from govextract.values.quantities_clauses import Clause, clauses
from govextract.values.quantities_mentions import Quantity, scan, without_unit
from govextract.values.quantities_numbers import fold
from govextract.values.quantities_parts import Reading, fitted
from govextract.values.quantities_reading import read
from govextract.values.quantities_records import Recorder
from govextract.values.quantities_sites import sites
from govextract.values.quantities_targets import is_target

__all__ = ["Quantity", "find_metrics", "find_quantities", "metric_from_span"]

_SENTENCE = re.compile(r"[^。！？!?\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
# Sentences are shorter; what is further away elides nothing.
_CONTEXT = 400
_NUMERAL = re.compile("[0-9一二两三四五六七八九十百千万亿半数几]")


def find_quantities(text: str, start: int = 0, end: int | None = None) -> list[Quantity]:
    """Return every number with a unit in ``text[start:end]``, target or not.

    Examples
    --------
    >>> [(q.text, str(q.value), q.unit, q.comparison)
    ...  for q in find_quantities("力争突破1.5亿元，下降3至5个百分点")]
    [('突破1.5亿元', '150000000', '元', 'ge'), ('3至5个百分点', '3', '百分点', 'range')]
    """
    stop = len(text) if end is None else end
    return list(scan(fold(text), start, stop, text))


def find_metrics(
    text: str, start: int = 0, end: int | None = None, *, year: int | None = None
) -> list[Metric]:
    """Return the targets in ``text[start:end]`` with their records, in order.

    Parameters
    ----------
    text
        The text as it stands; nothing is normalised but one character for one.
    start, end
        The range to look at; spans never reach out of it.
    year
        The circular's year: numbers of earlier years are results, not targets.

    Examples
    --------
    >>> [m] = find_metrics("力争高新技术产业增加值增长16%左右。")
    >>> m.text, m.indicator, m.change, m.comparison, str(m.value), m.unit
    ('高新技术产业增加值增长16%左右', '高新技术产业增加值', 'increase', 'approx', '16', '%')
    """
    stop = len(text) if end is None else end
    folded = fold(text)
    found: list[Metric] = []
    for sentence in _SENTENCE.finditer(folded, start, stop):
        if _NUMERAL.search(folded, sentence.start(), sentence.end()):
            found.extend(_targets(text, folded, *sentence.span(), year))
    return found


def _targets(text: str, folded: str, start: int, end: int, year: int | None) -> list[Metric]:
    """Return the targets of one sentence."""
    quantities = list(scan(folded, start, end, text))
    if not quantities:
        return []
    recorder = Recorder(text, folded)
    for reading, context in _readings(folded, start, end, quantities):
        if is_target(folded, start, reading, recorder.last, year):
            recorder.add(reading, context)
    return _apart(recorder.metrics())


def _apart(metrics: list[Metric]) -> list[Metric]:
    """Return the targets in order, without those that reach into an earlier or wider one."""
    kept: list[Metric] = []
    for metric in sorted(metrics, key=lambda m: (m.start, -m.end)):
        if not kept or metric.start >= kept[-1].end:
            kept.append(metric)
    return kept


def _readings(
    folded: str, start: int, end: int, quantities: list[Quantity]
) -> Iterator[tuple[Reading, tuple[int, int] | None]]:
    """Yield how each of the `quantities` of a sentence is stated, with the clause before it."""
    last_within: dict[str, Clause] = {}
    for clause in clauses(folded, start, end, quantities):
        before = last_within.get(clause.within)
        context = None
        if before is not None and not clause.after_hard_stop:
            context = before.start, before.end
        for site in sites(folded, clause) if clause.quantities else ():
            yield read(folded, site), context
        last_within[clause.within] = clause


def metric_from_span(text: str, start: int, end: int, *, year: int | None = None) -> Metric | None:
    """Return the record of the METRIC ``text[start:end]`` that a model or an annotator marked.

    Parameters
    ----------
    text
        The text; only the sentence around the span is read.
    start, end
        The span, which is kept as given.
    year
        The circular's year, as for `find_metrics`; it decides which of the numbers before the
        span are targets that it may be coordinated with.

    Returns
    -------
    Metric or None
        None where the span holds no number. A number without unit (a coefficient, 110万 of
        something) has the unit ``""``.

    Examples
    --------
    >>> text = "申报驰名商标8件、省著名商标10件。"
    >>> m = metric_from_span(text, 9, 17)
    >>> m.text, m.indicator, str(m.value), m.unit
    ('省著名商标10件', '申报省著名商标', '10', '件')
    """
    if not 0 <= start < end <= len(text):
        return None
    offset = max(0, start - _CONTEXT)
    local = text[offset : end + _CONTEXT]
    folded = fold(local)
    low, high = start - offset, end - offset
    first, last = _sentence_around(folded, low, high)
    recorder = Recorder(local, folded)
    at: int | None = None
    bare = None
    if not any(
        low <= q.number_start and q.number_end <= high for q in scan(folded, low, high, local)
    ):
        bare = without_unit(folded, low, high, local)
        if bare is None:
            return None
    quantities = list(scan(folded, first, last, local))
    if bare is not None:
        quantities = sorted([*quantities, bare], key=lambda q: q.number_start)
    for reading, context in _readings(folded, first, last, quantities):
        inside = low <= reading.site.quantity.number_start < high
        if inside and reading.site.quantity.number_end <= high:
            reading = fitted(folded, reading, low, high)
            if at is not None:
                continue
            at = recorder.count
        elif not is_target(folded, first, reading, recorder.last, year):
            continue
        recorder.add(reading, context)
    if at is None:
        return None
    metric = recorder.metrics()[at]
    metric.start, metric.end = start, end
    return metric


def _sentence_around(folded: str, low: int, high: int) -> tuple[int, int]:
    """Return the sentence that holds ``folded[low:high]``, or the sentences it runs over."""
    first, last = low, high
    for sentence in _SENTENCE.finditer(folded):
        if sentence.start() <= low < sentence.end():
            first = sentence.start()
        if sentence.start() < high <= sentence.end():
            last = sentence.end()
    return first, last
