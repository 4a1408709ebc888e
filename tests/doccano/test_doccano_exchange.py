from __future__ import annotations

import json
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.corpus.model import text_sha256
from govextract.doccano.exchange import (
    dump_lines,
    export_lines,
    from_ledger,
    import_lines,
    import_pieces,
    parse_lines,
    training_line,
)
from govextract.doccano.pieces import piece_ranges
from govextract.doccano.shapes import SHAPES, Shape
from govextract.ledger import Ledger
from govextract.ner.documents import LabelledRange, NerDocument
from govextract.records import LABELS
from tests.timing import growth

TEXT = "一、修建泵站3座。(市水利局)\n二、年底前完成验收。(市水利局)\n"
SPANS = ((2, 8, "METRIC"), (10, 14, "AGENCY"), (18, 21, "DEADLINE"), (28, 32, "AGENCY"))
DOCUMENT = NerDocument("泵站", TEXT, SPANS)
# Astral characters, every line end, wide and joined blanks, combining marks, other separators.
ALPHABET = [*"市水利局3座前，（）", "𠮷", "😀", "é", "\u0301", "\u3000", " ", "\t", "\n", "\r\n", "\r",
            "\u2028", "\x85", "\u200b", "\ufeff", '"', "\\"]  # fmt: skip


def random_document(seed: int) -> NerDocument:
    """Return a text of such characters with spans that keep the rules for spans."""
    rng = random.Random(seed)
    text = "".join(rng.choices(ALPHABET, k=rng.randrange(1, 400)))
    text = rng.choice(["", "\u3000\u3000", "\r\n", " \n\t"]) + text + "局"
    spans: list[LabelledRange] = []
    for label in LABELS:
        ends = sorted(rng.sample(range(len(text) + 1), k=min(len(text), 2 * rng.randrange(6))))
        for start, end in zip(ends[::2], ends[1::2], strict=False):
            if text[start:end] == text[start:end].strip():
                spans.append((start, end, label))
    return NerDocument(f"d{seed}", text, tuple(sorted(spans)))


def test_exchange_a_thousand_random_documents_come_back_unchanged() -> None:
    documents = [random_document(seed) for seed in range(1000)]
    held = sum(len(d.spans) for d in documents)
    assert held > 3000
    for n, shape in enumerate(SHAPES):
        exported = export_lines(documents, shape, limit=(20, 60, 150, 1000)[n])
        lines, faults = parse_lines(dump_lines(exported.lines), "x.jsonl")
        random.Random(n).shuffle(lines)
        imported = import_lines(lines, {d.id: d.text for d in documents})
        assert (exported.rejects, faults, imported.rejects) == ([], [], [])
        assert sorted(imported.documents, key=lambda d: int(d.id[1:])) == documents


@pytest.mark.parametrize("shape", SHAPES)
def test_exchange_each_shape_is_that_of_doccano(shape: Shape) -> None:
    (line,) = export_lines([DOCUMENT], shape).lines
    keys = {
        "label": {"text", "label"},
        "labels": {"text", "labels"},
        "data": {"data", "label"},
        "entities": {"text", "entities", "relations"},
    }[shape]
    assert line.keys() - {"doc_id", "piece_id", "pieces", "offset", "sha256"} == keys
    if shape == "entities":
        assert line["entities"][0] == {
            "id": 1,
            "label": "METRIC",
            "start_offset": 2,
            "end_offset": 8,
        }


def test_exchange_old_exports_name_their_columns_under_meta() -> None:
    (line,) = export_lines([DOCUMENT]).lines
    meta = {key: line.pop(key) for key in ("doc_id", "piece_id", "pieces", "offset", "sha256")}
    assert import_lines([{"id": 77, "meta": meta, **line}]).documents == [DOCUMENT]


def test_exchange_a_line_of_somebody_else_is_a_document_of_its_own() -> None:
    given = {"id": 12, "text": "市水利局", "label": [[0, 4, "AGENCY"]], "Comments": []}
    imported = import_lines([given])
    assert imported.documents == [NerDocument("12", "市水利局", ((0, 4, "AGENCY"),))]


