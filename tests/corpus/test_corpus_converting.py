"""Documents for spaCy, datasets, web pages and Word files; figures and charts."""

from __future__ import annotations

import importlib.util
import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import DocBin
from spacy.util import registry

from govextract.corpus import Entry, to_record, without_text, write_records
from govextract.corpus.converting import (
    SPAN_GROUP,
    features,
    make_doc,
    make_docbin,
    paragraphs,
    without_overlaps,
)
from govextract.corpus.files import SPLITS, records_name
from govextract.corpus.model import Span
from govextract.corpus.plots import bar_chart, histogram
from govextract.corpus.rendering import render_docx, render_html
from govextract.corpus.statistics import (
    SIZES,
    kinds,
    lengths,
    mentions,
    sizes,
    sizes_of_records,
    summary,
    unseen,
)
from govextract.readers import read
from tests.corpus.sources import entry, table_entry

SVG = "{http://www.w3.org/2000/svg}"


def _squashed(text: str) -> str:
    return "".join(text.split())


# spaCy


def test_converting_spans_become_entities() -> None:
    given_entry = entry()
    doc = make_doc(spacy.blank("zh"), given_entry.text, given_entry.annotation.spans)
    found = [Span(e.start_char, e.end_char, e.label_) for e in doc.ents]  # type: ignore[arg-type]
    assert found == list(given_entry.annotation.spans)


def test_converting_an_overlap_stays_in_the_group_and_leaves_the_entities() -> None:
    given_entry = entry("⟦T⟧1.⟦M ⟦D 每年⟧培训40人⟧(⟦A.resp 各镇⟧)⟦/T⟧\n")
    doc = make_doc(spacy.blank("zh"), given_entry.text, given_entry.annotation.spans)
    assert [e.text for e in doc.ents] == ["每年培训40人", "各镇"]
    assert sorted(s.text for s in doc.spans[SPAN_GROUP]) == ["各镇", "每年", "每年培训40人"]


def test_converting_a_token_that_crosses_a_span_is_refused() -> None:
    nlp = spacy.blank("en")
    with pytest.raises(ValueError, match="crosses the end of METRIC '3km'"):
        make_doc(nlp, "build 3kms", [Span(6, 9, "METRIC")])


def test_converting_a_docbin_keeps_texts_and_spans() -> None:
    binary = make_docbin([entry(), table_entry()]).to_bytes()
    nlp = spacy.blank("zh")
    docs = list(DocBin().from_bytes(binary).get_docs(nlp.vocab))
    assert [doc.text for doc in docs] == [entry().text, table_entry().text]
    assert len(docs[0].ents) == len(entry().annotation.spans)


def test_converting_paragraphs_hold_every_span_once() -> None:
    for one in (entry(), table_entry()):
        parts = list(paragraphs(one))
        words = [text[s.start : s.end] for text, spans in parts for s in spans]
        assert words == [one.text[s.start : s.end] for s in one.annotation.spans]
        assert all(text.strip() for text, _ in parts)


def test_converting_a_span_over_a_line_break_keeps_its_lines_together() -> None:
    one = entry("甲\n⟦T⟧1.⟦M 清淤\n3公里⟧。(⟦A.resp 各镇⟧)⟦/T⟧\n乙\n", layouts="[flattened]")
    parts = list(paragraphs(one))
    assert [text for text, _ in parts] == ["甲", "1.清淤\n3公里。(各镇)", "乙"]
    assert [s.label for s in parts[1][1]] == ["METRIC", "AGENCY"]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)), max_size=12))
def test_converting_kept_spans_do_not_overlap_and_displace_only_shorter(
    places: list[tuple[int, int]],
) -> None:
    spans = [Span(start, start + size, "METRIC") for start, size in places]
    kept = without_overlaps(spans)
    assert all(a.end <= b.start for a, b in pairwise(kept))
    for span in spans:
        rivals = [k for k in kept if k.start < span.end and span.start < k.end]
        assert span in kept or any(k.end - k.start >= span.end - span.start for k in rivals)


def _corpus(folder: Path) -> Path:
    for split, one in (("train", entry()), ("dev", table_entry()), ("test", table_entry())):
        write_records(folder / records_name(split), [to_record(replace(one, split=split))])
    real = replace(entry(), split="real-test", origin="real")
    write_records(folder / records_name("real-test"), [without_text(to_record(real))])
    return folder


@pytest.mark.parametrize(("by_paragraph", "number"), [(True, 5), (False, 1)])
def test_converting_the_reader_of_spacy_train_is_registered(
    tmp_path: Path, by_paragraph: bool, number: int
) -> None:
    make = registry.get("readers", "govextract.Corpus.v1")
    reader = make(split="train", folder=str(_corpus(tmp_path)), by_paragraph=by_paragraph)
    examples = list(reader(spacy.blank("zh")))
    assert len(examples) == number
    assert sum(len(e.reference.ents) for e in examples) == len(entry().annotation.spans)
    assert all(not e.predicted.ents for e in examples)


def test_converting_the_reader_stops_at_its_limit(tmp_path: Path) -> None:
    make = registry.get("readers", "govextract.Corpus.v1")
    reader = make(split="train", folder=str(_corpus(tmp_path)), limit=2)
    assert len(list(reader(spacy.blank("zh")))) == 2


# datasets


