"""Systems against gold: figures with intervals, breakdowns, comparisons and mistakes as data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from govextract.records import LedgerRecord
from govextract.scoring.counts import Counts, Figure, headline
from govextract.scoring.documents import (
    DocumentScore,
    Gold,
    Scope,
    by_group,
    pooled,
    score_document,
)
from govextract.scoring.errors import Mistake, mistakes
from govextract.scoring.intervals import (
    RESAMPLES,
    SEED,
    Comparison,
    Interval,
    Signature,
    bootstrap,
    randomisation_test,
)

GROUPS = ("layout", "level", "year", "issuer", "subject", "width", "origin")


@dataclass(frozen=True, slots=True)
class Settings:
    """How figures are worked out, the same for every system that is compared."""

    corpus: str = "-"
    seed: int = SEED
    resamples: int = RESAMPLES
    scope: Scope = "annotated"
    seen: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """A pooled figure with its interval."""

    figure: Figure
    interval: Interval
    signature: str

    def to_dict(self) -> dict[str, Any]:
        """Return the figure as JSON-ready data; what is undefined is null."""
        return _figure(self.figure) | {
            "low": _rounded(self.interval.low),
            "high": _rounded(self.interval.high),
            "signature": self.signature,
        }


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One system on a set of documents."""

    name: str
    settings: Settings
    scores: tuple[DocumentScore, ...]
    mistakes: tuple[Mistake, ...] = ()
    failures: Mapping[str, str] = field(default_factory=dict)

    def summaries(self) -> dict[str, Summary]:
        """Return every pooled figure with its interval over documents."""
        settings = self.settings
        found = {}
        for name, figure in pooled(self.scores).items():
            documents = [headline(s.figures[name]) for s in self.scores if name in s.figures]
            found[name] = Summary(
                figure,
                bootstrap(documents, resamples=settings.resamples, seed=settings.seed),
                str(
                    Signature(
                        name, len(documents), settings.corpus, settings.seed, settings.resamples
                    )
                ),
            )
        return found

    def breakdowns(self, names: Iterable[str]) -> dict[str, dict[str, dict[str, Any]]]:
        """Return the figures of `names` for each value of each group."""
        wanted = tuple(names)
        found: dict[str, dict[str, dict[str, Any]]] = {}
        for key in GROUPS:
            rows = {
                value: {
                    "documents": sum(value in s.groups.get(key, ()) for s in self.scores),
                    **{n: _figure(figures[n]) for n in wanted if n in figures},
                }
                for value, figures in by_group(self.scores, key).items()
            }
            if rows:
                found[key] = rows
        return found

    def to_dict(self, names: Iterable[str] = ()) -> dict[str, Any]:
        """Return figures and breakdowns as JSON-ready data."""
        kinds: dict[str, dict[str, int]] = {}
        for m in self.mistakes:
            row = kinds.setdefault(m.what, {})
            row[m.kind] = row.get(m.kind, 0) + 1
        return {
            "system": self.name,
            "documents": len(self.scores),
            "figures": {n: s.to_dict() for n, s in sorted(self.summaries().items())},
            "breakdowns": self.breakdowns(names),
            "mistakes": {what: dict(sorted(row.items())) for what, row in sorted(kinds.items())},
            "failures": dict(self.failures),
            "per_document": {
                s.id: {n: _figure(f) for n, f in sorted(s.figures.items())} for s in self.scores
            },
        }


def evaluate(
    name: str,
    golds: Sequence[Gold],
    predictions: Sequence[LedgerRecord],
    settings: Settings | None = None,
    failures: Mapping[str, str] | None = None,
) -> Evaluation:
    """Return what a system is worth on `golds`.

    Parameters
    ----------
    predictions
        One ledger for each gold document, in the same order.
    failures
        Documents on which the system failed, with the reason; their ledgers are empty.
    """
    settings = settings or Settings()
    pairs = list(zip(golds, predictions, strict=True))
    return Evaluation(
        name,
        settings,
        tuple(
            score_document(gold, ledger, scope=settings.scope, seen=settings.seen)
            for gold, ledger in pairs
        ),
        tuple(m for gold, ledger in pairs for m in mistakes(gold, ledger, scope=settings.scope)),
        failures or {},
    )


def compare(first: Evaluation, second: Evaluation) -> dict[str, Comparison]:
    """Return, figure by figure, whether two systems differ on the same documents.

    Raises
    ------
    ValueError
        Where they were not run on the same documents.
    """
    if [s.id for s in first.scores] != [s.id for s in second.scores]:
        raise ValueError(f"{first.name} and {second.name} were run on different documents")
    settings = first.settings
    return {
        name: randomisation_test(
            [headline(s.figures[name]) for s in first.scores],
            [headline(s.figures[name]) for s in second.scores],
            resamples=settings.resamples,
            seed=settings.seed,
        )
        for name in pooled(first.scores)
        if all(name in s.figures for s in second.scores)
    }


def _figure(figure: Figure) -> dict[str, Any]:
    value = _rounded(headline(figure).value)
    if isinstance(figure, Counts):
        return {
            "value": value,
            "precision": _rounded(figure.precision.value),
            "recall": _rounded(figure.recall.value),
            "correct": figure.correct,
            "gold": figure.gold,
            "predicted": figure.predicted,
        }
    return {"value": value, "numerator": figure.numerator, "denominator": figure.denominator}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)
