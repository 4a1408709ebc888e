"""The recorded results: where they lie, how they are written and read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from evaluation.benchmark import Split, digest
from govextract.scoring import Counts, DocumentScore, Figure, Ratio
from govextract.scoring.evaluating import Evaluation
from govextract.scoring.presenting import MAIN

FOLDER = Path(__file__).resolve().parent / "results"


def write_json(path: Path, data: Any) -> None:
    """Write data as indented JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read_json(path: Path) -> Any:
    """Return the data of a JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))


def write_split(folder: Path, split: Split, evaluations: list[Evaluation]) -> None:
    """Write the figures of a split, and those of each document in a file of their own."""
    data = []
    for evaluation in evaluations:
        summary = evaluation.to_dict(MAIN)
        del summary["per_document"]
        data.append(summary)
    write_json(
        folder / f"{split.name}.json",
        {"split": split.name, "notes": list(split.notes), "systems": data},
    )
    digests = {gold.gold.id: digest(gold) for gold in split.golds}
    lines = [
        json.dumps(
            {
                "system": e.name,
                "document": s.id,
                "gold": digests[s.id],
                "figures": {n: _parts(f) for n, f in sorted(s.figures.items())},
            },
            ensure_ascii=False,
        )
        for e in evaluations
        for s in e.scores
    ]
    (folder / f"{split.name}.documents.jsonl").write_text(
        "".join(line + "\n" for line in lines), encoding="utf-8"
    )


def read_documents(folder: Path, split: str) -> dict[tuple[str, str], tuple[str, DocumentScore]]:
    """Return the recorded scores by system and document, each with the digest of its gold."""
    found = {}
    path = folder / f"{split}.documents.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        figures = {name: _figure(parts) for name, parts in row["figures"].items()}
        key = row["system"], row["document"]
        found[key] = row["gold"], DocumentScore(row["document"], figures)
    return found


def _parts(figure: Figure) -> list[float]:
    if isinstance(figure, Counts):
        return [figure.correct, figure.gold, figure.predicted]
    return [figure.numerator, figure.denominator]


def _figure(parts: list[float]) -> Figure:
    return Ratio(*parts) if len(parts) == 2 else Counts(parts[0], int(parts[1]), int(parts[2]))
