"""`load` makes the spaCy pipeline, `extract` turns one circular into its ledger."""

from __future__ import annotations

import gc
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Literal

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from govextract.assembly import assemble
from govextract.ledger import Ledger
from govextract.merging import POLICIES
from govextract.readers import read
from govextract.readers.document import SourceDocument
from govextract.readers.text import from_text
from govextract.rules.circular import Circular
from govextract.rules.components import AssignmentReader, EntityWriter, OutlineReader
from govextract.rules.layout_tables import lay_out
from govextract.rules.markup import without_markup
from govextract.rules.pages import without_pages
from govextract.rules.reading_copy import ReadingCopy, lead_back
from govextract.rules.wrapping import unwrap

RULE_PIPES = (
    "govextract_outline",
    "govextract_metadata",
    "govextract_assignments",
    "govextract_quantities",
    "govextract_dates",
    "govextract_agencies",
    "govextract_entities",
)
_MODEL_PIPE = "govextract_ner"

Mode = Literal["rules", "model", "hybrid"]
# No worse on the development split and the better on real-dev, if not significantly: training/MODEL_CARD.md.
DEFAULT_MODE: Mode = "hybrid"
_TOKENIZER = "govextract.CharTokenizer.v1"
_FILE_NAME = re.compile(r"[^。；;，,]\.(?:txt|html?|docx?|pdf|ofd)$", re.IGNORECASE)


def load(
    *,
    mode: Mode | None = None,
    model: str | os.PathLike[str] | None = None,
    min_score: float | None = None,
) -> Language:
    """Return the spaCy pipeline.

    Parameters
    ----------
    mode
        What finds targets, time limits and organs named in running text: ``rules``, ``model``
        or both (``hybrid``, the default). Lists of units, tables and tasks are always read by the
        rules.
    model
        Folder of a model; by default the one that comes with the package.
    min_score
        Leave out entities that are less likely right, from 0 to 1. Only units of an assignment
        stay in any case.

    Raises
    ------
    ValueError
        Where the model cannot be loaded, or the settings do not fit together.

    Examples
    --------
    >>> load().pipe_names[:3]
    ['govextract_outline', 'govextract_metadata', 'govextract_assignments']
    """
    mode = mode or DEFAULT_MODE
    if mode not in POLICIES:
        raise ValueError(f"mode {mode!r} is none of {', '.join(POLICIES)}")
    if model is not None and mode == "rules":
        raise ValueError("mode 'rules' uses no model: leave out the model, or choose another mode")
    if min_score is not None and not 0 <= min_score <= 1:
        raise ValueError(f"min_score {min_score} does not lie between 0 and 1")
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": _TOKENIZER}}})
    for name in RULE_PIPES:
        nlp.add_pipe(name)
    if mode != "rules" or min_score:
        config = {
            "mode": mode,
            "model": None if model is None else os.fspath(model),
            "min_score": min_score or 0.0,
        }
        nlp.add_pipe(_MODEL_PIPE, before="govextract_entities", config=config)
    nlp.max_length = 100_000_000  # the rules need memory in proportion to the text only
    return nlp


@lru_cache(maxsize=4)
def _shared(mode: Mode | None, model: str | None, min_score: float | None) -> Language:
    return load(mode=mode, model=model, min_score=min_score)


def extract(
    source: str | os.PathLike[str] | bytes | SourceDocument,
    *,
    nlp: Language | None = None,
    mode: Mode | None = None,
    model: str | os.PathLike[str] | None = None,
    min_score: float | None = None,
) -> Ledger:
    """Return the ledger of one circular.

    Parameters
    ----------
    source
        A path, the bytes of a file, a document already read, or the text itself: a string that
        names an existing file or folder, or one line that ends like a file's name
        (``.docx``), is a path, any other string is text.
    nlp
        A pipeline from `load`; by default one is made once for each choice of settings and shared.
    mode, model, min_score
        As for `load`; they cannot be given with a pipeline.

    Raises
    ------
    govextract.readers.ReadError
        Where the file cannot be read; the message names the remedy.
    ValueError
        Where the settings do not fit together, or the model cannot be loaded.

    Examples
    --------
    >>> ledger = extract("1、建设泵站3座。(市水利局、财政局)")
    >>> [(t.title, [r.name for r in t.responsibilities]) for t in ledger.tasks]
    [('建设泵站3座', ['市水利局', '市财政局'])]
    """
    if nlp is None:
        nlp = _shared(mode, None if model is None else os.fspath(model), min_score)
    elif (mode, model, min_score) != (None, None, None):
        raise ValueError("mode, model and min_score belong to the pipeline: give them to load()")
    document = _document(source)
    with _without_collection():
        return _read(document, nlp)


def _read(document: SourceDocument, nlp: Language) -> Ledger:
    """Return the ledger; what it was worked out from is freed before the search for garbage resumes."""
    read_as = document
    copies: list[ReadingCopy] = []
    for leave_out in (without_pages, lay_out, without_markup, unwrap):
        copied = leave_out(read_as)
        if copied is not None:
            copies.append(copied)
            read_as = copied.document
    ledger = ledger_of(_run(read_as, nlp))
    lead_back(ledger, copies)
    return ledger


def _run(document: SourceDocument, nlp: Language) -> Doc:
    """Return the document that carries what every component has read.

    The ledger is made of what the components of this package match, and nobody sees the document:
    unless a component of somebody else may look at it, no spans are written, and where no model
    reads it no tokens are made.
    """
    factories = {nlp.get_pipe_meta(name).factory for name in nlp.pipe_names}
    unseen = factories <= {*RULE_PIPES, _MODEL_PIPE}
    by_rules = factories <= {*RULE_PIPES} and len(document.text) <= nlp.max_length
    doc = nlp.make_doc("" if by_rules else document.text)
    doc._.circular = Circular(document)
    for _, pipe in nlp.pipeline:
        if unseen and isinstance(pipe, EntityWriter):
            continue
        if unseen and isinstance(pipe, (OutlineReader, AssignmentReader)):
            pipe.match(doc)
        else:
            doc = pipe(doc)
    return doc


@contextmanager
def _without_collection() -> Iterator[None]:
    """Pause the search for circular garbage: a document makes none, and hundred thousands of records.

    Without a pause they are gone through again and again while they grow.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def ledger_of(doc: Doc) -> Ledger:
    """Return the ledger of a document that the pipeline has processed.

    Raises
    ------
    ValueError
        Where the document has been written and read again, or comes from another process: it
        has kept its spans then, and not its reading.
    """
    if doc._.circular is None:
        raise ValueError("the document carries no reading: run the pipeline on its text here")
    return assemble(doc._.circular)


def _document(source: Any) -> SourceDocument:
    if isinstance(source, SourceDocument):
        return source
    if isinstance(source, str) and not _is_path(source):
        return from_text(source)
    return read(source)


def _is_path(source: str) -> bool:
    if len(source) > 1000 or "\n" in source:
        return False
    if _FILE_NAME.search(source):
        return True  # whether it is there or not: no circular is one line that ends so
    try:
        # "." and "/" are folders, too, but nobody means them
        named = any(sign.isalnum() for sign in source) and os.path.isdir(source)
        return named or os.path.isfile(source)
    except (OSError, ValueError):
        return False
