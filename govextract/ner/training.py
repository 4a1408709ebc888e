"""`train` makes a better model of a base model and a user's own annotated circulars.

The documents are checked and split by document; the corpus is mixed in, so that nothing is
forgotten; base and retrained model are scored on the user's held-out documents and on the test
split of the corpus; and a model that loses there is not promoted.

Neither side teaches the absence of what it is not annotated with: the corpus knows three labels
only, and a user who marks nothing but projects does not say that there are no units.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from govextract.ner.building import save_model
from govextract.ner.calibration import Calibration
from govextract.ner.calibration import fit as fit_calibration
from govextract.ner.documents import NerDocument, corpus_documents
from govextract.ner.evaluating import ALL, f1, observations, read_documents, score_passages
from govextract.ner.examples import all_passages
from govextract.ner.fitting import Progress, Settings, fit
from govextract.ner.importing import check_documents
from govextract.ner.labels import add_labels, in_order, labels_of
from govextract.ner.shipping import Model, ModelError, load_model, shipped_model
from govextract.ner.tagger import Tagger
from govextract.records import LABELS

# A slower rate than from the beginning: the base is near its goal already.
SETTINGS = Settings(epochs=4, learn_rate=0.0003)
# A label that nothing is known of yet does not get far where most of what is read is silent on it.
# Small batches: few documents are many steps then.
FIRST = Settings(learn_rate=0.001, batch=300)
FIRST_SIZE = 150_000  # characters in all epochs, of which there are 2 to 25
# Few documents are read several times an epoch, so that the corpus holds no more than so many
# times what they do.
CORPUS_SHARE = 4
MAX_LOSS = 0.005
MAX_LABEL_LOSS = 0.015
TEST_SHARE = 5
MIN_TO_SPLIT = 5
# Fewer candidates of a label say less of its scores than the model's own confidence does.
MIN_TO_CALIBRATE = 20
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
        None where a test set holds no span of the label and none was found, and ``before`` of a
        label that the base does not know. ``all`` is of the labels that the base knows.
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
    labels: Iterable[str] = (),
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
    labels
        Labels to teach the model beside those that it knows.
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
    model = base_model(base)
    known = labels_of(model.nlp)
    marked = in_order(label for d in documents for *_, label in d.spans)
    new = [label for label in in_order([*marked, *labels]) if label not in known]
    held_out = corpus_documents("test", corpus)
    faults = check_documents(documents, held_out, new)
    if faults:
        raise TrainingError("\n".join(faults))
    mixed, dev = corpus_documents("train", corpus), corpus_documents("dev", corpus)
    own, own_test = split_documents(documents)
    sets: dict[str, tuple[list[NerDocument], list[str], list[str]]] = {
        "own test": (own_test, [x for x in marked if x in known], new),
        "corpus test": (held_out, list(LABELS), []),
    }
    report = Report(len(own), len(own_test))
    tell(f"{len(own)} documents and {len(mixed)} of the corpus to train on")
    unmarked = [label for label in known if label not in marked]
    if unmarked:
        tell(f"{', '.join(unmarked)}: not marked in any document, so nothing is learnt of it there")
    tagger = Tagger(model.nlp)
    for name, (held, old, added) in sets.items():
        if held:
            before = {**_scores(tagger, held, old), **dict.fromkeys(added)}
            report.scores[name] = {"before": before}
    settings = settings or SETTINGS
    add_labels(model.nlp, new)
    texts = {d.text for d in own}
    further = [label for label in labels_of(model.nlp) if label not in LABELS]
    passages = all_passages(own, unannotated=unmarked)
    of_corpus = all_passages((d for d in mixed if d.text not in texts), unannotated=further)
    checkpoint = folder / _CHECKPOINT
    size = sum(len(p.text) for p in passages)
    if new:
        tell(f"{', '.join(new)}: learnt from your documents alone at first")
        first = replace(FIRST, seed=settings.seed, epochs=_between(2, FIRST_SIZE // size, 25))
        fit(model.nlp, passages, first, checkpoint=checkpoint / "first", progress=progress)
    times = _between(1, sum(len(p.text) for p in of_corpus) // (CORPUS_SHARE * size), 5)
    fit(
        model.nlp,
        [*passages * times, *of_corpus],
        settings,
        checkpoint=checkpoint,
        progress=progress,
    )
    tagger = Tagger(model.nlp)
    for name, (held, old, added) in sets.items():
        if held:
            report.scores[name]["after"] = _scores(tagger, held, old, added)
            found = losses_of(report.scores[name]["before"], report.scores[name]["after"])
            report.losses += [f"{name}: {loss}" for loss in found]
    report.promoted = force or not report.losses
    report.folder = folder if report.promoted else folder / "rejected"
    save_model(
        model.nlp,
        _calibrated(model, dev, own_test, [x for x in further if x in marked]),
        report.folder,
        name="retrained",
        base=str(model.manifest.get("name", "shipped")),
        documents=len(own),
        scores=report.scores,
    )
    shutil.rmtree(checkpoint, ignore_errors=True)
    return report


def _between(low: int, number: int, high: int) -> int:
    return max(low, min(number, high))


def base_model(base: str | os.PathLike[str] | None = None) -> Model:
    """Return the model to begin with: that of a folder, or the shipped one.

    Raises
    ------
    ModelError
        Where it cannot be loaded, or this installation holds none.
    """
    folder = Path(base) if base is not None else shipped_model()
    if folder is None:
        raise ModelError("this installation holds no model to begin with: name one as base")
    return load_model(folder)


def _scores(
    tagger: Tagger, documents: Sequence[NerDocument], labels: Sequence[str], new: Sequence[str] = ()
) -> dict[str, float | None]:
    counts = score_passages(tagger, documents, labels, new)
    return {label: f1(of_label) for label, of_label in counts.items()}


def _calibrated(
    model: Model, dev: Sequence[NerDocument], own: Sequence[NerDocument], further: Sequence[str]
) -> Calibration:
    """Return the calibration of a retrained model.

    Parameters
    ----------
    dev, own
        Documents that it has not learnt from: of the corpus for the three labels, of the user for
        the others.
    further
        The other labels. One of which there is little to go by keeps what the base said of it.
    """
    tagger = Tagger(model.nlp)
    observed = observations(read_documents(tagger, dev))
    of_own = observations(read_documents(tagger, own), further)
    counts = Counter(placed.candidate.label for placed, _ in of_own)
    observed += [o for o in of_own if counts[o[0].candidate.label] >= MIN_TO_CALIBRATE]
    if not observed:
        return model.calibration
    fitted = {placed.candidate.label for placed, _ in observed}
    kept = {k: v for k, v in model.calibration.knots.items() if k.split()[0] not in fitted}
    return Calibration({**kept, **fit_calibration(observed).knots})
