"""What went wrong, one by one: missed, spurious, boundary, label, role, name, value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from govextract.records import Entity, LedgerRecord, Responsibility, Task
from govextract.scoring.aligning import align
from govextract.scoring.assignment import iou, pair_ranges, pair_up
from govextract.scoring.documents import Gold, Scope, spans_in_scope
from govextract.scoring.tasks import deadline_key, metric_key, pair_tasks, same_metric

Kind = Literal["missed", "spurious", "boundary", "label", "role", "name", "value"]
KINDS: tuple[Kind, ...] = ("missed", "spurious", "boundary", "label", "role", "name", "value")
CONTEXT = 24


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that is not as the gold says.

    Attributes
    ----------
    what
        ``task``, ``unit`` or a label of spans; values are those of METRIC and DEADLINE.
    gold, predicted
        What should be and what is; None where there is nothing.
    """

    document: str
    kind: Kind
    what: str
    start: int
    end: int
    gold: str | None
    predicted: str | None
    before: str = ""
    text: str = ""
    after: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as JSON-ready data."""
        return asdict(self)


def mistakes(gold: Gold, predicted: LedgerRecord, *, scope: Scope = "annotated") -> list[Mistake]:
    """Return every difference of a document from its gold, in order of place."""
    ledger = align(predicted, gold.ledger.text)
    text = gold.ledger.text
    found = [*_spans(gold, ledger, scope), *_tasks(gold, ledger)]
    found.sort(key=lambda m: (m.start, m.end, m.what, m.kind, m.gold or "", m.predicted or ""))
    return [_with_context(m, text) for m in found]


def _with_context(m: Mistake, text: str) -> Mistake:
    end = min(m.end, m.start + 120)
    fields = asdict(m) | {
        "before": text[max(0, m.start - CONTEXT) : m.start],
        "text": text[m.start : end],
        "after": text[end : end + CONTEXT],
    }
    return Mistake(**fields)


def _spans(gold: Gold, ledger: LedgerRecord, scope: Scope) -> Iterator[Mistake]:
    wanted, given = spans_in_scope(gold, ledger, scope)
    order = {label: n for n, label in enumerate(("AGENCY", "METRIC", "DEADLINE"))}

    def key(e: Entity) -> tuple[int, int, int]:
        return e.start, e.end, order[e.label]

    wanted, given = sorted(wanted, key=key), sorted(given, key=key)

    def weight(i: int, j: int) -> float:
        # The same label binds more than a better overlap with another one.
        g, p = wanted[i], given[j]
        share = iou((g.start, g.end), (p.start, p.end))
        return share + (2 if g.label == p.label else 0) + (2 if share == 1 else 0)

    pairs = pair_ranges(
        [(e.start, e.end) for e in wanted], [(e.start, e.end) for e in given], weight
    )
    for i, j in pairs:
        g, p = wanted[i], given[j]
        place = min(g.start, p.start), max(g.end, p.end)
        if g.label != p.label:
            texts = f"{g.label} {g.text}", f"{p.label} {p.text}"
            yield Mistake(gold.id, "label", g.label, *place, *texts)
        elif (g.start, g.end) != (p.start, p.end):
            yield Mistake(gold.id, "boundary", g.label, *place, g.text, p.text)
    for g in _others(wanted, {i for i, _ in pairs}):
        yield Mistake(gold.id, "missed", g.label, g.start, g.end, g.text, None)
    for p in _others(given, {j for _, j in pairs}):
        yield Mistake(gold.id, "spurious", p.label, p.start, p.end, None, p.text)


def _others(entities: Sequence[Entity], taken: set[int]) -> Iterator[Entity]:
    return (e for n, e in enumerate(entities) if n not in taken)


def _tasks(gold: Gold, ledger: LedgerRecord) -> Iterator[Mistake]:
    tasks = ledger.tasks
    if gold.region is not None:
        low, high = gold.region
        tasks = [t for t in tasks if low <= (t.start + t.end) / 2 <= high]
    pairing = pair_tasks(gold.ledger.tasks, tasks)
    for g in pairing.missed():
        yield Mistake(gold.id, "missed", "task", g.start, g.end, _headline(g), None)
    for p in pairing.spurious():
        yield Mistake(gold.id, "spurious", "task", p.start, p.end, None, _headline(p))
    for g, p in pairing.both():
        if (g.start, g.end) != (p.start, p.end):
            place = min(g.start, p.start), max(g.end, p.end)
            text = ledger.text
            edges = (_edges(text[t.start : t.end]) for t in (g, p))
            yield Mistake(gold.id, "boundary", "task", *place, *edges)
        yield from _units(gold.id, g, p)
        yield from _values(gold.id, g, p)


def _headline(task: Task) -> str:
    return " ".join(filter(None, (task.number, task.title)))


def _edges(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:14]}…{text[-14:]}"


def _units(document: str, g: Task, p: Task) -> Iterator[Mistake]:
    wanted = sorted(g.responsibilities, key=_unit_key)
    given = sorted(p.responsibilities, key=_unit_key)

    def weight(one: Responsibility, other: Responsibility) -> float:
        same = (one.name == other.name, one.surface == other.surface, one.role == other.role)
        return 4 * same[0] + 2 * same[1] + same[2] if same[0] or same[1] else 0

    pairs = pair_up(wanted, given, weight)
    for i, j in pairs:
        one, other = wanted[i], given[j]
        place = one.start, one.end
        if one.name != other.name:
            yield Mistake(document, "name", "unit", *place, one.name, other.name)
        if one.role != other.role:
            roles = f"{one.name} {one.role}", f"{other.name} {other.role}"
            yield Mistake(document, "role", "unit", *place, *roles)
    for one in _rest(wanted, {i for i, _ in pairs}):
        shown = f"{one.name} {one.role}"
        yield Mistake(document, "missed", "unit", one.start, one.end, shown, None)
    for other in _rest(given, {j for _, j in pairs}):
        shown = f"{other.name} {other.role}"
        yield Mistake(document, "spurious", "unit", other.start, other.end, None, shown)


def _unit_key(r: Responsibility) -> tuple[int, int, str, str]:
    return r.start, r.end, r.name, r.role


def _rest(units: Sequence[Responsibility], taken: set[int]) -> Iterator[Responsibility]:
    return (r for n, r in enumerate(units) if n not in taken)


def _values(document: str, g: Task, p: Task) -> Iterator[Mistake]:
    """Yield the records that stand on the same span and differ."""
    metrics = {(m.start, m.end): m for m in p.metrics}
    for m in g.metrics:
        other = metrics.get((m.start, m.end))
        if other is not None and not (
            same_metric(m, other) and (m.comparison, m.change) == (other.comparison, other.change)
        ):
            shown = (f"{x.indicator} {x.change} {x.comparison} {metric_key(x)}" for x in (m, other))
            yield Mistake(document, "value", "METRIC", m.start, m.end, *shown)
    limits = {(d.start, d.end): d for d in p.deadlines}
    for d in g.deadlines:
        limit = limits.get((d.start, d.end))
        if limit is not None and deadline_key(d) != deadline_key(limit):
            dates = (str(x.date or x.recurrence) for x in (d, limit))
            yield Mistake(document, "value", "DEADLINE", d.start, d.end, *dates)
