"""Against a scorer written by others, on gold circulars: the same counts wherever it is right."""

from __future__ import annotations

import importlib.util
import json
import os
import random
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from govextract.scoring import score_document
from govextract.scoring.reading import gold_from_json

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("GOVEXTRACT_SHARED") or ROOT.parent / "shared")
FILES = sorted((SHARED / "gold").glob("*.gold.json"))

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not FILES, reason="the reference texts and gold are not on this machine"),
]
SAME = {
    "tasks": "task/detected",
    "task number": "task/number",
    "responsibility (surface, role)": "unit/surface+role",
    "responsibility (full name, role)": "unit/name+role",
    "metric value+unit": "metric/value+unit",
    "metric value+unit+indicator": "metric/value+unit+indicator",
    "deadline date/recurrence": "deadline/date",
    "span AGENCY strict": "span/strict/AGENCY",
    "span METRIC strict": "span/strict/METRIC",
    "span DEADLINE strict": "span/strict/DEADLINE",
}


@cache
def reference() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SHARED / "tools" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def spoilt(rng: random.Random, ledger: dict[str, Any]) -> dict[str, Any]:
    """Return the ledger with tasks and records lost, moved and changed."""
    tasks = []
    for task in ledger["tasks"]:
        if rng.random() < 0.1:
            continue
        task = json.loads(json.dumps(task))
        # Well on either side of one half, whether white space counts or not.
        length = task["end"] - task["start"]
        task["end"] = task["start"] + max(1, int(length * rng.choice([1, 1, 0.8, 0.2])))
        for unit in task["responsibilities"]:
            if rng.random() < 0.1:
                unit["role"] = rng.choice(["lead", "assist"])
            if rng.random() < 0.1:
                unit["name"] = unit["surface"]
        for metric in task["metrics"]:
            if rng.random() < 0.2:
                metric["value"] += 1
            if rng.random() < 0.2:
                metric["indicator"] = metric["indicator"][:2]
        if rng.random() < 0.2:
            task["deadlines"] = task["deadlines"][1:]
        tasks.append(task)
    # Shortened, not lengthened: the other scorer takes no notice of white space.
    entities = [e | {"end": e["end"] - (rng.random() < 0.1)} for e in ledger["entities"]]
    return ledger | {"tasks": tasks, "entities": entities}


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
@pytest.mark.parametrize("seed", range(6))
def test_reference_counts_are_the_same(path: Path, seed: int) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    text = (SHARED / "circulars" / data["doc"]).read_text(encoding="utf-8")
    gold = gold_from_json(data, text)
    predicted = spoilt(random.Random(seed), gold.ledger.to_dict())
    theirs = reference().score(data, text, predicted)
    ours = score_document(gold, type(gold.ledger).from_dict(predicted), scope="tasks").figures
    assert theirs["tasks"].tp > 0
    for name, own in SAME.items():
        figure: Any = ours[own]
        assert (
            figure.correct,
            figure.predicted - figure.correct,
            figure.gold - figure.correct,
        ) == (
            theirs[name].tp,
            theirs[name].fp,
            theirs[name].fn,
        ), name
    whole: Any = ours["task/units"]
    # Theirs asks for the surface of the units, ours for their full names; ours can only be stricter
    # where names are wrong and surfaces right.
    assert whole.numerator <= theirs["task with all its units right"].tp
