"""Entries of the corpus for other tools: spaCy and ``datasets``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from govextract.corpus.model import Span
from govextract.corpus.standoff import Entry

if TYPE_CHECKING:
    from datasets import Features
    from spacy.language import Language
    from spacy.tokens import Doc, DocBin
    from spacy.training import Example

SPAN_GROUP = "govextract"
_PARAGRAPH = re.compile(r"[^\n]+")


def paragraphs(entry: Entry) -> Iterator[tuple[str, list[Span]]]:
    """Yield the lines of a document that are not blank, with their spans, offsets in the line.

    A span that runs over a line break keeps the lines that it joins together.
    """
    spans = entry.annotation.spans
    begin: int | None = None
    for match in _PARAGRAPH.finditer(entry.text):
        start = match.start() if begin is None else begin
        begin = None
        if any(s.start < match.end() < s.end for s in spans):
            begin = start
            continue
        inside = [s for s in spans if start <= s.start and s.end <= match.end()]
        text = entry.text[start : match.end()]
        if text.strip():
            yield text, [Span(s.start - start, s.end - start, s.label) for s in inside]


def without_overlaps(spans: Iterable[Span]) -> list[Span]:
    """Return spans of which none overlaps another: the longer stays, then the earlier."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start - s.end, s.start)):
        if all(span.end <= other.start or other.end <= span.start for other in kept):
            kept.append(span)
    return sorted(kept)


def make_doc(nlp: Language, text: str, spans: Sequence[Span]) -> Doc:
    """Return a spaCy document with the spans as entities and, overlapping ones too, as a group.

    Raises
    ------
    ValueError
        Where a token of the pipeline's tokenizer crosses the end of a span.
    """
    doc = nlp.make_doc(text)
    if doc.text != text:
        raise ValueError("the tokenizer does not keep the text")
    group = []
    for span in spans:
        found = doc.char_span(span.start, span.end, label=span.label)
        if found is None:
            raise ValueError(
                f"a token crosses the end of {span.label} {text[span.start : span.end]!r}"
            )
        group.append(found)
    doc.spans[SPAN_GROUP] = group
    chosen = {(s.start, s.end) for s in without_overlaps(spans)}
    doc.ents = [s for s in group if (s.start_char, s.end_char) in chosen]
    return doc


def make_docbin(entries: Iterable[Entry], nlp: Language | None = None) -> DocBin:
    """Return the documents as a spaCy ``DocBin``, one token a character unless `nlp` says else."""
    import spacy
    from spacy.tokens import DocBin

    nlp = nlp or spacy.blank("zh")
    docs = []
    for entry in entries:
        doc = make_doc(nlp, entry.text, entry.annotation.spans)
        doc.user_data["id"] = entry.id
        docs.append(doc)
    return DocBin(docs=docs, store_user_data=True)


def create_reader(
    split: str,
    folder: str | None = None,
    texts: Sequence[str] = (),
    by_paragraph: bool = True,
    limit: int = 0,
) -> Callable[[Language], Iterator[Example]]:
    """Return a corpus reader for ``spacy train``, registered as ``govextract.Corpus.v1``.

    Parameters
    ----------
    split, folder, texts
        As in `govextract.corpus.load`.
    by_paragraph
        Give each line as an example of its own; else each document.
    limit
        Give so many examples at most; 0 for all.
    """

    def read(nlp: Language) -> Iterator[Example]:
        from spacy.training import Example

        from govextract.corpus.loading import load

        given = 0
        for entry in load(split, folder=folder, texts=texts):
            whole = [(entry.text, list(entry.annotation.spans))]
            for text, spans in paragraphs(entry) if by_paragraph else whole:
                if limit and given >= limit:
                    return
                given += 1
                reference = make_doc(nlp, text, spans)
                yield Example(nlp.make_doc(text), reference)

    return read


def features() -> Features:
    """Return the features of the records, for ``datasets.load_dataset("json", features=…)``.

    Raises
    ------
    ImportError
        Where ``datasets`` is not installed: it comes with the extra ``datasets``.
    """
    from datasets import Features, List, Value

    text, number, real = Value("string"), Value("int64"), Value("float64")
    # The JSON loader reads whatever looks like a date as one; as a string it would get a time.
    date = Value("date32")
    place = {"start": number, "end": number}
    metric: dict[str, Any] = {
        "text": text,
        "indicator": text,
        "indicator_ranges": List(place),
        "change": text,
        "comparison": text,
        "value": real,
        "value_max": real,
        "unit": text,
        **place,
    }
    deadline = {
        "text": text,
        "date": date,
        "recurrence": text,
        "inherited": Value("bool"),
        **place,
    }
    unit = {"surface": text, "name": text, "role": text, **place}
    task = {
        "number": text,
        "path": List(text),
        "path_ranges": List(place),
        "title": text,
        "title_range": place,
        **place,
        "responsibilities": List(unit),
        "metrics": List(metric),
        "deadlines": List(deadline),
    }
    mark = {**place, "mark": text, "attributes": List({"key": text, "value": text})}
    cell = {"row": number, "col": number, **place}
    table = {
        **place,
        "merge": List(number),
        "n_rows": number,
        "n_cols": number,
        "cells": List(cell),
    }
    head = dict.fromkeys(("id", "title", "issuer", "level", "doc_number", "subject", "width"), text)
    return Features(
        {
            **head,
            "year": number,
            "issued_on": date,
            "layouts": List(text),
            **dict.fromkeys(("corpus_version", "split", "origin", "source", "sha256"), text),
            "length": number,
            "title_range": place,
            "text": text,
            "spans": List({**place, "label": text}),
            "tasks": List(task),
            "other_metrics": List(metric),
            "other_deadlines": List(deadline),
            "marks": List(mark),
            "tables": List(table),
        }
    )
