"""Reads documents that users annotated: corpus records, inline markup, DocBin, doccano exports.

Nothing is repaired: what is wrong with a document is said with its file and line, and a file with
faults is refused as a whole.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from govextract.corpus.errors import CorpusError, Fault
from govextract.corpus.files import read_exactly, read_source
from govextract.doccano.shapes import items_of, span_of
from govextract.ner.documents import LabelledRange, NerDocument, from_entry
from govextract.ner.labels import is_label
from govextract.records import LABELS

MIN_SPANS = 20
MIN_SPANS_OF_NEW = 10
SUFFIXES = (".txt", ".jsonl", ".spacy")


def read_documents(
    paths: Iterable[str | Path], labels: Collection[str] = LABELS
) -> list[NerDocument]:
    """Return the documents of files and folders.

    Parameters
    ----------
    paths
        ``.txt`` in the inline markup of the corpus; ``.jsonl`` with records of the corpus or a
        doccano export, one document a line (``text`` or ``data``; ``label``, ``labels`` or
        ``spans``, or ``entities`` with ``start_offset``); ``.spacy``, a DocBin. Of a folder, every
        such file.
    labels
        Which the spans may have. Inline markup knows the three known ones only.

    Raises
    ------
    CorpusError
        With every fault: where it is and what it is.
    """
    documents: list[NerDocument] = []
    faults: list[Fault] = []
    for path in _files(paths):
        try:
            documents += list(_read(path, labels))
        except CorpusError as error:
            faults += error.faults
        except (OSError, ValueError) as error:
            faults.append(Fault(str(path), 0, f"cannot be read: {error}"))
    if not documents and not faults:
        faults.append(Fault("", 0, f"no document: no file of {', '.join(SUFFIXES)} found"))
    if faults:
        raise CorpusError(faults)
    return documents


def check_documents(
    documents: Sequence[NerDocument],
    held_out: Iterable[NerDocument] = (),
    new: Iterable[str] = (),
) -> list[str]:
    """Return what speaks against training on `documents` as they are.

    Parameters
    ----------
    held_out
        Documents to test on; one of them among `documents` would make the test worthless.
    new
        Labels that the model is to learn from nothing but these documents.
    """
    found = []
    places: dict[str, str] = {}
    tested = {_plain(d.text): d.id for d in held_out}
    counts: Counter[str] = Counter(dict.fromkeys(LABELS, 0))
    for document in documents:
        plain = _plain(document.text)
        if plain in tested:
            found.append(f"{document.id}: is document {tested[plain]} of the test split")
        if plain in places:
            found.append(f"{document.id}: has the text of {places[plain]}")
        places.setdefault(plain, document.id)
        for *_, label in document.spans:
            counts[label] += 1
    if sum(counts.values()) < MIN_SPANS:
        given = ", ".join(f"{label} {n}" for label, n in counts.items())
        found.append(f"too few spans to learn from: {given}; at least {MIN_SPANS} are needed")
    found += [
        f"too few spans of the new label {label}: {counts[label]};"
        f" at least {MIN_SPANS_OF_NEW} are needed"
        for label in new
        if counts[label] < MIN_SPANS_OF_NEW
    ]
    return found


def _plain(text: str) -> str:
    return "".join(text.split())


def _files(paths: Iterable[str | Path]) -> Iterator[Path]:
    for given in paths:
        path = Path(given)
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.suffix in SUFFIXES)
        else:
            yield path


def _read(path: Path, labels: Collection[str]) -> Iterator[NerDocument]:
    if path.suffix == ".spacy":
        yield from _read_docbin(path, labels)
    elif path.suffix == ".jsonl":
        yield from _read_jsonl(path, labels)
    elif path.suffix == ".txt":
        yield from_entry(read_source(path))
    else:
        raise ValueError(f"its name ends in none of {', '.join(SUFFIXES)}")


def _read_docbin(path: Path, labels: Collection[str]) -> Iterator[NerDocument]:
    import spacy
    from spacy.tokens import DocBin

    faults: list[Fault] = []
    for n, doc in enumerate(DocBin().from_disk(path).get_docs(spacy.blank("zh").vocab), 1):
        spans = [(e.start_char, e.end_char, e.label_) for e in doc.ents]
        place = Fault(str(path), 0, f"document {n}")
        yield _checked(f"{path}#{n}", doc.text, spans, labels, place, faults)
    if faults:
        raise CorpusError(faults)


def _read_jsonl(path: Path, labels: Collection[str]) -> Iterator[NerDocument]:
    faults: list[Fault] = []
    for number, line in enumerate(read_exactly(path).split("\n"), 1):
        if not line.strip():
            continue
        place = Fault(str(path), number, "")
        try:
            record = json.loads(line)
        except ValueError as error:
            faults.append(Fault(str(path), number, f"no JSON: {error}"))
            continue
        if not isinstance(record, dict):
            faults.append(Fault(str(path), number, "no JSON object"))
            continue
        text = record.get("text", record.get("data"))
        if not isinstance(text, str):
            faults.append(Fault(str(path), number, "has no text ('text' or 'data')"))
            continue
        try:
            spans = [span_of(item) for item in items_of(record)]
        except ValueError as error:
            faults.append(Fault(str(path), number, f"spans are not of a known form: {error}"))
            continue
        name = record.get("doc_id") or record.get("id") or number
        yield _checked(f"{path.name}:{name}", text, spans, labels, place, faults)
    if faults:
        raise CorpusError(faults)


def _checked(
    name: str,
    text: str,
    spans: Iterable[LabelledRange],
    labels: Collection[str],
    place: Fault,
    faults: list[Fault],
) -> NerDocument:
    """Return the document, what is wrong with its spans added to `faults`."""
    ordered = sorted(set(spans))
    before: dict[str, LabelledRange] = {}

    def blame(message: str) -> None:
        prefix = f"{place.message}: " if place.message else ""
        faults.append(Fault(place.path, place.line, prefix + message))

    for start, end, label in ordered:
        where = f"{label} [{start}, {end})"
        if label not in labels:
            remedy = (
                f"to teach the model a new one, give `--label {label}`"
                if is_label(label)
                else "a label is a word of upper-case letters, digits and _"
            )
            known = ", ".join(labels)
            blame(f"unknown label {label!r} at [{start}, {end}): known are {known}; {remedy}")
        elif not 0 <= start < end <= len(text):
            blame(f"{where} does not lie in the text of {len(text)} characters")
        elif text[start:end] != text[start:end].strip():
            blame(f"{where} begins or ends with a blank: {text[start:end]!r}")
        else:
            held = before.get(label)
            if held is not None and held[1] > start:
                blame(f"{where} overlaps {label} [{held[0]}, {held[1]})")
            before[label] = (start, end, label)
    return NerDocument(name, text, tuple(ordered))
