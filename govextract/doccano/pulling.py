"""Brings the corrections of a project back, by annotator, with what is approved."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from govextract.doccano.client import Server
from govextract.doccano.errors import DoccanoError
from govextract.doccano.exchange import Line, Reject, import_lines, parse_lines
from govextract.doccano.projects import examples, need_project, piece_key
from govextract.ner.documents import NerDocument

# The name that doccano gives to what all annotators of a project made together.
TOGETHER = "all"


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


def pull(server: Server, name: str, originals: Mapping[str, str] | None = None) -> list[Pulled]:
    """Return the documents of a project for each annotator, or once where they work together.

    Parameters
    ----------
    originals
        As for `govextract.doccano.exchange.import_lines`.

    Raises
    ------
    DoccanoError
        Where there is no such project, or its export cannot be read.
    """
    project = need_project(server, name)["id"]
    confirmed = _confirmations(server, project)
    out = []
    for annotator, lines, faults in _exported(server, project):
        imported = import_lines(lines, originals)
        pulled = Pulled(annotator, imported.documents, {}, [*faults, *imported.rejects])
        pieces: dict[str, list[set[str]]] = {}
        for line in lines:
            key = piece_key(line)
            whole = key[0] if key else str(line["id"])
            pieces.setdefault(whole, []).append(confirmed.get(line["id"], set()))
        for document in imported.documents:
            who = [
                users if annotator == TOGETHER else users & {annotator}
                for users in pieces[document.id]
            ]
            if all(who):
                pulled.approved[document.id] = sorted(set().union(*who))
        out.append(pulled)
    return out


def _exported(server: Server, project: int) -> list[tuple[str, list[Line], list[Reject]]]:
    endpoint = f"v1/projects/{project}/download"
    task = server.post(endpoint, json={"format": "JSONL", "exportApproved": False})
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


def _confirmations(server: Server, project: int) -> dict[int, set[str]]:
    """Return who confirmed the pieces of a project, by the server's number of the piece."""
    users = {m["user"]: m["username"] for m in server.get(f"v1/projects/{project}/members")}
    out: dict[int, set[str]] = {}
    for example in examples(server, project):
        states = server.pages(f"v1/projects/{project}/examples/{example['id']}/states")
        out[example["id"]] = {users.get(s["confirmed_by"], "?") for s in states}
    return out
