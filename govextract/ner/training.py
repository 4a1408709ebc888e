"""`train` makes a better model of a base model and a user's own annotated circulars.

The documents are checked and split by document; the corpus is mixed in, so that nothing is
forgotten; base and retrained model are scored on the user's held-out documents and on the test
split of the corpus; and a model that loses there is not promoted.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from govextract.ner.building import save_model
from govextract.ner.documents import NerDocument, corpus_documents
from govextract.ner.evaluating import ALL, calibrate, f1, read_documents, score_passages
from govextract.ner.examples import all_passages
from govextract.ner.fitting import Progress, Settings, fit
from govextract.ner.importing import check_documents
from govextract.ner.shipping import ModelError, load_model, shipped_model
from govextract.ner.tagger import Tagger

MAX_LOSS = 0.005
MAX_LABEL_LOSS = 0.015
TEST_SHARE = 5
MIN_TO_SPLIT = 5
_CHECKPOINT = "checkpoint"


class TrainingError(ValueError):
    """The data cannot be trained on as they are; the message says why."""


@dataclass(slots=True)
class Report:
    """What training came to.

    Attributes
    ----------
    scores
        Strict F1 of the model's own spans by test set, ``before`` or ``after``, and label;
        None where a test set holds no span of the label and none was found.
    losses
        Why the model is not promoted; empty where nothing speaks against it.
    folder
        Where the model lies: the folder asked for, or ``rejected`` within it.
    """

    n_train: int
    n_test: int
    scores: dict[str, dict[str, dict[str, float | None]]] = field(default_factory=dict)
    losses: list[str] = field(default_factory=list)
    promoted: bool = False
    folder: Path | None = None


def split_documents(
    documents: Sequence[NerDocument],
) -> tuple[list[NerDocument], list[NerDocument]]:
    """Return the documents to train on and those to test on, a fifth by the hash of their text.

    Fewer than five documents are all trained on.
    """
    if len(documents) < MIN_TO_SPLIT:
        return list(documents), []
    order = sorted(documents, key=lambda d: hashlib.sha256(d.text.encode()).hexdigest())
    n = len(documents) // TEST_SHARE
    return order[n:], order[:n]


def losses_of(before: dict[str, float | None], after: dict[str, float | None]) -> list[str]:
    """Return what a model has lost beyond what is borne.

    Examples
    --------
    >>> losses_of({"all": 0.9, "METRIC": 0.8}, {"all": 0.899, "METRIC": 0.78})
    ['METRIC falls from 80.0 to 78.0']
    """
    found = []
    for label, was in before.items():
        now = after.get(label)
        limit = MAX_LOSS if label == ALL else MAX_LABEL_LOSS
        if was is not None and now is not None and was - now > limit:
            name = "micro F1" if label == ALL else label
            found.append(f"{name} falls from {was * 100:.1f} to {now * 100:.1f}")
    return found


def train(
    documents: Sequence[NerDocument],
    out: str | os.PathLike[str],
    *,
    base: str | os.PathLike[str] | None = None,
    corpus: str | os.PathLike[str] | None = None,
    settings: Settings | None = None,
    force: bool = False,
    progress: Progress | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Report:
    """Train the base model further on `documents` and the corpus, and write the result.

    Parameters
    ----------
    documents
        From `govextract.ner.importing.read_documents`.
    out
        Folder of the new model. A run that was interrupted goes on from its last epoch.
    base
        Folder of the model to begin with; by default the shipped one.
    corpus
        Folder of the corpus; see `govextract.corpus.find_corpus`.
    force
        Promote the model even where it loses.
    progress, tell
        Called after each epoch, and with a line on each step.

    Raises
    ------
    TrainingError
        Where the data are unfit.
    ModelError
        Where the base model cannot be loaded.
    FileNotFoundError
        Where there is no corpus to mix in.
    """
    folder = Path(out)
    start = Path(base) if base is not None else shipped_model()
    if start is None:
        raise ModelError("this installation holds no model to begin with: name one as base")
    model = load_model(start)
    held_out = corpus_documents("test", corpus)
    faults = check_documents(documents, held_out)
    if faults:
        raise TrainingError("\n".join(faults))
    mixed, dev = corpus_documents("train", corpus), corpus_documents("dev", corpus)
    own, own_test = split_documents(documents)
    sets = {"own test": own_test, "corpus test": held_out}
    report = Report(len(own), len(own_test))
    tell(f"{len(own)} documents and {len(mixed)} of the corpus to train on")
    tagger = Tagger(model.nlp)
    for name, held in sets.items():
        if held:
            report.scores[name] = {"before": _scores(tagger, held)}
    settings = settings or replace(Settings(), epochs=4, learn_rate=0.0003)
    known = {d.text for d in own}
    passages = all_passages([*own, *(d for d in mixed if d.text not in known)])
    checkpoint = folder / _CHECKPOINT
    fit(model.nlp, passages, settings, checkpoint=checkpoint, progress=progress)
    tagger = Tagger(model.nlp)
    for name, held in sets.items():
        if held:
            report.scores[name]["after"] = _scores(tagger, held)
            found = losses_of(report.scores[name]["before"], report.scores[name]["after"])
            report.losses += [f"{name}: {loss}" for loss in found]
    report.promoted = force or not report.losses
    report.folder = folder if report.promoted else folder / "rejected"
    calibration = calibrate(read_documents(tagger, dev)) if dev else model.calibration
    save_model(
        model.nlp,
        calibration,
        report.folder,
        name="retrained",
        base=str(model.manifest.get("name", "shipped")),
        documents=len(own),
        scores=report.scores,
    )
    shutil.rmtree(checkpoint, ignore_errors=True)
    return report


def _scores(tagger: Tagger, documents: Sequence[NerDocument]) -> dict[str, float | None]:
    return {label: f1(counts) for label, counts in score_passages(tagger, documents).items()}
