"""The annotation corpus: source form, compiler, standoff records, splits, checks, figures.

Examples
--------
>>> from govextract.corpus import EXAMPLE, compile_document, parse
>>> [task.title for task in compile_document(parse(EXAMPLE)).tasks]
['推进灌区改造']
"""

from __future__ import annotations

from govextract.corpus.compiling import compile_document
from govextract.corpus.errors import CorpusError, Fault
from govextract.corpus.example import EXAMPLE
from govextract.corpus.files import (
    REAL_SPLITS,
    SPLITS,
    find_corpus,
    read_records,
    read_source,
    write_records,
)
from govextract.corpus.hydrating import hydrate
from govextract.corpus.ledgers import ledger_of, source_document
from govextract.corpus.loading import load
from govextract.corpus.markup import render
from govextract.corpus.model import Annotation, Document, Head, Mark, Span, TaskRecord
from govextract.corpus.parsing import parse
from govextract.corpus.standoff import CORPUS_VERSION, Entry, from_record, to_record
from govextract.corpus.stripping import with_text, without_text

__all__ = [
    "CORPUS_VERSION",
    "EXAMPLE",
    "REAL_SPLITS",
    "SPLITS",
    "Annotation",
    "CorpusError",
    "Document",
    "Entry",
    "Fault",
    "Head",
    "Mark",
    "Span",
    "TaskRecord",
    "compile_document",
    "find_corpus",
    "from_record",
    "hydrate",
    "ledger_of",
    "load",
    "parse",
    "read_records",
    "read_source",
    "render",
    "source_document",
    "to_record",
    "with_text",
    "without_text",
    "write_records",
]
