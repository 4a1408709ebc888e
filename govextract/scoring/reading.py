"""Gold of several kinds, and predictions, from files."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from govextract.corpus import Entry, from_record, hydrate, ledger_of, read_source, source_document
from govextract.readers.document import SourceDocument
from govextract.readers.text import from_text
from govextract.records import (
    Deadline,
    Entity,
    LedgerRecord,
    Meta,
    Metric,
    Responsibility,
    Source,
    Task,
)
from govextract.scoring.documents import Gold


class GoldError(ValueError):
    """A file holds no gold, or its text cannot be found."""


@dataclass(frozen=True, slots=True)
class GoldFile:
    """Gold with the document that a system is to be given.

    Attributes
    ----------
    corpus
        Version of the corpus that it is of, ``-`` where it is of none.
    """

    gold: Gold
    document: SourceDocument
    corpus: str = "-"


def read_gold(path: Path, texts: tuple[Path, ...] = ()) -> list[GoldFile]:
    """Return the gold documents of a file or folder.

    Parameters
    ----------
    path
        Records of the corpus (``.jsonl``), a gold file or a ledger (``.json``), a circular with
        inline marks (``.txt``), or a folder with such files.
    texts
        Files and folders where the texts are that the gold itself does not hold.

    Raises
    ------
    GoldError
        Naming the file, where it holds no gold or a text is missing.
    """
    if path.is_dir():
        found = sorted(p for p in path.iterdir() if p.suffix in (".jsonl", ".json", ".txt"))
        if not found:
            raise GoldError(f"{path} holds no .jsonl, .json or .txt file")
        return [gold for p in found for gold in read_gold(p, texts)]
    try:
        if path.suffix == ".jsonl":
            return list(_records(path, texts))
        if path.suffix == ".json":
            data = json.loads(path.read_text(encoding="utf-8"))
            return [_from_json(path, data, texts)]
        return [gold_of_entry(read_source(path))]
    except (ValueError, KeyError, TypeError, OSError) as error:
        if isinstance(error, GoldError):
            raise
        raise GoldError(f"{path}: {type(error).__name__}: {error}") from error


def gold_of_entry(entry: Entry) -> GoldFile:
    """Return a document of the corpus as gold."""
    from govextract.corpus import CORPUS_VERSION

    head = entry.document.head
    groups = {
        "layout": head.layouts,
        "level": (head.level,),
        "year": (str(head.year),),
        "issuer": (head.issuer,),
        "subject": (head.subject,),
        "width": (head.width,),
        "origin": (entry.origin,),
    }
    gold = Gold(head.id, ledger_of(entry), groups)
    return GoldFile(gold, source_document(entry), CORPUS_VERSION)


def gold_from_json(data: Mapping[str, Any], text: str, name: str = "") -> Gold:
    """Return the gold of one document from its JSON form.

    Parameters
    ----------
    data
        With ``tasks`` as in a ledger, and ``spans`` with start, end and label; ``region`` where
        only a part of the text was annotated. Surfaces are read off the text where they are left
        out.
    """
    meta = data.get("meta", {})
    ledger = LedgerRecord(
        Source(data.get("doc"), data.get("sha256", ""), "txt"),
        Meta(
            meta.get("title"),
            meta.get("doc_number"),
            meta.get("issuer"),
            data.get("issued_on", meta.get("issued_on")),
            data.get("year", meta.get("year")),
        ),
        text,
        [_task(text, n, task) for n, task in enumerate(data["tasks"], 1)],
        [
            Entity(s["start"], s["end"], s["label"], text[s["start"] : s["end"]], "rule", 1.0)
            for s in data["spans"]
        ],
    )
    year, issuer = ledger.meta.year, ledger.meta.issuer
    groups = {"year": (str(year),) if year else (), "issuer": (issuer,) if issuer else ()}
    region = data.get("region")
    return Gold(
        name or str(data.get("doc", "")), ledger, groups, (region[0], region[1]) if region else None
    )


def read_predictions(path: Path) -> Iterator[tuple[str, LedgerRecord]]:
    """Yield the ledgers of a ``.json`` or ``.jsonl`` file or a folder of them, with their names.

    Raises
    ------
    GoldError
        Naming the file, where it holds no ledger.
    """
    if path.is_dir():
        for below in sorted(p for p in path.iterdir() if p.suffix in (".json", ".jsonl")):
            yield from read_predictions(below)
        return
    try:
        text = path.read_text(encoding="utf-8")
        lines = [text] if path.suffix == ".json" else text.splitlines()
        for line in lines:
            if line.strip():
                ledger = LedgerRecord.from_dict(json.loads(line))
                name = Path(ledger.source.path).stem if ledger.source.path else path.stem
                yield name, ledger
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise GoldError(f"{path} holds no ledger: {type(error).__name__}: {error}") from error


def _records(path: Path, texts: tuple[Path, ...]) -> Iterator[GoldFile]:
    lines = path.read_text(encoding="utf-8").split("\n")
    records, refused = hydrate([json.loads(line) for line in lines if line.strip()], texts)
    if refused:
        raise GoldError(f"{path}: texts are missing or differ:\n" + "\n".join(refused))
    for record in records:
        yield gold_of_entry(from_record(record))


def _from_json(path: Path, data: dict[str, Any], texts: tuple[Path, ...]) -> GoldFile:
    if "spans" in data:
        text = data.get("text") or _find_text(path, data["doc"], texts)
        gold = gold_from_json(data, text, path.name.partition(".")[0])
    elif "entities" in data:
        gold = Gold(path.stem, LedgerRecord.from_dict(data))
    else:
        raise GoldError(f"{path} holds neither spans nor entities")
    return GoldFile(gold, from_text(gold.ledger.text))


def _find_text(path: Path, name: str, texts: tuple[Path, ...]) -> str:
    for place in (*texts, path.parent, path.parent.parent / "circulars"):
        candidate = place / name if place.is_dir() else place
        if candidate.name == name and candidate.is_file():
            return candidate.read_bytes().decode("utf-8-sig")
    raise GoldError(f"{path}: the text {name} was not found; name its folder with --texts")


def _task(text: str, n: int, data: Mapping[str, Any]) -> Task:
    return Task(
        id=str(data.get("id", n)),
        number=data.get("number"),
        path=list(data.get("path", ())),
        title=data.get("title", ""),
        start=data["start"],
        end=data["end"],
        responsibilities=[
            Responsibility(
                r.get("surface", text[r["start"] : r["end"]]),
                r["name"],
                r.get("agency"),
                r["role"],
                r["start"],
                r["end"],
            )
            for r in data["responsibilities"]
        ],
        metrics=[
            Metric(
                m.get("text", text[m["start"] : m["end"]]),
                m["indicator"],
                m.get("change", "level"),
                m.get("comparison", "eq"),
                Decimal(str(m["value"])),
                None if m.get("value_max") is None else Decimal(str(m["value_max"])),
                m["unit"],
                m["start"],
                m["end"],
            )
            for m in data["metrics"]
        ],
        deadlines=[
            Deadline(
                d.get("text", text[d["start"] : d["end"]]),
                d.get("date"),
                d.get("recurrence"),
                d["start"],
                d["end"],
            )
            for d in data["deadlines"]
        ],
    )
