"""The loop against a real server: authored circulars, corrected through the client as by a person."""

from __future__ import annotations

import random
from typing import Any

import pytest

from govextract.doccano.client import Server, connect
from govextract.doccano.errors import DoccanoError
from govextract.doccano.exchange import from_ledger
from govextract.doccano.projects import label_types, make_project, status
from govextract.doccano.pulling import pull
from govextract.doccano.pushing import push
from govextract.ner.documents import NerDocument
from govextract.pipeline import extract
from tests.doccano.conftest import join, pieces_of
from tests.doccano.running import USER, Running

pytestmark = pytest.mark.doccano

_WORKS = ["修建泵站", "加固堤防", "疏浚河道", "改造灌区", "新增绿地", "整修乡道", "安装路灯",
          "改建校舍", "扩建粮库", "清理鱼塘"]  # fmt: skip
_ENDS = ["\n", "\r\n"]


def circular(n: int) -> str:
    """Return an authored circular, long enough for pieces, with characters that shift offsets."""
    rng = random.Random(n)
    end = _ENDS[n % 2]
    lines = [f"\u3000\u3000关于做好第{n + 1}批民生工程的通知", "𠮷安片区 cafe\u0301 😀"]
    for i in range(1, 13):
        work = _WORKS[(n + i) % 10]
        unit = rng.choice(["市水利局", "市财政局、各镇政府", "市教育局"])
        lines.append(
            f"{i}、{work}{rng.randrange(3, 90)}处，{rng.randrange(1, 13)}月底前完成。({unit})"
        )
    return end.join(lines) + end


@pytest.fixture(scope="module")
def documents() -> list[NerDocument]:
    found = [from_ledger(extract(circular(n)), f"circular-{n}.txt") for n in range(10)]
    assert all(len(d.spans) >= 12 for d in found)
    return found


def test_server_corrections_come_back_and_nothing_else_changes(
    server: Server, documents: list[NerDocument]
) -> None:
    pushed = push(server, "mixed", documents, limit=200)
    assert pushed.rejects == []
    assert pushed.pieces >= 2 * len(documents)
    again = push(server, "mixed", documents, limit=200)
    assert (again.pieces, again.there) == (0, pushed.pieces)

    project = make_project(server, "mixed")["id"]
    types = {text: number for number, text in label_types(server, project).items()}
    changed = documents[3]
    piece = pieces_of(server, project, changed.id)[1]
    spans = f"v1/projects/{project}/examples/{piece['id']}/spans"
    first, second = sorted(server.get(spans), key=lambda s: s["start_offset"])[:2]
    offset = piece["meta"]["offset"]
    client = server._client
    assert client.delete(f"{spans}/{first['id']}").ok
    assert client.delete(f"{spans}/{second['id']}").ok
    server.post(spans, json={"start_offset": second["start_offset"] + 1,
                             "end_offset": second["end_offset"],
                             "label": types["METRIC"], "prob": 0.0})  # fmt: skip
    for part in pieces_of(server, project, documents[5].id):
        server.post(f"v1/projects/{project}/examples/{part['id']}/states", json={})

    (pulled,) = pull(server, "mixed", {d.id: d.text for d in documents})
    assert pulled.rejects == []
    assert pulled.approved == {documents[5].id: [USER]}
    back = {d.id: d for d in pulled.documents}
    assert back.keys() == {d.id for d in documents}
    for document in documents:
        if document is not changed:
            assert back[document.id] == document
    names = {number: text for text, number in types.items()}

    def place(span: dict[str, Any], by: int = 0) -> tuple[int, int]:
        return span["start_offset"] + offset + by, span["end_offset"] + offset

    before, after = set(changed.spans), set(back[changed.id].spans)
    assert before - after == {(*place(s), names[s["label"]]) for s in (first, second)}
    assert after - before == {(*place(second, 1), "METRIC")}
    assert back[changed.id].text == changed.text
    state = status(server, "mixed")
    assert (state.documents, state.pieces) == (10, pushed.pieces)
    assert state.progress[USER] == len(pieces_of(server, project, documents[5].id))


