"""Pretrains the tagger on raw government prose that the rules have labelled (self-training).

Two steps, so that the slow one need not be repeated:

    python training/pretrain.py label RAW.jsonl.gz -o silver.jsonl
    python training/pretrain.py fit silver.jsonl -o pretrained.bin

RAW holds one JSON object with a ``text`` a line. The passages are labelled by the rules as they
stand, so other rules give other weights. No text is kept: the weights alone go into the model.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
import time
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

import govextract
from govextract.corpus import REAL_SPLITS
from govextract.corpus.files import FOLDER, records_name
from govextract.ner.building import new_pipeline
from govextract.ner.examples import Passage
from govextract.ner.fitting import Settings, fit
from govextract.ner.passages import joined, passages, worth_reading
from govextract.ner.shipping import load_model, shipped_model
from govextract.ner.tagger import Tagger

CONFIG = Path(__file__).parent / "config.cfg"
CORPUS = Path(__file__).parents[1] / "corpus" / FOLDER
_ORGAN = re.compile("[局委办厅部院署会处队室]|政府|人大|政协|法院|检察院")
_LENGTHS = range(1500, 40_000)
_MAX_PASSAGE = 300
_KEEP_EMPTY = 0.12


def silver(path: Path, characters: int, seed: int, agreed: bool) -> Iterator[Passage]:
    """Yield passages that the rules labelled, from documents in random order.

    Where `agreed`, only passages of which the shipped model, shown nothing of what the rules found,
    says the same.
    """
    model = shipped_model() if agreed else None
    tagger = Tagger(load_model(model).nlp) if model is not None else None
    rng = random.Random(seed)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    rng.shuffle(texts)
    seen: set[str] = set()
    held = 0
    for text in texts:
        if len(text) not in _LENGTHS or sha256(text.encode()).hexdigest() in _annotated():
            continue
        ledger = govextract.extract(text, mode="rules")
        tasks = [(t.start, t.end) for t in ledger.tasks]
        assigns = sum(len(t.responsibilities) for t in ledger.tasks) > 2
        low, high = (min(tasks)[0], max(b for _, b in tasks)) if tasks else (0, 0)
        entities = [(e.start, e.end, e.label) for e in ledger.entities]
        starts = [e[0] for e in entities]
        for a, b in joined(passages(text), [(e[0], e[1]) for e in entities]):
            passage = text[a:b]
            # Organs are annotated between the first task and the last only.
            body = assigns and low <= a and b <= high
            if b - a > _MAX_PASSAGE or (not body and _ORGAN.search(passage)):
                continue
            if passage in seen or not worth_reading(passage, agencies=True):
                continue
            inside = entities[bisect_left(starts, a) : bisect_left(starts, b)]
            spans = tuple((s - a, e - a, label) for s, e, label in inside if e <= b)
            if not spans and rng.random() > _KEEP_EMPTY:
                continue
            if tagger is not None and not _agrees(tagger, passage, spans):
                continue
            seen.add(passage)
            held += len(passage)
            yield Passage(passage, spans, ())
        if held >= characters:
            return


@cache
def _annotated() -> frozenset[str]:
    """Return the hashes of the corpus's real texts, which are learnt from or judged by elsewhere."""
    return frozenset(
        json.loads(line)["sha256"]
        for split in REAL_SPLITS
        for line in (CORPUS / records_name(split)).read_text(encoding="utf-8").splitlines()
    )


def _agrees(tagger: Tagger, passage: str, spans: tuple[tuple[int, int, str], ...]) -> bool:
    [found] = tagger.read([passage])
    return {(t.start, t.end, t.label) for t in found} == set(spans)


def main() -> None:
    """Run the step asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    steps = parser.add_subparsers(dest="step", required=True)
    label = steps.add_parser("label")
    label.add_argument("raw", type=Path)
    label.add_argument("--characters", type=int, default=1_000_000)
    label.add_argument(
        "--agreed", action="store_true", help="only what the shipped model says without hints, too"
    )
    fitting = steps.add_parser("fit")
    fitting.add_argument("silver", type=Path)
    fitting.add_argument("--epochs", type=int, default=2)
    for step in (label, fitting):
        step.add_argument("-o", "--out", type=Path, required=True)
        step.add_argument("--seed", type=int, default=20)
    given = parser.parse_args()
    started = time.time()
    if given.step == "label":
        with given.out.open("w", encoding="utf-8") as out:
            for passage in silver(given.raw, given.characters, given.seed, given.agreed):
                out.write(json.dumps([passage.text, passage.spans], ensure_ascii=False) + "\n")
        return
    rows = [json.loads(line) for line in given.silver.open(encoding="utf-8")]
    found = [Passage(text, tuple(map(tuple, spans)), ()) for text, spans in rows]
    nlp = new_pipeline(CONFIG, found, seed=given.seed)
    settings = Settings(
        epochs=given.epochs, batch=2500, learn_rate=0.001, without_hints=1.0, seed=given.seed
    )
    fit(
        nlp,
        found,
        settings,
        progress=lambda n, of, loss: print(f"epoch {n}/{of} {loss:.0f}", file=sys.stderr),
    )
    given.out.write_bytes(nlp.get_pipe("ner").model.to_bytes())
    print(f"{len(found)} passages, {time.time() - started:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
