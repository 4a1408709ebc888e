"""From documents to the examples that the model is trained on: passages with the rules' hints."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.vocab import Vocab

from govextract.merging import without_overlaps as without_overlapping_candidates
from govextract.ner.documents import NerDocument, corpus_documents, without_overlaps
from govextract.ner.passages import joined, passages
from govextract.ner.tagger import Hint, give_hints
from govextract.readers.text import from_text
from govextract.rules.candidates import rule_candidates
from govextract.rules.circular import Circular
from govextract.rules.components import (
    AgencyReader,
    AssignmentReader,
    DateReader,
    MetadataReader,
    OutlineReader,
    QuantityReader,
    circular_of,
)
from govextract.rules.tokenizer import CharTokenizer


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage to learn from: its text, its spans, and what the rules found in it.

    Attributes
    ----------
    unannotated
        Labels that the passage may hold though nobody has marked them there.
    """

    text: str
    spans: tuple[tuple[int, int, str], ...]
    hints: tuple[Hint, ...]
    unannotated: frozenset[str] = frozenset()


@cache
def _tokenizer() -> CharTokenizer:
    return CharTokenizer(Vocab())


def read_by_rules(document: NerDocument) -> Doc:
    """Return a document that the components of the rules have read."""
    doc = _tokenizer()(document.text)
    doc._.circular = Circular(document.source or from_text(document.text))
    for reader in (
        OutlineReader(),
        MetadataReader(),
        AssignmentReader(),
        QuantityReader(),
        DateReader(),
        AgencyReader(),
    ):
        doc = reader(doc)
    return doc


def passages_of(document: NerDocument) -> Iterator[Passage]:
    """Yield the passages of a document; one that a span runs over is not cut."""
    candidates = rule_candidates(circular_of(read_by_rules(document)))
    hints = [(c.start, c.end, c.label) for c in without_overlapping_candidates(candidates)]
    spans = document.spans
    for a, b in joined(passages(document.text), [(s[0], s[1]) for s in spans]):
        yield Passage(
            document.text[a:b],
            tuple((x - a, y - a, label) for x, y, label in spans if a <= x and y <= b),
            tuple((x - a, y - a, label) for x, y, label in hints if a <= x and y <= b),
        )


def make_example(nlp: Language, passage: Passage, *, hinted: bool = True) -> Example:
    """Return an example; of spans that overlap, the longest is learnt."""
    predicted, reference = nlp.make_doc(passage.text), nlp.make_doc(passage.text)
    if hinted:
        give_hints(predicted, passage.hints)
    found = (reference.char_span(a, b, label=n) for a, b, n in without_overlaps(passage.spans))
    reference.ents = [span for span in found if span is not None]
    return Example(predicted, reference)


def create_passage_reader(
    split: str, folder: str | None = None
) -> Callable[[Language], Iterator[Example]]:
    """Return a corpus reader for ``spacy train``, registered as ``govextract.Passages.v1``.

    Parameters
    ----------
    split, folder
        As for `govextract.corpus.load`.
    """

    def read(nlp: Language) -> Iterator[Example]:
        for document in corpus_documents(split, folder):
            for passage in passages_of(document):
                yield make_example(nlp, passage)

    return read


def all_passages(
    documents: Iterable[NerDocument], *, unannotated: Iterable[str] = ()
) -> list[Passage]:
    """Return the passages of all documents, in order.

    Parameters
    ----------
    unannotated
        Labels that the documents were not annotated with, so that they do not teach their absence.
    """
    unknown = frozenset(unannotated)
    return [
        replace(passage, unannotated=unknown)
        for document in documents
        for passage in passages_of(document)
    ]
