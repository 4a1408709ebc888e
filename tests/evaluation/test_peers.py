from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from evaluation.peers import comparing
from govextract.corpus import EXAMPLE, Entry, compile_document, parse
from govextract.scoring import Counts
from govextract.scoring.reading import GoldFile, gold_of_entry

FOLDER = comparing.FOLDER


@pytest.fixture(scope="module")
def adapter() -> ModuleType:
    spec = importlib.util.spec_from_file_location("adapter", FOLDER / "adapter.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def gold() -> GoldFile:
    document = parse(EXAMPLE)
    return gold_of_entry(Entry(document, compile_document(document)))


@pytest.mark.parametrize(
    ("words", "spans"),
    [
        ([("市", "n"), ("财政局", "ORG")], [(0, 4, "ORG")]),
        ([("云川", "LOC"), ("财政局", "ORG")], [(0, 5, "ORG")]),
        ([("、", "w"), ("财政局", "ORG")], [(1, 4, "ORG")]),
        ([("市", "n"), ("、", "w"), ("财政局", "ORG")], [(2, 5, "ORG")]),
        ([("6月", "TIME"), ("底", "TIME"), ("前", "f")], [(0, 3, "TIME")]),
        ([("财政局", "ORG"), ("审计局", "ORG")], [(0, 3, "ORG"), (3, 6, "ORG")]),
        ([("植树", "v")], []),
    ],
)
def test_peers_tagged_words_become_spans(
    adapter: ModuleType, words: list[tuple[str, str]], spans: list[tuple[int, int, str]]
) -> None:
    assert adapter.organisations(words, {"ORG"}, {"LOC"}, {"TIME"}) == spans


def test_peers_organisations_count_inside_assignments_only(gold: GoldFile) -> None:
    units = [(r.start, r.end, "ORG") for t in gold.gold.ledger.tasks for r in t.responsibilities]
    wanted = len(units)
    strict, overlap = comparing.score_kind("ORG", gold, [*units, (0, 3, "ORG")])
    assert strict == overlap == Counts(wanted, wanted, wanted)
    start, end, _ = units[0]
    strict, overlap = comparing.score_kind("ORG", gold, [(start + 1, end, "ORG")])
    assert (strict, overlap) == (Counts(0, wanted, 1), Counts(1, wanted, 1))


def test_peers_kinds_are_scored_apart(gold: GoldFile) -> None:
    limits = [(d.start, d.end) for d in gold.gold.ledger.entities if d.label == "DEADLINE"]
    assert limits
    strict, _ = comparing.score_kind("TIME", gold, [(s, e, "ORG") for s, e in limits])
    assert strict == Counts(0, len(limits), 0)
    strict, _ = comparing.score_kind("TIME", gold, [(s, e, "TIME") for s, e in limits])
    assert strict == Counts(len(limits), len(limits), len(limits))


def test_peers_the_regular_expressions_run_by_themselves() -> None:
    text = "1、清淤。\n（市水利局、市财政局）6月底前投资12亿元"
    done = subprocess.run(
        [sys.executable, str(FOLDER / "regex_baseline.py")],
        input=json.dumps({"id": "a", "text": text}) + "\n",
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    result = json.loads(done.stdout.strip().splitlines()[-1])
    found = {(text[s:e], kind) for s, e, kind in result["documents"]["a"]}
    assert {
        ("市水利局", "ORG"),
        ("市财政局", "ORG"),
        ("6月底前", "TIME"),
        ("12亿元", "MONEY"),
    } <= found


def test_peers_those_without_weights_are_marked_and_have_their_script() -> None:
    marked = {p.name for p in comparing.PEERS if p.not_run}
    assert marked == {"HanLP", "LTP", "UIE (PaddleNLP)", "GLiNER"}
    for peer in comparing.PEERS:
        assert (FOLDER / peer.script).is_file()


def test_peers_one_that_cannot_be_installed_is_not_run(
    gold: GoldFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = comparing.Peer("none", "no_such_script.py", (), ("ORG",))
    monkeypatch.setattr(comparing, "PEERS", (broken,))
    (row,) = comparing.compare_peers([gold], tmp_path)
    assert "no_such_script.py" in row["not_run"]
