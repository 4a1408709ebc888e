"""The source form and back, byte for byte, and what is refused."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from govextract.corpus import CorpusError, Document, parse, render
from govextract.corpus.model import Mark, MarkKind
from tests.corpus.sources import BODY, TABLE_BODY, document, source


def _marked(given: Document) -> list[tuple[str, str]]:
    return [(m.kind, given.text[m.start : m.end]) for m in given.marks]


def test_markup_marks_leave_no_trace_in_the_text() -> None:
    text = document().text
    assert "⟦" not in text
    assert text.startswith(
        "和平县水利任务分解表\n一、工程\n1.修缮渠道。6月底前新建泵站3座。(县水利局、财政局)\n"
    )


def test_markup_every_mark_stands_around_its_words() -> None:
    assert _marked(document("⟦T⟧1.⟦M 修路⟦D 9月⟧5公里⟧(⟦A.resp 县交通局⟧)⟦/T⟧\n")) == [
        ("T", "1.修路9月5公里(县交通局)"),
        ("M", "修路9月5公里"),
        ("D", "9月"),
        ("A", "县交通局"),
    ]


@pytest.mark.parametrize(
    ("marked", "role", "attributes"),
    [
        ("⟦A 县政府⟧", None, ()),
        ("⟦A.lead 县水利局⟧", "lead", ()),
        ("⟦A.resp 县水利局⟧", "responsible", ()),
        ("⟦A.assist=县财政局 财政局⟧", "assist", (("name", "县财政局"),)),
        ("⟦P 李明⟧", "leader", ()),
        ("⟦M{value=10;unit=件} 商标10件⟧", None, (("value", "10"), ("unit", "件"))),
        ("⟦D{date=null} 适时⟧", None, (("date", "null"),)),
        ("⟦T number=- title=修路 架桥⟧修路⟦/T⟧", None, (("number", "-"), ("title", "修路 架桥"))),
        ("⟦T number=（一）⟧修路⟦/T⟧", None, (("number", "（一）"),)),
        ("⟦T title=修路⟧修路⟦/T⟧", None, (("title", "修路"),)),
    ],
)
def test_markup_role_and_values_are_read(
    marked: str, role: str | None, attributes: tuple[tuple[str, str], ...]
) -> None:
    [mark] = document(marked + "\n").marks
    assert (mark.role, mark.attributes) == (role, attributes)


def test_markup_the_end_of_a_table_is_not_taken_for_that_of_a_task() -> None:
    given = document(TABLE_BODY, layouts="[table-html]")
    assert [m.kind for m in given.marks].count("T") == 3
    assert len(given.tables) == 1


def test_markup_a_continued_cell_has_no_text_and_an_empty_one_has() -> None:
    given = document(TABLE_BODY, layouts="[table-html]")
    [table] = given.tables
    assert given.text[table.start : table.end] == (
        "领域\t任务\t牵头单位\t时限\n渠道\t1.清淤,清淤20公里\t县水利局\t5月底前\n"
        "2.绿化\t县林业局\t\n泵站\t3.检修\t县水利局\t每月"
    )
    assert [cell is None for row in table.rows for cell in row].count(True) == 1
    assert table.rows[2][0] is None


def test_markup_an_empty_cell_with_nothing_above_it_is_no_continuation() -> None:
    given = document("⟦TABLE merge=0⟧\n\tb\nc\td\n⟦/TABLE⟧\n", layouts="[table-html]")
    assert given.tables[0].rows[0] == ((0, 0), (1, 2))
    assert given.text == "\tb\nc\td\n"


@pytest.mark.parametrize(
    "body",
    [
        BODY,
        TABLE_BODY,
        "",
        "\r\n⟦A 县政府⟧\r\n\u3000\u3000末行,没有换行",
        "⟦TABLE⟧\na\tb\nc\td\n⟦/TABLE⟧\n⟦TABLE merge=1⟧\ne\tf\ng\t\n⟦/TABLE⟧\n",
        "⟦TABLE merge=0,2⟧\na\tb\tc\n\td\t\n\te\tf\n⟦/TABLE⟧\n",
        "⟦T⟧⟦H2 1.供水⟧(⟦A.resp 县水利局⟧)⟦/T⟧\n",
        "⟦TABLE merge=0⟧\na\tb\n⟦T⟧\td⟦/T⟧\n⟦/TABLE⟧\n",
        "⟦TABLE merge=1⟧\na\tb\tc\nd⟦T⟧\t\te⟦/T⟧\n⟦/TABLE⟧\n",
        "𠮷\u0301⟦M 𠮷家村修路2公里⟧⟦D 年内⟧",
    ],
)
def test_markup_a_source_file_comes_back_byte_for_byte(body: str) -> None:
    given = source(body)
    assert render(parse(given)) == given


@pytest.mark.parametrize(
    ("body", "line", "message"),
    [
        ("甲\n⟦A 县政府", 14, "is not closed"),
        ("甲⟧\n", 13, "closes nothing"),
        ("⟦T⟧修路\n⟦A 县政府⟧\n", 13, "the mark T before '修路"),
        ("修路⟦/T⟧", 13, "closes nothing"),
        ("⟦T⟧⟦A 县政府⟦/T⟧⟧", 13, "would close the mark A"),
        ("⟦T⟧修⟦T⟧路⟦/T⟧⟦/T⟧", 13, "a task begins inside a task"),
        ("⟦A ⟧", 13, "is empty"),
        ("⟦X 县政府⟧", 13, "no such mark"),
        ("⟦A.help 县政府⟧", 13, "no such mark"),
        ("⟦A县政府⟧", 13, "no such mark"),
        ("⟦H7 一、⟧", 13, "no such mark"),
        ("⟦A=县政府 政府⟧", 13, "no such mark"),
        ("\n\n⟦M{number=3} 修路3公里⟧", 15, "is no field of M"),
        ("⟦M{value=} 修路3公里⟧", 13, "has no value"),
        ("⟦M{value=3;value=4} 修路3公里⟧", 13, "stands twice"),
        ("⟦M{value=3; unit=公里} 修路3公里⟧", 13, "is no field of M"),
        ("⟦D{value=3} 三日内⟧", 13, "is no field of D"),
        ("⟦T no=1⟧修路⟦/T⟧", 13, "not of the form"),
        ("⟦T title=a number=1⟧修路⟦/T⟧\n⟦TABLE⟧", 14, "no such mark"),
        ("甲⟦TABLE⟧\na\tb\nc\td\n⟦/TABLE⟧\n", 13, "line of its own"),
        ("⟦TABLE⟧\na\tb\nc\td⟦/TABLE⟧\n", 15, "line of its own"),
        ("⟦TABLE⟧\na\tb\nc\td\n⟦/TABLE⟧", 16, "line of its own"),
        ("⟦TABLE⟧\na\tb\nc\n⟦/TABLE⟧\n", 15, "the row has 1 cells, the first 2"),
        ("⟦TABLE⟧\na\tb\n⟦/TABLE⟧\n", 15, "at least two rows"),
        ("⟦TABLE⟧\na\tb\nc\td\n", 16, "the table has no ⟦/TABLE⟧"),
        ("⟦TABLE⟧\n⟦TABLE⟧\n", 14, "a table begins inside a table"),
        ("⟦/TABLE⟧\n", 13, "ends no table"),
        ("⟦TABLE merge=2⟧\na\tb\nc\td\n⟦/TABLE⟧\n", 16, "which the table lacks"),
        ("⟦TABLE merge=1,0⟧\na\tb\nc\td\n⟦/TABLE⟧\n", 13, "ascending order"),
        ("⟦TABLE merge=0,1⟧\na\tb\n\t\n⟦/TABLE⟧\n", 15, "every cell of the row continues"),
    ],
)
def test_markup_what_does_not_keep_the_form_is_refused_with_its_line(
    body: str, line: int, message: str
) -> None:
    with pytest.raises(CorpusError) as refused:
        parse(source(body), "x.txt")
    [fault] = refused.value.faults
    assert (fault.path, fault.line) == ("x.txt", line)
    assert message in fault.message


@given(st.text(alphabet="⟦⟧/TABLEmrge=0, \t\nAHMDP.{};县局1", max_size=80))
@example("⟦TABLE⟧\n⟦/T⟧")
def test_markup_no_text_raises_anything_but_a_refusal(body: str) -> None:
    given = source(body)
    with contextlib.suppress(CorpusError):
        assert render(parse(given)) == given


_WORDS = st.text(alphabet="市县局年1,。\n\u3000𠮷()", min_size=1, max_size=60)


@st.composite
def _documents(draw: st.DrawFn) -> Document:
    """Return a document with properly nested marks and no tables."""
    text = draw(_WORDS)
    marks: list[Mark] = []

    def fill(start: int, end: int, depth: int) -> None:
        at = start
        while at < end and depth < 4 and draw(st.booleans()):
            first = draw(st.integers(at, end - 1))
            last = draw(st.integers(first + 1, end))
            kinds: list[MarkKind] = ["A", "P", "M", "D", "H"]
            in_task = any(m.kind == "T" and m.start <= first and last <= m.end for m in marks)
            kind = draw(st.sampled_from(kinds if in_task else [*kinds, "T"]))
            marks.append(_mark(draw, kind, first, last))
            fill(first, last, depth + 1)
            at = last

    fill(0, len(text), 0)
    return Document(document().head, text, tuple(marks))


def _mark(draw: st.DrawFn, kind: MarkKind, start: int, end: int) -> Mark:
    if kind == "A":
        role = draw(st.sampled_from([None, "lead", "responsible", "assist"]))
        name = (("name", "县财政局"),) if role and draw(st.booleans()) else ()
        return Mark("A", start, end, role=role, attributes=name)
    if kind == "P":
        return Mark("P", start, end, role="leader")
    if kind == "H":
        return Mark("H", start, end, level=draw(st.integers(0, 6)))
    given: dict[str, list[tuple[str, str]]] = {
        "M": [("indicator", "泵站 数"), ("value", "3")],
        "D": [("date", "null")],
        "T": [("number", "-"), ("title", "修 路")],
    }
    kept = draw(st.lists(st.sampled_from(given[kind]), unique=True))
    return Mark(kind, start, end, attributes=tuple(x for x in given[kind] if x in kept))


@given(_documents())
def test_markup_a_document_comes_back_from_its_source(given: Document) -> None:
    assert parse(render(given)) == given


@given(_documents(), st.text(alphabet="前言,。\n", max_size=9))
def test_markup_words_put_before_shift_every_mark(given: Document, before: str) -> None:
    body = render(given).split("---\n", 2)[2]
    shifted = document(before + body)
    assert shifted.text == before + given.text
    n = len(before)
    assert [(m.start - n, m.end - n, m.kind) for m in shifted.marks] == [
        (m.start, m.end, m.kind) for m in given.marks
    ]


@given(st.data())
def test_markup_a_table_comes_back_from_its_source(data: st.DataObject) -> None:
    columns = data.draw(st.integers(2, 4))
    merge = sorted(data.draw(st.sets(st.integers(0, columns - 2))))
    cells = st.text(alphabet="甲1", max_size=2)
    rows = data.draw(st.lists(st.lists(cells, min_size=columns, max_size=columns), min_size=2))
    # The last column is never empty, so that no row only continues others.
    lines = ["\t".join([*row[:-1], row[-1] or "乙"]) for row in rows]
    tag = f"⟦TABLE merge={','.join(map(str, merge))}⟧" if merge else "⟦TABLE⟧"
    given_source = source("\n".join([tag, *lines, "⟦/TABLE⟧", "后文\n"]))
    parsed = parse(given_source)
    assert render(parsed) == given_source
    [table] = parsed.tables
    above = [""] * columns
    for row, line in zip(table.rows, lines, strict=True):
        for column, (cell, words) in enumerate(zip(row, line.split("\t"), strict=True)):
            if cell is None:
                assert words == ""
                assert above[column]
            else:
                assert parsed.text[cell[0] : cell[1]] == words
                above[column] = above[column] or words


def test_markup_rendering_refuses_marks_that_cross() -> None:
    crossing = (Mark("A", 0, 2), Mark("M", 1, 3))
    with pytest.raises(ValueError, match="cross"):
        render(Document(document().head, "甲乙丙丁", crossing))


def test_markup_rendering_refuses_marks_out_of_order() -> None:
    with pytest.raises(ValueError, match="out of order"):
        render(Document(document().head, "甲乙丙丁", (Mark("A", 2, 3), Mark("A", 0, 1))))


def test_markup_ten_thousand_marks_take_no_longer_each() -> None:
    given = source("⟦A 县政府⟧、" * 10_000)
    assert len(parse(given).marks) == 10_000


def test_markup_lines_of_the_source_are_found_from_the_text() -> None:
    given_source = source(TABLE_BODY, layouts="[table-html]")
    parsed = parse(given_source)
    lines = given_source.split("\n")
    for words in ("任务表", "领域", "2.绿化", "3.检修", "以上"):
        assert words in lines[parsed.line(parsed.text.index(words)) - 1].replace("⟦T⟧", "")
