"""Prints the figures of trained models as Markdown tables, from what their folders say.

python training/report.py MODEL...
"""

from __future__ import annotations

import statistics
import sys
from pathlib import Path

from govextract.ner.shipping import read_manifest
from govextract.records import LABELS

SYSTEMS = ("rules", "model", "hybrid")
SPLITS = ("dev", "test", "real-dev", "real-test", "real-unseen")
COLUMNS = (*LABELS, "all")


def main() -> None:
    """Print a table a split, one row a model and system, and the means where there are several."""
    manifests = [(Path(p).name, read_manifest(Path(p))) for p in sys.argv[1:]]
    for split in SPLITS:
        scored = [(name, said) for name, said in manifests if split in said["figures"]]
        if not scored:
            continue
        n = scored[0][1]["documents"][split]
        print(f"\n{split}, {n} documents: strict F1 (95 % interval by document)\n")
        print("| model | trained on | seed | system | " + " | ".join(COLUMNS) + " |")
        print("|" + "---|" * (len(COLUMNS) + 4))
        for name, said in scored:
            for system in SYSTEMS:
                cells = [_cell(said["figures"][split][system][x]) for x in COLUMNS]
                head = f"| {name} | {said['documents']['train']} | {said['seed']} | {system} | "
                print(head + " | ".join(cells) + " |")
        if len(scored) > 1:
            for system in SYSTEMS:
                means = [
                    _mean([m["figures"][split][system][x] for _, m in scored]) for x in COLUMNS
                ]
                print(
                    f"| mean ± s.d. | | {len(scored)} models | {system} | "
                    + " | ".join(means)
                    + " |"
                )


def _mean(figures: list[list[float | None]]) -> str:
    f1 = [100 * value for _, _, value, *_ in figures if value is not None]
    return f"{statistics.mean(f1):.1f} ± {statistics.stdev(f1):.1f}" if len(f1) > 1 else "–"


def _cell(values: list[float | None]) -> str:
    _, _, f1, low, high = (float("nan") if v is None else v * 100 for v in values)
    return f"{f1:.1f} ({low:.1f}–{high:.1f})"


if __name__ == "__main__":
    main()
