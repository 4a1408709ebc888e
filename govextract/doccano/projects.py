"""The projects of a server: found or made, with their label types, their state."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from govextract.data import read_rows, read_text
from govextract.doccano.client import Server
from govextract.doccano.errors import DoccanoError
from govextract.records import LABELS

TYPE = "SequenceLabeling"
_NAME_LIMIT = 100
# What a project's description ends with while an upload to it is not known to be finished.
_PENDING = re.compile(r" ?\[govextract upload ([0-9A-Za-z-]+)\]$")


@dataclass(slots=True)
class Status:
    """How far a project is.

    Attributes
    ----------
    progress
        Pieces confirmed, by user.
    """

    documents: int = 0
    pieces: int = 0
    progress: dict[str, int] = field(default_factory=dict)


def find_project(server: Server, name: str) -> dict[str, Any] | None:
    """Return the project of this name, None where there is none.

    Raises
    ------
    DoccanoError
        Where several have the name, or it does not label spans.
    """
    found = [p for p in server.pages("v1/projects", q=name) if p["name"] == name]
    if len(found) > 1:
        raise DoccanoError(f"{len(found)} projects are named {name!r}; rename all but one")
    if found and found[0]["project_type"] != TYPE:
        raise DoccanoError(f"project {name!r} is of the type {found[0]['project_type']}")
    return found[0] if found else None


def need_project(server: Server, name: str) -> dict[str, Any]:
    """Return the project of this name.

    Raises
    ------
    DoccanoError
        Where there is none.
    """
    project = find_project(server, name)
    if project is None:
        raise DoccanoError(f"{server.url} has no project {name!r} that this user may see")
    return project


def make_project(server: Server, name: str, *, independent: bool = False) -> dict[str, Any]:
    """Return the project of this name with its label types; what is missing is made.

    Parameters
    ----------
    independent
        Whether annotators of a new project work without seeing each other's spans.

    Raises
    ------
    DoccanoError
        Where an existing project would drop spans that overlap.
    """
    project = find_project(server, name)
    if project is None:
        if len(name) > _NAME_LIMIT:
            raise DoccanoError(f"the name of a project has at most {_NAME_LIMIT} characters")
        project = server.post(
            "v1/projects",
            json={
                "name": name,
                "description": "govextract",
                "guideline": read_text("doccano_guideline.txt"),
                "project_type": TYPE,
                "resourcetype": f"{TYPE}Project",
                "allow_overlapping": True,
                "collaborative_annotation": not independent,
                "random_order": False,
                "tags": [],
            },
        )
    elif not project.get("allow_overlapping"):
        # A time limit may lie within a target; doccano would drop one of them and say nothing.
        raise DoccanoError(
            f"project {name!r} does not allow spans to overlap, and would drop them silently:"
            " allow it in the project's settings, or choose another name"
        )
    there = label_types(server, project["id"])
    for row in read_rows("doccano_labels.tsv", ("label", "colour", "key", "source")):
        if row["label"] not in there.values():
            given = {"text": row["label"], "background_color": row["colour"]}
            keys = {"text_color": "#000000", "prefix_key": None, "suffix_key": row["key"]}
            server.post(f"v1/projects/{project['id']}/span-types", json=given | keys)
    return project


def pending_upload(project: Mapping[str, Any]) -> str | None:
    """Return the task of an upload to a project that broke off here before the server was done."""
    match = _PENDING.search(str(project.get("description") or ""))
    return match[1] if match else None


def note_upload(server: Server, project: Mapping[str, Any], task: str | None) -> None:
    """Note in a project's description which upload is under way, None for none."""
    own = _PENDING.sub("", str(project.get("description") or ""))
    note = f" [govextract upload {task}]" if task else ""
    server.patch(
        f"v1/projects/{project['id']}", description=own + note, resourcetype=f"{TYPE}Project"
    )


def label_types(server: Server, project: int) -> dict[int, str]:
    """Return the names of the label types of a project by their numbers."""
    return {t["id"]: t["text"] for t in server.get(f"v1/projects/{project}/span-types")}


def examples(server: Server, project: int) -> list[dict[str, Any]]:
    """Return the pieces of a project as the server lists them."""
    return list(server.pages(f"v1/projects/{project}/examples"))


def piece_key(columns: Mapping[str, Any]) -> tuple[str, int] | None:
    """Return document and number of a piece, None where it is not one of ours."""
    try:
        return str(columns["doc_id"]), int(columns["piece_id"])
    except (KeyError, TypeError, ValueError):
        return None


def status(server: Server, name: str) -> Status:
    """Return how far a project is.

    Raises
    ------
    DoccanoError
        Where there is no such project.
    """
    project = need_project(server, name)["id"]
    out = Status()
    keys = [piece_key(e["meta"]) for e in examples(server, project)]
    out.pieces = len(keys)
    out.documents = len({key[0] for key in keys if key}) + keys.count(None)
    for member in server.get(f"v1/projects/{project}/metrics/member-progress")["progress"]:
        out.progress[member["user"]] = member["done"]
    return out


def unknown_labels(server: Server, project: int) -> list[str]:
    """Return the label types of a project that are not the library's."""
    return sorted(set(label_types(server, project).values()) - set(LABELS))
