"""Agreement and decisions without a server: what is agreed, disputed, decided, refused."""

from __future__ import annotations

import csv
import random
from io import StringIO

import pytest

from govextract.doccano.adjudicating import (
    Comparison,
    adjudicate,
    compare,
    decided,
    gather,
    versions_text,
)
from govextract.doccano.disputes import DisputesError, read_decisions, render
from govextract.doccano.exchange import training_line
from govextract.ner.documents import LabelledRange, NerDocument
from tests.doccano.test_doccano_exchange import random_document

TEXT = "一、年底前新建泵站3座。(市水利局、财政局)\n二、疏浚河道12公里，年底前完成。(市水利局)\n"
AGREED = ((12, 16, "AGENCY"), (17, 20, "AGENCY"))
LI = (*AGREED, (2, 5, "DEADLINE"), (5, 11, "METRIC"))
WANG = (*AGREED, (2, 11, "METRIC"), (25, 33, "METRIC"))


def document(spans: tuple[LabelledRange, ...], name: str = "a.txt") -> NerDocument:
    return NerDocument(name, TEXT, tuple(sorted(spans)))


@pytest.fixture
def compared() -> Comparison:
    return compare({"wang": {"a.txt": document(WANG)}, "li": {"a.txt": document(LI)}})


def test_adjudicating_what_all_have_is_agreed_and_the_rest_disputed(compared: Comparison) -> None:
    assert compared.annotators == ["li", "wang"]
    assert compared.agreed == {"a.txt": list(AGREED)}
    assert [(d.start, d.end) for d in compared.disputes] == [(2, 11), (25, 33)]
    first, second = compared.disputes
    assert [versions_text(TEXT, v) for v in first.versions.values()] == [
        "DEADLINE 年底前；METRIC 新建泵站3座",
        "METRIC 年底前新建泵站3座",
    ]
    assert [versions_text(TEXT, v) for v in second.versions.values()] == [
        "无",
        "METRIC 疏浚河道12公里",
    ]


def test_adjudicating_agreement_is_strict_and_partial_by_label(compared: Comparison) -> None:
    found = compared.agreements["li", "wang"]
    assert {label: c.f1 for label, c in found.strict.items()} == {
        "AGENCY": 1.0, "METRIC": 0.0, "DEADLINE": 0.0,
    }  # fmt: skip
    assert found.partial["METRIC"].f1 == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("decision", "spans"),
    [
        ("li", [(2, 5, "DEADLINE"), (5, 11, "METRIC")]),
        ("wang", [(2, 11, "METRIC")]),
        ("无", []),
        ("none", []),
        ("METRIC 新建泵站3座", [(5, 11, "METRIC")]),
        ("M 新建泵站3座；D 年底前", [(5, 11, "METRIC"), (2, 5, "DEADLINE")]),
        ("METRIC 新建泵站3座; DEADLINE 年底前;", [(5, 11, "METRIC"), (2, 5, "DEADLINE")]),
        # beside the dispute, in the words that are shown
        ("METRIC 疏浚河道12公里", [(25, 33, "METRIC")]),
    ],
)
def test_adjudicating_a_decision_in_each_form(
    compared: Comparison, decision: str, spans: list[LabelledRange]
) -> None:
    assert decided(TEXT, compared.disputes[0], decision) == spans


def test_adjudicating_all_takes_what_any_annotator_has() -> None:
    one, other = document(((2, 5, "DEADLINE"),)), document(((2, 11, "METRIC"),))
    compared = compare({"li": {"a.txt": one}, "wang": {"a.txt": other}})
    (dispute,) = compared.disputes
    assert decided(TEXT, dispute, "都要") == [(2, 5, "DEADLINE"), (2, 11, "METRIC")]


@pytest.mark.parametrize(
    ("decision", "reason"),
    [
        ("zhang", "neither li, wang, 无, 都要 nor spans"),
        ("METRIC", "neither li"),
        ("ORG 新建泵站3座", "neither li"),
        ("METRIC 新建水闸3座", "does not stand in the context"),
        ("AGENCY 水利局", "stands several times in the context"),
    ],
)
def test_adjudicating_a_decision_that_cannot_be_understood_leaves_its_dispute_open(
    compared: Comparison, decision: str, reason: str
) -> None:
    first, second = compared.disputes
    result = adjudicate(compared, {first.number: decision, second.number: "wang"})
    assert result.documents == []
    assert result.undecided == {"a.txt": 1}
    (reject,) = result.rejects
    assert (reject.document, reject.start) == ("a.txt", 2)
    assert reason in reject.reason


def test_adjudicating_decisions_give_one_annotation(compared: Comparison) -> None:
    first, second = compared.disputes
    result = adjudicate(compared, {first.number: "li", second.number: "wang"})
    assert result.documents == [document((*LI, (25, 33, "METRIC")))]
    assert (result.rejects, result.undecided) == ([], {})


