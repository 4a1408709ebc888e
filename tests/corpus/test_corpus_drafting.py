"""Source files drafted from spans: the spans stay, the rest is read, what cannot be is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from govextract.corpus import Document, Entry, compile_document, parse, render
from govextract.corpus.checks import check_marks, check_records
from govextract.corpus.drafting import Draft, DraftError, draft, slug
from govextract.corpus.files import find_corpus, read_source, source_paths
from govextract.pipeline import extract
from tests.support import parse_inline

HEAD = "清河县人民政府关于做好2021年民生工作的通知\n清政发〔2021〕3号\n各乡镇人民政府：\n现将重点工作通知如下。\n一、水利建设\n"
LABELS = {"A": "AGENCY", "M": "METRIC", "D": "DEADLINE"}


def drafted(marked: str, name: str = "in/Notice 3.txt", year: int | None = None) -> Draft:
    text, marks = parse_inline(marked)
    spans = [(start, end, LABELS[kind]) for kind, start, end in marks]
    return draft(name, text, spans, extract(text), year=year)


def test_drafting_writes_head_headings_tasks_and_roles() -> None:
    found = drafted(
        HEAD + "1、推进灌区改造。⟦D 6月底前⟧⟦M 新建泵站3座⟧。(⟦A 县水利局⟧牵头，⟦A 县财政局⟧配合)\n"
    )
    source = render(found.document)
    assert "⟦H1 一、水利建设⟧" in source
    assert "⟦T⟧1、推进灌区改造。⟦D 6月底前⟧⟦M 新建泵站3座⟧" in source
    assert "⟦A.lead 县水利局⟧牵头，⟦A.assist 县财政局⟧配合" in source
    head = found.document.head
    assert (head.id, head.source) == ("in-notice-3", "in/Notice 3.txt")
    assert (head.level, head.year, head.doc_number) == ("county", 2021, "清政发〔2021〕3号")
    assert parse(source) == found.document
    assert check_marks(found.document) == []


def test_drafting_the_spans_of_people_win_over_those_of_the_library() -> None:
    found = drafted(HEAD + "1、推进灌区改造。6月底前新建⟦M 泵站3座⟧。(⟦A 县水利局⟧)\n")
    spans = compile_document(found.document).spans
    assert [(s.label, found.document.text[s.start : s.end]) for s in spans] == [
        ("METRIC", "泵站3座"),
        ("AGENCY", "县水利局"),
    ]


def test_drafting_a_time_that_cannot_be_read_has_no_date() -> None:
    found = drafted(HEAD + "1、推进灌区改造，⟦D 条件成熟时⟧新建泵站。(⟦A 县水利局⟧)\n")
    assert "⟦D{date=null} 条件成熟时⟧" in render(found.document)


def test_drafting_spans_that_cross_are_told() -> None:
    text = HEAD + "1、6月底前新建泵站3座。(县水利局)\n"
    at = text.index("6月底前")
    found = draft("a", text, [(at, at + 6, "DEADLINE"), (at + 4, at + 10, "METRIC")], extract(text))
    assert [place for place, _ in found.left_out] == [at + 4]
    assert "crosses another span" in found.left_out[0][1]


@pytest.mark.parametrize(
    ("text", "reason"),
    [("推进⟦灌区⟧改造。", "marks of the source form"), ("推进灌区改造。", "tells no year")],
)
def test_drafting_refuses_what_cannot_be_a_source(text: str, reason: str) -> None:
    with pytest.raises(DraftError, match=reason):
        draft("a", text, [], extract(text))


def test_drafting_takes_a_year_that_the_text_does_not_tell() -> None:
    text = "推进灌区改造。"
    assert draft("a", text, [], extract(text), year=2024).document.head.year == 2024


@pytest.mark.parametrize(
    ("name", "found"),
    [("Notice 3.docx", "notice-3"), ("a/b.txt", "a-b"), ("通知.txt", "doc-"), ("..", "doc-")],
)
def test_drafting_names_are_identifiers(name: str, found: str) -> None:
    assert slug(name, "市政府").startswith(found)


SOURCES = source_paths([find_corpus() / "authored"])


@pytest.mark.parametrize("path", SOURCES[::9], ids=lambda path: path.stem)
def test_drafting_authored_circulars_keep_every_span(path: Path) -> None:
    gold = read_source(path)
    found = of_gold(gold)
    assert parse(render(found)) == found
    annotation = compile_document(found)
    assert annotation.spans == gold.annotation.spans
    assert check_marks(found) == []
    # What only a person can give is a fault of the records, never of the form.
    faults = [fault for _, fault in check_records(found, annotation)]
    assert all(fault.endswith(("give indicator=", "give title=")) for fault in faults)


def test_drafting_authored_circulars_keep_most_tasks() -> None:
    both = total = 0
    for path in SOURCES[::9]:
        gold = read_source(path)
        tasks = {(t.start, t.end) for t in gold.annotation.tasks}
        read = compile_document(of_gold(gold)).tasks
        both += len(tasks & {(t.start, t.end) for t in read})
        total += len(tasks)
    assert both >= 0.85 * total


def of_gold(gold: Entry) -> Document:
    spans = [(s.start, s.end, s.label) for s in gold.annotation.spans]
    return draft(gold.id, gold.text, spans, extract(gold.text)).document
