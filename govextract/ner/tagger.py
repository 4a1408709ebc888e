"""`Tagger` reads passages with the trained ``ner`` and says how sure it is of each span.

The parser of spaCy takes one action a token (begin, in, last, unit, out) and keeps no scores. Here
its own step model is called, so that the scores of every action are seen: a span's confidence is
the least probability that the model gave to any of its actions, among those allowed there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Span

from govextract.ner.features import HINTS
from govextract.ner.labels import labels_of
from govextract.ner.passages import has_numeral

_SEPARATORS = "、，,。；;：:"
_BATCH = 6_000  # characters: bounds the memory of a batch


Hint = tuple[int, int, str]


def give_hints(doc: Doc, hints: Sequence[Hint]) -> None:
    """Set the rules' spans, ranges of tokens, where the model's embedding looks for them."""
    if hints:
        doc.spans[HINTS] = [Span(doc, a, b, label=label) for a, b, label in hints]


@dataclass(frozen=True, slots=True)
class Tagged:
    """A span of a passage with the model's own, uncalibrated confidence."""

    start: int
    end: int
    label: str
    confidence: float


class Tagger:
    """Reads passages with the component ``ner`` of a pipeline.

    Parameters
    ----------
    nlp
        A pipeline with one token a character and a component ``ner``.

    Attributes
    ----------
    labels
        What the component knows: the three labels first, then those that it has learnt besides.
    """

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp
        self.labels = labels_of(nlp)
        self._ner = cast(Any, nlp.get_pipe("ner"))
        self._moves: dict[str, int] = {
            str(self._ner.moves.get_class_name(n)): n for n in range(self._ner.moves.n_moves)
        }
        self._between = [n for name, n in self._moves.items() if name[0] in "BUO"]
        self._within = {
            label: [self._moves[f"{move}-{label}"] for move in "IL"] for label in self.labels
        }

    def read(
        self, texts: Sequence[str], hints: Sequence[Sequence[Hint]] | None = None
    ) -> list[list[Tagged]]:
        """Return the spans of each of `texts`, in order.

        Parameters
        ----------
        texts
            Passages.
        hints
            What the rules found in each of them, which the model takes into account.
        """
        out: list[list[Tagged]] = [[] for _ in texts]
        for batch in _batches(texts):
            docs = [self.nlp.make_doc(texts[i]) for i in batch]
            for i, doc in zip(batch, docs, strict=True):
                give_hints(doc, hints[i] if hints else ())
            for i, doc, scores in zip(batch, docs, self._parse(docs), strict=True):
                out[i] = list(self._spans(doc, scores))
        return out

    def _parse(self, docs: list[Doc]) -> list[NDArray[np.float32]]:
        """Set the entities of `docs`, longest first, and return each token's scores of actions."""
        ner = self._ner
        states = ner.moves.init_batch(docs)
        unfinished = [s for s in states if not s.is_final()]
        step_model = ner.model.predict(docs)
        steps: list[NDArray[np.float32]] = []
        while unfinished:
            scores = step_model.predict(unfinished)
            steps.append(scores)
            unfinished = ner.transition_states(unfinished, scores)
        step_model.clear_memory()
        ner.set_annotations(docs, states)
        # Sorted by length: the documents of a step are the first of the batch.
        return [np.stack([steps[n][row] for n in range(len(doc))]) for row, doc in enumerate(docs)]

    def _spans(self, doc: Doc, scores: NDArray[np.float32]) -> Iterator[Tagged]:
        for ent in doc.ents:
            label = ent.label_
            a, b = _trimmed(doc.text, ent.start, ent.end)
            if a == b:
                continue
            if label == "METRIC" and not has_numeral(doc.text[a:b]):
                continue  # by definition no target
            first, last = ent.start, ent.end - 1
            opening = self._probability(scores[first], "U" if first == last else "B", label)
            inside = [
                self._probability(scores[at], "L" if at == last else "I", label)
                for at in range(first + 1, last + 1)
            ]
            yield Tagged(a, b, label, min([opening, *inside]))

    def _probability(self, scores: NDArray[np.float32], move: str, label: str) -> float:
        """Return the share of an action among those allowed where it was taken."""
        # Once a span has begun, it can only go on or end.
        allowed = self._within[label] if move in "IL" else self._between
        values = np.exp(scores[allowed].astype(np.float64) - scores[allowed].max())
        return float(values[allowed.index(self._moves[f"{move}-{label}"])] / values.sum())


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out blanks and separators at the edges: by definition no span begins or ends so."""
    while start < end and (text[start].isspace() or text[start] in _SEPARATORS):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _SEPARATORS):
        end -= 1
    return start, end


def _batches(texts: Sequence[str]) -> Iterator[list[int]]:
    """Yield the places of non-empty `texts`, longest first, so many as a batch may hold."""
    order = sorted((i for i, t in enumerate(texts) if t), key=lambda i: (-len(texts[i]), i))
    batch: list[int] = []
    held = 0
    for i in order:
        if batch and held + len(texts[i]) > _BATCH:
            yield batch
            batch, held = [], 0
        batch.append(i)
        held += len(texts[i])
    if batch:
        yield batch
