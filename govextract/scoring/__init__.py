"""Scoring: ledgers against gold ledgers. Imports no spaCy, and can be used by itself.

Every figure is a `Counts` or a `Ratio`; documents are added up before anything is divided (micro
average), and what is undefined is None and prints as a dash.

Examples
--------
>>> from govextract.records import LedgerRecord, Meta, Source
>>> nothing = LedgerRecord(Source(None, "", "txt"), Meta(), "全文")
>>> score = score_document(Gold("a", nothing), nothing)
>>> show(headline(score.figures["task/detected"]).value)
'–'
"""

from __future__ import annotations

from govextract.scoring.aligning import TextMismatchError, align
from govextract.scoring.assignment import assign, iou
from govextract.scoring.counts import Counts, Figure, Ratio, headline, show
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
    Comparison,
    Interval,
    Signature,
    bootstrap,
    randomisation_test,
    spread,
)
from govextract.scoring.spans import LabelledSpan, score_labels, score_spans
from govextract.scoring.tasks import pair_tasks, score_tasks

__all__ = [
    "Comparison",
    "Counts",
    "DocumentScore",
    "Figure",
    "Gold",
    "Interval",
    "LabelledSpan",
    "Mistake",
    "Ratio",
    "Scope",
    "Signature",
    "TextMismatchError",
    "align",
    "assign",
    "bootstrap",
    "by_group",
    "headline",
    "iou",
    "mistakes",
    "pair_tasks",
    "pooled",
    "randomisation_test",
    "score_document",
    "score_labels",
    "score_spans",
    "score_tasks",
    "show",
    "spread",
]