@pytest.mark.skipif(
    importlib.util.find_spec("datasets") is None, reason="the package datasets is not installed"
)
def test_converting_datasets_loads_the_records_offline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    from datasets import load_dataset

    folder = _corpus(tmp_path / "corpus")
    files = {split: str(folder / records_name(split)) for split in SPLITS}
    present = {s.replace("-", "_"): f for s, f in files.items() if Path(f).is_file()}
    loaded = load_dataset(
        "json", data_files=present, features=features(), cache_dir=str(tmp_path / "cache")
    )
    assert {name: len(rows) for name, rows in loaded.items()} == dict.fromkeys(present, 1)
    record = to_record(replace(entry(), split="train"))
    assert json.loads(json.dumps(loaded["train"][0], default=str)) == record
    assert loaded["real_test"][0]["text"] is None


# Web pages and Word files


@pytest.mark.parametrize("one", [entry(), table_entry()], ids=["brackets", "table"])
def test_rendering_readers_give_the_text_back(one: Entry) -> None:
    page = read(render_html(one.document).encode(), name="x.html")
    word = read(render_docx(one.document), name="x.docx")
    assert _squashed(page.text) == _squashed(word.text) == _squashed(one.text)


def test_rendering_readers_find_merged_cells() -> None:
    one = table_entry()
    for data, name in (
        (render_html(one.document).encode(), "x.html"),
        (render_docx(one.document), "x.docx"),
    ):
        given_document = read(data, name=name)
        [table] = [block.table for block in given_document.blocks if block.table]
        merged = [
            (given_document.text[c.start : c.end], c.row, c.col)
            for c in table.cells
            if c.rowspan == 2
        ]
        assert merged == [("渠道", 1, 0)]
        assert (table.n_rows, table.n_cols) == (4, 4)


def test_rendering_characters_of_markup_are_kept() -> None:
    one = entry("⟦T⟧1.清淤<3>公里&“绿化”。(⟦A.resp 各镇⟧)⟦/T⟧\n")
    assert "<3>公里&“绿化”" in read(render_html(one.document).encode(), name="x.html").text


# Figures and charts


def _entries() -> list[Entry]:
    return [replace(entry(), split="train"), replace(table_entry(), split="test")]


def test_statistics_sizes_count_documents_tasks_units_and_spans() -> None:
    found = dict(zip(SIZES, sizes(_entries()), strict=True))
    assert found == {
        "documents": 2,
        "issuers": 1,
        "characters": len(entry().text) + len(table_entry().text),
        "tasks": 5,
        "units": 7,
        "AGENCY": 7,
        "METRIC": 3,
        "DEADLINE": 4,
    }


def test_statistics_sizes_of_records_need_no_text() -> None:
    records = [without_text(to_record(one)) for one in _entries()]
    assert sizes_of_records(records) == sizes(_entries())


def test_statistics_groups_hold_the_documents_of_each_value() -> None:
    tables = {one.title: one.rows for one in summary(_entries())}
    assert {name: row[0] for name, row in tables["By split"].items()} == {"train": 1, "test": 1}
    assert set(tables["By layout"]) == {"bracket-at-end", "table-html"}
    assert tables["By year"]["2024"][0] == 2


def test_statistics_lengths_are_spread_between_least_and_most() -> None:
    rows = lengths(_entries()).rows
    low, *middle, high, _ = (value or 0 for value in rows["AGENCY"])
    assert low == 2
    assert high == 6
    assert middle == sorted(middle)
    assert all(low <= value <= high for value in middle)


def test_statistics_lengths_of_one_document_are_its_own() -> None:
    length = len(entry().text)
    assert set(lengths([entry()]).rows["document"]) == {length}


def test_statistics_roles_and_values_are_counted() -> None:
    rows = kinds(_entries()).rows
    assert rows["lead"] == (4,)
    assert rows["leader"] == (1,)
    assert rows["comparison ge"] == (1,)
    assert rows["time limit recurring"] == (1,)


def test_statistics_unseen_mentions_are_those_of_other_words() -> None:
    train, test = _entries()
    rows = unseen([train], {"test": [test]}).rows
    assert rows["test: AGENCY"] == (1 / 3, 1 / 2)  # 县水利局 twice, 县林业局 once
    assert rows["test: DEADLINE"] == (1, 1)


def test_statistics_without_mentions_a_share_is_not_defined() -> None:
    train, _ = _entries()
    assert unseen([train], {"test": []}).rows["test: METRIC"] == (None, None)
    assert mentions([])["AGENCY"].total() == 0


def test_plots_bars_are_as_long_as_their_values() -> None:
    svg = ElementTree.fromstring(bar_chart("甲 & 乙", ["a", "b"], {"x": [30, 10], "y": [0, 20]}))
    bars = [float(r.get("width", 0)) for r in svg.iter(f"{SVG}rect") if r.get("height") == "14"]
    assert bars == [pytest.approx(n) for n in (390, 130, 260)]
    words = [t.text for t in svg.iter(f"{SVG}text")]
    assert words == ["甲 & 乙", "a", "b", "x", "40", "y", "20"]


def test_plots_a_chart_without_rows_is_still_one() -> None:
    assert ElementTree.fromstring(bar_chart("nothing", ["a"], {})).tag == f"{SVG}svg"


def test_plots_a_histogram_counts_every_value() -> None:
    svg = ElementTree.fromstring(histogram("lengths", "texts", [0, 9, 10, 35], 10))
    words = [t.text for t in svg.iter(f"{SVG}text")]
    assert words[2:] == ["0–9", "2", "10–19", "1", "20–29", "0", "30–39", "1"]
