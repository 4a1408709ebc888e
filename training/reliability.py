"""Prints how far a model's scores can be trusted, on the test split, and what --min-score trades.

python training/reliability.py MODEL [CORPUS]
"""

from __future__ import annotations

import itertools
import sys

import numpy as np

from govextract.merging import hybrid
from govextract.ner.documents import corpus_documents
from govextract.ner.evaluating import read_documents
from govextract.ner.shipping import load_model
from govextract.ner.tagger import Tagger
from govextract.scoring import Counts

EDGES = (0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 1.0)
THRESHOLDS = (0.0, 0.6, 0.7, 0.8, 0.9, 0.95)


def main() -> None:
    """Print both tables."""
    model = load_model(sys.argv[1])
    corpus = sys.argv[2] if len(sys.argv) > 2 else None
    readings = read_documents(Tagger(model.nlp), corpus_documents("test", corpus))
    pairs, kept = [], dict.fromkeys(THRESHOLDS, Counts())
    for reading in readings:
        rules, found = model.calibration.score(reading.rules, reading.model)
        for c in (*rules, *found):
            if not c.firm:
                pairs.append((c.score, (c.start, c.end, c.label) in reading.gold))
        merged = hybrid(rules, found)
        gold = [g for g in reading.gold if g[2] != "AGENCY"]
        for threshold in THRESHOLDS:
            chosen = [c for c in merged if c.label != "AGENCY" and c.score >= threshold]
            right = sum((c.start, c.end, c.label) in reading.gold for c in chosen)
            kept[threshold] += Counts(right, len(gold), len(chosen))
    scores, right = np.array([p[0] for p in pairs]), np.array([p[1] for p in pairs])
    print("| score | candidates | mean score | share right |\n|---|---|---|---|")
    error = 0.0
    for low, high in itertools.pairwise(EDGES):
        inside = (scores > low) & (scores <= high)
        if inside.any():
            mean, share = scores[inside].mean(), right[inside].mean()
            error += abs(mean - share) * inside.sum() / len(scores)
            print(f"| {low:.1f}–{high:.1f} | {inside.sum()} | {mean:.3f} | {share:.3f} |")
    print(f"\nexpected calibration error {error:.3f}\n")
    print("| min-score | precision | recall | F1 |\n|---|---|---|---|")
    for threshold, c in kept.items():
        values = (c.precision.value, c.recall.value, c.f1.value)
        print(f"| {threshold:.2f} | " + " | ".join(f"{v:.3f}" for v in values if v) + " |")


if __name__ == "__main__":
    main()
