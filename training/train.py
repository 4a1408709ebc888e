"""Trains the shipped model from the corpus, calibrates its scores, and reports.

Scores are calibrated on the development split and, by cross-fitting, on the training split.

    python training/train.py -o govextract/ner/model

Two runs on the same machine and corpus give equal weights.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
import time
from dataclasses import replace
from pathlib import Path

from spacy.language import Language

from govextract.ner.building import new_pipeline, save_model
from govextract.ner.calibration import Calibration
from govextract.ner.documents import corpus_documents
from govextract.ner.evaluating import (
    SYSTEMS,
    Reading,
    calibrate,
    f1,
    interval,
    read_documents,
    score,
    score_passages,
)
from govextract.ner.examples import Passage, all_passages
from govextract.ner.fitting import Settings, fit
from govextract.ner.tagger import Tagger
from govextract.scoring import Counts

HERE = Path(__file__).parent


def main() -> None:
    """Train, calibrate, score and write the model."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, default=None)
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--epochs", type=int, default=Settings().epochs)
    parser.add_argument("--documents", type=int, default=0, help="train on so many; 0 for all")
    parser.add_argument("--no-hints", action="store_true", help="hide the rules' spans")
    parser.add_argument("--folds", type=int, default=2, help="of the calibration; 0 for none")
    parser.add_argument(
        "--pretrained", type=Path, default=None, help="weights from pretrain.py to begin with"
    )
    given = parser.parse_args()
    started = time.time()
    train, dev, test = (corpus_documents(s, given.corpus) for s in ("train", "dev", "test"))
    # by the hash of the text: as good as random, and the same for every run
    train.sort(key=lambda d: hashlib.sha256(d.text.encode()).hexdigest())
    train = train[: given.documents or None]
    passages = all_passages(train)
    weights = None
    if given.pretrained is not None:
        weights = given.pretrained.read_bytes()
    settings = replace(
        Settings(),
        epochs=given.epochs,
        seed=given.seed,
        without_hints=1.0 if given.no_hints else Settings().without_hints,
    )
    log = sys.stderr
    # What a model says of documents that it learnt from tells nothing of its errors on others.
    held_out: list[Reading] = []
    for fold in range(given.folds):
        others = [d for n, d in enumerate(train) if n % given.folds != fold]
        tagger = Tagger(_trained(all_passages(others), settings, weights))
        held_out += read_documents(tagger, train[fold :: given.folds])
        print(f"fold {fold + 1} of {given.folds} {time.time() - started:.0f} s", file=log)
    nlp = _trained(passages, settings, weights)
    tagger = Tagger(nlp)
    readings = {"dev": read_documents(tagger, dev), "test": read_documents(tagger, test)}
    calibration = calibrate([*held_out, *readings["dev"]])
    figures = {name: _figures(calibration, found) for name, found in readings.items()}
    for name, documents in (("dev", dev), ("test", test)):
        figures[name]["model"] = _described(score_passages(tagger, documents))
    digest = hashlib.sha256(nlp.get_pipe("ner").model.to_bytes()).hexdigest()
    shutil.rmtree(given.out, ignore_errors=True)
    save_model(
        nlp,
        calibration,
        given.out,
        documents={"train": len(train), "dev": len(dev), "test": len(test)},
        seed=given.seed,
        epochs=given.epochs,
        pretrained=weights is not None,
        weights_sha256=digest,
        figures=figures,
    )
    _print(figures)
    print(f"weights {digest[:16]}, {time.time() - started:.0f} s", file=log)


def _trained(passages: list[Passage], settings: Settings, weights: bytes | None) -> Language:
    nlp = new_pipeline(HERE / "config.cfg", passages, seed=settings.seed, weights=weights)
    fit(
        nlp,
        passages,
        settings,
        progress=lambda n, of, loss: print(f"epoch {n}/{of} {loss:.0f}", file=sys.stderr),
    )
    return nlp


def _figures(calibration: Calibration, found: list[Reading]) -> dict[str, dict[str, object]]:
    return {system: _described(score(found, calibration, system)) for system in SYSTEMS}


def _described(counts: dict[str, list[Counts]]) -> dict[str, object]:
    out: dict[str, object] = {}
    for label, documents in counts.items():
        total, span = sum(documents, Counts()), interval(documents)
        values = (
            total.precision.value, total.recall.value, f1(documents), span.low, span.high,
        )  # fmt: skip
        out[label] = [None if v is None else round(v, 4) for v in values]
    return out


def _print(figures: dict[str, dict[str, dict[str, object]]]) -> None:
    for split, systems in figures.items():
        for system, labels in systems.items():
            for label, values in labels.items():
                print(split, system, label, json.dumps(values))


if __name__ == "__main__":
    main()
