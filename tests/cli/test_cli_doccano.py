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
    assert "refused: a.txt at 0: piece 1 of" in result.stderr
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


@pytest.fixture
def pulled(folder: Path) -> Path:
    """Return the folder of a pulled project: wang lacks the first span of a.txt."""
    run("export", folder / "in", "-o", folder / "given.jsonl", "--limit", 100000)
    lines = [json.loads(x) for x in (folder / "given.jsonl").read_text("utf-8").splitlines()]
    (folder / "pulled").mkdir()
    for name in ("li", "wang"):
        own = [line | {"annotator": name, "approved_by": [name]} for line in lines]
        if name == "wang":
            own[0] = own[0] | {"label": own[0]["label"][1:]}
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in own)
        (folder / "pulled" / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return folder / "pulled"


def test_doccano_adjudicate_lists_disputes_and_applies_decisions(pulled: Path) -> None:
    out = pulled.parent / "out"
    result = run("adjudicate", pulled, "-o", out)
    assert result.exit_code == 1, result.output
    assert "li – wang, 2 circulars" in result.stdout
    assert "1 dispute, 0 decided" in result.stderr
    assert [d.id.partition(":")[2] for d in read_documents([out / "adjudicated.jsonl"])] == [
        "b.txt"
    ]
    file = out / "disputes.csv"
    content = file.read_text(encoding="utf-8-sig")
    assert content.endswith('""\n')
    file.write_text(content[: -len('""\n')] + '"li"\n', encoding="utf-8-sig")
    result = run("adjudicate", pulled, "-o", out)
    assert result.exit_code == 0, result.output
    assert len(read_documents([out / "adjudicated.jsonl"])) == 2
    assert "adjudicated.jsonl: 2 of 2 circulars" in result.stderr


def test_doccano_adjudicate_keeps_and_tells_a_decision_whose_dispute_is_no_more(
    pulled: Path,
) -> None:
    out = pulled.parent / "out"
    run("adjudicate", pulled, "-o", out)
    file = out / "disputes.csv"
    content = file.read_text(encoding="utf-8-sig")
    file.write_text(content.rstrip('"\n') + '""li"\n', encoding="utf-8-sig")
    (pulled / "wang.jsonl").write_text(
        (pulled / "li.jsonl").read_text("utf-8").replace('"li"', '"wang"'), encoding="utf-8"
    )
    for _ in range(2):
        result = run("adjudicate", pulled, "-o", out)
        assert result.exit_code == 1
        assert "is no more" in result.stderr
    assert '"li"' in file.read_text(encoding="utf-8-sig").splitlines()[-1]


def test_doccano_adjudicate_needs_two_annotators(pulled: Path) -> None:
    result = run("adjudicate", pulled / "li.jsonl", "-o", pulled / "out")
    assert result.exit_code == 3
    assert "no two annotators" in result.stderr


def test_doccano_adjudicated_circulars_are_drafted_and_validate(pulled: Path) -> None:
    mine = pulled.parent / "mine"
    arguments = ["corpus", "draft", str(pulled / "li.jsonl"), "-o", str(mine)]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 1
    assert "tells no year" in result.output
    # Two circulars that are nearly one are a fault of the collection alone.
    result = CliRunner().invoke(app, [*arguments, "--year", "2021"])
    assert result.exit_code == 0, result.output
    for path in mine.iterdir():
        result = CliRunner().invoke(app, ["corpus", "validate", str(path)])
        assert result.exit_code == 0, result.output
    assert len(read_documents([mine])) == 2
    assert CliRunner().invoke(app, [*arguments, "--year", "2021"]).exit_code == 1


def test_doccano_files_of_one_name_are_drafted_apart(tmp_path: Path) -> None:
    lines = [
        {"doc_id": f"a.{kind}", "text": f"{kind}{CERTAIN}", "label": []} for kind in ("txt", "docx")
    ]
    pulled = tmp_path / "all.jsonl"
    pulled.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    arguments = ["corpus", "draft", str(pulled), "-o", str(tmp_path / "mine"), "--year", "2021"]
    CliRunner().invoke(app, arguments)
    assert sorted(p.name for p in (tmp_path / "mine").iterdir()) == ["a-docx.txt", "a.txt"]


# What rules and model agree on, and what only one of them takes for a target.
CERTAIN = "1、加固堤防。年底前新建泵站3座。(市水利局)\n"
DOUBTFUL = "1、改善出行。比上年多3座，争取再翻一番，达到七成。(市水利局)\n"


def test_doccano_the_least_certain_come_first(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, text in (("a.txt", CERTAIN), ("b.txt", DOUBTFUL)):
        (tmp_path / "in" / name).write_text(text, encoding="utf-8")
    for select in ("uncertain", "uncertain-pieces"):
        out = tmp_path / "given.jsonl"
        run("export", tmp_path / "in", "-o", out, "--select", select, "--most", 1)
        (line,) = (json.loads(x) for x in out.read_text(encoding="utf-8").splitlines())
        assert line["doc_id"] == "b.txt"


def test_doccano_most_counts_pieces_where_pieces_are_selected(folder: Path) -> None:
    out = folder / "given.jsonl"
    run("export", folder / "in", "-o", out, "--limit", 200, "--select", "uncertain-pieces",
        "--most", 3)  # fmt: skip
    assert len(out.read_text(encoding="utf-8").splitlines()) == 3
