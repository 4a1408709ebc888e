"""Which predicted task stands for which gold task, and how well each record of the pairs fits."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from govextract.records import Deadline, Metric, Responsibility, Task
from govextract.scoring.assignment import iou, pair_ranges, pair_up
from govextract.scoring.counts import Counts, Figure, Ratio
from govextract.scoring.spans import multiset

MIN_IOU = 0.5
MIN_INDICATOR = 0.7  # F1 over the characters of two indicators that count as the same
# Among alignments of equal overlap the one with more equal content wins; far below any real
# difference of overlap.
_CONTENT_WEIGHT = 1e-6


@dataclass(frozen=True, slots=True)
class Pairing:
    """Gold tasks, predicted tasks, and which stand for each other.

    Attributes
    ----------
    pairs
        Indices in `gold` and `predicted`; the overlap of each pair is at least `MIN_IOU`.
    """

    gold: tuple[Task, ...]
    predicted: tuple[Task, ...]
    pairs: tuple[tuple[int, int], ...]

    def both(self) -> list[tuple[Task, Task]]:
        """Return the pairs of tasks."""
        return [(self.gold[i], self.predicted[j]) for i, j in self.pairs]

    def missed(self) -> list[Task]:
        """Return the gold tasks that nothing stands for."""
        taken = {i for i, _ in self.pairs}
        return [task for i, task in enumerate(self.gold) if i not in taken]

    def spurious(self) -> list[Task]:
        """Return the predicted tasks that stand for nothing."""
        taken = {j for _, j in self.pairs}
        return [task for j, task in enumerate(self.predicted) if j not in taken]


def pair_tasks(gold: Iterable[Task], predicted: Iterable[Task]) -> Pairing:
    """Return the one-to-one alignment of the greatest total overlap.

    Overlap is intersection over union of the tasks' ranges; less than `MIN_IOU` is none.
    """
    # In an order of their own, so that equal totals are resolved alike however they are given.
    wanted, given = sorted(gold, key=_content), sorted(predicted, key=_content)

    def weight(i: int, j: int) -> float:
        g, p = wanted[i], given[j]
        share = iou((g.start, g.end), (p.start, p.end))
        return share + _CONTENT_WEIGHT * _alike(g, p) if share >= MIN_IOU else 0.0

    pairs = pair_ranges(
        [(t.start, t.end) for t in wanted], [(t.start, t.end) for t in given], weight
    )
    return Pairing(tuple(wanted), tuple(given), tuple(pairs))


def number_key(number: str | None) -> str:
    """Return a printed number without what only frames it.

    Examples
    --------
    >>> number_key("（三）、") == number_key("三") and number_key(None) == ""
    True
    """
    return unicodedata.normalize("NFKC", number or "").strip("、.。() ")


def metric_key(metric: Metric) -> tuple[float, float | None, str]:
    """Return value and unit, values to three decimals as the guidelines' fractions need it."""
    return _rounded(metric.value) or 0.0, _rounded(metric.value_max), metric.unit


def deadline_key(deadline: Deadline) -> tuple[str | None, str | None]:
    """Return date and recurrence."""
    return deadline.date, deadline.recurrence


def indicator_f1(one: str, other: str) -> float:
    """Return F1 over the characters of two indicators, as multisets.

    Examples
    --------
    >>> indicator_f1("粮食产量", "产量")
    0.6666666666666666
    """
    return multiset(one, other).f1.value or 0.0


def same_metric(one: Metric, other: Metric) -> bool:
    """Tell whether value and unit are equal and the indicators as good as equal."""
    return metric_key(one) == metric_key(other) and (
        one.indicator == other.indicator
        or indicator_f1(one.indicator, other.indicator) >= MIN_INDICATOR
    )


def count_metrics(gold: Sequence[Metric], predicted: Sequence[Metric]) -> Counts:
    """Return how many targets have equal value, unit and indicator, paired one to one."""
    pairs = pair_up(gold, predicted, lambda g, p: float(same_metric(g, p)))
    return Counts(len(pairs), len(gold), len(predicted))


def score_tasks(pairing: Pairing) -> dict[str, Figure]:
    """Return the figures of tasks and their records.

    ``task/units`` and ``task/all`` are shares of the gold tasks; ``unit/false-assignment`` is the
    share of the predicted (task, unit) that charge a unit with what is not its task, whatever the
    role; persons are no units.
    """
    figures: dict[str, Figure] = {
        "task/detected": Counts(len(pairing.pairs), len(pairing.gold), len(pairing.predicted)),
        "task/number": _agreeing(pairing, lambda t: number_key(t.number)),
        "task/title": _agreeing(pairing, lambda t: "".join(t.title.split())),
        "task/path": _agreeing(pairing, lambda t: tuple("".join(p.split()) for p in t.path)),
    }
    for name, keys in RECORDS.items():
        figures[name] = _records(pairing, lambda g, p, keys=keys: multiset(keys(g), keys(p)))  # type: ignore[misc]
    figures["metric/value+unit+indicator"] = _records(
        pairing, lambda g, p: count_metrics(g.metrics, p.metrics)
    )
    figures["unit/agency"] = _agencies(pairing)
    figures["unit/role"] = _roles(pairing)
    figures["unit/false-assignment"] = _false_assignments(pairing)
    units = everything = 0
    for g, p in pairing.both():
        units += units_right(g, p)
        everything += all_right(g, p)
    figures["task/units"] = Ratio(units, len(pairing.gold))
    figures["task/all"] = Ratio(everything, len(pairing.gold))
    return figures


