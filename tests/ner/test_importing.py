"""Users' documents: every known shape is read, every fault is told with its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import spacy
from spacy.tokens import DocBin

from govextract.corpus import EXAMPLE
from govextract.corpus.errors import CorpusError
from govextract.ner.documents import NerDocument
from govextract.ner.importing import check_documents, read_documents
from govextract.records import LABELS

TEXT = "年底前新建泵站3座"
SPANS = ((0, 3, "DEADLINE"), (3, 9, "METRIC"))


def write(folder: Path, *records: object) -> Path:
    path = folder / "data.jsonl"
    path.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in records))
    return path


@pytest.mark.parametrize(
    "record",
    [
        {"text": TEXT, "label": [[0, 3, "DEADLINE"], [3, 9, "METRIC"]]},
        {"text": TEXT, "labels": [[0, 3, "DEADLINE"], [3, 9, "METRIC"]]},
        {"data": TEXT, "label": [[3, 9, "METRIC"], [0, 3, "DEADLINE"]], "Comments": []},
        {
            "text": TEXT,
            "entities": [
                {"id": 1, "label": "DEADLINE", "start_offset": 0, "end_offset": 3},
                {"id": 2, "label": "METRIC", "start_offset": 3, "end_offset": 9},
            ],
        },
        {
            "text": TEXT,
            "spans": [
                {"start": 0, "end": 3, "label": "DEADLINE"},
                {"start": 3, "end": 9, "label": "METRIC"},
            ],
        },
    ],
)
def test_importing_reads_every_shape_of_jsonl(tmp_path: Path, record: object) -> None:
    (document,) = read_documents([write(tmp_path, record)])
    assert (document.text, document.spans) == (TEXT, SPANS)


def test_importing_reads_a_docbin(tmp_path: Path) -> None:
    doc = spacy.blank("zh")(TEXT)
    doc.ents = [doc.char_span(a, b, label=label) for a, b, label in SPANS]
    DocBin(docs=[doc]).to_disk(tmp_path / "data.spacy")
    (document,) = read_documents([tmp_path])
    assert document.spans == SPANS


def test_importing_reads_inline_markup(tmp_path: Path) -> None:
    (tmp_path / "example.txt").write_text(EXAMPLE)
    (document,) = read_documents([tmp_path])
    assert {label for *_, label in document.spans} >= {"AGENCY"}


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ({"text": TEXT, "label": [[0, 3, "TIME"]]}, "data.jsonl:1: unknown label 'TIME'"),
        ({"text": TEXT, "label": [[0, 99, "METRIC"]]}, "does not lie in the text"),
        ({"text": TEXT, "label": [[3, 3, "METRIC"]]}, "does not lie in the text"),
        ({"text": " " + TEXT, "label": [[0, 4, "DEADLINE"]]}, "begins or ends with a blank"),
        ({"text": TEXT, "label": [[0, 5, "METRIC"], [3, 9, "METRIC"]]}, "overlaps METRIC"),
        ({"label": []}, "has no text"),
        ({"text": TEXT}, "spans are not of a known form"),
        ({"text": TEXT, "label": [["METRIC"]]}, "spans are not of a known form"),
        ([TEXT], "no JSON object"),
    ],
)
def test_importing_tells_the_fault(tmp_path: Path, record: object, message: str) -> None:
    with pytest.raises(CorpusError) as error:
        read_documents([write(tmp_path, record)])
    assert message in str(error.value)


def test_importing_tells_the_line_of_a_fault(tmp_path: Path) -> None:
    good = {"text": TEXT, "label": []}
    with pytest.raises(CorpusError, match=r"data\.jsonl:2: "):
        read_documents([write(tmp_path, good, {"text": TEXT, "label": [[0, 1, "X"]]})])


@pytest.mark.parametrize(
    ("label", "remedy"),
    [
        ("PROJECT", "known are AGENCY, METRIC, DEADLINE; to teach the model a new one, give"
         " `--label PROJECT`"),
        ("项目", "known are AGENCY, METRIC, DEADLINE; a label is a word of upper-case letters"),
    ],
)  # fmt: skip
def test_importing_tells_how_to_teach_an_unknown_label(
    tmp_path: Path, label: str, remedy: str
) -> None:
    with pytest.raises(CorpusError) as error:
        read_documents([write(tmp_path, {"text": TEXT, "label": [[0, 3, label]]})])
    assert f"unknown label {label!r} at [0, 3): {remedy}" in str(error.value)


def test_importing_takes_the_labels_that_it_is_given(tmp_path: Path) -> None:
    path = write(tmp_path, {"text": TEXT, "label": [[5, 7, "PROJECT"], [3, 9, "METRIC"]]})
    (document,) = read_documents([path], [*LABELS, "PROJECT"])
    assert document.spans == ((3, 9, "METRIC"), (5, 7, "PROJECT"))


def test_importing_of_an_empty_folder_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no document"):
        read_documents([tmp_path])


def many(name: str, text: str) -> NerDocument:
    return NerDocument(name, text, tuple((n, n + 1, "METRIC") for n in range(20)))


def test_check_documents_passes_sound_data() -> None:
    assert check_documents([many("a", "甲" * 30), many("b", "乙" * 30)]) == []


def test_check_documents_finds_a_document_of_the_test_split() -> None:
    own, held_out = many("mine", "甲" * 30), many("theirs", "甲" * 15 + "\n" + "甲" * 15)
    assert check_documents([own], [held_out]) == ["mine: is document theirs of the test split"]


def test_check_documents_finds_the_same_text_twice() -> None:
    assert check_documents([many("a", "甲" * 30), many("b", "甲" * 30)]) == ["b: has the text of a"]


def test_check_documents_wants_enough_spans() -> None:
    (message,) = check_documents([NerDocument("a", TEXT, SPANS)])
    assert message.startswith("too few spans to learn from")


@pytest.mark.parametrize(("n", "messages"), [(9, 1), (10, 0)])
def test_check_documents_wants_enough_spans_of_a_new_label(n: int, messages: int) -> None:
    spans = tuple((i, i + 1, "PROJECT" if i < n else "METRIC") for i in range(30))
    found = check_documents([NerDocument("a", "甲" * 30, spans)], new=["PROJECT"])
    assert found == [
        "too few spans of the new label PROJECT: 9; at least 10 are needed"
    ][:messages]  # fmt: skip
