"""The adapter where the server misbehaves, on an invented client that answers as the server does."""

from __future__ import annotations

import io
import json
import shutil
import ssl
import subprocess
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import requests

from govextract.doccano.client import Server, connect
from govextract.doccano.errors import DoccanoError, SessionError, UnfinishedError
from govextract.doccano.exchange import dump_lines, export_lines
from govextract.doccano.pulling import pull
from govextract.doccano.pushing import least_certain, push
from govextract.ner.documents import NerDocument
from govextract.records import Entity, LedgerRecord, Meta, Source

DOCUMENT = NerDocument("a", "修建泵站3座。(市水利局)", ((0, 6, "METRIC"), (8, 12, "AGENCY")))


def answer(content: Any, status: int = 200) -> requests.Response:
    out = requests.Response()
    out.status_code = status
    out._content = content if isinstance(content, bytes) else json.dumps(content).encode()
    return out


@dataclass
class Client:
    """Keeps one project in memory; `loses` names what it does wrong."""

    loses: str = ""
    project: dict[str, Any] | None = None
    types: list[dict[str, Any]] = field(default_factory=list)
    examples: list[dict[str, Any]] = field(default_factory=list)
    file: bytes = b""
    fails_first: bool = False
    baseurl: str = "http://doccano.invalid/"

    def get_file(self, endpoint: str, params: dict[str, Any]) -> requests.Response:
        last = endpoint.rsplit("/", 1)[-1]
        if endpoint == "v1/projects":
            return self._page([self.project] if self.project else [])
        if endpoint.startswith("v1/tasks/status/"):
            return answer(self._task())
        if last == "span-types":
            return answer(self.types)
        if last == "examples":
            return self._page([{k: v for k, v in e.items() if k != "spans"} for e in self.examples])
        if last == "spans":
            return answer(self.examples[int(endpoint.split("/")[4])]["spans"])
        if last == "members":
            return answer([{"user": 1, "username": "li"}])
        if last == "states":
            return self._page([{"confirmed_by": 1}])
        assert last == "download"
        return answer(self.file)

    def post(self, endpoint: str, *, as_json: bool, **given: Any) -> requests.Response:
        assert not as_json
        if endpoint == "v1/projects":
            self.project = {"id": 1, **given["json"]}
            return answer(self.project)
        if endpoint.endswith("span-types"):
            self.types.append({"id": len(self.types) + 1, **given["json"]})
            return answer(self.types[-1], 201)
        if endpoint == "v1/fp/process/":
            self.file = given["files"]["filepond"][1]
            return answer(b"file-1")
        if endpoint.endswith("upload"):
            self._take()
        return answer({"task_id": "t"})

    def update(self, endpoint: str, data: dict[str, str]) -> requests.Response:
        assert endpoint == "v1/projects/1"
        assert self.project is not None
        self.project.update(data)
        return answer(self.project)

    def _page(self, items: list[Any]) -> requests.Response:
        number = len(items) + (self.loses == "page")
        return answer({"count": number, "next": None, "results": items})

    def _task(self) -> dict[str, Any]:
        errors = {
            "task": {"ready": True, "result": None, "error": {"text": "CHECK constraint failed"}},
            "line": {"ready": True, "result": {"error": [{"message": "bad line"}]}, "error": None},
            "worker": {"ready": False, "result": None, "error": None},
        }
        if self.fails_first:
            self.fails_first = False
            return errors["task"]
        return errors.get(self.loses, {"ready": True, "result": {"error": []}, "error": None})

    def _take(self) -> None:
        numbers = {t["text"]: t["id"] for t in self.types}
        for line in map(json.loads, self.file.decode().splitlines()):
            spans = [
                {"start_offset": a, "end_offset": b, "label": numbers[label]}
                for a, b, label in line.pop("label")
            ]
            if self.loses == "span":
                del spans[0]
            text = line.pop("text")
            if self.loses == "text":
                text = text.strip("。)")
            for _ in range({"all": 0, "twice": 2}.get(self.loses, 1)):
                number = len(self.examples)
                self.examples.append({"id": number, "text": text, "meta": line, "spans": spans})
        if self.loses == "labels":
            self.types.append({"id": 99, "text": "ORG"})