def units_right(gold: Task, predicted: Task) -> bool:
    """Tell whether every unit is there, under its full name and in its role, and no other."""
    return _equal(_by_name(gold), _by_name(predicted))


def all_right(gold: Task, predicted: Task) -> bool:
    """Tell whether number, units, targets and time limits are all right, and nothing is added."""
    metrics = count_metrics(gold.metrics, predicted.metrics)
    return (
        number_key(gold.number) == number_key(predicted.number)
        and units_right(gold, predicted)
        and metrics.correct == metrics.gold == metrics.predicted
        and _equal(map(deadline_key, gold.deadlines), map(deadline_key, predicted.deadlines))
    )


def _by_name(task: Task) -> list[Hashable]:
    return [(r.name, r.role) for r in task.responsibilities]


# What counts as the same record, by the name of the figure.
RECORDS: dict[str, Callable[[Task], list[Hashable]]] = {
    "unit/surface+role": lambda t: [(r.surface, r.role) for r in t.responsibilities],
    "unit/name+role": _by_name,
    "unit/name": lambda t: [r.name for r in t.responsibilities],
    "metric/value+unit": lambda t: [metric_key(m) for m in t.metrics],
    "metric/value+unit+bound": lambda t: [
        (metric_key(m), m.comparison, m.change) for m in t.metrics
    ],
    "deadline/date": lambda t: [deadline_key(d) for d in t.deadlines],
}


def _records(pairing: Pairing, count: Callable[[Task, Task], Counts]) -> Counts:
    """Add up the records of the pairs; those of tasks without a partner count against the score."""
    empty = Task("", None, [], "", 0, 0)
    total = Counts()
    for g, p in pairing.both():
        total += count(g, p)
    for g in pairing.missed():
        total += count(g, empty)
    for p in pairing.spurious():
        total += count(empty, p)
    return total


def _agreeing(pairing: Pairing, key: Callable[[Task], Hashable]) -> Counts:
    correct = sum(key(g) == key(p) for g, p in pairing.both())
    return Counts(correct, len(pairing.gold), len(pairing.predicted))


def _agencies(pairing: Pairing) -> Counts:
    """Count by canonical identifier, where the gold gives any; nothing where it gives none."""
    if not any(r.agency for t in pairing.gold for r in t.responsibilities):
        return Counts()

    def keys(task: Task) -> list[Hashable]:
        return [(r.agency, r.role) for r in task.responsibilities if r.agency]

    return _records(pairing, lambda g, p: multiset(keys(g), keys(p)))


def _roles(pairing: Pairing) -> Ratio:
    """Return the share of right roles among the units found under their names."""
    right = found = 0
    for g, p in pairing.both():
        found += int(
            multiset(
                (r.name for r in g.responsibilities), (r.name for r in p.responsibilities)
            ).correct
        )
        right += int(multiset(_by_name(g), _by_name(p)).correct)
    return Ratio(right, found)


def _false_assignments(pairing: Pairing) -> Ratio:
    total = _records(pairing, lambda g, p: multiset(_units(g), _units(p)))
    return Ratio(total.predicted - total.correct, total.predicted)


def _units(task: Task) -> list[str]:
    return [r.name for r in task.responsibilities if r.role != "leader"]


def _equal(one: Iterable[Hashable], other: Iterable[Hashable]) -> bool:
    return Counter(one) == Counter(other)


def _rounded(value: Decimal | None) -> float | None:
    return None if value is None else round(float(value), 3)


def _alike(gold: Task, predicted: Task) -> float:
    """Return how much content two tasks share, for alignments that overlap alike."""
    units = multiset(_by_name(gold), _by_name(predicted)).correct
    limits = multiset(
        map(deadline_key, gold.deadlines), map(deadline_key, predicted.deadlines)
    ).correct
    metrics = multiset(map(metric_key, gold.metrics), map(metric_key, predicted.metrics)).correct
    number = number_key(gold.number) == number_key(predicted.number)
    return units + limits + metrics + number


def _content(task: Task) -> tuple[object, ...]:
    def unit(r: Responsibility) -> tuple[str, ...]:
        return r.name, r.surface, r.role, r.agency or ""

    return (
        task.start,
        task.end,
        number_key(task.number),
        task.title,
        tuple(task.path),
        sorted(map(unit, task.responsibilities)),
        sorted((m.start, m.end, str(metric_key(m)), m.indicator) for m in task.metrics),
        sorted((d.start, d.end, str(deadline_key(d))) for d in task.deadlines),
    )
