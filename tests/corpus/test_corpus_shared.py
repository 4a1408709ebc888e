"""The real splits, hydrated with the reference texts, against the reference gold."""

from __future__ import annotations

import importlib.util
import json
import os
from pathlib import Path
from types import ModuleType

import pytest

from govextract.corpus import Entry, find_corpus, hydrate, ledger_of, load, read_records
from govextract.corpus.files import records_name

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def shared() -> Path:
    """The folder with the reference texts."""
    given = os.environ.get("GOVEXTRACT_SHARED")
    folder = Path(given) if given else ROOT.parent / "shared"
    if not (folder / "gold").is_dir():
        pytest.skip("the shared reference texts are not beside the repository")
    return folder


def _scorer(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", shared / "tools" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def real_test(shared: Path) -> list[Entry]:
    """The documents of the split real-test whose texts are among the reference circulars."""
    records = read_records(find_corpus(ROOT / "corpus") / records_name("real-test"))
    filled, refused = hydrate(records, [shared / "circulars"])
    assert refused == []
    assert filled
    return load("real-test", folder=ROOT / "corpus", texts=[shared / "circulars"])


@pytest.mark.shared
@pytest.mark.parametrize("name", ["000", "002", "003"])
def test_hydration_scores_one_against_the_gold(
    shared: Path, real_test: list[Entry], name: str
) -> None:
    gold = json.loads((shared / "gold" / f"{name}.gold.json").read_text(encoding="utf-8"))
    [entry] = [entry for entry in real_test if entry.document.head.source == gold["doc"]]
    text = (shared / "circulars" / gold["doc"]).read_text(encoding="utf-8")
    figures = _scorer(shared).score(gold, text, ledger_of(entry).to_dict())
    assert len(figures) >= 14
    assert {what: figure.f for what, figure in figures.items()} == dict.fromkeys(figures, 1.0)


@pytest.mark.shared
def test_hydration_gives_numbers_titles_and_paths_of_the_gold(
    shared: Path, real_test: list[Entry]
) -> None:
    for path in sorted((shared / "gold").glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        [entry] = [entry for entry in real_test if entry.document.head.source == gold["doc"]]
        found = [(t.number, t.title, list(t.path)) for t in entry.annotation.tasks]
        assert found == [(t["number"], t["title"], t["path"]) for t in gold["tasks"]]


def test_hydration_the_shipped_records_hold_no_text() -> None:
    for split in ("real-train", "real-test"):
        path = find_corpus(ROOT / "corpus") / records_name(split)
        for record in read_records(path) if path.is_file() else []:
            assert record["text"] is None
            texts = [m["text"] for task in record["tasks"] for m in task["metrics"]]
            texts += [r["surface"] for task in record["tasks"] for r in task["responsibilities"]]
            texts += [heading for task in record["tasks"] for heading in task["path"]]
            assert set(texts) <= {None}
