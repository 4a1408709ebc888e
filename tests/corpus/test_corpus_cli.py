"""The sub-commands of ``govextract corpus``, as they are called."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner, Result

from govextract.cli import app
from govextract.corpus import read_records
from govextract.corpus.files import NAME
from tests.corpus.sources import BODY, TABLE_BODY, entry, source

NAMES = {
    f"d{n}-2024-x": {"issuer": f"第{n}县人民政府", "title": f"第{n}号任务表"} for n in range(6)
}


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["corpus", *map(str, arguments)])


def _body(n: int) -> str:
    """Return a body that resembles no other."""
    words = "".join(chr(0x4E00 + 400 * n + i) for i in range(300))
    return f"{words}\n⟦T⟧1.{words[::-1]}。⟦D 6月底前⟧⟦M 新建泵站3座⟧。(⟦A.lead 县水利局⟧)⟦/T⟧\n"


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a corpus of six documents, split and built."""
    folder = tmp_path / "corpus" / "v1"
    (folder / "authored").mkdir(parents=True)
    for n, (name, head) in enumerate(NAMES.items()):
        text = source(_body(n), id=name, **head)
        (folder / "authored" / f"{name}.txt").write_text(text, encoding="utf-8")
    monkeypatch.setenv("GOVEXTRACT_CORPUS", str(folder.parent))
    monkeypatch.chdir(tmp_path)
    assert _run("split").exit_code == 0
    assert _run("build").exit_code == 0
    return folder


def test_cli_validate_passes_a_corpus_without_fault(corpus: Path) -> None:
    result = _run("validate")
    assert result.exit_code == 0
    assert "6 sources and 6 records checked, 0 faults" in result.stderr


def test_cli_validate_names_file_and_line_and_fails(corpus: Path) -> None:
    path = corpus / "authored" / "d1-2024-x.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("3座⟧。", "3座。⟧"), encoding="utf-8")
    result = _run("validate")
    assert result.exit_code == 1
    assert f"error: {path}:14: METRIC begins or ends with a blank or stop" in result.stderr


def test_cli_validate_finds_files_that_are_not_those_listed(corpus: Path) -> None:
    path = corpus / f"{NAME}.dev.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace(" ", ""), encoding="utf-8")
    (corpus / f"{NAME}.dev.jsonl").write_text("", encoding="utf-8")
    result = _run("validate")
    assert result.exit_code == 1
    assert f"{NAME}.dev.jsonl: is not the file that {NAME}.sha256 lists" in result.stderr


def test_cli_validate_finds_a_document_in_no_split(corpus: Path) -> None:
    text = source(BODY, id="new-2024-x", issuer="新县人民政府")
    (corpus / "authored" / "new-2024-x.txt").write_text(text, encoding="utf-8")
    result = _run("validate")
    assert result.exit_code == 1
    assert "new-2024-x is in no split" in result.stderr


def test_cli_validate_single_files_are_checked_alone(tmp_path: Path) -> None:
    (tmp_path / "heping-2024-shuili.txt").write_text(source(), encoding="utf-8")
    result = _run("validate", tmp_path / "heping-2024-shuili.txt")
    assert (result.exit_code, "1 source and 0 records checked, 0 faults" in result.stderr) == (
        0,
        True,
    )


@pytest.mark.parametrize(
    ("arguments", "status"),
    [(["no/such/file.txt"], 2), (["--no-such-option"], 2), (["."], 3)],
)
def test_cli_validate_tells_by_its_status_why_it_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], status: int
) -> None:
    monkeypatch.chdir(tmp_path)
    assert _run("validate", *arguments).exit_code == status


def test_cli_split_keeps_issuers_where_they_are(corpus: Path) -> None:
    before = (corpus / f"{NAME}.splits.tsv").read_text(encoding="utf-8")
    text = source(BODY, id="new-2024-x", issuer="新县人民政府")
    (corpus / "authored" / "new-2024-x.txt").write_text(text, encoding="utf-8")
    assert _run("split", "--keep").exit_code == 0
    after = (corpus / f"{NAME}.splits.tsv").read_text(encoding="utf-8")
    assert set(before.splitlines()) < set(after.splitlines())
    assert "new-2024-x" in after


def test_cli_split_refuses_a_corpus_with_faults(corpus: Path) -> None:
    (corpus / "authored" / "d9-2024-x.txt").write_text("⟦", encoding="utf-8")
    result = _run("split")
    assert result.exit_code == 1
    assert "d9-2024-x.txt:1" in result.stderr


