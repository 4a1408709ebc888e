"""Quantities of a circular: mentions of numbers with units, and the targets among them.

Rules only, no model: the baseline under the trained entity recogniser, and the reader of its
spans. What counts as a target, where its span begins and ends and what its record says follows the
annotation guidelines, METRIC.
"""

from __future__ import annotations

import re
from govextract.records import Metric
from govextract.values.quantities_clauses import Clause, clauses
from govextract.values.quantities_mentions import Quantity, fold, scan
from govextract.values.quantities_reading import read
from govextract.values.quantities_records import Recorder
from govextract.values.quantities_sites import sites
from govextract.values.quantities_targets import is_target

__all__ = ["Quantity", "find_metrics", "find_quantities", "metric_from_span"]

_SENTENCE = re.compile(r"[^。！？!?\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
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
    before: Clause | None = None
    for clause in clauses(folded, start, end, quantities):
        context = None
        if before is not None and not clause.after_hard_stop and before.within == clause.within:
            context = before.start, before.end
        for site in sites(folded, clause) if clause.quantities else ():
            reading = read(folded, site)
            if is_target(folded, start, reading, recorder.last, year):
                recorder.add(reading, context)
        before = clause
    return recorder.metrics()


def metric_from_span(text: str, start: int, end: int) -> Metric | None:
    """Return the record of the METRIC ``text[start:end]`` that someone else marked."""
    raise NotImplementedError
