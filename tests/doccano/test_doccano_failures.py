"""A real server that fails: what is told, and that nothing is there twice afterwards."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from typer.testing import CliRunner

from govextract.cli import app
from govextract.cli.doccano import PASSWORD, URL
from govextract.cli.doccano import USER as USER_VARIABLE
from govextract.doccano.client import Server, connect
from govextract.doccano.errors import DoccanoError, SessionError, UnfinishedError
from govextract.doccano.exchange import export_lines
from govextract.doccano.projects import find_project, make_project, pending_upload
from govextract.doccano.pulling import pull
from govextract.doccano.pushing import _upload, push
from govextract.ner.documents import NerDocument
from tests.doccano.running import USER, Running

pytestmark = pytest.mark.doccano

TEXT = "{}、修建泵站3座，6月底前完成。(市水利局)\r\n" * 12
DOCUMENTS = [
    NerDocument(f"{n}.txt", "\u3000\u3000" + TEXT.format(*range(n, n + 12)), ((4, 10, "METRIC"),))
    for n in range(1, 7)
]


@pytest.fixture
def whole(running: Running) -> Iterator[Running]:
    """Return the server; whatever a test stopped runs again afterwards."""
    yield running
    running.start(*(name for name in running.commands if name not in running.processes))


def _pulled(server: Server, name: str) -> list[NerDocument]:
    (pulled,) = pull(server, name)
    assert pulled.rejects == []
    return sorted(pulled.documents, key=lambda d: d.id)


def test_failures_a_half_finished_upload_is_completed_without_duplicates(server: Server) -> None:
    project = make_project(server, "half")
    lines = export_lines(DOCUMENTS, limit=100).lines
    assert len(lines) >= 12
    _upload(server, project, lines[:5], "the first half")
    pushed = push(server, "half", DOCUMENTS, limit=100)
    assert (pushed.there, pushed.pieces) == (5, len(lines) - 5)
    assert _pulled(server, "half") == DOCUMENTS


def test_failures_an_upload_that_the_server_finishes_later_is_not_sent_again(
    whole: Running,
) -> None:
    server = connect(whole.url, USER, whole.password, task_timeout=3)
    whole.stop("worker")
    with pytest.raises(UnfinishedError, match="does the server's worker run"):
        push(server, "later", DOCUMENTS)
    project = find_project(server, "later")
    assert project is not None
    assert pending_upload(project)
    with pytest.raises(UnfinishedError, match="an earlier upload: not finished"):
        push(server, "later", DOCUMENTS)
    whole.start("worker")
    patient = connect(whole.url, USER, whole.password, task_timeout=60)
    pushed = push(patient, "later", DOCUMENTS)
    assert (pushed.there, pushed.pieces) == (len(DOCUMENTS), 0)
    assert _pulled(patient, "later") == DOCUMENTS
    project = find_project(server, "later")
    assert project is not None
    assert project["description"] == "govextract"


def test_failures_a_server_that_goes_down_is_told_and_resumed(whole: Running) -> None:
    server = connect(whole.url, USER, whole.password, task_timeout=60)
    push(server, "down", DOCUMENTS[:2])
    whole.stop("web")
    with pytest.raises(DoccanoError, match=f"no server answers at {whole.url}"):
        push(server, "down", DOCUMENTS)
    with pytest.raises(DoccanoError, match=f"no server answers at {whole.url}"):
        connect(whole.url, USER, whole.password)
    whole.start("web")
    again = connect(whole.url, USER, whole.password, task_timeout=60)
    pushed = push(again, "down", DOCUMENTS)
    assert (pushed.there, pushed.pieces) == (2, len(DOCUMENTS) - 2)
    assert _pulled(again, "down") == DOCUMENTS


def test_failures_a_wrong_password_is_told(running: Running) -> None:
    with pytest.raises(SessionError, match="does not know this user with this password"):
        connect(running.url, USER, "wrong")


def test_failures_a_wrong_password_ends_the_command_and_is_not_repeated(running: Running) -> None:
    env = {URL: running.url, USER_VARIABLE: USER, PASSWORD: "wr0ng-secret"}
    result = CliRunner().invoke(app, ["doccano", "status", "--project", "half"], env=env)
    assert result.exit_code == 3
    assert "does not know this user with this password" in result.stderr
    assert "wr0ng-secret" not in result.output


def _log_out(server: Server) -> None:
    """End the session on the server, as it does itself when the session is too old."""
    cookies: Any = server._client.session.cookies
    other = requests.Session()
    other.cookies.update(cookies)
    token = {"X-CSRFToken": cookies.get("csrftoken") or "", "Referer": server.url}
    assert other.post(f"{server.url.rstrip('/')}/v1/auth/logout/", headers=token, timeout=30).ok


def test_failures_an_expired_session_is_told_and_a_new_one_resumes(running: Running) -> None:
    old = connect(running.url, USER, running.password, task_timeout=60)
    push(old, "session", DOCUMENTS[:1])
    _log_out(old)
    with pytest.raises(SessionError, match="session has expired: run the command again"):
        push(old, "session", DOCUMENTS)
    new = connect(running.url, USER, running.password, task_timeout=60)
    pushed = push(new, "session", DOCUMENTS)
    assert (pushed.there, pushed.pieces) == (1, len(DOCUMENTS) - 1)
    assert _pulled(new, "session") == DOCUMENTS


def test_failures_a_session_that_expires_between_batches_resumes(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("govextract.doccano.pushing.BATCH", 2)
    old = connect(running.url, USER, running.password, task_timeout=60)
    with pytest.raises(SessionError, match="session has expired"):
        push(old, "batches", DOCUMENTS, progress=lambda *_: _log_out(old))
    new = connect(running.url, USER, running.password, task_timeout=60)
    pushed = push(new, "batches", DOCUMENTS)
    assert (pushed.there, pushed.pieces) == (2, len(DOCUMENTS) - 2)
    assert _pulled(new, "batches") == DOCUMENTS


def test_failures_a_lost_upload_is_an_error(server: Server) -> None:
    project = make_project(server, "lost")
    lines = export_lines([NerDocument(n, "完成。", ()) for n in "ab"]).lines
    del lines[0]["sha256"]
    # Columns that are not in every line make doccano lose them all.
    begin = time.monotonic()
    with pytest.raises(DoccanoError, match=r"the server reports|not finished"):
        _upload(server, project, lines, "upload")
    assert time.monotonic() - begin < 65
