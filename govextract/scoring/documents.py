"""One document, or many, against gold: every figure of the benchmark by its name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from govextract.records import Entity, LedgerRecord
from govextract.scoring.aligning import align
from govextract.scoring.counts import Counts, Figure, Ratio
from govextract.scoring.spans import LabelledSpan, multiset, score_labels, score_spans
from govextract.scoring.tasks import pair_tasks, score_tasks

Scope = Literal["annotated", "tasks", "document"]


@dataclass(frozen=True, slots=True)
class Gold:
    """A document with what is to be found in it.

    Attributes
    ----------
    groups
        What the document is, for breakdowns: ``{"layout": ("prose",), "year": ("2019",)}``.
    region
        The part of the text that was annotated, None for all of it.
    """

    id: str
    ledger: LedgerRecord
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    region: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class DocumentScore:
    """The figures of one document.

    Attributes
    ----------
    figures
        By name, such as ``span/strict/METRIC`` or ``unit/name+role``.
    """

    id: str
    figures: Mapping[str, Figure]
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def score_document(
    gold: Gold,
    predicted: LedgerRecord,
    *,
    scope: Scope = "annotated",
    seen: frozenset[str] | None = None,
) -> DocumentScore:
    """Return every figure of a document.

    Parameters
    ----------
    predicted
        A ledger of the same text; white space may differ.
    scope
        Which spans count. ``annotated``: every METRIC and DEADLINE, AGENCY from the first gold
        task to the last, which is what the guidelines annotate; ``tasks``: those within gold
        tasks; ``document``: all.
    seen
        Texts of the spans of a training set; given, recall on them and on others is told apart.

    Raises
    ------
    TextMismatchError
        Where the texts differ in more than white space.
    """
    ledger = align(predicted, gold.ledger.text)
    tasks = ledger.tasks
    if gold.region is not None:
        low, high = gold.region
        tasks = [t for t in tasks if low <= (t.start + t.end) / 2 <= high]
    wanted, given = spans_in_scope(gold, ledger, scope)
    gold_spans, found_spans = _labelled(wanted), _labelled(given)
    figures: dict[str, Figure] = {
        f"span/{scheme}": counts for scheme, counts in score_spans(gold_spans, found_spans).items()
    }
    for label, schemes in score_labels(gold_spans, found_spans).items():
        for scheme in ("strict", "partial"):
            figures[f"span/{scheme}/{label}"] = schemes[scheme]
        figures[f"span/overlap/{label}"] = schemes["type"]
    figures |= score_tasks(pair_tasks(gold.ledger.tasks, tasks))
    figures |= _by_source(wanted, given)
    if seen is not None:
        figures |= _by_seen(wanted, given, seen)
    return DocumentScore(gold.id, figures, gold.groups)


def pooled(scores: Iterable[DocumentScore]) -> dict[str, Figure]:
    """Return the figures over all documents (micro average: counts are added, then divided)."""
    total: dict[str, Figure] = {}
    for score in scores:
        for name, figure in score.figures.items():
            before = total.get(name)
            total[name] = figure if before is None else before + figure  # type: ignore[operator]
    return total


def by_group(scores: Sequence[DocumentScore], key: str) -> dict[str, dict[str, Figure]]:
    """Return the pooled figures of each value of a group; a document may be in several."""
    values = sorted({value for s in scores for value in s.groups.get(key, ())})
    return {value: pooled(s for s in scores if value in s.groups.get(key, ())) for value in values}


def spans_in_scope(
    gold: Gold, predicted: LedgerRecord, scope: Scope
) -> tuple[list[Entity], list[Entity]]:
    """Return the gold and predicted entities that count."""
    tasks = gold.ledger.tasks
    low = min((t.start for t in tasks), default=0)
    high = max((t.end for t in tasks), default=0)

    def counts(entity: Entity) -> bool:
        start, end = entity.start, entity.end
        if gold.region is not None and not (gold.region[0] <= start and end <= gold.region[1]):
            return False
        if scope == "tasks":
            return any(t.start <= start and end <= t.end for t in tasks)
        return scope == "document" or entity.label != "AGENCY" or (low <= start and end <= high)

    return (
        [e for e in gold.ledger.entities if counts(e)],
        [e for e in predicted.entities if counts(e)],
    )


def _labelled(entities: Iterable[Entity]) -> list[LabelledSpan]:
    return [LabelledSpan(e.start, e.end, e.label) for e in entities]


def _by_source(gold: Sequence[Entity], predicted: Sequence[Entity]) -> dict[str, Figure]:
    """Return the precision of what the rules found and of what the model found."""
    wanted = _labelled(gold)
    figures: dict[str, Figure] = {}
    for source in ("rule", "model"):
        counts = multiset(wanted, _labelled(e for e in predicted if e.source == source))
        figures[f"span/precision-of-{source}"] = counts.precision
    return figures


def _by_seen(
    gold: Sequence[Entity], predicted: Sequence[Entity], seen: frozenset[str]
) -> dict[str, Figure]:
    given = _labelled(predicted)
    figures: dict[str, Figure] = {}
    for name, known in (("seen", True), ("unseen", False)):
        counts: Counts = multiset(_labelled(e for e in gold if (e.text in seen) == known), given)
        figures[f"span/recall-of-{name}"] = Ratio(counts.correct, counts.gold)
    return figures
