"""Labels beyond the three known ones: how a model gets them, and what is not taught of them.

A corpus that was annotated before a label existed does not say where that label is absent. spaCy's
parser can mask classes that it has not seen yet; here the same mask is set for as long as the model
learns from such documents: the actions of the label get no score and no gradient there, and all
other actions compete among themselves, as they did before the label existed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, cast

from spacy.language import Language

from govextract.records import LABELS

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


@contextmanager
def unannotated(nlp: Language, labels: Collection[str]) -> Iterator[None]:
    """Keep the actions of `labels` out of what ``ner`` is taught within."""
    if not labels:
        yield
        return
    ner = cast(Any, nlp.get_pipe("ner"))
    names = (str(ner.moves.get_class_name(n)) for n in range(ner.moves.n_moves))
    masked = {n for n, name in enumerate(names) if name[2:] in labels}
    before = set(ner.model.attrs["unseen_classes"])
    ner.model.attrs["unseen_classes"] = before | masked
    try:
        yield
    finally:
        ner.model.attrs["unseen_classes"] = before
