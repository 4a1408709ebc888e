"""Brings documents to a server, once each, and checks that everything arrived."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from govextract.doccano.checking import Reject
from govextract.doccano.client import Server
from govextract.doccano.errors import DoccanoError, SessionError, UnfinishedError
from govextract.doccano.exchange import Line, dump_lines, export_lines
from govextract.doccano.pieces import LIMIT
from govextract.doccano.projects import (
    examples,
    label_types,
    make_project,
    note_upload,
    pending_upload,
    piece_key,
    unknown_labels,
)
from govextract.doccano.shapes import text_of
from govextract.ner.documents import NerDocument
from govextract.records import LedgerRecord

BATCH = 100
# Seconds for a batch, of which the server imports several in one.
UPLOAD_TIMEOUT = 120.0
Arrange = Callable[[Sequence[Line]], Sequence[Line]]


@dataclass(slots=True)
class Pushed:
    """What was brought to the server.

    Attributes
    ----------
    there
        Pieces that the server had already.
    """

    pieces: int = 0
    there: int = 0
    rejects: list[Reject] = field(default_factory=list)


def uncertainty(ledger: LedgerRecord) -> float:
    """Return the share of the entities of a ledger that are expected to be wrong."""
    return _doubt([entity.score for entity in ledger.entities])


def _doubt(scores: Sequence[float]) -> float:
    return sum(1 - s for s in scores) / len(scores) if scores else 0.0


def least_certain(
    lines: Sequence[Line], ledgers: Mapping[str, LedgerRecord], most: int | None = None
) -> list[Line]:
    """Return the pieces whose entities are expected to be wrong most often first.

    Parameters
    ----------
    ledgers
        By document.
    most
        Leave out all but so many.
    """

    def doubt(line: Line) -> float:
        start, text = line["offset"], text_of(line)
        entities = ledgers[line["doc_id"]].entities
        return _doubt([e.score for e in entities if start <= e.start < start + len(text)])

    return sorted(lines, key=doubt, reverse=True)[:most]


def push(
    server: Server,
    name: str,
    documents: Iterable[NerDocument],
    *,
    independent: bool = False,
    limit: int = LIMIT,
    arrange: Arrange = list,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Pushed:
    """Upload the pieces of documents that the project does not have yet, in the order given.

    Parameters
    ----------
    arrange
        Gives the pieces another order, or leaves some out.

    Raises
    ------
    DoccanoError
        Where the server did not take everything as it was given: the message names what.
    """
    exported = export_lines(documents, limit=limit)
    found = make_project(server, name, independent=independent)
    project = found["id"]
    _await_pending(server, found)
    out = Pushed(rejects=exported.rejects)
    held = {key: e["text"] for e in examples(server, project) if (key := piece_key(e["meta"]))}
    new = []
    for line in arrange(exported.lines):
        key = (line["doc_id"], line["piece_id"])
        if key not in held:
            new.append(line)
        elif held[key] == line["text"]:
            out.there += 1
        else:
            raise DoccanoError(
                f"{key[0]}: its piece {key[1]} is in project {name!r} with another text;"
                " give the changed circular another name, or push it to another project"
            )
    unknown = set(unknown_labels(server, project))
    for start in range(0, len(new), BATCH):
        batch = new[start : start + BATCH]
        _upload(server, found, batch, f"upload of pieces {start + 1} to {start + len(batch)}")
        out.pieces += len(batch)
        progress(out.pieces, len(new))
    _verify(server, project, new)
    if added := set(unknown_labels(server, project)) - unknown:
        raise DoccanoError(f"the upload made new label types: {', '.join(sorted(added))}")
    return out


def _await_pending(server: Server, project: Mapping[str, Any]) -> None:
    """Wait for an upload that broke off here, lest what the server still imports is sent again."""
    task = pending_upload(project)
    if task is None:
        return
    try:
        server.wait(task, "an earlier upload", UPLOAD_TIMEOUT)
    except (SessionError, UnfinishedError):
        raise
    except DoccanoError:
        # It failed on the server: what is missing is sent now.
        pass
    note_upload(server, project, None)


def _upload(server: Server, project: Mapping[str, Any], lines: Sequence[Line], what: str) -> None:
    file = server.upload_file("govextract.jsonl", dump_lines(lines).encode("utf-8"))
    given = {
        "column_data": "text",
        "column_label": "label",
        "delimiter": "",
        "encoding": "utf_8",
        "format": "JSONL",
        "task": "SequenceLabeling",
        "uploadIds": [file],
    }
    task = server.post(f"v1/projects/{project['id']}/upload", json=given)["task_id"]
    note_upload(server, project, task)
    server.wait(task, what, UPLOAD_TIMEOUT)
    note_upload(server, project, None)


def _verify(server: Server, project: int, lines: Sequence[Line]) -> None:
    """Compare what the server holds with what it was given."""
    if not lines:
        return
    held: dict[tuple[str, int] | None, list[tuple[int, str]]] = {}
    for example in examples(server, project):
        held.setdefault(piece_key(example["meta"]), []).append((example["id"], example["text"]))
    names = label_types(server, project)
    for line in lines:
        what = f"{line['doc_id']}, piece {line['piece_id']}"
        found = held.get((line["doc_id"], line["piece_id"]), [])
        if len(found) != 1:
            raise DoccanoError(
                f"{what} is {len(found)} times on the server after the upload"
                + ("; delete all but one of them there" if found else "; run the command again")
            )
        number, text = found[0]
        if text != line["text"]:
            raise DoccanoError(f"{what}: the server changed its text")
        spans = server.get(f"v1/projects/{project}/examples/{number}/spans")
        there = {(s["start_offset"], s["end_offset"], names.get(s["label"], "?")) for s in spans}
        if missing := {(a, b, label) for a, b, label in line["label"]} - there:
            start, end, label = min(missing)
            raise DoccanoError(
                f"{what}: the server dropped {len(missing)} of {len(line['label'])} spans, first"
                f" {label} {text[start:end]!r} at {line['offset'] + start}"
            )
