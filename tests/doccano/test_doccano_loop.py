"""The whole loop by its commands against a real server: ten authored circulars, from push to train."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from govextract.cli import app
from govextract.cli.doccano import PASSWORD, URL
from govextract.cli.doccano import USER as USER_VARIABLE
from govextract.corpus.files import find_corpus, read_records, records_name, write_records
from govextract.data import read_rows, read_text
from govextract.doccano.client import Server
from govextract.doccano.exchange import Line
from govextract.doccano.projects import examples, find_project, label_types
from govextract.doccano.pulling import pull
from govextract.doccano.pushing import push
from govextract.ner.documents import LabelledRange
from tests.doccano.conftest import join, pieces_of
from tests.doccano.running import USER, Running
from tests.doccano.test_doccano_exchange import random_document

pytestmark = pytest.mark.doccano

Spans = set[LabelledRange]


@pytest.fixture(scope="module")
def circulars(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the ten shortest authored circulars of the training split."""
    folder = tmp_path_factory.mktemp("loop") / "circulars"
    folder.mkdir()
    records = read_records(find_corpus() / records_name("train"))
    authored = [r for r in records if r["origin"] == "authored"]
    for record in sorted(authored, key=lambda r: r["length"])[:10]:
        path = folder / f"{record['id']}.txt"
        path.write_bytes(record["text"].encode("utf-8"))
    return folder


class Commands:
    """Runs sub-commands as the server's administrator."""

    def __init__(self, running: Running) -> None:
        self.env = {URL: running.url, USER_VARIABLE: USER, PASSWORD: running.password}

    def __call__(self, *arguments: object, status: int = 0) -> Any:
        result = CliRunner().invoke(app, [*map(str, arguments)], env=self.env)
        assert result.exit_code == status, result.output
        assert self.env[PASSWORD] not in result.output
        return result


@pytest.fixture(scope="module")
def run(running: Running) -> Commands:
    return Commands(running)


def _lines(path: Path) -> dict[str, Line]:
    return {line["doc_id"]: line for line in map(json.loads, path.read_text("utf-8").splitlines())}


def _spans(line: Line) -> Spans:
    return {(a, b, label) for a, b, label in line["label"]}


class Annotator:
    """Changes spans of a project through the client, and keeps what a pull must then bring."""

    def __init__(self, server: Server, name: str) -> None:
        project = find_project(server, name)
        assert project is not None
        self.server = server
        self.project: int = project["id"]
        self.names = label_types(server, self.project)
        self.types = {text: number for number, text in self.names.items()}

    def spans(self, piece: dict[str, Any]) -> list[dict[str, Any]]:
        found = self.server.get(f"{self._at(piece)}/spans")
        return sorted(found, key=lambda s: (s["start_offset"], s["end_offset"]))

    def remove(self, piece: dict[str, Any], span: dict[str, Any]) -> LabelledRange:
        assert self.server._client.delete(f"{self._at(piece)}/spans/{span['id']}").ok
        offset = piece["meta"]["offset"]
        label = self.names[span["label"]]
        return span["start_offset"] + offset, span["end_offset"] + offset, label

    def add(self, piece: dict[str, Any], start: int, end: int, label: str) -> LabelledRange:
        given = {"start_offset": start, "end_offset": end, "label": self.types[label], "prob": 0.0}
        self.server.post(f"{self._at(piece)}/spans", json=given)
        offset = piece["meta"]["offset"]
        return start + offset, end + offset, label

    def confirm(self, piece: dict[str, Any]) -> None:
        self.server.post(f"{self._at(piece)}/states", json={})

    def _at(self, piece: dict[str, Any]) -> str:
        return f"v1/projects/{self.project}/examples/{piece['id']}"


