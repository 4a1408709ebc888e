"""Checks files of the corpus and says what is wrong, with file and line; repairs nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from govextract.corpus.checks import check_marks, check_records
from govextract.corpus.compiling import compile_document
from govextract.corpus.duplicates import Pair, resembling
from govextract.corpus.errors import CorpusError, Fault
from govextract.corpus.files import SPLITS, read_exactly, read_records
from govextract.corpus.model import HEAD_KEYS, LEVELS, WIDTHS, text_sha256
from govextract.corpus.parsing import parse
from govextract.corpus.splits import check_splits, parse_splits
from govextract.corpus.standoff import CORPUS_VERSION, Entry, Record, from_record, to_record
from govextract.records import LABELS, ROLES

# Documents of one genre share formulas; far more than they share is a skeleton written over.
MAX_RESEMBLANCE = 0.05

_KEYS = frozenset(
    (*HEAD_KEYS, "corpus_version", "split", "origin", "source", "sha256", "length", "title_range",
     "text", "spans", "tasks", "other_metrics", "other_deadlines", "marks", "tables")
)  # fmt: skip


def validate_source(path: Path) -> tuple[Entry | None, list[Fault]]:
    """Return a source file as an entry, None where it cannot be read, and what is wrong with it."""
    name = str(path)
    try:
        document = parse(read_exactly(path), name)
    except CorpusError as error:
        return None, list(error.faults)
    except OSError as error:
        return None, [Fault(name, 0, f"cannot be read: {error.strerror or error}")]
    faults = []
    if document.head.id != path.stem:
        faults.append(Fault(name, 2, f"id is {document.head.id!r} and the file {path.name}"))
    found = check_marks(document)
    entry = None
    try:
        annotation = compile_document(document, name)
    except CorpusError as error:
        faults += error.faults
    else:
        entry = Entry(document, annotation)
        found += check_records(document, annotation)
    faults += [Fault(name, document.line(at), message) for at, message in found]
    return entry, sorted(faults)


def validate_records(path: Path) -> tuple[list[Record], list[Fault]]:
    """Return the records of a JSONL file and what is wrong with them."""
    try:
        records = read_records(path)
    except CorpusError as error:
        return [], list(error.faults)
    except OSError as error:
        return [], [Fault(str(path), 0, f"cannot be read: {error.strerror or error}")]
    faults = []
    for number, record in enumerate(records, 1):
        name = record.get("id", "a record without id")
        messages = check_record(record)
        faults += [Fault(str(path), number, f"{name}: {message}") for message in messages]
    return records, faults


def check_record(record: Record) -> list[str]:
    """Return what is wrong with a record: its keys, its offsets, its records against its text."""
    missing, extra = _KEYS - record.keys(), record.keys() - _KEYS
    if missing or extra:
        return [f"lacks {k}" for k in sorted(missing)] + [f"has {k}" for k in sorted(extra)]
    wrong = _check_head(record)
    try:
        wrong += _check_offsets(record)
    except (KeyError, TypeError, AttributeError) as error:
        return [*wrong, f"is not of the form of a record: {error!r}"]
    if wrong or record["text"] is None:
        return wrong
    return _check_against_text(record)


def _check_head(record: Record) -> list[str]:
    allowed: dict[str, Sequence[Any]] = {
        "level": LEVELS,
        "width": WIDTHS,
        "origin": ("authored", "real"),
        "corpus_version": (CORPUS_VERSION,),
        "split": (*SPLITS, None),
    }
    return [f"{k} is {record[k]!r}" for k, values in allowed.items() if record[k] not in values]


def _check_offsets(record: Record) -> list[str]:
    """Return what is wrong with the places of a record, which need no text to be checked."""
    wrong = []
    length = record["length"]
    spans = [(s["start"], s["end"], s["label"]) for s in record["spans"]]
    places = {"AGENCY": set[tuple[int, int]](), "METRIC": set(), "DEADLINE": set()}
    last: dict[str, int] = {}
    for start, end, label in spans:
        if label not in LABELS:
            wrong.append(f"no such label: {label!r}")
            continue
        if not 0 <= start < end <= length:
            wrong.append(f"{label} {start}-{end} is outside the text of {length}")
        if start < last.get(label, 0):
            wrong.append(f"{label} {start}-{end} overlaps another or is out of order")
        last[label] = end
        places[label].add((start, end))
    last_end = 0
    for task in record["tasks"]:
        here = f"task {task['start']}-{task['end']}"
        if not last_end <= task["start"] < task["end"] <= length:
            wrong.append(f"{here} overlaps another or is outside the text")
        last_end = task["end"]
        for unit in task["responsibilities"]:
            if unit["role"] not in ROLES:
                wrong.append(f"{here}: no such role: {unit['role']!r}")
            place = unit["start"], unit["end"]
            if unit["role"] != "leader" and place not in places["AGENCY"]:
                wrong.append(f"{here}: the unit at {place[0]}-{place[1]} is no span")
        wrong += _without_span(task["metrics"], places["METRIC"], here)
        wrong += _without_span(task["deadlines"], places["DEADLINE"], here)
    wrong += _without_span(record["other_metrics"], places["METRIC"], "outside tasks")
    wrong += _without_span(record["other_deadlines"], places["DEADLINE"], "outside tasks")
    return wrong


def _without_span(records: Iterable[Record], spans: set[tuple[int, int]], where: str) -> list[str]:
    places = [(r["start"], r["end"]) for r in records]
    return [f"{where}: the record at {a}-{b} is no span" for a, b in places if (a, b) not in spans]


def _check_against_text(record: Record) -> list[str]:
    text = record["text"]
    if text_sha256(text) != record["sha256"]:
        return [f"the text's sha256 is {text_sha256(text)}, not {record['sha256']}"]
    if len(text) != record["length"]:
        return [f"the text has {len(text)} characters, not {record['length']}"]
    try:
        entry = from_record(record)
        annotation = compile_document(entry.document)
        again = to_record(Entry(entry.document, annotation, entry.split, entry.origin))
    except (KeyError, TypeError, ValueError) as error:
        return [f"is not of the form of a record: {error}"]
    found = check_marks(entry.document) + check_records(entry.document, entry.annotation)
    wrong = [f"at {at}: {message}" for at, message in found]
    for key in ("spans", "tasks", "other_metrics", "other_deadlines"):
        if json.loads(json.dumps(again[key])) != record[key]:
            wrong.append(
                f"{key} are not what the marks amount to now: {_first(record, again, key)}"
            )
    return wrong


def _first(record: Record, again: Record, key: str) -> str:
    """Return the first difference between what is stored and what is derived, briefly."""
    for stored, derived in zip(record[key], again[key], strict=False):
        if stored != derived:
            keys = [k for k in stored if stored[k] != derived.get(k)]
            return f"{keys} at {stored['start']}"
    return f"{len(record[key])} stored, {len(again[key])} derived"


def check_collection(entries: Mapping[str, Entry]) -> tuple[list[Fault], list[Pair]]:
    """Return documents that are given twice or written over, and how much pairs resemble.

    Parameters
    ----------
    entries
        Entries by the names of their files.
    """
    faults = []
    by_id: dict[str, str] = {}
    by_text: dict[str, str] = {}
    for name, entry in entries.items():
        for key, seen in ((entry.id, by_id), (text_sha256(entry.text), by_text)):
            if key in seen:
                what = "id" if seen is by_id else "text"
                faults.append(Fault(name, 2, f"has the {what} of {seen[key]}"))
            seen.setdefault(key, name)
    pairs = resembling({name: entry.text for name, entry in entries.items()})
    for pair in pairs:
        if pair.resemblance > MAX_RESEMBLANCE:
            share = f"{pair.resemblance:.0%}"
            faults.append(
                Fault(pair.second, 0, f"shares {share} of its passages with {pair.first}")
            )
    return faults, pairs


def validate_splits(path: Path, entries: Iterable[Entry]) -> list[Fault]:
    """Return what is wrong with the stored list of splits of these entries."""
    name = str(path)
    try:
        rows = parse_splits(read_exactly(path), name)
    except CorpusError as error:
        return list(error.faults)
    documents = {e.id: (e.document.head.issuer, text_sha256(e.text)) for e in entries}
    return [Fault(name, 0, message) for message in check_splits(rows, documents)]
