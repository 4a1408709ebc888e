"""Prints the figures of trained models as Markdown tables, from what their folders say.

python training/report.py MODEL...
"""

from __future__ import annotations

import sys
from pathlib import Path

from govextract.ner.shipping import read_manifest
from govextract.records import LABELS

SYSTEMS = ("rules", "model", "hybrid")


def main() -> None:
    """Print a table a split, one row a model and system."""
    manifests = [(Path(p).name, read_manifest(Path(p))) for p in sys.argv[1:]]
    for split in ("dev", "test"):
        print(f"\n{split}: strict F1 (95 % interval by document)\n")
        print("| model | trained on | seed | system | " + " | ".join([*LABELS, "all"]) + " |")
        print("|" + "---|" * (len(LABELS) + 5))
        for name, said in manifests:
            for system in SYSTEMS:
                cells = [_cell(said["figures"][split][system][x]) for x in (*LABELS, "all")]
                head = f"| {name} | {said['documents']['train']} | {said['seed']} | {system} | "
                print(head + " | ".join(cells) + " |")


def _cell(values: list[float | None]) -> str:
    _, _, f1, low, high = (float("nan") if v is None else v * 100 for v in values)
    return f"{f1:.1f} ({low:.1f}–{high:.1f})"


if __name__ == "__main__":
    main()
