from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from govextract.cli import app
from govextract.cli.doccano import PASSWORD, URL, USER
from govextract.ner.importing import read_documents

CIRCULAR = "1、修建泵站3座，6月底前完成。(市水利局、各镇政府)\n2、疏浚河道12公里。(市水利局)\n" * 20


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    for name in ("a.txt", "b.txt"):
        (tmp_path / "in" / name).write_text(name[0] + CIRCULAR, encoding="utf-8", newline="")
    return tmp_path


def run(*arguments: object, env: dict[str, str] | None = None, stdin: str = "") -> Any:
    return CliRunner().invoke(app, ["doccano", *map(str, arguments)], env=env, input=stdin)


def test_doccano_export_and_import_give_files_to_train_on(folder: Path) -> None:
    out, back = folder / "x" / "given.jsonl", folder / "back.jsonl"
    result = run("export", folder / "in", "-o", out, "--limit", 200, "--select", "uncertain")
    assert result.exit_code == 0, result.output
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert len(lines) > 4
    result = run("import", out, "-o", back, "--against", folder / "in")
    assert result.exit_code == 0, result.output
    documents = read_documents([back])
    assert sorted(d.text for d in documents) == ["a" + CIRCULAR, "b" + CIRCULAR]
    assert sum(len(d.spans) for d in documents) == sum(len(line["label"]) for line in lines)
    assert all(len(d.spans) >= 60 for d in documents)


def test_doccano_import_refuses_and_writes_the_rest(folder: Path) -> None:
    out, back = folder / "given.jsonl", folder / "back.jsonl"
    run("export", folder / "in", "-o", out, "--shape", "entities")
    first, *others = out.read_text(encoding="utf-8").splitlines()
    spoiled = json.loads(first)
    spoiled["text"] += "！"
    out.write_text("\n".join([json.dumps(spoiled), *others]), encoding="utf-8")
    result = run("import", out, "-o", back)
    assert result.exit_code == 1
    assert "refused: a.txt: piece 1 of" in result.stderr
    assert [d.text for d in read_documents([back])] == ["b" + CIRCULAR]


def test_doccano_most_takes_whole_circulars(folder: Path) -> None:
    out = folder / "given.jsonl"
    run("export", folder / "in", "-o", out, "--most", 1, "--limit", 200)
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert {line["doc_id"] for line in lines} == {"a.txt"}
    assert len(lines) == lines[0]["pieces"]


def test_doccano_a_server_that_is_down_ends_the_command(folder: Path) -> None:
    pytest.importorskip("doccano_client")
    env = {URL: "http://127.0.0.1:9", USER: "li", PASSWORD: "secret"}
    for command in (["status"], ["pull"], ["push", folder / "in"]):
        result = run(*command, "--project", "p", env=env)
        assert result.exit_code == 3
        assert "no server answers at http://127.0.0.1:9" in result.stderr
        assert "secret" not in result.output


def test_doccano_asks_for_what_the_environment_does_not_say() -> None:
    pytest.importorskip("doccano_client")
    env = {URL: "", USER: "", PASSWORD: ""}
    result = run("status", "--project", "p", env=env, stdin="http://127.0.0.1:9\nli\nsecret\n")
    assert result.exit_code == 3
    assert "secret" not in result.output


def test_doccano_takes_no_password_as_an_argument() -> None:
    assert run("status", "--project", "p", "--password", "secret").exit_code == 2
