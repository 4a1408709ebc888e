"""`load` makes the spaCy pipeline, `extract` turns one circular into its ledger."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from govextract.assembly import assemble
from govextract.ledger import Ledger
from govextract.readers import read
from govextract.readers.document import SourceDocument
from govextract.readers.text import from_text
from govextract.rules.circular import Circular

RULE_PIPES = (
    "govextract_outline",
    "govextract_metadata",
    "govextract_assignments",
    "govextract_quantities",
    "govextract_dates",
    "govextract_agencies",
    "govextract_entities",
)


_TOKENIZER = "govextract.CharTokenizer.v1"


def load() -> Language:
    """Return the spaCy pipeline of the rules.

    Examples
    --------
    >>> load().pipe_names[:3]
    ['govextract_outline', 'govextract_metadata', 'govextract_assignments']
    """
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": _TOKENIZER}}})
    for name in RULE_PIPES:
        nlp.add_pipe(name)
    nlp.max_length = 100_000_000  # the rules need memory in proportion to the text only
    return nlp


@lru_cache(maxsize=1)
def _shared() -> Language:
    return load()


def extract(
    source: str | os.PathLike[str] | bytes | SourceDocument, *, nlp: Language | None = None
) -> Ledger:
    """Return the ledger of one circular.

    Parameters
    ----------
    source
        A path, the bytes of a file, a document already read, or the text itself: a string that
        names an existing file is a path, any other string is text.
    nlp
        A pipeline from `load`; by default one is made once and shared.

    Raises
    ------
    govextract.readers.ReadError
        Where the file cannot be read; the message names the remedy.

    Examples
    --------
    >>> ledger = extract("1、建设泵站3座。(市水利局、财政局)")
    >>> [(t.title, [r.name for r in t.responsibilities]) for t in ledger.tasks]
    [('建设泵站3座', ['市水利局', '市财政局'])]
    """
    document = _document(source)
    nlp = nlp or _shared()
    doc = nlp.make_doc(document.text)
    doc._.circular = Circular(document)
    for _, pipe in nlp.pipeline:
        doc = pipe(doc)
    return ledger_of(doc)


def ledger_of(doc: Doc) -> Ledger:
    """Return the ledger of a document that the pipeline has processed."""
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
    try:
        return os.path.isfile(source)
    except (OSError, ValueError):
        return False
