"""The splits of the corpus as gold, and the systems' figures on them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language

from govextract.cli.evaluate import extract_and_evaluate
from govextract.corpus import CORPUS_VERSION, CorpusError, Entry, find_corpus, load, read_source
from govextract.scoring.evaluating import Evaluation, Settings
from govextract.scoring.reading import GoldFile, gold_of_entry


@dataclass(frozen=True)
class Split:
    """Gold documents under the name of their split, with what must be said of them."""

    name: str
    golds: tuple[GoldFile, ...]
    notes: tuple[str, ...] = ()
    seen: frozenset[str] | None = None


def authored_test() -> Split:
    """Return the test split; while there is none, all authored documents that can be read."""
    try:
        entries = load("test")
    except FileNotFoundError:
        return _all_authored()
    note = (
        "Written for this project, and in sight of those who wrote the rules: unseen by a model "
        "trained on the training split, but no unseen test of the rules. Values, dates and names of "
        "their gold are worked out by the library from the annotators' spans unless given by hand, "
        "so that figures of values flatter the library."
    )
    return Split("test", tuple(map(gold_of_entry, entries)), (note,), _mentions_of_training())


# What must be said of the figures on real documents, by split.
REAL_NOTES = {
    "real-unseen": "Real circulars, annotated blind and kept from those who wrote the rules: no rule "
    "was written for them, no model trained or calibrated on them. "
    "Eight of the eleven are by issuers of which real-train holds other circulars: the model knows their manner. "
    "Most are of one province and of one kind, measures with labelled lists; the most honest figures here, and still few documents.",
    "real-dev": "Real circulars, annotated blind. No rule was written for them and no model trained on "
    "them, but the model's scores are calibrated on them, and its settings were chosen on them."
    " Nine of the fourteen are by issuers of which real-train holds other circulars.",
    "real-test": "Real circulars. Those who wrote the rules had these documents and their gold before "
    "them, and few they are: on documents that nobody has seen expect less.",
}


def real_splits(texts: Sequence[Path]) -> list[Split]:
    """Return the real documents to test on, by split; none where their texts are not there."""
    found = []
    for name, note in REAL_NOTES.items():
        try:
            entries = load(name, texts=texts)
        except (FileNotFoundError, ValueError) as error:
            print(f"{name}: skipped: {str(error).splitlines()[0]}")
            continue
        golds = tuple(map(gold_of_entry, entries))
        found.append(Split(name, golds, (note,), _mentions_of_training()))
    return found


def evaluate_split(
    split: Split, systems: dict[str, Callable[[], Language]], resamples: int
) -> list[Evaluation]:
    """Return the figures of each system on a split."""
    settings = Settings(CORPUS_VERSION, resamples=resamples, seen=split.seen)
    return [
        extract_and_evaluate(name, split.golds, settings, loader())
        for name, loader in systems.items()
    ]


def digest(gold: GoldFile) -> str:
    """Return what changes when a document or its gold does."""
    data = json.dumps(gold.gold.ledger.to_dict(), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(data.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _all_authored() -> Split:
    entries: list[Entry] = []
    refused = []
    for path in sorted((find_corpus() / "authored").glob("*.txt")):
        try:
            entries.append(read_source(path))
        except CorpusError as error:
            refused.append(f"{path.stem} ({error.faults[0].message})")
    notes = [
        "The corpus has no test split yet: these are all of its authored documents. The rules were "
        "written beside them, so these are figures of development, not of new documents."
    ]
    if refused:
        notes.append(f"{len(refused)} documents cannot be read yet: {'; '.join(refused)}.")
    return Split("authored", tuple(map(gold_of_entry, entries)), tuple(notes))


def _mentions_of_training() -> frozenset[str] | None:
    try:
        entries = load("train")
    except FileNotFoundError:
        return None
    return frozenset(e.text[s.start : s.end] for e in entries for s in e.annotation.spans)
