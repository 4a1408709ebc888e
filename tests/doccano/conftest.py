"""One real server for all the tests that need one, and what an annotator does there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from govextract.doccano.client import Server, connect
from govextract.doccano.projects import examples
from tests.doccano.running import USER, Running, installed, started

ANNOTATORS = ("li", "wang")


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = installed()
    with started(folder, tmp_path_factory.mktemp("doccano")) as server:
        yield server


@pytest.fixture(scope="session")
def server(running: Running) -> Server:
    return connect(running.url, USER, running.password, task_timeout=60)


@pytest.fixture(scope="session")
def annotators(server: Server, running: Running) -> dict[str, Server]:
    """Return the server as each of two other users sees it."""
    words = dict.fromkeys(("password1", "password2"), running.password)
    for name in ANNOTATORS:
        server.post("v1/users/create", json={"username": name, **words})
    return {name: connect(running.url, name, running.password) for name in ANNOTATORS}


@pytest.fixture(scope="session")
def annotator(annotators: dict[str, Server]) -> Server:
    """Return the server as the user named li sees it."""
    return annotators["li"]


def join(server: Server, annotator: Server, project: int) -> None:
    """Make a user an annotator of a project."""
    (role,) = (r["id"] for r in server.get("v1/roles") if r["name"] == "annotator")
    user = annotator.get("v1/me")["id"]
    server.post(f"v1/projects/{project}/members", json={"user": user, "role": role})


def pieces_of(server: Server, project: int, document: str) -> list[dict[str, Any]]:
    """Return the pieces of a document in order."""
    found = [e for e in examples(server, project) if e["meta"]["doc_id"] == document]
    return sorted(found, key=lambda e: e["meta"]["piece_id"])
