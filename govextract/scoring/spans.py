"""Spans against spans, by the four schemes of SemEval-2013 task 9 (Segura-Bedmar et al. 2013).

`strict` wants place and label, `exact` the place, `partial` gives half for any overlap, `type`
wants overlap and label. Ends are exclusive. Strict and exact are multiset intersections, partial
and type optimal one-to-one pairings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from govextract.records import LABELS
from govextract.scoring.assignment import Range, pair_ranges
from govextract.scoring.counts import Counts

SCHEMES = ("strict", "exact", "partial", "type")
OVERLAP_CREDIT = 0.5  # of MUC-5 (Chinchor and Sundheim 1993), which SemEval took over


@dataclass(frozen=True, slots=True, order=True)
class LabelledSpan:
    """A half-open range with its label."""

    start: int
    end: int
    label: str


def multiset(gold: Iterable[Hashable], predicted: Iterable[Hashable]) -> Counts:
    """Return the counts of the multiset intersection.

    Examples
    --------
    >>> multiset("aab", "abb")
    Counts(correct=2, gold=3, predicted=3)
    """
    wanted, given = Counter(gold), Counter(predicted)
    return Counts(sum((wanted & given).values()), sum(wanted.values()), sum(given.values()))


def score_spans(
    gold: Sequence[LabelledSpan], predicted: Sequence[LabelledSpan]
) -> dict[str, Counts]:
    """Return the counts of each of `SCHEMES`, over all labels together.

    Examples
    --------
    >>> gold = [LabelledSpan(0, 4, "AGENCY"), LabelledSpan(6, 9, "DEADLINE")]
    >>> found = [LabelledSpan(0, 3, "AGENCY"), LabelledSpan(6, 9, "METRIC")]
    >>> {name: counts.correct for name, counts in score_spans(gold, found).items()}
    {'strict': 0, 'exact': 1, 'partial': 1.5, 'type': 1}
    """
    return {
        "strict": multiset(gold, predicted),
        "exact": multiset(map(_place, gold), map(_place, predicted)),
        "partial": _partial(gold, predicted),
        "type": _type(gold, predicted),
    }


def score_labels(
    gold: Sequence[LabelledSpan], predicted: Sequence[LabelledSpan]
) -> dict[str, dict[str, Counts]]:
    """Return the counts of each scheme for each label by itself.

    Within one label, exact is strict and type is any overlap.
    """
    return {
        label: score_spans(
            [s for s in gold if s.label == label], [s for s in predicted if s.label == label]
        )
        for label in LABELS
    }


def _place(span: LabelledSpan) -> Range:
    return span.start, span.end


def _without_shared(
    gold: Iterable[Hashable], predicted: Iterable[Hashable]
) -> tuple[Counter[Hashable], Counter[Hashable]]:
    wanted, given = Counter(gold), Counter(predicted)
    return wanted - given, given - wanted


def _partial(gold: Sequence[LabelledSpan], predicted: Sequence[LabelledSpan]) -> Counts:
    # Equal ranges are paired first: a pair of equals earns 1, as much as the two halves that it
    # could at most cost, so no pairing without it is better.
    exact = multiset(map(_place, gold), map(_place, predicted))
    wanted, given = _without_shared(map(_place, gold), map(_place, predicted))
    left, right = _ranges(wanted), _ranges(given)
    pairs = pair_ranges(left, right, lambda i, j: 1.0)
    return Counts(exact.correct + OVERLAP_CREDIT * len(pairs), exact.gold, exact.predicted)


def _type(gold: Sequence[LabelledSpan], predicted: Sequence[LabelledSpan]) -> Counts:
    # Equal spans overlap the same others: pairing them first takes nothing from anybody.
    strict = multiset(gold, predicted)
    correct = strict.correct
    for label in {s.label for s in gold}:
        wanted, given = _without_shared(
            (_place(s) for s in gold if s.label == label),
            (_place(s) for s in predicted if s.label == label),
        )
        correct += len(pair_ranges(_ranges(wanted), _ranges(given), lambda i, j: 1.0))
    return Counts(correct, strict.gold, strict.predicted)


def _ranges(items: Counter[Hashable]) -> list[Range]:
    return sorted(items.elements())  # type: ignore[arg-type]