def test_adjudicating_a_circular_without_dispute_is_ready_while_another_is_not() -> None:
    both = {"b.txt": document(AGREED, "b.txt")}
    compared = compare({"li": both | {"a.txt": document(LI)},
                        "wang": both | {"a.txt": document(WANG)}})  # fmt: skip
    result = adjudicate(compared, {})
    assert [d.id for d in result.documents] == ["b.txt"]
    assert result.undecided == {"a.txt": 2}


def test_adjudicating_decided_spans_that_overlap_are_refused_by_name() -> None:
    one = document(((2, 11, "METRIC"),))
    other = document(((5, 11, "METRIC"),))
    compared = compare({"li": {"a.txt": one}, "wang": {"a.txt": other}})
    result = adjudicate(compared, {compared.disputes[0].number: "都要"})
    assert result.documents[0].spans == one.spans
    assert "overlaps METRIC [2, 11)" in result.rejects[0].reason


def test_adjudicating_three_annotators_agree_only_all_together() -> None:
    people = {"li": LI, "wang": LI, "zhao": AGREED}
    compared = compare({name: {"a.txt": document(spans)} for name, spans in people.items()})
    assert len(compared.agreements) == 3
    assert compared.agreed["a.txt"] == list(AGREED)
    assert [versions_text(TEXT, d.versions["zhao"]) for d in compared.disputes] == ["无", "无"]


def test_adjudicating_different_texts_are_refused() -> None:
    other = NerDocument("a.txt", TEXT + "完。", ())
    compared = compare({"li": {"a.txt": document(LI)}, "wang": {"a.txt": other}})
    assert compared.agreed == {}
    assert "different texts" in compared.rejects[0].reason


def test_adjudicating_takes_only_what_is_confirmed_unless_told_otherwise() -> None:
    files = [
        (name, [training_line(document(spans)) | {"annotator": name, "approved_by": by}])
        for name, spans, by in (("li", LI, ["li"]), ("wang", (), []))
    ]
    gathered = gather(files)
    assert list(gathered.documents) == ["li"]
    assert gathered.unconfirmed == {"wang": 1}
    assert compare(gathered.documents).single == ["a.txt"]
    assert list(gather(files, unconfirmed=True).documents) == ["li", "wang"]


def test_adjudicating_files_without_names_are_of_whom_they_are_named_by() -> None:
    gathered = gather([(name, [training_line(document(LI))]) for name in ("li", "wang")])
    assert compare(gathered.documents).disputes == []


def test_adjudicating_any_annotations_end_in_those_of_the_one_who_is_right() -> None:
    for seed in range(300):
        one = random_document(seed)
        rng = random.Random(seed)
        kept = tuple(span for span in one.spans if rng.random() < 0.7)
        other = NerDocument(one.id, one.text, kept)
        compared = compare({"li": {one.id: one}, "wang": {one.id: other}})
        for right, spans in (("li", one.spans), ("wang", kept)):
            result = adjudicate(compared, {d.number: right for d in compared.disputes})
            assert result.documents == [NerDocument(one.id, one.text, spans)]
        versions = {
            d.number: versions_text(one.text, d.versions["wang"]) for d in compared.disputes
        }
        assert set(versions.values()) <= {"无"}


# The file


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_disputes_show_line_context_and_versions(compared: Comparison) -> None:
    first, second = rows_of(render(compared, {}))
    assert first["文件"], first["行"] == ("a.txt", "1")
    assert first["上下文"].startswith("一、【年底前新建泵站3座】。(市水利局")
    assert (first["li"], first["wang"]) == (
        "DEADLINE 年底前；METRIC 新建泵站3座",
        "METRIC 年底前新建泵站3座",
    )
    assert (second["行"], second["li"], second["裁定"]) == ("2", "无", "")


def test_disputes_keep_decisions(compared: Comparison) -> None:
    number = compared.disputes[1].number
    again = read_decisions(render(compared, {number: "wang"}))
    assert {n: row[-1] for n, row in again.items()} == {
        compared.disputes[0].number: "",
        number: "wang",
    }


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_disputes_are_read_as_spreadsheets_save_them(
    compared: Comparison, encoding: str, delimiter: str
) -> None:
    number = compared.disputes[0].number
    rows = csv.reader(StringIO(render(compared, {number: "li"}).decode("utf-8-sig"), newline=""))
    buffer = StringIO()
    csv.writer(buffer, delimiter=delimiter).writerows(rows)
    found = read_decisions(buffer.getvalue().encode(encoding))
    assert found[number][-1] == "li"


def test_disputes_run_nothing_in_a_spreadsheet() -> None:
    name = "=cmd.txt"
    people = {"li": document(LI, name), "wang": document(WANG, name)}
    compared = compare({who: {name: held} for who, held in people.items()})
    assert rows_of(render(compared, {}))[0]["文件"] == "'=cmd.txt"


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", "编号,文件\nd1,a\n"])
def test_disputes_another_table_is_refused(content: str) -> None:
    with pytest.raises(DisputesError, match="has no columns 编号 and 裁定"):
        read_decisions(content.encode())


def test_disputes_a_number_twice_is_refused() -> None:
    with pytest.raises(DisputesError, match="stands twice"):
        read_decisions("编号,裁定\nd1,li\nd1,wang\n".encode())