def test_loop_ten_authored_circulars_come_back_with_exactly_the_changes_and_train(
    run: Commands, server: Server, circulars: Path, tmp_path: Path
) -> None:
    run("doccano", "export", circulars, "-o", tmp_path / "before.jsonl", "--limit", 100000)
    before = _lines(tmp_path / "before.jsonl")
    result = run("doccano", "push", circulars, "--project", "loop", "--limit", 600)
    pushed = int(result.stderr.split(" pieces pushed")[0].split()[-1])
    assert pushed > 20
    result = run("doccano", "push", circulars, "--project", "loop", "--limit", 600)
    assert f"0 pieces pushed, {pushed} there already" in result.stderr

    person = Annotator(server, "loop")
    gone: dict[str, Spans] = {}
    come: dict[str, Spans] = {}
    names = sorted(before)
    for n, name in enumerate(names[:4]):
        piece = next(
            p for p in reversed(pieces_of(server, person.project, name)) if person.spans(p)
        )
        first = person.spans(piece)[0]
        gone[name] = {person.remove(piece, first)}
        # Of every second circular a span is cut short; of the others it is only removed.
        if n % 2:
            shorter = first["start_offset"] + 1, first["end_offset"]
            come[name] = {person.add(piece, *shorter, person.names[first["label"]])}
    for piece in pieces_of(server, person.project, names[5]):
        person.confirm(piece)

    out = tmp_path / "pulled"
    run("doccano", "pull", "--project", "loop", "--against", circulars, "-o", out)
    after = _lines(out / "all.jsonl")
    assert after.keys() == before.keys()
    for name in names:
        assert after[name]["text"] == before[name]["text"]
        assert _spans(before[name]) - _spans(after[name]) == gone.get(name, set())
        assert _spans(after[name]) - _spans(before[name]) == come.get(name, set())
    assert {n: line["approved_by"] for n, line in after.items() if line["approved_by"]} == {
        names[5]: [USER]
    }
    result = run("doccano", "status", "--project", "loop")
    confirmed = len(pieces_of(server, person.project, names[5]))
    assert result.stdout == f"circulars\t10\npieces\t{pushed}\nconfirmed by {USER}\t{confirmed}\n"

    _train(run, out / "all.jsonl", tmp_path)


def _train(run: Commands, pulled: Path, folder: Path) -> None:
    """Retrain on pulled data beside a small corpus; the report shows before and after."""
    texts = {line["text"] for line in _lines(pulled).values()}
    corpus = folder / "corpus"
    for split, most in (("train", 3), ("dev", 1), ("test", 2)):
        records = [
            record | {"split": split}
            for record in read_records(find_corpus() / records_name(split))
            if record["text"] not in texts
        ]
        records = sorted(records, key=lambda r: r["length"])[:most]
        write_records(corpus / records_name(split), records)
    result = run("train", pulled, "-o", folder / "model", "--corpus", corpus, "--epochs", 1,
                 "--force")  # fmt: skip
    for name in ("own test", "corpus test"):
        rows = [row for row in result.stderr.splitlines() if row.startswith(name)]
        assert len(rows) >= 4
        assert all(" F1 " in row and " -> " in row for row in rows)
    assert f"model: {folder / 'model'}" in result.stderr
    run("extract", next((folder.parent).rglob("*.txt"), __file__), "--model", folder / "model",
        "-o", folder / "ledger.json")  # fmt: skip


def test_loop_the_project_has_guidelines_colours_and_keys(server: Server) -> None:
    document = random_document(3)
    push(server, "made", [document])
    project = find_project(server, "made")
    assert project is not None
    # doccano strips what it is given
    assert project["guideline"] == read_text("doccano_guideline.txt").strip()
    types = server.get(f"v1/projects/{project['id']}/span-types")
    rows = read_rows("doccano_labels.tsv", ("label", "colour", "key", "source"))
    assert {(t["text"], t["background_color"], t["suffix_key"]) for t in types} == {
        (row["label"], row["colour"], row["key"]) for row in rows
    }


def test_loop_a_thousand_random_documents_come_back_unchanged(server: Server) -> None:
    documents = [random_document(seed) for seed in range(1000)]
    pushed = push(server, "thousand", documents, limit=250)
    assert pushed.rejects == []
    assert pushed.pieces > 1200
    (pulled,) = pull(server, "thousand", {d.id: d.text for d in documents})
    assert pulled.rejects == []
    assert sorted(pulled.documents, key=lambda d: int(d.id[1:])) == documents