def test_client_push_brings_everything_once() -> None:
    client = Client()
    server = Server(client)
    first, second = push(server, "p", [DOCUMENT]), push(server, "p", [DOCUMENT])
    assert (first.pieces, first.there, second.pieces, second.there) == (1, 0, 0, 1)
    assert client.project is not None
    assert client.project["allow_overlapping"]
    assert "AGENCY" in client.project["guideline"]
    assert [t["text"] for t in client.types] == ["AGENCY", "METRIC", "DEADLINE"]


@pytest.mark.parametrize(
    ("loses", "message"),
    [
        ("task", "pieces 1 to 1: the server reports .*CHECK constraint failed"),
        ("line", "the server reports .*bad line"),
        ("worker", "not finished after 0 s; does the server's worker run"),
        ("span", "a, piece 1: the server dropped 1 of 2 spans, first METRIC '修建泵站3座' at 0"),
        ("text", "a, piece 1: the server changed its text"),
        ("all", "a, piece 1 is 0 times on the server"),
        ("twice", "a, piece 1 is 2 times on the server"),
        ("labels", "the upload made new label types: ORG"),
        ("page", "gave 0 of 1 items"),
    ],
)
def test_client_what_doccano_loses_silently_is_an_error(loses: str, message: str) -> None:
    server = Server(Client(loses), task_timeout=0)
    with pytest.raises(DoccanoError, match=message):
        push(server, "p", [DOCUMENT])


def test_client_an_upload_under_way_is_noted_on_the_server_and_waited_for() -> None:
    client = Client("worker")
    server = Server(client, task_timeout=0)
    with pytest.raises(UnfinishedError):
        push(server, "p", [DOCUMENT])
    assert client.project is not None
    assert client.project["description"] == "govextract [govextract upload t]"
    with pytest.raises(UnfinishedError, match="an earlier upload: not finished"):
        push(server, "p", [DOCUMENT])
    client.loses = ""
    pushed = push(server, "p", [DOCUMENT])
    assert (pushed.pieces, pushed.there) == (0, 1)
    assert client.project["description"] == "govextract"


def test_client_an_earlier_upload_that_failed_is_made_up_for() -> None:
    client = Client("task")
    server = Server(client, task_timeout=0)
    with pytest.raises(DoccanoError, match="CHECK constraint failed"):
        push(server, "p", [DOCUMENT])
    client.examples.clear()
    # The task of the upload that failed still says so; that of the new one is another.
    client.fails_first = True
    client.loses = ""
    pushed = push(server, "p", [DOCUMENT])
    assert (pushed.pieces, pushed.there) == (1, 0)


def test_client_the_note_leaves_a_description_of_somebody_as_it_is() -> None:
    client = Client()
    server = Server(client)
    push(server, "p", [DOCUMENT])
    assert client.project is not None
    client.project["description"] = "Ours [of 2025]"
    push(server, "p", [DOCUMENT, NerDocument("b", "完成。", ())])
    assert client.project["description"] == "Ours [of 2025]"


@pytest.mark.parametrize(("most", "names"), [(None, ["b", "a", "c"]), (2, ["b", "a"])])
def test_client_the_least_certain_pieces_come_first(most: int | None, names: list[str]) -> None:
    scores = {"a": 0.9, "b": 0.4, "c": 1.0}
    text = "市水利局"
    ledgers = {
        name: LedgerRecord(
            Source(name, "", "txt"),
            Meta(None, None, None, None, None),
            text,
            [],
            [Entity(0, 4, "AGENCY", text, "model", score)],
        )
        for name, score in scores.items()
    }
    lines = export_lines(NerDocument(name, text, ()) for name in scores).lines
    assert [line["doc_id"] for line in least_certain(lines, ledgers, most)] == names


