"""Brings the corrections of a project back, by annotator, with what is approved."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from govextract.doccano.checking import Reject
from govextract.doccano.client import Server
from govextract.doccano.errors import DoccanoError
from govextract.doccano.exchange import (
    Line,
    document_name,
    import_lines,
    import_pieces,
    parse_lines,
    piece_name,
)
from govextract.doccano.projects import examples, need_project
from govextract.ner.documents import NerDocument


@dataclass(slots=True)
class Pulled:
    """What one annotator, or all together, made of the documents.

    Attributes
    ----------
    approved
        Who confirmed documents, every piece of them, by document; a document that is not here is
        not confirmed.
    """

    annotator: str
    documents: list[NerDocument] = field(default_factory=list)
    approved: dict[str, list[str]] = field(default_factory=dict)
    rejects: list[Reject] = field(default_factory=list)


def pull(
    server: Server,
    name: str,
    originals: Mapping[str, str] | None = None,
    *,
    apart: bool = False,
) -> list[Pulled]:
    """Return the documents of a project for each annotator, or once where they work together.

    Parameters
    ----------
    originals
        As for `govextract.doccano.exchange.import_lines`.
    apart
        Return every piece as a document, instead of joining them to circulars.

    Raises
    ------
    DoccanoError
        Where there is no such project, or its export cannot be read.
    """
    found = need_project(server, name)
    project, together = found["id"], found["collaborative_annotation"]
    users = _users_who_confirmed(server, project) if together else {}
    # Of others' confirmations in an independent project only the export tells.
    approved = {} if together else _ids_of_approved(server, project)
    out = []
    for annotator, lines, faults in _exported(server, project):
        imported = (import_pieces if apart else import_lines)(lines, originals)
        pulled = Pulled(annotator, imported.documents, {}, [*faults, *imported.rejects])
        pieces: dict[str, list[set[str]]] = {}
        for position, line in enumerate(lines, 1):
            whole = (piece_name if apart else document_name)(line, position)
            if together:
                who = users.get(line["id"], set())
            else:
                who = {annotator} if line["id"] in approved.get(annotator, ()) else set()
            pieces.setdefault(whole, []).append(who)
        for document in imported.documents:
            if all(pieces[document.id]):
                pulled.approved[document.id] = sorted(set().union(*pieces[document.id]))
        out.append(pulled)
    return out


def _exported(
    server: Server, project: int, *, approved: bool = False
) -> list[tuple[str, list[Line], list[Reject]]]:
    """Return the lines of each annotator; where `approved`, of the pieces that he confirmed."""
    endpoint = f"v1/projects/{project}/download"
    task = server.post(endpoint, json={"format": "JSONL", "exportApproved": approved})
    server.wait(task["task_id"], "export")
    content = server.download(endpoint, taskId=task["task_id"])
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            files = {name: archive.read(name).decode("utf-8") for name in archive.namelist()}
    except (zipfile.BadZipFile, UnicodeDecodeError) as error:
        raise DoccanoError(f"the export of the server cannot be read: {error}") from error
    return [
        (PurePosixPath(name).stem, *parse_lines(text, name))
        for name, text in sorted(files.items())
        if text.strip()
    ]


def _users_who_confirmed(server: Server, project: int) -> dict[int, set[str]]:
    """Return who confirmed the pieces of a shared project, by the server's number of the piece."""
    users = {m["user"]: m["username"] for m in server.get(f"v1/projects/{project}/members")}
    out: dict[int, set[str]] = {}
    for example in examples(server, project):
        states = server.pages(f"v1/projects/{project}/examples/{example['id']}/states")
        out[example["id"]] = {users.get(s["confirmed_by"], "?") for s in states}
    return out


def _ids_of_approved(server: Server, project: int) -> dict[str, set[int]]:
    """Return the server's numbers of the pieces that each annotator confirmed."""
    exported = _exported(server, project, approved=True)
    return {annotator: {line["id"] for line in lines} for annotator, lines, _ in exported}