def test_loop_the_least_certain_pieces_come_first_and_are_pulled_alone(
    run: Commands, server: Server, circulars: Path, tmp_path: Path
) -> None:
    select = ("--select", "uncertain-pieces", "--most", 6, "--limit", 300)
    run("doccano", "export", circulars, "-o", tmp_path / "wanted.jsonl", *select)
    wanted = [
        (line["doc_id"], line["piece_id"], line["text"], line["label"])
        for line in map(json.loads, (tmp_path / "wanted.jsonl").read_text("utf-8").splitlines())
    ]
    run("doccano", "push", circulars, "--project", "pieces", *select)
    person = Annotator(server, "pieces")
    held = sorted(examples(server, person.project), key=lambda e: e["id"])
    assert [(e["meta"]["doc_id"], e["meta"]["piece_id"]) for e in held] == [w[:2] for w in wanted]
    for piece in held[:2]:
        person.confirm(piece)
    out = tmp_path / "pulled"
    pulling = ("doccano", "pull", "--project", "pieces", "--against", circulars, "-o", out)
    run(*pulling, "--approved", "--pieces")
    back = _lines(out / "all.jsonl")
    assert [(name, line["text"], line["label"]) for name, line in back.items()] == [
        (f"{doc}#{number}", text, label) for doc, number, text, label in wanted[:2]
    ]
    # As whole circulars they are refused, each by name.
    result = run(*pulling, status=1)
    assert "is missing" in result.stderr
    assert _lines(out / "all.jsonl") == {}


def test_loop_two_annotators_are_compared_adjudicated_and_handed_over(
    run: Commands,
    server: Server,
    annotators: dict[str, Server],
    circulars: Path,
    tmp_path: Path,
) -> None:
    # That one has a target whose indicator only a person can give, as `draft` says.
    given = [p for p in sorted(circulars.iterdir()) if p.stem != "fuyang-2025-fangxun"][:2]
    run("doccano", "push", *given, "--project", "both", "--independent")
    run("doccano", "export", *given, "-o", tmp_path / "gold.jsonl", "--limit", 100000)
    gold = _lines(tmp_path / "gold.jsonl")
    people = {}
    for name, own in annotators.items():
        project = find_project(server, "both")
        assert project is not None
        join(server, own, project["id"])
        people[name] = Annotator(own, "both")
        for document, line in gold.items():
            for piece in pieces_of(own, people[name].project, document):
                start = piece["meta"]["offset"]
                end = start + len(piece["text"])
                for a, b, label in line["label"]:
                    # wang begins the very first span of each circular a character later, and
                    # does not see the second.
                    place = line["label"].index([a, b, label])
                    if start <= a < end and not (name == "wang" and place == 1):
                        late = name == "wang" and place == 0
                        people[name].add(piece, a - start + late, b - start, label)
                people[name].confirm(piece)
    pulled, out = tmp_path / "pulled", tmp_path / "out"
    run("doccano", "pull", "--project", "both", "--approved", "--against", circulars, "-o", pulled)
    result = run("doccano", "adjudicate", pulled, "-o", out, status=1)
    assert "li – wang, 2 circulars" in result.stdout
    total = sum(len(line["label"]) for line in gold.values())
    row = next(r.split() for r in result.stdout.splitlines() if r.strip().startswith("all"))
    strict = 2 * (total - 4) / (2 * (total - 4) + 4 + 2)
    partial = 2 * (total - 2) / (2 * (total - 2) + 2)
    assert row == ["all", f"{strict:.3f}", f"{partial:.3f}", str(total - 4), "4", "2"]
    with (out / "disputes.csv").open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    assert len(rows) == 4
    assert [r[head.index("wang")] for r in rows].count("无") == 2
    for r in rows:
        r[head.index("裁定")] = "li"
    # as a spreadsheet program of a Chinese system may save it
    with (out / "disputes.csv").open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    run("doccano", "adjudicate", pulled, "-o", out)
    decided = _lines(out / "adjudicated.jsonl")
    assert {n: _spans(line) for n, line in decided.items()} == {
        n: _spans(line) for n, line in gold.items()
    }
    run("corpus", "draft", out / "adjudicated.jsonl", "-o", tmp_path / "mine")
    run("corpus", "validate", tmp_path / "mine")