def test_client_a_project_of_another_type_is_refused() -> None:
    client = Client(project={"id": 1, "name": "p", "project_type": "Seq2seq"})
    with pytest.raises(DoccanoError, match="of the type Seq2seq"):
        push(Server(client), "p", [DOCUMENT])


def test_client_pull_without_project_is_told() -> None:
    with pytest.raises(DoccanoError, match="has no project 'p'"):
        pull(Server(Client()), "p")


def test_client_pull_names_who_confirmed() -> None:
    client = Client()
    server = Server(client)
    push(server, "p", [DOCUMENT])
    line = json.loads(client.file)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        other = {"id": 5, "doc_id": "of somebody else", "text": "完成。", "label": []}
        archive.writestr("all.jsonl", dump_lines([line | {"id": 0}, other]))
    client.file = packed.getvalue()
    (pulled,) = pull(server, "p")
    somebody = NerDocument("of somebody else", "完成。", ())
    assert (pulled.annotator, pulled.documents) == ("all", [DOCUMENT, somebody])
    assert pulled.approved == {"a": ["li"]}


def test_client_an_export_that_is_a_page_is_told() -> None:
    client = Client()
    server = Server(client)
    push(server, "p", [DOCUMENT])
    client.file = b"<html>"
    with pytest.raises(DoccanoError, match="export of the server cannot be read"):
        pull(server, "p")


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        (answer({"detail": "Authentication credentials were not provided."}, 403),
         SessionError, "session has expired"),
        (answer({"detail": "Invalid token."}, 401), SessionError, "session has expired"),
        (answer({"detail": "You do not have permission"}, 403), DoccanoError, "may not use"),
        (answer(b"<html>", 502), DoccanoError, "answers 502"),
        (answer(b"<html>"), DoccanoError, "no JSON"),
        (requests.exceptions.ConnectionError("x"), DoccanoError, "no server answers"),
        (requests.exceptions.ReadTimeout("x"), DoccanoError, "did not answer"),
        (requests.exceptions.SSLError("x"), DoccanoError, "certificate .* cannot be verified"),
        (requests.exceptions.TooManyRedirects("x"), DoccanoError, "x"),
    ],
)  # fmt: skip
def test_client_every_failure_says_what_it_is(
    given: requests.Response | Exception, error: type[Exception], message: str
) -> None:
    class Failing:
        baseurl = "https://doccano.invalid/"

        def get_file(self, endpoint: str, params: dict[str, Any]) -> requests.Response:
            if isinstance(given, Exception):
                raise given
            return given

    with pytest.raises(error, match=message) as caught:
        Server(Failing()).get("v1/me")
    assert type(caught.value) is error


def test_client_a_server_that_is_down_is_told() -> None:
    pytest.importorskip("doccano_client")
    with pytest.raises(DoccanoError, match=r"no server answers at http://127\.0\.0\.1:9"):
        connect("http://127.0.0.1:9", "li", "secret")


@pytest.fixture
def unknown_authority(tmp_path: Path) -> Iterator[str]:
    """Run a server on loopback whose certificate nobody has signed but itself; its address."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj",
               "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
               "-keyout", str(key), "-out", str(certificate)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield f"https://localhost:{server.server_port}"
        server.shutdown()


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl to make a certificate")
def test_client_a_certificate_of_nobody_known_is_refused(unknown_authority: str) -> None:
    pytest.importorskip("doccano_client")
    with pytest.raises(DoccanoError, match=r"certificate of .* cannot be verified.*REQUESTS_CA"):
        connect(unknown_authority, "li", "secret")


@pytest.mark.parametrize("url", ["", "doccano", "ftp://doccano", "file:///x"])
def test_client_what_is_no_address_is_told(url: str) -> None:
    with pytest.raises(DoccanoError, match="is no address"):
        connect(url, "li", "secret")