def test_server_another_user_corrects_what_was_pushed(
    server: Server, annotator: Server, documents: list[NerDocument]
) -> None:
    push(server, "team", documents[:2])
    project = make_project(server, "team")["id"]
    join(server, annotator, project)
    (piece,) = pieces_of(annotator, project, documents[0].id)
    at = f"v1/projects/{project}/examples/{piece['id']}"
    gone = min(annotator.get(f"{at}/spans"), key=lambda s: s["start_offset"])
    assert annotator._client.delete(f"{at}/spans/{gone['id']}").ok
    annotator.post(f"{at}/states", json={})
    (pulled,) = pull(server, "team")
    assert pulled.approved == {documents[0].id: ["li"]}
    back = {d.id: d for d in pulled.documents}
    assert back[documents[0].id].spans == documents[0].spans[1:]
    assert back[documents[1].id] == documents[1]


def test_server_independent_annotators_are_pulled_one_by_one(
    server: Server, annotator: Server, documents: list[NerDocument]
) -> None:
    push(server, "two", documents[:1], independent=True)
    project = make_project(server, "two")["id"]
    join(server, annotator, project)
    (piece,) = pieces_of(annotator, project, documents[0].id)
    at = f"v1/projects/{project}/examples/{piece['id']}"
    assert annotator.get(f"{at}/spans") == []
    types = {text: number for number, text in label_types(annotator, project).items()}
    start, end, label = documents[0].spans[2]
    annotator.post(
        f"{at}/spans",
        json={"start_offset": start, "end_offset": end, "label": types[label], "prob": 0.0},
    )
    annotator.post(f"{at}/states", json={})
    own, other = pull(server, "two")
    assert (own.annotator, own.documents, own.approved) == (USER, documents[:1], {})
    assert (other.annotator, other.approved) == ("li", {documents[0].id: ["li"]})
    assert other.documents[0].spans == (documents[0].spans[2],)


def test_server_a_changed_circular_is_not_mixed_with_what_is_there(
    server: Server, documents: list[NerDocument]
) -> None:
    push(server, "changed", documents[:1])
    other = NerDocument(documents[0].id, documents[0].text + "完。", ())
    with pytest.raises(DoccanoError, match="with another text"):
        push(server, "changed", [other])


def test_server_a_text_changed_there_is_refused(
    server: Server, documents: list[NerDocument]
) -> None:
    push(server, "edited", documents[:2])
    project = make_project(server, "edited")["id"]
    (piece,) = pieces_of(server, project, documents[0].id)
    server._client.update(
        f"v1/projects/{project}/examples/{piece['id']}", data={"text": "改过的文本"}
    )
    (pulled,) = pull(server, "edited")
    assert pulled.documents == [documents[1]]
    assert [r.document for r in pulled.rejects] == [documents[0].id]
    assert "its text was changed" in pulled.rejects[0].reason


def test_server_a_label_made_there_is_refused(server: Server, documents: list[NerDocument]) -> None:
    push(server, "labels", documents[:1])
    project = make_project(server, "labels")["id"]
    made = server.post(
        f"v1/projects/{project}/span-types", json={"text": "ORG", "background_color": "#ffffff"}
    )
    (piece,) = pieces_of(server, project, documents[0].id)
    # over all other spans, which this project allows
    server.post(f"v1/projects/{project}/examples/{piece['id']}/spans",
                json={"start_offset": 3, "end_offset": 6, "label": made["id"], "prob": 0.0})  # fmt: skip
    (pulled,) = pull(server, "labels")
    assert pulled.documents == documents[:1]
    assert ["unknown label 'ORG'" in r.reason for r in pulled.rejects] == [True]


def test_server_a_project_that_would_drop_overlaps_is_refused(
    server: Server, documents: list[NerDocument]
) -> None:
    server.post("v1/projects", json={
        "name": "strict", "description": "x", "guideline": "", "project_type": "SequenceLabeling",
        "resourcetype": "SequenceLabelingProject", "allow_overlapping": False, "tags": [],
    })  # fmt: skip
    with pytest.raises(DoccanoError, match="does not allow spans to overlap"):
        push(server, "strict", documents[:1])


def test_server_a_page_that_is_not_the_api_is_told(running: Running) -> None:
    with pytest.raises(DoccanoError, match="not the address of a doccano server"):
        connect(f"{running.url}/projects", USER, running.password)
