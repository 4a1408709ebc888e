"""Labels beyond the three known ones: how a model gets them, and what is not taught of them.

A corpus that was annotated before a label existed does not say where that label is absent. What is
learnt from it is only that a place with none of the old labels holds either nothing or something
new, in the shares in which the model believes in both (the loss sums over what the annotation
leaves open, as with the partial annotation of Tsuboi et al. 2008).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.training import Example
from thinc.api import Optimizer, set_dropout_rate

from govextract.records import LABELS

Floats = NDArray[np.float32]

_LABEL = re.compile(r"[A-Z][A-Z0-9_]*")


def is_label(word: str) -> bool:
    """Tell whether a word can be a label, as the schema of the ledger says.

    Examples
    --------
    >>> is_label("PROJECT"), is_label("Project"), is_label("项目")
    (True, False, False)
    """
    return _LABEL.fullmatch(word) is not None


def in_order(labels: Iterable[str]) -> tuple[str, ...]:
    """Return labels, each once: the three known ones first, then by the alphabet.

    Examples
    --------
    >>> in_order(["PROJECT", "METRIC", "LEADER"])
    ('METRIC', 'LEADER', 'PROJECT')
    """
    found = set(labels)
    return (*(x for x in LABELS if x in found), *sorted(found.difference(LABELS)))


def labels_of(nlp: Language) -> tuple[str, ...]:
    """Return the labels that the component ``ner`` of a pipeline knows."""
    return in_order(cast(Any, nlp.get_pipe("ner")).labels)


def add_labels(nlp: Language, labels: Iterable[str]) -> None:
    """Give the component ``ner`` further labels; what it has learnt stays as it is."""
    ner = cast(Any, nlp.get_pipe("ner"))
    for label in labels:
        ner.add_label(label)
    # What annotated documents never show, such as a span of one character, is to be unlearnt from
    # them too: spaCy would mask it until it is seen, but not in a model that was saved and loaded.
    ner.model.attrs["unseen_classes"].clear()


def update(
    nlp: Language,
    examples: Sequence[Example],
    unannotated: Collection[str] = (),
    *,
    optimizer: Optimizer,
    dropout: float,
    losses: dict[str, float],
) -> None:
    """Take one step of learning.

    Parameters
    ----------
    unannotated
        Labels that the examples may hold though nobody has marked them there.
    """
    if not unannotated:
        nlp.update(examples, sgd=optimizer, drop=dropout, losses=losses)
        return
    ner = cast(Any, nlp.get_pipe("ner"))
    moves = _Moves.of(ner, unannotated)
    set_dropout_rate(ner.model, dropout)
    states, golds, _ = ner.moves.init_gold_batch(list(examples))
    step_model, finish = ner.model.begin_update([eg.x for eg in examples])
    waiting = list(zip(states, golds, strict=True))
    told: dict[str, float] = {}
    while waiting:
        states, golds = zip(*waiting, strict=True)
        scores, backprop = step_model.begin_update(states)
        gradient = ner.get_batch_loss(states, golds, scores, told)
        gradient = moves.left_open(scores, gradient)
        losses[ner.name] = losses.get(ner.name, 0.0) + float((gradient**2).sum())
        backprop(gradient)
        ner.transition_states(states, scores)
        waiting = [pair for pair in waiting if not pair[0].is_final()]
    finish(golds)
    ner.finish_update(optimizer)
    step_model.clear_memory()


@dataclass(frozen=True, slots=True)
class _Moves:
    """The columns of the parser's scores: ``out``, and of the open labels those that begin or go on."""

    out: int
    begin: tuple[int, ...]
    inside: tuple[int, ...]

    @classmethod
    def of(cls, ner: Any, labels: Collection[str]) -> _Moves:
        names = [str(ner.moves.get_class_name(n)) for n in range(ner.moves.n_moves)]
        found = {
            kinds: tuple(n for n, x in enumerate(names) if x[0] in kinds and x[2:] in labels)
            for kinds in ("BU", "IL")
        }
        return cls(names.index("O"), found["BU"], found["IL"])

    def left_open(self, scores: Floats, gradient: Floats) -> Floats:
        """Return the gradient of scores where to begin a span of an open label is as right as none.

        spaCy's own is the share of each action, less its share among those that are right: so the
        right ones are below zero. Where none is right it is zero, and nothing is taught.
        """
        out = gradient.copy()
        # within a span of which nobody can say whether it is right
        out[np.any(gradient[:, self.inside] < 0, axis=1)] = 0
        nothing = np.flatnonzero(gradient[:, self.out] < 0)
        right = gradient[nothing] < 0
        right[:, self.begin] = True
        values = np.exp(scores[nothing] - scores[nothing].max(axis=1, keepdims=True))
        of_right = values * right
        # the right ones may be so unlikely that their sum is zero in single precision
        sums = np.maximum(of_right.sum(axis=1, keepdims=True), 1e-10)
        out[nothing] = values / values.sum(axis=1, keepdims=True) - of_right / sums
        return out
