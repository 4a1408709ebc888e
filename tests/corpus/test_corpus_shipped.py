"""The corpus as it lies in the repository."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
import yaml

from govextract.corpus import Entry, load, parse, render
from govextract.corpus.building import (
    CHECKSUMS_NAME,
    SPLITS_NAME,
    built_files,
    checksums,
    stale_files,
    stored_rows,
)
from govextract.corpus.files import AUTHORED, read_exactly, records_name, source_paths
from govextract.corpus.rendering import render_docx, render_html
from govextract.corpus.splits import AUTHORED_SPLITS, is_scarce
from govextract.corpus.titles import leading_number
from govextract.corpus.validating import (
    MAX_RESEMBLANCE,
    check_collection,
    validate_records,
    validate_splits,
)
from govextract.readers import read
from govextract.rules.numbering import match_numbering

CORPUS = Path(__file__).parents[2] / "corpus"
FOLDER = CORPUS / "v1"
SOURCES = source_paths([FOLDER / AUTHORED])

needs_datasets = pytest.mark.skipif(
    importlib.util.find_spec("datasets") is None, reason="the package datasets is not installed"
)


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    """The authored documents as they are shipped."""
    return [entry for split in AUTHORED_SPLITS for entry in load(split, folder=CORPUS)]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_shipped_sources_come_back_byte_for_byte(path: Path) -> None:
    source = read_exactly(path)
    assert render(parse(source, str(path))) == source


def test_shipped_sources_have_no_fault_and_give_the_shipped_records() -> None:
    # After a change of sources or values: govextract corpus diff, read it, then corpus build.
    assert stale_files(FOLDER, built_files(FOLDER)) == []


@pytest.mark.parametrize("split", ["real-train", "real-test"])
def test_shipped_records_of_real_documents_have_no_fault(split: str) -> None:
    records, faults = validate_records(FOLDER / records_name(split))
    assert records
    assert [str(fault) for fault in faults] == []


def test_shipped_splits_and_checksums_fit_the_files(entries: list[Entry]) -> None:
    assert validate_splits(FOLDER / SPLITS_NAME, entries) == []
    assert read_exactly(FOLDER / CHECKSUMS_NAME) == checksums(FOLDER)


def test_shipped_documents_resemble_each_other_in_formulas_only(entries: list[Entry]) -> None:
    faults, pairs = check_collection({entry.id: entry for entry in entries})
    assert faults == []
    assert pairs[0].resemblance < MAX_RESEMBLANCE


def test_shipped_splits_have_their_shares(entries: list[Entry]) -> None:
    rows = stored_rows(FOLDER)
    share = {s: sum(row.split == s for row in rows) / len(rows) for s in AUTHORED_SPLITS}
    assert 0.55 < share["train"] < 0.65
    assert 0.10 < share["dev"] < 0.20
    test = [entry for entry in entries if entry.split == "test"]
    assert 0.4 < sum(is_scarce(e.document.head) for e in test) / len(test) < 0.6


def test_shipped_numbers_are_those_that_the_outline_rules_read(entries: list[Entry]) -> None:
    for entry in entries:
        for mark in entry.document.of("T", "H"):
            number, _ = leading_number(entry.text, mark.start, mark.end)
            ruled = match_numbering(entry.text, mark.start, mark.end)
            assert number == (ruled.printed if ruled and ruled.value else None), entry.id


def _squashed(text: str) -> str:
    return "".join(text.split())


def _with_tables(entries: list[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.document.tables]


def test_shipped_tables_come_back_from_word_files(entries: list[Entry]) -> None:
    assert len(_with_tables(entries)) >= 8
    for entry in _with_tables(entries):
        found = read(render_docx(entry.document), name="x.docx")
        assert _squashed(found.text) == _squashed(entry.text)
        tables = [block.table for block in found.blocks if block.table]
        assert len(tables) == len(entry.document.tables)


def test_shipped_tables_come_back_from_web_pages(entries: list[Entry]) -> None:
    for entry in _with_tables(entries):
        found = read(render_html(entry.document).encode(), name="x.html")
        # The reader takes 公开方式：主动公开 and the like out of the text and keeps them as metadata.
        kept = [
            line
            for line in entry.text.split("\n")
            if not any(_squashed(line).startswith(key) for key in found.metadata)
        ]
        assert _squashed(found.text) == _squashed("".join(kept)), entry.id


def test_shipped_card_says_what_datasets_needs() -> None:
    spec = importlib.util.spec_from_file_location("header", CORPUS / "make_card_header.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    pytest.importorskip("datasets", reason="the package datasets is not installed")
    spec.loader.exec_module(module)
    card = read_exactly(CORPUS / "README.md")
    assert card.startswith(module.header())
    assert yaml.safe_load(card.split("---\n")[1])["license"] == "cc-by-4.0"


@needs_datasets
def test_shipped_folder_loads_with_datasets_offline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entries: list[Entry]
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    from datasets import load_dataset

    authored = load_dataset(str(CORPUS), "authored", cache_dir=str(tmp_path))
    assert authored.keys() == {"train", "validation", "test"}
    assert sum(map(len, authored.values())) == len(entries)
    by_id = {row["id"]: row for split in authored.values() for row in split}
    for entry in entries:
        row = by_id[entry.id]
        assert row["text"] == entry.text
        assert [(s["start"], s["end"], s["label"]) for s in row["spans"]] == [
            (s.start, s.end, s.label) for s in entry.annotation.spans
        ]
    real = load_dataset(str(CORPUS), "real", cache_dir=str(tmp_path))
    assert {text for split in real.values() for text in split["text"]} == {None}
