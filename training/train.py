"""Trains the shipped model, calibrates its scores, and reports.

    python training/train.py -o govextract/ner/model [--texts TEXTS...] [--vectors vectors.npz]

Learns from the authored training split and, where copies of the real documents' texts are given,
from the split real-train. Scores are calibrated on documents that neither model nor rules were made
from: the development splits, and by cross-fitting on the training splits where no real ones are
given. Two runs on the same machine, corpus and vectors give equal weights.
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

from govextract.corpus import REAL_SPLITS, SPLITS
from govextract.ner.building import new_pipeline, save_model
from govextract.ner.documents import NerDocument, corpus_documents
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
from govextract.ner.varying import Variation
from govextract.scoring import Counts

HERE = Path(__file__).parent
FOLDS = 2


def main() -> None:
    """Train, calibrate, score and write the model."""
    given = _arguments()
    started = time.time()
    log = sys.stderr
    sets = {name: _documents(name, given) for name in SPLITS}
    train = [*sets["train"], *([] if given.authored_only else sets["real-train"])]
    # by the hash of the text: as good as random, and the same for every run
    train.sort(key=lambda d: hashlib.sha256(d.text.encode()).hexdigest())
    train = train[: given.documents or None]
    settings = replace(
        Settings(),
        epochs=given.epochs,
        seed=given.seed,
        without_hints=1.0 if given.no_hints else given.without_hints,
    )
    weights = given.pretrained.read_bytes() if given.pretrained is not None else None

    def trained(passages: list[Passage]) -> Language:
        nlp = new_pipeline(
            HERE / "config.cfg", passages, seed=given.seed, weights=weights, vectors=given.vectors
        )
        fit(
            nlp,
            passages,
            settings,
            progress=lambda n, of, loss: print(f"epoch {n}/{of} {loss:.0f}", file=log),
            vary=Variation(passages) if given.vary else None,
        )
        return nlp

    held_out: list[Reading] = []
    if not sets["real-dev"] and not given.no_folds:
        # what a model says of documents that it learnt from tells nothing of its errors on others
        for fold in range(FOLDS):
            others = [d for n, d in enumerate(train) if n % FOLDS != fold]
            tagger = Tagger(trained(all_passages(others)))
            held_out += read_documents(tagger, train[fold::FOLDS])
            print(f"fold {fold + 1} of {FOLDS}, {time.time() - started:.0f} s", file=log)
    nlp = trained([*all_passages(train), *_silver(given.silver)])
    print(f"trained on {len(train)} documents, {time.time() - started:.0f} s", file=log)
    tagger = Tagger(nlp)
    scored = {n: d for n, d in sets.items() if d and n not in ("train", "real-train")}
    readings = {name: read_documents(tagger, documents) for name, documents in scored.items()}
    calibration = calibrate([*held_out, *readings["dev"], *readings.get("real-dev", [])])
    figures = {
        name: {system: _described(score(found, calibration, system)) for system in SYSTEMS}
        for name, found in readings.items()
    }
    for name, documents in scored.items():
        figures[name]["model"] = _described(score_passages(tagger, documents))
    digest = hashlib.sha256(nlp.get_pipe("ner").model.to_bytes()).hexdigest()
    shutil.rmtree(given.out, ignore_errors=True)
    save_model(
        nlp,
        calibration,
        given.out,
        documents={"train": len(train), **{name: len(d) for name, d in scored.items()}},
        seed=given.seed,
        epochs=given.epochs,
        without_hints=settings.without_hints,
        vectors=_digest(given.vectors),
        pretrained=weights is not None,
        weights_sha256=digest,
        figures=figures,
    )
    _print(figures)
    print(f"weights {digest[:16]}, {time.time() - started:.0f} s", file=log)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, default=None)
    parser.add_argument(
        "--texts", type=Path, nargs="+", default=[], help="copies of the real documents' texts"
    )
    parser.add_argument(
        "--vectors", type=Path, default=None, help="vectors of pairs, from vectors.py"
    )
    parser.add_argument("--seed", type=int, default=Settings().seed)
    parser.add_argument("--epochs", type=int, default=Settings().epochs)
    parser.add_argument("--documents", type=int, default=0, help="train on so many; 0 for all")
    parser.add_argument(
        "--authored-only",
        action="store_true",
        help="leave real-train out, though its texts are given",
    )
    parser.add_argument(
        "--vary", action="store_true", help="exchange units, digits and widths of signs at random"
    )
    parser.add_argument(
        "--silver",
        type=Path,
        default=None,
        help="passages from pretrain.py label to learn from, too",
    )
    parser.add_argument("--without-hints", type=float, default=Settings().without_hints)
    parser.add_argument("--no-hints", action="store_true", help="hide the rules' spans")
    parser.add_argument(
        "--no-folds", action="store_true", help="calibrate on the development split alone"
    )
    parser.add_argument(
        "--pretrained", type=Path, default=None, help="weights from pretrain.py to begin with"
    )
    return parser.parse_args()


def _silver(path: Path | None) -> list[Passage]:
    """Return passages that a teacher labelled; they have no hints, which say the same."""
    if path is None:
        return []
    rows = [json.loads(line) for line in path.open(encoding="utf-8")]
    return [Passage(text, tuple(map(tuple, spans)), ()) for text, spans in rows]


def _documents(split: str, given: argparse.Namespace) -> list[NerDocument]:
    if split in REAL_SPLITS and not given.texts:
        return []
    return corpus_documents(split, given.corpus, given.texts)


def _digest(path: Path | None) -> str | None:
    return None if path is None else hashlib.sha256(path.read_bytes()).hexdigest()


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