def test_cli_build_check_finds_files_out_of_date(corpus: Path) -> None:
    assert _run("build", "--check").exit_code == 0
    path = corpus / "authored" / "d2-2024-x.txt"
    marked = path.read_text(encoding="utf-8")
    path.write_text(marked.replace("A.lead", "A.resp"), encoding="utf-8")
    result = _run("build", "--check")
    assert result.exit_code == 1
    assert "out of date" in result.stderr
    assert _run("build").exit_code == 0
    assert _run("build", "--check").exit_code == 0


def test_cli_build_refuses_a_text_that_is_not_the_one_listed(corpus: Path) -> None:
    path = corpus / "authored" / "d2-2024-x.txt"
    path.write_text(path.read_text(encoding="utf-8") + "后记\n", encoding="utf-8")
    result = _run("build")
    assert result.exit_code == 1
    assert "its text is not the one in the splits" in result.stderr


def test_cli_stats_prints_tables_and_writes_charts(corpus: Path, tmp_path: Path) -> None:
    result = _run("stats", "-o", tmp_path / "charts")
    assert result.exit_code == 0
    assert "By layout" in result.stdout
    assert "Mentions that the training split does not hold" in result.stdout
    charts = list((tmp_path / "charts").glob("*.svg"))
    assert len(charts) == 8
    for chart in charts:
        assert ElementTree.parse(chart).getroot().tag.endswith("svg")


def test_cli_stats_prints_json(corpus: Path) -> None:
    data = json.loads(_run("stats", "--json").stdout)
    assert data["All documents"]["all"]["documents"] == 6


def test_cli_convert_to_records_and_back_loses_nothing(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, body, layout in (("a-2024-x", BODY, "prose"), ("b-2024-x", TABLE_BODY, "table-docx")):
        text = source(body, id=name, layouts=f"[{layout}]")
        (tmp_path / "in" / f"{name}.txt").write_text(text, encoding="utf-8")
    assert (
        _run("convert", tmp_path / "in", "--to", "jsonl", "-o", tmp_path / "x.jsonl").exit_code == 0
    )
    assert (
        _run("convert", tmp_path / "x.jsonl", "--to", "inline", "-o", tmp_path / "out").exit_code
        == 0
    )
    for path in (tmp_path / "in").iterdir():
        assert (tmp_path / "out" / path.name).read_bytes() == path.read_bytes()


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("text", "heping-2024-shuili.txt"),
        ("html", "heping-2024-shuili.html"),
        ("docx", "heping-2024-shuili.docx"),
        ("unmarked", "heping-2024-shuili.txt"),
    ],
)
def test_cli_convert_writes_every_form(tmp_path: Path, form: str, name: str) -> None:
    (tmp_path / "heping-2024-shuili.txt").write_text(source(), encoding="utf-8")
    given = tmp_path / "heping-2024-shuili.txt"
    assert _run("convert", given, "--to", form, "-o", tmp_path / "out").exit_code == 0
    data = (tmp_path / "out" / name).read_bytes()
    if form == "text":
        assert data.decode() == entry().text
    assert "⟦".encode() not in data


def test_cli_convert_unmarked_keeps_head_and_tables(tmp_path: Path) -> None:
    given = tmp_path / "heping-2024-shuili.txt"
    given.write_text(source(TABLE_BODY, layouts="[table-html]"), encoding="utf-8")
    assert _run("convert", given, "--to", "unmarked", "-o", tmp_path / "out").exit_code == 0
    blind = (tmp_path / "out" / given.name).read_text(encoding="utf-8")
    assert blind.startswith("---\nid: heping-2024-shuili\n")
    assert [line for line in blind.split("\n") if "⟦" in line] == ["⟦TABLE merge=0⟧", "⟦/TABLE⟧"]


def test_cli_convert_writes_a_docbin(tmp_path: Path) -> None:
    import spacy
    from spacy.tokens import DocBin

    given = tmp_path / "heping-2024-shuili.txt"
    given.write_text(source(), encoding="utf-8")
    assert _run("convert", given, "--to", "docbin", "-o", tmp_path / "x.spacy").exit_code == 0
    [doc] = DocBin().from_disk(tmp_path / "x.spacy").get_docs(spacy.blank("zh").vocab)
    assert len(doc.ents) == len(entry().annotation.spans)


def _two_annotators(tmp_path: Path) -> tuple[Path, Path]:
    first, second = tmp_path / "a", tmp_path / "b"
    for folder, body in ((first, BODY), (second, BODY.replace("⟦D 年底前⟧", "年底前"))):
        folder.mkdir()
        (folder / "heping-2024-shuili.txt").write_text(source(body), encoding="utf-8")
    return first, second


def test_cli_agreement_prints_strict_and_partial_figures(tmp_path: Path) -> None:
    result = _run("agreement", *_two_annotators(tmp_path))
    assert result.exit_code == 0
    line = next(line for line in result.stdout.split("\n") if "DEADLINE" in line)
    assert line.split() == ["DEADLINE", "0.667", "0.667", "1", "1", "0"]


