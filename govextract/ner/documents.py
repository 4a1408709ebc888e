"""`NerDocument`: a text with its spans, and where training documents come from."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from govextract.corpus.files import AUTHORED, find_corpus, read_source, source_paths
from govextract.corpus.ledgers import source_document
from govextract.corpus.loading import load
from govextract.corpus.splits import assign_splits
from govextract.corpus.standoff import Entry
from govextract.readers.document import SourceDocument

LabelledRange = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class NerDocument:
    """A text with the spans that it holds.

    Attributes
    ----------
    id
        Names the document in messages.
    spans
        Start, end and label, sorted, each once.
    source
        The document with its tables, where they are known; else its text is all there is.
    """

    id: str
    text: str
    spans: tuple[LabelledRange, ...]
    source: SourceDocument | None = None


def from_entry(entry: Entry) -> NerDocument:
    """Return a document of the corpus."""
    spans = {(s.start, s.end, str(s.label)) for s in entry.annotation.spans}
    return NerDocument(entry.id, entry.text, tuple(sorted(spans)), source_document(entry))


def corpus_documents(
    split: str,
    folder: str | os.PathLike[str] | None = None,
    texts: Iterable[str | os.PathLike[str]] = (),
) -> list[NerDocument]:
    """Return the documents of a split of the corpus.

    Where the records of the authored splits are not built yet, their sources are read and split
    by issuer as the corpus would.

    Raises
    ------
    FileNotFoundError
        Where there is no corpus, or it lacks the split.
    """
    try:
        return [from_entry(e) for e in load(split, folder=folder, texts=texts)]
    except FileNotFoundError:
        sources = source_paths([find_corpus(folder) / AUTHORED])
        if split not in ("train", "dev", "test") or not sources:
            raise
    entries = [read_source(path) for path in sources]
    splits = assign_splits([e.document.head for e in entries])
    return [from_entry(e) for e in entries if splits[e.id] == split]


def without_overlaps(spans: Sequence[LabelledRange]) -> list[LabelledRange]:
    """Return spans of which none overlaps another: the longer stays, then the earlier.

    Examples
    --------
    >>> without_overlaps([(0, 4, "METRIC"), (2, 4, "DEADLINE")])
    [(0, 4, 'METRIC')]
    """
    kept: list[LabelledRange] = []
    for span in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
        if all(span[1] <= other[0] or other[1] <= span[0] for other in kept):
            kept.append(span)
    return sorted(kept)
