"""Shows what retraining is worth: a base model against one retrained on circulars of a new issuer.

    python training/demonstrate.py --split real-dev --issuer 福建省人民政府 --texts TEXTS

The issuer's documents of a split that the base was not trained on are halved by the hash of their
text. One half is what a user of that office would annotate: the base is retrained on it as
`govextract train` does, which of five documents or more holds a fifth out for its own report. Both
models then read the other half, and the test split of the corpus to see what was forgotten. Figures
are strict F1 with 95 % intervals by document. Whether the base knows the issuer is not checked.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from govextract.corpus import load
from govextract.ner.documents import NerDocument, corpus_documents, from_entry
from govextract.ner.evaluating import f1, interval, read_documents, score, score_passages
from govextract.ner.fitting import Settings
from govextract.ner.shipping import Model, load_model
from govextract.ner.tagger import Tagger
from govextract.ner.training import SETTINGS, base_model, train
from govextract.scoring import Counts

Figures = dict[str, dict[str, list[Counts]]]


def main() -> None:
    """Retrain and print a table a test set."""
    given = _arguments()
    started = time.time()
    issuer, documents = _of_one_issuer(given)
    documents.sort(key=lambda d: hashlib.sha256(d.text.encode()).hexdigest())
    half = (len(documents) + 1) // 2
    learnt, held = documents[:half], documents[half:]
    print(
        f"issuer {issuer}, split {given.split}: trained on {_size(learnt)}, tested on {_size(held)}"
    )
    base = base_model(given.base)
    print(f"base of {base.manifest.get('documents')}; seed {given.seed}, {given.epochs} epochs")
    settings: Settings = replace(SETTINGS, epochs=given.epochs, seed=given.seed)
    sets = {"the issuer's other half": held, "corpus test": corpus_documents("test", given.corpus)}
    before = {name: _figures(base, found) for name, found in sets.items()}
    report = train(
        learnt,
        given.out,
        base=given.base,
        corpus=given.corpus,
        settings=settings,
        progress=lambda n, of, loss: _tell(f"epoch {n} of {of}, {time.time() - started:.0f} s"),
    )
    assert report.folder is not None
    retrained = load_model(report.folder)
    for name, found in sets.items():
        _print(name, {"base": before[name], "retrained": _figures(retrained, found)})
    for loss in report.losses:
        print(f"not promoted: {loss}")
    _tell(f"{time.time() - started:.0f} s")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-o", "--out", type=Path, default=Path("demonstration"))
    parser.add_argument("--split", default="test", help="of the corpus; none the base learnt from")
    parser.add_argument(
        "--issuer", default=None, help="part of its name; by default that with most documents"
    )
    parser.add_argument(
        "--texts", type=Path, nargs="+", default=[], help="copies of the real documents' texts"
    )
    parser.add_argument("--corpus", type=Path, default=None)
    parser.add_argument("--base", type=Path, default=None, help="by default the shipped model")
    parser.add_argument("--epochs", type=int, default=SETTINGS.epochs)
    parser.add_argument("--seed", type=int, default=SETTINGS.seed)
    return parser.parse_args()


def _of_one_issuer(given: argparse.Namespace) -> tuple[str, list[NerDocument]]:
    """Return the issuer asked for, or else that with most documents, and its documents."""
    entries = list(load(given.split, folder=given.corpus, texts=given.texts))
    issuers = [e.document.head.issuer for e in entries]
    name = given.issuer or Counter(issuers).most_common(1)[0][0]
    chosen = [from_entry(e) for e, issuer in zip(entries, issuers, strict=True) if name in issuer]
    chosen = list({d.text: d for d in chosen}.values())  # a site may print a circular twice
    if len(chosen) < 2:
        sys.exit(f"{given.split} holds {len(chosen)} documents of {name}; two at least are needed")
    return name, chosen


def _figures(model: Model, documents: Sequence[NerDocument]) -> Figures:
    tagger = Tagger(model.nlp)
    readings = read_documents(tagger, documents)
    return {
        "model": score_passages(tagger, documents),
        "hybrid": score(readings, model.calibration, "hybrid"),
    }


def _size(documents: Sequence[NerDocument]) -> str:
    spans = Counter(label for d in documents for *_, label in d.spans)
    counts = ", ".join(f"{label} {n}" for label, n in sorted(spans.items()))
    return (
        f"{len(documents)} documents ({sum(len(d.text) for d in documents):,} characters; {counts})"
    )


def _print(name: str, models: dict[str, Figures]) -> None:
    print(
        f"\n{name}\n\n| system | model | AGENCY | METRIC | DEADLINE | all |\n|---|---|---|---|---|---|"
    )
    for system in ("model", "hybrid"):
        for of, figures in models.items():
            print(f"| {system} | {of} | " + " | ".join(map(_cell, figures[system].values())) + " |")


def _cell(counts: list[Counts]) -> str:
    value, span = f1(counts), interval(counts)
    if value is None or span.low is None or span.high is None:
        return "–"
    return f"{value * 100:.1f} ({span.low * 100:.1f}–{span.high * 100:.1f})"


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