def test_cli_agreement_compares_with_the_adjudicated_documents(tmp_path: Path) -> None:
    first, second = _two_annotators(tmp_path)
    result = _run("agreement", first, second, "--adjudicated", first, "--json")
    data = json.loads(result.stdout)
    assert [data[k]["strict F1"]["DEADLINE"] for k in data] == [2 / 3, 1.0, 2 / 3]
    assert list(data) == ["first – second", "first – adjudicated", "second – adjudicated"]


def test_cli_agreement_of_different_texts_is_refused(tmp_path: Path) -> None:
    first, second = _two_annotators(tmp_path)
    text = source(BODY.replace("总结", "小结"))
    (second / "heping-2024-shuili.txt").write_text(text, encoding="utf-8")
    result = _run("agreement", first, second)
    assert result.exit_code == 1
    assert "the two texts differ" in result.stderr


def test_cli_diff_prints_what_differs(tmp_path: Path) -> None:
    first, second = _two_annotators(tmp_path)
    result = _run("diff", first, second)
    assert (result.exit_code, result.stdout) == (1, "heping-2024-shuili:17: - DEADLINE 年底前\n")
    assert _run("diff", first, first).exit_code == 0


def _standoff(tmp_path: Path) -> tuple[Path, Path]:
    """Return a file of records without text, and the folder with the text."""
    (tmp_path / "marked").mkdir()
    (tmp_path / "marked" / "heping-2024-shuili.txt").write_text(source(), encoding="utf-8")
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "report.txt").write_bytes(entry().text.encode())
    out = tmp_path / "real-test.jsonl"
    given = ("standoff", tmp_path / "marked", "--split", "real-test", "--texts", tmp_path / "texts")
    assert _run(*given, "-o", out).exit_code == 0
    return out, tmp_path / "texts"


def test_cli_standoff_writes_no_text(tmp_path: Path) -> None:
    out, _ = _standoff(tmp_path)
    [record] = read_records(out)
    assert (record["text"], record["split"], record["source"]) == (None, "real-test", "report.txt")
    assert "修缮渠道" not in out.read_text(encoding="utf-8")
    assert _run("validate", out).exit_code == 0


def test_cli_standoff_refuses_a_text_that_is_none_of_the_copies(tmp_path: Path) -> None:
    _, texts = _standoff(tmp_path)
    (texts / "report.txt").write_text("别的文本", encoding="utf-8")
    given = ("standoff", tmp_path / "marked", "--split", "real-test", "--texts", texts)
    result = _run(*given, "-o", tmp_path / "new.jsonl")
    assert result.exit_code == 1
    assert "its text is none of the copies" in result.stderr
    assert not (tmp_path / "new.jsonl").exists()


def test_cli_standoff_is_for_real_documents_only(tmp_path: Path) -> None:
    _standoff(tmp_path)
    assert _run("standoff", tmp_path / "marked", "--split", "train").exit_code == 2


def test_cli_hydrate_joins_records_and_texts(tmp_path: Path) -> None:
    records, texts = _standoff(tmp_path)
    result = _run("hydrate", records, "--texts", texts, "-o", tmp_path / "out")
    assert result.exit_code == 0
    [record] = read_records(tmp_path / "out" / "real-test.jsonl")
    assert record["text"] == entry().text
    assert record["tasks"][0]["title"] == "修缮渠道"


def test_cli_hydrate_refuses_a_differing_text(tmp_path: Path) -> None:
    records, texts = _standoff(tmp_path)
    (texts / "report.txt").write_bytes(entry().text.replace("3座", "4座").encode())
    result = _run("hydrate", records, "--texts", texts, "-o", tmp_path / "out")
    assert result.exit_code == 3
    assert "report.txt differs from the text that was annotated" in result.stderr
    assert not (tmp_path / "out").exists()


def test_cli_hydrate_writes_what_it_can(tmp_path: Path) -> None:
    records, texts = _standoff(tmp_path)
    lines = records.read_text(encoding="utf-8")
    record = json.loads(lines) | {"id": "other", "sha256": "0" * 64}
    records.write_text(lines + json.dumps(record) + "\n", encoding="utf-8")
    result = _run("hydrate", records, "--texts", texts, "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert len(read_records(tmp_path / "out" / "real-test.jsonl")) == 1


@pytest.mark.parametrize(
    "command",
    ["validate", "stats", "convert", "agreement", "diff", "hydrate", "standoff", "split", "build"],
)
def test_cli_every_command_explains_itself_with_an_example(command: str) -> None:
    result = _run(command, "--help")
    assert result.exit_code == 0
    assert f"govextract corpus {command}" in result.stdout or "Example" in result.stdout
