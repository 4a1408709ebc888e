"""Records of real documents joined with one's own copies; files and folders of the corpus."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest

from govextract.corpus import (
    CorpusError,
    Entry,
    find_corpus,
    from_record,
    hydrate,
    load,
    read_records,
    to_record,
    without_text,
    write_records,
)
from govextract.corpus.files import read_entries, read_source, records_name, source_paths
from govextract.corpus.hydrating import read_copies
from govextract.corpus.standoff import Record
from tests.corpus.sources import entry, source, table_entry


def _real(given: Entry, name: str | None = None) -> Record:
    document = replace(given.document, head=replace(given.document.head, source=name))
    entry_given = replace(given, document=document, split="real-test", origin="real")
    return without_text(to_record(entry_given))


def test_hydrating_finds_a_text_whatever_its_file_is_called(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "x.txt").write_text(entry().text, encoding="utf-8")
    [record], refused = hydrate([_real(entry())], [tmp_path])
    assert refused == []
    assert from_record(record).annotation == entry().annotation


def test_hydrating_reads_a_text_in_another_encoding(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes(entry().text.encode("utf-16"))
    filled, refused = hydrate([_real(entry())], [tmp_path / "x.txt"])
    assert (len(filled), refused) == (1, [])


@pytest.mark.parametrize("name", ["raw.jsonl", "raw.jsonl.gz"])
def test_hydrating_reads_json_lines(tmp_path: Path, name: str) -> None:
    texts = ["别的文件", entry().text, table_entry().text]
    lines = "".join(json.dumps({"text": t, "source": "x"}) + "\n" for t in texts)
    data = lines.encode()
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    records, refused = hydrate([_real(table_entry()), _real(entry())], [tmp_path])
    assert refused == []
    assert [r["text"] for r in records] == [table_entry().text, entry().text]


def test_hydrating_a_record_with_its_text_stays_as_it_is() -> None:
    record = to_record(entry())
    assert hydrate([record], []) == ([record], [])


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text + "\n",
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("3座", "4座"),
        lambda text: text.replace(",", "，"),
        lambda text: "\u3000" + text,
    ],
)
def test_hydrating_refuses_a_text_that_differs(tmp_path: Path, change: object) -> None:
    assert callable(change)
    (tmp_path / "报告.txt").write_bytes(change(entry().text).encode())
    filled, [refusal] = hydrate([_real(entry(), "报告.txt")], [tmp_path])
    assert filled == []
    assert "differs from the text that was annotated" in refusal
    assert "报告.txt" in refusal


def test_hydrating_says_which_text_is_missing(tmp_path: Path) -> None:
    record = _real(entry())
    _, [refusal] = hydrate([record], [tmp_path])
    assert record["sha256"] in refusal
    assert "和平县人民政府" in refusal


@pytest.mark.parametrize("line", ["{", "[]", '{"words": ""}', '"text"'])
def test_hydrating_a_line_without_text_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "raw.jsonl").write_text('{"text": "甲"}\n' + line + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"raw\.jsonl:2: no JSON object with a text"):
        list(read_copies([tmp_path]))


def test_files_records_come_back_from_their_file(tmp_path: Path) -> None:
    records = [to_record(entry()), to_record(table_entry())]
    write_records(tmp_path / "new" / "x.jsonl", records)
    assert read_records(tmp_path / "new" / "x.jsonl") == records


@pytest.mark.parametrize(("content", "line"), [("{}\n{", 2), ("[]", 1), ("{}\n\n1\n", 3)])
def test_files_a_line_that_is_no_record_is_named(tmp_path: Path, content: str, line: int) -> None:
    (tmp_path / "x.jsonl").write_text(content, encoding="utf-8")
    with pytest.raises(CorpusError) as refused:
        read_records(tmp_path / "x.jsonl")
    assert refused.value.faults[0].line == line


def test_files_a_source_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes(source().encode("gb18030"))
    with pytest.raises(CorpusError, match="not UTF-8"):
        read_source(tmp_path / "x.txt")


def test_files_line_ends_of_a_source_are_kept(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes(source("甲\r\n乙\r\n", layouts="[no-units]").encode())
    assert read_source(tmp_path / "x.txt").text == "甲\r\n乙\r\n"


def test_files_entries_are_read_from_sources_records_and_folders(tmp_path: Path) -> None:
    (tmp_path / "heping-2024-shuili.txt").write_text(source(), encoding="utf-8")
    write_records(tmp_path / "records" / "x.jsonl", [to_record(table_entry())])
    entries = read_entries([tmp_path, tmp_path / "records"])
    assert [len(e.annotation.tasks) for e in entries] == [2, 3]
    assert source_paths([tmp_path]) == [tmp_path / "heping-2024-shuili.txt"]


def _corpus(folder: Path) -> Path:
    place = folder / "v1"
    for split, given in (("train", entry()), ("dev", table_entry())):
        write_records(place / records_name(split), [to_record(replace(given, split=split))])
    write_records(place / records_name("real-test"), [_real(entry())])
    return place


def test_loading_gives_the_documents_of_a_split(tmp_path: Path) -> None:
    _corpus(tmp_path)
    [given] = load("dev", folder=tmp_path)
    assert (given.split, len(given.annotation.tasks)) == ("dev", 3)


def test_loading_a_real_split_takes_the_texts(tmp_path: Path) -> None:
    place = _corpus(tmp_path)
    (tmp_path / "x.txt").write_text(entry().text, encoding="utf-8")
    [given] = load("real-test", folder=place, texts=[tmp_path / "x.txt"])
    assert given.origin == "real"


def test_loading_a_real_split_without_its_texts_is_refused(tmp_path: Path) -> None:
    _corpus(tmp_path)
    with pytest.raises(ValueError, match="texts are missing or differ"):
        load("real-test", folder=tmp_path)


def test_loading_a_split_that_is_not_there_is_refused(tmp_path: Path) -> None:
    _corpus(tmp_path)
    with pytest.raises(FileNotFoundError, match="has no split test"):
        load("test", folder=tmp_path)


def test_files_the_corpus_is_found_by_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = _corpus(tmp_path)
    monkeypatch.setenv("GOVEXTRACT_CORPUS", str(tmp_path))
    assert find_corpus() == place


def test_files_a_folder_without_a_corpus_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no corpus"):
        find_corpus(tmp_path)