@pytest.mark.parametrize(
    ("item", "start", "reason"),
    [
        ([2, 8, "ORG"], 2, "unknown label 'ORG'"),
        ({"label": 3, "start_offset": 2, "end_offset": 8}, 2, "unknown label '3'"),
        ([10, 99, "AGENCY"], 10, "does not lie in the text"),
        ([-3, 4, "AGENCY"], -3, "does not lie in the text"),
        ([4, 4, "AGENCY"], 4, "does not lie in the text"),
        ([11, 15, "AGENCY"], 11, "overlaps AGENCY [10, 14)"),
        ([10, 14, "AGENCY"], 10, "is given twice"),
        ([15, 18, "DEADLINE"], 15, "begins or ends with a blank"),
        ({"start": 2, "end": 8, "label": "METRIC", "text": "修泵站"}, 2, "was stored as '修泵站'"),
        ([2, 8], None, "no span of a known form"),
        ([2.5, 8, "METRIC"], None, "no span of a known form"),
        (["2", "8", "METRIC"], None, "no span of a known form"),
        ("METRIC", None, "no span of a known form"),
        (None, None, "no span of a known form"),
    ],
)
def test_exchange_a_wrong_span_is_refused_and_the_others_are_kept(
    item: Any, start: int | None, reason: str
) -> None:
    kept = [[10, 14, "AGENCY"], [28, 32, "AGENCY"]]
    imported = import_lines([{"doc_id": "泵站", "text": TEXT, "label": [*kept, item]}])
    assert [list(s) for s in imported.documents[0].spans] == kept
    (reject,) = imported.rejects
    assert (reject.document, reject.start) == ("泵站", start)
    assert reason in reject.reason


def pieces_of_two() -> list[dict[str, Any]]:
    lines = export_lines([DOCUMENT], limit=18).lines
    assert [line["offset"] for line in lines] == [0, 16]
    return lines


def test_exchange_a_span_over_the_end_of_its_piece_is_refused() -> None:
    lines = pieces_of_two()
    lines[0]["label"].append([12, 20, "METRIC"])
    imported = import_lines(lines)
    assert imported.documents == [DOCUMENT]
    assert "crosses the end of its piece" in imported.rejects[0].reason


def test_exchange_places_of_rejects_are_those_of_the_document() -> None:
    lines = pieces_of_two()
    lines[1]["label"].append([2, 5, "ORG"])
    assert [r.start for r in import_lines(lines).rejects] == [18]


def _changed_text(lines: list[dict[str, Any]]) -> None:
    lines[1]["text"] = lines[1]["text"].replace("验收", "竣工")


def _changed_text_and_hash(lines: list[dict[str, Any]]) -> None:
    _changed_text(lines)
    lines[1]["sha256"] = text_sha256(lines[1]["text"])


def _crossing(lines: list[dict[str, Any]]) -> None:
    lines[1]["offset"] = 10


def _gap(lines: list[dict[str, Any]]) -> None:
    lines[1]["offset"] = 20


def _twice(lines: list[dict[str, Any]]) -> None:
    lines.append(lines[0])


def _first_missing(lines: list[dict[str, Any]]) -> None:
    del lines[0]


def _last_missing(lines: list[dict[str, Any]]) -> None:
    del lines[1]


def _other_count(lines: list[dict[str, Any]]) -> None:
    lines[1]["pieces"] = 3


def _no_text(lines: list[dict[str, Any]]) -> None:
    lines[1]["text"] = None


def _no_labels(lines: list[dict[str, Any]]) -> None:
    lines[1]["label"] = None


def _no_number(lines: list[dict[str, Any]]) -> None:
    lines[1]["piece_id"] = "first"


@pytest.mark.parametrize(
    ("spoil", "start", "reason"),
    [
        (_changed_text, 23, "piece 2 of 2, from 16: its text was changed"),
        (_changed_text_and_hash, 23, "differs from the one that was given out"),
        (_crossing, 10, "piece 2 crosses the one before, which ends at 16"),
        (_gap, 20, "piece 2 leaves a gap"),
        (_twice, 0, "piece 1 is there twice"),
        (_first_missing, 0, "piece 1 of 2 is missing"),
        (_last_missing, 16, "piece 2 of 2 is missing"),
        (_other_count, 16, "its pieces say that they are 2 and 3"),
        (_no_text, None, "has no text"),
        (_no_labels, None, "none of 'spans'"),
        (_no_number, None, "'piece_id' is 'first', not a number"),
    ],
)
def test_exchange_a_document_not_whole_is_refused_and_the_rest_goes_on(
    spoil: Any, start: int | None, reason: str
) -> None:
    lines = pieces_of_two()
    spoil(lines)
    other = NerDocument("other", "完成。", ())
    imported = import_lines(
        [*lines, *export_lines([other]).lines], {"泵站": TEXT, "other": other.text}
    )
    assert imported.documents == [other]
    assert any(r.start == start and reason in r.reason for r in imported.rejects)


def test_exchange_pieces_stand_for_themselves_where_some_are_missing() -> None:
    lines = pieces_of_two()
    assert import_lines(lines[1:]).documents == []
    imported = import_pieces(lines[1:], {"泵站": TEXT})
    assert imported.rejects == []
    second = tuple((a - 16, b - 16, label) for a, b, label in SPANS if a >= 16)
    assert imported.documents == [NerDocument("泵站#2", TEXT[16:], second)]


@pytest.mark.parametrize(
    ("spoil", "start", "reason"),
    [
        (_changed_text, 23, "piece 2 of 2, from 16: its text was changed"),
        (_changed_text_and_hash, 16, "piece 2 differs from the text that was given out"),
        (_gap, 20, "piece 2 differs from the text that was given out"),
        (_twice, 0, "piece 1 is there twice"),
        (_no_text, None, "has no text"),
    ],
)
def test_exchange_a_piece_that_is_not_as_given_out_is_refused(
    spoil: Any, start: int | None, reason: str
) -> None:
    lines = pieces_of_two()
    spoil(lines)
    imported = import_pieces(lines, {"泵站": TEXT})
    assert imported.documents[0].id == "泵站#1"
    assert [(r.start, reason in r.reason) for r in imported.rejects] == [(start, True)]


def test_exchange_places_of_rejects_of_a_piece_are_those_of_the_document() -> None:
    lines = pieces_of_two()
    lines[1]["label"].append([2, 5, "ORG"])
    assert [r.start for r in import_pieces(lines).rejects] == [18]
    assert import_pieces(lines, {}).documents == []


def test_exchange_a_changed_piece_is_placed_at_its_beginning_where_the_original_is_not_known() -> (
    None
):
    lines = pieces_of_two()
    _changed_text(lines)
    assert [r.start for r in import_lines(lines).rejects] == [16, None]


def test_exchange_a_document_that_was_not_given_out_is_refused() -> None:
    imported = import_lines(export_lines([DOCUMENT]).lines, {})
    assert imported.documents == []
    assert imported.rejects[0].reason == "no such document was given out"


def test_exchange_relations_are_refused_by_name() -> None:
    (line,) = export_lines([DOCUMENT], "entities").lines
    line["relations"] = [{"id": 1, "from_id": 1, "to_id": 2, "type": "leads"}]
    imported = import_lines([line])
    assert imported.documents == [DOCUMENT]
    assert "relations are not taken over" in imported.rejects[0].reason


def test_exchange_lines_that_are_no_objects_are_named() -> None:
    lines, rejects = parse_lines('{"a": 1}\n\nnot json\n[1]\n', "x.jsonl")
    assert lines == [{"a": 1}]
    assert [r.document for r in rejects] == ["x.jsonl:3", "x.jsonl:4"]


@pytest.mark.parametrize("text", ["", " \r\n\u3000"])
def test_exchange_a_blank_document_is_refused_before_doccano_does(text: str) -> None:
    exported = export_lines([NerDocument("empty", text, ())])
    assert exported.lines == []
    assert exported.rejects[0].reason == "the text is blank"


def test_exchange_wrong_spans_do_not_leave_the_house() -> None:
    exported = export_lines([NerDocument("a", "市水利局", ((0, 9, "AGENCY"),))])
    assert exported.lines[0]["label"] == []
    assert "does not lie in the text" in exported.rejects[0].reason


def test_exchange_a_ledger_gives_its_entities(sample: Ledger) -> None:
    document = from_ledger(sample, "水利")
    assert len(document.spans) == len({(e.start, e.end, e.label) for e in sample.entities})
    assert import_lines(export_lines([document], limit=40).lines).documents == [document]


def test_exchange_training_line_is_the_whole_document() -> None:
    line = json.loads(dump_lines([training_line(DOCUMENT)]))
    assert line == {"doc_id": "泵站", "text": TEXT, "label": [list(s) for s in SPANS]}


@given(st.text(alphabet=st.sampled_from(["市", "局", "\n", "\r", " ", "𠮷"]), max_size=60),
       st.integers(1, 20))  # fmt: skip
def test_pieces_cover_the_text_and_none_is_blank(text: str, limit: int) -> None:
    ranges = piece_ranges(text, limit=limit)
    assert "".join(text[a:b] for a, b in ranges) == text
    if text.strip():
        assert all(text[a:b].strip() for a, b in ranges)
        assert all(text[b - 1] in "\r\n" for _, b in ranges[:-1])
        # a line end of two characters stays one
        assert not any(text[b - 1 : b + 1] == "\r\n" for _, b in ranges)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5),
                    lambda x: st.lists(x, max_size=4) | st.dictionaries(
                        st.sampled_from(["text", "label", "meta", "doc_id", "piece_id", "entities",
                                         "start_offset", "end_offset", "relations", "pieces"]),
                        x, max_size=5), max_leaves=12))  # fmt: skip
def test_exchange_any_line_is_taken_or_refused(value: Any) -> None:
    lines, rejects = parse_lines(json.dumps(value), "x.jsonl")
    imported = import_lines(lines)
    assert len(imported.documents) + len(imported.rejects) + len(rejects) >= 1


def test_exchange_is_linear() -> None:
    def exchange(n: int) -> None:
        text = "市水利局\n" * n
        spans = tuple((5 * i, 5 * i + 4, "AGENCY") for i in range(n))
        lines = export_lines([NerDocument("a", text, spans)], limit=10).lines
        assert len(import_lines(lines).documents[0].spans) == n

    # eight times the pieces; quadratic work would take sixty-four times as long
    assert growth(exchange, 2000, 16000, limit=30) < 30
